//! Which masters there are and which columns of them are kept.

use tsugite_issue::Text;

/// A master that an operator downloads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 支払基金 傷病名マスター (b).
    Disease,
    /// 支払基金 修飾語マスター (z).
    Modifier,
    /// 支払基金 医薬品マスター (y).
    Drug,
    /// 薬価基準収載品目リスト.
    PriceList,
    /// 一般名処方マスタ.
    GeneralName,
    /// MEDIS 標準病名マスター, 病名基本 (nmain).
    StandardDisease,
    /// MEDIS 標準病名マスター, 修飾語 (mdfy).
    StandardModifier,
    /// MEDIS 医薬品HOTコードマスター.
    Hot,
    /// J-FAGY アレルゲンコード.
    Jfagy,
    /// 共有項目JLACコードマスタ.
    Jlac,
    /// 電子処方箋用法マスタ.
    Usage,
}

/// The kept columns of a master, and those that are looked up.
#[derive(Debug)]
pub struct Layout {
    /// Column names: the first two are code and name.
    pub columns: &'static [&'static str],
    /// Each is one index over the values of one or more columns.
    pub indexes: &'static [&'static [usize]],
    /// 廃止日, where the master has one: from that day on the row is retired.
    pub ended: Option<usize>,
    /// 移行先, where the master has one.
    pub successor: Option<usize>,
    /// 変更区分, where parts of the master are published.
    pub change: Option<usize>,
}

pub const CODE: usize = 0;
pub const NAME: usize = 1;

/// Columns by name, so that a chain reads as what it does.
pub mod col {
    pub mod disease {
        pub const SUCCESSOR: usize = 2;
        pub const KANA: usize = 4;
        pub const NUMBER: usize = 5;
        pub const EXCHANGE: usize = 7;
        pub const ICD10: [usize; 2] = [8, 9];
    }
    pub mod modifier {
        pub const NUMBER: usize = 3;
        pub const EXCHANGE: usize = 4;
        pub const CATEGORY: usize = 5;
    }
    pub mod drug {
        pub const PRICE_CODE: usize = 4;
        pub const GENERAL_CODE: usize = 6;
        pub const GENERAL_NAME: usize = 7;
    }
    pub mod general {
        pub const PRICE_CODE: usize = 4;
    }
    pub mod standard_disease {
        pub const EXCHANGE: usize = 4;
        pub const ICD10: [usize; 2] = [5, 6];
        pub const SUCCESSOR: usize = 10;
    }
    pub mod standard_modifier {
        pub const EXCHANGE: usize = 3;
    }
    pub mod hot {
        pub const PRICE_CODE: usize = 4;
        pub const YJ: usize = 5;
    }
    pub mod jlac {
        pub const IDENTIFIER: usize = 3;
        pub const ABBREVIATION: usize = 4;
        pub const UNIT: usize = 5;
    }
}

/// The indexes of a kind by what is looked up.
pub mod by {
    pub const CODE: usize = 0;
    pub mod disease {
        pub const NUMBER: usize = 2;
    }
    pub mod modifier {
        pub const NUMBER: usize = 2;
        pub const EXCHANGE: usize = 3;
    }
    pub mod drug {
        pub const PRICE_CODE: usize = 2;
        pub const GENERAL_CODE: usize = 3;
    }
    pub mod general {
        pub const PRICE_CODE: usize = 2;
    }
    pub mod standard_disease {
        pub const RECEIPT: usize = 2;
    }
    pub mod standard_modifier {
        pub const RECEIPT: usize = 2;
    }
    pub mod hot {
        pub const PRICE_CODE: usize = 6;
        pub const HOT7: usize = 2;
        pub const HOT9: usize = 3;
        pub const YJ: usize = 4;
        pub const RECEIPT: usize = 5;
    }
}

