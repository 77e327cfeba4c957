//! What this crate can say.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] =
    &[&RECORD_UNACCOUNTED, &UNKNOWN_FORMAT, &EMPTY_INPUT, &REPEATED_INPUT, &NOT_THE_SOURCE, &NO_PLACE_TO_CUT];

/// The conservation law was broken between reading and reporting.
pub static RECORD_UNACCOUNTED: Definition = Definition {
    code: "PIPELINE-001",
    severity: Severity::Error,
    text: Text::new(
        "読み取った記録の行き先が集計できませんでした（{kind}）",
        "a record that was read is not accounted for ({kind})",
    ),
    cause: Text::new("本プログラムの誤りです。", "A defect of this program."),
    remedy: Text::new(
        "この記録は保留として数えました。開発元へ連絡してください。",
        "The record is counted as held. Report this to the maintainers.",
    ),
    source: "rules §8",
};

pub static UNKNOWN_FORMAT: Definition = Definition {
    code: "PIPELINE-002",
    severity: Severity::Warning,
    text: Text::new(
        "形式が分からないファイルのため読みませんでした",
        "the format of this input is not known; it was not read",
    ),
    cause: Text::new(
        "中身が、読み取れる形式のどれにも当てはまりません（別のソフトのファイル、壊れたファイルなど）。",
        "Its content is of none of the formats that can be read: a file of another program, or a damaged one.",
    ),
    remedy: Text::new(
        "電子カルテの出力であれば `tsugite inspect` で中身を確かめてください。CSV や Excel の表なら `tsugite mapping draft` で読み方の下書きを作れます。出力でなければ何もしなくて構いません。",
        "If the old system wrote it, look at it with `tsugite inspect`; for a table (CSV, Excel) `tsugite mapping draft` proposes how to read it; if it is none, nothing need be done.",
    ),
    source: "",
};

pub static EMPTY_INPUT: Definition = Definition {
    code: "PIPELINE-003",
    severity: Severity::Warning,
    text: Text::new("中身が空のファイルです", "the input is empty"),
    cause: Text::new(
        "出力の途中で止まったか、まだ書き込まれていないファイルです。",
        "The export stopped, or has not been written yet.",
    ),
    remedy: Text::new("電子カルテから出力し直してください。", "Export it again."),
    source: "",
};

pub static REPEATED_INPUT: Definition = Definition {
    code: "PIPELINE-004",
    severity: Severity::Information,
    text: Text::new(
        "同じ名前で中身も同じファイルを既に読んだため、飛ばしました",
        "a file of the same name and content was read before; this one was passed over",
    ),
    cause: Text::new(
        "同じストレージを二度指定したか、写しが含まれています。",
        "A storage was named twice, or a copy of it is among the inputs.",
    ),
    remedy: Text::new("何もしなくて構いません。", "Nothing need be done."),
    source: "rules §3",
};

pub static NOT_THE_SOURCE: Definition = Definition {
    code: "PIPELINE-005",
    severity: Severity::Warning,
    text: Text::new(
        "指定された形式（{source}）では読めないファイルでした",
        "this input is not of the named format ({source}); it was not read",
    ),
    cause: Text::new(
        "`--source` で形式を一つに決めていますが、中身がその形式ではありません。",
        "`--source` names one format, and the content is of another.",
    ),
    remedy: Text::new("`--source` を外すと自動で判別します。", "Leave `--source` out and the format is recognised."),
    source: "",
};

pub static NO_PLACE_TO_CUT: Definition = Definition {
    code: "PIPELINE-006",
    severity: Severity::Error,
    text: Text::new(
        "大きなファイルの途中から区切りが見つからないため、その先を読みませんでした",
        "a large input has no borders of records from some place on; what follows was not read",
    ),
    cause: Text::new(
        "一人分のデータが極端に大きいか、ファイルが途中から壊れています。",
        "The data of one patient are beyond all measure, or the file is damaged from there on.",
    ),
    remedy: Text::new(
        "元のシステムから出力し直してください。続けて起こるときは期間を分けて出力してください。",
        "Export it again; if that does not help, export it in several files.",
    ),
    source: "",
};
