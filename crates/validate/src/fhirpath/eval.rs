//! Evaluation by handing each value to the next step: collections are made only where an operator needs a whole one.

use super::Context;
use super::arithmetic::{arithmetic, negative};
use super::equal::{Scalar, Seen, equal, equivalent, order, scalar};
use super::error::EvaluationError;
use super::item::{Collection, Item, Quantity};
use super::syntax::{Expr, Function, Operator};
use super::{functions, navigate, text};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;

/// Why no more values are handed on.
pub(super) enum Stop {
    /// Whoever asked has what it needs.
    Enough,
    Failed(EvaluationError),
}

impl From<EvaluationError> for Stop {
    fn from(error: EvaluationError) -> Self {
        Self::Failed(error)
    }
}

pub(super) type Step = Result<(), Stop>;
type Out<'o, 'a> = &'o mut dyn FnMut(Item<'a>) -> Step;

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
pub(super) struct Env<'a, 'x> {
    pub cx: &'a Context<'a>,
    /// `%context`
    pub context: &'x Item<'a>,
    /// `$this`: what a path begins from.
    pub this: &'x [Item<'a>],
    pub index: usize,
    pub total: &'x [Item<'a>],
    pub fuel: &'x Cell<u64>,
    /// Of the questions that are asked once, by their place in memory.
    pub answers: &'x RefCell<Vec<(usize, Option<bool>)>>,
}

impl<'a, 'x> Env<'a, 'x> {
    /// Counts the steps of one evaluation.
    #[inline]
    pub fn spend(&self, steps: u64) -> Step {
        match self.fuel.get().checked_sub(steps) {
            Some(left) => {
                self.fuel.set(left);
                Ok(())
            }
            None => Err(EvaluationError::TooCostly.into()),
        }
    }

    /// The same place for one item of a collection.
    pub fn with<'y>(&self, item: &'y Item<'a>, index: usize) -> Env<'a, 'y>
    where
        'x: 'y,
    {
        Env { this: std::slice::from_ref(item), index, ..*self }
    }
}

/// Ends the search of whoever returned [`Stop::Enough`] from its own closure.
pub(super) fn ended(step: Step) -> Step {
    match step {
        Err(Stop::Enough) => Ok(()),
        other => other,
    }
}

/// All values of an expression, one after the other.
pub(super) fn each<'a>(expr: &'a Expr, env: Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    env.spend(1)?;
    match expr {
        Expr::Empty => Ok(()),
        Expr::Boolean(value) => out(Item::Boolean(*value)),
        Expr::Integer(value) => out(Item::Integer(*value)),
        Expr::Decimal(text) => out(Item::Decimal(Cow::Borrowed(text))),
        Expr::Text(text) => out(Item::Text(Cow::Borrowed(text))),
        Expr::Moment(kind, text) => out(Item::Moment(*kind, text)),
        Expr::Quantity(value, unit) => {
            out(Item::Quantity(Box::new(Quantity { value: Cow::Borrowed(value), unit: Cow::Borrowed(unit) })))
        }
        Expr::This => env.this.iter().try_for_each(|item| out(item.clone())),
        Expr::Index => out(Item::Integer(i64::try_from(env.index).unwrap_or(i64::MAX))),
        Expr::Total => env.total.iter().try_for_each(|item| out(item.clone())),
        Expr::Context => out(env.context.clone()),
        Expr::Resource => out(Item::Element(super::Element::of(env.cx.resource))),
        Expr::RootResource => out(Item::Element(super::Element::of(env.cx.root))),
        Expr::Child(base, name) => each(base, env, &mut |item| navigate::named(&item, name, &env, out)),
        Expr::Head(name) => env.this.iter().try_for_each(|item| head(item, name, &env, out)),
        Expr::Item(base, index) => {
            let Some(wanted) = integer(index, env)? else { return Ok(()) };
            let mut at = 0;
            let found = find(base, env, &mut |_| {
                at += 1;
                at > wanted
            })?;
            found.into_iter().filter(|_| wanted >= 0).try_for_each(out)
        }
        Expr::Negative(inner) => match single(inner, env)? {
            Some(item) => out(negative(&item)?),
            None => Ok(()),
        },
        Expr::OfType(base, name) => {
            each(base, env, &mut |item| if env.is_type(&item, name) { out(item) } else { Ok(()) })
        }
        Expr::Binary(Operator::Union, left, right) => {
            let mut seen = Seen::default();
            let mut once = |item: Item<'a>| if seen.add(&item, &env)? { out(item) } else { Ok(()) };
            each(left, env, &mut once)?;
            each(right, env, &mut once)
        }
        Expr::ReplaceMatches(base, pattern, with) => text::replace_matches(base, pattern, with, env, out),
        Expr::Binary(operator, left, right) if is_arithmetic(*operator) => {
            let (left, right) = (single(left, env)?, single(right, env)?);
            arithmetic(*operator, left.as_ref(), right.as_ref())?.into_iter().try_for_each(out)
        }
        Expr::Call(input, function, arguments) if !is_logical(*function) => {
            functions::each(input, *function, arguments, env, out)
        }
        _ => logic(expr, env)?.into_iter().try_for_each(|value| out(Item::Boolean(value))),
    }
}

