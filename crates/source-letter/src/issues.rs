//! What this crate can say: why a letter is not understood or held.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[
    &NOT_TOML,
    &KEY_UNKNOWN,
    &VALUE_WRONG,
    &FORMAT_UNKNOWN,
    &HEADING_UNKNOWN,
    &SECTION_ELSEWHERE,
    &BEFORE_HEADINGS,
    &HEAD_MISSING,
    &ATTACHMENT_BROKEN,
    &ATTACHMENT_KIND,
    &ATTACHMENT_SIZE,
    &LINE_UNKNOWN,
    &SECTION_TWICE,
    &ATTACHMENT_OTHER_PATIENT,
];

const fn define(code: &'static str, text: Text, cause: Text, remedy: Text) -> Definition {
    Definition { code, severity: Severity::Error, text, cause, remedy, source: "" }
}

pub static NOT_TOML: Definition = define(
    "LETTER-001",
    Text::new("手紙のファイルが読めません", "the letter cannot be read"),
    Text::new(
        "TOMLの書き方（引用符・かっこ・表の見出し）に誤りがあるか、必要な項目がありません。",
        "A mistake of TOML (quotes, brackets, headers of tables), or a field that must be there is not.",
    ),
    Text::new("示した行と桁を直してください。", "Mend the file at the line and column."),
);

pub static KEY_UNKNOWN: Definition = define(
    "LETTER-002",
    Text::new(
        "手紙に知らない項目 {key} があります（使えるもの: {known}）",
        "unknown key {key} in the letter (known: {known})",
    ),
    Text::new("項目の名前が違います。", "The key is misspelt, or belongs elsewhere."),
    Text::new("名前を直してください。", "Mend the name of the key."),
);

pub static VALUE_WRONG: Definition = define(
    "LETTER-003",
    Text::new("{field} の値が読めません", "the value of {field} cannot be read"),
    Text::new(
        "日付・区分・番号などが、決まった書き方ではありません。",
        "A date, a word or a number is not written in a known way.",
    ),
    Text::new("手紙の書式の説明を見て値を直してください。", "Mend the value as the description of the format says."),
);

pub static FORMAT_UNKNOWN: Definition = define(
    "LETTER-004",
    Text::new("手紙の書式の版 {format} は知りません", "format {format} of letters is not known"),
    Text::new(
        "このプログラムより新しい書式で書かれているか、format の値が違います。",
        "The letter is written for a newer version of this program, or the number is wrong.",
    ),
    Text::new(
        "format = 1 と書くか、このプログラムを新しくしてください。",
        "Write format = 1, or install a newer version of this program.",
    ),
);

pub static HEADING_UNKNOWN: Definition = define(
    "LETTER-005",
    Text::new(
        "知らない見出し【{heading}】があります（使えるもの: {known}）",
        "unknown heading 【{heading}】 (known: {known})",
    ),
    Text::new(
        "どの項目にあたるか分からない文章を、勝手に別の項目へ入れることはしません。",
        "A text of which it is not known where it belongs is not put anywhere by guess.",
    ),
    Text::new(
        "見出しを直してください。その他の連絡は【備考】（診療情報提供書）に書けます。",
        "Mend the heading. Other remarks go under 【備考】 in a referral.",
    ),
);

pub static SECTION_ELSEWHERE: Definition = define(
    "LETTER-006",
    Text::new("【{heading}】はこの種類の文書にはありません", "this kind of document has no section 【{heading}】"),
    Text::new(
        "診療情報提供書と退院時サマリーでは、書ける項目が違います。",
        "A referral and a discharge summary have different sections.",
    ),
    Text::new("その文書にある見出しに変えてください。", "Choose a section that this kind of document has."),
);

pub static BEFORE_HEADINGS: Definition = define(
    "LETTER-007",
    Text::new("最初の見出しより前に文章があります", "there is text before the first heading"),
    Text::new("文章がどの項目のものか分かりません。", "It is not known which section the text belongs to."),
    Text::new("【紹介目的】などの見出しの下へ移してください。", "Put it under a heading such as 【紹介目的】."),
);

pub static HEAD_MISSING: Definition = define(
    "LETTER-008",
    Text::new("手紙に【{heading}】がありません", "the letter has no 【{heading}】"),
    Text::new(
        "誰の、いつの文書か分からないと取り込めません。",
        "Without it nobody knows whose letter it is, and of when.",
    ),
    Text::new("見出しと値を書いてください。", "Write the heading and its value."),
);

pub static ATTACHMENT_BROKEN: Definition = define(
    "LETTER-009",
    Text::new("添付がBase64として読めません", "an attachment is no Base64"),
    Text::new(
        "添付の文字列が途中で切れているか、書き換えられています。",
        "The text of the attachment is cut off or was changed.",
    ),
    Text::new(
        "添付を作り直してください。`tsugite compose --attach` が正しく作ります。",
        "Make it again; `tsugite compose --attach` does it rightly.",
    ),
);

pub static ATTACHMENT_KIND: Definition = define(
    "LETTER-010",
    Text::new(
        "添付がPDF・PNG・JPEG・退院時サマリーではありません",
        "an attachment is neither PDF, PNG, JPEG nor a discharge summary",
    ),
    Text::new("種類はファイル名ではなく中身で判断します。", "What it is is judged by its content, not by its name."),
    Text::new("PDF・PNG・JPEGに変換して添付してください。", "Convert it to PDF, PNG or JPEG."),
);

pub static ATTACHMENT_OTHER_PATIENT: Definition = define(
    "LETTER-014",
    Text::new("添付の退院時サマリーは別の患者のものです", "the attached discharge summary is about another patient"),
    Text::new(
        "サマリーの患者番号が、手紙の患者番号と違います。",
        "The patient's number in the summary is not the one of the letter.",
    ),
    Text::new("正しい患者のサマリーを添付してください。", "Attach the summary of this patient."),
);

pub static ATTACHMENT_SIZE: Definition = define(
    "LETTER-011",
    Text::new(
        "添付が大きすぎます（合計 {size} MB、上限 {most} MB）",
        "the attachments are too large ({size} MB together, {most} MB at most)",
    ),
    Text::new(
        "一度に送れるのは10 MBまでで、添付は送るときに大きくなります。",
        "A transmission is 10 MB at most, and attachments grow on the way.",
    ),
    Text::new("解像度を下げるか、添付を減らしてください。", "Lower the resolution, or attach less."),
);

pub static LINE_UNKNOWN: Definition = define(
    "LETTER-012",
    Text::new(
        "【{heading}】の中に読めない行があります（使えるもの: {known}）",
        "a line under 【{heading}】 cannot be read (known: {known})",
    ),
    Text::new(
        "「医療機関名: ○○病院」のような「項目: 値」の行ではありません。",
        "It is no line of the form \"name: value\".",
    ),
    Text::new("行を直してください。", "Mend the line."),
);

pub static SECTION_TWICE: Definition = define(
    "LETTER-013",
    Text::new("【{heading}】が二つあります", "the section 【{heading}】 stands there twice"),
    Text::new("文書には同じ項目を二つ書けません。", "A document has each section once."),
    Text::new("一つにまとめてください。", "Make one of them."),
);
