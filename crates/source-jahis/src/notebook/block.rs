//! Dispensings: the records from 5 on, with the prescription (51, 55) that they followed.

use super::Creator;
use crate::{form::Form, issues, rows::Row, symbol::Direction, value};
use tsugite_clinical::body::{Care, Code, Name, Party, Practitioner, Representation};
use tsugite_issue::Definition;

/// The drugs that one pharmacy dispensed on one day by one doctor's prescription.
#[derive(Debug, Default)]
pub struct Block<'t> {
    /// 調剤等年月日 (5).
    pub day: Option<Row<'t>>,
    /// 調剤 医療機関等 (11).
    pharmacy: Option<Row<'t>>,
    /// 処方 医療機関 (51).
    institution: Option<Row<'t>>,
    /// 処方 医師 (55).
    doctor: Option<Row<'t>>,
    pub rps: Vec<Rp<'t>>,
}

/// One Rp: its drugs, its usage, and what was said of either.
#[derive(Debug)]
pub struct Rp<'t> {
    pub number: String,
    /// 薬品 (201).
    pub drugs: Vec<Row<'t>>,
    /// 用法 (301).
    pub usage: Option<Row<'t>>,
    /// 用法補足 (311).
    pub supplements: Vec<Row<'t>>,
    /// 薬品補足, 薬品服用注意, 処方服用注意 (281, 291, 391).
    pub remarks: Vec<Row<'t>>,
    /// Why its usage cannot be taken as it stands: it is stated in two ways, or ends half-way.
    pub doubt: Option<&'static Definition>,
}

/// Column of 剤型 in a usage (301).
const USAGE_FORM: usize = 5;

pub const fn is_of_block(number: u16) -> bool {
    matches!(number, 5 | 11 | 15 | 51 | 55 | 201 | 281 | 291 | 301 | 311 | 391)
}

/// Cuts the rows at the records that begin a dispensing. Parts of a split notebook repeat these: there the same say the same block.
pub fn blocks<'t>(rows: &[Row<'t>], split: bool) -> Vec<Block<'t>> {
    let mut blocks: Vec<Block<'t>> = Vec::new();
    let mut head = Block::default();
    for row in rows {
        match row.number() {
            Some(5) => head = Block { day: Some(row.clone()), ..Block::default() },
            Some(11) => head.pharmacy = Some(row.clone()),
            Some(51) => (head.institution, head.doctor) = (Some(row.clone()), None),
            Some(55) => head.doctor = Some(row.clone()),
            Some(201 | 281 | 291 | 301 | 311 | 391) => {
                let at = match split {
                    true => blocks.iter().position(|block| block.says_as(&head)),
                    false => {
                        blocks.len().checked_sub(1).filter(|last| blocks.get(*last).is_some_and(|b| b.is_under(&head)))
                    }
                };
                let at = at.unwrap_or_else(|| {
                    blocks.push(head.without_drugs());
                    blocks.len() - 1
                });
                if let Some(block) = blocks.get_mut(at) {
                    block.take(row);
                }
            }
            _ => {}
        }
    }
    blocks
}

impl<'t> Block<'t> {
    fn heads(&self) -> [&Option<Row<'t>>; 4] {
        [&self.day, &self.pharmacy, &self.institution, &self.doctor]
    }

    fn without_drugs(&self) -> Self {
        let Self { day, pharmacy, institution, doctor, .. } = self;
        Self {
            day: day.clone(),
            pharmacy: pharmacy.clone(),
            institution: institution.clone(),
            doctor: doctor.clone(),
            rps: Vec::new(),
        }
    }

    /// Under the very same records.
    fn is_under(&self, head: &Self) -> bool {
        let lines = |block: &Self| block.heads().map(|row| row.as_ref().map(|row| row.line));
        lines(self) == lines(head)
    }

    /// Under records that say the same.
    fn says_as(&self, head: &Self) -> bool {
        self.heads().into_iter().zip(head.heads()).all(|(one, other)| match (one, other) {
            (Some(one), Some(other)) => one.says_as(other),
            (one, other) => one.is_none() && other.is_none(),
        })
    }

