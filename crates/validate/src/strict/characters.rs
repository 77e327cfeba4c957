//! Characters in displays, texts of concepts and names of persons; empty and null values and extensions anywhere.

use super::Say;
use super::view::text;
use crate::json::{Kind, Node};

/// A text in which some character may be amiss.
pub(crate) struct Text<'t> {
    pub node: Node<'t>,
    pub value: &'t str,
    pub classes: Classes,
}

/// The classes of characters that occur.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Classes(u8);

const INVISIBLE: Classes = Classes(1);
const HALF_WIDTH_KANA: Classes = Classes(2);
const FULL_WIDTH_SPACE: Classes = Classes(4);
const PRIVATE_USE: Classes = Classes(8);
const MACHINE_DEPENDENT: Classes = Classes(16);

impl Classes {
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

pub(crate) fn classify(value: &str) -> Classes {
    let printable = |&b: &u8| (0x20..0x7F).contains(&b);
    if value.as_bytes().iter().all(printable) {
        return Classes(0);
    }
    Classes(value.chars().fold(0, |all, c| all | class(c).map_or(0, |class| class.0)))
}

fn class(c: char) -> Option<Classes> {
    match c {
        // Tab, LF, CR, DEL and C1; other control characters are an error by themselves.
        '\t' | '\n' | '\r' | '\u{7F}'..='\u{9F}' => Some(INVISIBLE),
        // Zero width, directions, separators, byte order mark.
        '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => Some(INVISIBLE),
        '\u{3000}' => Some(FULL_WIDTH_SPACE),
        '\u{FF61}'..='\u{FF9F}' => Some(HALF_WIDTH_KANA),
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => Some(PRIVATE_USE),
        // NEC row 13 and its like: № ℡ Ⅰ ⅰ ① ㈱ ㌔ ㎎ ㍻ ∑ ∟ ∮ ⊿ 〝 〟, and radicals that look like kanji.
        '\u{2116}' | '\u{2121}' | '\u{2160}'..='\u{2188}' | '\u{2211}' | '\u{221F}' | '\u{222E}' | '\u{22BF}' => {
            Some(MACHINE_DEPENDENT)
        }
        '\u{2460}'..='\u{24FF}' | '\u{2E80}'..='\u{2FDF}' | '\u{301D}' | '\u{301F}' | '\u{3200}'..='\u{33FF}' => {
            Some(MACHINE_DEPENDENT)
        }
        _ => None,
    }
}

fn say_class(text: &Text<'_>, wanted: Classes, say: &mut Say<'_>) {
    if !text.classes.has(wanted) {
        return;
    }
    if let Some(c) = text.value.chars().find(|&c| class(c) == Some(wanted)) {
        say.found(text.node).with("character", name(c));
    }
}

fn name(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

pub(super) fn invisible(text: &Text<'_>, say: &mut Say<'_>) {
    say_class(text, INVISIBLE, say);
}

pub(super) fn half_width_kana(text: &Text<'_>, say: &mut Say<'_>) {
    say_class(text, HALF_WIDTH_KANA, say);
}

pub(super) fn full_width_space(text: &Text<'_>, say: &mut Say<'_>) {
    // R1113 forbids it in name.text of the patient already.
    if text.classes.has(FULL_WIDTH_SPACE) && !is_patient_name(text.node) {
        say.found(text.node);
    }
}

pub(super) fn private_use(text: &Text<'_>, say: &mut Say<'_>) {
    say_class(text, PRIVATE_USE, say);
}

pub(super) fn machine_dependent(text: &Text<'_>, say: &mut Say<'_>) {
    say_class(text, MACHINE_DEPENDENT, say);
}

fn is_patient_name(node: Node<'_>) -> bool {
    let resource = || {
        let names = node.parent()?.parent()?;
        (names.has_key("name")).then(|| names.parent()).flatten()
    };
    node.has_key("text") && resource().is_some_and(|r| text(r.get("resourceType")) == Some("Patient"))
}

pub(super) fn empty_value(node: Node<'_>, say: &mut Say<'_>) {
    if node.is_empty() {
        say.found(node);
    }
}

/// null may only fill a place in an array of primitives that is paired with an array of extensions (`given` and `_given`).
pub(super) fn null_value(node: Node<'_>, say: &mut Say<'_>) {
    if node.kind() == Kind::Null && !is_paired(node) {
        say.at(node);
    }
}

fn is_paired(node: Node<'_>) -> bool {
    let pair = || {
        let array = node.parent().filter(|p| p.is_array())?;
        let object = array.parent()?;
        let key = array.key()?;
        match key.strip_prefix('_') {
            Some(name) => object.get(name),
            None => object.items().find(|m| m.key().and_then(|k| k.strip_prefix('_')) == Some(key)),
        }
    };
    pair().is_some_and(Node::is_array)
}

pub(super) fn empty_extension(extension: Node<'_>, say: &mut Say<'_>) {
    let holds = |key: &[u8]| {
        let key = key.strip_prefix(b"_").unwrap_or(key);
        key == b"extension" || key.starts_with(b"value")
    };
    if !extension.items().filter_map(Node::key_bytes).any(holds) {
        say.at(extension);
    }
}

pub(super) fn extension_url(extension: Node<'_>, say: &mut Say<'_>) {
    if extension.get("url").and_then(Node::as_str).is_none() {
        say.missing(extension, "url");
    }
}

pub(super) fn control_character(node: Node<'_>, say: &mut Say<'_>) {
    let control = |c: &char| *c < '\u{20}' && !matches!(c, '\t' | '\n' | '\r');
    if let Some(c) = node.as_str().and_then(|s| s.chars().find(control)) {
        say.found(node).with("character", name(c));
    }
}
