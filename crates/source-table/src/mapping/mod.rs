//! Mapping files: what they say, what is wrong in them, and what becomes of it.

mod check;
mod compile;
mod draw;
mod field;
mod forms;
mod pattern;
mod schema;

pub use draw::draw;
pub use field::{ConditionRule, FieldRule, Place, key};
pub use pattern::DatePattern;
pub use schema::{Escape, Role, Shape, Test, Undecodable, WideHeadings};

use crate::{issues, target::Target};

use std::{collections::BTreeMap, ops::Range, sync::Arc};
use tsugite_charset::Encoding;
use tsugite_issue::{Digest, InputName, Issue, Origin, Severity};

/// Gives the text of a file that lies beside the mapping file.
pub type MapFiles<'f> = &'f dyn Fn(&str) -> Option<String>;

/// What came of reading a mapping file.
#[derive(Debug)]
pub struct Checked {
    /// `None` where an error makes it useless.
    pub mapping: Option<Mapping>,
    /// In the order of the file, each with its place.
    pub issues: Vec<Issue>,
}

impl Checked {
    pub fn has_errors(&self) -> bool {
        self.issues.iter().any(|issue| issue.severity() == Severity::Error)
    }
}

/// A mapping file that can be read by.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub name: Arc<str>,
    pub title: String,
    /// Tried on files of the vendor itself.
    pub verified: bool,
    /// Where the mapping file lies, for people.
    pub path: String,
    pub(crate) id_space: Option<Arc<str>>,
    pub(crate) version_from: VersionSource,
    /// Fields that name a report.
    pub(crate) report_key: Vec<String>,
    pub(crate) partial: bool,
    pub(crate) whole_list: bool,
    pub(crate) layout: Layout,
    /// Names of files, with `*`.
    pub(crate) files: Vec<String>,
    /// Headings that must be there besides those of the required fields.
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<RowRule>,
    pub(crate) tests: Vec<(Range<usize>, Test)>,
    /// Text of the site map of laboratory codes (`labs.csv`), where the mapping file names one.
    pub labs: Option<String>,
}

/// The shape of a file.
#[derive(Clone, Debug)]
pub struct Layout {
    pub shape: Shape,
    /// `None`: by the bytes.
    pub encoding: Option<Encoding>,
    pub undecodable: Undecodable,
    /// `None`: by the content, of comma, tab, semicolon and bar.
    pub delimiter: String,
    pub quotes: bool,
    pub escape: Escape,
    pub header: usize,
    /// 0-based heading row with the names.
    pub names_row: usize,
    pub comment: Vec<String>,
    pub footer: usize,
    pub columns: Option<usize>,
    pub record_length: Option<usize>,
    pub sheet: Option<String>,
}

/// Where the version comes from.
#[derive(Clone, Debug)]
pub enum VersionSource {
    Receipt,
    FileName(DatePattern),
    /// 0-based heading line.
    Line(usize, DatePattern),
    Field(String),
}

/// One kind of row.
#[derive(Clone, Debug)]
pub struct RowRule {
    pub when: Option<ConditionRule>,
    pub role: Role,
    pub key: Option<FieldRule>,
    pub only: Vec<ConditionRule>,
    pub repeat: Option<RepeatRule>,
    /// Fields of each column that is a record by itself.
    pub wide: Vec<Vec<(usize, FieldRule)>>,
    pub wide_headings: Option<WideHeadings>,
    pub targets: Vec<TargetRule>,
}

#[derive(Clone, Debug)]
pub struct RepeatRule {
    pub times: usize,
    pub step: usize,
    /// Names of the fields that move.
    pub fields: Vec<String>,
}

/// What a row becomes, by the fields of the target.
#[derive(Clone, Debug)]
pub struct TargetRule {
    pub target: Target,
    pub fields: Vec<Option<FieldRule>>,
}

impl Mapping {
    /// Reads a mapping file and says what is wrong in it. `path` is what diagnostics call it.
    pub fn parse(path: &str, text: &str, files: MapFiles<'_>) -> Checked {
        compile::parse(path, text, files)
    }

    pub(crate) fn fills(&self, field: &str) -> bool {
        self.rows
            .iter()
            .flat_map(|row| &row.targets)
            .any(|rule| rule.target.field(field).is_some_and(|at| rule.fields.get(at).is_some_and(Option::is_some)))
    }

    /// A row of this target as details.
    pub(crate) fn reads(&self, target: Target) -> bool {
        self.rows.iter().any(|row| row.targets.iter().any(|rule| rule.target == target))
    }

    /// What the mapping reads, for people.
    pub fn targets(&self) -> Vec<Target> {
        Target::ALL.into_iter().filter(|target| self.reads(*target)).collect()
    }
}

/// Written value to meaning.
pub(crate) type ValueMap = BTreeMap<String, String>;

/// What is wrong where a mapping has the name of one that is known already.
pub fn duplicate(known: &[Mapping], mapping: &Mapping) -> Option<Issue> {
    known.iter().find(|other| other.name == mapping.name)?;
    let input = InputName { path: mapping.path.clone(), digest: Digest::default() };
    let issue = Issue::new(&issues::MAPPING_TWICE).with("name", &*mapping.name);
    Some(issue.at(Origin::whole(Arc::new(input))))
}
