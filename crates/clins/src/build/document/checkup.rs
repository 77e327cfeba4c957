//! 健診結果報告書: JP_Bundle_eCheckupGeneral.

use super::{
    Pages, attachment,
    composition::{Head, Section, composition},
    coverage,
    letter::version,
    narrative::Text,
    party,
};
use crate::{
    build::{
        contained::standard_coding,
        frame::{Content, Frame, key_text},
        observation::{Said, reference_range, single},
        url,
    },
    document::{self, Checked, CheckupPart, Item, Letter, checkup_item},
    run::Record,
};
use std::{borrow::Cow, collections::BTreeMap};
use tsugite_clinical::{
    Date,
    body::{Checkup, CheckupItem, CheckupValue, Name, Practitioner, Representation},
    standard::{CheckupStandard, Value},
};
use tsugite_fhir::{
    Resource, coding, concept, extension, meta, reference,
    resources::{Encounter, Observation, ObservationComponent, ObservationComponentValue, ObservationEffective},
    text_concept,
    types::{self, CodeableConcept, Coding, ExtensionValue, Period},
};

/// Everything of a health check but the patient.
pub fn checkup<'a>(
    frame: &mut Frame<'_, 'a>,
    pages: &mut Pages,
    letter: &Letter<'a>,
    checked: &Checked<'a>,
) -> Option<Resource> {
    let document = letter.document;
    let about = document.checkup.as_deref()?;
    let performed = about.performed?;
    let clock = frame.clock;
    let doctor = document::author(frame.run, document)?;
    let written = party::practitioner(&doctor, frame.institution(), url::CHECKUP_PRACTITIONER_PROFILE, clock);
    let doctor_url = pages.add("author", Content::plain(written));
    let sender = document::sender(frame.run, document)?;
    let sender_url =
        pages.add("sender", Content::plain(party::checkup_organization(&sender, &["exec-org", "doc-org"], clock)));
    let examined_by = document::provider(frame.run, document).map(|provider| {
        let written = party::checkup_organization(&provider, &["exec-org"], clock);
        pages.add("provider", Content::plain(written))
    });
    let examined_by = examined_by.as_deref().unwrap_or(&sender_url);
    let visit_url = pages.add("visit", Content::plain(visit(frame, performed, examined_by)));

    let day = performed.to_string();
    let mut doctors = Doctors::new(&doctor, &doctor_url);
    let mut sections = Vec::new();
    for part in &checked.parts {
        let mut section = Section {
            system: url::CHECKUP_SECTION,
            code: part.code,
            title: part.display.trim_end_matches("セクション").to_owned(),
            display: part.display.to_owned(),
            text: Text::default(),
            entries: Vec::new(),
            sections: Vec::new(),
        };
        tell(&mut section.text, part);
        let mut urls = Vec::new();
        for item in &part.items {
            let name = key_text(item.record.fact);
            let content = observation(frame, pages, &mut doctors, item, &day)?;
            urls.push(pages.add(&name, content));
        }
        for (series, places) in &part.series {
            let members: Vec<(&str, &Item)> =
                places.iter().filter_map(|place| Some((urls.get(*place)?.as_str(), part.items.get(*place)?))).collect();
            let group = group(frame, series, &members, performed);
            let name = format!("{} {series}", part.code);
            section.entries.push(pages.add(&name, Content::plain(group)));
        }
        // The members of a series are entries of it, as in the official example.
        let alone = |place: &usize| !part.series.iter().any(|(_, places)| places.contains(place));
        let alone = urls.into_iter().enumerate().filter(|(place, _)| alone(place)).map(|(_, url)| url);
        section.entries.splice(0..0, alone);
        sections.push(section);
    }
    if let Some(results) = sections.iter_mut().find(|section| !matches!(section.code, "01990")) {
        results.entries.extend(coverage::coverages(frame, pages, about, performed));
    }
    attach(frame, pages, letter, &mut sections);
    let head = Head {
        profile: url::CHECKUP_COMPOSITION_PROFILE,
        last_updated: pages.last_updated(),
        identifier: frame.resource_id(&key_text(letter.record.fact)),
        version: version(document),
        kind: coding(url::DOCUMENT_TYPE, "53576-5", "検診・健診報告書"),
        category: report(about),
        title: document.title.as_deref().map(str::trim).filter(|title| !title.is_empty()).unwrap_or("健診結果報告書"),
        patient: frame.patient_url,
        encounter: Some(&visit_url),
        date: letter.written.to_string(),
        authors: [&doctor_url, &sender_url],
        event: Some(concept(program(about), None)),
        period: (Some(day.clone()), Some(day)),
        text_status: "additional",
    };
    Some(Resource::Composition(Box::new(composition(head, sections))))
}

