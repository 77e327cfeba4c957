//! What this crate can say.

use tsugite_issue::{Definition, Severity, Text};

pub static HALF_WIDTH_KANA: Definition = Definition {
    code: "CHARSET-001",
    severity: Severity::Information,
    text: Text::new(
        "半角カナを全角に直しました({offset}バイト目)",
        "half-width kana became full-width (at byte {offset})",
    ),
    cause: Text::new(
        "送り出し側が半角カナのまま書き出しています。SS-MIX2では全角で書く決まりです。",
        "The sender writes half-width kana; SS-MIX2 asks for full-width.",
    ),
    remedy: Text::new("対応は要りません。", "Nothing to do."),
    source: "SS-MIX2 1.2g",
};

pub static EIGHT_BIT_KANA: Definition = Definition {
    code: "CHARSET-002",
    severity: Severity::Information,
    text: Text::new(
        "7ビットのファイルに8ビットの半角カナがありました。全角に直しました({offset}バイト目)",
        "8-bit half-width kana in a 7-bit file became full-width (at byte {offset})",
    ),
    cause: Text::new(
        "ISO-2022-JPと書かれたファイルに、A1からDFのバイトがそのまま入っています。",
        "A file in ISO-2022-JP holds bare bytes A1 to DF.",
    ),
    remedy: Text::new(
        "読み取りはできています。出力プログラムの設定をベンダーに確かめてください。",
        "It was read. Ask the vendor about the settings of the export.",
    ),
    source: "SS-MIX2 1.2g",
};

pub static OPEN_AT_LINE_END: Definition = Definition {
    code: "CHARSET-003",
    severity: Severity::Warning,
    text: Text::new(
        "漢字モードのまま行が終わっています。次の行は英数字から読み直しました({offset}バイト目)",
        "a line ends in kanji mode; the next one is read from ASCII (at byte {offset})",
    ),
    cause: Text::new(
        "漢字の終わりを示すエスケープ(ESC ( B)が抜けています。",
        "The escape that ends kanji (ESC ( B) is missing.",
    ),
    remedy: Text::new(
        "その行の文字が正しいか確かめ、出力プログラムの修正をベンダーに頼んでください。",
        "Check the text of that line and ask the vendor to correct the export.",
    ),
    source: "ISO-2022-JP (RFC 1468)",
};

pub static OPEN_AT_DELIMITER: Definition = Definition {
    code: "CHARSET-004",
    severity: Severity::Error,
    text: Text::new(
        "漢字モードのまま区切り文字が来ています。区切りの位置は推定です({offset}バイト目)",
        "a delimiter stands in kanji mode; where the kanji ended was inferred (at byte {offset})",
    ),
    cause: Text::new(
        "区切り文字の前のエスケープ(ESC ( B)が抜けているため、ファイルが壊れています。",
        "The escape before the delimiter (ESC ( B) is missing: the file is damaged.",
    ),
    remedy: Text::new(
        "元のシステムの画面と見比べ、正しく出力し直してください。",
        "Compare with the original system and export the file again.",
    ),
    source: "ISO-2022-JP (RFC 1468)",
};

pub static TRUNCATED_PAIR: Definition = Definition {
    code: "CHARSET-005",
    severity: Severity::Warning,
    text: Text::new(
        "漢字の片方のバイトが欠けています({offset}バイト目)",
        "one byte of a two-byte character is missing (at byte {offset})",
    ),
    cause: Text::new(
        "文字の途中で項目の長さを切っているか、ファイルが壊れています。",
        "A field was cut inside a character, or the file is damaged.",
    ),
    remedy: Text::new(
        "「\u{FFFD}」の付いた文字を元のシステムで確かめてください。",
        "Check the text marked \u{FFFD} in the original system.",
    ),
    source: "",
};

