//! Slicing: which slice a value belongs to, and what the slices demand.

use super::{Engine, Item, Scope};
use crate::definitions::{El, MANY, Matcher, Step, Test};
use crate::issues::fhir;
use crate::json::{Kind, Node};

impl<'r, 't> Engine<'r, 't> {
    /// Sorts the values of an element into its slices and holds each against its own.
    pub(super) fn slices(&mut self, el: El<'r>, object: Node<'t>, items: &[Item<'r, 't>], scope: Scope<'t>) {
        let slices: Vec<El<'r>> = el.slices().collect();
        let mut places = Vec::with_capacity(items.len());
        let (closed, ordered) = el.element.slicing.as_ref().map_or((false, false), |s| (s.closed, s.ordered));
        let mut furthest = 0;
        for &item in items {
            let found = self.slice_of(&slices, item, scope);
            places.push(found);
            let Some(at) = found else {
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
        }
        let mut members = Vec::new();
        for (number, slice) in slices.into_iter().enumerate() {
            members.clear();
            let of_slice = items.iter().zip(&places).filter(|(_, place)| **place == Some(number));
            members.extend(of_slice.map(|(item, _)| *item));
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
                    let claims = |value| profiles.iter().any(|&profile| self.claims(value, profile));
                    self.any_value(item, &matcher.steps, scope, &mut { claims })
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
        let any = |test: &mut dyn FnMut(Node<'t>) -> bool| self.any_value(item, &matcher.steps, scope, test);
        match &matcher.test {
            Test::Fixed(wanted) => any(&mut |v| wanted.is(v)),
            Test::Pattern(wanted) => any(&mut |v| wanted.matches(v)),
            Test::Binding(binding, kind) => {
                let package = Some(slice.structure.package);
                // Of a value set that is not loaded nobody can say what is not in it.
                let is_unknown = self.definitions.value_set(&binding.value_set.url, package).is_none();
                any(&mut |v| is_unknown || self.is_member(binding, v, kind, package))
            }
            Test::Present => any(&mut |_| true),
            Test::Absent => !any(&mut |_| true),
            Test::Type(types) => any(&mut |v| {
                let name = v.get("resourceType").and_then(Node::as_str);
                name.is_some_and(|name| types.iter().any(|t| **t == *name || matches!(&**t, "Resource")))
            }),
            Test::Profile(profiles) => {
                let mut values = Vec::new();
                any(&mut |value| {
                    values.push(value);
                    false
                });
                values.iter().any(|&value| {
                    let scope = Scope { resource: value, container: self.container_of(value, scope), ..scope };
                    profiles.iter().any(|&profile| self.conforms(value, profile, scope))
                })
            }
            Test::Never => false,
        }
    }

    fn container_of(&self, node: Node<'t>, scope: Scope<'t>) -> Node<'t> {
        let is_contained = node.parent().and_then(Node::key).is_some_and(|key| key == "contained");
        if is_contained { scope.container } else { node }
    }

    /// Whether one of the values that stand at a discriminator's path passes a test.
    fn any_value(
        &self,
        item: Item<'r, 't>,
        steps: &[Step],
        scope: Scope<'t>,
        test: &mut dyn FnMut(Node<'t>) -> bool,
    ) -> bool {
        let value = item.value.filter(|v| v.kind() != Kind::Null);
        value.is_some_and(|value| self.descend(value, steps, scope, test))
    }

    fn descend(
        &self,
        node: Node<'t>,
        steps: &[Step],
        scope: Scope<'t>,
        test: &mut dyn FnMut(Node<'t>) -> bool,
    ) -> bool {
        let Some((step, rest)) = steps.split_first() else {
            return test(node);
        };
        match step {
            Step::Resolve => self.resolve(node, scope).is_some_and(|target| self.descend(target, rest, scope, test)),
            Step::Extension(url) => {
                let extensions = node.get("extension").filter(|e| e.is_array()).into_iter().flat_map(Node::items);
                let mut named = extensions.filter(|e| e.get("url").and_then(Node::as_str) == Some(url));
                named.any(|extension| self.descend(extension, rest, scope, test))
            }
            Step::Field(name) => {
                let Some(member) = node.get(name).or_else(|| choice(node, name)) else {
                    return false;
                };
                if member.is_array() {
                    member.items().any(|item| self.descend(item, rest, scope, test))
                } else {
                    self.descend(member, rest, scope, test)
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
