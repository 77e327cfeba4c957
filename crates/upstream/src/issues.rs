//! What this crate can say.

use crate::Class;
use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[
    &LARGE,
    &TOO_LARGE,
    &QUALIFICATION,
    &CONTENT,
    &NOT_REGISTERED,
    &TRANSPORT,
    &UNKNOWN_CODE,
    &NO_ANSWER,
    &STRANGE_RESULT,
    &TRIAL,
    &INSTITUTION_DIFFERS,
    &NO_REQUEST,
    &ENCODING,
];

/// The issue of a class that keeps a submission from being accepted.
pub fn of_class(class: Class) -> Option<&'static Definition> {
    match class {
        Class::Accepted | Class::Duplicate => None,
        Class::Exists | Class::Content => Some(&CONTENT),
        Class::NotRegistered => Some(&NOT_REGISTERED),
        Class::Qualification => Some(&QUALIFICATION),
        Class::Transport => Some(&TRANSPORT),
        Class::Unknown => Some(&UNKNOWN_CODE),
    }
}

pub static LARGE: Definition = Definition {
    code: "UPSTREAM-001",
    severity: Severity::Warning,
    text: Text::new(
        "送信データが上限に近づいています（{bytes} / {limit} バイト）",
        "a request comes near the size limit ({bytes} of {limit} bytes)",
    ),
    cause: Text::new("一つの報告単位に含まれる項目が非常に多い。", "One unit of reporting holds very many items."),
    remedy: Text::new("今は何もする必要はありません。", "Nothing needs to be done now."),
    source: "rules §6",
};

pub static TOO_LARGE: Definition = Definition {
    code: "UPSTREAM-002",
    severity: Severity::Error,
    text: Text::new(
        "送信データが上限を超えています（{bytes} / {limit} バイト）",
        "a request is over the size limit ({bytes} of {limit} bytes)",
    ),
    cause: Text::new(
        "一つの報告単位は分割して送ることができません。",
        "One unit of reporting may not be split over several requests.",
    ),
    remedy: Text::new(
        "元の検査報告または一覧を確認し、開発元へ相談してください。",
        "Check the report or list in the source system, and ask the maintainers.",
    ),
    source: "rules §6",
};

pub static QUALIFICATION: Definition = Definition {
    code: "UPSTREAM-003",
    severity: Severity::Error,
    text: Text::new(
        "センターが資格エラーを返しました（{code}）",
        "the centre answered with a qualification error ({code})",
    ),
    cause: Text::new("被保険者番号が無効または期限切れです。", "The insured id is not valid, or no longer."),
    remedy: Text::new(
        "オンライン資格確認で最新の保険情報を取得し、電子カルテへ登録してください。新しい番号が届くと自動で送信します。",
        "Confirm the patient's insurance online and enter it in the source system. It goes by itself when the new number arrives.",
    ),
    source: "rules §6",
};

pub static CONTENT: Definition = Definition {
    code: "UPSTREAM-004",
    severity: Severity::Error,
    text: Text::new("センターが内容を受け付けませんでした（{code}）", "the centre refused the content ({code})"),
    cause: Text::new(
        "センターの検査に適合しない項目があります。以前に受け付けられた内容はそのまま有効です。",
        "An item does not satisfy the centre's checks. What was accepted before stays as it is.",
    ),
    remedy: Text::new(
        "`tsugite queue show {id}` で理由を確認し、元の記録を直してください。直った内容は自動で送信します。",
        "Read the reasons with `tsugite queue show {id}` and correct the record in the source system; it goes by itself then.",
    ),
    source: "rules §6",
};

pub static NOT_REGISTERED: Definition = Definition {
    code: "UPSTREAM-005",
    severity: Severity::Error,
    text: Text::new(
        "変更または取消の対象がセンターに登録されていません（{code}）",
        "the centre does not hold what was to be changed or cancelled ({code})",
    ),
    cause: Text::new(
        "保険の変更後、別の被保険者番号で登録されている可能性があります。",
        "It may be registered under another insured id, for example after a change of insurer.",
    ),
    remedy: Text::new(
        "センターの窓口へ登録状況を確認し、`tsugite queue retry {id}` または `tsugite queue cancel {id}` を実行してください。",
        "Ask the centre's desk what is registered, then `tsugite queue retry {id}` or `tsugite queue cancel {id}`.",
    ),
    source: "rules §6",
};

pub static TRANSPORT: Definition = Definition {
    code: "UPSTREAM-006",
    severity: Severity::Warning,
    text: Text::new("送信できませんでした（{code}）", "it could not be handed over ({code})"),
    cause: Text::new(
        "資格確認端末のフォルダまたはセンターが利用できません。",
        "The terminal's folder or the centre cannot be reached.",
    ),
    remedy: Text::new(
        "次の実行で自動的に再送します。続く場合は共有フォルダと端末の電源を確認してください。",
        "It goes again with the next run. If this stays so, check the shared folder and the terminal.",
    ),
    source: "rules §6",
};

