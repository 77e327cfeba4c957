//! Which mapping file a table is described by.

use crate::{
    mapping::{Mapping, Place, Role, Shape, key},
    read::{self, Headings, Line, Rows},
    target::Kind,
};
use tsugite_charset::{Encoding, GaijiTable, decode, detect};
use tsugite_source::Input;

/// How well a mapping fits.
#[derive(Clone, Debug, Default)]
pub struct Fit {
    /// To compare mappings with each other: what is asked for and found.
    pub points: u32,
    pub evidence: String,
}

impl Fit {
    pub fn confidence(&self) -> u8 {
        u8::try_from(self.points.min(45)).unwrap_or(45) + 45
    }
}

/// Bytes that are looked at.
const WINDOW: usize = 32 << 10;

/// `None` where the input is not of this layout.
pub fn fit(mapping: &Mapping, input: &Input<'_>) -> Option<Fit> {
    let named = mapping.files.iter().any(|pattern| matches(pattern, input.file_name()));
    let bytes = input.bytes.get(..WINDOW).unwrap_or(&input.bytes);
    if bytes.is_empty() {
        return None;
    }
    let mut fit = match mapping.layout.shape {
        _ if input.bytes.starts_with(read::SIGNATURE) => of_sheet(mapping, &input.bytes)?,
        Shape::Fixed => fixed(mapping, &input.bytes)?,
        Shape::Delimited => {
            let encoding = mapping.layout.encoding.unwrap_or_else(|| detect(bytes, None).encoding);
            // Up to the last whole line.
            let cut = if bytes.len() < input.bytes.len() {
                bytes.iter().rposition(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1)
            } else {
                bytes.len()
            };
            let bytes = bytes.get(..cut).unwrap_or(bytes);
            let gaiji = GaijiTable::default();
            let decoded = decode(bytes, encoding, &gaiji);
            match mapping.layout.header {
                0 => by_shape(mapping, &decoded, named)?,
                lines => {
                    let rows = Rows::new(&decoded.text, &mapping.layout).take(lines);
                    by_headings(mapping, &rows.map(|row| read::names(&row)).collect::<Vec<_>>())?
                }
            }
        }
    };
    if named {
        fit.points += 10;
        fit.evidence.push_str(", file name");
    }
    Some(fit)
}

/// `*.dat`, in any case.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.to_lowercase(), name.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let mut last = None;
    for part in parts {
        last = Some(part);
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    match last {
        None => rest.is_empty(),
        Some(end) => name.ends_with(end),
    }
}

/// The columns that records need stand among the headings.
fn by_headings(mapping: &Mapping, lines: &[Vec<String>]) -> Option<Fit> {
    let names = lines.get(mapping.layout.names_row).filter(|names| names.len() >= 2)?;
    let headings = Headings::new(names.clone(), Vec::new());
    if !mapping.headings.iter().all(|wanted| headings.has(wanted)) {
        return None;
    }
    let mut points = u32::try_from(mapping.headings.len()).unwrap_or(0);
    let mut asked = mapping.headings.len();
    for row in &mapping.rows {
        for rule in &row.targets {
            let found = |at: usize| {
                let field = rule.fields.get(at)?.as_ref()?;
                Some(field.from.iter().all(|place| match place {
                    Place::Name(names) => names.iter().any(|name| headings.has(&key(name))),
                    _ => true,
                }))
            };
            // What a record needs and this row fills must be there.
            for group in rule.target.required() {
                let filled: Vec<bool> = group.iter().filter_map(|at| found(*at)).collect();
                if !filled.is_empty() && !filled.contains(&true) {
                    return None;
                }
            }
            for (at, field) in rule.fields.iter().enumerate() {
                let named = field.iter().any(|field| field.from.iter().any(|from| matches!(from, Place::Name(_))));
                asked += usize::from(named);
                points += u32::from(named && found(at) == Some(true));
            }
        }
    }
    let points_found = points;
    (asked > 0 && points > 0).then(|| Fit { points: points + 5, evidence: format!("{points_found}/{asked} headings") })
}

