//! The delimited masters, column by column (1-based places in the comments of `spec` and of the publishers' layouts).

use super::{super::Kind, form::Form};
use crate::tables::allergens::is_price_code;
use csv::StringRecord;

/// A kept column: where it stands in the file and what it may hold.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// As the publisher calls it.
    pub title: &'static str,
    /// 0-based.
    pub at: usize,
    pub form: Form,
}

/// A delimited master. Its fields run in the order of the kept columns ([`super::super::kind::Layout::columns`]).
#[derive(Debug)]
pub struct Delimited {
    pub kind: Kind,
    pub header: bool,
    /// Columns of a row; the publisher adds some at the end from time to time.
    pub width: std::ops::RangeInclusive<usize>,
    pub fields: &'static [Field],
    /// Place of 変更区分, where parts are published.
    pub change: Option<usize>,
    /// Whether the rows are such a master's: the first row of the file, and the first one behind a header.
    pub is: fn(&StringRecord, &StringRecord) -> bool,
}

const fn field(title: &'static str, column: usize, form: Form) -> Field {
    Field { title, at: column - 1, form }
}

const NAME: Form = Form::Name;
const TEXT: Form = Form::Text;
const DAY: Form = Form::Day;

pub static ALL: &[&Delimited] =
    &[&DISEASE, &MODIFIER, &DRUG, &STANDARD_DISEASE, &STANDARD_MODIFIER, &HOT, &JFAGY, &JLAC];

static DISEASE: Delimited = Delimited {
    kind: Kind::Disease,
    header: false,
    width: 46..=60,
    fields: &[
        field("傷病名コード", 3, Form::Digits(7, false)),
        field("傷病名基本名称", 6, NAME),
        field("移行先コード", 4, Form::Digits(7, true)),
        field("傷病名省略名称", 8, TEXT),
        field("傷病名カナ名称", 10, TEXT),
        field("病名管理番号", 11, Form::Digits(8, true)),
        field("採択区分", 12, TEXT),
        field("病名交換用コード", 13, Form::Letters(4, true)),
        field("ICD-10-1", 16, TEXT),
        field("ICD-10-2", 17, TEXT),
        field("収載年月日", 22, DAY),
        field("変更年月日", 23, DAY),
        field("廃止年月日", 24, DAY),
        field("変更区分", 1, Form::Text),
    ],
    change: Some(0),
    is: |first, _| is_receipt(first, "B"),
};

static MODIFIER: Delimited = Delimited {
    kind: Kind::Modifier,
    header: false,
    width: 19..=30,
    fields: &[
        field("修飾語コード", 3, Form::Digits(4, false)),
        field("修飾語名称", 7, NAME),
        field("修飾語カナ名称", 10, TEXT),
        field("修飾語管理番号", 17, Form::Digits(8, true)),
        field("修飾語交換用コード", 18, Form::Letters(4, true)),
        field("修飾語区分", 19, TEXT),
        field("収載年月日", 14, DAY),
        field("変更年月日", 15, DAY),
        field("廃止年月日", 16, DAY),
        field("変更区分", 1, Form::Text),
    ],
    change: Some(0),
    is: |first, _| is_receipt(first, "Z"),
};

static DRUG: Delimited = Delimited {
    kind: Kind::Drug,
    header: false,
    width: 38..=60,
    fields: &[
        field("医薬品コード", 3, Form::Digits(9, false)),
        field("医薬品名・規格名", 5, NAME),
        field("医薬品カナ名", 7, TEXT),
        field("単位", 10, TEXT),
        field("薬価基準収載医薬品コード", 32, Form::Price(true)),
        field("基本漢字名称", 35, TEXT),
        field("一般名コード", 37, Form::Price(true)),
        field("一般名処方の標準的な記載", 38, TEXT),
        field("剤形", 28, TEXT),
        field("変更年月日", 30, DAY),
        field("廃止年月日", 31, DAY),
        field("経過措置年月日", 34, DAY),
        field("変更区分", 1, Form::Text),
    ],
    change: Some(0),
    is: |first, _| is_receipt(first, "Y"),
};

