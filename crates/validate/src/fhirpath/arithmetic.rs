//! Calculation: integers in 64 bits, decimals by their text.

use super::equal::{Scalar, scalar};
use super::error::EvaluationError;
use super::eval::Stop;
use super::item::{Item, Quantity};
use super::number::{self, Exact};
use super::syntax::Operator;
use super::text;
use std::borrow::Cow;

pub(super) fn negative<'a>(item: &Item<'a>) -> Result<Item<'a>, Stop> {
    match scalar(item) {
        Scalar::Integer(value) => Ok(Item::Integer(value.checked_neg().ok_or(EvaluationError::WrongType)?)),
        Scalar::Number(text) => Ok(from_exact(Exact::parse(text).ok_or(EvaluationError::WrongType)?.negative(), text)),
        Scalar::Quantity(value, unit) => {
            let value = Exact::parse(value).ok_or(EvaluationError::WrongType)?.negative().text();
            Ok(Item::Quantity(Box::new(Quantity { value: Cow::Owned(value), unit: Cow::Owned(unit.to_owned()) })))
        }
        _ => Err(EvaluationError::WrongType.into()),
    }
}

/// An integer stays one.
fn from_exact<'a>(value: Exact, like: &str) -> Item<'a> {
    let text = value.text();
    match text.parse() {
        Ok(integer) if number::is_integer(like) => Item::Integer(integer),
        _ => Item::Decimal(Cow::Owned(text)),
    }
}

/// `None` for an empty operand, a division by zero and what does not fit.
pub(super) fn arithmetic<'a>(
    operator: Operator,
    left: Option<&Item<'a>>,
    right: Option<&Item<'a>>,
) -> Result<Option<Item<'a>>, Stop> {
    if operator == Operator::Concatenate {
        let text = [left, right].into_iter().flatten().map(text::of).collect::<Result<String, Stop>>()?;
        return Ok(Some(Item::Text(Cow::Owned(text))));
    }
    let (Some(left), Some(right)) = (left, right) else { return Ok(None) };
    match (operator, scalar(left), scalar(right)) {
        (Operator::Add, Scalar::Text(a, _), Scalar::Text(b, _)) => Ok(Some(Item::Text(Cow::Owned([a, b].concat())))),
        (_, Scalar::Integer(a), Scalar::Integer(b)) if operator != Operator::Divide => Ok(match operator {
            Operator::Add => a.checked_add(b),
            Operator::Subtract => a.checked_sub(b),
            Operator::Multiply => a.checked_mul(b),
            Operator::Div => a.checked_div(b),
            _ => a.checked_rem(b),
        }
        .map(Item::Integer)),
        (_, Scalar::Integer(a), Scalar::Integer(b)) => Ok(calculate(operator, &a.to_string(), &b.to_string())),
        (_, Scalar::Integer(a), Scalar::Number(b)) => Ok(calculate(operator, &a.to_string(), b)),
        (_, Scalar::Number(a), Scalar::Integer(b)) => Ok(calculate(operator, a, &b.to_string())),
        (_, Scalar::Number(a), Scalar::Number(b)) => Ok(calculate(operator, a, b)),
        (_, Scalar::Absent, _) | (_, _, Scalar::Absent) => Ok(None),
        _ => Err(EvaluationError::WrongType.into()),
    }
}

fn calculate<'a>(operator: Operator, a: &str, b: &str) -> Option<Item<'a>> {
    let (x, y) = (Exact::parse(a)?, Exact::parse(b)?);
    let both = if number::is_integer(a) { b } else { a };
    let value = match operator {
        Operator::Add => x.add(y)?,
        Operator::Subtract => x.subtract(y)?,
        Operator::Multiply => x.multiply(y)?,
        Operator::Divide => return Some(Item::Decimal(Cow::Owned(x.divide(y)?.text()))),
        Operator::Div => return x.div(y).map(Item::Integer),
        _ if y.is_zero() => return None,
        _ => x.remainder(y)?,
    };
    Some(from_exact(value, both))
}
