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

pub const REFERRAL_BUNDLE_PROFILE: &str = "http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_eReferral";
pub const DISCHARGE_BUNDLE_PROFILE: &str =
    "http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_eDischargeSummary";
pub const CHECKUP_BUNDLE_PROFILE: &str = "http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_eCheckupGeneral";
pub const REFERRAL_PROFILE: &str = "http://jpfhir.jp/fhir/eReferral/StructureDefinition/JP_Composition_eReferral";
pub const DISCHARGE_PROFILE: &str =
    "http://jpfhir.jp/fhir/eDischargeSummary/StructureDefinition/JP_Composition_eDischargeSummary";
pub const ORGANIZATION_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Organization_eCS";
pub const MEDICATION_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_MedicationRequest_eCS";
pub const OBSERVATION_COMMON_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Observation_Common_eCS";
pub const DOCUMENT_REFERENCE_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_DocumentReference_eCS";
pub const CARE_PLAN_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_CarePlan_eCS";
pub const CHECKUP_PATIENT_PROFILE: &str = "http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Patient_eCheckupGeneral";
pub const CHECKUP_COMPOSITION_PROFILE: &str =
    "http://jpfhir.jp/fhir/eCheckup/StructureDefinition/JP_Composition_eCheckupGeneral";
pub const CHECKUP_ENCOUNTER_PROFILE: &str =
    "http://jpfhir.jp/fhir/eCheckup/StructureDefinition/JP_Encounter_eCheckupGeneral";
pub const CHECKUP_OBSERVATION_PROFILE: &str =
    "http://jpfhir.jp/fhir/eCheckup/StructureDefinition/JP_Observation_eCheckupGeneral";
pub const CHECKUP_GROUP_PROFILE: &str =
    "http://jpfhir.jp/fhir/eCheckup/StructureDefinition/JP_ObservationGroup_eCheckupGeneral";
pub const CHECKUP_ORGANIZATION_PROFILE: &str =
    "http://jpfhir.jp/fhir/eCheckup/StructureDefinition/JP_Organization_eCheckupGeneral";
pub const CHECKUP_INSURER_PROFILE: &str =
    "http://jpfhir.jp/fhir/eCheckup/StructureDefinition/JP_OrganizationInsurer_eCheckupGeneral";
pub const CHECKUP_PRACTITIONER_PROFILE: &str =
    "http://jpfhir.jp/fhir/eCheckup/StructureDefinition/JP_Practitioner_eCheckupGeneral";
pub const CHECKUP_INSURANCE_PROFILE: &str =
    "http://jpfhir.jp/fhir/eCheckup/StructureDefinition/JP_CoverageInsurance_eCheckupGeneral";
pub const CHECKUP_SERVICE_PROFILE: &str =
    "http://jpfhir.jp/fhir/eCheckup/StructureDefinition/JP_CoverageService_eCheckupGeneral";
pub const CHECKUP_DOCUMENT_PROFILE: &str =
    "http://jpfhir.jp/fhir/eCheckup/StructureDefinition/JP_DocumentReference_eCheckupGeneral";

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

pub const VERSION_EXTENSION: &str =
    "http://hl7.org/fhir/StructureDefinition/composition-clinicaldocument-versionNumber";
pub const PREFECTURE_EXTENSION: &str =
    "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Organization_PrefectureNo";
pub const FEE_CATEGORY_EXTENSION: &str =
    "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Organization_InsuranceOrganizationCategory";
pub const ORGANIZATION_NUMBER_EXTENSION: &str =
    "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Organization_InsuranceOrganizationNo";
pub const PERIOD_OF_USE_EXTENSION: &str =
    "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_MedicationDosage_PeriodOfUse";
pub const DISPENSE_INSTRUCTION_EXTENSION: &str = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_MedicationRequest_DispenseRequest_InstructionForDispense";
pub const REPEAT_COUNT_EXTENSION: &str =
    "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_MedicationRequest_DispenseRequest_ExpectedRepeatCount";
pub const GROUP_RELATION_EXTENSION: &str =
    "http://jpfhir.jp/fhir/Common/Extension/StructureDefinition/observatioGroupRelationship";
