//! Reading the small XML documents of the interface: text of leaves by element name, with limits and without DTDs.

use quick_xml::{Reader, events::Event};
use std::borrow::Cow;

/// Why a document could not be read. Holds no text of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    #[error("empty")]
    Empty,
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
    #[error("payload cannot be decoded")]
    Payload,
}

const MAX_DEPTH: usize = 32;
const MAX_LEAVES: usize = 100_000;

/// The root's name and the leaves in document order: element name without prefix, and text.
#[derive(Debug, Default)]
pub struct Document {
    pub root: String,
    pub leaves: Vec<(String, String)>,
}

impl Document {
    /// Reads bytes of any encoding in which markup is ASCII, or UTF-16 with a byte order mark: codes and ids are ASCII, so a message
    /// in a wrong encoding does not hide them.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let text = decode(bytes);
        if text.trim().is_empty() {
            return Err(Unreadable::Empty);
        }
        let mut reader = Reader::from_str(&text);
        let mut document = Self::default();
        let mut open: Vec<Element> = Vec::new();
        loop {
            let at = reader.buffer_position();
            match reader.read_event() {
                Err(quick_xml::Error::IllFormed(_)) | Ok(Event::Eof)
                    if !open.is_empty() && reads_to_end(&reader, &text) =>
                {
                    return Err(Unreadable::Truncated);
                }
                Err(_) if reads_to_end(&reader, &text) => return Err(Unreadable::Truncated),
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
                Ok(Event::Text(text)) => append(&mut open, &text.xml10_content()),
                Ok(Event::CData(data)) => append(&mut open, &data.xml10_content()),
                Ok(Event::GeneralRef(reference)) => append(&mut open, &entity(&reference)),
                Ok(Event::Eof) => break,
                Ok(_) => {}
            }
        }
        if document.root.is_empty() { Err(Unreadable::IllFormed(0)) } else { Ok(document) }
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
            self.leaves.push((element.name, element.text));
        }
        Ok(())
    }

    /// The text of the first leaf of a name, without blanks around it; empty where there is none.
    pub fn first(&self, name: &str) -> &str {
        self.leaves.iter().find(|(n, _)| n == name).map_or("", |(_, text)| text.trim())
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

fn append(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// The five entities of XML and character references; anything else is dropped, as nothing may be declared.
fn entity(reference: &quick_xml::events::BytesRef) -> Cow<'static, str> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string().into();
    }
    let name: &str = reference;
    Cow::Borrowed(match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ => "",
    })
}

fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(unit);
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(String, String)>, Unreadable> {
        Document::read(text.as_bytes()).map(|document| document.leaves)
    }

    #[test]
    fn leaves_are_read_in_order_whatever_the_prefix() {
        let leaves =
            read("\u{feff}<?xml version=\"1.0\"?><x:A><b> 1 &lt;&#x32; </b><c/><d><![CDATA[&]]></d></x:A>").unwrap();
        let leaf = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(leaves, [leaf("b", " 1 <2 "), leaf("c", ""), leaf("d", "&")]);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let deep = "<a>".repeat(40);
        let cases: [(&str, Unreadable); 7] = [
            ("", Unreadable::Empty),
            (" \r\n", Unreadable::Empty),
            ("<a><b>1", Unreadable::Truncated),
            ("<a><b>1</b", Unreadable::Truncated),
            ("<a><b>1</b>", Unreadable::Truncated),
            ("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", Unreadable::DocumentType),
            (&deep, Unreadable::Limit),
        ];
        for (text, why) in cases {
            assert_eq!(read(text), Err(why), "{text:.20}");
        }
        for text in ["<a><b></a></b>", "plain", "<a/><b/>"] {
            assert!(matches!(read(text), Err(Unreadable::IllFormed(_))), "{text}");
        }
    }

    #[test]
    fn a_wrong_encoding_does_not_hide_ascii() {
        let shift_jis = b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a><b>\x93\xfa\x96\x7b</b><c>OK1</c></a>";
        assert_eq!(Document::read(shift_jis).unwrap().first("c"), "OK1");
        let utf16: Vec<u8> = "\u{feff}<a><c>OK1</c></a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Document::read(&utf16).unwrap().first("c"), "OK1");
    }
}
