use super::{
    Mapper,
    masters::{day_of, official},
    name_or_code,
};
use crate::{
    issues,
    masters::{self, Disease},
    systems,
    tables::site::is_medis_number,
};
use std::borrow::Cow;
use tsugite_charset::to_half_width;
use tsugite_clinical::{
    Fact,
    body::{Code, Concept, Diagnosis},
    is_doubt,
    standard::{Coding, DiagnosisStandard, Modifier, Outcome},
};
use tsugite_issue::Issue;

/// The name of the standard disease list in SS-MIX2.
const MEDIS: [&str; 3] = ["MDCDX2", "MDCDX", "MEDIS"];
/// レセ電傷病名コード and レセ電修飾語コード.
const RECEIPT_DISEASE: &str = "MASTERB";
const RECEIPT_MODIFIER: &str = "MASTERZ";
/// 未コード化傷病名 of receipts.
const UNCODED_RECEIPT: &str = "0000999";
/// 未コード化傷病名 as senders write it: never a disease of its own.
const UNCODED: [&str; 3] = ["99999999", "20084317", "00000000"];
const UNCODED_NAME: &str = "未コード化傷病名";

impl<'t> Mapper<'t> {
    pub(super) fn diagnosis(&mut self, fact: &Fact, diagnosis: &Diagnosis) -> DiagnosisStandard {
        let known = self.known_disease(fact, &diagnosis.disease);
        let own = diagnosis.disease.name().map(str::trim).filter(|name| !name.is_empty());
        let name = match (own, &known) {
            (None, Some(known)) => official(known.name).into_owned(),
            _ => self.display(fact, "傷病名", name_or_code(&diagnosis.disease)).into_owned(),
        };
        let number = self.disease_number(fact, &diagnosis.disease, known.as_ref(), &name);
        let uncoded = number.is_none();
        if uncoded {
            self.say(&issues::DISEASE_UNCODED, fact);
            self.unmapped("condition", diagnosis.disease.codes.first(), &name);
        }
        let uncoded_number = || coding(systems::DISEASE_NUMBER, &self.policy.condition.uncoded_code, UNCODED_NAME);
        let mut codings = vec![number.unwrap_or_else(uncoded_number)];
        codings.extend(self.exchange_code(fact, diagnosis, known.as_ref(), &name));
        codings.extend(receipt_code(&diagnosis.disease, known.as_ref(), &name));
        codings.extend(self.icd10(fact, &diagnosis.icd10, known.as_ref(), &name));
        let prefixes = self.modifiers(fact, &diagnosis.prefixes);
        let suffixes = self.modifiers(fact, &diagnosis.suffixes);
        let text = whole_name(&name, &prefixes, &suffixes);
        let outcome = self.outcome(fact, diagnosis.outcome.as_ref());
        DiagnosisStandard { codings, uncoded, prefixes, suffixes, text, outcome }
    }

