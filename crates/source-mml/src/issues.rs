//! What this crate can say: findings, rules that hold a record, and reasons why one is not carried.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[
    &NO_MODULE,
    &PATIENT_MISSING,
    &PATIENT_DIFFERS,
    &ID_OF_REGION,
    &DATE_INVALID,
    &CODE_MISNAMED,
    &INSURANCE_ALONE,
    &DISEASE_UNNAMED,
    &DRUG_UNNAMED,
    &REPORT_UNNAMED,
    &TEST_UNNAMED,
    &DOCUMENT_UNNAMED,
    &RECIPIENT_MISSING,
    &EXTERNAL,
    &MEMO_LEFT,
    &INFECTION_INCOMPLETE,
    &MODULE_UNKNOWN,
    &NO_KNOWN_ALLERGY,
    &NO_INFECTION,
    &VITAL,
    &NOTE,
    &REPORT,
    &SURGERY,
    &CHART_SHEET,
    &INJECTION,
    &LAB_ORDER,
    &SUMMARY_OF_VISITS,
];

pub static NO_MODULE: Definition = Definition::new(
    "MML-001",
    Severity::Error,
    Text::new("MMLのモジュールがありません({root})", "there is no module of MML ({root})"),
    Text::new(
        "住所や番号など部品だけのファイルか、別のXMLです。",
        "It holds a component such as an address alone, or is another XML.",
    ),
    Text::new("電子カルテからMML全体を書き出し直してください。", "Export the whole MML again."),
    "MML",
);

pub static PATIENT_MISSING: Definition = Definition::new(
    "MML-002",
    Severity::Error,
    Text::new("患者番号(masterId)がありません", "there is no patient id (masterId)"),
    Text::new(
        "モジュールだけのファイルか、ヘッダーが欠けています。",
        "The file holds a module alone, or its header is missing.",
    ),
    Text::new(
        "ヘッダーの付いたMML全体を書き出し直してください。誰のものか分からないため保留にしました。",
        "Export the whole message with its header. It is held, as nobody knows whose it is.",
    ),
    "MML",
);

pub static PATIENT_DIFFERS: Definition = Definition::new(
    "MML-003",
    Severity::Error,
    Text::new("患者番号がヘッダーと患者情報で違います", "the patient ids of header and patient module differ"),
    Text::new("別の患者の情報が混ざっています。", "Two patients are mixed up."),
    Text::new(
        "取り違えを防ぐため全体を保留にしました。どちらの患者のものか確かめてください。",
        "Everything is held, to keep patients apart. Find out whose it is.",
    ),
    "rules §2",
);

pub static ID_OF_REGION: Definition = Definition::new(
    "MML-004",
    Severity::Warning,
    Text::new("患者番号が院内のもの(facility)ではありません", "the patient id is none of this facility"),
    Text::new("地域連携などの番号で書き出されています。", "It is an id of a region or a network."),
    Text::new(
        "院内の患者番号とは別に扱います。書き出しの設定を確かめてください。",
        "It is kept apart from the facility's own ids. Check the export.",
    ),
    "rules §2",
);

pub static DATE_INVALID: Definition = Definition::new(
    "MML-005",
    Severity::Warning,
    Text::new("{element}が日付として読めません", "{element} is not a date"),
    Text::new("存在しない日付か、文章が書かれています。", "No such day exists, or words stand there."),
    Text::new("この日付は無いものとして扱いました。", "It counts as missing."),
    "MML",
);

pub static CODE_MISNAMED: Definition = Definition::new(
    "MML-006",
    Severity::Warning,
    Text::new(
        "コード体系の名前({system})とコードの形が合いません",
        "the name of the code system ({system}) does not fit the code",
    ),
    Text::new("レセ電コードをYJと書くなど、出力プログラムの誤りです。", "A receipt code is called YJ, or the like."),
    Text::new(
        "コードの形に従いました。ベンダーに知らせてください。",
        "The shape of the code was followed. Tell the vendor.",
    ),
    "MML",
);

