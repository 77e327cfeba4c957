use crate::{Delimiters, Line, Segment, issues, reader};
use std::sync::Arc;
use tsugite_charset::Decoded;
use tsugite_issue::{Address, Definition, InputName, Issue, Origin, Segment as Place};

/// One message: an index over the decoded text.
#[derive(Debug)]
pub struct Message<'a> {
    decoded: &'a Decoded<'a>,
    delimiters: Delimiters,
    has_header: bool,
    pub(crate) segments: Vec<Indexed>,
    /// Offsets of the field separators of all segments.
    pub(crate) separators: Vec<usize>,
    strays: Vec<Line<'a>>,
    findings: Vec<Found>,
}

/// Where a segment lies: offsets in the text, and the first of its separators.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Indexed {
    pub(crate) name: [u8; 3],
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) first: usize,
}

/// What is not as the standard wants it. Told once a message, with the first place and the number of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    SecondHeader,
    IncompleteDelimiters,
    StrayLine,
    BlankLine,
    OtherTerminator,
    Unterminated,
}

#[derive(Debug)]
struct Found {
    finding: Finding,
    /// Offset in the text of the first place.
    at: usize,
    count: u64,
}

impl Finding {
    const fn definition(self) -> &'static Definition {
        match self {
            Self::SecondHeader => &issues::SECOND_HEADER,
            Self::IncompleteDelimiters => &issues::INCOMPLETE_DELIMITERS,
            Self::StrayLine => &issues::STRAY_LINE,
            Self::BlankLine => &issues::BLANK_LINE,
            Self::OtherTerminator => &issues::OTHER_TERMINATOR,
            Self::Unterminated => &issues::UNTERMINATED,
        }
    }
}

impl<'a> Message<'a> {
    /// Reads the whole text as one message. For a text that may hold several, see [`crate::messages`].
    pub fn parse(decoded: &'a Decoded<'a>) -> Self {
        reader::single(decoded)
    }

    pub(crate) fn empty(decoded: &'a Decoded<'a>) -> Self {
        Self {
            decoded,
            delimiters: Delimiters::default(),
            has_header: false,
            // As many as a message of a few kilobytes has.
            segments: Vec::with_capacity(32),
            separators: Vec::with_capacity(512),
            strays: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Takes the delimiters of an MSH; says whether there was one before, whose delimiters then stay.
    pub(crate) const fn begin(&mut self, delimiters: Delimiters) -> bool {
        if !self.has_header {
            self.delimiters = delimiters;
        }
        std::mem::replace(&mut self.has_header, true)
    }

    pub(crate) fn note(&mut self, finding: Finding, at: usize) {
        match self.findings.iter_mut().find(|found| found.finding == finding) {
            Some(found) => found.count += 1,
            None => self.findings.push(Found { finding, at, count: 1 }),
        }
    }

    pub(crate) fn stray(&mut self, line: Line<'a>) {
        self.note(Finding::StrayLine, line.start());
        self.strays.push(line);
    }

    pub const fn delimiters(&self) -> &Delimiters {
        &self.delimiters
    }

    pub const fn decoded(&self) -> &'a Decoded<'a> {
        self.decoded
    }

    /// All segments in order, the MSH among them.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = Segment<'_>> {
        self.segments.iter().enumerate().filter_map(|(at, _)| self.at(at))
    }

    /// The segments of one name, `OBX`.
    pub fn segments_named(&self, name: &str) -> impl Iterator<Item = Segment<'_>> {
        let name = name.as_bytes();
        let named = self.segments.iter().enumerate().filter(move |(_, indexed)| indexed.name == name);
        named.filter_map(|(at, _)| self.at(at))
    }

