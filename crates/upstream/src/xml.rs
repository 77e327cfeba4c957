//! Reading the small XML documents of the interface: text of leaves by element name, with limits and without DTDs.

use crate::refusal::is_xml;
use quick_xml::{Reader, events::Event};
use std::borrow::Cow;

/// Why a document could not be read. Holds no text of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    #[error("empty")]
    Empty,
    #[error("not UTF-8")]
    Encoding,
    #[error("cannot be opened")]
    Locked,
    #[error("a link or a folder")]
    NotAFile,
    #[error("ends before its root element does")]
    Truncated,
    #[error("not well-formed at byte {0}")]
    IllFormed(u64),
    #[error("holds a document type declaration")]
    DocumentType,
    #[error("nested too deep or too large")]
    Limit,
    #[error("another root element than expected")]
    Root,
    #[error("no {0}")]
    Missing(&'static str),
    #[error("one element twice where one is expected")]
    Repeated,
    #[error("the name of the file and its content name different requests")]
    Mismatch,
    #[error("payload cannot be decoded")]
    Payload,
}

const MAX_DEPTH: usize = 32;
const MAX_LEAVES: usize = 100_000;

/// The root's name and the leaves in document order.
#[derive(Debug, Default)]
pub struct Document {
    pub root: String,
    pub leaves: Vec<Leaf>,
}

/// An element without children.
#[derive(Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The element around it; empty for the root. Names are without prefix.
    pub parent: String,
    pub name: String,
    pub text: String,
}

impl Document {
    /// Reads UTF-8, with or without a byte order mark. What the declaration says of the encoding is only a hint: the bytes decide.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|error| match error.error_len() {
            // In the middle of a character.
            None if error.valid_up_to() > 0 => Unreadable::Truncated,
            _ => Unreadable::Encoding,
        })?;
        // ISO-2022-JP and UTF-16 without a mark are ASCII bytes with characters that XML forbids.
        if !text.chars().all(is_xml) {
            return Err(Unreadable::Encoding);
        }
        if text.trim().is_empty() {
            return Err(Unreadable::Empty);
        }
        let mut reader = Reader::from_str(text);
        let mut document = Self::default();
        let mut open: Vec<Element> = Vec::new();
        loop {
            let at = reader.buffer_position();
            match reader.read_event() {
                Err(quick_xml::Error::IllFormed(_)) | Ok(Event::Eof)
                    if !open.is_empty() && reads_to_end(&reader, text) =>
                {
                    return Err(Unreadable::Truncated);
                }
                Err(_) if reads_to_end(&reader, text) || text.ends_with('<') => return Err(Unreadable::Truncated),
                Err(_) => return Err(Unreadable::IllFormed(at)),
                Ok(Event::DocType(_)) => return Err(Unreadable::DocumentType),
                Ok(Event::Start(start)) => {
                    let name = local(start.local_name().as_ref());
                    document.enter(&mut open, name)?;
                }
                Ok(Event::Empty(start)) => {
                    let name = local(start.local_name().as_ref());
                    document.enter(&mut open, name)?;
                    document.leave(&mut open)?;
                }
                Ok(Event::End(_)) => document.leave(&mut open)?,
                Ok(Event::Text(text)) => append(&mut open, &text.xml10_content())?,
                Ok(Event::CData(data)) => append(&mut open, &data.xml10_content())?,
                Ok(Event::GeneralRef(reference)) => append(&mut open, &entity(&reference, at)?)?,
                Ok(Event::Eof) => break,
                Ok(_) => {}
            }
        }
        if document.root.is_empty() { Err(Unreadable::Truncated) } else { Ok(document) }
    }

    fn enter(&mut self, open: &mut Vec<Element>, name: String) -> Result<(), Unreadable> {
        match open.last_mut() {
            Some(parent) => parent.has_children = true,
            None if self.root.is_empty() => self.root.clone_from(&name),
            None => return Err(Unreadable::IllFormed(0)),
        }
        if open.len() >= MAX_DEPTH || self.leaves.len() >= MAX_LEAVES {
            return Err(Unreadable::Limit);
        }
        open.push(Element { name, ..Element::default() });
        Ok(())
    }

    fn leave(&mut self, open: &mut Vec<Element>) -> Result<(), Unreadable> {
        let element = open.pop().ok_or(Unreadable::IllFormed(0))?;
        if !element.has_children {
            let parent = open.last().map_or_else(String::new, |parent| parent.name.clone());
            self.leaves.push(Leaf { parent, name: element.name, text: element.text });
        }
        Ok(())
    }

    /// The one leaf of a name below a parent. Two would leave open which one counts.
    pub fn leaf(&self, parent: &str, name: &str) -> Result<Option<&str>, Unreadable> {
        let mut fitting = self.leaves.iter().filter(|leaf| leaf.name == name && leaf.parent == parent);
        match (fitting.next(), fitting.next()) {
            (_, Some(_)) => Err(Unreadable::Repeated),
            (leaf, None) => Ok(leaf.map(|leaf| leaf.text.as_str())),
        }
    }

    /// The same without blanks around it; empty where there is none.
    pub fn text(&self, parent: &str, name: &str) -> Result<String, Unreadable> {
        Ok(self.leaf(parent, name)?.unwrap_or_default().trim().to_owned())
    }
}

