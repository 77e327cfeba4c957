//! Which section a heading means, and in which kind of letter it may stand.

use crate::Kind;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use tsugite_clinical::body::SectionKind;

struct Row {
    kind: SectionKind,
    /// The name in TOML.
    name: &'static str,
    /// Headings in Japanese; the first is the one that is shown.
    headings: &'static [&'static str],
    referral: Place,
    discharge: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// There is no such section in this kind of letter.
    No,
    May,
    /// The profile demands it.
    Must,
}

use Place::{May, Must, No};

const fn row(
    kind: SectionKind,
    name: &'static str,
    headings: &'static [&'static str],
    referral: Place,
    discharge: Place,
) -> Row {
    Row { kind, name, headings, referral, discharge }
}

/// JP_Composition_eReferral and JP_Composition_eDischargeSummary of JP-CLINS 1.10.0. Where one heading means different things in the
/// two kinds of letters, the row that may stand there is taken.
static ROWS: &[Row] = &[
    row(SectionKind::ReferralPurpose, "referral-purpose", &["紹介目的", "依頼目的", "ご依頼内容"], Must, No),
    row(SectionKind::Problems, "problems", &["傷病名・主訴", "傷病名", "診断名", "病名", "主訴"], Must, No),
    row(SectionKind::ChiefComplaint, "chief-complaint", &["主訴"], No, Must),
    row(SectionKind::ReasonForAdmission, "reason-for-admission", &["入院理由", "入院目的"], No, Must),
    row(SectionKind::AdmissionDetails, "admission-details", &["入院時詳細", "入院時の状況"], No, Must),
    row(SectionKind::AdmissionDiagnoses, "admission-diagnoses", &["入院時診断", "入院時病名"], No, Must),
    row(SectionKind::AdmissionMedication, "admission-medication", &["入院時服薬", "持参薬", "入院時処方"], No, May),
    row(SectionKind::AdmissionPhysicalStatus, "admission-physical-status", &["入院時身体所見", "入院時現症"], No, May),
    row(SectionKind::PresentIllness, "present-illness", &["現病歴", "症状経過"], Must, Must),
    row(SectionKind::PastIllness, "past-illness", &["既往歴"], May, May),
    row(SectionKind::Allergies, "allergies", &["アレルギー・不耐性反応", "アレルギー", "禁忌"], May, May),
    row(SectionKind::FamilyHistory, "family-history", &["家族歴"], May, May),
    row(SectionKind::PhysicalStatus, "physical-status", &["身体所見", "現症"], May, No),
    row(SectionKind::Infections, "infections", &["感染症情報", "感染症"], May, No),
    row(SectionKind::SocialHistory, "social-history", &["社会歴・生活習慣", "社会歴", "生活習慣", "生活歴"], May, May),
    row(SectionKind::Immunization, "immunization", &["予防接種歴", "予防接種"], May, May),
    row(SectionKind::Surgery, "surgery", &["手術", "手術歴"], May, No),
    row(SectionKind::Transfusion, "transfusion", &["輸血歴", "輸血"], May, No),
    row(SectionKind::Treatment, "treatment", &["処置", "治療", "入院中治療", "手術・処置", "手術"], May, May),
    row(SectionKind::Medication, "medication", &["投薬指示", "現在の処方", "処方", "投薬"], May, No),
    row(SectionKind::Studies, "studies", &["検査結果", "検査所見", "検査", "入院中検査結果"], May, May),
    row(
        SectionKind::ClinicalCourse,
        "clinical-course",
        &["臨床経過", "治療経過", "経過", "入院中経過", "入院経過"],
        May,
        Must,
    ),
    row(
        SectionKind::Instructions,
        "instructions",
        &["診療方針指示", "診療方針", "今後の方針", "退院時方針指示", "退院後の方針", "方針"],
        May,
        Must,
    ),
    row(SectionKind::DischargeDetails, "discharge-details", &["退院時詳細", "退院時の状況"], No, Must),
    row(SectionKind::DischargeDiagnoses, "discharge-diagnoses", &["退院時診断", "退院時病名", "診断名"], No, Must),
    row(SectionKind::DischargeMedication, "discharge-medication", &["退院時投薬指示", "退院時処方"], No, Must),
    row(SectionKind::DischargePhysicalStatus, "discharge-physical-status", &["退院時身体所見", "退院時現症"], No, May),
    row(SectionKind::MedicalDevices, "medical-devices", &["医療機器"], May, May),
    row(SectionKind::AdvanceDirective, "advance-directive", &["事前指示"], May, May),
    row(SectionKind::Research, "research", &["臨床研究参加", "臨床研究", "治験"], May, May),
    row(SectionKind::Remarks, "remarks", &["備考・連絡情報", "備考", "連絡事項", "その他"], May, No),
];

