use crate::{Input, Output, Source, issues};
use std::collections::{BTreeMap, BTreeSet};
use tsugite_clinical::{Fact, Statement};
use tsugite_issue::{Address, Origin};

/// What must be true of every output, of sound and of broken inputs alike.
pub(super) fn check(input: &Input, output: &Output, source: &dyn Source) -> Vec<String> {
    let mut findings = Vec::new();
    if output.issues.iter().any(|issue| issue.definition == &issues::RECORD_LOST) {
        findings.push("a record that was begun ended nowhere".to_owned());
    }
    let known = |code: &str| source.issues().iter().chain(issues::ALL).any(|definition| definition.code == code);
    for issue in &output.issues {
        // Decoders and readers below the source tell their own.
        let own_area = |code: &str| source.issues().first().is_some_and(|first| area(first.code) == area(code));
        if own_area(issue.code()) && !known(issue.code()) {
            findings.push(format!("{} is told, but stands in no table of the source", issue.code()));
        }
        findings.extend(issue.origin.as_ref().and_then(|origin| place(input, origin)));
    }
    findings.extend(records(input, output));
    findings.extend(contradictions(output));
    findings.extend(identities(input, output));
    findings
}

fn area(code: &str) -> &str {
    code.rsplit_once('-').map_or(code, |(area, _)| area)
}

fn facts(output: &Output) -> impl Iterator<Item = &Fact> {
    output.statements.iter().filter_map(|statement| match statement {
        Statement::Fact(fact) => Some(fact),
        Statement::List(_) | Statement::Identity(_) => None,
    })
}

/// Every record stands in its input, at a place of its own.
fn records(input: &Input, output: &Output) -> Vec<String> {
    let stated = facts(output).filter(|fact| fact.kind().is_some());
    let stated = stated.flat_map(|fact| std::iter::once(&fact.origin).chain(fact.comment_origins()));
    let mut findings = Vec::new();
    let mut places = BTreeSet::new();
    for origin in stated.chain(output.ended.iter().map(|ended| &ended.origin)) {
        if origin.address != Address::Whole && origin.span.start == origin.span.end {
            findings.push(format!("a record has no place ({})", origin.address));
        } else if !places.insert(&origin.address) {
            findings.push(format!("two records stand at {}", origin.address));
        }
        findings.extend(place(input, origin));
    }
    let context = facts(output).filter(|fact| fact.kind().is_none());
    findings.extend(context.filter_map(|fact| place(input, &fact.origin)));
    if output.context && !places.is_empty() {
        findings.push("it holds records, but says that it is context only".to_owned());
    }
    findings
}

fn place(input: &Input, origin: &Origin) -> Option<String> {
    let length = u64::try_from(input.bytes.len()).unwrap_or(u64::MAX);
    if origin.input.digest != input.name.digest {
        return Some(format!("{} does not name this input", origin.address));
    }
    let (start, end) = (origin.span.start, origin.span.end);
    (start > end || end > length)
        .then(|| format!("the span {start}..{end} of {} does not lie in the {length} bytes", origin.address))
}

/// Equal keys of one input and version say the same: what is alike is told apart by the ordinal.
fn contradictions(output: &Output) -> Option<String> {
    let mut said = BTreeMap::new();
    facts(output).find_map(|fact| {
        let known = said.entry((&fact.patient, &fact.key, fact.version, fact.presence)).or_insert(&fact.body);
        (*known != &fact.body).then(|| format!("two statements of the key {:?} contradict each other", fact.key.item))
    })
}

/// Lists and identities name the input that they stand in.
fn identities(input: &Input, output: &Output) -> Option<String> {
    let named = output.statements.iter().filter_map(|statement| match statement {
        Statement::List(list) => Some(&list.input),
        Statement::Identity(identity) => Some(&identity.input),
        Statement::Fact(_) => None,
    });
    named
        .into_iter()
        .any(|name| name.digest != input.name.digest)
        .then(|| "a list or identity names another input".to_owned())
}
