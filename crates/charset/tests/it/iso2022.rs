use crate::{check, read};
use encoding_rs::ISO_2022_JP;
use tsugite_charset::{Encoding, GaijiTable, RepairKind::*, decode};
use tsugite_issue::Span;

#[test]
fn every_shift_is_understood() {
    check(
        Encoding::Iso2022Jp,
        &[
            (b"\x1b$B4A;z\x1b(B", "漢字", &[]),
            (b"\x1b$@4A;z\x1b(B", "漢字", &[]),
            (b"\x1b$(B4A\x1b(B|\x1b$(@;z\x1b(B", "漢|字", &[]),
            (b"\x1b&@\x1b$B4A\x1b(B", "漢", &[]),
            (b"\x1b$(D0!\x1b(B|", "丂|", &[]),
            (b"\x1b$(Q4A\x1b(B", "漢", &[]),
            (b"\x1b$B4A\x1b(J\\F\\~\x1b(B~", "漢\\F\\~~", &[]),
            (b"\x1b(H~\x1b(B", "~", &[]),
            (b"\x1b(B\x1b(Ba\x1b$B\x1b(Bb\x1b$B4A\x1b$B;z\x1b(B\x1b(Bc", "ab漢字c", &[]),
            (b"\x1b$B4A \t;z\x1b(B", "漢 \t字", &[]),
            (b"\x1b)I\x1b$B4A\x1b(B", "漢", &[]),
            (b"plain ASCII\r", "plain ASCII\r", &[]),
        ],
    );
}

#[test]
fn half_width_kana_becomes_full_width_however_it_came() {
    check(
        Encoding::Iso2022Jp,
        &[
            (b"\x1b(I6^J_\x1b(B|", "ガパ|", &[HalfWidthKana]),
            (b"\x0e6^J_\x0f|x", "ガパ|x", &[HalfWidthKana]),
            (b"\x1b$B4A\x0e61\x0f;z\x1b(B", "漢カア字", &[HalfWidthKana]),
            (b"\xb6\xde\xca\xdf^", "ガパ^", &[EightBitKana]),
            (b"\x1b$B4A\x1b(B\xb1", "漢ア", &[EightBitKana]),
            // A mark alone, or behind what cannot carry it, stays a mark.
            (b"\x1b(I1^^\x1b(B", "ア゛゛", &[HalfWidthKana]),
            // A delimiter in kana mode was meant as one.
            (b"\x1b(I16|1\x1b(B", "アカ|ア", &[HalfWidthKana]),
        ],
    );
}

#[test]
fn extensions_and_gaiji() {
    check(
        Encoding::Iso2022Jp,
        &[
            (b"\x1b$B-!-j-7\x1b(B", "①㈱Ⅲ", &[]),
            (b"\x1b$By!|q\x1b(B", "纊ⅰ", &[]),
            (b"\x1b$B!A!]\x1b(B", "～－", &[]),
            (b"\x1b$B4A~~;z\x1b(B", "漢〓字", &[Gaiji]),
            (b"\x1b$(P!!\x1b(B", "〓", &[Gaiji]),
            (b"\x1b$B\x7f!4A\x1b(B", "〓漢", &[Gaiji]),
        ],
    );
    let (table, issues) = GaijiTable::parse("JIS 7E7E,髙\nF040,(株)\nJIS2 2121,﨑\n");
    assert!(issues.is_empty());
    let bytes = b"\x1b$B~~\x7f!\x1b(B|\x1b$(P!!\x1b(B";
    let decoded = decode(bytes, Encoding::Iso2022Jp, &table);
    assert_eq!(decoded.text, "髙(株)|﨑");
    assert_eq!(decoded.repairs.count(GaijiMapped), 3);
    // All of a replacement leads back to the one code.
    for at in [3, 4, 7] {
        assert_eq!(decoded.span(at..at + 1), Span::new(5, 7), "{at}");
    }
}

