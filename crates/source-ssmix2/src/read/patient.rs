use super::sex;
use crate::{
    issues,
    value::{address, code, filled, names, telecoms},
    writer::Writer,
};
use tsugite_clinical::body::{Body, Insurance, Patient};
use tsugite_er7::{Message, Segment, Value};
use tsugite_issue::Issue;

/// ADT-00: PID and IN1. NK1 and DB1 say nothing that is sent.
pub fn read(message: &Message<'_>, writer: &mut Writer<'_>) {
    let scope = std::sync::Arc::clone(&writer.frame.scope);
    writer.list(&scope);
    let Some(pid) = message.segment("PID") else { return };
    let (names, slip) = names(pid.field(5));
    for (found, definition) in [(slip.shifted, &issues::NAME_SHIFTED), (slip.split, &issues::NAME_SPLIT)] {
        if found {
            writer.issue(Issue::new(definition), &pid);
        }
    }
    let patient = Patient {
        names,
        // Told by the reader of the identity already.
        birth_date: tsugite_clinical::DateTime::parse_hl7(&pid.field(7).component(1).text()).map(|at| at.date),
        sex: sex(&pid.field(8).text()),
        address: address(pid.field(11)),
        telecoms: telecoms(pid.field(13), false).chain(telecoms(pid.field(14), true)).collect(),
        insurances: message.segments_named("IN1").map(|in1| insurance(&in1, writer)).collect(),
        deceased: writer.time(&pid, pid.field(29)).map(|at| at.date),
    };
    writer.context(&pid, String::new(), Body::Patient(Box::new(patient)));
}

fn insurance(in1: &Segment<'_>, writer: &mut Writer<'_>) -> Insurance {
    let (symbol, number, branch) = insured(in1);
    Insurance {
        kind: code(in1.field(2)).unwrap_or_default(),
        payer: first(in1.field(3)).unwrap_or_default(),
        symbol: symbol.unwrap_or_default(),
        number: number.unwrap_or_default(),
        branch,
        valid_from: writer.time(in1, in1.field(12)).map(|at| at.date),
        valid_to: writer.time(in1, in1.field(13)).map(|at| at.date),
    }
}

type Insured = (Option<String>, Option<String>, Option<String>);

/// 記号, 番号, 枝番. From 1.2h on IN1-10 holds all three as repetitions; before, IN1-10 holds 記号 and IN1-11 番号. A person under an
/// insurance without 記号 has the number alone, in either; the number of 公費 may stand in IN1-36.
fn insured(in1: &Segment<'_>) -> Insured {
    let tenth = in1.field(10);
    let mut parts = tenth.repetitions().map(first);
    let (one, two, three) = (parts.next().flatten(), parts.next(), parts.next().flatten());
    if let Some(two) = two {
        return (one, two, three);
    }
    // A text without digits is the name of an employer, for which HL7 has this field.
    let eleventh =
        first(in1.field(11)).filter(|text| text.chars().any(|c| c.is_ascii_digit() || matches!(c, '０'..='９')));
    match eleventh {
        Some(number) => (one, Some(number), None),
        None => (None, one.or_else(|| first(in1.field(36))), None),
    }
}

fn first(value: Value<'_>) -> Option<String> {
    filled(value.component(1)).map(|text| text.trim().to_owned())
}
