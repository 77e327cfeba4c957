//! Any resource: shape and characters.

definitions! {
    RESOURCE_TYPE "STRICT-001" Error "FHIR R4 JSON"
    text "FHIR のリソースではありません(resourceType がありません)" "This is no FHIR resource: resourceType is missing"
    cause "別の JSON ファイルです。" "It is some other JSON file."
    remedy "リソース 1 つを、resourceType から始まるオブジェクトで渡してください。" "Give one resource, an object with resourceType."
    [""
        r##"{ "type": "collection" }"##
        r##"{ "resourceType": "Bundle", "type": "collection" }"##]

    EMPTY_VALUE "STRICT-002" Error "FHIR R4 ele-1"
    text "空の値です" "The value is empty"
    cause "空文字列、空の配列、空のオブジェクトは FHIR では書けません。" "FHIR has no empty strings, arrays or objects."
    remedy "値がないときは要素ごと省いてください。" "Leave the element out when there is no value."
    ["Condition"
        r##"{ "note": [{ "text": "" }] }"##
        r##"{ "note": [{ "text": "注記" }] }"##]

    NULL_VALUE "STRICT-003" Error "FHIR R4 JSON"
    text "null は書けません" "null is not allowed here"
    cause "null は、拡張と対になる配列の中だけで許されます。" "null may only fill a place in an array that is paired with extensions."
    remedy "要素ごと省いてください。" "Leave the element out."
    ["Condition"
        r##"{ "recordedDate": null }"##
        r##"{ "recordedDate": "2025-02-03" }"##]

    CONTROL_CHARACTER "STRICT-010" Error "FHIR R4 string"
    text "制御文字 {character} が入っています" "The text contains the control character {character}"
    cause "古いシステムの区切りや外字の残りです。" "It is left over from a separator or a private character of an old system."
    remedy "取り除いてください。" "Remove it."
    ["Condition"
        r##"{ "note": [{ "text": "見本\u0001注記" }] }"##
        r##"{ "note": [{ "text": "見本注記" }] }"##]

    INVISIBLE "STRICT-011" Warning "JP-CLINS 文字の規則"
    text "名称に改行やタブなどの見えない文字 {character} が入っています" "A display text contains an invisible character ({character}), such as a line break or tab"
    cause "名称の欄に複数行が入力されたか、別の画面から貼り付けられています。" "Several lines were typed into a name, or it was pasted from elsewhere."
    remedy "取り除いて 1 行にしてください。" "Remove it; a name is one line."
    ["Condition.code"
        r##"{ "text": "見本\n病" }"##
        r##"{ "text": "見本病" }"##]

    HALF_WIDTH_KANA "STRICT-012" Warning "JP-CLINS 文字の規則"
    text "名称に半角カナ {character} が入っています" "A display text contains half-width kana ({character})"
    cause "古いマスターの名称がそのまま出ています。" "A name of an old master was taken as it stands."
    remedy "全角カナにしてください。" "Write full-width kana."
    ["Condition.code"
        r##"{ "text": "ﾐﾎﾝ病" }"##
        r##"{ "text": "ミホン病" }"##]

    FULL_WIDTH_SPACE "STRICT-013" Warning "JP-CLINS 文字の規則"
    text "名称に全角空白が入っています" "A display text contains a full-width space"
    cause "名称を桁に合わせて空白で埋めたものです。" "The name was padded."
    remedy "半角空白にするか、取り除いてください。公式マスターの表記であればそのままでかまいません。"
           "Use a half-width space, or none, unless the official master spells it so."
    ["Condition.code"
        r##"{ "text": "見本　病" }"##
        r##"{ "text": "見本 病" }"##]

    PRIVATE_USE "STRICT-014" Warning "JP-CLINS 文字の規則"
    text "名称に外字 {character} が入っています" "A display text contains the private character {character}"
    cause "施設の外字は、よそでは別の字か空白になります。" "A character of one's own becomes another one, or none, elsewhere."
    remedy "外字表に対応する字を登録してください。ない字は 〓 にします。" "Add it to the table of private characters; what has no equal becomes 〓."
    ["Condition.code"
        r##"{ "text": "見本\ue000病" }"##
        r##"{ "text": "見本病" }"##]

    MACHINE_DEPENDENT "STRICT-015" Warning "JP-CLINS 文字の規則"
    text "名称に機種依存文字 {character} が入っています" "A display text contains the machine-dependent character {character}"
    cause "丸数字、ローマ数字、単位の合字、部首の字などです。" "Circled digits, Roman numerals, squared units, radicals and the like."
    remedy "ふつうの文字の並びにしてください(① は (1)、㎎ は mg)。公式マスターの表記であればそのままでかまいません。"
           "Write it with ordinary characters (① as (1), ㎎ as mg), unless the official master spells it so."
    ["Condition.code"
        r##"{ "text": "見本①病" }"##
        r##"{ "text": "見本(1)病" }"##]
}
