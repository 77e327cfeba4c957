mod code;
mod value;

pub use code::Specimens;

use super::{Mapper, name_or_code};
use crate::systems;
use std::borrow::Cow;
use tsugite_clinical::{
    Fact,
    body::{Code, LabResult},
    standard::{Coding, LabStandard},
};

impl Mapper<'_> {
    pub(super) fn lab(&mut self, fact: &Fact, result: &LabResult, specimens: &Specimens<'_>) -> LabStandard {
        let readings = self.readings(result);
        let codes = self.lab_codes(fact, result, specimens, readings.is_numeric());
        let (specimen, specimen_text) = self.specimen(fact, result, codes.material.as_deref());
        let values = self.values(fact, result, readings, codes.class.as_deref(), codes.unit.as_deref());
        let range = self.range(fact, result.reference_range.as_deref());
        let interpretations = self.interpretations(&result.flags);
        LabStandard {
            local: codes.local,
            shared: codes.shared,
            general: codes.general,
            text: codes.text,
            specimen,
            specimen_text,
            values,
            range,
            interpretations,
        }
    }

    /// 材料: SPM-4, else the digits of the JLAC10 code.
    fn specimen(&mut self, fact: &Fact, result: &LabResult, of_code: Option<&str>) -> (Option<Coding>, String) {
        let material = result.specimen.as_ref().map(|specimen| &specimen.material);
        let given = material.and_then(|material| material.codes.iter().find(|code| is_material(code)));
        let name = material.map(name_or_code).filter(|name| given.is_none_or(|given| *name != given.code.trim()));
        let code = given.map(|given| given.code.trim()).or_else(|| of_code.filter(|_| name.is_none_or(str::is_empty)));
        let name = match name.filter(|name| !name.is_empty()) {
            Some(name) => self.display(fact, "検体", name),
            None => code
                .and_then(|code| self.tables.materials.find(code))
                .map_or(Cow::Borrowed(""), |name| Cow::Borrowed(&**name)),
        };
        let text = match (&*name, code) {
            ("", Some(code)) => code,
            ("", None) => "不明",
            (name, _) => name,
        };
        let coding = code.map(|code| Coding {
            system: systems::MATERIAL.into(),
            version: None,
            code: code.into(),
            display: text.into(),
        });
        (coding, text.to_owned())
    }

    fn interpretations(&mut self, flags: &[String]) -> Vec<Coding> {
        let mut codings: Vec<Coding> = Vec::with_capacity(flags.len());
        for flag in flags.iter().map(|flag| flag.trim()).filter(|flag| !flag.is_empty()) {
            match self.tables.interpretations.find(flag) {
                Some(coding) if codings.contains(coding) => {}
                Some(coding) => codings.push(coding.clone()),
                None => {
                    let code = Code { code: flag.to_owned(), ..Code::default() };
                    self.unmapped("interpretation", Some(&code), "");
                }
            }
        }
        codings
    }
}

/// A JLAC10 材料コード: three digits, under the name `JC10` or none.
fn is_material(code: &Code) -> bool {
    let digits = code.code.trim();
    matches!(code.system.trim(), "JC10" | "JLAC10" | "JC11" | "")
        && digits.len() == 3
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}
