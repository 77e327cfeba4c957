use super::{
    super::{
        Found, Kind, Masters,
        kind::{by, col},
    },
    Gap, Note, given,
};
use tsugite_clinical::Date;

/// 傷病名 as a master has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disease<'m> {
    pub name: &'m str,
    /// レセ電傷病名コード, 7 digits; not where only the MEDIS master knows the disease.
    pub receipt: Option<&'m str>,
    /// 病名管理番号, 8 digits.
    pub number: Option<&'m str>,
    /// 病名交換用コード, 4 characters.
    pub exchange: Option<&'m str>,
    /// Without dot; the second one is the manifestation (†*).
    pub icd10: Vec<&'m str>,
    /// Of the edition that was used.
    pub edition: Date,
    pub notes: Vec<Note>,
}

/// 修飾語 as a master has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modifier<'m> {
    pub name: &'m str,
    /// レセ電修飾語コード, 4 digits.
    pub receipt: Option<&'m str>,
    /// 修飾語管理番号, 8 digits.
    pub number: Option<&'m str>,
    pub exchange: Option<&'m str>,
    /// 接尾語 (の疑い, 術後 …), to be written behind the disease.
    pub suffix: bool,
    pub notes: Vec<Note>,
}

/// 未コード化傷病名: a text stands for the disease.
pub const UNCODED_RECEIPT: &str = "0000999";

impl Masters {
    /// By レセ電傷病名コード as of a day.
    ///
    /// # Errors
    /// No master, or none that has the code; [`UNCODED_RECEIPT`] is never found.
    pub fn disease(&self, receipt: &str, as_of: Option<Date>) -> Result<Disease<'_>, Gap> {
        if receipt == UNCODED_RECEIPT {
            return Err(Gap::NotInMaster(Kind::Disease));
        }
        let mut notes = Vec::new();
        if let Some(found) = self.standing(Kind::Disease, receipt, as_of, &mut notes) {
            return Ok(receipt_disease(found, notes));
        }
        let standard = self.find_by(Kind::StandardDisease, by::standard_disease::RECEIPT, receipt, as_of);
        standard.map(|found| self.standard_disease(found, as_of)).ok_or_else(|| self.gap(Kind::Disease))
    }

    /// By 病名管理番号 as of a day.
    ///
    /// # Errors
    /// No master, or none that has the number.
    pub fn disease_of_number(&self, number: &str, as_of: Option<Date>) -> Result<Disease<'_>, Gap> {
        if let Some(found) = self.find_by(Kind::Disease, by::disease::NUMBER, number, as_of) {
            return Ok(receipt_disease(found, Vec::new()));
        }
        let standard = self.find(Kind::StandardDisease, number, as_of);
        standard.map(|found| self.standard_disease(found, as_of)).ok_or_else(|| self.gap(Kind::Disease))
    }

    fn standard_disease<'m>(&'m self, found: Found<'m>, as_of: Option<Date>) -> Disease<'m> {
        use col::standard_disease as col;
        let mut notes = Vec::new();
        let successor = given(found.row.get(col::SUCCESSOR)).filter(|next| *next != found.code());
        let next = successor.and_then(|next| self.find(Kind::StandardDisease, next, as_of));
        if next.is_some() {
            notes.push(Note::Moved);
        }
        let Found { row, edition, other_edition } = next.unwrap_or(found);
        if other_edition {
            notes.push(Note::OtherEdition(edition.date));
        }
        Disease {
            name: row.get(1),
            receipt: given(found.row.get(7)),
            number: given(row.get(0)),
            exchange: given(row.get(col::EXCHANGE)),
            icd10: col::ICD10.into_iter().filter_map(|column| given(row.get(column))).collect(),
            edition: edition.date,
            notes,
        }
    }

    /// By レセ電修飾語コード as of a day.
    ///
    /// # Errors
    /// No master, or none that has the code.
    pub fn modifier(&self, receipt: &str, as_of: Option<Date>) -> Result<Modifier<'_>, Gap> {
        let mut notes = Vec::new();
        if let Some(found) = self.standing(Kind::Modifier, receipt, as_of, &mut notes) {
            return Ok(receipt_modifier(found, notes));
        }
        let standard = self.find_by(Kind::StandardModifier, by::standard_modifier::RECEIPT, receipt, as_of);
        standard.map(standard_modifier).ok_or_else(|| self.gap(Kind::Modifier))
    }

    /// By 修飾語管理番号.
    ///
    /// # Errors
    /// No master, or none that has the number.
    pub fn modifier_of_number(&self, number: &str, as_of: Option<Date>) -> Result<Modifier<'_>, Gap> {
        let receipt = self.find_by(Kind::Modifier, by::modifier::NUMBER, number, as_of);
        if let Some(found) = receipt {
            return Ok(receipt_modifier(found, Vec::new()));
        }
        let standard = self.find(Kind::StandardModifier, number, as_of);
        standard.map(standard_modifier).ok_or_else(|| self.gap(Kind::Modifier))
    }

    /// By 修飾語交換用コード, where one modifier has it.
    ///
    /// # Errors
    /// No master, or none that has the code once.
    pub fn modifier_of_exchange(&self, exchange: &str, as_of: Option<Date>) -> Result<Modifier<'_>, Gap> {
        let mut found = self.find_all(Kind::Modifier, by::modifier::EXCHANGE, exchange, as_of);
        match (found.next(), found.next()) {
            (Some(found), None) => Ok(receipt_modifier(found, Vec::new())),
            (Some(_), Some(_)) => Err(Gap::Ambiguous(Kind::Modifier, super::Link::Number)),
            _ => Err(self.gap(Kind::Modifier)),
        }
    }

    pub(super) fn gap(&self, kind: Kind) -> Gap {
        if self.has(kind) { Gap::NotInMaster(kind) } else { Gap::NoMaster(kind) }
    }
}

fn receipt_disease(found: Found<'_>, notes: Vec<Note>) -> Disease<'_> {
    use col::disease as col;
    let row = found.row;
    Disease {
        name: row.get(1),
        receipt: given(row.get(0)),
        number: given(row.get(col::NUMBER)),
        exchange: given(row.get(col::EXCHANGE)),
        icd10: col::ICD10.into_iter().filter_map(|column| given(row.get(column))).collect(),
        edition: found.edition.date,
        notes,
    }
}

fn receipt_modifier(found: Found<'_>, notes: Vec<Note>) -> Modifier<'_> {
    use col::modifier as col;
    let row = found.row;
    Modifier {
        name: row.get(1),
        receipt: given(row.get(0)),
        number: given(row.get(col::NUMBER)),
        exchange: given(row.get(col::EXCHANGE)),
        // 修飾語区分 8: 接尾語.
        suffix: row.get(col::CATEGORY).starts_with("A8"),
        notes,
    }
}

fn standard_modifier(found: Found<'_>) -> Modifier<'_> {
    let row = found.row;
    let receipt = given(row.get(6));
    let other = found.other_edition.then_some(Note::OtherEdition(found.edition.date));
    Modifier {
        name: row.get(1),
        receipt,
        number: given(row.get(0)),
        exchange: given(row.get(col::standard_modifier::EXCHANGE)),
        suffix: row.get(5) == "8" || receipt.is_some_and(|code| code.starts_with('8')),
        notes: other.into_iter().collect(),
    }
}
