//! What a round can say.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[
    &BRAKE,
    &VANISHED,
    &VANISHED_MANY,
    &SHORTENED,
    &LIST_SHORTER,
    &PLAN_WAITS,
    &REVIEW_WAITS,
    &STOPPED,
    &PAUSED,
    &OUTCOME_UNKNOWN,
    &ATTACHMENT_REFUSED,
    &NO_ATTACHMENT_INTERFACE,
    &NOT_SIGNED,
    &SIGNED_OTHERWISE,
];

pub static BRAKE: Definition = Definition {
    code: "SEND-001",
    severity: Severity::Error,
    text: Text::new(
        "取消または減少が多いため、送信を止めました（{count} 件 / 登録済み {live} 件）",
        "stopped before sending: {count} of {live} registered Units would be cancelled or shrink",
    ),
    cause: Text::new(
        "元のシステムで一度に多くの記録が削除されたか、書き出しが不完全です。",
        "Many records were deleted at once in the source system, or its export is not complete.",
    ),
    remedy: Text::new(
        "`tsugite queue list` で内容を確認し、正しければ `tsugite queue approve --brake` を実行してから、もう一度 `tsugite run` を実行してください。",
        "Look at `tsugite queue list`; if it is right, `tsugite queue approve --brake` and then `tsugite run` again.",
    ),
    source: "rules §4",
};

pub static VANISHED: Definition = Definition {
    code: "SEND-002",
    severity: Severity::Error,
    text: Text::new("以前あったファイルがなくなっています（{count} 件）", "files that were there are gone ({count})"),
    cause: Text::new(
        "フォルダの一部が見えないか、ファイルが移動または削除されました。削除とはみなさず、何も取り消していません。",
        "A part of the folder cannot be seen, or files were moved or deleted. This is not taken for a deletion; nothing was cancelled.",
    ),
    remedy: Text::new(
        "共有フォルダの接続を確認してください。意図した整理であれば `tsugite queue approve --vanished` を実行してください。",
        "Check that the share is connected. If the files were removed on purpose, `tsugite queue approve --vanished`.",
    ),
    source: "rules §4",
};

pub static VANISHED_MANY: Definition = Definition {
    code: "SEND-003",
    severity: Severity::Error,
    text: Text::new(
        "多くのファイルがなくなっているため、送信を止めました（{count} 件 / {known} 件）",
        "stopped before sending: many files are gone ({count} of {known})",
    ),
    cause: VANISHED.cause,
    remedy: VANISHED.remedy,
    source: "rules §4",
};

pub static SHORTENED: Definition = Definition {
    code: "SEND-004",
    severity: Severity::Error,
    text: Text::new(
        "同じ名前のファイルの中身が大きく減りました（{before} 行から {after} 行）",
        "a file became much shorter under its name ({before} records, now {after})",
    ),
    cause: Text::new(
        "書き出しの途中であるか、ファイルが壊れています。以前の内容を使い続けます。",
        "It is being written, or it is damaged. What it said before is kept.",
    ),
    remedy: Text::new(
        "元のファイルを確認し、正しければ `tsugite queue approve --shortened` を実行してください。",
        "Look at the file; if it is right, `tsugite queue approve --shortened`.",
    ),
    source: "rules §4",
};

pub static LIST_SHORTER: Definition = Definition {
    code: "SEND-005",
    severity: Severity::Error,
    text: Text::new(
        "一覧が前回より大幅に短いため、送信を止めました（{before} 行から {after} 行）",
        "stopped before sending: a whole list is much shorter than the last ({before} records, now {after})",
    ),
    cause: Text::new(
        "一覧全体の書き出しが途中で切れた可能性があります。",
        "The export of the whole list may have been cut off.",
    ),
    remedy: BRAKE.remedy,
    source: "rules §4",
};

pub static PLAN_WAITS: Definition = Definition {
    code: "SEND-006",
    severity: Severity::Warning,
    text: Text::new(
        "初めての送信です。承認を待っています（{count} 件）",
        "nothing was ever sent: {count} Units wait for your approval",
    ),
    cause: Text::new(
        "最初の送信の前に、何が送られるかを人が確認します。",
        "Before the first submission a person looks at what would go up.",
    ),
    remedy: Text::new(
        "`tsugite plan` で確認し、`tsugite queue approve --plan` を実行してから、もう一度 `tsugite run` を実行してください。",
        "Look at `tsugite plan`, then `tsugite queue approve --plan` and `tsugite run` again.",
    ),
    source: "rules §5",
};

pub static REVIEW_WAITS: Definition = Definition {
    code: "SEND-007",
    severity: Severity::Warning,
    text: Text::new(
        "医師の確認を待っている傷病名があります（{count} 件）",
        "{count} problem lists wait for a doctor's look",
    ),
    cause: Text::new(
        "設定 review.icd10 に該当する傷病名を含むため、最初の登録の前に確認が必要です。",
        "They hold a diagnosis that the setting review.icd10 names, so a person looks before their first registration.",
    ),
    remedy: Text::new(
        "`tsugite queue list` で確認し、`tsugite queue approve 番号` を実行してください。",
        "Look at `tsugite queue list`, then `tsugite queue approve NUMBER`.",
    ),
    source: "rules §5",
};

