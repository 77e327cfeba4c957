use crate::{check, read};
use encoding_rs::{EUC_JP, SHIFT_JIS};
use tsugite_charset::{Encoding, GaijiTable, RepairKind::*, decode};

#[test]
fn cp932() {
    check(
        Encoding::ShiftJis,
        &[
            (b"\x95\x5c|\x83\x5c^\x83\x7c~\x83\x5e", "表|ソ^ポ~タ", &[]),
            (b"\xb6\xde\xca\xdf^\xb1", "ガパ^ア", &[HalfWidthKana]),
            (b"\x87\x40\x87\x8a\x87\x56\xfb\xfc\xed\x40", "①㈱Ⅲ髙纊", &[]),
            (b"\xf0\x40x\xf9\xfc", "〓x〓", &[Gaiji]),
            // A bad lead byte takes no delimiter with it.
            (b"\x88|\x85|\x88\"", "\u{FFFD}|\u{FFFD}|\u{FFFD}\"", &[Undecodable]),
            (b"a\x88", "a\u{FFFD}", &[Undecodable]),
            (b"\x80\xa0\xfd\xff", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", &[Undecodable]),
            (b"\x8a\xbf\0\x8e\x9a\x1b\r", "漢字\r", &[Control]),
            (b"5C is \\ and 7E is ~\r\n\x1a", "5C is \\ and 7E is ~\r\n", &[EndOfFileMark]),
        ],
    );
}

#[test]
fn euc_jp() {
    check(
        Encoding::EucJp,
        &[
            (b"\xb4\xc1\xbb\xfa|", "漢字|", &[]),
            (b"\x8f\xb0\xa1", "丂", &[]),
            (b"\x8e\xb6\x8e\xde|", "ガ|", &[HalfWidthKana]),
            (b"\xad\xa1\xad\xea", "①㈱", &[]),
            (b"\xf5\xa1\x8f\xf5\xa1", "〓〓", &[Gaiji]),
            (b"\xb4|\x8e|\x8f\xb0|", "\u{FFFD}|\u{FFFD}|\u{FFFD}\u{FFFD}|", &[Undecodable]),
        ],
    );
}

#[test]
fn a_site_names_its_gaiji() {
    let (table, _) = GaijiTable::parse("F040,髙\nU+E001,﨑\nJIS 7521,彅");
    assert_eq!(decode(b"\xf0\x40\xf0\x41\xf0\x42", Encoding::ShiftJis, &table).text, "髙﨑〓");
    assert_eq!(decode("\u{E000}\u{E001}\u{F8FF}".as_bytes(), Encoding::Utf8, &table).text, "髙﨑〓");
    assert_eq!(decode(b"\xf5\xa1", Encoding::EucJp, &table).text, "彅");
}

/// At every pair of bytes, text that the decoder of the Web accepts is the same here, but for what is repaired on purpose.
#[test]
fn every_code_position_agrees_with_the_standard_decoder() {
    let encodings = [(Encoding::ShiftJis, SHIFT_JIS), (Encoding::EucJp, EUC_JP)];
    for (encoding, standard) in encodings {
        for lead in 0x80..=0xFF {
            for trail in 0x20..=0xFF {
                let bytes = [b'a', lead, trail, b'|'];
                let (expected, _, errors) = standard.decode(&bytes);
                let ours = read(&bytes, encoding);
                assert_eq!(ours.text.ends_with('|'), expected.ends_with('|'), "{lead:02X}{trail:02X}");
                if !errors && ours.repairs.is_empty() {
                    assert_eq!(ours.text, expected, "{lead:02X}{trail:02X}");
                }
                let clean = expected.chars().all(|c| {
                    !c.is_control()
                        && !('\u{E000}'..='\u{F8FF}').contains(&c)
                        && !('\u{FF61}'..='\u{FF9F}').contains(&c)
                });
                assert_eq!(!errors && clean, ours.repairs.is_empty(), "{lead:02X}{trail:02X}");
            }
        }
    }
}
