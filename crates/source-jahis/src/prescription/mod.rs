//! 院外処方箋2次元シンボル: one symbol is one prescription.

mod head;
mod line;
mod rp;

use crate::{
    issues,
    rows::Row,
    symbol::Symbol,
    value,
    writer::{Frame, Writer},
};
use head::Head;
use rp::{Drug, Rp, Rps};
use std::collections::BTreeMap;
use tsugite_clinical::{RecordKind, body::Body};
use tsugite_issue::{Definition, Issue};

const FEED: &str = "JAHIS-RX";

/// Reads one prescription; `own` are the site's institution numbers.
pub fn read(symbol: &Symbol<'_>, own: &[String], writer: &mut Writer<'_>) {
    let head = Head::of(&symbol.rows);
    let rps = Rps::of(&symbol.rows, writer);
    tell_unknown(&symbol.rows, writer);
    let mut frame = frame(symbol, &head, own, writer);
    if frame.hold.is_none() && rps.has_gap() {
        writer.tell(&issues::NUMBER_LEFT_OUT, &symbol.header, "");
        frame.hold = Some(&issues::NUMBER_LEFT_OUT);
    }
    patient(&head, &frame, writer);
    let shared = head.shared(&frame, writer);
    for rp in &rps.0 {
        rp.tell(writer);
        for drug in &rp.drugs {
            if value::code(drug.row.field(3)).0 == "2" || rp.is_material() {
                let mut material = |row| writer.not_carried(RecordKind::Prescription, row, &frame, &issues::MATERIAL);
                drug.rows().for_each(&mut material);
                continue;
            }
            let read = match doubtful(symbol, rp, drug) {
                Some(rule) => Err(rule),
                None => line::prescription(rp, drug, &shared, writer),
            };
            match read {
                Ok(prescription) => {
                    let item = line::item(&prescription);
                    writer.fact(drug.rows(), &frame, item, Body::Prescription(Box::new(prescription)));
                }
                Err(rule) => {
                    writer.tell(rule, &drug.row, "");
                    let rule = frame.hold.unwrap_or(rule);
                    drug.rows().for_each(|row| writer.held(RecordKind::Prescription, row, Some(&frame), rule));
                }
            }
        }
    }
}

/// Columns of a drug (201), in all generations that are known.
const DRUG_COLUMNS: usize = 10;

/// Why the lines of a drug cannot be taken as they stand.
fn doubtful(symbol: &Symbol<'_>, rp: &Rp<'_>, drug: &Drug<'_>) -> Option<&'static Definition> {
    let last = symbol.rows.last().is_some_and(|row| row.line == drug.row.line);
    if rp.contradicted || drug.contradicted {
        Some(&issues::RP_DIFFERS)
    } else if last && drug.row.columns() < DRUG_COLUMNS {
        Some(&issues::LINE_CUT)
    } else if symbol.standard.is_known() && drug.row.width() > DRUG_COLUMNS {
        Some(&issues::COLUMNS_DIFFER)
    } else {
        None
    }
}

/// What shows that the lines of two prescriptions stand under one header.
fn mixed(symbol: &Symbol<'_>) -> Option<&'static Definition> {
    if symbol.contradicts_itself(|number| matches!(number, 11..=13)) {
        return Some(&issues::PATIENTS_SEVERAL);
    }
    // Only remarks (81) come several times, and drugs stand below all that names patient, insurance and day.
    let numbers = || symbol.rows.iter().filter_map(Row::number);
    let again =
        numbers().skip_while(|number| !rp::is_of_rp(*number)).any(|number| number < 52 && head::is_head(number));
    let twice = symbol.contradicts_itself(|number| number != 81 && head::is_head(number));
    (again || twice).then_some(&issues::SYMBOLS_MIXED)
}

/// Whose prescription it is, and whether it can be used.
fn frame(symbol: &Symbol<'_>, head: &Head<'_, '_>, own: &[String], writer: &mut Writer<'_>) -> Frame {
    let id = head.patient_id(writer);
    let named = head.row(11).is_some_and(|row| (1..=3).any(|at| !row.field(at).trim().is_empty()));
    let day = head.issued(writer);
    let mixed = mixed(symbol);
    let patient = match &id {
        Some(_) if !is_own(head, own) => {
            writer.tell(&issues::PATIENT_OF_OTHERS, head.row(11).unwrap_or(&symbol.header), "");
            writer.stranger(symbol.header.line, None)
        }
        Some(id) if mixed != Some(&issues::PATIENTS_SEVERAL) => writer.context.patient(id),
        _ => writer.stranger(symbol.header.line, None),
    };
    let broken = symbol.rows.iter().find(|row| row.number().is_none());
    let hold = if let Some(rule) = mixed {
        writer.tell(rule, &symbol.header, "");
        mixed
    } else if symbol.hold.is_some() {
        symbol.hold
    } else if let Some(row) = broken {
        writer.tell(&issues::LINE_BROKEN, row, "");
        Some(&issues::LINE_BROKEN)
    } else if id.is_none() && !named {
        writer.tell(&issues::PATIENT_MISSING, &symbol.header, "");
        Some(&issues::PATIENT_MISSING)
    } else if head.row(1).is_none() {
        // Nobody named is not ourselves.
        writer.tell(&issues::PRESCRIBER_MISSING, &symbol.header, "");
        Some(&issues::PRESCRIBER_MISSING)
    } else if day.is_none_or(|day| !day.is_full()) {
        writer.tell(&issues::ISSUED_MISSING, head.row(51).unwrap_or(&symbol.header), "");
        Some(&issues::ISSUED_MISSING)
    } else {
        None
    };
    if id.is_none() && named {
        writer.tell(&issues::PATIENT_UNNUMBERED, head.row(11).unwrap_or(&symbol.header), "");
    }
    Frame { patient, scope: writer.scope(FEED, &head.part(day)), day, hold }
}

/// Whether the number of the patient is the site's: another institution's 123 is somebody else.
fn is_own(head: &Head<'_, '_>, own: &[String]) -> bool {
    let number = head.institution_number();
    own.is_empty() || number.is_some_and(|number| own.contains(&number))
}

fn patient(head: &Head<'_, '_>, frame: &Frame, writer: &mut Writer<'_>) {
    let Some(row) = head.row(11) else { return };
    let patient = head.patient(writer);
    writer.identity(frame, patient.birth_date, patient.sex);
    writer.patient(row, frame, Body::Patient(Box::new(patient)));
}

/// Records of no generation that is known, each kind once.
fn tell_unknown(rows: &[Row<'_>], writer: &mut Writer<'_>) {
    let mut unknown: BTreeMap<u16, (&Row<'_>, usize)> = BTreeMap::new();
    for row in rows {
        let Some(number) = row.number().filter(|number| !head::is_head(*number) && !rp::is_of_rp(*number)) else {
            continue;
        };
        unknown.entry(number).or_insert((row, 0)).1 += 1;
    }
    for (number, (row, count)) in unknown {
        let issue = Issue::new(&issues::RECORD_UNKNOWN).with("record", number.to_string());
        writer.issue(issue.with("count", count.to_string()), row);
    }
}
