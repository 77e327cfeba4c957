use std::sync::Arc;
use tsugite_clinical::{
    Fact, Key, Presence, RecordKind, Scope, Version, WholeList,
    body::{Body, Diagnosis},
};
use tsugite_issue::{Address, Definition, Issue, Severity, Span, Text};
use tsugite_source::{Context, Input, InputOrder, Recognition, Sink, Source};

static ISSUES: &[&Definition] = &[&BAD_LINE];

pub static BAD_LINE: Definition = Definition {
    code: "TOY-001",
    severity: Severity::Error,
    text: Text::new("{line}行目を読めません", "line {line} cannot be read"),
    cause: Text::new("項目が足りません。", "A field is missing."),
    remedy: Text::new("書き出し直してください。", "Export it again."),
    source: "",
};

/// The toy format, with one defect that the kit must find.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Toy {
    #[default]
    Sound,
    /// Forgets a record.
    Loses,
    /// Panics at a byte that no good input has.
    Panics,
    /// Gives the same key to different lines.
    Contradicts,
    /// Points behind the end of the input.
    Overshoots,
    /// Points to the same place for every record.
    OnePlace,
    /// Does not know its own format.
    Blind,
}

impl Source for Toy {
    fn name(&self) -> &'static str {
        "toy"
    }

    fn title(&self) -> Text {
        Text::new("おもちゃ", "toy")
    }

    fn issues(&self) -> &'static [&'static Definition] {
        ISSUES
    }

    fn order(&self, _: &str) -> InputOrder {
        InputOrder::Mixed
    }

    fn recognise(&self, input: &Input) -> Option<Recognition> {
        let sound = *self != Self::Blind && input.path().ends_with(".toy");
        sound.then(|| Recognition { confidence: 50, format: self.title(), evidence: ".toy".to_owned() })
    }

    fn read(&self, input: &Input, context: &Context, sink: &mut Sink) {
        assert!(*self != Self::Panics || !input.bytes.contains(&0xff), "the defect");
        let scope = Arc::new(Scope { source: Arc::clone(&context.instance), feed: "LIST".into(), part: "".into() });
        let mut start = 0u64;
        for (line, number) in input.bytes.split_inclusive(|b| *b == b'\n').zip(1u32..) {
            let span = Span::new(start, start + line.len() as u64);
            start = span.end;
            let place = match self {
                Self::Overshoots => (Span::new(span.start, span.end + 9), number),
                Self::OnePlace => (span, 1),
                _ => (span, number),
            };
            let origin = input.origin(place.0, Address::Position { line: place.1, column: 1 });
            let record = sink.record(RecordKind::Condition, origin.clone());
            let line = String::from_utf8_lossy(line);
            let Some((patient, disease)) = line.trim_end().split_once('|') else {
                if *self == Self::Loses {
                    continue;
                }
                record.held(&BAD_LINE);
                sink.issue(Issue::new(&BAD_LINE).with("line", number.to_string()).at(origin));
                continue;
            };
            let mut diagnosis = Diagnosis::default();
            diagnosis.disease.text = Some(disease.to_owned());
            let patient = context.patient(patient);
            let item = if *self == Self::Contradicts { "same".to_owned() } else { format!("{number} {disease}") };
            let version = Version { time: 1, ..Version::default() };
            let fact = Fact {
                patient: patient.clone(),
                key: Key { scope: Arc::clone(&scope), item: item.into(), ordinal: 0 },
                version,
                presence: Presence::Present,
                body: Body::Diagnosis(Box::new(diagnosis)),
                origin,
            };
            record.of_patient(&patient.id).fact(fact);
            let (scope, input) = (Arc::clone(&scope), Arc::clone(&input.name));
            sink.list(WholeList { patient, scope, version, presence: Presence::Present, input });
        }
    }
}

pub fn context() -> Context {
    Context { instance: "toy".into(), id_space: "toy".into(), gaiji: Arc::default() }
}
