//! Slicing: which slice a value belongs to, and what the slices demand.

use super::{Engine, Item, Scope};
use crate::definitions::{El, MANY, Matcher, Step, Test};
use crate::issues::fhir;
use crate::json::{Kind, Node};

impl<'r, 't> Engine<'r, 't> {
    /// Sorts the values of an element into its slices and holds each against its own.
    pub(super) fn slices(&mut self, el: El<'r>, object: Node<'t>, items: &[Item<'r, 't>], scope: Scope<'t>) {
        let slices: Vec<El<'r>> = el.slices().collect();
        let mut members: Vec<Vec<Item<'r, 't>>> = vec![Vec::new(); slices.len()];
        let (closed, ordered) = el.element.slicing.as_ref().map_or((false, false), |s| (s.closed, s.ordered));
        let mut furthest = 0;
        for &item in items {
            let Some(at) = self.slice_of(&slices, item, scope) else {
                if closed {
                    self.outside(el, &slices, item);
                }
                continue;
            };
            if ordered
                && at < furthest
                && let (Some(place), Some(slice)) = (item.place(), slices.get(at))
            {
                self.say(&fhir::SLICE_ORDER, place, |f| {
                    f.with("slice", slice.element.slice.as_deref().unwrap_or_default());
                    f.with("profile", Self::name_of(el.structure));
                });
            }
            furthest = furthest.max(at);
            if let Some(list) = members.get_mut(at) {
                list.push(item);
            }
        }
        for (slice, members) in slices.into_iter().zip(members) {
            self.slice(slice, object, &members, scope);
        }
    }

    fn slice(&mut self, slice: El<'r>, object: Node<'t>, items: &[Item<'r, 't>], scope: Scope<'t>) {
        let (element, count) = (slice.element, items.len());
        let (definition, name, limit) = if count < element.min as usize {
            (&fhir::SLICE_TOO_FEW, "minimum", element.min)
        } else if element.max != MANY && count > element.max as usize {
            (&fhir::SLICE_TOO_MANY, "maximum", element.max)
        } else {
            (&fhir::SLICE_TOO_FEW, "", 0)
        };
        if !name.is_empty() {
            self.say_below(definition, object, &element.json_name(), |f| {
                f.with("slice", element.slice.as_deref().unwrap_or_default());
                f.with(name, limit.to_string()).with("count", count.to_string());
                f.with("profile", Self::name_of(slice.structure));
            });
        }
        for &item in items {
            self.constrain(slice, item, scope);
        }
        if !element.slices.is_empty() {
            self.slices(slice, object, items, scope);
        }
    }

