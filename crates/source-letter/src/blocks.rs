//! Lines of text to paragraphs and lists.

use tsugite_clinical::body::Block;

/// What a line of a list begins with.
const BULLETS: [&str; 7] = ["・", "•", "●", "○", "◦", "- ", "* "];

/// The text of a line of a list.
pub fn bullet(line: &str) -> Option<&str> {
    let line = line.trim();
    BULLETS.iter().find_map(|bullet| line.strip_prefix(bullet)).map(str::trim).filter(|text| !text.is_empty())
}

/// Blank lines part paragraphs; lines of a list that follow each other are one list.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim_end) {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        match (bullet(line), blocks.last_mut()) {
            (Some(item), Some(Block::List(items))) if open => items.push(item.to_owned()),
            (Some(item), _) => blocks.push(Block::List(vec![item.to_owned()])),
            (None, Some(Block::Paragraph(paragraph))) if open => {
                paragraph.push('\n');
                paragraph.push_str(line);
            }
            (None, _) => blocks.push(Block::Paragraph(line.to_owned())),
        }
        open = true;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_lists_are_told_apart() {
        let paragraph = |text: &str| Block::Paragraph(text.to_owned());
        let list = |items: &[&str]| Block::List(items.iter().map(|item| (*item).to_owned()).collect());
        for (text, expected) in [
            ("", vec![]),
            ("a\nb", vec![paragraph("a\nb")]),
            ("a\n\n\nb ", vec![paragraph("a"), paragraph("b")]),
            ("a\n・b\n- c\nd", vec![paragraph("a"), list(&["b", "c"]), paragraph("d")]),
            ("・a\n\n・b", vec![list(&["a"]), list(&["b"])]),
            ("-5 度", vec![paragraph("-5 度")]),
            ("・", vec![paragraph("・")]),
        ] {
            assert_eq!(blocks(text), expected, "{text:?}");
        }
    }
}
