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
    &TRUNCATED,
    &MISMATCHED,
    &FOREIGN,
    &REPEATED,
    &LATE,
    &CLOSED,
    &OVERDUE,
    &CERTIFICATE_EXPIRES,
    &CERTIFICATE_EXPIRED,
    &CERTIFICATE_NOT_YET,
    &CERTIFICATE_UNREADABLE,
    &NOT_A_FILE,
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

pub static TRUNCATED: Definition = Definition {
    code: "UPSTREAM-014",
    severity: Severity::Warning,
    text: Text::new("結果ファイルが途中で切れています（{file}）", "a result file ends too early ({file})"),
    cause: Text::new(
        "書き込みの途中で端末またはネットワークが停止しました。",
        "The terminal or the network stopped while it was written.",
    ),
    remedy: Text::new(
        "ファイルは隔離フォルダ {folder} に保存しました。同じ内容を同じ番号で自動的に再送します。",
        "The file is kept in {folder}. The same bytes go again under the same id by themselves.",
    ),
    source: "rules §6",
};

pub static MISMATCHED: Definition = Definition {
    code: "UPSTREAM-015",
    severity: Severity::Warning,
    text: Text::new(
        "結果ファイルの名前と中身が別の要求を指しています（{file}）",
        "the name of a result file and its content name different requests ({file})",
    ),
    cause: Text::new(
        "ファイルが改名されたか、別の要求の結果で上書きされています。",
        "It was renamed, or written over with another request's result.",
    ),
    remedy: Text::new(
        "ファイルは隔離フォルダ {folder} に保存し、どの要求にも適用していません。続く場合は共有フォルダを扱う他のソフトを確認してください。",
        "The file is kept in {folder} and was applied to nothing. If it happens again, check what else works in the shared folder.",
    ),
    source: "rules §6",
};

pub static FOREIGN: Definition = Definition {
    code: "UPSTREAM-016",
    severity: Severity::Warning,
    text: Text::new(
        "この台帳が送っていない要求への結果です（{file}）",
        "a result answers a request that this ledger did not send ({file})",
    ),
    cause: Text::new(
        "バックアップから復元した直後か、同じ接頭辞を使う別のシステムがあります。",
        "The ledger was just restored from a backup, or another system uses the same prefix.",
    ),
    remedy: Text::new(
        "ファイルは隔離フォルダ {folder} に保存し、適用していません。別のシステムがある場合は [upstream] id_prefix を変えてください。",
        "The file is kept in {folder} and was not applied. If there is another system, give each its own [upstream] id_prefix.",
    ),
    source: "rules §6",
};

pub static REPEATED: Definition = Definition {
    code: "UPSTREAM-017",
    severity: Severity::Warning,
    text: Text::new("一つの要求に二つ目の結果が届きました（{file}）", "a second result came to one request ({file})"),
    cause: Text::new(
        "センターまたは端末が結果を二度書きました。",
        "The centre or the terminal wrote the result twice.",
    ),
    remedy: Text::new(
        "一つ目の結果が有効です。二つ目は隔離フォルダ {folder} に保存しました。内容が異なる場合はセンターの窓口へ確認してください。",
        "The first counts. The second is kept in {folder}; if they disagree, ask the centre's desk.",
    ),
    source: "rules §6",
};

pub static LATE: Definition = Definition {
    code: "UPSTREAM-018",
    severity: Severity::Information,
    text: Text::new("期限を過ぎてから結果が届きました（{file}）", "a result came after its deadline ({file})"),
    cause: Text::new("端末またはセンターが混み合っています。", "The terminal or the centre is busy."),
    remedy: Text::new(
        "台帳に反映しました。頻繁に起きる場合は interface のファイルの result_deadline_seconds を長くしてください。",
        "The ledger has it. If it happens often, raise result_deadline_seconds in the interface file.",
    ),
    source: "rules §6",
};