    fn outside(&mut self, el: El<'r>, slices: &[El<'r>], item: Item<'r, 't>) {
        if let Some(place) = item.place() {
            self.say(&fhir::SLICE_CLOSED, place, |f| {
                let names: Vec<&str> = slices.iter().filter_map(|s| s.element.slice.as_deref()).collect();
                f.with("allowed", names.join(", ")).with("profile", Self::name_of(el.structure));
            });
        }
    }

    /// The slice that a value belongs to; where none fits, the one whose profile its resource claims, so that what is wrong with
    /// it is said instead of that it fits nowhere.
    fn slice_of(&mut self, slices: &[El<'r>], item: Item<'r, 't>, scope: Scope<'t>) -> Option<usize> {
        let fits = |engine: &mut Self, slice: &El<'r>| {
            let matchers = &slice.element.matchers;
            !matchers.is_empty() && matchers.iter().all(|m| engine.matches(m, slice, item, scope))
        };
        if let Some(at) = slices.iter().position(|slice| fits(self, slice)) {
            return Some(at);
        }
        slices.iter().position(|slice| {
            slice.element.matchers.iter().any(|matcher| match (&matcher.test, &matcher.steps[..]) {
                (Test::Profile(profiles), [] | [Step::Field(_)]) => {
                    let mut values = Vec::new();
                    self.values(item, &matcher.steps, scope, &mut values);
                    values.iter().any(|&value| profiles.iter().any(|&profile| self.claims(value, profile)))
                }
                _ => false,
            })
        })
    }

    /// Whether a resource names a profile, or one derived from it.
    pub(super) fn claims(&self, node: Node<'t>, profile: usize) -> bool {
        let Some(wanted) = self.definitions.structures.get(profile) else {
            return false;
        };
        let claimed = node.get("meta").and_then(|m| m.get("profile")).filter(|p| p.is_array());
        claimed.into_iter().flat_map(Node::items).filter_map(Node::as_str).any(|url| {
            let found = self.definitions.structure(url, Some(wanted.package));
            found.is_some_and(|found| self.definitions.derives(found, &wanted.url))
        })
    }

    fn matches(&mut self, matcher: &'r Matcher, slice: &El<'r>, item: Item<'r, 't>, scope: Scope<'t>) -> bool {
        if let (Test::Type(types), []) = (&matcher.test, &matcher.steps[..])
            && item.value.and_then(|v| v.get("resourceType")).is_none()
        {
            return types.iter().any(|t| **t == *item.kind);
        }
        let mut values = Vec::new();
        self.values(item, &matcher.steps, scope, &mut values);
        match &matcher.test {
            Test::Fixed(wanted) => values.iter().any(|&v| wanted.is(v)),
            Test::Pattern(wanted) => values.iter().any(|&v| wanted.matches(v)),
            Test::Binding(binding, kind) => {
                let package = Some(slice.structure.package);
                // Of a value set that is not loaded nobody can say what is not in it.
                let is_unknown = self.definitions.value_set(&binding.value_set.url, package).is_none();
                values.iter().any(|&v| is_unknown || self.is_member(binding, v, kind, package))
            }
            Test::Present => !values.is_empty(),
            Test::Absent => values.is_empty(),
            Test::Type(types) => values.iter().any(|v| {
                let name = v.get("resourceType").and_then(Node::as_str);
                name.is_some_and(|name| types.iter().any(|t| **t == *name || matches!(&**t, "Resource")))
            }),
            Test::Profile(profiles) => values.iter().any(|&value| {
                let scope = Scope { resource: value, container: self.container_of(value, scope), ..scope };
                profiles.iter().any(|&profile| self.conforms(value, profile, scope))
            }),
            Test::Never => false,
        }
    }

    fn container_of(&self, node: Node<'t>, scope: Scope<'t>) -> Node<'t> {
        let is_contained = node.parent().and_then(Node::key).is_some_and(|key| key == "contained");
        if is_contained { scope.container } else { node }
    }

    /// What stands in a value at a discriminator's path.
    fn values(&self, item: Item<'r, 't>, steps: &[Step], scope: Scope<'t>, out: &mut Vec<Node<'t>>) {
        let Some(value) = item.value.filter(|v| v.kind() != Kind::Null) else {
            return;
        };
        self.descend(value, steps, scope, out);
    }

    fn descend(&self, node: Node<'t>, steps: &[Step], scope: Scope<'t>, out: &mut Vec<Node<'t>>) {
        let Some((step, rest)) = steps.split_first() else {
            out.push(node);
            return;
        };
        match step {
            Step::Resolve => {
                if let Some(target) = self.resolve(node, scope) {
                    self.descend(target, rest, scope, out);
                }
            }
            Step::Extension(url) => {
                let extensions = node.get("extension").filter(|e| e.is_array()).into_iter().flat_map(Node::items);
                for extension in extensions.filter(|e| e.get("url").and_then(Node::as_str) == Some(url)) {
                    self.descend(extension, rest, scope, out);
                }
            }
            Step::Field(name) => {
                let Some(member) = node.get(name).or_else(|| choice(node, name)) else {
                    return;
                };
                if member.is_array() {
                    for item in member.items() {
                        self.descend(item, rest, scope, out);
                    }
                } else {
                    self.descend(member, rest, scope, out);
                }
            }
        }
    }
}

/// `valueCode` where `value` is asked for.
fn choice<'t>(node: Node<'t>, name: &str) -> Option<Node<'t>> {
    let follows =
        |key: &str| key.strip_prefix(name).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    node.items().find(|member| member.key().is_some_and(follows))
}
