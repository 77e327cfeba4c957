//! `facts.json` and `issues.json` beside a case, short enough to be read in a review.

use crate::Output;
use serde_json::{Map, Value, json};
use snapbox::{Assert, Data, data::DataFormat};
use std::path::Path;
use tsugite_clinical::End;
use tsugite_issue::Origin;

pub(super) fn compare(case: &Path, outputs: &[(String, Output)]) -> Vec<String> {
    let facts = outputs.iter().map(|(path, output)| (path.clone(), facts(output)));
    let issues = outputs.iter().map(|(path, output)| (path.clone(), issues(output)));
    [("facts.json", facts.collect::<Map<_, _>>()), ("issues.json", issues.collect())]
        .into_iter()
        .filter_map(|(file, actual)| {
            let expected = Data::read_from(&case.join(file), Some(DataFormat::Text));
            let actual = Data::text(format!("{:#}\n", Value::Object(actual)));
            let assert = Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
            assert.try_eq(None, actual, expected).err().map(|difference| difference.to_string())
        })
        .collect()
}

/// What became facts, and which records ended while reading.
fn facts(output: &Output) -> Value {
    let statements = output.statements.iter().map(|statement| serde_json::to_value(statement).unwrap_or_default());
    let ended =
        output.ended.iter().map(|ended| json!({ "kind": ended.kind, "end": end(ended.end), "at": at(&ended.origin) }));
    let mut value = json!({
        "statements": statements.map(short).collect::<Vec<_>>(),
        "ended": ended.collect::<Vec<_>>(),
    });
    for (is_so, flag) in [(output.context, "context"), (output.unreadable, "unreadable")] {
        if is_so && let Value::Object(object) = &mut value {
            object.insert(flag.to_owned(), Value::Bool(true));
        }
    }
    if let (Some(rule), Value::Object(object)) = (output.held, &mut value) {
        object.insert("held".to_owned(), rule.code.into());
    }
    value
}

fn issues(output: &Output) -> Value {
    let issue = |issue: &tsugite_issue::Issue| {
        short(json!({
            "code": issue.code(),
            "severity": issue.severity(),
            "text": issue.text(tsugite_issue::Lang::Ja),
            "found": issue.found,
            "at": issue.origin.as_ref().map(at),
        }))
    };
    output.issues.iter().map(issue).collect()
}

fn end(end: End) -> String {
    match end {
        End::Retracted => "retracted".to_owned(),
        End::Superseded => "superseded".to_owned(),
        End::NotCarried(reason) => format!("not carried: {}", reason.code),
        End::Held(rule) => format!("held: {}", rule.code),
        End::Reported => "reported".to_owned(),
    }
}

fn at(origin: &Origin) -> String {
    format!("{} {}..{}", origin.address, origin.span.start, origin.span.end)
}

/// Origins in one line, and nothing where nothing is said. Digests would only repeat the input's bytes.
fn short(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            if let Ok(origin) = serde_json::from_value::<Origin>(Value::Object(object.clone())) {
                return Value::String(at(&origin));
            }
            let said = |(name, value): (String, Value)| {
                let value = short(value);
                (name != "input" && !is_nothing(&value)).then_some((name, value))
            };
            Value::Object(object.into_iter().filter_map(said).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(short).collect()),
        other => other,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
