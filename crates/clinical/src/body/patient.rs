use super::Code;
use crate::Date;
use serde::{Deserialize, Serialize};

/// 患者基本情報 (ADT-00, a patient list).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Patient {
    pub names: Vec<Name>,
    pub birth_date: Option<Date>,
    pub sex: Option<Sex>,
    pub address: Option<Address>,
    pub telecoms: Vec<Telecom>,
    /// Medical insurance and 公費 alike, in source order.
    pub insurances: Vec<Insurance>,
    pub deceased: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sex {
    Male,
    Female,
    Other,
    Unknown,
}

/// How a name is written (ISO 21090 EN representation).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Representation {
    /// IDE: 漢字.
    Ideographic,
    /// SYL: カナ.
    Syllabic,
    /// ABC: ローマ字.
    Alphabetic,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    pub representation: Representation,
    pub family: String,
    /// Empty where the source did not split the name.
    pub given: String,
}

impl Name {
    /// A whole name, 姓 and 名 apart at its one blank. Without a blank, or with several, nobody says which part is whose: it stays
    /// whole, as the family name. `None` where nothing is written.
    pub fn split(representation: Representation, whole: &str) -> Option<Self> {
        let whole = whole.trim();
        let mut parts = whole.split(char::is_whitespace).filter(|part| !part.is_empty());
        let (family, given) = match (parts.next()?, parts.next(), parts.next()) {
            (family, Some(given), None) => (family, given),
            _ => (whole, ""),
        };
        Some(Self { representation, family: family.to_owned(), given: given.to_owned() })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Address {
    pub text: String,
    pub postal_code: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telecom {
    pub number: String,
    pub work: bool,
}

/// One insurance row (IN1), as written; `clinical` tells medical insurance from 公費 and forms the insured id.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Insurance {
    /// 保険種別 (JHSD0001).
    pub kind: Code,
    /// 保険者番号 or 公費負担者番号.
    pub payer: String,
    /// 被保険者証記号.
    pub symbol: String,
    /// 被保険者証番号 or 受給者番号.
    pub number: String,
    /// 枝番; `None` where the source has none.
    pub branch: Option<String>,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_apart_at_its_one_blank() {
        let parts = |whole| Name::split(Representation::Ideographic, whole).map(|name| (name.family, name.given));
        let pair = |family: &str, given: &str| Some((family.to_owned(), given.to_owned()));
        for (whole, expected) in [
            ("見本 花子", pair("見本", "花子")),
            ("　見本　　花子 ", pair("見本", "花子")),
            ("見本\u{A0}花子", pair("見本", "花子")),
            ("見本花子", pair("見本花子", "")),
            ("マリア 見本 花子", pair("マリア 見本 花子", "")),
            (" 　", None),
            ("", None),
        ] {
            assert_eq!(parts(whole), expected, "{whole:?}");
        }
    }
}
