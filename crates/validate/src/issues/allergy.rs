//! JP_AllergyIntolerance_eCS.

definitions! {
    CODING "STRICT-601" Error "JP-CLINS JP_AllergyIntolerance_eCS.code.coding"
    text "アレルギー物質のコードに {element} がありません" "A coding of the substance lacks {element}"
    cause "コードが 1 つ以上必須で、それぞれに system、code、display が必要です。"
          "At least one coding is required, each with system, code and display."
    remedy "コードがなければ D9M・D9F・D9N に 000000000 を続けたダミーコードを使います。"
           "Without a code use the dummy code: D9M, D9F or D9N and 000000000."
    ["AllergyIntolerance.code"
        r##"{ "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", "code": "J9FX00000001" }] }"##
        r##"{ "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", "code": "J9FX00000001", "display": "見本食品" }] }"##]

    SYSTEM "STRICT-602" Error "JP-CLINS JP_AllergyIntolerance_VS"
    text "アレルギー物質のコード体系が正しくありません" "The code system of the substance is not one of the allowed ones"
    cause "J-FAGY の食品・医薬品(YCM、GCM)・非食品非医薬品の 4 つに限られます。"
          "Only the four J-FAGY systems are allowed: food, medication (YCM, GCM) and other."
    remedy "J-FAGY のコードにするか、ダミーコードと text にしてください。" "Use a J-FAGY code, or the dummy code and text."
    ["AllergyIntolerance.code"
        r##"{ "coding": [{ "system": "http://example.org/CodeSystem/allergen", "code": "J9FX00000001", "display": "見本食品" }] }"##
        r##"{ "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", "code": "J9FX00000001", "display": "見本食品" }] }"##]

    CODE_FORM "STRICT-603" Error "J-FAGY"
    text "コードの形がコード体系に合いません" "The code does not have the form of its code system"
    cause "食品は J9F、非食品非医薬品は J9N、医薬品は YCM か GCM で始まります。" "Food begins with J9F, other with J9N, medication with YCM or GCM."
    remedy "コードと system の組を確かめてください。" "Check that code and system belong together."
    ["AllergyIntolerance.code"
        r##"{ "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", "code": "620000001234", "display": "見本食品" }] }"##
        r##"{ "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", "code": "J9FX00000001", "display": "見本食品" }] }"##]

    DUMMY_CODE "STRICT-604" Error "J-FAGY"
    text "D9 で始まるコードは D9M・D9F・D9N と 0 が 9 桁です" "A code that begins with D9 must be D9M, D9F or D9N and nine zeros"
    cause "ダミーコードはこの 3 つだけです。" "There are only these three dummy codes."
    remedy "D9M000000000、D9F000000000、D9N000000000 のどれかにしてください。" "Write one of D9M000000000, D9F000000000, D9N000000000."
    ["AllergyIntolerance.code"
        r##"{ "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", "code": "D9F000000001", "display": "食品ダミーコード" }] }"##
        r##"{ "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", "code": "D9F000000000", "display": "食品ダミーコード" }] }"##]

    TEXT "STRICT-605" Error "JP-CLINS JP_AllergyIntolerance_eCS.code.text"
    text "アレルギー物質の text がありません" "The text of the substance is missing"
    cause "カルテに書かれた名前が必須です。" "The name as the chart has it is required."
    remedy "code.text に書いてください。" "Write it in code.text."
    ["AllergyIntolerance.code"
        r##"{ "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", "code": "J9FX00000001", "display": "見本食品" }] }"##
        r##"{ "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", "code": "J9FX00000001", "display": "見本食品" }], "text": "見本食品" }"##]

    STATUS_CODING "STRICT-606" Error "JP-CLINS 1.10.0 clinicalStatus, verificationStatus"
    text "{element} のコードに system、code、display がそろっていません" "The coding of {element} lacks system, code or display, or has another system"
    cause "1.10.0 から 3 つとも必須です。" "Since 1.10.0 all three are required."
    remedy "system、code、display を書いてください。" "Write all three."
    ["AllergyIntolerance"
        r##"{ "clinicalStatus": { "coding": [{ "code": "active" }] } }"##
        r##"{ "clinicalStatus": { "coding": [
  { "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "code": "active", "display": "Active" }
] } }"##]

    STATUS_CODE "STRICT-607" Error "FHIR R4 allergyintolerance-clinical, -verification"
    text "{element} のコードが正しくありません" "The code of {element} is not a legal one"
    cause "clinicalStatus は active・inactive・resolved、verificationStatus は unconfirmed・confirmed・refuted・entered-in-error です。"
          "clinicalStatus is active, inactive or resolved; verificationStatus unconfirmed, confirmed, refuted or entered-in-error."
    remedy "そのどれかにしてください。" "Choose one of these."
    ["AllergyIntolerance"
        r##"{ "clinicalStatus": { "coding": [
  { "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "code": "remission", "display": "Remission" }
] } }"##
        r##"{ "clinicalStatus": { "coding": [
  { "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "code": "active", "display": "Active" }
] } }"##]

    STATUS_MISSING "STRICT-608" Error "FHIR R4 ait-1"
    text "clinicalStatus がありません" "clinicalStatus is missing"
    cause "entered-in-error でなければ必須です。" "It is required unless the record was entered in error."
    remedy "active などを書いてください。" "Write active, for example."
    ["AllergyIntolerance"
        r##"{ "resourceType": "AllergyIntolerance" }"##
        r##"{ "resourceType": "AllergyIntolerance",
  "clinicalStatus": { "coding": [
  { "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "code": "active", "display": "Active" }
] } }"##]

    STATUS_SURPLUS "STRICT-609" Error "FHIR R4 ait-2"
    text "entered-in-error に clinicalStatus は書けません" "A record entered in error must not have clinicalStatus"
    cause "誤りの記録に臨床状態はありません。" "A mistaken record has no clinical status."
    remedy "この記録を送らないか、clinicalStatus を取り除いてください。" "Do not send the record, or remove clinicalStatus."
    ["AllergyIntolerance"
        r##"{ "clinicalStatus": { "coding": [
    { "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "code": "active", "display": "Active" }
  ] },
  "verificationStatus": { "coding": [
    { "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", "code": "entered-in-error", "display": "Entered in Error" }
  ] } }"##
        r##"{ "verificationStatus": { "coding": [
    { "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", "code": "entered-in-error", "display": "Entered in Error" }
  ] } }"##]

    CATEGORY "STRICT-610" Error "FHIR R4 allergy-intolerance-category"
    text "category のコードが正しくありません" "category is not a legal code"
    cause "medication、food、environment(と biologic)だけです。" "It is medication, food, environment (or biologic)."
    remedy "そのどれかにしてください。" "Choose one of these."
    ["AllergyIntolerance"
        r##"{ "category": ["drug"] }"##
        r##"{ "category": ["medication"], "code": { "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/YCM/JP_JfagyMedicationAllergen_CS", "code": "D9M000000000", "display": "医薬品ダミーコード" }], "text": "見本薬" } }"##]

    BIOLOGIC "STRICT-611" Warning "JP-CLINS JP_AllergyIntolerance_eCS.category"
    text "category の biologic は今は使われません" "The category biologic is not used for now"
    cause "薬剤アレルギー等として扱われないことがあります。" "It may not be treated as an allergy to a drug."
    remedy "医薬品であれば medication にしてください。" "Use medication for drugs."
    ["AllergyIntolerance"
        r##"{ "category": ["biologic"] }"##
        r##"{ "category": ["medication"], "code": { "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/YCM/JP_JfagyMedicationAllergen_CS", "code": "D9M000000000", "display": "医薬品ダミーコード" }], "text": "見本薬" } }"##]

    FAMILY "STRICT-612" Warning "Tsugite policy"
    text "コードの種類と category が合いません" "The family of the code and the category disagree"
    cause "category が medication のものだけが薬剤アレルギー等として扱われます。" "Only the category medication is treated as an allergy to a drug."
    remedy "どちらが正しいか確かめてください。" "Find out which one is right."
    ["AllergyIntolerance"
        r##"{ "category": ["environment"],
  "code": { "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", "code": "J9FX00000001", "display": "見本食品" }], "text": "見本食品" } }"##
        r##"{ "category": ["food"],
  "code": { "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", "code": "J9FX00000001", "display": "見本食品" }], "text": "見本食品" } }"##]

    MANIFESTATION "STRICT-613" Error "JP-CLINS 1.11 reaction.manifestation.text"
    text "症状の text がありません" "A manifestation has no text"
    cause "1.11 から必須です。" "It is required since 1.11."
    remedy "症状がわからなければ reaction ごと省いてください。" "Leave reaction out when the symptom is not known."
    ["AllergyIntolerance"
        r##"{ "reaction": [{ "manifestation": [{ "coding": [{ "code": "1" }] }] }] }"##
        r##"{ "reaction": [{ "manifestation": [{ "text": "発疹" }] }] }"##]
}
