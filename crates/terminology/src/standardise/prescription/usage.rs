//! 用法: 電子処方箋用法コード, else the dummy; a JAMI code of 16 characters beside either.

use super::{super::Mapper, coding, name_or_code};
use crate::{issues, systems};
use tsugite_clinical::{
    Date, Fact,
    body::{Code, Concept, Prescription},
    standard::Coding,
};

/// ダミー用法コード.
const DUMMY: &str = "0X0XXXXXXXXX0000";
const DUMMY_NAME: &str = "ダミー用法コード";
/// Where a source says nothing of how a drug is taken.
const NO_USAGE: &str = "用法の記載なし";

/// A usage with its codes.
pub struct Coded {
    pub codings: Vec<Coding>,
    pub text: String,
}

impl Mapper<'_> {
    pub(super) fn usage(
        &mut self,
        fact: &Fact,
        line: &Prescription,
        day: Option<Date>,
        additional: &mut Vec<(Option<Coding>, String)>,
    ) -> Coded {
        let mut texts: Vec<String> = Vec::new();
        let (mut prescribed, mut jami) = (None, None);
        for usage in &line.usages {
            let supplement = supplement(usage);
            let name = self.display(fact, "用法", name_or_code(usage)).into_owned();
            if let Some(code) = supplement {
                additional.push((Some(coding(systems::USAGE_SUPPLEMENT, code, &name)), name));
                continue;
            }
            prescribed = prescribed.or_else(|| self.prescribed(usage, day, &name));
            jami = jami.or_else(|| {
                usage
                    .codes
                    .iter()
                    .find(|code| is_jami(code))
                    .map(|code| coding(systems::USAGE_JAMI, code.code.trim(), &name))
            });
            if !name.is_empty() && !texts.contains(&name) {
                texts.push(name);
            }
        }
        for instruction in &line.instructions {
            let name = self.display(fact, "用法", name_or_code(instruction)).into_owned();
            if !name.is_empty() {
                let code = supplement(instruction).map(|code| coding(systems::USAGE_SUPPLEMENT, code, &name));
                additional.push((code, name));
            }
        }
        let said = !texts.is_empty();
        let text = if said { texts.join("、") } else { NO_USAGE.to_owned() };
        if prescribed.is_none() {
            self.tell(fact, &issues::USAGE_UNCODED, &text);
            if said && self.documents {
                self.unmapped("usage", line.usages.first().and_then(|usage| usage.codes.first()), &text);
            }
        }
        let first = prescribed.unwrap_or_else(|| coding(systems::USAGE_UNCODED, DUMMY, DUMMY_NAME));
        Coded { codings: [first].into_iter().chain(jami).collect(), text }
    }

    /// 電子処方箋用法コード: of the master where it has the code (JAMI's codes are its codes), else as the source says.
    fn prescribed(&self, usage: &Concept, day: Option<Date>, name: &str) -> Option<Coding> {
        let masters = &self.tables.masters;
        let known = |code: &Code| masters.usage(code.code.trim(), day).ok();
        let of_master = usage.codes.iter().filter(|code| is_prescribed(code) || is_jami(code)).find_map(known);
        if let Some(known) = of_master {
            return Some(coding(systems::USAGE, known.code, known.name));
        }
        let given = usage.codes.iter().find(|code| is_prescribed(code))?;
        Some(coding(
            systems::USAGE,
            given.code.trim(),
            if given.display.trim().is_empty() { name } else { given.display.trim() },
        ))
    }
}

fn is_usage(code: &Code) -> bool {
    let code = code.code.trim();
    code.len() == 16 && code != DUMMY && code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

fn is_prescribed(code: &Code) -> bool {
    code.system.trim() == "EPUSAGE" && is_usage(code)
}

fn is_jami(code: &Code) -> bool {
    matches!(code.system.trim(), "JAMISDP01" | "JAMI") && is_usage(code)
}

/// JAMI 補足用法: eight characters.
fn supplement(concept: &Concept) -> Option<&str> {
    let is = |code: &&Code| {
        let system = matches!(code.system.trim(), "JAMISUPPLEMENT" | "JAMISDP01" | "JAMI");
        let code = code.code.trim();
        system && code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
    };
    concept.codes.iter().find(is).map(|code| code.code.trim())
}
