//! トランザクションストレージ (`TR_yyyyMMddHHmmssSSS_nnnnn.DAT`): messages one after another, each after a header line.

use crate::storage::Flag;
use tsugite_clinical::{Date, DateTime};

/// How a header line begins.
pub const MARK: &str = "#SSMIX,";

/// `#SSMIX,2.00,施設,患者,診療日|-,データ種別,オーダNo,INS|DEL,診療科|-,日時`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header<'a> {
    pub patient: &'a str,
    pub day: &'a str,
    pub data_type: &'a str,
    pub order: &'a str,
    pub flag: Flag,
    pub department: &'a str,
    /// `yyyyMMddHHmmssSSS`.
    pub time: u64,
}

impl<'a> Header<'a> {
    pub fn parse(line: &'a str) -> Option<Self> {
        let mut items = line.trim_end().split(',').map(str::trim);
        let mut item = || items.next();
        let (mark, _version, _facility) = (item()?, item()?, item()?);
        let (patient, day, data_type, order) = (item()?, item()?, item()?, item()?);
        let flag = match item()? {
            "INS" => Flag::Valid,
            "DEL" => Flag::Deleted,
            _ => return None,
        };
        let department = item()?;
        let time = DateTime::parse_hl7(item()?)?.stamp();
        let filled = mark == "#SSMIX" && ![patient, data_type, order].contains(&"");
        filled.then_some(Self { patient, day, data_type, order, flag, department, time })
    }

    pub fn care_day(&self) -> Option<Date> {
        Date::parse_compact(self.day).filter(|day| day.is_full())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "#SSMIX,2.00,1319999999,0000000123,-,ADT-00,999999999999999,DEL,-,20220101235959567";

    #[test]
    fn a_header_says_who_what_and_whether() {
        let header = Header::parse(LINE).unwrap();
        assert_eq!((header.patient, header.data_type, header.flag), ("0000000123", "ADT-00", Flag::Deleted));
        assert_eq!(header.time, 20_220_101_235_959_567);
        assert_eq!(header.care_day(), None);
        let dated = LINE.replace(",-,ADT-00", ",20220101,OML-11").replace("DEL,-", "INS,01");
        let header = Header::parse(&dated).unwrap();
        assert_eq!((header.flag, header.department), (Flag::Valid, "01"));
        assert_eq!(header.care_day(), Date::new(2022, Some(1), Some(1)));
    }

    #[test]
    fn a_damaged_header_is_none() {
        for bad in [
            "#SSMIX,2.00",
            &LINE.replace("DEL", "UPD"),
            &LINE.replace("0000000123", ""),
            &LINE.replace("20220101235959567", "x"),
        ] {
            assert_eq!(Header::parse(bad), None, "{bad}");
        }
    }
}
