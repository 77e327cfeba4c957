//! Codes: bindings to value sets, codes of known systems, their displays.

use super::terminology::{Code, Membership, System};
use super::{Engine, Scope, strict_shorten};
use crate::definitions::{Binding, Canonical, CodeSystem};
use crate::issues::fhir;
use crate::json::Node;

/// What a coded value says about a value set.
enum Verdict<'d> {
    Known(Membership<'d>),
    /// A concept without any coding.
    NoCoding,
    /// The type has no code.
    NotCoded,
}

impl<'r, 't> Engine<'r, 't> {
    /// A coded value of an element with a binding.
    pub(super) fn bound(&mut self, binding: &'r Binding, node: Node<'t>, kind: &str, scope: Scope<'t>) {
        let name = || binding.value_set.url.to_string();
        match self.verdict(&binding.value_set, node, kind, scope.package) {
            Verdict::Known(Membership::Out) => {
                let definition = if binding.required { &fhir::BINDING_REQUIRED } else { &fhir::BINDING_EXTENSIBLE };
                self.say_found(definition, node, |f| {
                    f.with("value_set", name());
                });
            }
            Verdict::Known(Membership::Unknown(why)) => self.remark(node, &binding.value_set.url, &why),
            Verdict::NoCoding if binding.required => self.say(&fhir::BINDING_NO_CODING, node, |f| {
                f.with("value_set", name());
            }),
            _ => {}
        }
        let Some(limit) = &binding.limit else {
            return;
        };
        if let Verdict::Known(Membership::Out) = self.verdict(limit, node, kind, scope.package) {
            self.say_found(&fhir::BINDING_LIMIT, node, |f| {
                f.with("value_set", &*limit.url);
            });
        }
    }

    fn remark(&mut self, node: Node<'t>, value_set: &str, why: &dyn std::fmt::Display) {
        if self.quiet == 0 && !self.findings.is_full() && self.options.unchecked {
            self.say(&fhir::BINDING_UNCHECKED, node, |f| {
                f.with("value_set", value_set).with("why", why.to_string());
            });
        }
    }

    /// Whether a coded value is surely in the value set of a binding.
    pub(super) fn is_member(&self, binding: &'r Binding, node: Node<'t>, kind: &str, package: Option<usize>) -> bool {
        matches!(self.verdict(&binding.value_set, node, kind, package), Verdict::Known(Membership::In))
    }