pub static INSURANCE_ALONE: Definition = Definition::new(
    "MML-007",
    Severity::Information,
    Text::new(
        "保険の情報に患者情報が付いていないため使いませんでした",
        "insurances without patient data were not used",
    ),
    Text::new("患者情報モジュールのないMMLです。", "The message has no patient module."),
    Text::new("対応は要りません。", "Nothing to do."),
    "MML",
);

pub static DISEASE_UNNAMED: Definition = Definition::new(
    "MML-008",
    Severity::Error,
    Text::new("傷病名に名称もコードもありません", "a diagnosis has neither name nor code"),
    Text::new("モジュールが空か壊れています。", "The module is empty or damaged."),
    Text::new("電子カルテで確かめてください。保留にしました。", "Check it in the EHR. It is held."),
    "MML",
);

pub static DRUG_UNNAMED: Definition = Definition::new(
    "MML-009",
    Severity::Error,
    Text::new("薬剤に名称もコードもありません", "a drug has neither name nor code"),
    Text::new("モジュールが壊れています。", "The module is damaged."),
    Text::new("電子カルテで確かめてください。保留にしました。", "Check it in the EHR. It is held."),
    "MML",
);

pub static REPORT_UNNAMED: Definition = Definition::new(
    "MML-010",
    Severity::Error,
    Text::new("検査報告に登録番号(registId)がありません", "a laboratory report has no number (registId)"),
    Text::new("どの報告の結果か決まりません。", "Which report the results belong to is open."),
    Text::new("書き出しを確かめてください。保留にしました。", "Check the export. They are held."),
    "MML",
);

pub static TEST_UNNAMED: Definition = Definition::new(
    "MML-011",
    Severity::Error,
    Text::new("検査項目に名称もコードもありません", "a test has neither name nor code"),
    Text::new("モジュールが壊れています。", "The module is damaged."),
    Text::new("電子カルテで確かめてください。保留にしました。", "Check it in the EHR. It is held."),
    "MML",
);

pub static DOCUMENT_UNNAMED: Definition = Definition::new(
    "MML-012",
    Severity::Error,
    Text::new("文書にID(uid)がありません", "a document has no id (uid)"),
    Text::new("文書だけを取り出したファイルです。", "The document was taken out of its message."),
    Text::new(
        "差し替えと見分けられないため保留にしました。MML全体を書き出し直してください。",
        "A new edition could not be told from another letter, so it is held. Export the whole message.",
    ),
    "MML",
);

pub static RECIPIENT_MISSING: Definition = Definition::new(
    "MML-013",
    Severity::Warning,
    Text::new("紹介先がありません", "there is no addressee"),
    Text::new("紹介先医療機関が書かれていません。", "No facility is named."),
    Text::new("電子カルテで紹介先を入力してください。", "Enter the addressee in the EHR."),
    "MML",
);

pub static EXTERNAL: Definition = Definition::new(
    "MML-014",
    Severity::Warning,
    Text::new(
        "外部ファイルへの参照が{count}件あります。文書には付きません",
        "{count} references to files outside are not attached",
    ),
    Text::new("画像などがMMLの外に置かれています。", "Images and the like lie outside of the message."),
    Text::new("必要なら紹介状に添付し直してください。", "Attach them to the letter where they matter."),
    "MML",
);

pub static MEMO_LEFT: Definition = Definition::new(
    "MML-015",
    Severity::Warning,
    Text::new("アレルギーのメモは送られません", "the memo of an allergy is not sent"),
    Text::new("メモを受け取る場所がありません。", "No element takes it."),
    Text::new(
        "大事な内容なら、アレルゲンの名称か反応に書いてください。",
        "Write what matters into the allergen's name or the reaction.",
    ),
    "MML",
);

pub static INFECTION_INCOMPLETE: Definition = Definition::new(
    "MML-016",
    Severity::Error,
    Text::new("感染症に検査値か日付がありません", "an infection lacks its value or its day"),
    Text::new("検査結果として送るには、項目・結果・検査日が要ります。", "As a result it needs test, value and day."),
    Text::new("検査結果として登録し直してください。保留にしました。", "Enter it as a test result. It is held."),
    "rules §1",
);

