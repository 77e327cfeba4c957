//! What a profile adds to base R4.

use super::base::{is_capitalised, pairs};
use super::{Engine, Item, MOST_DEPTH, Scope};
use crate::definitions::{El, MANY};
use crate::issues::fhir;
use crate::json::Node;

impl<'r, 't> Engine<'r, 't> {
    /// One value against one element of a profile.
    pub(super) fn constrain(&mut self, el: El<'r>, item: Item<'r, 't>, scope: Scope<'t>) {
        let element = el.element;
        let Some(node) = item.value else {
            if let (Some(wanted), Some(place)) = (element.fixed.as_ref().or(element.pattern.as_ref()), item.place()) {
                self.say(&fhir::FIXED, place, |f| {
                    f.with("expected", wanted.show()).with("profile", Self::name_of(el.structure));
                });
            }
            return;
        };
        if let Some(wanted) = element.fixed.as_ref().filter(|wanted| !wanted.is(node)) {
            self.say_found(&fhir::FIXED, node, |f| {
                f.with("expected", wanted.show()).with("profile", Self::name_of(el.structure));
            });
        }
        if let Some(wanted) = element.pattern.as_ref().filter(|wanted| !wanted.matches(node)) {
            self.say_found(&fhir::PATTERN, node, |f| {
                f.with("expected", wanted.show()).with("profile", Self::name_of(el.structure));
            });
        }
        self.bounds(el, node);
        if element.narrowed && !element.types.iter().any(|t| self.is_kind(node, item.kind, &t.code)) {
            self.say(&fhir::TYPE_NOT_ALLOWED, node, |f| {
                let allowed: Vec<&str> = element.types.iter().map(|t| &*t.code).collect();
                let found = resource_type(node).unwrap_or(item.kind);
                f.with("type", super::strict_shorten(found)).with("allowed", allowed.join(", "));
            });
            return;
        }
        if self.depth >= MOST_DEPTH {
            return;
        }
        self.depth += 1;
        if node.is_object() {
            self.children(el, node, scope);
        }
        self.type_profiles(el, item, node, scope);
        if let Some(binding) = &element.binding {
            self.bound(binding, node, item.kind, Scope { package: Some(el.structure.package), ..scope });
        }
        self.invariants(el, node, scope);
        self.depth -= 1;
    }

    /// Whether a value is of a type: by the resource's own name where it is one.
    fn is_kind(&self, node: Node<'t>, kind: &str, code: &str) -> bool {
        match resource_type(node) {
            Some(name) => name == code || matches!(code, "Resource" | "DomainResource"),
            // A type that only profiles another (SimpleQuantity) is that other in the data.
            None => {
                kind == code
                    || kind.is_empty()
                    || self.definitions.type_named(code).is_some_and(|s| *s.type_name == *kind)
            }
        }
    }

    fn bounds(&mut self, el: El<'r>, node: Node<'t>) {
        let element = el.element;
        if let (Some(most), Some(text)) = (element.max_length, node.as_str())
            && text.chars().count() > most as usize
        {
            self.say_found(&fhir::TOO_LONG, node, |f| {
                f.with("maximum", most.to_string());
            });
        }
        let number = |text: &str| text.parse::<f64>().ok();
        let Some(value) = node.as_number().and_then(number) else {
            return;
        };
        let limit = |text: &Option<crate::definitions::Text>| text.as_deref().and_then(number);
        let below = limit(&element.min_value).is_some_and(|min| value < min);
        let above = limit(&element.max_value).is_some_and(|max| value > max);
        if below || above {
            self.say_found(&fhir::OUT_OF_RANGE, node, |f| {
                f.with("minimum", element.min_value.as_deref().unwrap_or_default());
                f.with("maximum", element.max_value.as_deref().unwrap_or_default());
            });
        }
    }

