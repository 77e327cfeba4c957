//! Which sections a letter has, and what stands in each.

use super::{
    chart,
    judge::{Judged, is_infection, judge},
    section::{Fit, Part, fit, name, parts, place},
};
use crate::{
    issues,
    run::{Record, Run},
    select,
};
use std::collections::BTreeMap;
use tsugite_clinical::{
    DateTime, Key,
    body::{Block, Body, Concept, Diagnosis, Document, DocumentKind, LabValue, SectionKind, Stay},
    says_doubt,
    standard::{ClinicalStatus, Standard},
};
use tsugite_issue::{Definition, Issue};

/// What one resource of a document says.
#[derive(Clone)]
pub(crate) struct Entry<'a> {
    /// Records that say the same; the first speaks where only one can.
    pub records: Vec<Record<'a>>,
    /// The author's own text stands for it; else it is listed below the text.
    pub told: bool,
}

/// A text with the name that it has in its source, where that is not the name of the section.
#[derive(Clone, Copy)]
pub(crate) struct Said<'a> {
    pub heading: Option<&'a str>,
    pub blocks: &'a [Block],
}

/// A section that has something to say.
pub(crate) struct Filled<'a> {
    pub part: &'static Part,
    pub texts: Vec<Said<'a>>,
    pub entries: Vec<Entry<'a>>,
    /// Said in the text alone.
    pub spoken: Vec<Record<'a>>,
}

impl Filled<'_> {
    fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.entries.is_empty() && self.spoken.is_empty()
    }
}

/// Everything that a letter is written from.
pub(crate) struct Letter<'a> {
    pub record: Record<'a>,
    pub document: &'a Document,
    /// Its date; the day of its last version where it has none.
    pub written: DateTime,
    pub stay: Option<Stay>,
    /// In the order of the profile; empty ones are left out.
    pub sections: Vec<Filled<'a>>,
    /// 健診項目, each with whether an entry may say it.
    pub items: Vec<(Record<'a>, bool)>,
    /// Said by the author's own text, and by no entry.
    pub told: Vec<Record<'a>>,
    pub issues: Vec<Issue>,
    /// The document's own records, all of them.
    pub own: Vec<Record<'a>>,
}

/// What of a letter's facts did not get into it.
#[derive(Default)]
pub(crate) struct Left<'a> {
    pub retracted: Vec<Record<'a>>,
    pub not_carried: Vec<(Record<'a>, &'static Definition)>,
    /// Drugs that the same prescription in another feed stands for.
    pub superseded: Vec<Record<'a>>,
    pub held: Vec<(Record<'a>, &'static Definition)>,
}

impl<'a> Letter<'a> {
    pub fn new(run: &Run<'a>, record: Record<'a>, document: &'a Document, own: Vec<Record<'a>>) -> (Self, Left<'a>) {
        let written = written(run, &record, document);
        let mut letter = Self {
            record,
            document,
            written,
            stay: chart::stay(run, document, written),
            sections: parts(document.kind)
                .map(|part| Filled { part, texts: Vec::new(), entries: Vec::new(), spoken: Vec::new() })
                .collect(),
            items: Vec::new(),
            told: Vec::new(),
            issues: Vec::new(),
            own,
        };
        letter.take_texts();
        let mut left = Left::default();
        letter.take_own(run, &mut left);
        chart::take(run, &mut letter, &mut left);
        letter.sections.retain(|section| !section.is_empty());
        (letter, left)
    }

