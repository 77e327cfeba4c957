//! What masters say of a fact's codes, and what is said where they say nothing.

use super::Mapper;
use crate::{
    issues,
    masters::{Gap, Kind, Note},
    text,
};
use std::borrow::Cow;
use tsugite_clinical::{Date, DateTime, Fact};
use tsugite_issue::{Definition, Issue};

impl Mapper<'_> {
    pub(super) fn note(&mut self, fact: &Fact, code: &str, notes: &[Note]) {
        for note in notes {
            let issue = match note {
                Note::Moved => Issue::new(&issues::CODE_MOVED),
                Note::Retired => Issue::new(&issues::CODE_RETIRED),
                Note::OtherEdition(date) => Issue::new(&issues::CODE_OF_OTHER_EDITION).with("date", date.to_string()),
            };
            self.issues.push(issue.found(code).at(fact.origin.clone()));
        }
    }

    /// Why a chain of codes ended.
    pub(super) fn gap(&mut self, fact: &Fact, code: &str, gap: Gap) {
        let issue = match gap {
            // Of each patient once: it is the same for all codes.
            Gap::NoMaster(kind) if self.needed.contains(&kind) => return,
            Gap::NoMaster(kind) => {
                self.needed.push(kind);
                of_master(&issues::MASTER_NEEDED, kind)
            }
            Gap::NotInMaster(kind) => of_master(&issues::NOT_IN_MASTER, kind),
            // The code stands in the master, which has nothing more to say.
            Gap::NoLink(..) => return,
            Gap::Ambiguous(_, link) => {
                let title = link.title();
                Issue::new(&issues::CODE_AMBIGUOUS).with("link", title.ja).with("link_en", title.en)
            }
        };
        self.issues.push(issue.found(code).at(fact.origin.clone()));
    }
}

/// A name of a master as a centre accepts it; the publisher's characters are nobody's fault.
pub fn official(name: &str) -> Cow<'_, str> {
    text::repaired(name, &mut false)
}

fn of_master(definition: &'static Definition, kind: Kind) -> Issue {
    Issue::new(definition).with("master", kind.title().ja).with("master_en", kind.title().en)
}

/// The day as of which the codes of a fact are looked up: of the source's time.
pub fn day_of(fact: &Fact) -> Option<Date> {
    DateTime::from_stamp(fact.version.time).map(|at| at.date)
}
