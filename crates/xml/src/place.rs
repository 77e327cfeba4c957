/// Line and column of a place, counted as the reader goes on: never twice over the same text.
#[derive(Clone, Copy, Debug)]
pub struct Cursor {
    offset: usize,
    line: u32,
    column: u32,
}

impl Cursor {
    pub const fn new() -> Self {
        Self { offset: 0, line: 1, column: 1 }
    }

    /// 1-based line and column (characters) of a text offset at or behind the last one asked for.
    pub fn at(&mut self, text: &str, offset: usize) -> (u32, u32) {
        let between = text.get(self.offset..offset).unwrap_or_default();
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        match memchr::memrchr(b'\n', between.as_bytes()) {
            Some(last) => {
                let lines = memchr::memchr_iter(b'\n', between.as_bytes()).count();
                self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
                self.column = 1_u32.saturating_add(count(between.get(last + 1..).unwrap_or_default()));
            }
            None => self.column = self.column.saturating_add(count(between)),
        }
        self.offset = self.offset.max(offset);
        (self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_counted_in_characters() {
        let text = "甲a\n乙丙\r\n\nb";
        let mut cursor = Cursor::new();
        let places: Vec<_> = [0, 3, 5, 8, 13, 14].map(|offset| cursor.at(text, offset)).into();
        assert_eq!(places, [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (4, 1)]);
    }
}
