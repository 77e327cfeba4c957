//! The functions on texts and the conversions.

use super::equal::{Scalar, scalar};
use super::error::EvaluationError;
use super::eval::{Env, Step, Stop, integer, single as value};
use super::item::{Item, Quantity};
use super::pattern::Pattern;
use super::syntax::{Expr, Function, Regular};
use std::borrow::Cow;

type Out<'o, 'a> = &'o mut dyn FnMut(Item<'a>) -> Step;

/// The text of an operand of `&`.
pub(super) fn of(item: &Item<'_>) -> Result<String, Stop> {
    match scalar(item) {
        Scalar::Text(text, _) => Ok(text.to_owned()),
        Scalar::Absent => Ok(String::new()),
        _ => Err(EvaluationError::WrongType.into()),
    }
}

fn as_text<'a>(item: Item<'a>) -> Result<Option<Cow<'a, str>>, Stop> {
    match item {
        Item::Text(text) => Ok(Some(text)),
        Item::Element(element) => match element.value() {
            None => Ok(None),
            Some(node) => match node.as_str() {
                Some(text) => Ok(Some(Cow::Borrowed(text))),
                None => Err(EvaluationError::WrongType.into()),
            },
        },
        _ => Err(EvaluationError::WrongType.into()),
    }
}

/// The one text of an expression.
pub(super) fn single<'a>(expr: &'a Expr, env: Env<'a, '_>) -> Result<Option<Cow<'a, str>>, Stop> {
    match expr {
        Expr::Text(text) => Ok(Some(Cow::Borrowed(text))),
        _ => match value(expr, env)? {
            Some(item) => as_text(item),
            None => Ok(None),
        },
    }
}

/// Input and first argument; `None` where one is empty.
type Two<'a> = Option<(Cow<'a, str>, Cow<'a, str>)>;

fn two<'a>(input: &'a Expr, arguments: &'a [Expr], env: Env<'a, '_>) -> Result<Two<'a>, Stop> {
    let text = single(input, env)?;
    let argument = match arguments.first() {
        Some(argument) => single(argument, env)?,
        None => None,
    };
    Ok(text.zip(argument))
}

pub(super) fn logic<'a>(
    input: &'a Expr,
    function: Function,
    arguments: &'a [Expr],
    env: Env<'a, '_>,
) -> Result<Option<bool>, Stop> {
    let Some((text, part)) = two(input, arguments, env)? else { return Ok(None) };
    env.spend(cost(&text))?;
    Ok(match function {
        Function::StartsWith => Some(text.starts_with(&*part)),
        Function::EndsWith => Some(text.ends_with(&*part)),
        Function::Contains => Some(text.contains(&*part)),
        _ => None,
    })
}

/// Steps that looking through a text counts for.
fn cost(text: &str) -> u64 {
    u64::try_from(text.len() / 64).unwrap_or(u64::MAX)
}

fn with_pattern<'a, T>(
    pattern: &'a Regular,
    env: Env<'a, '_>,
    apply: impl FnOnce(&Pattern) -> T,
) -> Result<Option<T>, Stop> {
    match pattern {
        Regular::Fixed(pattern) => Ok(Some(apply(pattern))),
        Regular::Computed(expr) => {
            let Some(text) = single(expr, env)? else { return Ok(None) };
            env.spend(PATTERN)?;
            let pattern = Pattern::new(&text).map_err(|_| EvaluationError::Pattern)?;
            Ok(Some(apply(&pattern)))
        }
    }
}

/// Steps that making a regular expression counts for.
const PATTERN: u64 = 2_000;

pub(super) fn matches<'a>(input: &'a Expr, pattern: &'a Regular, env: Env<'a, '_>) -> Result<Option<bool>, Stop> {
    let Some(text) = single(input, env)? else { return Ok(None) };
    env.spend(cost(&text))?;
    with_pattern(pattern, env, |pattern| pattern.is_match(&text))
}

pub(super) fn replace_matches<'a>(
    input: &'a Expr,
    pattern: &'a Regular,
    with: &'a Expr,
    env: Env<'a, '_>,
    out: Out<'_, 'a>,
) -> Step {
    let (Some(text), Some(with)) = (single(input, env)?, single(with, env)?) else { return Ok(()) };
    env.spend(cost(&text))?;
    match with_pattern(pattern, env, |pattern| pattern.replace_all(&text, &with))? {
        Some(text) => out(Item::Text(Cow::Owned(text))),
        None => Ok(()),
    }
}

