//! Codes, code systems and value sets.

definitions! {
    BINDING_REQUIRED "FHIR-060" Error "StructureDefinition"
    text "コードが値セット {value_set} にありません" "The code is not in the value set {value_set}"
    cause "この要素には値セットのコードしか使えません。" "Only codes of the value set may be used here."
    remedy "値セットのコードを選んでください。system も確かめてください。" "Choose a code of the value set; check the system too."
    [""
        r##"{ "resourceType": "Patient", "gender": "F" }"##
        r##"{ "resourceType": "Patient", "gender": "female" }"##]

    BINDING_EXTENSIBLE "FHIR-061" Warning "StructureDefinition"
    text "コードが値セット {value_set} にありません" "The code is not in the value set {value_set}"
    cause "値セットに合うコードがあれば、それを使うことになっています。" "Where the value set has a fitting code, it must be used."
    remedy "値セットに合うコードがないか確かめてください。" "Check whether the value set has a fitting code."

    BINDING_UNCHECKED "FHIR-062" Information "StructureDefinition"
    text "値セット {value_set} との照合は一部できません: {why}" "The binding to {value_set} could not be fully checked: {why}"
    cause "コード表が手元にないか、断片しかありません。" "The code system is not at hand, or only a fragment of it."
    remedy "コード表のあるパッケージがあれば入れてください。" "Install the package that has the code system, if there is one."

    BINDING_NO_CODING "FHIR-063" Error "StructureDefinition"
    text "値セット {value_set} のコードが必要ですが coding がありません" "A code of {value_set} is required, but there is no coding"
    cause "text だけの CodeableConcept は、この要素では使えません。" "A CodeableConcept of text alone is not allowed here."
    remedy "coding を書いてください。" "Add a coding."

    CODE_UNKNOWN "FHIR-064" Error "CodeSystem"
    text "コード体系 {system} にこのコードはありません" "The code system {system} has no such code"
    cause "コードのつづりの誤りか、system の取り違えです。" "The code is misspelt, or the system is another one."
    remedy "コードと system を確かめてください。" "Check code and system."
    [""
        r##"{ "resourceType": "Patient", "maritalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", "code": "MARRIED" }] } }"##
        r##"{ "resourceType": "Patient", "maritalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", "code": "M" }] } }"##]

    DISPLAY "FHIR-065" Warning "CodeSystem"
    text "display がコード体系 {system} の表示「{expected}」と違います" "The display differs from “{expected}” in {system}"
    cause "別の訳語か、別のコードの表示です。" "It is another wording, or the display of another code."
    remedy "コードと表示の組が正しいか確かめてください。" "Check that code and display belong together."
    [""
        r##"{ "resourceType": "Patient", "maritalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", "code": "M", "display": "Single" }] } }"##
        r##"{ "resourceType": "Patient", "maritalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", "code": "M", "display": "Married" }] } }"##]

    SYSTEM_UNKNOWN "FHIR-066" Warning "FHIR R4 Terminologies"
    text "HL7 のコード体系 {system} は FHIR R4 にありません" "FHIR R4 has no HL7 code system {system}"
    cause "URL のつづりの誤りか、別の版のものです。" "The URL is misspelt or of another version."
    remedy "URL を確かめてください。" "Check the URL."
    [""
        r##"{ "resourceType": "Patient", "maritalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-MaritalStat", "code": "M" }] } }"##
        r##"{ "resourceType": "Patient", "maritalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", "code": "M" }] } }"##]

    BINDING_LIMIT "FHIR-067" Error "StructureDefinition maxValueSet"
    text "コードが許される範囲 {value_set} の外です" "The code is outside the outer limit {value_set}"
    cause "拡張してもよい値セットにも、越えられない範囲があります。" "Even an extensible value set has an outer limit here."
    remedy "範囲内のコードを選んでください。" "Choose a code inside the limit."
}
