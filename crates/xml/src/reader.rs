use crate::{
    Failure, Limits, Named, Prefixed, issues,
    namespaces::Namespaces,
    place::Cursor,
    references::{self, line_ends},
};
use quick_xml::events::{Event as Raw, attributes::Attributes};
use std::{borrow::Cow, ops::Range};
use tsugite_issue::Definition;

/// What stands next in a document. Comments, processing instructions and the declaration are passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'t> {
    /// An element begins; its attributes are [`Reader::attributes`].
    Start(Start<'t>),
    /// The last element that began ends; the offset in the text behind it.
    End(usize),
    /// Text with references resolved; CDATA and neighbouring references are part of it.
    Text { text: Cow<'t, str>, at: Range<usize> },
}

/// An element's beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start<'t> {
    pub name: Prefixed<'t>,
    pub(crate) namespace: u32,
    /// The tag, as a byte range of the text.
    pub at: Range<usize>,
    /// 1-based, of the tag.
    pub line: u32,
    pub column: u32,
}

/// An attribute as read. Namespace declarations are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawAttribute<'t> {
    pub name: Prefixed<'t>,
    pub(crate) namespace: u32,
    pub value: Cow<'t, str>,
    /// The value, as a byte range of the text.
    pub at: Range<usize>,
}

/// Namespaces that a document may name, and that may be in scope at once.
const MOST_NAMESPACES: usize = 256;

/// Reads a document event by event, in one pass and within its limits.
#[derive(Debug)]
pub struct Reader<'t> {
    text: &'t str,
    limits: Limits,
    xml: quick_xml::Reader<&'t [u8]>,
    namespaces: Namespaces<'t>,
    attributes: Vec<RawAttribute<'t>>,
    cursor: Cursor,
    depth: usize,
    nodes: usize,
    /// The root element has ended.
    ended: bool,
    /// An empty element began: its end is next.
    empty: Option<usize>,
    /// What was read beyond the end of a run of text.
    ahead: Option<(Raw<'t>, Range<usize>)>,
    undeclared: Option<Failure>,
    failed: bool,
}

impl<'t> Reader<'t> {
    /// Over decoded text ([`crate::decode`]).
    pub fn new(text: &'t str, limits: &Limits) -> Self {
        let mut xml = quick_xml::Reader::from_str(text);
        xml.config_mut().check_end_names = true;
        Self {
            text,
            limits: *limits,
            xml,
            namespaces: Namespaces::new(),
            attributes: Vec::new(),
            cursor: Cursor::new(),
            depth: 0,
            nodes: 0,
            ended: false,
            empty: None,
            ahead: None,
            undeclared: None,
            failed: false,
        }
    }

    /// The attributes of the element that began last.
    pub fn attributes(&self) -> &[RawAttribute<'t>] {
        &self.attributes
    }

    pub(crate) fn take_attributes(&mut self) -> std::vec::Drain<'_, RawAttribute<'t>> {
        self.attributes.drain(..)
    }

    /// Whether an element that began is the one that is asked for.
    pub fn is(&self, start: &Start<'t>, name: impl Named) -> bool {
        name.matches(self.namespaces.name(start.namespace), start.name.local)
    }

    /// The first prefix that nobody bound to a namespace: its elements are read as of none.
    pub const fn undeclared(&self) -> Option<&Failure> {
        self.undeclared.as_ref()
    }

    pub(crate) fn finish(self) -> (Vec<Cow<'t, str>>, Option<Failure>) {
        (self.namespaces.into_names(), self.undeclared)
    }