    pub fn section(&self, kind: SectionKind) -> Option<&Filled<'a>> {
        self.sections.iter().find(|section| section.part.kind == kind)
    }

    fn take_texts(&mut self) {
        for section in &self.document.sections {
            let said = section.text.iter().any(|block| !is_blank(block));
            let Some(filled) = self.filled(section.kind).filter(|_| said) else { continue };
            let stated = section.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
            let foreign = (filled.part.kind != section.kind).then(|| name(section.kind));
            let heading = stated.or(foreign).filter(|heading| *heading != filled.part.title);
            filled.texts.push(Said { heading, blocks: &section.text });
        }
    }

    fn filled(&mut self, kind: SectionKind) -> Option<&mut Filled<'a>> {
        let part = place(self.document.kind, kind)?;
        self.sections.iter_mut().find(|section| section.part == part)
    }

    fn take_own(&mut self, run: &Run<'a>, left: &mut Left<'a>) {
        let keys =
            self.document.sections.iter().flat_map(|section| section.entries.iter().map(|key| (key, section.kind)));
        // By the item first: scopes are long texts, and all the same here.
        let by_item = |key: &'a Key| (&*key.item, key.ordinal, &key.scope);
        let named: BTreeMap<_, (usize, SectionKind)> =
            keys.enumerate().map(|(place, (key, kind))| (by_item(key), (place, kind))).collect();
        let named = |record: &Record<'a>| named.get(&by_item(&record.fact.key)).copied();
        let mut own: Vec<_> = self.own.iter().map(|record| (*record, named(record))).collect();
        own.sort_by_cached_key(|(record, named)| {
            (named.map_or(usize::MAX, |(place, _)| place), drug_place(record), record.index)
        });
        for (record, named) in own {
            let kind = named.map_or_else(|| self.usual(&record), |(_, kind)| kind);
            let told = self.is_told(kind, &record);
            let is_item = matches!(record.fact.body, Body::CheckupItem(_));
            match judge(run, &record) {
                Judged::Held(rule) => left.held.push((record, rule)),
                verdict @ (Judged::Entry | Judged::Spoken)
                    if is_item && self.document.kind == DocumentKind::Checkup =>
                {
                    self.items.push((record, verdict == Judged::Entry));
                }
                Judged::Entry | Judged::Spoken if is_item || self.document.kind == DocumentKind::Checkup => {
                    left.not_carried.push((record, &issues::NOT_IN_THIS_DOCUMENT));
                }
                Judged::Entry => match place_of(self.document.kind, kind, &record.fact.body) {
                    Fit::Here => self.push(kind, Entry { records: vec![record], told }),
                    Fit::Usual => self.push(self.usual(&record), Entry { records: vec![record], told: false }),
                    Fit::Words if told => self.told.push(record),
                    Fit::Words => self.speak(kind, record),
                },
                Judged::Spoken if told => self.told.push(record),
                Judged::Spoken => self.speak(kind, record),
                Judged::Retracted => left.retracted.push(record),
                Judged::NotCarried(rule) => left.not_carried.push((record, rule)),
            }
        }
    }

    /// Whether the author's text of a section names a fact, so that it need not be listed again.
    fn is_told(&self, kind: SectionKind, record: &Record) -> bool {
        let Some(part) = place(self.document.kind, kind) else { return false };
        let Some(section) = self.sections.iter().find(|section| section.part == part) else { return false };
        let names = names(record);
        // Of a suspected disease the same sentence must say both.
        let doubtful =
            select::diagnosis_parts(record).is_some_and(|(stated, standard)| select::is_suspected(stated, standard));
        let said = |text: &str| names.iter().all(|name| text.contains(name.as_str()));
        let told = |lines: Vec<String>| match doubtful {
            true => lines.iter().any(|line| said(line) && says_doubt(line)),
            false => said(&lines.concat()),
        };
        !names.is_empty() && section.texts.iter().any(|text| told(spoken_lines(text.blocks)))
    }

    pub fn push(&mut self, kind: SectionKind, entry: Entry<'a>) {
        if let Some(section) = self.filled(kind) {
            section.entries.push(entry);
        }
    }

    pub fn speak(&mut self, kind: SectionKind, record: Record<'a>) {
        if let Some(section) = self.filled(kind) {
            section.spoken.push(record);
        }
    }

    pub fn left_out(&mut self, record: &Record<'a>, rule: &'static Definition) {
        self.issues.push(record.issue(&issues::LEFT_OUT_OF_DOCUMENT).with("reason", rule.code));
    }

    /// Where a fact belongs that no section names.
    pub fn usual(&self, record: &Record) -> SectionKind {
        let discharge = self.document.kind == DocumentKind::Discharge;
        match (&record.fact.body, record.standard) {
            (Body::Diagnosis(diagnosis), standard) => {
                let active = match standard {
                    Standard::Diagnosis(standard) => standard.outcome.status == ClinicalStatus::Active,
                    _ => true,
                };
                let admitted = self.stay.as_ref().and_then(|stay| stay.admitted);
                let ended_before = |admitted: DateTime| {
                    diagnosis.ended.is_some_and(|ended| ended.date.last_day() < admitted.date.first_day())
                };
                match discharge {
                    true if !active && admitted.is_some_and(ended_before) => SectionKind::PastIllness,
                    true if at_admission(diagnosis) => SectionKind::AdmissionDiagnoses,
                    true => SectionKind::DischargeDiagnoses,
                    false if active => SectionKind::Problems,
                    false => SectionKind::PastIllness,
                }
            }
            (Body::Allergy(_), _) => SectionKind::Allergies,
            (Body::LabResult(_), _) if is_infection(record) => SectionKind::Infections,
            (Body::LabResult(_), _) => SectionKind::Studies,
            (Body::Vital(_), _) => SectionKind::PhysicalStatus,
            (Body::Prescription(_), _) => SectionKind::Medication,
            _ => SectionKind::Remarks,
        }
    }

    /// Every record that the sections hold, or speak of.
    pub fn members(&self) -> impl Iterator<Item = &Record<'a>> {
        let of_sections = self
            .sections
            .iter()
            .flat_map(|section| section.entries.iter().flat_map(|entry| &entry.records).chain(&section.spoken));
        of_sections.chain(self.items.iter().map(|(record, _)| record)).chain(&self.told)
    }
}

