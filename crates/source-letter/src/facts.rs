//! A letter to its facts.

use crate::{
    Allergy, Amount, Class, Consent, Doctor, Finding, Head, Kind, Lab, Letter, MOST_ATTACHED, Party, Prescription,
    Problem, Section, Sex, Term, attachment, blocks::blocks, heading, issues, toml_form::Wrong,
};
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::Arc,
};
use toml::Spanned;
use tsugite_clinical::{
    DateTime, Key, Scope, Version,
    body::{
        self, Block, Body, Care, CareClass, Diagnosis, Document, DocumentKind, LabReport, LabResult, LabValue, Name,
        Practitioner, Representation, Vital,
    },
};
use tsugite_issue::Issue;

/// A statement of a letter, with its place in the text.
pub struct Stated {
    pub key: Key,
    pub body: Body,
    pub at: Range<usize>,
}

/// Everything that a letter says.
pub struct Said {
    pub scope: Arc<Scope>,
    pub version: Version,
    /// The document first.
    pub stated: Vec<Stated>,
    pub wrong: Vec<Wrong>,
}

/// What of a letter is needed for its entries.
struct Frame {
    scope: Arc<Scope>,
    care: Arc<Care>,
    written: Option<DateTime>,
    report: Arc<LabReport>,
}

/// The statements of a letter, and why it must be held.
pub fn said(letter: &Letter, instance: &Arc<str>) -> Said {
    let head = letter.letter.get_ref();
    let id = letter.id();
    let scope = Arc::new(Scope { source: Arc::clone(instance), feed: "LETTER".into(), part: id.as_str().into() });
    let care = care(head, letter.author.as_ref());
    let written = head.date.map(|when| when.0);
    let report = LabReport { order_number: id.clone(), care_day: written.map(|written| written.date) };
    let frame = Frame { scope: Arc::clone(&scope), care: Arc::new(care), written, report: Arc::new(report) };
    let mut entries = Vec::new();
    let sections: Vec<body::Section> =
        letter.sections.iter().map(|section| frame.section(section, &mut entries)).collect();
    let mut wrong = wrong(letter);
    let document = document(letter, id, &frame, sections, &mut wrong);
    let key = Key { scope: Arc::clone(&scope), item: "document".into(), ordinal: 0 };
    let mut stated = vec![Stated { key, body: Body::Document(Box::new(document)), at: letter.letter.span() }];
    stated.append(&mut entries);
    let version = Version { time: written.map_or(0, DateTime::stamp), rank: head.version.unwrap_or(1), sequence: 0 };
    Said { scope, version, stated, wrong }
}

/// What the shape of the letter cannot keep out.
fn wrong(letter: &Letter) -> Vec<Wrong> {
    let head = letter.letter.get_ref();
    let mut wrong = Vec::new();
    if head.format != 1 {
        let issue = Issue::new(&issues::FORMAT_UNKNOWN).with("format", head.format.to_string());
        wrong.push(Wrong::new(issue, letter.letter.span()));
    }
    if head.id.as_ref().is_some_and(|id| id.trim().is_empty()) {
        let issue = Issue::new(&issues::VALUE_WRONG).with("field", "id");
        wrong.push(Wrong::new(issue, letter.letter.span()));
    }
    let mut seen = HashSet::new();
    for section in &letter.sections {
        let name = *section.kind.get_ref();
        let twice = !seen.insert(name.name());
        for (is, definition) in [
            (head.kind.is_some_and(|kind| !name.fits(kind)), &issues::SECTION_ELSEWHERE),
            (twice, &issues::SECTION_TWICE),
        ] {
            if is {
                let issue = Issue::new(definition).with("heading", heading(name.0));
                wrong.push(Wrong::new(issue, section.kind.span()));
            }
        }
    }
    wrong
}

fn document(
    letter: &Letter,
    id: String,
    frame: &Frame,
    sections: Vec<body::Section>,
    wrong: &mut Vec<Wrong>,
) -> Document {
    let head = letter.letter.get_ref();
    let kind = match head.kind {
        Some(Kind::Discharge) => DocumentKind::Discharge,
        Some(Kind::Referral) | None => DocumentKind::Referral,
    };
    let author = letter.author.as_ref().filter(|author| !author.name.is_empty() || author.number.is_some());
    Document {
        version: Some(head.version.unwrap_or(1).to_string()),
        written: frame.written,
        care: (*frame.care).clone(),
        author: author.map(party),
        recipient: letter.to.as_ref().map(party),
        stay: letter.stay.as_ref().map(|stay| body::Stay {
            admitted: stay.admitted.map(|when| when.0),
            discharged: stay.discharged.map(|when| when.0),
            origin: stay.origin.as_ref().map(Term::single),
            disposition: stay.disposition.as_ref().map(Term::single),
        }),
        consent: match head.consent {
            Some(Consent::Given) => body::Consent::Given,
            Some(Consent::Refused) => body::Consent::Refused,
            Some(Consent::Unknown) | None => body::Consent::Unknown,
        },
        sections,
        include: head.include.clone().unwrap_or_default(),
        attachments: attachments(letter, wrong),
        ..Document::new(kind, id)
    }
}

