//! Base R4: contained resources, references, entries.

definitions! {
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
}
