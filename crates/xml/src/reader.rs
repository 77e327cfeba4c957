use crate::{
    Failure, Limits, Named, Prefixed,
    attributes::{Attributes, is_blank},
    issues,
    name::fits,
    namespaces::Namespaces,
    place::Places,
    references::{self, line_ends},
};
use quick_xml::events::Event as Parsed;
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

/// What the parser found; what it says is its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Raw {
    Start,
    Empty,
    End,
    Text,
    CharacterData,
    Reference,
    DocumentType,
    /// A comment, a processing instruction, the declaration.
    Aside,
}

/// A failure, small to hand on: it is rare, and what is read is passed on thousands of times.
type Refused = Box<Failure>;

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
    /// Where those of the element that began last begin.
    first: usize,
    /// Those of all elements are kept.
    keeps: bool,
    depth: usize,
    nodes: usize,
    /// The root element has ended.
    ended: bool,
    /// An empty element began: its end is next.
    empty: Option<usize>,
    /// What was read beyond the end of a run of text.
    ahead: Option<(Raw, Range<usize>)>,
    undeclared: Option<Refused>,
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
            first: 0,
            keeps: false,
            depth: 0,
            nodes: 0,
            ended: false,
            empty: None,
            ahead: None,
            undeclared: None,
            failed: false,
        }
    }

    /// One that keeps the attributes of all elements.
    pub(crate) fn keeping(text: &'t str, limits: &Limits) -> Self {
        Self { keeps: true, ..Self::new(text, limits) }
    }

    /// The attributes of the element that began last.
    pub fn attributes(&self) -> &[RawAttribute<'t>] {
        self.attributes.get(self.first..).unwrap_or_default()
    }

    /// Where they stand among all that are kept.
    pub(crate) const fn kept(&self) -> Range<usize> {
        self.first..self.attributes.len()
    }

    /// Whether an element that began is the one that is asked for.
    pub fn is(&self, start: &Start<'t>, name: impl Named) -> bool {
        fits(name, start.name.local, || self.namespaces.name(start.namespace))
    }

    /// The first prefix that nobody bound to a namespace: its elements are read as of none.
    pub fn undeclared(&self) -> Option<&Failure> {
        self.undeclared.as_deref()
    }

    pub(crate) fn finish(self) -> (Vec<RawAttribute<'t>>, Vec<Cow<'t, str>>, Option<Failure>) {
        (self.attributes, self.namespaces.into_names(), self.undeclared.map(|undeclared| *undeclared))
    }

    /// The next event; `None` at the end of the document.
    ///
    /// # Errors
    /// The text is no well-formed XML, or goes beyond a limit. Nothing follows a failure.
    pub fn next_event(&mut self) -> Result<Option<Event<'t>>, Failure> {
        if self.failed {
            return Ok(None);
        }
        self.read().map_err(|refused| {
            self.failed = true;
            *refused
        })
    }

    fn read(&mut self) -> Result<Option<Event<'t>>, Refused> {
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
                Raw::Start => return self.start(at, false).map(Some),
                Raw::Empty => return self.start(at, true).map(Some),
                Raw::End => return Ok(Some(self.end(at.end))),
                Raw::Text | Raw::CharacterData | Raw::Reference => {
                    if let Some(event) = self.text(raw, at)? {
                        return Ok(Some(event));
                    }
                }
                Raw::DocumentType => return Err(self.fail(&issues::DOCUMENT_TYPE, at, "DOCTYPE")),
                Raw::Aside => {}
            }
        }
    }

    /// What is found next, with its place; `None` at the end.
    fn raw(&mut self) -> Result<Option<(Raw, Range<usize>)>, Refused> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(Some(ahead));
        }
        let start = self.offset();
        let raw = match self.xml.read_event() {
            Ok(Parsed::Eof) => return Ok(None),
            Ok(Parsed::Start(_)) => Raw::Start,
            Ok(Parsed::Empty(_)) => Raw::Empty,
            Ok(Parsed::End(_)) => Raw::End,
            Ok(Parsed::Text(_)) => Raw::Text,
            Ok(Parsed::CData(_)) => Raw::CharacterData,
            Ok(Parsed::GeneralRef(_)) => Raw::Reference,
            Ok(Parsed::DocType(_)) => Raw::DocumentType,
            Ok(Parsed::Comment(_) | Parsed::Decl(_) | Parsed::PI(_)) => Raw::Aside,
            Err(error) => {
                let at = usize::try_from(self.xml.error_position()).unwrap_or(0).clamp(start, self.text.len());
                return Err(self.fail(&issues::MALFORMED, at..at, kind(&error)));
            }
        };
        Ok(Some((raw, start..self.offset())))
    }

    fn offset(&self) -> usize {
        usize::try_from(self.xml.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }

    fn start(&mut self, at: Range<usize>, empty: bool) -> Result<Event<'t>, Refused> {
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
        let length = tag.bytes().position(is_blank).unwrap_or(tag.len());
        let name = self.name(tag.get(..length).unwrap_or_default(), &at)?;
        self.read_attributes(tag, length, at.start + 1)?;
        let namespace = self.namespace(name.prefix, &at);
        for index in self.kept() {
            let prefix = self.attributes.get(index).map_or("", |attribute| attribute.name.prefix);
            // An attribute without a prefix is of no namespace, whatever the default.
            if !prefix.is_empty() {
                let namespace = self.namespace(prefix, &at);
                if let Some(attribute) = self.attributes.get_mut(index) {
                    attribute.namespace = namespace;
                }
            }
        }
        if empty {
            self.empty = Some(at.end);
        }
        Ok(Event::Start(Start { name, namespace, at }))
    }

    fn read_attributes(&mut self, tag: &'t str, length: usize, base: usize) -> Result<(), Refused> {
        if !self.keeps {
            self.attributes.clear();
        }
        self.first = self.attributes.len();
        let mut attributes = Attributes::new(tag, length);
        let mut count = 0;
        while let Some(attribute) = attributes.next() {
            let here = base..base + tag.len();
            let Some(written) = attribute else {
                return Err(self.fail(&issues::MALFORMED, here, "attribute"));
            };
            count += 1;
            if count > self.limits.attributes {
                return Err(self.fail(&issues::TOO_LARGE, here, "attributes"));
            }
            self.node(&here)?;
            let name = self.name(written.name, &here)?;
            let at = base + written.at..base + written.at + written.value.len();
            if written.value.len() > self.limits.text {
                return Err(self.fail(&issues::TOO_LARGE, at, "text"));
            }
            let Some(value) = references::attribute(written.value) else {
                return Err(self.fail(&issues::REFERENCE, at, "attribute"));
            };
            let is_new = match (name.prefix, name.local) {
                ("", "xmlns") => self.bind("", value, &at)?,
                ("xmlns", prefix) => self.bind(prefix, value, &at)?,
                _ => {
                    let is_new = self.attributes().iter().all(|known| known.name != name);
                    self.attributes.push(RawAttribute { name, namespace: 0, value, at });
                    is_new
                }
            };
            if !is_new {
                return Err(self.fail(&issues::MALFORMED, here, "attribute"));
            }
        }
        Ok(())
    }

    /// Whether the element has not bound the prefix already.
    fn bind(&mut self, prefix: &'t str, name: Cow<'t, str>, at: &Range<usize>) -> Result<bool, Refused> {
        let is_new = self.namespaces.bind(prefix, name, self.depth);
        if self.namespaces.len() > MOST_NAMESPACES || self.namespaces.in_scope() > MOST_NAMESPACES {
            return Err(self.fail(&issues::TOO_LARGE, at.clone(), "namespaces"));
        }
        Ok(is_new)
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
    fn text(&mut self, first: Raw, at: Range<usize>) -> Result<Option<Event<'t>>, Refused> {
        let (mut start, mut end) = (at.start, at.end);
        let mut text = self.run(first, at)?;
        while let Some((raw, at)) = self.raw()? {
            match raw {
                Raw::Text | Raw::CharacterData | Raw::Reference => {
                    end = at.end;
                    let more = self.run(raw, at)?;
                    match text.is_empty() {
                        true => text = more,
                        false => text.to_mut().push_str(&more),
                    }
                    if text.len() > self.limits.text {
                        return Err(self.fail(&issues::TOO_LARGE, start..end, "text"));
                    }
                }
                Raw::Aside => {}
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

    fn run(&self, raw: Raw, at: Range<usize>) -> Result<Cow<'t, str>, Refused> {
        let written = self.text.get(at.clone()).unwrap_or_default();
        if written.len() > self.limits.text {
            return Err(self.fail(&issues::TOO_LARGE, at, "text"));
        }
        Ok(match raw {
            Raw::CharacterData => {
                line_ends(written.get("<![CDATA[".len()..written.len() - "]]>".len()).unwrap_or_default())
            }
            Raw::Reference => {
                let reference = written.trim_start_matches('&').trim_end_matches(';');
                match references::resolve(reference) {
                    Some(c) => Cow::Owned(c.to_string()),
                    None => return Err(self.fail(&issues::REFERENCE, at, "text")),
                }
            }
            _ => line_ends(written),
        })
    }

    fn node(&mut self, at: &Range<usize>) -> Result<(), Refused> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(self.fail(&issues::TOO_LARGE, at.clone(), "nodes"));
        }
        Ok(())
    }

    fn name(&self, written: &'t str, at: &Range<usize>) -> Result<Prefixed<'t>, Refused> {
        if written.len() > self.limits.name {
            return Err(self.fail(&issues::TOO_LARGE, at.clone(), "name"));
        }
        Prefixed::parse(written).ok_or_else(|| self.fail(&issues::MALFORMED, at.clone(), "name"))
    }

    #[cold]
    fn fail(&self, definition: &'static Definition, at: Range<usize>, detail: &str) -> Refused {
        let (line, column) = Places::new(self.text).at(self.text, at.start);
        Box::new(Failure { definition, at, line, column, detail: detail.to_owned() })
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
