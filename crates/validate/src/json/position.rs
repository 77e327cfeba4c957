/// Line and column of byte offsets, for offsets that come in ascending order: one pass over the input however many are asked for.
pub(crate) struct Position<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: u32,
    column: u32,
}

impl<'a> Position<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0, line: 1, column: 1 }
    }

    /// 1-based line and column (characters). An offset before the last one asked for gives the last answer.
    pub fn at(&mut self, offset: u32) -> (u32, u32) {
        let end = (offset as usize).min(self.bytes.len());
        let mut passed = self.bytes.get(self.offset..end).unwrap_or_default();
        while let Some(newline) = memchr::memchr(b'\n', passed) {
            passed = passed.get(newline + 1..).unwrap_or_default();
            self.line = self.line.saturating_add(1);
            self.column = 1;
        }
        self.column = self.column.saturating_add(u32::try_from(characters(passed)).unwrap_or(u32::MAX));
        self.offset = end.max(self.offset);
        (self.line, self.column)
    }
}

/// Counted in runs whose number fits a byte: the compiler then takes sixteen bytes at a time.
fn characters(text: &[u8]) -> usize {
    let begins = |byte: &u8| u8::from(byte & 0xC0 != 0x80);
    let run = |run: &[u8]| run.iter().fold(0_u8, |count, byte| count.wrapping_add(begins(byte)));
    text.chunks(usize::from(u8::MAX)).map(|chunk| usize::from(run(chunk))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_line_feeds() {
        let mut position = Position::new("a\nあい\r\nb".as_bytes());
        assert_eq!(position.at(0), (1, 1));
        assert_eq!(position.at(2), (2, 1));
        assert_eq!(position.at(5), (2, 2));
        assert_eq!(position.at(10), (3, 1));
        assert_eq!(position.at(999), (3, 2));
        let long = "ab".repeat(300) + &"あ".repeat(300);
        assert_eq!(Position::new(long.as_bytes()).at(u32::MAX), (1, 901));
    }
}
