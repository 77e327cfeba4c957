//! What this crate can say: findings, rules that hold a record, and reasons why one is not carried.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[
    &EMPTY,
    &NO_HEADER,
    &TOO_LARGE,
    &BEFORE_HEADER,
    &GENERATION_UNKNOWN,
    &END_MISSING,
    &LINE_BROKEN,
    &SPLIT_INCOMPLETE,
    &RECORD_UNKNOWN,
    &PATIENT_MISSING,
    &PATIENT_UNNUMBERED,
    &ISSUED_MISSING,
    &DISPENSED_MISSING,
    &PRESCRIBER_MISSING,
    &INSTITUTION_UNCLEAR,
    &CODE_REPAIRED,
    &DATE_INVALID,
    &ERA_OVERRUN,
    &COLUMNS_DIFFER,
    &RP_INCOMPLETE,
    &RP_EMPTY,
    &USAGE_MISSING,
    &USAGE_SHIFTED,
    &FORM_UNKNOWN,
    &DRUG_UNNAMED,
    &DRUG_KIND_UNKNOWN,
    &DRUG_CODE_MISNAMED,
    &DRUG_CODE_MISSING,
    &NUMBER_INVALID,
    &AMOUNT_INVALID,
    &AMOUNT_MISSING,
    &ORPHAN,
    &CREATOR_UNKNOWN,
    &SAID_TWICE,
    &ALLERGY_NOTE,
    &SIDE_EFFECT_NOTE,
    &NO_KNOWN_ALLERGY,
    &PATIENT_ENTERED,
    &OVER_THE_COUNTER,
    &HISTORY_NOTE,
    &NOTE,
    &VITAL,
    &MATERIAL,
];

const fn define(
    code: &'static str,
    severity: Severity,
    text: Text,
    cause: Text,
    remedy: Text,
    source: &'static str,
) -> Definition {
    Definition { code, severity, text, cause, remedy, source }
}

pub static EMPTY: Definition = define(
    "JAHIS-001",
    Severity::Error,
    Text::new("ファイルが空です", "the file is empty"),
    Text::new("読み取りか保存に失敗しています。", "Scanning or saving failed."),
    Text::new("QRコードをもう一度読み取ってください。", "Scan the code again."),
    "",
);

pub static NO_HEADER: Definition = define(
    "JAHIS-002",
    Severity::Error,
    Text::new("見出し行(JAHIS…)がありません", "there is no header line (JAHIS…)"),
    Text::new(
        "QRコードの一部だけが保存されたか、別のファイルです。",
        "Only a part of the code was saved, or it is another file.",
    ),
    Text::new(
        "最初のコードから順に、一つのファイルに続けて保存してください。",
        "Save all codes in one file, in order from the first.",
    ),
    "JAHIS",
);

pub static TOO_LARGE: Definition = define(
    "JAHIS-003",
    Severity::Error,
    Text::new("大きすぎるため読みませんでした", "far too large; it was not read"),
    Text::new("処方箋QRやお薬手帳の書き出しではあり得ない大きさです。", "No export of symbols is that large."),
    Text::new("ファイルを確かめてください。", "Look at the file."),
    "",
);

pub static BEFORE_HEADER: Definition = define(
    "JAHIS-004",
    Severity::Warning,
    Text::new(
        "最初の見出し行の前に{count}行あります。読み飛ばしました",
        "{count} lines stand before the first header; passed over",
    ),
    Text::new(
        "先頭のコードが欠けているか、別の内容が混ざっています。",
        "The first code is missing, or something else is mixed in.",
    ),
    Text::new("先頭から読み取り直してください。", "Scan again from the first code."),
    "JAHIS",
);

pub static GENERATION_UNKNOWN: Definition = define(
    "JAHIS-005",
    Severity::Information,
    Text::new(
        "{header}は知らない版です。知っている版として読みました",
        "{header} is a generation that is not known; it was read as those that are",
    ),
    Text::new("新しい規約か、出力プログラムの誤りです。", "A newer standard, or a slip of the sender."),
    Text::new("内容が正しいか確かめてください。", "Check that the content is right."),
    "JAHIS",
);

