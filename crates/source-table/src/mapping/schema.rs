//! A mapping file as it is written. Places of values are kept, so that whatever is wrong can be shown where it stands.

use super::forms::{ColumnNumber, Names, Written};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Version of this language.
    pub format: Spanned<i64>,
    /// Short name of the layout, unique among all mapping files: it is part of the identity of what is read.
    pub name: Spanned<String>,
    /// What a person calls it.
    pub title: String,
    /// Whether it was tried on files of the vendor itself.
    #[serde(default)]
    pub verified: bool,
    /// Patient ids of these files mean the patients of this id space [default: that of the source].
    pub id_space: Option<String>,
    #[serde(default)]
    pub version_from: VersionFrom,
    /// Fields that name a laboratory report or prescription.
    #[serde(default)]
    pub report_key: Vec<Spanned<String>>,
    /// A file holds single corrections, no whole reports.
    #[serde(default)]
    pub partial: bool,
    /// A file holds the whole list of each patient that it names.
    #[serde(default)]
    pub whole_list: bool,
    /// What stands for "nothing".
    #[serde(default)]
    pub null: Vec<String>,
    #[serde(default)]
    pub file: FileLayout,
    #[serde(default)]
    pub recognise: Recognise,
    #[serde(default)]
    pub maps: Maps,
    #[serde(default)]
    pub row: Vec<Spanned<RowKind>>,
    #[serde(default)]
    pub test: Vec<Spanned<Test>>,
}

/// The shape of the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FileLayout {
    pub shape: Shape,
    /// `auto`, `cp932`, `euc-jp`, `iso-2022-jp`, `utf-8`, `utf-16le`.
    pub encoding: Option<Spanned<String>>,
    pub undecodable: Undecodable,
    /// One character or several.
    pub delimiter: Option<Spanned<String>>,
    /// Whether `"` encloses cells.
    pub quotes: Option<bool>,
    pub escape: Escape,
    /// How many rows of headings; the last one names the columns, unless `names_row` says otherwise.
    pub header: usize,
    /// Which of the headings names the columns, from 1.
    pub names_row: Option<Spanned<usize>>,
    /// Beginnings of rows that say nothing.
    pub comment: Vec<String>,
    /// Rows at the end that say nothing.
    pub footer: usize,
    /// Columns of a file without headings.
    pub columns: Option<Spanned<usize>>,
    /// Bytes of a record of fixed width.
    pub record_length: Option<Spanned<usize>>,
    /// The sheet of an Excel file [default: the first].
    pub sheet: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Cells between delimiters; an Excel sheet with the same columns is read too.
    #[default]
    Delimited,
    /// Cells at byte positions.
    Fixed,
}

/// What happens to a record with bytes that are no characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Undecodable {
    /// They become 〓, with a warning; codes and numbers are held all the same.
    #[default]
    Replace,
    /// The record is held.
    Hold,
}

/// How a quote inside of quotes is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Escape {
    #[default]
    Doubled,
    Backslash,
}

/// What tells a file of this layout from others, beside its columns.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recognise {
    /// Names of the file, with `*`.
    pub file: Vec<String>,
    /// Column names that must be there.
    pub header: Vec<String>,
}

/// Files with codes, beside the mapping file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Maps {
    /// 検査コード → JLAC10, as in `labs.csv` of the site.
    pub labs: Option<Spanned<String>>,
}

/// Where the version of what a file says comes from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VersionFrom {
    /// A date pattern that stands in the file's name.
    pub file_name: Option<Spanned<String>>,
    /// A line of headings, from 1, with a date of the pattern `pattern`.
    pub line: Option<Spanned<usize>>,
    pub pattern: Option<Spanned<String>>,
    /// A field of every row.
    pub field: Option<Spanned<String>>,
}

/// One kind of row.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RowKind {
    /// Which rows are of this kind; without it all that are left.
    pub when: Option<Spanned<Condition>>,
    pub role: Role,
    /// What joins details with their header [default: a header speaks for the rows behind it].
    pub key: Option<Spanned<Field>>,
    /// Rows for which this does not hold are not carried.
    pub only: Vec<Spanned<Condition>>,
    pub repeat: Option<Spanned<Repeat>>,
    /// One result a column.
    pub wide: Vec<Spanned<Fields>>,
    /// Columns whose heading is the code of an item.
    pub wide_headings: Option<Spanned<WideHeadings>>,
    pub patient: Option<Spanned<Fields>>,
    pub lab: Option<Spanned<Fields>>,
    pub allergy: Option<Spanned<Fields>>,
    pub diagnosis: Option<Spanned<Fields>>,
    pub prescription: Option<Spanned<Fields>>,
    pub checkup: Option<Spanned<Fields>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    #[default]
    Detail,
    /// Its fields hold for the details that follow.
    Header,
    /// Known, and says nothing.
    Ignore,
    /// Ends what a header began: details behind it wait for the next one.
    End,
}

/// Field names of a target, with what fills them.
pub type Fields = BTreeMap<Spanned<String>, Spanned<Field>>;

/// What a cell must be.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Condition {
    pub name: Option<Names>,
    pub column: Option<Spanned<ColumnNumber>>,
    pub bytes: Option<Spanned<String>>,
    /// One of these.
    pub is: Option<Vec<Spanned<String>>>,
    /// None of these.
    pub not: Option<Vec<Spanned<String>>>,
}

/// Several records in one row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    pub times: usize,
    /// Bytes or columns from one to the next.
    pub step: usize,
    /// The fields that move.
    pub fields: Vec<Spanned<String>>,
}

/// Columns that are items by themselves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WideHeadings {
    /// Length of the codes in the headings.
    pub length: usize,
    /// The heading row with the items' names, from 1.
    pub title_row: Option<usize>,
}

/// A case of the mapping file: rows, and what must come of them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    pub title: String,
    /// The file's content; a file of fixed width has one record a line.
    pub rows: Spanned<String>,
    /// The file's name, where the layout reads it.
    pub file: Option<String>,
    /// One table a fact, in reading order; the fields that are named must be as given.
    #[serde(default)]
    pub expect: Vec<Spanned<BTreeMap<Spanned<String>, Spanned<Written>>>>,
    /// How many records must be held.
    #[serde(default)]
    pub held: usize,
    /// How many records must not be carried.
    #[serde(default)]
    pub not_carried: usize,
}

/// What fills a field: `"column name"`, a column number from 1, or a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    pub from: Vec<From>,
    pub with: String,
    pub dates: Vec<Spanned<String>>,
    pub pivot: Option<u8>,
    pub null: Option<Vec<String>>,
    pub values: Option<Spanned<Values>>,
    pub otherwise: Option<String>,
    /// Lengths that a code of digits may have.
    pub digits: Vec<usize>,
    pub pad: Option<usize>,
    pub strip_zeros: bool,
    /// Files without the column are nothing to remark on.
    pub optional: bool,
}

/// Where a value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// By one of these names of a column.
    Name(Vec<String>),
    /// From 1.
    Column(Spanned<usize>),
    /// As vendors write it: `"3-7"`, from 1, both ends inclusive.
    Bytes(Spanned<String>),
    Constant(String),
    /// The part of the file's name, from 1, between `_` and `-`.
    FilePart(usize),
}

/// Written values to those of the field: inline, or a CSV file `from,to` beside the mapping file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    Inline(BTreeMap<String, String>),
    File(String),
}
