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