static STANDARD_DISEASE: Delimited = Delimited {
    kind: Kind::StandardDisease,
    header: false,
    width: 20..=20,
    fields: &[
        field("病名管理番号", 2, Form::Digits(8, false)),
        field("病名表記", 3, NAME),
        field("病名表記カナ", 4, TEXT),
        field("採択区分", 5, TEXT),
        field("病名交換用コード", 6, Form::Letters(4, true)),
        field("ICD10-2013", 7, TEXT),
        field("ICD10複数コード", 8, TEXT),
        field("傷病名マスター傷病名コード", 11, Form::Digits(7, true)),
        field("傷病名省略名称", 12, TEXT),
        field("更新日付", 15, TEXT),
        field("移行先病名管理番号", 16, Form::Digits(8, true)),
    ],
    change: None,
    is: |first, _| first.len() == 20 && digits(first.get(1), 8) && !digits(first.get(2), 8),
};

static STANDARD_MODIFIER: Delimited = Delimited {
    kind: Kind::StandardModifier,
    header: false,
    width: 10..=10,
    fields: &[
        field("修飾語管理番号", 2, Form::Digits(8, false)),
        field("修飾語表記", 3, NAME),
        field("修飾語表記カナ", 4, TEXT),
        field("修飾語交換用コード", 5, Form::Letters(4, true)),
        field("接続位置区分", 6, TEXT),
        field("修飾語区分", 7, TEXT),
        field("レセ電算修飾語コード", 9, Form::Digits(4, true)),
    ],
    change: None,
    is: |first, _| first.len() == 10 && digits(first.get(1), 8),
};

static HOT: Delimited = Delimited {
    kind: Kind::Hot,
    header: true,
    width: 24..=30,
    fields: &[
        field("基準番号（ＨＯＴコード）", 1, Form::Hot),
        field("販売名", 12, NAME),
        field("処方用番号（ＨＯＴ７）", 2, Form::Digits(7, false)),
        // The reader cuts it to nine digits.
        field("基準番号（ＨＯＴコード）", 1, Form::Hot),
        field("薬価基準収載医薬品コード", 7, Form::Price(true)),
        field("個別医薬品コード", 8, Form::Price(true)),
        field("レセプト電算処理システムコード（１）", 9, Form::Digits(9, true)),
        field("レセプト電算処理システムコード（２）", 10, Form::Digits(9, true)),
        field("告示名称", 11, TEXT),
        field("規格単位", 14, TEXT),
        field("製造会社", 21, TEXT),
        field("更新区分", 23, TEXT),
        field("更新年月日", 24, DAY),
    ],
    change: None,
    is: |first, second| {
        let named = first.iter().any(|title| title.contains("ＨＯＴコード") || title.contains("HOTコード"));
        let code = |at: usize| second.get(at).map(str::trim);
        named || (first.len() >= 24 && (digits(code(0), 9) || digits(code(0), 13)) && digits(code(1), 7))
    },
};

static JFAGY: Delimited = Delimited {
    kind: Kind::Jfagy,
    header: true,
    width: 11..=15,
    fields: &[
        field("JFAGYCODE", 2, Form::Allergen),
        field("JPTERM", 3, NAME),
        field("JPKANA", 4, TEXT),
        field("ENTERM", 5, TEXT),
        field("LEVEL", 6, TEXT),
        field("RECORDDATE", 10, DAY),
        field("ENDDATE", 11, DAY),
    ],
    change: None,
    is: |first, _| first.iter().any(|title| title.to_ascii_uppercase().replace([' ', '_'], "") == "JFAGYCODE"),
};