#[derive(Default)]
struct Element {
    name: String,
    text: String,
    has_children: bool,
}

fn reads_to_end(reader: &Reader<&[u8]>, text: &str) -> bool {
    usize::try_from(reader.buffer_position()).is_ok_and(|at| at >= text.len())
}

fn local(name: impl AsRef<str>) -> String {
    name.as_ref().to_owned()
}

fn append(open: &mut [Element], text: &str) -> Result<(), Unreadable> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(Unreadable::IllFormed(0)),
    }
    Ok(())
}

/// The five entities of XML and character references: nothing else can be declared without a DTD.
fn entity(reference: &quick_xml::events::BytesRef, at: u64) -> Result<Cow<'static, str>, Unreadable> {
    let character = reference.resolve_char_ref().map_err(|_| Unreadable::IllFormed(at))?;
    if let Some(character) = character {
        return if is_xml(character) { Ok(character.to_string().into()) } else { Err(Unreadable::IllFormed(at)) };
    }
    let name: &str = reference;
    Ok(Cow::Borrowed(match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ => return Err(Unreadable::IllFormed(at)),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Leaf>, Unreadable> {
        Document::read(text.as_bytes()).map(|document| document.leaves)
    }

    #[test]
    fn leaves_are_read_in_order_whatever_the_prefix() {
        let leaves =
            read("\u{feff}<?xml version=\"1.0\"?>\n<x:A><b> 1 &lt;&#x32; </b><c/><D><e><![CDATA[&]]></e></D></x:A>\n");
        let leaf =
            |parent: &str, name: &str, text: &str| Leaf { parent: parent.into(), name: name.into(), text: text.into() };
        assert_eq!(leaves.unwrap(), [leaf("A", "b", " 1 <2 "), leaf("A", "c", ""), leaf("D", "e", "&")]);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let deep = "<a>".repeat(40);
        let cases: [(&str, Unreadable); 9] = [
            ("", Unreadable::Empty),
            (" \r\n", Unreadable::Empty),
            ("<?xml version=\"1.0\"?>\n", Unreadable::Truncated),
            ("<a><", Unreadable::Truncated),
            ("<a><b>1", Unreadable::Truncated),
            ("<a><b>1</b", Unreadable::Truncated),
            ("<a><b>1</b>", Unreadable::Truncated),
            ("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", Unreadable::DocumentType),
            (&deep, Unreadable::Limit),
        ];
        for (text, why) in cases {
            assert_eq!(read(text), Err(why), "{text:.20}");
        }
        for text in ["<a><b></a></b>", "plain", "<a/><b/>", "<a/>b", "<a>&x;</a>", "<a>&#0;</a>", "<a>&#x110000;</a>"] {
            assert!(matches!(read(text), Err(Unreadable::IllFormed(_))), "{text}");
        }
    }

    #[test]
    fn bytes_and_not_declarations_tell_the_encoding() {
        let declared = "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a><b>日本</b></a>";
        assert_eq!(Document::read(declared.as_bytes()).unwrap().text("a", "b").unwrap(), "日本");
        let utf16: Vec<u8> = "\u{feff}<a>OK</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16_without_mark: Vec<u8> = "<a>OK</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let others: [&[u8]; 4] = [b"<a>\x93\xfa\x96\x7b</a>", b"<a>\x1b$BF|K\\\x1b(B</a>", &utf16, &utf16_without_mark];
        for bytes in others {
            assert_eq!(Document::read(bytes).unwrap_err(), Unreadable::Encoding);
        }
    }

    #[test]
    fn an_element_that_says_two_things_says_nothing() {
        let document = Document::read(b"<r><h><id>1</id></h><b><id>2</id><x>3</x><x>4</x></b></r>").unwrap();
        assert_eq!(document.leaf("h", "id"), Ok(Some("1")));
        assert_eq!(document.leaf("b", "id"), Ok(Some("2")));
        assert_eq!(document.leaf("b", "y"), Ok(None));
        assert_eq!(document.leaf("b", "x"), Err(Unreadable::Repeated));
    }
}
