//! Lines cut at their headers: one symbol is one prescription, or one notebook whose parts were joined.

use crate::rows::Row;
use std::collections::BTreeMap;

/// Of which standard, and which generation of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// 院外処方箋2次元シンボル: `JAHIS10`.
    Prescription(u8),
    /// 電子版お薬手帳: `JAHISTC08,1`.
    Notebook(u8),
}

impl Standard {
    /// Newest generation that the published standards describe.
    const NEWEST_PRESCRIPTION: u8 = 10;
    const NEWEST_NOTEBOOK: u8 = 8;

    pub const fn is_known(self) -> bool {
        match self {
            Self::Prescription(generation) => generation >= 1 && generation <= Self::NEWEST_PRESCRIPTION,
            Self::Notebook(generation) => generation >= 1 && generation <= Self::NEWEST_NOTEBOOK,
        }
    }

    /// Reads a header line.
    pub fn of_header(line: &str) -> Option<Self> {
        let name = line.trim_start_matches('\u{FEFF}').trim().split(',').next()?.trim();
        let rest = name.strip_prefix("JAHIS")?;
        let generation = |digits: &str| {
            let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
            digits.parse().ok().filter(|_| plain)
        };
        match rest.strip_prefix("TC") {
            Some(digits) => generation(digits).map(Self::Notebook),
            None => generation(rest).map(Self::Prescription),
        }
    }
}

/// 出力区分 of a notebook: who gives it to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    FromInstitution,
    FromPatient,
    Unknown,
}

/// What one header and the lines below it say.
#[derive(Clone, Debug)]
pub struct Symbol<'t> {
    pub standard: Standard,
    pub header: Row<'t>,
    pub rows: Vec<Row<'t>>,
    /// データID and parts of a notebook that was split over several codes (record 911).
    pub split: Option<Split>,
}

/// 分割制御 (record 911).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    pub id: String,
    pub total: u16,
    /// The parts that are here.
    pub parts: Vec<u16>,
}

impl Split {
    fn of(row: &Row<'_>) -> Option<Self> {
        let id = row.field(1).trim();
        let number = |at: usize| row.field(at).trim().parse::<u16>().ok().filter(|n| *n > 0);
        let (total, part) = (number(2)?, number(3)?);
        (!id.is_empty() && part <= total).then(|| Self { id: id.to_owned(), total, parts: vec![part] })
    }

    pub fn is_whole(&self) -> bool {
        (1..=self.total).all(|part| self.parts.contains(&part))
    }
}

impl Symbol<'_> {
    pub fn direction(&self) -> Direction {
        match self.header.field(1).trim() {
            "1" => Direction::FromInstitution,
            "2" => Direction::FromPatient,
            _ => Direction::Unknown,
        }
    }
}

/// The symbols of a text in the order in which they stand, and the lines before the first of them.
pub fn symbols(rows: Vec<Row<'_>>) -> (Vec<Symbol<'_>>, Vec<Row<'_>>) {
    let (mut symbols, mut stray): (Vec<Symbol<'_>>, Vec<Row<'_>>) = (Vec::new(), Vec::new());
    for row in rows {
        match (Standard::of_header(row.field(0)), symbols.last_mut()) {
            (Some(standard), _) => symbols.push(Symbol { standard, header: row, rows: Vec::new(), split: None }),
            (None, Some(symbol)) if row.number() == Some(911) => symbol.split = Split::of(&row),
            (None, Some(symbol)) => symbol.rows.push(row),
            (None, None) => stray.push(row),
        }
    }
    (join(symbols), stray)
}

/// Joins the parts of one データID, in the order of their numbers; a part that is there twice counts once.
fn join(symbols: Vec<Symbol<'_>>) -> Vec<Symbol<'_>> {
    let mut joined: Vec<Symbol<'_>> = Vec::with_capacity(symbols.len());
    let mut parts: BTreeMap<(String, u16), (usize, BTreeMap<u16, Symbol<'_>>)> = BTreeMap::new();
    for symbol in symbols {
        let Some(split) = symbol.split.as_ref().filter(|split| split.total > 1) else {
            joined.push(symbol);
            continue;
        };
        let name = (split.id.clone(), split.total);
        let part = split.parts.first().copied().unwrap_or_default();
        let place = joined.len();
        parts.entry(name).or_insert((place, BTreeMap::new())).1.entry(part).or_insert(symbol);
    }
    let mut wholes: Vec<(usize, Symbol<'_>)> =
        parts.into_values().filter_map(|(place, parts)| Some((place, whole(parts)?))).collect();
    // From the last place on, so that the earlier places stay true.
    wholes.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
    for (place, symbol) in wholes {
        joined.insert(place.min(joined.len()), symbol);
    }
    joined
}

fn whole(parts: BTreeMap<u16, Symbol<'_>>) -> Option<Symbol<'_>> {
    let numbers: Vec<u16> = parts.keys().copied().collect();
    let mut parts = parts.into_values();
    let mut whole = parts.next()?;
    whole.rows.extend(parts.flat_map(|part| part.rows));
    if let Some(split) = &mut whole.split {
        split.parts = numbers;
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::rows;

    #[test]
    fn headers_of_all_generations_are_known() {
        for (line, expected) in [
            ("JAHIS1", Some(Standard::Prescription(1))),
            ("JAHIS10", Some(Standard::Prescription(10))),
            ("\u{FEFF}JAHIS6 ", Some(Standard::Prescription(6))),
            ("JAHISTC01,1", Some(Standard::Notebook(1))),
            ("JAHISTC08,2", Some(Standard::Notebook(8))),
            ("JAHISTC", None),
            ("JAHIS", None),
            ("NOT_JAHIS", None),
            ("JAHIS100", None),
        ] {
            assert_eq!(Standard::of_header(line), expected, "{line}");
        }
        assert!(!Standard::Notebook(12).is_known() && Standard::Prescription(2).is_known());
    }

    #[test]
    fn parts_of_one_notebook_are_joined_in_their_order() {
        let part = |number: u16, text: &str| format!("JAHISTC08,1\n{text}\n911,20260310120000,3,{number}\n");
        let text = [part(2, "b,2"), "JAHIS10\nx,9\n".to_owned(), part(1, "a,1"), part(2, "b,2")].concat();
        let (symbols, stray) = symbols(rows(&text));
        assert!(stray.is_empty());
        let read: Vec<Vec<&str>> =
            symbols.iter().map(|symbol| symbol.rows.iter().map(|row| row.field(0)).collect()).collect();
        assert_eq!(read, [vec!["a", "b"], vec!["x"]]);
        let split = symbols[0].split.clone().unwrap();
        assert_eq!((split.parts.as_slice(), split.is_whole()), ([1, 2].as_slice(), false));
    }
}
