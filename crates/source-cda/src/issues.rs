//! What this crate can say.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[
    &NOT_CDA,
    &DOCUMENT_UNKNOWN,
    &PATIENT_MISSING,
    &FOLDER_DIFFERS,
    &GUIDANCE,
    &DATE_INVALID,
    &ITEM_WITHOUT_CODE,
    &ENTRY_UNREAD,
    &VALUE_TYPE_UNKNOWN,
    &SECTION_UNKNOWN,
    &ENTRIES_AS_TEXT,
    &NEGATED,
    &NULL_FLAVOR,
    &CHECKUP_DATE_MISSING,
    &ID_MISSING,
    &ENTRY_EMPTY,
    &ATTACHMENT_UNREADABLE,
    &VALUES_SEVERAL,
    &PATIENTS_SEVERAL,
    &RECEIVED,
    &NUMBER_UNCLEAR,
    &OF_ANOTHER,
    &STOPPED,
];

pub static NOT_CDA: Definition = Definition {
    code: "CDA-001",
    severity: Severity::Error,
    text: Text::new(
        "CDA文書でも健診の付属ファイルでもないXMLです（{root}）",
        "this XML ({root}) is neither a CDA document nor a companion of a health check",
    ),
    cause: Text::new(
        "ファイルの中身が、名前や選んだ形式と違います。",
        "The content is of another format than the one that was chosen.",
    ),
    remedy: Text::new("正しいファイルか確かめてください。", "Check that this is the right file."),
    source: "",
};

pub static DOCUMENT_UNKNOWN: Definition = Definition {
    code: "CDA-002",
    severity: Severity::Error,
    text: Text::new(
        "種類のわからないCDA文書です（文書コード {code}、体系 {system}）",
        "a CDA document of an unknown kind (code {code} of {system})",
    ),
    cause: Text::new(
        "文書コードが、特定健診、診療情報提供書、退院時サマリーのどれでもありません。中身を推測して送ることはしません。",
        "Its code is that of no health check, referral or discharge summary, and nothing is guessed from its content.",
    ),
    remedy: Text::new(
        "出力したシステムの文書コードの設定を確かめてください。対応していない種類の文書なら、送る必要はありません。",
        "Check which document code the exporting system writes. A document of another kind need not be sent.",
    ),
    source: "CDA R2",
};

pub static PATIENT_MISSING: Definition = Definition {
    code: "CDA-003",
    severity: Severity::Error,
    text: Text::new("文書に患者を見分ける番号がありません", "the document has no number that tells its patient"),
    cause: Text::new(
        "特定健診では保険者番号と被保険者証等の番号、枝番がないときは生年月日と性別が要ります。紹介状とサマリーでは患者番号が要ります。",
        "A health check needs the insurer and insured numbers, and without a branch number the birth date and sex; a letter needs the patient's number.",
    ),
    remedy: Text::new(
        "元の文書に番号を入れて出力し直してください。",
        "Enter the number in the original and export it again.",
    ),
    source: "rules §2",
};

pub static FOLDER_DIFFERS: Definition = Definition {
    code: "CDA-004",
    severity: Severity::Error,
    text: Text::new("フォルダ名の患者と文書の患者が違います", "the folder names another patient than the document"),
    cause: Text::new("文書が別の患者のフォルダに入っています。", "The document lies in another patient's folder."),
    remedy: Text::new(
        "どちらが正しいか元のシステムで確かめてください。",
        "Find out in the original system which is right.",
    ),
    source: "rules §2",
};

pub static GUIDANCE: Definition = Definition {
    code: "CDA-005",
    severity: Severity::Information,
    text: Text::new(
        "特定保健指導や国への集計の報告は、健診結果ではないので送りません",
        "guidance and totals for the ministry are no health check reports and are not sent",
    ),
    cause: Text::new(
        "電子カルテ情報共有サービスが受け取るのは健診結果報告書です。",
        "The service takes reports of health checks.",
    ),
    remedy: Text::new("対応は要りません。", "Nothing to do."),
    source: "JP-CLINS eCheckup",
};

pub static DATE_INVALID: Definition = Definition {
    code: "CDA-006",
    severity: Severity::Warning,
    text: Text::new("日付として読めない値があります（{element}）", "a value is no date ({element})"),
    cause: Text::new(
        "暦にない日付か、決められた形でない日付です。",
        "It is no date of the calendar, or not of the form yyyyMMdd.",
    ),
    remedy: Text::new(
        "元のシステムの日付を直してください。この日付は使いませんでした。",
        "Correct the date in the original system. It was left out.",
    ),
    source: "CDA R2 TS",
};

