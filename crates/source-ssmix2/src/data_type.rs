//! データ種別: what each kind of message carries.

use tsugite_clinical::body::EncounterKind;
use tsugite_issue::Text;

/// What is read from messages of a data type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// 患者基本情報, with AL1 and IN1.
    Patient,
    /// Visits and moves that say nothing that is used.
    Movement,
    Encounter(EncounterKind),
    Allergies,
    Diagnoses,
    Results,
    Prescription,
    /// Given or dispensed: context of the order (`rules` §4).
    Administration,
    Injection,
    LabOrder,
    Imaging,
    Diet,
}

impl Content {
    /// Numbers data types whose messages may stand for one another.
    const fn family(self) -> u8 {
        match self {
            Self::Patient | Self::Movement | Self::Encounter(_) | Self::Allergies => 0,
            Self::Diagnoses => 1,
            Self::Results => 2,
            Self::Prescription | Self::Administration | Self::Injection => 3,
            Self::LabOrder => 4,
            Self::Imaging => 5,
            Self::Diet => 6,
        }
    }
}

/// One row of the table of data types.
#[derive(Debug)]
pub struct DataType {
    /// As in file names: `OML-11`.
    pub name: &'static str,
    /// Message type and event: `OUL^R22`.
    pub message: (&'static str, &'static str),
    /// The event that cancels it.
    pub cancel: &'static str,
    pub content: Content,
    pub title: Text,
}

const fn row(
    name: &'static str,
    message: (&'static str, &'static str),
    cancel: &'static str,
    content: Content,
    ja: &'static str,
    en: &'static str,
) -> DataType {
    DataType { name, message, cancel, content, title: Text::new(ja, en) }
}

use Content as C;
use EncounterKind as E;

/// SS-MIX2 標準化ストレージ, データ種別. Where one message serves several types, the first row is what it is taken for without a file name.
pub static ALL: &[DataType] = &[
    row("ADT-00", ("ADT", "A08"), "A23", C::Patient, "SS-MIX2 ADT-00 患者基本情報", "SS-MIX2 ADT-00 patient"),
    row("ADT-01", ("ADT", "A54"), "A55", C::Movement, "SS-MIX2 ADT-01 担当医", "SS-MIX2 ADT-01 attending doctor"),
    row("ADT-12", ("ADT", "A04"), "", C::Encounter(E::Visit), "SS-MIX2 ADT-12 外来受付", "SS-MIX2 ADT-12 visit"),
    row("ADT-21", ("ADT", "A14"), "A27", C::Movement, "SS-MIX2 ADT-21 入院予定", "SS-MIX2 ADT-21 planned admission"),
    row("ADT-22", ("ADT", "A01"), "A11", C::Encounter(E::Admission), "SS-MIX2 ADT-22 入院", "SS-MIX2 ADT-22 admission"),
    row("ADT-31", ("ADT", "A21"), "A52", C::Movement, "SS-MIX2 ADT-31 外出泊", "SS-MIX2 ADT-31 leave of absence"),
    row("ADT-32", ("ADT", "A22"), "A53", C::Movement, "SS-MIX2 ADT-32 帰院", "SS-MIX2 ADT-32 return from leave"),
    row("ADT-41", ("ADT", "A15"), "A26", C::Movement, "SS-MIX2 ADT-41 転科転棟予定", "SS-MIX2 ADT-41 planned transfer"),
    row("ADT-42", ("ADT", "A02"), "A12", C::Movement, "SS-MIX2 ADT-42 転科転棟", "SS-MIX2 ADT-42 transfer"),
    row("ADT-51", ("ADT", "A16"), "A25", C::Movement, "SS-MIX2 ADT-51 退院予定", "SS-MIX2 ADT-51 planned discharge"),
    row("ADT-52", ("ADT", "A03"), "A13", C::Encounter(E::Discharge), "SS-MIX2 ADT-52 退院", "SS-MIX2 ADT-52 discharge"),
    row("ADT-61", ("ADT", "A60"), "", C::Allergies, "SS-MIX2 ADT-61 アレルギー", "SS-MIX2 ADT-61 allergies"),
    row("PPR-01", ("PPR", "ZD1"), "", C::Diagnoses, "SS-MIX2 PPR-01 病名", "SS-MIX2 PPR-01 diagnoses"),
    row("OMD", ("OMD", "O03"), "", C::Diet, "SS-MIX2 OMD 食事", "SS-MIX2 OMD diet order"),
    row("OMP-01", ("RDE", "O11"), "", C::Prescription, "SS-MIX2 OMP-01 処方", "SS-MIX2 OMP-01 prescription"),
    row("OMP-11", ("RAS", "O17"), "", C::Administration, "SS-MIX2 OMP-11 処方実施", "SS-MIX2 OMP-11 dispensing"),
    row("OMP-02", ("RDE", "O11"), "", C::Injection, "SS-MIX2 OMP-02 注射", "SS-MIX2 OMP-02 injection order"),
    row("OMP-12", ("RAS", "O17"), "", C::Injection, "SS-MIX2 OMP-12 注射実施", "SS-MIX2 OMP-12 injection given"),
    row("OML-01", ("OML", "O33"), "", C::LabOrder, "SS-MIX2 OML-01 検体検査オーダ", "SS-MIX2 OML-01 laboratory order"),
    row("OML-11", ("OUL", "R22"), "", C::Results, "SS-MIX2 OML-11 検体検査結果", "SS-MIX2 OML-11 laboratory results"),
    row("OML-11", ("ORU", "R01"), "", C::Results, "HL7 ORU 検査結果", "HL7 ORU results"),
    row("OML-12", ("OUL", "R22"), "", C::Results, "SS-MIX2 OML-12 検体検査結果", "SS-MIX2 OML-12 laboratory results"),
    row("OMG-01", ("OMG", "O19"), "", C::Imaging, "SS-MIX2 OMG-01 放射線オーダ", "SS-MIX2 OMG-01 radiology order"),
    row("OMG-11", ("OMI", "Z23"), "", C::Imaging, "SS-MIX2 OMG-11 放射線実施", "SS-MIX2 OMG-11 radiology done"),
    row("OMG-02", ("OMG", "O19"), "", C::Imaging, "SS-MIX2 OMG-02 内視鏡オーダ", "SS-MIX2 OMG-02 endoscopy order"),
    row("OMG-12", ("OMI", "Z23"), "", C::Imaging, "SS-MIX2 OMG-12 内視鏡実施", "SS-MIX2 OMG-12 endoscopy done"),
    row("OMG-03", ("OMG", "O19"), "", C::Imaging, "SS-MIX2 OMG-03 生理検査オーダ", "SS-MIX2 OMG-03 physiology order"),
    row("OMG-13", ("ORU", "R01"), "", C::Imaging, "SS-MIX2 OMG-13 生理検査結果", "SS-MIX2 OMG-13 physiology results"),
];

