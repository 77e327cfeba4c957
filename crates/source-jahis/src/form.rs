//! 剤形区分: the two standards count differently.

use tsugite_clinical::body::{Code, Concept};

/// What the form decides: the meaning of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// 内服, 浸煎, 湯: the amount is a day's, the quantity days.
    Oral,
    /// 内服滴剤: taken by mouth, measured like what is applied.
    Drops,
    /// 頓服: the amount is a taking's, the quantity takings.
    AsNeeded,
    /// 外用: amount times quantity is the total; so of all that follow, and of drops.
    External,
    Injection,
    /// 医療材料: no drug.
    Material,
    /// 不明, その他.
    Unknown,
    /// Nothing that the table has: what the amount is of, is open.
    Unstated,
}

impl Form {
    /// 剤形区分 of a prescription symbol (record 101).
    pub fn of_prescription(code: &str) -> Option<Self> {
        Some(match code {
            "1" => Self::Oral,
            "2" => Self::AsNeeded,
            "3" => Self::External,
            "4" => Self::Drops,
            "5" => Self::Injection,
            "6" => Self::Material,
            "9" => Self::Unknown,
            _ => return None,
        })
    }

    /// 剤形コード of a notebook (record 301).
    pub fn of_notebook(code: &str) -> Option<Self> {
        Some(match code {
            "1" | "6" | "7" => Self::Oral,
            "2" => Self::Drops,
            "3" => Self::AsNeeded,
            "4" => Self::Injection,
            "5" => Self::External,
            "9" => Self::Material,
            "10" => Self::Unknown,
            _ => return None,
        })
    }

    /// 処方区分 in the words and codes of prescription orders (JHSP0003).
    pub fn category(self) -> Option<Concept> {
        let (code, display) = match self {
            Self::Oral | Self::Drops => ("21", "内服"),
            Self::AsNeeded => ("22", "頓用"),
            Self::External => ("23", "外用"),
            Self::Injection => return Some(Concept { codes: Vec::new(), text: Some("注射".to_owned()) }),
            Self::Material | Self::Unknown | Self::Unstated => return None,
        };
        let code = Code { code: code.to_owned(), display: display.to_owned(), system: "JHSP0003".to_owned() };
        Some(Concept { codes: vec![code], text: None })
    }
}

/// 外来, 院外処方.
pub fn outside() -> [Concept; 2] {
    [("OHP", "外来処方"), ("OHO", "院外処方")].map(|(code, display)| {
        let code = Code { code: code.to_owned(), display: display.to_owned(), system: "MR9P".to_owned() };
        Concept { codes: vec![code], text: None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_tables_differ() {
        let both = |code| (Form::of_prescription(code), Form::of_notebook(code));
        assert_eq!(both("1"), (Some(Form::Oral), Some(Form::Oral)));
        assert_eq!(both("2"), (Some(Form::AsNeeded), Some(Form::Drops)));
        assert_eq!(both("3"), (Some(Form::External), Some(Form::AsNeeded)));
        assert_eq!(both("4"), (Some(Form::Drops), Some(Form::Injection)));
        assert_eq!(both("5"), (Some(Form::Injection), Some(Form::External)));
        assert_eq!(both("6"), (Some(Form::Material), Some(Form::Oral)));
        assert_eq!(both("9"), (Some(Form::Unknown), Some(Form::Material)));
        assert_eq!(both("10"), (None, Some(Form::Unknown)));
    }
}
