//! What this crate can say.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] =
    &[&CANCEL_BY_HAND, &IDENTITY_DIFFERS, &DISK_FULL, &DISK_FAULT, &DAMAGED, &BEGAN_ANEW, &LOG_DAMAGED, &KEYS];

/// The ledger was lost, and with it the insured id under which the centre holds the Unit.
pub static CANCEL_BY_HAND: Definition = Definition {
    code: "STORE-001",
    severity: Severity::Error,
    text: Text::new(
        "削除された情報がセンターに残っている可能性があります（{kind}）",
        "what the source has deleted may still be held by the centre ({kind})",
    ),
    cause: Text::new(
        "台帳を復元したため、登録時の被保険者番号が分かりません。",
        "The ledger was restored, and the insured id of the registration is not known.",
    ),
    remedy: Text::new(
        "Bundle-ID {bundle_id} の登録の有無をセンターの窓口へ確認してください。",
        "Ask the centre's desk whether Bundle-ID {bundle_id} is registered, and have it cancelled.",
    ),
    source: "rules §6",
};

/// `resend.identity = never` and a content change under another identity.
pub static IDENTITY_DIFFERS: Definition = Definition {
    code: "STORE-002",
    severity: Severity::Error,
    text: Text::new(
        "登録済みの情報と患者の氏名・生年月日・性別・被保険者番号のいずれかが異なります（{kind}）",
        "name, birth date, sex or insured id differ from what was registered ({kind})",
    ),
    cause: Text::new(
        "設定 resend.identity = \"never\" により、自動では送信しません。",
        "The setting resend.identity = \"never\" keeps the program from sending it.",
    ),
    remedy: Text::new(
        "患者情報を確認し、正しければ設定を next にしてください。",
        "Check the patient; if the data are right, set resend.identity to next.",
    ),
    source: "rules §6",
};

pub static DISK_FULL: Definition = Definition {
    code: "STORE-003",
    severity: Severity::Error,
    text: Text::new("ディスクに空きがありません", "the disk is full"),
    cause: Text::new(
        "データベースまたは issued.log のあるディスクがいっぱいです。失われたものはなく、できなかった処理は元のままです。",
        "The disk of the database or of issued.log has no space left. Nothing is lost: what could not be done is as it was.",
    ),
    remedy: Text::new(
        "不要なファイルを消して空きを作ってください。常駐中であれば自動で再開し、`tsugite run` はもう一度実行してください。",
        "Free some space. A running service goes on by itself; `tsugite run` has to be started again.",
    ),
    source: "design §3",
};

pub static DISK_FAULT: Definition = Definition {
    code: "STORE-004",
    severity: Severity::Error,
    text: Text::new("ディスクの読み書きに失敗しました", "the disk could not be read or written"),
    cause: Text::new(
        "ディスクの故障、共有フォルダの切断、または権限の不足です。できなかった処理は元のままです。",
        "The disk fails, a share is not connected, or a right is missing. What could not be done is as it was.",
    ),
    remedy: Text::new(
        "ディスクの状態と権限を確認してください。繰り返す場合はディスクを交換し、`tsugite restore` で控えから復元してください。",
        "Check the disk and the rights. If it happens again, replace the disk and bring back a copy with `tsugite restore`.",
    ),
    source: "design §3",
};

pub static DAMAGED: Definition = Definition {
    code: "STORE-005",
    severity: Severity::Error,
    text: Text::new("データベースが壊れています", "the database is damaged"),
    cause: Text::new(
        "ディスクの故障や、他のプログラムによる書き換えです。このままでは何も読み込まず、何も送信しません。",
        "The disk failed, or another program wrote to the file. Nothing is taken in and nothing is sent.",
    ),
    remedy: Text::new(
        "ディスクを点検し、もう一度起動しても同じであれば、`tsugite restore` で最も新しい控えから復元してください。issued.log と鍵のファイルは消さないでください。",
        "Check the disk and start once more. If it is said again, bring back the newest copy with `tsugite restore`. Keep issued.log and the key file where they are.",
    ),
    source: "rules §6",
};

/// The database was empty, and `issued.log` was there.
pub static BEGAN_ANEW: Definition = Definition {
    code: "STORE-006",
    severity: Severity::Error,
    text: Text::new(
        "データベースが失われていたため、空の状態から始めました",
        "the database was gone or empty, so it begins anew",
    ),
    cause: Text::new(
        "データベースのファイルが消えたか、途中で切れました。送信済みの番号は issued.log に残っており、同じ番号で送り直します。",
        "Its file was removed or cut off. The ids that were sent are known from issued.log and are used again.",
    ),
    remedy: Text::new(
        "控えがあれば、止めてから `tsugite restore` で復元してください。なければ、このまま続けられます（処理済みフォルダのファイルも読み直します）。",
        "If there is a copy, stop and bring it back with `tsugite restore`. If not, it goes on: what lies in the folders for what was read is read again.",
    ),
    source: "rules §6",
};

pub static LOG_DAMAGED: Definition = Definition {
    code: "STORE-007",
    severity: Severity::Error,
    text: Text::new("issued.log が壊れています", "issued.log is damaged"),
    cause: Text::new(
        "送信した番号の記録の途中に読めない行があります。番号が分からないまま送ると二重登録になるため、何も送信しません。",
        "A line of the record of sent ids cannot be read. Sending without it could register something twice, so nothing is sent.",
    ),
    remedy: Text::new(
        "別の場所に保管した issued.log の写しで置き換えてください。なければ、壊れた行だけを消してください（データベースが無事なら番号は失われません）。",
        "Replace it with the copy that you keep elsewhere. Without one, remove that line alone: a sound database still knows the id.",
    ),
    source: "rules §6",
};

pub static KEYS: Definition = Definition {
    code: "STORE-008",
    severity: Severity::Error,
    text: Text::new("鍵のファイルが違うか、読めません", "the key file is another one, or cannot be read"),
    cause: Text::new(
        "データベースは別の鍵で暗号化されています。鍵のファイルが消えたか、置き換えられました。",
        "The database was sealed under other keys. The key file was removed or replaced.",
    ),
    remedy: Text::new(
        "別の場所に保管した鍵のファイルを元の場所に戻してください。",
        "Put the copy of the key file that you keep elsewhere back in its place.",
    ),
    source: "design §3",
};