    /// The profiles that the element asks of its type: data types and resources must conform to one, references must point to one.
    fn type_profiles(&mut self, el: El<'r>, item: Item<'r, 't>, node: Node<'t>, scope: Scope<'t>) {
        let name = resource_type(node);
        let wanted = |code: &str| match name {
            Some(name) => code == name || code == "Resource",
            None => code == item.kind,
        };
        let Some(kind) = el.element.types.iter().find(|t| wanted(&t.code)) else {
            return;
        };
        if &*kind.code == "Reference" {
            if !kind.targets.is_empty() {
                self.target(kind, node, Scope { package: Some(el.structure.package), ..scope });
            }
            return;
        }
        let profiles: Vec<usize> = kind.profiles.iter().filter_map(|p| p.to).collect();
        if profiles.is_empty() {
            return;
        }
        if name.is_some() {
            if !profiles.iter().any(|&profile| self.conforms(node, profile, self.scope_of(node, scope))) {
                self.errors += 1;
                // What keeps it from conforming is said once, by the first of the profiles.
                if let Some(&first) = profiles.first().filter(|_| self.quiet == 0) {
                    self.judge(node, first, self.scope_of(node, scope));
                }
            }
            return;
        }
        if let [only] = profiles[..] {
            return self.typed(only, item, node, scope);
        }
        let fits = profiles.iter().any(|&p| self.quietly(|engine| engine.typed_anew(p, item, scope)));
        if let Some(&first) = profiles.first().filter(|_| !fits) {
            self.typed(first, item, node, scope);
        }
    }

    /// The scope of a resource that stands inside the one at hand.
    fn scope_of(&self, node: Node<'t>, scope: Scope<'t>) -> Scope<'t> {
        let is_contained = node.parent().and_then(Node::key).is_some_and(|key| key == "contained");
        let container = if is_contained { scope.container } else { node };
        Scope { resource: node, container, ..scope }
    }

    /// A value of a data type against a profile of that type; in earnest only once.
    pub(super) fn typed(&mut self, profile: usize, item: Item<'r, 't>, node: Node<'t>, scope: Scope<'t>) {
        if self.quiet == 0 && !self.judged.insert((node.id(), profile)) {
            return;
        }
        self.typed_anew(profile, item, scope);
    }

    fn typed_anew(&mut self, profile: usize, item: Item<'r, 't>, scope: Scope<'t>) {
        if let Some(root) = self.definitions.root(profile) {
            let item = Item { kind: &root.structure.type_name, ..item };
            self.constrain(root, item, Scope { package: Some(root.structure.package), ..scope });
        }
    }

    fn children(&mut self, of: El<'r>, object: Node<'t>, scope: Scope<'t>) {
        let is_resource = of.is_resource();
        for child in of.children() {
            let judge = |engine: &mut Self| {
                let items = engine.collect(child, object);
                engine.list(child, object, &items, scope);
            };
            let name = &child.element.name;
            let alone = is_resource && !child.element.choice && object.twin(name).is_none();
            match alone.then(|| object.get(name)).flatten() {
                Some(member) => self.once(child, member, scope, judge),
                None => judge(self),
            }
        }
    }

    /// The values of an element in an object.
    fn collect(&self, el: El<'r>, object: Node<'t>) -> Vec<Item<'r, 't>> {
        let element = el.element;
        let mut items = Vec::new();
        if !element.choice {
            let (value, sibling) = (object.get(&element.name), object.twin(&element.name));
            if value.is_some() || sibling.is_some() {
                let kind = element.types.first().map_or("", |t| &t.code);
                items.extend(pairs(value, sibling).map(|(value, sibling)| Item { value, sibling, kind }));
            }
            return items;
        }
        for member in object.items() {
            let Some(key) = member.key() else {
                continue;
            };
            let (name, is_sibling) = key.strip_prefix('_').map_or((key, false), |name| (name, true));
            let Some(suffix) = name.strip_prefix(&*element.name) else {
                continue;
            };
            let known = element.types.iter().find(|t| is_capitalised(&t.code, suffix));
            let Some(kind) = known.map(|t| &*t.code).or_else(|| self.definitions.type_by_suffix(suffix)) else {
                continue;
            };
            if is_sibling && object.get(name).is_some() {
                continue;
            }
            let sibling = if is_sibling { Some(member) } else { object.twin(name) };
            items.push(Item { value: (!is_sibling).then_some(member), sibling, kind });
        }
        items
    }

    /// The values of one element: how many, of which slices, and each by itself.
    fn list(&mut self, el: El<'r>, object: Node<'t>, items: &[Item<'r, 't>], scope: Scope<'t>) {
        let (element, count) = (el.element, items.len());
        if count < element.min as usize {
            self.too_few(el, object, count);
        }
        if element.max != MANY && count > element.max as usize {
            self.too_many(el, object, count);
        }
        for &item in items {
            self.constrain(el, item, scope);
        }
        if !element.slices.is_empty() {
            self.slices(el, object, items, scope);
        }
    }
}

fn resource_type(node: Node<'_>) -> Option<&str> {
    node.get("resourceType").and_then(Node::as_str)
}