pub const FINDING_PERFORMER_EXTENSION: &str =
    "http://jpfhir.jp/fhir/eCheckup/Extension/StructureDefinition/observation-component-performer";
pub const INSURED_SYMBOL_EXTENSION: &str =
    "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonSymbol";
pub const INSURED_NUMBER_EXTENSION: &str =
    "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonNumber";
pub const INSURED_BRANCH_EXTENSION: &str =
    "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonSubNumber";

pub const FAMILY_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_FamilyMemberHistory_eCS";
pub const IMMUNIZATION_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Immunization_eCS";
pub const PROCEDURE_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Procedure_eCS";
pub const DEVICE_USE_PROFILE: &str = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_DeviceUseStatement_eCS";
pub const ROLE: &str = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";

pub const DOCUMENT_SECTION: &str = "http://jpfhir.jp/fhir/clins/CodeSystem/document-section";
pub const DOCUMENT_TYPE: &str = "http://jpfhir.jp/fhir/Common/CodeSystem/doc-typecodes";
pub const DOCUMENT_CATEGORY: &str = "http://jpfhir.jp/fhir/Common/CodeSystem/doc-subtypecodes";
pub const DISCHARGE_DISPOSITION: &str = "http://jpfhir.jp/fhir/Common/CodeSystem/discharge-disposition";
pub const ADMIT_SOURCE: &str = "http://jpfhir.jp/fhir/Common/CodeSystem/admit-Source";
pub const DIAGNOSIS_ROLE: &str = "http://terminology.hl7.org/CodeSystem/diagnosis-role";
pub const ORGANIZATION_TYPE: &str = "http://terminology.hl7.org/CodeSystem/organization-type";
pub const PREFECTURE: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/PrefectureNo-2digits";
pub const FEE_CATEGORY: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationFeeScoreType";
pub const ORGANIZATION_NUMBER: &str = "http://jpfhir.jp/fhir/core/mhlw/IdSystem/MedicalOrganizationID";
pub const INSURER_NUMBER: &str = "http://jpfhir.jp/fhir/core/mhlw/IdSystem/InsurerNumber";
pub const OBSERVATION_CATEGORY: &str = "http://jpfhir.jp/fhir/core/CodeSystem/JP_SimpleObservationCategory_CS";
pub const CARE_PLAN_CATEGORY: &str = "http://jpfhir.jp/fhir/CarePlan/CodeSystem/category";

pub const RP_NUMBER: &str = "http://jpfhir.jp/fhir/core/mhlw/IdSystem/Medication-RPGroupNumber";
pub const ORDER_IN_RP: &str = "http://jpfhir.jp/fhir/core/mhlw/IdSystem/MedicationAdministrationIndex";
pub const PRESCRIPTION_NUMBER: &str = "urn:oid:1.2.392.100495.20.3.11";
pub const USAGE_DUMMY: &str = "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_MedicationUsage_Uncoded_CS";
pub const USAGE_METHOD: &str = "http://jami.jp/CodeSystem/MedicationMethodBasicUsage";
pub const STRENGTH_TYPE: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationIngredientStrengthStrengthType";
pub const SUBSTITUTION: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationSubstitutionProhibittedCategory";

pub const CHECKUP_SECTION: &str = "http://jpfhir.jp/fhir/eCheckup/CodeSystem/section-code";
pub const CHECKUP_REPORT: &str = "urn:oid:2.16.840.1.113883.2.2.1.6.1001";
pub const CHECKUP_PROGRAM: &str = "urn:oid:1.2.392.200119.6.1002";
pub const CHECKUP_CLASS: &str = "http://jpfhir.jp/fhir/eCheckup/CodeSystem/encounter-category";
pub const CHECKUP_ORGANIZATION: &str = "http://jpfhir.jp/fhir/eCheckup/CodeSystem/report-organization-code";
pub const CHECKUP_GROUP: &str = "http://jpfhir.jp/fhir/eCheckup/CodeSystem/observationGroup-codes";
/// 受診券.
pub const CHECKUP_TICKET: &str = "urn:oid:1.2.392.200119.6.208";
pub const INSURANCE_CATEGORY: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/InsuranceMajorCategory";
pub const INSURED_CATEGORY: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/InsuredPersonCategory";
