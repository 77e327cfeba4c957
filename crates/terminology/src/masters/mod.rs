//! Official masters: read from what the operator downloads, kept by edition, looked up as of a day.
//!
//! [`read`] turns a downloaded file into an [`Edition`]; an edition is kept as one compact file and loaded without parsing.
//! [`Masters`] holds all editions. A code is looked up in the edition that was in force on a day; a code that this edition lacks is
//! taken from another one, and that is said. The chains (disease → 病名管理番号 → ICD-10, drug → YJ) say where a link is missing.

mod chain;
mod edition;
pub mod kind;
mod read;
mod search;
mod table;
#[cfg(test)]
pub(crate) mod tests;

pub use chain::{Disease, Drug, Gap, General, Link, Modifier, Note, Usage, Yj};
pub use edition::Edition;
pub use kind::Kind;
pub use read::{Given, Imported, read};
pub use search::{Names, Subject, Suggestion};
pub use table::Damaged;

use kind::by;
use std::sync::Arc;
use table::Row;
use tsugite_clinical::Date;

/// All editions of all masters.
#[derive(Clone, Debug, Default)]
pub struct Masters {
    /// By [`Kind::ALL`], each from the oldest to the newest.
    editions: [Vec<Arc<Edition>>; Kind::ALL.len()],
}

/// A row and how it was found.
#[derive(Clone, Copy, Debug)]
pub struct Found<'m> {
    pub(crate) row: Row<'m>,
    pub edition: &'m Edition,
    /// The edition in force on the day does not have the code: this one is of another time.
    pub other_edition: bool,
}

impl Found<'_> {
    /// Column names of the master with the texts of this row, in their order.
    pub fn columns(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.edition.kind.layout().columns.iter().enumerate().map(|(at, name)| (*name, self.row.get(at)))
    }

    pub fn code(&self) -> &str {
        self.row.get(kind::CODE)
    }

    pub fn name(&self) -> &str {
        self.row.get(kind::NAME)
    }

    fn is_retired(&self, as_of: Option<Date>) -> bool {
        let ended = self.edition.ended(self.row);
        ended.is_some_and(|ended| as_of.is_none_or(|as_of| ended.first_day() <= as_of.first_day()))
    }
}

impl Masters {
    /// Of two editions of one master and day the later one stands.
    pub fn new(editions: impl IntoIterator<Item = Edition>) -> Self {
        let mut masters = Self::default();
        for edition in editions {
            let Some(known) = masters.editions.get_mut(edition.kind.place()) else { continue };
            known.retain(|other| other.date != edition.date);
            known.push(Arc::new(edition));
            known.sort_by_key(|edition| edition.date);
        }
        masters
    }

    /// From the oldest to the newest.
    pub fn editions(&self, kind: Kind) -> &[Arc<Edition>] {
        self.editions.get(kind.place()).map_or(&[], Vec::as_slice)
    }

    pub fn has(&self, kind: Kind) -> bool {
        !self.editions(kind).is_empty()
    }

    pub fn is_empty(&self) -> bool {
        self.editions.iter().all(Vec::is_empty)
    }

    /// The edition in force on a day: the newest that is not younger, else the oldest there is. Without a day the newest.
    pub fn in_force(&self, kind: Kind, as_of: Option<Date>) -> Option<&Edition> {
        self.by_nearness(kind, as_of).next()
    }

    /// The edition in force, then the older ones from the newest on, then the younger ones from the oldest on.
    fn by_nearness(&self, kind: Kind, as_of: Option<Date>) -> impl Iterator<Item = &Edition> {
        let editions = self.editions(kind);
        let young = |edition: &Arc<Edition>| as_of.is_some_and(|day| edition.date.first_day() > day.first_day());
        let (past, future) = editions.split_at(editions.partition_point(|edition| !young(edition)));
        past.iter().rev().chain(future).map(|edition| &**edition)
    }

    /// The first row of a code as of a day.
    pub fn find(&self, kind: Kind, code: &str, as_of: Option<Date>) -> Option<Found<'_>> {
        self.find_by(kind, by::CODE, code, as_of)
    }

    pub(crate) fn find_by(&self, kind: Kind, index: usize, text: &str, as_of: Option<Date>) -> Option<Found<'_>> {
        let mut editions = self.by_nearness(kind, as_of).enumerate();
        editions.find_map(|(nearness, edition)| {
            let row = edition.table.find_first(index, text)?;
            Some(Found { row, edition, other_edition: nearness > 0 })
        })
    }

    /// All rows of a text in the nearest edition that has any.
    pub(crate) fn find_all<'m>(
        &'m self,
        kind: Kind,
        index: usize,
        text: &str,
        as_of: Option<Date>,
    ) -> impl Iterator<Item = Found<'m>> + use<'m> {
        let first = self.find_by(kind, index, text, as_of);
        let text = text.to_owned();
        first.into_iter().flat_map(move |first| {
            let Found { edition, other_edition, .. } = first;
            edition.table.find(index, &text).map(move |row| Found { row, edition, other_edition })
        })
    }
}
