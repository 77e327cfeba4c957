//! Agreement with npm `fhirpath`: what `tests/oracle/fhirpath.mjs` of this crate wrote is evaluated again. Skipped where it is absent.

use crate::fhirpath::{Context, Expression, Model, Outcome, Resolver, Terminology};
use crate::json::{Arena, Limits, Node};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Default)]
struct Definitions {
    members: HashMap<String, HashMap<String, String>>,
    bases: HashMap<String, String>,
    choices: HashSet<(String, String)>,
}

impl Definitions {
    fn read(text: &str) -> Self {
        let mut all = Self::default();
        for line in text.lines() {
            let [kind, of, name, value] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            match kind {
                "member" => drop(all.members.entry(of.into()).or_default().insert(name.into(), value.into())),
                "base" => drop(all.bases.insert(of.into(), name.into())),
                _ => drop(all.choices.insert((of.into(), name.into()))),
            }
        }
        all
    }

    fn resource_type(&self, node: Node<'_>) -> bool {
        node.get("resourceType").and_then(Node::as_str).is_some_and(|name| self.members.contains_key(name))
    }
}

impl Model for Definitions {
    fn member(&self, of: &str, key: &str) -> Option<&str> {
        self.members.get(of)?.get(key).map(String::as_str)
    }

    fn base(&self, of: &str) -> Option<&str> {
        self.bases.get(of).map(String::as_str)
    }

    fn is_choice(&self, of: &str, name: &str) -> bool {
        self.choices.contains(&(of.to_owned(), name.to_owned()))
    }
}

/// As the script has it: a code of even length is a member.
struct Even;

impl Terminology for Even {
    fn member_of(&self, _: &str, _: Option<&str>, code: &str) -> Option<bool> {
        Some(code.chars().count().is_multiple_of(2))
    }
}

struct Document<'t>(Node<'t>);

impl Resolver for Document<'_> {
    fn resolve<'t>(&self, reference: &str, from: Node<'t>) -> Option<Node<'t>> {
        let mut root = from;
        while let Some(parent) = root.parent() {
            root = parent;
        }
        assert_eq!(root.id(), self.0.id());
        let (list, key, value) = match reference.strip_prefix('#') {
            Some(id) => ("contained", "id", id),
            None => ("entry", "fullUrl", reference),
        };
        let found = root.get(list)?.items().find(|item| item.get(key).and_then(Node::as_str) == Some(value))?;
        if list == "entry" { found.get("resource") } else { Some(found) }
    }
}

/// Why the two may differ: part of the expression, part of the oracle's answer, ours, reason. Empty parts fit everything.
const EXPLAINED: &[(&str, &str, &str, &str)] = &[
    (
        "",
        "left side of 'as'",
        "",
        "`as` on several values (dom-3, a list in place of a resource) is an error there, a filter here",
    ),
    ("", "ctx.getDecimal is not a function", "", "a number as the focus is beyond the oracle's own code"),
    (
        "toString().length()",
        "asStr.match is not a function",
        "",
        "toString() of a dateTime fails in the oracle's own code",
    ),
    ("value > 0", "error undefined", "", "a Quantity whose value is no number is beyond the oracle's own code"),
    ("start.hasValue()", "error", "true", "an object in place of a date is beyond the oracle's own code"),
    ("htmlChecks()", "false", "true", "attribute xml:lang is refused there; the official examples have it"),
    (
        "hasValue() or (children()",
        "false",
        "true",
        "xhtml is no primitive there, so ele-1 fails on every Narrative.div",
    ),
    (
        ".exists()",
        "Expected string, but got",
        "true",
        "exists() ends with the first value here; a later one is no string",
    ),
    (
        "entry.search.empty()",
        "false",
        "true",
        "a text in place of an entry: JavaScript's own method `search` is found there",
    ),
    (
        "text.`div`.exists()",
        "true",
        "false",
        "a number in place of the narrative: the decimal's own method `div` is found there",
    ),
    (
        ".value.matches(",
        "Expected string, but got: [",
        "empty",
        "a number in place of an Identifier: the decimal's own `value` is found there",
    ),
    (
        "value.exists()",
        "false",
        "true",
        "`value` without its type is no element there; unknown elements are judged apart",
    ),
];

