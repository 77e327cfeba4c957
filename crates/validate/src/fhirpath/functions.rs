//! The functions on collections. Those on texts stand in `text`.

use super::equal::{Scalar, Seen, scalar};
use super::error::EvaluationError;
use super::eval::{Env, Step, Stop, collect, each as values, ended, find, integer, logic as truth_of, single, truth};
use super::item::{Collection, Element, Item};
use super::syntax::{Expr, Function};
use super::{navigate, text, xhtml};
use crate::json::Node;

type Out<'o, 'a> = &'o mut dyn FnMut(Item<'a>) -> Step;

/// `repeat()` of an expression that makes new values would never end.
const REPEATED: usize = 100_000;

/// The functions that give values.
pub(super) fn each<'a>(
    input: &'a Expr,
    function: Function,
    arguments: &'a [Expr],
    env: Env<'a, '_>,
    out: Out<'_, 'a>,
) -> Step {
    let first = arguments.first();
    match (function, first) {
        (Function::Where, Some(criteria)) => filtered(input, criteria, env, out),
        (Function::Select, Some(projection)) => {
            let mut index = 0;
            values(input, env, &mut |item| {
                index += 1;
                values(projection, env.with(&item, index - 1), out)
            })
        }
        (Function::Repeat, Some(projection)) => repeat(input, projection, env, out),
        (Function::Trace, _) => values(input, env, out),
        (Function::First, _) => find(input, env, &mut |_| true)?.into_iter().try_for_each(out),
        (Function::Single, _) => single(input, env)?.into_iter().try_for_each(out),
        (Function::Last, _) => {
            let mut last = None;
            values(input, env, &mut |item| {
                last = Some(item);
                Ok(())
            })?;
            last.into_iter().try_for_each(out)
        }
        (Function::Tail, _) => slice(input, 1, i64::MAX, env, out),
        (Function::Skip, Some(count)) => match integer(count, env)? {
            Some(count) => slice(input, count, i64::MAX, env, out),
            None => Ok(()),
        },
        (Function::Take, Some(count)) => match integer(count, env)? {
            Some(count) => slice(input, 0, count, env, out),
            None => Ok(()),
        },
        (Function::Count, _) => {
            let mut count = 0;
            values(input, env, &mut |_| {
                count += 1;
                Ok(())
            })?;
            out(Item::Integer(count))
        }
        (Function::Children, _) => values(input, env, &mut |item| navigate::children(&item, &env, out)),
        (Function::Descendants, _) => values(input, env, &mut |item| navigate::descendants(&item, &env, out)),
        (Function::Extension, Some(url)) => extension(input, url, env, out),
        (Function::Resolve, _) => values(input, env, &mut |item| match resolve(&item, &env) {
            Some(node) => out(Item::Element(Element::of(node))),
            None => Ok(()),
        }),
        (Function::GetValue, _) => match single(input, env)? {
            Some(item) if has_value(&item) => out(item),
            _ => Ok(()),
        },
        (Function::Iif, Some(criteria)) => iif(input, criteria, arguments, env, out),
        (Function::Aggregate, Some(step)) => aggregate(input, step, arguments.get(1), env, out),
        (Function::Combine, Some(other)) => {
            values(input, env, out)?;
            values(other, env, out)
        }
        (Function::Distinct, _) => {
            let mut seen = Seen::default();
            values(input, env, &mut |item| if seen.add(&item, &env)? { out(item) } else { Ok(()) })
        }
        (Function::Union, Some(other)) => {
            let mut seen = Seen::default();
            let mut once = |item: Item<'a>| if seen.add(&item, &env)? { out(item) } else { Ok(()) };
            values(input, env, &mut once)?;
            values(other, env, &mut once)
        }
        (Function::Intersect, Some(other)) => {
            let (others, mut seen) = (set(other, env)?, Seen::default());
            values(input, env, &mut |item| {
                if others.has(&item, &env)? && seen.add(&item, &env)? { out(item) } else { Ok(()) }
            })
        }
        (Function::Exclude, Some(other)) => {
            let others = set(other, env)?;
            values(input, env, &mut |item| if others.has(&item, &env)? { Ok(()) } else { out(item) })
        }
        _ => text::each(input, function, arguments, env, out),
    }
}

