use crate::{body::Code, width::half_unspaced};

/// Who pays for care that is none of the health insurance's (`rules` §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutsideInsurance {
    /// 自費.
    SelfPaid,
    /// 労災.
    WorkAccident,
    /// 自賠責.
    TrafficAccident,
}

/// What a record was done under, where none of the insurances that its source names for it is health insurance.
pub fn outside_insurance(named: &[Code]) -> Option<OutsideInsurance> {
    let mut named = named.iter().map(outside);
    let first = named.next()??;
    named.all(|other| other.is_some()).then_some(first)
}

/// By its code where the table is known, else by its name: JHSD0001 has no code for these, so that systems write the word.
fn outside(kind: &Code) -> Option<OutsideInsurance> {
    let code = half_unspaced(&kind.code).to_ascii_uppercase();
    let system = kind.system.trim();
    // 保険種別コード of electronic prescriptions (別表11), also in the JAHIS formats.
    if system.ends_with("1.2.392.100495.20.2.61") {
        return match code.as_str() {
            "3" => Some(OutsideInsurance::WorkAccident),
            "4" => Some(OutsideInsurance::TrafficAccident),
            "6" => Some(OutsideInsurance::SelfPaid),
            _ => None,
        };
    }
    // MML: R1 and R2 労災, R3 自賠責, Z and a number 自費.
    if system == "MML0031" {
        return match code.as_bytes() {
            [b'Z', ..] => Some(OutsideInsurance::SelfPaid),
            b"R1" | b"R2" => Some(OutsideInsurance::WorkAccident),
            b"R3" => Some(OutsideInsurance::TrafficAccident),
            _ => None,
        };
    }
    let says = |words: &[&str]| words.iter().any(|word| kind.display.contains(word) || kind.code.contains(word));
    if says(&["労災", "労働者災害"]) {
        Some(OutsideInsurance::WorkAccident)
    } else if says(&["自賠", "自動車損害"]) {
        Some(OutsideInsurance::TrafficAccident)
    } else if says(&["自費", "自由診療", "保険外"]) {
        Some(OutsideInsurance::SelfPaid)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn care_outside_of_health_insurance_is_known_by_code_or_name() {
        use OutsideInsurance::{SelfPaid, TrafficAccident, WorkAccident};
        for (code, display, system, expected) in [
            ("06", "組合管掌健康保険", "JHSD0001", None),
            ("C0", "国保", "JHSD0001", None),
            ("", "", "", None),
            ("98", "自費", "JHSD0001", Some(SelfPaid)),
            ("自費", "", "JHSD0001", Some(SelfPaid)),
            ("97", "労働者災害補償保険", "99X", Some(WorkAccident)),
            ("95", "自賠責保険", "", Some(TrafficAccident)),
            ("６", "", "urn:oid:1.2.392.100495.20.2.61", Some(SelfPaid)),
            ("3", "", "1.2.392.100495.20.2.61", Some(WorkAccident)),
            ("1", "医保", "1.2.392.100495.20.2.61", None),
            ("R3", "", "MML0031", Some(TrafficAccident)),
            ("Z1", "", "MML0031", Some(SelfPaid)),
            ("Z1", "", "JHSD0001", None),
        ] {
            let named = Code { code: code.into(), display: display.into(), system: system.into() };
            assert_eq!(outside_insurance(&[named]), expected, "{code} {display} {system}");
        }
    }

    #[test]
    fn care_that_health_insurance_shares_is_insured() {
        let named = |display: &str| Code { display: display.into(), ..Code::default() };
        assert_eq!(outside_insurance(&[]), None);
        assert_eq!(outside_insurance(&[named("自費"), named("国保")]), None);
        assert_eq!(outside_insurance(&[named("労災"), named("自費")]), Some(OutsideInsurance::WorkAccident));
    }
}
