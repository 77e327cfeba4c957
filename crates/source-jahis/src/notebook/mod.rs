//! 電子版お薬手帳: what was dispensed, by whose prescription, and what was noted.

mod block;
mod line;
mod note;

use crate::{
    issues,
    rows::Row,
    symbol::{Direction, Symbol},
    value::{self, DateRead},
    writer::{Frame, Writer},
};
use block::{Block, blocks};
use std::collections::BTreeMap;
use tsugite_clinical::{
    Date, RecordKind,
    body::{Address, Body, Name, Patient, Representation, Telecom},
};
use tsugite_issue::{Definition, Issue};

const FEED: &str = "JAHISTC";

/// レコード作成者.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creator {
    /// 医療関係者.
    Professional,
    /// 患者等.
    Patient,
    /// その他, 不明, or nothing said in what a patient gave.
    Unknown,
}

impl Creator {
    pub fn of(row: &Row<'_>, at: usize, direction: Direction) -> Self {
        match (value::code(row.field(at)).0.as_str(), direction) {
            ("1", _) | ("", Direction::FromInstitution) => Self::Professional,
            ("2", _) => Self::Patient,
            _ => Self::Unknown,
        }
    }
}

/// Reads one notebook.
pub fn read(symbol: &Symbol<'_>, writer: &mut Writer<'_>) {
    let person = symbol.rows.iter().find(|row| row.number() == Some(1));
    let mut frame = frame(symbol, person, writer);
    if let Some(row) = person {
        patient(row, &frame, writer);
    }
    if let Some(split) = symbol.split.as_ref().filter(|split| !split.is_whole()) {
        let issue = Issue::new(&issues::SPLIT_INCOMPLETE).with("total", split.total.to_string());
        writer.issue(issue.with("here", split.parts.len().to_string()), &symbol.header);
    }
    let direction = symbol.direction();
    for row in &symbol.rows {
        note::read(row, direction, &frame, writer);
    }
    tell_unknown(&symbol.rows, writer);
    let whole = symbol.split.as_ref().is_none_or(crate::symbol::Split::is_whole);
    for mut block in blocks(&symbol.rows, symbol.split.is_some()) {
        block.mark_cut(symbol.rows.last());
        let (scope, day) = (writer.scope(FEED, &block.part()), day(&block, direction, writer));
        frame.scope = scope;
        frame.day = day;
        dispensed(&block, direction, whole, &frame, writer);
    }
}

/// The drugs of one dispensing.
fn dispensed(block: &Block<'_>, direction: Direction, whole: bool, frame: &Frame, writer: &mut Writer<'_>) {
    let prescriber = block.prescriber(direction);
    let rule: Option<&'static Definition> = if frame.hold.is_some() {
        frame.hold
    } else if frame.day.is_none_or(|day| !day.is_full()) {
        Some(&issues::DISPENSED_MISSING)
    } else if prescriber.is_none() {
        Some(&issues::PRESCRIBER_MISSING)
    } else {
        None
    };
    if let Some((rule, first)) = rule.filter(|_| frame.hold.is_none()).zip(block.first_drug()) {
        writer.tell(rule, first, "");
    }
    for rp in &block.rps {
        for (at, row) in rp.drugs.iter().enumerate() {
            match Creator::of(row, 7, direction) {
                Creator::Patient => {
                    writer.not_carried(RecordKind::Prescription, row, frame, &issues::PATIENT_ENTERED);
                    continue;
                }
                Creator::Unknown => {
                    writer.tell(&issues::CREATOR_UNKNOWN, row, "");
                    writer.held(RecordKind::Prescription, row, Some(frame), &issues::CREATOR_UNKNOWN);
                    continue;
                }
                Creator::Professional => {}
            }
            if rp.is_material(direction) {
                writer.not_carried(RecordKind::Prescription, row, frame, &issues::MATERIAL);
                continue;
            }
            let read = match (rule, rp.doubt) {
                (Some(rule), _) => Err(rule),
                (None, Some(doubt)) => {
                    writer.tell(doubt, row, "");
                    Err(doubt)
                }
                (None, None) => line::prescription(block, rp, at, direction, frame, writer).map_err(|rule| {
                    let rule = if whole || rule != &issues::RP_INCOMPLETE { rule } else { &issues::SPLIT_INCOMPLETE };
                    if rule != &issues::SPLIT_INCOMPLETE {
                        writer.tell(rule, row, "");
                    }
                    rule
                }),
            };
            match read {
                Ok(mut prescription) => {
                    prescription.prescribed_by.clone_from(&prescriber);
                    let item = line::item(&prescription);
                    writer.fact([row], frame, item, Body::Prescription(Box::new(prescription)));
                }
                Err(rule) => writer.held(RecordKind::Prescription, row, Some(frame), rule),
            }
        }
    }
}

