use super::super::{Mapper, name_or_code};
use crate::{
    issues, systems,
    tables::{
        jlac10::Jlac10,
        labs::{List, SharedLab},
        site::LabTarget,
    },
    text,
};
use std::{borrow::Cow, collections::HashMap, sync::Arc};
use tsugite_charset::to_half_width;
use tsugite_clinical::{
    Date, Fact,
    body::{Body, Code, LabResult},
    standard::{Coding, SharedCode},
};
use tsugite_issue::Issue;

/// Local codes that serve two specimens of one report: they get the specimen as a suffix.
pub struct Specimens<'a>(HashMap<Key<'a>, Materials<'a>>);

/// (source, order number, 診療日, local code).
type Key<'a> = (&'a str, &'a str, Option<Date>, &'a str);

enum Materials<'a> {
    One(&'a str),
    Several,
}

impl<'a> Specimens<'a> {
    pub fn new(facts: impl Iterator<Item = &'a Fact>) -> Self {
        let mut seen = HashMap::new();
        for fact in facts {
            let Body::LabResult(result) = &fact.body else { continue };
            let material = material(result);
            seen.entry(key(fact, result))
                .and_modify(|known| {
                    if matches!(known, Materials::One(one) if *one != material) {
                        *known = Materials::Several;
                    }
                })
                .or_insert(Materials::One(material));
        }
        Self(seen)
    }

    fn needs_suffix(&self, fact: &Fact, result: &LabResult) -> bool {
        matches!(self.0.get(&key(fact, result)), Some(Materials::Several))
    }
}

fn key<'a>(fact: &'a Fact, result: &'a LabResult) -> Key<'a> {
    let report = &*result.report;
    let code = local(result).map_or("", |code| code.code.trim());
    (&fact.key.scope.source, &report.order_number, report.care_day, code)
}

fn material(result: &LabResult) -> &str {
    let material = result.specimen.as_ref().and_then(|specimen| specimen.material.codes.first());
    material.map_or("", |material| material.code.trim())
}

fn is_jlac10(code: &Code) -> bool {
    matches!(code.system.trim(), "JC10" | "JLAC10")
}

fn is_jlac11(code: &Code) -> bool {
    matches!(code.system.trim(), "JC11" | "JLAC11")
}

/// The sender's own triplet, else the first code.
fn local(result: &LabResult) -> Option<&Code> {
    let coded = || result.test.codes.iter().filter(|code| !code.code.trim().is_empty());
    coded().find(|code| !is_jlac10(code) && !is_jlac11(code)).or_else(|| coded().next())
}

/// The codes of a result line.
pub struct LabCodes {
    pub local: Option<Coding>,
    pub shared: Option<SharedCode>,
    pub general: Option<Coding>,
    pub text: String,
    /// 材料 digits of the JLAC10 code.
    pub material: Option<String>,
    /// The class of coded results of a shared item.
    pub class: Option<Arc<str>>,
    /// The unit for which the site confirmed the mapping.
    pub unit: Option<String>,
}

impl<'t> Mapper<'t> {
    pub fn lab_codes(&mut self, fact: &Fact, result: &LabResult, specimens: &Specimens<'_>, numeric: bool) -> LabCodes {
        let text = self.display(fact, "検査項目", name_or_code(&result.test)).into_owned();
        let local_coding = self.local_code(fact, result, specimens, &text);
        let mapped = self.mapped(fact, result);
        let jlac10 = jlac10(mapped, result);
        let material = jlac10.as_deref().and_then(Jlac10::material).map(str::to_owned);
        let lab = self.shared_lab(mapped, result, jlac10.as_deref(), numeric);
        let class = lab.and_then(|lab| lab.item.class.clone());
        let withdrawn = lab.is_some_and(|lab| lab.item.withdrawn)
            || jlac10.as_deref().is_some_and(|code| self.tables.labs.is_withdrawn(code));
        let (shared, general) = match lab {
            _ if withdrawn => {
                self.say(&issues::SHARED_ITEM_WITHDRAWN, fact);
                (None, None)
            }
            Some(lab) => (Some(shared(lab)), None),
            None => (None, self.general(result, jlac10.as_deref(), &text)),
        };
        // 未標準化コード says that there is no standard code at all.
        let uncoded = shared.is_none() && general.is_none();
        if uncoded {
            self.unmapped("lab_result", local(result).or_else(|| result.test.codes.first()), &text);
        }
        let shared = shared.or_else(|| uncoded.then(|| SharedCode::Uncoded(self.tables.uncoded_lab.clone())));
        let unit = mapped.and_then(|target| target.unit.clone());
        LabCodes { local: local_coding, shared, general, text, material, class, unit }
    }

