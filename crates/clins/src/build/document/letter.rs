//! 診療情報提供書 and 退院時サマリー.

use super::{
    Pages, attachment,
    composition::{Head, Section, composition},
    encounter::{Visit, days_of_stay, encounter},
    history, listing, medication,
    narrative::plain,
    party, plan, vital,
};
use crate::{
    build::{
        allergy, condition,
        frame::{Content, Frame, key_text},
        observation, url,
    },
    document::{self, Entry, Filled, House, Letter, REMARKS},
};
use tsugite_clinical::{
    body::{Body, CareClass, Document, DocumentKind, Party, SectionKind},
    care_on,
};
use tsugite_fhir::{Resource, coding, text_concept};

/// Everything of a letter but the patient, in the order of the bundle; `None` where a resource cannot be written.
pub fn letter<'a>(frame: &mut Frame<'_, 'a>, pages: &mut Pages, letter: &Letter<'a>) -> Option<Resource> {
    let document = letter.document;
    let run = frame.run;
    let clock = frame.clock;
    let doctor = document::author(run, document)?;
    let doctor = party::practitioner(&doctor, frame.institution(), url::PRACTITIONER_PROFILE, clock);
    let doctor_url = pages.add("author", Content::plain(doctor));
    let sender = document::sender(run, document)?;
    let organization = party::organization(frame, &sender, clock);
    let sender_url = pages.add("sender", Content::plain(organization));

    let discharge = document.kind == DocumentKind::Discharge;
    let mut sections = Vec::new();
    if !discharge {
        sections.push(from(&sender, [&sender_url, &doctor_url]));
        sections.push(to(frame, pages, document.recipient.as_ref()?));
    }
    // Conditions are named by the encounter, which comes first: entries have their URLs before they are written.
    let conditions = conditions(pages, letter);
    let visit_url = if discharge {
        let visit = stay(letter, conditions);
        pages.add("stay", Content::plain(encounter(frame, &visit, &named(letter, "stay"))))
    } else {
        let visit = Visit { reason: None, ..visit(frame, letter) };
        pages.add("visit", Content::plain(encounter(frame, &visit, &named(letter, "visit"))))
    };
    if document::is_cda(run, letter) {
        let original = document.original.as_ref()?;
        let mut section = Section::of_letter("200", "CDA参照");
        section.text.paragraph(if original.title.trim().is_empty() { "CDA文書" } else { &original.title });
        let cda = attachment::file(frame, original, url::DOCUMENT_REFERENCE_PROFILE, "CDA文書", &named(letter, "cda"));
        section.entries.push(pages.add("cda", Content::plain(cda)));
        sections.push(section);
        if discharge {
            silent_conditions(frame, pages, letter)?;
        }
    } else {
        let mut structured = Section::of_letter("300", "構造情報");
        let mut remarks = None;
        for part in wanted(letter) {
            let written = section(frame, pages, letter, part, &visit_url)?;
            if written.code == REMARKS { remarks = Some(written) } else { structured.sections.push(written) }
        }
        sections.push(structured);
        sections.extend(remarks);
    }
    attach(frame, pages, document, &mut sections, letter);
    let head = head(frame, pages, letter, &visit_url, [&doctor_url, &sender_url]);
    Some(Resource::Composition(Box::new(composition(head, sections))))
}

fn named(letter: &Letter, part: &str) -> String {
    format!("{}\u{1f}{part}", key_text(letter.record.fact))
}

