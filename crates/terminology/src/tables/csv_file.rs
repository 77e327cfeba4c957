use crate::issues;
use tsugite_issue::{Address, Definition, Digest, InputName, Issue, Origin, Span};

/// One row, by the columns that were asked for.
pub struct Row<const N: usize> {
    pub fields: [String; N],
    /// 1-based line in the file.
    pub line: u64,
}

/// Reads a mapping file: `#` begins a comment, the first row names the columns. A column that the file lacks is empty in all
/// rows, unless it is one of the first `required`.
pub fn rows<const N: usize>(
    name: &str,
    text: &str,
    columns: [&str; N],
    required: usize,
    issues: &mut Vec<Issue>,
) -> Vec<Row<N>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(_) => {
            issues.push(at(&issues::FILE_UNREADABLE, name, 1));
            return Vec::new();
        }
    };
    let places = columns.map(|column| header.iter().position(|title| title == column));
    for (column, place) in columns.iter().zip(places).take(required) {
        if place.is_none() {
            issues.push(at(&issues::COLUMN_MISSING, name, 1).with("column", *column));
            return Vec::new();
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let field = |place: Option<usize>| place.and_then(|p| record.get(p)).unwrap_or_default().to_owned();
                let line = record.position().map_or(0, csv::Position::line);
                rows.push(Row { fields: places.map(field), line });
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                issues.push(at(&issues::FILE_UNREADABLE, name, line));
            }
        }
    }
    rows
}

/// An issue at a line of a table file.
pub fn at(definition: &'static Definition, name: &str, line: u64) -> Issue {
    let input = InputName { path: name.to_owned(), digest: Digest::default() };
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    let address = Address::Position { line, column: 1 };
    Issue::new(definition).with("file", name).at(Origin { input: input.into(), span: Span::default(), address })
}