    /// The site's map, unless the unit is another than the one for which it was confirmed.
    fn mapped(&mut self, fact: &Fact, result: &LabResult) -> Option<&'t LabTarget> {
        let tables = self.tables;
        let target = tables.site.labs.find(&result.test)?;
        let (Some(confirmed), Some(unit)) = (&target.unit, &result.unit) else { return Some(target) };
        let spellings = [&unit.code, &unit.display].map(|spelling| spelling.trim());
        let mut spellings = spellings.into_iter().filter(|spelling| !spelling.is_empty()).peekable();
        let known = tables.units.find(confirmed);
        let same = |spelling: &str| match (known, tables.units.find(spelling)) {
            (Some(confirmed), Some(unit)) => confirmed == unit,
            _ => to_half_width(spelling) == to_half_width(confirmed),
        };
        if spellings.peek().is_none() || spellings.any(same) {
            return Some(target);
        }
        let issue = Issue::new(&issues::LOCAL_UNIT_CHANGED);
        self.issues.push(issue.found(name_or_code(&result.test)).at(fact.origin.clone()));
        None
    }

    fn shared_lab(
        &self,
        mapped: Option<&'t LabTarget>,
        result: &LabResult,
        jlac10: Option<&Jlac10<'_>>,
        numeric: bool,
    ) -> Option<&'t SharedLab> {
        let tables = self.tables;
        let jlac11 = || {
            let given = result.test.codes.iter().filter(|code| is_jlac11(code)).map(|code| code.code.trim());
            let mut codes = mapped.and_then(|target| target.jlac11.as_deref()).into_iter().chain(given);
            codes.find_map(|code| tables.labs.exact(code))
        };
        jlac10.and_then(|code| tables.labs.find(code, numeric)).or_else(jlac11)
    }

    /// A whole JLAC10 code beyond the shared lists.
    fn general(&self, result: &LabResult, code: Option<&Jlac10<'_>>, text: &str) -> Option<Coding> {
        let code = code?.complete().filter(|code| self.tables.labs.is_general(code))?;
        let given = result.test.codes.iter().find(|given| is_jlac10(given));
        let display = display_of(given, result, text, code);
        Some(Coding { system: systems::JLAC10.into(), version: None, code: code.into(), display })
    }

    fn local_code(&mut self, fact: &Fact, result: &LabResult, specimens: &Specimens<'_>, text: &str) -> Option<Coding> {
        let given = local(result);
        let written = given.map_or(text, |given| given.code.trim());
        if written.is_empty() {
            return None;
        }
        let mut code = text::local_code(written);
        if code != written {
            let issue = Issue::new(&issues::LOCAL_CODE_CHANGED).found(written);
            self.issues.push(issue.at(fact.origin.clone()));
        }
        let material = material(result);
        if specimens.needs_suffix(fact, result) && !material.is_empty() {
            code = format!("{code}_{}", text::local_code(material)).into();
        }
        let display = display_of(given, result, text, &code);
        Some(Coding { system: systems::LAB_LOCAL.into(), version: None, code: (&*code).into(), display })
    }
}

/// The site's map first, then the JLAC10 code that the sender gave.
fn jlac10<'r>(mapped: Option<&'r LabTarget>, result: &'r LabResult) -> Option<Cow<'r, Jlac10<'r>>> {
    if let Some(mapped) = mapped.and_then(|target| target.jlac10.as_ref()) {
        return Some(Cow::Borrowed(mapped));
    }
    let code = result.test.codes.iter().find(|code| is_jlac10(code))?;
    Jlac10::parse(&code.code).map(Cow::Owned)
}

/// The display of a code without any blank: its own name, else the repaired name of the item, else the code.
fn display_of(given: Option<&Code>, result: &LabResult, text: &str, code: &str) -> Arc<str> {
    let own = given.map(|given| given.display.as_str()).filter(|own| !own.trim().is_empty());
    // Most codes bear the item's own name, which is repaired already.
    let own = own.filter(|own| result.test.name() != Some(own)).map(|own| text::repaired(own, &mut false));
    match text::unspaced(own.as_deref().unwrap_or(text)) {
        display if display.is_empty() => code.into(),
        display => display.into(),
    }
}

fn shared(lab: &SharedLab) -> SharedCode {
    match lab.list {
        List::Core => SharedCode::Core(lab.coding.clone()),
        List::Infection => SharedCode::Infection(lab.coding.clone()),
    }
}
