//! Records 101 to 281, brought together by RP番号 and RP内連番.

use crate::{form::Form, issues, rows::Row, value, writer::Writer};
use std::collections::BTreeSet;

/// One Rp: form and quantity, usage, and its drugs.
pub struct Rp<'t> {
    pub number: String,
    /// 剤形 (101).
    pub form: Option<Row<'t>>,
    /// 分割指示調剤数量 (102).
    pub split: Option<Row<'t>>,
    /// 用法 (111).
    pub usage: Option<Row<'t>>,
    /// 用法補足 (181).
    pub supplements: Vec<Row<'t>>,
    pub drugs: Vec<Drug<'t>>,
    /// Its form or usage is stated twice, in two ways.
    pub contradicted: bool,
}

/// One drug (201) with what belongs to it.
pub struct Drug<'t> {
    pub place: String,
    pub row: Row<'t>,
    /// The same line once more.
    pub copies: Vec<Row<'t>>,
    /// Another drug has its number, or what belongs to it is stated in two ways.
    pub contradicted: bool,
    /// 不均等 (221).
    pub uneven: Option<Row<'t>>,
    /// 1回服用量 (241).
    pub single: Option<Row<'t>>,
    /// 薬品補足 (281).
    pub supplements: Vec<Row<'t>>,
}

impl<'t> Drug<'t> {
    /// Its line, and those that say the same.
    pub fn rows(&self) -> impl Iterator<Item = &Row<'t>> {
        std::iter::once(&self.row).chain(&self.copies)
    }
}

pub const fn is_of_rp(number: u16) -> bool {
    matches!(number, 101 | 102 | 111 | 181 | 201 | 211 | 221 | 231 | 241 | 281)
}

/// In the order of their first record.
pub struct Rps<'t>(pub Vec<Rp<'t>>);

impl<'t> Rps<'t> {
    pub fn of(rows: &[Row<'t>], writer: &mut Writer<'_>) -> Self {
        let mut rps = Self(Vec::new());
        for row in rows.iter().filter(|row| matches!(row.number(), Some(101 | 102 | 111 | 181 | 201))) {
            rps.take(row);
        }
        // Behind the drugs that they belong to, in whatever order they stand.
        for row in rows.iter().filter(|row| matches!(row.number(), Some(221 | 241 | 281))) {
            if !rps.belongs(row) {
                writer.tell(&issues::ORPHAN, row, "");
            }
        }
        rps
    }

    /// Whether a number is left out: an Rp, or a drug among those of its Rp, was not scanned.
    pub fn has_gap(&self) -> bool {
        let numbers = |texts: &mut dyn Iterator<Item = &str>| -> Option<BTreeSet<u32>> {
            texts.map(|text| text.parse().ok()).collect()
        };
        // What is not numbered is not counted.
        let gap = |numbers: Option<BTreeSet<u32>>, latest_start: u32| {
            let numbers = numbers.unwrap_or_default();
            let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else { return false };
            *first > latest_start || u32::try_from(numbers.len()) != Ok(last - first + 1)
        };
        // Some count drugs through all Rps.
        let places = |rp: &Rp<'_>| gap(numbers(&mut rp.drugs.iter().map(|drug| drug.place.as_str())), u32::MAX);
        gap(numbers(&mut self.0.iter().map(|rp| rp.number.as_str())), 1) || self.0.iter().any(places)
    }

    fn take(&mut self, row: &Row<'t>) {
        let (number, _) = value::code(row.field(1));
        let at = self.0.iter().position(|rp| rp.number == number).unwrap_or_else(|| {
            self.0.push(Rp::new(number));
            self.0.len() - 1
        });
        let Some(rp) = self.0.get_mut(at) else { return };
        match row.number() {
            Some(101) => rp.contradicted |= differs(&mut rp.form, row),
            Some(102) => rp.contradicted |= differs(&mut rp.split, row),
            Some(111) => rp.contradicted |= differs(&mut rp.usage, row),
            Some(181) => add(&mut rp.supplements, row),
            _ => rp.take_drug(row),
        }
    }

    fn belongs(&mut self, row: &Row<'t>) -> bool {
        let ((number, _), (place, _)) = (value::code(row.field(1)), value::code(row.field(2)));
        let Some(rp) = self.0.iter_mut().find(|rp| rp.number == number) else { return false };
        let mut drugs: Vec<&mut Drug<'t>> = rp.drugs.iter_mut().filter(|drug| drug.place == place).collect();
        // Of which of several drugs it speaks, nobody says.
        let several = drugs.len() > 1;
        for drug in &mut drugs {
            drug.contradicted |= several;
            match row.number() {
                Some(221) => drug.contradicted |= differs(&mut drug.uneven, row),
                Some(241) => drug.contradicted |= differs(&mut drug.single, row),
                _ => add(&mut drug.supplements, row),
            }
        }
        !drugs.is_empty()
    }
}

/// Fills a place that one record has; whether it held another one already.
fn differs<'t>(place: &mut Option<Row<'t>>, row: &Row<'t>) -> bool {
    !place.get_or_insert_with(|| row.clone()).says_as(row)
}

/// What is said twice is said once.
fn add<'t>(rows: &mut Vec<Row<'t>>, row: &Row<'t>) {
    if !rows.iter().any(|known| known.says_as(row)) {
        rows.push(row.clone());
    }
}

impl<'t> Rp<'t> {
    fn new(number: String) -> Self {
        let (supplements, drugs) = (Vec::new(), Vec::new());
        Self { number, form: None, split: None, usage: None, supplements, drugs, contradicted: false }
    }

    fn take_drug(&mut self, row: &Row<'t>) {
        let (place, _) = value::code(row.field(2));
        let mut contradicted = false;
        if let Some(known) = self.drugs.iter_mut().find(|drug| !place.is_empty() && drug.place == place) {
            if known.row.says_as(row) {
                return known.copies.push(row.clone());
            }
            (known.contradicted, contradicted) = (true, true);
        }
        self.drugs.push(Drug {
            place,
            row: row.clone(),
            copies: Vec::new(),
            contradicted,
            uneven: None,
            single: None,
            supplements: Vec::new(),
        });
    }
}

impl Rp<'_> {
    fn form_code(&self) -> Option<String> {
        Some(value::code(self.form.as_ref()?.field(2)).0)
    }

    pub fn kind(&self) -> Option<Form> {
        self.form_code().as_deref().and_then(Form::of_prescription)
    }

    pub fn is_material(&self) -> bool {
        self.kind() == Some(Form::Material)
    }

    /// What is odd about the Rp as such.
    pub fn tell(&self, writer: &mut Writer<'_>) {
        let record = [&self.form, &self.usage, &self.split].into_iter().find_map(Option::as_ref);
        if let Some(record) = record.or(self.supplements.first()).filter(|_| self.drugs.is_empty()) {
            writer.tell(&issues::RP_EMPTY, record, "");
        }
        let Some(first) = self.drugs.first() else { return };
        if self.usage.is_none() {
            writer.tell(&issues::USAGE_MISSING, &first.row, "");
        }
        if let Some(form) = self.form.as_ref().filter(|_| self.kind().is_none()) {
            writer.tell(&issues::FORM_UNKNOWN, form, form.field(2));
        }
    }
}
