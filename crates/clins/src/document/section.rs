//! The sections of each kind of document: code and title as the profiles fix them, and where a heading of a letter belongs.
//!
//! A section of the other kind of letter is never lost: its text goes under the nearest heading that the kind has, with its own name
//! before it.

use super::relation;
use tsugite_clinical::body::{Body, DocumentKind, SectionKind, Vital};

/// One section of a profile.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub code: &'static str,
    pub title: &'static str,
    /// The profile has it 1..*.
    pub required: bool,
    /// What an author calls it.
    pub kind: SectionKind,
}

const fn part(code: &'static str, title: &'static str, required: bool, kind: SectionKind) -> Part {
    Part { code, title, required, kind }
}

use SectionKind as S;

/// 構造情報 (300) of JP_Composition_eReferral, and 備考・連絡情報 (220), which stands beside it.
pub(crate) static REFERRAL: [Part; 21] = [
    part("950", "紹介目的", true, S::ReferralPurpose),
    part("340", "傷病名・主訴", true, S::Problems),
    part("360", "現病歴", true, S::PresentIllness),
    part("370", "既往歴", false, S::PastIllness),
    part("510", "アレルギー・不耐性反応", false, S::Allergies),
    part("550", "家族歴", false, S::FamilyHistory),
    part("610", "身体所見", false, S::PhysicalStatus),
    part("520", "感染症情報", false, S::Infections),
    part("640", "社会歴・生活習慣", false, S::SocialHistory),
    part("530", "予防接種歴", false, S::Immunization),
    part("730", "手術", false, S::Surgery),
    part("740", "輸血歴", false, S::Transfusion),
    part("720", "処置", false, S::Treatment),
    part("430", "投薬指示", false, S::Medication),
    part("620", "検査結果", false, S::Studies),
    part("330", "臨床経過", false, S::ClinicalCourse),
    part("420", "診療方針指示", false, S::Instructions),
    part("810", "医療機器", false, S::MedicalDevices),
    part("410", "事前指示", false, S::AdvanceDirective),
    part("830", "臨床研究参加", false, S::Research),
    part(REMARKS, "備考・連絡情報", false, S::Remarks),
];

/// The section of remarks stands beside the structured one.
pub(crate) const REMARKS: &str = "220";

/// 構造情報 (300) of JP_Composition_eDischargeSummary.
pub(crate) static DISCHARGE: [Part; 22] = [
    part("322", "入院時詳細", true, S::AdmissionDetails),
    part("342", "入院時診断", true, S::AdmissionDiagnoses),
    part("510", "アレルギー・不耐性反応", false, S::Allergies),
    part("352", "主訴", true, S::ChiefComplaint),
    part("312", "入院理由", true, S::ReasonForAdmission),
    part("360", "現病歴", true, S::PresentIllness),
    part("370", "既往歴", false, S::PastIllness),
    part("432", "入院時服薬", false, S::AdmissionMedication),
    part("640", "社会歴・生活習慣", false, S::SocialHistory),
    part("612", "入院時身体所見", false, S::AdmissionPhysicalStatus),
    part("550", "家族歴", false, S::FamilyHistory),
    part("333", "入院中経過", true, S::ClinicalCourse),
    part("324", "退院時詳細", true, S::DischargeDetails),
    part("344", "退院時診断", true, S::DischargeDiagnoses),
    part("444", "退院時投薬指示", true, S::DischargeMedication),
    part("424", "退院時方針指示", true, S::Instructions),
    part("614", "退院時身体所見", false, S::DischargePhysicalStatus),
    part("713", "入院中治療", false, S::Treatment),
    part("623", "入院中検査結果", false, S::Studies),
    part("810", "医療機器", false, S::MedicalDevices),
    part("530", "予防接種歴", false, S::Immunization),
    part("410", "事前指示", false, S::AdvanceDirective),
];

/// 臨床研究参加 of a discharge summary.
pub(crate) static DISCHARGE_RESEARCH: Part = part("830", "臨床研究参加", false, S::Research);

/// The sections of a kind of letter in the order in which they are written. A health check has its own.
pub(crate) fn parts(kind: DocumentKind) -> impl Iterator<Item = &'static Part> {
    let (list, last): (&'static [Part], _) = match kind {
        DocumentKind::Referral => (&REFERRAL, None),
        DocumentKind::Discharge => (&DISCHARGE, Some(&DISCHARGE_RESEARCH)),
        DocumentKind::Checkup => (&[], None),
    };
    list.iter().chain(last)
}

/// The section of this kind of letter that holds what another letter says under `section`.
pub(crate) fn place(kind: DocumentKind, section: SectionKind) -> Option<&'static Part> {
    let own = |wanted: SectionKind| parts(kind).find(|part| part.kind == wanted);
    own(section).or_else(|| own(nearest(kind, section)))
}

