//! The institution number (医療機関識別番号), the same wherever it occurs.

definitions! {
    MISSING "STRICT-201" Error "JP-CLINS R9011"
    text "医療機関識別番号の拡張がありません" "The institution number extension is missing"
    cause "Patient 以外のすべての entry に必須です。" "Every entry but the Patient needs it."
    remedy "JP_eCS_InstitutionNumber を付けてください。" "Add JP_eCS_InstitutionNumber."
    ["AllergyIntolerance"
        r##"{ "resourceType": "AllergyIntolerance" }"##
        r##"{ "resourceType": "AllergyIntolerance",
  "extension": [{ "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
  "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "1319999999" } }] }"##]

    FORM "STRICT-202" Error "JP-CLINS R9012, R1021"
    text "医療機関識別番号が 10 桁の正しい形ではありません" "The institution number does not have its 10-digit form"
    cause "都道府県 2 桁(00-49)、点数表 1 桁(1-3)、医療機関コード 7 桁です。"
          "It is prefecture (00-49), category (1-3) and 7 digits."
    remedy "設定の医療機関番号を確かめてください。" "Check the institution number in the settings."
    ["AllergyIntolerance.extension[0]"
        r##"{ "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
  "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "131999999" } }"##
        r##"{ "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
  "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "1319999999" } }"##]

    SYSTEM "STRICT-203" Error "JP-CLINS JP_eCS_InstitutionNumber"
    text "医療機関識別番号の system が正しくありません" "The system of the institution number is wrong"
    cause "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no に固定されています。"
          "It is fixed to http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no."
    remedy "system を直してください。" "Correct the system."
    ["AllergyIntolerance.extension[0]"
        r##"{ "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
  "valueIdentifier": { "system": "http://example.org/institution", "value": "1319999999" } }"##
        r##"{ "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
  "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "1319999999" } }"##]

    DIFFERS "STRICT-204" Error "JP-CLINS R1011; Tsugite policy"
    text "医療機関識別番号が Bundle-ID と違います" "The institution number differs from that of the Bundle-ID"
    cause "Bundle-ID、各リソースの拡張、患者番号の OID は同じ医療機関でなければなりません。"
          "Bundle-ID, extensions and the OID of the patient number must be of one institution."
    remedy "どちらの医療機関の情報か確かめてください。" "Find out to which institution the information belongs."
    ["Bundle"
        r##"{ "identifier": { "system": "http://jpfhir.jp/fhir/clins/bundle-identifier", "value": "1319999998^2026^0001" } }"##
        r##"{ "identifier": { "system": "http://jpfhir.jp/fhir/clins/bundle-identifier", "value": "1319999999^2026^0001" } }"##]

    PRACTITIONER_DIFFERS "STRICT-205" Warning "JP-CLINS R1090; Tsugite policy"
    text "医師番号の OID の医療機関が Bundle-ID と違います" "The institution in the OID of the practitioner's number differs from that of the Bundle-ID"
    cause "他院の医師であればありえます。" "It may be so for a doctor of another institution."
    remedy "自院の医師であれば OID を直してください。" "Correct the OID if the doctor is your own."
    ["Observation.contained[1]"
        r##"{ "identifier": [{ "system": "urn:oid:1.2.392.100495.20.3.41.11319999998", "value": "D001" }] }"##
        r##"{ "identifier": [{ "system": "urn:oid:1.2.392.100495.20.3.41.11319999999", "value": "D001" }] }"##]

    TWICE "STRICT-206" Error "JP-CLINS extension:eCS_InstitutionNumber, extension:eCS_Department"
    text "同じ拡張 {element} が 2 度あります" "The extension {element} occurs twice"
    cause "医療機関識別番号と診療科は 1 つずつです。" "Institution number and department occur once each."
    remedy "1 つにしてください。" "Keep one."
    ["AllergyIntolerance"
        r##"{ "extension": [
  { "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
  "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "1319999999" } },
  { "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
  "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "1319999999" } }
] }"##
        r##"{ "extension": [
  { "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
  "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "1319999999" } }
] }"##]
}