fn program(about: &Checkup) -> Coding {
    let code = about.program.as_ref().map_or("", |code| code.code.trim());
    let display = match code {
        "010" => "特定健康診査",
        "020" => "広域連合の保健事業",
        "030" => "事業者健診",
        "040" => "学校健診",
        "060" => "がん検診",
        "090" => "肝炎検診",
        _ => "",
    };
    coding(url::CHECKUP_PROGRAM, code, display)
}

/// 報告区分: as the source says, else what follows from the program.
fn report(about: &Checkup) -> Coding {
    let program = about.program.as_ref().map_or("", |code| code.code.trim());
    let usual = match program {
        "010" => "10",
        "030" => "41",
        "070" => "70",
        "080" => "80",
        _ => "40",
    };
    let stated = about.report.as_ref().map(|code| code.code.trim()).filter(|code| !code.is_empty());
    coding(url::CHECKUP_REPORT, stated.unwrap_or(usual), "")
}

fn visit(frame: &Frame, performed: Date, institution: &str) -> Resource {
    let day = performed.to_string();
    Resource::Encounter(Box::new(Encounter {
        meta: Some(Box::new(meta(url::CHECKUP_ENCOUNTER_PROFILE, frame.clock))),
        status: "finished".into(),
        class: Box::new(coding(url::CHECKUP_CLASS, "checkup", "健診")),
        subject: Some(Box::new(reference(frame.patient_url))),
        period: Some(Box::new(Period { start: Some(day.as_str().into()), end: Some(day.into()), ..Period::default() })),
        service_provider: Some(Box::new(reference(institution))),
        ..Encounter::default()
    }))
}

/// Doctors by name, each an entry once.
struct Doctors(BTreeMap<String, String>);

impl Doctors {
    fn new(author: &Practitioner, url: &str) -> Self {
        let name = author.name.as_ref().map(|name| plain_name(&format!("{}{}", name.family, name.given)));
        Self(name.into_iter().map(|name| (name, url.to_owned())).collect())
    }
}

