//! 架空カルテ's problem list: UTF-8, one line a diagnosis, fields separated by tabs under a first line that names the format.
//!
//! ```text
//! #KAKUU-PROBLEMS 1 20261110102000
//! 0000000001⇥20190520⇥20061593⇥高血圧症
//! ```

use std::{collections::HashMap, sync::Arc};
use tsugite_clinical::{
    DateTime, Fact, Key, Presence, RecordKind, Scope, Version, WholeList,
    body::{Body, Code, Concept, Diagnosis},
};
use tsugite_issue::{Address, Definition, Issue, Origin, Severity, Span, Text};
use tsugite_source::{Context, Input, InputOrder, Recognition, Sink, Source};

const TITLE: &str = "#KAKUU-PROBLEMS 1 ";

static ISSUES: &[&Definition] = &[&BAD_LINE];

static BAD_LINE: Definition = Definition {
    code: "KAKUU-001",
    severity: Severity::Error,
    text: Text::new("{line}行目を読み取れません（項目数{found}、必要4）", "line {line} cannot be read ({found} fields, 4 needed)"),
    cause: Text::new("書き出しが途中で切れたか、列が手で直されています。", "The export was cut off, or columns were edited by hand."),
    remedy: Text::new("架空カルテから書き出し直してください。", "Export the list again."),
    source: "",
};

/// The source; `LIST` is the feed that mapped lists have, so the order of owners in the settings applies.
pub struct ProblemList;

impl Source for ProblemList {
    fn name(&self) -> &'static str {
        "kakuu"
    }

    fn title(&self) -> Text {
        Text::new("架空カルテ 病名一覧", "Kakuu problem list")
    }

    fn issues(&self) -> &'static [&'static Definition] {
        ISSUES
    }

    fn order(&self, _path: &str) -> InputOrder {
        InputOrder::Mixed
    }

    fn recognise(&self, input: &Input) -> Option<Recognition> {
        input.bytes.starts_with(TITLE.as_bytes()).then(|| Recognition {
            confidence: 100,
            format: self.title(),
            evidence: TITLE.trim().to_owned(),
        })
    }

    fn read(&self, input: &Input, context: &Context, sink: &mut Sink) {
        // Lines are cut in bytes, so that every span is one of the file.
        let mut lines = input.bytes.split_inclusive(|byte| *byte == b'\n').scan(0u64, |start, line| {
            let span = Span::new(*start, *start + line.len() as u64);
            *start = span.end;
            Some((String::from_utf8_lossy(line).trim_end().to_owned(), span))
        });
        let Some((title, _)) = lines.next() else { return };
        let time = title.strip_prefix(TITLE).and_then(DateTime::parse_hl7).map_or(0, DateTime::stamp);
        let version = Version { time, ..Version::default() };
        let scope = Arc::new(Scope { source: Arc::clone(&context.instance), feed: "LIST".into(), part: "".into() });
        let mut seen = HashMap::<String, u16>::new();
        for ((line, span), number) in lines.zip(2u32..) {
            let origin = input.origin(span, Address::Position { line: number, column: 1 });
            let record = sink.record(RecordKind::Condition, origin.clone());
            let fields: Vec<&str> = line.split('\t').collect();
            let &[patient, onset, code, name] = fields.as_slice() else {
                record.held(&BAD_LINE);
                sink.issue(bad_line(number, fields.len(), origin));
                continue;
            };
            let ordinal = seen.entry(format!("{patient}\t{code}\t{onset}")).or_default();
            let fact = Fact {
                patient: context.patient(patient),
                key: Key { scope: Arc::clone(&scope), item: format!("{code}|{onset}").into(), ordinal: *ordinal },
                version,
                presence: Presence::Present,
                body: Body::Diagnosis(Box::new(diagnosis(onset, code, name))),
                origin,
            };
            *ordinal += 1;
            let patient = fact.patient.clone();
            record.of_patient(&patient.id).fact(fact);
            let (scope, input) = (Arc::clone(&scope), Arc::clone(&input.name));
            sink.list(WholeList { patient, scope, version, presence: Presence::Present, input });
        }
    }
}

fn diagnosis(onset: &str, code: &str, name: &str) -> Diagnosis {
    let code = Code { code: code.to_owned(), display: name.to_owned(), system: "MDCDX2".to_owned() };
    Diagnosis {
        disease: Concept { codes: vec![code], text: None },
        onset: DateTime::parse_hl7(onset),
        ..Diagnosis::default()
    }
}

fn bad_line(line: u32, found: usize, origin: Origin) -> Issue {
    Issue::new(&BAD_LINE).with("line", line.to_string()).with("found", found.to_string()).at(origin)
}

#[cfg(test)]
mod tests {
    use super::ProblemList;
    use tsugite_source::testkit::Kit;

    #[test]
    fn the_kit_finds_nothing() {
        let verdict = Kit::new(&ProblemList).check_cases("cases".as_ref());
        assert_eq!(verdict.findings, Vec::<String>::new());
    }
}
