use crate::issues;
use std::{fmt::Write as _, sync::Arc};
use tsugite_issue::{Address, Definition, InputName, Issue, Origin, Span};

/// What was put right while decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RepairKind {
    /// 半角カナ became 全角, dakuten joined.
    HalfWidthKana,
    /// Half-width kana as bytes A1–DF in a 7-bit file.
    EightBitKana,
    /// Kanji mode still on at the end of a line.
    OpenAtLineEnd,
    /// Kanji mode still on at a delimiter: where it ended was inferred.
    OpenAtDelimiter,
    /// One byte of a two-byte character is missing.
    TruncatedPair,
    /// Bytes that are no character of the encoding.
    Undecodable,
    /// An escape sequence of a set that is not known.
    UnknownEscape,
    /// 外字 without an entry in the site's table: became 〓.
    Gaiji,
    /// 外字 replaced by the site's table.
    GaijiMapped,
    /// A control character was taken out.
    Control,
    /// 1A or NUL bytes at the end of the file were taken out.
    EndOfFileMark,
    /// The frame bytes of MLLP (0B, 1C) were taken out.
    Frame,
    /// A byte order mark inside the text was taken out.
    StrayByteOrderMark,
}

impl RepairKind {
    pub const ALL: [Self; 13] = [
        Self::HalfWidthKana,
        Self::EightBitKana,
        Self::OpenAtLineEnd,
        Self::OpenAtDelimiter,
        Self::TruncatedPair,
        Self::Undecodable,
        Self::UnknownEscape,
        Self::Gaiji,
        Self::GaijiMapped,
        Self::Control,
        Self::EndOfFileMark,
        Self::Frame,
        Self::StrayByteOrderMark,
    ];

    pub fn definition(self) -> &'static Definition {
        match self {
            Self::HalfWidthKana => &issues::HALF_WIDTH_KANA,
            Self::EightBitKana => &issues::EIGHT_BIT_KANA,
            Self::OpenAtLineEnd => &issues::OPEN_AT_LINE_END,
            Self::OpenAtDelimiter => &issues::OPEN_AT_DELIMITER,
            Self::TruncatedPair => &issues::TRUNCATED_PAIR,
            Self::Undecodable => &issues::UNDECODABLE,
            Self::UnknownEscape => &issues::UNKNOWN_ESCAPE,
            Self::Gaiji => &issues::GAIJI,
            Self::GaijiMapped => &issues::GAIJI_MAPPED,
            Self::Control => &issues::CONTROL,
            Self::EndOfFileMark => &issues::END_OF_FILE_MARK,
            Self::Frame => &issues::FRAME,
            Self::StrayByteOrderMark => &issues::STRAY_BYTE_ORDER_MARK,
        }
    }

    /// Neighbours of these kinds are told as one place; a gaiji is told with its own bytes.
    const fn joins(self) -> bool {
        !matches!(self, Self::Gaiji | Self::GaijiMapped)
    }
}

/// One place that was put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repair {
    pub kind: RepairKind,
    /// Offset in the decoded text at which it shows.
    pub text: usize,
    /// The original bytes.
    pub span: Span,
}

/// All repairs of one decoding: the first [`Repairs::LISTED`] of each kind by place, and the exact number of each kind.
#[derive(Clone, Debug, Default)]
pub struct Repairs {
    listed: Vec<Repair>,
    counts: [u64; RepairKind::ALL.len()],
    last: Option<(RepairKind, u64)>,
}

impl Repairs {
    /// Places of one kind that are listed; the rest is only counted, so that a file of nothing but repairs stays cheap.
    pub const LISTED: u64 = 100;
    /// Original bytes that an issue shows.
    const SHOWN: usize = 32;

    pub fn is_empty(&self) -> bool {
        self.last.is_none()
    }

    /// In the order of the file, at most [`Self::LISTED`] of a kind.
    pub fn listed(&self) -> &[Repair] {
        &self.listed
    }

    /// Number of places of this kind, listed or not.
    pub fn count(&self, kind: RepairKind) -> u64 {
        self.counts.get(kind as usize).copied().unwrap_or_default()
    }

    pub(crate) fn add(&mut self, kind: RepairKind, text: usize, start: usize, end: usize) {
        let span = Span::new(start as u64, end as u64);
        let continues = kind.joins() && self.last == Some((kind, span.start));
        self.last = Some((kind, span.end));
        let Some(count) = self.counts.get_mut(kind as usize) else { return };
        if continues {
            // Beyond the list there is nothing to lengthen: the last one listed is another place then.
            if let Some(last) = self.listed.last_mut().filter(|r| r.kind == kind && r.span.end == span.start) {
                last.span.end = span.end;
            }
            return;
        }
        *count += 1;
        if *count <= Self::LISTED {
            self.listed.push(Repair { kind, text, span });
        }
    }

