//! JP_Patient_eCS.

definitions! {
    INSURED_ID "STRICT-401" Error "JP-CLINS R1012"
    text "被保険者識別子がちょうど 1 つではありません" "There is not exactly one insured-person identifier"
    cause "保険の情報がないか、2 つ以上入っています。" "Insurance is missing, or there is more than one."
    remedy "受診日に有効な医療保険を 1 つ登録してください。" "Register the one medical insurance valid on the day of care."
    ["Patient"
        r##"{ "identifier": [
  { "system": "urn:oid:1.2.392.100495.20.3.51.11319999999", "value": "000101" }
] }"##
        r##"{ "identifier": [
  { "system": "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID", "value": "00999901:１２:３４５:01" },
  { "system": "urn:oid:1.2.392.100495.20.3.51.11319999999", "value": "000101" }
] }"##]

    INSURED_ID_FORM "STRICT-402" Error "JP-CLINS R1013"
    text "被保険者識別子の形が正しくありません" "The insured-person identifier has the wrong form"
    cause "保険者番号 8 桁:記号:番号:枝番 2 桁 の形で、空白は入れられません。枝番がなければ空にします。"
          "It is 8-digit insurer:symbol:number:2-digit branch, without blanks; a missing branch stays empty."
    remedy "保険証の番号を確かめてください。6 桁の保険者番号は前に 00 を付けて 8 桁にします。"
           "Check the insurance. An insurer number of 6 digits is padded to 8 with zeros."
    ["Patient.identifier[0]"
        r##"{ "value": "999901:１２:３４５:1" }"##
        r##"{ "value": "00999901:１２:３４５:01" }"##]

    INSURED_ID_WIDTH "STRICT-403" Warning "JP-CLINS 被保険者識別子"
    text "記号と番号に全角と半角が混ざっています" "Symbol and number mix full-width and half-width characters"
    cause "資格確認の記号・番号と一致しないことがあります。" "They may not match those of the eligibility check."
    remedy "オンライン資格確認のとおりに、全角か半角にそろえてください。" "Write them in one width, as the eligibility check gives them."
    ["Patient.identifier[0]"
        r##"{ "value": "00999901:１２:345:01" }"##
        r##"{ "value": "00999901:１２:３４５:01" }"##]

    LOCAL_ID "STRICT-404" Error "JP-CLINS R1010"
    text "施設の患者番号の system が正しくありません" "The system of the patient number is wrong"
    cause "urn:oid:1.2.392.100495.20.3.51.1 に医療機関識別番号 10 桁を続け、1 つだけです。"
          "It is urn:oid:1.2.392.100495.20.3.51.1 and the 10-digit institution number, once."
    remedy "system を直してください。" "Correct the system."
    ["Patient.identifier[1]"
        r##"{ "system": "urn:oid:1.2.392.100495.20.3.51.1319999999" }"##
        r##"{ "system": "urn:oid:1.2.392.100495.20.3.51.11319999999" }"##]

    IDENTIFIER_VALUE "STRICT-405" Error "JP-CLINS JP_Patient_eCS.identifier.value"
    text "identifier に value がありません" "An identifier has no value"
    cause "値のない識別子は書けません。" "An identifier needs a value."
    remedy "値を入れるか、identifier ごと取り除いてください。" "Give it a value, or remove it."
    ["Patient.identifier[1]"
        r##"{ "system": "urn:oid:1.2.392.100495.20.3.51.11319999999" }"##
        r##"{ "system": "urn:oid:1.2.392.100495.20.3.51.11319999999", "value": "000101" }"##]

    NAME "STRICT-406" Error "JP-CLINS R1112"
    text "漢字または カナの氏名がありません" "There is neither a kanji name nor a kana name"
    cause "name に iso21090-EN-representation(IDE または SYL)の拡張が必要です。"
          "A name needs the extension iso21090-EN-representation with IDE or SYL."
    remedy "氏名に漢字・カナの区別を付けてください。" "Mark the name as kanji or kana."
    ["Patient"
        r##"{ "name": [{ "text": "試験 花子", "family": "試験", "given": ["花子"] }] }"##
        r##"{ "name": [{ "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation", "valueCode": "IDE" }],
  "text": "試験 花子", "family": "試験", "given": ["花子"] }] }"##]

    NAME_SPACE "STRICT-407" Error "JP-CLINS R1113"
    text "氏名に全角空白が入っています" "The name contains a full-width space"
    cause "姓と名は半角空白で区切るか、区切りません。" "Family and given name are separated by a half-width space, or not at all."
    remedy "半角空白にしてください。" "Use a half-width space."
    ["Patient.name[0]"
        r##"{ "text": "試験　花子" }"##
        r##"{ "text": "試験 花子" }"##]

    NAME_PARTS "STRICT-408" Error "JP-CLINS JP_Patient_eCS.name"
    text "氏名に {element} がありません" "A name lacks {element}"
    cause "text、family、given が必須です。" "text, family and given are required."
    remedy "姓と名を分けて登録してください。" "Register family name and given name apart."
    ["Patient.name[0]"
        r##"{ "text": "試験 花子" }"##
        r##"{ "text": "試験 花子", "family": "試験", "given": ["花子"] }"##]

    GENDER "STRICT-409" Error "JP-CLINS JP_Patient_eCS.gender"
    text "性別がないか、コードが正しくありません" "gender is missing or not a legal code"
    cause "male、female、other、unknown のどれかです。" "It is male, female, other or unknown."
    remedy "性別を登録してください。不明なら unknown です。" "Register it; unknown when it is not known."
    ["Patient"
        r##"{ "gender": "F" }"##
        r##"{ "gender": "female" }"##]

    BIRTH_DATE "STRICT-410" Error "JP-CLINS JP_Patient_eCS.birthDate"
    text "生年月日がないか、形が正しくありません" "birthDate is missing or has the wrong form"
    cause "YYYY-MM-DD の形で、暦にある日でなければなりません。" "It is a day of the calendar, YYYY-MM-DD."
    remedy "生年月日を登録してください。" "Register the date of birth."
    ["Patient"
        r##"{ "birthDate": "S35.4.5" }"##
        r##"{ "birthDate": "1960-04-05" }"##]

    ADDRESS "STRICT-411" Error "JP-CLINS JP_Patient_eCS.address"
    text "住所がちょうど 1 つではないか、text がありません" "There is not exactly one address with text"
    cause "address は 1 つで、text が必須です。" "address occurs once and has text."
    remedy "住所を登録してください。" "Register the address."
    ["Patient"
        r##"{ "address": [{ "city": "見本市" }] }"##
        r##"{ "address": [{ "text": "架空県見本市一丁目" }] }"##]
}