    /// The first segment of this name.
    pub fn segment(&self, name: &str) -> Option<Segment<'_>> {
        self.segments_named(name).next()
    }

    /// Lines among the segments that are none, for example what follows a line break inside a value.
    pub fn strays(&self) -> &[Line<'a>] {
        &self.strays
    }

    /// Offset in the text at which its first segment starts.
    fn start(&self) -> usize {
        self.segments.first().map_or(0, |segment| segment.start)
    }

    fn at(&self, at: usize) -> Option<Segment<'_>> {
        let indexed = self.segments.get(at)?;
        let last = self.segments.get(at + 1).map_or(self.separators.len(), |next| next.first);
        Some(Segment {
            decoded: self.decoded,
            delimiters: self.delimiters,
            name: indexed.name,
            index: u32::try_from(at + 1).unwrap_or(u32::MAX),
            start: indexed.start,
            end: indexed.end,
            separators: self.separators.get(indexed.first..last).unwrap_or_default(),
        })
    }

    /// What is not as the standard wants it: a missing MSH, lines that are no segment, unusual line ends.
    pub fn issues(&self, input: &Arc<InputName>) -> Vec<Issue> {
        let origin = |at: usize| Origin {
            input: Arc::clone(input),
            span: self.decoded.span(at..at),
            address: self.address_at(at).unwrap_or(Address::Whole),
        };
        let headless = (!self.has_header).then(|| Issue::new(&issues::NO_HEADER).at(origin(self.start())));
        let told = self.findings.iter().map(|found| {
            Issue::new(found.finding.definition()).with("count", found.count.to_string()).at(origin(found.at))
        });
        headless.into_iter().chain(told).collect()
    }

    /// The address of the value at an offset of the text; `None` outside the segments of this message.
    pub fn address_at(&self, text: usize) -> Option<Address> {
        let at = self.segments.partition_point(|segment| segment.start <= text).checked_sub(1)?;
        let segment = self.at(at).filter(|segment| text <= segment.end)?;
        let behind = segment.separators.partition_point(|separator| *separator < text);
        let field = segment.field(behind + usize::from(segment.name() == "MSH"));
        if behind == 0 {
            return Some(segment.address());
        }
        let start = segment.separators.get(behind - 1)? + 1;
        let before = field.raw().get(..text.saturating_sub(start)).unwrap_or_default();
        Some(Address::Segment(self.inside(field.place(), before, field.raw())))
    }

    /// Counts the delimiters before a place in a field. Structure that the field does not have stays zero.
    fn inside(&self, field: Place, before: &str, whole: &str) -> Place {
        let Delimiters { repetition, component, subcomponent, .. } = self.delimiters;
        let (repetitions, rest) = count(before, repetition);
        let (components, rest) = count(rest, component);
        let (subcomponents, _) = count(rest, subcomponent);
        let structured = whole.bytes().any(|byte| byte == component || byte == repetition);
        if !structured && subcomponents == 0 {
            return field;
        }
        Place {
            repetition: repetitions + 1,
            component: components + 1,
            subcomponent: if subcomponents > 0 { subcomponents + 1 } else { 0 },
            ..field
        }
    }
}

/// How often a delimiter stands in the text, and what follows the last one.
fn count(text: &str, delimiter: u8) -> (u16, &str) {
    let delimiter = char::from(delimiter);
    let times = u16::try_from(text.matches(delimiter).count()).unwrap_or(u16::MAX - 1);
    (times.min(u16::MAX - 1), text.rsplit(delimiter).next().unwrap_or(text))
}

/// The repairs of decoding as issues, each with the segment address of the message that it lies in.
pub fn repair_issues<'m>(
    decoded: &Decoded<'_>,
    messages: impl IntoIterator<Item = &'m Message<'m>>,
    input: &Arc<InputName>,
) -> Vec<Issue> {
    let mut messages: Vec<_> = messages.into_iter().collect();
    messages.sort_by_key(|message| message.start());
    decoded.issues_at(input, |repair| {
        let behind = messages.partition_point(|message| message.start() <= repair.text);
        messages.get(behind.checked_sub(1)?)?.address_at(repair.text)
    })
}
