//! Every strict rule, one row each: key, where it holds, what it says, what decides it.

use super::Scope::{Clins, Everywhere, Profile};
use super::{Check, Rule, Scope};
use super::{
    allergy, bundle, characters, condition, document, institution, labcode, observation, patient, references, resource,
};
use crate::issues;
use tsugite_issue::Definition;

const fn row(key: &'static str, scope: Scope, definition: &'static Definition, check: Check) -> Rule {
    Rule { key, scope, definition, check }
}

/// All strict rules, in the order of their codes. The rules of the outermost value, of odd values and of characters hold everywhere.
#[rustfmt::skip]
pub static RULES: &[Rule] = &[
    row("resource-type", Everywhere, &issues::content::RESOURCE_TYPE, Check::Root(bundle::resource_type)),
    row("empty-value", Everywhere, &issues::content::EMPTY_VALUE, Check::Odd(characters::empty_value)),
    row("null-value", Everywhere, &issues::content::NULL_VALUE, Check::Odd(characters::null_value)),
    row("control-character", Everywhere, &issues::content::CONTROL_CHARACTER, Check::Odd(characters::control_character)),
    row("invisible-character", Everywhere, &issues::content::INVISIBLE, Check::Text(characters::invisible)),
    row("half-width-kana", Everywhere, &issues::content::HALF_WIDTH_KANA, Check::Text(characters::half_width_kana)),
    row("full-width-space", Everywhere, &issues::content::FULL_WIDTH_SPACE, Check::Text(characters::full_width_space)),
    row("private-use-character", Everywhere, &issues::content::PRIVATE_USE, Check::Text(characters::private_use)),
    row("machine-dependent-character", Everywhere, &issues::content::MACHINE_DEPENDENT, Check::Text(characters::machine_dependent)),

    row("clins-bundle", Everywhere, &issues::bundle::NOT_CLINS, Check::Root(bundle::not_clins)),
    row("bundle-type-is-collection", Clins, &issues::bundle::TYPE, Check::Bundle(bundle::kind)),
    row("valid-system-bundleIdenfifier", Clins, &issues::bundle::IDENTIFIER_SYSTEM, Check::Bundle(bundle::identifier_system)),
    row("valid-value-bundleIdenfifier", Clins, &issues::bundle::IDENTIFIER_VALUE, Check::Bundle(bundle::identifier_value)),
    row("bundle-identifier-year", Clins, &issues::bundle::IDENTIFIER_YEAR, Check::Bundle(bundle::identifier_year)),
    row("bundle-timestamp", Clins, &issues::bundle::TIMESTAMP, Check::Bundle(bundle::timestamp)),
    row("meta-lastUpdated", Profile, &issues::bundle::LAST_UPDATED, Check::Resource(bundle::last_updated)),
    row("milliseconds", Clins, &issues::bundle::MILLISECONDS, Check::Resource(bundle::milliseconds)),
    row("bundle-profile-is-JP-Bundle-CLINS", Clins, &issues::bundle::PROFILE, Check::Bundle(bundle::profile)),
    row("bundle-meta-tag-resourceType-exists", Clins, &issues::bundle::TAG, Check::Bundle(bundle::tag)),
    row("bundle-meta-tag-resourceType-valid", Clins, &issues::bundle::TAG_CODE, Check::Bundle(bundle::tag_code)),
    row("mustHaveOneMoreResources-with-designatedResourceType", Clins, &issues::bundle::NOTHING_OF_TAG, Check::Bundle(bundle::nothing_of_tag)),
    row("only-resources-of-designatedResourceType", Clins, &issues::bundle::OTHER_TYPE, Check::Bundle(bundle::other_type)),
    row("medicationRequest-never-alone", Clins, &issues::bundle::PRESCRIPTION_ALONE, Check::Bundle(bundle::prescription_alone)),
    row("first-bundle-entry-is-Patient", Clins, &issues::bundle::FIRST_PATIENT, Check::Bundle(bundle::first_patient)),
    row("patients-profile-is-JP-Patient-eCS", Clins, &issues::bundle::PATIENT_PROFILE, Check::Resource(bundle::patient_profile)),
    row("one-patient", Clins, &issues::bundle::MANY_PATIENTS, Check::Bundle(bundle::many_patients)),
    row("validEntryProfile-AllergyIntolerance", Clins, &issues::bundle::PROFILE_ALLERGY, Check::Resource(bundle::allergy_profile)),
    row("validEntryProfile-Condition", Clins, &issues::bundle::PROFILE_CONDITION, Check::Resource(bundle::condition_profile)),
    row("validEntryProfile-MedicationRequest", Clins, &issues::bundle::PROFILE_PRESCRIPTION, Check::Resource(bundle::prescription_profile)),
    row("validEntryProfile-ObservationLabResult", Clins, &issues::bundle::PROFILE_OBSERVATION, Check::Resource(bundle::observation_profile)),
    row("closed-entry", Clins, &issues::bundle::CLOSED_ENTRY, Check::Bundle(bundle::closed_entry)),
    row("entry-resource", Clins, &issues::bundle::NO_RESOURCE, Check::Bundle(bundle::no_resource)),
    row("fullUrl-is-uuid", Clins, &issues::bundle::FULL_URL, Check::Bundle(bundle::full_url)),
    row("bdl-7", Clins, &issues::bundle::FULL_URL_TWICE, Check::Bundle(bundle::full_url_twice)),

    row("all-entries-needs-extension-of-institutionNumber", Clins, &issues::institution::MISSING, Check::Resource(institution::missing)),
    row("all-entries-needs-valid-institutionNumber", Profile, &issues::institution::FORM, Check::Resource(institution::form)),
    row("institutionNumber-system", Profile, &issues::institution::SYSTEM, Check::Resource(institution::system)),
    row("institutionNumber-agrees", Clins, &issues::institution::DIFFERS, Check::Resource(institution::differs)),
    row("practitioner-institution-agrees", Clins, &issues::institution::PRACTITIONER_DIFFERS, Check::Resource(institution::practitioner_differs)),
    row("extension-once", Profile, &issues::institution::TWICE, Check::Resource(institution::twice)),

    row("reference-to-patient", Profile, &issues::resource::PATIENT_REFERENCE, Check::Resource(references::patient)),
    row("ref-1", Everywhere, &issues::resource::DANGLING_CONTAINED, Check::Resource(references::dangling)),
    row("no-outward-reference", Clins, &issues::resource::OUTWARD_REFERENCE, Check::Resource(references::outward)),
    row("dom-3", Everywhere, &issues::resource::UNUSED_CONTAINED, Check::Resource(references::unused)),
    row("contained-id", Everywhere, &issues::resource::CONTAINED_ID, Check::Resource(references::contained_id)),
    row("dom-2", Everywhere, &issues::resource::NESTED_CONTAINED, Check::Resource(references::nested)),
    row("resourceIdentifier", Profile, &issues::resource::RESOURCE_IDENTIFIER, Check::Resource(resource::resource_identifier)),
    row("flag-allowed", Profile, &issues::resource::TAG_MATRIX, Check::Resource(resource::tag_matrix)),
    row("flag-form", Profile, &issues::resource::TAG_FORM, Check::Resource(resource::tag_form)),
    row("date-form", Everywhere, &issues::resource::DATE_FORM, Check::Resource(resource::date_form)),
    row("future-onset-or-effective", Everywhere, &issues::resource::FUTURE, Check::Resource(resource::future)),
    row("future-date", Everywhere, &issues::resource::FUTURE_OTHER, Check::Resource(resource::future_other)),
    row("before-birth", Clins, &issues::resource::BEFORE_BIRTH, Check::Resource(resource::before_birth)),
    row("encounter-status", Everywhere, &issues::resource::ENCOUNTER_STATUS, Check::Resource(resource::encounter_status)),
    row("encounter-class", Everywhere, &issues::resource::ENCOUNTER_CLASS, Check::Resource(resource::encounter_class)),
    row("ext-1", Everywhere, &issues::resource::EMPTY_EXTENSION, Check::Extension(characters::empty_extension)),
    row("extension-url", Everywhere, &issues::resource::EXTENSION_URL, Check::Extension(characters::extension_url)),

    row("valid-system-insurance-patientIdentifier", Profile, &issues::patient::INSURED_ID, Check::Patient(patient::insured_id)),
    row("valid-value-insurance-patientIdentifier", Profile, &issues::patient::INSURED_ID_FORM, Check::Patient(patient::insured_id_form)),
    row("insured-id-width", Profile, &issues::patient::INSURED_ID_WIDTH, Check::Patient(patient::insured_id_width)),
    row("valid-system-local-patientID", Profile, &issues::patient::LOCAL_ID, Check::Patient(patient::local_id)),
    row("patient-identifier-value", Profile, &issues::patient::IDENTIFIER_VALUE, Check::Patient(patient::identifier_value)),
    row("kanjiName-or-kanaName", Profile, &issues::patient::NAME, Check::Patient(patient::name)),
    row("kanjiName-kanaName-donot-contain-ZenkakuKuuhaku", Profile, &issues::patient::NAME_SPACE, Check::Patient(patient::name_space)),
    row("patient-name-parts", Profile, &issues::patient::NAME_PARTS, Check::Patient(patient::name_parts)),
    row("patient-gender", Profile, &issues::patient::GENDER, Check::Patient(patient::gender)),
    row("patient-birthDate", Profile, &issues::patient::BIRTH_DATE, Check::Patient(patient::birth_date)),
    row("patient-address", Profile, &issues::patient::ADDRESS, Check::Patient(patient::address)),

    row("condition-medisRecordNo", Profile, &issues::condition::RECORD_NUMBER, Check::Condition(condition::record_number)),
    row("condition-medisRecordNo-form", Profile, &issues::condition::RECORD_NUMBER_FORM, Check::Condition(condition::record_number_form)),
    row("condition-coding", Profile, &issues::condition::CODING, Check::Condition(condition::coding)),
    row("condition-code-text", Profile, &issues::condition::TEXT, Check::Condition(condition::code_text)),
    row("condition-needs-onsetDateTime", Clins, &issues::condition::ONSET, Check::Condition(condition::onset)),
    row("condition-clinicalStatus-code", Clins, &issues::condition::CLINICAL_STATUS, Check::Condition(condition::clinical_status)),
    row("condition-status-coding", Profile, &issues::condition::STATUS_CODING, Check::Condition(condition::status_coding)),
    row("con-4", Everywhere, &issues::condition::ABATED_BUT_ACTIVE, Check::Condition(condition::abated_but_active)),
    row("condition-needs-abatementDateTime", Clins, &issues::condition::ENDED_WITHOUT_DATE, Check::Condition(condition::ended_without_date)),
    row("condition-abatement-type", Profile, &issues::condition::ABATEMENT_TYPE, Check::Condition(condition::abatement_type)),
    row("condition-abatement-order", Everywhere, &issues::condition::ABATEMENT_ORDER, Check::Condition(condition::abatement_order)),
    row("condition-verificationStatus", Profile, &issues::condition::VERIFICATION, Check::Condition(condition::verification)),
    row("condition-confirmed", Clins, &issues::condition::NOT_CONFIRMED, Check::Condition(condition::not_confirmed)),
    row("condition-category", Profile, &issues::condition::CATEGORY, Check::Condition(condition::category)),
    row("condition-category-code", Clins, &issues::condition::CATEGORY_CODE, Check::Condition(condition::category_code)),
    row("condition-needs-contained-of-Encounter", Clins, &issues::condition::ENCOUNTER_PROFILE, Check::Condition(condition::encounter_profile)),
    row("condition-needs-extension-of-Department", Clins, &issues::condition::DEPARTMENT, Check::Condition(condition::department)),
    row("condition-needs-encounter", Clins, &issues::condition::ENCOUNTER, Check::Condition(condition::encounter)),
    row("con-3", Profile, &issues::condition::STATUS_MISSING, Check::Condition(condition::status_missing)),

    row("allergy-coding", Profile, &issues::allergy::CODING, Check::Allergy(allergy::coding)),
    row("allergy-code-system", Profile, &issues::allergy::SYSTEM, Check::Allergy(allergy::system)),
    row("allergy-code-form", Profile, &issues::allergy::CODE_FORM, Check::Allergy(allergy::code_form)),
    row("allergy-dummy-code", Profile, &issues::allergy::DUMMY_CODE, Check::Allergy(allergy::dummy_code)),
    row("allergy-code-text", Profile, &issues::allergy::TEXT, Check::Allergy(allergy::code_text)),
    row("allergy-status-coding", Profile, &issues::allergy::STATUS_CODING, Check::Allergy(allergy::status_coding)),
    row("allergy-status-code", Everywhere, &issues::allergy::STATUS_CODE, Check::Allergy(allergy::status_code)),
    row("ait-1", Everywhere, &issues::allergy::STATUS_MISSING, Check::Allergy(allergy::status_missing)),
    row("ait-2", Everywhere, &issues::allergy::STATUS_SURPLUS, Check::Allergy(allergy::status_surplus)),
    row("allergy-category", Everywhere, &issues::allergy::CATEGORY, Check::Allergy(allergy::category)),
    row("allergy-category-biologic", Profile, &issues::allergy::BIOLOGIC, Check::Allergy(allergy::biologic)),
    row("allergy-family", Profile, &issues::allergy::FAMILY, Check::Allergy(allergy::families)),
    row("allergy-manifestation-text", Clins, &issues::allergy::MANIFESTATION, Check::Allergy(allergy::manifestation)),

    row("observation-status", Everywhere, &issues::observation::STATUS, Check::Observation(observation::status)),
    row("observation-status-unused", Profile, &issues::observation::STATUS_UNUSED, Check::Observation(observation::status_unused)),
    row("observation-category", Profile, &issues::observation::CATEGORY, Check::Observation(observation::category)),
    row("needs-localCode-observation-laboresult", Clins, &issues::observation::LOCAL_CODE, Check::Observation(labcode::local)),
    row("localCode-once", Profile, &issues::observation::LOCAL_CODE_TWICE, Check::Observation(labcode::local_twice)),
    row("localCode-form", Profile, &issues::observation::LOCAL_CODE_FORM, Check::Observation(labcode::local_form)),
    row("localCode-display", Profile, &issues::observation::LOCAL_DISPLAY, Check::Observation(labcode::local_display)),
    row("sharedCode-once", Profile, &issues::observation::SHARED_TWICE, Check::Observation(labcode::shared_twice)),
    row("uncoded-form", Profile, &issues::observation::UNCODED_FORM, Check::Observation(labcode::uncoded_form)),
    row("uncoded-beside-shared", Profile, &issues::observation::UNCODED_BESIDE_SHARED, Check::Observation(labcode::uncoded_beside_shared)),
    row("generalCode-once", Profile, &issues::observation::GENERAL_TWICE, Check::Observation(labcode::general_twice)),
    row("standardCode", Profile, &issues::observation::NO_STANDARD_CODE, Check::Observation(labcode::no_standard_code)),
    row("observation-coding", Profile, &issues::observation::CODING, Check::Observation(labcode::coding)),
    row("observation-code-text", Profile, &issues::observation::TEXT, Check::Observation(observation::code_text)),
    row("sharedCode-in-table", Profile, &issues::observation::SHARED_CODE, Check::Observation(labcode::shared_code)),
    row("sharedCode-display", Profile, &issues::observation::SHARED_DISPLAY, Check::Observation(labcode::shared_display)),
    row("observation-effectiveDateTime", Profile, &issues::observation::EFFECTIVE, Check::Observation(observation::effective)),
    row("observation-needs-performer", Clins, &issues::observation::PERFORMER, Check::Observation(observation::performer)),
    row("observation-needs-contained-of-Practitioner", Clins, &issues::observation::PRACTITIONER, Check::Observation(observation::practitioner)),
    row("observation-has-no-hasMember", Clins, &issues::observation::HAS_MEMBER, Check::Observation(observation::has_member)),
    row("observation-specimen", Profile, &issues::observation::SPECIMEN, Check::Observation(observation::specimen)),
    row("obs-6", Everywhere, &issues::observation::VALUE_AND_REASON, Check::Observation(observation::value_and_reason)),
    row("observation-value-or-reason", Profile, &issues::observation::NO_VALUE, Check::Observation(observation::no_value)),
    row("observation-reason-text", Profile, &issues::observation::REASON_TEXT, Check::Observation(observation::reason_text)),
    row("observation-value-type", Profile, &issues::observation::VALUE_TYPE, Check::Observation(observation::value_type)),
    row("quantity-value", Profile, &issues::observation::QUANTITY_VALUE, Check::Observation(observation::quantity_value)),
    row("qty-3", Everywhere, &issues::observation::QUANTITY_SYSTEM, Check::Observation(observation::quantity_system)),
    row("quantity-unit", Profile, &issues::observation::QUANTITY_UNIT, Check::Observation(observation::quantity_unit)),
    row("referenceRange-closed", Profile, &issues::observation::RANGE_EXTENSION, Check::Observation(observation::range_extension)),
    row("referenceRange-value", Profile, &issues::observation::RANGE_VALUE, Check::Observation(observation::range_value)),
    row("referenceRangeLowUnits-isSameAs-resultValueUnits", Profile, &issues::observation::RANGE_LOW_UNIT, Check::Observation(observation::range_low_unit)),
    row("referenceRangeHighUnits-isSameAs-resultValueUnits", Profile, &issues::observation::RANGE_HIGH_UNIT, Check::Observation(observation::range_high_unit)),
    row("check-LTS-MemberOf-infectionLabo", Clins, &issues::observation::LTS, Check::Observation(labcode::lts)),
    row("observation-needs-contained-of-Encounter", Clins, &issues::observation::ENCOUNTER_PROFILE, Check::Observation(observation::encounter_profile)),
    row("observation-needs-extension-of-Department", Clins, &issues::observation::DEPARTMENT, Check::Observation(observation::department)),
    row("observation-needs-encounter", Clins, &issues::observation::ENCOUNTER, Check::Observation(observation::encounter)),
    row("sharedCode-designation", Profile, &issues::observation::SHARED_DESIGNATION, Check::Observation(labcode::shared_designation)),
    row("uncoded-once", Profile, &issues::observation::UNCODED_TWICE, Check::Observation(labcode::uncoded_twice)),

    row("section-empty", Everywhere, &issues::document::SECTION_EMPTY, Check::Resource(document::section_empty)),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_has_every_strict_definition_once_and_keys_are_unique() {
        let mut keys = HashSet::new();
        let mut codes = HashSet::new();
        for rule in RULES {
            assert!(keys.insert(rule.key), "{} occurs twice", rule.key);
            assert!(codes.insert(rule.definition.code), "{} occurs twice", rule.definition.code);
        }
        let defined: HashSet<&str> = issues::ALL.iter().map(|d| d.code).filter(|c| c.starts_with("STRICT")).collect();
        assert_eq!(codes, defined);
    }
}
