//! What this crate can say: findings, rules that hold records, and reasons why a record is not carried.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[
    &EMPTY,
    &NO_RECEIPT,
    &PATIENT_MISSING,
    &MONTH_INVALID,
    &OUTSIDE_RECEIPTS,
    &DATE_INVALID,
    &OTHER_ERA,
    &MODIFIERS_MALFORMED,
    &HEAD_MISSING,
    &NOT_ENDED,
    &RECORDS_UNKNOWN,
    &RECORDS_UNUSED,
    &OUTSIDE_PRESCRIPTION,
    &INJECTION,
    &DRUG_OF_ACT,
    &TESTS_BILLED,
    &IMAGING_BILLED,
    &MEALS_BILLED,
    &NOT_MEDICAL,
    &SEX_UNKNOWN,
    &COUNT_DIFFERS,
    &ROW_CUT,
];

const NOTHING: Text = Text::new("何もしなくて構いません。", "Nothing need be done.");

pub static EMPTY: Definition = Definition::new(
    "UKE-001",
    Severity::Error,
    Text::new("ファイルが空です", "the file is empty"),
    Text::new("書き出しが途中で止まったか、コピーに失敗しています。", "The export stopped half-way or a copy failed."),
    Text::new("レセコンからもう一度書き出してください。", "Export it again from the claims system."),
    "",
);

pub static NO_RECEIPT: Definition = Definition::new(
    "UKE-002",
    Severity::Error,
    Text::new("レセプト（RE レコード）が一つもありません", "there is no receipt (RE record) in the file"),
    Text::new(
        "レセプト電算処理のファイルではないか、見出しだけのファイルです。",
        "The file is no receipt file, or holds its heading only.",
    ),
    Text::new("レセコンからもう一度書き出してください。", "Export it again from the claims system."),
    "",
);

pub static PATIENT_MISSING: Definition = Definition::new(
    "UKE-003",
    Severity::Error,
    Text::new(
        "レセプトにカルテ番号等（RE の14番目の項目）がないため、どの患者か決められません",
        "the receipt has no chart number (RE 13), so its patient cannot be told",
    ),
    Text::new(
        "カルテ番号等は任意の項目で、書き出さない設定のレセコンがあります。",
        "The column is optional, and some claims systems are set not to write it.",
    ),
    Text::new(
        "レセコンの設定で「カルテ番号等」を出力してください。できない場合は、設定 source.uke.patient_id = \"insured-number\" で枝番付きの被保険者番号を患者番号の代わりにできます（枝番のないレセプトは保留のままです）。",
        "Set the claims system to write the chart number. Where it cannot, the setting source.uke.patient_id = \"insured-number\" takes the insured number with its branch in its place; receipts without a branch stay held.",
    ),
    "rules §2",
);

pub static MONTH_INVALID: Definition = Definition::new(
    "UKE-004",
    Severity::Error,
    Text::new("レセプトの診療年月が読み取れません", "the month of care of the receipt cannot be read"),
    Text::new("診療年月の項目が空か、年月ではありません。", "The column is empty or no month."),
    Text::new("レセコンからもう一度書き出してください。", "Export it again from the claims system."),
    "rules §3",
);

pub static OUTSIDE_RECEIPTS: Definition = Definition::new(
    "UKE-005",
    Severity::Error,
    Text::new(
        "どのレセプトにも属さない記録があります（RE レコードより前）",
        "a record belongs to no receipt: it stands before the first RE",
    ),
    Text::new("ファイルの先頭が欠けています。", "The beginning of the file is missing."),
    Text::new("レセコンからもう一度書き出してください。", "Export it again from the claims system."),
    "",
);

pub static DATE_INVALID: Definition = Definition::new(
    "UKE-006",
    Severity::Warning,
    Text::new("日付として読み取れない項目があります（{field}）", "a column is no date ({field})"),
    Text::new(
        "存在しない日付か、桁数の違う値です。",
        "The calendar has no such day, or the number of digits is wrong.",
    ),
    Text::new(
        "レセコンで該当の日付を直し、書き出し直してください。",
        "Correct the date in the claims system and export again.",
    ),
    "",
);

