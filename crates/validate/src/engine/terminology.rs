//! Whether a code is in a value set or a code system, as far as the loaded packages tell.

use crate::definitions::{CodeSystem, Definitions, Include, ValueSet};

/// What can be said about a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Membership<'d> {
    In,
    Out,
    Unknown(Why<'d>),
}

/// What keeps from an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why<'d> {
    ValueSet(&'d str),
    CodeSystem(&'d str),
    Fragment(&'d str),
    Filter(&'d str),
    Code,
}

impl std::fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::ValueSet(url) => write!(f, "no value set {url}"),
            Self::CodeSystem(url) => write!(f, "no code system {url}"),
            Self::Fragment(url) => write!(f, "only a fragment of {url}"),
            Self::Filter(url) => write!(f, "filter on {url}"),
            Self::Code => f.write_str("no code"),
        }
    }
}

/// A code and where it comes from. Elements of type `code` have no system: any will do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code<'c> {
    pub system: System<'c>,
    pub code: &'c str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum System<'c> {
    Any,
    Absent,
    Named(&'c str),
}

/// Value sets within value sets; more than this is a circle.
const MOST: u8 = 16;

impl Definitions {
    pub(super) fn in_value_set<'d>(&'d self, set: usize, code: Code<'_>) -> Membership<'d> {
        self.in_set(set, code, MOST)
    }

    fn in_set<'d>(&'d self, set: usize, code: Code<'_>, left: u8) -> Membership<'d> {
        let Some(set) = self.value_sets.get(set).filter(|_| left > 0) else {
            return Membership::Unknown(Why::ValueSet(""));
        };
        if !set.composed {
            return expanded(set, code);
        }
        let mut verdict = Membership::Out;
        for include in &set.include {
            match self.in_include(include, code, left) {
                Membership::In => {
                    verdict = Membership::In;
                    break;
                }
                Membership::Out => {}
                unknown => verdict = unknown,
            }
        }
        if verdict == Membership::Out {
            return verdict;
        }
        for exclude in &set.exclude {
            match self.in_include(exclude, code, left) {
                Membership::In => return Membership::Out,
                Membership::Unknown(why) if verdict == Membership::In => verdict = Membership::Unknown(why),
                _ => {}
            }
        }
        verdict
    }

    fn in_include<'d>(&'d self, include: &'d Include, code: Code<'_>, left: u8) -> Membership<'d> {
        let mut sets = Membership::In;
        for set in &include.value_sets {
            let within =
                set.to.map_or(Membership::Unknown(Why::ValueSet(&set.url)), |to| self.in_set(to, code, left - 1));
            match within {
                Membership::Out => return Membership::Out,
                Membership::In => {}
                unknown => sets = unknown,
            }
        }
        let Some(system) = &include.system else {
            return if include.value_sets.is_empty() { Membership::Out } else { sets };
        };
        match code.system {
            System::Any => {}
            System::Named(name) if name == &**system => {}
            _ => return Membership::Out,
        }
        if !include.codes.is_empty() {
            let listed = include.codes.binary_search_by(|c| (**c).cmp(code.code)).is_ok();
            return if listed { sets } else { Membership::Out };
        }
        let found = include.code_system.and_then(|at| self.code_systems.get(at));
        match in_system(found, system, code.code) {
            Membership::Out => Membership::Out,
            known if include.filters.is_empty() => {
                if known == Membership::In {
                    sets
                } else {
                    known
                }
            }
            known => match found.and_then(|s| filtered(s, include, code.code)) {
                Some(true) => sets,
                Some(false) => Membership::Out,
                None if known == Membership::In => Membership::Unknown(Why::Filter(system)),
                None => known,
            },
        }
    }

    /// Whether a code system has a code.
    pub(super) fn in_code_system<'d>(
        &'d self,
        system: Option<&'d CodeSystem>,
        url: &'d str,
        code: &str,
    ) -> Membership<'d> {
        in_system(system, url, code)
    }
}

fn in_system<'d>(system: Option<&'d CodeSystem>, url: &'d str, code: &str) -> Membership<'d> {
    match system {
        Some(system) if system.find(code).is_some() => Membership::In,
        Some(system) if system.is_complete() => Membership::Out,
        Some(system) if !system.concepts.is_empty() => Membership::Unknown(Why::Fragment(url)),
        _ => Membership::Unknown(Why::CodeSystem(url)),
    }
}

