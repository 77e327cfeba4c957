mod allergy;
mod checkup;
mod department;
mod diagnosis;
mod lab;
mod masters;
mod prescription;
#[cfg(test)]
mod tests;

use crate::{Tables, issues, masters::Kind, text};
use std::borrow::Cow;
use tsugite_clinical::{
    Fact, Resolved, Standing,
    body::{Body, Code, Concept},
    policy::Policy,
    standard::{Standard, Standardised, Unmapped},
};
use tsugite_issue::{Definition, Issue};

/// Adds standard codes, UCUM units and parsed values to the active facts of a chart.
pub fn standardise<'a>(resolved: Resolved<'a>, tables: &Tables, policy: &Policy) -> Standardised<'a> {
    // Prescriptions are carried by documents only; where there is none, nothing of them is told.
    let documents = resolved.active().any(|fact| matches!(fact.body, Body::Document(_)));
    let mut mapper = Mapper { tables, policy, issues: Vec::new(), unmapped: Vec::new(), needed: Vec::new(), documents };
    let specimens = lab::Specimens::new(resolved.active());
    let standards = resolved
        .iter()
        .map(|(stated, standing)| match (standing, &stated.fact.body) {
            (Standing::Active, Body::Diagnosis(diagnosis)) => {
                Standard::Diagnosis(Box::new(mapper.diagnosis(&stated.fact, diagnosis)))
            }
            (Standing::Active, Body::Allergy(allergy)) => {
                Standard::Allergy(Box::new(mapper.allergy(&stated.fact, allergy)))
            }
            (Standing::Active, Body::LabResult(result)) => {
                Standard::Lab(Box::new(mapper.lab(&stated.fact, result, &specimens)))
            }
            (Standing::Active, Body::Prescription(prescription)) => {
                Standard::Prescription(Box::new(mapper.prescription(&stated.fact, prescription)))
            }
            (Standing::Active, Body::CheckupItem(item)) => {
                Standard::CheckupItem(Box::new(mapper.checkup(&stated.fact, item)))
            }
            _ => Standard::None,
        })
        .collect();
    let departments = mapper.departments(resolved.active());
    Standardised { resolved, standards, issues: mapper.issues, unmapped: mapper.unmapped, departments }
}

/// Gathers what is said while mapping.
struct Mapper<'t> {
    tables: &'t Tables,
    policy: &'t Policy,
    issues: Vec<Issue>,
    unmapped: Vec<Unmapped>,
    /// Masters whose want was told.
    needed: Vec<Kind>,
    /// The chart holds a document.
    documents: bool,
}

impl Mapper<'_> {
    fn say(&mut self, definition: &'static Definition, fact: &Fact) -> &mut Self {
        self.issues.push(Issue::new(definition).at(fact.origin.clone()));
        self
    }

    /// A text for display, repaired; `kind` says of what.
    fn display<'a>(&mut self, fact: &Fact, kind: &'static str, written: &'a str) -> Cow<'a, str> {
        let mut changed = false;
        let text = text::repaired(written, &mut changed);
        if changed {
            let issue = Issue::new(&issues::DISPLAY_REPAIRED).with("kind", kind);
            self.issues.push(issue.found(written).at(fact.origin.clone()));
        }
        text
    }

    /// Counts a code that no table knows.
    fn unmapped(&mut self, kind: &'static str, code: Option<&Code>, text: &str) {
        let part = |part: fn(&Code) -> &String| code.map(part).cloned().unwrap_or_default();
        self.unmapped.push(Unmapped {
            kind: Cow::Borrowed(kind),
            system: part(|code| &code.system),
            code: part(|code| &code.code),
            text: text.to_owned(),
        });
    }
}

/// The name that a person reads, else the first code.
fn name_or_code(concept: &Concept) -> &str {
    let code = || concept.codes.iter().map(|code| code.code.trim()).find(|code| !code.is_empty());
    concept.name().map(str::trim).filter(|name| !name.is_empty()).or_else(code).unwrap_or_default()
}
