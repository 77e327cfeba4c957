//! Of what stands beside prescriptions: notes, and what a patient typed.

use tsugite_issue::{Definition, Severity, Text};

pub static ALLERGY_NOTE: Definition = Definition::new(
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

pub static SIDE_EFFECT_NOTE: Definition = Definition::new(
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

pub static NO_KNOWN_ALLERGY: Definition = Definition::new(
    "JAHIS-103",
    Severity::Information,
    Text::new("「なし」は送りません", "a note that says \"none\" is not sent"),
    Text::new("「なし」を伝える形はありません。", "There is no way to say none."),
    Text::new("対応は要りません。", "Nothing to do."),
    "rules §1",
);

pub static PATIENT_ENTERED: Definition = Definition::new(
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

pub static OVER_THE_COUNTER: Definition = Definition::new(
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

pub static HISTORY_NOTE: Definition = Definition::new(
    "JAHIS-106",
    Severity::Information,
    Text::new("お薬手帳の既往歴は傷病名として送りません", "a history noted in a notebook is not sent as a diagnosis"),
    Text::new("自由記載で、診断した医療機関も日付も分かりません。", "It is free text without institution or date."),
    Text::new("必要なら電子カルテに傷病名を登録してください。", "Enter a diagnosis into the EHR if it matters."),
    "rules §1",
);

pub static NOTE: Definition = Definition::new(
    "JAHIS-107",
    Severity::Information,
    Text::new("連絡・注意書きは送りません", "remarks and cautions are not sent"),
    Text::new("処方ではなく、受け取る場所がありません。", "They are no prescription, and nothing takes them."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JAHIS",
);

pub static VITAL: Definition = Definition::new(
    "JAHIS-108",
    Severity::Information,
    Text::new("血液型・体重は送る対象ではありません", "blood group and weight are not sent"),
    Text::new("検査結果ではありません。", "They are no laboratory results."),
    Text::new("対応は要りません。", "Nothing to do."),
    "rules §4",
);

pub static MATERIAL: Definition = Definition::new(
    "JAHIS-109",
    Severity::Information,
    Text::new("医療材料は処方情報に含めません", "medical materials are no part of prescriptions"),
    Text::new("薬ではありません。", "They are no drugs."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JAHIS",
);
