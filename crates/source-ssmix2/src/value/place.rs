use super::filled;
use tsugite_clinical::body::{Address, Telecom};
use tsugite_er7::Value;

/// XAD: the home address (type H) where there are several, else the first. SS-MIX2 writes the whole of it into component 8; some
/// senders fill city (3) and prefecture (4) with or without it.
pub fn address(field: Value<'_>) -> Option<Address> {
    let is_home = |repetition: &Value<'_>| repetition.component(7).raw() == "H";
    let mut written = field.repetitions().filter(|repetition| !repetition.is_null());
    let first = written.clone().find(is_home).or_else(|| written.next())?;
    let part = |at| filled(first.component(at)).unwrap_or_default();
    let whole = part(8);
    let mut text = String::new();
    for piece in [part(4), part(3)] {
        if !whole.contains(&piece) {
            text.push_str(&piece);
        }
    }
    if whole.is_empty() {
        text.push_str(&part(1));
        text.push_str(&part(2));
    } else {
        text.push_str(&whole);
    }
    let postal_code = filled(first.component(5)).map(|code| code.trim().to_owned());
    (!text.trim().is_empty() || postal_code.is_some()).then(|| Address { text: text.trim().to_owned(), postal_code })
}

/// XTN: the number stands in component 12, in older messages in the first, or in area and local number (6, 7).
pub fn telecoms(field: Value<'_>, work: bool) -> impl Iterator<Item = Telecom> {
    field.repetitions().filter_map(move |repetition| {
        let parts = || {
            let parts: String = [6, 7].iter().filter_map(|at| filled(repetition.component(*at))).collect();
            (!parts.is_empty()).then_some(parts)
        };
        let number = filled(repetition.component(12)).or_else(|| filled(repetition.component(1))).or_else(parts)?;
        let is_number = number.chars().any(|c| c.is_ascii_digit() || matches!(c, '０'..='９'));
        let work = work || repetition.component(2).raw() == "WPN";
        is_number.then(|| Telecom { number: number.trim().to_owned(), work })
    })
}
