//! Why a record is not carried.

use tsugite_issue::{Definition, Severity, Text};

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

pub static DRUG_OF_ACT: Definition = Definition::new(
    "MML-111",
    Severity::Information,
    Text::new(
        "処置・手術・検査などで使った薬剤で、処方ではありません",
        "a drug used in the course of an act is no prescription",
    ),
    Text::new("診療行為区分が14・21・22・23以外の薬剤です。", "It stands under none of the acts 14, 21, 22 and 23."),
    Text::new("対応は要りません。", "Nothing to do."),
    "rules §8",
);

pub static PATIENT_OF_OTHERS: Definition = Definition::new(
    "MML-112",
    Severity::Warning,
    Text::new(
        "ほかの医療機関が書いたMMLです。患者番号は自院のものではありません",
        "another institution wrote this: its patient number is not one of ours",
    ),
    Text::new(
        "作成者の医療機関番号が設定と違います。同じ番号でも別の患者で、その記録はその医療機関が送るものです。",
        "The creator's institution is not that of the settings. The same number is another person there, and the record is theirs to send.",
    ),
    Text::new(
        "自院で書いたものなら、設定の医療機関番号を確かめてください。",
        "If you wrote it yourself, check the institution number in the settings.",
    ),
    "rules §2",
);
