use tsugite_clinical::body::{Name, Practitioner, Representation};
use tsugite_er7::Value;

/// What was put right in a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameSlip {
    /// The representation stood in another component than the eighth.
    pub shifted: bool,
    /// Family and given name stood in one, and were split at a blank.
    pub split: bool,
}

/// XPN: 姓^名^…^氏名種別^表記種別, one repetition a representation.
pub fn names(field: Value<'_>) -> (Vec<Name>, NameSlip) {
    let mut names: Vec<Name> = Vec::new();
    let mut slip = NameSlip::default();
    for repetition in field.repetitions().filter(Value::has_value) {
        let mut components = repetition.components();
        let mut next = || components.next().map(|part| part.text()).unwrap_or_default();
        let (family, given) = (next(), next());
        let Some((family, given)) = parts(&family, &given, &mut slip) else { continue };
        let eighth = components.by_ref().nth(5).and_then(|part| representation(&part.text()));
        let elsewhere = || [7, 9].iter().find_map(|at| representation(&repetition.component(*at).text()));
        let declared = eighth.or_else(|| {
            let found = elsewhere();
            slip.shifted |= found.is_some();
            found
        });
        // The same representation twice is a slip of the sender: then the script decides.
        let taken = |r: &Representation| names.iter().any(|name| name.representation == *r);
        let representation = declared.filter(|r| !taken(r)).unwrap_or_else(|| script(&family, &given));
        if !taken(&representation) {
            names.push(Name { representation, family, given });
        }
    }
    (names, slip)
}

/// XCN: 番号^姓^名^…. The first repetition that is no kana names the person; ids stand in the first.
pub fn practitioner(field: Value<'_>) -> Option<Practitioner> {
    let id = field.component(1).text().trim().to_owned();
    let mut kana = None;
    let mut name = None;
    for repetition in field.repetitions().filter(Value::has_value) {
        let mut components = repetition.components().skip(1);
        let mut next = || components.next().map(|part| part.text()).unwrap_or_default();
        let (family, given) = (next(), next());
        let Some((family, given)) = parts(&family, &given, &mut NameSlip::default()) else { continue };
        // XCN.15, or XCN.16 where one `^` is too many.
        let declared = components.by_ref().skip(11).find_map(|part| representation(&part.text()));
        let representation = declared.unwrap_or_else(|| script(&family, &given));
        let this = Name { representation, family, given };
        match this.representation {
            Representation::Syllabic => kana = kana.or(Some(this)),
            _ => name = name.or(Some(this)),
        }
    }
    let name = name.or(kana);
    let id = (!id.is_empty()).then_some(id);
    (id.is_some() || name.is_some()).then_some(Practitioner { id, name })
}

/// Family and given name without blanks at their rims; a full name in the first place is split at its blank.
fn parts(family: &str, given: &str, slip: &mut NameSlip) -> Option<(String, String)> {
    let (family, given) = (family.trim(), given.trim());
    if !given.is_empty() {
        return Some((family.to_owned(), given.to_owned()));
    }
    let Name { family, given, .. } = Name::split(Representation::Ideographic, family)?;
    slip.split |= !given.is_empty();
    Some((family, given))
}

fn representation(code: &str) -> Option<Representation> {
    match code.trim() {
        "I" => Some(Representation::Ideographic),
        "P" => Some(Representation::Syllabic),
        "A" => Some(Representation::Alphabetic),
        _ => None,
    }
}

fn script(family: &str, given: &str) -> Representation {
    let all =
        |test: fn(char) -> bool| family.chars().chain(given.chars()).all(|c| test(c) || matches!(c, ' ' | '\u{3000}'));
    if all(|c| matches!(c, '\u{3041}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}')) {
        Representation::Syllabic
    } else if all(|c| c.is_ascii() || matches!(c, '\u{FF01}'..='\u{FF5E}')) {
        Representation::Alphabetic
    } else {
        Representation::Ideographic
    }
}