static JLAC: Delimited = Delimited {
    kind: Kind::Jlac,
    header: true,
    width: 32..=40,
    fields: &[
        field("JLAC10コード", 20, Form::Letters(17, true)),
        field("FHIR検査項目名称", 7, NAME),
        field("JLAC11コード", 13, Form::Letters(17, true)),
        field("FHIR識別名", 8, TEXT),
        field("略称", 9, TEXT),
        field("表示用単位", 14, TEXT),
        field("表示用単位2", 15, TEXT),
        field("JLAC10材料", 18, TEXT),
        field("JLAC10測定法", 19, TEXT),
        field("使用開始日", 31, TEXT),
        field("使用終了日", 32, TEXT),
    ],
    change: None,
    is: |first, second| {
        let is_code =
            |at: usize| second.get(at).is_some_and(|code| Form::Letters(17, false).take(code, false).is_some());
        first.len() >= 32 && (is_code(12) || is_code(19))
    },
};

/// A master of 支払基金: 変更区分, then the kind.
fn is_receipt(first: &StringRecord, kind: &str) -> bool {
    first.get(1) == Some(kind) && digits(first.get(0), 1)
}

fn digits(field: Option<&str>, length: usize) -> bool {
    field.is_some_and(|field| field.len() == length && field.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The column that tells the files of one day apart, where a master is published in several.
pub fn part(kind: Kind) -> Option<usize> {
    (kind == Kind::PriceList).then_some(4)
}

/// A workbook: which titles its header row has, and which of them are kept.
#[derive(Debug)]
pub struct Workbook {
    pub kind: Kind,
    /// Kept columns by title, in the order of the kept columns; the first of the alternatives that the header has. An empty list is
    /// a column that another sheet brings.
    pub columns: &'static [(&'static [&'static str], Form)],
    /// Titles without which it is none.
    pub required: &'static [&'static str],
}

pub static WORKBOOKS: &[&Workbook] = &[&GENERAL_NAME, &PRICE_LIST, USAGE];

static PRICE_LIST: Workbook = Workbook {
    kind: Kind::PriceList,
    columns: &[
        (&["薬価基準収載医薬品コード"], Form::Price(false)),
        (&["品名"], NAME),
        (&["成分名"], TEXT),
        (&["規格"], TEXT),
        (&["区分"], TEXT),
        (&["メーカー名"], TEXT),
        (&["経過措置による使用期限"], TEXT),
    ],
    required: &["薬価基準収載医薬品コード", "品名", "薬価"],
};

static GENERAL_NAME: Workbook = Workbook {
    kind: Kind::GeneralName,
    columns: &[
        (&["一般名コード"], Form::Price(false)),
        (&["一般名処方の標準的な記載"], NAME),
        (&["成分名"], TEXT),
        (&["規格"], TEXT),
        (&["薬価基準収載医薬品コード"], Form::Price(true)),
    ],
    required: &["一般名コード", "一般名処方の標準的な記載"],
};

pub static USAGE: &Workbook = &Workbook {
    kind: Kind::Usage,
    columns: &[
        (&["用法コード"], Form::Letters(16, false)),
        (&["用法名称"], NAME),
        (&["標準用法整理番号", "標準用法用語集整理番号"], TEXT),
        (&["使用開始日", "使用開始年月日", "開始日"], DAY),
        (&["使用終了日", "使用終了年月日", "終了日"], DAY),
    ],
    required: &["用法コード", "用法名称"],
};

/// A general name code ends in `ZZZ`.
pub fn is_general_code(code: &str) -> bool {
    is_price_code(code) && code.ends_with("ZZZ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_run_in_the_order_of_the_kept_columns() {
        for layout in ALL {
            assert_eq!(layout.fields.len(), layout.kind.layout().columns.len(), "{:?}", layout.kind);
            assert_eq!(layout.change.is_some(), layout.kind.layout().change.is_some(), "{:?}", layout.kind);
            assert!(layout.fields.iter().all(|field| field.at < *layout.width.start()), "{:?}", layout.kind);
        }
        for layout in WORKBOOKS {
            assert_eq!(layout.columns.len(), layout.kind.layout().columns.len(), "{:?}", layout.kind);
        }
    }
}