fn set<'a>(expr: &'a Expr, env: Env<'a, '_>) -> Result<Seen<'a>, Stop> {
    let mut seen = Seen::default();
    values(expr, env, &mut |item| seen.add(&item, &env).map(|_| ()))?;
    Ok(seen)
}

fn filtered<'a>(input: &'a Expr, criteria: &'a Expr, env: Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    let mut index = 0;
    values(input, env, &mut |item| {
        let fits = truth_of(criteria, env.with(&item, index))? == Some(true);
        index += 1;
        if fits { out(item) } else { Ok(()) }
    })
}

/// Without the first `skip`, at most `take`.
fn slice<'a>(input: &'a Expr, skip: i64, take: i64, env: Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    let mut index = 0;
    values(input, env, &mut |item| {
        index += 1;
        if index > skip && index.saturating_sub(skip.max(0)) <= take { out(item) } else { Ok(()) }
    })
}

fn repeat<'a>(input: &'a Expr, projection: &'a Expr, env: Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    let mut seen = Seen::default();
    let mut open: std::collections::VecDeque<Item<'a>> = collect(input, env)?.as_slice().iter().cloned().collect();
    let mut met = 0;
    while let Some(item) = open.pop_front() {
        values(projection, env.with(&item, 0), &mut |found| {
            met += 1;
            if met > REPEATED {
                return Err(EvaluationError::TooCostly.into());
            }
            if seen.add(&found, &env)? {
                open.push_back(found.clone());
                out(found)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Its arguments see the whole input as `$this`.
fn iif<'a>(input: &'a Expr, criteria: &'a Expr, arguments: &'a [Expr], env: Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    let all = collect(input, env)?;
    let inner = Env { this: all.as_slice(), ..env };
    let taken = if truth_of(criteria, inner)? == Some(true) { arguments.get(1) } else { arguments.get(2) };
    match taken {
        Some(taken) => values(taken, inner, out),
        None => Ok(()),
    }
}

fn aggregate<'a>(input: &'a Expr, step: &'a Expr, start: Option<&'a Expr>, env: Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    let mut total = match start {
        Some(start) => collect(start, env)?,
        None => Collection::Empty,
    };
    let mut index = 0;
    values(input, env, &mut |item| {
        let inner = env.with(&item, index);
        let next = collect(step, Env { total: total.as_slice(), ..inner })?;
        total = next;
        index += 1;
        Ok(())
    })?;
    total.as_slice().iter().try_for_each(|item| out(item.clone()))
}

fn extension<'a>(input: &'a Expr, url: &'a Expr, env: Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    let Some(url) = text::single(url, env)? else { return Ok(()) };
    values(input, env, &mut |item| {
        navigate::named(&item, "extension", &env, &mut |extension| {
            let fits = match &extension {
                Item::Element(element) => element.value().and_then(|v| v.get("url")?.as_str()) == Some(&*url),
                _ => false,
            };
            if fits { out(extension) } else { Ok(()) }
        })
    })
}

fn resolve<'a>(item: &Item<'a>, env: &Env<'a, '_>) -> Option<Node<'a>> {
    let Item::Element(element) = item else { return None };
    let node = element.value()?;
    let reference = node.as_str().or_else(|| node.get("reference")?.as_str())?;
    env.cx.resolver.resolve(reference, node)
}

fn has_value(item: &Item<'_>) -> bool {
    !matches!(scalar(item), Scalar::Absent | Scalar::Object(_))
}