pub static STOPPED: Definition = Definition {
    code: "SEND-008",
    severity: Severity::Warning,
    text: Text::new("残りは次の実行で送信します（{count} 件）", "{count} wait for the next run"),
    cause: Text::new(
        "センターまたは端末から応答がないため、送信を中断しました。",
        "The centre or the terminal does not answer, so sending was broken off.",
    ),
    remedy: Text::new(
        "端末とセンターの状態を確認してください。次の `tsugite run` で続きを送信します。",
        "Check the terminal and the centre. The next `tsugite run` goes on.",
    ),
    source: "rules §6",
};

pub static PAUSED: Definition = Definition {
    code: "SEND-009",
    severity: Severity::Warning,
    text: Text::new("送信は停止中です", "sending is paused"),
    cause: Text::new("`tsugite queue pause` で止められています。", "Somebody said `tsugite queue pause`."),
    remedy: Text::new("`tsugite queue resume` で再開します。", "`tsugite queue resume` lets it go on."),
    source: "rules §5",
};

pub static OUTCOME_UNKNOWN: Definition = Definition {
    code: "SEND-010",
    severity: Severity::Error,
    text: Text::new(
        "文書がセンターに届いたか分からないため、再送せずに保留しました",
        "it is not known whether the centre has a document; it is held and not sent again",
    ),
    cause: Text::new(
        "送信の結果を受け取れず、状況照会の回答もないか、意味が分からないか、送った内容と違いました。",
        "Its answer was lost, and the inquiry about it was not answered, was not understood, or told of something else than was sent.",
    ),
    remedy: Text::new(
        "センターの画面などで文書の状態を確かめてください。もう一度照会するには `tsugite queue retry 番号`、届いていないと分かっていて照会なしで送るには `tsugite queue retry 番号 --without-inquiry` を実行します。",
        "Look at the centre what became of the document. `tsugite queue retry NUMBER` asks once more; if you know that it is not there, `tsugite queue retry NUMBER --without-inquiry` sends it.",
    ),
    source: "U-35",
};

pub static ATTACHMENT_REFUSED: Definition = Definition {
    code: "SEND-011",
    severity: Severity::Error,
    text: Text::new(
        "添付情報がセンターに受け付けられないため、その文書を保留しました（{code}）",
        "the centre does not take an attachment, so its document is held ({code})",
    ),
    cause: Text::new(
        "添付は文書より先に、別の要求として送られます（設定 [document] attachments = \"apart\"）。その回答が受付ではありませんでした。文書は送っていません。",
        "Attachments go before their document as requests of their own ([document] attachments = \"apart\"). One was not accepted; nothing of the document was sent.",
    ),
    remedy: Text::new(
        "`tsugite queue show 番号` でセンターの回答を確認し、原因を直してから `tsugite queue retry 番号` を実行してください。",
        "Read the centre's words with `tsugite queue show NUMBER`, mend the cause, then `tsugite queue retry NUMBER`.",
    ),
    source: "U-40",
};

pub static NO_ATTACHMENT_INTERFACE: Definition = Definition {
    code: "SEND-012",
    severity: Severity::Error,
    text: Text::new(
        "添付情報を送る先が接続仕様にないため、文書を保留しました",
        "the interface file names no interface for attachments; the document is held",
    ),
    cause: Text::new(
        "文書は添付を別に送る設定で作られましたが、接続仕様のファイルに [document.attachment] がありません。",
        "The document was made with its attachments apart, and the interface file has no [document.attachment].",
    ),
    remedy: Text::new(
        "接続仕様のファイルに [document.attachment] を書き、`tsugite queue retry 番号` を実行してください。",
        "Write [document.attachment] into the interface file, then `tsugite queue retry NUMBER`.",
    ),
    source: "U-40",
};

pub static NOT_SIGNED: Definition = Definition {
    code: "SEND-013",
    severity: Severity::Error,
    text: Text::new(
        "電子署名ができないため、文書を保留しました（{reason}）",
        "a document could not be signed and is held ({reason})",
    ),
    cause: Text::new(
        "設定 [signature] command のプログラムが起動しないか、時間内に終わらないか、エラーで終わりました。文書は送っていません。",
        "The program under [signature] command did not start, did not end in time, or ended with an error. Nothing was sent.",
    ),
    remedy: Text::new(
        "署名のプログラム、カードリーダー、カードを確認し、`tsugite queue retry 番号` を実行してください。署名は任意です。不要であれば [signature] を設定から除いてください。",
        "Check the program, the card reader and the card, then `tsugite queue retry NUMBER`. Signing is optional: without [signature] nothing is signed.",
    ),
    source: "U-41",
};

pub static SIGNED_OTHERWISE: Definition = Definition {
    code: "SEND-014",
    severity: Severity::Error,
    text: Text::new(
        "署名のプログラムが返した文書が、署名以外でも元と違うため、保留しました",
        "the signature program gave back a document that differs in more than its signature; it is held",
    ),
    cause: Text::new(
        "form = \"bundle\" では、Bundle.signature が加わっただけの同じ文書が返されなければなりません。",
        "With form = \"bundle\" the program must give back the same bundle with Bundle.signature added.",
    ),
    remedy: Text::new(
        "署名のプログラムを直すか、form = \"detached\" にして、`tsugite queue retry 番号` を実行してください。",
        "Mend the program or set form = \"detached\", then `tsugite queue retry NUMBER`.",
    ),
    source: "U-41",
};
