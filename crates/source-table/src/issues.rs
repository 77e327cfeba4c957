//! What this crate can say: `TABLE` of the files that are read, `MAPPING` of the mapping files that describe them.

use tsugite_issue::{Definition, Severity, Text};

/// One row of the table.
macro_rules! issues {
    ($($(#[$doc:meta])* $name:ident = $code:literal $severity:ident {
        ja: $ja:literal, en: $en:literal,
        cause: $cause_ja:literal, $cause_en:literal,
        remedy: $remedy_ja:literal, $remedy_en:literal $(,)?
    })*) => {
        $($(#[$doc])* pub static $name: Definition = Definition {
            code: $code,
            severity: Severity::$severity,
            text: Text::new($ja, $en),
            cause: Text::new($cause_ja, $cause_en),
            remedy: Text::new($remedy_ja, $remedy_en),
            source: "",
        };)*

        pub static ALL: &[&Definition] = &[$(&$name),*];
    };
}

issues! {
    /// No mapping file fits.
    LAYOUT_UNKNOWN = "TABLE-001" Error {
        ja: "この表の読み方を書いた対応表ファイルがありません",
        en: "no mapping file describes this table",
        cause: "見出しや列の並びが、登録された対応表ファイルのどれとも合いません。",
            "Its headings or columns fit none of the mapping files that are installed.",
        remedy: "`tsugite mapping draft ファイル` で対応表の下書きを作り、確認してから mappings フォルダに置いてください。",
            "Make a draft with `tsugite mapping draft FILE`, check it, and put it into the mappings folder.",
    }
    /// Two mapping files fit equally well.
    LAYOUT_AMBIGUOUS = "TABLE-002" Warning {
        ja: "二つの対応表ファイル（{used} と {other}）が同じように合うため、前者で読みました",
        en: "two mapping files ({used} and {other}) fit equally well; the first was used",
        cause: "二つの対応表ファイルが同じ見出しや形を求めています。",
            "Both mapping files ask for the same headings or shape.",
        remedy: "対応表ファイルの [recognise] に、ファイル名や特有の見出しを書いて区別してください。",
            "Tell them apart under [recognise] by a file name or a heading that only one has.",
    }
    PATIENT_MISSING = "TABLE-003" Error {
        ja: "患者番号がない行です", en: "a row without a patient id",
        cause: "患者番号の列が空か、読み取れません。", "The cell of the patient id is empty or cannot be read.",
        remedy: "元のシステムで患者番号を確かめ、出力し直してください。",
            "Look the patient up in the source system and export again.",
    }
    REQUIRED_MISSING = "TABLE-004" Error {
        ja: "「{field}」がない行です", en: "a row without `{field}`",
        cause: "記録として必要な列が空です。", "A cell that the record needs is empty.",
        remedy: "元のファイルのこの行を確かめてください。", "Look at this row of the file.",
    }
    EXCEL_ZEROS = "TABLE-005" Error {
        ja: "セル {cell}（{field}）は先頭の 0 が失われています（{digits} 桁のはずです）",
        en: "cell {cell} ({field}) has lost its leading zeros ({digits} digits are due)",
        cause: "Excel で CSV を開いて保存すると、数字だけのコードの先頭の 0 が消えます。",
            "Excel drops the leading zeros of codes when a CSV file is opened and saved.",
        remedy: "元のシステムから出力し直し、Excel で開かずにそのまま渡してください。",
            "Export again from the source system, and do not open the file in Excel.",
    }
    EXCEL_DATE = "TABLE-006" Error {
        ja: "セル {cell}（{field}）の値が日付に変わっています",
        en: "cell {cell} ({field}) was turned into a date",
        cause: "Excel は 1-2 のような値を日付と見なして書き換えます。",
            "Excel takes values such as 1-2 for dates and rewrites them.",
        remedy: "元のシステムから出力し直し、Excel で開かずにそのまま渡してください。",
            "Export again from the source system, and do not open the file in Excel.",
    }
    EXCEL_EXPONENT = "TABLE-007" Error {
        ja: "セル {cell}（{field}）の番号が 1.23E+15 のような形に変わっています",
        en: "cell {cell} ({field}) became a number such as 1.23E+15",
        cause: "Excel は桁の多い番号を指数の形に書き換え、下の桁を捨てます。",
            "Excel writes long codes with an exponent and drops their last digits.",
        remedy: "元のシステムから出力し直し、Excel で開かずにそのまま渡してください。",
            "Export again from the source system, and do not open the file in Excel.",
    }
    EXCEL_NARROW = "TABLE-008" Error {
        ja: "セル {cell}（{field}）が ### になっています", en: "cell {cell} ({field}) is shown as ###",
        cause: "列の幅が足りない表や誤りのあるセルが、表示のまま保存されています。",
            "The column was too narrow, or the cell has an error, and what was shown was saved.",
        remedy: "元のシステムから出力し直してください。", "Export again from the source system.",
    }
    DATE_INVALID = "TABLE-009" Warning {
        ja: "セル {cell}（{field}）が日付として読めません", en: "cell {cell} ({field}) is no date",
        cause: "書かれた形が、対応表ファイルの日付の形（dates）のどれでもないか、存在しない日です。",
            "It has none of the forms that the mapping file names (`dates`), or there is no such day.",
        remedy: "対応表ファイルの dates に書き方を加えるか、元のファイルを直してください。",
            "Add the form to `dates` in the mapping file, or mend the file.",
    }
    NOT_REPORTED = "TABLE-010" Information {
        ja: "結果がまだ報告されていません", en: "the result is not reported yet",
        cause: "結果の欄が空です。", "The cell of the result is empty.",
        remedy: "何もする必要はありません。報告されたファイルが届けば送られます。",
            "Nothing: it goes up when the file with the result arrives.",
    }
    FILTERED = "TABLE-011" Information {
        ja: "対応表ファイルで送らないと決めた行です", en: "the mapping file leaves this row out",
        cause: "対応表ファイルの only の条件に合いません。", "It does not meet `only` of the mapping file.",
        remedy: "送るべき行なら、対応表ファイルの only を直してください。",
            "If it should go up, mend `only` in the mapping file.",
    }
    HEADER_MISSING = "TABLE-012" Error {
        ja: "どの患者・報告の明細か分からない行です", en: "a detail row without its header row",
        cause: "明細の前にあるはずの見出し記録がないか、読めません。",
            "The header row that should stand before it is missing or cannot be read.",
        remedy: "ファイルが途中で切れていないか確かめ、出力し直してください。",
            "See whether the file is complete, and export again.",
    }
    ROW_UNKNOWN = "TABLE-013" Warning {
        ja: "種類の分からない行があります", en: "a row of an unknown kind",
        cause: "対応表ファイルの [[row]] のどれにも当てはまりません。", "No [[row]] of the mapping file is for it.",
        remedy: "必要な行なら、対応表ファイルに [[row]] を加えてください。",
            "If it is needed, add a [[row]] to the mapping file.",
    }
    COLUMN_MISSING = "TABLE-014" Warning {
        ja: "見出しに「{column}」がないため、「{field}」は空として読みました",
        en: "there is no heading `{column}`, so `{field}` is empty",
        cause: "対応表ファイルの列名と、ファイルの見出しが違います。",
            "The name in the mapping file is not among the headings of the file.",
        remedy: "見出しを確かめ、対応表ファイルの列名を直してください。",
            "Look at the headings and mend the name in the mapping file.",
    }
    UNDECODABLE = "TABLE-015" Error {
        ja: "セル {cell}（{field}）に文字として読めない部分があります",
        en: "cell {cell} ({field}) has bytes that are no characters",
        cause: "文字コードの指定が違うか、ファイルが壊れています。",
            "The encoding is not the one that the mapping file names, or the file is damaged.",
        remedy: "対応表ファイルの encoding を確かめるか、出力し直してください。",
            "See to `encoding` in the mapping file, or export again.",
    }
    STRAY_QUOTE = "TABLE-016" Warning {
        ja: "閉じていない引用符（\"）を、ただの文字として読みました",
        en: "a quote that is never closed was read as a plain character",
        cause: "値の中の引用符が二重になっていません。", "A quote inside of a value was not doubled.",
        remedy: "この行の値を確かめてください。", "Look at the values of this row.",
    }
    VERSION_MISSING = "TABLE-017" Error {
        ja: "このファイルがいつのものか分かりません", en: "nothing says of what time this file is",
        cause: "対応表ファイルの version_from に書かれた場所に日付がありません。",
            "There is no date where `version_from` of the mapping file says.",
        remedy: "ファイル名や見出しの日付を確かめてください。", "See to the date in the file's name or heading.",
    }
    CELL_CUT = "TABLE-018" Warning {
        ja: "{field} の末尾で文字が半分に切れていたため、その半分を除きました",
        en: "{field} ended in half a character, which was left out",
        cause: "固定長の欄に収まらない文字が途中で切られています。",
            "The field has a fixed width, and a character was cut in two.",
        remedy: "名前などが短くなっていないか確かめてください。", "See whether a name became too short.",
    }
    RECORD_SHORT = "TABLE-019" Warning {
        ja: "固定長の記録の長さが足りません（{length} バイト）", en: "a record of fixed width is short ({length} bytes)",
        cause: "ファイルが途中で切れているか、長さの指定が違います。",
            "The file was cut, or `record_length` is not that of this file.",
        remedy: "ファイルを受け取り直すか、対応表ファイルの record_length を確かめてください。",
            "Get the file again, or see to `record_length`.",
    }
    SHEET_UNREADABLE = "TABLE-020" Error {
        ja: "Excel ファイルを読めません（{reason}）", en: "the Excel file cannot be read ({reason})",
        cause: "ファイルが壊れているか、パスワードで保護されているか、指定のシートがありません。",
            "It is damaged or protected by a password, or has no such sheet.",
        remedy: "保護を外して保存し直すか、CSV で出力してください。", "Save it without protection, or export it as CSV.",
    }
    VALUE_UNKNOWN = "TABLE-021" Warning {
        ja: "セル {cell}（{field}）の値の意味が分からないため、空として読みました",
        en: "cell {cell} ({field}) has a value without a known meaning, and was read as empty",
        cause: "対応表ファイルの values にない値です。", "It does not stand in `values` of the mapping file.",
        remedy: "対応表ファイルの values に意味を書き加えてください。", "Add its meaning to `values` in the mapping file.",
    }
    NO_KNOWN_ALLERGY = "TABLE-022" Information {
        ja: "「なし」と書かれているため送りません", en: "it says that there is none",
        cause: "アレルギーの欄に「なし」などと書かれています。", "The cell says 「なし」 or the like.",
        remedy: "何もする必要はありません。", "Nothing.",
    }
    ORDER_OF_RECEIPT = "TABLE-023" Information {
        ja: "このファイルには作成日がないため、受け取った順に新しいものとして扱います",
        en: "nothing dates this file: what is received later counts as newer",
        cause: "対応表ファイルに version_from がありません。", "The mapping file has no `version_from`.",
        remedy: "ファイル名や列に日付があれば、対応表ファイルの version_from に書いてください。",
            "If the file's name or a column has a date, name it under `version_from`.",
    }
    EMPTY = "TABLE-024" Warning {
        ja: "見出しだけで、行がありません", en: "there are headings and no rows",
        cause: "出力の条件に合う記録がなかったか、出力が途中で止まっています。",
            "The export found nothing, or stopped.",
        remedy: "出力の条件を確かめてください。", "See to what was asked for in the export.",
    }
    CODE_TOO_LONG = "TABLE-025" Error {
        ja: "セル {cell}（{field}）は {digits} 桁のはずです", en: "cell {cell} ({field}) should have {digits} digits",
        cause: "列がずれているか、別の種類の番号が書かれています。",
            "The columns have moved, or it is a number of another kind.",
        remedy: "この行の列がずれていないか確かめてください。", "See whether the cells of this row have moved.",
    }
    MORE = "TABLE-026" Information {
        ja: "{code} がほかに {count} 件あります", en: "{count} more of {code}",
        cause: "同じ種類の指摘が多いため、初めの一部だけを示しました。",
            "There are many of this kind, so only the first ones are shown.",
        remedy: "初めに示したものを直すと、多くの場合ほかも直ります。", "Mend the first ones; often that mends the rest.",
    }
    PATIENT_TWICE = "TABLE-027" Warning {
        ja: "同じ患者番号の行が、違うことを述べています", en: "rows of one patient id say different things",
        cause: "一覧の中で、同じ患者番号に違う氏名・住所などが書かれています。",
            "The list has several names, addresses or the like for one patient id.",
        remedy: "元のシステムでその患者の登録を確かめ、出力し直してください。",
            "Look the patient up in the source system and export again.",
    }
    ROW_SHIFTED = "TABLE-028" Error {
        ja: "見出しより多くの列に値がある行です", en: "a row with values in more columns than the file has",
        cause: "引用符で囲まれていない値に区切り文字が入っていて、列がずれている恐れがあります。",
            "A value without quotes probably holds a delimiter, so that the cells behind it have moved.",
        remedy: "この行の値を確かめ、元のシステムで引用符付きで出力するか、値から区切り文字を除いてください。",
            "Look at this row; export with quotes, or take the delimiter out of the value.",
    }
    ROW_CUT = "TABLE-029" Error {
        ja: "ファイルが最後の行の途中で終わっています", en: "the file ends in the middle of its last row",
        cause: "出力やコピーが途中で止まった恐れがあります。この行のほかにも、届いていない行があるかもしれません。",
            "The export or the copy probably stopped. More rows than this one may be missing.",
        remedy: "ファイルを出力し直してください。一覧として扱わず、載っていない記録は取り消しません。",
            "Export the file again. It is not taken for a whole list, and withdraws nothing.",
    }
    VALUE_UNDECIDED = "TABLE-030" Error {
        ja: "セル {cell}（{field}）の値の意味が分からないため、この記録を保留します",
        en: "cell {cell} ({field}) has a value without a known meaning; the record is held",
        cause: "この欄は送るかどうか、どう送るかを決めますが、対応表ファイルの values にない値です。",
            "The field decides whether and how the record is sent, and its value does not stand in `values` of the mapping file.",
        remedy: "対応表ファイルの values に意味を書き加えてください。", "Add its meaning to `values` in the mapping file.",
    }
    DATE_UNDECIDED = "TABLE-031" Error {
        ja: "セル {cell}（{field}）が日付として読めないため、この記録を保留します",
        en: "cell {cell} ({field}) cannot be read as a date; the record is held",
        cause: "終わった日が読めないまま送ると、続いているものとして伝わってしまいます。",
            "Without the day on which it ended it would be told as if it went on.",
        remedy: "ファイルの日付を直すか、対応表ファイルの dates に形を書き加えてください。",
            "Mend the date in the file, or add its form to `dates` in the mapping file.",
    }
    CODES_MALFORMED = "TABLE-032" Error {
        ja: "「{field}」を一つずつに分けられません", en: "the codes of `{field}` cannot be told apart",
        cause: "修飾語は4桁ずつです。桁が足りないと「の疑い」を見落とす恐れがあります。",
            "Modifiers have four digits each; where some are missing, one of them may be 「の疑い」.",
        remedy: "Excel で先頭の 0 が消えていないか確かめ、元のシステムから出力し直してください。",
            "See whether Excel has dropped leading zeros, and export again from the source system.",
    }
    HEADING_REPEATED = "TABLE-033" Information {
        ja: "行の途中に同じ見出しがもう一度あります", en: "the headings stand once more among the rows",
        cause: "いくつかのファイルをつなげたものと思われます。", "Several files were probably joined.",
        remedy: "何もする必要はありません。見出しの行は読みとばしました。", "Nothing: the row was passed over.",
    }
    HEADING_CHANGED = "TABLE-034" Error {
        ja: "行の途中で見出しが変わっているため、そのあとの行を保留します",
        en: "the headings change among the rows; the rows behind are held",
        cause: "列の並びが違うファイルをつなげたものと思われます。", "Files with other columns were probably joined.",
        remedy: "ファイルをつなげずに、一つずつ渡してください。", "Hand the files over one by one, not joined.",
    }
    HEADER_TWICE = "TABLE-035" Error {
        ja: "同じ番号の見出し行が違う患者を指しているため、その明細を保留します",
        en: "header rows of one key name different patients; their details are held",
        cause: "番号が使い回されているか、違う日のファイルがつなげられています。",
            "The key was used again, or files of several days were joined.",
        remedy: "ファイルを日ごとに分けて渡してください。", "Hand over a file for each day.",
    }
    SHEETS_UNREAD = "TABLE-036" Warning {
        ja: "ほかのシート {count} 枚は読んでいません", en: "{count} more sheets were not read",
        cause: "対応表ファイルに sheet がないため、初めのシートだけを読みました。",
            "The mapping file names no `sheet`, so the first one was read.",
        remedy: "ほかのシートにも記録があれば、シートごとにファイルを分けるか、対応表ファイルの [file] に sheet を書いてください。",
            "If they hold records too, make a file of each, or name the sheet under [file] of the mapping file.",
    }
    NO_TABLE = "TABLE-037" Error {
        ja: "表ではないため、下書きを作れません", en: "this is no table, so there is no draft of it",
        cause: "文字として読めないか、どの行にも同じ数だけある区切り文字がありません。",
            "It cannot be read as text, or no delimiter stands equally often in its lines.",
        remedy: "CSV・タブ区切り・固定長・Excel（.xlsx）で出力したファイルを指定してください。",
            "Name a file that was exported as CSV, with tabs, of fixed width, or as Excel (.xlsx).",
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_texts_complete() {
        let codes: BTreeSet<_> = ALL.iter().map(|definition| definition.code).collect();
        assert_eq!(codes.len(), ALL.len());
        for definition in ALL {
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", definition.code);
            }
        }
    }
}