static DISEASE: Layout = Layout {
    columns: &[
        "code",
        "name",
        "successor",
        "short",
        "kana",
        "number",
        "adoption",
        "exchange",
        "icd10",
        "icd10_other",
        "listed",
        "changed",
        "ended",
        "change",
    ],
    indexes: &[&[0], &[1], &[5], &[7]],
    ended: Some(12),
    successor: Some(col::disease::SUCCESSOR),
    change: Some(13),
};
static MODIFIER: Layout = Layout {
    columns: &["code", "name", "kana", "number", "exchange", "category", "listed", "changed", "ended", "change"],
    indexes: &[&[0], &[1], &[3], &[4]],
    ended: Some(8),
    successor: None,
    change: Some(9),
};
static DRUG: Layout = Layout {
    columns: &[
        "code",
        "name",
        "kana",
        "unit",
        "price_code",
        "basic_name",
        "general_code",
        "general_name",
        "form",
        "changed",
        "ended",
        "transitional",
        "change",
    ],
    indexes: &[&[0], &[1], &[4], &[6]],
    ended: Some(10),
    successor: None,
    change: Some(12),
};
static PRICE_LIST: Layout = Layout {
    columns: &["code", "name", "ingredient", "specification", "section", "maker", "until"],
    indexes: &[&[0], &[1]],
    ended: None,
    successor: None,
    change: None,
};
static GENERAL_NAME: Layout = Layout {
    columns: &["code", "name", "ingredient", "specification", "price_code"],
    indexes: &[&[0], &[1], &[4]],
    ended: None,
    successor: None,
    change: None,
};
static STANDARD_DISEASE: Layout = Layout {
    columns: &[
        "number",
        "name",
        "kana",
        "adoption",
        "exchange",
        "icd10",
        "icd10_other",
        "receipt_code",
        "short",
        "updated",
        "successor",
    ],
    indexes: &[&[0], &[1], &[7], &[4]],
    ended: None,
    successor: Some(col::standard_disease::SUCCESSOR),
    change: None,
};
static STANDARD_MODIFIER: Layout = Layout {
    columns: &["number", "name", "kana", "exchange", "position", "category", "receipt_code"],
    indexes: &[&[0], &[1], &[6]],
    ended: None,
    successor: None,
    change: None,
};
static HOT: Layout = Layout {
    columns: &[
        "code",
        "name",
        "hot7",
        "hot9",
        "price_code",
        "yj",
        "receipt1",
        "receipt2",
        "notified",
        "specification",
        "maker",
        "update",
        "updated",
    ],
    indexes: &[&[0], &[1], &[2], &[3], &[5], &[6, 7], &[4]],
    ended: None,
    successor: None,
    change: None,
};
static JFAGY: Layout = Layout {
    columns: &["code", "name", "kana", "english", "level", "listed", "ended"],
    indexes: &[&[0], &[1]],
    ended: Some(6),
    successor: None,
    change: None,
};
static JLAC: Layout = Layout {
    columns: &[
        "code",
        "name",
        "jlac11",
        "identifier",
        "abbreviation",
        "unit",
        "unit2",
        "material",
        "method",
        "listed",
        "ended",
    ],
    indexes: &[&[0], &[1], &[2], &[3]],
    ended: Some(10),
    successor: None,
    change: None,
};
static USAGE: Layout = Layout {
    columns: &["code", "name", "number", "listed", "ended"],
    indexes: &[&[0], &[1]],
    ended: Some(4),
    successor: None,
    change: None,
};

impl Kind {
    pub const ALL: [Self; 11] = [
        Self::Disease,
        Self::Modifier,
        Self::Drug,
        Self::PriceList,
        Self::GeneralName,
        Self::StandardDisease,
        Self::StandardModifier,
        Self::Hot,
        Self::Jfagy,
        Self::Jlac,
        Self::Usage,
    ];

    /// Its place in [`Self::ALL`]; also its number in files, so places never change.
    pub(crate) const fn place(self) -> usize {
        match self {
            Self::Disease => 0,
            Self::Modifier => 1,
            Self::Drug => 2,
            Self::PriceList => 3,
            Self::GeneralName => 4,
            Self::StandardDisease => 5,
            Self::StandardModifier => 6,
            Self::Hot => 7,
            Self::Jfagy => 8,
            Self::Jlac => 9,
            Self::Usage => 10,
        }
    }