fn attachments(letter: &Letter, wrong: &mut Vec<Wrong>) -> Vec<body::Attachment> {
    let (mut attached, mut size) = (Vec::new(), 0_usize);
    let patient = letter.letter.get_ref().patient.as_deref().unwrap_or_default();
    for spanned in &letter.attachments {
        let attachment = spanned.get_ref();
        match attachment::checked(&attachment.base64, patient) {
            Ok((content_type, bytes)) => {
                size = size.saturating_add(bytes);
                attached.push(body::Attachment {
                    title: attachment.title.clone(),
                    content_type: content_type.to_owned(),
                    base64: attachment.base64.chars().filter(|c| !c.is_ascii_whitespace()).collect(),
                    created: attachment.created.map(|when| when.0),
                });
            }
            Err(definition) => wrong.push(Wrong::new(Issue::new(definition), spanned.span())),
        }
    }
    if size > MOST_ATTACHED {
        let megabytes = |bytes: usize| bytes.div_ceil(1 << 20).to_string();
        let issue =
            Issue::new(&issues::ATTACHMENT_SIZE).with("size", megabytes(size)).with("most", megabytes(MOST_ATTACHED));
        wrong.extend(letter.attachments.first().map(|first| Wrong::new(issue, first.span())));
    }
    attached
}

impl Frame {
    fn section(&self, section: &Section, entries: &mut Vec<Stated>) -> body::Section {
        let name = *section.kind.get_ref();
        let mut text = blocks(&section.text);
        if !section.list.is_empty() {
            text.push(Block::List(section.list.clone()));
        }
        text.extend(
            section.table.as_ref().map(|table| Block::Table { header: table.header.clone(), rows: table.rows.clone() }),
        );
        let first = entries.len();
        let mut group = Group { frame: self, section: name.name(), ordinals: HashMap::new(), entries };
        group.each("problem", &section.problems, |entry| entry.disease.key(), |entry, _| self.problem(entry));
        group.each("allergy", &section.allergies, |entry| entry.allergen.key(), |entry, _| self.allergy(entry));
        group.each("lab", &section.labs, |entry| entry.test.key(), |entry, _| self.lab(entry));
        group.each(
            "prescription",
            &section.prescriptions,
            |entry| entry.drug.key(),
            |entry, place| self.prescription(entry, place),
        );
        group.each("finding", &section.findings, |entry| entry.item.key(), |entry, _| finding(entry));
        let keys = entries.iter().skip(first).map(|stated| stated.key.clone()).collect();
        body::Section { kind: name.0, title: section.title.clone(), text, entries: keys }
    }

    fn problem(&self, entry: &Problem) -> Body {
        Body::Diagnosis(Box::new(Diagnosis {
            disease: entry.disease.concept(),
            exchange: entry.exchange.as_ref().map(Term::single),
            icd10: entry.icd10.iter().map(Term::single).collect(),
            prefixes: entry.prefixes.iter().map(Term::concept).collect(),
            suffixes: entry.suffixes.iter().map(Term::concept).collect(),
            suspected: entry.suspected,
            main: entry.main,
            onset: entry.onset.map(|when| when.0),
            established: entry.established.map(|when| when.0),
            ended: entry.ended.map(|when| when.0),
            outcome: entry.outcome.as_ref().map(Term::single),
            care: (*self.care).clone(),
            ..Diagnosis::default()
        }))
    }

    fn allergy(&self, entry: &Allergy) -> Body {
        Body::Allergy(Box::new(body::Allergy {
            category: entry.category.as_ref().map(Term::single),
            allergen: entry.allergen.concept(),
            severity: entry.severity.as_ref().map(Term::single),
            reactions: entry.reactions.clone(),
            onset: entry.onset.map(|when| when.0),
            recorded: entry.recorded.map(|when| when.0),
            care: (*self.care).clone(),
            ..body::Allergy::default()
        }))
    }

    fn lab(&self, entry: &Lab) -> Body {
        let collected = entry.collected.map(|when| when.0);
        let specimen = entry.specimen.as_ref().map(|material| {
            Arc::new(body::Specimen { material: material.concept(), collected, ..body::Specimen::default() })
        });
        Body::LabResult(Box::new(LabResult {
            report: Arc::clone(&self.report),
            care: Arc::clone(&self.care),
            specimen,
            test: entry.test.concept(),
            panel: None,
            sub_id: None,
            value: value(entry.value.as_ref()),
            unit: entry.unit.as_ref().map(unit),
            reference_range: entry.range.clone(),
            flags: entry.flags.clone(),
            status: "F".to_owned(),
            ordered_for: None,
            observed: collected,
            reported: None,
            comments: entry.comments.clone(),
            comment_origins: body::CommentOrigins::default(),
        }))
    }

