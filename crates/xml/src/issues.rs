//! What this crate can say.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[&MALFORMED, &DOCUMENT_TYPE, &REFERENCE, &TOO_LARGE, &PREFIX_UNDECLARED];

pub static MALFORMED: Definition = Definition {
    code: "XML-001",
    severity: Severity::Error,
    text: Text::new("XMLとして読めません（{detail}）", "this is no well-formed XML ({detail})"),
    cause: Text::new(
        "ファイルが途中で切れているか、タグの対応が壊れています。",
        "The file is cut off, or its tags do not match.",
    ),
    remedy: Text::new(
        "元のシステムからもう一度出力してください。繰り返すときはベンダーに示された行と列を伝えてください。",
        "Export the file again. If it happens again, tell the vendor the line and column.",
    ),
    source: "XML 1.0",
};

pub static DOCUMENT_TYPE: Definition = Definition {
    code: "XML-002",
    severity: Severity::Error,
    text: Text::new(
        "文書型定義（{detail}）のあるXMLは読みません",
        "XML with a document type definition ({detail}) is not read",
    ),
    cause: Text::new(
        "文書型定義は外部ファイルの読み込みや際限のない展開に使えるため、安全のため受け付けません。診療文書の規格では使いません。",
        "Such definitions can fetch other files or expand without end. No clinical document standard needs one.",
    ),
    remedy: Text::new(
        "DOCTYPEの行を書かない設定で出力し直すよう、ベンダーに頼んでください。",
        "Ask the vendor to export without the DOCTYPE.",
    ),
    source: "XML 1.0",
};

pub static REFERENCE: Definition = Definition {
    code: "XML-003",
    severity: Severity::Error,
    text: Text::new(
        "XMLにない文字参照か実体参照があります（{detail}）",
        "a character or entity reference that XML does not define ({detail})",
    ),
    cause: Text::new(
        "「&」がそのまま書かれているか、XMLで決められていない名前の参照です。",
        "A bare `&`, or a reference by a name that XML itself does not define.",
    ),
    remedy: Text::new(
        "示された行を確かめ、「&」を「&amp;」と書くようベンダーに頼んでください。",
        "Look at that line, and ask the vendor to write `&amp;` for `&`.",
    ),
    source: "XML 1.0",
};

pub static TOO_LARGE: Definition = Definition {
    code: "XML-004",
    severity: Severity::Error,
    text: Text::new("XMLが大きすぎます（{detail}）", "the XML goes beyond a limit ({detail})"),
    cause: Text::new(
        "要素の深さ、数、文字の量のどれかが、診療文書ではありえない大きさです。",
        "Its depth, number of elements or amount of text is none that a clinical document has.",
    ),
    remedy: Text::new("正しいファイルか確かめてください。", "Check that this is the right file."),
    source: "",
};

pub static PREFIX_UNDECLARED: Definition = Definition {
    code: "XML-005",
    severity: Severity::Warning,
    text: Text::new("名前空間の宣言がない接頭辞「{detail}」があります", "the prefix {detail} is bound to no namespace"),
    cause: Text::new(
        "出力したシステムが名前空間の宣言を書いていません。名前だけで読みました。",
        "The exporting system wrote no declaration. Elements are read by their names alone.",
    ),
    remedy: Text::new(
        "読み取りはできています。出力の修正をベンダーに頼んでください。",
        "It was read. Ask the vendor to correct the export.",
    ),
    source: "Namespaces in XML 1.0",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_texts_complete() {
        let mut codes: Vec<_> = ALL.iter().map(|definition| definition.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
        for definition in ALL {
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", definition.code);
            }
        }
    }
}