pub static END_MISSING: Definition = define(
    "JAHIS-006",
    Severity::Information,
    Text::new("ファイルの終わりの印がありません", "the mark at the end of the file is missing"),
    Text::new(
        "読み取り機が付けなかったか、続きのコードを読み残しています。",
        "The scanner left it out, or further codes were not scanned.",
    ),
    Text::new(
        "処方箋にQRコードが複数あるときは、全部読み取ったか確かめてください。",
        "If the prescription has several codes, check that all were scanned.",
    ),
    "JAHIS",
);

pub static LINE_BROKEN: Definition = define(
    "JAHIS-007",
    Severity::Error,
    Text::new("レコード番号で始まらない行があります", "a line does not begin with a record number"),
    Text::new(
        "分割されたQRコードのつなぎ目に改行が入ったか、データが壊れています。",
        "A line break got between the parts of a split code, or the data is damaged.",
    ),
    Text::new(
        "つなぎ目に改行を入れずに保存し直してください。この処方箋は保留にしました。",
        "Save the parts without a line break between them. The whole prescription is held.",
    ),
    "JAHIS",
);

pub static SPLIT_INCOMPLETE: Definition = define(
    "JAHIS-008",
    Severity::Error,
    Text::new("{total}個に分割されたうち{here}個しかありません", "only {here} of {total} parts are here"),
    Text::new("残りのコードを読み取っていません。", "The other codes were not scanned."),
    Text::new(
        "全部のコードを一つのファイルに入れてください。用法のそろわない薬は保留にしました。",
        "Put all codes into one file. Drugs without their usage are held.",
    ),
    "JAHIS 911",
);

