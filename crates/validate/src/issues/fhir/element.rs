//! Base R4: elements, types, formats, extensions.

definitions! {
    UNKNOWN_RESOURCE "FHIR-001" Error "FHIR R4"
    text "リソース型 {type} は FHIR R4 にありません" "FHIR R4 has no resource type {type}"
    cause "resourceType のつづりの誤りか、別の版の FHIR です。" "resourceType is misspelt, or this is another version of FHIR."
    remedy "resourceType を確かめてください。大文字と小文字も区別されます。" "Check resourceType, upper and lower case included."
    [""
        r##"{ "resourceType": "Patent" }"##
        r##"{ "resourceType": "Patient" }"##]

    NO_RESOURCE "FHIR-016" Error "FHIR R4 JSON"
    text "resourceType がありません" "There is no resourceType"
    cause "FHIR のリソースではないか、resourceType が文字列でありません。" "This is no FHIR resource, or resourceType is no text."
    remedy "\"resourceType\": \"Bundle\" のように書いてください。" "Write it like \"resourceType\": \"Bundle\"."
    [""
        r##"{ "gender": "male" }"##
        r##"{ "resourceType": "Patient", "gender": "male" }"##]

    TOO_DEEP "FHIR-017" Error "settings"
    text "要素の入れ子が {limit} 段を超えるため、ここから先は照合していません" "Elements are nested more than {limit} levels deep: nothing was checked from here on"
    cause "拡張や contained が際限なく入れ子になっています。" "Extensions or contained resources are nested without end."
    remedy "作成したシステムに問い合わせてください。" "Ask the system that wrote it."

    UNKNOWN_ELEMENT "FHIR-002" Error "FHIR R4"
    text "{type} に要素 {element} はありません" "{type} has no element {element}"
    cause "要素名のつづりの誤りか、置く場所の誤りです。受け取る側で黙って捨てられることがあります。"
          "The name is misspelt or stands in the wrong place. Receivers may drop it silently."
    remedy "要素名と場所を確かめてください。独自の項目は extension に書きます。" "Check name and place. Own data goes into an extension."
    [""
        r##"{ "resourceType": "Patient", "gendre": "male" }"##
        r##"{ "resourceType": "Patient", "gender": "male" }"##]

    NOT_AN_ARRAY "FHIR-003" Error "FHIR R4 JSON"
    text "{element} は繰り返しのある要素なので配列 [ ] で書きます" "{element} repeats and must be an array [ ]"
    cause "1 つだけのときも配列が必要です。" "Even a single value needs the array."
    remedy "値を [ ] で囲んでください。" "Put the value in [ ]."
    [""
        r##"{ "resourceType": "Patient", "name": { "text": "試験 花子" } }"##
        r##"{ "resourceType": "Patient", "name": [{ "text": "試験 花子" }] }"##]

    IS_AN_ARRAY "FHIR-004" Error "FHIR R4 JSON"
    text "{element} は繰り返さない要素なので配列では書けません" "{element} does not repeat and must not be an array"
    cause "1 つしか持てない要素が配列になっています。" "An element that occurs once was written as an array."
    remedy "[ ] を外し、値を 1 つだけ書いてください。" "Remove the [ ] and keep one value."
    [""
        r##"{ "resourceType": "Patient", "gender": ["male"] }"##
        r##"{ "resourceType": "Patient", "gender": "male" }"##]

    WRONG_JSON_TYPE "FHIR-005" Error "FHIR R4 JSON"
    text "{type} 型の値は JSON の {expected} で書きます" "A value of type {type} must be a JSON {expected}"
    cause "数や真偽値を引用符で囲んだか、オブジェクトのところに文字列などを書いています。"
          "A number or boolean was quoted, or a string stands where an object belongs."
    remedy "{expected} に直してください。" "Write it as {expected}."
    [""
        r##"{ "resourceType": "Patient", "active": "true" }"##
        r##"{ "resourceType": "Patient", "active": true }"##]

    FORMAT "FHIR-006" Error "FHIR R4 data types"
    text "{type} 型の書き方ではありません(例: {example})" "This is not how a {type} is written (example: {example})"
    cause "桁、区切り、時差や先頭の記号が型の決まりと違います。" "Digits, separators, the time zone or the prefix differ from what the type demands."
    remedy "例の形に合わせてください。" "Write it like the example."
    [""
        r##"{ "resourceType": "Patient", "birthDate": "1960/04/05" }"##
        r##"{ "resourceType": "Patient", "birthDate": "1960-04-05" }"##]

    EMPTY "FHIR-007" Error "FHIR R4 JSON; ele-1"
    text "値が空です" "The value is empty"
    cause "空の文字列、配列、オブジェクトや null は FHIR では書けません。" "FHIR has no empty strings, arrays, objects and nulls."
    remedy "値がなければ要素ごと省いてください。" "Leave the element out when there is no value."
    [""
        r##"{ "resourceType": "Patient", "name": [] }"##
        r##"{ "resourceType": "Patient", "name": [{ "text": "試験 花子" }] }"##]

    TYPE_NOT_ALLOWED "FHIR-008" Error "StructureDefinition"
    text "ここに {type} 型は使えません(使える型: {allowed})" "Type {type} is not allowed here (allowed: {allowed})"
    cause "プロファイルが選べる型を限っています。" "The profile narrows the choice of types."
    remedy "使える型のどれかで書いてください。" "Use one of the allowed types."

    TOO_FEW "FHIR-009" Error "StructureDefinition"
    text "{element} は {minimum} 個以上必要ですが {count} 個です ({profile})" "{element} must occur {minimum} times or more, but occurs {count} times ({profile})"
    cause "必須の要素がありません。" "A required element is missing."
    remedy "{element} を書いてください。" "Add {element}."
    [""
        r##"{ "resourceType": "Observation", "code": { "text": "見本検査" } }"##
        r##"{ "resourceType": "Observation", "status": "final", "code": { "text": "見本検査" } }"##]

    TOO_MANY "FHIR-010" Error "StructureDefinition"
    text "{element} は {maximum} 個までですが {count} 個です ({profile})" "{element} may occur {maximum} times at most, but occurs {count} times ({profile})"
    cause "繰り返しが多すぎるか、プロファイルが使用を禁じている要素です(0 個まで)。"
          "There are too many repetitions, or the profile forbids the element (at most 0)."
    remedy "余分なものを取り除いてください。" "Remove the surplus."
    [""
        r##"{ "resourceType": "Patient", "deceasedBoolean": true, "deceasedDateTime": "2026-11-22" }"##
        r##"{ "resourceType": "Patient", "deceasedDateTime": "2026-11-22" }"##]

    WHITE_SPACE "FHIR-011" Warning "FHIR R4 data types"
    text "値の先頭か末尾に空白があります" "The value begins or ends with white space"
    cause "固定長の項目から切り出した空白が残っています。" "Padding of a fixed-width field was left."
    remedy "空白を取り除いてください。" "Remove the white space."
    [""
        r##"{ "resourceType": "Patient", "name": [{ "text": "試験 花子  " }] }"##
        r##"{ "resourceType": "Patient", "name": [{ "text": "試験 花子" }] }"##]

    XHTML "FHIR-012" Error "FHIR R4 Narrative; txt-1, txt-2"
    text "text.div の XHTML に誤りがあります: {what}" "The XHTML of text.div is wrong: {what}"
    cause "閉じていない要素、許されない要素や属性、エスケープされていない記号があります。"
          "An element is not closed or not allowed, or a sign is not escaped."
    remedy "<div xmlns=\"http://www.w3.org/1999/xhtml\">…</div> の形に直してください。" "Write <div xmlns=\"http://www.w3.org/1999/xhtml\">…</div>."
    [""
        r##"{ "resourceType": "Patient", "text": { "status": "generated", "div": "<div>見本" } }"##
        r##"{ "resourceType": "Patient", "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">見本</div>" } }"##]

    TOO_LONG "FHIR-013" Error "StructureDefinition"
    text "{maximum} 文字を超えています" "The value has more than {maximum} characters"
    cause "プロファイルが長さを限っています。" "The profile limits the length."
    remedy "短くしてください。" "Shorten it."

    OUT_OF_RANGE "FHIR-014" Error "StructureDefinition"
    text "値が範囲 {minimum}~{maximum} の外です" "The value is outside {minimum} to {maximum}"
    cause "型またはプロファイルが範囲を限っています。" "The type or the profile limits the range."
    remedy "値を確かめてください。" "Check the value."

    SYSTEM_FORM "FHIR-015" Error "FHIR R4 Coding, Identifier"
    text "system は絶対 URI でなければなりません" "The system must be an absolute URI"
    cause "名前や OID がそのまま書かれているか、公式の URI とつづりが違います。" "A name or bare OID was written, or the official URI is misspelt."
    remedy "http://… または urn:oid:… の形で書いてください。{expected}" "Write it as http://… or urn:oid:…. {expected}"
    [""
        r##"{ "resourceType": "Patient", "identifier": [{ "system": "patient-number", "value": "1" }] }"##
        r##"{ "resourceType": "Patient", "identifier": [{ "system": "http://example.org/patient-number", "value": "1" }] }"##]

    EXTENSION_UNKNOWN "FHIR-020" Error "FHIR R4 Extensibility"
    text "拡張 {url} の定義がありません" "No definition of the extension {url} is known"
    cause "URL のつづりの誤りか、定義したパッケージが入っていません。" "The URL is misspelt, or the package that defines it is not installed."
    remedy "URL を確かめ、必要なら定義のあるパッケージを入れてください。" "Check the URL; install the package that defines it if need be."
    [""
        r##"{ "resourceType": "Patient", "extension": [{ "url": "http://example.org/e", "valueString": "見本" }] }"##
        r##"{ "resourceType": "Patient", "gender": "male" }"##]

    EXTENSION_PLACE "FHIR-021" Error "FHIR R4 StructureDefinition.context"
    text "拡張 {url} はここでは使えません(使える場所: {allowed})" "The extension {url} is not allowed here (allowed on: {allowed})"
    cause "拡張の定義が使える場所を限っています。" "The definition says where the extension may stand."
    remedy "正しい要素の下に移してください。" "Move it to the right element."
    [""
        r##"{ "resourceType": "Patient", "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 1 }] }"##
        r##"{ "resourceType": "Observation", "status": "final", "code": { "coding": [
  { "system": "http://example.org/s", "code": "a", "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 1 }] }
] } }"##]

    EXTENSION_CONTENT "FHIR-022" Error "ext-1"
    text "拡張は value[x] か extension のどちらか一方だけを持ちます" "An extension has either value[x] or extensions, not both and not neither"
    cause "値がないか、値と入れ子の拡張が両方あります。" "It has no value, or a value beside nested extensions."
    remedy "どちらか一方だけにしてください。" "Keep one of the two."
    [""
        r##"{ "resourceType": "Patient", "extension": [{ "url": "http://example.org/e" }] }"##
        r##"{ "resourceType": "Patient", "extension": [{ "url": "http://example.org/e", "valueString": "見本" }] }"##]

    EXTENSION_RELATIVE "FHIR-023" Error "FHIR R4 Extensibility"
    text "拡張の url「{url}」は絶対 URL でなければなりません" "The extension's url “{url}” must be absolute"
    cause "拡張は URL で定義を示します。相対的な名前が使えるのは、複合拡張の中だけです。"
          "The URL names the definition. Only the parts of a complex extension have relative names."
    remedy "定義の URL を書いてください。" "Write the URL of the definition."
    [""
        r##"{ "resourceType": "Patient", "extension": [{ "url": "e", "valueString": "見本" }] }"##
        r##"{ "resourceType": "Patient", "extension": [{ "url": "http://example.org/e", "valueString": "見本" }] }"##]

    EXTENSION_PART "FHIR-024" Error "FHIR R4 Extensibility"
    text "拡張 {outer} に「{url}」という部分はありません" "The extension {outer} has no part “{url}”"
    cause "部分の名前のつづりの誤りか、別の拡張の部分です。" "The name is misspelt, or is a part of another extension."
    remedy "拡張の定義にある名前を書いてください。" "Write a name that the definition of the extension has."
    [""
        r##"{ "resourceType": "Patient", "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/patient-nationality",
  "extension": [{ "url": "cod", "valueCodeableConcept": { "text": "見本" } }] }] }"##
        r##"{ "resourceType": "Patient", "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/patient-nationality",
  "extension": [{ "url": "code", "valueCodeableConcept": { "text": "見本" } }] }] }"##]

    EXTENSION_MISSPELT "FHIR-025" Error "FHIR R4 Extensibility"
    text "拡張 {url} の定義がありません。よく似た {near} があります" "No definition of the extension {url} is known, but one of {near} is"
    cause "URL のつづりの誤りと思われます。大文字と小文字も区別されます。" "The URL seems to be misspelt. Upper and lower case count."
    remedy "{near} と書いてください。" "Write {near}."
    [""
        r##"{ "resourceType": "Patient", "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTimes", "valueDateTime": "2000-01-01T00:00:00+09:00" }] }"##
        r##"{ "resourceType": "Patient", "_birthDate": { "extension": [
  { "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime", "valueDateTime": "2000-01-01T00:00:00+09:00" }
] } }"##]

    EXTENSION_NOT_INSTALLED "FHIR-026" Error "FHIR R4 Extensibility"
    text "拡張 {url} を定義するパッケージ {package} が入っていません" "The package {package}, which defines the extension {url}, is not installed"
    cause "定義がないので、拡張の中身を照合できません。" "Without its definition the extension cannot be checked."
    remedy "{package}(snapshot 付きの .tgz)を入手し、tsugite ig add で取り込んでください。" "Get {package} (the .tgz with snapshots) and install it with tsugite ig add."
}