fn expanded<'d>(set: &'d ValueSet, code: Code<'_>) -> Membership<'d> {
    if set.expansion.is_empty() {
        return Membership::Unknown(Why::ValueSet(&set.url));
    }
    let listed = |(system, listed): &(_, crate::definitions::Text)| {
        let system: &crate::definitions::Text = system;
        **listed == *code.code && (code.system == System::Any || code.system == System::Named(system))
    };
    if set.expansion.iter().any(listed) { Membership::In } else { Membership::Out }
}

/// Whether a code passes all filters; `None` where that cannot be told.
fn filtered(system: &CodeSystem, include: &Include, code: &str) -> Option<bool> {
    let concept = system.find(code)?;
    for (property, operation, value) in &include.filters {
        let is_code = matches!(&**property, "code" | "concept");
        let values = || {
            let named = concept.properties.iter().filter(|(name, _)| name == property).map(|(_, v)| &**v);
            let display = (&**property == "display").then_some(concept.display.as_deref()).flatten();
            named.chain(is_code.then_some(code)).chain(display)
        };
        let listed = |v: &str| value.split(',').any(|t| t.trim() == v);
        let passes = match &**operation {
            "is-a" => code == &**value || system.is_below(code, value),
            "descendent-of" => system.is_below(code, value),
            "is-not-a" => code != &**value && !system.is_below(code, value),
            "=" if &**property == "parent" => concept.parents.contains(value),
            "=" => values().any(|v| v == &**value),
            "in" => values().any(listed),
            "not-in" => !values().any(listed),
            "exists" => (values().next().is_some()) == (&**value == "true"),
            _ => return None,
        };
        if !passes {
            return Some(false);
        }
    }
    Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{Concept, Package, Text};

    fn definitions() -> Definitions {
        let concept = |code: &str, parent: Option<&str>| Concept {
            code: code.into(),
            parents: parent.into_iter().map(Text::from).collect(),
            ..Concept::default()
        };
        let system = |url: &str, content: &str| CodeSystem {
            url: url.into(),
            content: content.into(),
            concepts: vec![concept("a", None), concept("b", Some("a")), concept("c", Some("b"))],
            ..CodeSystem::default()
        };
        let include = |system: &str, codes: &[&str], filter: Option<(&str, &str, &str)>| Include {
            system: Some(system.into()),
            codes: codes.iter().map(|c| Text::from(*c)).collect(),
            filters: filter.into_iter().map(|(p, o, v)| (p.into(), o.into(), v.into())).collect(),
            ..Include::default()
        };
        let set = |url: &str, include: Vec<Include>, exclude: Vec<Include>| ValueSet {
            url: url.into(),
            include,
            exclude,
            composed: true,
            ..ValueSet::default()
        };
        let whole = || include("urn:s", &[], None);
        let package = Package {
            code_systems: vec![system("urn:s", "complete"), system("urn:f", "fragment")],
            value_sets: vec![
                set("whole", vec![whole()], vec![]),
                set("listed", vec![include("urn:s", &["a", "z"], None)], vec![]),
                set("fragment", vec![include("urn:f", &[], None)], vec![]),
                set("below", vec![include("urn:s", &[], Some(("concept", "descendent-of", "a")))], vec![]),
                set("without", vec![whole()], vec![include("urn:s", &["b"], None)]),
                set("absent", vec![include("urn:x", &[], None)], vec![]),
            ],
            ..Package::default()
        };
        Definitions::link(vec![package])
    }

    #[test]
    fn a_code_is_in_or_out_or_nobody_knows() {
        use Membership::{In, Out, Unknown};
        let all = definitions();
        for (set, system, code, expected) in [
            ("whole", "urn:s", "b", In),
            ("whole", "urn:s", "z", Out),
            ("whole", "urn:t", "b", Out),
            ("listed", "urn:s", "z", In),
            ("listed", "urn:s", "b", Out),
            ("fragment", "urn:f", "b", In),
            ("fragment", "urn:f", "z", Unknown(Why::Fragment("urn:f"))),
            ("below", "urn:s", "a", Out),
            ("below", "urn:s", "c", In),
            ("without", "urn:s", "a", In),
            ("without", "urn:s", "b", Out),
            ("absent", "urn:x", "a", Unknown(Why::CodeSystem("urn:x"))),
            ("absent", "urn:s", "a", Out),
        ] {
            let at = all.value_set(set, None).unwrap();
            let code = Code { system: System::Named(system), code };
            assert_eq!(all.in_value_set(at, code), expected, "{set} {code:?}");
        }
        let any = Code { system: System::Any, code: "c" };
        assert_eq!(all.in_value_set(all.value_set("whole", None).unwrap(), any), In);
    }
}