pub static RECORD_UNKNOWN: Definition = define(
    "JAHIS-009",
    Severity::Information,
    Text::new(
        "知らないレコード{record}を読み飛ばしました({count}件)",
        "record {record} is not known and was passed over ({count})",
    ),
    Text::new("新しい規約か、施設独自のレコードです。", "A newer standard, or the site's own."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JAHIS",
);

pub static PATIENT_MISSING: Definition = define(
    "JAHIS-010",
    Severity::Error,
    Text::new("患者の氏名も番号もありません", "there is neither a name nor a number of a patient"),
    Text::new("患者レコードが欠けています。", "The patient record is missing."),
    Text::new(
        "読み取り直してください。誰のものか分からないため保留にしました。",
        "Scan it again. It is held, as nobody knows whose it is.",
    ),
    "JAHIS",
);

pub static PATIENT_UNNUMBERED: Definition = define(
    "JAHIS-011",
    Severity::Information,
    Text::new(
        "患者番号がないため、ほかの記録とは結び付けません",
        "without a patient number it is joined with no other record",
    ),
    Text::new(
        "お薬手帳には患者番号がなく、処方箋QRでは省略できます。氏名と生年月日だけでは結び付けません。",
        "A notebook has none, and a prescription may leave it out. Name and birth date alone join nobody.",
    ),
    Text::new(
        "処方箋QRなら、レセコンの設定で患者番号(レコード11)を出力してください。",
        "For prescriptions, let the receipt computer write the number (record 11).",
    ),
    "rules §2",
);

pub static ISSUED_MISSING: Definition = define(
    "JAHIS-012",
    Severity::Error,
    Text::new("交付年月日がありません", "there is no date of issue"),
    Text::new("交付年月日(レコード51)が無いか、日まで読めません。", "Record 51 is missing, or is no day."),
    Text::new(
        "処方箋を確かめ、読み取り直してください。保留にしました。",
        "Check the prescription and scan it again. It is held.",
    ),
    "JAHIS",
);

pub static DISPENSED_MISSING: Definition = define(
    "JAHIS-013",
    Severity::Error,
    Text::new("調剤年月日がありません", "there is no date of dispensing"),
    Text::new(
        "調剤年月日(レコード5)が無い、日まで読めない、または患者が入力した日付です。",
        "Record 5 is missing, is no day, or was typed by the patient.",
    ),
    Text::new("お薬手帳を確かめてください。保留にしました。", "Check the notebook. It is held."),
    "JAHIS",
);

pub static PRESCRIBER_MISSING: Definition = define(
    "JAHIS-014",
    Severity::Error,
    Text::new("処方した医療機関が分かりません", "who prescribed is not known"),
    Text::new(
        "処方医療機関(レコード51)が無いか、患者が入力したものです。",
        "Record 51 is missing or was typed by the patient.",
    ),
    Text::new(
        "自院の処方か確かめてください。他院の処方は自院の情報として送れません。",
        "Find out whether it is your own: others' prescriptions are not yours to send.",
    ),
    "rules §1",
);

pub static INSTITUTION_UNCLEAR: Definition = define(
    "JAHIS-015",
    Severity::Warning,
    Text::new("医療機関番号が10桁になりません", "the institution has no number of ten digits"),
    Text::new(
        "種別・都道府県・コードの列が規格と違うか、空です。",
        "Kind, prefecture and code are missing or out of place.",
    ),
    Text::new(
        "自院の処方と確かめられないため、文書には入りません。レセコンの出力を確かめてください。",
        "It cannot be told to be your own, so no document takes it. Check the export.",
    ),
    "JAHIS",
);

pub static CODE_REPAIRED: Definition = define(
    "JAHIS-016",
    Severity::Information,
    Text::new(
        "コードの空白・全角を直して読みました(レコード{record})",
        "blanks or full-width characters in a code were put right (record {record})",
    ),
    Text::new("出力プログラムの書き方です。", "It is how the export writes."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JAHIS",
);

pub static DATE_INVALID: Definition = define(
    "JAHIS-017",
    Severity::Warning,
    Text::new("日付として読めません(レコード{record})", "not a date (record {record})"),
    Text::new(
        "存在しない日付か、決められた形ではありません。",
        "No such day exists, or it is not of a form that is allowed.",
    ),
    Text::new("元の処方箋を確かめてください。", "Check the prescription."),
    "JAHIS",
);

pub static ERA_OVERRUN: Definition = define(
    "JAHIS-018",
    Severity::Warning,
    Text::new(
        "終わった元号の年で書かれています(レコード{record})",
        "a year of an era that had ended (record {record})",
    ),
    Text::new("改元に対応していない出力プログラムです。", "The export never learned of the new era."),
    Text::new(
        "西暦に直して読みました。ベンダーに知らせてください。",
        "It was read as the year meant. Tell the vendor.",
    ),
    "JAHIS",
);

pub static COLUMNS_DIFFER: Definition = define(
    "JAHIS-019",
    Severity::Error,
    Text::new(
        "列の位置が規格と違います(レコード{record})",
        "columns are not where the standard has them (record {record})",
    ),
    Text::new("出力プログラムが列を省いています。", "The export leaves columns out."),
    Text::new(
        "どの列が何か決められないため保留にしました。ベンダーに知らせてください。",
        "Which column is what cannot be told, so the drug is held. Tell the vendor.",
    ),
    "JAHIS",
);

pub static RP_INCOMPLETE: Definition = define(
    "JAHIS-020",
    Severity::Error,
    Text::new("薬品に剤形・用法のレコードがありません", "a drug has no record of form and usage"),
    Text::new("同じRP番号の剤形(101)または用法(301)がありません。", "There is no 101 or 301 of the same Rp."),
    Text::new(
        "用量の意味が決まらないため保留にしました。読み取り直してください。",
        "What its amount means is open, so it is held. Scan it again.",
    ),
    "JAHIS",
);

pub static RP_EMPTY: Definition = define(
    "JAHIS-021",
    Severity::Warning,
    Text::new("薬品のないRPがあります(レコード{record})", "an Rp has no drug (record {record})"),
    Text::new(
        "薬品のレコードが欠けているか、続きのコードにあります。",
        "The drug's record is missing, or stands in a further code.",
    ),
    Text::new("処方箋と見比べてください。", "Compare it with the prescription."),
    "JAHIS",
);

pub static USAGE_MISSING: Definition = define(
    "JAHIS-022",
    Severity::Warning,
    Text::new("用法(レコード111)がありません", "there is no usage (record 111)"),
    Text::new("出力プログラムが用法を書いていません。", "The export wrote none."),
    Text::new("用法なしで読みました。処方箋を確かめてください。", "It was read without. Check the prescription."),
    "JAHIS",
);

pub static USAGE_SHIFTED: Definition = define(
    "JAHIS-023",
    Severity::Warning,
    Text::new("用法名称がコードの列にあります", "the name of the usage stands in the column of its code"),
    Text::new("出力プログラムが列を省いています。", "The export leaves a column out."),
    Text::new("文字として読みました。ベンダーに知らせてください。", "It was read as text. Tell the vendor."),
    "JAHIS",
);

pub static FORM_UNKNOWN: Definition = define(
    "JAHIS-024",
    Severity::Warning,
    Text::new("剤形区分が表にありません(レコード{record})", "the form is not in the table (record {record})"),
    Text::new("規約にない値です。", "The standard has no such value."),
    Text::new(
        "用量を総量とみなしました。処方箋を確かめてください。",
        "The amount was taken as the total. Check the prescription.",
    ),
    "JAHIS",
);

pub static DRUG_UNNAMED: Definition = define(
    "JAHIS-025",
    Severity::Error,
    Text::new("薬品の名称もコードもありません", "a drug has neither name nor code"),
    Text::new("薬品のレコードが壊れています。", "The record is damaged."),
    Text::new("読み取り直してください。保留にしました。", "Scan it again. It is held."),
    "JAHIS",
);

pub static DRUG_KIND_UNKNOWN: Definition = define(
    "JAHIS-026",
    Severity::Warning,
    Text::new("薬品コード種別が表にありません", "the kind of the drug's code is not in the table"),
    Text::new("予備の値か、新しい規約です。", "A reserved value, or a newer standard."),
    Text::new("院内コードとして読みました。", "It was read as a local code."),
    "JAHIS",
);

pub static DRUG_CODE_MISNAMED: Definition = define(
    "JAHIS-027",
    Severity::Warning,
    Text::new("薬品コードの種別と形が合いません", "kind and shape of a drug's code disagree"),
    Text::new("レセ電コードをYJと書くなど、種別の誤りです。", "A receipt code is called YJ, or the like."),
    Text::new("コードの形に従いました。ベンダーに知らせてください。", "The shape was followed. Tell the vendor."),
    "rules §1",
);

pub static DRUG_CODE_MISSING: Definition = define(
    "JAHIS-028",
    Severity::Warning,
    Text::new("薬品コードがありません", "the drug's code is missing"),
    Text::new("種別だけが書かれています。", "Only its kind is written."),
    Text::new("名称で読みました。", "It was read by its name."),
    "JAHIS",
);

pub static NUMBER_INVALID: Definition = define(
    "JAHIS-029",
    Severity::Warning,
    Text::new("数値として読めません(レコード{record})", "not a number (record {record})"),
    Text::new("調剤数量が空か、数字以外です。", "The quantity is missing or no number."),
    Text::new("日数・回数なしで読みました。処方箋を確かめてください。", "It was read without. Check the prescription."),
    "JAHIS",
);

pub static AMOUNT_INVALID: Definition = define(
    "JAHIS-030",
    Severity::Error,
    Text::new("用量が数値ではありません(レコード{record})", "the amount is no number (record {record})"),
    Text::new("用量に文字が書かれています。", "Words stand in its place."),
    Text::new(
        "量を推測しないため保留にしました。処方箋を確かめてください。",
        "No amount is guessed, so the drug is held. Check the prescription.",
    ),
    "JAHIS",
);

pub static AMOUNT_MISSING: Definition = define(
    "JAHIS-031",
    Severity::Warning,
    Text::new("用量がありません(レコード{record})", "there is no amount (record {record})"),
    Text::new("出力プログラムが用量を書いていません。", "The export wrote none."),
    Text::new("用量なしで読みました。処方箋を確かめてください。", "It was read without. Check the prescription."),
    "JAHIS",
);

pub static ORPHAN: Definition = define(
    "JAHIS-032",
    Severity::Warning,
    Text::new("対応する薬品のないレコード{record}があります", "record {record} belongs to no drug"),
    Text::new("RP番号かRP内連番が合いません。", "Its numbers match no drug."),
    Text::new("読み飛ばしました。処方箋を確かめてください。", "It was passed over. Check the prescription."),
    "JAHIS",
);

pub static CREATOR_UNKNOWN: Definition = define(
    "JAHIS-033",
    Severity::Error,
    Text::new("記入者が医療関係者か分かりません", "whether a professional wrote it is not known"),
    Text::new(
        "作成者が「その他」「不明」、または患者からの提供で空です。",
        "Its creator is `other` or `unknown`, or empty in what a patient gave.",
    ),
    Text::new(
        "内容を確かめて、必要なら電子カルテに入力してください。保留にしました。",
        "Check it, and enter it into the EHR if it matters. It is held.",
    ),
    "JAHIS",
);

pub static SAID_TWICE: Definition = define(
    "JAHIS-034",
    Severity::Error,
    Text::new(
        "同じ処方の同じ薬が違う内容で2回書かれています",
        "the same drug of the same prescription stands there twice, with different content",
    ),
    Text::new(
        "訂正前と訂正後の処方箋が両方読み取られています。",
        "The prescription was scanned before and after a correction.",
    ),
    Text::new(
        "正しい方だけを残して読み取り直してください。両方とも保留にしました。",
        "Keep the right one only. Both are held.",
    ),
    "rules §3",
);

pub static ALLERGY_NOTE: Definition = define(
    "JAHIS-101",
    Severity::Warning,
    Text::new(
        "お薬手帳のアレルギー歴は、医師が確かめるまで送りません",
        "an allergy noted in a notebook is not sent before a doctor confirmed it",
    ),
    Text::new(
        "自由記載で、原因物質も確からしさも分かりません。",
        "It is free text: neither the substance nor its certainty is known.",
    ),
    Text::new(
        "診察で確かめ、電子カルテのアレルギー欄かアレルギー一覧に登録してください。",
        "Confirm it and enter it into the EHR's allergies or the clinic's allergy list.",
    ),
    "rules §1",
);

pub static SIDE_EFFECT_NOTE: Definition = define(
    "JAHIS-102",
    Severity::Warning,
    Text::new(
        "お薬手帳の副作用歴は、医師が確かめるまで送りません",
        "a side effect noted in a notebook is not sent before a doctor confirmed it",
    ),
    Text::new(
        "自由記載で、薬剤禁忌に当たるかは医師が決めます。",
        "It is free text: whether it is a contraindication is for a doctor to decide.",
    ),
    Text::new(
        "診察で確かめ、電子カルテの薬剤禁忌欄かアレルギー一覧に登録してください。",
        "Confirm it and enter it into the EHR's contraindications or the clinic's allergy list.",
    ),
    "rules §1",
);

pub static NO_KNOWN_ALLERGY: Definition = define(
    "JAHIS-103",
    Severity::Information,
    Text::new("「なし」は送りません", "a note that says \"none\" is not sent"),
    Text::new("「なし」を伝える形はありません。", "There is no way to say none."),
    Text::new("対応は要りません。", "Nothing to do."),
    "rules §1",
);

pub static PATIENT_ENTERED: Definition = define(
    "JAHIS-104",
    Severity::Information,
    Text::new("患者が入力した内容は送りません", "what the patient typed is not sent"),
    Text::new("医療者の記録ではありません。", "It is no professional's record."),
    Text::new(
        "必要なら診察で確かめ、電子カルテに入力してください。",
        "Confirm it and enter it into the EHR if it matters.",
    ),
    "JAHIS 作成者",
);

pub static OVER_THE_COUNTER: Definition = define(
    "JAHIS-105",
    Severity::Information,
    Text::new(
        "市販薬の記録は処方ではないため送りません",
        "a medicine bought over the counter is no prescription and is not sent",
    ),
    Text::new("要指導医薬品・一般用医薬品の服用記録です。", "It records what the patient took on his own."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JAHIS 3",
);

pub static HISTORY_NOTE: Definition = define(
    "JAHIS-106",
    Severity::Information,
    Text::new("お薬手帳の既往歴は傷病名として送りません", "a history noted in a notebook is not sent as a diagnosis"),
    Text::new("自由記載で、診断した医療機関も日付も分かりません。", "It is free text without institution or date."),
    Text::new("必要なら電子カルテに傷病名を登録してください。", "Enter a diagnosis into the EHR if it matters."),
    "rules §1",
);

pub static NOTE: Definition = define(
    "JAHIS-107",
    Severity::Information,
    Text::new("連絡・注意書きは送りません", "remarks and cautions are not sent"),
    Text::new("処方ではなく、受け取る場所がありません。", "They are no prescription, and nothing takes them."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JAHIS",
);

pub static VITAL: Definition = define(
    "JAHIS-108",
    Severity::Information,
    Text::new("血液型・体重は送る対象ではありません", "blood group and weight are not sent"),
    Text::new("検査結果ではありません。", "They are no laboratory results."),
    Text::new("対応は要りません。", "Nothing to do."),
    "rules §4",
);

pub static MATERIAL: Definition = define(
    "JAHIS-109",
    Severity::Information,
    Text::new("医療材料は処方情報に含めません", "medical materials are no part of prescriptions"),
    Text::new("薬ではありません。", "They are no drugs."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JAHIS",
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
