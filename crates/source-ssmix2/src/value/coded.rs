use tsugite_clinical::body::{Code, Concept};
use tsugite_er7::Value;

/// The text of a value that is sent, is not the HL7 null, and is more than blanks.
pub fn filled(value: Value<'_>) -> Option<String> {
    let text = value.text();
    (!text.trim().is_empty()).then(|| text.into_owned())
}

/// A CWE or CE: its two triplets in the order of the source, and the original text (component 9).
pub fn concept(value: Value<'_>) -> Concept {
    let mut components = value.components();
    let codes = [coded(&mut components), coded(&mut components)].into_iter().flatten().collect();
    Concept { codes, text: components.nth(2).and_then(filled) }
}

/// The first code of a CWE.
pub fn code(value: Value<'_>) -> Option<Code> {
    triplets(value).next()
}

/// The codes of all repetitions of a CWE field, two a repetition at most.
pub fn triplets<'m>(field: Value<'m>) -> impl Iterator<Item = Code> + use<'m> {
    field.repetitions().flat_map(|repetition| {
        let mut components = repetition.components();
        [coded(&mut components), coded(&mut components)].into_iter().flatten()
    })
}

/// The next three parts as identifier, text and code system. `None` where the first two say nothing.
pub fn coded<'m>(parts: &mut impl Iterator<Item = Value<'m>>) -> Option<Code> {
    let mut next = || parts.next().map(|part| part.text()).unwrap_or_default();
    let (code, display, system) = (next(), next(), next());
    let (code, system) = (code.trim(), system.trim());
    if code.is_empty() && display.trim().is_empty() {
        return None;
    }
    // `pg/ml^99Z15`: the system stands where the name belongs.
    if system.is_empty() && is_local_system(display.trim()) {
        return Some(Code { code: code.to_owned(), display: String::new(), system: display.trim().to_owned() });
    }
    Some(Code { code: code.to_owned(), display: display.into_owned(), system: system.to_owned() })
}

/// A site's own code system, as HL7 table 0396 wants it named: `99` and letters or digits.
fn is_local_system(text: &str) -> bool {
    let tail = text.strip_prefix("99").unwrap_or_default();
    tail.len() == 3
        && tail.starts_with(|c: char| c.is_ascii_uppercase())
        && tail.bytes().all(|b| b.is_ascii_alphanumeric())
}
