use super::csv_file::rows;
use std::{collections::HashMap, sync::Arc};
use tsugite_clinical::standard::Unit;
use tsugite_issue::Issue;

/// 単位 by their spellings.
#[derive(Clone, Debug, Default)]
pub struct Units {
    exact: HashMap<String, Arc<Unit>>,
    /// Without regard to letter case; `None` where two units differ in nothing else (`mM`, `mm`).
    folded: HashMap<String, Option<Arc<Unit>>>,
}

impl Units {
    pub fn load(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        for row in rows(name, text, ["printed", "ucum", "spellings"], 3, issues) {
            let [printed, ucum, spellings] = row.fields;
            let unit = Arc::new(Unit { display: printed, ucum: Some(ucum).filter(|ucum| !ucum.is_empty()) });
            for spelling in spellings.split_whitespace().chain([unit.display.as_str()]) {
                self.insert(spelling, &unit);
            }
        }
    }

    fn insert(&mut self, spelling: &str, unit: &Arc<Unit>) {
        let key = key(spelling);
        let lower = key.to_lowercase();
        let known = self.exact.insert(key, Arc::clone(unit)).is_some();
        let entry = self.folded.entry(lower).or_insert_with(|| Some(Arc::clone(unit)));
        if let Some(other) = entry {
            // A later file may give a known spelling another unit; two spellings that differ in case only leave it undecided.
            let same = known || other.ucum == unit.ucum;
            *entry = Some(Arc::clone(unit)).filter(|_| same);
        }
    }

    pub fn find(&self, spelling: &str) -> Option<&Unit> {
        // Most units come in the table's own spelling.
        if let Some(unit) = self.exact.get(spelling) {
            return Some(unit);
        }
        let key = key(spelling);
        let exact = self.exact.get(&key);
        exact.or_else(|| self.folded.get(&key.to_lowercase())?.as_ref()).map(|unit| &**unit)
    }
}

/// Half width, without blanks; micro signs as `u`, multiplication signs as `x`.
fn key(spelling: &str) -> String {
    let fold = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        'µ' | 'μ' => 'u',
        '×' | '✕' => 'x',
        '･' | '·' | '⋅' => '・',
        _ => c,
    };
    let mut key = String::with_capacity(spelling.len());
    for c in spelling.chars().map(fold).filter(|c| !c.is_whitespace()) {
        match c {
            'ℓ' | '㍑' => key.push('L'),
            '㎎' => key.push_str("mg"),
            '㎏' => key.push_str("kg"),
            '㎜' => key.push_str("mm"),
            '㎝' => key.push_str("cm"),
            '㎡' => key.push_str("m2"),
            '㍉' => key.push_str("ミリ"),
            '²' => key.push_str("^2"),
            '³' => key.push_str("^3"),
            '⁴' => key.push_str("^4"),
            '⁶' => key.push_str("^6"),
            _ => key.push(c),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embedded() -> Units {
        let mut units = Units::default();
        let mut issues = Vec::new();
        units.load(tsugite_mappings::UNITS.path, tsugite_mappings::UNITS.text, &mut issues);
        assert!(issues.is_empty(), "{issues:?}");
        units
    }

    #[test]
    fn spellings_meet_in_one_unit() {
        let units = embedded();
        for (spelling, printed, ucum) in [
            ("mg/dL", "mg/dL", "mg/dL"),
            ("mg/dl", "mg/dL", "mg/dL"),
            ("ｍｇ／ｄｌ", "mg/dL", "mg/dL"),
            ("㎎/dℓ", "mg/dL", "mg/dL"),
            ("g/dl", "g/dL", "g/dL"),
            ("％", "%", "%"),
            ("IU/L", "IU/L", "[IU]/L"),
            ("iu/l", "IU/L", "[IU]/L"),
            ("U/L", "U/L", "U/L"),
            ("u/L", "U/L", "U/L"),
            ("mEq/L", "mEq/L", "meq/L"),
            ("/μL", "/μL", "/uL"),
            ("/μl", "/μL", "/uL"),
            ("/µL", "/μL", "/uL"),
            ("万/μL", "万/μL", "10*4/uL"),
            ("10^4/μL", "×10^4/μL", "10*4/uL"),
            ("×10^4/μl", "×10^4/μL", "10*4/uL"),
            ("10^3/μL", "×10^3/μL", "10*3/uL"),
            ("sec", "秒", "s"),
            ("秒", "秒", "s"),
            ("ng/mL", "ng/mL", "ng/mL"),
            ("pg/ml", "pg/mL", "pg/mL"),
            ("COI", "COI", "{COI}"),
            ("C.O.I.", "COI", "{COI}"),
            ("S/CO", "S/CO", "{s_co_ratio}"),
            ("倍", "倍", "{titer}"),
            ("fL", "fL", "fL"),
            ("mmHg", "mmHg", "mm[Hg]"),
            ("mg/g・Cr", "mg/gCr", "mg/g{creat}"),
            ("mg/g･Cr", "mg/gCr", "mg/g{creat}"),
            ("Log copies/mL", "Logコピー/mL", "{Log_copies}/mL"),
            ("mL/min/1.73㎡", "mL/min/1.73m^2", "mL/min/{1.73_m2}"),
            ("mm", "mm", "mm"),
            ("mM", "mmol/L", "mmol/L"),
        ] {
            let unit = units.find(spelling).unwrap_or_else(|| panic!("{spelling} is not known"));
            assert_eq!((unit.display.as_str(), unit.ucum.as_deref()), (printed, Some(ucum)), "{spelling}");
        }
        for unknown in ["MM", "zz/mL", "g/dm", "", "なし"] {
            assert!(units.find(unknown).is_none(), "{unknown}");
        }
    }

    #[test]
    fn no_spelling_names_two_units() {
        let mut seen: HashMap<String, String> = HashMap::new();
        let mut count = 0;
        for row in rows("units", tsugite_mappings::UNITS.text, ["printed", "ucum", "spellings"], 3, &mut Vec::new()) {
            let [printed, ucum, spellings] = row.fields;
            assert!(ucum.is_ascii() && !ucum.contains(' '), "{printed}: `{ucum}` is no UCUM code");
            for spelling in spellings.split_whitespace() {
                count += 1;
                if let Some(other) = seen.insert(key(spelling), printed.clone()) {
                    assert_eq!(other, printed, "line {}: `{spelling}` stands twice", row.line);
                }
            }
        }
        assert!(count > 400, "{count}");
    }

    #[test]
    fn a_sites_file_overrides() {
        let mut units = embedded();
        units.load("units.csv", "printed,ucum,spellings\nmg/dL(特),mg/dL,zz/mL mg/dl\n", &mut Vec::new());
        assert_eq!(units.find("zz/mL").unwrap().display, "mg/dL(特)");
        assert_eq!(units.find("mg/dl").unwrap().display, "mg/dL(特)");
        assert_eq!(units.find("g/dL").unwrap().display, "g/dL");
    }
}
