//! What this crate can say.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[
    &STATEMENTS_CONFLICT,
    &OTHER_PERSON,
    &PATIENT_REUSED,
    &PATIENT_CONFLICT,
    &IDS_PARTED,
    &IDS_AMBIGUOUS,
    &LIKELY_DOUBLE,
    &NO_INSURANCE,
    &ONLY_PUBLIC_EXPENSE,
    &WELFARE_NOT_ACCEPTED,
    &INSURED_ID_MALFORMED,
    &INSURANCE_NOT_VALID,
    &INSURANCE_UNDATED,
    &BRANCH_MISSING,
    &BRANCH_MALFORMED,
    &PAYER_UNKNOWN,
    &NOT_AN_ERA_DATE,
    &NO_SUCH_DAY,
    &OUTSIDE_ERA,
];

pub static STATEMENTS_CONFLICT: Definition = Definition {
    code: "CLINICAL-001",
    severity: Severity::Error,
    text: Text::new(
        "同じ記録について、同じ時刻で内容の異なるものが複数あります",
        "the same record is stated more than once for the same time, with different contents",
    ),
    cause: Text::new(
        "元のシステムが同じ版のファイルを内容を変えて二度書き出したか、片方が壊れています。どちらが正しいかは機械では決められません。",
        "The source system wrote one version twice with different contents, or one copy is damaged. No machine can tell which is right.",
    ),
    remedy: Text::new(
        "電子カルテで正しい内容を確認し、その記録を保存し直してください。新しい版が届けば自動で解消します。",
        "Check the record in the EHR and save it again; a newer version settles the matter by itself.",
    ),
    source: "rules §3",
};

pub static OTHER_PERSON: Definition = Definition {
    code: "CLINICAL-002",
    severity: Severity::Error,
    text: Text::new(
        "ファイルに書かれた生年月日または性別が、現在の患者基本情報と一致しません",
        "the birth date or sex in the file differs from the current patient record",
    ),
    cause: Text::new(
        "別の患者の記録が同じ患者番号で書き出された可能性があります。",
        "The records of another person may have been written under this patient id.",
    ),
    remedy: Text::new(
        "患者番号と本人を確認してください。患者基本情報の誤りなら訂正し、ファイルの誤りなら正しい患者で書き出し直してください。",
        "Check whose record this is. Correct the patient's master data, or export the file again under the right patient.",
    ),
    source: "rules §2",
};

pub static PATIENT_REUSED: Definition = Definition {
    code: "CLINICAL-003",
    severity: Severity::Error,
    text: Text::new(
        "患者番号の生年月日とカナ氏名がともに変わりました（番号の再利用または患者の統合）",
        "birth date and kana name of the patient id both changed (id reused or patients merged)",
    ),
    cause: Text::new(
        "同じ患者番号が別の人に付け直されたか、二人の患者が一つの番号にまとめられました。",
        "The id was given to another person, or two patients were merged under one id.",
    ),
    remedy: Text::new(
        "この患者番号が今だれのものか確認してください。確認が済むまで、この番号の記録はすべて送信しません。",
        "Find out who has this id now. Until then nothing under this id is sent.",
    ),
    source: "rules §2",
};

pub static PATIENT_CONFLICT: Definition = Definition {
    code: "CLINICAL-004",
    severity: Severity::Error,
    text: Text::new(
        "患者基本情報が、同じ時刻で内容の異なるものを含んでいます",
        "the patient's master data are stated twice for the same time, with different contents",
    ),
    cause: Text::new(
        "患者基本情報が二度書き出され、内容が異なります。どちらが正しいかは機械では決められません。",
        "The master data were written twice with different contents. No machine can tell which is right.",
    ),
    remedy: Text::new(
        "電子カルテで患者基本情報を確認し、保存し直してください。",
        "Check the patient's master data in the EHR and save them again.",
    ),
    source: "rules §3",
};

pub static IDS_PARTED: Definition = Definition {
    code: "CLINICAL-005",
    severity: Severity::Error,
    text: Text::new(
        "別の番号と同じ患者として扱ってきましたが、今はそう言えません",
        "this id was taken for the same patient as another one, and no longer can be",
    ),
    cause: Text::new(
        "先頭の0だけが違う番号の患者が別に現れたか、生年月日・性別・保険が一致しなくなりました。",
        "A patient appeared whose id differs in leading zeros only, or birth date, sex or insurance no longer agree.",
    ),
    remedy: Text::new(
        "二つの番号が同じ患者か確認し、患者の上書き表に「番号変更」（同じ患者）または「別人」の行を追加してください。それまで両方の番号の記録は送信しません。",
        "Find out whether both ids mean one patient, and add a row 番号変更 (one patient) or 別人 (two) to the patient table. Until then nothing of either is sent.",
    ),
    source: "rules §2",
};

