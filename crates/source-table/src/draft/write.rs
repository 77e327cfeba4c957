//! The draft as text.

use super::{
    column::{Column, ColumnKind},
    look::Look,
};
use crate::{
    mapping::{DatePattern, key},
    target::{FieldSpec, Kind, Target},
};
use std::fmt::Write as _;
use tsugite_charset::Encoding;

pub fn write(file_name: &str, look: &Look) -> String {
    let mut out = String::new();
    let target = look.target();
    head(&mut out, file_name, target);
    layout(&mut out, file_name, look);
    row(&mut out, look, target.map(|(target, _)| target));
    test(&mut out, look, target.map(|(target, _)| target));
    out
}

/// Writing to a string cannot fail.
macro_rules! line {
    ($out:expr) => { $out.push('\n') };
    ($out:expr, $($text:tt)*) => { { let _ = writeln!($out, $($text)*); } };
}

fn head(out: &mut String, file_name: &str, target: Option<(Target, usize)>) {
    line!(out, "# owner: ");
    line!(out, "# version: ");
    line!(out, "# source: ");
    line!(out, "#");
    line!(out, "# 下書きです。# のあとの説明は、そう判断した根拠です。分からないところは空けてあります。");
    line!(
        out,
        "# 確かめて直したら  tsugite mapping check このファイル  と  tsugite mapping test このファイル  を実行してください。"
    );
    line!(out);
    line!(out, "format = 1");
    line!(out, "name = \"\"            # この形の短い名前（半角英数字と -）を付けてください");
    line!(out, "title = \"\"           # 人が呼ぶ名前。例: ○○検査センターの結果CSV");
    match target {
        Some((Target::Allergy | Target::Diagnosis, _)) => {
            line!(
                out,
                "# whole_list = true   # 載っている患者について全件が必ず載るファイルなら、行頭の # を消してください"
            );
        }
        Some((Target::Lab, _)) => {
            line!(
                out,
                "partial = true        # 終わった検査から順に届くとみなします。毎回全項目が届き、ない行は取り消しなら、この行を消してください"
            );
        }
        _ => {}
    }
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let dated = DatePattern::parse("YYYYMMDD", None).ok().and_then(|pattern| pattern.find(stem, None));
    match dated {
        Some(_) => line!(out, "version_from = {{ file_name = \"YYYYMMDD\" }}   # ファイル名に8桁の日付があります"),
        None => {
            line!(
                out,
                "# version_from = {{ file_name = \"YYYYMMDD\" }}   # ファイル名に日付が入るなら # を消す。なければ届いた順に新しいとみなします"
            );
        }
    }
    line!(out);
}

fn layout(out: &mut String, file_name: &str, look: &Look) {
    line!(out, "[file]");
    if let Some(sheet) = &look.sheet {
        line!(
            out,
            "# Excel ファイルです。シート「{sheet}」を見ました。別のシートなら sheet = \"名前\" と書いてください"
        );
    }
    if let Some(encoding) = look.encoding {
        let label = match encoding {
            Encoding::ShiftJis => "cp932",
            Encoding::EucJp => "euc-jp",
            Encoding::Iso2022Jp => "iso-2022-jp",
            Encoding::Utf16Le | Encoding::Utf16Be => "utf-16le",
            Encoding::Ascii => "auto",
            Encoding::Utf8 => "utf-8",
        };
        line!(out, "encoding = \"{label}\"   # {}", look.encoding_evidence);
    }
    if let Some(length) = look.record_length {
        line!(out, "shape = \"fixed\"        # 区切り文字がなく、記録の長さがそろっています");
        line!(out, "record_length = {length}");
    } else {
        let delimiter = look.delimiter.replace('\t', "\\t");
        line!(out, "delimiter = \"{delimiter}\"         # {} 行を見て、どの行にも同じ数だけありました", look.rows);
        line!(out, "header = {}              # {}", usize::from(look.header), look.header_evidence);
        if !look.header {
            line!(out, "columns = {}", look.columns.len());
        }
    }
    line!(out);
    if !look.header {
        let end = file_name.rsplit_once('.').map_or("dat", |(_, end)| end);
        line!(out, "[recognise]");
        line!(out, "file = [\"*.{end}\"]");
        line!(out);
    }
}

fn row(out: &mut String, look: &Look, target: Option<Target>) {
    line!(out, "[[row]]");
    let Some(target) = target else {
        line!(out, "# 何の表か見出しからは決められません。次のうち合うものの # を消し、列を書いてください。");
        for target in Target::ALL {
            line!(out, "# [row.{}]   # {}", target.name(), target.title());
        }
        line!(out, "#");
        columns(out, look.columns.iter());
        line!(out);
        return;
    };
    let titles = || look.columns.iter().map(|column| column.title.as_str());
    line!(out, "[row.{}]   # {}（見出しから）", target.name(), target.title());
    let mut used = Vec::new();
    for field in target.fields() {
        let Some(column) = look.named(field.headings).filter(|column| !used.contains(&column.at)) else { continue };
        used.push(column.at);
        field_line(out, field, column);
    }
    for group in target.required() {
        let fields: Vec<&FieldSpec> = group.iter().filter_map(|at| target.fields().get(*at)).collect();
        if fields.iter().any(|field| look.named(field.headings).is_some()) {
            continue;
        }
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let all = fields.iter().map(|field| field.title).collect::<Vec<_>>().join("、");
        let first = names.first().copied().unwrap_or_default();
        line!(out, "# {first} = \"\"   # 必要ですが分かりませんでした（{all}）。列名を書いて # を消してください");
    }
    let rest: Vec<&Column> = look.columns.iter().filter(|column| !used.contains(&column.at)).collect();
    if !rest.is_empty() {
        line!(out, "# 使いみちを決められなかった列:");
        columns(out, rest.into_iter());
    }
    // Two columns of one name cannot be told apart by it.
    let doubled =
        titles().any(|title| !title.is_empty() && titles().filter(|other| key(other) == key(title)).count() > 1);
    if doubled {
        line!(out, "# 同じ列名が二つあります。column = 番号 で書き分けてください。");
    }
    line!(out);
}