pub static UNKNOWN_CODE: Definition = Definition {
    code: "UPSTREAM-007",
    severity: Severity::Error,
    text: Text::new(
        "センターの結果コードの意味が分かりません（{code}）",
        "the centre's result code is not in the table ({code})",
    ),
    cause: Text::new(
        "結果コードの一覧は公開されていません。登録されたかどうかは不明です。",
        "The list of result codes is not public. Whether the Unit was taken is not known.",
    ),
    remedy: Text::new(
        "仕様書でコードの意味を確認し、[upstream] interface のファイルへ追加してから `tsugite queue retry {id}` を実行してください。",
        "Look the code up in your vendor documents, add it to the file named in [upstream] interface, then `tsugite queue retry {id}`.",
    ),
    source: "rules §6",
};

pub static NO_ANSWER: Definition = Definition {
    code: "UPSTREAM-008",
    severity: Severity::Warning,
    text: Text::new("センターから応答がありません", "no answer came from the centre"),
    cause: Text::new(
        "端末またはセンターが停止しているか、混み合っています。",
        "The terminal or the centre is stopped or busy.",
    ),
    remedy: Text::new(
        "次の実行で同じ内容を同じ番号で再送します。何もする必要はありません。",
        "The same bytes go again under the same id with the next run. Nothing needs to be done.",
    ),
    source: "rules §6",
};

pub static STRANGE_RESULT: Definition = Definition {
    code: "UPSTREAM-009",
    severity: Severity::Warning,
    text: Text::new("結果ファイルを利用できません（{file}）", "a result file cannot be used ({file})"),
    cause: Text::new(
        "壊れているか、この台帳が送っていない要求への結果です。",
        "It is damaged, or answers a request that this ledger did not send.",
    ),
    remedy: Text::new(
        "ファイルは隔離フォルダ {folder} に保存しました。続く場合は開発元へ連絡してください。",
        "The file is kept in {folder}. If it happens again, tell the maintainers.",
    ),
    source: "rules §6",
};

pub static TRIAL: Definition = Definition {
    code: "UPSTREAM-010",
    severity: Severity::Error,
    text: Text::new("試行用の医療機関番号では送信できません", "a trial institution number cannot be sent"),
    cause: Text::new(
        "医療機関番号が設定されていないか、試行用の番号です。",
        "No institution number is set, or it is the one for trials.",
    ),
    remedy: Text::new(
        "設定ファイルの [[institution]] に10桁の医療機関番号を入力してください。",
        "Enter the clinic's number of ten digits under [[institution]] in the settings file.",
    ),
    source: "rules §1",
};

pub static INSTITUTION_DIFFERS: Definition = Definition {
    code: "UPSTREAM-011",
    severity: Severity::Error,
    text: Text::new(
        "医療機関番号が Bundle-ID と送信先の設定とで異なります",
        "the Bundle-ID names another institution than the request",
    ),
    cause: Text::new("医療機関番号が変更された可能性があります。", "The clinic's number may have been changed."),
    remedy: Text::new(
        "設定ファイルの [[institution]] を確認し、番号の変更であれば有効期間を入力してください。",
        "Check [[institution]] in the settings file; after a change of number, enter from when to when each is valid.",
    ),
    source: "rules §9",
};

pub static NO_REQUEST: Definition = Definition {
    code: "UPSTREAM-012",
    severity: Severity::Error,
    text: Text::new("送信データを作成できません（{reason}）", "no request can be made of it: {reason}"),
    cause: Text::new("番号の形式が規格に合っていません。", "A number has not the form that the guide demands."),
    remedy: Text::new(
        "患者の保険情報と医療機関番号を確認してください。分からない場合は開発元へ連絡してください。",
        "Check the patient's insurance and the clinic's number. If they are right, tell the maintainers.",
    ),
    source: "JP-CLINS R1013, R1021",
};

pub static ENCODING: Definition = Definition {
    code: "UPSTREAM-013",
    severity: Severity::Warning,
    text: Text::new(
        "結果ファイルの文字コードが UTF-8 ではありません（{file}）",
        "a result file is not written in UTF-8 ({file})",
    ),
    cause: Text::new(
        "別のシステムのファイルか、途中で文字コードが変換されています。",
        "Another system wrote it, or something between converted it.",
    ),
    remedy: Text::new(
        "ファイルは隔離フォルダ {folder} に保存しました。共有フォルダの間にある変換ソフトを確認してください。",
        "The file is kept in {folder}. Check what converts files between the terminal and here.",
    ),
    source: "rules §6",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_complete_and_numbered_without_gaps() {
        for (at, definition) in ALL.iter().enumerate() {
            assert_eq!(definition.code, format!("UPSTREAM-{:03}", at + 1));
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", definition.code);
            }
        }
    }
}
