//! 薬剤: YJ, 規格別薬剤成分, 一般名; `NOCODED` where none is known.

use super::{
    super::{Mapper, masters::official},
    coding, name_or_code,
};
use crate::{
    issues,
    masters::{Drug, Gap, Kind},
    systems,
    tables::{allergens::is_price_code, site::DrugTarget},
};
use tsugite_clinical::{
    Date, Fact,
    body::{Code, Prescription},
    standard::Coding,
};

/// A drug with its codes.
pub struct Coded {
    pub codings: Vec<Coding>,
    pub uncoded: bool,
    pub text: String,
    /// The unit in which the master counts it.
    pub unit: Option<String>,
}

/// What the codes of a line lead to.
#[derive(Default)]
struct Found {
    yj: Option<(String, Option<String>)>,
    kys: Option<(String, Option<String>)>,
    general: Option<(String, Option<String>)>,
    /// Only where no product is known.
    general_of_master: Option<(String, Option<String>)>,
    name: Option<String>,
    of_price_list: bool,
    gaps: Vec<(String, Gap)>,
}

impl Mapper<'_> {
    pub(super) fn drug(&mut self, fact: &Fact, line: &Prescription, day: Option<Date>) -> Coded {
        let mut found = Found::default();
        match self.tables.site.drugs.find(&line.drug) {
            Some(target) => found.take_target(target),
            None => line.drug.codes.iter().for_each(|code| self.follow(code, day, &mut found)),
        }
        let own = line.drug.name().map(str::trim).filter(|name| !name.is_empty());
        let text = match (own, &found.name) {
            (None, Some(name)) => official(name).into_owned(),
            _ => self.display(fact, "医薬品名", name_or_code(&line.drug)).into_owned(),
        };
        let general = found.general.take().or_else(|| found.general_of_master.take().filter(|_| found.yj.is_none()));
        let product = found.yj.is_some() || found.kys.is_some();
        let codings: Vec<Coding> =
            [(systems::YJ, found.yj), (systems::KYS, found.kys), (systems::GENERAL_NAME, general)]
                .into_iter()
                .filter_map(|(system, code)| {
                    let (code, display) = code?;
                    let display = display.filter(|display| !display.trim().is_empty());
                    Some(coding(system, &code, &official(display.as_deref().unwrap_or(&text))))
                })
                .collect();
        if self.documents {
            if found.of_price_list {
                self.tell(fact, &issues::YJ_OF_PRICE_LIST, &text);
            }
            if !product {
                found.gaps.iter().for_each(|(code, gap)| self.gap(fact, code, *gap));
            }
        }
        let uncoded = codings.is_empty();
        if uncoded {
            self.tell(fact, &issues::DRUG_UNCODED, &text);
            if self.documents {
                self.unmapped("prescription", line.drug.codes.first(), &text);
            }
        }
        let nocoded = || vec![coding(systems::DRUG_UNCODED, "NOCODED", "標準コードなし")];
        let unit = self.unit_of_master(line, day);
        Coded { codings: if uncoded { nocoded() } else { codings }, uncoded, text, unit }
    }

    /// What one code of the line leads to.
    fn follow(&self, code: &Code, day: Option<Date>, found: &mut Found) {
        let masters = &self.tables.masters;
        let (written, display) = (code.code.trim(), Some(code.display.clone()));
        let first = |place: &mut Option<(String, Option<String>)>| {
            place.get_or_insert_with(|| (written.to_owned(), display.clone()));
        };
        let drug = match code.system.trim() {
            "YJ" if is_price_code(written) => {
                let of_master = || masters.drug_of_yj(written, day).ok().map(|drug| drug.name.to_owned());
                let display = display.clone().filter(|display| !display.trim().is_empty()).or_else(of_master);
                found.yj.get_or_insert_with(|| (written.to_owned(), display));
                return;
            }
            "KYS" if !written.is_empty() => return first(&mut found.kys),
            "GENERAL" if is_price_code(written) => {
                let of_master = masters.general(written, day).map(|general| general.name.to_owned());
                found.general.get_or_insert_with(|| (written.to_owned(), of_master.or(display)));
                return;
            }
            // Receipt codes begin with 6; some systems label them as HOT codes, which begin with 1.
            "HOT" | "HOT9" if written.len() == 9 && written.starts_with('6') => masters.drug_of_receipt(written, day),
            "HOT" | "HOT7" | "HOT9" | "HOT13" if matches!(written.len(), 7 | 9 | 11 | 13) => {
                masters.drug_of_hot(written, day)
            }
            "MASTERY" => masters.drug_of_receipt(written, day),
            "PRICE" if is_price_code(written) => masters.drug_of_price_code(written, day),
            _ => return,
        };
        match drug {
            Ok(drug) => found.take(written, &drug),
            Err(gap) => found.gaps.push((written.to_owned(), gap)),
        }
    }

    /// 単位 of the drug master, for sources that leave it to the master (receipts).
    fn unit_of_master(&self, line: &Prescription, day: Option<Date>) -> Option<String> {
        let code = line.drug.in_system("MASTERY")?;
        let found = self.tables.masters.find(Kind::Drug, code.code.trim(), day)?;
        found
            .columns()
            .find(|(name, _)| *name == "unit")
            .map(|(_, unit)| unit.to_owned())
            .filter(|unit| !unit.is_empty())
    }
}

impl Found {
    fn take_target(&mut self, target: &DrugTarget) {
        let display = Some(target.display.clone());
        match target {
            DrugTarget { code, general: true, .. } => self.general = Some((code.clone(), display)),
            DrugTarget { code, .. } => self.yj = Some((code.clone(), display)),
        }
    }

    fn take(&mut self, code: &str, drug: &Drug<'_>) {
        self.name.get_or_insert_with(|| drug.name.to_owned());
        match drug.yj {
            Ok(yj) if self.yj.is_none() => {
                self.yj = Some((yj.code.to_owned(), Some(drug.name.to_owned())));
                self.of_price_list = yj.of_price_list;
            }
            Ok(_) => {}
            Err(gap) => self.gaps.push((code.to_owned(), gap)),
        }
        if let Ok(general) = drug.general {
            self.general_of_master.get_or_insert_with(|| (general.code.to_owned(), Some(general.name.to_owned())));
        }
    }
}