    /// For file names and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Disease => "receipt-disease",
            Self::Modifier => "receipt-modifier",
            Self::Drug => "receipt-drug",
            Self::PriceList => "price-list",
            Self::GeneralName => "general-name",
            Self::StandardDisease => "standard-disease",
            Self::StandardModifier => "standard-modifier",
            Self::Hot => "hot",
            Self::Jfagy => "jfagy",
            Self::Jlac => "shared-jlac",
            Self::Usage => "usage",
        }
    }

    pub const fn title(self) -> Text {
        match self {
            Self::Disease => Text::new("支払基金 傷病名マスター (b)", "receipt disease master (b)"),
            Self::Modifier => Text::new("支払基金 修飾語マスター (z)", "receipt modifier master (z)"),
            Self::Drug => Text::new("支払基金 医薬品マスター (y)", "receipt drug master (y)"),
            Self::PriceList => Text::new("薬価基準収載品目リスト", "drug price list"),
            Self::GeneralName => Text::new("一般名処方マスタ", "general name prescription master"),
            Self::StandardDisease => Text::new("MEDIS 標準病名マスター (nmain)", "MEDIS standard diseases (nmain)"),
            Self::StandardModifier => Text::new("MEDIS 修飾語テーブル (mdfy)", "MEDIS modifiers (mdfy)"),
            Self::Hot => Text::new("MEDIS HOTコードマスター", "MEDIS HOT codes"),
            Self::Jfagy => Text::new("J-FAGY アレルゲンコード", "J-FAGY allergens"),
            Self::Jlac => Text::new("共有項目JLACコードマスタ", "shared JLAC items"),
            Self::Usage => Text::new("電子処方箋用法マスタ", "e-prescription usages"),
        }
    }

    pub const fn layout(self) -> &'static Layout {
        match self {
            Self::Disease => &DISEASE,
            Self::Modifier => &MODIFIER,
            Self::Drug => &DRUG,
            Self::PriceList => &PRICE_LIST,
            Self::GeneralName => &GENERAL_NAME,
            Self::StandardDisease => &STANDARD_DISEASE,
            Self::StandardModifier => &STANDARD_MODIFIER,
            Self::Hot => &HOT,
            Self::Jfagy => &JFAGY,
            Self::Jlac => &JLAC,
            Self::Usage => &USAGE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_indexes_are_what_their_names_say() {
        for (place, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(kind.place(), place);
            let layout = kind.layout();
            assert_eq!((layout.columns[NAME], layout.indexes[by::CODE]), ("name", &[0][..]), "{kind:?}");
            assert!(layout.indexes.iter().copied().flatten().all(|column| *column < layout.columns.len()));
            for (column, name) in [(layout.ended, "ended"), (layout.successor, "successor"), (layout.change, "change")]
            {
                assert!(column.is_none_or(|column| layout.columns[column] == name), "{kind:?} {name}");
            }
        }
        let column = |kind: Kind, at: usize| kind.layout().columns[at];
        let index = |kind: Kind, at: usize| column(kind, kind.layout().indexes[at][0]);
        for (kind, at, name) in [
            (Kind::Disease, col::disease::NUMBER, "number"),
            (Kind::Disease, col::disease::KANA, "kana"),
            (Kind::Disease, col::disease::EXCHANGE, "exchange"),
            (Kind::Disease, col::disease::ICD10[1], "icd10_other"),
            (Kind::Modifier, col::modifier::NUMBER, "number"),
            (Kind::Modifier, col::modifier::EXCHANGE, "exchange"),
            (Kind::Modifier, col::modifier::CATEGORY, "category"),
            (Kind::Drug, col::drug::PRICE_CODE, "price_code"),
            (Kind::Drug, col::drug::GENERAL_CODE, "general_code"),
            (Kind::Drug, col::drug::GENERAL_NAME, "general_name"),
            (Kind::GeneralName, col::general::PRICE_CODE, "price_code"),
            (Kind::StandardDisease, col::standard_disease::EXCHANGE, "exchange"),
            (Kind::StandardDisease, col::standard_disease::ICD10[0], "icd10"),
            (Kind::StandardModifier, col::standard_modifier::EXCHANGE, "exchange"),
            (Kind::Hot, col::hot::PRICE_CODE, "price_code"),
            (Kind::Hot, col::hot::YJ, "yj"),
            (Kind::Jlac, col::jlac::IDENTIFIER, "identifier"),
            (Kind::Jlac, col::jlac::ABBREVIATION, "abbreviation"),
            (Kind::Jlac, col::jlac::UNIT, "unit"),
        ] {
            assert_eq!(column(kind, at), name, "{kind:?}");
        }
        for (kind, at, name) in [
            (Kind::Disease, by::disease::NUMBER, "number"),
            (Kind::Modifier, by::modifier::NUMBER, "number"),
            (Kind::Modifier, by::modifier::EXCHANGE, "exchange"),
            (Kind::Hot, by::hot::PRICE_CODE, "price_code"),
            (Kind::Drug, by::drug::PRICE_CODE, "price_code"),
            (Kind::Drug, by::drug::GENERAL_CODE, "general_code"),
            (Kind::GeneralName, by::general::PRICE_CODE, "price_code"),
            (Kind::StandardDisease, by::standard_disease::RECEIPT, "receipt_code"),
            (Kind::StandardModifier, by::standard_modifier::RECEIPT, "receipt_code"),
            (Kind::Hot, by::hot::HOT7, "hot7"),
            (Kind::Hot, by::hot::HOT9, "hot9"),
            (Kind::Hot, by::hot::YJ, "yj"),
            (Kind::Hot, by::hot::RECEIPT, "receipt1"),
        ] {
            assert_eq!(index(kind, at), name, "{kind:?}");
        }
    }
}
