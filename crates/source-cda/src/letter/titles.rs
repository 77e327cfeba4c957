//! What a section speaks of: by its LOINC code, whose meaning is LOINC's own, else by its heading.

use tsugite_clinical::body::{DocumentKind, SectionKind};

const LOINC: [(&str, SectionKind); 30] = [
    ("42349-1", SectionKind::ReferralPurpose),
    ("11450-4", SectionKind::Problems),
    ("10154-3", SectionKind::ChiefComplaint),
    ("46241-6", SectionKind::AdmissionDiagnoses),
    ("42346-7", SectionKind::AdmissionMedication),
    ("10164-2", SectionKind::PresentIllness),
    ("11348-0", SectionKind::PastIllness),
    ("48765-2", SectionKind::Allergies),
    ("10157-6", SectionKind::FamilyHistory),
    ("29545-1", SectionKind::PhysicalStatus),
    ("8716-3", SectionKind::PhysicalStatus),
    ("29762-2", SectionKind::SocialHistory),
    ("11369-6", SectionKind::Immunization),
    ("8724-7", SectionKind::Surgery),
    ("10167-5", SectionKind::Surgery),
    ("47519-4", SectionKind::Treatment),
    ("10160-0", SectionKind::Medication),
    ("30954-2", SectionKind::Studies),
    ("11493-4", SectionKind::Studies),
    ("8648-8", SectionKind::ClinicalCourse),
    ("18776-5", SectionKind::Instructions),
    ("8653-8", SectionKind::Instructions),
    ("11535-2", SectionKind::DischargeDiagnoses),
    ("10183-2", SectionKind::DischargeMedication),
    ("75311-1", SectionKind::DischargeMedication),
    ("10184-0", SectionKind::DischargePhysicalStatus),
    ("46264-8", SectionKind::MedicalDevices),
    ("42348-3", SectionKind::AdvanceDirective),
    ("42347-5", SectionKind::AdmissionDiagnoses),
    ("51848-0", SectionKind::ClinicalCourse),
];

/// Parts of headings, the more particular first.
const TITLES: [(&str, SectionKind); 62] = [
    ("紹介目的", SectionKind::ReferralPurpose),
    ("紹介理由", SectionKind::ReferralPurpose),
    ("依頼内容", SectionKind::ReferralPurpose),
    ("入院時診断", SectionKind::AdmissionDiagnoses),
    ("入院時病名", SectionKind::AdmissionDiagnoses),
    ("入院病名", SectionKind::AdmissionDiagnoses),
    ("退院時診断", SectionKind::DischargeDiagnoses),
    ("退院時病名", SectionKind::DischargeDiagnoses),
    ("退院病名", SectionKind::DischargeDiagnoses),
    ("確定診断", SectionKind::DischargeDiagnoses),
    ("入院時服薬", SectionKind::AdmissionMedication),
    ("入院時投薬", SectionKind::AdmissionMedication),
    ("持参薬", SectionKind::AdmissionMedication),
    ("退院時投薬", SectionKind::DischargeMedication),
    ("退院時処方", SectionKind::DischargeMedication),
    ("退院処方", SectionKind::DischargeMedication),
    ("退院時服薬", SectionKind::DischargeMedication),
    ("入院時身体所見", SectionKind::AdmissionPhysicalStatus),
    ("入院時現症", SectionKind::AdmissionPhysicalStatus),
    ("退院時身体所見", SectionKind::DischargePhysicalStatus),
    ("退院時現症", SectionKind::DischargePhysicalStatus),
    ("退院時詳細", SectionKind::DischargeDetails),
    ("退院時状況", SectionKind::DischargeDetails),
    ("入院時詳細", SectionKind::AdmissionDetails),
    ("入院理由", SectionKind::ReasonForAdmission),
    ("入院目的", SectionKind::ReasonForAdmission),
    ("入院経過", SectionKind::ClinicalCourse),
    ("入院中経過", SectionKind::ClinicalCourse),
    ("入院後経過", SectionKind::ClinicalCourse),
    ("臨床経過", SectionKind::ClinicalCourse),
    ("治療経過", SectionKind::ClinicalCourse),
    ("傷病名", SectionKind::Problems),
    ("病名", SectionKind::Problems),
    ("診断名", SectionKind::Problems),
    ("主訴", SectionKind::ChiefComplaint),
    ("現病歴", SectionKind::PresentIllness),
    ("病状経過", SectionKind::PresentIllness),
    ("既往", SectionKind::PastIllness),
    ("アレルギー", SectionKind::Allergies),
    ("禁忌", SectionKind::Allergies),
    ("家族歴", SectionKind::FamilyHistory),
    ("身体所見", SectionKind::PhysicalStatus),
    ("現症", SectionKind::PhysicalStatus),
    ("感染症", SectionKind::Infections),
    ("社会歴", SectionKind::SocialHistory),
    ("生活", SectionKind::SocialHistory),
    ("嗜好", SectionKind::SocialHistory),
    ("予防接種", SectionKind::Immunization),
    ("手術", SectionKind::Surgery),
    ("輸血", SectionKind::Transfusion),
    ("処置", SectionKind::Treatment),
    ("入院中治療", SectionKind::Treatment),
    ("処方", SectionKind::Medication),
    ("投薬", SectionKind::Medication),
    ("服薬", SectionKind::Medication),
    ("検査", SectionKind::Studies),
    ("方針", SectionKind::Instructions),
    ("医療機器", SectionKind::MedicalDevices),
    ("事前指示", SectionKind::AdvanceDirective),
    ("臨床研究", SectionKind::Research),
    ("治験", SectionKind::Research),
    ("備考", SectionKind::Remarks),
];

/// `None` where neither code nor heading is known.
pub fn kind(code: Option<&str>, title: Option<&str>, document: DocumentKind) -> Option<SectionKind> {
    let by_code = code.and_then(|code| LOINC.iter().find(|(known, _)| *known == code)).map(|(_, kind)| *kind);
    let kind = by_code.or_else(|| {
        let title: String = title?.chars().filter(|c| !c.is_whitespace() && !matches!(c, '・' | '【' | '】')).collect();
        TITLES.iter().find(|(part, _)| title.contains(part)).map(|(_, kind)| *kind)
    })?;
    // A summary has no plain list of diagnoses or drugs: those at its end are meant.
    Some(match (document, kind) {
        (DocumentKind::Discharge, SectionKind::Problems) => SectionKind::DischargeDiagnoses,
        (DocumentKind::Discharge, SectionKind::Medication) => SectionKind::DischargeMedication,
        _ => kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_rules_and_the_heading_helps() {
        use DocumentKind::{Discharge, Referral};
        for (code, title, document, expected) in [
            (Some("10164-2"), Some("手術"), Referral, Some(SectionKind::PresentIllness)),
            (Some("11450-4"), None, Discharge, Some(SectionKind::DischargeDiagnoses)),
            (None, Some("退院時 処方"), Discharge, Some(SectionKind::DischargeMedication)),
            (None, Some("現在の処方"), Referral, Some(SectionKind::Medication)),
            (None, Some("既往歴及び家族歴"), Referral, Some(SectionKind::PastIllness)),
            (Some("MD0020000"), Some("【紹介目的】"), Referral, Some(SectionKind::ReferralPurpose)),
            (Some("00000-0"), Some("その他の事"), Referral, None),
            (None, None, Referral, None),
        ] {
            assert_eq!(kind(code, title, document), expected, "{code:?} {title:?}");
        }
    }
}
