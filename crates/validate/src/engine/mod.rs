//! Judges a tree by base R4 and by the profiles that its resources name.
//!
//! Base R4 is walked once from the root down to every value. What a profile adds is walked apart, over the few elements that it
//! speaks of; so a resource may be held against many profiles, in earnest or only to see whether it conforms.

mod base;
mod binding;
mod bundle;
mod constrain;
mod contained;
mod context;
mod extension;
mod invariant;
mod model;
mod primitive;
mod reference;
mod same;
mod slices;
mod terminology;

use crate::check::Finding;
use crate::definitions::{Definitions, Guess, Map, Structure};
use crate::issues::fhir;
use crate::json::{Node, Tree};
use crate::strict::Findings;
use crate::{Options, strict};
use bundle::Entries;
use contained::{Alike, Contained};
use context::Selected;
use rustc_hash::FxHashSet;
use same::Same;
use std::collections::{HashMap, HashSet};
use tsugite_issue::{Definition, Severity};

/// What is judged and what was found so far.
pub(crate) struct Engine<'r, 't> {
    definitions: &'r Definitions,
    options: &'r Options<'r>,
    findings: &'r mut Findings,
    entries: Option<Entries<'t>>,
    contained: Contained<'t>,
    alike: Alike<'t>,
    same: Same<'t>,
    /// Whether a resource (by its node) conforms to a profile, as far as it was asked.
    conforming: Map<(u32, usize), bool>,
    /// Values that were judged by the profile of a type already.
    judged: FxHashSet<(u32, usize)>,
    /// The narrative that was read last and found sound.
    sound_narrative: Option<u32>,
    /// Findings that were made, so that base and profiles do not say the same twice.
    said: HashSet<(&'static str, u32, u32, String)>,
    /// Over zero: only whether there is an error counts.
    quiet: u32,
    errors: u32,
    /// Findings of any severity that were not quiet.
    told: u32,
    /// Profiles within profiles.
    depth: u32,
    /// How many more unknown URLs are compared with all known ones.
    hints: u8,
    guessed: HashMap<String, Guess>,
    /// What the contexts of extensions (by definition and number) select in a resource (by its node).
    selected: Map<((usize, usize), u32), Selected>,
}

/// A resource and where it belongs.
#[derive(Clone, Copy)]
pub(super) struct Scope<'t> {
    /// The resource itself.
    pub resource: Node<'t>,
    /// The resource that contains it, or itself.
    pub container: Node<'t>,
    /// The package whose definitions go first.
    pub package: Option<usize>,
}

/// One value of an element: the value, the `_name` beside it, or both.
#[derive(Clone, Copy)]
pub(super) struct Item<'r, 't> {
    pub value: Option<Node<'t>>,
    pub sibling: Option<Node<'t>>,
    /// The name of its type, where it is known.
    pub kind: &'r str,
}

impl<'t> Item<'_, 't> {
    /// Where a finding about it points.
    pub fn place(&self) -> Option<Node<'t>> {
        self.value.or(self.sibling)
    }
}

/// FHIR's values are some 20 deep, profiles within profiles fewer; more than this is a circle or an attack.
const MOST_DEPTH: u32 = 64;

/// Judges the whole input by base R4 and by profiles: those that its resources name, or, for the outermost, the given ones.
pub(crate) fn check(tree: &Tree<'_>, definitions: &Definitions, options: &Options<'_>, findings: &mut Findings) {
    let Some(root) = tree.root() else {
        return;
    };
    let Some(name) = root.get("resourceType").and_then(Node::as_str) else {
        // Where the strict rules run, theirs about the outermost value says it better.
        if options.profile_only {
            findings.push(strict::Say::finding(&fhir::NO_RESOURCE, root));
        }
        return;
    };
    let mut engine = Engine {
        definitions,
        options,
        findings,
        entries: (name == "Bundle").then(|| Entries::of(root)),
        contained: Contained::default(),
        alike: Alike::default(),
        same: Same::default(),
        conforming: Map::default(),
        judged: FxHashSet::default(),
        sound_narrative: None,
        said: HashSet::new(),
        quiet: 0,
        errors: 0,
        told: 0,
        depth: 0,
        hints: 8,
        guessed: HashMap::new(),
        selected: Map::default(),
    };
    let scope = Scope { resource: root, container: root, package: None };
    engine.bundle(root);
    engine.resource(root, scope);
}

