//! Data types of CDA as facts have them.

use crate::{issues, oid, writer::Tell};
use tsugite_clinical::{
    DateTime,
    body::{Code, Concept, Name, Representation},
};
use tsugite_issue::Issue;
use tsugite_xml::Element;

/// The data type that `xsi:type` names, without its prefix.
pub fn data_type<'d>(value: Element<'d, '_>) -> &'d str {
    let written = value.attr((oid::XSI, "type")).or_else(|| value.attr("type")).unwrap_or_default();
    written.rsplit(':').next().unwrap_or_default().trim()
}

/// An attribute that says something.
pub fn written<'d>(element: Element<'d, '_>, attribute: &str) -> Option<&'d str> {
    element.attr(("", attribute)).map(str::trim).filter(|value| !value.is_empty())
}

/// The same, to be kept.
pub fn filled(element: Element<'_, '_>, attribute: &str) -> Option<String> {
    written(element, attribute).map(str::to_owned)
}

/// `negationInd`: what is said is not so, or was not done. `1` is as true as `true`.
pub fn is_negated(statement: Element<'_, '_>) -> bool {
    matches!(written(statement, "negationInd"), Some("true" | "1"))
}

/// Withdrawn in the document itself.
pub fn is_withdrawn(statement: Element<'_, '_>) -> bool {
    matches!(status(statement), Some("nullified" | "cancelled"))
}

/// Begun, and ended or interrupted before its time.
pub fn is_stopped(statement: Element<'_, '_>) -> bool {
    matches!(status(statement), Some("aborted" | "suspended" | "held"))
}

fn status<'d>(statement: Element<'d, '_>) -> Option<&'d str> {
    statement.child((oid::HL7, "statusCode")).and_then(|status| status.attr("code"))
}

/// CD, CE, CO, CV: the code with its system as written.
pub fn code(element: Element<'_, '_>) -> Option<Code> {
    let said = |name| written(element, name).unwrap_or_default();
    let (code, display) = (said("code"), said("displayName"));
    let known = !code.is_empty() || !display.is_empty();
    known.then(|| Code { code: code.to_owned(), display: display.to_owned(), system: said("codeSystem").to_owned() })
}

/// The same in the namespaces that the masters know.
pub fn known_code(element: Element<'_, '_>) -> Option<Code> {
    code(element).map(|code| Code { system: oid::namespace(&code.system).to_owned(), ..code })
}

/// The code with its translations; the original text where there is one.
pub fn concept(element: Element<'_, '_>) -> Concept {
    let elements = std::iter::once(element).chain(element.all((oid::HL7, "translation")));
    let codes = elements.filter_map(known_code).filter(|code| !code.code.is_empty()).collect();
    let display = || filled(element, "displayName");
    let text = element.child_text((oid::HL7, "originalText")).or_else(display);
    Concept { codes, text }
}

/// TS. One that is no date is told and left out.
pub fn time(element: Element<'_, '_>, tell: &mut dyn Tell) -> Option<DateTime> {
    let written = written(element, "value")?;
    let at = DateTime::parse_hl7(written);
    if at.is_none() {
        tell.tell(Issue::new(&issues::DATE_INVALID).with("element", element.local()).found(written), element);
    }
    at
}

/// IVL_TS: its ends; a single time is both.
pub fn interval(element: Element<'_, '_>, tell: &mut dyn Tell) -> (Option<DateTime>, Option<DateTime>) {
    if let Some(at) = time(element, tell) {
        return (Some(at), Some(at));
    }
    let mut end = |name: &str| element.child((oid::HL7, name)).and_then(|end| time(end, tell));
    (end("low"), end("high"))
}

/// A person's name in one representation.
pub fn name(element: Element<'_, '_>) -> Option<Name> {
    let part = |name: &str| element.child_text((oid::HL7, name)).unwrap_or_default();
    let (mut family, mut given) = (part("family"), part("given"));
    if family.is_empty() && given.is_empty() {
        let whole = Name::split(Representation::Ideographic, &element.trimmed()?)?;
        (family, given) = (whole.family, whole.given);
    }
    let uses = element.attr("use").unwrap_or_default();
    let declared = uses.split_whitespace().find_map(|word| match word {
        "IDE" => Some(Representation::Ideographic),
        "SYL" => Some(Representation::Syllabic),
        "ABC" => Some(Representation::Alphabetic),
        _ => None,
    });
    let representation = declared.unwrap_or_else(|| script(&family, &given));
    Some(Name { representation, family, given })
}

/// By the letters: kana alone, or ASCII alone; anything else is ideographic.
fn script(family: &str, given: &str) -> Representation {
    let mut letters = family.chars().chain(given.chars()).filter(|c| !c.is_whitespace());
    let is_kana = |c: char| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '・' | '－' | '‐');
    if letters.clone().all(is_kana) {
        Representation::Syllabic
    } else if letters.all(|c| c.is_ascii() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')) {
        Representation::Alphabetic
    } else {
        Representation::Ideographic
    }
}