pub static OTHER_ERA: Definition = Definition::new(
    "UKE-007",
    Severity::Warning,
    Text::new(
        "元号の期間外の日付です（{field}）。続き年として読みました",
        "a date lies outside its era ({field}); it was read as if the era went on",
    ),
    Text::new(
        "2019年の改元に対応していないレセコンが書いた日付と思われます（平成32年など）。",
        "A system that did not change the era in 2019 seems to have written it.",
    ),
    Text::new("日付が正しいか確かめてください。", "Check that the date is right."),
    "",
);

pub static MODIFIERS_MALFORMED: Definition = Definition::new(
    "UKE-008",
    Severity::Error,
    Text::new(
        "修飾語コードが4桁ずつに分けられないため、傷病名を保留にしました",
        "the modifier codes are not four digits each; the diagnosis is held",
    ),
    Text::new(
        "修飾語コードの項目が壊れています。「の疑い」が失われている恐れがあります。",
        "The column is damaged; a 「の疑い」 (suspected) may be lost in it.",
    ),
    Text::new("レセコンで傷病名を登録し直し、書き出し直してください。", "Enter the diagnosis anew and export again."),
    "rules §4",
);

pub static HEAD_MISSING: Definition = Definition::new(
    "UKE-009",
    Severity::Warning,
    Text::new(
        "医療機関情報（IR レコード）がないか、医療機関番号・請求年月が読み取れません",
        "the institution record (IR) is missing, or its number or month cannot be read",
    ),
    Text::new(
        "ファイルの先頭が欠けています。同じ診療年月の出し直しと区別できません。",
        "The beginning of the file is missing; a resubmission of the month cannot be told from the first one.",
    ),
    Text::new("レセコンからもう一度書き出してください。", "Export it again from the claims system."),
    "rules §3",
);

pub static NOT_ENDED: Definition = Definition::new(
    "UKE-010",
    Severity::Warning,
    Text::new(
        "ファイルの終わり（GO レコード）がありません。最後のレセプトは途中までかもしれないため、一覧として扱いません",
        "the file has no end (GO record); its last receipt may be cut off and is not taken for a whole list",
    ),
    Text::new("書き出しやコピーが途中で止まった可能性があります。", "The export or a copy may have stopped half-way."),
    Text::new("レセコンからもう一度書き出してください。", "Export it again from the claims system."),
    "rules §4",
);

pub static RECORDS_UNKNOWN: Definition = Definition::new(
    "UKE-011",
    Severity::Warning,
    Text::new(
        "知らない種類のレコードがあり、読みませんでした（{records}）",
        "records of unknown kinds were passed over ({records})",
    ),
    Text::new(
        "新しい記録条件仕様のレコードか、行が壊れています。",
        "They belong to a newer specification, or the lines are damaged.",
    ),
    Text::new(
        "傷病名や医薬品の行が含まれていないか確かめてください。",
        "Check that no diagnosis or drug is among them.",
    ),
    "",
);

pub static RECORDS_UNUSED: Definition = Definition::new(
    "UKE-012",
    Severity::Information,
    Text::new("報告に使わないレコードです（{records}）", "records that nothing is reported from ({records})"),
    Text::new(
        "受付情報、症状詳記、DPC の包括評価などのレコードです。",
        "Reception data, free remarks to the payer, or the flat rates of DPC.",
    ),
    NOTHING,
    "",
);

pub static OUTSIDE_PRESCRIPTION: Definition = Definition::new(
    "UKE-013",
    Severity::Information,
    Text::new(
        "院外処方と判定しました。処方の内容はレセプトにないため、別の経路が必要です",
        "a prescription was handed out for a pharmacy: its drugs are not in the receipt and need another way",
    ),
    Text::new(
        "処方箋料が算定されています。院外処方の薬はレセプトに載りません。「薬なし」ではありません。",
        "A fee for a prescription form was billed. Drugs from a pharmacy never stand in the clinic's receipt; this is not \"no medication\".",
    ),
    Text::new(
        "処方を載せる文書には、処方箋の二次元コード（JAHIS）や電子カルテの出力を使ってください。",
        "For documents with medication use the two-dimensional code of the prescription (JAHIS) or an export of the EHR.",
    ),
    "",
);

