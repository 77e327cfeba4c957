use tsugite_clinical::{DateTime, Time};

const MIDNIGHT: Time = Time { hour: 0, minute: 0, second: 0, milli: 0 };

/// FHIR instant: needs a full date; a day alone means its midnight in Japan.
pub fn instant(at: DateTime) -> Option<String> {
    at.date.is_full().then(|| DateTime { time: Some(at.time.unwrap_or(MIDNIGHT)), ..at }.to_string())
}

/// FHIR instant of a version's stamp (`yyyyMMddHHmmssSSS`).
pub fn instant_of_stamp(stamp: u64) -> Option<String> {
    DateTime::from_stamp(stamp).and_then(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_means_its_midnight_in_japan() {
        let at = |text: &str| DateTime::parse_hl7(text).and_then(instant);
        assert_eq!(at("20261122").as_deref(), Some("2026-11-22T00:00:00.000+09:00"));
        assert_eq!(at("20261122132817239").as_deref(), Some("2026-11-22T13:28:17.239+09:00"));
        assert_eq!(at("202611"), None);
        assert_eq!(instant_of_stamp(20_240_316_122_434_123).as_deref(), Some("2024-03-16T12:24:34.123+09:00"));
        assert_eq!(instant_of_stamp(0), None);
    }
}
