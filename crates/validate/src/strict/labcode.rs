//! The codes of a laboratory result: local always, and one of shared, general or uncoded.

use super::observation::Observation;
use super::view::{Coding, text};
use super::{Say, urls};
use crate::Lookup;
use crate::json::Node;

const UNCODED_CODE: &str = "99999999999999999";
const UNCODED_DISPLAY: &str = "未標準化コード項目(JLAC)";

fn is_infection(coding: &Coding<'_>) -> bool {
    matches!(text(coding.system), Some(urls::LAB_INFECTION_10 | urls::LAB_INFECTION_11))
}

fn is_shared(coding: &Coding<'_>) -> bool {
    is_infection(coding) || matches!(text(coding.system), Some(urls::LAB_CORE_10 | urls::LAB_CORE_11))
}

fn is_local(coding: &Coding<'_>) -> bool {
    coding.is(urls::LAB_LOCAL)
}

fn is_general(coding: &Coding<'_>) -> bool {
    coding.is(urls::LAB_GENERAL)
}

fn is_uncoded(coding: &Coding<'_>) -> bool {
    coding.is(urls::LAB_UNCODED)
}

/// Says every coding of that sort after the first.
fn repeated(observation: &Observation<'_>, sort: fn(&Coding<'_>) -> bool, say: &mut Say<'_>) {
    for coding in observation.codings().filter(sort).skip(1) {
        say.at(coding.node);
    }
}

/// Says the value at `node` where it does not hold.
fn demand(node: Option<Node<'_>>, holds: impl Fn(&str) -> bool, say: &mut Say<'_>) {
    if let Some(node) = node.filter(|n| !n.as_str().is_some_and(&holds)) {
        say.found(node);
    }
}

pub(super) fn local(observation: &Observation<'_>, say: &mut Say<'_>) {
    if !observation.codings().any(|c| is_local(&c)) {
        say.missing(observation.node(), "code.coding");
    }
}

pub(super) fn local_twice(observation: &Observation<'_>, say: &mut Say<'_>) {
    repeated(observation, is_local, say);
}

pub(super) fn local_form(observation: &Observation<'_>, say: &mut Say<'_>) {
    let legal = |code: &str| code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    for coding in observation.codings().filter(is_local) {
        demand(coding.code, legal, say);
    }
}

pub(super) fn local_display(observation: &Observation<'_>, say: &mut Say<'_>) {
    for coding in observation.codings().filter(is_local) {
        demand(coding.display, |display| !display.contains(' '), say);
    }
}

pub(super) fn shared_twice(observation: &Observation<'_>, say: &mut Say<'_>) {
    repeated(observation, is_shared, say);
}

pub(super) fn uncoded_form(observation: &Observation<'_>, say: &mut Say<'_>) {
    for coding in observation.codings().filter(is_uncoded) {
        demand(coding.code, |code| code == UNCODED_CODE, say);
        demand(coding.display, |display| display == UNCODED_DISPLAY, say);
    }
}

pub(super) fn uncoded_twice(observation: &Observation<'_>, say: &mut Say<'_>) {
    repeated(observation, is_uncoded, say);
}

pub(super) fn uncoded_beside_shared(observation: &Observation<'_>, say: &mut Say<'_>) {
    if !observation.codings().any(|c| is_shared(&c)) {
        return;
    }
    for coding in observation.codings().filter(is_uncoded) {
        say.at(coding.node);
    }
}

pub(super) fn general_twice(observation: &Observation<'_>, say: &mut Say<'_>) {
    repeated(observation, is_general, say);
}

pub(super) fn no_standard_code(observation: &Observation<'_>, say: &mut Say<'_>) {
    if !observation.codings().any(|c| is_shared(&c) || is_general(&c) || is_uncoded(&c)) {
        say.missing(observation.node(), "code.coding");
    }
}

pub(super) fn coding(observation: &Observation<'_>, say: &mut Say<'_>) {
    for coding in observation.codings() {
        let ours = is_local(&coding) || is_shared(&coding) || is_general(&coding) || is_uncoded(&coding);
        if let Some(element) = coding.lacks().filter(|_| ours || coding.system.is_none()) {
            say.missing(coding.node, element).with("element", element);
        }
    }
}

/// What the packages' table says about a shared coding.
fn lookup<'t>(observation: &Observation<'t>, coding: &Coding<'t>) -> Lookup<'t> {
    let table = observation.resource.case.options.shared_lab;
    match (table, text(coding.system), text(coding.code)) {
        (Some(table), Some(system), Some(code)) if is_shared(coding) => table.find(system, code),
        _ => Lookup::Unknown,
    }
}

pub(super) fn shared_code(observation: &Observation<'_>, say: &mut Say<'_>) {
    for coding in observation.codings() {
        if lookup(observation, &coding) == Lookup::Absent {
            say.at_or_missing(coding.code, coding.node, "code");
        }
    }
}

pub(super) fn shared_display(observation: &Observation<'_>, say: &mut Say<'_>) {
    for coding in observation.codings() {
        match lookup(observation, &coding) {
            Lookup::Display(expected)
                if coding.display.is_some()
                    && text(coding.display) != Some(expected)
                    && !is_designation(observation, &coding) =>
            {
                say.at_or_missing(coding.display, coding.node, "display").with("expected", expected);
            }
            _ => {}
        }
    }
}

fn is_designation(observation: &Observation<'_>, coding: &Coding<'_>) -> bool {
    let table = observation.resource.case.options.shared_lab;
    match (table, text(coding.system), text(coding.code), text(coding.display)) {
        (Some(table), Some(system), Some(code), Some(display)) => table.is_designation(system, code, display),
        _ => false,
    }
}

pub(super) fn shared_designation(observation: &Observation<'_>, say: &mut Say<'_>) {
    for coding in observation.codings() {
        if let Lookup::Display(expected) = lookup(observation, &coding)
            && text(coding.display) != Some(expected)
            && is_designation(observation, &coding)
        {
            say.at_or_missing(coding.display, coding.node, "display").with("expected", expected);
        }
    }
}

pub(super) fn lts(observation: &Observation<'_>, say: &mut Say<'_>) {
    let flagged = super::resource::has_flag(observation.resource, "LTS");
    if flagged && !observation.codings().any(|c| is_infection(&c)) {
        say.missing(observation.node(), "meta.tag");
    }
}
