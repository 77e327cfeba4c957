//! The forms in which a value of a mapping file may be written: a name, a number, a table.

use super::schema::{Field, From, Values};
use serde::{Deserialize, Deserializer, de};
use std::{collections::BTreeMap, fmt};
use toml::Spanned;

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
