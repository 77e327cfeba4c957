//! Of a prescription's Rp, usages, drugs and amounts.

use tsugite_issue::{Definition, Severity, Text};

pub static RP_INCOMPLETE: Definition = Definition::new(
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

pub static RP_EMPTY: Definition = Definition::new(
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

pub static USAGE_MISSING: Definition = Definition::new(
    "JAHIS-022",
    Severity::Warning,
    Text::new("用法(レコード111)がありません", "there is no usage (record 111)"),
    Text::new("出力プログラムが用法を書いていません。", "The export wrote none."),
    Text::new("用法なしで読みました。処方箋を確かめてください。", "It was read without. Check the prescription."),
    "JAHIS",
);

pub static USAGE_SHIFTED: Definition = Definition::new(
    "JAHIS-023",
    Severity::Warning,
    Text::new("用法名称がコードの列にあります", "the name of the usage stands in the column of its code"),
    Text::new("出力プログラムが列を省いています。", "The export leaves a column out."),
    Text::new("文字として読みました。ベンダーに知らせてください。", "It was read as text. Tell the vendor."),
    "JAHIS",
);

pub static FORM_UNKNOWN: Definition = Definition::new(
    "JAHIS-024",
    Severity::Warning,
    Text::new("剤形区分が表にありません(レコード{record})", "the form is not in the table (record {record})"),
    Text::new("規約にない値です。", "The standard has no such value."),
    Text::new(
        "用量が何の量か決まらないため、書かれたまま備考に入れました。処方箋を確かめてください。",
        "What the amount is of is open, so it stands in the remarks as written. Check the prescription.",
    ),
    "JAHIS",
);

pub static RP_DIFFERS: Definition = Definition::new(
    "JAHIS-038",
    Severity::Error,
    Text::new("同じ番号に違う内容が二つあります", "one number has two different contents"),
    Text::new(
        "同じRP番号に剤形や用法が二通りあるか、同じRP内連番に薬が二つあります。",
        "An Rp has two forms or usages, or two drugs have one number in it.",
    ),
    Text::new(
        "どの用法がどの薬のものか決められないため保留にしました。処方箋を確かめ、ベンダーに知らせてください。",
        "Which usage is whose cannot be told, so it is held. Check the prescription, and tell the vendor.",
    ),
    "JAHIS",
);

pub static DRUG_UNNAMED: Definition = Definition::new(
    "JAHIS-025",
    Severity::Error,
    Text::new("薬品の名称もコードもありません", "a drug has neither name nor code"),
    Text::new("薬品のレコードが壊れています。", "The record is damaged."),
    Text::new("読み取り直してください。保留にしました。", "Scan it again. It is held."),
    "JAHIS",
);

pub static DRUG_KIND_UNKNOWN: Definition = Definition::new(
    "JAHIS-026",
    Severity::Warning,
    Text::new("薬品コード種別が表にありません", "the kind of the drug's code is not in the table"),
    Text::new("予備の値か、新しい規約です。", "A reserved value, or a newer standard."),
    Text::new("院内コードとして読みました。", "It was read as a local code."),
    "JAHIS",
);

pub static DRUG_CODE_MISNAMED: Definition = Definition::new(
    "JAHIS-027",
    Severity::Warning,
    Text::new("薬品コードの種別と形が合いません", "kind and shape of a drug's code disagree"),
    Text::new("レセ電コードをYJと書くなど、種別の誤りです。", "A receipt code is called YJ, or the like."),
    Text::new("コードの形に従いました。ベンダーに知らせてください。", "The shape was followed. Tell the vendor."),
    "rules §1",
);

pub static DRUG_CODE_MISSING: Definition = Definition::new(
    "JAHIS-028",
    Severity::Warning,
    Text::new("薬品コードがありません", "the drug's code is missing"),
    Text::new("種別だけが書かれています。", "Only its kind is written."),
    Text::new("名称で読みました。", "It was read by its name."),
    "JAHIS",
);

pub static NUMBER_INVALID: Definition = Definition::new(
    "JAHIS-029",
    Severity::Warning,
    Text::new("数値として読めません(レコード{record})", "not a number (record {record})"),
    Text::new("調剤数量が空か、数字以外です。", "The quantity is missing or no number."),
    Text::new("日数・回数なしで読みました。処方箋を確かめてください。", "It was read without. Check the prescription."),
    "JAHIS",
);

pub static AMOUNT_INVALID: Definition = Definition::new(
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

pub static AMOUNT_MISSING: Definition = Definition::new(
    "JAHIS-031",
    Severity::Warning,
    Text::new("用量がありません(レコード{record})", "there is no amount (record {record})"),
    Text::new("出力プログラムが用量を書いていません。", "The export wrote none."),
    Text::new("用量なしで読みました。処方箋を確かめてください。", "It was read without. Check the prescription."),
    "JAHIS",
);

pub static ORPHAN: Definition = Definition::new(
    "JAHIS-032",
    Severity::Warning,
    Text::new("対応する薬品のないレコード{record}があります", "record {record} belongs to no drug"),
    Text::new("RP番号かRP内連番が合いません。", "Its numbers match no drug."),
    Text::new("読み飛ばしました。処方箋を確かめてください。", "It was passed over. Check the prescription."),
    "JAHIS",
);

pub static CREATOR_UNKNOWN: Definition = Definition::new(
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

pub static SAID_TWICE: Definition = Definition::new(
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

pub static NUMBER_LEFT_OUT: Definition = Definition::new(
    "JAHIS-040",
    Severity::Error,
    Text::new("RP番号かRP内連番が飛んでいます", "a number of an Rp, or of a drug in its Rp, is left out"),
    Text::new(
        "読み取っていないコードがあるか、別の処方箋のコードが混ざっています。",
        "A code was not scanned, or one of another prescription is mixed in.",
    ),
    Text::new(
        "その処方箋のコードを全部、先頭から読み取り直してください。薬が欠けているため保留にしました。",
        "Scan all codes of the prescription, from the first. Drugs are missing, so it is held.",
    ),
    "JAHIS",
);