fn plain_name(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

/// 判断した医師.
fn performer(frame: &Frame, pages: &mut Pages, doctors: &mut Doctors, record: &Record) -> Option<String> {
    let (item, _) = checkup_item(record)?;
    let stated = item.judged_by.as_deref().map(str::trim).filter(|name| !name.is_empty())?;
    let name = plain_name(stated);
    if let Some(url) = doctors.0.get(&name) {
        return Some(url.clone());
    }
    let written = Name { representation: Representation::Ideographic, family: stated.to_owned(), given: String::new() };
    let doctor = Practitioner { id: None, name: Some(written) };
    let profile = url::CHECKUP_PRACTITIONER_PROFILE;
    let doctor = party::practitioner(&doctor, frame.institution(), profile, frame.clock);
    let url = pages.add(&format!("doctor {name}"), Content::plain(doctor));
    doctors.0.insert(name, url.clone());
    Some(url)
}

/// JP_Observation_eCheckupGeneral.
fn observation(frame: &Frame, pages: &mut Pages, doctors: &mut Doctors, item: &Item, day: &str) -> Option<Content> {
    let record = &item.record;
    let performer = performer(frame, pages, doctors, record);
    let components = item.findings.iter().filter_map(|record| finding(frame, pages, doctors, record)).collect();
    let (stated, standard) = checkup_item(record)?;
    let coded = standard.code.as_ref()?;
    let said = match (&standard.value, &stated.value) {
        (_, CheckupValue::NotPerformed) => Said::absent("not-performed", "未実施"),
        (_, CheckupValue::NotMeasurable) => Said::absent("error", "測定不能"),
        (Some(value), _) => single(value),
        (None, _) => Said::absent("unknown", "結果なし"),
    };
    let range = standard.range.as_ref().and_then(|range| reference_range(range, &said));
    let at = stated.performed.map_or_else(|| day.to_owned(), |at| at.date.to_string());
    let observation = Observation {
        meta: Some(Box::new(meta(url::CHECKUP_OBSERVATION_PROFILE, &frame.last_updated(std::slice::from_ref(record))))),
        status: if said.value.is_some() { "final" } else { "cancelled" }.into(),
        category: vec![category(&coded.code)],
        code: Box::new(CodeableConcept { coding: vec![standard_coding(coded)], ..CodeableConcept::default() }),
        subject: Some(Box::new(reference(frame.patient_url))),
        effective: Some(ObservationEffective::DateTime(at.into())),
        performer: performer.iter().map(|url| reference(url)).collect(),
        interpretation: standard
            .interpretations
            .iter()
            .take(1)
            .map(|flag| concept(standard_coding(flag), None))
            .collect(),
        method: standard.method.as_ref().map(|method| Box::new(concept(standard_coding(method), None))),
        reference_range: range.into_iter().collect(),
        component: components,
        data_absent_reason: said.absent.map(Box::new),
        value: said.value,
        ..Observation::default()
    };
    Some(Content::plain(Resource::Observation(Box::new(observation))))
}

/// 所見, as a part of what it was found in, with the doctor who found it.
fn finding(frame: &Frame, pages: &mut Pages, doctors: &mut Doctors, record: &Record) -> Option<ObservationComponent> {
    let (item, standard) = checkup_item(record)?;
    let text = printed(item, standard);
    if text.is_empty() {
        return None;
    }
    let doctor = performer(frame, pages, doctors, record);
    let by =
        |url: String| extension(url::FINDING_PERFORMER_EXTENSION, ExtensionValue::Reference(Box::new(reference(&url))));
    Some(ObservationComponent {
        extension: doctor.map(by).into_iter().collect(),
        code: Box::new(CodeableConcept {
            coding: standard.code.iter().map(standard_coding).collect(),
            ..CodeableConcept::default()
        }),
        value: Some(ObservationComponentValue::String(text.into())),
        ..ObservationComponent::default()
    })
}

/// By the code of the item: JLAC10 analytes, or the ranges of 9N and 9A.
fn category(code: &str) -> CodeableConcept {
    let of = |prefixes: &[&str]| prefixes.iter().any(|prefix| code.starts_with(prefix));
    let code = if of(&["9N001", "9N006", "9N011", "9N016", "9N021"]) {
        "body-measurement"
    } else if of(&["9A75", "9A76"]) {
        "vital-signs"
    } else if of(&["9N7", "9N8"]) {
        "social-history"
    } else if of(&["9N501", "9N506"]) {
        "survey"
    } else if code.starts_with(|c: char| ('1'..='8').contains(&c)) || of(&["9N141"]) {
        "laboratory"
    } else {
        "exam"
    };
    concept(Coding { display: None, ..coding(url::OBSERVATION_CATEGORY, code, "") }, None)
}

/// 一連検査: JP_ObservationGroup_eCheckupGeneral. The reason for an examination is told apart from what was found.
fn group(frame: &Frame, series: &str, members: &[(&str, &Item)], performed: Date) -> Resource {
    let member = |(url, item): &(&str, &Item)| {
        let stated = checkup_item(&item.record).and_then(|(item, _)| item.relation.as_deref()).map(str::trim);
        let relation = if stated == Some("RSON") { "RSON" } else { "COMP" };
        let relation = extension(url::GROUP_RELATION_EXTENSION, ExtensionValue::Code(relation.into()));
        types::Reference { extension: vec![relation], ..reference(url) }
    };
    let mut group_coding = coding(url::CHECKUP_GROUP, series, "");
    group_coding.display = None;
    Resource::Observation(Box::new(Observation {
        meta: Some(Box::new(meta(url::CHECKUP_GROUP_PROFILE, frame.clock))),
        status: "final".into(),
        code: Box::new(CodeableConcept { coding: vec![group_coding], ..text_concept("一連検査") }),
        subject: Some(Box::new(reference(frame.patient_url))),
        effective: Some(ObservationEffective::DateTime(performed.to_string().into())),
        has_member: members.iter().map(member).collect(),
        ..Observation::default()
    }))
}

/// The items as a table, those without a code below.
fn tell(text: &mut Text, part: &CheckupPart) {
    for said in &part.texts {
        text.heading(said.heading.unwrap_or_default());
        text.blocks(said.blocks);
    }
    let of_items = part.items.iter().flat_map(|item| std::iter::once(&item.record).chain(&item.findings));
    let rows: Vec<[Cow<str>; 4]> = of_items.chain(&part.spoken).filter_map(row).collect();
    // 問診 has neither ranges nor flags: columns in which nothing stands are left out.
    let columns = ["項目", "結果", "基準範囲", "判定"].into_iter().enumerate();
    let used = |at: &usize| *at < 2 || rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.is_empty()));
    let (places, titles): (Vec<usize>, Vec<&str>) = columns.filter(|(at, _)| used(at)).unzip();
    let shown = rows.iter().map(|row| places.iter().filter_map(|at| row.get(*at)).collect());
    text.table(&titles, &shown.collect::<Vec<Vec<&Cow<str>>>>());
}