/// The headings of the sheet.
fn of_sheet(mapping: &Mapping, bytes: &[u8]) -> Option<Fit> {
    if mapping.layout.header == 0 || mapping.layout.shape == Shape::Fixed {
        return None;
    }
    let sheet = read::sheet(bytes, mapping.layout.sheet.as_deref(), mapping.layout.header).ok()?;
    let lines: Vec<Vec<String>> = sheet.rows.iter().map(read::names).collect();
    by_headings(mapping, &lines)
}

/// Without headings: as many columns as the layout has, and cells that are what they should be.
fn by_shape(mapping: &Mapping, decoded: &tsugite_charset::Decoded<'_>, named: bool) -> Option<Fit> {
    let columns = mapping.layout.columns;
    let (rules, _) = read::rules(mapping, &Headings::default());
    let (mut rows, mut wrong, mut tested) = (0_u32, 0_u32, 0_u32);
    // Where details follow headers, a file without any header is another one.
    let mut headed = rules.iter().all(|rule| rule.role != Role::Header);
    for row in Rows::new(&decoded.text, &mapping.layout).filter(|row| !row.is_blank()).take(50) {
        rows += 1;
        let count = row.cells.len();
        if columns.is_some_and(|columns| count > columns + 1 || count * 2 < columns) {
            return None;
        }
        let line = Line::Cells { row, decoded };
        let rule = rules.iter().find(|rule| rule.when.as_ref().is_none_or(|when| line.meets(when)));
        let Some(rule) = rule else {
            wrong += 1;
            continue;
        };
        tested += u32::from(rule.when.is_some());
        headed |= rule.role == Role::Header;
        for record in &rule.records {
            for (field, spec) in record.fields.iter().zip(record.target.fields()) {
                let Some(field) = field else { continue };
                if !matches!(spec.kind, Kind::Date | Kind::EndDate | Kind::Patient) {
                    continue;
                }
                let found = line.field(field);
                if found.text.trim().is_empty() {
                    continue;
                }
                tested += 1;
                let filled = read::fill(field, spec.kind, found, mapping.layout.undecodable);
                let is_id = spec.kind != Kind::Patient
                    || filled
                        .value
                        .text()
                        .is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
                wrong += u32::from(filled.remark.or(filled.fault).is_some() || !is_id);
            }
        }
    }
    // Few columns and no dates are no evidence without a name.
    let enough = named
        || (columns.is_some_and(|columns| columns >= 8) && tested > rows)
        || rules.iter().all(|rule| rule.when.is_some());
    let fits = headed && rows > 0 && tested > 0 && wrong * 5 <= tested && enough;
    fits.then(|| Fit {
        points: 5 + columns.map_or(0, |columns| u32::try_from(columns.min(20)).unwrap_or(0)),
        evidence: format!("{rows} rows of its shape, {tested} cells looked at, {wrong} unfit"),
    })
}

/// Records of the length begin with the marks of the layout.
fn fixed(mapping: &Mapping, bytes: &[u8]) -> Option<Fit> {
    let length = mapping.layout.record_length?;
    let encoding = mapping.layout.encoding.unwrap_or(Encoding::ShiftJis);
    let gaiji = GaijiTable::default();
    let marks: Vec<_> = mapping.rows.iter().filter_map(|row| row.when.as_ref()).collect();
    if marks.is_empty() {
        return None;
    }
    let (mut records, mut known) = (0_u32, 0_u32);
    for record in read::records(bytes, length).skip(mapping.layout.header).take(50) {
        records += 1;
        let line = Line::Bytes { record, encoding, gaiji: &gaiji };
        known += u32::from(marks.iter().any(|when| line.meets(when)));
    }
    let fits = records > 0 && known * 10 >= records * 9;
    fits.then(|| Fit { points: 20, evidence: format!("{known}/{records} records of {length} bytes with its marks") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_match_in_any_case() {
        for (pattern, name, fits) in [
            ("*.dat", "K1.DAT", true),
            ("*.dat", "k1.dat2", false),
            ("kensa_*.csv", "kensa_20260401.csv", true),
            ("kensa_*.csv", "kensa.csv", false),
            ("kensa.csv", "kensa.csv", true),
            ("*検査*", "外注検査.txt", true),
        ] {
            assert_eq!(matches(pattern, name), fits, "{pattern} {name}");
        }
    }
}
