//! One walk over the text: lines, segments, separators.

use crate::{
    Delimiters, Line, Message,
    line::{is_batch, is_header, segment_name},
    message::{Finding, Indexed},
};
use memchr::{memchr_iter, memchr2};
use tsugite_charset::Decoded;

/// What a text holds, in its order.
#[derive(Debug)]
pub enum Part<'a> {
    /// A line of no message: before the first, between two, or behind the last.
    Line(Line<'a>),
    Message(Message<'a>),
}

/// Splits a text that may hold several messages (a transaction file, a batch, a log). A message ends at the next MSH, at a line
/// that begins with `#` and at a batch header; segments behind these without an MSH make a message that says so.
pub fn messages<'a>(decoded: &'a Decoded<'a>) -> Vec<Part<'a>> {
    let mut reader = Reader::new(decoded, Scope::Many);
    reader.walk();
    reader.parts
}

/// Reads the whole text as one message.
pub(crate) fn single<'a>(decoded: &'a Decoded<'a>) -> Message<'a> {
    let mut reader = Reader::new(decoded, Scope::One);
    reader.walk();
    let message = reader.parts.into_iter().find_map(|part| match part {
        Part::Message(message) => Some(message),
        Part::Line(_) => None,
    });
    message.unwrap_or_else(|| Message::empty(decoded))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    One,
    Many,
}

struct Reader<'a> {
    decoded: &'a Decoded<'a>,
    scope: Scope,
    parts: Vec<Part<'a>>,
    current: Option<Message<'a>>,
    /// Lines behind a segment, until it shows whether the message goes on.
    pending: Vec<Line<'a>>,
}

impl<'a> Reader<'a> {
    const fn new(decoded: &'a Decoded<'a>, scope: Scope) -> Self {
        Self { decoded, scope, parts: Vec::new(), current: None, pending: Vec::new() }
    }

    fn walk(&mut self) {
        let text: &'a str = &self.decoded.text;
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let bytes = rest.as_bytes();
            let len = memchr2(b'\r', b'\n', bytes).unwrap_or(bytes.len());
            let line = rest.get(..len).unwrap_or_default();
            let terminator = Terminator::of(bytes.get(len..).unwrap_or_default());
            self.line(line, at, terminator);
            at += len + terminator.len();
        }
        self.finish();
    }

    fn line(&mut self, line: &'a str, at: usize, terminator: Terminator) {
        let bytes = line.as_bytes();
        if bytes.is_empty() {
            if let Some(message) = &mut self.current {
                message.note(Finding::BlankLine, at);
            }
            return;
        }
        if is_header(bytes) {
            self.header(bytes, at);
        }
        let separator = self.current.as_ref().map_or(Delimiters::default(), |message| *message.delimiters()).field;
        match segment_name(bytes, separator) {
            Some(name) if !is_batch(bytes) => self.segment(name, line, at, terminator),
            _ => self.other(line, at),
        }
    }

    fn header(&mut self, line: &[u8], at: usize) {
        let (delimiters, complete) = Delimiters::of_header(line);
        if self.scope == Scope::Many {
            self.close();
        }
        let message = self.current.get_or_insert_with(|| Message::empty(self.decoded));
        if message.begin(delimiters) {
            message.note(Finding::SecondHeader, at);
        }
        if !complete {
            message.note(Finding::IncompleteDelimiters, at);
        }
    }

    fn segment(&mut self, name: [u8; 3], line: &'a str, at: usize, terminator: Terminator) {
        let message = self.current.get_or_insert_with(|| Message::empty(self.decoded));
        for stray in self.pending.drain(..) {
            message.stray(stray);
        }
        let first = message.separators.len();
        let field = message.delimiters().field;
        message.separators.extend(memchr_iter(field, line.as_bytes()).map(|offset| at + offset));
        message.segments.push(Indexed { name, start: at, end: at + line.len(), first });
        match terminator {
            Terminator::Cr => {}
            Terminator::Lf | Terminator::CrLf => message.note(Finding::OtherTerminator, at + line.len()),
            Terminator::Missing => message.note(Finding::Unterminated, at + line.len()),
        }
    }

    fn other(&mut self, line: &'a str, at: usize) {
        let raw = Line::new(self.decoded, line, at);
        let ends_message = line.starts_with('#') || is_batch(line.as_bytes());
        if ends_message && self.scope == Scope::Many {
            self.close();
        }
        match &self.current {
            Some(_) => self.pending.push(raw),
            None if self.scope == Scope::One => self.pending.push(raw),
            None => self.parts.push(Part::Line(raw)),
        }
    }

    /// Ends the current message. Lines behind its last segment belong to nothing.
    fn close(&mut self) {
        self.parts.extend(self.current.take().map(Part::Message));
        self.parts.extend(self.pending.drain(..).map(Part::Line));
    }

    fn finish(&mut self) {
        if self.scope == Scope::One {
            let message = self.current.get_or_insert_with(|| Message::empty(self.decoded));
            for stray in self.pending.drain(..) {
                message.stray(stray);
            }
        }
        self.close();
    }
}

#[derive(Clone, Copy)]
enum Terminator {
    Cr,
    Lf,
    CrLf,
    Missing,
}

impl Terminator {
    const fn of(bytes: &[u8]) -> Self {
        match bytes {
            [b'\r', b'\n', ..] => Self::CrLf,
            [b'\r', ..] => Self::Cr,
            [_, ..] => Self::Lf,
            [] => Self::Missing,
        }
    }

    const fn len(self) -> usize {
        match self {
            Self::Missing => 0,
            Self::Cr | Self::Lf => 1,
            Self::CrLf => 2,
        }
    }
}
