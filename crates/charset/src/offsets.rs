use tsugite_issue::Span;

/// Text offsets to byte offsets of the file: one entry for each stretch in which characters have one width on both sides.
#[derive(Clone, Debug, Default)]
pub struct OffsetMap {
    runs: Vec<Run>,
    /// Byte offset at which the last character ends.
    end: usize,
}

/// From here, every `text_width` bytes of text come from `byte_width` bytes of the file.
#[derive(Clone, Copy, Debug)]
struct Run {
    text: usize,
    byte: usize,
    text_width: u8,
    byte_width: u8,
}

impl Run {
    const fn units(&self, text: usize) -> usize {
        let width = if self.text_width == 0 { 1 } else { self.text_width as usize };
        text.saturating_sub(self.text) / width
    }

    const fn start(&self, text: usize) -> usize {
        self.byte + self.units(text) * self.byte_width as usize
    }
}

impl OffsetMap {
    /// Text that is the bytes themselves, from `base` on (after a byte order mark).
    pub(crate) fn identity(base: usize, len: usize) -> Self {
        Self { runs: vec![Run { text: 0, byte: base, text_width: 1, byte_width: 1 }], end: base + len }
    }

    /// Byte offset at which the character at `text` (a character boundary) starts. Past the end: where the last one ends.
    /// Inside a character, or inside a replacement of several characters: where its source starts.
    pub fn byte_offset(&self, text: usize) -> usize {
        self.run_at(text).map_or(self.end, |(run, next)| run.start(text).min(next))
    }

    /// The bytes that `text` (a range of character boundaries) was decoded from. Escape sequences at its rims are left out;
    /// an empty range gives an empty span.
    pub fn span(&self, text: std::ops::Range<usize>) -> Span {
        let start = self.byte_offset(text.start);
        let end = if text.is_empty() { start } else { self.byte_end(text.end).max(start) };
        Span::new(start as u64, end as u64)
    }

    /// Number of stretches; a measure of its memory.
    pub fn runs(&self) -> usize {
        self.runs.len()
    }

    /// Where the character before `text` ends in the file.
    fn byte_end(&self, text: usize) -> usize {
        let Some(last) = text.checked_sub(1) else { return self.byte_offset(0) };
        self.run_at(last).map_or(self.end, |(run, next)| (run.start(last) + usize::from(run.byte_width)).min(next))
    }

    /// The stretch that holds `text`, and the byte offset that it cannot reach beyond.
    fn run_at(&self, text: usize) -> Option<(&Run, usize)> {
        let after = self.runs.partition_point(|run| run.text <= text);
        let run = self.runs.get(after.checked_sub(1)?)?;
        Some((run, self.runs.get(after).map_or(self.end, |next| next.byte)))
    }
}

/// Builds an [`OffsetMap`] in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct OffsetBuilder {
    runs: Vec<Run>,
    text: usize,
    /// Where the next character would start if it continued the last run; `usize::MAX` when none can.
    byte: usize,
    widths: (u8, u8),
    end: usize,
}

impl OffsetBuilder {
    pub(crate) fn with_capacity(runs: usize) -> Self {
        Self { runs: Vec::with_capacity(runs), ..Self::default() }
    }

    /// `units` characters of `text_width` bytes each, decoded from `byte_width` bytes each, from `byte` on.
    #[inline]
    pub(crate) fn push(&mut self, byte: usize, units: usize, text_width: u8, byte_width: u8) {
        if byte != self.byte || self.widths != (text_width, byte_width) {
            self.runs.push(Run { text: self.text, byte, text_width, byte_width });
            self.widths = (text_width, byte_width);
        }
        self.text += units * usize::from(text_width);
        self.byte = byte + units * usize::from(byte_width);
        self.end = self.byte;
    }

    /// Takes the last character of `text_width` bytes back.
    pub(crate) fn retract(&mut self, text_width: u8) {
        self.text = self.text.saturating_sub(usize::from(text_width));
        if self.runs.last().is_some_and(|run| run.text == self.text) {
            self.runs.pop();
        }
        self.byte = usize::MAX;
    }

    pub(crate) fn finish(self) -> OffsetMap {
        OffsetMap { runs: self.runs, end: self.end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_continue_and_escapes_part_them() {
        let mut builder = OffsetBuilder::default();
        builder.push(0, 4, 1, 1); // "PID|"
        builder.push(7, 2, 3, 2); // two kanji after ESC $ B
        builder.push(11, 1, 3, 2); // a third one continues
        builder.push(16, 1, 1, 1); // "|" after ESC ( B
        let map = builder.finish();
        assert_eq!(map.runs(), 3);
        let starts: Vec<_> = [0, 3, 4, 7, 10, 13, 14].map(|text| map.byte_offset(text)).into();
        assert_eq!(starts, [0, 3, 7, 9, 11, 16, 17]);
        assert_eq!(map.span(4..13), Span::new(7, 13));
        assert_eq!(map.span(3..14), Span::new(3, 17));
        assert_eq!(map.span(4..4), Span::new(7, 7));
        assert_eq!(map.span(14..14), Span::new(17, 17));
    }

    #[test]
    fn a_joined_character_covers_both_of_its_sources() {
        let mut builder = OffsetBuilder::default();
        builder.push(0, 1, 3, 1); // ｱ
        builder.push(1, 1, 3, 1); // ｶ …
        builder.retract(3);
        builder.push(1, 1, 3, 2); // … with ﾞ becomes ガ
        builder.push(3, 1, 3, 1);
        let map = builder.finish();
        assert_eq!([0, 3, 6, 9].map(|text| map.byte_offset(text)), [0, 1, 3, 4]);
        assert_eq!(map.span(3..6), Span::new(1, 3));
    }

    #[test]
    fn an_empty_map_answers_zero() {
        assert_eq!(OffsetMap::default().span(0..0), Span::new(0, 0));
        assert_eq!(OffsetMap::default().byte_offset(5), 0);
    }
}
