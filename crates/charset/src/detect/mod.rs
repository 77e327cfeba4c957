//! Which encoding bytes are in, by evidence.

mod evidence;
mod score;

pub use evidence::{Candidate, Evidence};

use crate::{Encoding, issues, sink::plain_len};
use std::sync::Arc;
use tsugite_issue::{InputName, Issue, Lang, Origin, Text};

/// How sure a [`Detection`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// More than one reading is possible; a person should look at the text.
    Guess,
    /// The other readings have errors or are far less likely.
    Probable,
    /// A byte order mark, escape sequences, valid UTF-8 with Japanese text, or seven bits only.
    Certain,
}

/// The encoding that bytes are in, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detection {
    pub encoding: Encoding,
    /// The input begins with a byte order mark of the encoding.
    pub bom: bool,
    pub confidence: Confidence,
    pub evidence: Evidence,
}

impl Confidence {
    const fn text(self) -> Text {
        match self {
            Self::Guess => Text::new("推定", "a guess"),
            Self::Probable => Text::new("ほぼ確実", "probable"),
            Self::Certain => Text::new("確実", "certain"),
        }
    }
}

impl Detection {
    /// One line for a person: the encoding, how sure it is, and why.
    pub fn describe(&self, lang: Lang) -> String {
        let (encoding, confidence) = (self.encoding, self.confidence.text().get(lang));
        let evidence = if self.bom { "BOM".to_owned() } else { self.evidence.describe(lang) };
        match lang {
            Lang::Ja => format!("{encoding}({confidence}): {evidence}"),
            Lang::En => format!("{encoding} ({confidence}): {evidence}"),
        }
    }

    /// What a person should know: a declaration that does not fit the bytes, and a guess.
    pub fn issues(&self, input: &Arc<InputName>) -> Vec<Issue> {
        let mut issues = Vec::new();
        if let Some(declared) = self.evidence.declared.filter(|declared| !self.fits(*declared)) {
            issues.push(Issue::new(&issues::DECLARED_DIFFERS).with("declared", declared.name()));
        }
        if self.confidence == Confidence::Guess {
            issues.push(Issue::new(&issues::ENCODING_UNSURE));
        }
        let place = |issue: Issue| issue.with("actual", self.encoding.name()).at(Origin::whole(Arc::clone(input)));
        issues.into_iter().map(place).collect()
    }

    /// Seven bits without escapes are the same in every encoding but UTF-16.
    fn fits(&self, declared: Encoding) -> bool {
        let wide = matches!(declared, Encoding::Utf16Le | Encoding::Utf16Be);
        declared == self.encoding || (self.encoding == Encoding::Ascii && !wide)
    }
}

/// Bytes that are looked at, from the first one that is not plain ASCII: more would not change the answer.
const WINDOW: usize = 1 << 17;
/// What a matching declaration adds to a candidate's score: as much as two kanji.
const DECLARED_BONUS: i64 = 8;

/// Says which encoding the bytes are in. `declared` (MSH-18, an XML declaration) only settles what the bytes leave open.
pub fn detect(bytes: &[u8], declared: Option<Encoding>) -> Detection {
    let first = plain_len(bytes);
    let rest = bytes.get(first..).unwrap_or_default();
    let window = rest.get(..WINDOW).unwrap_or(rest);
    let mut evidence = Evidence::gather(window, first.is_multiple_of(2));
    evidence.declared = declared;
    let (encoding, bom, confidence) = judge(bytes, window, &mut evidence);
    Detection { encoding, bom, confidence, evidence }
}

fn judge(bytes: &[u8], window: &[u8], evidence: &mut Evidence) -> (Encoding, bool, Confidence) {
    let marked = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some(Encoding::Utf8),
        [0xFF, 0xFE, ..] => Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => Some(Encoding::Utf16Be),
        _ => None,
    };
    if let Some(encoding) = marked {
        return (encoding, true, Confidence::Certain);
    }
    if let Some(encoding) = evidence.utf16_by_zeros() {
        return (encoding, false, Confidence::Probable);
    }
    let shifts = evidence.shifts();
    if shifts > 0 && evidence.high_beyond_kana <= shifts {
        let pure = evidence.high_beyond_kana == 0;
        return (Encoding::Iso2022Jp, false, if pure { Confidence::Certain } else { Confidence::Probable });
    }
    if evidence.high == 0 {
        return (Encoding::Ascii, false, Confidence::Certain);
    }
    let (encoding, confidence) = eight_bit(window, evidence);
    (encoding, false, confidence)
}

