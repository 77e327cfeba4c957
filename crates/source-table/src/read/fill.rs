//! Cells to the values of fields.

use super::{CellKind, damage::damage};
use crate::{
    issues,
    mapping::{DatePattern, FieldRule, Undecodable, key},
    target::Kind,
};
use std::borrow::Cow;
use tsugite_charset::to_half_width;
use tsugite_clinical::DateTime;
use tsugite_issue::Definition;

/// What fills a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    #[default]
    None,
    Text(String),
    Date(DateTime),
}

impl Value {
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub const fn date(&self) -> Option<DateTime> {
        match self {
            Self::Date(at) => Some(*at),
            _ => None,
        }
    }
}

/// What a cell of the file gave.
#[derive(Clone, Debug, Default)]
pub struct Found<'t> {
    pub text: Cow<'t, str>,
    pub kind: CellKind,
    /// The last character was cut in two, and left out.
    pub cut: bool,
}

/// A value, and what is to be said of it. A fault keeps the record from being used; a remark does not.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    pub value: Value,
    pub remark: Option<&'static Definition>,
    pub fault: Option<&'static Definition>,
}

impl Filled {
    fn of(value: Value) -> Self {
        Self { value, ..Self::default() }
    }

    fn remark(definition: &'static Definition) -> Self {
        Self { remark: Some(definition), ..Self::default() }
    }

    fn fault(definition: &'static Definition) -> Self {
        Self { fault: Some(definition), ..Self::default() }
    }
}

/// Reads the text of a field.
pub fn fill(rule: &FieldRule, kind: Kind, found: Found<'_>, undecodable: Undecodable) -> Filled {
    let cut = found.cut.then_some(&issues::CELL_CUT);
    let mut text = found.text;
    if text.contains('\u{FFFD}') {
        if undecodable == Undecodable::Hold || kind != Kind::Text {
            return Filled::fault(&issues::UNDECODABLE);
        }
        text = Cow::Owned(text.replace('\u{FFFD}', "〓"));
    }
    let mut filled = read(rule, kind, &text, found.kind);
    filled.remark = filled.remark.or(cut);
    filled
}

fn read(rule: &FieldRule, kind: Kind, text: &str, cell: CellKind) -> Filled {
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{0}');
    if trimmed.is_empty() || (!rule.null.is_empty() && rule.null.contains(&key(trimmed))) {
        return Filled::default();
    }
    let half = if kind == Kind::Text { Cow::Borrowed(trimmed) } else { to_half_width(trimmed) };
    if matches!(kind, Kind::Date | Kind::EndDate) {
        return date(rule, kind, half.trim(), cell);
    }
    if let Some(definition) = damage(kind, rule, half.trim(), cell) {
        return Filled::fault(definition);
    }
    let mut value = match meaning(rule, trimmed) {
        Meaning::Of("") => return Filled::default(),
        Meaning::Of(meaning) => meaning.to_owned(),
        Meaning::Unknown if matches!(kind, Kind::Status | Kind::YesNo) => {
            return Filled::fault(&issues::VALUE_UNDECIDED);
        }
        Meaning::Unknown => return Filled::remark(&issues::VALUE_UNKNOWN),
        // Numbers count otherwise in every system.
        Meaning::Itself if kind == Kind::Status && half.trim().bytes().all(|byte| byte.is_ascii_digit()) => {
            return Filled::fault(&issues::VALUE_UNDECIDED);
        }
        // A result keeps its blanks and its width: `terminology` reads it.
        Meaning::Itself if kind == Kind::Value => trimmed.to_owned(),
        Meaning::Itself => half.trim().to_owned(),
    };
    if kind == Kind::Patient {
        value.retain(|c| !c.is_whitespace());
    }
    if rule.strip_zeros {
        let rest = value.trim_start_matches('0');
        value = if rest.is_empty() { "0".to_owned() } else { rest.to_owned() };
    }
    if let Some(width) = rule.pad
        && value.bytes().all(|byte| byte.is_ascii_digit())
    {
        value = format!("{value:0>width$}");
    }
    match kind {
        Kind::Sex => known(sex(&value)),
        Kind::Class => known(class(&value)),
        Kind::YesNo => match says_yes(&value) {
            Some(true) => Filled::of(Value::Text("1".to_owned())),
            Some(false) => Filled::default(),
            None => Filled::fault(&issues::VALUE_UNDECIDED),
        },
        _ => Filled::of(Value::Text(value)),
    }
}

