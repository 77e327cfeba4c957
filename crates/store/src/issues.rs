//! What this crate can say: nothing of its own yet is shown without the gateway's words.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[&CANCEL_BY_HAND, &IDENTITY_DIFFERS];

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