pub(super) fn each<'a>(
    input: &'a Expr,
    function: Function,
    arguments: &'a [Expr],
    env: Env<'a, '_>,
    out: Out<'_, 'a>,
) -> Step {
    match function {
        Function::ToInteger | Function::ToDecimal | Function::ToText | Function::ToBoolean | Function::ToQuantity => {
            let Some(item) = value(input, env)? else { return Ok(()) };
            return converted(&item, function).into_iter().try_for_each(out);
        }
        Function::IndexOf => {
            let Some((text, part)) = two(input, arguments, env)? else { return Ok(()) };
            env.spend(cost(&text))?;
            let characters = text.find(&*part).and_then(|at| text.get(..at)).map(|before| before.chars().count());
            return out(Item::Integer(characters.and_then(|n| i64::try_from(n).ok()).unwrap_or(-1)));
        }
        _ => {}
    }
    let Some(text) = single(input, env)? else { return Ok(()) };
    env.spend(cost(&text))?;
    match function {
        Function::Length => out(Item::Integer(i64::try_from(text.chars().count()).unwrap_or(i64::MAX))),
        Function::Lower => out(Item::Text(Cow::Owned(text.to_lowercase()))),
        Function::Upper => out(Item::Text(Cow::Owned(text.to_uppercase()))),
        Function::Substring => substring(text, arguments, env, out),
        Function::Replace => {
            let [part, with] = arguments else { return Ok(()) };
            let (Some(part), Some(with)) = (single(part, env)?, single(with, env)?) else { return Ok(()) };
            out(Item::Text(Cow::Owned(text.replace(&*part, &with))))
        }
        _ => Ok(()),
    }
}

fn substring<'a>(text: Cow<'a, str>, arguments: &'a [Expr], env: Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    let Some(start) = arguments.first().map(|start| integer(start, env)).transpose()?.flatten() else {
        return Ok(());
    };
    let length = arguments.get(1).map(|length| integer(length, env)).transpose()?.flatten();
    let Ok(start) = usize::try_from(start) else { return Ok(()) };
    // The byte where the character of that number begins, or the end.
    let place = |text: &str, number: usize| text.char_indices().nth(number).map_or(text.len(), |(at, _)| at);
    let from = place(&text, start);
    if from == text.len() {
        return Ok(());
    }
    let rest = text.get(from..).unwrap_or_default();
    let to = match length {
        Some(length) => from + place(rest, usize::try_from(length).unwrap_or(0)),
        None => text.len(),
    };
    out(Item::Text(match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(from..to).unwrap_or_default()),
        Cow::Owned(text) => Cow::Owned(text.get(from..to).unwrap_or_default().to_owned()),
    }))
}

/// `None` where the value is of no such form.
fn converted<'a>(item: &Item<'a>, function: Function) -> Option<Item<'a>> {
    let value = scalar(item);
    match function {
        Function::ToInteger => match value {
            Scalar::Integer(value) => Some(Item::Integer(value)),
            Scalar::Boolean(value) => Some(Item::Integer(i64::from(value))),
            Scalar::Number(text) | Scalar::Text(text, _) => text.parse().ok().map(Item::Integer),
            _ => None,
        },
        Function::ToDecimal => match value {
            Scalar::Boolean(value) => Some(Item::Decimal(Cow::Borrowed(if value { "1.0" } else { "0.0" }))),
            Scalar::Integer(value) => Some(Item::Decimal(Cow::Owned(value.to_string()))),
            Scalar::Number(text) | Scalar::Text(text, _) if super::number::compare(text, "0").is_some() => {
                Some(Item::Decimal(Cow::Owned(text.to_owned())))
            }
            _ => None,
        },
        Function::ToBoolean => boolean(&value).map(Item::Boolean),
        Function::ToQuantity => quantity(&value).map(|quantity| Item::Quantity(Box::new(quantity))),
        _ => text(&value).map(|text| Item::Text(Cow::Owned(text))),
    }
}

fn boolean(value: &Scalar<'_, '_>) -> Option<bool> {
    let text = match value {
        Scalar::Boolean(value) => return Some(*value),
        Scalar::Integer(value) => value.to_string(),
        Scalar::Number(text) | Scalar::Text(text, _) => text.to_ascii_lowercase(),
        _ => return None,
    };
    match text.as_str() {
        "true" | "t" | "yes" | "y" | "1" | "1.0" => Some(true),
        "false" | "f" | "no" | "n" | "0" | "0.0" => Some(false),
        _ => None,
    }
}

fn quantity(value: &Scalar<'_, '_>) -> Option<Quantity<'static>> {
    let (number, unit) = match value {
        Scalar::Integer(value) => (value.to_string(), "1"),
        Scalar::Number(text) => ((*text).to_owned(), "1"),
        Scalar::Quantity(value, unit) => ((*value).to_owned(), *unit),
        Scalar::Text(text, _) => {
            let (number, unit) = text.trim().split_once(' ').unwrap_or((text.trim(), "'1'"));
            super::number::compare(number, "0")?;
            (number.to_owned(), unit.trim().strip_prefix('\'')?.strip_suffix('\'')?)
        }
        _ => return None,
    };
    Some(Quantity { value: Cow::Owned(number), unit: Cow::Owned(unit.to_owned()) })
}

fn text(value: &Scalar<'_, '_>) -> Option<String> {
    Some(match value {
        Scalar::Boolean(value) => value.to_string(),
        Scalar::Integer(value) => value.to_string(),
        Scalar::Number(text) | Scalar::Text(text, _) | Scalar::Moment(_, text) => (*text).to_owned(),
        Scalar::Quantity(value, unit) => format!("{value} '{unit}'"),
        Scalar::Object(_) | Scalar::Absent => return None,
    })
}
