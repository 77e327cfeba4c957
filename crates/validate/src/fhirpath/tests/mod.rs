mod functions;
mod fuzz;
mod model;
mod operators;
mod oracle;
mod syntax;

use super::{Context, EvaluationError, Expression, Item, Outcome, Resolver, Terminology};
use crate::json::{Arena, Limits, Node};
use model::Few;

/// One resource with everything that the expressions ask for.
const RESOURCE: &str = r##"{
  "resourceType": "Observation", "id": "o1",
  "contained": [{"resourceType": "Patient", "id": "p", "birthDate": "2000-01-01", "active": true,
    "name": [{"family": "Yamada", "given": ["Taro", null], "_given": [null, {"id": "g2"}]}]}],
  "status": "final", "_status": {"id": "s", "extension": [{"url": "http://e", "valueCode": "x"}]},
  "code": {"coding": [{"system": "a", "code": "1", "display": "One"}, {"system": "b", "code": "2"}], "text": "  Two  words "},
  "subject": {"reference": "#p"},
  "effectiveDateTime": "2020-02-29T10:00:00+09:00", "issued": "2020-02-29T01:00:00.000Z",
  "valueQuantity": {"value": 1.50, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"},
  "referenceRange": [{"low": {"value": 1, "code": "mg"}, "high": {"value": 2.0, "code": "mg"}},
                     {"low": {"value": 3, "code": "g"}, "text": "x"}],
  "note": [{"text": "あ𠮟b", "time": "2020"}, {"authorString": "Dr", "text": "c"}],
  "component": [{"code": {"coding": [{"code": "2", "system": "b"}]}, "valueBoolean": false}, {"_valueString": {"id": "v"}}]
}"##;

/// Codes that begin with `1` are members of `known`; of other sets nobody knows.
struct Codes;

impl Terminology for Codes {
    fn member_of(&self, value_set: &str, _: Option<&str>, code: &str) -> Option<bool> {
        (value_set == "known").then(|| code.starts_with('1'))
    }
}

/// Contained resources only.
struct Contained;

impl Resolver for Contained {
    fn resolve<'t>(&self, reference: &str, from: Node<'t>) -> Option<Node<'t>> {
        let id = reference.strip_prefix('#')?;
        let mut root = from;
        while let Some(parent) = root.parent() {
            root = parent;
        }
        root.get("contained")?.items().find(|c| c.get("id").and_then(Node::as_str) == Some(id))
    }
}

/// Evaluates with the element at `path` (names and numbers, separated by points) as focus.
fn with_focus<T>(json: &str, path: &str, run: impl FnOnce(&Context<'_>, Node<'_>) -> T) -> T {
    let mut arena = Arena::new();
    let mut faults = Vec::new();
    let tree = arena.read(json.as_bytes(), &Limits::default(), &mut faults).unwrap();
    let root = tree.root().unwrap();
    let mut node = root;
    for step in path.split('.').filter(|step| !step.is_empty()) {
        node = match step.parse::<usize>() {
            Ok(index) => node.items().nth(index).unwrap(),
            Err(_) => node.get(step).unwrap(),
        };
    }
    let cx = Context { resource: root, root, model: &Few, terminology: &Codes, resolver: &Contained };
    run(&cx, node)
}

/// The values as text: `'x'`, `1`, `1.5`, `@2020`, objects by their keys; `!` and the error's name when there is none.
fn evaluate_at(path: &str, expression: &str) -> String {
    let compiled = Expression::compile(expression).unwrap_or_else(|error| panic!("{expression}: {error}"));
    with_focus(RESOURCE, path, |cx, node| show(compiled.evaluate(cx, node).as_ref().map(|all| all.as_slice())))
}

fn evaluate(expression: &str) -> String {
    evaluate_at("", expression)
}

#[track_caller]
fn check(rows: &[(&str, &str)]) {
    for (expression, expected) in rows {
        assert_eq!(evaluate(expression), *expected, "{expression}");
    }
}

fn holds(expression: &str) -> Outcome {
    let compiled = Expression::compile(expression).unwrap_or_else(|error| panic!("{expression}: {error}"));
    with_focus(RESOURCE, "", |cx, node| compiled.holds(cx, node))
}

fn show(values: Result<&[Item<'_>], &EvaluationError>) -> String {
    match values {
        Ok(items) => items.iter().map(show_item).collect::<Vec<_>>().join(" "),
        Err(error) => format!("!{error:?}"),
    }
}

fn show_item(item: &Item<'_>) -> String {
    match item {
        Item::Boolean(value) => value.to_string(),
        Item::Integer(value) => value.to_string(),
        Item::Decimal(text) => format!("{text}d"),
        Item::Text(text) => format!("'{text}'"),
        Item::Moment(_, text) => format!("@{text}"),
        Item::Quantity(quantity) => format!("{} '{}'", quantity.value, quantity.unit),
        Item::Element(element) => match element.value() {
            None => "absent".to_owned(),
            Some(node) if node.is_object() => {
                let keys: Vec<&str> = node.items().filter_map(Node::key).collect();
                format!("{{{}}}", keys.join(","))
            }
            Some(node) => node.source().replace('"', "'"),
        },
    }
}
