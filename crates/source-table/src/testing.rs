//! The cases that a mapping file carries.

mod flat;

use crate::{
    issues,
    mapping::{Mapping, Shape, Test},
    read,
};
use flat::flat;
use std::sync::Arc;
use tsugite_charset::{Encoding, GaijiTable};
use tsugite_clinical::{End, Statement};
use tsugite_issue::{Address, Digest, InputName, Issue, Origin, Span};
use tsugite_source::{Context, Input, Output, Sink};

/// What came of a case.
#[derive(Debug)]
pub struct Outcome {
    pub title: String,
    /// Differences from what is expected, each with its place in the mapping file; empty is good.
    pub differences: Vec<Issue>,
    /// What was said of the rows.
    pub told: Vec<Issue>,
    /// What came of them, field by field, as `expect` would say it.
    pub facts: Vec<Vec<(&'static str, String)>>,
}

impl Mapping {
    /// Runs the cases of the file whose text is given.
    pub fn run_tests(&self, text: &str) -> Vec<Outcome> {
        self.tests.iter().map(|(_, test)| self.run_test(test, text)).collect()
    }

    fn run_test(&self, test: &Test, text: &str) -> Outcome {
        let output = self.read_test(test);
        let facts: Vec<_> = output
            .statements
            .iter()
            .filter_map(|statement| match statement {
                Statement::Fact(fact) => Some(flat(fact)),
                Statement::List(_) | Statement::Identity(_) => None,
            })
            .collect();
        let differences = self.differences(test, &output, &facts, text);
        Outcome { title: test.title.clone(), differences, told: output.issues, facts }
    }

    fn read_test(&self, test: &Test) -> Output {
        let encoding = self.layout.encoding.unwrap_or(Encoding::Utf8);
        let bytes = match (self.layout.shape, self.layout.record_length) {
            (Shape::Fixed, Some(length)) => {
                let padded = |line: &str| {
                    let mut record = encode(line, encoding);
                    record.resize(length.max(record.len()), b' ');
                    record
                };
                test.rows.get_ref().lines().flat_map(padded).collect()
            }
            _ => encode(test.rows.get_ref(), encoding),
        };
        let input = Input::new(test.file.as_deref().unwrap_or("test"), bytes);
        let context =
            Context { instance: "test".into(), id_space: "test".into(), gaiji: Arc::new(GaijiTable::default()) };
        let mut sink = Sink::new();
        read::read(self, &input, &context, &mut sink);
        sink.finish()
    }

    fn differences(
        &self,
        test: &Test,
        output: &Output,
        facts: &[Vec<(&'static str, String)>],
        text: &str,
    ) -> Vec<Issue> {
        let mut differences = Vec::new();
        let mut differ = |place: std::ops::Range<usize>, difference: String| {
            let issue = Issue::new(&issues::MAPPING_TEST).with("title", &test.title).with("difference", difference);
            differences.push(issue.at(self.origin(place, text)));
        };
        for (at, expected) in test.expect.iter().enumerate() {
            let Some(fact) = facts.get(at) else {
                differ(expected.span(), format!("{} 件目の記録がありません", at + 1));
                continue;
            };
            for (field, value) in expected.get_ref() {
                let found = fact.iter().find(|(name, _)| name == field.get_ref()).map_or("", |(_, value)| value);
                if found != value.get_ref().0 {
                    differ(
                        value.span(),
                        format!("{}: 期待 \"{}\"、実際 \"{found}\"", field.get_ref(), value.get_ref().0),
                    );
                }
            }
        }
        if facts.len() > test.expect.len() {
            differ(test.rows.span(), format!("記録が {} 件でき、expect は {} 件です", facts.len(), test.expect.len()));
        }
        let ends = |which: fn(End) -> bool| output.ended.iter().filter(|ended| which(ended.end)).count();
        let counted = [
            ("held", ends(|end| matches!(end, End::Held(_))), test.held),
            ("not_carried", ends(|end| matches!(end, End::NotCarried(_))), test.not_carried),
        ];
        for (name, found, expected) in counted {
            if found != expected {
                differ(test.rows.span(), format!("{name}: 期待 {expected}、実際 {found}"));
            }
        }
        if output.unreadable {
            differ(test.rows.span(), "行を読み取れません".to_owned());
        }
        differences
    }

    fn origin(&self, place: std::ops::Range<usize>, text: &str) -> Origin {
        let before = text.get(..place.start).unwrap_or_default();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let line = count(before.matches('\n').count() + 1);
        let column = count(before.rsplit('\n').next().unwrap_or_default().chars().count() + 1);
        Origin {
            input: Arc::new(InputName { path: self.path.clone(), digest: Digest::default() }),
            span: Span::new(place.start as u64, place.end as u64),
            address: Address::Position { line, column },
        }
    }
}

/// A text as the file would have it.
fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::ShiftJis => encoding_rs::SHIFT_JIS.encode(text).0.into_owned(),
        Encoding::EucJp => encoding_rs::EUC_JP.encode(text).0.into_owned(),
        Encoding::Iso2022Jp => encoding_rs::ISO_2022_JP.encode(text).0.into_owned(),
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::Ascii | Encoding::Utf8 => text.as_bytes().to_vec(),
    }
}
