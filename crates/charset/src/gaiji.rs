use crate::{issues, tables::shift_jis_cell};
use std::collections::HashMap;
use tsugite_issue::Issue;

/// The code of a 外字 (user-defined character), as the encodings carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GaijiCode {
    /// A private-use character. CP932 F040–F9FC are U+E000–U+E757.
    Unicode(char),
    /// A position of JIS X 0208 that holds no character, as in `ESC $ B` text and in EUC-JP (less 80 each).
    Jis(u8, u8),
    /// The same in JIS X 0212.
    JisX0212(u8, u8),
}

impl GaijiCode {
    /// Reads `F040` (CP932), `U+E000`, `JIS 7521` or `JIS2 7521` (supplementary set).
    pub fn parse(code: &str) -> Option<Self> {
        let code = code.trim();
        let hex = |digits: &str| u32::from_str_radix(digits.trim(), 16).ok();
        let pair = |digits: &str| {
            let [_, _, lead, trail] = hex(digits)?.to_be_bytes();
            (0x21..=0x7F).contains(&lead).then_some((lead, trail)).filter(|_| (0x21..=0x7E).contains(&trail))
        };
        if let Some(digits) = strip_prefix(code, "U+") {
            return char::from_u32(hex(digits)?).filter(|c| is_private_use(*c)).map(Self::Unicode);
        }
        if let Some(digits) = strip_prefix(code, "JIS2") {
            return pair(digits).map(|(lead, trail)| Self::JisX0212(lead, trail));
        }
        if let Some(digits) = strip_prefix(code, "JIS") {
            return pair(digits).map(|(lead, trail)| Self::Jis(lead, trail));
        }
        let [_, _, lead, trail] = hex(code.strip_prefix("0x").unwrap_or(code))?.to_be_bytes();
        Self::from_cp932(lead, trail)
    }

    fn from_cp932(lead: u8, trail: u8) -> Option<Self> {
        let row = u32::from(lead.checked_sub(0xF0).filter(|row| *row < 10)?);
        let cell = u32::from(shift_jis_cell(trail)?);
        char::from_u32(0xE000 + row * 188 + cell).map(Self::Unicode)
    }
}

fn strip_prefix<'a>(code: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, tail) = code.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(tail)
}

pub(crate) const fn is_private_use(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// What a site's 外字 stand for. A code may stand for several characters (`㈱` as `(株)`).
#[derive(Clone, Debug, Default)]
pub struct GaijiTable {
    replacements: HashMap<GaijiCode, String>,
}

impl GaijiTable {
    /// Reads lines of `code,replacement` (comma or tab, quotes allowed, `#` starts a comment, a heading is passed over).
    /// A line that cannot be read is told with its number and changes nothing else.
    pub fn parse(text: &str) -> (Self, Vec<Issue>) {
        let mut table = Self::default();
        let mut issues = Vec::new();
        let lines = text.trim_start_matches('\u{FEFF}').lines().enumerate();
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
            match entry(line) {
                Some((code, replacement)) => {
                    table.replacements.insert(code, replacement.to_owned());
                }
                None if index == 0 && is_heading(line) => {}
                None => issues.push(Issue::new(&issues::GAIJI_TABLE_LINE).with("line", (index + 1).to_string())),
            }
        }
        (table, issues)
    }

    pub fn get(&self, code: GaijiCode) -> Option<&str> {
        self.replacements.get(&code).map(String::as_str)
    }

    pub fn len(&self) -> usize {
        self.replacements.len()
    }

    pub fn is_empty(&self) -> bool {
        self.replacements.is_empty()
    }
}

fn entry(line: &str) -> Option<(GaijiCode, &str)> {
    let (code, rest) = line.split_once(['\t', ','])?;
    let replacement = rest.split(['\t', ',']).next().unwrap_or_default().trim().trim_matches('"');
    // A replacement is one unit of the offset map, which counts its bytes in one byte.
    let fits = (1..=usize::from(u8::MAX)).contains(&replacement.len());
    let clean = fits && !replacement.chars().any(|c| c.is_control() || is_private_use(c));
    Some((GaijiCode::parse(code.trim().trim_matches('"'))?, replacement)).filter(|_| clean)
}

/// A heading names its columns, so it does not begin with a number.
fn is_heading(line: &str) -> bool {
    !line.trim_start_matches(['"', ' ']).starts_with(|c: char| c.is_ascii_digit())
        && line.split([',', '\t']).next().is_some_and(|code| !code.chars().any(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_every_notation() {
        for (code, expected) in [
            ("F040", Some(GaijiCode::Unicode('\u{E000}'))),
            ("0xF9FC", Some(GaijiCode::Unicode('\u{E757}'))),
            ("f0fc", Some(GaijiCode::Unicode('\u{E0BB}'))),
            ("U+E123", Some(GaijiCode::Unicode('\u{E123}'))),
            ("JIS 7521", Some(GaijiCode::Jis(0x75, 0x21))),
            ("jis2 7521", Some(GaijiCode::JisX0212(0x75, 0x21))),
            ("U+3042", None),
            ("FA40", None),
            ("F07F", None),
            ("外字", None),
        ] {
            assert_eq!(GaijiCode::parse(code), expected, "{code}");
        }
    }

    #[test]
    fn a_bad_line_is_told_and_the_rest_is_read() {
        let (table, issues) =
            GaijiTable::parse("コード,文字\n# 外字\nF040,髙\nU+E001\t(株)\nF042,\n??,x\n\"F043\",\"﨑\"\n");
        assert_eq!(table.len(), 3);
        assert_eq!(table.get(GaijiCode::Unicode('\u{E001}')), Some("(株)"));
        assert_eq!(table.get(GaijiCode::Unicode('\u{E003}')), Some("﨑"));
        let lines: Vec<_> = issues.iter().map(|i| i.parameters[0].1.as_str()).collect();
        assert_eq!(lines, ["5", "6"]);
    }
}