pub static CLOSED: Definition = Definition {
    code: "UPSTREAM-019",
    severity: Severity::Information,
    text: Text::new("センターのサービス時間外です（再開 {until}）", "the centre is closed (it opens at {until})"),
    cause: Text::new(
        "interface のファイルの [service] に書かれた時間外または保守時間です。",
        "By [service] in the interface file it is outside hours, or under maintenance.",
    ),
    remedy: Text::new("再開すると自動的に送信します。", "It goes by itself when the centre opens."),
    source: "rules §6",
};

pub static OVERDUE: Definition = Definition {
    code: "UPSTREAM-020",
    severity: Severity::Warning,
    text: Text::new(
        "共有の期限を過ぎた記録が {count} 件あります",
        "{count} records are past the time by which they must be shared",
    ),
    cause: Text::new(
        "傷病名とアレルギーは翌朝まで、検査は翌営業日までに共有するものとされています。",
        "Problem and allergy lists are to be shared by the next morning, laboratory reports by the next working day.",
    ),
    remedy: Text::new(
        "`tsugite queue list` で理由を確認してください。センターが止まっている場合は再開後に自動で送信します。",
        "See the reasons with `tsugite queue list`. If the centre is down, they go by themselves when it is back.",
    ),
    source: "JP-CLINS, table of timing",
};

pub static CERTIFICATE_EXPIRES: Definition = Definition {
    code: "UPSTREAM-021",
    severity: Severity::Warning,
    text: Text::new(
        "電子証明書の有効期限まで {days} 日です（{file}、{day} まで）",
        "a certificate ends in {days} days ({file}, on {day})",
    ),
    cause: Text::new("電子証明書には有効期限があります。", "Certificates are valid for a limited time."),
    remedy: Text::new(
        "期限までに電子証明書を更新してください。期限を過ぎると送信できません。",
        "Renew it before that day; afterwards nothing can be sent.",
    ),
    source: "rules §6",
};

pub static CERTIFICATE_EXPIRED: Definition = Definition {
    code: "UPSTREAM-022",
    severity: Severity::Error,
    text: Text::new(
        "電子証明書の有効期限が切れています（{file}、{day} まで）",
        "a certificate has ended ({file}, on {day})",
    ),
    cause: Text::new("電子証明書が更新されていません。", "It was not renewed."),
    remedy: Text::new(
        "電子証明書を更新し、新しいファイルを設定に書いてください。",
        "Renew the certificate and name the new file in the settings.",
    ),
    source: "rules §6",
};

pub static CERTIFICATE_NOT_YET: Definition = Definition {
    code: "UPSTREAM-023",
    severity: Severity::Error,
    text: Text::new("電子証明書がまだ有効ではありません（{file}）", "a certificate is not valid yet ({file})"),
    cause: Text::new(
        "新しい証明書の開始日前か、このコンピュータの時計が遅れています。",
        "Its first day has not come, or this computer's clock is behind.",
    ),
    remedy: Text::new(
        "時計を確認し、開始日までは前の証明書を使ってください。",
        "Check the clock, and use the earlier certificate until its first day.",
    ),
    source: "rules §6",
};

pub static CERTIFICATE_UNREADABLE: Definition = Definition {
    code: "UPSTREAM-024",
    severity: Severity::Error,
    text: Text::new(
        "電子証明書を読み取れません（{file}: {reason}）",
        "a certificate cannot be read ({file}: {reason})",
    ),
    cause: Text::new("ファイルが証明書ではないか、壊れています。", "The file is no certificate, or it is damaged."),
    remedy: Text::new(
        "PEM または DER 形式の証明書ファイルを設定に書いてください。",
        "Name a certificate file in PEM or DER form in the settings.",
    ),
    source: "rules §6",
};

pub static NOT_A_FILE: Definition = Definition {
    code: "UPSTREAM-025",
    severity: Severity::Warning,
    text: Text::new(
        "結果の名前を持つ、ファイルではないものがあります（{file}）",
        "something with the name of a result is no file ({file})",
    ),
    cause: Text::new(
        "リンクまたはフォルダです。読まず、動かさず、そのままにしました。",
        "It is a link or a folder. It was neither read nor moved.",
    ),
    remedy: Text::new(
        "誰が置いたものか確認し、不要であれば削除してください。",
        "Find out who put it there, and remove it if nobody needs it.",
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
