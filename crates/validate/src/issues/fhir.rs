//! Base R4 and profiles.

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

    CONTAINED_NESTED "FHIR-030" Error "dom-2"
    text "contained の中に contained があります" "A contained resource contains another"
    cause "入れ子の contained は FHIR では書けません。" "FHIR has no nested contained resources."
    remedy "外側のリソースの contained に並べてください。" "Put both into the outer resource."
    [""
        r##"{ "resourceType": "Patient", "contained": [
  { "resourceType": "Organization", "id": "o", "name": "見本病院", "contained": [{ "resourceType": "Location", "id": "l" }] }
], "managingOrganization": { "reference": "#o" } }"##
        r##"{ "resourceType": "Patient", "contained": [
  { "resourceType": "Organization", "id": "o", "name": "見本病院" }
], "managingOrganization": { "reference": "#o" } }"##]

    CONTAINED_UNUSED "FHIR-031" Error "dom-3"
    text "contained のリソースがどこからも参照されていません" "Nothing refers to the contained resource"
    cause "参照が #id の形でないか、id が違います。" "The reference is not of the form #id, or the id differs."
    remedy "\"reference\": \"#{id}\" を書くか、リソースを取り除いてください。" "Write \"reference\": \"#{id}\", or remove the resource."
    [""
        r##"{ "resourceType": "Patient", "contained": [{ "resourceType": "Organization", "id": "o", "name": "見本病院" }] }"##
        r##"{ "resourceType": "Patient", "contained": [{ "resourceType": "Organization", "id": "o", "name": "見本病院" }],
  "managingOrganization": { "reference": "#o" } }"##]

    CONTAINED_ID "FHIR-032" Error "dom-3"
    text "contained のリソースの id がないか、重なっています" "A contained resource has no id, or one that occurs twice"
    cause "contained は id で参照されます。" "Contained resources are referred to by id."
    remedy "重ならない id を付けてください。" "Give each its own id."
    [""
        r##"{ "resourceType": "Patient", "contained": [{ "resourceType": "Organization", "name": "見本病院" }],
  "managingOrganization": { "reference": "#o" } }"##
        r##"{ "resourceType": "Patient", "contained": [{ "resourceType": "Organization", "id": "o", "name": "見本病院" }],
  "managingOrganization": { "reference": "#o" } }"##]

    CONTAINED_META "FHIR-033" Error "dom-4, dom-5"
    text "contained のリソースの meta に {element} は書けません" "meta of a contained resource must not have {element}"
    cause "contained は外側のリソースの一部で、自分の版を持ちません。" "A contained resource is part of the outer one and has no version of its own."
    remedy "{element} を取り除いてください。" "Remove {element}."
    [""
        r##"{ "resourceType": "Patient", "contained": [{ "resourceType": "Organization", "id": "o", "name": "見本病院", "meta": { "versionId": "1" } }],
  "managingOrganization": { "reference": "#o" } }"##
        r##"{ "resourceType": "Patient", "contained": [{ "resourceType": "Organization", "id": "o", "name": "見本病院" }],
  "managingOrganization": { "reference": "#o" } }"##]

    REFERENCE_CONTAINED "FHIR-040" Error "ref-1"
    text "参照先の contained リソースがありません" "The contained resource that is referred to does not exist"
    cause "# のあとの id がどの contained とも一致しません。" "No contained resource has the id after #."
    remedy "id を一致させてください。" "Make the ids agree."
    [""
        r##"{ "resourceType": "Patient", "managingOrganization": { "reference": "#o" } }"##
        r##"{ "resourceType": "Patient", "contained": [{ "resourceType": "Organization", "id": "o", "name": "見本病院" }],
  "managingOrganization": { "reference": "#o" } }"##]

    REFERENCE_MISSING "FHIR-041" Error "FHIR R4 Bundle, Reference"
    text "参照先が Bundle の中にありません" "The Bundle does not hold what is referred to"
    cause "urn: の参照と文書の参照は Bundle の中で解決できなければなりません。" "urn: references, and those of a document, must resolve inside the Bundle."
    remedy "fullUrl と reference を一致させるか、リソースを加えてください。" "Make fullUrl and reference agree, or add the resource."
    [""
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Observation", "status": "final", "code": { "text": "見本検査" }, "subject": { "reference": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a09" } } }
] }"##
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Observation", "status": "final", "code": { "text": "見本検査" }, "subject": { "reference": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01" } } }
] }"##]

    REFERENCE_OUTSIDE "FHIR-042" Warning "FHIR R4 Bundle, Reference"
    text "参照先が Bundle の中にありません" "The Bundle does not hold what is referred to"
    cause "受け取る側では参照をたどれません。" "The receiver cannot follow the reference."
    remedy "リソースを Bundle に加えるか、参照を取り除いてください。" "Add the resource to the Bundle, or remove the reference."

    REFERENCE_TYPE "FHIR-043" Error "StructureDefinition"
    text "参照先は {found} ですが、使えるのは {allowed} です" "The reference is to a {found}; allowed are {allowed}"
    cause "参照先のリソース型が定義と違います。" "The definition allows other resource types."
    remedy "正しい型のリソースを参照してください。" "Refer to a resource of an allowed type."
    [""
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Organization", "name": "見本病院" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Observation", "status": "final", "code": { "text": "見本検査" }, "subject": { "reference": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01" } } }
] }"##
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Observation", "status": "final", "code": { "text": "見本検査" }, "subject": { "reference": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01" } } }
] }"##]

    REFERENCE_TYPE_NAME "FHIR-044" Error "FHIR R4 Reference"
    text "Reference.type が {found} ですが、参照先は {expected} です" "Reference.type is {found}, but the target is a {expected}"
    cause "type と参照先が食い違っています。大文字と小文字も区別されます。" "type and target disagree; upper and lower case count."
    remedy "type を直すか、取り除いてください。" "Correct type, or remove it."
    [""
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Observation", "status": "final", "code": { "text": "見本検査" }, "subject": { "reference": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "type": "patient" } } }
] }"##
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Observation", "status": "final", "code": { "text": "見本検査" }, "subject": { "reference": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "type": "Patient" } } }
] }"##]

    REFERENCE_PROFILE "FHIR-045" Error "StructureDefinition"
    text "参照先が {allowed} のどれにも適合しません" "The target conforms to none of {allowed}"
    cause "参照先のリソースがプロファイルの決まりを満たしていません。" "The resource that is referred to breaks the profile."
    remedy "参照先の meta.profile と内容を確かめてください。" "Check meta.profile and content of the target."

    UNREACHABLE "FHIR-046" Error "FHIR R4 Documents"
    text "この entry は Composition とつながっていません" "This entry is not linked with the Composition"
    cause "文書のリソースは Composition から参照をたどって届かなければなりません。" "Every resource of a document must be reached from the Composition by references."
    remedy "Composition からの参照を加えるか、entry を取り除いてください。" "Add a reference from the Composition, or remove the entry."
    [""
        r##"{ "resourceType": "Bundle", "type": "document", "identifier": { "system": "urn:oid:1.2.3", "value": "1" },
  "timestamp": "2026-11-22T13:28:17.239+09:00", "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Composition", "status": "final", "type": { "text": "見本" }, "date": "2026-11-22", "title": "見本", "author": [{ "display": "見本 太郎" }] } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Patient" } }
] }"##
        r##"{ "resourceType": "Bundle", "type": "document", "identifier": { "system": "urn:oid:1.2.3", "value": "1" },
  "timestamp": "2026-11-22T13:28:17.239+09:00", "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Composition", "status": "final", "type": { "text": "見本" }, "date": "2026-11-22", "title": "見本", "author": [{ "display": "見本 太郎" }], "subject": { "reference": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02" } } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Patient" } }
] }"##]

    FULL_URL_TWICE "FHIR-047" Error "bdl-7"
    text "同じ fullUrl の entry が前にもあります" "An earlier entry has the same fullUrl"
    cause "entry を写したときに fullUrl を変えていません。" "The entry was copied without a new fullUrl."
    remedy "entry ごとに別の fullUrl を付けてください。" "Give each entry its own fullUrl."
    [""
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } }
] }"##
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } },
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02", "resource": { "resourceType": "Patient" } }
] }"##]

    FULL_URL_FORM "FHIR-048" Error "FHIR R4 Bundle"
    text "fullUrl の形が正しくありません" "fullUrl has no legal form"
    cause "fullUrl は http(s)://…、urn:uuid:(小文字)、urn:oid: のどれかです。" "fullUrl is http(s)://…, urn:uuid: in lower case, or urn:oid:."
    remedy "urn:uuid:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx の形にしてください。" "Write urn:uuid:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx."
    [""
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "fullUrl": "urn:uuid:5B6D3D2E-0B7B-5C53-9A43-6F0F5C1F8A01", "resource": { "resourceType": "Patient" } }
] }"##
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } }
] }"##]

    FULL_URL_ID "FHIR-049" Error "FHIR R4 Bundle"
    text "fullUrl の末尾がリソースの id と違います" "fullUrl does not end with the id of its resource"
    cause "http の fullUrl は リソース型/id で終わります。" "An http fullUrl ends with type/id."
    remedy "id か fullUrl を直してください。" "Correct the id or the fullUrl."
    [""
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "fullUrl": "http://example.org/Patient/1", "resource": { "resourceType": "Patient", "id": "2" } }
] }"##
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "fullUrl": "http://example.org/Patient/2", "resource": { "resourceType": "Patient", "id": "2" } }
] }"##]

    FULL_URL_MISSING "FHIR-050" Error "FHIR R4 Documents"
    text "文書の entry に fullUrl がありません" "An entry of a document has no fullUrl"
    cause "文書の中の参照は fullUrl で解決されます。" "References in a document are resolved by fullUrl."
    remedy "fullUrl を付けてください。" "Add fullUrl."
    [""
        r##"{ "resourceType": "Bundle", "type": "document", "identifier": { "system": "urn:oid:1.2.3", "value": "1" },
  "timestamp": "2026-11-22T13:28:17.239+09:00", "entry": [
  { "resource": { "resourceType": "Composition", "status": "final", "type": { "text": "見本" }, "date": "2026-11-22", "title": "見本", "author": [{ "display": "見本 太郎" }] } }
] }"##
        r##"{ "resourceType": "Bundle", "type": "document", "identifier": { "system": "urn:oid:1.2.3", "value": "1" },
  "timestamp": "2026-11-22T13:28:17.239+09:00", "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Composition", "status": "final", "type": { "text": "見本" }, "date": "2026-11-22", "title": "見本", "author": [{ "display": "見本 太郎" }] } }
] }"##]

    FULL_URL_ABSENT "FHIR-051" Warning "FHIR R4 Bundle"
    text "entry に fullUrl がありません" "An entry has no fullUrl"
    cause "この entry は参照できません。" "Nothing can refer to this entry."
    remedy "fullUrl を付けてください。" "Add fullUrl."
    [""
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "resource": { "resourceType": "Patient" } }
] }"##
        r##"{ "resourceType": "Bundle", "type": "collection", "entry": [
  { "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01", "resource": { "resourceType": "Patient" } }
] }"##]

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

    PROFILE_UNKNOWN "FHIR-070" Warning "meta.profile"
    text "プロファイル {profile} の定義がなく、照合していません" "The profile {profile} is not known: it was not checked"
    cause "URL のつづりの誤りか、定義したパッケージが入っていません。" "The URL is misspelt, or the package that defines it is not installed."
    remedy "URL を確かめるか、定義のあるパッケージを tsugite ig add で取り込んでください。" "Check the URL, or install the package that defines it with tsugite ig add."
    [""
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://example.org/StructureDefinition/patient"] } }"##
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"] } }"##]

    PROFILE_VERSION "FHIR-071" Warning "meta.profile"
    text "プロファイル {profile} のこの版はなく、{used} で照合しました" "That version of {profile} is not installed: checked against {used}"
    cause "meta.profile が指す版のパッケージが入っていません。" "The package of the version named in meta.profile is not installed."
    remedy "その版のパッケージを入れるか、版を確かめてください。" "Install that version, or check the version."
    [""
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS|9.9.9"] } }"##
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"] } }"##]

    PROFILE_TYPE "FHIR-072" Error "meta.profile"
    text "{profile} は {expected} のプロファイルですが、リソースは {found} です" "{profile} is a profile on {expected}, but the resource is a {found}"
    cause "別のリソースのプロファイルが書かれています。" "The profile of another resource type was written."
    remedy "meta.profile を直してください。" "Correct meta.profile."
    [""
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Condition_eCS"] } }"##
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"] } }"##]

    FIXED "FHIR-073" Error "StructureDefinition"
    text "値は {expected} でなければなりません ({profile})" "The value must be {expected} ({profile})"
    cause "プロファイルがこの値を固定しています。" "The profile fixes this value."
    remedy "{expected} と書いてください。" "Write {expected}."
    [""
        r##"{ "resourceType": "Bundle", "meta": { "profile": ["http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS"] }, "type": "document" }"##
        r##"{ "resourceType": "Bundle", "meta": { "profile": ["http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS"] }, "type": "collection" }"##]

    PATTERN "FHIR-074" Error "StructureDefinition"
    text "値は {expected} を含まなければなりません ({profile})" "The value must have {expected} ({profile})"
    cause "プロファイルがこの部分を定めています。" "The profile demands this part."
    remedy "{expected} を書いてください。" "Add {expected}."

    SLICE_TOO_FEW "FHIR-075" Error "StructureDefinition"
    text "{element} のうち「{slice}」に当たるものは {minimum} 個以上必要ですが {count} 個です ({profile})"
         "Of {element}, “{slice}” must occur {minimum} times or more, but occurs {count} times ({profile})"
    cause "必要な種類のものがないか、system やコードが違うために当たると見なされません。"
          "The required kind is missing, or a different system or code keeps it from being recognised."
    remedy "「{slice}」に当たるものを書いてください。" "Add what “{slice}” asks for."
    ["Condition.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full", "code": "Z999", "display": "見本病" }
] }"##
        r##"{ "coding": [
  { "system": "http://medis.or.jp/CodeSystem/master-disease-keyNumber", "code": "20012345", "display": "見本病" },
  { "system": "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full", "code": "Z999", "display": "見本病" }
] }"##]

    SLICE_TOO_MANY "FHIR-076" Error "StructureDefinition"
    text "{element} のうち「{slice}」に当たるものは {maximum} 個までですが {count} 個です ({profile})"
         "Of {element}, “{slice}” may occur {maximum} times at most, but occurs {count} times ({profile})"
    cause "同じ種類のものが多すぎます。" "There are too many of one kind."
    remedy "余分なものを取り除いてください。" "Remove the surplus."

    SLICE_CLOSED "FHIR-077" Error "StructureDefinition"
    text "許されたどの種類にも当たりません({allowed}、{profile})" "It is none of the allowed kinds ({allowed}; {profile})"
    cause "プロファイルは決まった種類のものしか許しません。種類の決まりを完全に満たさないものも当たりません。"
          "The profile allows certain kinds only; what does not fully conform to its kind is none of them."
    remedy "内容を直すか、取り除いてください。" "Correct it or remove it."

    SLICE_ORDER "FHIR-078" Error "StructureDefinition"
    text "「{slice}」の位置が順序に反します ({profile})" "“{slice}” stands out of order ({profile})"
    cause "プロファイルが並ぶ順を定めています。" "The profile fixes the order."
    remedy "順に並べ替えてください。" "Put them in order."

    PROFILE_MISSPELT "FHIR-079" Warning "meta.profile"
    text "プロファイル {profile} の定義がなく、照合していません。よく似た {near} があります" "The profile {profile} is not known and was not checked, but {near} is known"
    cause "URL のつづりの誤りと思われます。大文字と小文字も区別されます。" "The URL seems to be misspelt. Upper and lower case count."
    remedy "{near} と書いてください。" "Write {near}."
    [""
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCSS"] } }"##
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"] } }"##]

    PROFILE_NOT_INSTALLED "FHIR-080" Warning "meta.profile"
    text "プロファイル {profile} を定義するパッケージ {package} が入っていないため、照合していません" "The package {package}, which defines the profile {profile}, is not installed: the profile was not checked"
    cause "パッケージがないと、プロファイルの決まりが分かりません。" "Without the package nobody knows what the profile demands."
    remedy "{package}(snapshot 付きの .tgz)を入手し、tsugite ig add で取り込んでください。" "Get {package} (the .tgz with snapshots) and install it with tsugite ig add."

    PROFILE_AMBIGUOUS "FHIR-081" Information "meta.profile"
    text "プロファイル {profile} を複数のパッケージが定義しています({packages})。{used} で照合しました" "Several packages define the profile {profile} ({packages}): checked against {used}"
    cause "版の違うパッケージが並んで入っていて、meta.profile に版がありません。" "Several versions are installed, and meta.profile names none."
    remedy "別の版で照合するには、meta.profile に |版 を付けるか、使わない版を tsugite ig remove で外してください。"
           "To check against another one, add |version to meta.profile, or remove the versions not in use with tsugite ig remove."

    INVARIANT "FHIR-090" Error "StructureDefinition"
    text "規則 {key} に反します: {human}" "The invariant {key} is broken: {human}"
    cause "定義 {profile} の規則が満たされていません。" "A rule of {profile} is not met."
    remedy "規則の文に従って直してください。" "Correct it as the rule says."
    [""
        r##"{ "resourceType": "Patient", "contact": [{ "gender": "male" }] }"##
        r##"{ "resourceType": "Patient", "contact": [{ "name": { "text": "見本 太郎" } }] }"##]

    INVARIANT_WARNING "FHIR-091" Warning "StructureDefinition"
    text "規則 {key} に反します: {human}" "The invariant {key} is broken: {human}"
    cause "定義 {profile} の規則(警告)が満たされていません。" "A rule of {profile} that only warns is not met."
    remedy "規則の文を読んで確かめてください。" "Read the rule and check."

    INVARIANT_UNKNOWN "FHIR-092" Warning "FHIRPath"
    text "規則 {key} は評価できませんでした: {why}" "The invariant {key} could not be evaluated: {why}"
    cause "規則の式が値に合わないか、知らない関数を使っています。" "The expression does not fit the value, or uses an unknown function."
    remedy "規則の文を読んで確かめてください。" "Read the rule and check by hand."

    PACKAGE_UNREADABLE "FHIR-100" Error "FHIR NPM packages"
    text "パッケージ {package} を読めません: {why}" "The package {package} cannot be read: {why}"
    cause ".tgz が壊れているか、FHIR のパッケージではありません。" "The .tgz is broken, or no FHIR package."
    remedy "もう一度入手してください。" "Get it again."

    PACKAGE_DIFFERENTIAL "FHIR-101" Error "FHIR NPM packages"
    text "パッケージ {package} には snapshot がありません(差分だけの定義 {count} 件)" "The package {package} has no snapshots ({count} definitions with a differential only)"
    cause "同じ版に snapshot のあるものと差分だけのものが公開されています。" "The same version is published with snapshots and with differentials only."
    remedy "{needed} の snapshot 付きの .tgz(ファイル名に -snap とあるもの)を入手し、tsugite ig add で取り込んでください。" "Get the .tgz of {needed} that has snapshots (-snap in its file name), and install it with tsugite ig add."

    PACKAGE_FILE "FHIR-102" Warning "FHIR NPM packages"
    text "パッケージ {package} の {count} ファイルを読めません: {files}" "{count} files of the package {package} cannot be read: {files}"
    cause "JSON の誤りか、定義として足りないところがあります。" "They are no JSON, or lack what makes a definition."
    remedy "パッケージの版を確かめてください。" "Check the version of the package."

    PACKAGE_INVARIANT "FHIR-103" Warning "FHIRPath"
    text "パッケージの規則 {key} の式を扱えません: {why}" "The expression of invariant {key} is beyond this validator: {why}"
    cause "知らない関数か、式の書き誤りです。この規則は照合されません。" "It uses an unknown function, or is miswritten. This rule will not be checked."
    remedy "この規則は人が確かめてください。" "Check this rule by hand."

    PACKAGE_RELEASE "FHIR-104" Error "FHIR NPM packages"
    text "パッケージ {package} は FHIR {found} のもので、R4 ではありません" "The package {package} is for FHIR {found}, not R4"
    cause "別の版の FHIR のパッケージです。" "It was made for another version of FHIR."
    remedy "FHIR 4.0.1 用のものを入れてください。" "Install the one for FHIR 4.0.1."

    PACKAGE_DEPENDENCY "FHIR-105" Warning "FHIR NPM packages"
    text "パッケージ {package} が必要とする {needed} が入っていません(入っている版: {instead})" "The package {package} builds on {needed}, which is not installed (installed versions: {instead})"
    cause "足りないパッケージの定義によるところは照合されません。別の版があれば、それで照合します。"
          "What rests on its definitions is not checked, or checked against the version that is there."
    remedy "{needed} を入手し、tsugite ig add で取り込んでください。" "Get {needed} and install it with tsugite ig add."

    PACKAGE_REFERENCE "FHIR-106" Warning "FHIR NPM packages"
    text "パッケージ {package} が引く定義のうち {count} 件がどのパッケージにもありません(例: {example})" "{count} definitions that the package {package} refers to are in no installed package (such as {example})"
    cause "組になるパッケージが入っていません。その定義が求めることは照合されません。" "A package that belongs with it is not installed. What those definitions demand is not checked."
    remedy "{needed} の定義があるパッケージを入手し、tsugite ig add で取り込んでください。" "Get the package with the definitions of {needed} and install it with tsugite ig add."

    PACKAGE_CONTEXT "FHIR-107" Warning "FHIRPath"
    text "拡張 {url} の置き場所の式を扱えません: {why}" "The expression of where the extension {url} may stand is beyond this validator: {why}"
    cause "知らない関数か、式の書き誤りです。この拡張の場所は照合されません。" "It uses an unknown function, or is miswritten. The place of this extension will not be checked."
    remedy "拡張の場所は人が確かめてください。" "Check the place of the extension by hand."
}
