//! JP_Bundle_CLINS and its entries.

definitions! {
    NOT_CLINS "STRICT-100" Error "JP-CLINS JP_Bundle_CLINS"
    text "5情報の Bundle(JP_Bundle_CLINS)ではありません" "This is no JP_Bundle_CLINS Bundle"
    cause "送信の前の検査では 5情報の Bundle だけを通します。" "The gate before sending lets nothing else pass."
    remedy "送るファイルを確かめてください。" "Check which file is sent."
    [""
        r##"{ "resourceType": "Patient", "gender": "female" }"##
        r##"{ "resourceType": "Bundle", "type": "collection" }"##]

    TYPE "STRICT-101" Error "JP-CLINS JP_Bundle_CLINS.type"
    text "Bundle.type は collection でなければなりません" "Bundle.type must be collection"
    cause "種類が固定されています。" "The profile fixes it."
    remedy "collection にしてください。" "Write collection."
    ["Bundle"
        r##"{ "type": "document" }"##
        r##"{ "type": "collection" }"##]

    IDENTIFIER_SYSTEM "STRICT-102" Error "JP-CLINS R02151"
    text "Bundle.identifier の system が正しくありません" "The system of Bundle.identifier is wrong or missing"
    cause "identifier は 1 つのオブジェクトで、system は http://jpfhir.jp/fhir/clins/bundle-identifier です。"
          "identifier is one object, its system http://jpfhir.jp/fhir/clins/bundle-identifier."
    remedy "system を直してください。配列にはできません。" "Correct the system. It cannot be an array."
    ["Bundle.identifier"
        r##"{ "system": "http://example.org/id", "value": "1319999999^2026^0001" }"##
        r##"{ "system": "http://jpfhir.jp/fhir/clins/bundle-identifier", "value": "1319999999^2026^0001" }"##]

    IDENTIFIER_VALUE "STRICT-103" Error "JP-CLINS R2152"
    text "Bundle-ID の形が正しくありません" "The Bundle-ID has the wrong form"
    cause "医療機関番号 10 桁^西暦 4 桁^英数字とハイフン 36 文字以内です。"
          "It is the 10-digit institution number ^ the year ^ up to 36 letters, digits and hyphens."
    remedy "1311234567^2026^abc-123 のような形にしてください。" "Write it like 1311234567^2026^abc-123."
    ["Bundle.identifier"
        r##"{ "value": "1319999999-2026-0001" }"##
        r##"{ "value": "1319999999^2026^0001" }"##]

    IDENTIFIER_YEAR "STRICT-104" Warning "JP-CLINS JP_Bundle_CLINS.identifier"
    text "Bundle-ID の年が Bundle の作成日時より後です" "The year of the Bundle-ID is later than the Bundle's timestamp"
    cause "年は Bundle-ID をはじめて発行した年です。" "It is the year in which the Bundle-ID was first issued."
    remedy "発行した年か、timestamp を直してください。" "Correct the year or the timestamp."
    ["Bundle"
        r##"{ "identifier": { "system": "http://jpfhir.jp/fhir/clins/bundle-identifier", "value": "1319999999^2027^0001" },
  "timestamp": "2026-11-22T13:28:17.239+09:00" }"##
        r##"{ "identifier": { "system": "http://jpfhir.jp/fhir/clins/bundle-identifier", "value": "1319999999^2026^0001" },
  "timestamp": "2026-11-22T13:28:17.239+09:00" }"##]

    TIMESTAMP "STRICT-105" Error "JP-CLINS JP_Bundle_CLINS.timestamp"
    text "Bundle.timestamp がないか、秒とタイムゾーンまでの日時ではありません" "Bundle.timestamp is missing, or no instant with seconds and time zone"
    cause "作成日時は必須で、2026-11-22T13:28:17.239+09:00 の形です。" "It is required, in the form 2026-11-22T13:28:17.239+09:00."
    remedy "その形にしてください。" "Write it in that form."
    ["Bundle"
        r##"{ "timestamp": "2026-11-22" }"##
        r##"{ "timestamp": "2026-11-22T13:28:17.239+09:00" }"##]

    LAST_UPDATED "STRICT-106" Error "JP-CLINS meta.lastUpdated"
    text "meta.lastUpdated がないか、秒とタイムゾーンまでの日時ではありません" "meta.lastUpdated is missing, or no instant with seconds and time zone"
    cause "Bundle と各リソースに必須で、2026-11-22T13:28:17.239+09:00 の形です。"
          "Bundle and resources require it, in the form 2026-11-22T13:28:17.239+09:00."
    remedy "その形にしてください。" "Write it in that form."
    ["Condition.meta"
        r##"{ "lastUpdated": "2026-11-22" }"##
        r##"{ "lastUpdated": "2026-11-22T13:28:17.239+09:00" }"##]

    MILLISECONDS "STRICT-107" Warning "JP-CLINS timestamp, lastUpdated"
    text "ミリ秒がないか、日本時間(+09:00)ではありません" "Milliseconds are missing, or the time zone is not +09:00"
    cause "ガイドは YYYY-MM-DDThh:mm:ss.sss+09:00 の形を求めています。" "The guide asks for YYYY-MM-DDThh:mm:ss.sss+09:00."
    remedy "ミリ秒と +09:00 を付けてください。" "Write milliseconds and +09:00."
    ["Bundle"
        r##"{ "timestamp": "2026-11-22T04:28:17Z" }"##
        r##"{ "timestamp": "2026-11-22T13:28:17.000+09:00" }"##]

    PROFILE "STRICT-108" Error "JP-CLINS R0213"
    text "Bundle.meta.profile に JP_Bundle_CLINS がありません" "Bundle.meta.profile does not name JP_Bundle_CLINS"
    cause "5情報の Bundle は必ずこのプロファイルを名乗ります。" "A Bundle of the five kinds of information must claim this profile."
    remedy "http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS を書いてください。"
           "Write http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS."
    ["Bundle.meta"
        r##"{ "profile": ["http://example.org/StructureDefinition/Bundle"] }"##
        r##"{ "profile": ["http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS"] }"##]

    TAG "STRICT-109" Error "JP-CLINS R02141"
    text "Bundle.meta.tag に情報の種類がありません" "Bundle.meta.tag does not say what kind of information it carries"
    cause "BundleResourceType_CS のタグが必須です。" "A tag of BundleResourceType_CS is required."
    remedy "AllergyIntolerance、Condition、Observation のどれかを書いてください。" "Write AllergyIntolerance, Condition or Observation."
    ["Bundle.meta"
        r##"{ "profile": ["http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS"] }"##
        r##"{ "profile": ["http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS"],
  "tag": [{ "system": "http://jpfhir.jp/fhir/clins/CodeSystem/BundleResourceType_CS", "code": "Condition" }] }"##]

    TAG_CODE "STRICT-110" Error "JP-CLINS R02142"
    text "Bundle.meta.tag の種類は AllergyIntolerance、Condition、Observation のどれか 1 つです"
         "The kind in Bundle.meta.tag must be exactly one of AllergyIntolerance, Condition and Observation"
    cause "ほかの種類や 2 つ以上の種類は受け付けられません。処方は単独で送れません。"
          "Other kinds and more than one kind are refused. Prescriptions cannot be sent by themselves."
    remedy "種類ごとに Bundle を分けてください。" "Make one Bundle for each kind."
    ["Bundle.meta"
        r##"{ "profile": ["http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS"],
  "tag": [{ "system": "http://jpfhir.jp/fhir/clins/CodeSystem/BundleResourceType_CS", "code": "MedicationRequest" }] }"##
        r##"{ "profile": ["http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS"],
  "tag": [{ "system": "http://jpfhir.jp/fhir/clins/CodeSystem/BundleResourceType_CS", "code": "Condition" }] }"##]

    NOTHING_OF_TAG "STRICT-111" Error "JP-CLINS R02143"
    text "タグの種類 {type} のリソースが 1 つもありません" "There is no resource of the tagged type {type}"
    cause "患者だけの Bundle は送れません。" "A Bundle of the patient alone cannot be sent."
    remedy "取り消しは取消の依頼で行ってください。" "To withdraw information, send a cancel request."
    ["Bundle"
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } }
] }"##
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } }
] }"##]

    OTHER_TYPE "STRICT-112" Error "JP-CLINS R02144"
    text "タグの種類ではないリソース {type} が入っています" "There is a resource of another type, {type}"
    cause "1 つの Bundle には患者と 1 種類の情報だけが入ります。" "A Bundle holds the patient and one kind of information."
    remedy "別の Bundle に分けるか、contained に入れてください。" "Put it into another Bundle, or make it contained."
    ["Bundle"
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a03", "resource": { "resourceType": "AllergyIntolerance" } }
] }"##
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } }
] }"##]

    PRESCRIPTION_ALONE "STRICT-113" Error "JP-CLINS R02142"
    text "処方(MedicationRequest)だけの Bundle です" "The Bundle carries prescriptions only"
    cause "処方は文書(診療情報提供書など)の中だけで送れます。" "Prescriptions may only be sent inside documents."
    remedy "この Bundle は送らないでください。" "Do not send this Bundle."
    ["Bundle"
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "MedicationRequest" } }
] }"##
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } }
] }"##]

    FIRST_PATIENT "STRICT-114" Error "JP-CLINS R0211"
    text "最初の entry が Patient ではありません" "The first entry is not the Patient"
    cause "entry の順序は決まっています。" "The order of entries is fixed."
    remedy "Patient を最初に置いてください。" "Put the Patient first."
    ["Bundle"
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } }
] }"##
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } }
] }"##]

    PATIENT_PROFILE "STRICT-115" Error "JP-CLINS R0212"
    text "Patient が JP_Patient_eCS を名乗っていません" "The Patient does not claim JP_Patient_eCS"
    cause "meta.profile が必須です。" "meta.profile is required."
    remedy "meta.profile に http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS を書いてください。"
           "Write http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS in meta.profile."
    ["Patient.meta"
        r##"{ "profile": ["http://jpfhir.jp/fhir/core/StructureDefinition/JP_Patient"] }"##
        r##"{ "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"] }"##]

    MANY_PATIENTS "STRICT-116" Error "JP-CLINS JP_Bundle_CLINS.entry:patient"
    text "Patient が 2 人以上入っています" "There is more than one Patient"
    cause "1 つの Bundle は 1 人の患者のものです。" "A Bundle belongs to one patient."
    remedy "患者ごとに分けてください。別の人の情報が混ざっていないか必ず確かめてください。"
           "Make one Bundle for each patient, and make sure that no information of another person is mixed in."
    ["Bundle"
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a03", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } }
] }"##
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } }
] }"##]

    PROFILE_ALLERGY "STRICT-117" Error "JP-CLINS Bundle-entry-AllergyIntolerance"
    text "AllergyIntolerance の meta.profile が JP_AllergyIntolerance_eCS ではありません" "meta.profile of the AllergyIntolerance is not JP_AllergyIntolerance_eCS"
    cause "entry はこのプロファイルを名乗り、別のプロファイルの版は名乗りません(|版は付けても付けなくてもよい)。"
          "The entry claims this profile, with or without |version, and no version of another one."
    remedy "meta.profile を直してください。" "Correct meta.profile."
    ["AllergyIntolerance.meta"
        r##"{ "profile": ["http://jpfhir.jp/fhir/core/StructureDefinition/JP_AllergyIntolerance"] }"##
        r##"{ "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_AllergyIntolerance_eCS"] }"##]

    PROFILE_CONDITION "STRICT-118" Error "JP-CLINS Bundle-entry-Condition"
    text "Condition の meta.profile が JP_Condition_eCS ではありません" "meta.profile of the Condition is not JP_Condition_eCS"
    cause "entry はこのプロファイルを名乗り、別のプロファイルの版は名乗りません(|版は付けても付けなくてもよい)。"
          "The entry claims this profile, with or without |version, and no version of another one."
    remedy "meta.profile を直してください。" "Correct meta.profile."
    ["Condition.meta"
        r##"{ "profile": ["http://jpfhir.jp/fhir/core/StructureDefinition/JP_Condition"] }"##
        r##"{ "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Condition_eCS"] }"##]

    PROFILE_PRESCRIPTION "STRICT-119" Error "JP-CLINS Bundle-entry-MedicationRequest"
    text "MedicationRequest の meta.profile が JP_MedicationRequest_eCS ではありません" "meta.profile of the MedicationRequest is not JP_MedicationRequest_eCS"
    cause "entry はこのプロファイルを名乗り、別のプロファイルの版は名乗りません(|版は付けても付けなくてもよい)。"
          "The entry claims this profile, with or without |version, and no version of another one."
    remedy "meta.profile を直してください。" "Correct meta.profile."
    ["Bundle"
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a03", "resource": { "resourceType": "MedicationRequest", "meta": { "profile": ["http://jpfhir.jp/fhir/core/StructureDefinition/JP_MedicationRequest"] } } }
] }"##
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a03", "resource": { "resourceType": "MedicationRequest", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_MedicationRequest_eCS"] } } }
] }"##]

    PROFILE_OBSERVATION "STRICT-120" Error "JP-CLINS Bundle-entry-Observation"
    text "Observation の meta.profile が JP_Observation_LabResult_eCS ではありません" "meta.profile of the Observation is not JP_Observation_LabResult_eCS"
    cause "entry はこのプロファイルを名乗り、別のプロファイルの版は名乗りません(|版は付けても付けなくてもよい)。"
          "The entry claims this profile, with or without |version, and no version of another one."
    remedy "meta.profile を直してください。" "Correct meta.profile."
    ["Observation.meta"
        r##"{ "profile": ["http://jpfhir.jp/fhir/core/StructureDefinition/JP_Observation_LabResult"] }"##
        r##"{ "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Observation_LabResult_eCS"] }"##]

    CLOSED_ENTRY "STRICT-121" Error "JP-CLINS JP_Bundle_CLINS.entry"
    text "entry に {element} は書けません" "An entry must not have {element}"
    cause "entry に書けるのは fullUrl と resource だけです。" "An entry has fullUrl and resource only."
    remedy "取り除いてください。" "Remove it."
    ["Bundle.entry[1]"
        r##"{ "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "search": { "mode": "match" } }"##
        r##"{ "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02" }"##]

    NO_RESOURCE "STRICT-122" Error "JP-CLINS JP_Bundle_CLINS.entry.resource"
    text "entry に resource がないか、resourceType がありません" "The entry has no resource, or one without resourceType"
    cause "どちらも必須です。" "Both are required."
    remedy "entry ごと取り除くか、resource を入れてください。" "Remove the entry, or give it a resource."
    ["Bundle"
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02" }
] }"##
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } }
] }"##]

    FULL_URL "STRICT-123" Error "JP-CLINS JP_Bundle_CLINS.entry.fullUrl"
    text "fullUrl がないか、urn:uuid: の形ではありません" "fullUrl is missing, or not of the form urn:uuid:…"
    cause "各 entry に UUID が必須です。" "Every entry needs a UUID."
    remedy "urn:uuid: に続けて UUID を書いてください。" "Write urn:uuid: and a UUID."
    ["Bundle.entry[1]"
        r##"{ "fullUrl": "http://example.org/Condition/1" }"##
        r##"{ "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02" }"##]

    FULL_URL_TWICE "STRICT-124" Error "FHIR R4 bdl-7"
    text "同じ fullUrl が 2 度使われています" "The same fullUrl is used twice"
    cause "fullUrl は Bundle の中で一意です。" "fullUrl is unique in a Bundle."
    remedy "entry ごとに別の UUID を付けてください。" "Give each entry its own UUID."
    ["Bundle"
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } }
] }"##
        r##"{ "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Condition" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a03", "resource": { "resourceType": "Condition" } }
] }"##]
}
