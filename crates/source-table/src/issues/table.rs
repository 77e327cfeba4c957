//! Of the files that are read.

use tsugite_issue::{Definition, Severity, Text};

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
    COLUMN_TWICE = "TABLE-038" Warning {
        ja: "「{column}」という見出しの列が二つ以上あるため、初めの列を{field}として読みました",
        en: "several columns have the heading `{column}`; the first was read as {field}",
        cause: "前回の値など、別の意味の列に同じ見出しが付いている恐れがあります。",
            "Another of them may be meant: one may hold the values of the last time.",
        remedy: "どの列か確かめ、対応表ファイルに column = 番号 で書いてください。",
            "See which is meant, and name it by its number in the mapping file: column = 3.",
    }
    NO_TABLE = "TABLE-037" Error {
        ja: "表ではないため、下書きを作れません", en: "this is no table, so there is no draft of it",
        cause: "文字として読めないか、どの行にも同じ数だけある区切り文字がありません。",
            "It cannot be read as text, or no delimiter stands equally often in its lines.",
        remedy: "CSV・タブ区切り・固定長・Excel（.xlsx）で出力したファイルを指定してください。",
            "Name a file that was exported as CSV, with tabs, of fixed width, or as Excel (.xlsx).",
    }
}
