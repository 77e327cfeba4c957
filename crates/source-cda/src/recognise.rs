use crate::{kind::Kind, oid};
use std::borrow::Cow;
use tsugite_issue::Text;
use tsugite_source::{Input, Recognition};

/// How far into the file the document's code may stand: the first element of the head after its ids.
const REACH: usize = 8192;

/// By the root element and its namespace, and by the document's code. Names are ASCII whatever the encoding.
pub fn recognise(input: &Input<'_>) -> Option<Recognition> {
    let head = input.bytes.get(..REACH).unwrap_or(&input.bytes);
    // UTF-16 puts a zero beside each ASCII character.
    let head = match head.contains(&0) {
        true => Cow::Owned(head.iter().copied().filter(|byte| *byte != 0).collect()),
        false => Cow::Borrowed(head),
    };
    let head = String::from_utf8_lossy(&head);
    let root = root(&head)?;
    let name = root.split([' ', '\t', '\r', '\n', '>', '/']).next().unwrap_or_default();
    let local = name.rsplit(':').next().unwrap_or_default();
    if local == "ClinicalDocument" && head.contains(oid::HL7) {
        let kind = coded(&head);
        let format = kind.map_or(Text::new("CDA 文書（種類不明）", "CDA document of an unknown kind"), Kind::title);
        let confidence = if kind.is_some() { 98 } else { 90 };
        return Some(Recognition { confidence, format, evidence: "ClinicalDocument (urn:hl7-org:v3)".to_owned() });
    }
    let schema = local == "schema" && input.path().contains("XSD/");
    if schema || oid::PACKAGE.iter().any(|namespace| root.contains(namespace)) {
        let format = Text::new("特定健診の付属ファイル", "companion file of a health check package");
        let confidence = if schema { 40 } else { 95 };
        return Some(Recognition { confidence, format, evidence: local.to_owned() });
    }
    None
}

/// The text from the root's name to the end of its tag.
fn root(head: &str) -> Option<&str> {
    let mut rest = head.trim_start_matches(['\u{FEFF}', '\u{FFFD}', ' ', '\t', '\r', '\n']);
    loop {
        rest = rest.trim_start();
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.split_once("?>")?.1
        } else if let Some(definition) = rest.strip_prefix("<!DOCTYPE") {
            // Reading refuses it, with the reason.
            let end = if definition.split('>').next().is_some_and(|start| start.contains('[')) { "]>" } else { ">" };
            definition.split_once(end)?.1
        } else {
            let tag = rest.strip_prefix('<').filter(|tag| tag.starts_with(|c: char| c.is_alphabetic()))?;
            return Some(tag.split_once('>').map_or(tag, |(tag, _)| tag));
        };
    }
}

/// The first `code` element that names a kind. A cheap look; reading decides.
fn coded(head: &str) -> Option<Kind> {
    let attribute = |tag: &str, name: &str| {
        let (_, after) = tag.split_once(&format!(" {name}="))?;
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        after.get(1..)?.split(quote).next().map(str::to_owned)
    };
    let tags = head.split('<').filter(|tag| tag.starts_with("code ") || tag.contains(":code "));
    tags.take(4).find_map(|tag| Kind::named(&attribute(tag, "code")?, &attribute(tag, "codeSystem")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_known_by_their_content() {
        let cda = "<?xml version='1.0'?><!-- <x> --><ClinicalDocument xmlns='urn:hl7-org:v3'><typeId/><code ";
        for (text, path, confidence) in [
            (format!("{cda}code='10' codeSystem='1.2.392.200119.6.1001'/>"), "a.xml", Some(98)),
            (format!("{cda}codeSystem='2.16.840.1.113883.6.1' code='57133-1'/>"), "a.xml", Some(98)),
            (format!("{cda}code='1' codeSystem='1.2.3'/>"), "a.xml", Some(90)),
            ("<h:ClinicalDocument xmlns:h=\"urn:hl7-org:v3\">".to_owned(), "a", Some(90)),
            ("<!DOCTYPE x [<!ENTITY a 'b'>]><ClinicalDocument xmlns='urn:hl7-org:v3'>".to_owned(), "a", Some(90)),
            ("<ClinicalDocument>".to_owned(), "a", None),
            ("<index xmlns='http://tokuteikenshin.jp/checkup/2007'/>".to_owned(), "ix08_V08.xml", Some(95)),
            ("<xs:schema xmlns:xs='x'/>".to_owned(), "a/XSD/hc08_V08.xsd", Some(40)),
            ("<xs:schema xmlns:xs='x'/>".to_owned(), "a.xsd", None),
            ("<html/>".to_owned(), "a.html", None),
            ("MSH|^~\\&|".to_owned(), "a", None),
            (String::new(), "a", None),
        ] {
            let input = Input::new(path, text.clone().into_bytes());
            assert_eq!(recognise(&input).map(|recognition| recognition.confidence), confidence, "{text}");
        }
    }
}
