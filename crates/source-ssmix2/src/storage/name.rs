use tsugite_clinical::{Date, DateTime, Presence};

/// コンディションフラグ, the last part of a file name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// 0.
    Deleted,
    /// 1.
    Valid,
    /// 2.
    History,
}

impl Flag {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "0" => Some(Self::Deleted),
            "1" => Some(Self::Valid),
            "2" => Some(Self::History),
            _ => None,
        }
    }

    pub const fn presence(self) -> Presence {
        match self {
            Self::Deleted => Presence::Deleted,
            Self::Valid => Presence::Present,
            Self::History => Presence::Superseded,
        }
    }

    /// Updates and deletions are renames with the same time, so the flag decides: 1 < 2 < 0 (`rules` §3).
    pub const fn rank(self) -> u8 {
        match self {
            Self::Valid => 0,
            Self::History => 1,
            Self::Deleted => 2,
        }
    }
}

/// 患者ID_診療日_データ種別_オーダNo_発生日時_診療科コード_コンディションフラグ, without extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    pub patient: &'a str,
    /// 診療日 as written; `-` where the data type has none.
    pub day: &'a str,
    pub data_type: &'a str,
    pub order: &'a str,
    /// 発生日時 as written.
    pub time: &'a str,
    /// `-` where there is none.
    pub department: &'a str,
    pub flag: Flag,
}

impl<'a> Name<'a> {
    /// Reads from the right, since only the patient id could hold an underscore.
    pub fn parse(file_name: &'a str) -> Option<Self> {
        let mut parts = file_name.rsplitn(7, '_');
        let flag = Flag::parse(parts.next()?)?;
        let department = parts.next()?;
        let time = parts.next().filter(|time| is_digits(time))?;
        let order = parts.next().filter(|order| !order.is_empty())?;
        let data_type = parts.next().filter(|data_type| is_data_type(data_type))?;
        let day = parts.next().filter(|day| *day == "-" || is_digits(day))?;
        let patient = parts.next().filter(|id| !id.is_empty())?;
        Some(Self { patient, day, data_type, order, time, department, flag })
    }

    pub fn care_day(&self) -> Option<Date> {
        Date::parse_compact(self.day).filter(|day| day.is_full())
    }

    /// 診療日 is a number, but no day of the calendar.
    pub fn day_is_wrong(&self) -> bool {
        self.day != "-" && self.care_day().is_none()
    }

    /// 発生日時 as a version's time; `None` where the digits are no time.
    pub fn stamp(&self) -> Option<u64> {
        let at = DateTime::parse_hl7(self.time)?;
        (self.time.len() <= 8 || at.time.is_some()).then(|| at.stamp())
    }

    pub fn department(&self) -> Option<&'a str> {
        Some(self.department).filter(|code| !matches!(*code, "-" | ""))
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `ADT-00`, `OMD`: three letters, and two digits where the kind is divided.
fn is_data_type(text: &str) -> bool {
    let (letters, number) = text.split_once('-').unwrap_or((text, "00"));
    letters.len() == 3 && letters.bytes().all(|b| b.is_ascii_uppercase()) && number.len() == 2 && is_digits(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_from_the_right() {
        let name = Name::parse("99_01_20240316_OML-11_000888208147033_20240316122434000_062_1").unwrap();
        assert_eq!((name.patient, name.day, name.data_type), ("99_01", "20240316", "OML-11"));
        assert_eq!((name.order, name.department, name.flag), ("000888208147033", "062", Flag::Valid));
        assert_eq!(name.stamp(), Some(20_240_316_122_434_000));
        assert_eq!(name.care_day(), Date::new(2024, Some(3), Some(16)));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for bad in [
            "",
            "99_20240316_OML-11_1_20240316122434000_062_3",
            "99_20240316_OML-11_1_20240316122434000_062_1.bak",
            "99_20240316_OML-11_1_20240316122434000_1",
            "99_20240316_oml-11_1_20240316122434000_062_1",
            "99_20240316_OML-1_1_20240316122434000_062_1",
            "_20240316_OML-11_1_20240316122434000_062_1",
            "99_2024x316_OML-11_1_20240316122434000_062_1",
        ] {
            assert_eq!(Name::parse(bad), None, "{bad}");
        }
        assert!(Name::parse("99_20240316_OMD_1_20240316122434000_-_0").is_some());
    }

    #[test]
    fn a_day_that_does_not_exist_is_no_care_day() {
        let name = Name::parse("99_20230229_OML-11_1_20240316252434000_-_2").unwrap();
        assert!(name.day_is_wrong());
        assert_eq!(name.care_day(), None);
        assert_eq!(name.department(), None);
        // The deep-night clock: 25:24 is 01:24 of the next day.
        assert_eq!(name.stamp(), Some(20_240_317_012_434_000));
        assert_eq!(Name::parse("99_-_ADT-00_1_99999999999999999_-_1").unwrap().stamp(), None);
    }

    #[test]
    fn history_and_deletion_outrank_the_valid_statement_of_the_same_time() {
        assert!(Flag::Valid.rank() < Flag::History.rank() && Flag::History.rank() < Flag::Deleted.rank());
    }
}