/// Name, value, range and flags as a person reads them.
fn row<'a>(record: &Record<'a>) -> Option<[Cow<'a, str>; 4]> {
    let (item, standard) = checkup_item(record)?;
    Some([standard.text.trim().into(), printed(item, standard), range(item).into(), item.flags.join(" ").into()])
}

fn range(item: &CheckupItem) -> String {
    match (item.low.as_deref(), item.high.as_deref()) {
        (None, None) => String::new(),
        (low, high) => format!("{}～{}", low.unwrap_or_default(), high.unwrap_or_default()),
    }
}

/// A value as a person reads it.
fn printed<'a>(item: &'a CheckupItem, standard: &'a CheckupStandard) -> Cow<'a, str> {
    match (&item.value, &standard.value) {
        (CheckupValue::NotPerformed, _) => "未実施".into(),
        (CheckupValue::NotMeasurable, _) => "測定不能".into(),
        (CheckupValue::Quantity { value, unit }, standard) => {
            let known = match standard {
                Some(Value::Quantity { unit: Some(unit), .. }) => Some(unit.display.as_str()),
                _ => None,
            };
            let unit = known.or(unit.as_deref()).unwrap_or_default();
            match (value.trim(), unit.trim()) {
                (value, "") => value.into(),
                ("", unit) => unit.into(),
                (value, unit) => format!("{value} {unit}").into(),
            }
        }
        (CheckupValue::Coded(code), standard) => {
            let known = match standard {
                Some(Value::Coded { codings, text }) => {
                    let display = codings.first().map(|coding| &*coding.display).filter(|display| !display.is_empty());
                    display.or(Some(text.trim())).filter(|text| !text.is_empty())
                }
                _ => None,
            };
            let stated = if code.display.trim().is_empty() { code.code.trim() } else { code.display.trim() };
            known.unwrap_or(stated).into()
        }
        (CheckupValue::Text(text), _) => text.trim().into(),
        (CheckupValue::Absent, _) => Cow::Borrowed(""),
    }
}

fn attach(frame: &Frame, pages: &mut Pages, letter: &Letter, sections: &mut Vec<Section>) {
    let mut section = Section {
        system: url::CHECKUP_SECTION,
        code: "01995",
        title: "添付書類".to_owned(),
        display: "添付書類セクション".to_owned(),
        text: Text::default(),
        entries: Vec::new(),
        sections: Vec::new(),
    };
    for (index, file) in letter.document.attachments.iter().enumerate() {
        let part = format!("attachment {index}");
        let name = format!("{}\u{1f}{part}", key_text(letter.record.fact));
        let file = attachment::file(frame, file, url::CHECKUP_DOCUMENT_PROFILE, "添付書類", &name);
        section.entries.push(pages.add(&part, Content::plain(file)));
    }
    if !section.entries.is_empty() {
        let titles: Vec<&str> = letter.document.attachments.iter().map(|file| file.title.as_str()).collect();
        section.text.list(&titles);
        sections.push(section);
    }
}
