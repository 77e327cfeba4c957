use super::{rows, sums::Sums};
use crate::{
    patient::PatientResult,
    read::{HeldInput, ReadOutput},
    who::Likeness,
};
use serde::Serialize;
use std::io;
use tsugite_issue::{Issue, Lang, Severity};

/// Rows and sums of a part of the run, made where the part was worked on and added to the report in order.
#[derive(Debug)]
pub struct Batch {
    lang: Lang,
    pub(super) sums: Sums,
    pub(super) bundles: Vec<Row>,
    pub(super) held: Vec<Row>,
    pub(super) issues: Vec<Row>,
    pub(super) likenesses: Vec<Likeness>,
}

/// Sort key and JSON of a row.
pub(super) type Row = (Vec<u8>, Vec<u8>);

impl Batch {
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            sums: Sums::default(),
            bundles: Vec::new(),
            held: Vec::new(),
            issues: Vec::new(),
            likenesses: Vec::new(),
        }
    }

    /// Inputs that this part is about.
    pub const fn inputs(&self) -> u64 {
        let inputs = self.sums.inputs;
        inputs.read + inputs.skipped + inputs.unreadable
    }

    /// What reading told; the statements and the endings are reported with their patients.
    pub(crate) fn add_read(&mut self, read: &ReadOutput) -> io::Result<()> {
        self.sums.count_read(read);
        for input in read.held.iter().chain(&read.unreadable) {
            let row = rows::held_input(input, &read.issues, self.lang);
            self.push_held(&row)?;
        }
        self.add_issues(&read.issues)
    }

    /// Records of which not even the patient is known.
    pub(crate) fn add_strays(&mut self, read: &ReadOutput) -> io::Result<()> {
        for ended in read.ended.iter().filter(|ended| ended.record.patient.is_none()) {
            self.sums.count_stray(ended);
            let row = rows::held_record(ended, self.lang);
            row.map_or(Ok(()), |row| self.push_held(&row))?;
        }
        Ok(())
    }

    pub(crate) fn add_patient(&mut self, result: &PatientResult) -> io::Result<()> {
        self.sums.count_patient(result);
        self.likenesses.extend(result.likeness.clone());
        for unit in &result.built {
            let row = rows::BundleRow::from(unit);
            let key = sort_key(&[row.kind.as_bytes(), row.patient.as_bytes(), row.unit.as_bytes()]);
            self.bundles.push((key, json(&row)?));
        }
        for row in rows::held_of(result, self.lang) {
            self.push_held(&row)?;
        }
        self.add_issues(&result.issues)?;
        result.held.iter().try_for_each(|unit| self.add_issues(&unit.issues))
    }

    /// Inputs that never reached the pipeline: unreadable where that is an error, else passed over.
    ///
    /// # Errors
    /// A row that cannot be written.
    pub fn add_passed_over(&mut self, issues: &[Issue]) -> io::Result<()> {
        let errors = issues.iter().filter(|issue| issue.severity() == Severity::Error).count() as u64;
        self.sums.inputs.unreadable += errors;
        self.sums.inputs.skipped += issues.len() as u64 - errors;
        for issue in issues.iter().filter(|issue| issue.severity() == Severity::Error) {
            let Some(origin) = issue.origin.clone() else { continue };
            let input = HeldInput { rule: issue.definition, origin, issues: Vec::new() };
            let row = rows::held_input(&input, issues, self.lang);
            self.push_held(&row)?;
        }
        self.add_issues(issues)
    }

    /// # Errors
    /// A row that cannot be written.
    pub fn add_issues(&mut self, issues: &[Issue]) -> io::Result<()> {
        for issue in issues {
            if issue.severity() == Severity::Error {
                *self.sums.errors.entry(issue.code()).or_default() += 1;
            }
            let origin = issue.origin.as_ref();
            let path = origin.map_or("", |origin| origin.input.path.as_str());
            let start = origin.map_or(0, |origin| origin.span.start).to_be_bytes();
            let key = sort_key(&[path.as_bytes(), &start, issue.code().as_bytes()]);
            self.issues.push((key, json(&rows::issue_row(issue, self.lang))?));
        }
        Ok(())
    }

    /// Patients, then Units, inputs and records; each by kind, patient and Unit.
    fn push_held(&mut self, row: &rows::HeldRow) -> io::Result<()> {
        let rank = ["patient", "unit", "input", "record"].iter().position(|what| *what == row.what).unwrap_or_default();
        let place = row.origins.first();
        let key = sort_key(&[
            rank.to_string().as_bytes(),
            row.kind.as_deref().unwrap_or_default().as_bytes(),
            row.patient.as_deref().unwrap_or_default().as_bytes(),
            row.unit.as_deref().unwrap_or_default().as_bytes(),
            place.map_or("", |place| &place.input).as_bytes(),
        ]);
        self.held.push((key, json(row)?));
        Ok(())
    }
}

fn sort_key(parts: &[&[u8]]) -> Vec<u8> {
    parts.join(&0)
}

pub(super) fn json(row: &impl Serialize) -> io::Result<Vec<u8>> {
    serde_json::to_vec(row).map_err(io::Error::from)
}