    fn verdict(&self, set: &'r Canonical, node: Node<'t>, kind: &str, package: Option<usize>) -> Verdict<'r> {
        let found = set.to.or_else(|| self.definitions.value_set(&set.url, package));
        verdict(self.definitions, found, &set.url, node, kind)
    }

    /// A Coding: its system must be a URI, and a code of a complete system must exist.
    pub(super) fn coding(&mut self, node: Node<'t>, scope: Scope<'t>) {
        let text = |name: &str| node.get(name).and_then(Node::as_str).filter(|t| !t.is_empty());
        let Some(system) = text("system") else {
            return;
        };
        self.system(node);
        let Some(code) = text("code") else {
            return;
        };
        let found = self.definitions.code_system(system, scope.package);
        let Some(known) = found.and_then(|at| self.definitions.code_systems.get(at)) else {
            return;
        };
        if self.definitions.in_code_system(Some(known), &known.url, code) == Membership::Out {
            return self.say_found(&fhir::CODE_UNKNOWN, node.get("code").unwrap_or(node), |f| {
                f.with("system", &*known.url);
            });
        }
        if let (Some(display), Some(shown)) = (node.get("display"), text("display")) {
            self.display(known, code, display, shown);
        }
    }

    fn display(&mut self, system: &CodeSystem, code: &str, node: Node<'t>, shown: &str) {
        let expected = system.find(code).and_then(|c| c.display.as_deref());
        if let Some(expected) = expected.filter(|e| *e != shown) {
            self.say_found(&fhir::DISPLAY, node, |f| {
                f.with("system", &*system.url).with("expected", expected);
            });
        }
    }

    /// A Quantity's unit: only the form of its system, as units are no list.
    pub(super) fn quantity(&mut self, node: Node<'t>) {
        if node.get("system").is_some() {
            self.system(node);
        }
    }

    pub(super) fn identifier(&mut self, node: Node<'t>) {
        let system = node.get("system");
        if let Some(text) = system.and_then(Node::as_str).filter(|t| !t.is_empty() && !is_absolute(t)) {
            self.bad_system(system.unwrap_or(node), text, "");
        }
    }

    fn system(&mut self, coding: Node<'t>) {
        let Some(node) = coding.get("system") else {
            return;
        };
        let Some(system) = node.as_str().filter(|t| !t.is_empty()) else {
            return;
        };
        // The systems most often written slightly wrong.
        const WELL_KNOWN: [&str; 3] = ["http://unitsofmeasure.org", "http://loinc.org", "http://snomed.info/sct"];
        let begins = |known: &str| system.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
        let meant = WELL_KNOWN.into_iter().find(|known| {
            begins(known)
                && system != *known
                && !(*known == "http://snomed.info/sct" && system.starts_with("http://snomed.info/sct/"))
        });
        if let Some(meant) = meant {
            self.bad_system(node, system, meant);
        } else if !is_absolute(system) {
            self.bad_system(node, system, "");
        } else if is_hl7(system) && !self.definitions.knows_system(system) {
            self.say(&fhir::SYSTEM_UNKNOWN, node, |f| {
                f.with("system", strict_shorten(system));
            });
        }
    }

    fn bad_system(&mut self, node: Node<'t>, text: &str, expected: &str) {
        self.say(&fhir::SYSTEM_FORM, node, |f| {
            f.found = Some(strict_shorten(text));
            f.with("expected", expected);
        });
    }
}

fn is_hl7(system: &str) -> bool {
    ["http://hl7.org/", "http://terminology.hl7.org/", "https://hl7.org/", "https://terminology.hl7.org/"]
        .iter()
        .any(|start| system.starts_with(start))
}

/// It begins with a scheme in lower case.
pub(super) fn is_absolute(uri: &str) -> bool {
    let Some((scheme, _)) = uri.split_once(':') else {
        return false;
    };
    let mut bytes = scheme.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_lowercase())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'+' | b'.' | b'-'))
}

fn verdict<'d>(
    definitions: &'d crate::definitions::Definitions,
    set: Option<usize>,
    url: &'d str,
    node: Node<'_>,
    kind: &str,
) -> Verdict<'d> {
    let member = |code: Code<'_>| match set {
        Some(set) => definitions.in_value_set(set, code),
        None => Membership::Unknown(super::terminology::Why::ValueSet(url)),
    };
    let coded = |node: Node<'_>| {
        let system = node.get("system").and_then(Node::as_str).map_or(System::Absent, System::Named);
        node.get("code").and_then(Node::as_str).map(|code| member(Code { system, code }))
    };
    match kind {
        "code" | "string" | "uri" | "id" | "markdown" | "canonical" | "url" => match node.as_str() {
            Some(code) => Verdict::Known(member(Code { system: System::Any, code })),
            None => Verdict::NotCoded,
        },
        // A coding without a code is in no value set.
        "Coding" => Verdict::Known(coded(node).unwrap_or(Membership::Out)),
        "Quantity" | "Age" | "Duration" => {
            Verdict::Known(coded(node).unwrap_or(Membership::Unknown(super::terminology::Why::Code)))
        }
        "CodeableConcept" => {
            let codings = node.get("coding").filter(|c| c.is_array());
            let mut verdict = Verdict::NoCoding;
            for coding in codings.into_iter().flat_map(Node::items) {
                match (coded(coding).unwrap_or(Membership::Out), &verdict) {
                    (Membership::In, _) => return Verdict::Known(Membership::In),
                    (Membership::Out, Verdict::NoCoding) => verdict = Verdict::Known(Membership::Out),
                    (Membership::Out, _) => {}
                    (unknown, _) => verdict = Verdict::Known(unknown),
                }
            }
            verdict
        }
        _ => Verdict::NotCoded,
    }
}