enum Meaning<'r> {
    Itself,
    Of(&'r str),
    Unknown,
}

fn meaning<'r>(rule: &'r FieldRule, text: &str) -> Meaning<'r> {
    let Some(values) = &rule.values else {
        return Meaning::Itself;
    };
    match (values.get(&key(text)), &rule.otherwise) {
        (Some(meaning), _) => Meaning::Of(meaning),
        (None, Some(otherwise)) => Meaning::Of(otherwise),
        (None, None) => Meaning::Unknown,
    }
}

fn known(value: Option<&str>) -> Filled {
    value.map_or_else(|| Filled::remark(&issues::VALUE_UNKNOWN), |value| Filled::of(Value::Text(value.to_owned())))
}

fn date(rule: &FieldRule, kind: Kind, text: &str, cell: CellKind) -> Filled {
    if text.bytes().all(|byte| byte == b'0') || text.bytes().all(|byte| byte == b'9') {
        return Filled::default();
    }
    let of_sheet = || {
        let patterns = ["YYYY/M/D", "YYYY/M/D h:mm:ss"].iter().filter_map(|text| DatePattern::parse(text, None).ok());
        patterns.into_iter().find_map(|pattern| pattern.read(text, None))
    };
    let by_rule = rule.dates.iter().find_map(|pattern| pattern.read(text, rule.pivot));
    let found = by_rule.or_else(|| if cell == CellKind::Date { of_sheet() } else { None });
    match found {
        Some(at) => Filled::of(Value::Date(at)),
        None if kind == Kind::EndDate => Filled::fault(&issues::DATE_UNDECIDED),
        None => Filled::remark(&issues::DATE_INVALID),
    }
}

/// M, F, O or U.
fn sex(text: &str) -> Option<&'static str> {
    Some(match text.to_uppercase().as_str() {
        "1" | "M" | "男" | "男性" | "♂" | "MALE" => "M",
        "2" | "F" | "女" | "女性" | "♀" | "FEMALE" => "F",
        "O" | "その他" => "O",
        "9" | "U" | "不明" => "U",
        _ => return None,
    })
}

/// AMB, IMP or EMER.
fn class(text: &str) -> Option<&'static str> {
    Some(match text.to_uppercase().as_str() {
        "AMB" | "外来" | "外" | "O" => "AMB",
        "IMP" | "入院" | "入" | "I" => "IMP",
        "EMER" | "救急" | "E" => "EMER",
        _ => return None,
    })
}

