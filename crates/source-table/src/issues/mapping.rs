//! Of the mapping files that describe them.

use tsugite_issue::{Definition, Severity, Text};

issues! {
    MAPPING_SYNTAX = "MAPPING-001" Error {
        ja: "書き方が正しくありません（{message}）", en: "this is no TOML ({message})",
        cause: "引用符や括弧が閉じていないなど、ファイルの文法の誤りです。",
            "A quote or bracket is not closed, or the like.",
        remedy: "示した場所の引用符・括弧・等号を確かめてください。",
            "See to the quotes, brackets and = at this place.",
    }
    MAPPING_KEY = "MAPPING-002" Error {
        ja: "`{key}` という項目はありません。{suggestion}", en: "there is no key `{key}`; {suggestion}",
        cause: "項目名の書き誤りか、置き場所の誤りです。", "It is misspelled, or stands in the wrong table.",
        remedy: "示した名前に直してください。", "Write one of the names that are shown.",
    }
    MAPPING_VALUE = "MAPPING-003" Error {
        ja: "値が正しくありません（{message}）", en: "the value is wrong ({message})",
        cause: "項目に書ける値の種類が違います。", "The key takes another kind of value.",
        remedy: "mappings/README.md の例にならって直してください。", "Follow the examples in mappings/README.md.",
    }
    MAPPING_FIELD = "MAPPING-004" Error {
        ja: "{target} に `{field}` という欄はありません。{suggestion}",
        en: "`{target}` has no field `{field}`; {suggestion}",
        cause: "欄の名前の書き誤りか、別の種類の欄です。", "It is misspelled, or belongs to another target.",
        remedy: "示した名前に直してください。", "Write one of the names that are shown.",
    }
    MAPPING_REQUIRED = "MAPPING-005" Error {
        ja: "{target} には {fields} が必要です", en: "`{target}` needs {fields}",
        cause: "これがないと、誰の何の記録か決まりません。", "Without it no record can be made.",
        remedy: "その値が入っている列を書き加えてください。", "Name the column that holds it.",
    }
    MAPPING_COLUMN = "MAPPING-006" Error {
        ja: "{column} 列目はありません（全部で {columns} 列です）",
        en: "there is no column {column}: the file has {columns}",
        cause: "列番号の数え違いか、file.columns の誤りです。列は 1 から数えます。",
            "The number is wrong, or `columns` of [file] is. Columns are counted from 1.",
        remedy: "1 から {columns} までの番号に直してください。", "Write a number from 1 to {columns}.",
    }
    MAPPING_BYTES = "MAPPING-007" Error {
        ja: "位置 {bytes} は記録の長さ（{length} バイト）を超えています",
        en: "bytes {bytes} lie beyond the record ({length} bytes)",
        cause: "位置の数え違いか、record_length の誤りです。位置は 1 から数えます。",
            "The position is wrong, or `record_length` is. Positions are counted from 1.",
        remedy: "1 から {length} までの範囲に直してください。", "Write positions from 1 to {length}.",
    }
    MAPPING_RANGE = "MAPPING-008" Error {
        ja: "位置は \"3-7\"（3 バイト目から 7 バイト目まで）のように書いてください",
        en: "write positions as \"3-7\": from the third byte to the seventh",
        cause: "位置の書き方が違うか、終わりが初めより前です。", "It has another form, or ends before it begins.",
        remedy: "初めと終わりを 1 から数えた番号で、- でつないで書いてください。",
            "Write the first and the last byte, counted from 1, with a - between.",
    }
    MAPPING_PATTERN = "MAPPING-009" Error {
        ja: "日付の形 `{pattern}` が分かりません", en: "`{pattern}` is no date pattern",
        cause: "使える文字は YYYY YY MM M DD D hh h mm ss と記号、または 和暦、Excel です。",
            "It may hold YYYY YY MM M DD D hh h mm ss and signs, or be 和暦 or Excel.",
        remedy: "例: 20260401 は YYYYMMDD、2026/4/1 は YYYY/M/D、S33.3.3 や 令和元年 は 和暦。",
            "20260401 is YYYYMMDD, 2026/4/1 is YYYY/M/D, S33.3.3 is 和暦.",
    }
    MAPPING_PIVOT = "MAPPING-010" Error {
        ja: "年が2桁の `{pattern}` には pivot が必要です", en: "`{pattern}` has a year of two digits and needs a pivot",
        cause: "2桁の年は、1900年代か2000年代か分かりません。", "Two digits do not tell the century.",
        remedy: "pivot = 30 と書くと、00〜30 は 2000年代、31〜99 は 1900年代になります。",
            "With pivot = 30 the years 00 to 30 are of the 2000s, 31 to 99 of the 1900s.",
    }
    MAPPING_UNREACHABLE = "MAPPING-011" Error {
        ja: "この [[row]] は使われません（{earlier} 番目の [[row]] が先に当てはまります）",
        en: "this [[row]] is never used: row kind {earlier} comes first",
        cause: "[[row]] は上から順に調べられ、初めに合ったものが使われます。",
            "Row kinds are tried from above, and the first one that fits is used.",
        remedy: "順番を入れ替えるか、when の条件を書き分けてください。",
            "Change the order, or make the conditions under `when` different.",
    }
    MAPPING_OVERLAP = "MAPPING-012" Error {
        ja: "`{field}`（{bytes}）と `{other}`（{other_bytes}）の位置が重なっています",
        en: "`{field}` ({bytes}) and `{other}` ({other_bytes}) overlap",
        cause: "固定長の二つの欄が同じバイトを含みます。", "Two fields of fixed width hold the same bytes.",
        remedy: "仕様書の開始位置と長さを確かめて直してください。", "See to the positions in the vendor's description.",
    }
    MAPPING_FILE = "MAPPING-013" Error {
        ja: "ファイル `{file}` がありません", en: "there is no file `{file}`",
        cause: "対応表ファイルと同じフォルダに見つかりません。", "It is not in the folder of the mapping file.",
        remedy: "ファイルを同じフォルダに置くか、名前を直してください。",
            "Put it beside the mapping file, or mend the name.",
    }
    MAPPING_FILE_ROW = "MAPPING-014" Error {
        ja: "`{file}` の {line} 行目が使えません", en: "line {line} of `{file}` cannot be used",
        cause: "2列（書かれた値, 意味）になっていません。", "It does not have two columns: the value and its meaning.",
        remedy: "その行を直してください。", "Mend the line.",
    }
    MAPPING_ENCODING = "MAPPING-015" Error {
        ja: "文字コード `{encoding}` は分かりません", en: "there is no encoding `{encoding}`",
        cause: "使えるのは auto、cp932、euc-jp、iso-2022-jp、utf-8、utf-16le です。",
            "It may be auto, cp932, euc-jp, iso-2022-jp, utf-8 or utf-16le.",
        remedy: "分からなければ encoding の行を消してください。自動で調べます。",
            "If you do not know it, take the line out: it is found by itself.",
    }
    MAPPING_NO_HEADINGS = "MAPPING-016" Error {
        ja: "列名 `{name}` で指定されていますが、見出しのないファイルです",
        en: "the column `{name}` is named, but the file has no headings",
        cause: "[file] の header が 0 です。", "`header` of [file] is 0.",
        remedy: "header = 1 とするか、column = 3 のように番号で書いてください。",
            "Write header = 1, or name the column by its number: column = 3.",
    }
    MAPPING_PLACE = "MAPPING-017" Error {
        ja: "この形のファイルでは {what} で指定できません", en: "{what} has no meaning in a file of this shape",
        cause: "固定長は bytes、区切り文字の表は列名か column で指定します。",
            "Fixed width goes by `bytes`, delimited files by name or column.",
        remedy: "[file] の shape か、この指定を直してください。", "Mend `shape` of [file], or this place.",
    }
    MAPPING_FORMAT = "MAPPING-018" Error {
        ja: "対応表の形式 {format} には対応していません", en: "format {format} is not known",
        cause: "このプログラムが読めるのは format = 1 です。", "This program reads format = 1.",
        remedy: "format = 1 と書くか、新しい版のプログラムを使ってください。", "Write format = 1, or use a newer program.",
    }
    MAPPING_KEY_FIELD = "MAPPING-019" Error {
        ja: "`{field}` は、どの行にも書かれていない欄です", en: "no row fills the field `{field}`",
        cause: "report_key、version_from、repeat には、行に書いた欄の名前を使います。",
            "report_key, version_from and repeat name fields that rows fill.",
        remedy: "欄の名前を直すか、行にその欄を書き加えてください。", "Mend the name, or fill the field in a row.",
    }
    MAPPING_NOTHING = "MAPPING-020" Error {
        ja: "何を読み取るかが書かれていません", en: "nothing says what to read",
        cause: "[[row]] がないか、その中に lab、allergy、patient などの表がありません。",
            "There is no [[row]] with a table such as lab, allergy or patient.",
        remedy: "[[row]] と [row.lab] のような表を書いてください。", "Write a [[row]] with a table such as [row.lab].",
    }
    MAPPING_NAME = "MAPPING-021" Error {
        ja: "name は半角の英数字と - で書いてください", en: "name may hold letters, digits and -",
        cause: "name は記録の識別に使われます。", "It is part of the identity of what is read.",
        remedy: "例: name = \"abc-lab\"", "For example: name = \"abc-lab\"",
    }
    MAPPING_UNRECOGNISABLE = "MAPPING-022" Warning {
        ja: "この形のファイルを見分ける手がかりがありません", en: "nothing tells a file of this layout from others",
        cause: "見出しも、行の種類も、ファイル名も書かれていません。",
            "There are no headings, no kinds of rows and no file names.",
        remedy: "[recognise] に file = [\"*.dat\"] のように書くか、[file] に columns を書いてください。",
            "Write file = [\"*.dat\"] under [recognise], or `columns` under [file].",
    }
    MAPPING_HEADING = "MAPPING-023" Warning {
        ja: "列名 `{name}` が [[test]] の見出しにありません。{suggestion}",
        en: "the column `{name}` is not among the headings of [[test]]; {suggestion}",
        cause: "列名の書き誤りか、試験の行が古いままです。", "It is misspelled, or the rows of the test are old.",
        remedy: "見出しと同じ名前に直してください。", "Write it as the heading is.",
    }
    MAPPING_VERSION = "MAPPING-024" Error {
        ja: "version_from には file_name、line と pattern、field のどれか一つを書いてください",
        en: "version_from takes one of: file_name; line and pattern; field",
        cause: "日付のある場所が決まりません。", "It does not say where the date stands.",
        remedy: "例: version_from = { file_name = \"YYYYMMDD\" }", "For example: version_from = { file_name = \"YYYYMMDD\" }",
    }
    MAPPING_HEADER_ALONE = "MAPPING-025" Error {
        ja: "role = \"header\" の行だけで、明細の行がありません", en: "there are rows of role = \"header\" and no details",
        cause: "見出し記録は、そのあとの明細に値を渡すためのものです。", "A header row hands its values to detail rows.",
        remedy: "明細の [[row]] を書き加えるか、role を消してください。", "Add a [[row]] for the details, or take `role` out.",
    }
    MAPPING_TEST = "MAPPING-026" Error {
        ja: "試験「{title}」が期待どおりになりません（{difference}）",
        en: "test `{title}` does not come out as expected ({difference})",
        cause: "対応表の書き方か、期待する値の書き方が違います。", "The mapping or the expectation is wrong.",
        remedy: "示した違いを見て、対応表か expect を直してください。", "Look at the difference and mend one of the two.",
    }
    MAPPING_UNTESTED = "MAPPING-027" Warning {
        ja: "試験 [[test]] がありません", en: "there is no [[test]]",
        cause: "正しく読めることを確かめる例がありません。", "No example shows that it reads what it should.",
        remedy: "実在しない患者の行を作り、期待する値とともに [[test]] に書いてください。",
            "Write rows of an invented patient and what must come of them under [[test]].",
    }
    MAPPING_LENGTH = "MAPPING-028" Error {
        ja: "固定長のファイルには record_length か、行ごとの改行が必要です（位置は {last} バイト目まで使われています）",
        en: "fixed width needs record_length (positions reach to byte {last})",
        cause: "record_length が書かれていません。", "There is no record_length.",
        remedy: "[file] に record_length = {last} 以上の長さを書いてください。", "Write record_length of at least {last} under [file].",
    }
    MAPPING_TWICE = "MAPPING-029" Error {
        ja: "name = \"{name}\" の対応表ファイルが二つあります", en: "two mapping files have the name `{name}`",
        cause: "同じ name の対応表ファイルが複数あると、どちらで読んだか区別できません。",
            "What is read by one could not be told from what is read by the other.",
        remedy: "どちらかの name を変えるか、一方を取り除いてください。", "Rename one of them, or take it away.",
    }
}
