//! 傷病名.

use super::{
    build::{Built, CareFields, local, standard},
    diagnosis as f,
};
use crate::{issues, mapping::Mapping, read::Values};
use tsugite_clinical::{
    body::{Body, Code, Concept, Diagnosis},
    says_doubt,
};

/// レセプト電算処理の傷病名コード, 修飾語コード, 病名管理番号.
const DISEASE: &str = "MASTERB";
const MODIFIER: &str = "MASTERZ";
const MEDIS: &str = "MDCDX2";
/// 未コード化傷病名: one code for whatever has none.
const UNCODED: [&str; 3] = ["0000999", "99999999", "20084317"];

/// A disease with its modifiers, by codes of receipts.
#[derive(Default)]
struct Coded {
    disease: Option<String>,
    before: Vec<Concept>,
    after: Vec<Concept>,
}

pub fn build(values: &Values, mapping: &Mapping) -> Built {
    let name = values.owned(f::NAME);
    let display = name.as_deref().unwrap_or_default();
    let mut coded = Coded { disease: values.owned(f::RECEIPT_CODE), ..Coded::default() };
    if values.text(f::ORCA_CODES).is_some_and(|codes| !coded.orca(codes)) {
        return Built::Held(&issues::CODES_MALFORMED, "ORCAの病名コード");
    }
    if values.text(f::MODIFIERS).is_some_and(|modifiers| !coded.modifiers(modifiers)) {
        return Built::Held(&issues::CODES_MALFORMED, "修飾語コード");
    }
    // The codes say the disease without its modifiers, so the whole name is a text of its own.
    let whole = coded.before.is_empty() && coded.after.is_empty();
    let own = if whole { display } else { "" };
    let codes = [
        standard(values.owned(f::MEDIS_CODE), own, MEDIS),
        standard(coded.disease, own, DISEASE),
        local(mapping, values.owned(f::CODE), display, values.text(f::SYSTEM)),
    ];
    let disease = Concept { codes: codes.into_iter().flatten().collect(), text: name.clone() };
    if disease.codes.is_empty() && disease.text.is_none() {
        return Built::Held(&issues::REQUIRED_MISSING, "病名");
    }
    let icd10 = values.owned(f::ICD10).map(|code| Code {
        code: code.replace('.', ""),
        system: "I10".to_owned(),
        display: String::new(),
    });
    let care = CareFields {
        class: Some(f::CLASS),
        department: Some(f::DEPARTMENT),
        department_name: Some(f::DEPARTMENT_NAME),
        doctor: Some(f::DOCTOR),
    };
    let diagnosis = Diagnosis {
        suspected: values.is_set(f::SUSPECTED)
            || disease.name().is_some_and(says_doubt)
            || coded.after.iter().any(is_doubt),
        exchange: standard(values.owned(f::EXCHANGE_CODE), own, MEDIS),
        icd10: icd10.into_iter().collect(),
        prefixes: coded.before,
        suffixes: coded.after,
        main: values.is_set(f::MAIN),
        problem_id: values.owned(f::PROBLEM_ID),
        onset: values.date(f::ONSET),
        recorded: values.date(f::RECORDED),
        ended: values.date(f::ENDED),
        outcome: values.owned(f::OUTCOME).map(|code| Code { code, ..Code::default() }),
        care: care.read(values),
        disease,
        ..Diagnosis::default()
    };
    Built::Fact(item(&diagnosis), Body::Diagnosis(Box::new(diagnosis)))
}

impl Coded {
    /// ORCA writes a disease and its modifiers (`ZZZ` and four digits) in the order of the name. `false` where it is none, or
    /// several diseases.
    fn orca(&mut self, codes: &str) -> bool {
        codes.split([' ', ',', '+']).filter(|code| !code.is_empty()).all(|code| match code.strip_prefix("ZZZ") {
            Some(modifier) => self.modifiers(modifier),
            None => self.disease.replace(code.to_owned()).is_none_or(|before| before == code),
        })
    }

    /// Four digits each, joined or parted. `false` where digits are missing: nobody could tell which.
    fn modifiers(&mut self, codes: &str) -> bool {
        codes.split(|c: char| !c.is_ascii_alphanumeric()).filter(|codes| !codes.is_empty()).all(|codes| {
            let whole = codes.len().is_multiple_of(4) && codes.bytes().all(|byte| byte.is_ascii_digit());
            let each = codes.as_bytes().chunks(4).filter_map(|four| std::str::from_utf8(four).ok());
            each.filter(|_| whole).for_each(|modifier| self.modifier(modifier));
            whole
        })
    }

    /// Codes that begin with 8 stand behind the name.
    fn modifier(&mut self, code: &str) {
        let concept = Concept {
            codes: vec![Code { code: code.to_owned(), system: MODIFIER.to_owned(), ..Code::default() }],
            text: None,
        };
        if code.starts_with('8') { self.after.push(concept) } else { self.before.push(concept) }
    }
}

/// 8002: の疑い.
fn is_doubt(suffix: &Concept) -> bool {
    suffix.codes.iter().any(|code| code.code == "8002")
}

/// Disease, modifiers and day of onset: what may change is the outcome, not these.
fn item(diagnosis: &Diagnosis) -> String {
    let name = |concept: &Concept| match concept.codes.first() {
        // Uncoded diseases share a dummy; their names tell them apart.
        Some(code) if UNCODED.contains(&code.code.as_str()) => concept.text.clone().unwrap_or_default(),
        Some(code) => code.code.clone(),
        None => concept.text.clone().unwrap_or_default(),
    };
    let mut item = name(&diagnosis.disease);
    for (mark, modifiers) in [('<', &diagnosis.prefixes), ('>', &diagnosis.suffixes)] {
        for modifier in modifiers {
            item.push(mark);
            item.push_str(&name(modifier));
        }
    }
    if let Some(onset) = diagnosis.onset {
        item.push('@');
        item.push_str(&onset.date.to_string());
    }
    item
}