    /// The next event; `None` at the end of the document.
    ///
    /// # Errors
    /// The text is no well-formed XML, or goes beyond a limit. Nothing follows a failure.
    pub fn next_event(&mut self) -> Result<Option<Event<'t>>, Failure> {
        if self.failed {
            return Ok(None);
        }
        let next = self.read();
        self.failed = next.is_err();
        next
    }

    fn read(&mut self) -> Result<Option<Event<'t>>, Failure> {
        if let Some(end) = self.empty.take() {
            return Ok(Some(self.end(end)));
        }
        if self.text.len() > self.limits.document {
            return Err(self.fail(&issues::TOO_LARGE, 0..0, "document"));
        }
        loop {
            let Some((raw, at)) = self.raw()? else {
                return match self.depth {
                    0 if self.ended => Ok(None),
                    _ => Err(self.fail(&issues::MALFORMED, self.text.len()..self.text.len(), "unexpected end")),
                };
            };
            match raw {
                Raw::Start(_) => return self.start(at, false).map(Some),
                Raw::Empty(_) => return self.start(at, true).map(Some),
                Raw::End(_) => return Ok(Some(self.end(at.end))),
                Raw::Text(_) | Raw::CData(_) | Raw::GeneralRef(_) => {
                    if let Some(event) = self.text(&raw, at)? {
                        return Ok(Some(event));
                    }
                }
                Raw::DocType(_) => return Err(self.fail(&issues::DOCUMENT_TYPE, at, "DOCTYPE")),
                Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) | Raw::Eof => {}
            }
        }
    }

    /// The next raw event with its place; `None` at the end.
    fn raw(&mut self) -> Result<Option<(Raw<'t>, Range<usize>)>, Failure> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(Some(ahead));
        }
        let start = self.offset();
        match self.xml.read_event() {
            Ok(Raw::Eof) => Ok(None),
            Ok(raw) => Ok(Some((raw, start..self.offset()))),
            Err(error) => {
                let at = usize::try_from(self.xml.error_position()).unwrap_or(0).clamp(start, self.text.len());
                Err(self.fail(&issues::MALFORMED, at..at, kind(&error)))
            }
        }
    }

    fn offset(&self) -> usize {
        usize::try_from(self.xml.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }

    fn start(&mut self, at: Range<usize>, empty: bool) -> Result<Event<'t>, Failure> {
        if self.ended {
            return Err(self.fail(&issues::MALFORMED, at, "more than one root"));
        }
        self.depth += 1;
        self.node(&at)?;
        if self.depth > self.limits.depth {
            return Err(self.fail(&issues::TOO_LARGE, at, "depth"));
        }
        let tag = self.text.get(at.start + 1..at.end - 1).unwrap_or_default();
        let tag = if empty { tag.strip_suffix('/').unwrap_or(tag) } else { tag };
        let length = tag.find([' ', '\t', '\r', '\n']).unwrap_or(tag.len());
        let written = self.name(tag.get(..length).unwrap_or_default(), &at)?;
        self.read_attributes(tag, length, at.start + 1)?;
        let (line, column) = self.cursor.at(self.text, at.start);
        let name = Prefixed::of(written);
        let namespace = self.namespace(name.prefix, &at);
        for index in 0..self.attributes.len() {
            let prefix = self.attributes.get(index).map_or("", |attribute| attribute.name.prefix);
            // An attribute without a prefix is of no namespace, whatever the default.
            let namespace = if prefix.is_empty() { 0 } else { self.namespace(prefix, &at) };
            if let Some(attribute) = self.attributes.get_mut(index) {
                attribute.namespace = namespace;
            }
        }
        if empty {
            self.empty = Some(at.end);
        }
        Ok(Event::Start(Start { name, namespace, at, line, column }))
    }

    fn read_attributes(&mut self, tag: &'t str, length: usize, base: usize) -> Result<(), Failure> {
        self.attributes.clear();
        for (count, attribute) in Attributes::new(tag, length).enumerate() {
            let here = base..base + tag.len();
            let Ok(attribute) = attribute else {
                return Err(self.fail(&issues::MALFORMED, here, "attribute"));
            };
            if count >= self.limits.attributes {
                return Err(self.fail(&issues::TOO_LARGE, here, "attributes"));
            }
            self.node(&here)?;
            let written = self.name(attribute.key.into_inner(), &here)?;
            let Cow::Borrowed(value) = attribute.value else {
                return Err(self.fail(&issues::MALFORMED, here, "attribute"));
            };
            // The value is a part of the tag.
            let from = base + value.as_ptr().addr().saturating_sub(tag.as_ptr().addr()).min(tag.len());
            let at = from..from + value.len();
            if value.len() > self.limits.text {
                return Err(self.fail(&issues::TOO_LARGE, at, "text"));
            }
            let Some(value) = references::attribute(value).filter(|_| !value.contains('<')) else {
                return Err(self.fail(&issues::REFERENCE, at, "attribute"));
            };
            let name = Prefixed::of(written);
            match (name.prefix, name.local) {
                ("", "xmlns") => self.bind("", value, &at)?,
                ("xmlns", prefix) => self.bind(prefix, value, &at)?,
                _ => self.attributes.push(RawAttribute { name, namespace: 0, value, at }),
            }
        }
        Ok(())
    }

    fn bind(&mut self, prefix: &'t str, name: Cow<'t, str>, at: &Range<usize>) -> Result<(), Failure> {
        self.namespaces.bind(prefix, name, self.depth);
        if self.namespaces.len() > MOST_NAMESPACES || self.namespaces.in_scope() > MOST_NAMESPACES {
            return Err(self.fail(&issues::TOO_LARGE, at.clone(), "namespaces"));
        }
        Ok(())
    }

    fn namespace(&mut self, prefix: &str, at: &Range<usize>) -> u32 {
        if let Some(namespace) = self.namespaces.of(prefix) {
            return namespace;
        }
        if self.undeclared.is_none() {
            self.undeclared = Some(self.fail(&issues::PREFIX_UNDECLARED, at.clone(), prefix));
        }
        0
    }

    fn end(&mut self, behind: usize) -> Event<'t> {
        self.namespaces.leave(self.depth);
        self.depth = self.depth.saturating_sub(1);
        self.ended = self.depth == 0;
        Event::End(behind)
    }

    /// A run of text with what follows it: references and CDATA belong together. `None` for blanks outside the root.
    fn text(&mut self, first: &Raw<'t>, at: Range<usize>) -> Result<Option<Event<'t>>, Failure> {
        let (mut start, mut end) = (at.start, at.end);
        let mut text = self.run(first, at)?;
        while let Some((raw, at)) = self.raw()? {
            match raw {
                Raw::Text(_) | Raw::CData(_) | Raw::GeneralRef(_) => {
                    end = at.end;
                    let more = self.run(&raw, at)?;
                    match text.is_empty() {
                        true => text = more,
                        false => text.to_mut().push_str(&more),
                    }
                    if text.len() > self.limits.text {
                        return Err(self.fail(&issues::TOO_LARGE, start..end, "text"));
                    }
                }
                Raw::Comment(_) | Raw::PI(_) => {}
                other => {
                    self.ahead = Some((other, at));
                    break;
                }
            }
        }
        start = start.min(end);
        if self.depth > 0 {
            self.node(&(start..end))?;
            return Ok(Some(Event::Text { text, at: start..end }));
        }
        match text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\u{FEFF}').is_empty() {
            true => Ok(None),
            false => Err(self.fail(&issues::MALFORMED, start..end, "text outside the root")),
        }
    }

    fn run(&mut self, raw: &Raw<'t>, at: Range<usize>) -> Result<Cow<'t, str>, Failure> {
        let written = self.text.get(at.clone()).unwrap_or_default();
        if written.len() > self.limits.text {
            return Err(self.fail(&issues::TOO_LARGE, at, "text"));
        }
        Ok(match raw {
            Raw::CData(_) => line_ends(written.get("<![CDATA[".len()..written.len() - "]]>".len()).unwrap_or_default()),
            Raw::GeneralRef(_) => {
                let reference = written.trim_start_matches('&').trim_end_matches(';');
                match references::resolve(reference) {
                    Some(c) => Cow::Owned(c.to_string()),
                    None => return Err(self.fail(&issues::REFERENCE, at, "text")),
                }
            }
            _ => line_ends(written),
        })
    }

    fn node(&mut self, at: &Range<usize>) -> Result<(), Failure> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(self.fail(&issues::TOO_LARGE, at.clone(), "nodes"));
        }
        Ok(())
    }

    fn name(&mut self, name: &'t str, at: &Range<usize>) -> Result<&'t str, Failure> {
        if name.len() > self.limits.name {
            return Err(self.fail(&issues::TOO_LARGE, at.clone(), "name"));
        }
        let is_name = |part: &str| {
            let begins = part.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
            begins && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '・' | '々'))
        };
        match name.split(':').all(is_name) && name.matches(':').count() < 2 {
            true => Ok(name),
            false => Err(self.fail(&issues::MALFORMED, at.clone(), "name")),
        }
    }

    fn fail(&self, definition: &'static Definition, at: Range<usize>, detail: &str) -> Failure {
        let mut cursor = self.cursor;
        let (line, column) = cursor.at(self.text, at.start);
        Failure { definition, at, line, column, detail: detail.to_owned() }
    }
}

/// What the parser missed, without any of the text.
fn kind(error: &quick_xml::Error) -> &'static str {
    use quick_xml::{Error, errors::IllFormedError};
    match error {
        Error::Syntax(_) => "syntax",
        Error::IllFormed(IllFormedError::MismatchedEndTag { .. }) => "end tag of another element",
        Error::IllFormed(IllFormedError::UnmatchedEndTag(_)) => "end tag without a beginning",
        Error::IllFormed(IllFormedError::MissingEndTag(_)) => "missing end tag",
        Error::IllFormed(_) => "not well formed",
        Error::InvalidAttr(_) => "attribute",
        Error::Namespace(_) => "namespace",
        Error::Escape(_) => "reference",
        Error::Io(_) | Error::Encoding(_) => "bytes",
    }
}
