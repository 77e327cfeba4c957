use crate::{
    Encoding,
    decode::escape::{self, Escape, Set},
};
use std::fmt::Write as _;
use tsugite_issue::Lang;

/// What the bytes show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Bytes that were looked at, from the first that is not plain ASCII.
    pub examined: u64,
    /// Bytes with the high bit.
    pub high: u64,
    /// Of those, bytes that half-width kana cannot explain.
    pub high_beyond_kana: u64,
    /// Escapes to kanji (JIS X 0208, 0212, 0213).
    pub kanji_escapes: u64,
    /// Escapes to half-width kana, and SO/SI shifts.
    pub kana_shifts: u64,
    /// Escapes to ASCII or JIS X 0201 Roman.
    pub ascii_escapes: u64,
    /// Zero bytes at even and at odd offsets.
    pub zeros: (u64, u64),
    /// The readings that were weighed, where high bytes stand in the input.
    pub candidates: Vec<(Encoding, Candidate)>,
    /// What the input declares.
    pub declared: Option<Encoding>,
}

/// What the bytes would be in one encoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Candidate {
    /// Characters beyond ASCII.
    pub characters: u64,
    /// Of those, kana and kanji.
    pub japanese: u64,
    /// Places that are no character.
    pub errors: u64,
    /// Likelihood of the text; a common kanji counts 4.
    pub score: i64,
}

impl Evidence {
    pub(super) fn gather(window: &[u8], starts_even: bool) -> Self {
        let mut evidence = Self { examined: window.len() as u64, ..Self::default() };
        for at in memchr::memchr3_iter(0x1B, 0x0E, 0x00, window) {
            match window.get(at) {
                Some(0x1B) => evidence.escape(window.get(at + 1..).unwrap_or_default()),
                Some(0x0E) => evidence.kana_shifts += 1,
                _ if (at % 2 == 0) == starts_even => evidence.zeros.0 += 1,
                _ => evidence.zeros.1 += 1,
            }
        }
        // In 7-bit text, the usual case, one fast look is enough.
        if !window.is_ascii() {
            evidence.high = count(window, |byte| byte >= 0x80);
            evidence.high_beyond_kana = evidence.high - count(window, |byte| byte.wrapping_sub(0xA1) < 0x3F);
        }
        evidence
    }

    fn escape(&mut self, behind: &[u8]) {
        match escape::read(behind) {
            Some((Escape::Shift(Set::Single), _)) => self.ascii_escapes += 1,
            Some((Escape::Shift(Set::Kana), _)) => self.kana_shifts += 1,
            Some((Escape::Shift(_), _)) => self.kanji_escapes += 1,
            _ => {}
        }
    }

    /// Shifts of 7-bit JIS.
    pub(super) const fn shifts(&self) -> u64 {
        self.kanji_escapes + self.kana_shifts + self.ascii_escapes
    }

    /// UTF-16 without a mark: ASCII leaves a zero in every second byte, and only there.
    pub(super) fn utf16_by_zeros(&self) -> Option<Encoding> {
        let (even, odd) = self.zeros;
        let many = |zeros: u64, others: u64| zeros * 10 >= self.examined && zeros > 1 && others * 10 <= zeros;
        match (many(odd, even), many(even, odd)) {
            (true, _) => Some(Encoding::Utf16Le),
            (_, true) => Some(Encoding::Utf16Be),
            _ => None,
        }
    }

    /// One line for a person.
    pub fn describe(&self, lang: Lang) -> String {
        let mut parts = Vec::new();
        let mut part = |count: u64, ja: &str, en: &str| {
            if count > 0 {
                parts.push(match lang {
                    Lang::Ja => format!("{ja}{count}"),
                    Lang::En => format!("{count} {en}"),
                });
            }
        };
        part(self.kanji_escapes, "漢字へのエスケープ", "escapes to kanji");
        part(self.ascii_escapes, "英数字へのエスケープ", "escapes to ASCII or Roman");
        part(self.kana_shifts, "半角カナへの切り替え", "shifts to half-width kana");
        part(self.high, "8ビットのバイト", "bytes with the high bit");
        part(self.zeros.0 + self.zeros.1, "ゼロのバイト", "zero bytes");
        for (encoding, candidate) in &self.candidates {
            let Candidate { characters, errors, score, .. } = candidate;
            parts.push(match lang {
                Lang::Ja => format!("{encoding}なら{characters}字・誤り{errors}・評点{score}"),
                Lang::En => format!("as {encoding}: {characters} characters, {errors} errors, score {score}"),
            });
        }
        if parts.is_empty() {
            parts.push(match lang {
                Lang::Ja => "7ビットの文字だけ".to_owned(),
                Lang::En => "seven-bit text only".to_owned(),
            });
        }
        let mut line = parts.join(if lang == Lang::Ja { "、" } else { ", " });
        if let Some(declared) = self.declared {
            let _ = match lang {
                Lang::Ja => write!(line, "(宣言は{declared})"),
                Lang::En => write!(line, " (declared: {declared})"),
            };
        }
        line
    }
}

/// Bytes of a kind. Blocks as long as a byte can count are looked at many bytes at once.
fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> u64 {
    let of_block = |block: &[u8]| u64::from(block.iter().fold(0_u8, |count, byte| count + u8::from(is(*byte))));
    bytes.chunks(usize::from(u8::MAX)).map(of_block).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_reads_as_a_line() {
        let evidence = Evidence::gather(b"\x1b$B2>\x1b(B^\xB6\x0E!", true);
        assert_eq!(
            evidence.describe(Lang::En),
            "1 escapes to kanji, 1 escapes to ASCII or Roman, 1 shifts to half-width kana, 1 bytes with the high bit"
        );
        let plain = Evidence { declared: Some(Encoding::Utf8), ..Evidence::gather(b"", true) };
        assert_eq!(plain.describe(Lang::Ja), "7ビットの文字だけ(宣言はUTF-8)");
    }
}
