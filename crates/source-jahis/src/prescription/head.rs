//! Records 1 to 82: who prescribed what to whom, and under which insurance.

use crate::{
    form, issues,
    rows::Row,
    value,
    value::DateRead,
    writer::{Frame, Writer},
};
use std::collections::BTreeMap;
use tsugite_clinical::{
    Date, DateTime,
    body::{
        Address, Care, CareClass, Code, Concept, Insurance, Name, Party, Patient, Practitioner, Representation, Telecom,
    },
};

/// 保険種別コード of electronic prescriptions, which counts as record 21 does.
const INSURANCE_KINDS: &str = "1.2.392.100495.20.2.61";

/// The first record of each number; 81 may stand several times.
pub struct Head<'s, 't> {
    rows: BTreeMap<u16, &'s Row<'t>>,
    remarks: Vec<&'s Row<'t>>,
}

/// What all drugs of a prescription share.
pub struct Shared {
    pub prescription_number: Option<String>,
    pub ordered: Option<DateTime>,
    pub prescribed_by: Option<Party>,
    pub care: Care,
    pub categories: Vec<Concept>,
    /// 残薬確認, 分割, 備考 that tell the pharmacy something.
    pub dispensing: Vec<Concept>,
    pub repeats: Option<String>,
    pub notes: Vec<String>,
}

pub const fn is_head(number: u16) -> bool {
    matches!(number, 1..=5 | 11..=14 | 21..=25 | 27..=31 | 51 | 52 | 61..=64 | 81 | 82)
}

