//! The URLs of profiles, systems and extensions.

pub const BUNDLE_PROFILE: &str = "http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS";
pub const PATIENT_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS";
pub const CONDITION_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Condition_eCS";
pub const ALLERGY_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_AllergyIntolerance_eCS";
pub const OBSERVATION_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Observation_LabResult_eCS";
// The bundle's rules R9013 and R9019 compare these two to the letter: never a version suffix.
pub const ENCOUNTER_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Encounter_eCS";
pub const PRACTITIONER_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Practitioner_eCS";
pub const SPECIMEN_PROFILE: &str = "http://jpfhir.jp/fhir/core/StructureDefinition/JP_Specimen";

pub const BUNDLE_ID: &str = "http://jpfhir.jp/fhir/clins/bundle-identifier";
pub const RESOURCE_ID: &str = "http://jpfhir.jp/fhir/core/IdSystem/resourceInstance-identifier";
pub const INSTITUTION_ID: &str = "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no";
pub const INSURED_ID: &str = "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID";
pub const WELFARE_ID: &str = "http://jpfhir.jp/fhir/clins/Idsystem/JP_PublicPayer_memberID";
/// Followed by `1` and the ten digits of the institution (JP-CLINS R1010).
pub const LOCAL_PATIENT_OID: &str = "urn:oid:1.2.392.100495.20.3.51.1";
/// Followed by `1` and the ten digits of the institution (JP-CLINS R1090).
pub const LOCAL_PRACTITIONER_OID: &str = "urn:oid:1.2.392.100495.20.3.41.1";

pub const INSTITUTION_EXTENSION: &str =
    "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber";
pub const DEPARTMENT_EXTENSION: &str = "http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/JP_eCS_Department";
pub const DIAGNOSIS_TYPE_EXTENSION: &str =
    "http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/JP_eCS_DiagnosisType";
pub const PREFIX_EXTENSION: &str =
    "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Condition_DiseasePrefixModifier";
pub const SUFFIX_EXTENSION: &str =
    "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Condition_DiseasePostfixModifier";
pub const REPRESENTATION_EXTENSION: &str = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

pub const RESOURCE_TYPE_TAG: &str = "http://jpfhir.jp/fhir/clins/CodeSystem/BundleResourceType_CS";
pub const INDICATION_TAG: &str = "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication";
/// Our own tag: nothing of a trial run may be sent.
pub const TRIAL_TAG: &str = "urn:tsugite:run";

pub const DEPARTMENT: &str = "http://jami.jp/SS-MIX2/CodeSystem/ClinicalDepartment";
pub const DIAGNOSIS_TYPE: &str = "http://terminology.hl7.org/CodeSystem/ex-diagnosistype";
pub const MODIFIER_KEY: &str = "http://medis.or.jp/CodeSystem/master-disease-modKeyNumber";
pub const ICD10: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full";
pub const CONDITION_CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
pub const CONDITION_VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
pub const CONDITION_CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/condition-category";
pub const ALLERGY_CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
pub const ALLERGY_VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";
pub const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
pub const DATA_ABSENT_REASON: &str = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