    /// See [`crate::Decoded::issues_at`].
    pub(crate) fn issues(
        &self,
        text: &str,
        bytes: &[u8],
        input: &Arc<InputName>,
        mut address: impl FnMut(&Repair) -> Option<Address>,
    ) -> Vec<Issue> {
        let mut position = Position::new(text);
        let mut listed = self.listed.clone();
        listed.sort_by_key(|repair| (repair.text, repair.span.start));
        let placed = |repair: &Repair| {
            let address = address(repair).unwrap_or_else(|| position.advance_to(repair.text));
            repair.issue(bytes).at(Origin { input: Arc::clone(input), span: repair.span, address })
        };
        let mut issues: Vec<Issue> = listed.iter().map(placed).collect();
        issues.extend(self.beyond_the_list().map(|issue| issue.at(Origin::whole(Arc::clone(input)))));
        issues
    }

    /// One issue for each kind that has more places than are listed.
    pub fn beyond_the_list(&self) -> impl Iterator<Item = Issue> + '_ {
        RepairKind::ALL.into_iter().filter_map(|kind| {
            let more = self.count(kind).checked_sub(Self::LISTED).filter(|more| *more > 0)?;
            let definition = kind.definition();
            Some(
                Issue::new(&issues::MORE_OF_A_KIND)
                    .with("code", definition.code)
                    .with("count", more.to_string())
                    .with("total", self.count(kind).to_string()),
            )
        })
    }
}

impl Repair {
    /// The issue without its place. `bytes` is the whole input; the original bytes go to `found`.
    pub fn issue(&self, bytes: &[u8]) -> Issue {
        Issue::new(self.kind.definition()).with("offset", self.span.start.to_string()).found(self.hex(bytes))
    }

    fn hex(&self, bytes: &[u8]) -> String {
        let at = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX);
        let original = bytes.get(at(self.span.start)..at(self.span.end)).unwrap_or_default();
        let mut hex = String::with_capacity(3 * Repairs::SHOWN + 3);
        for (index, byte) in original.iter().take(Repairs::SHOWN).enumerate() {
            let _ = write!(hex, "{}{byte:02X}", if index == 0 { "" } else { " " });
        }
        if original.len() > Repairs::SHOWN {
            hex.push_str(" …");
        }
        hex
    }
}

/// Line and column by one walk over the text, for offsets in rising order.
struct Position<'a> {
    text: &'a str,
    offset: usize,
    line: u32,
    column: u32,
}

impl<'a> Position<'a> {
    const fn new(text: &'a str) -> Self {
        Self { text, offset: 0, line: 1, column: 1 }
    }

    fn advance_to(&mut self, offset: usize) -> Address {
        let mut passed = self.text.get(self.offset..offset).unwrap_or_default();
        while let Some(at) = memchr::memchr2(b'\r', b'\n', passed.as_bytes()) {
            let next = passed.get(at + 1..).unwrap_or_default();
            // A CRLF is one line end; its LF may lie beyond what was passed.
            let ends = self.text.as_bytes().get(self.offset + at..self.offset + at + 2) != Some(b"\r\n");
            self.line = self.line.saturating_add(u32::from(ends));
            self.column = 1;
            self.offset += at + 1;
            passed = next;
        }
        self.column = self.column.saturating_add(u32::try_from(passed.chars().count()).unwrap_or(u32::MAX));
        self.offset += passed.len();
        Address::Position { line: self.line, column: self.column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_one_place_and_the_count_stays_exact() {
        let mut repairs = Repairs::default();
        for at in 0..10 {
            repairs.add(RepairKind::Control, 0, at, at + 1);
        }
        assert_eq!(repairs.listed(), [Repair { kind: RepairKind::Control, text: 0, span: Span::new(0, 10) }]);
        for at in 0..250 {
            repairs.add(RepairKind::Gaiji, at, 20 + 2 * at, 22 + 2 * at);
        }
        assert_eq!(repairs.listed().len(), 101);
        assert_eq!(repairs.count(RepairKind::Gaiji), 250);
        let more: Vec<_> = repairs.beyond_the_list().map(|i| i.parameters[1].1.clone()).collect();
        assert_eq!(more, ["150"]);
    }

    #[test]
    fn lines_and_columns_are_counted_once_in_rising_order() {
        let text = "ab\r\n表c\rd\n\ne";
        let mut position = Position::new(text);
        let places: Vec<String> =
            [0, 1, 1, 4, 7, 8, 9, 11, 12, 13].map(|at| position.advance_to(at).to_string()).into();
        assert_eq!(places, ["1:1", "1:2", "1:2", "2:1", "2:2", "2:3", "3:1", "4:1", "5:1", "5:2"]);
    }

    #[test]
    fn an_issue_shows_the_original_bytes_and_the_place() {
        let mut repairs = Repairs::default();
        repairs.add(RepairKind::Gaiji, 8, 5, 7);
        let text = "ab\r\n表c〓";
        let input = Arc::new(InputName { path: "x".into(), digest: Default::default() });
        let issues = repairs.issues(text, b"ab\r\n\x95\xF0\x40", &input, |_| None);
        assert_eq!(issues[0].found.as_deref(), Some("F0 40"));
        let origin = issues[0].origin.as_ref().unwrap();
        assert_eq!(origin.address, Address::Position { line: 2, column: 3 });
        assert_eq!(origin.span, Span::new(5, 7));
    }
}
