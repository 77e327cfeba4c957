//! All packages together: what names what.

use super::{
    Canonical, CodeSystem, Constraint, Element, Include, Map, Package, Primitive, RESOURCE, Special, Structure, Text,
    ValueSet,
};
use std::collections::{HashMap, HashSet};

/// Name and version of a loaded package.
#[derive(Debug, Clone)]
pub(crate) struct Info {
    pub name: Text,
    pub version: Text,
    pub dependencies: Vec<(Text, Text)>,
}

/// The definitions of base R4 (package 0) and of all packages, found by canonical.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    pub packages: Vec<Info>,
    pub structures: Vec<Structure>,
    pub value_sets: Vec<ValueSet>,
    pub code_systems: Vec<CodeSystem>,
    pub constraints: Vec<Constraint>,
    types: Map<Text, usize>,
    structure_urls: Map<Text, Vec<usize>>,
    value_set_urls: Map<Text, Vec<usize>>,
    code_system_urls: Map<Text, Vec<usize>>,
    systems: HashSet<Text>,
    /// Some invariant or context of a type asks for what surrounds it, or one of a resource for what contains it.
    pub looks_around: bool,
    /// Elements of base types that have children, by path.
    backbones: Map<Text, (usize, u32)>,
}

/// An element of a structure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct El<'d> {
    pub structure: &'d Structure,
    pub element: &'d Element,
}

impl<'d> El<'d> {
    /// The elements inside it that its own structure unfolds.
    pub fn children(self) -> impl Iterator<Item = El<'d>> {
        self.all(&self.element.children)
    }

    pub fn slices(self) -> impl Iterator<Item = El<'d>> {
        self.all(&self.element.slices)
    }

    /// Whether it is the root of a resource or of a profile on one.
    pub fn is_resource(self) -> bool {
        self.structure.kind == RESOURCE
            && self.structure.elements.first().is_some_and(|e| std::ptr::eq(e, self.element))
    }

    fn all(self, indices: &'d [u32]) -> impl Iterator<Item = El<'d>> {
        let structure = self.structure;
        indices.iter().filter_map(move |&i| Some(El { structure, element: structure.element(i)? }))
    }
}

impl Definitions {
    /// Puts packages together; the first is base R4. What is named and not there stays open: it is said where it is used.
    pub fn link(packages: Vec<Package>) -> Self {
        let mut all = Self::default();
        for package in packages {
            all.add(package);
        }
        all.name();
        all.resolve();
        all.tell_slices();
        all.see_around();
        all
    }

    /// Notes which elements cannot be judged by their own bytes alone.
    fn see_around(&mut self) {
        let looks_out = |element: &Element, all: &[Constraint]| {
            let mut constraints = element.constraints.iter().filter_map(|&number| all.get(number as usize));
            constraints.any(|constraint| constraint.expression.contains("%resource"))
        };
        let all = &self.constraints;
        for structure in &mut self.structures {
            structure.looks_out = structure.elements.iter().skip(1).any(|element| looks_out(element, all));
        }
        // Types stand in all resources.
        let mut types = self.structures.iter().filter(|s| s.kind != RESOURCE);
        let is_odd = |s: &Structure| {
            s.looks_out
                || s.elements.first().is_some_and(|root| looks_out(root, all))
                || s.contexts.iter().any(|(kind, _)| &**kind == "fhirpath")
        };
        let of_root = all.iter().any(|constraint| constraint.expression.contains("%rootResource"));
        self.looks_around = of_root || types.any(is_odd);
    }

    fn add(&mut self, package: Package) {
        let number = self.packages.len();
        let first = u32::try_from(self.constraints.len()).unwrap_or(u32::MAX);
        self.packages.push(Info { name: package.name, version: package.version, dependencies: package.dependencies });
        for mut structure in package.structures {
            structure.package = number;
            structure.primitive = Primitive::of(&structure.type_name);
            structure.special = Special::of(&structure.type_name);
            for constraint in structure.elements.iter_mut().flat_map(|e| &mut e.constraints) {
                *constraint = constraint.saturating_add(first);
            }
            note_required(&mut structure);
            self.structures.push(structure);
        }
        self.value_sets.extend(package.value_sets.into_iter().map(|set| ValueSet { package: number, ..set }));
        self.code_systems.extend(package.code_systems.into_iter().map(|s| CodeSystem { package: number, ..s }));
        self.constraints.extend(package.constraints);
        self.systems.extend(package.systems);
    }