impl<'r, 't> Engine<'r, 't> {
    /// A resource: its type, then the profiles that it names.
    fn resource(&mut self, node: Node<'t>, scope: Scope<'t>) {
        let Some(name) = node.get("resourceType").and_then(Node::as_str) else {
            self.say(&fhir::NO_RESOURCE, node, |_| {});
            return;
        };
        let Some(root) = self.definitions.type_root(name) else {
            self.say(&fhir::UNKNOWN_RESOURCE, node, |f| {
                f.with("type", strict_shorten(name));
            });
            return;
        };
        self.contained.index(node);
        let profiles = self.profiles(node, name, scope);
        let first = profiles.first().and_then(|&i| self.definitions.structures.get(i));
        let scope = Scope { package: first.map(|s| s.package).or(scope.package), ..scope };
        self.members(root, name, node, scope);
        self.contained(node, scope);
        self.invariants(root, node, scope);
        for profile in profiles {
            let package = self.definitions.structures.get(profile).map(|s| s.package);
            self.judge(node, profile, Scope { package, ..scope });
        }
    }

    /// Holds a resource against a profile, in earnest, and remembers the outcome.
    fn judge(&mut self, node: Node<'t>, profile: usize, scope: Scope<'t>) {
        let Some(root) = self.definitions.root(profile) else {
            return;
        };
        let before = self.errors;
        let item = Item { value: Some(node), sibling: None, kind: &root.structure.type_name };
        self.constrain(root, item, scope);
        self.conforming.insert((self.alike.id(node), profile), self.errors == before);
    }

    /// Whether a resource conforms to a profile. Nothing is said.
    fn conforms(&mut self, node: Node<'t>, profile: usize, scope: Scope<'t>) -> bool {
        let key = (self.alike.id(node), profile);
        if let Some(&known) = self.conforming.get(&key) {
            return known;
        }
        let Some(root) = self.definitions.root(profile).filter(|_| self.depth < MOST_DEPTH) else {
            return false;
        };
        if node.get("resourceType").and_then(Node::as_str) != Some(&root.structure.type_name) {
            return false;
        }
        // A resource that refers to itself in a circle conforms so far.
        self.conforming.insert(key, true);
        let scope = Scope { resource: node, package: Some(root.structure.package), ..scope };
        let item = Item { value: Some(node), sibling: None, kind: &root.structure.type_name };
        let conforms = self.quietly(|engine| engine.constrain(root, item, scope));
        self.conforming.insert(key, conforms);
        conforms
    }

    /// Whether `check` finds no error. Nothing is said.
    fn quietly(&mut self, check: impl FnOnce(&mut Self)) -> bool {
        let before = self.errors;
        self.quiet += 1;
        self.depth += 1;
        check(self);
        self.depth -= 1;
        self.quiet -= 1;
        let clean = self.errors == before;
        self.errors = before;
        clean
    }

    /// Profiles that the resource names and that it is to be judged by.
    fn profiles(&mut self, node: Node<'t>, name: &str, scope: Scope<'t>) -> Vec<usize> {
        let mut profiles = Vec::new();
        let is_root = node.parent().is_none();
        if is_root && !self.options.profiles.is_empty() {
            for url in self.options.profiles {
                self.profile(url, node, name, scope, &mut profiles);
            }
            return profiles;
        }
        let claimed = node.get("meta").and_then(|m| m.get("profile")).filter(|p| p.is_array());
        for claim in claimed.into_iter().flat_map(Node::items) {
            if let Some(url) = claim.as_str() {
                self.profile(url, claim, name, scope, &mut profiles);
            }
        }
        profiles
    }

