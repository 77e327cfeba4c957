//! FHIRPath, as far as the invariants of FHIR R4 and of the official packages use it: <http://hl7.org/fhirpath/N1>.
//!
//! [`Expression::compile`] turns the text of an invariant into a tree once, when its package is loaded; a function, operator or
//! variable that we do not have is a [`CompileError`], so that nothing ever passes because it was not understood. Evaluation works on
//! the [JSON tree](crate::json) itself: values are handed from step to step and searches end with the first answer, so that a typical
//! invariant allocates nothing.
//!
//! What differs from the letter of the specification, because FHIR's own invariants need it: `as` filters several values,
//! `answer is Boolean` holds for FHIR's boolean, and any escaped character in a text stands for itself.

mod arithmetic;
mod equal;
mod error;
mod eval;
mod fixed;
mod functions;
mod item;
mod lexer;
mod moment;
mod navigate;
mod number;
mod parser;
mod pattern;
mod syntax;
#[cfg(test)]
mod tests;
mod text;
mod types;
pub mod xhtml;

pub use error::{CompileError, CompileFault, EvaluationError};
pub use item::{Collection, Element, Item, Quantity};
pub use moment::MomentKind;

use crate::json::Node;
use eval::{Env, Stop};
use std::cell::{Cell, RefCell};

/// Levels of an expression: more are refused, so that no package can exhaust the stack. Official ones have some 15.
pub const MAX_HEIGHT: usize = 128;

/// Steps of one evaluation, some 10 ns each: a large Bundle needs a few thousand.
const FUEL: u64 = 20_000_000;

/// The types of FHIR's elements. Types of backbone elements are named by their path: `Bundle.entry`.
pub trait Model {
    /// The type of the member `key` of an element of type `of`. `key` is the JSON name: `valueQuantity` for a choice.
    fn member(&self, of: &str, key: &str) -> Option<&str>;
    /// The type that `of` specialises: `Quantity` for `Age`, `DomainResource` for `Patient`, `string` for `code`.
    fn base(&self, of: &str) -> Option<&str>;
    /// Whether `name` is a choice (`value[x]`) in an element of type `of`.
    fn is_choice(&self, of: &str, name: &str) -> bool;
}

/// The codes of value sets.
pub trait Terminology {
    /// `None`: nobody here can say. FHIRPath then gives the empty collection, which fails an invariant that asks for a member;
    /// where that must not be, answer `Some(true)`.
    fn member_of(&self, value_set: &str, system: Option<&str>, code: &str) -> Option<bool>;
}

/// Where references lead.
pub trait Resolver {
    /// The resource that `reference`, written at `from`, means; `None` outside the document.
    fn resolve<'t>(&self, reference: &str, from: Node<'t>) -> Option<Node<'t>>;
}

/// Knows no types, codes and references: what depends on them is judged by the JSON alone or stays open.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unknown;

impl Model for Unknown {
    fn member(&self, _: &str, _: &str) -> Option<&str> {
        None
    }

    fn base(&self, _: &str) -> Option<&str> {
        None
    }

    fn is_choice(&self, _: &str, _: &str) -> bool {
        true
    }
}

impl Terminology for Unknown {
    fn member_of(&self, _: &str, _: Option<&str>, _: &str) -> Option<bool> {
        None
    }
}

impl Resolver for Unknown {
    fn resolve<'t>(&self, _: &str, _: Node<'t>) -> Option<Node<'t>> {
        None
    }
}

/// What an expression may ask beside the element that it is about.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// `%resource`: the resource that holds the element.
    pub resource: Node<'a>,
    /// `%rootResource`: the same, or for a contained resource the one around it.
    pub root: Node<'a>,
    pub model: &'a dyn Model,
    pub terminology: &'a dyn Terminology,
    pub resolver: &'a dyn Resolver,
}

/// What an invariant says about an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    True,
    False,
    /// No answer: FHIR's validators count it as broken.
    Empty,
    Error(EvaluationError),
}

/// A compiled expression.
#[derive(Debug)]
pub struct Expression(syntax::Expr);

impl Expression {
    pub fn compile(text: &str) -> Result<Self, CompileError> {
        parser::parse(text).map(Self)
    }

    /// All values for the element that `node` is or belongs to: of a primitive the value, or its `_name` object where it has none.
    pub fn evaluate<'a>(&'a self, cx: &'a Context<'a>, node: Node<'a>) -> Result<Collection<'a>, EvaluationError> {
        self.within(cx, node, eval::collect).map(Option::unwrap_or_default)
    }

    /// The truth of an invariant. A single value that is no truth value counts as true.
    pub fn holds(&self, cx: &Context<'_>, node: Node<'_>) -> Outcome {
        // One lifetime for all that is borrowed.
        fn inner<'a>(expression: &'a Expression, cx: &'a Context<'a>, node: Node<'a>) -> Outcome {
            match expression.within(cx, node, eval::logic) {
                Ok(Some(Some(true))) => Outcome::True,
                Ok(Some(Some(false))) => Outcome::False,
                Ok(_) => Outcome::Empty,
                Err(error) => Outcome::Error(error),
            }
        }
        inner(self, cx, node)
    }

    fn within<'a, T>(
        &'a self,
        cx: &'a Context<'a>,
        node: Node<'a>,
        run: impl FnOnce(&'a syntax::Expr, Env<'a, '_>) -> Result<T, Stop>,
    ) -> Result<Option<T>, EvaluationError> {
        let (fuel, answers) = (Cell::new(FUEL), RefCell::default());
        let focus = Item::Element(Element::of(node));
        let this = std::slice::from_ref(&focus);
        let env = Env { cx, context: &focus, this, index: 0, total: &[], fuel: &fuel, answers: &answers };
        match run(&self.0, env) {
            Ok(value) => Ok(Some(value)),
            Err(Stop::Enough) => Ok(None),
            Err(Stop::Failed(error)) => Err(error),
        }
    }
}
