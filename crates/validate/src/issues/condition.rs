//! JP_Condition_eCS.

definitions! {
    RECORD_NUMBER "STRICT-501" Error "JP-CLINS JP_Condition_eCS.code.coding:medisRecordNo"
    text "病名管理番号がありません" "The MEDIS record number (病名管理番号) is missing"
    cause "ICD-10 やレセプト電算コードだけでは受け付けられません。" "ICD-10 or receipt codes alone are refused."
    remedy "病名管理番号を付けてください。対応する番号がなければ未コード化傷病名の番号を使います。"
           "Add it; a disease without one takes the number for uncoded diseases."
    ["Condition.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full", "code": "Z999", "display": "見本病" }
] }"##
        r##"{ "coding": [
  { "system": "http://medis.or.jp/CodeSystem/master-disease-keyNumber", "code": "20012345", "display": "見本病" },
  { "system": "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full", "code": "Z999", "display": "見本病" }
] }"##]

    RECORD_NUMBER_FORM "STRICT-502" Warning "MEDIS ICD10対応標準病名マスター"
    text "病名管理番号が 8 桁の数字ではありません" "The MEDIS record number is not 8 digits"
    cause "交換用コードや別のコードを病名管理番号として書いています。" "An exchange code or another code was written in its place."
    remedy "標準病名マスターの病名管理番号を書いてください。" "Write the record number of the master."
    ["Condition.code"
        r##"{ "coding": [
  { "system": "http://medis.or.jp/CodeSystem/master-disease-keyNumber", "code": "ABCD", "display": "見本病" }
] }"##
        r##"{ "coding": [
  { "system": "http://medis.or.jp/CodeSystem/master-disease-keyNumber", "code": "20012345", "display": "見本病" }
] }"##]

    CODING "STRICT-503" Error "JP-CLINS JP_Condition_eCS.code.coding"
    text "傷病名のコードに {element} がありません" "A coding of the disease lacks {element}"
    cause "公式のコード体系のコードには code と display が必須です。" "Codings of the official systems need code and display."
    remedy "マスターの名称を display に書いてください。" "Write the master's name as display."
    ["Condition.code"
        r##"{ "coding": [
  { "system": "http://medis.or.jp/CodeSystem/master-disease-keyNumber", "code": "20012345" }
] }"##
        r##"{ "coding": [
  { "system": "http://medis.or.jp/CodeSystem/master-disease-keyNumber", "code": "20012345", "display": "見本病" }
] }"##]

    TEXT "STRICT-504" Error "JP-CLINS JP_Condition_eCS.code.text"
    text "傷病名の text がありません" "The text of the disease is missing"
    cause "カルテに書かれた病名が必須です。" "The name as the chart has it is required."
    remedy "code.text に病名を書いてください。" "Write it in code.text."
    ["Condition.code"
        r##"{ "coding": [
  { "system": "http://medis.or.jp/CodeSystem/master-disease-keyNumber", "code": "20012345", "display": "見本病" }
] }"##
        r##"{ "coding": [
  { "system": "http://medis.or.jp/CodeSystem/master-disease-keyNumber", "code": "20012345", "display": "見本病" }
], "text": "見本病" }"##]

    ONSET "STRICT-505" Error "JP-CLINS R9013C (condition-needs-onsetDateTime)"
    text "病名開始日(onsetDateTime)がありません" "onsetDateTime is missing"
    cause "5情報として送るときは必須です。" "It is required for these Bundles."
    remedy "開始日を入力してください。" "Enter the date of onset."
    ["Condition"
        r##"{ "recordedDate": "2025-02-03" }"##
        r##"{ "onsetDateTime": "2025-02-03", "recordedDate": "2025-02-03" }"##]

    CLINICAL_STATUS "STRICT-506" Error "JP-CLINS JP_Condition_eCS.clinicalStatus"
    text "clinicalStatus は active、remission、resolved のどれかです" "clinicalStatus must be active, remission or resolved"
    cause "inactive や relapse などは使えません。" "inactive, relapse and others are not used."
    remedy "転帰に合うコードにしてください。" "Choose the code that fits the outcome."
    ["Condition"
        r##"{ "clinicalStatus": { "coding": [
    { "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "inactive", "display": "Inactive" }
  ] } }"##
        r##"{ "clinicalStatus": { "coding": [
    { "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "resolved", "display": "Resolved" }
  ] } }"##]

    STATUS_CODING "STRICT-507" Error "JP-CLINS 1.10.0 clinicalStatus, verificationStatus"
    text "{element} のコードに system、code、display がそろっていません" "The coding of {element} lacks system, code or display, or has another system"
    cause "1.10.0 から 3 つとも必須です。" "Since 1.10.0 all three are required."
    remedy "system、code、display を書いてください。" "Write all three."
    ["Condition"
        r##"{ "clinicalStatus": { "coding": [{ "code": "resolved" }] } }"##
        r##"{ "clinicalStatus": { "coding": [
    { "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "resolved", "display": "Resolved" }
  ] } }"##]

    ABATED_BUT_ACTIVE "STRICT-508" Error "FHIR R4 con-4"
    text "終了日があるのに clinicalStatus が終了を示していません" "There is an abatement, but clinicalStatus does not say that it ended"
    cause "終了日がある病名は remission か resolved です。" "A disease with an end is remission or resolved."
    remedy "転帰か終了日を直してください。" "Correct the outcome or the end."
    ["Condition"
        r##"{ "clinicalStatus": { "coding": [
    { "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active", "display": "Active" }
  ] },
  "abatementDateTime": "2025-03" }"##
        r##"{ "clinicalStatus": { "coding": [
    { "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "resolved", "display": "Resolved" }
  ] },
  "abatementDateTime": "2025-03" }"##]

    ENDED_WITHOUT_DATE "STRICT-509" Warning "JP-CLINS R9018C"
    text "remission または resolved なのに終了日(abatementDateTime)がありません" "remission or resolved without abatementDateTime"
    cause "終了日や転帰日がわかるときは必須です。" "It is required where the day is known."
    remedy "転帰日を入力してください。" "Enter the day of the outcome."
    ["Condition"
        r##"{ "clinicalStatus": { "coding": [
    { "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "resolved", "display": "Resolved" }
  ] } }"##
        r##"{ "clinicalStatus": { "coding": [
    { "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "resolved", "display": "Resolved" }
  ] },
  "abatementDateTime": "2025-03" }"##]

    ABATEMENT_TYPE "STRICT-510" Error "JP-CLINS JP_Condition_eCS.abatement[x]"
    text "終了日は abatementDateTime で書きます" "The end must be an abatementDateTime"
    cause "日付の型に限られています。" "The profile allows no other type."
    remedy "日付にしてください。" "Write a date."
    ["Condition"
        r##"{ "abatementString": "昨年" }"##
        r##"{ "abatementDateTime": "2025-03" }"##]

    ABATEMENT_ORDER "STRICT-511" Warning "Tsugite policy"
    text "終了日が開始日より前です" "The abatement lies before the onset"
    cause "どちらかの日付の誤りです。" "One of the two is wrong."
    remedy "日付を確かめてください。" "Check the dates."
    ["Condition"
        r##"{ "onsetDateTime": "2025-02-03", "abatementDateTime": "2025-01" }"##
        r##"{ "onsetDateTime": "2025-02-03", "abatementDateTime": "2025-03" }"##]

    VERIFICATION "STRICT-512" Error "JP-CLINS JP_Condition_eCS.verificationStatus"
    text "verificationStatus がありません" "verificationStatus is missing"
    cause "必須です。" "It is required."
    remedy "確定した病名は confirmed です。" "A confirmed disease is confirmed."
    ["Condition"
        r##"{ "resourceType": "Condition" }"##
        r##"{ "resourceType": "Condition",
  "verificationStatus": { "coding": [
    { "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed", "display": "Confirmed" }
  ] } }"##]

    NOT_CONFIRMED "STRICT-513" Error "電子カルテ情報共有サービス 傷病名の登録対象; Tsugite policy"
    text "確定していない病名(confirmed 以外)です" "The disease is not confirmed"
    cause "疑い病名、取り消した病名は登録の対象ではありません。" "Suspected and withdrawn diagnoses are not to be registered."
    remedy "Bundle から外してください。" "Leave it out of the Bundle."
    ["Condition"
        r##"{ "verificationStatus": { "coding": [
  { "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "provisional", "display": "Provisional" }
] } }"##
        r##"{ "verificationStatus": { "coding": [
  { "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed", "display": "Confirmed" }
] } }"##]

    CATEGORY "STRICT-514" Error "JP-CLINS JP_Condition_eCS.category"
    text "category がちょうど 1 つではありません" "There is not exactly one category"
    cause "必須です。" "It is required."
    remedy "encounter-diagnosis を 1 つ書いてください。" "Write encounter-diagnosis, once."
    ["Condition"
        r##"{ "category": [] }"##
        r##"{ "category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-category", "code": "encounter-diagnosis", "display": "Encounter Diagnosis" }] }] }"##]

    CATEGORY_CODE "STRICT-515" Warning "JP-CLINS JP_Condition_eCS.category"
    text "category が encounter-diagnosis ではありません" "category is not encounter-diagnosis"
    cause "ガイドは 5情報では encounter-diagnosis とするよう求めています。" "The guide asks for encounter-diagnosis in these Bundles."
    remedy "encounter-diagnosis にしてください。" "Write encounter-diagnosis."
    ["Condition"
        r##"{ "category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-category", "code": "problem-list-item", "display": "Problem List Item" }] }] }"##
        r##"{ "category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-category", "code": "encounter-diagnosis", "display": "Encounter Diagnosis" }] }] }"##]

    ENCOUNTER_PROFILE "STRICT-516" Error "JP-CLINS R9013C"
    text "contained に Encounter(JP_Encounter または JP_Encounter_eCS)がありません" "There is no contained Encounter of profile JP_Encounter or JP_Encounter_eCS"
    cause "入院か外来かを示す Encounter が必須です。meta.profile に |版 は付けられません。"
          "The Encounter that tells in- from outpatient is required, its meta.profile written without |version."
    remedy "contained に Encounter を入れ、meta.profile を版なしで 1 つだけ書いてください。"
           "Contain an Encounter with that one meta.profile, without version."
    ["Condition.contained[0]"
        r##"{ "meta": { "profile": ["http://example.org/StructureDefinition/Encounter"] } }"##
        r##"{ "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Encounter_eCS"] } }"##]

    DEPARTMENT "STRICT-517" Error "JP-CLINS R9014C"
    text "診療科の拡張がありません" "The department extension is missing"
    cause "JP_eCS_Department が必須です。コードがなければ text だけでもかまいません。" "JP_eCS_Department is required. Text alone will do."
    remedy "診療科を付けてください。" "Add the department."
    ["Condition"
        r##"{ "resourceType": "Condition",
  "extension": [
    { "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
      "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "1319999999" } }
  ] }"##
        r##"{ "resourceType": "Condition",
  "extension": [
    { "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
      "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "1319999999" } },
    { "url": "http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/JP_eCS_Department",
      "valueCodeableConcept": { "coding": [{ "system": "http://jami.jp/SS-MIX2/CodeSystem/ClinicalDepartment", "code": "01", "display": "内科" }], "text": "内科" } }
  ] }"##]

    ENCOUNTER "STRICT-518" Error "JP-CLINS R9016C"
    text "encounter がありません" "encounter is missing"
    cause "5情報として送るときは必須です。" "It is required for these Bundles."
    remedy "contained の Encounter を参照してください。" "Refer to the contained Encounter."
    ["Condition"
        r##"{ "evidence": [{ "detail": [{ "reference": "#encounter" }] }] }"##
        r##"{ "encounter": { "reference": "#encounter" } }"##]

    STATUS_MISSING "STRICT-519" Warning "JP-CLINS JP_Condition_eCS.clinicalStatus; FHIR R4 con-3"
    text "clinicalStatus がありません" "clinicalStatus is missing"
    cause "誤って登録した病名でなければ必要です。" "It is needed unless the record was entered in error."
    remedy "active、remission、resolved のどれかを書いてください。" "Write active, remission or resolved."
    ["Condition"
        r##"{ "resourceType": "Condition" }"##
        r##"{ "resourceType": "Condition",
  "clinicalStatus": { "coding": [
    { "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "resolved", "display": "Resolved" }
  ] } }"##]
}