fn field_line(out: &mut String, field: &FieldSpec, column: &Column) {
    let name = toml_text(&column.title);
    let value = match (&column.kind, field.kind) {
        (ColumnKind::Date(pattern), Kind::Date | Kind::EndDate) => {
            format!("{{ name = {name}, dates = [\"{pattern}\"] }}")
        }
        (ColumnKind::Digits(length), Kind::Patient) if *length >= 4 => {
            format!("{{ name = {name}, digits = {length} }}")
        }
        _ => name,
    };
    let doubt = match (&column.kind, field.kind) {
        (ColumnKind::Date(_) | ColumnKind::Empty, Kind::Date | Kind::EndDate) => "",
        (_, Kind::Date | Kind::EndDate) => "。日付の形が分かりません: dates = [\"…\"] を書いてください",
        _ => meanings(field.name),
    };
    line!(out, "{} = {value}   # {}: {}{doubt}", field.name, field.title, column.describe());
}

/// Fields whose values must have the meaning of a code.
fn meanings(field: &str) -> &'static str {
    match field {
        "flag" => "。H・L・N でなければ values = { \"書かれた値\" = \"H\" } で意味を書いてください",
        "status" => "。values = { \"書かれた値\" = \"F\" } で意味を書いてください（F 最終、P 中間、C 訂正、D 削除）",
        "category" => {
            "。values = { \"書かれた値\" = \"DA\" } で意味を書いてください（DA 薬剤、FA 食物、EA 環境、MA その他）"
        }
        "severity" => "。values = { \"書かれた値\" = \"SV\" } で意味を書いてください（SV 重度、MO 中等度、MI 軽度）",
        _ => "",
    }
}

fn columns<'c>(out: &mut String, columns: impl Iterator<Item = &'c Column>) {
    for column in columns {
        line!(out, "#   {} 列目「{}」: {}", column.at + 1, column.title, column.describe());
    }
}

/// Headings and one row of nobody, for a person to complete.
fn test(out: &mut String, look: &Look, target: Option<Target>) {
    if !look.header || look.record_length.is_some() {
        line!(out, "# 試験。実在しない患者の行を書き、できるはずの記録を expect に書いてください。");
        line!(out, "# [[test]]");
        line!(out, "# title = \"\"");
        line!(out, "# rows = \"\"\"");
        line!(out, "# \"\"\"");
        line!(out, "# expect = [ {{ fact = \"lab\", patient = \"\", value = \"\" }} ]");
        return;
    }
    let fields = target.map_or(&[][..], Target::fields);
    let titles: Vec<&str> = look.columns.iter().map(|column| column.title.as_str()).collect();
    let cells: Vec<String> = look.columns.iter().map(|column| invented(column, fields)).collect();
    line!(out, "# 試験。行は実在しない患者のものです。できるはずの記録を expect に書いてください。");
    line!(out, "[[test]]");
    line!(out, "title = \"架空の患者の1行\"");
    line!(out, "rows = \"\"\"");
    let delimiter = if look.sheet.is_some() { "," } else { look.delimiter.as_str() };
    line!(out, "{}", cells_of(titles.iter().copied(), delimiter));
    line!(out, "{}", cells_of(cells.iter().map(String::as_str), delimiter));
    line!(out, "\"\"\"");
    line!(out, "expect = [ ]");
}

/// A row of a test, as it stands inside of `"""`.
fn cells_of<'c>(cells: impl Iterator<Item = &'c str>, delimiter: &str) -> String {
    let cell = |cell: &str| match cell.contains(delimiter) || cell.contains('"') {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    };
    let row = cells.map(cell).collect::<Vec<_>>().join(delimiter);
    row.replace('\\', "\\\\").replace("\"\"\"", "\"\"\\\"")
}

/// A value of nobody that looks like those of the column.
fn invented(column: &Column, fields: &[FieldSpec]) -> String {
    let field = fields.iter().find(|field| field.headings.iter().any(|name| key(name) == key(&column.title)));
    match (&column.kind, field.map(|field| field.kind)) {
        (ColumnKind::Empty, _) => String::new(),
        (_, Some(Kind::Sex)) => "男".to_owned(),
        (ColumnKind::Date(pattern), _) => day(pattern),
        (ColumnKind::Digits(length), _) => format!("{:0>length$}", 1),
        (ColumnKind::Number, _) => "1.0".to_owned(),
        (ColumnKind::Text, Some(Kind::Patient)) => "0001".to_owned(),
        (ColumnKind::Text, Some(Kind::Value)) => "1.0".to_owned(),
        (ColumnKind::Text, _) => "試験".to_owned(),
    }
}

/// 2026-04-01 by a pattern.
fn day(pattern: &str) -> String {
    if pattern == "和暦" {
        return "令和8年4月1日".to_owned();
    }
    let parts = [
        ("YYYY", "2026"),
        ("MM", "04"),
        ("DD", "01"),
        ("hh", "09"),
        ("mm", "30"),
        ("ss", "00"),
        ("M", "4"),
        ("D", "1"),
        ("h", "9"),
    ];
    parts.iter().fold(pattern.to_owned(), |text, (part, value)| text.replace(part, value))
}

fn toml_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
