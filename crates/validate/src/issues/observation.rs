//! JP_Observation_LabResult_eCS.

definitions! {
    STATUS "STRICT-701" Error "FHIR R4 observation-status"
    text "status がないか、コードが正しくありません" "status is missing or not a legal code"
    cause "FHIR の検査の状態のコードではありません。" "FHIR has no such status of an observation."
    remedy "final、corrected、preliminary、registered、cancelled のどれかにしてください。" "Use final, corrected, preliminary, registered or cancelled."
    ["Observation"
        r##"{ "status": "F" }"##
        r##"{ "status": "final" }"##]

    STATUS_UNUSED "STRICT-702" Warning "JP-CLINS JP_Observation_LabResult_eCS.status"
    text "status の {code} はこのガイドでは使いません" "The guide does not use the status {code}"
    cause "意味がまぎらわしいため、final・corrected・preliminary・registered・cancelled だけを使います。"
          "Only final, corrected, preliminary, registered and cancelled are used, to be unambiguous."
    remedy "訂正した結果は corrected、取り消した結果は送らないか cancelled にしてください。"
           "A corrected result is corrected; leave a withdrawn one out, or send it as cancelled."
    ["Observation"
        r##"{ "status": "amended" }"##
        r##"{ "status": "final" }"##]

    CATEGORY "STRICT-703" Error "JP-CLINS JP_Observation_LabResult_eCS.category"
    text "category が laboratory 1 つではありません" "category is not laboratory, once"
    cause "検体検査は laboratory のコード 1 つと決まっています。" "A laboratory result has the one coding laboratory."
    remedy "JP_SimpleObservationCategory_CS の laboratory を 1 つ書いてください。" "Write laboratory of JP_SimpleObservationCategory_CS, once."
    ["Observation"
        r##"{ "category": [{ "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_SimpleObservationCategory_CS", "code": "exam" }] }] }"##
        r##"{ "category": [{ "coding": [{ "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_SimpleObservationCategory_CS", "code": "laboratory" }] }] }"##]

    LOCAL_CODE "STRICT-704" Error "JP-CLINS R6021"
    text "ローカルコードがありません" "The local code is missing"
    cause "検査室のコードが必ず要ります。" "The code of the laboratory is always required."
    remedy "JP_CLINS_ObsLabResult_LocalCode_CS のコードを付けてください。" "Add a code of JP_CLINS_ObsLabResult_LocalCode_CS."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##]

    LOCAL_CODE_TWICE "STRICT-705" Error "JP-CLINS code.coding:localLaboCode"
    text "ローカルコードが 2 つ以上あります" "There is more than one local code"
    cause "1 つだけと決まっています。" "Only one is allowed."
    remedy "1 つにしてください。" "Keep one."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-002", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##]

    LOCAL_CODE_FORM "STRICT-706" Warning "JP-CLINS ローカルコードの規則"
    text "ローカルコードに半角英数字・-・_ 以外の文字があります" "The local code has characters other than letters, digits, hyphen and underscore"
    cause "全角文字、空白、記号が入っています。" "Full-width characters, blanks or symbols were used."
    remedy "半角英数字と - _ だけにしてください。" "Use letters, digits, - and _ only."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "Ｋ００１", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K001", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##]

    LOCAL_DISPLAY "STRICT-707" Warning "JP-CLINS ローカルコードの規則"
    text "ローカルコードの display に空白があります" "The display of the local code has blanks"
    cause "ガイドは空白を入れないよう求めています。" "The guide asks for none."
    remedy "空白を取り除いてください。" "Remove them."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本 検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##]

    SHARED_TWICE "STRICT-708" Error "Tsugite policy; JP-CLINS 検査コードの規則"
    text "共有項目(43 項目・感染症 5 項目)のコードが 2 つ以上あります" "There is more than one code of the shared items"
    cause "1 つの結果は 1 つの共有項目にだけ当たります。" "A result is one shared item at most."
    remedy "正しいほうだけを残してください。" "Keep the right one."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC11/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "X", "display": "ALB" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##]

    UNCODED_FORM "STRICT-709" Error "JP-CLINS code.coding:unCoded"
    text "未標準化コードは 99999999999999999 と「未標準化コード項目(JLAC)」です" "The uncoded item must be 99999999999999999 with the display 未標準化コード項目(JLAC)"
    cause "コードも名称も固定されています。" "Code and display are fixed."
    remedy "そのとおりに書いてください。検査の名前は text とローカルコードに書きます。"
           "Write exactly these. The name of the test goes to text and the local code."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_Uncoded_CS", "code": "9999999999999999", "display": "未標準化" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_Uncoded_CS", "code": "99999999999999999", "display": "未標準化コード項目(JLAC)" }
], "text": "見本検査" }"##]

    UNCODED_BESIDE_SHARED "STRICT-710" Error "Tsugite policy; JP-CLINS 検査コードの規則"
    text "共有項目のコードと未標準化コードが両方あります" "A shared code stands beside the uncoded one"
    cause "どちらか一方です。" "It is one or the other."
    remedy "共有項目に当たるなら未標準化コードを取り除いてください。" "Remove the uncoded one if the test is a shared item."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_Uncoded_CS", "code": "99999999999999999", "display": "未標準化コード項目(JLAC)" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##]

    GENERAL_TWICE "STRICT-711" Error "JP-CLINS code.coding:jlac10LaboCode"
    text "JLAC10 17 桁コードが 2 つ以上あります" "There is more than one general JLAC10 code"
    cause "1 つだけと決まっています。" "Only one is allowed."
    remedy "1 つにしてください。" "Keep one."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://medis.or.jp/CodeSystem/master-JLAC10-17digits", "code": "3A015000001827101", "display": "見本" },
  { "system": "http://medis.or.jp/CodeSystem/master-JLAC10-17digits", "code": "3A015000001827102", "display": "見本" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://medis.or.jp/CodeSystem/master-JLAC10-17digits", "code": "3A015000001827101", "display": "見本" }
], "text": "見本検査" }"##]

    NO_STANDARD_CODE "STRICT-712" Warning "JP-CLINS 検査コードの規則"
    text "共有項目・JLAC10・未標準化のどのコードもありません" "There is neither a shared, nor a general, nor the uncoded code"
    cause "ローカルコードのほかに 1 つ必要です。" "One is needed beside the local code."
    remedy "対応するコードがなければ未標準化コード 99999999999999999 を付けてください。"
           "Without a matching code add the uncoded one, 99999999999999999."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_Uncoded_CS", "code": "99999999999999999", "display": "未標準化コード項目(JLAC)" }
], "text": "見本検査" }"##]

    CODING "STRICT-713" Error "JP-CLINS code.coding"
    text "検査のコードに {element} がありません" "A coding of the test lacks {element}"
    cause "system、code、display は必須です。" "system, code and display are required."
    remedy "足りないものを書いてください。" "Add what is missing."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##]

    TEXT "STRICT-714" Error "JP-CLINS JP_Observation_LabResult_eCS.code.text"
    text "検査の text がありません" "The text of the test is missing"
    cause "検査の名前が必須です。" "The name of the test is required."
    remedy "code.text に書いてください。" "Write it in code.text."
    ["Observation"
        r##"{ "code": { "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
] } }"##
        r##"{ "code": { "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" } }"##]

    SHARED_CODE "STRICT-715" Error "JP-CLINS 共有項目のコード表"
    text "共有項目の表にないコードです" "The tables of shared items do not have this code"
    cause "打ち間違いか、廃止されたコードです。" "It was mistyped, or withdrawn."
    remedy "表にあるコードにするか、一般の JLAC10 か未標準化コードにしてください。" "Use a code of the table, a general JLAC10 code or the uncoded one."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827109", "display": "ALB" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##]

    SHARED_DISPLAY "STRICT-716" Error "JP-CLINS 共有項目のコード表 (FHIR識別名)"
    text "共有項目の display は「{expected}」でなければなりません" "The display of this shared item must be {expected}"
    cause "FHIR 識別名と 1 文字でも違うと別の項目として扱われます。" "With any other spelling the code is not recognised as the shared item."
    remedy "display を直してください。院内の名称は text とローカルコードに書きます。"
           "Correct the display. Your own name goes to text and the local code."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "見本検査" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##]

    EFFECTIVE "STRICT-717" Error "JP-CLINS JP_Observation_LabResult_eCS.effective[x]"
    text "検体採取日時(effectiveDateTime)がありません" "effectiveDateTime is missing"
    cause "日時の型で必須です。" "It is required, as a dateTime."
    remedy "採取日を入力してください。日だけでもかまいません。" "Enter when the specimen was taken; a day will do."
    ["Observation"
        r##"{ "issued": "2026-11-19T11:00:00.000+09:00" }"##
        r##"{ "effectiveDateTime": "2026-11-19T08:30:00+09:00", "issued": "2026-11-19T11:00:00.000+09:00" }"##]

    PERFORMER "STRICT-718" Error "JP-CLINS R9017O"
    text "performer がちょうど 1 つではありません" "There is not exactly one performer"
    cause "5情報として送るときは必須です。" "It is required for these Bundles."
    remedy "検査の責任者か依頼した医師を参照してください。" "Refer to the doctor responsible or ordering."
    ["Observation"
        r##"{ "resourceType": "Observation" }"##
        r##"{ "resourceType": "Observation", "performer": [{ "reference": "#practitioner" }] }"##]

    PRACTITIONER "STRICT-719" Error "JP-CLINS R9019O"
    text "contained に Practitioner(JP_Practitioner または JP_Practitioner_eCS)がありません" "There is no contained Practitioner of profile JP_Practitioner or JP_Practitioner_eCS"
    cause "meta.profile に |版 は付けられません。" "Its meta.profile is written without |version."
    remedy "contained に医師を入れ、meta.profile を版なしで 1 つだけ書いてください。" "Contain the doctor with that one meta.profile, without version."
    ["Observation.contained[1]"
        r##"{ "meta": { "profile": ["http://example.org/StructureDefinition/Practitioner"] } }"##
        r##"{ "meta": { "profile": ["http://jpfhir.jp/fhir/core/StructureDefinition/JP_Practitioner"] } }"##]

    HAS_MEMBER "STRICT-720" Error "JP-CLINS R6081"
    text "hasMember は使えません" "hasMember cannot be used"
    cause "5情報では結果を 1 つずつ送ります。" "These Bundles carry single results."
    remedy "子の結果をそれぞれの entry にしてください。" "Make each member an entry."
    ["Observation"
        r##"{ "hasMember": [{ "display": "見本" }], "status": "final" }"##
        r##"{ "status": "final" }"##]

    SPECIMEN "STRICT-721" Error "JP-CLINS JP_Observation_LabResult_eCS.specimen"
    text "検体(specimen)がありません" "specimen is missing"
    cause "参照か display が必須です。" "A reference or a display is required."
    remedy "検体の種類を付けてください。" "Add the specimen."
    ["Observation"
        r##"{ "resourceType": "Observation" }"##
        r##"{ "resourceType": "Observation", "specimen": { "reference": "#specimen" } }"##]

    VALUE_AND_REASON "STRICT-722" Error "FHIR R4 obs-6"
    text "結果と dataAbsentReason が両方あります" "There is both a value and a dataAbsentReason"
    cause "どちらか一方です。" "It is one or the other."
    remedy "結果があれば dataAbsentReason を取り除いてください。" "Remove dataAbsentReason if there is a value."
    ["Observation"
        r##"{ "valueQuantity": { "value": 3.9, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" },
  "dataAbsentReason": { "text": "検体不良" } }"##
        r##"{ "valueQuantity": { "value": 3.9, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" } }"##]

    NO_VALUE "STRICT-723" Warning "JP-CLINS JP_Observation_LabResult_eCS.dataAbsentReason"
    text "結果(数値の結果では value)も dataAbsentReason もありません" "There is neither a value (for a Quantity: a number) nor a dataAbsentReason"
    cause "結果がないときは理由が必要です。" "Without a value the reason is needed."
    remedy "理由を dataAbsentReason.text に書いてください。" "Write the reason in dataAbsentReason.text."
    ["Observation"
        r##"{ "status": "final" }"##
        r##"{ "status": "final", "valueQuantity": { "value": 3.9, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" } }"##]

    REASON_TEXT "STRICT-724" Error "JP-CLINS JP_Observation_LabResult_eCS.dataAbsentReason.text"
    text "dataAbsentReason に text がありません" "dataAbsentReason has no text"
    cause "理由の文が必須です。" "The reason in words is required."
    remedy "「検体不良」などと書いてください。" "Write it, such as 検体不良."
    ["Observation"
        r##"{ "dataAbsentReason": { "coding": [{ "code": "error" }] } }"##
        r##"{ "dataAbsentReason": { "text": "検体不良" } }"##]

    VALUE_TYPE "STRICT-725" Error "JP-CLINS JP_Observation_LabResult_eCS.value[x]"
    text "結果の型 {element} は使えないか、結果が 2 つ以上あります" "The value type {element} is not allowed, or there is more than one value"
    cause "valueQuantity、valueCodeableConcept、valueString のどれか 1 つです。" "It is one of valueQuantity, valueCodeableConcept and valueString."
    remedy "そのどれか 1 つにしてください。" "Use one of these."
    ["Observation"
        r##"{ "valueBoolean": false }"##
        r##"{ "valueCodeableConcept": { "text": "(-)" } }"##]

    QUANTITY_VALUE "STRICT-726" Error "FHIR R4 Quantity.value"
    text "数値の結果が数ではありません" "The value of the Quantity is no number"
    cause "value は引用符のない数です。" "value is a number without quotes."
    remedy "数でない結果は valueString か valueCodeableConcept にしてください。" "Use valueString or valueCodeableConcept for what is no number."
    ["Observation"
        r##"{ "valueQuantity": { "value": "3.9", "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" } }"##
        r##"{ "valueQuantity": { "value": 3.9, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" } }"##]

    QUANTITY_SYSTEM "STRICT-727" Error "FHIR R4 qty-3"
    text "単位のコードに system がありません" "The code of the unit has no system"
    cause "コードがあれば system も必要です。" "A code needs its system."
    remedy "http://unitsofmeasure.org を書くか、コードを取り除いてください。" "Write http://unitsofmeasure.org, or remove the code."
    ["Observation"
        r##"{ "valueQuantity": { "value": 3.9, "unit": "g/dL", "code": "g/dL" } }"##
        r##"{ "valueQuantity": { "value": 3.9, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" } }"##]

    QUANTITY_UNIT "STRICT-728" Warning "JP-CLINS valueQuantity.unit"
    text "単位のコードがあるのに unit(表示)がありません" "The unit has a code but no unit text"
    cause "画面には unit が表示されます。" "Viewers show unit."
    remedy "unit を書いてください。" "Write unit."
    ["Observation"
        r##"{ "valueQuantity": { "value": 3.9, "system": "http://unitsofmeasure.org", "code": "g/dL" } }"##
        r##"{ "valueQuantity": { "value": 3.9, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" } }"##]

    RANGE_EXTENSION "STRICT-729" Error "JP-CLINS referenceRange"
    text "基準値に {element} は書けません" "A reference range must not have {element}"
    cause "id、extension、modifierExtension、comparator は禁じられています。" "id, extension, modifierExtension and comparator are forbidden."
    remedy "取り除いてください。" "Remove it."
    ["Observation"
        r##"{ "referenceRange": [{ "low": { "value": 3.8, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL", "comparator": "<" } }] }"##
        r##"{ "referenceRange": [{ "low": { "value": 3.8, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" } }] }"##]

    RANGE_VALUE "STRICT-730" Error "JP-CLINS referenceRange.low.value, high.value"
    text "基準値の上限または下限に数値がありません" "low or high of the reference range has no number"
    cause "value が必須です。" "value is required."
    remedy "数値でない基準値は referenceRange.text に書いてください。" "Write a range that is no number in referenceRange.text."
    ["Observation"
        r##"{ "referenceRange": [{ "low": { "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" } }] }"##
        r##"{ "referenceRange": [{ "low": { "value": 3.8, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" } }] }"##]

    RANGE_LOW_UNIT "STRICT-731" Error "JP-CLINS referenceRangeLowUnits-isSameAs-resultValueUnits"
    text "基準値の下限の単位が結果の単位と違います" "The unit of the range's low differs from that of the value"
    cause "unit も code も結果とまったく同じでなければなりません。" "unit and code must be exactly those of the value."
    remedy "そろえるか、単位を省いてください。" "Make them equal, or leave them out of the range."
    ["Observation"
        r##"{ "valueQuantity": { "value": 3.9, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" },
  "referenceRange": [{ "low": { "value": 3.8, "unit": "mg/dL", "system": "http://unitsofmeasure.org", "code": "mg/dL" } }] }"##
        r##"{ "valueQuantity": { "value": 3.9, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" },
  "referenceRange": [{ "low": { "value": 3.8, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" } }] }"##]

    RANGE_HIGH_UNIT "STRICT-732" Error "JP-CLINS referenceRangeHighUnits-isSameAs-resultValueUnits"
    text "基準値の上限の単位が結果の単位と違います" "The unit of the range's high differs from that of the value"
    cause "unit も code も結果とまったく同じでなければなりません。" "unit and code must be exactly those of the value."
    remedy "そろえるか、単位を省いてください。" "Make them equal, or leave them out of the range."
    ["Observation"
        r##"{ "valueQuantity": { "value": 3.9, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" },
  "referenceRange": [{ "high": { "value": 3.8, "unit": "mg/dL", "system": "http://unitsofmeasure.org", "code": "mg/dL" } }] }"##
        r##"{ "valueQuantity": { "value": 3.9, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" },
  "referenceRange": [{ "high": { "value": 3.8, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" } }] }"##]

    LTS "STRICT-733" Error "JP-CLINS R6031"
    text "長期保存フラグ(LTS)は感染症の検査にだけ付けられます" "LTS may be set on infection tests only"
    cause "感染症 5 項目のコードがない結果には付けられません。" "The result has no code of the five infection items."
    remedy "フラグを取り除いてください。" "Remove the flag."
    ["Observation.meta"
        r##"{ "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Observation_LabResult_eCS"],
  "tag": [{ "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", "code": "LTS" }] }"##
        r##"{ "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Observation_LabResult_eCS"] }"##]

    ENCOUNTER_PROFILE "STRICT-734" Error "JP-CLINS R9013O"
    text "contained に Encounter(JP_Encounter または JP_Encounter_eCS)がありません" "There is no contained Encounter of profile JP_Encounter or JP_Encounter_eCS"
    cause "入院か外来かを示す Encounter が必須です。meta.profile に |版 は付けられません。"
          "The Encounter that tells in- from outpatient is required, its meta.profile written without |version."
    remedy "contained に Encounter を入れ、meta.profile を版なしで 1 つだけ書いてください。"
           "Contain an Encounter with that one meta.profile, without version."
    ["Observation.contained[0]"
        r##"{ "meta": { "profile": ["http://example.org/StructureDefinition/Encounter"] } }"##
        r##"{ "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Encounter_eCS"] } }"##]

    DEPARTMENT "STRICT-735" Error "JP-CLINS R9014O"
    text "診療科の拡張がありません" "The department extension is missing"
    cause "JP_eCS_Department が必須です。コードがなければ text だけでもかまいません。" "JP_eCS_Department is required. Text alone will do."
    remedy "診療科を付けてください。" "Add the department."
    ["Observation"
        r##"{ "resourceType": "Observation",
  "extension": [
    { "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
      "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "1319999999" } }
  ] }"##
        r##"{ "resourceType": "Observation",
  "extension": [
    { "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
      "valueIdentifier": { "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", "value": "1319999999" } },
    { "url": "http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/JP_eCS_Department",
      "valueCodeableConcept": { "coding": [{ "system": "http://jami.jp/SS-MIX2/CodeSystem/ClinicalDepartment", "code": "01", "display": "内科" }], "text": "内科" } }
  ] }"##]

    ENCOUNTER "STRICT-736" Error "JP-CLINS R9016O"
    text "encounter がありません" "encounter is missing"
    cause "5情報として送るときは必須です。" "It is required for these Bundles."
    remedy "contained の Encounter を参照してください。" "Refer to the contained Encounter."
    ["Observation"
        r##"{ "resourceType": "Observation" }"##
        r##"{ "resourceType": "Observation", "encounter": { "reference": "#encounter" } }"##]

    UNCODED_TWICE "STRICT-737" Error "JP-CLINS code.coding:unCoded"
    text "未標準化コードが 2 つ以上あります" "The uncoded item occurs more than once"
    cause "1 つだけと決まっています。" "Only one is allowed."
    remedy "1 つにしてください。" "Keep one."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_Uncoded_CS", "code": "99999999999999999", "display": "未標準化コード項目(JLAC)" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_Uncoded_CS", "code": "99999999999999999", "display": "未標準化コード項目(JLAC)" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_Uncoded_CS", "code": "99999999999999999", "display": "未標準化コード項目(JLAC)" }
], "text": "見本検査" }"##]

    SHARED_DESIGNATION "STRICT-738" Warning "JP-CLINS 共有項目のコード表 (FHIR識別名)"
    text "共有項目の display が FHIR 識別名「{expected}」でなく、表の別名です" "The display of this shared item is another name of the table, not its fixed one {expected}"
    cause "公式の例にもありますが、識別名で数える側では共有項目と認められません。"
          "Official examples do so too, but a receiver that goes by the fixed name does not recognise the item."
    remedy "display を「{expected}」にしてください。" "Write {expected} as the display."
    ["Observation.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "アルブミン" }
], "text": "見本検査" }"##
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", "code": "K-001_s", "display": "見本検査" },
  { "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3A015000001827101", "display": "ALB" }
], "text": "見本検査" }"##]
}
