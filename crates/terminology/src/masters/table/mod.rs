//! A table of texts that is written once and read often: each text stands once in a pool, rows are numbers of texts, and hashed
//! indexes lead from a code to its rows. Nothing is parsed when it is loaded.

mod builder;
mod file;

pub use builder::Builder;
pub use file::{Damaged, Head};

/// Rows of texts with indexes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Columns of a row.
    width: usize,
    /// Row after row, the number of each text.
    cells: Vec<u32>,
    /// Where each text ends in the pool; text 0 is empty.
    ends: Vec<u32>,
    pool: String,
    indexes: Vec<Index>,
}

/// From a text to the rows that hold it in one of the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Index {
    /// The text of each entry; equal texts stand together.
    texts: Vec<u32>,
    rows: Vec<u32>,
    /// By hash: one more than the first entry of a text; 0 is a free slot. Their number is a power of two, and some are free.
    slots: Vec<u32>,
}

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    table: &'t Table,
    row: usize,
}

impl<'t> Row<'t> {
    /// The text of a column; empty where there is none.
    pub fn get(self, column: usize) -> &'t str {
        if column >= self.table.width {
            return "";
        }
        let cell = self.table.cells.get(self.row * self.table.width + column);
        cell.map_or("", |text| self.table.text(*text))
    }

    /// Its place in the table, from 0.
    pub const fn place(self) -> usize {
        self.row
    }
}

impl Table {
    /// Columns of a row.
    pub const fn width(&self) -> usize {
        self.width
    }

    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(|row| Row { table: self, row })
    }

    /// The rows that hold a text in the columns of an index, in the order of the table.
    pub fn find<'t>(&'t self, index: usize, text: &str) -> impl Iterator<Item = Row<'t>> + use<'t> {
        let found = self.indexes.get(index).and_then(|index| Some((index, index.first(self, text)?)));
        let entries = found.into_iter().flat_map(|(index, first)| {
            let known = index.texts.get(first);
            let same = move |at: &usize| index.texts.get(*at) == known;
            (first..index.texts.len()).take_while(same).filter_map(|at| index.rows.get(at))
        });
        entries.map(|row| Row { table: self, row: place(*row) })
    }

    /// The first of [`Self::find`].
    pub fn find_first(&self, index: usize, text: &str) -> Option<Row<'_>> {
        let index = self.indexes.get(index)?;
        let row = index.rows.get(index.first(self, text)?)?;
        Some(Row { table: self, row: place(*row) })
    }

    fn text(&self, number: u32) -> &str {
        let number = place(number);
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| place(*end));
        let end = self.ends.get(number).map_or(0, |end| place(*end));
        self.pool.get(start..end).unwrap_or_default()
    }
}

impl Index {
    fn first(&self, table: &Table, text: &str) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = slot(text, mask);
        // Some slots are free, so the way ends; a damaged file may have none.
        for _ in 0..=mask {
            let entry = place(*self.slots.get(slot)?).checked_sub(1)?;
            if table.text(*self.texts.get(entry)?) == text {
                return Some(entry);
            }
            slot = (slot + 1) & mask;
        }
        None
    }
}

/// A number of a file as a place in memory.
#[allow(clippy::cast_possible_truncation)] // `usize` has 32 bits or more wherever this runs.
const fn place(number: u32) -> usize {
    number as usize
}

#[allow(clippy::cast_possible_truncation)] // The lower bits are what is wanted.
fn slot(text: &str, mask: usize) -> usize {
    hash(text.as_bytes()) as usize & mask
}

/// Eight bytes a step. Part of the file format: another hash is another format.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let (words, rest) = bytes.as_chunks::<8>();
    let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(FACTOR).rotate_left(29);
    let hash = words.iter().fold(FACTOR, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let rest = rest.iter().rev().fold(0_u64, |word, byte| (word << 8) | u64::from(*byte));
    let hash = mix(mix(hash, rest), bytes.len() as u64);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    fn built(rows: &[[&str; 3]]) -> Table {
        let mut builder = Builder::new(3, &[&[0], &[1, 2]]);
        rows.iter().for_each(|row| builder.push(row));
        builder.finish()
    }

    #[test]
    fn rows_are_found_by_the_values_of_an_index() {
        let table = built(&[["a", "1", "x"], ["b", "", "1"], ["a", "2", ""], ["c", "1", "1"]]);
        let found = |index: usize, text: &str| table.find(index, text).map(Row::place).collect::<Vec<_>>();
        assert_eq!(found(0, "a"), [0, 2]);
        assert_eq!(found(1, "1"), [0, 1, 3]);
        assert_eq!(found(1, "x"), [0]);
        for (index, text) in [(0, "d"), (0, ""), (1, ""), (2, "a")] {
            assert_eq!(found(index, text), [0_usize; 0], "{index} {text}");
        }
        assert_eq!(table.find_first(1, "1").map(|row| row.get(2)), Some("x"));
        let second = table.rows().nth(1).unwrap();
        assert_eq!((table.len(), second.get(2), second.get(3)), (4, "1", ""));
        assert!(built(&[]).is_empty());
        assert!(built(&[]).find_first(0, "a").is_none());
    }

    proptest! {
        #[test]
        fn every_row_is_found_by_each_of_its_codes(codes in vec("[a-c]{0,2}[0-9あ]{0,8}", 0..60)) {
            let mut builder = Builder::new(2, &[&[0]]);
            codes.iter().for_each(|code| builder.push(&[code, "name"]));
            let table = builder.finish();
            for (at, code) in codes.iter().enumerate().filter(|(_, code)| !code.is_empty()) {
                let found: Vec<_> = table.find(0, code).map(Row::place).collect();
                let expected: Vec<_> = (0..codes.len()).filter(|other| codes[*other] == *code).collect();
                prop_assert!(found.contains(&at));
                prop_assert_eq!(found, expected);
            }
        }
    }
}
