//! What a file is, from its first bytes.

use super::issues;
use tsugite_issue::Definition;

/// What is done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// Judged: JSON with a resource in it, or whatever the user named.
    Judge,
    /// Something else that lies in a folder.
    PassOver,
    /// Told, and not judged.
    Refuse(&'static Definition),
}

const BYTE_ORDER_MARKS: [&[u8]; 3] = [b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF"];
const GZIP: &[u8] = &[0x1F, 0x8B];
const NAMESPACE: &[u8] = b"http://hl7.org/fhir";
/// The namespace stands in the first element.
const HEAD: usize = 4096;

/// `named`: the user named this very file. Its faults are then told, whatever it is.
pub fn recognise(bytes: &[u8], named: bool) -> Recognised {
    let mark = BYTE_ORDER_MARKS.iter().find(|mark| bytes.starts_with(mark));
    let text = bytes.get(mark.map_or(0, |mark| mark.len())..).unwrap_or_default().trim_ascii_start();
    let head = text.get(..HEAD).unwrap_or(text);
    if text.starts_with(b"<") && contains(head, NAMESPACE) {
        return Recognised::Refuse(if named { &issues::FHIR_XML } else { &issues::FHIR_XML_BESIDE });
    }
    if named {
        return match () {
            () if bytes.starts_with(GZIP) => Recognised::Refuse(&issues::COMPRESSED),
            () if text.starts_with(b"MSH|") => Recognised::Refuse(&issues::HL7_V2),
            () => Recognised::Judge,
        };
    }
    // Another encoding of JSON hides the name; the reader says what is wrong with it.
    let wide = mark.is_some_and(|mark| mark.len() == 2);
    let json = text.starts_with(b"{") || text.starts_with(b"[");
    match json && (wide || contains(text, MARK)) {
        true => Recognised::Judge,
        false => Recognised::PassOver,
    }
}

/// What every resource says of itself.
pub const MARK: &[u8] = b"\"resourceType\"";

pub fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_content() {
        use Recognised::{Judge, PassOver, Refuse};
        let xml = br#"<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"/>"#;
        for (bytes, in_folder, named) in [
            (&br#"{"resourceType":"Bundle"}"#[..], Judge, Judge),
            (b"\xEF\xBB\xBF\n { \"resourceType\" : 1", Judge, Judge),
            (b"\xFF\xFE{\0\"\0", Judge, Judge),
            (br#"{"version":1}"#, PassOver, Judge),
            (br#"the "resourceType" of a text"#, PassOver, Judge),
            (b"", PassOver, Judge),
            (xml, Refuse(&issues::FHIR_XML_BESIDE), Refuse(&issues::FHIR_XML)),
            (b"<html></html>", PassOver, Judge),
            (b"\x1F\x8B\x08", PassOver, Refuse(&issues::COMPRESSED)),
            (b"MSH|^~\\&|", PassOver, Refuse(&issues::HL7_V2)),
        ] {
            let text = String::from_utf8_lossy(bytes);
            assert_eq!((recognise(bytes, false), recognise(bytes, true)), (in_folder, named), "{text}");
        }
    }
}
