//! Code systems by URL.

pub const DISEASE_NUMBER: &str = "http://medis.or.jp/CodeSystem/master-disease-keyNumber";
pub const DISEASE_EXCHANGE: &str = "http://medis.or.jp/CodeSystem/master-disease-exCode";
pub const MODIFIER_NUMBER: &str = "http://medis.or.jp/CodeSystem/master-disease-modKeyNumber";
pub const MODIFIER_EXCHANGE: &str = "http://medis.or.jp/CodeSystem/master-disease-modExCode";
pub const ICD10: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full";

pub const LAB_LOCAL: &str = "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS";
pub const LAB_UNCODED: &str = "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_Uncoded_CS";
pub const JLAC10: &str = "http://medis.or.jp/CodeSystem/master-JLAC10-17digits";
pub const CORE_JLAC10: &str = "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS";
pub const CORE_JLAC11: &str = "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC11/JP_CLINS_ObsLabResult_CoreLabo_CS";
pub const INFECTION_JLAC10: &str =
    "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_InfectionLabo_CS";
pub const INFECTION_JLAC11: &str =
    "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC11/JP_CLINS_ObsLabResult_InfectionLabo_CS";
pub const MATERIAL: &str = "http://jpfhir.jp/fhir/core/CodeSystem/JP_ObservationSampleMaterialCode_CS";
/// Result classes stand below this.
pub const RESULT_CLASSES: &str = "http://jpfhir.jp/fhir/LaboResult/CodeSystem/";
pub const INTERPRETATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
pub const DEPARTMENT: &str = "http://jpfhir.jp/fhir/core/CodeSystem/JP_Department_SsMix_CS";