/// The functions that answer yes, no or nothing.
pub(super) fn logic<'a>(
    input: &'a Expr,
    function: Function,
    arguments: &'a [Expr],
    env: Env<'a, '_>,
) -> Result<Option<bool>, Stop> {
    match (function, arguments.first()) {
        (Function::Exists, None) => Ok(Some(any(input, env)?)),
        (Function::Exists, Some(criteria)) => {
            let mut found = false;
            ended(filtered(input, criteria, env, &mut |_| {
                found = true;
                Err(Stop::Enough)
            }))?;
            Ok(Some(found))
        }
        (Function::Empty, _) => Ok(Some(!any(input, env)?)),
        (Function::Not, _) => Ok(truth_of(input, env)?.map(|value| !value)),
        (Function::All, Some(criteria)) => {
            let (mut all, mut index) = (true, 0);
            ended(values(input, env, &mut |item| {
                if truth_of(criteria, env.with(&item, index))? != Some(true) {
                    all = false;
                    return Err(Stop::Enough);
                }
                index += 1;
                Ok(())
            }))?;
            Ok(Some(all))
        }
        (Function::AllTrue, _) => every(input, true, env).map(Some),
        (Function::AllFalse, _) => every(input, false, env).map(Some),
        (Function::AnyTrue, _) => Ok(Some(!every(input, false, env)?)),
        (Function::AnyFalse, _) => Ok(Some(!every(input, true, env)?)),
        (Function::HasValue, _) => {
            let all = collect(input, env)?;
            Ok(Some(matches!(all.as_slice(), [item] if has_value(item))))
        }
        (Function::IsDistinct, _) => {
            let (mut seen, mut distinct) = (Seen::default(), true);
            ended(values(input, env, &mut |item| {
                distinct = seen.add(&item, &env)?;
                if distinct { Ok(()) } else { Err(Stop::Enough) }
            }))?;
            Ok(Some(distinct))
        }
        (Function::SubsetOf, Some(other)) => subset(input, other, env).map(Some),
        (Function::SupersetOf, Some(other)) => subset(other, input, env).map(Some),
        (Function::MemberOf, Some(value_set)) => member_of(input, value_set, env),
        (Function::HtmlChecks, _) => {
            let Some(item) = single(input, env)? else { return Ok(None) };
            Ok(match scalar(&item) {
                Scalar::Text(text, _) => Some(xhtml::check(text).is_ok()),
                _ => None,
            })
        }
        _ => text::logic(input, function, arguments, env),
    }
}

fn any<'a>(input: &'a Expr, env: Env<'a, '_>) -> Result<bool, Stop> {
    Ok(find(input, env, &mut |_| true)?.is_some())
}

/// Whether all values are that truth value.
fn every<'a>(input: &'a Expr, wanted: bool, env: Env<'a, '_>) -> Result<bool, Stop> {
    Ok(find(input, env, &mut |item| truth(item) != wanted)?.is_none())
}

fn subset<'a>(part: &'a Expr, whole: &'a Expr, env: Env<'a, '_>) -> Result<bool, Stop> {
    let whole = set(whole, env)?;
    let mut inside = true;
    ended(values(part, env, &mut |item| {
        inside = whole.has(&item, &env)?;
        if inside { Ok(()) } else { Err(Stop::Enough) }
    }))?;
    Ok(inside)
}

fn member_of<'a>(input: &'a Expr, value_set: &'a Expr, env: Env<'a, '_>) -> Result<Option<bool>, Stop> {
    let (Some(item), Some(value_set)) = (single(input, env)?, text::single(value_set, env)?) else { return Ok(None) };
    let terms = env.cx.terminology;
    let coding = |coding: Node<'a>| {
        let code = coding.get("code")?.as_str()?;
        terms.member_of(&value_set, coding.get("system").and_then(Node::as_str), code)
    };
    Ok(match scalar(&item) {
        Scalar::Text(code, _) => terms.member_of(&value_set, None, code),
        Scalar::Object(node) => match node.get("coding") {
            // One code inside suffices; one that nobody can judge leaves it open.
            Some(codings) => {
                let mut open = false;
                for found in codings.items().map(coding) {
                    match found {
                        Some(true) => return Ok(Some(true)),
                        Some(false) => {}
                        None => open = true,
                    }
                }
                (!open).then_some(false)
            }
            None if node.get("code").is_some() => coding(node),
            None => Some(false),
        },
        _ => None,
    })
}
