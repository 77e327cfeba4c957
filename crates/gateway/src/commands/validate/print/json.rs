use super::{About, FileReport, Print, Total, expected, key, position};
use crate::session::Session;
use serde_json::{Value, json};
use std::io::{self, Write};
use tsugite_issue::{Issue, Lang, Origin};
use tsugite_validate::{Category, Counts, Group, Place, Summary};

/// For a program: one object, `version` 1, written as it comes. The help of the command describes it.
pub struct JsonPrinter<'a> {
    lang: Lang,
    out: &'a mut dyn Write,
    first: bool,
}

const VERSION: u32 = 1;
/// Places of one cause that are listed.
const PLACES: usize = 100;

impl<'a> JsonPrinter<'a> {
    pub fn new(session: &Session, out: &'a mut dyn Write) -> Self {
        Self { lang: session.lang, out, first: true }
    }

    fn write(&mut self, value: &Value) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, value).map_err(io::Error::from)
    }

    fn issue(&self, issue: &Issue) -> Value {
        json!({
            "severity": issue.severity(),
            "code": issue.code(),
            "category": Category::of(issue.definition).name(),
            "key": key(issue),
            "text": issue.text(self.lang),
            "expected": expected(issue),
            "remedy": issue.remedy(self.lang),
            "source": issue.definition.source,
        })
    }

    fn finding(&self, group: &Group) -> Value {
        let mut row = self.issue(&group.issue);
        if let Some(object) = row.as_object_mut() {
            let places: Vec<Value> = group.places.iter().map(place).collect();
            object.insert("element".to_owned(), json!(group.element));
            object.insert("count".to_owned(), json!(group.count));
            object.insert("places".to_owned(), Value::Array(places));
        }
        row
    }
}

impl Print for JsonPrinter<'_> {
    fn places(&self) -> usize {
        PLACES
    }

    fn begin(&mut self, about: &About, issues: &[Issue]) -> io::Result<()> {
        let head = [
            ("version", json!(VERSION)),
            ("tool", json!({"name": "tsugite", "version": env!("CARGO_PKG_VERSION")})),
            ("as_of", json!(about.as_of)),
            ("profiles_checked", json!(!about.packages.is_empty())),
            ("strict_rules_checked", json!(!about.profile_only)),
            ("packages", json!(about.packages)),
        ];
        write!(self.out, "{{")?;
        for (name, value) in head {
            write!(self.out, "\"{name}\":")?;
            self.write(&value)?;
            write!(self.out, ",")?;
        }
        let issues: Vec<Value> = issues
            .iter()
            .map(|issue| {
                let mut row = self.issue(issue);
                if let Some(object) = row.as_object_mut() {
                    let file = issue.origin.as_ref().map(|origin| origin.input.path.as_str());
                    object.insert("file".to_owned(), json!(file));
                }
                row
            })
            .collect();
        write!(self.out, "\n\"issues\":")?;
        self.write(&Value::Array(issues))?;
        write!(self.out, ",\n\"files\":[")
    }

    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        let comma = if std::mem::take(&mut self.first) { "" } else { "," };
        writeln!(self.out, "{comma}")?;
        let findings: Vec<Value> = file.groups.iter().map(|group| self.finding(group)).collect();
        let mut row = json!({"file": file.path, "documents": file.documents});
        if let Some(object) = row.as_object_mut() {
            summary(&file.summary, object);
            object.insert("findings".to_owned(), Value::Array(findings));
            if !file.beyond.is_empty() {
                object.insert("not_listed".to_owned(), counts(file.beyond));
            }
        }
        self.write(&row)
    }

    fn end(&mut self, total: &Total) -> io::Result<()> {
        let mut row = json!({
            "files": total.files,
            "files_with_errors": total.wrong,
            "documents": total.documents,
            "passed_over": total.others,
        });
        row.as_object_mut().into_iter().for_each(|object| summary(&total.summary, object));
        write!(self.out, "\n],\n\"summary\":")?;
        self.write(&row)?;
        writeln!(self.out, "}}")
    }
}

fn place(place: &Place) -> Value {
    let (line, column) = position(place.origin.as_ref()).unzip();
    let span = place.origin.as_ref().map(|Origin { span, .. }| [span.start, span.end]);
    json!({"line": line, "column": column, "span": span, "path": place.path, "found": place.found})
}

fn counts(counts: Counts) -> Value {
    let Counts { errors, warnings, information } = counts;
    json!({"errors": errors, "warnings": warnings, "information": information})
}

fn summary(summary: &Summary, into: &mut serde_json::Map<String, Value>) {
    if let Value::Object(total) = counts(summary.total) {
        into.extend(total);
    }
    let kinds: serde_json::Map<String, Value> =
        summary.categories().map(|(category, found)| (category.name().to_owned(), counts(found))).collect();
    into.insert("by_category".to_owned(), Value::Object(kinds));
}
