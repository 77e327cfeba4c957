//! 受診券 and 被保険者証 of a health check.

use super::Pages;
use crate::build::{
    frame::{Content, Frame},
    url,
};
use tsugite_clinical::{
    Date,
    body::{Checkup, Insurance},
    insurance::{InsuredId, insured_on},
};
use tsugite_fhir::{
    Resource, coding, concept, data_absent, extension, identifier, meta, reference,
    resources::{Coverage, Organization},
    types::{self, CodeableConcept, Coding, Extension, ExtensionValue, Identifier, Period},
};

/// fullUrls of the coverages: the ticket, and the insurance on the day.
pub fn coverages(frame: &Frame, pages: &mut Pages, about: &Checkup, performed: Date) -> Vec<String> {
    let Ok(person) = &frame.run.person else { return Vec::new() };
    let insurances = person.patient.insurances.iter();
    let insurance = insurances.filter(|row| is_medical(row) && covers(row, performed)).max_by_key(|row| row.valid_from);
    let stated = about.insurer.as_ref().and_then(|party| Some((party.number.as_deref()?, party.name.as_str())));
    let Some((number, name)) = stated.or_else(|| insurance.map(|row| (row.payer.as_str(), ""))) else {
        return Vec::new();
    };
    let ticket = about.ticket.as_deref().map(str::trim).filter(|ticket| !ticket.is_empty());
    if ticket.is_none() && insurance.is_none() {
        return Vec::new();
    }
    let payor = pages.add("insurer", Content::plain(insurer(number, name, frame.clock)));
    let mut urls = Vec::new();
    urls.extend(insurance.map(|row| {
        let written = insured(frame, row, &payor);
        pages.add("insurance", Content::plain(written))
    }));
    urls.extend(ticket.map(|ticket| {
        let written = service(frame, ticket, about.ticket_valid_to, &payor);
        pages.add("ticket", Content::plain(written))
    }));
    urls
}

/// 保険者番号 of six or eight digits; 公費負担者番号 of other laws are none.
fn is_medical(row: &Insurance) -> bool {
    use tsugite_clinical::insurance::{PayerClass, payer_class};
    payer_class(&row.payer, &row.kind.code) == PayerClass::Medical && !row.number.trim().is_empty()
}

fn covers(row: &Insurance, day: Date) -> bool {
    let begun = row.valid_from.is_none_or(|from| from.first_day() <= day.last_day());
    begun && row.valid_to.is_none_or(|to| to.last_day() >= day.first_day())
}

fn eight_digits(number: &str) -> String {
    format!("{:0>8}", number.trim())
}

fn insurer(number: &str, name: &str, clock: &str) -> Resource {
    let kind = Coding { display: None, ..coding(url::ORGANIZATION_TYPE, "ins", "") };
    Resource::Organization(Box::new(Organization {
        meta: Some(Box::new(meta(url::CHECKUP_INSURER_PROFILE, clock))),
        identifier: vec![identifier(url::INSURER_NUMBER, &eight_digits(number))],
        r#type: vec![concept(kind, None)],
        name: (!name.trim().is_empty()).then(|| name.trim().into()),
        ..Organization::default()
    }))
}

/// JP_CoverageService_eCheckupGeneral: 受診券.
fn service(frame: &Frame, ticket: &str, until: Option<Date>, payor: &str) -> Resource {
    let kind = Coding { display: None, ..coding(url::CHECKUP_TICKET, "1", "") };
    let period = until.map(|end| Box::new(Period { end: Some(end.to_string().into()), ..Period::default() }));
    Resource::Coverage(Box::new(Coverage {
        meta: Some(Box::new(meta(url::CHECKUP_SERVICE_PROFILE, frame.clock))),
        status: "active".into(),
        r#type: Some(Box::new(concept(kind, None))),
        subscriber_id: Some(ticket.into()),
        beneficiary: Box::new(reference(frame.patient_url)),
        period,
        payor: vec![reference(payor)],
        ..Coverage::default()
    }))
}

/// `"記号","番号"` in full width; `None` for a card without 記号.
fn subscriber_id(symbol: &str, number: &str) -> Option<String> {
    let full = |c: char| match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
        c => c,
    };
    let wide = |text: &str| text.chars().filter(|c| !c.is_whitespace()).map(full).collect::<String>();
    (!symbol.is_empty()).then(|| format!("\"{}\",\"{}\"", wide(symbol), wide(number)))
}

/// JP_CoverageInsurance_eCheckupGeneral. 本人 or 家族 is not known: the relationship is said to be unknown.
fn insured(frame: &Frame, row: &Insurance, payor: &str) -> Resource {
    let (symbol, number) = (row.symbol.trim(), row.number.trim());
    let named = |id: InsuredId| Identifier { value: Some(id.to_string().into()), ..Identifier::default() };
    let person = insured_on(std::slice::from_ref(row), None, false).id.ok();
    let branch = row.branch.as_deref().map(str::trim).filter(|branch| !branch.is_empty());
    let string = |url: &str, text: &str| -> Option<Extension> {
        (!text.is_empty()).then(|| extension(url, ExtensionValue::String(text.into())))
    };
    let extensions = [
        string(url::INSURED_SYMBOL_EXTENSION, symbol),
        string(url::INSURED_NUMBER_EXTENSION, number),
        branch.and_then(|branch| string(url::INSURED_BRANCH_EXTENSION, branch)),
    ];
    let kind = Coding { display: None, ..coding(url::INSURANCE_CATEGORY, category(&row.payer), "") };
    let relationship = Coding {
        system: Some(url::INSURED_CATEGORY.into()),
        code: Some(types::Code { extension: vec![data_absent("unknown")], ..types::Code::default() }),
        ..Coding::default()
    };
    let day = |day: Option<Date>| day.map(|day| day.to_string().into());
    let period = Period { start: day(row.valid_from), end: day(row.valid_to), ..Period::default() };
    let has_period = period.start.is_some() || period.end.is_some();
    Resource::Coverage(Box::new(Coverage {
        meta: Some(Box::new(meta(url::CHECKUP_INSURANCE_PROFILE, frame.clock))),
        extension: extensions.into_iter().flatten().collect(),
        identifier: person.into_iter().map(named).collect(),
        status: "active".into(),
        r#type: Some(Box::new(concept(kind, None))),
        subscriber_id: subscriber_id(symbol, number).map(Into::into),
        beneficiary: Box::new(reference(frame.patient_url)),
        dependent: branch.map(Into::into),
        relationship: Some(Box::new(CodeableConcept { coding: vec![relationship], ..CodeableConcept::default() })),
        period: has_period.then(|| Box::new(period)),
        payor: vec![reference(payor)],
        ..Coverage::default()
    }))
}

/// 保険種別: 国保 by its number of six digits or 67, 後期高齢者 by 39, else 被用者保険.
fn category(payer: &str) -> &'static str {
    let payer = payer.trim();
    let municipal = payer.len() == 6 || payer.starts_with("00") || payer.starts_with("67");
    match () {
        () if payer.starts_with("39") => "7",
        () if municipal => "2",
        () => "1",
    }
}
