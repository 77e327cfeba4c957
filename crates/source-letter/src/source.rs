use crate::{
    Kind, Letter,
    facts::{Said, said, sex},
    issues, text,
    toml_form::{self, Wrong},
};
use std::{ops::Range, sync::Arc};
use tsugite_charset::{Decoded, GaijiTable, decode, detect};
use tsugite_clinical::{Fact, Identity, Presence, RecordKind, WholeList};
use tsugite_issue::{Address, Definition, Issue, Origin, Text};
use tsugite_source::{Context, Input, InputOrder, Recognition, Sink, Source};

/// Letters of doctors.
#[derive(Clone, Copy, Debug, Default)]
pub struct LetterSource;

/// How far into the file the title or the first table may stand.
const REACH: usize = 4096;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Toml,
    Text,
}

impl Form {
    fn of(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.clone().next()?;
        if text::titled(first).is_some() {
            return Some(Self::Text);
        }
        // Remarks may stand before the first table.
        (lines.find(|line| !line.starts_with('#'))? == "[letter]").then_some(Self::Toml)
    }
}

impl Source for LetterSource {
    fn name(&self) -> &'static str {
        "letter"
    }

    fn title(&self) -> Text {
        Text::new(
            "手紙（診療情報提供書・退院時サマリーの原稿）",
            "letters (drafts of referrals and discharge summaries)",
        )
    }

    fn issues(&self) -> &'static [&'static Definition] {
        issues::ALL
    }

    fn order(&self, _: &str) -> InputOrder {
        InputOrder::Mixed
    }

    fn recognise(&self, input: &Input<'_>) -> Option<Recognition> {
        let head = input.bytes.get(..REACH).unwrap_or(&input.bytes);
        let text = decode(head, detect(head, None).encoding, &GaijiTable::default()).text;
        let (format, evidence) = match Form::of(&text)? {
            Form::Toml => (Text::new("手紙（TOML）", "letter (TOML)"), "[letter]"),
            Form::Text => (Text::new("手紙（見出し付きの文章）", "letter (text with headings)"), "title"),
        };
        Some(Recognition { confidence: 90, format, evidence: evidence.to_owned() })
    }

    fn surest(&self) -> u8 {
        90
    }

    fn read(&self, input: &Input<'_>, context: &Context, sink: &mut Sink) {
        let detection = detect(&input.bytes, None);
        detection.issues(&input.name).into_iter().for_each(|issue| sink.issue(issue));
        let decoded = decode(&input.bytes, detection.encoding, &context.gaiji);
        decoded.issues(&input.name).into_iter().for_each(|issue| sink.issue(issue));
        let place = Place { input, decoded: &decoded };
        match letter(&decoded.text, None) {
            Ok(letter) => write(&letter, &place, context, sink),
            Err(wrong) => {
                let rule = wrong.issue.definition;
                sink.issue(place.told(wrong));
                sink.record(RecordKind::Document, input.whole()).held(rule);
            }
        }
    }
}

/// Reads a draft of either form, which may yet lack what [`Letter::missing`] names. The kind is that of a text without title.
///
/// # Errors
/// What is wrong with it, with its place in the text as line and column from 1.
pub fn read_draft(bytes: &[u8], kind: Kind, gaiji: &GaijiTable) -> Result<Letter, (Issue, u32, u32)> {
    let decoded = decode(bytes, detect(bytes, None).encoding, gaiji);
    let placed = |wrong: Wrong| {
        let (line, column) = position(&decoded.text, wrong.at.start);
        (wrong.issue, line, column)
    };
    let letter = letter(&decoded.text, Some(kind)).map_err(placed)?;
    let instance: Arc<str> = "draft".into();
    match said(&letter, &instance).wrong.into_iter().next() {
        Some(wrong) => Err(placed(wrong)),
        None => Ok(letter),
    }
}

fn letter(text: &str, kind: Option<Kind>) -> Result<Letter, Wrong> {
    match Form::of(text) {
        Some(Form::Toml) => toml_form::parse(text),
        Some(Form::Text) => text::parse(text, kind),
        // A draft in text may lack its title; what begins like a table is a broken letter in TOML.
        None if kind.is_some() && text.trim_start().starts_with('【') => text::parse(text, kind),
        None => toml_form::parse(text),
    }
}

fn write(letter: &Letter, place: &Place, context: &Context, sink: &mut Sink) {
    if let Some(heading) = letter.missing().into_iter().next() {
        let issue = Issue::new(&issues::HEAD_MISSING).with("heading", heading);
        sink.issue(place.told(Wrong::new(issue, letter.letter.span())));
        return sink.record(RecordKind::Document, place.input.whole()).held(&issues::HEAD_MISSING);
    }
    let head = letter.letter.get_ref();
    let Said { scope, version, stated, wrong } = said(letter, &context.instance);
    let rule = wrong.first().map(|wrong| wrong.issue.definition);
    wrong.into_iter().for_each(|wrong| sink.issue(place.told(wrong)));
    let patient = context.patient(head.patient.as_deref().unwrap_or_default().trim());
    let presence = if head.cancelled { Presence::Deleted } else { Presence::Present };
    let input = &place.input.name;
    sink.identity(Identity {
        patient: patient.clone(),
        input: Arc::clone(input),
        version,
        birth_date: head.birth_date.map(|when| when.0.date),
        sex: head.sex.map(sex),
    });
    sink.list(WholeList { patient: patient.clone(), scope, version, presence, input: Arc::clone(input) });
    for stated in stated {
        let Some(kind) = stated.body.kind() else { continue };
        let origin = place.origin(stated.at);
        let fact = Fact {
            patient: patient.clone(),
            key: stated.key,
            version,
            presence,
            body: stated.body,
            origin: origin.clone(),
        };
        sink.record(kind, origin).of_patient(&patient.id).fact(fact);
    }
    if let Some(rule) = rule {
        sink.hold_input(rule);
    }
}

/// From places in the text to places in the file.
struct Place<'p> {
    input: &'p Input<'p>,
    decoded: &'p Decoded<'p>,
}

impl Place<'_> {
    fn origin(&self, at: Range<usize>) -> Origin {
        let (line, column) = position(&self.decoded.text, at.start);
        self.input.origin(self.decoded.span(at), Address::Position { line, column })
    }

    fn told(&self, wrong: Wrong) -> Issue {
        wrong.issue.at(self.origin(wrong.at))
    }
}

/// Line and column from 1, in characters.
fn position(text: &str, at: usize) -> (u32, u32) {
    let before = text.get(..at).unwrap_or(text);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (count(line), count(column))
}
