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
