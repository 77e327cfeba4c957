//! What is alike in every entry: references, contained resources, identifiers, tags, dates.

definitions! {
    PATIENT_REFERENCE "STRICT-301" Error "JP-CLINS JP_Bundle_CLINS; FHIR R4 Reference"
    text "{element} が Bundle の患者を指していません" "{element} does not refer to the Patient of the Bundle"
    cause "患者への参照は、最初の entry の fullUrl と同じでなければなりません。" "It must equal the fullUrl of the first entry."
    remedy "参照を直してください。別の患者の情報でないことを必ず確かめてください。"
           "Correct the reference, and make sure that this is not the information of another patient."
    ["Condition.subject"
        r##"{ "reference": "Patient/1" }"##
        r##"{ "reference": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01" }"##]

    DANGLING_CONTAINED "STRICT-302" Error "FHIR R4 ref-1"
    text "参照先の contained リソースがありません" "The contained resource referred to does not exist"
    cause "# で始まる参照は同じリソースの contained を指します。" "A reference that begins with # points into contained of the same resource."
    remedy "contained の id と参照を合わせてください。" "Make the id and the reference equal."
    ["Condition.encounter"
        r##"{ "reference": "#Encounter" }"##
        r##"{ "reference": "#encounter" }"##]

    OUTWARD_REFERENCE "STRICT-303" Error "JP-CLINS JP_Bundle_CLINS"
    text "患者でも contained でもないリソースへの参照があります" "There is a reference to something that is neither the Patient nor contained"
    cause "5情報の Bundle では、患者のほかは contained で持ちます。" "In these Bundles everything but the Patient is contained."
    remedy "contained に入れて #id で参照するか、display だけにしてください。" "Contain it and refer to it by #id, or give a display only."
    ["AllergyIntolerance"
        r##"{ "recorder": { "reference": "Practitioner/1" } }"##
        r##"{ "recorder": { "display": "見本 太郎" } }"##]

    UNUSED_CONTAINED "STRICT-304" Error "FHIR R4 dom-3"
    text "どこからも参照されない contained リソースがあります" "A contained resource is not referred to"
    cause "contained は必ず親のリソースから参照されます。" "A contained resource must be referred to from the resource around it."
    remedy "参照を付けるか、取り除いてください。" "Refer to it, or remove it."
    ["Observation"
        r##"{ "specimen": { "display": "血清" } }"##
        r##"{ "specimen": { "reference": "#specimen" } }"##]

    CONTAINED_ID "STRICT-305" Error "FHIR R4 contained"
    text "contained リソースに resourceType か id がないか、同じ id が 2 度あります" "A contained resource has no resourceType, no id, or an id that occurs twice"
    cause "どちらもなければ参照できません。" "Without both it cannot be referred to."
    remedy "resourceType と、リソースの中で一意の id を付けてください。" "Give it resourceType and an id that is unique in the resource."
    ["Observation.contained[2]"
        r##"{ "resourceType": "Specimen" }"##
        r##"{ "resourceType": "Specimen", "id": "specimen" }"##]

    NESTED_CONTAINED "STRICT-306" Error "FHIR R4 dom-2, dom-4"
    text "contained リソースに {element} は書けません" "A contained resource must not have {element}"
    cause "contained の中の contained、versionId、lastUpdated は許されません。" "contained inside contained, versionId and lastUpdated are not allowed."
    remedy "取り除いてください。" "Remove it."
    ["Condition.contained[0]"
        r##"{ "contained": [{ "resourceType": "Location", "id": "ward" }], "status": "finished" }"##
        r##"{ "status": "finished" }"##]

    RESOURCE_IDENTIFIER "STRICT-307" Error "JP-CLINS identifier:resourceIdentifier"
    text "リソース一意識別 ID がちょうど 1 つではありません" "There is not exactly one resource identifier"
    cause "system http://jpfhir.jp/fhir/core/IdSystem/resourceInstance-identifier の identifier が 1 つ必須です。"
          "One identifier of system http://jpfhir.jp/fhir/core/IdSystem/resourceInstance-identifier, with a value, is required."
    remedy "施設の中で一意の値を 1 つ付けてください。" "Give it one value that is unique in the institution."
    ["Condition"
        r##"{ "identifier": [{ "system": "http://example.org/id", "value": "C-1" }] }"##
        r##"{ "identifier": [{ "system": "http://jpfhir.jp/fhir/core/IdSystem/resourceInstance-identifier", "value": "C-1" }] }"##]

    TAG_MATRIX "STRICT-308" Error "JP-CLINS meta.tag"
    text "{type} に {code} のフラグは付けられません" "{type} cannot carry the flag {code}"
    cause "アレルギーと検査は LTS だけ、傷病名は LTS・UNINFORMED・UNDELIVERED だけです。"
          "Allergies and results take LTS only; conditions LTS, UNINFORMED and UNDELIVERED."
    remedy "フラグを取り除いてください。" "Remove the flag."
    ["AllergyIntolerance.meta"
        r##"{ "tag": [{ "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", "code": "UNINFORMED" }] }"##
        r##"{ "tag": [{ "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", "code": "LTS" }] }"##]

    TAG_FORM "STRICT-309" Error "JP-CLINS meta.tag:lts"
    text "フラグのタグに {element} は書けないか、同じフラグが 2 度あります" "A flag must not have {element}, or the flag occurs twice"
    cause "id、version、userSelected は禁じられ、各フラグは 1 回だけです。" "id, version and userSelected are forbidden; each flag occurs once."
    remedy "system と code だけにしてください。" "Keep system and code only."
    ["Condition.meta"
        r##"{ "tag": [{ "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", "code": "UNINFORMED", "version": "1" }] }"##
        r##"{ "tag": [{ "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", "code": "UNINFORMED" }] }"##]

    DATE_FORM "STRICT-310" Error "FHIR R4 date, dateTime, instant"
    text "{element} の日付の形が正しくありません" "The date in {element} has the wrong form"
    cause "暦にない日か、時刻に秒やタイムゾーンがありません。" "The calendar has no such day, or a time lacks seconds or time zone."
    remedy "2026-11-22、2026-11、2026 または 2026-11-22T09:30:00+09:00 の形にしてください。"
           "Write 2026-11-22, 2026-11, 2026 or 2026-11-22T09:30:00+09:00."
    ["Condition"
        r##"{ "onsetDateTime": "2025/02/03" }"##
        r##"{ "onsetDateTime": "2025-02-03" }"##]

    FUTURE "STRICT-311" Error "Tsugite policy"
    text "{element} が未来の日付です" "{element} lies in the future"
    cause "年の打ち間違いか、和暦の変換の誤りです。" "A year was mistyped, or an era wrongly converted."
    remedy "元の日付を直してください。" "Correct the original date."
    ["Condition"
        r##"{ "onsetDateTime": "2125-02-03" }"##
        r##"{ "onsetDateTime": "2025-02-03" }"##]

    FUTURE_OTHER "STRICT-312" Warning "Tsugite policy"
    text "{element} が未来の日付です" "{element} lies in the future"
    cause "予定の日付か、打ち間違いです。" "It is a planned date, or mistyped."
    remedy "元の日付を確かめてください。" "Check the original date."
    ["Condition"
        r##"{ "recordedDate": "2125-02-03" }"##
        r##"{ "recordedDate": "2025-02-03" }"##]

    BEFORE_BIRTH "STRICT-313" Warning "Tsugite policy"
    text "{element} が生年月日より前です" "{element} lies before the date of birth"
    cause "日付か生年月日の誤り、または別の患者の情報です。" "The date or the date of birth is wrong, or the information is another patient's."
    remedy "患者と日付を確かめてください。" "Check the patient and the date."
    ["Condition"
        r##"{ "onsetDateTime": "1925-02-03" }"##
        r##"{ "onsetDateTime": "2025-02-03" }"##]

    ENCOUNTER_STATUS "STRICT-314" Error "JP-CLINS JP_Encounter_eCS.status"
    text "Encounter.status は finished でなければなりません" "Encounter.status must be finished"
    cause "JP_Encounter_eCS で固定されています。" "JP_Encounter_eCS fixes it."
    remedy "finished にしてください。" "Write finished."
    ["Condition.contained[0]"
        r##"{ "status": "in-progress" }"##
        r##"{ "status": "finished" }"##]

    ENCOUNTER_CLASS "STRICT-315" Error "JP-CLINS JP_Encounter_eCS.class"
    text "Encounter.class に {element} がないか、正しくありません" "{element} of Encounter.class is missing or wrong"
    cause "system は v3-ActCode、code と display は必須です。" "The system is v3-ActCode; code and display are required."
    remedy "AMB(外来)や IMP(入院)を、名称とともに書いてください。" "Write AMB or IMP with its display."
    ["Condition.contained[0]"
        r##"{ "class": { "code": "AMB" } }"##
        r##"{ "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB", "display": "外来" } }"##]

    EMPTY_EXTENSION "STRICT-316" Error "FHIR R4 ext-1"
    text "拡張に値がありません" "The extension has no value"
    cause "拡張は値か下位の拡張のどちらかを持ちます。" "An extension has a value or extensions of its own."
    remedy "値を入れるか、拡張ごと取り除いてください。" "Give it a value, or remove it."
    ["AllergyIntolerance.extension[0]"
        r##"{ "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber" }"##
        r##"{ "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
  "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "1319999999" } }"##]

    EXTENSION_URL "STRICT-317" Error "FHIR R4 Extension.url"
    text "拡張に url がありません" "The extension has no url"
    cause "url がなければ何の拡張かわかりません。" "Without it nobody knows what the extension means."
    remedy "url を書くか、拡張ごと取り除いてください。" "Write the url, or remove the extension."
    ["AllergyIntolerance.extension[0]"
        r##"{ "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "1319999999" } }"##
        r##"{ "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
  "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "1319999999" } }"##]
}