#[test]
fn a_shift_that_nobody_closed_is_told_and_does_not_eat_what_follows() {
    check(
        Encoding::Iso2022Jp,
        &[
            // At a line end, in every set.
            (b"A|\x1b$B4A\rPID|1\r", "A|漢\rPID|1\r", &[OpenAtLineEnd]),
            (b"\x1b$B4A\nPID", "漢\nPID", &[OpenAtLineEnd]),
            (b"\x1b(I6\rPID", "カ\rPID", &[HalfWidthKana, OpenAtLineEnd]),
            (b"\x0e6\rPID", "カ\rPID", &[HalfWidthKana, OpenAtLineEnd]),
            (b"\x1b$B4A", "漢", &[OpenAtLineEnd]),
            // Directly before one delimiter (the next kanji opens properly).
            (b"\x1b$B4A^\x1b$B;z\x1b(B", "漢^字", &[OpenAtDelimiter]),
            (b"\x1b$B4A&\x1b$B;z\x1b(B", "漢&字", &[OpenAtDelimiter]),
            // Before several.
            (b"\x1b$B4A^^^^^L^I~\x1b$B%+\x1b(B", "漢^^^^^L^I~カ", &[OpenAtDelimiter]),
            (b"\x1b$B4A||M|\rOBX", "漢||M|\rOBX", &[OpenAtDelimiter]),
            (b"\x1b$B4A|12|\x1b$B;z\x1b(B", "漢|12|字", &[OpenAtDelimiter]),
            // Also where a blank follows, which two-byte text may hold.
            (b"\x1b$B4A^12 main st|M\rOBX", "漢^12 main st|M\rOBX", &[OpenAtDelimiter]),
            (b"\x1b$B4A ;z|\x1b$B4A\x1b(B", "漢 字|漢", &[OpenAtDelimiter]),
            (b"\x1b$B4A ;z\x1b(B|", "漢 字|", &[]),
            // Greek and rare kanji at the end of a line are no delimiters.
            (b"\x1b$B&A&B\r", "αβ\r", &[OpenAtLineEnd]),
            (b"\x1b$B^K\r", "淤\r", &[OpenAtLineEnd]),
            // Closed and even: nothing is wrong, also with the rows that IBM added.
            (b"\x1b$B|q\x1b(B", "ⅰ", &[]),
            (b"\x1b$B4A\x1b$B|q\x1b(B", "漢ⅰ", &[]),
        ],
    );
}

#[test]
fn damage_is_marked_and_told() {
    check(
        Encoding::Iso2022Jp,
        &[
            (b"\x1b$B4A;\x1b(B|x", "漢\u{FFFD}|x", &[TruncatedPair]),
            (b"\x1b$B4A; z\x1b(B", "漢\u{FFFD} \u{FFFD}", &[TruncatedPair]),
            (b"a\x1b|b", "a|b", &[Control]),
            (b"a\x1b$Ab", "ab", &[UnknownEscape]),
            (b"a\x1b", "a", &[Control]),
            (b"a\0b\x07c\x7fd", "abcd", &[Control]),
            (b"\x0bMSH|\r\x1c\r", "MSH|\r\r", &[Frame]),
            (b"a\xffb\xe0", "a\u{FFFD}b\u{FFFD}", &[Undecodable]),
            (b"\x1b$B4A\x7f\x1b(B", "漢\u{FFFD}", &[TruncatedPair]),
            (b"a\r\n\x1a", "a\r\n", &[EndOfFileMark]),
            (b"\x1b$B4A\x1b(B\r\x1a\x1a\0\0", "漢\r", &[EndOfFileMark]),
            (b"a\x1ab", "ab", &[Control]),
        ],
    );
}

#[test]
fn the_issue_of_a_damaged_shift_shows_where() {
    let decoded = read(b"\x1b$B4A^\x1b$B;z\x1b(B", Encoding::Iso2022Jp);
    let repair = decoded.repairs.listed()[0];
    assert_eq!((repair.text, repair.span), (3, Span::new(5, 6)));
}

/// Where the decoder of the Web sees no error, both agree, at every code position.
#[test]
fn every_code_position_agrees_with_the_standard_decoder() {
    for lead in 0x21..=0x7E {
        for trail in 0x21..=0x7E {
            let bytes = [b'a', 0x1B, b'$', b'B', lead, trail, 0x1B, b'(', b'B', b'|'];
            let (standard, _, errors) = ISO_2022_JP.decode(&bytes);
            let ours = read(&bytes, Encoding::Iso2022Jp);
            let expected = if errors { "a〓|" } else { &standard };
            assert_eq!(ours.text, expected, "{lead:02X}{trail:02X}");
        }
    }
}