fn head<'h>(frame: &'h Frame, pages: &'h Pages, letter: &'h Letter, visit: &'h str, authors: [&'h str; 2]) -> Head<'h> {
    let document = letter.document;
    let class = visit_class(frame, letter);
    let (kind, title) = match document.kind {
        DocumentKind::Discharge => ("18842-5", "退院時サマリー"),
        DocumentKind::Referral | DocumentKind::Checkup => ("57133-1", "診療情報提供書"),
    };
    let category = match (document.kind, class) {
        (DocumentKind::Discharge, _) => ("DISCHARGE", "退院時文書"),
        (_, CareClass::Inpatient) => ("INPATIENT", "入院中文書"),
        (_, CareClass::Ambulatory | CareClass::Emergency) => ("OUTPATIENT", "外来文書"),
    };
    let discharge = document.kind == DocumentKind::Discharge;
    let stay = letter.stay.as_ref().filter(|_| discharge);
    let period = match stay {
        Some(stay) => [stay.admitted, stay.discharged].map(|at| at.map(|at| at.to_string())).into(),
        None => (Some(letter.written.date.to_string()), None),
    };
    Head {
        profile: if discharge { url::DISCHARGE_PROFILE } else { url::REFERRAL_PROFILE },
        last_updated: pages.last_updated(),
        identifier: frame.resource_id(&key_text(letter.record.fact)),
        version: version(document),
        kind: coding(url::DOCUMENT_TYPE, kind, title),
        category: coding(url::DOCUMENT_CATEGORY, category.0, category.1),
        title,
        patient: frame.patient_url,
        encounter: Some(visit),
        date: letter.written.to_string(),
        authors,
        event: (!discharge).then(|| text_concept("診療情報提供書発行")),
        period,
        text_status: "additional",
    }
}

pub fn version(document: &Document) -> &str {
    document.version.as_deref().map(str::trim).filter(|version| !version.is_empty()).unwrap_or("1.0")
}

/// 紹介元.
fn from(sender: &House, urls: [&str; 2]) -> Section {
    let mut section = Section::of_letter("920", "紹介元情報");
    tell_house(&mut section, sender);
    section.entries.extend(urls.map(str::to_owned));
    section
}

/// 紹介先.
fn to(frame: &Frame, pages: &mut Pages, recipient: &Party) -> Section {
    let number = recipient.number.as_deref().unwrap_or_default().trim();
    let house = document::house(recipient, number);
    let mut section = Section::of_letter("910", "紹介先情報");
    tell_house(&mut section, &house);
    let organization = party::organization(frame, &house, frame.clock);
    section.entries.push(pages.add("recipient", Content::plain(organization)));
    if let Some(doctor) = recipient.practitioner.as_ref().filter(|doctor| doctor.name.is_some()) {
        if let Some(name) = &doctor.name {
            section.text.paragraph(&format!("{} {} 先生", name.family.trim(), name.given.trim()));
        }
        let doctor = party::practitioner(doctor, number, url::PRACTITIONER_PROFILE, frame.clock);
        section.entries.push(pages.add("recipient doctor", Content::plain(doctor)));
    }
    section
}

fn tell_house(section: &mut Section, house: &House) {
    section.text.paragraph(house.name);
    let department =
        house.department.map_or("", |code| if code.display.is_empty() { &code.code } else { &code.display });
    section.text.paragraph(department);
    let address = [house.postal_code.map(|code| format!("〒{code}")), house.address.map(str::to_owned)];
    section.text.paragraph(&address.into_iter().flatten().collect::<Vec<_>>().join(" "));
    if let Some(telephone) = house.telephone {
        section.text.paragraph(&format!("電話 {telephone}"));
    }
}

fn visit_class(frame: &Frame, letter: &Letter) -> CareClass {
    let covering = || care_on(frame.run.encounters.iter().copied(), letter.written).map(|period| period.class);
    let default = frame.run.site.policy.defaults.encounter_class;
    letter.document.care.class.or_else(covering).unwrap_or(default)
}

/// The visit under which a letter was written.
fn visit<'v>(frame: &Frame, letter: &'v Letter) -> Visit<'v> {
    let class = visit_class(frame, letter);
    let stay = letter.stay.as_ref().filter(|_| class == CareClass::Inpatient);
    let period = stay.and_then(|stay| Some((stay.admitted?, stay.discharged)));
    Visit { class, period, reason: None, diagnoses: Vec::new(), stay: None }
}

fn words(letter: &Letter, kind: SectionKind) -> Option<String> {
    let filled = letter.section(kind)?;
    let text = filled.texts.iter().map(|said| plain(said.blocks)).collect::<Vec<_>>().join("\n");
    (!text.trim().is_empty()).then_some(text)
}

