use crate::toy::Toy;
use tsugite_issue::{Definition, Text};
use tsugite_source::{Context, Input, InputOrder, Recognition, Registry, Sink, Source};

/// As sure of everything as its number says.
struct Sure(&'static str, u8);

impl Source for Sure {
    fn name(&self) -> &'static str {
        self.0
    }

    fn title(&self) -> Text {
        Text::new("", "")
    }

    fn issues(&self) -> &'static [&'static Definition] {
        &[]
    }

    fn order(&self, _: &str) -> InputOrder {
        InputOrder::Mixed
    }

    fn recognise(&self, _: &Input) -> Option<Recognition> {
        Some(Recognition { confidence: self.1, format: self.title(), evidence: String::new() })
    }

    fn read(&self, _: &Input, _: &Context, _: &mut Sink) {}
}

/// Whoever asks it has asked one too many.
struct Modest(u8);

impl Source for Modest {
    fn name(&self) -> &'static str {
        "modest"
    }

    fn title(&self) -> Text {
        Text::new("", "")
    }

    fn issues(&self) -> &'static [&'static Definition] {
        &[]
    }

    fn order(&self, _: &str) -> InputOrder {
        InputOrder::Mixed
    }

    fn recognise(&self, _: &Input) -> Option<Recognition> {
        panic!("another is surer than this one ever is")
    }

    fn surest(&self) -> u8 {
        self.0
    }

    fn read(&self, _: &Input, _: &Context, _: &mut Sink) {}
}

#[test]
fn a_source_that_cannot_be_surer_is_not_asked() {
    let input = Input::new("a", b"a".as_slice());
    let registry = Registry::default().with(Modest(90)).with(Sure("a", 91)).with(Modest(91));
    assert_eq!(registry.recognise(&input).map(|(source, _)| source.name()), Some("a"));
}

#[test]
fn a_settled_source_stands_in_the_place_of_its_name() {
    let names = |registry: Registry| registry.iter().map(|source| source.name()).collect::<Vec<_>>();
    let registry = Registry::default().with(Sure("a", 40)).with(Sure("b", 50));
    assert_eq!(names(registry.clone().with_settled(Sure("c", 90))), ["a", "b"]);
    let settled = registry.with_settled(Sure("a", 90));
    let surest = settled.recognise(&Input::new("a", b"a".as_slice())).map(|(source, _)| source.name());
    assert_eq!((surest, names(settled)), (Some("a"), vec!["a", "b"]));
}

fn recognised(sources: &[(&'static str, u8)]) -> Option<&'static str> {
    let registry = sources.iter().fold(Registry::default(), |registry, (name, sure)| registry.with(Sure(name, *sure)));
    registry.recognise(&Input::new("a", b"a".as_slice())).map(|(source, _)| source.name())
}

#[test]
fn the_surest_source_wins_and_of_equals_the_first() {
    assert_eq!(recognised(&[("a", 40), ("b", 90), ("c", 90)]), Some("b"));
    assert_eq!(recognised(&[("a", 255), ("b", 255)]), Some("a"));
    assert_eq!(recognised(&[("a", 30)]), Some("a"));
    assert_eq!(recognised(&[("a", 29)]), None);
    assert_eq!(recognised(&[]), None);
}

#[test]
fn sources_are_found_by_name_and_bring_their_issue_codes() {
    let registry = Registry::default().with(Toy::Sound);
    assert!(registry.named("toy").is_some() && registry.named("uke").is_none());
    let codes: Vec<_> = registry.issues().map(|definition| definition.code).collect();
    assert_eq!(codes, ["SOURCE-001", "SOURCE-002", "TOY-001"]);
}