pub static ITEM_WITHOUT_CODE: Definition = Definition {
    code: "CDA-007",
    severity: Severity::Error,
    text: Text::new("検査項目コードのない健診項目です", "a health check item has no code"),
    cause: Text::new("項目コードがないと、何の結果かわかりません。", "Without a code nobody knows what was found."),
    remedy: Text::new(
        "元のシステムで項目コードを入れて出力し直してください。",
        "Enter the item's code in the original system and export it again.",
    ),
    source: "HC08",
};

pub static ENTRY_UNREAD: Definition = Definition {
    code: "CDA-008",
    severity: Severity::Error,
    text: Text::new("健診の項目として読めない記載です", "an entry is no item of a health check"),
    cause: Text::new(
        "健診結果の項目は observation で書く決まりですが、別の形で書かれています。",
        "Items are written as observations; this entry is of another form.",
    ),
    remedy: Text::new("出力したシステムのベンダーに確かめてください。", "Ask the vendor of the exporting system."),
    source: "HC08",
};

pub static VALUE_TYPE_UNKNOWN: Definition = Definition {
    code: "CDA-009",
    severity: Severity::Warning,
    text: Text::new(
        "値の型「{type}」は健診の決まりにありません。文字として読みました",
        "the value's type {type} is none of a health check; it was read as text",
    ),
    cause: Text::new("値の型は PQ、CD、CO、ST のどれかです。", "The types are PQ, CD, CO and ST."),
    remedy: Text::new("読み取った値が正しいか確かめてください。", "Check the value that was read."),
    source: "HC08",
};

pub static SECTION_UNKNOWN: Definition = Definition {
    code: "CDA-010",
    severity: Severity::Information,
    text: Text::new(
        "見出しの意味がわからない節があります。備考として送ります",
        "a section's heading is unknown; it goes as remarks",
    ),
    cause: Text::new(
        "節のコードも見出しも、紹介状やサマリーの決まった節に当てはまりません。",
        "Neither its code nor its title is one of the sections that letters have.",
    ),
    remedy: Text::new(
        "正しい節に入れたいときは、元のシステムで見出しを直してください。",
        "Change the heading in the original system if it should go elsewhere.",
    ),
    source: "",
};

pub static ENTRIES_AS_TEXT: Definition = Definition {
    code: "CDA-011",
    severity: Severity::Information,
    text: Text::new(
        "節の構造化データ{count}件は、本文の文字としてだけ送ります",
        "{count} coded entries of a section go as its text only",
    ),
    cause: Text::new(
        "この種類の構造化データは、決まった形に直す規則がありません。本文には同じ内容があるのが決まりです。",
        "No rule says how entries of this kind become resources; the section's text says the same.",
    ),
    remedy: Text::new(
        "対応は要りません。元のCDA文書も一緒に送られます。",
        "Nothing to do. The CDA document itself goes with it.",
    ),
    source: "CDA R2",
};

pub static NEGATED: Definition = Definition {
    code: "CDA-012",
    severity: Severity::Information,
    text: Text::new("「なし」を表す記載なので送りません", "it states an absence and is not sent"),
    cause: Text::new(
        "否定（negationInd）の付いた記載です。「ない」という情報は一覧に入れません。",
        "The entry is negated; statements of absence are no part of a list.",
    ),
    remedy: Text::new("対応は要りません。本文の文字は送られます。", "Nothing to do. The text of the section is sent."),
    source: "rules §1",
};

pub static NULL_FLAVOR: Definition = Definition {
    code: "CDA-013",
    severity: Severity::Information,
    text: Text::new("値がありません（nullFlavor {flavor}）", "there is no value (nullFlavor {flavor})"),
    cause: Text::new(
        "決められた「測定不能」(NI) とは別の理由で値が空です。",
        "It is empty for another reason than the one that the format has (NI).",
    ),
    remedy: Text::new("対応は要りません。", "Nothing to do."),
    source: "HC08",
};

pub static CHECKUP_DATE_MISSING: Definition = Definition {
    code: "CDA-014",
    severity: Severity::Error,
    text: Text::new("健診の実施日がありません", "the day of the health check is missing"),
    cause: Text::new(
        "実施日がないと、いつの健診か、前の報告の訂正かどうかがわかりません。",
        "Without it nobody knows which check this is, or whether it corrects another.",
    ),
    remedy: Text::new(
        "元のシステムで実施日を入れて出力し直してください。",
        "Enter the day in the original system and export it again.",
    ),
    source: "HC08",
};

pub static ID_MISSING: Definition = Definition {
    code: "CDA-015",
    severity: Severity::Error,
    text: Text::new("文書の番号がありません", "the document has no id"),
    cause: Text::new(
        "番号がないと、同じ文書の訂正かどうかがわからず、二重に登録するおそれがあります。",
        "Without it a correction cannot be told from another document, and it might be registered twice.",
    ),
    remedy: Text::new(
        "元のシステムで文書番号を出力するようにしてください。",
        "Have the original system write the document's id.",
    ),
    source: "CDA R2",
};

