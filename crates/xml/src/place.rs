//! Lines and columns, from the places in the text.

/// Line and column of some places of a text, for quick ways to all others.
#[derive(Debug)]
pub struct Places {
    /// Each line's beginning, and places inside of long lines.
    marks: Vec<Mark>,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    offset: usize,
    line: u32,
    column: u32,
}

/// No two marks are further apart, so that a place in a line of megabytes costs no more than another.
const STEP: usize = 1024;

impl Places {
    pub fn new(text: &str) -> Self {
        let mut last = Mark { offset: 0, line: 1, column: 1 };
        let mut marks = vec![last];
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| (at + 1, true));
        for (end, is_line) in ends.chain([(text.len(), false)]) {
            while end - last.offset > STEP {
                let mut next = last.offset + STEP;
                while !text.is_char_boundary(next) {
                    next -= 1;
                }
                let column = last.column.saturating_add(count(text, last.offset, next));
                last = Mark { offset: next, column, ..last };
                marks.push(last);
            }
            if is_line {
                last = Mark { offset: end, line: last.line.saturating_add(1), column: 1 };
                marks.push(last);
            }
        }
        Self { marks }
    }

    /// 1-based line and column (characters) of an offset of the same text.
    pub fn at(&self, text: &str, offset: usize) -> (u32, u32) {
        let before = self.marks.partition_point(|mark| mark.offset <= offset).saturating_sub(1);
        let mark = self.marks.get(before).copied().unwrap_or(Mark { offset: 0, line: 1, column: 1 });
        (mark.line, mark.column.saturating_add(count(text, mark.offset, offset)))
    }
}

fn count(text: &str, from: usize, to: usize) -> u32 {
    let between = text.get(from..to).unwrap_or_default();
    u32::try_from(between.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_counted_in_characters() {
        let text = "甲a\n乙丙\r\n\nb";
        let places = Places::new(text);
        let found: Vec<_> = [0, 3, 5, 8, 13, 14, 15].map(|offset| places.at(text, offset)).into();
        assert_eq!(found, [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (4, 1), (4, 2)]);
        assert_eq!(Places::new("").at("", 0), (1, 1));
    }

    #[test]
    fn places_in_long_lines_are_counted_from_near() {
        let text = format!("ab\n{}\n{}", "字x".repeat(STEP * 3), "字".repeat(STEP));
        let places = Places::new(&text);
        let mut expected = (1, 1);
        for (offset, c) in text.char_indices() {
            assert_eq!(places.at(&text, offset), expected);
            expected = if c == '\n' { (expected.0 + 1, 1) } else { (expected.0, expected.1 + 1) };
        }
        assert_eq!(places.at(&text, text.len()), expected);
    }
}