pub static UNDECODABLE: Definition = Definition {
    code: "CHARSET-006",
    severity: Severity::Warning,
    text: Text::new(
        "文字として読めないバイトがあります({offset}バイト目)",
        "bytes that are no character (at byte {offset})",
    ),
    cause: Text::new(
        "文字コードの異なる文字が混ざっているか、ファイルが壊れています。",
        "Text of another encoding is mixed in, or the file is damaged.",
    ),
    remedy: Text::new(
        "「\u{FFFD}」の付いた文字を元のシステムで確かめてください。",
        "Check the text marked \u{FFFD} in the original system.",
    ),
    source: "",
};

pub static UNKNOWN_ESCAPE: Definition = Definition {
    code: "CHARSET-007",
    severity: Severity::Warning,
    text: Text::new(
        "知らない文字集合への切り替えがあります({offset}バイト目)",
        "a shift to an unknown character set (at byte {offset})",
    ),
    cause: Text::new(
        "日本語以外の文字集合か、壊れたエスケープです。切り替えは無視しました。",
        "A set that is not Japanese, or a damaged escape. It was passed over.",
    ),
    remedy: Text::new(
        "その後の文字を元のシステムで確かめてください。",
        "Check the text behind it in the original system.",
    ),
    source: "ISO/IEC 2022",
};

pub static GAIJI: Definition = Definition {
    code: "CHARSET-008",
    severity: Severity::Warning,
    text: Text::new(
        "外字があります。「〓」に置き換えました({offset}バイト目)",
        "a user-defined character became 〓 (at byte {offset})",
    ),
    cause: Text::new(
        "この施設だけで使われている文字で、何の字かはファイルからは分かりません。",
        "A character of this site only; the file does not say what it is.",
    ),
    remedy: Text::new(
        "外字対応表に、見つかったコードと置き換える文字を1行加えてください。",
        "Add a line with the code found and its replacement to the site's table.",
    ),
    source: "SS-MIX2 1.2g",
};

pub static GAIJI_MAPPED: Definition = Definition {
    code: "CHARSET-009",
    severity: Severity::Information,
    text: Text::new(
        "外字を対応表の文字に置き換えました({offset}バイト目)",
        "a user-defined character was replaced by the site's table (at byte {offset})",
    ),
    cause: Text::new("外字対応表に登録された文字です。", "The site's table lists it."),
    remedy: Text::new("対応は要りません。", "Nothing to do."),
    source: "",
};

pub static CONTROL: Definition = Definition {
    code: "CHARSET-010",
    severity: Severity::Warning,
    text: Text::new(
        "制御文字を取り除きました({offset}バイト目)",
        "a control character was taken out (at byte {offset})",
    ),
    cause: Text::new(
        "文字ではないバイトがファイルに混ざっています。",
        "Bytes that are no text are mixed into the file.",
    ),
    remedy: Text::new("前後の文字が正しければ対応は要りません。", "Nothing to do if the text around it is right."),
    source: "",
};

pub static END_OF_FILE_MARK: Definition = Definition {
    code: "CHARSET-011",
    severity: Severity::Information,
    text: Text::new(
        "ファイルの終わりの印(1Aまたは00)を取り除きました({offset}バイト目)",
        "end-of-file marks (1A or 00) were taken out (at byte {offset})",
    ),
    cause: Text::new("古いシステムがファイルの終わりに付ける印です。", "Old systems end a file so."),
    remedy: Text::new("対応は要りません。", "Nothing to do."),
    source: "",
};

pub static FRAME: Definition = Definition {
    code: "CHARSET-012",
    severity: Severity::Information,
    text: Text::new(
        "通信の枠を示すバイト(0B、1C)を取り除きました({offset}バイト目)",
        "frame bytes of a transmission (0B, 1C) were taken out (at byte {offset})",
    ),
    cause: Text::new(
        "HL7の通信(MLLP)を、枠を付けたまま保存したファイルです。",
        "An HL7 transmission (MLLP) was saved with its frame.",
    ),
    remedy: Text::new("対応は要りません。", "Nothing to do."),
    source: "HL7 MLLP",
};