    fn name(&mut self) {
        for (at, structure) in self.structures.iter().enumerate() {
            if !structure.profile {
                // The first is base R4's, which stands for what it is everywhere.
                self.types.entry(Text::clone(&structure.type_name)).or_insert(at);
                let parents = (0u32..).zip(&structure.elements).skip(1).filter(|(_, e)| !e.children.is_empty());
                self.backbones.extend(parents.map(|(i, e)| (Text::clone(&e.path), (at, i))));
            }
            self.structure_urls.entry(Text::clone(&structure.url)).or_default().push(at);
        }
        for (at, set) in self.value_sets.iter().enumerate() {
            self.value_set_urls.entry(Text::clone(&set.url)).or_default().push(at);
        }
        for (at, system) in self.code_systems.iter().enumerate() {
            if &*system.content != "supplement" {
                self.code_system_urls.entry(Text::clone(&system.url)).or_default().push(at);
            }
        }
    }

    fn resolve(&mut self) {
        let mut structures = std::mem::take(&mut self.structures);
        // The look-ups need packages and versions of structures while these are written: they are noted first.
        let versions: Vec<(usize, Text)> = structures.iter().map(|s| (s.package, Text::clone(&s.version))).collect();
        for structure in &mut structures {
            let from = Some(structure.package);
            let paths: HashMap<Text, u32> = if structure.elements.iter().any(|e| e.content.is_some()) {
                (0u32..).zip(&structure.elements).map(|(i, e)| (Text::clone(&e.path), i)).collect()
            } else {
                HashMap::new()
            };
            for element in &mut structure.elements {
                if let Some(content) = &element.content {
                    let path = content.rsplit('#').next().unwrap_or_default();
                    element.content_at = paths.get(path).copied();
                }
                for kind in &mut element.types {
                    kind.structure = self.types.get(&kind.code).copied();
                    for canonical in kind.profiles.iter_mut().chain(&mut kind.targets) {
                        canonical.to =
                            self.find(&self.structure_urls, &canonical.url, from, |i| versions.get(i).cloned());
                    }
                }
                if let Some(binding) = &mut element.binding {
                    for canonical in std::iter::once(&mut binding.value_set).chain(&mut binding.limit) {
                        canonical.to = self.value_set(&canonical.url, from);
                    }
                }
            }
        }
        self.structures = structures;
        let links: Vec<_> = self.value_sets.iter().map(|set| self.include_links(set)).collect();
        for (set, links) in self.value_sets.iter_mut().zip(links) {
            for (include, (system, sets)) in set.include.iter_mut().chain(&mut set.exclude).zip(links) {
                include.code_system = system;
                for (canonical, to) in include.value_sets.iter_mut().zip(sets) {
                    canonical.to = to;
                }
            }
        }
    }

    fn include_links(&self, set: &ValueSet) -> Vec<(Option<usize>, Vec<Option<usize>>)> {
        let from = Some(set.package);
        let link = |include: &Include| {
            let system = include.system.as_ref().and_then(|system| self.code_system(system, from));
            (system, include.value_sets.iter().map(|c| self.value_set(&c.url, from)).collect())
        };
        set.include.iter().chain(&set.exclude).map(link).collect()
    }

    /// What a canonical means, seen from a package: the version it names, else the package's own, else that of a package it builds
    /// on, else the one loaded last.
    fn find(
        &self,
        urls: &Map<Text, Vec<usize>>,
        canonical: &str,
        from: Option<usize>,
        of: impl Fn(usize) -> Option<(usize, Text)>,
    ) -> Option<usize> {
        let (url, version) = split(canonical);
        let all = urls.get(url)?;
        if let [only] = all[..] {
            return Some(only);
        }
        let of_version =
            all.iter().rev().filter(|&&i| version.is_some_and(|v| of(i).is_some_and(|(_, has)| *has == *v)));
        let candidates: Vec<usize> = of_version.copied().collect();
        let candidates = if candidates.is_empty() { all.iter().rev().copied().collect() } else { candidates };
        let package = |i: usize| of(i).map(|(package, _)| package);
        let own = candidates.iter().copied().find(|&i| from.is_some() && package(i) == from);
        let needed = || candidates.iter().copied().find(|&i| package(i).is_some_and(|p| self.depends(from, p)));
        own.or_else(needed).or_else(|| candidates.first().copied())
    }

    fn depends(&self, from: Option<usize>, on: usize) -> bool {
        let (Some(from), Some(on)) = (from.and_then(|f| self.packages.get(f)), self.packages.get(on)) else {
            return false;
        };
        // Base R4 is what everything depends on; it never goes before a package.
        &*on.name != "hl7.fhir.r4.core" && from.dependencies.iter().any(|(n, v)| *n == on.name && *v == on.version)
    }

    /// Whether there is more than base R4.
    pub fn has_packages(&self) -> bool {
        self.packages.len() > 1
    }

    pub fn structure(&self, canonical: &str, from: Option<usize>) -> Option<usize> {
        self.find(&self.structure_urls, canonical, from, |i| {
            self.structures.get(i).map(|s| (s.package, Text::clone(&s.version)))
        })
    }

