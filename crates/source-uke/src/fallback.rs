use tsugite_clinical::body::Insurance;

/// What stands for a patient whose receipts have no カルテ番号 (RE 13 is optional).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum MissingId {
    /// Nothing: the receipt is held.
    #[default]
    Hold,
    /// 保険者番号:記号:番号:枝番, where the receipt has all of them; without 枝番 it would name the whole household, and is held.
    InsuredNumber,
}

impl MissingId {
    /// As the settings name it.
    pub const NAMES: [(&'static str, Self); 2] = [("hold", Self::Hold), ("insured-number", Self::InsuredNumber)];

    pub(crate) fn id(self, insurances: &[Insurance]) -> Option<String> {
        if self == Self::Hold {
            return None;
        }
        let plain = |text: &str| {
            let half = tsugite_charset::to_half_width(text);
            half.chars().filter(|c| !c.is_whitespace()).collect::<String>()
        };
        let own =
            insurances.iter().find(|row| row.branch.as_deref().is_some_and(|branch| !branch.trim().is_empty()))?;
        let parts = [&own.payer, &own.symbol, &own.number].map(|part| plain(part));
        let [payer, _, number] = &parts;
        (!payer.is_empty() && !number.is_empty())
            .then(|| format!("{}:{}", parts.join(":"), plain(own.branch.as_deref().unwrap_or_default())))
    }
}
