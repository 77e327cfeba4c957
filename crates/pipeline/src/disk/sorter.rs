use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    fs::File,
    io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, Write},
    path::{Path, PathBuf},
};

/// Rows in the order of their keys, however many: what does not fit into memory is sorted in runs on disk and merged.
/// Rows of one key are ordered by their bytes, so the order never depends on arrival.
#[derive(Debug)]
pub struct Sorter {
    folder: PathBuf,
    limit: usize,
    held: Vec<Row>,
    bytes: usize,
    runs: Vec<File>,
}

/// Key and content.
type Row = (Vec<u8>, Vec<u8>);

impl Sorter {
    /// `folder` takes the runs (unnamed files); `limit` is the memory that rows may take before a run is written.
    pub fn new(folder: &Path, limit: usize) -> Self {
        Self { folder: folder.to_owned(), limit, held: Vec::new(), bytes: 0, runs: Vec::new() }
    }

    /// # Errors
    /// A run that cannot be written.
    pub fn push(&mut self, key: Vec<u8>, row: Vec<u8>) -> io::Result<()> {
        self.bytes += key.len() + row.len() + size_of::<Row>();
        self.held.push((key, row));
        if self.bytes > self.limit { self.write_run() } else { Ok(()) }
    }

    fn write_run(&mut self) -> io::Result<()> {
        self.held.sort_unstable();
        let mut run = BufWriter::new(tempfile::tempfile_in(&self.folder)?);
        for (key, row) in self.held.drain(..) {
            for part in [key, row] {
                let length = u32::try_from(part.len()).map_err(|_| ErrorKind::FileTooLarge)?;
                run.write_all(&length.to_le_bytes())?;
                run.write_all(&part)?;
            }
        }
        self.runs.push(run.into_inner()?);
        self.bytes = 0;
        Ok(())
    }

    /// All rows with their keys, in order.
    ///
    /// # Errors
    /// A run that cannot be written or read.
    pub fn sorted(mut self) -> io::Result<Sorted> {
        if !self.runs.is_empty() {
            self.write_run()?;
        }
        self.held.sort_unstable();
        let mut runs = Vec::with_capacity(self.runs.len());
        let mut heads = BinaryHeap::with_capacity(self.runs.len());
        for (at, mut run) in self.runs.into_iter().enumerate() {
            run.rewind()?;
            let mut run = BufReader::new(run);
            heads.extend(read_row(&mut run)?.map(|row| Reverse((row, at))));
            runs.push(run);
        }
        Ok(Sorted { held: self.held.into_iter(), runs, heads })
    }
}

/// Rows in the order of their keys.
#[derive(Debug)]
pub struct Sorted {
    /// All rows, where they fitted into memory.
    held: std::vec::IntoIter<Row>,
    runs: Vec<BufReader<File>>,
    /// The next row of each run.
    heads: BinaryHeap<Reverse<(Row, usize)>>,
}

impl Iterator for Sorted {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some(Reverse((row, at))) = self.heads.pop() else { return self.held.next().map(Ok) };
        match self.runs.get_mut(at).map(read_row) {
            Some(Ok(next)) => self.heads.extend(next.map(|row| Reverse((row, at)))),
            Some(Err(error)) => return Some(Err(error)),
            None => {}
        }
        Some(Ok(row))
    }
}

fn read_row(run: &mut impl Read) -> io::Result<Option<Row>> {
    match read_part(run) {
        Ok(key) => Ok(Some((key, read_part(run)?))),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

fn read_part(run: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    run.read_exact(&mut length)?;
    let length = usize::try_from(u32::from_le_bytes(length)).map_err(|_| ErrorKind::FileTooLarge)?;
    let mut part = vec![0; length];
    run.read_exact(&mut part)?;
    Ok(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_come_sorted_whatever_fits_into_memory(
            rows in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..4), prop::collection::vec(any::<u8>(), 0..9)), 0..60),
            limit in 1_usize..4000,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut sorter = Sorter::new(folder.path(), limit);
            for (key, row) in rows.clone() {
                sorter.push(key, row).unwrap();
            }
            let seen: Vec<_> = sorter.sorted().unwrap().map(Result::unwrap).collect();
            let mut expected = rows;
            expected.sort();
            prop_assert_eq!(seen, expected);
        }
    }
}
