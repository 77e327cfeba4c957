//! What a run says of itself: sums that close, lists that do not grow in memory, one `report.json`.

mod batch;
mod rows;
mod sums;
mod write;

pub use batch::Batch;
pub use rows::{BundleRow, HeldRow, IssueRow, Place, bundle_file, held_input, held_of, held_record};
pub use sums::{PatientCounts, Sums, UnitCounts};
pub use write::{Header, Outputs, Tool};

use crate::{disk::Sorter, who::Likenesses};
use std::{io, path::Path};
use tsugite_clinical::policy::Overlay;
use tsugite_issue::Lang;

/// Takes the parts of a run, in any order, and writes the report at its end.
#[derive(Debug)]
pub struct Report {
    sums: Sums,
    bundles: Sorter,
    held: Sorter,
    issues: Sorter,
    /// `None` once told.
    likenesses: Option<Likenesses>,
}

impl Report {
    /// Memory that the rows of one list may take before they go to disk.
    const ROWS: usize = 4 << 20;

    /// `scratch` takes the rows that do not fit into memory.
    pub fn new(scratch: &Path) -> Self {
        let list = || Sorter::new(scratch, Self::ROWS);
        let likenesses = Some(Likenesses::new(scratch));
        Self { sums: Sums::default(), bundles: list(), held: list(), issues: list(), likenesses }
    }

    /// # Errors
    /// Rows that cannot be written to the scratch folder.
    pub fn add(&mut self, batch: Batch) -> io::Result<()> {
        self.sums.add(batch.sums);
        if let Some(likenesses) = &mut self.likenesses {
            batch.likenesses.into_iter().try_for_each(|likeness| likenesses.add(likeness))?;
        }
        for (list, rows) in
            [(&mut self.bundles, batch.bundles), (&mut self.held, batch.held), (&mut self.issues, batch.issues)]
        {
            rows.into_iter().try_for_each(|(key, row)| list.push(key, row))?;
        }
        Ok(())
    }

    /// Patients who sound like one another, once all were reported.
    ///
    /// # Errors
    /// As [`Report::add`].
    pub(crate) fn tell_doubles(&mut self, overlay: &Overlay, lang: Lang) -> io::Result<()> {
        let mut batch = Batch::new(lang);
        let doubles = self.likenesses.take().map(|likenesses| likenesses.issues(overlay)).transpose()?;
        batch.add_issues(&doubles.unwrap_or_default())?;
        self.add(batch)
    }

    pub const fn sums(&self) -> &Sums {
        &self.sums
    }
}
