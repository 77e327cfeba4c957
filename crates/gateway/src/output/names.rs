use tsugite_clinical::RecordKind;
use tsugite_clins::UnitKind;
use tsugite_issue::{Lang, Text};
use tsugite_store::Operation;

/// What a person calls a kind of record.
pub const fn kind_name(kind: RecordKind, lang: Lang) -> &'static str {
    let text = match kind {
        RecordKind::Condition => Text::new("病名", "diagnoses"),
        RecordKind::Allergy => Text::new("アレルギー", "allergies"),
        RecordKind::LabResult => Text::new("検査結果", "laboratory results"),
        RecordKind::Vital => Text::new("身体計測・血液型", "vital signs"),
        RecordKind::Prescription => Text::new("処方", "prescriptions"),
        RecordKind::Injection => Text::new("注射", "injections"),
        RecordKind::LabOrder => Text::new("検査オーダ", "laboratory orders"),
        RecordKind::Imaging => Text::new("画像・生理検査", "imaging and tests"),
        RecordKind::Diet => Text::new("食事", "diet"),
        RecordKind::Document => Text::new("文書", "documents"),
        RecordKind::CheckupItem => Text::new("健診項目", "checkup items"),
    };
    text.get(lang)
}

/// What a person calls a kind of Unit.
pub const fn unit_name(kind: UnitKind, lang: Lang) -> &'static str {
    let text = match kind {
        UnitKind::Condition => Text::new("傷病名の一覧", "problem lists"),
        UnitKind::Allergy => Text::new("アレルギー・薬剤禁忌の一覧", "allergy lists"),
        UnitKind::Lab => Text::new("検査報告", "laboratory reports"),
        UnitKind::Referral => Text::new("診療情報提供書", "referrals"),
        UnitKind::Discharge => Text::new("退院時サマリー", "discharge summaries"),
        UnitKind::Checkup => Text::new("健診結果報告書", "health check reports"),
    };
    text.get(lang)
}

/// The name of a kind of Unit as a person says it; empty where there is no such kind.
pub fn named_unit(kind: &str, lang: Lang) -> &'static str {
    UnitKind::ALL.into_iter().find(|known| known.name() == kind).map_or("", |kind| unit_name(kind, lang))
}

/// What a person calls an operation.
pub const fn operation_name(operation: Operation, lang: Lang) -> &'static str {
    let text = match operation {
        Operation::Register => Text::new("登録", "register"),
        Operation::Change => Text::new("変更", "change"),
        Operation::Cancel => Text::new("取消", "cancel"),
    };
    text.get(lang)
}
