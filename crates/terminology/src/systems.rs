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

pub const RECEIPT_DISEASE: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterB-disease";
pub const RECEIPT_MODIFIER: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterZ-disease-modifier";

pub const YJ: &str = "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code";
pub const GENERAL_NAME: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationGeneralOrderCode";
/// 規格別薬剤成分コード.
pub const KYS: &str = "http://capstandard.jp/CodeSystem/KikakubetsuYakuzaiSeibun";
pub const DRUG_UNCODED: &str = "http://jpfhir.jp/fhir/eCS/CodeSystem/MedicationCodeNocoded_CS";
pub const DRUG_UNIT: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationUnitMERIT9Code";
pub const DRUG_CATEGORY: &str = "http://jpfhir.jp/fhir/core/CodeSystem/JP_MedicationCategoryMERIT9_CS";
pub const ROUTE: &str = "http://jpfhir.jp/fhir/core/CodeSystem/route-codes";
pub const USAGE: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationUsage_ePrescription";
pub const USAGE_JAMI: &str = "http://jami.jp/CodeSystem/MedicationUsage";
pub const USAGE_UNCODED: &str = "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_MedicationUsage_Uncoded_CS";
/// 補足用法, 8 characters.
pub const USAGE_SUPPLEMENT: &str = "http://jami.jp/CodeSystem/MedicationUsageAdditional";
/// JAMI 外用部位コード, 3 characters.
pub const BODY_SITE: &str = "http://jpfhir.jp/fhir/core/CodeSystem/JP_MedicationBodySiteJAMIExternal_CS";

/// Code systems of 健診 stand below this.
pub const CHECKUP: &str = "urn:oid:1.2.392.200119.6.";
pub const CHECKUP_ITEM: &str = "urn:oid:1.2.392.200119.6.1005";
pub const CHECKUP_METHOD: &str = "urn:oid:1.2.392.200119.6.1007";
/// JLAC10, as the eCheckup package names it.
pub const CHECKUP_JLAC10: &str = "urn:oid:1.2.392.200119.4.504";
