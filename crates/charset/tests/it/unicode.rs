use crate::{check, read};
use std::borrow::Cow;
use tsugite_charset::{Encoding, RepairKind::*};
use tsugite_issue::Span;

#[test]
fn utf8() {
    check(
        Encoding::Utf8,
        &[
            ("漢字①㈱\t|\r\n".as_bytes(), "漢字①㈱\t|\r\n", &[]),
            (b"\xef\xbb\xbfMSH", "MSH", &[]),
            ("a\u{FEFF}b".as_bytes(), "ab", &[StrayByteOrderMark]),
            ("ｶﾞﾊﾟｱ".as_bytes(), "ガパア", &[HalfWidthKana]),
            ("\u{E000}\u{F8FF}\u{F0000}\u{10FFFD}".as_bytes(), "〓〓〓〓", &[Gaiji]),
            ("a\u{80}b\u{9F}c\u{7F}".as_bytes(), "abc", &[Control]),
            ("a\u{FFFE}\u{FDD0}\u{1FFFF}".as_bytes(), "a\u{FFFD}\u{FFFD}\u{FFFD}", &[Undecodable]),
            (b"a\xe6\xbc|\xff|", "a\u{FFFD}|\u{FFFD}|", &[Undecodable]),
            (b"\xed\xa0\x80|", "\u{FFFD}\u{FFFD}\u{FFFD}|", &[Undecodable]),
            ("𠮷野家é°".as_bytes(), "𠮷野家é°", &[]),
        ],
    );
}

#[test]
fn clean_text_is_borrowed() {
    for (bytes, encoding) in [
        ("漢字|".as_bytes(), Encoding::Utf8),
        (b"\xef\xbb\xbfMSH|\x1a", Encoding::Utf8),
        (b"MSH|", Encoding::Iso2022Jp),
        (b"MSH|\r\x1a", Encoding::ShiftJis),
        (b"MSH|", Encoding::Ascii),
    ] {
        assert!(matches!(read(bytes, encoding).text, Cow::Borrowed(_)), "{}", bytes.escape_ascii());
    }
    assert_eq!(read(b"\xef\xbb\xbfMSH|", Encoding::Utf8).span(0..4), Span::new(3, 7));
}

#[test]
fn utf16_in_both_orders() {
    let text = "\u{FEFF}MSH|漢字𠮷é|";
    for (encoding, bytes) in [
        (Encoding::Utf16Le, text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
        (Encoding::Utf16Be, text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ] {
        let decoded = read(&bytes, encoding);
        assert_eq!(decoded.text, "MSH|漢字𠮷é|");
        assert!(decoded.repairs.is_empty());
        let starts: Vec<_> = decoded.text.char_indices().map(|(at, _)| decoded.offsets.byte_offset(at)).collect();
        assert_eq!(starts, [2, 4, 6, 8, 10, 12, 14, 18, 20]);
    }
    check(
        Encoding::Utf16Le,
        &[
            (b"a\0\x1a\0", "a", &[EndOfFileMark]),
            (b"a\0\x00\xd8b\0", "a\u{FFFD}b", &[Undecodable]),
            (b"a\0b", "a\u{FFFD}", &[Undecodable]),
            (b"\x76\xff\x9e\xff", "ガ", &[HalfWidthKana]),
            (b"\x01\0a\0", "a", &[Control]),
        ],
    );
}
