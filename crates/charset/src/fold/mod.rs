//! What is done to text after decoding, each for its own purpose only.

pub(crate) mod kana;
mod machine;

use std::borrow::Cow;

/// Full-width ASCII to half width, for codes and numbers: `１２．５` → `12.5`, the full-width space to a blank, every minus to `-`,
/// every wave dash to `~`. Everything else stays. Not for names, addresses or free text.
pub fn to_half_width(text: &str) -> Cow<'_, str> {
    map(text, |c, out| push_changed(c, half_width(c), out))
}

/// A form in which spellings of one thing are equal: widths, half-width kana, hiragana and katakana, wave dashes, minus signs and
/// machine-dependent characters. For comparing only; never to be shown or sent.
pub fn fold_for_matching(text: &str) -> Cow<'_, str> {
    map(text, |c, out| {
        if let Some(plain) = machine::replacement(c) {
            out.push_str(plain);
            return true;
        }
        if kana::is_half_width(c) {
            push_kana(c, out);
            return true;
        }
        let folded = match c {
            'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
            _ => half_width(c),
        };
        push_changed(c, folded, out)
    })
}

/// A display text as a centre accepts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayText<'a> {
    pub text: Cow<'a, str>,
    /// Something was replaced: to be told with an issue.
    pub changed: bool,
}

/// Repairs a display text: machine-dependent characters by a table (`①` → `(1)`, `㈱` → `(株)`, `㎎` → `mg`), half-width kana
/// to full width, the full-width space to a blank, control characters out. Not for names and addresses, which keep theirs.
pub fn repair_display(text: &str) -> DisplayText<'_> {
    let text = map(text, |c, out| {
        if let Some(plain) = machine::replacement(c) {
            out.push_str(plain);
            return true;
        }
        match c {
            '\u{3000}' => out.push(' '),
            _ if kana::is_half_width(c) => push_kana(c, out),
            '\t' | '\r' | '\n' => out.push(' '),
            _ if c.is_control() => {}
            _ => {
                out.push(c);
                return false;
            }
        }
        true
    });
    DisplayText { changed: matches!(text, Cow::Owned(_)), text }
}

const fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => {
            // The whole block stands in the order of ASCII.
            match char::from_u32(c as u32 - 0xFEE0) {
                Some(half) => half,
                None => c,
            }
        }
        '\u{3000}' | '\u{A0}' => ' ',
        '\u{301C}' | '\u{2053}' | '\u{223C}' => '~',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' => '-',
        _ => c,
    }
}

fn push_changed(from: char, to: char, out: &mut String) -> bool {
    out.push(to);
    from != to
}

fn push_kana(half: char, out: &mut String) {
    let full = kana::full_width(half).unwrap_or(half);
    let joined = out.chars().next_back().and_then(|base| kana::join(base, full));
    if joined.is_some() {
        out.pop();
    }
    out.push(joined.unwrap_or(full));
}

/// Maps each character by `write`, which says whether it wrote something else. Borrows where nothing changes.
fn map(text: &str, write: impl Fn(char, &mut String) -> bool) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut changed = false;
    for c in text.chars() {
        changed |= write(c, &mut out);
    }
    if changed { Cow::Owned(out) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_numbers_become_half_width() {
        for (text, half) in [
            ("１２．５", "12.5"),
            ("ＡＢＣ－１", "ABC-1"),
            ("−１", "-1"),
            ("　３＋", " 3+"),
            ("１〜２", "1~2"),
            ("ｱ漢①", "ｱ漢①"),
            ("plain", "plain"),
        ] {
            assert_eq!(to_half_width(text), half);
        }
        assert!(matches!(to_half_width("漢字"), Cow::Borrowed(_)));
    }

    #[test]
    fn spellings_of_one_thing_fold_alike() {
        for (one, other) in [
            ("１〜２", "1～2"),
            ("ﾗﾃｯｸｽ", "らてっくす"),
            ("ｶﾞｰｾﾞ", "ガーゼ"),
            ("Ｈｂ−Ａ", "Hb－A"),
            ("㎎", "mg"),
            ("ウﾞ", "ヴ"),
        ] {
            assert_eq!(fold_for_matching(one), fold_for_matching(other), "{one} {other}");
        }
        assert_ne!(fold_for_matching("カンー"), fold_for_matching("カン-"));
    }

    #[test]
    fn a_display_text_is_repaired_and_says_so() {
        for (text, repaired) in
            [("①号棟㈱Ⅲ", "(1)号棟(株)III"), ("ﾊﾞｲｱｽﾋﾟﾘﾝ　１００㎎", "バイアスピリン １００mg"), ("a\u{7}b\tc", "ab c")]
        {
            assert_eq!(repair_display(text), DisplayText { text: repaired.into(), changed: true });
        }
        for text in ["アスピリン 100mg", "髙﨑〜", ""] {
            assert_eq!(repair_display(text), DisplayText { text: text.into(), changed: false });
        }
    }
}