impl Row {
    const fn place(&self, kind: Kind) -> Place {
        match kind {
            Kind::Referral => self.referral,
            Kind::Discharge => self.discharge,
        }
    }
}

/// A section as a letter names it: in TOML by its name or a Japanese heading, in a text by the heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SectionName(pub SectionKind);

impl SectionName {
    /// What a heading means in this kind of letter. Blanks do not matter.
    pub fn of_heading(heading: &str, kind: Kind) -> Option<Self> {
        let wanted: String = heading.chars().filter(|c| !c.is_whitespace()).collect();
        let means = |row: &&Row| row.name == wanted || row.headings.contains(&wanted.as_str());
        ROWS.iter().filter(|row| row.place(kind) != No).find(means).map(|row| Self(row.kind))
    }

    /// Whether it may stand in this kind of letter.
    pub fn fits(self, kind: Kind) -> bool {
        ROWS.iter().any(|row| row.kind == self.0 && row.place(kind) != No)
    }

    /// The name in TOML.
    pub fn name(self) -> &'static str {
        ROWS.iter().find(|row| row.kind == self.0).map_or("", |row| row.name)
    }
}

/// The heading that a section is shown under.
pub fn heading(kind: SectionKind) -> &'static str {
    ROWS.iter().find(|row| row.kind == kind).and_then(|row| row.headings.first()).copied().unwrap_or_default()
}

/// The sections that the profile of this kind of letter demands.
pub fn mandatory(kind: Kind) -> impl Iterator<Item = SectionKind> {
    ROWS.iter().filter(move |row| row.place(kind) == Must).map(|row| row.kind)
}

/// The headings of a kind of letter, for whoever wrote one that is not known.
pub fn headings(kind: Kind) -> impl Iterator<Item = &'static str> {
    ROWS.iter().filter(move |row| row.place(kind) != No).filter_map(|row| row.headings.first()).copied()
}

impl Serialize for SectionName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for SectionName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let found = [Kind::Referral, Kind::Discharge].into_iter().find_map(|kind| Self::of_heading(&text, kind));
        found.ok_or_else(|| D::Error::custom(format!("unknown section `{text}`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_heading_means_one_section_in_a_kind_of_letter() {
        for (heading, kind, expected) in [
            ("紹介 目的", Kind::Referral, Some(SectionKind::ReferralPurpose)),
            ("主訴", Kind::Referral, Some(SectionKind::Problems)),
            ("主訴", Kind::Discharge, Some(SectionKind::ChiefComplaint)),
            ("手術", Kind::Referral, Some(SectionKind::Surgery)),
            ("手術", Kind::Discharge, Some(SectionKind::Treatment)),
            ("診断名", Kind::Discharge, Some(SectionKind::DischargeDiagnoses)),
            ("入院中経過", Kind::Discharge, Some(SectionKind::ClinicalCourse)),
            ("紹介目的", Kind::Discharge, None),
            ("天気", Kind::Referral, None),
        ] {
            assert_eq!(SectionName::of_heading(heading, kind).map(|name| name.0), expected, "{heading}");
        }
    }

    #[test]
    fn names_are_unique_and_what_is_demanded_is_what_the_profiles_demand() {
        let names: BTreeSet<&str> = ROWS.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), ROWS.len());
        assert_eq!((mandatory(Kind::Referral).count(), mandatory(Kind::Discharge).count()), (3, 10));
        assert!(ROWS.iter().all(|row| !row.headings.is_empty() && (row.referral != No || row.discharge != No)));
    }
}