pub static INJECTION: Definition = Definition::new(
    "UKE-014",
    Severity::Information,
    Text::new("注射薬は報告の対象外です", "injections are not reported"),
    Text::new(
        "診療識別31〜33の医薬品は、院内で投与された注射薬です。",
        "Drugs under 31 to 33 were injected in the clinic.",
    ),
    NOTHING,
    "rules §8",
);

pub static DRUG_OF_ACT: Definition = Definition::new(
    "UKE-015",
    Severity::Information,
    Text::new(
        "処置・手術・検査などで使った薬剤で、処方ではありません",
        "a drug used in the course of an act (treatment, surgery, test) is no prescription",
    ),
    Text::new("診療識別が21・22・23・14以外の医薬品です。", "It stands under none of 21, 22, 23 and 14."),
    NOTHING,
    "rules §8",
);

pub static TESTS_BILLED: Definition = Definition::new(
    "UKE-016",
    Severity::Information,
    Text::new(
        "検査の算定です。検査結果はレセプトにないため、検査会社のファイルなどが必要です",
        "a test was billed: results are not in receipts and come from the laboratory's file",
    ),
    Text::new("診療識別60の一連を1件と数えています。", "Each series under 60 counts as one."),
    NOTHING,
    "rules §8",
);

pub static IMAGING_BILLED: Definition = Definition::new(
    "UKE-017",
    Severity::Information,
    Text::new("画像診断の算定は報告の対象外です", "billed imaging is not reported"),
    Text::new("診療識別70の一連を1件と数えています。", "Each series under 70 counts as one."),
    NOTHING,
    "rules §8",
);

pub static MEALS_BILLED: Definition = Definition::new(
    "UKE-018",
    Severity::Information,
    Text::new("食事の算定は報告の対象外です", "billed meals are not reported"),
    Text::new("診療識別97の一連を1件と数えています。", "Each series under 97 counts as one."),
    NOTHING,
    "rules §8",
);

pub static NOT_MEDICAL: Definition = Definition::new(
    "UKE-019",
    Severity::Information,
    Text::new(
        "医科以外（歯科・調剤など）のレセプトは対象外です",
        "receipts of other point tables than 医科 (dental, pharmacy) are not carried",
    ),
    Text::new("IR レコードの点数表が1（医科）ではありません。", "The point table of the IR record is not 1 (medical)."),
    NOTHING,
    "rules §6",
);

pub static SEX_UNKNOWN: Definition = Definition::new(
    "UKE-020",
    Severity::Warning,
    Text::new("性別の区分が1・2ではありません", "the sex is neither 1 nor 2"),
    Text::new("RE レコードの男女区分が空か、知らない値です。", "The column is empty or holds an unknown value."),
    Text::new("レセコンの患者登録を確かめてください。", "Check the patient's registration in the claims system."),
    "",
);

pub static COUNT_DIFFERS: Definition = Definition::new(
    "UKE-021",
    Severity::Warning,
    Text::new(
        "GO レコードの件数（{stated}）と読んだレセプトの数（{found}）が違います",
        "the file says that it has {stated} receipts, and {found} were read",
    ),
    Text::new("ファイルが切り分けられたか、一部が失われています。", "The file was cut up, or a part of it is lost."),
    Text::new("レセコンからもう一度書き出して比べてください。", "Export it again and compare."),
    "",
);

pub static ROW_CUT: Definition = Definition::new(
    "UKE-022",
    Severity::Error,
    Text::new("ファイルが最後の行の途中で終わっています", "the file ends in the middle of its last row"),
    Text::new(
        "書き出しやコピーが途中で止まり、修飾語（の疑い など）や数量が欠けている恐れがあります。",
        "The export or a copy stopped half-way: a modifier such as 「の疑い」, or a part of an amount, may be missing.",
    ),
    Text::new("レセコンからもう一度書き出してください。", "Export it again from the claims system."),
    "rules §8",
);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_texts_complete() {
        let codes: BTreeSet<_> = ALL.iter().map(|definition| definition.code).collect();
        assert_eq!(codes.len(), ALL.len());
        for definition in ALL {
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", definition.code);
            }
        }
    }
}