    fn take(&mut self, row: &Row<'t>) {
        let (number, _) = value::code(row.field(1));
        let at = self.rps.iter().position(|rp| rp.number == number).unwrap_or_else(|| {
            let (drugs, supplements, remarks) = (Vec::new(), Vec::new(), Vec::new());
            self.rps.push(Rp { number, drugs, usage: None, supplements, remarks, doubt: None });
            self.rps.len() - 1
        });
        let Some(rp) = self.rps.get_mut(at) else { return };
        match row.number() {
            Some(201) => rp.drugs.push(row.clone()),
            Some(301) if rp.usage.get_or_insert_with(|| row.clone()).says_as(row) => {}
            Some(301) => rp.doubt = Some(&issues::RP_DIFFERS),
            Some(311) => rp.supplements.push(row.clone()),
            _ => rp.remarks.push(row.clone()),
        }
    }

    /// A usage in the last line that ends before its form: the days of a code that goes on elsewhere may be cut off.
    pub fn mark_cut(&mut self, last: Option<&Row<'_>>) {
        let Some(last) = last.filter(|row| row.columns() <= USAGE_FORM) else { return };
        for rp in &mut self.rps {
            if rp.usage.as_ref().is_some_and(|usage| usage.line == last.line) {
                rp.doubt = rp.doubt.or(Some(&issues::LINE_CUT));
            }
        }
    }

    pub fn first_drug(&self) -> Option<&Row<'t>> {
        self.rps.iter().find_map(|rp| rp.drugs.first())
    }

    /// What names the dispensing: day, prescribing institution and doctor, pharmacy.
    pub fn part(&self) -> String {
        let place = |row: &Option<Row<'_>>| {
            let Some(row) = row else { return String::new() };
            let code = [2, 3, 4].map(|at| value::code(row.field(at)).0).concat();
            if code.is_empty() { row.field(1).trim().to_owned() } else { code }
        };
        let day = self.day.as_ref().map(|row| {
            let read = value::date(row.field(1)).date();
            read.map_or_else(|| row.field(1).trim().to_owned(), |date| date.to_string())
        });
        let doctor = self.doctor.as_ref().map(|row| row.field(1).trim().to_owned());
        [day.unwrap_or_default(), place(&self.institution), doctor.unwrap_or_default(), place(&self.pharmacy)].join("^")
    }

    /// 処方医療機関, where a professional named it.
    pub fn prescriber(&self, direction: Direction) -> Option<Party> {
        let row = self.institution.as_ref().filter(|row| Creator::of(row, 5, direction) == Creator::Professional)?;
        let name = row.field(1).trim().to_owned();
        let number = value::institution(row.field(2), row.field(3), row.field(4));
        (number.is_some() || !name.is_empty()).then(|| Party { number, name, ..Party::default() })
    }

    /// 処方医 and 診療科, where a professional named them.
    pub fn care(&self, direction: Direction) -> Care {
        let stated = |row: &&Row<'t>| Creator::of(row, 3, direction) == Creator::Professional;
        let Some(row) = self.doctor.as_ref().filter(stated) else { return Care::default() };
        let name = Name::split(Representation::Ideographic, row.field(1));
        let department = value::text(row.field(2)).map(|display| Code { display, ..Code::default() });
        Care {
            department,
            practitioner: name.map(|name| Practitioner { id: None, name: Some(name) }),
            ..Care::default()
        }
    }
}

impl<'t> Rp<'t> {
    /// 用法, where a professional wrote it.
    pub fn stated_usage(&self, direction: Direction) -> Option<&Row<'t>> {
        self.usage.as_ref().filter(|row| Creator::of(row, 8, direction) == Creator::Professional)
    }

    pub fn form(&self, direction: Direction) -> Option<Form> {
        Form::of_notebook(&value::code(self.stated_usage(direction)?.field(5)).0)
    }

    pub fn is_material(&self, direction: Direction) -> bool {
        self.form(direction) == Some(Form::Material)
    }
}
