use crate::IgVersion;
use tsugite_clinical::insurance::InsuredKind;
use tsugite_fhir::{coding, concept, types::CodeableConcept};

/// What cannot satisfy all versions of the guide at once.
struct Difference {
    /// System of Observation.category `laboratory`.
    category: &'static str,
    /// 生活保護 ids (since 2025-05).
    welfare: bool,
}

impl IgVersion {
    const fn difference(self) -> Difference {
        match self {
            Self::V1_10 => Difference { category: JP_CATEGORY, welfare: false },
            Self::V1_11 => Difference { category: JP_CATEGORY, welfare: true },
            Self::V1_12 => Difference { category: HL7_CATEGORY, welfare: true },
        }
    }

    /// Whether the guide takes the ids of 生活保護 in the place of an insured id.
    pub const fn takes_welfare_ids(self) -> bool {
        self.difference().welfare
    }

    pub(crate) fn laboratory_category(self) -> CodeableConcept {
        concept(coding(self.difference().category, "laboratory", "Laboratory"), None)
    }
}

const JP_CATEGORY: &str = "http://jpfhir.jp/fhir/core/CodeSystem/JP_SimpleObservationCategory_CS";
const HL7_CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";

/// The identifier system of an insured id.
pub(super) const fn insured_system(kind: InsuredKind) -> &'static str {
    match kind {
        InsuredKind::Medical => super::url::INSURED_ID,
        InsuredKind::Welfare => super::url::WELFARE_ID,
    }
}
