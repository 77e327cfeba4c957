//! What this crate can say.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[
    &FILE_UNREADABLE,
    &COLUMN_MISSING,
    &ROW_IGNORED,
    &FILE_UNKNOWN,
    &CODE_SYSTEM_UNREADABLE,
    &DISEASE_UNCODED,
    &MODIFIER_AS_TEXT,
    &ICD10_MALFORMED,
    &OUTCOME_UNKNOWN,
    &ALLERGEN_UNCODED,
    &ALLERGEN_OF_OTHER_CATEGORY,
    &LOCAL_CODE_CHANGED,
    &UNITS_DISAGREE,
    &SHARED_ITEM_WITHDRAWN,
    &DISPLAY_REPAIRED,
    &MASTER_NEEDED,
    &NOT_IN_MASTER,
    &CODE_MOVED,
    &CODE_RETIRED,
    &CODE_OF_OTHER_EDITION,
    &YJ_OF_PRICE_LIST,
    &CODE_AMBIGUOUS,
    &DRUG_UNCODED,
    &USAGE_UNCODED,
    &DRUG_UNIT_UNKNOWN,
    &LOCAL_UNIT_CHANGED,
    &MASTER_UNKNOWN,
    &MASTER_UNREADABLE,
    &MASTER_WIDTH,
    &MASTER_VALUE,
    &MASTER_EMPTY,
    &MASTER_UNDATED,
    &MASTER_PART_WITHOUT_WHOLE,
    &MASTER_DAMAGED,
];