impl<'s, 't> Head<'s, 't> {
    pub fn of(rows: &'s [Row<'t>]) -> Self {
        let mut head = Self { rows: BTreeMap::new(), remarks: Vec::new() };
        for row in rows {
            match row.number() {
                Some(81) => head.remarks.push(row),
                Some(number) if is_head(number) => drop(head.rows.entry(number).or_insert(row)),
                _ => {}
            }
        }
        head
    }

    pub fn row(&self, number: u16) -> Option<&'s Row<'t>> {
        self.rows.get(&number).copied()
    }

    fn text(&self, number: u16, at: usize) -> Option<String> {
        value::text(self.row(number)?.field(at))
    }

    pub fn patient_id(&self, writer: &mut Writer<'_>) -> Option<String> {
        let row = self.row(11)?;
        let (id, repaired) = value::code(row.field(1));
        if repaired && !id.is_empty() {
            writer.tell(&issues::CODE_REPAIRED, row, row.field(1));
        }
        (!id.is_empty()).then_some(id)
    }

    /// 交付年月日.
    pub fn issued(&self, writer: &mut Writer<'_>) -> Option<Date> {
        self.date(51, writer)
    }

    fn date(&self, number: u16, writer: &mut Writer<'_>) -> Option<Date> {
        let row = self.row(number)?;
        let read = value::date(row.field(1));
        match read {
            DateRead::NoDate => writer.tell(&issues::DATE_INVALID, row, row.field(1)),
            DateRead::Overrun(_) => writer.tell(&issues::ERA_OVERRUN, row, row.field(1)),
            DateRead::Nothing | DateRead::Day(_) => {}
        }
        read.date()
    }

    /// What names the prescription: its number, else day, institution, department and doctor.
    pub fn part(&self, day: Option<Date>) -> String {
        if let Some(number) = self.number() {
            return number;
        }
        let code = |number, at| self.row(number).map(|row| value::code(row.field(at)).0).unwrap_or_default();
        let text = |number, at| self.text(number, at).unwrap_or_default();
        let day = day.map(|day| day.to_string()).unwrap_or_default();
        let department = [code(4, 2), text(4, 3)].concat();
        let doctor = Some(code(5, 1)).filter(|id| !id.is_empty()).unwrap_or_else(|| text(5, 3));
        [day, code(1, 2), department, doctor].join("^")
    }

    /// 処方箋番号 (引換番号).
    fn number(&self) -> Option<String> {
        let (number, _) = value::code(self.row(82)?.field(2));
        (!number.is_empty()).then_some(number)
    }

    pub fn patient(&self, writer: &mut Writer<'_>) -> Patient {
        let name = |at, representation| Name::split(representation, self.row(11)?.field(at));
        let names = [name(2, Representation::Ideographic), name(3, Representation::Syllabic)];
        // 麻薬施用: the only record with the patient's address.
        let address = self.text(61, 2).map(|text| Address { text, postal_code: None });
        let telephone = self.text(61, 3).map(|number| Telecom { number, work: false });
        Patient {
            names: names.into_iter().flatten().collect(),
            birth_date: self.date(13, writer),
            sex: self.row(12).and_then(|row| value::sex(row.field(1))),
            address,
            telecoms: telephone.into_iter().collect(),
            insurances: self.insurances(),
            deceased: None,
        }
    }

    fn insurances(&self) -> Vec<Insurance> {
        let kind = |code: &str, display: &str| Code {
            code: code.to_owned(),
            display: display.to_owned(),
            system: INSURANCE_KINDS.to_owned(),
        };
        let payer = self.text(22, 1);
        let numbered = self.row(23).filter(|row| !row.field(1).trim().is_empty() || !row.field(2).trim().is_empty());
        let medical = (payer.is_some() || numbered.is_some()).then(|| Insurance {
            kind: self.insurance_kind().unwrap_or_default(),
            payer: payer.unwrap_or_default(),
            symbol: self.text(23, 1).unwrap_or_default(),
            number: self.text(23, 2).unwrap_or_default(),
            branch: self.text(23, 4),
            ..Insurance::default()
        });
        let public = [27, 28, 29, 30].into_iter().filter_map(|number| {
            let name = if number == 30 { "特殊公費" } else { "公費" };
            let insurance = Insurance { kind: kind("8", name), payer: self.text(number, 1)?, ..Insurance::default() };
            Some(Insurance { number: self.text(number, 2).unwrap_or_default(), ..insurance })
        });
        medical.into_iter().chain(public).collect()
    }

    /// 保険種別 (record 21).
    fn insurance_kind(&self) -> Option<Code> {
        let (code, _) = value::code(self.row(21)?.field(1));
        let display = match code.as_str() {
            "1" => "医保・公費",
            "2" => "国保",
            "3" => "労災",
            "4" => "自賠責",
            "5" => "公害",
            "6" => "自費",
            "7" => "後期高齢者",
            _ => return None,
        };
        Some(Code { code, display: display.to_owned(), system: INSURANCE_KINDS.to_owned() })
    }

    pub fn shared(&self, frame: &Frame, writer: &mut Writer<'_>) -> Shared {
        let (marked, notes): (Vec<_>, Vec<_>) =
            self.remarks.iter().partition(|row| matches!(value::code(row.field(2)).0.as_str(), "1" | "2"));
        let remark = |row: &&Row<'_>| told("JAHIS81", row.field(2), row.field(3));
        let mut dispensing: Vec<Concept> = marked.iter().filter_map(remark).collect();
        if let Some(row) = self.row(62) {
            let words = match value::code(row.field(1)).0.as_str() {
                "1" => Some("残薬を確認した場合は医療機関へ疑義照会した上で調剤"),
                "2" => Some("残薬を確認した場合は医療機関へ情報提供"),
                _ => None,
            };
            dispensing.extend(words.and_then(|words| told("JAHIS62", row.field(1), words)));
        }
        if let Some(row) = self.row(63) {
            let (all, this) = (value::code(row.field(1)).0, value::code(row.field(2)).0);
            dispensing
                .push(Concept { codes: Vec::new(), text: Some(format!("分割調剤 {all}回のうち{this}回目")) });
        }
        let (repeats, _) = self.row(64).map(|row| value::code(row.field(1))).unwrap_or_default();
        Shared {
            prescription_number: self.number(),
            ordered: frame.day.map(DateTime::day),
            prescribed_by: self.institution(writer),
            care: self.care(),
            categories: form::outside().into(),
            dispensing,
            repeats: (!repeats.is_empty()).then_some(repeats),
            notes: notes.iter().filter_map(|row| value::text(row.field(3))).collect(),
        }
    }

    /// The ten digits of record 1.
    pub fn institution_number(&self) -> Option<String> {
        let row = self.row(1)?;
        value::institution(row.field(3), row.field(1), row.field(2))
    }

    /// 医療機関 (records 1 to 3).
    fn institution(&self, writer: &mut Writer<'_>) -> Option<Party> {
        let row = self.row(1)?;
        let name = self.text(1, 4);
        let number = self.institution_number();
        if number.is_none() {
            writer.tell(&issues::INSTITUTION_UNCLEAR, row, "");
        }
        Some(Party {
            number,
            name: name.unwrap_or_default(),
            address: self.text(2, 2),
            postal_code: self.text(2, 1),
            telephone: self.text(3, 1),
            ..Party::default()
        })
    }

    fn care(&self) -> Care {
        let name = |at, representation| Name::split(representation, self.row(5)?.field(at));
        let name = name(3, Representation::Ideographic).or_else(|| name(2, Representation::Syllabic));
        let id = self.row(5).map(|row| value::code(row.field(1)).0).filter(|id| !id.is_empty());
        Care {
            class: self.class(),
            department: self.department(),
            practitioner: (id.is_some() || name.is_some()).then_some(Practitioner { id, name }),
            insurances: self.insurance_kind().into_iter().collect(),
        }
    }

    /// 診療科 (record 4): the code counts where its kind says that there is one.
    fn department(&self) -> Option<Code> {
        let row = self.row(4)?;
        let ((kind, _), (code, _)) = (value::code(row.field(1)), value::code(row.field(2)));
        let code = if kind == "2" && !code.is_empty() { format!("{code:0>2}") } else { String::new() };
        let display = value::text(row.field(3)).unwrap_or_default();
        (!code.is_empty() || !display.is_empty()).then_some(Code { code, display, system: String::new() })
    }

    /// レセプト種別: an odd last digit is a stay, an even one a visit.
    fn class(&self) -> Option<CareClass> {
        let (kind, _) = value::code(self.row(31)?.field(1));
        let last = kind.chars().last().filter(|_| kind.len() == 4)?.to_digit(10)?;
        Some(if last.is_multiple_of(2) { CareClass::Ambulatory } else { CareClass::Inpatient })
    }
}

/// A remark with its kind as a code.
pub fn told(system: &str, kind: &str, words: &str) -> Option<Concept> {
    let words = value::text(words)?;
    let (kind, _) = value::code(kind);
    if kind.is_empty() {
        return Some(Concept { codes: Vec::new(), text: Some(words) });
    }
    let code = Code { code: kind, display: words, system: system.to_owned() };
    Some(Concept { codes: vec![code], text: None })
}