    /// What the masters say of a disease: by the site's map, by 病名管理番号, by レセ電傷病名コード.
    fn known_disease(&mut self, fact: &Fact, disease: &Concept) -> Option<Disease<'t>> {
        let (tables, day) = (self.tables, day_of(fact));
        let mapped = tables.site.diseases.find(disease).map(|target| target.code.as_str());
        if let Some(number) = mapped.or_else(|| given_number(disease).map(|code| code.code.trim())) {
            return tables.masters.disease_of_number(number, day).ok();
        }
        let code = disease.in_system(RECEIPT_DISEASE)?.code.trim();
        if code.is_empty() || code == UNCODED_RECEIPT {
            return None;
        }
        match tables.masters.disease(code, day) {
            Ok(disease) => {
                self.note(fact, code, &disease.notes);
                Some(disease)
            }
            Err(gap) => {
                self.gap(fact, code, gap);
                None
            }
        }
    }

    /// 病名管理番号: the site's map first, then whichever triplet holds a number of the standard list, then the masters.
    fn disease_number(
        &mut self,
        fact: &Fact,
        disease: &Concept,
        known: Option<&Disease<'_>>,
        name: &str,
    ) -> Option<Coding> {
        if let Some(target) = self.tables.site.diseases.find(disease) {
            return Some(coding(systems::DISEASE_NUMBER, &target.code, &target.display));
        }
        let of_master = || Some(coding(systems::DISEASE_NUMBER, known?.number?, &official(known?.name)));
        let Some(code) = given_number(disease) else { return of_master() };
        let number = code.code.trim();
        if UNCODED.contains(&number) || number == self.policy.condition.uncoded_code {
            return None;
        }
        let display = self.display_or(fact, &code.display, name);
        Some(coding(systems::DISEASE_NUMBER, number, &display))
    }

    /// 病名交換用コード: four characters.
    fn exchange_code(
        &mut self,
        fact: &Fact,
        diagnosis: &Diagnosis,
        known: Option<&Disease<'_>>,
        name: &str,
    ) -> Option<Coding> {
        let in_disease =
            || diagnosis.disease.codes.iter().find(|code| is_medis(&code.system) && is_exchange(&code.code));
        let given = diagnosis.exchange.as_ref().filter(|code| is_exchange(&code.code)).or_else(in_disease);
        let Some(given) = given else {
            return Some(coding(systems::DISEASE_EXCHANGE, known?.exchange?, &official(known?.name)));
        };
        let display = self.display_or(fact, &given.display, name);
        Some(coding(systems::DISEASE_EXCHANGE, given.code.trim(), &display))
    }

    /// The source's own, else the master's.
    fn icd10(&mut self, fact: &Fact, codes: &[Code], known: Option<&Disease<'_>>, name: &str) -> Vec<Coding> {
        let mut codings: Vec<Coding> = Vec::with_capacity(codes.len());
        for code in codes.iter().filter(|code| !code.code.trim().is_empty()) {
            let Some(icd10) = icd10(&code.code) else {
                let issue = Issue::new(&issues::ICD10_MALFORMED).found(&*code.code);
                self.issues.push(issue.at(fact.origin.clone()));
                continue;
            };
            if codings.iter().all(|known| *known.code != *icd10) {
                let display = self.display_or(fact, &code.display, name);
                codings.push(coding(systems::ICD10, &icd10, &display));
            }
        }
        if codings.is_empty() {
            let of_master = known.into_iter().flat_map(|known| known.icd10.iter().map(|code| (code, known.name)));
            codings.extend(
                of_master.filter_map(|(code, name)| Some(coding(systems::ICD10, &icd10(code)?, &official(name)))),
            );
        }
        codings
    }

    fn modifiers(&mut self, fact: &Fact, modifiers: &[Concept]) -> Vec<Modifier> {
        let named = modifiers.iter().filter(|modifier| !name_or_code(modifier).is_empty());
        named.map(|modifier| self.modifier(fact, modifier)).collect()
    }

    fn modifier(&mut self, fact: &Fact, modifier: &Concept) -> Modifier {
        let known = self.known_modifier(fact, modifier);
        let own = modifier.name().map(str::trim).filter(|name| !name.is_empty());
        let text = match (own, &known) {
            (None, Some(known)) => official(known.name).into_owned(),
            // Of all modifiers this one must be understood without a master too.
            (None, None) if is_doubt(modifier) => "の疑い".to_owned(),
            _ => self.display(fact, "修飾語", name_or_code(modifier)).into_owned(),
        };
        let number = match self.tables.site.modifiers.find(modifier) {
            Some(target) => Some(coding(systems::MODIFIER_NUMBER, &target.code, &target.display)),
            None => {
                let given = given_number(modifier).map(|code| code.code.trim());
                let number = given.or_else(|| known.as_ref()?.number);
                number.map(|number| coding(systems::MODIFIER_NUMBER, number, &text))
            }
        };
        let Some(number) = number else {
            self.say(&issues::MODIFIER_AS_TEXT, fact);
            self.unmapped("modifier", modifier.codes.first(), &text);
            return Modifier { codings: Vec::new(), text };
        };
        let exchange = modifier.codes.iter().find(|code| is_medis(&code.system) && is_exchange(&code.code));
        let exchange = exchange.map(|code| code.code.trim()).or_else(|| known.as_ref()?.exchange);
        let receipt = known.as_ref().and_then(|known| known.receipt);
        let receipt = receipt.or_else(|| Some(modifier.in_system(RECEIPT_MODIFIER)?.code.trim()));
        let exchange = exchange.map(|code| coding(systems::MODIFIER_EXCHANGE, code, &text));
        let receipt = receipt.map(|code| coding(systems::RECEIPT_MODIFIER, code, &text));
        Modifier { codings: exchange.into_iter().chain([number]).chain(receipt).collect(), text }
    }

    /// What the masters say of a modifier: by 修飾語管理番号, by レセ電修飾語コード, by 交換用コード.
    fn known_modifier(&mut self, fact: &Fact, modifier: &Concept) -> Option<masters::Modifier<'t>> {
        let (masters, day) = (&self.tables.masters, day_of(fact));
        if let Some(number) = given_number(modifier) {
            return masters.modifier_of_number(number.code.trim(), day).ok();
        }
        let exchange = || modifier.codes.iter().find(|code| is_medis(&code.system) && is_exchange(&code.code));
        let Some(code) = modifier.in_system(RECEIPT_MODIFIER).map(|code| code.code.trim()) else {
            return masters.modifier_of_exchange(exchange()?.code.trim(), day).ok();
        };
        match masters.modifier(code, day) {
            Ok(modifier) => {
                self.note(fact, code, &modifier.notes);
                Some(modifier)
            }
            Err(gap) => {
                self.gap(fact, code, gap);
                None
            }
        }
    }

    fn outcome(&mut self, fact: &Fact, outcome: Option<&Code>) -> Outcome {
        let Some(code) = outcome.filter(|code| !(code.code.is_empty() && code.display.is_empty())) else {
            return Outcome::default();
        };
        self.tables.outcomes.find(code).unwrap_or_else(|| {
            self.say(&issues::OUTCOME_UNKNOWN, fact);
            self.unmapped("outcome", Some(code), &code.display);
            Outcome::default()
        })
    }

    fn display_or(&mut self, fact: &Fact, written: &str, name: &str) -> String {
        let own = text_of(written).filter(|written| *written != name);
        match own {
            Some(written) => self.display(fact, "傷病名", written).into_owned(),
            None => name.to_owned(),
        }
    }
}