impl DataType {
    /// The row that a file name means.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|row| row.name == name)
    }

    /// What a message without a file name is.
    pub fn of_message(message: &str, event: &str) -> Option<&'static Self> {
        let cancels = |row: &&Self| !row.cancel.is_empty() && row.cancel == event;
        ALL.iter().find(|row| row.message.0 == message && (row.message.1 == event || cancels(row)))
    }

    /// Whether any data type is written as this message and event.
    pub fn carries(&self, message: &str, event: &str) -> bool {
        ALL.iter().any(|row| {
            row.name == self.name && row.message.0 == message && (row.message.1 == event || row.cancels(event))
        })
    }

    /// Whether messages of this type belong to the same family: a wrong event is a slip, a wrong family is a wrong file.
    pub fn kin(&self, message: &str) -> bool {
        ALL.iter().any(|row| row.message.0 == message && row.content.family() == self.content.family())
    }

    pub fn cancels(&self, event: &str) -> bool {
        !self.cancel.is_empty() && self.cancel == event
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_finds_its_type_and_a_name_wins_where_both_fit() {
        for (message, event, name) in [
            ("ADT", "A08", Some("ADT-00")),
            ("ADT", "A13", Some("ADT-52")),
            ("RDE", "O11", Some("OMP-01")),
            ("OUL", "R22", Some("OML-11")),
            ("ORU", "R01", Some("OML-11")),
            ("SIU", "S12", None),
            ("ADT", "", None),
        ] {
            assert_eq!(DataType::of_message(message, event).map(|row| row.name), name, "{message}^{event}");
        }
        let physiology = DataType::named("OMG-13").unwrap();
        assert!(physiology.carries("ORU", "R01") && !physiology.carries("OUL", "R22"));
        assert!(DataType::named("OML-11").unwrap().carries("ORU", "R01"));
        let visit = DataType::named("ADT-12").unwrap();
        assert!(!visit.carries("ADT", "A01") && visit.kin("ADT") && !visit.kin("OUL"));
    }
}