/// The first name of a path.
fn head<'a>(item: &Item<'a>, name: &'a str, env: &Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    if name.starts_with(|c: char| c.is_ascii_uppercase())
        && let Item::Element(element) = item
        && env.type_of(element).is_some_and(|found| found == name)
    {
        return out(item.clone());
    }
    navigate::named(item, name, env, out)
}

pub(super) fn collect<'a>(expr: &'a Expr, env: Env<'a, '_>) -> Result<Collection<'a>, Stop> {
    let mut all = Collection::Empty;
    each(expr, env, &mut |item| {
        all.push(item);
        Ok(())
    })?;
    Ok(all)
}

/// The first value that fits.
pub(super) fn find<'a>(
    expr: &'a Expr,
    env: Env<'a, '_>,
    fits: &mut dyn FnMut(&Item<'a>) -> bool,
) -> Result<Option<Item<'a>>, Stop> {
    let mut found = None;
    ended(each(expr, env, &mut |item| {
        if fits(&item) {
            found = Some(item);
            return Err(Stop::Enough);
        }
        Ok(())
    }))?;
    Ok(found)
}

/// The value of an expression that may have one at most.
pub(super) fn single<'a>(expr: &'a Expr, env: Env<'a, '_>) -> Result<Option<Item<'a>>, Stop> {
    let mut found = None;
    each(expr, env, &mut |item| {
        if found.is_some() {
            return Err(EvaluationError::Several.into());
        }
        found = Some(item);
        Ok(())
    })?;
    Ok(found)
}

pub(super) fn integer<'a>(expr: &'a Expr, env: Env<'a, '_>) -> Result<Option<i64>, Stop> {
    let Some(item) = single(expr, env)? else { return Ok(None) };
    match scalar(&item) {
        Scalar::Integer(value) => Ok(Some(value)),
        Scalar::Number(text) => text.parse().map(Some).map_err(|_| EvaluationError::WrongType.into()),
        _ => Err(EvaluationError::WrongType.into()),
    }
}

/// The value where a truth value is needed: any single value that is none of its own counts as true.
pub(super) fn logic<'a>(expr: &'a Expr, env: Env<'a, '_>) -> Result<Option<bool>, Stop> {
    env.spend(1)?;
    match expr {
        Expr::Boolean(value) => Ok(Some(*value)),
        Expr::And(all) => quantified(all, false, env),
        Expr::Or(all) => quantified(all, true, env),
        Expr::Binary(Operator::Xor, left, right) => Ok(match (logic(left, env)?, logic(right, env)?) {
            (Some(left), Some(right)) => Some(left != right),
            _ => None,
        }),
        Expr::Binary(Operator::Implies, left, right) => match logic(left, env)? {
            Some(false) => Ok(Some(true)),
            Some(true) => logic(right, env),
            None => Ok(logic(right, env)?.filter(|value| *value)),
        },
        Expr::Binary(operator, left, right) if !is_arithmetic(*operator) && *operator != Operator::Union => {
            relation(*operator, left, right, env)
        }
        Expr::Once(question) => once(question, env),
        Expr::Is(base, name) => Ok(single(base, env)?.map(|item| env.is_type(&item, name))),
        Expr::Matches(base, pattern) => text::matches(base, pattern, env),
        Expr::Call(input, function, arguments) if is_logical(*function) => {
            functions::logic(input, *function, arguments, env)
        }
        _ => Ok(single(expr, env)?.map(|item| truth(&item))),
    }
}

fn once<'a>(question: &'a Expr, env: Env<'a, '_>) -> Result<Option<bool>, Stop> {
    let place = std::ptr::from_ref(question).addr();
    let known = env.answers.borrow().iter().find(|(known, _)| *known == place).map(|(_, answer)| *answer);
    if let Some(answer) = known {
        return Ok(answer);
    }
    let answer = logic(question, env)?;
    env.answers.borrow_mut().push((place, answer));
    Ok(answer)
}

