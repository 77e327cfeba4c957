//! Invariants, evaluated by FHIRPath.

use super::bundle::Entries;
use super::contained::Contained;
use super::context::nodes;
use super::terminology::{Code, Membership, System};
use super::{Engine, Scope};
use crate::definitions::{Constraint, Definitions, El};
use crate::fhirpath::{Context, Expression, Outcome, Resolver, Terminology};
use crate::issues::fhir;
use crate::json::Node;

/// What an expression may ask beyond its resource.
struct World<'w, 't> {
    definitions: &'w Definitions,
    entries: Option<&'w Entries<'t>>,
    contained: &'w Contained<'t>,
    /// The resource that holds the contained ones.
    container: Node<'t>,
    package: Option<usize>,
}

impl Terminology for World<'_, '_> {
    fn member_of(&self, value_set: &str, system: Option<&str>, code: &str) -> Option<bool> {
        let code = Code { system: system.map_or(System::Any, System::Named), code };
        let set = self.definitions.value_set(value_set, self.package);
        // What nobody knows counts as a member: it must not break a rule.
        Some(set.is_none_or(|set| self.definitions.in_value_set(set, code) != Membership::Out))
    }
}

impl Resolver for World<'_, '_> {
    fn resolve<'n>(&self, reference: &str, from: Node<'n>) -> Option<Node<'n>> {
        let target = match reference.strip_prefix('#') {
            None => self.entries?.find(reference)?,
            Some("") => self.container,
            Some(id) => self.contained.find(self.container, id)?,
        };
        from.peer(target.id())
    }
}

impl<'r, 't> Engine<'r, 't> {
    /// The invariants of an element, on one of its values.
    pub(super) fn invariants(&mut self, el: El<'r>, node: Node<'t>, scope: Scope<'t>) {
        for &number in &el.element.constraints {
            let Some(constraint) = self.definitions.constraints.get(number as usize) else {
                continue;
            };
            // txt-1 and txt-2 ask what the reader of the narrative has answered.
            let is_answered = self.sound_narrative == Some(node.id()) && &*constraint.expression == "htmlChecks()";
            // Warnings are of no account where only conformance is asked.
            if !is_answered && (self.quiet == 0 || constraint.error) {
                self.invariant(constraint, el, node, scope);
            }
        }
    }

    fn world(&self, scope: Scope<'t>, package: Option<usize>) -> World<'_, 't> {
        let (entries, contained) = (self.entries.as_ref(), &self.contained);
        World { definitions: self.definitions, entries, contained, container: scope.container, package }
    }

    fn context<'w>(&'w self, world: &'w World<'w, 't>, scope: Scope<'t>) -> Context<'w> {
        let (resource, root) = (scope.resource, scope.container);
        Context { resource, root, model: self.definitions, terminology: world, resolver: world }
    }

    /// The nodes of the resource that an expression selects; `None` where it cannot be evaluated.
    pub(super) fn select(&self, expression: &str, scope: Scope<'t>) -> Option<Vec<u32>> {
        let expression = Expression::compile(expression).ok()?;
        let world = self.world(scope, scope.package);
        let context = self.context(&world, scope);
        let found = expression.evaluate(&context, scope.resource).ok()?;
        Some(nodes(found.as_slice()))
    }

    fn invariant(&mut self, constraint: &'r Constraint, el: El<'r>, node: Node<'t>, scope: Scope<'t>) {
        let Some(expression) = constraint.expression() else {
            // Said when the package was loaded.
            return;
        };
        let world = self.world(scope, Some(el.structure.package));
        let context = self.context(&world, scope);
        let why = match expression.holds(&context, node) {
            Outcome::True => return,
            Outcome::False | Outcome::Empty => None,
            Outcome::Error(error) => Some(error),
        };
        let definition = match why {
            Some(_) => &fhir::INVARIANT_UNKNOWN,
            None if constraint.error => &fhir::INVARIANT,
            None => &fhir::INVARIANT_WARNING,
        };
        self.say(definition, node, |f| {
            f.with("key", &*constraint.key)
                .with("human", constraint.human.split_whitespace().collect::<Vec<_>>().join(" "));
            f.with("profile", Self::name_of(el.structure));
            if let Some(why) = why {
                f.with("why", why.to_string());
            }
        });
    }
}

impl Constraint {
    /// The compiled expression; `None` where the evaluator does not know it.
    pub(crate) fn expression(&self) -> Option<&Expression> {
        self.compiled.get_or_init(|| Expression::compile(&self.expression).ok().map(Box::new)).as_deref()
    }
}