    fn prescription(&self, entry: &Prescription, place: u16) -> Body {
        let amount =
            |amount: &Amount| body::Quantity { value: amount.value.clone(), unit: amount.unit.as_ref().map(unit) };
        let concepts = |terms: &[Term]| terms.iter().map(Term::concept).collect();
        Body::Prescription(Box::new(body::Prescription {
            order_number: self.report.order_number.clone(),
            group: entry.rp.to_string(),
            place,
            drug: entry.drug.concept(),
            dose: entry.dose.as_ref().map(amount),
            daily_dose: entry.daily_dose.as_ref().map(amount),
            total: entry.total.as_ref().map(amount),
            usages: concepts(&entry.usages),
            duration: entry.days.map(|days| days.to_string()),
            count: entry.count.map(|count| count.to_string()),
            start: entry.start.map(|when| when.0),
            route: entry.route.as_ref().map(Term::concept),
            site: entry.site.as_ref().map(Term::concept),
            categories: concepts(&entry.categories),
            instructions: concepts(&entry.instructions),
            ordered: self.written,
            notes: entry.notes.clone(),
            care: (*self.care).clone(),
            ..body::Prescription::default()
        }))
    }
}

/// The entries of one section.
struct Group<'g> {
    frame: &'g Frame,
    section: &'static str,
    ordinals: HashMap<String, u16>,
    entries: &'g mut Vec<Stated>,
}

impl Group<'_> {
    fn each<T>(&mut self, kind: &str, from: &[Spanned<T>], key: impl Fn(&T) -> String, body: impl Fn(&T, u16) -> Body) {
        for (place, spanned) in (1_u16..).zip(from) {
            let entry = spanned.get_ref();
            let item = format!("{}/{kind}/{}", self.section, key(entry));
            let ordinal =
                self.ordinals.entry(item.clone()).and_modify(|count| *count = count.saturating_add(1)).or_default();
            let key = Key { scope: Arc::clone(&self.frame.scope), item: item.into(), ordinal: *ordinal };
            self.entries.push(Stated { key, body: body(entry, place), at: spanned.span() });
        }
    }
}

fn finding(entry: &Finding) -> Body {
    let unit = entry.unit.as_ref().map(unit);
    Body::Vital(Box::new(Vital { item: entry.item.concept(), value: value(entry.value.as_ref()), unit }))
}

/// A name alone is what is printed.
fn value(term: Option<&Term>) -> LabValue {
    let Some(term) = term else { return LabValue::Absent };
    let concept = term.concept();
    match (concept.codes.is_empty(), concept.text) {
        (true, Some(text)) => LabValue::Text(text),
        (true, None) => LabValue::Absent,
        (false, text) => LabValue::Coded(body::Concept { codes: concept.codes, text }),
    }
}

/// A unit by its name alone is its code too, as systems print units.
fn unit(term: &Term) -> body::Code {
    let code = term.single();
    if code.code.is_empty() { body::Code { code: code.display.clone(), ..code } } else { code }
}

fn care(head: &Head, author: Option<&Party>) -> Care {
    let class = head.class.or((head.kind == Some(Kind::Discharge)).then_some(Class::Inpatient));
    Care {
        class: class.map(|class| match class {
            Class::Outpatient => CareClass::Ambulatory,
            Class::Inpatient => CareClass::Inpatient,
            Class::Emergency => CareClass::Emergency,
        }),
        department: author.and_then(|author| author.department.as_ref()).map(department),
        practitioner: author.and_then(|author| author.doctor.as_ref()).map(practitioner),
        ..Care::default()
    }
}

/// 診療科 by its name alone.
fn department(term: &Term) -> body::Code {
    term.single()
}

fn party(party: &Party) -> body::Party {
    body::Party {
        number: party.number.clone(),
        name: party.name.clone(),
        address: party.address.clone(),
        postal_code: party.postal_code.clone(),
        telephone: party.telephone.clone(),
        department: party.department.as_ref().map(department),
        practitioner: party.doctor.as_ref().map(practitioner),
    }
}

fn practitioner(doctor: &Doctor) -> Practitioner {
    Practitioner { id: doctor.id.clone(), name: Name::split(Representation::Ideographic, &doctor.name) }
}

pub const fn sex(sex: Sex) -> body::Sex {
    match sex {
        Sex::Male => body::Sex::Male,
        Sex::Female => body::Sex::Female,
        Sex::Other => body::Sex::Other,
    }
}
