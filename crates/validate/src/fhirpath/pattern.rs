//! The regular expressions of `matches()`: those of XML Schema and JavaScript, which ours is close to.

use regex::{Regex, RegexBuilder};

#[derive(Debug)]
pub(super) struct Pattern(Regex);

/// Blanks as JavaScript and FHIR's tools know them, the full-width one included.
const BLANKS: &str = r"\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}";
/// Memory that one compiled expression may take: packages are foreign data.
const SIZE: usize = 1 << 20;

impl Pattern {
    pub fn new(text: &str) -> Result<Self, String> {
        let built = RegexBuilder::new(&translate(text)).dot_matches_new_line(true).size_limit(SIZE).build();
        // The first lines of the message repeat the expression; the last one says why.
        built.map(Self).map_err(|error| error.to_string().lines().last().unwrap_or_default().trim().to_owned())
    }

    /// Whether it fits anywhere in the text.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    pub fn replace_all(&self, text: &str, with: &str) -> String {
        self.0.replace_all(text, with).into_owned()
    }
}

/// Same meaning, our engine's spelling: ASCII digits and words, and nothing but letters inside brackets.
fn translate(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut inside = false;
    let mut opened = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => escape(chars.next(), inside, &mut out),
            '[' if inside => out.push_str("\\["),
            '[' => {
                inside = true;
                out.push('[');
                if chars.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
                opened = out.len();
            }
            ']' if inside && out.len() > opened => {
                inside = false;
                out.push(']');
            }
            // Set operators of our engine, plain characters elsewhere.
            '&' | '~' if inside => {
                out.push('\\');
                out.push(c);
            }
            '-' if inside && chars.peek() == Some(&'-') => out.push_str("\\-"),
            _ => out.push(c),
        }
    }
    out
}

fn escape(c: Option<char>, inside: bool, out: &mut String) {
    let (open, close) = if inside { ("", "") } else { ("[", "]") };
    match c {
        Some('d') => out.extend([open, "0-9", close]),
        Some('w') => out.extend([open, "0-9A-Za-z_", close]),
        Some('s') => out.extend([open, BLANKS, close]),
        Some('D') => out.push_str("[^0-9]"),
        Some('W') => out.push_str("[^0-9A-Za-z_]"),
        Some('S') => out.extend(["[^", BLANKS, "]"]),
        Some('b') if !inside => out.push_str("(?-u:\\b)"),
        Some(c) => {
            out.push('\\');
            out.push(c);
        }
        None => out.push('\\'),
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn javascript_patterns_keep_their_meaning() {
        for (pattern, text, fits) in [
            (r"^[0-4][0-9]$", "12", true),
            (r"^[0-9]{3}$", "１２３", false),
            (r"^\d+$", "１２", false),
            (r"^\d+$", "12", true),
            (r"^\D$", "あ", true),
            (r"^[^:^\s^　]*$", "a b", false),
            (r"^[^:^\s^　]*$", "a　b", false),
            (r"^[^:^\s^　]*$", "記号", true),
            (r"^[\d\-_\[\]@]+$", "1-[", true),
            (r"^[a[b]+$", "[", true),
            (r"^[+--]$", "-", true),
            (r"^[a&&b]+$", "&", true),
            (r"^.$", "\n", true),
            (r"b", "abc", true),
            (r"^b", "a\nb", false),
            (r"a$", "a\n", false),
            (r"^[^\s\.,:;\'\\/|?!@#$%&*()\[\]{}]{1,64}$", "abc", true),
            (r"^a(\[x])?$", "a[x]", true),
            (r"\bx\b", "a x b", true),
            (r"^\S+$", "a\u{3000}", false),
        ] {
            assert_eq!(Pattern::new(pattern).unwrap().is_match(text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for pattern in ["(?=a)", "(a)\\1", "(", "[z-a]", "a{99999999}"] {
            assert!(Pattern::new(pattern).is_err(), "{pattern}");
        }
    }
}
