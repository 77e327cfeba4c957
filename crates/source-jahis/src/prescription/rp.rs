//! Records 101 to 281, brought together by RP番号 and RP内連番.

use crate::{form::Form, issues, rows::Row, value, writer::Writer};

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
}

/// One drug (201) with what belongs to it.
pub struct Drug<'t> {
    pub place: String,
    pub row: Row<'t>,
    /// 不均等 (221).
    pub uneven: Option<Row<'t>>,
    /// 1回服用量 (241).
    pub single: Option<Row<'t>>,
    /// 薬品補足 (281).
    pub supplements: Vec<Row<'t>>,
}

pub const fn is_of_rp(number: u16) -> bool {
    matches!(number, 101 | 102 | 111 | 181 | 201 | 211 | 221 | 231 | 241 | 281)
}

/// In the order of their first record.
pub struct Rps<'t>(pub Vec<Rp<'t>>);

impl<'t> Rps<'t> {
    pub fn of(rows: &[Row<'t>], writer: &mut Writer<'_>) -> Self {
        let mut rps = Self(Vec::new());
        let of_rps = |row: &&Row<'t>| row.number().is_some_and(is_of_rp);
        for row in rows.iter().filter(of_rps) {
            if matches!(row.number(), Some(221 | 241 | 281)) {
                continue;
            }
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

    fn take(&mut self, row: &Row<'t>) {
        let (number, _) = value::code(row.field(1));
        let at = self.0.iter().position(|rp| rp.number == number).unwrap_or_else(|| {
            let empty = Rp { number, form: None, split: None, usage: None, supplements: Vec::new(), drugs: Vec::new() };
            self.0.push(empty);
            self.0.len() - 1
        });
        let Some(rp) = self.0.get_mut(at) else { return };
        match row.number() {
            Some(101) => drop(rp.form.get_or_insert_with(|| row.clone())),
            Some(102) => drop(rp.split.get_or_insert_with(|| row.clone())),
            Some(111) => drop(rp.usage.get_or_insert_with(|| row.clone())),
            Some(181) => rp.supplements.push(row.clone()),
            Some(201) => {
                let (place, _) = value::code(row.field(2));
                rp.drugs.push(Drug { place, row: row.clone(), uneven: None, single: None, supplements: Vec::new() });
            }
            _ => {}
        }
    }

    fn belongs(&mut self, row: &Row<'t>) -> bool {
        let ((number, _), (place, _)) = (value::code(row.field(1)), value::code(row.field(2)));
        let rp = self.0.iter_mut().find(|rp| rp.number == number);
        let Some(drug) = rp.and_then(|rp| rp.drugs.iter_mut().find(|drug| drug.place == place)) else { return false };
        match row.number() {
            Some(221) => drug.uneven = Some(row.clone()),
            Some(241) => drug.single = Some(row.clone()),
            _ => drug.supplements.push(row.clone()),
        }
        true
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
        if let Some(form) = self.form.as_ref().or(self.usage.as_ref()).filter(|_| self.drugs.is_empty()) {
            writer.tell(&issues::RP_EMPTY, form, "");
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