/// 調剤等年月日, where a professional wrote it.
fn day(block: &Block<'_>, direction: Direction, writer: &mut Writer<'_>) -> Option<Date> {
    let row = block.day.as_ref().filter(|row| Creator::of(row, 2, direction) != Creator::Patient)?;
    date(row, 1, writer)
}

fn date(row: &Row<'_>, at: usize, writer: &mut Writer<'_>) -> Option<Date> {
    let read = value::date(row.field(at));
    match read {
        DateRead::NoDate => writer.tell(&issues::DATE_INVALID, row, row.field(at)),
        DateRead::Overrun(_) => writer.tell(&issues::ERA_OVERRUN, row, row.field(at)),
        DateRead::Nothing | DateRead::Day(_) => {}
    }
    read.date()
}

/// A notebook has no number of its patient: whose it is, a person must say.
fn frame(symbol: &Symbol<'_>, person: Option<&Row<'_>>, writer: &mut Writer<'_>) -> Frame {
    let shared = symbol.split.as_ref().map(|split| {
        let named = person.map(|row| [row.field(1), row.field(2), row.field(3)].join(",")).unwrap_or_default();
        format!("{},{named}", split.id)
    });
    let several = symbol.contradicts_itself(|number| number == 1);
    let patient = writer.stranger(symbol.header.line, shared.as_deref().filter(|_| !several));
    let named = person.filter(|row| !row.field(1).trim().is_empty() || !row.field(10).trim().is_empty());
    let broken = symbol.rows.iter().find(|row| row.number().is_none());
    let mixed = if several { Some(&issues::PATIENTS_SEVERAL) } else { symbol.hold };
    if let Some(rule) = mixed.filter(|rule| *rule != &issues::BEFORE_HEADER) {
        writer.tell(rule, &symbol.header, "");
    }
    let hold = match (broken, named) {
        _ if mixed.is_some() => mixed,
        (Some(row), _) => {
            writer.tell(&issues::LINE_BROKEN, row, "");
            Some(&issues::LINE_BROKEN)
        }
        (None, None) => {
            writer.tell(&issues::PATIENT_MISSING, &symbol.header, "");
            Some(&issues::PATIENT_MISSING)
        }
        (None, Some(row)) => {
            writer.tell(&issues::PATIENT_UNNUMBERED, row, "");
            None
        }
    };
    Frame { patient, scope: writer.scope(FEED, ""), day: None, hold }
}

/// 患者情報 (record 1).
fn patient(row: &Row<'_>, frame: &Frame, writer: &mut Writer<'_>) {
    let names =
        [Name::split(Representation::Ideographic, row.field(1)), Name::split(Representation::Syllabic, row.field(10))];
    let address = value::text(row.field(5)).map(|text| Address { text, postal_code: value::text(row.field(4)) });
    let telephone = value::text(row.field(6)).map(|number| Telecom { number, work: false });
    let patient = Patient {
        names: names.into_iter().flatten().collect(),
        birth_date: date(row, 3, writer),
        sex: value::sex(row.field(2)),
        address,
        telecoms: telephone.into_iter().collect(),
        ..Patient::default()
    };
    writer.identity(frame, patient.birth_date, patient.sex);
    writer.patient(row, frame, Body::Patient(Box::new(patient)));
    if [8, 9].iter().any(|at| !row.field(*at).trim().is_empty()) {
        writer.not_carried(RecordKind::Vital, row, frame, &issues::VITAL);
    }
}

/// Records of no generation that is known, each kind once.
fn tell_unknown(rows: &[Row<'_>], writer: &mut Writer<'_>) {
    let mut unknown: BTreeMap<u16, (&Row<'_>, usize)> = BTreeMap::new();
    for row in rows {
        let known = |number: u16| number == 1 || block::is_of_block(number) || note::is_note(number);
        let Some(number) = row.number().filter(|number| !known(*number)) else { continue };
        unknown.entry(number).or_insert((row, 0)).1 += 1;
    }
    for (number, (row, count)) in unknown {
        let issue = Issue::new(&issues::RECORD_UNKNOWN).with("record", number.to_string());
        writer.issue(issue.with("count", count.to_string()), row);
    }
}