/// UTF-8, CP932 or EUC-JP, by what the bytes would say in each.
fn eight_bit(window: &[u8], evidence: &mut Evidence) -> (Encoding, Confidence) {
    let utf8 = score::utf8(window);
    evidence.candidates.push((Encoding::Utf8, utf8));
    // Other encodings give Japanese text in valid UTF-8 only by an accident that no whole file has.
    if utf8.errors == 0 && utf8.japanese > 0 {
        return (Encoding::Utf8, Confidence::Certain);
    }
    let (shift_jis, euc_jp) = (score::shift_jis(window), score::euc_jp(window));
    let candidates = [(Encoding::Utf8, utf8), (Encoding::ShiftJis, shift_jis), (Encoding::EucJp, euc_jp)];
    evidence.candidates = candidates.to_vec();
    let declared = evidence.declared;
    let mut ranked = candidates.map(|(encoding, candidate)| {
        let bonus = if declared == Some(encoding) && candidate.errors == 0 { DECLARED_BONUS } else { 0 };
        (candidate.score + bonus, encoding, candidate)
    });
    // Equal scores: the order above, in which the more common encoding stands first.
    ranked.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    let [(best, encoding, candidate), (second, ..), _] = ranked;
    let clear = best - second >= 2 * DECLARED_BONUS && candidate.errors * 20 <= candidate.characters;
    (encoding, if clear { Confidence::Probable } else { Confidence::Guess })
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_JP, SHIFT_JIS};

    const TEXT: &str = "PID|0001||42||試験^太郎^^^^^L^I~シケン^タロウ^^^^^L^P|東京都品川区の表十ソ能";

    fn check(bytes: &[u8], declared: Option<Encoding>) -> (Encoding, Confidence) {
        let detection = detect(bytes, declared);
        (detection.encoding, detection.confidence)
    }

    #[test]
    fn text_is_told_whatever_is_declared() {
        let declared =
            [None, Some(Encoding::Iso2022Jp), Some(Encoding::Utf8), Some(Encoding::ShiftJis), Some(Encoding::EucJp)];
        let (shift_jis, _, _) = SHIFT_JIS.encode(TEXT);
        let (euc_jp, _, _) = EUC_JP.encode(TEXT);
        for declared in declared {
            assert_eq!(check(TEXT.as_bytes(), declared), (Encoding::Utf8, Confidence::Certain));
            assert_eq!(check(&shift_jis, declared), (Encoding::ShiftJis, Confidence::Probable));
            assert_eq!(check(&euc_jp, declared), (Encoding::EucJp, Confidence::Probable));
            assert_eq!(check(b"MSH|^~\\&|", declared), (Encoding::Ascii, Confidence::Certain));
            assert_eq!(check(b"\x1b$B2>\x1b(B", declared), (Encoding::Iso2022Jp, Confidence::Certain));
        }
    }

    #[test]
    fn marks_and_zeros_tell_unicode() {
        let le: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(check(&le, None).0, Encoding::Utf16Le);
        assert_eq!(check(&be, None).0, Encoding::Utf16Be);
        let marked = |mark: &[u8], text: &[u8]| detect(&[mark, text].concat(), None);
        for (mark, text, encoding) in [
            (&b"\xFF\xFE"[..], &le[..], Encoding::Utf16Le),
            (b"\xFE\xFF", &be, Encoding::Utf16Be),
            (b"\xEF\xBB\xBF", TEXT.as_bytes(), Encoding::Utf8),
        ] {
            let detection = marked(mark, text);
            assert_eq!((detection.encoding, detection.bom), (encoding, true));
        }
    }

    #[test]
    fn eight_bit_kana_does_not_make_a_jis_file_something_else() {
        assert_eq!(check(b"\x1b$B2>\x1b(B^\xB6\xD8\xBB\xBB\xB7", None).0, Encoding::Iso2022Jp);
        assert_eq!(check(b"PID|\xD4\xCF\xC0\xDE^\xCA\xC5\xBA", None).0, Encoding::ShiftJis);
        // Valid UTF-8 by chance (two-byte sequences only), but Japanese as kana.
        assert_eq!(check(b"PID|\xC3\xBD\xC4^\xB1\xB2", None).0, Encoding::ShiftJis);
    }

    #[test]
    fn a_damaged_character_does_not_turn_the_whole_file() {
        let mut bytes = TEXT.repeat(20).into_bytes();
        bytes.remove(30);
        assert_eq!(check(&bytes, Some(Encoding::Iso2022Jp)).0, Encoding::Utf8);
    }

    #[test]
    fn padding_is_not_utf_16() {
        assert_eq!(check(b"MSH|^~\\&|\r\0\0\0\0\0\0\0\0\0\0\0\0\0", None).0, Encoding::Ascii);
        assert_eq!(check(b"", None), (Encoding::Ascii, Confidence::Certain));
    }

    #[test]
    fn a_detection_explains_itself() {
        let describe = |bytes: &[u8], lang| detect(bytes, None).describe(lang);
        assert_eq!(
            describe(b"\x1b$B2>\x1b(B", Lang::Ja),
            "ISO-2022-JP(確実): 漢字へのエスケープ1、英数字へのエスケープ1"
        );
        assert_eq!(describe(b"\xEF\xBB\xBFMSH", Lang::En), "UTF-8 (certain): BOM");
        assert_eq!(
            describe("検査".as_bytes(), Lang::En),
            "UTF-8 (certain): 6 bytes with the high bit, as UTF-8: 2 characters, 0 errors, score 8"
        );
    }

    #[test]
    fn a_wrong_declaration_is_told() {
        let input = Arc::new(InputName { path: "x".into(), digest: Default::default() });
        let codes = |bytes: &[u8], declared| -> Vec<&str> {
            detect(bytes, Some(declared)).issues(&input).iter().map(Issue::code).collect()
        };
        assert_eq!(codes(TEXT.as_bytes(), Encoding::Iso2022Jp), ["CHARSET-015"]);
        assert!(codes(TEXT.as_bytes(), Encoding::Utf8).is_empty());
        assert!(codes(b"MSH|", Encoding::Iso2022Jp).is_empty());
        assert_eq!(codes(b"MSH|", Encoding::Utf16Le), ["CHARSET-015"]);
    }
}
