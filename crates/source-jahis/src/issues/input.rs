//! Of the input as a whole: its records, whom it is about, who wrote it and when.

use tsugite_issue::{Definition, Severity, Text};

pub static EMPTY: Definition = Definition::new(
    "JAHIS-001",
    Severity::Error,
    Text::new("ファイルが空です", "the file is empty"),
    Text::new("読み取りか保存に失敗しています。", "Scanning or saving failed."),
    Text::new("QRコードをもう一度読み取ってください。", "Scan the code again."),
    "",
);

pub static NO_HEADER: Definition = Definition::new(
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

pub static TOO_LARGE: Definition = Definition::new(
    "JAHIS-003",
    Severity::Error,
    Text::new("大きすぎるため読みませんでした", "far too large; it was not read"),
    Text::new("処方箋QRやお薬手帳の書き出しではあり得ない大きさです。", "No export of symbols is that large."),
    Text::new("ファイルを確かめてください。", "Look at the file."),
    "",
);

pub static BEFORE_HEADER: Definition = Definition::new(
    "JAHIS-004",
    Severity::Error,
    Text::new("最初の見出し行の前に{count}行あります", "{count} lines stand before the first header"),
    Text::new(
        "コードを順番どおりに読み取っていないか、先頭のコードが欠けています。",
        "The codes were scanned out of order, or the first one is missing.",
    ),
    Text::new(
        "先頭のコードから順に読み取り直してください。続きがどれか分からないため、その薬と次の処方は保留にしました。",
        "Scan again from the first code. What they continue is not known: their drugs, and the symbol below, are held.",
    ),
    "JAHIS",
);

pub static PATIENTS_SEVERAL: Definition = Definition::new(
    "JAHIS-035",
    Severity::Error,
    Text::new("一つの見出しの下に患者が二人います", "two patients stand under one header"),
    Text::new(
        "二つめの処方の見出し行(JAHIS…)が欠けています。",
        "The header line (JAHIS…) of the second one is missing.",
    ),
    Text::new(
        "一枚ずつ読み取り直してください。どの薬が誰のものか分からないため、全部を保留にしました。",
        "Scan each by itself. Which drug is whose cannot be told, so all of it is held.",
    ),
    "rules §2",
);

pub static SYMBOLS_MIXED: Definition = Definition::new(
    "JAHIS-036",
    Severity::Error,
    Text::new("一つの見出しの下に二つ分の内容があります", "the content of two stands under one header"),
    Text::new(
        "二つめの見出し行(JAHIS…)が欠けているか、コードが違う順番でつながれています。",
        "The second header line (JAHIS…) is missing, or codes were put together in another order.",
    ),
    Text::new(
        "一枚ずつ、先頭のコードから順に読み取り直してください。全部を保留にしました。",
        "Scan each by itself, in order from its first code. All of it is held.",
    ),
    "JAHIS",
);

pub static SPLIT_DIFFERS: Definition = Definition::new(
    "JAHIS-037",
    Severity::Error,
    Text::new(
        "分割されたコードの同じ番号が、違う内容で二つあります",
        "one part of a split code is here twice, with different content",
    ),
    Text::new(
        "訂正前と訂正後のコードか、番号の同じ別の手帳のコードが混ざっています。",
        "Codes from before and after a correction, or of two notebooks with one number, are mixed.",
    ),
    Text::new(
        "正しいコードだけを一つのファイルに入れてください。どれがつながるか分からないため、全部を保留にしました。",
        "Put the right codes alone into one file. Which of them belong together cannot be told, so all are held.",
    ),
    "JAHIS 911",
);

pub static LINE_CUT: Definition = Definition::new(
    "JAHIS-039",
    Severity::Error,
    Text::new("最後のレコード(薬品・用法)が途中で終わっています", "the last record (a drug or a usage) ends half-way"),
    Text::new(
        "続きのQRコードを読み取っていないか、出力プログラムが列を省いています。",
        "A further code was not scanned, or the export leaves columns out.",
    ),
    Text::new(
        "続きのコードも読み取り、一つのファイルに続けて保存してください。用量や日数が欠けているかもしれないため保留にしました。",
        "Scan the further codes too and save them in one file. Its amount or days may be cut off, so the drug is held.",
    ),
    "JAHIS",
);

pub static GENERATION_UNKNOWN: Definition = Definition::new(
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

pub static END_MISSING: Definition = Definition::new(
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

pub static LINE_BROKEN: Definition = Definition::new(
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

pub static SPLIT_INCOMPLETE: Definition = Definition::new(
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

pub static RECORD_UNKNOWN: Definition = Definition::new(
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

pub static PATIENT_MISSING: Definition = Definition::new(
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

pub static PATIENT_UNNUMBERED: Definition = Definition::new(
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

pub static PATIENT_OF_OTHERS: Definition = Definition::new(
    "JAHIS-041",
    Severity::Warning,
    Text::new(
        "ほかの医療機関の処方箋です。患者番号は自院のものとして扱いません",
        "a prescription of another institution: its patient number is not taken for one of ours",
    ),
    Text::new(
        "医療機関(レコード1)が設定の医療機関番号と違うか、10桁になりません。同じ番号でも別の患者です。",
        "Record 1 is not the institution of the settings, or has no ten digits. The same number is another person there.",
    ),
    Text::new(
        "自院の処方箋なら、レセコンの医療機関番号と設定を確かめてください。",
        "If it is your own, check the number in the receipt computer and in the settings.",
    ),
    "rules §2",
);

pub static ISSUED_MISSING: Definition = Definition::new(
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

pub static DISPENSED_MISSING: Definition = Definition::new(
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

pub static PRESCRIBER_MISSING: Definition = Definition::new(
    "JAHIS-014",
    Severity::Error,
    Text::new("処方した医療機関が分かりません", "who prescribed is not known"),
    Text::new(
        "医療機関のレコード(処方箋は1、お薬手帳は51)が無いか、患者が入力したものです。",
        "The record of the institution (1 of a prescription, 51 of a notebook) is missing or was typed by the patient.",
    ),
    Text::new(
        "自院の処方か確かめてください。他院の処方は自院の情報として送れません。",
        "Find out whether it is your own: others' prescriptions are not yours to send.",
    ),
    "rules §1",
);

pub static INSTITUTION_UNCLEAR: Definition = Definition::new(
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

pub static CODE_REPAIRED: Definition = Definition::new(
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

pub static DATE_INVALID: Definition = Definition::new(
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

pub static ERA_OVERRUN: Definition = Definition::new(
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

pub static COLUMNS_DIFFER: Definition = Definition::new(
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