pub static STRAY_BYTE_ORDER_MARK: Definition = Definition {
    code: "CHARSET-013",
    severity: Severity::Information,
    text: Text::new(
        "文中のBOM(U+FEFF)を取り除きました({offset}バイト目)",
        "a byte order mark inside the text was taken out (at byte {offset})",
    ),
    cause: Text::new(
        "BOM付きのファイルをつなぎ合わせるとこうなります。",
        "Joining files that begin with one leaves it.",
    ),
    remedy: Text::new("対応は要りません。", "Nothing to do."),
    source: "",
};

pub static MORE_OF_A_KIND: Definition = Definition {
    code: "CHARSET-014",
    severity: Severity::Warning,
    text: Text::new(
        "{code}はほかに{count}か所あります(全部で{total}か所)",
        "{count} more places of {code} ({total} in all)",
    ),
    cause: Text::new(
        "同じ修復が多いため、はじめの分だけを一つずつ示しています。",
        "There are many of one kind; only the first are listed.",
    ),
    remedy: Text::new("{code}の説明を見てください。", "See {code}."),
    source: "",
};

pub static DECLARED_DIFFERS: Definition = Definition {
    code: "CHARSET-015",
    severity: Severity::Information,
    text: Text::new(
        "文字コードの宣言は{declared}ですが、中身は{actual}です。中身に従って読みました",
        "{declared} is declared, but the bytes are {actual}; they were read as what they are",
    ),
    cause: Text::new(
        "出力プログラムが宣言と違う文字コードで書いています。",
        "The export writes another encoding than it declares.",
    ),
    remedy: Text::new("文字が正しく読めていれば対応は要りません。", "Nothing to do if the text reads well."),
    source: "SS-MIX2 1.2g",
};

pub static ENCODING_UNSURE: Definition = Definition {
    code: "CHARSET-016",
    severity: Severity::Warning,
    text: Text::new(
        "文字コードを決める手がかりが少なく、{actual}とみなして読みました",
        "little shows the encoding; the bytes were read as {actual}",
    ),
    cause: Text::new(
        "日本語の文字が少ないか、別の文字コードとしても読めます。",
        "There is little Japanese text, or it can be read in another encoding too.",
    ),
    remedy: Text::new(
        "inspect --textで文字を確かめ、違っていれば設定で文字コードを指定してください。",
        "Look at the text with inspect --text; if it is wrong, name the encoding in the settings.",
    ),
    source: "",
};

pub static GAIJI_TABLE_LINE: Definition = Definition {
    code: "CHARSET-017",
    severity: Severity::Warning,
    text: Text::new(
        "外字対応表の{line}行目が読めません",
        "line {line} of the table of user-defined characters cannot be read",
    ),
    cause: Text::new(
        "「コード,置き換える文字」の形ではないか、置き換える文字が空か、それ自体が外字です。",
        "It is not `code,replacement`, or the replacement is empty or user-defined itself.",
    ),
    remedy: Text::new("F040,髙 や U+E000,髙 のように書き直してください。", "Write it like F040,髙 or U+E000,髙."),
    source: "",
};

pub static ALL: &[&Definition] = &[
    &HALF_WIDTH_KANA,
    &EIGHT_BIT_KANA,
    &OPEN_AT_LINE_END,
    &OPEN_AT_DELIMITER,
    &TRUNCATED_PAIR,
    &UNDECODABLE,
    &UNKNOWN_ESCAPE,
    &GAIJI,
    &GAIJI_MAPPED,
    &CONTROL,
    &END_OF_FILE_MARK,
    &FRAME,
    &STRAY_BYTE_ORDER_MARK,
    &MORE_OF_A_KIND,
    &DECLARED_DIFFERS,
    &ENCODING_UNSURE,
    &GAIJI_TABLE_LINE,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_without_a_gap_and_nothing_is_empty() {
        for (index, definition) in ALL.iter().enumerate() {
            assert_eq!(definition.code, format!("CHARSET-{:03}", index + 1));
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", definition.code);
            }
        }
    }
}
