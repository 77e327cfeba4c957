use crate::utf8;
use tsugite_charset::{Encoding, GaijiTable, decode};
use tsugite_er7::{Level, Message};

const TEXT: &str = "MSH|^~\\&|HIS\rPID|1|\"\"|42^5&M11&ISO^^PI||仮^太郎~カリ^タロウ|\"\"^x|| 2 + \r";

#[test]
fn msh_counts_its_separator_as_its_first_field() {
    let decoded = utf8(TEXT);
    let message = Message::parse(&decoded);
    let msh = message.segment("MSH").unwrap();
    let fields: Vec<_> = msh.fields().map(|f| f.raw().to_owned()).collect();
    assert_eq!(fields, ["|", "^~\\&", "HIS"]);
    assert_eq!((msh.field(1).text(), msh.field(2).text()), ("|".into(), "^~\\&".into()));
    assert_eq!(msh.field(2).component(1).raw(), "^~\\&");
    assert_eq!(msh.field(2).repetitions().count(), 1);
    assert!(msh.field(4).is_empty() && msh.field(0).is_empty());
}

#[test]
fn parts_of_every_level_are_reached() {
    let decoded = utf8(TEXT);
    let message = Message::parse(&decoded);
    let pid = message.segment("PID").unwrap();
    let id = pid.field(3);
    assert_eq!(id.component(1).text(), "42");
    assert_eq!(id.component(4).text(), "PI");
    assert_eq!(id.component(2).subcomponent(2).text(), "M11");
    assert_eq!(id.component(2).subcomponents().map(|s| s.raw()).collect::<Vec<_>>(), ["5", "M11", "ISO"]);
    let name = pid.field(5);
    assert_eq!(name.repetition(2).component(2).text(), "タロウ");
    assert_eq!(name.component(2).text(), "太郎");
    let all: Vec<Vec<_>> = name.repetitions().map(|r| r.components().map(|c| c.raw()).collect()).collect();
    assert_eq!(all, [["仮", "太郎"], ["カリ", "タロウ"]]);
    // Asked for a level that it has already passed, a value is its own only part.
    let component = name.component(1);
    assert_eq!(component.components().map(|c| c.raw()).collect::<Vec<_>>(), ["仮"]);
    assert_eq!((component.repetition(1).raw(), component.repetition(2).raw()), ("仮", ""));
    assert_eq!(component.component(1).address(), component.address());
    assert_eq!(component.level(), Level::Component);
}

#[test]
fn null_empty_and_blank_are_three_things() {
    let decoded = utf8(TEXT);
    let message = Message::parse(&decoded);
    let pid = message.segment("PID").unwrap();
    let states = |number: usize| {
        let field = pid.field(number);
        (field.is_null(), field.is_empty(), field.has_value())
    };
    assert_eq!(states(2), (true, false, false));
    assert_eq!(states(4), (false, true, false));
    assert_eq!(states(8), (false, false, true));
    assert_eq!(states(99), (false, true, false));
    assert_eq!(pid.field(2).text(), "");
    assert_eq!(pid.field(8).text(), " 2 + ");
    assert!(pid.field(6).component(1).is_null() && pid.field(6).has_value());
    assert_eq!(pid.field(4).repetitions().count(), 0);
    assert!(pid.field(2).filled().is_none() && pid.field(3).filled().is_some());
}

#[test]
fn what_is_not_written_is_empty_where_it_would_stand() {
    let decoded = utf8(TEXT);
    let message = Message::parse(&decoded);
    let pid = message.segment("PID").unwrap();
    let end = pid.span().end;
    for (value, address) in [
        (pid.field(30), "PID[2]-30"),
        (pid.field(30).component(2), "PID[2]-30.2"),
        (pid.field(30).repetition(3).component(2).subcomponent(1), "PID[2]-30.2.1~3"),
    ] {
        assert!(value.is_empty());
        assert_eq!(value.address().to_string(), address);
        assert_eq!((value.span().start, value.span().end), (end, end));
    }
    let missing = pid.field(3).component(9);
    assert_eq!(missing.span().start, pid.field(3).span().end);
}

#[test]
fn every_span_holds_the_bytes_of_its_value() {
    let bytes = b"MSH|^~\\&|H\rPID|1||42||\x1b$B;n83\x1b(B^\x1b$BB@O:\x1b(B~\x1b(I<9]^\x1b(B^x\r";
    let decoded = decode(bytes, Encoding::Iso2022Jp, &GaijiTable::default());
    let message = Message::parse(&decoded);
    let name = message.segment("PID").unwrap().field(5);
    let original = |value: tsugite_er7::Value<'_>| {
        let span = value.span();
        &bytes[usize::try_from(span.start).unwrap()..usize::try_from(span.end).unwrap()]
    };
    assert_eq!(original(name.component(1)), b";n83");
    assert_eq!(original(name.component(2)), b"B@O:");
    assert_eq!(
        (&*name.repetition(2).component(1).text(), original(name.repetition(2).component(1))),
        ("シケン゛", &b"<9]^"[..])
    );
    assert_eq!(original(name.repetition(2).component(2)), b"x");
    assert_eq!(name.repetition(2).component(2).address().to_string(), "PID[2]-5.2~2");
}

#[test]
fn other_delimiters_are_followed() {
    let decoded = utf8("MSH#*@!%#H\rPID#1##a%b*c@d!T!e|^~&\r");
    let message = Message::parse(&decoded);
    let field = message.segment("PID").unwrap().field(3);
    assert_eq!(field.component(1).subcomponent(2).text(), "b");
    assert_eq!(field.component(2).text(), "c");
    assert_eq!(field.repetition(2).text(), "d%e|^~&");
}
