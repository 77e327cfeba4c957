use crate::{codes, input, utf8};
use tsugite_er7::{Message, Part, messages};

#[test]
fn segments_are_told_apart_whatever_ends_them() {
    let expected: [(&str, &[&str]); 6] = [
        ("MSH|^~\\&|H\rPID|1\rPV1|1\r", &[]),
        ("MSH|^~\\&|H\nPID|1\nPV1|1\n", &["ER7-006"]),
        ("MSH|^~\\&|H\r\nPID|1\r\nPV1|1\r\n", &["ER7-006"]),
        ("MSH|^~\\&|H\rPID|1\rPV1|1", &["ER7-007"]),
        ("\r\n\rMSH|^~\\&|H\r\rPID|1\r\n\nPV1|1\r\r\r", &["ER7-005", "ER7-006"]),
        ("\u{b}MSH|^~\\&|H\rPID|1\rPV1|1\r\u{1c}\r", &["ER7-005"]),
    ];
    for (text, told) in expected {
        let decoded = utf8(text);
        let message = Message::parse(&decoded);
        let names: Vec<_> = message.segments().map(|s| (s.name(), s.index(), s.field_count())).collect();
        assert_eq!(names, [("MSH", 1, 3), ("PID", 2, 1), ("PV1", 3, 1)], "{text:?}");
        assert_eq!(codes(&message.issues(&input())), told, "{text:?}");
    }
}

#[test]
fn a_line_break_inside_a_value_is_kept_and_told() {
    let decoded = utf8("MSH|^~\\&|H\rNTE|1||first\rsecond part\rOBX|1\r");
    let message = Message::parse(&decoded);
    let strays: Vec<_> = message.strays().iter().map(|line| (line.raw(), line.span().start)).collect();
    assert_eq!(strays, [("second part", 24)]);
    assert_eq!(message.segment("OBX").unwrap().index(), 3);
    assert_eq!(codes(&message.issues(&input())), ["ER7-004"]);
}

#[test]
fn what_is_no_message_says_so() {
    for text in ["", "\r\n", "hello", "{\"json\": 1}", "PID|1\rPV1|1\r"] {
        let decoded = utf8(text);
        let issues = Message::parse(&decoded).issues(&input());
        assert!(codes(&issues).contains(&"ER7-001"), "{text:?}");
        assert!(issues.iter().all(|issue| issue.origin.is_some()));
    }
}

#[test]
fn a_second_header_in_one_message_is_told_and_keeps_the_first_delimiters() {
    let decoded = utf8("MSH|^~\\&|H\rPID|1\rMSH#*~\\&#H\rPID|2\r");
    let message = Message::parse(&decoded);
    assert_eq!(message.delimiters().field, b'|');
    assert_eq!(codes(&message.issues(&input())), ["ER7-003", "ER7-004"]);
}

/// The shape of a text: messages by their PID-1, other lines as they are.
fn shape(text: &str) -> Vec<String> {
    let decoded = utf8(text);
    let part = |part: &Part<'_>| match part {
        Part::Line(line) => line.raw().to_owned(),
        Part::Message(message) => {
            let pids: Vec<_> = message.segments_named("PID").map(|s| s.field(1).raw().to_owned()).collect();
            let head = if message.segment("MSH").is_some() { "MSH" } else { "-" };
            format!("{head}:{}", pids.join(","))
        }
    };
    messages(&decoded).iter().map(part).collect()
}

#[test]
fn a_transaction_file_gives_its_headings_and_messages_in_order() {
    let text = "#SSMIX,2.00,a\r\nMSH|^~\\&|H\rPID|1\r#SSMIX,2.00,b\r\nMSH|^~\\&|H\rPID|2\r#END\r";
    assert_eq!(shape(text), ["#SSMIX,2.00,a", "MSH:1", "#SSMIX,2.00,b", "MSH:2", "#END"]);
}

#[test]
fn segments_never_run_into_the_message_of_another_patient() {
    // The heading stands, but the MSH behind it is lost.
    let text = "MSH|^~\\&|H\rPID|1\r#SSMIX,b\r\nPID|2\rOBX|1\r";
    assert_eq!(shape(text), ["MSH:1", "#SSMIX,b", "-:2"]);
}

#[test]
fn batch_headers_part_messages_and_lines_between_two_belong_to_none() {
    let text = "FHS|^~\\&|H\rBHS|^~\\&|H\rMSH|^~\\&|H\rPID|1\rtorn\rPV1|1\rtail\rMSH#*~\\&#H\rPID#2\rBTS|2\rFTS|1\r";
    assert_eq!(shape(text), ["FHS|^~\\&|H", "BHS|^~\\&|H", "MSH:1", "tail", "MSH:2", "BTS|2", "FTS|1"]);
    let decoded = utf8(text);
    let parts = messages(&decoded);
    let Part::Message(first) = &parts[2] else { panic!("a message") };
    assert_eq!(first.strays()[0].raw(), "torn");
    assert_eq!(first.segment("PV1").unwrap().index(), 3);
    let Part::Line(batch) = &parts[0] else { panic!("a line") };
    assert!(batch.is_batch());
}
