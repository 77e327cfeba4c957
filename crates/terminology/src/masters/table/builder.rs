use super::{Index, Table, slot};
use std::collections::HashMap;

/// Gathers rows for a [`Table`].
#[derive(Debug)]
pub struct Builder {
    table: Table,
    /// Which columns each index covers.
    columns: &'static [&'static [usize]],
    known: HashMap<Box<str>, u32>,
}

impl Builder {
    pub fn new(width: usize, indexes: &'static [&'static [usize]]) -> Self {
        let table = Table {
            width,
            cells: Vec::new(),
            ends: vec![0],
            pool: String::new(),
            indexes: Vec::with_capacity(indexes.len()),
        };
        Self { table, columns: indexes, known: HashMap::new() }
    }

    /// Adds a row; missing columns are empty, surplus ones are left out.
    pub fn push(&mut self, row: &[&str]) {
        for column in 0..self.table.width {
            let text = self.intern(row.get(column).copied().unwrap_or_default());
            self.table.cells.push(text);
        }
    }

    fn intern(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        // Four billion bytes of text are more than any reader lets in.
        let number = u32::try_from(self.table.ends.len()).unwrap_or(u32::MAX);
        self.table.pool.push_str(text);
        self.table.ends.push(u32::try_from(self.table.pool.len()).unwrap_or(u32::MAX));
        self.known.insert(text.into(), number);
        number
    }

    pub fn finish(self) -> Table {
        let Self { mut table, columns, known } = self;
        drop(known);
        let indexes = columns.iter().map(|columns| index(&table, columns)).collect();
        table.indexes = indexes;
        table.pool.shrink_to_fit();
        table
    }
}

fn index(table: &Table, columns: &[usize]) -> Index {
    let mut entries: Vec<(u32, u32)> = Vec::with_capacity(table.len());
    for (row, cells) in (0_u32..).zip(table.cells.chunks(table.width.max(1))) {
        let texts = columns.iter().filter_map(|column| cells.get(*column)).filter(|text| **text != 0);
        entries.extend(texts.map(|text| (*text, row)));
    }
    entries.sort_unstable();
    entries.dedup();
    let (texts, rows): (Vec<u32>, Vec<u32>) = entries.into_iter().unzip();
    let mut slots = vec![0_u32; (texts.len() * 2 + 1).next_power_of_two()];
    let mask = slots.len() - 1;
    let mut before = None;
    for (entry, text) in (1_u32..).zip(&texts) {
        if before.replace(*text) == Some(*text) {
            continue;
        }
        let mut at = slot(table.text(*text), mask);
        while slots.get(at).is_some_and(|taken| *taken != 0) {
            at = (at + 1) & mask;
        }
        if let Some(free) = slots.get_mut(at) {
            *free = entry;
        }
    }
    Index { texts, rows, slots }
}
