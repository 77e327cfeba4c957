//! What this crate can say.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[&RECORD_LOST];

/// The conservation law was broken by a source.
pub static RECORD_LOST: Definition = Definition {
    code: "SOURCE-001",
    severity: Severity::Error,
    text: Text::new(
        "読み取った記録の行き先が決まりませんでした（{kind}）",
        "a record that was read ended nowhere ({kind})",
    ),
    cause: Text::new(
        "入力形式の読み取りプログラムに誤りがあります。",
        "The reader of this format has a defect: it began a record and did not say where it ended.",
    ),
    remedy: Text::new(
        "この記録は保留にしました。入力ファイルを添えて開発元へ連絡してください。",
        "The record is held. Report this to the maintainers of the source, with the input.",
    ),
    source: "rules §8",
};