pub(super) fn truth(item: &Item<'_>) -> bool {
    !matches!(scalar(item), Scalar::Boolean(false))
}

/// `and` and `or`: the first operand of the deciding value decides; without one, any unknown leaves it open.
fn quantified<'a>(all: &'a [Expr], deciding: bool, env: Env<'a, '_>) -> Result<Option<bool>, Stop> {
    let mut open = false;
    for expr in all {
        match logic(expr, env)? {
            Some(value) if value == deciding => return Ok(Some(deciding)),
            Some(_) => {}
            None => open = true,
        }
    }
    Ok((!open).then_some(!deciding))
}

fn relation<'a>(operator: Operator, left: &'a Expr, right: &'a Expr, env: Env<'a, '_>) -> Result<Option<bool>, Stop> {
    let ordered = |fits: fn(Ordering) -> bool| match (single(left, env)?, single(right, env)?) {
        (Some(left), Some(right)) => Ok(order(&left, &right, &env)?.map(fits)),
        _ => Ok(None),
    };
    match operator {
        Operator::Less => ordered(Ordering::is_lt),
        Operator::LessOrEqual => ordered(Ordering::is_le),
        Operator::Greater => ordered(Ordering::is_gt),
        Operator::GreaterOrEqual => ordered(Ordering::is_ge),
        Operator::Equal => all_equal(left, right, env),
        Operator::NotEqual => Ok(all_equal(left, right, env)?.map(|equal| !equal)),
        Operator::Equivalent => all_equivalent(left, right, env).map(Some),
        Operator::NotEquivalent => all_equivalent(left, right, env).map(|same| Some(!same)),
        Operator::In => member(left, right, env),
        _ => member(right, left, env),
    }
}

fn all_equal<'a>(left: &'a Expr, right: &'a Expr, env: Env<'a, '_>) -> Result<Option<bool>, Stop> {
    let (left, right) = (collect(left, env)?, collect(right, env)?);
    let (left, right) = (left.as_slice(), right.as_slice());
    if left.is_empty() || right.is_empty() {
        return Ok(None);
    }
    if left.len() != right.len() {
        return Ok(Some(false));
    }
    let mut all = Some(true);
    for (a, b) in left.iter().zip(right) {
        match equal(a, b, &env)? {
            Some(true) => {}
            Some(false) => return Ok(Some(false)),
            None => all = None,
        }
    }
    Ok(all)
}

fn all_equivalent<'a>(left: &'a Expr, right: &'a Expr, env: Env<'a, '_>) -> Result<bool, Stop> {
    let (left, right) = (collect(left, env)?, collect(right, env)?);
    if left.len() != right.len() {
        return Ok(false);
    }
    let mut rest: Vec<&Item<'a>> = right.as_slice().iter().collect();
    for a in left.as_slice() {
        let mut place = None;
        for (at, b) in rest.iter().enumerate() {
            if equivalent(a, b, &env)? {
                place = Some(at);
                break;
            }
        }
        match place {
            Some(at) => rest.swap_remove(at),
            None => return Ok(false),
        };
    }
    Ok(true)
}

/// `in`
fn member<'a>(one: &'a Expr, all: &'a Expr, env: Env<'a, '_>) -> Result<Option<bool>, Stop> {
    let Some(one) = single(one, env)? else { return Ok(None) };
    let mut found = false;
    ended(each_of_union(all, env, &mut |item| {
        if equal(&one, &item, &env)? == Some(true) {
            found = true;
            return Err(Stop::Enough);
        }
        Ok(())
    }))?;
    Ok(Some(found))
}

/// Like [`each`] where it does no harm to meet a value twice.
fn each_of_union<'a>(expr: &'a Expr, env: Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    match expr {
        Expr::Binary(Operator::Union, left, right) => {
            each_of_union(left, env, out)?;
            each_of_union(right, env, out)
        }
        _ => each(expr, env, out),
    }
}

fn is_arithmetic(operator: Operator) -> bool {
    use Operator::*;
    matches!(operator, Add | Subtract | Concatenate | Multiply | Divide | Div | Mod)
}

fn is_logical(function: Function) -> bool {
    use Function::*;
    matches!(
        function,
        All | AllFalse
            | AllTrue
            | AnyFalse
            | AnyTrue
            | Contains
            | Empty
            | EndsWith
            | Exists
            | HasValue
            | HtmlChecks
            | IsDistinct
            | MemberOf
            | Not
            | StartsWith
            | SubsetOf
            | SupersetOf
    )
}
