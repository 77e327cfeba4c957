//! Lines cut at their headers: one symbol is one prescription, or one notebook whose parts were joined.

use crate::{issues, rows::Row};
use std::collections::BTreeMap;
use tsugite_issue::Definition;

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
    /// Why nothing of it may become a fact, where its place among the others says so.
    pub hold: Option<&'static Definition>,
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
    fn says_as(&self, other: &Self) -> bool {
        let rows = |symbol: &Self| symbol.rows.len();
        self.header.says_as(&other.header)
            && rows(self) == rows(other)
            && self.rows.iter().zip(&other.rows).all(|(row, other)| row.says_as(other))
    }

    /// Whether one of these records stands there twice and says two different things.
    pub fn contradicts_itself(&self, single: impl Fn(u16) -> bool) -> bool {
        let mut first: BTreeMap<u16, &Row<'_>> = BTreeMap::new();
        self.rows.iter().any(|row| {
            let Some(number) = row.number().filter(|number| single(*number)) else { return false };
            !first.entry(number).or_insert(row).says_as(row)
        })
    }

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
            (Some(standard), _) => {
                symbols.push(Symbol { standard, header: row, rows: Vec::new(), split: None, hold: None });
            }
            (None, Some(symbol)) if symbol.is_notebook() && row.number() == Some(911) => symbol.control(&row),
            (None, Some(symbol)) => symbol.rows.push(row),
            (None, None) => stray.push(row),
        }
    }
    // Columns before the first header are of a code that was scanned out of order: where its symbol goes on, nobody knows.
    if let Some(first) = symbols.first_mut().filter(|_| stray.iter().any(|row| row.width() > 1)) {
        first.hold = Some(&issues::BEFORE_HEADER);
    }
    (join(symbols), stray)
}

impl<'t> Symbol<'t> {
    const fn is_notebook(&self) -> bool {
        matches!(self.standard, Standard::Notebook(_))
    }

    /// Takes 分割制御; a second one that says otherwise is of another part, which lost its header.
    fn control(&mut self, row: &Row<'t>) {
        let split = Split::of(row);
        if self.split.is_some() && self.split != split {
            self.hold = Some(&issues::SYMBOLS_MIXED);
        }
        self.split = self.split.take().or(split);
    }
}

/// The copies of a part under its number.
type Parts<'t> = BTreeMap<u16, Vec<Symbol<'t>>>;

/// Joins the parts of one データID, in the order of their numbers. A part that is there twice counts once where both say the same;
/// where they differ, nobody knows which belongs to the others: then none is joined, and all wait for a person.
fn join(symbols: Vec<Symbol<'_>>) -> Vec<Symbol<'_>> {
    let mut joined: Vec<Symbol<'_>> = Vec::with_capacity(symbols.len());
    let mut parts: BTreeMap<(String, u16), (usize, Parts<'_>)> = BTreeMap::new();
    for symbol in symbols {
        let Some(split) = symbol.split.as_ref().filter(|split| split.total > 1) else {
            joined.push(symbol);
            continue;
        };
        let name = (split.id.clone(), split.total);
        let part = split.parts.first().copied().unwrap_or_default();
        let place = joined.len();
        let copies = parts.entry(name).or_insert((place, BTreeMap::new())).1.entry(part).or_default();
        if !copies.iter().any(|copy| copy.says_as(&symbol)) {
            copies.push(symbol);
        }
    }
    // From the last place on, so that the earlier places stay true.
    let mut wholes: Vec<(usize, Vec<Symbol<'_>>)> =
        parts.into_values().map(|(place, parts)| (place, together(parts))).collect();
    wholes.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
    for (place, symbols) in wholes {
        let place = place.min(joined.len());
        joined.splice(place..place, symbols);
    }
    joined
}

fn together(parts: Parts<'_>) -> Vec<Symbol<'_>> {
    if parts.values().all(|copies| copies.len() == 1) {
        return whole(
            parts.into_iter().filter_map(|(part, copies)| Some((part, copies.into_iter().next()?))).collect(),
        )
        .into_iter()
        .collect();
    }
    let hold = |symbol| Symbol { hold: Some(&issues::SPLIT_DIFFERS), ..symbol };
    parts.into_values().flatten().map(hold).collect()
}

fn whole(parts: BTreeMap<u16, Symbol<'_>>) -> Option<Symbol<'_>> {
    let numbers: Vec<u16> = parts.keys().copied().collect();
    let mut parts = parts.into_values();
    let mut whole = parts.next()?;
    for part in parts {
        whole.hold = whole.hold.or(part.hold);
        whole.rows.extend(part.rows);
    }
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

    #[test]
    fn copies_of_a_part_that_differ_are_all_kept_and_held() {
        let part = |number: u16, text: &str| format!("JAHISTC08,1\n{text}\n911,20260310120000,2,{number}\n");
        let text = [part(1, "a,1"), part(1, "a,1"), part(2, "b,2"), part(1, "a,3")].concat();
        let (symbols, _) = symbols(rows(&text));
        let read: Vec<Vec<&str>> =
            symbols.iter().map(|symbol| symbol.rows.iter().map(|row| row.field(1)).collect()).collect();
        assert_eq!(read, [vec!["1"], vec!["3"], vec!["2"]]);
        let held = |symbol: &Symbol<'_>| symbol.hold.map(|rule| rule.code);
        assert!(symbols.iter().all(|symbol| held(symbol) == Some(issues::SPLIT_DIFFERS.code)));
    }

    #[test]
    fn what_stands_before_the_first_header_is_a_part_of_something() {
        let holds = |text| symbols(rows(text)).0[0].hold.is_some();
        assert!(holds("22F1029,見本,3,1,錠\nJAHIS10\n1,1\n"));
        assert!(!holds("受付 3\nJAHIS10\n1,1\n"));
    }
}
