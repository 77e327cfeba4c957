//! Inputs of patients' folders, patient by patient.

use super::{Item, Roots};
use std::{
    collections::BTreeSet,
    io::{self, ErrorKind},
    sync::Arc,
};
use tsugite_pipeline::{Group, Sorted};

/// Rows of one patient gathered.
pub(super) struct Groups {
    roots: Arc<Roots>,
    rows: Sorted,
    next: Option<(String, Item)>,
    broken: BTreeSet<String>,
    all_broken: bool,
}

impl Groups {
    pub(super) const fn new(roots: Arc<Roots>, rows: Sorted, broken: BTreeSet<String>, all_broken: bool) -> Self {
        Self { roots, rows, next: None, broken, all_broken }
    }

    fn row(&mut self) -> Option<io::Result<(String, Item)>> {
        if let Some(row) = self.next.take() {
            return Some(Ok(row));
        }
        let row = self.rows.next()?.and_then(|(key, row)| {
            let end = key.iter().position(|byte| *byte == 0).ok_or(ErrorKind::InvalidData)?;
            let patient = key.get(..end).and_then(|id| std::str::from_utf8(id).ok()).ok_or(ErrorKind::InvalidData)?;
            Ok((patient.to_owned(), Item::from_row(&self.roots, &row)?))
        });
        Some(row)
    }
}

impl Iterator for Groups {
    type Item = io::Result<Group<Item>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (patient, first) = match self.row()? {
            Ok(row) => row,
            Err(error) => return Some(Err(error)),
        };
        let mut entries = vec![first];
        loop {
            match self.row() {
                Some(Ok((next, item))) if next == patient => entries.push(item),
                Some(Ok(other)) => {
                    self.next = Some(other);
                    break;
                }
                Some(Err(error)) => return Some(Err(error)),
                None => break,
            }
        }
        let whole = !self.all_broken && !self.broken.contains(&patient);
        Some(Ok(Group { entries, whole }))
    }
}