/// Marks and words of 主病名 and 疑い; a number behind 1, or another word, may mean anything.
fn says_yes(text: &str) -> Option<bool> {
    Some(match text.to_uppercase().as_str() {
        "1" | "01" | "Y" | "YES" | "T" | "TRUE" | "有" | "有り" | "あり" | "はい" | "該当" | "レ" | "*" | "※" | "+"
        | "主" | "主病" | "主病名" | "主傷病" | "主傷病名" | "疑" | "疑い" | "の疑い" | "疑い病名" | "疑い有"
        | "疑いあり" => true,
        "0" | "00" | "N" | "NO" | "F" | "FALSE" | "無" | "無し" | "なし" | "いいえ" | "非該当" | "-" | "×" | "✕"
        | "副" | "副病" | "副病名" | "副傷病" | "副傷病名" | "従" | "確定" | "確定病名" | "確診" => {
            false
        }
        mark if mark.chars().all(|c| "○◯〇●◎✓✔☑★☆■".contains(c)) => true,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(kind: Kind, rule: &FieldRule, text: &str) -> Result<Option<String>, &'static str> {
        let found = Found { text: text.into(), ..Found::default() };
        let filled = fill(rule, kind, found, Undecodable::Replace);
        match filled.fault.or(filled.remark) {
            Some(definition) => Err(definition.code),
            None => Ok(filled.value.text().map(str::to_owned)),
        }
    }

    #[test]
    fn cells_become_what_their_kind_says() {
        let plain = FieldRule::default();
        let padded = FieldRule { digits: vec![8], pad: Some(8), ..FieldRule::default() };
        let null = FieldRule { null: vec![key("－"), key("未実施")], ..FieldRule::default() };
        let flags = FieldRule {
            values: Some([("1".to_owned(), "H".to_owned()), (key("正"), String::new())].into()),
            ..FieldRule::default()
        };
        for (kind, rule, written, expected) in [
            (Kind::Code, &plain, " ＡＢ１２ ", Ok(Some("AB12"))),
            (Kind::Text, &plain, "　山田　太郎　", Ok(Some("山田　太郎"))),
            (Kind::Patient, &plain, "００ １２", Ok(Some("0012"))),
            (Kind::Patient, &padded, "12", Ok(Some("00000012"))),
            (Kind::Value, &plain, " <０．１", Ok(Some("<０．１"))),
            (Kind::Code, &plain, "　", Ok(None)),
            (Kind::Code, &null, "-", Ok(None)),
            (Kind::Text, &null, "未 実施", Ok(None)),
            (Kind::Code, &flags, "１", Ok(Some("H"))),
            (Kind::Code, &flags, "正", Ok(None)),
            (Kind::Code, &flags, "7", Err("TABLE-021")),
            (Kind::Sex, &plain, "女性", Ok(Some("F"))),
            (Kind::Sex, &plain, "？", Err("TABLE-021")),
            (Kind::Class, &plain, "入院", Ok(Some("IMP"))),
            (Kind::YesNo, &plain, "○", Ok(Some("1"))),
            (Kind::YesNo, &plain, "０", Ok(None)),
            (Kind::YesNo, &plain, "副", Ok(None)),
            (Kind::YesNo, &plain, "確定", Ok(None)),
            (Kind::YesNo, &plain, "２", Err("TABLE-030")),
            (Kind::YesNo, &flags, "7", Err("TABLE-030")),
            (Kind::Status, &flags, "削除", Err("TABLE-030")),
            (Kind::Status, &plain, "治癒", Ok(Some("治癒"))),
            (Kind::Status, &plain, "２", Err("TABLE-030")),
            (Kind::EndDate, &plain, "2026/2/30", Err("TABLE-031")),
            (Kind::EndDate, &plain, "99999999", Ok(None)),
            (Kind::Text, &plain, "山\u{FFFD}田", Ok(Some("山〓田"))),
            (Kind::Code, &plain, "1\u{FFFD}", Err("TABLE-015")),
        ] {
            assert_eq!(
                text(kind, rule, written),
                expected.map(|text: Option<&str>| text.map(str::to_owned)),
                "{written}"
            );
        }
    }

    #[test]
    fn a_date_that_none_of_the_patterns_reads_is_told() {
        let rule = FieldRule { dates: vec![DatePattern::Era], ..FieldRule::default() };
        let read = |text: &str, kind| {
            fill(&rule, Kind::Date, Found { text: text.into(), kind, cut: false }, Undecodable::Replace)
        };
        assert_eq!(read("Ｓ３３．３．３", CellKind::Text).value.date().unwrap().to_string(), "1958-03-03");
        assert_eq!(read("1958/3/3", CellKind::Text).remark.unwrap().code, "TABLE-009");
        assert_eq!(read("1958/3/3", CellKind::Date).value.date().unwrap().to_string(), "1958-03-03");
        assert_eq!(read("00000000", CellKind::Text).value, Value::None);
    }
}
