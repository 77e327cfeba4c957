//! What this crate can say.

use tsugite_issue::{Definition, Severity, Text};

pub static NO_HEADER: Definition = Definition {
    code: "ER7-001",
    severity: Severity::Error,
    text: Text::new("MSHセグメントがありません", "there is no MSH segment"),
    cause: Text::new(
        "HL7のメッセージではないか、先頭が失われています。",
        "It is no HL7 message, or its beginning is lost.",
    ),
    remedy: Text::new(
        "元のシステムから出力し直してください。HL7でないファイルなら取り込む場所から除いてください。",
        "Export it again from the original system; take a file that is not HL7 out of the folder.",
    ),
    source: "HL7 v2.5 2.14.9",
};

pub static INCOMPLETE_DELIMITERS: Definition = Definition {
    code: "ER7-002",
    severity: Severity::Warning,
    text: Text::new(
        "MSH-2の区切り文字が足りないか重なっています。標準の文字(^~\\&)で補いました",
        "MSH-2 lacks delimiters or repeats one; the standard ones (^~\\&) stand in",
    ),
    cause: Text::new("送り出し側がMSH-2を正しく書いていません。", "The sender does not write MSH-2 as it should be."),
    remedy: Text::new(
        "項目の区切りが正しく読めているか確かめてください。",
        "Check that the values were parted rightly.",
    ),
    source: "HL7 v2.5 2.14.9.2",
};

pub static SECOND_HEADER: Definition = Definition {
    code: "ER7-003",
    severity: Severity::Error,
    text: Text::new(
        "一つのメッセージのはずのファイルに、MSHセグメントがほかに{count}個あります",
        "{count} further MSH segments in what should be one message",
    ),
    cause: Text::new(
        "複数のメッセージが一つのファイルにつながっています。",
        "Several messages were joined to one file.",
    ),
    remedy: Text::new(
        "一つのファイルに一つのメッセージを書くように、出力プログラムを直してもらってください。",
        "Have the export write one message to a file.",
    ),
    source: "HL7 v2.5 2.14.9",
};

pub static STRAY_LINE: Definition = Definition {
    code: "ER7-004",
    severity: Severity::Warning,
    text: Text::new("セグメントではない行が{count}行あります", "{count} lines are no segment"),
    cause: Text::new(
        "値の中に改行が入っているか、ファイルが壊れています。",
        "A line break stands inside a value, or the file is damaged.",
    ),
    remedy: Text::new(
        "その前の項目が途中で切れていないか、元のシステムで確かめてください。",
        "Check in the original system whether the value before it is cut off.",
    ),
    source: "HL7 v2.5 2.5",
};

pub static BLANK_LINE: Definition = Definition {
    code: "ER7-005",
    severity: Severity::Information,
    text: Text::new("空の行が{count}行あります。読み飛ばしました", "{count} blank lines were passed over"),
    cause: Text::new("送り出し側が余分な改行を書いています。", "The sender writes extra line ends."),
    remedy: Text::new("対応は要りません。", "Nothing to do."),
    source: "HL7 v2.5 2.5",
};

pub static OTHER_TERMINATOR: Definition = Definition {
    code: "ER7-006",
    severity: Severity::Information,
    text: Text::new("セグメントの終わりがCRではありません({count}か所)", "segments do not end in CR ({count} places)"),
    cause: Text::new(
        "送り出し側がLFまたはCRLFで書いているか、転送のときに変わっています。",
        "The sender writes LF or CRLF, or a transfer changed it.",
    ),
    remedy: Text::new("対応は要りません。", "Nothing to do."),
    source: "HL7 v2.5 2.5.4",
};

pub static UNTERMINATED: Definition = Definition {
    code: "ER7-007",
    severity: Severity::Information,
    text: Text::new("最後のセグメントに終わりの印がありません", "the last segment is not terminated"),
    cause: Text::new(
        "送り出し側が最後のCRを書いていないか、ファイルが途中で切れています。",
        "The sender leaves the last CR out, or the file is cut off.",
    ),
    remedy: Text::new(
        "最後のセグメントが途中で切れていなければ対応は要りません。",
        "Nothing to do unless the last segment is cut off.",
    ),
    source: "HL7 v2.5 2.5.4",
};

pub static ALL: &[&Definition] =
    &[&NO_HEADER, &INCOMPLETE_DELIMITERS, &SECOND_HEADER, &STRAY_LINE, &BLANK_LINE, &OTHER_TERMINATOR, &UNTERMINATED];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_without_a_gap_and_nothing_is_empty() {
        for (index, definition) in ALL.iter().enumerate() {
            assert_eq!(definition.code, format!("ER7-{:03}", index + 1));
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", definition.code);
            }
        }
    }
}