const fn nearest(kind: DocumentKind, section: SectionKind) -> SectionKind {
    match (kind, section) {
        (DocumentKind::Referral, S::ChiefComplaint | S::AdmissionDiagnoses | S::DischargeDiagnoses) => S::Problems,
        (DocumentKind::Referral, S::AdmissionMedication | S::DischargeMedication) => S::Medication,
        (DocumentKind::Referral, S::AdmissionPhysicalStatus | S::DischargePhysicalStatus) => S::PhysicalStatus,
        (DocumentKind::Referral, S::ReasonForAdmission | S::AdmissionDetails | S::DischargeDetails) => {
            S::ClinicalCourse
        }
        (DocumentKind::Referral, _) => S::Remarks,
        (_, S::Problems) => S::DischargeDiagnoses,
        (_, S::Medication) => S::DischargeMedication,
        (_, S::PhysicalStatus) => S::AdmissionPhysicalStatus,
        (_, S::Infections) => S::Studies,
        (_, S::Surgery | S::Transfusion) => S::Treatment,
        (_, S::ReferralPurpose) => S::ReasonForAdmission,
        _ => S::Instructions,
    }
}

/// Where a fact goes that an author states under a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    Here,
    /// The section may not refer to such a resource; the one of its kind may, and it says the same there.
    Usual,
    /// Said in the text of its section only. Elsewhere it would say something else: a disease of the family, a drug of the past.
    Words,
}

/// The profiles fix what the entries of each section are.
pub(crate) fn fit(section: SectionKind, body: &Body) -> Fit {
    let here = match body {
        Body::Diagnosis(_) => matches!(
            section,
            S::Problems
                | S::ChiefComplaint
                | S::AdmissionDiagnoses
                | S::DischargeDiagnoses
                | S::PresentIllness
                | S::PastIllness
        ),
        Body::Allergy(_) => section == S::Allergies,
        Body::LabResult(_) => is_observed(section),
        Body::Vital(vital) => is_observed(section) || is_history(section, vital),
        Body::Prescription(_) => matches!(section, S::Medication | S::AdmissionMedication | S::DischargeMedication),
        Body::Patient(_) | Body::Encounter(_) | Body::Document(_) | Body::CheckupItem(_) => true,
    };
    match body {
        _ if here => Fit::Here,
        Body::Allergy(_) | Body::LabResult(_) if section != S::FamilyHistory => Fit::Usual,
        _ => Fit::Words,
    }
}

const fn is_observed(section: SectionKind) -> bool {
    matches!(
        section,
        S::PhysicalStatus
            | S::AdmissionPhysicalStatus
            | S::DischargePhysicalStatus
            | S::Infections
            | S::SocialHistory
            | S::Studies
    )
}

/// A finding that a resource of its own kind can say.
fn is_history(section: SectionKind, finding: &Vital) -> bool {
    match section {
        S::FamilyHistory => finding.item.name().is_some_and(|who| relation(who).is_some()),
        S::Immunization | S::Surgery | S::Transfusion | S::Treatment | S::MedicalDevices => true,
        _ => false,
    }
}

/// What an author would call a section, before a text that stands under another heading.
pub(crate) const fn name(section: SectionKind) -> &'static str {
    match section {
        S::ReferralPurpose => "紹介目的",
        S::Problems => "傷病名",
        S::ChiefComplaint => "主訴",
        S::ReasonForAdmission => "入院理由",
        S::AdmissionDetails => "入院時詳細",
        S::AdmissionDiagnoses => "入院時診断",
        S::AdmissionMedication => "入院時服薬",
        S::AdmissionPhysicalStatus => "入院時身体所見",
        S::PresentIllness => "現病歴",
        S::PastIllness => "既往歴",
        S::Allergies => "アレルギー・不耐性反応",
        S::FamilyHistory => "家族歴",
        S::PhysicalStatus => "身体所見",
        S::Infections => "感染症",
        S::SocialHistory => "社会歴・生活習慣",
        S::Immunization => "予防接種歴",
        S::Surgery => "手術",
        S::Transfusion => "輸血歴",
        S::Treatment => "処置・治療",
        S::Medication => "処方",
        S::Studies => "検査結果",
        S::ClinicalCourse => "経過",
        S::Instructions => "方針",
        S::DischargeDetails => "退院時詳細",
        S::DischargeDiagnoses => "退院時診断",
        S::DischargeMedication => "退院時処方",
        S::DischargePhysicalStatus => "退院時身体所見",
        S::MedicalDevices => "医療機器",
        S::AdvanceDirective => "事前指示",
        S::Research => "臨床研究参加",
        S::Remarks => "備考",
        S::CheckupResults => "検査・問診結果",
        S::CheckupAdditional => "任意追加項目",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_has_a_place_in_every_letter_and_no_code_stands_twice() {
        for kind in [DocumentKind::Referral, DocumentKind::Discharge] {
            let mut codes: Vec<&str> = parts(kind).map(|part| part.code).collect();
            let all = codes.len();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), all, "{kind:?}");
            for section in
                [S::ReferralPurpose, S::ChiefComplaint, S::AdmissionMedication, S::Remarks, S::Research, S::Surgery]
            {
                assert!(place(kind, section).is_some(), "{kind:?} {section:?}");
            }
        }
        assert_eq!(parts(DocumentKind::Referral).filter(|part| part.required).count(), 3);
        assert_eq!(parts(DocumentKind::Discharge).filter(|part| part.required).count(), 10);
    }
}
