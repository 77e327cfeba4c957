//! What this crate can say.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[&RECORD_LOST, &LIST_INCOMPLETE];

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

/// A whole list of which a record could not be read.
pub static LIST_INCOMPLETE: Definition = Definition {
    code: "SOURCE-002",
    severity: Severity::Warning,
    text: Text::new(
        "一覧（{list}）に読み取れない記録があるため、一覧にない古い記録を取り消しませんでした",
        "a record of the whole list ({list}) could not be read, so older records that it omits are kept",
    ),
    cause: Text::new(
        "読み取れない記録が、以前の一覧にあった記録かもしれません。",
        "The record that could not be read may be the one that seems to be missing.",
    ),
    remedy: Text::new(
        "保留になった記録の原因を直し、一覧を書き出し直してください。",
        "Mend what keeps the record from being read, and export the list again.",
    ),
    source: "rules §4",
};
