//! What was found: one by one, by cause, and in numbers.

mod category;
mod group;
mod summary;

pub use category::{Category, outcome_code};
pub use group::{Group, Groups, Place};
pub use summary::{Counts, Summary};

use tsugite_issue::{Definition, Issue, Severity};

/// What was found in one input.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// In the order of the input. Each has its place as line and column and, inside a resource, its FHIR path.
    pub issues: Vec<Issue>,
    /// Found beyond [`crate::Options::max_issues`]: counted, not listed.
    pub omitted: usize,
    /// What they were, and how many of each.
    pub(crate) omitted_by: Vec<(&'static Definition, usize)>,
}

impl Report {
    /// Whether anything keeps the input from being sent.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many were found of a severity, listed or not.
    pub fn count(&self, severity: Severity) -> usize {
        let listed = self.issues.iter().filter(|i| i.severity() == severity).count();
        let omitted = self.omitted_by.iter().filter(|(d, _)| d.severity == severity).map(|(_, count)| count);
        listed + omitted.sum::<usize>()
    }

    /// How many of each severity and kind, listed or not.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for issue in &self.issues {
            summary.count(issue.definition, 1);
        }
        for (definition, count) in &self.omitted_by {
            summary.count(definition, *count);
        }
        summary
    }

    /// The causes, each once, with at most `places` places: see [`Groups`].
    pub fn groups(&self, places: usize) -> Vec<Group> {
        let mut groups = Groups::new(places);
        groups.add_report(self);
        groups.finish()
    }
}
