//! A mapping file as it is written. Places of values are kept, so that whatever is wrong can be shown where it stands.

use serde::{Deserialize, Deserializer, de};
use std::{collections::BTreeMap, fmt};
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

/// The table form of a [`Field`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldTable {
    name: Option<Names>,
    column: Option<Spanned<ColumnNumber>>,
    bytes: Option<Spanned<String>>,
    constant: Option<Written>,
    file_part: Option<usize>,
    /// Several columns, joined.
    join: Option<Vec<Part>>,
    #[serde(default)]
    with: String,
    #[serde(default)]
    dates: Vec<Spanned<String>>,
    pivot: Option<u8>,
    null: Option<Vec<String>>,
    values: Option<Spanned<Values>>,
    /// What every value becomes that `values` does not name.
    otherwise: Option<String>,
    digits: Option<Lengths>,
    pad: Option<usize>,
    #[serde(default)]
    strip_zeros: bool,
    #[serde(default)]
    optional: bool,
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor)
    }
}

struct FieldVisitor;

impl<'de> de::Visitor<'de> for FieldVisitor {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a column name, a column number, or a table such as { name = \"…\" }")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Field, E> {
        Ok(Field { from: vec![From::Name(vec![name.to_owned()])], ..Field::default() })
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Field, E> {
        let column = column_number(number).map_err(E::custom)?;
        Ok(Field { from: vec![From::Column(Spanned::new(0..0, column))], ..Field::default() })
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Field, A::Error> {
        let table = FieldTable::deserialize(de::value::MapAccessDeserializer::new(map))?;
        let mut from = Vec::new();
        from.extend(table.name.map(|names| From::Name(names.0)));
        from.extend(table.column.map(|column| From::Column(spanned(&column, column.get_ref().0))));
        from.extend(table.bytes.map(From::Bytes));
        from.extend(table.constant.map(|constant| From::Constant(constant.0)));
        from.extend(table.file_part.map(From::FilePart));
        if from.len() > 1 {
            return Err(de::Error::custom("name, column, bytes, constant: one of them only"));
        }
        if let Some(parts) = table.join {
            if !from.is_empty() {
                return Err(de::Error::custom("join, or name, column, bytes, constant: not both"));
            }
            from = parts.into_iter().map(|part| part.0).collect();
        }
        if from.is_empty() {
            return Err(de::Error::custom(
                "nothing fills this field: name, column, bytes, constant or join is missing",
            ));
        }
        Ok(Field {
            from,
            with: table.with,
            dates: table.dates,
            pivot: table.pivot,
            null: table.null,
            values: table.values,
            otherwise: table.otherwise,
            digits: table.digits.map_or_else(Vec::new, |lengths| lengths.0),
            pad: table.pad,
            strip_zeros: table.strip_zeros,
            optional: table.optional,
        })
    }
}

fn spanned<T, U>(of: &Spanned<T>, value: U) -> Spanned<U> {
    Spanned::new(of.span(), value)
}

fn column_number(number: i64) -> Result<usize, &'static str> {
    usize::try_from(number).ok().filter(|number| *number > 0).ok_or("columns are counted from 1")
}

/// One of the columns of `join`.
#[derive(Debug)]
struct Part(From);

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let field = Field::deserialize(deserializer)?;
        let plain = Field { from: field.from.clone(), ..Field::default() } == field;
        match field.from.into_iter().next() {
            Some(from) if plain => Ok(Self(from)),
            _ => Err(de::Error::custom("a part of `join` is a column name, a column number or { bytes = \"…\" }")),
        }
    }
}

/// A column by number (from 1) or by the letter that Excel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnNumber(pub usize);

impl<'de> Deserialize<'de> for ColumnNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ColumnVisitor).map(Self)
    }
}

struct ColumnVisitor;

impl de::Visitor<'_> for ColumnVisitor {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a column number from 1, or the letter of a column (\"C\")")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<usize, E> {
        column_number(number).map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, letters: &str) -> Result<usize, E> {
        let number = letters.bytes().try_fold(0_usize, |number, letter| {
            let digit = letter.is_ascii_uppercase().then(|| usize::from(letter - b'A') + 1)?;
            number.checked_mul(26)?.checked_add(digit)
        });
        number.filter(|number| (1..=16_384).contains(number)).ok_or_else(|| {
            E::custom("a column is a number from 1 or the letter of a column of Excel; a column's name is written `name = \"…\"`")
        })
    }
}

/// One name or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names(pub Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Vec<String>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a column name or a list of names")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Vec<String>, E> {
                Ok(vec![name.to_owned()])
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut names: A) -> Result<Vec<String>, A::Error> {
                let mut all = Vec::new();
                while let Some(name) = names.next_element()? {
                    all.push(name);
                }
                Ok(all)
            }
        }
        deserializer.deserialize_any(Visitor).map(Self)
    }
}

/// One length or several.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Lengths(Vec<usize>);

impl<'de> Deserialize<'de> for Lengths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Vec<usize>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of digits, or a list of such numbers")
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Vec<usize>, E> {
                usize::try_from(number).map(|number| vec![number]).map_err(|_| E::custom("a length is not negative"))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut lengths: A) -> Result<Vec<usize>, A::Error> {
                let mut all = Vec::new();
                while let Some(length) = lengths.next_element()? {
                    all.push(length);
                }
                Ok(all)
            }
        }
        deserializer.deserialize_any(Visitor).map(Self)
    }
}

/// A text or a number, as written.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Written(pub String);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = String;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text in quotes")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
                Ok(text.to_owned())
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<String, E> {
                Ok(number.to_string())
            }

            fn visit_bool<E: de::Error>(self, truth: bool) -> Result<String, E> {
                Ok(if truth { "1" } else { "0" }.to_owned())
            }
        }
        deserializer.deserialize_any(Visitor).map(Self)
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Values;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table { \"written\" = \"meaning\" } or the name of a CSV file")
            }

            fn visit_str<E: de::Error>(self, file: &str) -> Result<Values, E> {
                Ok(Values::File(file.to_owned()))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Values, A::Error> {
                let mut values = BTreeMap::new();
                while let Some((written, meaning)) = map.next_entry::<String, Written>()? {
                    values.insert(written, meaning.0);
                }
                Ok(Values::Inline(values))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