pub static IDS_AMBIGUOUS: Definition = Definition {
    code: "CLINICAL-006",
    severity: Severity::Warning,
    text: Text::new(
        "先頭の0だけが違う患者番号が別の患者に使われているため、番号の0の違いを同じとみなしません",
        "ids that differ in leading zeros only are in use for several patients: zeros are not folded",
    ),
    cause: Text::new(
        "一つのシステムが「0012」と「12」のような番号を両方使っています。",
        "One system uses both of two ids such as 0012 and 12.",
    ),
    remedy: Text::new(
        "検査会社などのファイルの患者番号を、電子カルテと同じ桁数で出力してもらってください。同じ患者の番号は患者の上書き表（番号変更）で指定できます。",
        "Have other files written with the ids of the EHR, zeros included. Single ids can be joined in the patient table (番号変更).",
    ),
    source: "rules §2",
};

pub static LIKELY_DOUBLE: Definition = Definition {
    code: "CLINICAL-007",
    severity: Severity::Warning,
    text: Text::new(
        "カナ氏名と生年月日が同じ患者が、別の番号でも登録されています",
        "another patient id has the same kana name and birth date",
    ),
    cause: Text::new(
        "同じ人が二つの番号を持っているか、同姓同名で同じ日に生まれた別の人です。機械では決められません。",
        "One person has two ids, or two people share name and birth date. No machine can tell.",
    ),
    remedy: Text::new(
        "同じ人なら、患者の上書き表に「番号変更」の行を追加してください。別人なら「別人」の行を追加すると、この知らせは出なくなります。",
        "If it is one person, add a row 番号変更 to the patient table. If not, a row 別人 ends this notice.",
    ),
    source: "rules §2",
};

pub static NO_INSURANCE: Definition = Definition {
    code: "CLINICAL-010",
    severity: Severity::Error,
    text: Text::new("健康保険の情報がありません", "the patient has no insurance"),
    cause: Text::new(
        "電子カルテ情報共有サービスは被保険者番号で患者を識別しますが、患者基本情報に保険がありません。",
        "The service identifies patients by their insured number; the master data hold no insurance.",
    ),
    remedy: Text::new(
        "保険証またはマイナ保険証を確認し、患者基本情報に保険を登録してください。登録されれば自動で送信されます。",
        "Check the patient's insurance and enter it in the master data; the records go by themselves afterwards.",
    ),
    source: "JP-CLINS R1012; rules §1",
};

pub static ONLY_PUBLIC_EXPENSE: Definition = Definition {
    code: "CLINICAL-011",
    severity: Severity::Error,
    text: Text::new(
        "公費負担医療の情報だけがあり、健康保険の情報がありません",
        "the patient has public-expense coverage only, no medical insurance",
    ),
    cause: Text::new(
        "公費負担者番号は被保険者番号の代わりになりません。",
        "A public-expense payer number cannot stand for the insured number.",
    ),
    remedy: Text::new(
        "健康保険（社保・国保・後期高齢者など）の情報を患者基本情報に追加してください。",
        "Add the patient's medical insurance to the master data.",
    ),
    source: "JP-CLINS R1012; rules §1",
};

pub static WELFARE_NOT_ACCEPTED: Definition = Definition {
    code: "CLINICAL-012",
    severity: Severity::Error,
    text: Text::new(
        "生活保護（医療扶助）の患者で、設定中の仕様の版ではまだ送信できません",
        "the patient is covered by public assistance, which the implementation guide in force does not take yet",
    ),
    cause: Text::new(
        "生活保護受給者の番号は、2025年5月以降の版の仕様でだけ送信できます。",
        "Numbers of public assistance are part of the guide from May 2025 on.",
    ),
    remedy: Text::new(
        "対応した版の仕様に設定を切り替えるまで保留します。ほかに健康保険があれば患者基本情報に追加してください。",
        "Held until a newer version of the guide is configured. Add medical insurance to the master data if there is any.",
    ),
    source: "rules §1",
};

pub static INSURED_ID_MALFORMED: Definition = Definition {
    code: "CLINICAL-013",
    severity: Severity::Error,
    text: Text::new(
        "保険の{part}の形式が正しくないため、被保険者識別子を作れません",
        "the insured id cannot be formed: {part} is malformed",
    ),
    cause: Text::new(
        "保険者番号は数字8桁（国保は6桁）、被保険者番号は必須で、記号・番号に「:」「^」は使えません。",
        "An insurer number has 8 digits (6 for 国保), the insured number is required, and neither `:` nor `^` may stand in symbol or number.",
    ),
    remedy: Text::new(
        "保険証を確認し、患者基本情報の保険を訂正してください。",
        "Correct the insurance in the patient's master data.",
    ),
    source: "JP-CLINS R1013",
};