pub static ENTRY_EMPTY: Definition = Definition {
    code: "CDA-016",
    severity: Severity::Error,
    text: Text::new(
        "病名・薬剤・アレルゲンの名前もコードもない記載です",
        "an entry names no disease, drug or allergen",
    ),
    cause: Text::new("構造化データに名前もコードも入っていません。", "The entry has neither a name nor a code."),
    remedy: Text::new(
        "元の文書を確かめてください。本文の文字は送られます。",
        "Look at the original. The text of the section is sent.",
    ),
    source: "CDA R2",
};

pub static ATTACHMENT_UNREADABLE: Definition = Definition {
    code: "CDA-017",
    severity: Severity::Warning,
    text: Text::new("添付（{type}）を読めないので送りません", "an attachment ({type}) cannot be read and is not sent"),
    cause: Text::new(
        "Base64で書かれていないか、外部のファイルを指しています。外部のファイルは読みません。",
        "It is not in Base64, or it points to another file. Other files are not fetched.",
    ),
    remedy: Text::new(
        "必要なら元のシステムで文書に埋め込んで出力し直してください。",
        "Embed it in the document and export it again if it is needed.",
    ),
    source: "CDA R2 ED",
};

pub static VALUES_SEVERAL: Definition = Definition {
    code: "CDA-018",
    severity: Severity::Error,
    text: Text::new("一つの健診項目に値が二つ以上あります", "a health check item has more than one value"),
    cause: Text::new(
        "一つの項目の値は一つの決まりです。どれが正しいかわかりません。",
        "An item has one value, and nothing says which of these is right.",
    ),
    remedy: Text::new(
        "元のシステムで項目を分けて出力し直してください。",
        "Have the original system write an item for each value.",
    ),
    source: "HC08",
};

pub static PATIENTS_SEVERAL: Definition = Definition {
    code: "CDA-019",
    severity: Severity::Error,
    text: Text::new("一つの文書に患者が二人以上書かれています", "a document names more than one patient"),
    cause: Text::new(
        "どの記載が誰のものか、文書からはわかりません。",
        "Nothing in it says which of them a statement is about.",
    ),
    remedy: Text::new(
        "元のシステムで患者ごとに分けて出力し直してください。",
        "Have the original system write a document for each patient.",
    ),
    source: "CDA R2 recordTarget",
};

pub static RECEIVED: Definition = Definition {
    code: "CDA-020",
    severity: Severity::Information,
    text: Text::new(
        "他の医療機関の患者番号で書かれた文書（受け取った紹介状など）なので送りません",
        "the document has another institution's patient number: it was received, and is not sent",
    ),
    cause: Text::new(
        "番号が同じでも、別の医療機関の番号は別の患者を指します。",
        "Equal numbers of two institutions mean two patients.",
    ),
    remedy: Text::new(
        "自院で書いた文書なら、設定の医療機関番号を確かめてください。",
        "If it was written here, check the institution number in the settings.",
    ),
    source: "rules §2",
};

pub static NUMBER_UNCLEAR: Definition = Definition {
    code: "CDA-021",
    severity: Severity::Error,
    text: Text::new(
        "患者番号がどの医療機関のものかわかりません",
        "nothing says of which institution the patient number is",
    ),
    cause: Text::new(
        "患者番号のOIDが自院のものではなく、設定にもありません。",
        "The OID of the patient number is neither our own nor in the settings.",
    ),
    remedy: Text::new(
        "自院の番号なら、そのOIDを設定 [source.cda] patient_roots に書いてください。",
        "If the number is our own, name its OID in the setting [source.cda] patient_roots.",
    ),
    source: "rules §2",
};

pub static OF_ANOTHER: Definition = Definition {
    code: "CDA-022",
    severity: Severity::Information,
    text: Text::new("患者本人以外の人についての記載なので送りません", "it is about another person and is not sent"),
    cause: Text::new(
        "家族の病名などです。本人の病名としては登録しません。",
        "It is a relative's disease or the like, and never becomes the patient's.",
    ),
    remedy: Text::new("対応は要りません。本文の文字は送られます。", "Nothing to do. The text of the section is sent."),
    source: "CDA R2 subject",
};

pub static STOPPED: Definition = Definition {
    code: "CDA-023",
    severity: Severity::Information,
    text: Text::new("中止・中断した薬なので送りません", "the drug was stopped and is not sent"),
    cause: Text::new(
        "statusCode が aborted・suspended・held です。いまの処方としては登録しません。",
        "Its statusCode is aborted, suspended or held: it is no prescription of today.",
    ),
    remedy: Text::new("対応は要りません。本文の文字は送られます。", "Nothing to do. The text of the section is sent."),
    source: "HL7 V3 ActStatus",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_texts_complete() {
        let mut codes: Vec<_> = ALL.iter().map(|definition| definition.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
        for definition in ALL {
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", definition.code);
            }
        }
    }
}
