//! A table as one file: a head, numbers in little endian, the pool, and a checksum of all of it.

use super::{Index, Table, hash};
use thiserror::Error;

/// The form of file that this program writes, and the only one that it reads: masters are imported again after a change of form.
const FORMAT: u32 = 1;

const MAGIC: [u8; 4] = *b"TsMt";

/// Why bytes are no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Damaged {
    #[error("is no master file")]
    NotOne,
    #[error("was written by another version of the program")]
    OtherFormat,
    #[error("is damaged")]
    Checksum,
}

/// What stands before the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub kind: u32,
    /// `yyyyMMdd`.
    pub date: u32,
    /// The file that it was read from.
    pub source: String,
}

impl Table {
    pub fn to_bytes(&self, head: &Head) -> Vec<u8> {
        let mut out = Writer(Vec::with_capacity(self.cells.len() * 4 + self.pool.len() + 4096));
        out.0.extend(MAGIC);
        out.number(FORMAT);
        out.number(head.kind);
        out.number(head.date);
        out.bytes(head.source.as_bytes());
        out.count(self.width);
        out.numbers(&self.cells);
        out.numbers(&self.ends);
        out.bytes(self.pool.as_bytes());
        out.count(self.indexes.len());
        for index in &self.indexes {
            out.numbers(&index.texts);
            out.numbers(&index.rows);
            out.numbers(&index.slots);
        }
        let sum = hash(&out.0);
        out.0.extend(sum.to_le_bytes());
        out.0
    }

    /// # Errors
    /// No master file, one of another form, or a damaged one.
    pub fn from_bytes(bytes: &[u8]) -> Result<(Head, Self), Damaged> {
        let (content, sum) = bytes.split_last_chunk::<8>().ok_or(Damaged::NotOne)?;
        let mut reader = Reader(content.strip_prefix(&MAGIC).ok_or(Damaged::NotOne)?);
        if reader.number().ok_or(Damaged::NotOne)? != FORMAT {
            return Err(Damaged::OtherFormat);
        }
        if hash(content) != u64::from_le_bytes(*sum) {
            return Err(Damaged::Checksum);
        }
        reader.table().filter(|(_, table)| table.is_sound()).ok_or(Damaged::Checksum)
    }

    /// Whether all numbers lead somewhere: a table that is not sound would find nothing, silently.
    fn is_sound(&self) -> bool {
        let below = |numbers: &[u32], end: usize| numbers.iter().all(|number| super::place(*number) < end);
        let index = |index: &Index| {
            index.texts.len() == index.rows.len()
                && below(&index.texts, self.ends.len())
                && below(&index.rows, self.len())
                && below(&index.slots, index.texts.len() + 1)
                && index.slots.len().is_power_of_two()
        };
        self.cells.len() == self.len() * self.width
            && self.ends.is_sorted()
            && self.ends.first() == Some(&0)
            && self.ends.last().is_some_and(|end| super::place(*end) == self.pool.len())
            && below(&self.cells, self.ends.len())
            && self.indexes.iter().all(index)
    }
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    fn count(&mut self, count: usize) {
        self.number(u32::try_from(count).unwrap_or(u32::MAX));
    }

    fn numbers(&mut self, numbers: &[u32]) {
        self.count(numbers.len());
        numbers.iter().for_each(|number| self.0.extend(number.to_le_bytes()));
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.extend(bytes);
    }
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn number(&mut self) -> Option<u32> {
        let (number, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*number))
    }

    fn count(&mut self) -> Option<usize> {
        self.number().map(super::place)
    }

    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn numbers(&mut self) -> Option<Vec<u32>> {
        let count = self.count()?;
        let bytes = self.take(count.checked_mul(4)?)?;
        Some(bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number)).collect())
    }

    fn text(&mut self) -> Option<String> {
        let count = self.count()?;
        std::str::from_utf8(self.take(count)?).ok().map(str::to_owned)
    }

    fn table(&mut self) -> Option<(Head, Table)> {
        let head = Head { kind: self.number()?, date: self.number()?, source: self.text()? };
        let (width, cells, ends, pool) = (self.count()?, self.numbers()?, self.numbers()?, self.text()?);
        let count = self.count()?;
        let mut indexes = Vec::new();
        for _ in 0..count {
            indexes.push(Index { texts: self.numbers()?, rows: self.numbers()?, slots: self.numbers()? });
        }
        self.0.is_empty().then_some((head, Table { width, cells, ends, pool, indexes }))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Builder, *};
    use proptest::prelude::*;

    fn sample() -> (Head, Table) {
        let mut builder = Builder::new(2, &[&[0], &[1]]);
        for code in 0..300 {
            builder.push(&[&format!("{code:07}"), &format!("名前{}", code % 7)]);
        }
        (Head { kind: 3, date: 20_240_601, source: "b.txt".into() }, builder.finish())
    }

    #[test]
    fn a_table_comes_back_as_it_was_written() {
        let (head, table) = sample();
        let bytes = table.to_bytes(&head);
        assert_eq!(Table::from_bytes(&bytes), Ok((head, table)));
    }

    #[test]
    fn other_files_are_refused_by_what_they_are() {
        let (head, table) = sample();
        let bytes = table.to_bytes(&head);
        assert_eq!(Table::from_bytes(b"PK\x03\x04 and more").unwrap_err(), Damaged::NotOne);
        assert_eq!(Table::from_bytes(b"").unwrap_err(), Damaged::NotOne);
        let mut newer = bytes.clone();
        newer[4] = 2;
        assert_eq!(Table::from_bytes(&newer).unwrap_err(), Damaged::OtherFormat);
        assert_eq!(Table::from_bytes(&bytes[..bytes.len() - 9]).unwrap_err(), Damaged::Checksum);
    }

    proptest! {
        #[test]
        fn one_changed_byte_is_seen(at in 8_usize..7000, by in 1_u8..) {
            let (head, table) = sample();
            let mut bytes = table.to_bytes(&head);
            let at = at % (bytes.len() - 8) + 8;
            let at = at.min(bytes.len() - 1);
            bytes[at] ^= by;
            prop_assert_eq!(Table::from_bytes(&bytes).unwrap_err(), Damaged::Checksum);
        }
    }
}
