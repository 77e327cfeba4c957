//! What the loaded packages ask for and nobody has.

use super::near::package_of;
use super::{Definitions, Text};
use std::collections::{BTreeMap, BTreeSet};

/// A package that another one builds on and that is not loaded.
#[derive(Debug)]
pub(crate) struct MissingDependency {
    /// Name and version of the one that asks.
    pub package: String,
    /// Name and version of what it asks for.
    pub needed: String,
    /// Versions of it that are loaded instead.
    pub instead: Vec<String>,
}

/// Definitions that a package refers to and that are not loaded.
#[derive(Debug)]
pub(crate) struct MissingDefinitions {
    pub package: String,
    /// The package that is known to have them, else how their URLs begin.
    pub needed: String,
    pub urls: BTreeSet<Text>,
}

/// Base R4 is always there.
const BASE: &str = "hl7.fhir.r4.core";

/// A declared version that any version satisfies, as far as can be told.
fn is_open(version: &str) -> bool {
    matches!(version, "latest" | "current" | "dev" | "*") || version.contains('x') || version.contains('$')
}

impl Definitions {
    fn name_of_package(&self, package: usize) -> String {
        self.packages.get(package).map_or_else(String::new, |p| format!("{}#{}", p.name, p.version))
    }

    pub fn missing_dependencies(&self) -> Vec<MissingDependency> {
        let mut missing = Vec::new();
        for (number, package) in self.packages.iter().enumerate() {
            for (name, version) in package.dependencies.iter().filter(|(name, _)| &**name != BASE) {
                let versions: Vec<String> =
                    self.packages.iter().filter(|p| p.name == *name).map(|p| p.version.to_string()).collect();
                let satisfied = versions.iter().any(|v| **v == **version || is_open(version));
                if !satisfied {
                    missing.push(MissingDependency {
                        package: self.name_of_package(number),
                        needed: format!("{name}#{version}"),
                        instead: versions,
                    });
                }
            }
        }
        missing
    }

    /// Profiles that types and references of the packages are bound to: without them what they demand is not checked.
    pub fn missing_definitions(&self) -> Vec<MissingDefinitions> {
        let mut missing: BTreeMap<(usize, String), BTreeSet<Text>> = BTreeMap::new();
        for structure in self.structures.iter().filter(|s| s.package > 0) {
            let types = structure.elements.iter().flat_map(|e| &e.types);
            let open = types.flat_map(|t| t.profiles.iter().chain(&t.targets)).filter(|c| c.to.is_none());
            for canonical in open {
                let url = &canonical.url;
                let start = || url.rsplit_once('/').map_or(&**url, |(start, _)| start).to_owned();
                let needed = package_of(url).map_or_else(start, str::to_owned);
                missing.entry((structure.package, needed)).or_default().insert(Text::clone(url));
            }
        }
        let named =
            |((package, needed), urls)| MissingDefinitions { package: self.name_of_package(package), needed, urls };
        missing.into_iter().map(named).collect()
    }
}
