//! The bytes.

definitions! {
    EMPTY "JSON-001" Error "RFC 8259"
    text "ファイルが空です" "The input is empty"
    cause "書き出しが途中で止まったか、別のファイルを指しています。" "The export stopped early, or this is another file."
    remedy "ファイルを作り直してください。" "Write the file again."

    NOT_UTF8 "JSON-002" Error "RFC 8259; FHIR R4 JSON"
    text "UTF-8 ではありません" "The input is not UTF-8"
    cause "Shift_JIS など別の文字コードで書かれているか、文字の途中で切れています。"
          "It was written in another encoding such as Shift_JIS, or cut in the middle of a character."
    remedy "UTF-8(BOM なし)で書き出してください。" "Write it as UTF-8 without a byte order mark."

    BYTE_ORDER_MARK "JSON-003" Warning "RFC 8259"
    text "先頭に BOM があります" "The input begins with a byte order mark"
    cause "BOM 付きで保存するエディタやライブラリで書かれています。" "An editor or library wrote it with a byte order mark."
    remedy "BOM なしの UTF-8 で書き出してください。" "Write UTF-8 without a byte order mark."

    TOO_LARGE "JSON-004" Error "settings"
    text "大きさ {size} バイトが上限 {limit} バイトを超えています" "{size} bytes exceed the limit of {limit} bytes"
    cause "まちがったファイルか、添付の入りすぎた文書です。" "It is the wrong file, or a document with too many attachments."
    remedy "正しいファイルであれば --max-size で上限を上げてください。" "If the file is right, raise the limit with --max-size."

    TOO_DEEP "JSON-005" Error "settings"
    text "入れ子が {limit} 段を超えています" "More than {limit} levels are nested"
    cause "壊れているか、悪意のあるファイルです。FHIR は 30 段ほどで足ります。"
          "The file is broken or hostile. FHIR needs some 30 levels."
    remedy "作成したシステムに問い合わせてください。" "Ask the system that wrote it."

    TOO_MANY_VALUES "JSON-006" Error "settings"
    text "値が {limit} 個を超えています" "There are more than {limit} values"
    cause "大きさに比べて値が多すぎます。FHIR のデータではありません。" "Too many values for the size: this is no FHIR data."
    remedy "正しいファイルか確かめてください。" "Check that it is the right file."

    SYNTAX "JSON-007" Error "RFC 8259"
    text "JSON の書き方の誤り: ここには {expected} のどれかが必要です" "JSON syntax error: one of {expected} was expected here"
    cause "途中で切れているか、手で直したときに引用符やカンマを誤っています。"
          "The file was cut, or a quote or comma went wrong when it was edited by hand."
    remedy "示した行と桁を直してください。" "Correct the line and column given."
    [""
        r##"{ "resourceType": "Patient", "gender" "male" }"##
        r##"{ "resourceType": "Patient", "gender": "male" }"##]

    NOT_A_LITERAL "JSON-008" Error "RFC 8259"
    text "JSON にない語です" "JSON has no such word"
    cause "NaN、Infinity、undefined、True などは JSON では書けません。" "NaN, Infinity, undefined or True cannot be written in JSON."
    remedy "値がないときは要素ごと省いてください。" "Leave the element out when there is no value."
    [""
        r##"{ "resourceType": "Patient", "active": True }"##
        r##"{ "resourceType": "Patient", "active": true }"##]

    BAD_NUMBER "JSON-009" Error "RFC 8259"
    text "数の書き方の誤りです" "This is not how JSON writes a number"
    cause "先頭の 0、終わりの小数点、数のあとの文字は許されません。" "Leading zeros, a final point and letters after a number are not allowed."
    remedy "3.5 や -0.2 のように書いてください。数でない値は文字列にしてください。" "Write it like 3.5 or -0.2, or as a string if it is no number."
    [""
        r##"{ "resourceType": "Patient", "multipleBirthInteger": 02 }"##
        r##"{ "resourceType": "Patient", "multipleBirthInteger": 2 }"##]

    NUMBER_OUT_OF_RANGE "JSON-010" Error "FHIR R4 decimal"
    text "数が大きすぎます" "The number is too large"
    cause "受け取る側が扱える範囲を超えています。" "No receiver can hold it."
    remedy "元の値を確かめてください。" "Check the original value."
    [""
        r##"{ "resourceType": "Basic", "x": 1e999999 }"##
        r##"{ "resourceType": "Basic", "x": 1e9 }"##]

    RAW_CONTROL "JSON-011" Error "RFC 8259"
    text "文字列の中に制御文字がそのまま入っています" "A string contains a raw control character"
    cause "改行やタブがエスケープされていません。" "A line break or tab was not escaped."
    remedy "\\n や \\t と書くか、取り除いてください。" "Write \\n or \\t, or remove it."
    [""
        r##"{ "resourceType": "Basic", "x": "一行目
二行目" }"##
        r##"{ "resourceType": "Basic", "x": "一行目\n二行目" }"##]

    BAD_ESCAPE "JSON-012" Error "RFC 8259"
    text "\\ のあとの文字が正しくありません" "The backslash is not followed by a legal escape"
    cause "Windows のパスや、Shift_JIS の 2 バイト目の 5C がそのまま入ることがあります。"
          "A Windows path, or the second byte 5C of a Shift_JIS character, often ends here."
    remedy "\\ は \\\\ と書いてください。" "Write a backslash as \\\\."
    [""
        r##"{ "resourceType": "Basic", "x": "C:\windows" }"##
        r##"{ "resourceType": "Basic", "x": "C:\\windows" }"##]

    LONE_SURROGATE "JSON-013" Error "RFC 8259"
    text "サロゲートの片方だけが書かれています" "Half of a surrogate pair stands alone"
    cause "文字の途中で切った文字列です。" "The string was cut in the middle of a character."
    remedy "文字列を切る処理を直してください。" "Correct the program that cuts the string."
    [""
        r##"{ "resourceType": "Basic", "x": "\ud867" }"##
        r##"{ "resourceType": "Basic", "x": "\ud867\ude3d" }"##]

    KEY_TOO_LONG "JSON-014" Error "settings"
    text "項目名が長すぎます" "The key is too long"
    cause "FHIR の項目名ではありません。" "This is no name of a FHIR element."
    remedy "正しいファイルか確かめてください。" "Check that it is the right file."

    DUPLICATE_KEY "JSON-015" Error "FHIR R4 JSON"
    text "同じ項目が同じ所に 2 度あります" "The same key occurs twice in one object"
    cause "受け取る側によって、はじめの値とあとの値のどちらかが黙って捨てられます。" "Receivers silently drop one of the two, and not all the same one."
    remedy "1 つにしてください。繰り返しは配列で書きます。" "Keep one. Repetitions are written as an array."
    [""
        r##"{ "resourceType": "Patient", "gender": "male", "gender": "female" }"##
        r##"{ "resourceType": "Patient", "gender": "female" }"##]

    TRAILING_DATA "JSON-016" Error "RFC 8259"
    text "JSON の終わりのあとに何か続いています" "Something follows the end of the JSON document"
    cause "2 つの文書をつないだか、NDJSON を 1 つの文書として読んでいます。" "Two documents were joined, or NDJSON is read as one document."
    remedy "1 つのファイルに 1 つの文書だけを入れてください。" "Put one document in one file."
    [""
        r##"{ "resourceType": "Patient" } { "resourceType": "Patient" }"##
        r##"{ "resourceType": "Patient" }"##]
}