/// A number of the standard list in either triplet.
fn given_number(concept: &Concept) -> Option<&Code> {
    concept.codes.iter().find(|code| is_medis(&code.system) && is_medis_number(code.code.trim()))
}

/// レセ電傷病名コード: the one that stands for the disease on its day, else as given.
fn receipt_code(disease: &Concept, known: Option<&Disease<'_>>, name: &str) -> Option<Coding> {
    if let Some(known) = known {
        return Some(coding(systems::RECEIPT_DISEASE, known.receipt?, &official(known.name)));
    }
    let given = disease.in_system(RECEIPT_DISEASE).map(|code| code.code.trim());
    let given = given.filter(|code| code.len() == 7 && *code != UNCODED_RECEIPT)?;
    Some(coding(systems::RECEIPT_DISEASE, given, name))
}

fn text_of(written: &str) -> Option<&str> {
    Some(written.trim()).filter(|written| !written.is_empty())
}

fn coding(system: &'static str, code: &str, display: &str) -> Coding {
    Coding { system: system.into(), version: None, code: code.into(), display: display.into() }
}

fn is_medis(system: &str) -> bool {
    MEDIS.contains(&system.trim())
}

fn is_exchange(code: &str) -> bool {
    let code = code.trim();
    code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

/// A code of ICD-10: a letter, two digits, up to two more characters with or without a point. The source's point stays.
fn icd10(written: &str) -> Option<Cow<'_, str>> {
    let code = to_half_width(written.trim());
    let (category, detail) = code.split_at_checked(3)?;
    let detail = detail.strip_prefix('.').unwrap_or(detail);
    let mut category = category.bytes();
    let begins =
        category.next().is_some_and(|byte| byte.is_ascii_uppercase()) && category.all(|byte| byte.is_ascii_digit());
    let ends = detail.len() <= 2 && detail.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    (begins && ends && !code.ends_with('.')).then_some(code)
}

/// Prefixes, name and suffixes, each once: many systems write the modifiers into the name as well.
fn whole_name(name: &str, prefixes: &[Modifier], suffixes: &[Modifier]) -> String {
    let length = |modifiers: &[Modifier]| modifiers.iter().map(|modifier| modifier.text.chars().count()).sum::<usize>();
    let characters = name.chars().count();
    let end_of_head = name.char_indices().nth(length(prefixes)).map_or(name.len(), |(at, _)| at);
    let start_of_tail =
        name.char_indices().nth(characters.saturating_sub(length(suffixes))).map_or(name.len(), |(at, _)| at);
    let head = name.get(..end_of_head).unwrap_or_default();
    let tail = name.get(start_of_tail..).unwrap_or_default();
    let missing = |part: &str, modifier: &Modifier| !part.contains(&modifier.text);
    let mut whole = String::with_capacity(name.len() + 32);
    whole.extend(prefixes.iter().filter(|modifier| missing(head, modifier)).map(|modifier| modifier.text.as_str()));
    whole.push_str(name);
    whole.extend(suffixes.iter().filter(|modifier| missing(tail, modifier)).map(|modifier| modifier.text.as_str()));
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icd10_by_its_form() {
        for (written, code) in
            [("K297", "K297"), ("K29.7", "K29.7"), ("I10", "I10"), ("Ｃ１６９", "C169"), ("S525X", "S525X")]
        {
            assert_eq!(icd10(written).as_deref(), Some(code));
        }
        for bad in ["", "10", "k297", "K2", "K29.", "K297890", "胃炎", "K2A"] {
            assert_eq!(icd10(bad), None, "{bad}");
        }
    }

    #[test]
    fn modifiers_stand_once_in_the_name() {
        let modifiers = |texts: &[&str]| -> Vec<Modifier> {
            texts.iter().map(|text| Modifier { text: (*text).to_owned(), codings: vec![] }).collect()
        };
        for (name, prefixes, suffixes, whole) in [
            ("胃炎", &["急性"][..], &[][..], "急性胃炎"),
            ("急性胃炎", &["急性"], &[], "急性胃炎"),
            ("中耳炎", &["左", "急性"], &["の初期"], "左急性中耳炎の初期"),
            ("左中耳炎", &["左", "急性"], &[], "急性左中耳炎"),
            ("左急性中耳炎の初期", &["左", "急性"], &["の初期"], "左急性中耳炎の初期"),
            ("十二指腸潰瘍", &["過敏性"], &["の初期", "疾患"], "過敏性十二指腸潰瘍の初期疾患"),
            ("", &["左"], &[], "左"),
        ] {
            assert_eq!(whole_name(name, &modifiers(prefixes), &modifiers(suffixes)), whole);
        }
    }
}
