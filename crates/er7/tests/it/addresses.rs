use crate::{input, utf8};
use tsugite_charset::{Encoding, GaijiTable, decode};
use tsugite_er7::{Message, Part, Value, messages, repair_issues};

#[test]
fn the_address_at_an_offset_is_that_of_the_value_there() {
    let text = "MSH|^~\\&|HIS\r\rPID|1||42^5&M^x~y^z||仮^太郎\r";
    let decoded = utf8(text);
    let message = Message::parse(&decoded);
    for (needle, address) in [
        ("MSH", "MSH[1]"),
        ("HIS", "MSH[1]-3"),
        ("PID", "PID[2]"),
        ("1||", "PID[2]-1"),
        ("42", "PID[2]-3.1"),
        ("M^", "PID[2]-3.2.2"),
        ("x~", "PID[2]-3.3"),
        ("y^", "PID[2]-3.1~2"),
        ("z|", "PID[2]-3.2~2"),
        ("太", "PID[2]-5.2"),
    ] {
        let at = text.find(needle).unwrap();
        assert_eq!(message.address_at(at).unwrap().to_string(), address, "{needle}");
    }
    assert_eq!(message.address_at(text.len() + 9), None);
}

/// Walks every part; each one's own address is the one found at its offset.
#[test]
fn addresses_agree_both_ways() {
    let text = "MSH|^~\\&|HIS\rPID|1||42^5&M^x~y^z||仮^太郎\rOBX||a&b|c~d\r";
    let decoded = utf8(text);
    let message = Message::parse(&decoded);
    let check = |value: Value<'_>| {
        let at = usize::try_from(value.span().start).unwrap();
        let found = message.address_at(at).unwrap().to_string();
        assert!(value.address().to_string().starts_with(&found), "{found} {value:?}");
    };
    for segment in message.segments().skip(1) {
        for component in segment.fields().flat_map(|f| f.repetitions()).flat_map(|r| r.components()) {
            check(component);
        }
    }
}

#[test]
fn repairs_outside_messages_keep_line_and_column() {
    let bytes = b"#\xb1\rMSH|^~\\&|H\rPID|\xb2^\xb3\r";
    let decoded = decode(bytes, Encoding::ShiftJis, &GaijiTable::default());
    let parts = messages(&decoded);
    let found = parts.iter().filter_map(|part| match part {
        Part::Message(message) => Some(message),
        Part::Line(_) => None,
    });
    let issues = repair_issues(&decoded, found, &input());
    let places: Vec<_> = issues.iter().map(|i| i.origin.as_ref().unwrap().address.to_string()).collect();
    assert_eq!(places, ["1:2", "PID[2]-1.1", "PID[2]-1.2"]);
}
