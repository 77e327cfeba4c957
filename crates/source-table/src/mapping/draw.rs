//! Shows an issue where it stands in a text.

use std::fmt::Write as _;
use tsugite_issue::{Address, Issue, Lang, Severity};

/// The issue, the line that it is about with the place underlined, and what to do.
pub fn draw(issue: &Issue, text: &str, lang: Lang) -> String {
    let grade = match (issue.severity(), lang) {
        (Severity::Error, Lang::Ja) => "誤り",
        (Severity::Warning, Lang::Ja) => "注意",
        (Severity::Information, Lang::Ja) => "参考",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Information, Lang::En) => "note",
    };
    let mut out = format!("{grade}[{}]: {}\n", issue.code(), issue.text(lang));
    if let Some(origin) = &issue.origin {
        let (start, end) = (offset(origin.span.start), offset(origin.span.end));
        match origin.address {
            Address::Position { line, column } => {
                let _ = writeln!(out, "  --> {}:{line}:{column}", origin.input.path);
                drawn_line(&mut out, text, line, start, end);
            }
            _ => drop(writeln!(out, "  --> {}", origin.input.path)),
        }
    }
    let remedy = match lang {
        Lang::Ja => "直し方",
        Lang::En => "remedy",
    };
    let _ = writeln!(out, "   = {remedy}: {}", issue.remedy(lang));
    out
}

fn offset(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn drawn_line(out: &mut String, text: &str, line: u32, start: usize, end: usize) {
    let Some(before) = text.get(..start) else { return };
    let begin = before.rfind('\n').map_or(0, |at| at + 1);
    let whole = text.get(begin..).unwrap_or_default().lines().next().unwrap_or_default();
    let lead = text.get(begin..start).unwrap_or_default();
    let marked = text.get(start..end.min(begin + whole.len()).max(start)).unwrap_or_default();
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    let marks = "^".repeat(width(marked).max(1));
    let _ = writeln!(out, "{gutter} |\n{number} | {}\n{gutter} | {}{marks}", untabbed(whole), " ".repeat(width(lead)));
}

/// A tab is drawn as four blanks, whatever a terminal makes of it.
fn untabbed(line: &str) -> String {
    line.replace('\t', "    ")
}

/// Columns that a text takes on a terminal: Japanese characters take two, half-width kana one.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

const fn char_width(c: char) -> usize {
    match c {
        '\t' => 4,
        '\u{0}'..='\u{1F}' | '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{3099}' | '\u{309A}' => 0,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{303E}'
        | '\u{3041}'..='\u{33FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{A000}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1F64F}'
        | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_takes_two_columns_and_half_width_kana_one() {
        for (text, columns) in
            [("abc", 3), ("患者番号", 8), ("ｶﾅ", 2), ("髙﨑", 4), ("が", 2), ("か\u{3099}", 2), ("", 0)]
        {
            assert_eq!(width(text), columns, "{text}");
        }
    }
}
