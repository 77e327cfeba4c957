//! The strict rules: Rust predicates over the JSON tree, one function a rule, all of them in [`RULES`].
//!
//! A rule's [`Scope`] says where it holds: in any resource, in one that claims its eCS profile, or only inside a 5情報 Bundle. A
//! document Bundle or a single resource so gets only what holds outside JP_Bundle_CLINS.

mod allergy;
mod bundle;
mod characters;
mod condition;
mod date;
mod document;
mod findings;
mod institution;
mod labcode;
mod observation;
mod patient;
mod references;
mod resource;
mod table;
mod urls;
mod view;
mod walk;

use crate::Options;
use crate::issues::{self, Example};
use crate::json::{Node, Tree};
use allergy::Allergy;
use bundle::Bundle;
use characters::Text;
use condition::Condition;
use date::Moment;
pub(crate) use findings::{Findings, Say};
use observation::Observation;
use patient::Patient;
pub use table::RULES;
use tsugite_issue::Definition;
use view::{Case, Resource, text};
pub(crate) use walk::Scratch;

/// Where a rule holds. Each scope includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// In any FHIR resource.
    Everywhere,
    /// In a resource that claims the eCS profile of its type.
    Profile,
    /// In JP_Bundle_CLINS and its entries.
    Clins,
}

/// One row of the table.
#[derive(Debug)]
pub struct Rule {
    /// The guide's invariant key where there is one, else our own.
    pub key: &'static str,
    pub scope: Scope,
    /// Code, severity, texts and source.
    pub definition: &'static Definition,
    check: Check,
}

impl Rule {
    /// What breaks the rule, and how it should be.
    pub fn example(&self) -> Option<&'static Example> {
        issues::example(self.definition.code)
    }
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
enum Check {
    /// The outermost value.
    Root(fn(Node<'_>, &Options<'_>, &mut Say<'_>)),
    /// Values that are null, empty or strings written with escapes.
    Odd(fn(Node<'_>, &mut Say<'_>)),
    /// Every extension, however deep.
    Extension(fn(Node<'_>, &mut Say<'_>)),
    /// Displays, texts of concepts and names of persons.
    Text(fn(&Text<'_>, &mut Say<'_>)),
    Bundle(fn(&Bundle<'_>, &mut Say<'_>)),
    /// Every judged resource; a Bundle too.
    Resource(fn(&Resource<'_>, &mut Say<'_>)),
    Patient(fn(&Patient<'_>, &mut Say<'_>)),
    Condition(fn(&Condition<'_>, &mut Say<'_>)),
    Allergy(fn(&Allergy<'_>, &mut Say<'_>)),
    Observation(fn(&Observation<'_>, &mut Say<'_>)),
}

/// The rule that a code of this crate's strict issues belongs to.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.definition.code == code)
}

/// Applies every rule whose scope the input reaches.
pub(crate) fn check(tree: &Tree<'_>, options: &Options<'_>, scratch: &mut Scratch, findings: &mut Findings) {
    let Some(root) = tree.root() else {
        return;
    };
    for rule in RULES {
        if let Check::Root(check) = rule.check {
            check(root, options, &mut Say::new(findings, rule.definition));
        }
    }
    walk::walk(tree, scratch, findings);
    let mut case = Case {
        tree,
        options,
        references: &scratch.references,
        clins: false,
        patient_url: None,
        institution: None,
        born: None,
        last_day: options.clock.map(|day| day.number() + 1),
    };
    match text(root.get("resourceType")) {
        None | Some("") => return,
        Some("Bundle") => {}
        Some(_) => return judge(&Resource::of(&case, root, false, false), findings),
    }
    let view = Bundle::of(root);
    case.clins = options.require_clins || view.is_clins();
    case.institution = view.institution();
    let first = view.entries().next();
    case.patient_url = first.and_then(|entry| text(entry.full_url));
    let patient = view.entries().filter_map(|e| e.resource).find(|r| text(r.get("resourceType")) == Some("Patient"));
    case.born = patient.and_then(|p| text(p.get("birthDate"))).and_then(Moment::parse).map(|m| m.first);
    if case.clins {
        judge_bundle(&view, findings);
    }
    judge(&Resource::of(&case, root, case.clins, false), findings);
    for (index, entry) in view.entries().enumerate() {
        if let Some(node) = entry.resource.filter(|r| r.is_object()) {
            judge(&Resource::of(&case, node, case.clins, index == 0), findings);
        }
    }
}

fn judge_bundle(bundle: &Bundle<'_>, findings: &mut Findings) {
    for rule in RULES {
        if let Check::Bundle(check) = rule.check {
            check(bundle, &mut Say::new(findings, rule.definition));
        }
    }
}

fn judge(resource: &Resource<'_>, findings: &mut Findings) {
    let rules = RULES.iter().filter(|rule| rule.scope <= resource.scope);
    // The views are made once a resource, and only the one of its type.
    let kind = resource.kind;
    let patient = (kind == "Patient").then(|| Patient::of(resource));
    let condition = (kind == "Condition").then(|| Condition::of(resource));
    let allergy = (kind == "AllergyIntolerance").then(|| Allergy::of(resource));
    let observation = (kind == "Observation").then(|| Observation::of(resource));
    for rule in rules {
        let say = &mut Say::new(findings, rule.definition);
        match (rule.check, &patient, &condition, &allergy, &observation) {
            (Check::Resource(check), ..) => check(resource, say),
            (Check::Patient(check), Some(patient), ..) => check(patient, say),
            (Check::Condition(check), _, Some(condition), ..) => check(condition, say),
            (Check::Allergy(check), _, _, Some(allergy), _) => check(allergy, say),
            (Check::Observation(check), .., Some(observation)) => check(observation, say),
            _ => {}
        }
    }
}