/// The stay of a summary, with its diagnoses.
fn stay<'v>(letter: &'v Letter, diagnoses: Vec<(String, &'static str)>) -> Visit<'v> {
    let stay = letter.stay.as_ref();
    Visit {
        class: CareClass::Inpatient,
        period: stay.and_then(|stay| Some((stay.admitted?, stay.discharged))),
        reason: words(letter, SectionKind::ReasonForAdmission),
        diagnoses,
        stay,
    }
}

/// The conditions that a stay names, with their roles.
fn conditions(pages: &Pages, letter: &Letter) -> Vec<(String, &'static str)> {
    let role = |kind| match kind {
        SectionKind::AdmissionDiagnoses => Some("AD"),
        SectionKind::DischargeDiagnoses => Some("DD"),
        SectionKind::ChiefComplaint => Some("CC"),
        _ => None,
    };
    let roles = letter.sections.iter().filter_map(|filled| Some((role(filled.part.kind)?, filled)));
    let entries = roles.flat_map(|(role, filled)| filled.entries.iter().map(move |entry| (role, entry)));
    let conditions = entries.filter_map(|(role, entry)| {
        let first = entry.records.first()?;
        matches!(first.fact.body, Body::Diagnosis(_)).then(|| (pages.url(&key_text(first.fact)), role))
    });
    conditions.collect()
}

/// A summary that goes as CDA names its conditions by the stay alone.
fn silent_conditions<'a>(frame: &mut Frame<'_, 'a>, pages: &mut Pages, letter: &Letter<'a>) -> Option<()> {
    let named: Vec<String> = conditions(pages, letter).into_iter().map(|(url, _)| url).collect();
    for entry in letter.sections.iter().flat_map(|filled| &filled.entries) {
        let first = entry.records.first()?;
        let name = key_text(first.fact);
        if named.contains(&pages.url(&name)) {
            let content = condition::condition(frame, &entry.records, &name)?;
            pages.add(&name, content);
        }
    }
    Some(())
}

/// The sections that are written: those that say something, and the two that a stay fills.
fn wanted<'l, 'a>(letter: &'l Letter<'a>) -> Vec<Page<'l, 'a>> {
    document::parts(letter.document.kind)
        .filter_map(|part| {
            let filled = letter.section(part.kind);
            let of_stay = matches!(part.kind, SectionKind::AdmissionDetails | SectionKind::DischargeDetails);
            (filled.is_some() || of_stay).then_some(Page { part, filled })
        })
        .collect()
}

#[derive(Clone, Copy)]
struct Page<'l, 'a> {
    part: &'static document::Part,
    filled: Option<&'l Filled<'a>>,
}

fn section<'a>(
    frame: &mut Frame<'_, 'a>,
    pages: &mut Pages,
    letter: &Letter<'a>,
    page: Page<'_, 'a>,
    visit_url: &str,
) -> Option<Section> {
    let Page { part, filled } = page;
    let mut section = Section::of_letter(part.code, part.title);
    if let Some(filled) = filled {
        for said in &filled.texts {
            section.text.heading(said.heading.unwrap_or_default());
            section.text.blocks(said.blocks);
        }
        listing::list(&mut section.text, filled);
        for entry in &filled.entries {
            let first = entry.records.first()?;
            let name = key_text(first.fact);
            let content = entry_content(frame, letter, entry, part.kind, &name)?;
            section.entries.push(pages.add(&name, content));
        }
    }
    let discharge = letter.document.kind == DocumentKind::Discharge;
    match part.kind {
        SectionKind::ReferralPurpose => {
            let visit = Visit { reason: words(letter, part.kind), ..visit(frame, letter) };
            let purpose = encounter(frame, &visit, &named(letter, "purpose"));
            section.entries.push(pages.add("purpose", Content::plain(purpose)));
        }
        SectionKind::AdmissionDetails | SectionKind::DischargeDetails if discharge => {
            tell_stay(&mut section, letter, part.kind == SectionKind::AdmissionDetails);
            section.entries.push(visit_url.to_owned());
        }
        SectionKind::ReasonForAdmission if discharge => section.entries.push(visit_url.to_owned()),
        SectionKind::ClinicalCourse => {
            // A summary must have one.
            let text = words(letter, part.kind).or_else(|| discharge.then(|| part.title.to_owned()));
            let course = text.map(|text| attachment::words(frame, &text, part.title, &named(letter, "course")));
            section.entries.extend(course.map(|course| pages.add("course", Content::plain(course))));
        }
        SectionKind::Instructions => {
            let discharged = letter.stay.as_ref().filter(|_| discharge).and_then(|stay| stay.discharged);
            let from = discharged.unwrap_or(letter.written).date;
            let plan = plan::care_plan(frame, filled?, discharge, from, &named(letter, "plan"));
            section.entries.extend(plan.map(|plan| pages.add("plan", Content::plain(plan))));
        }
        _ => {}
    }
    Some(section)
}

