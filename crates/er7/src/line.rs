use tsugite_charset::Decoded;
use tsugite_issue::Span;

/// A line that is no segment: the heading of a transaction file, a batch header, the rest of a broken segment.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    decoded: &'a Decoded<'a>,
    raw: &'a str,
    /// Offset in the decoded text.
    start: usize,
}

impl<'a> Line<'a> {
    pub(crate) const fn new(decoded: &'a Decoded<'a>, raw: &'a str, start: usize) -> Self {
        Self { decoded, raw, start }
    }

    /// The text, without its terminator.
    pub(crate) const fn start(&self) -> usize {
        self.start
    }

    pub const fn raw(&self) -> &'a str {
        self.raw
    }

    /// Its bytes in the file.
    pub fn span(&self) -> Span {
        self.decoded.span(self.start..self.start + self.raw.len())
    }

    /// FHS, BHS, BTS or FTS: the frame of a batch, which says nothing about a patient.
    pub fn is_batch(&self) -> bool {
        is_batch(self.raw.as_bytes())
    }
}

pub(crate) fn is_batch(line: &[u8]) -> bool {
    matches!(line, [b'F' | b'B', b'H' | b'T', b'S'] | [b'F' | b'B', b'H' | b'T', b'S', b'!'..=b'/' | b':'..=b'@' | b'['..=b'`' | b'{'..=b'~', ..])
}

/// A segment is named by a capital letter and two capitals or digits.
pub(crate) fn segment_name(line: &[u8], field_separator: u8) -> Option<[u8; 3]> {
    let [first @ b'A'..=b'Z', second, third, rest @ ..] = line else { return None };
    let fits = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let ends = rest.first().is_none_or(|byte| *byte == field_separator);
    (fits(second) && fits(third) && ends).then_some([*first, *second, *third])
}

/// A message begins here, whatever its delimiters.
pub(crate) fn is_header(line: &[u8]) -> bool {
    line.starts_with(b"MSH") && line.get(3).is_none_or(u8::is_ascii_punctuation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_batches_and_other_lines_are_told_apart() {
        for (line, name) in [
            ("PID|1", Some(*b"PID")),
            ("PV1", Some(*b"PV1")),
            ("ZPR|", Some(*b"ZPR")),
            ("1PV|", None),
            ("PI", None),
            ("PIDX|", None),
            ("pid|1", None),
            ("#SSMIX,2.00", None),
            ("", None),
        ] {
            assert_eq!(segment_name(line.as_bytes(), b'|'), name, "{line}");
        }
        for (line, batch) in [("FHS|^~\\&", true), ("BTS", true), ("BHSA|", false), ("FTX|", false)] {
            assert_eq!(is_batch(line.as_bytes()), batch, "{line}");
        }
        for (line, header) in [("MSH|^~\\&", true), ("MSH", true), ("MSHA|", false), ("EVN|", false)] {
            assert_eq!(is_header(line.as_bytes()), header, "{line}");
        }
    }
}