    pub fn value_set(&self, canonical: &str, from: Option<usize>) -> Option<usize> {
        self.find(&self.value_set_urls, canonical, from, |i| {
            self.value_sets.get(i).map(|s| (s.package, Text::clone(&s.version)))
        })
    }

    pub fn code_system(&self, canonical: &str, from: Option<usize>) -> Option<usize> {
        self.find(&self.code_system_urls, canonical, from, |i| {
            self.code_systems.get(i).map(|s| (s.package, Text::clone(&s.version)))
        })
    }

    /// Whether a definition of that URL has the version that the canonical asks for.
    pub fn has_version(&self, canonical: &str) -> bool {
        let (url, Some(version)) = split(canonical) else {
            return true;
        };
        let all = self.structure_urls.get(url);
        all.is_some_and(|all| all.iter().any(|&i| self.structures.get(i).is_some_and(|s| *s.version == *version)))
    }

    /// The versions of an unversioned canonical, where several packages define it and nothing tells which of them is meant.
    pub fn ambiguous(&self, canonical: &str, from: Option<usize>) -> Option<Vec<String>> {
        let all = self.structure_urls.get(canonical).filter(|all| all.len() > 1)?;
        let known: Vec<_> = all.iter().filter_map(|&i| self.structures.get(i)).collect();
        if known.iter().any(|s| from == Some(s.package) || self.depends(from, s.package)) {
            return None;
        }
        let named = |s: &&Structure| {
            let package = self.packages.get(s.package);
            package.map_or_else(String::new, |p| format!("{}#{}", p.name, p.version))
        };
        Some(known.iter().map(named).collect())
    }

    /// The base definition of a type.
    pub fn type_named(&self, name: &str) -> Option<&Structure> {
        self.structures.get(*self.types.get(name)?)
    }

    /// The root element of a type.
    pub fn type_root(&self, name: &str) -> Option<El<'_>> {
        let structure = self.type_named(name)?;
        Some(El { structure, element: structure.elements.first()? })
    }

    /// The type that a choice's JSON name ends with: `dateTime` for `DateTime`.
    pub fn type_by_suffix(&self, suffix: &str) -> Option<&str> {
        let known = |name: &str| self.types.get_key_value(name).map(|(name, _)| &**name);
        let first = suffix.chars().next().filter(char::is_ascii_uppercase)?;
        known(suffix).or_else(|| known(&format!("{}{}", first.to_ascii_lowercase(), suffix.get(1..)?)))
    }

    /// The backbone element of a base type at a path such as `Bundle.entry`.
    pub fn backbone(&self, path: &str) -> Option<El<'_>> {
        let &(structure, element) = self.backbones.get(path)?;
        let structure = self.structures.get(structure)?;
        Some(El { structure, element: structure.element(element)? })
    }

    pub fn is_resource_type(&self, name: &str) -> bool {
        self.type_named(name).is_some_and(|s| s.kind == RESOURCE)
    }

    /// Whether `structure` is `ancestor` or derived from it.
    pub fn derives(&self, structure: usize, ancestor: &str) -> bool {
        let mut at = Some(structure);
        for _ in 0..16 {
            let Some(here) = at.and_then(|i| self.structures.get(i)) else {
                return false;
            };
            if &*here.url == ancestor {
                return true;
            }
            at = self.structure(&here.base, Some(here.package));
        }
        false
    }

    pub fn root(&self, structure: usize) -> Option<El<'_>> {
        let structure = self.structures.get(structure)?;
        Some(El { structure, element: structure.elements.first()? })
    }

    /// Whether a NamingSystem or CodeSystem of that URL is known.
    pub fn knows_system(&self, system: &str) -> bool {
        self.systems.contains(system) || self.code_system_urls.contains_key(system)
    }
}

fn note_required(structure: &mut Structure) {
    let is_required = |&at: &u32| structure.element(at).is_some_and(|child| child.min > 0);
    let bits = |element: &Element| {
        let required = (0u32..).zip(&element.children).filter(|(_, at)| is_required(at));
        required.filter_map(|(index, _)| 1u128.checked_shl(index)).fold(0, |all, bit| all | bit)
    };
    let required: Vec<u128> = structure.elements.iter().map(bits).collect();
    structure.elements.iter_mut().zip(required).for_each(|(element, required)| element.required = required);
}

/// URL and version of a canonical.
pub(super) fn split(canonical: &str) -> (&str, Option<&str>) {
    canonical.split_once('|').map_or((canonical, None), |(url, version)| (url, Some(version)))
}

impl Canonical {
    pub fn new(url: &str) -> Self {
        Self { url: url.into(), to: None }
    }
}