fn entry_content<'a>(
    frame: &mut Frame<'_, 'a>,
    letter: &Letter<'a>,
    entry: &Entry<'a>,
    section: SectionKind,
    name: &str,
) -> Option<Content> {
    let first = entry.records.first()?;
    match &first.fact.body {
        Body::Diagnosis(_) => condition::condition(frame, &entry.records, name),
        Body::Allergy(_) => allergy::allergy(frame, &entry.records, name),
        Body::LabResult(_) => observation::observation(frame, first, name),
        Body::Vital(_) => {
            history::history(frame, first, section, name).or_else(|| vital::vital(frame, first, section, name))
        }
        Body::Prescription(_) => medication::medication(frame, first, letter.written, name),
        Body::Patient(_) | Body::Encounter(_) | Body::Document(_) | Body::CheckupItem(_) => None,
    }
}

/// 入院日, 入院経路; 退院日, 転帰, 在院日数.
fn tell_stay(section: &mut Section, letter: &Letter, admission: bool) {
    let Some(stay) = &letter.stay else { return };
    let code_text = |code: &Option<tsugite_clinical::body::Code>| {
        let text = code.as_ref().map(|code| if code.display.is_empty() { &code.code } else { &code.display });
        text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let mut lines = Vec::new();
    if admission {
        lines.extend(stay.admitted.map(|at| format!("入院日: {}", at.date)));
        lines.extend(code_text(&stay.origin).map(|origin| format!("入院経路: {origin}")));
    } else {
        lines.extend(stay.discharged.map(|at| format!("退院日: {}", at.date)));
        lines.extend(code_text(&stay.disposition).map(|outcome| format!("転帰: {outcome}")));
        let days = stay.admitted.zip(stay.discharged).and_then(|(start, end)| days_of_stay(start, end));
        lines.extend(days.map(|days| format!("在院日数: {days}日")));
    }
    // What the author says already is not said again.
    let part = if admission { SectionKind::AdmissionDetails } else { SectionKind::DischargeDetails };
    let said = words(letter, part).unwrap_or_default();
    lines.retain(|line| !said.contains(line.as_str()));
    section.text.list(&lines);
}

/// 添付情報, and PDF by itself.
fn attach(frame: &Frame, pages: &mut Pages, document: &Document, sections: &mut Vec<Section>, letter: &Letter) {
    let is_pdf = |kind: &str| kind.trim().eq_ignore_ascii_case("application/pdf");
    for (pdf, code, title) in [(false, "210", "添付情報"), (true, "230", "PDF")] {
        let mut section = Section::of_letter(code, title);
        let mut titles = Vec::new();
        for (index, attachment) in document.attachments.iter().enumerate() {
            if is_pdf(&attachment.content_type) == pdf {
                let part = format!("attachment {index}");
                let name = named(letter, &part);
                let file = match pages.apart(attachment, index + 1, title) {
                    Some(apart) => attachment::named_only(frame, attachment, apart, title, &name),
                    None => attachment::file(frame, attachment, url::DOCUMENT_REFERENCE_PROFILE, title, &name),
                };
                section.entries.push(pages.add(&part, Content::plain(file)));
                titles.push(attachment.title.as_str());
            }
        }
        if !section.entries.is_empty() {
            section.text.list(&titles);
            sections.push(section);
        }
    }
}