pub static INSURANCE_NOT_VALID: Definition = Definition {
    code: "CLINICAL-014",
    severity: Severity::Warning,
    text: Text::new(
        "診療日に有効な健康保険がないため、最も新しい保険を使いました",
        "no medical insurance covers the day of care; the latest one is used",
    ),
    cause: Text::new(
        "登録されている保険の有効期間が診療日を含みません。",
        "The periods of the registered insurances do not cover the day of care.",
    ),
    remedy: Text::new(
        "オンライン資格確認で最新の保険を確認し、患者基本情報を更新してください。",
        "Look the patient's current insurance up and update the master data.",
    ),
    source: "rules §1",
};

pub static INSURANCE_UNDATED: Definition = Definition {
    code: "CLINICAL-015",
    severity: Severity::Warning,
    text: Text::new("健康保険の有効期間が登録されていません", "the medical insurance has no period of validity"),
    cause: Text::new("資格取得日・有効期限がともに空です。", "Neither a first nor a last day is given."),
    remedy: Text::new(
        "オンライン資格確認で期間を確認し、患者基本情報に登録してください。",
        "Look the period up and enter it in the master data.",
    ),
    source: "rules §1",
};

pub static BRANCH_MISSING: Definition = Definition {
    code: "CLINICAL-016",
    severity: Severity::Warning,
    text: Text::new(
        "被保険者証の枝番がないため、空のまま送信します",
        "the branch number (枝番) is missing and is sent empty",
    ),
    cause: Text::new(
        "レセコンから電子カルテに枝番が渡っていないことがあります。同じ世帯の人と区別できず、受け付けられないおそれがあります。",
        "The receipt computer may not pass the 枝番 on. Members of one household cannot be told apart without it, and the centre may refuse.",
    ),
    remedy: Text::new(
        "オンライン資格確認の結果にある枝番（2桁）を患者基本情報に登録してください。",
        "Enter the two-digit 枝番 from the eligibility check in the master data.",
    ),
    source: "JP-CLINS R1013; rules §1",
};

pub static BRANCH_MALFORMED: Definition = Definition {
    code: "CLINICAL-017",
    severity: Severity::Warning,
    text: Text::new(
        "被保険者証の枝番が数字2桁ではないため、空のまま送信します",
        "the branch number (枝番) is not two digits and is sent empty",
    ),
    cause: Text::new("枝番は数字2桁です。", "A 枝番 has two digits."),
    remedy: Text::new(
        "オンライン資格確認の結果にある枝番（2桁）に訂正してください。",
        "Correct it to the two-digit 枝番 of the eligibility check.",
    ),
    source: "JP-CLINS R1013",
};

pub static PAYER_UNKNOWN: Definition = Definition {
    code: "CLINICAL-018",
    severity: Severity::Warning,
    text: Text::new(
        "保険者番号から健康保険か公費か判別できない保険があり、使いませんでした（{kind}）",
        "an insurance is neither medical insurance nor public expense by its payer number, and is not used ({kind})",
    ),
    cause: Text::new(
        "保険者番号の桁数または法別番号が健康保険・公費のどちらにも当たりません。",
        "Neither the length nor the law (first two digits) of the number is that of medical insurance or public expense.",
    ),
    remedy: Text::new(
        "健康保険であれば、患者基本情報の保険者番号を訂正してください。",
        "If this is medical insurance, correct the payer number in the master data.",
    ),
    source: "rules §1",
};

pub static NOT_AN_ERA_DATE: Definition = Definition {
    code: "CLINICAL-020",
    severity: Severity::Warning,
    text: Text::new("和暦の日付として読めません", "not a date of a Japanese era"),
    cause: Text::new("元号と年がそろっていません。", "Era and year are not both there."),
    remedy: Text::new(
        "「令和7年4月1日」「R7.4.1」のように入力してください。",
        "Write it like 令和7年4月1日 or R7.4.1.",
    ),
    source: "",
};

pub static NO_SUCH_DAY: Definition = Definition {
    code: "CLINICAL-021",
    severity: Severity::Warning,
    text: Text::new("暦にない日付です", "the calendar has no such day"),
    cause: Text::new(
        "月または日が、その年にありません（例：平成31年2月29日）。",
        "Month or day do not exist in that year.",
    ),
    remedy: Text::new("元のシステムで日付を訂正してください。", "Correct the date in the source system."),
    source: "",
};

pub static OUTSIDE_ERA: Definition = Definition {
    code: "CLINICAL-022",
    severity: Severity::Warning,
    text: Text::new("その元号の期間にない日付です", "the day does not lie in the era named"),
    cause: Text::new(
        "改元より前または後の日付です（例：昭和64年1月8日は平成元年1月8日、平成31年5月1日は令和元年5月1日）。",
        "The day lies before the era began or after it ended (昭和64年1月8日 was 平成元年1月8日).",
    ),
    remedy: Text::new(
        "元号の取り違えか、年の誤りです。元のシステムで日付を訂正してください。",
        "Either the era or the year is wrong: correct the date in the source system.",
    ),
    source: "",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_is_complete_and_its_code_unique() {
        let mut codes: Vec<&str> = ALL.iter().map(|definition| definition.code).collect();
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
