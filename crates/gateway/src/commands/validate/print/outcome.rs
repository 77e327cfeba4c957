use super::{About, FileReport, Print, Total, expected, key, position, text::scope};
use crate::session::Session;
use serde_json::{Value, json};
use std::io::{self, Write};
use tsugite_issue::Issue;
use tsugite_validate::{Category, Group, outcome_code};

/// For FHIR software: one OperationOutcome an input, one a line. Of one file that is the resource itself, of many it is NDJSON.
pub struct OutcomePrinter<'a> {
    session: &'a Session,
    out: &'a mut dyn Write,
    /// What was checked, said in each.
    scope: String,
}

/// Places of one cause that are listed.
const PLACES: usize = 20;

impl<'a> OutcomePrinter<'a> {
    pub fn new(session: &'a Session, out: &'a mut dyn Write) -> Self {
        Self { session, out, scope: String::new() }
    }

    fn outcome(&mut self, source: Option<&str>, issues: &[Value]) -> io::Result<()> {
        let mut outcome = json!({"resourceType": "OperationOutcome"});
        if let Some(object) = outcome.as_object_mut() {
            object.extend(source.map(|path| ("meta".to_owned(), json!({"source": uri(path)}))));
            object.insert("issue".to_owned(), json!(issues));
        }
        serde_json::to_writer(&mut *self.out, &outcome)?;
        writeln!(self.out)
    }

    fn issue(&self, issue: &Issue, file: Option<&str>) -> serde_json::Map<String, Value> {
        let lang = self.session.lang;
        let source = [Some(issue.definition.source), key(issue)].into_iter().flatten();
        let facts = [
            (self.session.text("ファイル", "file"), file.map(str::to_owned)),
            (self.session.text("値", "found"), issue.found.clone()),
            (self.session.text("正しい値", "expected"), expected(issue).map(str::to_owned)),
            (self.session.text("対応", "do"), Some(issue.remedy(lang))),
            (self.session.text("根拠", "source"), Some(source.collect::<Vec<_>>().join(" / "))),
        ];
        let facts = facts.into_iter().filter_map(|(label, text)| Some((label, text.filter(|text| !text.is_empty())?)));
        let diagnostics: Vec<String> = facts.map(|(label, text)| format!("{label}: {}", text.trim_end())).collect();
        let mut row = serde_json::Map::new();
        row.insert("severity".to_owned(), json!(issue.severity()));
        row.insert("code".to_owned(), code(issue).into());
        row.insert("details".to_owned(), json!({"coding": [{"code": issue.code()}], "text": issue.text(lang)}));
        row.insert("diagnostics".to_owned(), diagnostics.join("; ").into());
        row
    }

    fn finding(&self, group: &Group) -> Value {
        let mut row = self.issue(&group.issue, None);
        if group.count > 1
            && let Some(Value::String(diagnostics)) = row.get_mut("diagnostics")
        {
            let times = self.session.text("件数", "count");
            *diagnostics = format!("{times}: {}; {diagnostics}", group.count);
        }
        let positions = group.places.iter().filter_map(|place| position(place.origin.as_ref()));
        let locations: Vec<String> = positions.map(|(line, column)| format!("Line[{line}] Col[{column}]")).collect();
        let mut expressions: Vec<&str> = group.places.iter().filter_map(|place| place.path.as_deref()).collect();
        expressions.dedup();
        if !locations.is_empty() {
            row.insert("location".to_owned(), json!(locations));
        }
        if !expressions.is_empty() {
            row.insert("expression".to_owned(), json!(expressions));
        }
        Value::Object(row)
    }

    fn about(&self) -> Value {
        json!({
            "severity": "information",
            "code": "informational",
            "diagnostics": format!("tsugite {}: {}", env!("CARGO_PKG_VERSION"), self.scope),
        })
    }
}

impl Print for OutcomePrinter<'_> {
    fn places(&self) -> usize {
        PLACES
    }

    fn begin(&mut self, about: &About, issues: &[Issue]) -> io::Result<()> {
        self.scope = scope(about, self.session);
        if issues.is_empty() {
            return Ok(());
        }
        let row = |issue: &Issue| {
            let file = issue.origin.as_ref().map(|origin| origin.input.path.as_str());
            Value::Object(self.issue(issue, file))
        };
        let rows: Vec<Value> = issues.iter().map(row).collect();
        self.outcome(None, &rows)
    }

    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        let findings = file.groups.iter().map(|group| self.finding(group));
        let beyond = (!file.beyond.is_empty()).then(|| {
            json!({"severity": "information", "code": "incomplete", "diagnostics": self.session.text(
                "これより多くの原因は省略しました。", "Further causes are not listed.",
            )})
        });
        let rows: Vec<Value> = std::iter::once(self.about()).chain(findings).chain(beyond).collect();
        self.outcome(Some(&file.path), &rows)
    }

    fn end(&mut self, _total: &Total) -> io::Result<()> {
        Ok(())
    }
}

/// What other crates say is about inputs that could not be read.
fn code(issue: &Issue) -> &'static str {
    match issue.code() {
        "INTAKE-003" => "too-long",
        "VALIDATE-001" => "not-found",
        code if code.starts_with("INTAKE") || code.starts_with("VALIDATE") => "processing",
        _ if Category::of(issue.definition) == Category::Package => "processing",
        _ => outcome_code(issue.definition),
    }
}

/// A path as FHIR's `uri`: what may not stand in one is escaped.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.extend([format!("%{byte:02X}")]),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_a_uri() {
        for (path, expected) in
            [("tests/a-1.json", "tests/a-1.json"), ("検査 1.json", "%E6%A4%9C%E6%9F%BB%201.json"), ("-", "-")]
        {
            assert_eq!(uri(path), expected);
        }
    }
}
