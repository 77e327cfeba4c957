use crate::width::half_unspaced;

/// What a payer number pays for, by its 法別番号.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PayerClass {
    /// 健康保険: 社保, 国保, 共済, 後期高齢者.
    Medical,
    /// 生活保護 (医療扶助).
    Welfare,
    /// 公費負担医療, 自治体の助成を含む.
    Public,
    Unknown,
}

/// Tells medical insurance from 公費. Eight digits begin with the law's number, six digits are 国保. The kind (JHSD0001: a law's
/// number, or `C0` 国保) is only a hint, for a payer number that cannot be read.
pub fn payer_class(payer: &str, kind: &str) -> PayerClass {
    let payer = half_unspaced(payer);
    if !payer.is_empty() && payer.bytes().all(|b| b.is_ascii_digit()) {
        match (payer.len(), payer.get(..2)) {
            (6, _) => return PayerClass::Medical,
            (8, Some(law)) => return law_class(law),
            _ => {}
        }
    }
    match half_unspaced(kind).to_ascii_uppercase().as_str() {
        "C0" => PayerClass::Medical,
        kind => law_class(kind),
    }
}

fn law_class(law: &str) -> PayerClass {
    let (2, Ok(number)) = (law.len(), law.parse::<u8>()) else { return PayerClass::Unknown };
    match number {
        // 00: a 国保 number of six digits that was filled up already.
        0..=4 | 6 | 7 | 31..=34 | 39 | 63 | 67 | 72..=75 => PayerClass::Medical,
        12 => PayerClass::Welfare,
        // 41–49, 80–99: 地方自治体の助成.
        10 | 11 | 13..=25 | 28..=30 | 38 | 41..=49 | 51..=56 | 62 | 66 | 79..=99 => PayerClass::Public,
        _ => PayerClass::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_decides_and_the_kind_only_hints() {
        for (payer, kind, class) in [
            ("06139999", "06", PayerClass::Medical),
            ("138057", "C0", PayerClass::Medical),
            ("00138057", "", PayerClass::Medical),
            ("39131156", "39", PayerClass::Medical),
            ("67138051", "", PayerClass::Medical),
            ("１２１３４５６７", "", PayerClass::Welfare),
            ("54136015", "54", PayerClass::Public),
            ("88132010", "", PayerClass::Public),
            ("21909092", "06", PayerClass::Public),
            ("05123456", "", PayerClass::Unknown),
            ("", "C0", PayerClass::Medical),
            ("", "15", PayerClass::Public),
            ("613999", "", PayerClass::Medical),
            ("6139999", "06", PayerClass::Medical),
            ("", "自費", PayerClass::Unknown),
            ("", "", PayerClass::Unknown),
        ] {
            assert_eq!(payer_class(payer, kind), class, "{payer} {kind}");
        }
    }
}