    fn profile(&mut self, url: &str, at: Node<'t>, name: &str, scope: Scope<'t>, out: &mut Vec<usize>) {
        let Some(found) = self.definitions.structure(url, scope.package) else {
            // Without packages no profile is known: the caller says so once.
            if !self.definitions.has_packages() && self.options.profiles.is_empty() {
                return;
            }
            return self.unknown_profile(url, at, name);
        };
        let Some(structure) = self.definitions.structures.get(found) else {
            return;
        };
        if *structure.type_name != *name {
            return self.say(&fhir::PROFILE_TYPE, at, |f| {
                f.with("profile", url).with("expected", &*structure.type_name).with("found", strict_shorten(name));
            });
        }
        if !self.definitions.has_version(url) {
            self.say(&fhir::PROFILE_VERSION, at, |f| {
                f.with("profile", strict_shorten(url)).with("used", structure.canonical());
            });
        }
        if let Some(packages) = self.definitions.ambiguous(url, scope.package) {
            self.say(&fhir::PROFILE_AMBIGUOUS, at, |f| {
                f.with("profile", strict_shorten(url)).with("used", structure.canonical());
                f.with("packages", packages.join(", "));
            });
        }
        if structure.profile && !out.contains(&found) {
            out.push(found);
        }
    }

    fn unknown_profile(&mut self, url: &str, at: Node<'t>, name: &str) {
        let (definition, hint) = match self.guess(url, name) {
            Guess::Misspelt(near) => (&fhir::PROFILE_MISSPELT, Some(("near", near))),
            Guess::Package(package) => (&fhir::PROFILE_NOT_INSTALLED, Some(("package", package.to_owned()))),
            Guess::Nothing => (&fhir::PROFILE_UNKNOWN, None),
        };
        self.say(definition, at, |f| {
            f.with("profile", strict_shorten(url));
            f.parameters.extend(hint);
        });
    }

    /// What an unknown URL may have meant; told only for the first few, as each is compared with all known ones.
    fn guess(&mut self, url: &str, type_name: &str) -> Guess {
        if self.quiet > 0 || self.hints == 0 {
            return Guess::Nothing;
        }
        if let Some(known) = self.guessed.get(url) {
            return known.clone();
        }
        self.hints -= 1;
        let guess = self.definitions.guess(url, type_name);
        self.guessed.insert(url.to_owned(), guess.clone());
        guess
    }

    /// Something is wrong at `node`. `fill` is only asked where the finding will be listed.
    fn say(&mut self, definition: &'static Definition, node: Node<'_>, fill: impl FnOnce(&mut Finding)) {
        if definition.severity == Severity::Error {
            self.errors += 1;
        }
        if self.quiet > 0 {
            return;
        }
        self.told = self.told.saturating_add(1);
        if self.findings.is_full() {
            // Only counted: what it would say is not worked out.
            self.findings.push(Finding::of(definition));
            return;
        }
        let mut finding = strict::Say::finding(definition, node);
        fill(&mut finding);
        self.push(finding);
    }

    /// Like [`Engine::say`], and what stands there is shown.
    fn say_found(&mut self, definition: &'static Definition, node: Node<'_>, fill: impl FnOnce(&mut Finding)) {
        self.say(definition, node, |finding| {
            finding.found = Some(strict_shorten(node.as_str().unwrap_or(node.source())));
            fill(finding);
        });
    }

    /// Something is missing below `node`, or there is too much of it.
    fn say_below(
        &mut self,
        definition: &'static Definition,
        node: Node<'_>,
        element: &str,
        fill: impl FnOnce(&mut Finding),
    ) {
        self.say(definition, node, |finding| {
            if let Some(path) = &mut finding.path {
                path.push('.');
                path.push_str(element);
            }
            finding.end = finding.start.saturating_add(1);
            finding.with("element", element);
            fill(finding);
        });
    }

    fn push(&mut self, finding: Finding) {
        // Base and profiles, or two profiles, often ask for the same thing; the profile's name is no difference.
        let told_apart = |(name, _): &&(&'static str, String)| !matches!(*name, "profile" | "human");
        let parameters: Vec<&str> = finding.parameters.iter().filter(told_apart).map(|(_, v)| v.as_str()).collect();
        let key = (finding.definition.code, finding.start, finding.end, parameters.join("\u{1}"));
        if self.said.insert(key) {
            self.findings.push(finding);
        }
    }

    /// The reporting name of the structure that an element belongs to.
    fn name_of(structure: &Structure) -> String {
        structure.canonical()
    }
}

pub(super) fn strict_shorten(text: &str) -> String {
    crate::check::shorten(text)
}
