//! Sections of a document.

use super::Say;
use super::view::{Resource, items, text};
use crate::json::Node;

/// What people write where there is nothing to say.
const NOTHING: [&str; 16] = [
    "なし",
    "無し",
    "無",
    "ナシ",
    "特になし",
    "特に無し",
    "特記なし",
    "特記事項なし",
    "該当なし",
    "記載なし",
    "情報なし",
    "－",
    "-",
    "none",
    "nil",
    "n/a",
];

/// Sections lie in sections a few levels deep; more is no document.
const DEEPEST: u8 = 16;

pub(super) fn section_empty(resource: &Resource<'_>, say: &mut Say<'_>) {
    if resource.kind == "Composition" {
        sections(resource.node, DEEPEST, say);
    }
}

fn sections(holder: Node<'_>, left: u8, say: &mut Say<'_>) {
    for section in items(holder.get("section")) {
        if items(section.get("entry")).next().is_some() {
            let div = section.get("text").and_then(|t| t.get("div"));
            if text(div).is_some_and(says_nothing) {
                say.at_or_missing(div, section, "text").with("element", "text");
            } else if let Some(reason) = section.get("emptyReason") {
                say.at(reason).with("element", "emptyReason");
            }
        }
        if left > 0 {
            sections(section, left - 1, say);
        }
    }
}

/// Whether nothing but a word for nothing is left of the XHTML without its tags.
fn says_nothing(div: &str) -> bool {
    // A narrative that says nothing is short: long ones are not looked at.
    if div.len() > 1_000 {
        return false;
    }
    let mut inside = false;
    let mut said = String::new();
    for c in div.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if inside || c.is_whitespace() || matches!(c, '。' | '.' | '・') => {}
            _ => said.push(c),
        }
    }
    NOTHING.contains(&said.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::says_nothing;

    #[test]
    fn words_for_nothing() {
        for (div, nothing) in [
            ("<div xmlns=\"x\">特になし。</div>", true),
            ("<div><p> なし </p></div>", true),
            ("<div>None.</div>", true),
            ("<div>熱はなし</div>", false),
            ("<div></div>", false),
            ("<div>見本病</div>", false),
        ] {
            assert_eq!(says_nothing(div), nothing, "{div}");
        }
    }
}
