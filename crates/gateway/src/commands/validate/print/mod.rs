//! What was found, in the form that was asked for. Everything is written as it comes; nothing grows with the number of files.

mod json;
mod outcome;
mod text;

pub use json::JsonPrinter;
pub use outcome::OutcomePrinter;
pub use text::TextPrinter;

use std::io;
use tsugite_issue::{Address, Definition, Issue, Origin};
use tsugite_validate::{Counts, Group, Summary, issues::fhir, strict};

/// What is checked, and with which packages.
pub struct About {
    /// `name#version` of each package; without any no profile is checked.
    pub packages: Vec<String>,
    /// Strict rules are left out.
    pub profile_only: bool,
    pub as_of: String,
}

/// Everything about one input.
pub struct FileReport {
    pub path: String,
    pub documents: u64,
    pub groups: Vec<Group>,
    /// Findings of further causes than are kept: in the sums, not in the groups.
    pub beyond: Counts,
    pub summary: Summary,
}

/// A profile is named and not known.
static UNKNOWN_PROFILE: [&Definition; 3] =
    [&fhir::PROFILE_UNKNOWN, &fhir::PROFILE_MISSPELT, &fhir::PROFILE_NOT_INSTALLED];

/// Everything about all inputs.
#[derive(Default)]
pub struct Total {
    pub files: u64,
    pub documents: u64,
    /// Files in which there is an error.
    pub wrong: u64,
    /// Files that name a profile which no installed package defines.
    pub unjudged: u64,
    pub summary: Summary,
    /// Files that hold no FHIR resource.
    pub others: u64,
    /// The first of them.
    pub first_others: Vec<String>,
}

impl Total {
    pub fn add(&mut self, file: &FileReport) {
        self.files += 1;
        self.documents += file.documents;
        self.wrong += u64::from(file.summary.total.errors > 0);
        self.unjudged += u64::from(file.groups.iter().any(|group| UNKNOWN_PROFILE.contains(&group.issue.definition)));
        self.summary += file.summary;
    }

    pub fn add_other(&mut self, path: String) {
        const NAMED: usize = 5;
        self.others += 1;
        if self.first_others.len() < NAMED {
            self.first_others.push(path);
        }
    }
}

/// Writes a run: the beginning, what is said of no file, each file, the end.
pub trait Print {
    /// How many places of one cause are listed.
    fn places(&self) -> usize;
    /// `issues`: about packages and inputs that are no files.
    fn begin(&mut self, about: &About, issues: &[Issue]) -> io::Result<()>;
    fn file(&mut self, file: &FileReport) -> io::Result<()>;
    fn end(&mut self, total: &Total) -> io::Result<()>;
}

/// Line and column.
fn position(origin: Option<&Origin>) -> Option<(u32, u32)> {
    match origin?.address {
        Address::Position { line, column } => Some((line, column)),
        _ => None,
    }
}

/// The key of the rule: the guide's name of an invariant, or ours of a strict rule.
fn key(issue: &Issue) -> Option<&str> {
    let named = || issue.parameters.iter().find(|(name, _)| *name == "key").map(|(_, key)| key.as_str());
    strict::rule(issue.code()).map(|rule| rule.key).or_else(named)
}

/// What should stand there, where the rule says it apart from its text.
fn expected(issue: &Issue) -> Option<&str> {
    let named =
        |wanted: &str| issue.parameters.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str());
    ["expected", "allowed", "example"].into_iter().find_map(named).filter(|text| !text.is_empty())
}