/// By the section of the profile, whatever its author calls it.
fn place_of(document: DocumentKind, section: SectionKind, body: &Body) -> Fit {
    place(document, section).map_or(Fit::Words, |part| fit(part.kind, body))
}

/// 診断種別 (JHSD0004) H: 入院時.
fn at_admission(diagnosis: &Diagnosis) -> bool {
    diagnosis.kind.as_ref().is_some_and(|kind| kind.code == "H" && kind.system == "JHSD0004")
}

/// Order, Rp and place in it, as a prescription is printed.
pub(super) fn drug_place(record: &Record) -> (String, u32, u16) {
    match &record.fact.body {
        Body::Prescription(line) => {
            let group = line.group.trim().parse().unwrap_or(u32::MAX);
            (line.order_number.clone(), group, line.place)
        }
        _ => (String::new(), 0, 0),
    }
}

/// What a text must hold that speaks of a fact: its name, and its value where it has one. Without blanks.
fn names(record: &Record) -> Vec<String> {
    let named = |concept: &Concept| concept.name().map(str::to_owned);
    let (name, value) = match (&record.fact.body, record.standard) {
        (Body::Diagnosis(_), Standard::Diagnosis(standard)) => (Some(standard.text.clone()), None),
        (Body::Diagnosis(stated), _) => (named(&stated.disease), None),
        (Body::Allergy(stated), _) => (named(&stated.allergen), None),
        (Body::LabResult(stated), _) => match &stated.value {
            LabValue::Text(value) => (named(&stated.test), Some(value.clone())),
            LabValue::Coded(value) => (named(&stated.test), named(value)),
            LabValue::Absent => (named(&stated.test), None),
        },
        (Body::Vital(stated), _) => match &stated.value {
            LabValue::Text(value) => (named(&stated.item), Some(value.clone())),
            LabValue::Coded(value) => (named(&stated.item), named(value)),
            LabValue::Absent => (named(&stated.item), None),
        },
        (Body::Prescription(stated), _) => (named(&stated.drug), None),
        _ => (None, None),
    };
    let unspaced = name.into_iter().chain(value).map(|text| unspaced(&text));
    unspaced.filter(|text| !text.is_empty()).collect()
}

fn unspaced(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Sentences, items of lists and rows of tables, without blanks.
fn spoken_lines(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(said) => lines.extend(said.split_inclusive(['\n', '。', '、']).map(unspaced)),
            Block::List(items) => lines.extend(items.iter().map(|item| unspaced(item))),
            Block::Table { header, rows } => {
                lines.extend(std::iter::once(header).chain(rows).map(|row| unspaced(&row.concat())));
            }
        }
    }
    lines
}

fn is_blank(block: &Block) -> bool {
    let blank = |text: &String| text.trim().is_empty();
    match block {
        Block::Paragraph(text) => blank(text),
        Block::List(items) => items.iter().all(blank),
        Block::Table { header, rows } => header.iter().all(blank) && rows.iter().flatten().all(blank),
    }
}

/// 作成日, else the time of its version, else the clock.
pub(crate) fn written(run: &Run, record: &Record, document: &Document) -> DateTime {
    let of_version = || DateTime::from_stamp(record.fact.version.time);
    document.written.or_else(of_version).unwrap_or(run.site.as_of)
}