fn folder() -> PathBuf {
    match std::env::var_os("FHIRPATH_ORACLE") {
        Some(folder) => folder.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/fhirpath-oracle"),
    }
}

fn at<'t>(root: Node<'t>, pointer: &str) -> Node<'t> {
    pointer.split('/').skip(1).fold(root, |node, step| match step.parse::<usize>() {
        Ok(index) if node.is_array() => node.items().nth(index).unwrap(),
        _ => node.get(step).unwrap(),
    })
}

/// The resource of an element and the one around it.
fn resources<'t>(root: Node<'t>, node: Node<'t>, model: &Definitions) -> (Node<'t>, Node<'t>) {
    let mut around: Vec<Node<'t>> = std::iter::successors(Some(node), |node| node.parent()).collect();
    around.retain(|node| model.resource_type(*node));
    let contained = |node: &&Node<'_>| !node.path().contains(".contained");
    (around.first().copied().unwrap_or(root), around.iter().find(contained).copied().unwrap_or(root))
}

#[test]
fn agrees_with_npm_fhirpath() {
    let folder = folder();
    let read = |name: &str| fs::read_to_string(folder.join(name));
    let (Ok(model), Ok(expressions)) = (read("model.tsv"), read("expressions.ndjson")) else {
        println!("skipped: no {}", folder.display());
        return;
    };
    let model = Definitions::read(&model);
    let texts: Vec<String> = expressions.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let compiled: Vec<_> = texts.iter().map(|text| Expression::compile(text)).collect();
    for (text, expression) in texts.iter().zip(&compiled) {
        assert!(expression.is_ok(), "{text}: {:?}", expression.as_ref().err());
    }
    let documents = read("resources.ndjson").unwrap();
    let documents: Vec<&str> = documents.lines().collect();
    let (mut rows, mut explained) = (0, BTreeMap::<&str, usize>::new());
    let mut different = BTreeMap::<(String, String, String), (usize, String)>::new();
    let results = read("results.tsv").unwrap();
    let mut rest = results.lines().map(|line| line.split('\t').collect::<Vec<_>>()).peekable();
    for (line, json) in documents.iter().enumerate() {
        let mut arena = Arena::new();
        let tree = arena.read(json.as_bytes(), &Limits::default(), &mut Vec::new()).unwrap();
        let root = tree.root().unwrap();
        while let Some(row) = rest.next_if(|row| row[0].parse() == Ok(line)) {
            let (number, pointer, theirs) = (row[1].parse::<usize>().unwrap(), row[2], row[3]);
            let node = at(root, pointer);
            let (resource, around) = resources(root, node, &model);
            let resolver = Document(root);
            let cx = Context { resource, root: around, model: &model, terminology: &Even, resolver: &resolver };
            let ours = match compiled[number].as_ref().unwrap().holds(&cx, node) {
                Outcome::True => "true".to_owned(),
                Outcome::False => "false".to_owned(),
                Outcome::Empty => "empty".to_owned(),
                Outcome::Error(error) => format!("error {error}"),
            };
            rows += 1;
            if ours == theirs || (ours.starts_with("error") && theirs.starts_with("error")) {
                continue;
            }
            let text = &texts[number];
            let reason = EXPLAINED
                .iter()
                .find(|(part, their, our, _)| text.contains(part) && theirs.contains(their) && ours.contains(our));
            match reason {
                Some((.., reason)) => *explained.entry(reason).or_default() += 1,
                None => {
                    let place = format!("line {} {pointer} {}", line + 1, &json[..json.len().min(60)]);
                    different.entry((text.clone(), theirs.to_owned(), ours)).or_insert((0, place)).0 += 1;
                }
            }
        }
    }
    assert!(rows > 0);
    println!("{rows} evaluations; explained: {explained:#?}");
    let unexplained: usize = different.values().map(|(count, _)| count).sum();
    assert!(different.is_empty(), "{unexplained} of {rows} differ: {different:#?}");
}