macro_rules! definitions {
    ($($(#[$doc:meta])* $name:ident = $code:literal $severity:ident
        $text:expr, $text_en:expr;
        $cause:expr, $cause_en:expr;
        $remedy:expr, $remedy_en:expr;
        $source:expr;)*) => {
        $($(#[$doc])* pub static $name: Definition = Definition {
            code: $code,
            severity: Severity::$severity,
            text: Text::new($text, $text_en),
            cause: Text::new($cause, $cause_en),
            remedy: Text::new($remedy, $remedy_en),
            source: $source,
        };)*
    };
}

definitions! {
    /// A table file, or a row of it, is no CSV.
    FILE_UNREADABLE = "TERM-001" Error
        "対応表 {file} を読み取れません", "the mapping file {file} cannot be read";
        "CSVとして読み取れない行があります。", "A line is not valid CSV or not UTF-8.";
        "表計算ソフトで開き、UTF-8のCSVとして保存し直してください。", "Open it in a spreadsheet program and save it again as CSV in UTF-8.";
        "mappings/README.md";
    /// The header lacks a column.
    COLUMN_MISSING = "TERM-002" Error
        "対応表 {file} に列「{column}」がありません", "the mapping file {file} lacks the column `{column}`";
        "1行目の見出しが決められたものと違います。", "The first line does not name the columns as it should.";
        "1行目の見出しを直してください。", "Correct the first line.";
        "mappings/README.md";
    /// A row says something that cannot be.
    ROW_IGNORED = "TERM-003" Warning
        "対応表 {file} の行を使えません", "a row of the mapping file {file} cannot be used";
        "コードの桁数や分類名が決められたものと違います。", "A code has the wrong form, or a name is not one of those allowed.";
        "示された行を直してください。ほかの行は使われています。", "Correct the line. The other rows are in use.";
        "mappings/README.md";
    /// The operator's folder holds a file of another name.
    FILE_UNKNOWN = "TERM-004" Warning
        "{file} という対応表はありません", "there is no mapping file of the name {file}";
        "ファイル名が決められたものと違うため、読み飛ばしました。", "The name is none of those that are read, so the file was skipped.";
        "ファイル名を確かめてください。", "Check the name of the file.";
        "mappings/README.md";
    /// A resource of a package is no CodeSystem.
    CODE_SYSTEM_UNREADABLE = "TERM-005" Error
        "パッケージ内の {file} を読み取れません", "{file} of a package cannot be read";
        "ファイルが壊れているか、CodeSystemではありません。", "The file is damaged, or is no CodeSystem.";
        "パッケージを入れ直してください。", "Install the package again.";
        "";
    /// Disease said in text.
    DISEASE_UNCODED = "TERM-010" Information
        "病名管理番号がない傷病名を未コード化傷病名として送ります", "a disease without a 病名管理番号 is sent as text";
        "電子カルテに標準病名の番号がありません。", "The record has no number of the standard disease list.";
        "標準病名を選び直すか、対応表 diseases.csv に番号を加えてください。", "Choose a standard disease in the record, or add the number to diseases.csv.";
        "rules §1";
    /// Modifier said in text.
    MODIFIER_AS_TEXT = "TERM-011" Information
        "修飾語を病名の文字列だけで表します", "a modifier of a disease is said in the text only";
        "修飾語管理番号がありません（交換用コードだけでは送れません）。", "There is no 修飾語管理番号; an exchange code alone cannot be sent.";
        "必要なら対応表 modifiers.csv に番号を加えてください。", "If it matters, add the number to modifiers.csv.";
        "JP-CLINS JP_Condition_DiseasePrefixModifier";
    /// Not of the form of ICD-10.
    ICD10_MALFORMED = "TERM-012" Warning
        "ICD-10の形ではないコードを省きました", "a code that is not of the form of ICD-10 was left out";
        "コードの書き方が誤っています。", "The code is written wrongly.";
        "電子カルテの病名マスタを確かめてください。", "Check the disease master of the record.";
        "";
    /// Outcome that no table knows.
    OUTCOME_UNKNOWN = "TERM-013" Warning
        "転帰の意味が分からないため、継続中として扱います", "the outcome is not known: the disease counts as active";
        "転帰の書き方が対応表にありません。", "The outcome is written in a way that no table has.";
        "電子カルテの転帰を確かめてください。", "Check the outcome in the record.";
        "rules §4";
    /// Allergen said in text.
    ALLERGEN_UNCODED = "TERM-020" Information
        "標準コードがないアレルゲンを文字列で送ります", "an allergen without a standard code is sent as text";
        "電子カルテにJ-FAGYやYJのコードがありません。", "The record has no J-FAGY or YJ code.";
        "必要なら対応表 allergens.csv にコードを加えてください。", "If it matters, add the code to allergens.csv.";
        "rules §1";
    /// The source's category stands.
    ALLERGEN_OF_OTHER_CATEGORY = "TERM-021" Warning
        "アレルギーの分類（{category}）とアレルゲンのコード（{family}）が合いません", "the category of the allergy ({category}) and the family of its code ({family}) disagree";
        "電子カルテで分類とアレルゲンが別々に選ばれています。", "Category and allergen were chosen apart from each other.";
        "電子カルテの登録を確かめてください。分類のとおりに送ります。", "Check the entry. The category is sent as it stands.";
        "rules §1";
    /// Local laboratory codes have a narrow alphabet.
    LOCAL_CODE_CHANGED = "TERM-030" Information
        "施設の検査コードの文字を改めました", "the characters of a local laboratory code were changed";
        "施設の検査コードに使える文字は半角英数字、ハイフン、下線だけです。", "Local laboratory codes may hold ASCII letters, digits, `-` and `_` only.";
        "対応は要りません。", "Nothing needs to be done.";
        "JP-CLINS JP_Observation_LabResult_eCS";
    /// Two units for one number.
    UNITS_DISAGREE = "TERM-031" Warning
        "結果値の中の単位と単位欄が違うため、文字列として送ります", "the unit inside the value differs from the unit field: sent as text";
        "検査システムの単位の設定が誤っています。", "The laboratory system is set up with another unit.";
        "検査項目の単位の設定を確かめてください。", "Check the unit of the item in the laboratory system.";
        "";
    /// An item that later versions took back.
    SHARED_ITEM_WITHDRAWN = "TERM-032" Information
        "共有項目から外された検査を未標準化コードで送ります", "an item that was taken off the shared list is sent as uncoded";
        "新しい版の実装ガイドで外された項目です。", "A later version of the guide removed the item.";
        "対応は要りません。", "Nothing needs to be done.";
        "JP-CLINS 1.10.0-20250522";
    /// Machine-dependent characters.
    DISPLAY_REPAIRED = "TERM-040" Information
        "名称の機種依存文字や半角カナを改めました（{kind}）", "machine-dependent characters or half-width kana in a name were replaced ({kind})";
        "共有サービスでは使えない文字です。", "The sharing service does not take these characters.";
        "対応は要りません。", "Nothing needs to be done.";
        "rules §1";
    /// A code whose master is not installed.
    MASTER_NEEDED = "TERM-050" Warning
        "コードを引くための {master} が取り込まれていません", "the master for a code is not installed: {master_en}";
        "マスターがないと、コードを標準コードに変えられません。", "Without the master the code cannot be turned into a standard one.";
        "公表元からダウンロードし、tsugite master add ファイル で取り込んでください。", "Download it from its publisher and run `tsugite master add FILE`.";
        "rules §1";
    /// A code that no edition has.
    NOT_IN_MASTER = "TERM-051" Information
        "{master} にないコードです", "a code is not in the master: {master_en}";
        "コードが誤っているか、取り込んだマスターより新しい、または廃止済みのコードです。", "The code is wrong, newer than the installed editions, or was given up before them.";
        "tsugite master list で版を確かめ、記録の日に合う版を加えてください。", "Look at `tsugite master list`, and add the edition of the time of the record.";
        "rules §1";
    /// 移行先コード was followed.
    CODE_MOVED = "TERM-052" Information
        "廃止されたコードを移行先のコードで送ります", "a retired code is sent as its successor";
        "記録の日にはもう廃止されていたコードです。", "The code was retired on the day of the record.";
        "対応は要りません。電子カルテの病名マスタが古い可能性があります。", "Nothing needs to be done. The master of the record may be old.";
        "支払基金 移行先コード";
    /// No successor.
    CODE_RETIRED = "TERM-053" Information
        "廃止されたコードですが、移行先がないためそのまま使います", "a retired code without a successor is used as it is";
        "マスターに移行先コードがありません。", "The master names no successor.";
        "新しいコードを選び直せるなら、電子カルテで直してください。", "Choose a current code in the record if there is one.";
        "支払基金 移行先コード";
    /// Another time's edition.
    CODE_OF_OTHER_EDITION = "TERM-054" Information
        "記録の日の版にないコードを別の版（{date}）から引きました", "a code was found only in an edition of another time ({date})";
        "記録の日に合う版が取り込まれていないか、その版で外されたコードです。", "The edition of the day is not installed, or left the code out.";
        "記録の日に合う版があれば tsugite master add で加えてください。", "Add the edition of the time of the record, if you have it.";
        "";
    /// 薬価基準コード as YJ.
    YJ_OF_PRICE_LIST = "TERM-055" Information
        "薬価基準収載医薬品コードをYJコードとして送ります", "the code of the price list is sent as the YJ code";
        "HOTコードマスターがないため、個別医薬品コードを確かめられません。", "Without the HOT master the individual drug code cannot be checked.";
        "MEDISのHOTコードマスターを取り込むと確かになります。", "Install the HOT master of MEDIS to be sure.";
        "統一名収載";
    /// More than one candidate.
    CODE_AMBIGUOUS = "TERM-056" Information
        "一つのコードに複数の{link}があり、選べません", "several codes ({link_en}) belong to one code, and nothing says which";
        "統一名収載の薬のように、一つのコードが複数の品目を指します。", "One code stands for several products, as with drugs listed under a general name.";
        "必要なら電子カルテで品目のコードを設定してください。推測では選びません。", "Set the product's own code in the record if it matters. Nothing is guessed.";
        "rules §1";
    /// Drug said in text.
    DRUG_UNCODED = "TERM-057" Information
        "標準コードがない薬を文字列で送ります", "a drug without a standard code is sent as text";
        "YJコードも一般名コードも分かりません。", "Neither a YJ code nor a general name code is known.";
        "医薬品マスターとHOTコードマスターを取り込むか、対応表 drugs.csv にコードを加えてください。", "Install the drug master and the HOT master, or add the code to drugs.csv.";
        "rules §1";
    /// Usage said in text.
    USAGE_UNCODED = "TERM-058" Information
        "電子処方箋用法コードがない用法をダミーコードと文字列で送ります", "a usage without an e-prescription code is sent as text with the dummy code";
        "用法が文字列だけか、用法マスタで引けないコードです。", "The usage is text only, or its code is not in the usage master.";
        "対応は要りません。電子処方箋用法マスタを取り込むとコードで送れることがあります。", "Nothing needs to be done. With the usage master installed a code may be found.";
        "JP-CLINS R5020";
    /// No MERIT-9 unit.
    DRUG_UNIT_UNKNOWN = "TERM-059" Information
        "薬の単位のコードが分からないため文字列だけで送ります", "the unit of a drug has no code: sent as text";
        "単位の書き方が対応表にありません。", "The unit is written in a way that no table has.";
        "単位の書き方を確かめてください。", "Check how the unit is written.";
        "MERIT-9";
    /// A mapped code came with another unit.
    LOCAL_UNIT_CHANGED = "TERM-033" Warning
        "対応を確かめたときと単位が違うため、施設コードのまま送ります", "the unit is not the one for which the code was mapped: sent with the local code only";
        "検査会社が単位か検査法を変えた可能性があります。", "The laboratory may have changed the unit or the method.";
        "検査会社に確かめ、tsugite codes で対応を確かめ直してください。", "Ask the laboratory, and confirm the mapping again with `tsugite codes`.";
        "";
    /// None of the masters.
    MASTER_UNKNOWN = "TERM-060" Error
        "{file} はどのマスターでもありません（読めるもの: {known}）", "{file} is none of the masters that are read ({known_en})";
        "内容（列の数、見出し、コードの形）がどのマスターとも違います。", "Its content (columns, titles, forms of codes) is that of no master.";
        "公表元からダウンロードしたままのファイルを指定してください。表計算ソフトで列を変えたファイルは読めません。", "Give the file as it was downloaded. A file whose columns were changed in a spreadsheet program cannot be read.";
        "";
    /// Damaged zip, workbook or text.
    MASTER_UNREADABLE = "TERM-061" Error
        "{file} を読み取れません（{line}行目）", "{file} cannot be read (line {line})";
        "ファイルが壊れているか、途中で切れています。", "The file is damaged or cut off.";
        "もう一度ダウンロードしてください。", "Download it again.";
        "";
    /// Another number of columns.
    MASTER_WIDTH = "TERM-062" Error
        "{file} の{line}行目は{actual}列です（{master} は{expected}列以上）", "{file} line {line} has {actual} columns ({master_en} has {expected} or more)";
        "列が欠けているか、行の途中で切れています。", "Columns are missing, or the line is cut off.";
        "公表元のファイルをそのまま指定してください。版が新しい場合は、このプログラムの更新も確かめてください。", "Give the publisher's file unchanged. If the edition is new, look for a newer version of this program.";
        "";
    /// A field of another form.
    MASTER_VALUE = "TERM-063" Error
        "{file} の{line}行目{column}列目「{title}」が違います（{expected}のはず）", "{file} line {line} column {column} ({title}) is wrong: {expected_en} expected";
        "表計算ソフトで保存し直すと、先頭の0が消えたり、コードが日付や指数になったりします。", "A spreadsheet program drops leading zeros and turns codes into dates or powers when it saves.";
        "公表元のファイルをそのまま指定してください。", "Give the publisher's file unchanged.";
        "";
    /// A master without rows.
    MASTER_EMPTY = "TERM-064" Error
        "{file} に行がありません（{master}）", "{file} has no rows ({master_en})";
        "見出しだけのファイルか、途中で切れたファイルです。", "The file has a header only, or is cut off.";
        "もう一度ダウンロードしてください。", "Download it again.";
        "";
    /// No date of the edition.
    MASTER_UNDATED = "TERM-065" Error
        "{file} がいつの版か分かりません", "it is not known from when on {file} is in force";
        "ファイル名にも内容にも日付がありません。", "Neither its name nor its content has a date.";
        "tsugite master add --date 2026-04-01 ファイル のように日付を付けてください。", "Give the date: `tsugite master add --date 2026-04-01 FILE`.";
        "";
    /// Changes without what they change.
    MASTER_PART_WITHOUT_WHOLE = "TERM-066" Error
        "{file} は変更分だけのファイルで、もとになる版がありません（{master}）", "{file} holds changes only, and the edition that they change is not installed ({master_en})";
        "変更区分0の行がないファイルは、直前の版に重ねて使います。", "A file without rows of 変更区分 0 is put over the edition before it.";
        "先に全件のファイルを取り込んでください。", "Install a whole master first.";
        "支払基金 変更区分";
    /// A kept edition is unusable.
    MASTER_DAMAGED = "TERM-067" Error
        "取り込んだマスター {file} を使えません", "the installed master {file} cannot be used";
        "ファイルが壊れているか、別の版のプログラムで取り込まれました。", "The file is damaged, or was installed by another version of the program.";
        "tsugite master add で取り込み直してください。", "Install it again with `tsugite master add`.";
        "";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_texts_complete() {
        let mut codes: Vec<_> = ALL.iter().map(|definition| definition.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
        for definition in ALL {
            assert!(definition.code.starts_with("TERM-"), "{}", definition.code);
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", definition.code);
            }
        }
    }
}