pub static MODULE_UNKNOWN: Definition = Definition::new(
    "MML-017",
    Severity::Information,
    Text::new("知らないモジュール({module})を読み飛ばしました", "module {module} is not known and was passed over"),
    Text::new("新しい版か、施設独自のモジュールです。", "A newer version, or the site's own."),
    Text::new("対応は要りません。", "Nothing to do."),
    "MML",
);

pub static NO_KNOWN_ALLERGY: Definition = Definition::new(
    "MML-101",
    Severity::Information,
    Text::new("「なし」は送りません", "an entry that says \"none\" is not sent"),
    Text::new("「なし」を伝える形はありません。", "There is no way to say none."),
    Text::new("対応は要りません。", "Nothing to do."),
    "rules §1",
);

pub static NO_INFECTION: Definition = Definition::new(
    "MML-102",
    Severity::Information,
    Text::new("感染症の「なし」は送りません", "an infection that says \"none\" is not sent"),
    Text::new("検査結果ではありません。", "It is no test result."),
    Text::new("対応は要りません。", "Nothing to do."),
    "rules §1",
);

pub static VITAL: Definition = Definition::new(
    "MML-103",
    Severity::Information,
    Text::new("バイタル・血液型は送る対象ではありません", "vital signs and blood groups are not sent"),
    Text::new("検査結果ではありません。", "They are no laboratory results."),
    Text::new("対応は要りません。", "Nothing to do."),
    "rules §4",
);

pub static NOTE: Definition = Definition::new(
    "MML-104",
    Severity::Information,
    Text::new("診療録の文章は送りません", "text of the record is not sent"),
    Text::new("受け取る文書がありません。", "No document takes it."),
    Text::new("必要な内容は紹介状かサマリーに書いてください。", "Write what matters into a letter or a summary."),
    "JP-CLINS",
);

pub static REPORT: Definition = Definition::new(
    "MML-105",
    Severity::Information,
    Text::new("画像などの報告書は対象ではありません", "reports of imaging and the like are not sent"),
    Text::new("6情報に含まれません。", "They are not among the six kinds of information."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JP-CLINS",
);

pub static SURGERY: Definition = Definition::new(
    "MML-106",
    Severity::Information,
    Text::new("手術記録は対象ではありません", "records of surgery are not sent"),
    Text::new("受け取る文書がありません。", "No document takes them."),
    Text::new("必要な内容は紹介状かサマリーに書いてください。", "Write what matters into a letter or a summary."),
    "JP-CLINS",
);

pub static CHART_SHEET: Definition = Definition::new(
    "MML-107",
    Severity::Information,
    Text::new("経過表・透析記録は対象ではありません", "flow sheets and records of dialysis are not sent"),
    Text::new("受け取る文書がありません。", "No document takes them."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JP-CLINS",
);

pub static INJECTION: Definition = Definition::new(
    "MML-108",
    Severity::Information,
    Text::new("注射は対象ではありません", "injections are not sent"),
    Text::new(
        "3文書6情報に注射は含まれません。",
        "The three documents and six kinds of information have no place for them.",
    ),
    Text::new("対応は要りません。", "Nothing to do."),
    "JP-CLINS",
);

pub static LAB_ORDER: Definition = Definition::new(
    "MML-109",
    Severity::Information,
    Text::new("検査のオーダは送らず、結果だけを送ります", "orders of tests are not sent, only results"),
    Text::new("6情報の検査は結果です。", "What is shared are results."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JP-CLINS",
);

pub static SUMMARY_OF_VISITS: Definition = Definition::new(
    "MML-110",
    Severity::Information,
    Text::new("外来だけのサマリーは退院時サマリーではありません", "a summary of visits alone is no discharge summary"),
    Text::new("退院の記録がありません。", "It holds no discharge."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JP-CLINS",
);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_every_text_is_filled() {
        let codes: BTreeSet<_> = ALL.iter().map(|d| d.code).collect();
        assert_eq!(codes.len(), ALL.len());
        for definition in ALL {
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", definition.code);
            }
        }
    }
}
