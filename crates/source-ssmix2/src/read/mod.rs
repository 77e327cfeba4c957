//! One reader for each content; whatever a message carries beside its own content is read as well, so that no record is lost.

mod allergy;
mod beside;
mod diagnosis;
mod encounter;
mod laboratory;
mod patient;
mod prescription;

use crate::{care::Speakers, data_type::Content, writer::Writer};
use tsugite_clinical::body::{Care, Sex};
use tsugite_er7::Message;

/// Reads one message whose frame is known.
pub fn message(message: &Message<'_>, writer: &mut Writer<'_>) {
    identity(message, writer);
    let content = writer.frame.data_type.content;
    match content {
        Content::Patient => patient::read(message, writer),
        Content::Encounter(kind) => encounter::read(message, kind, writer),
        Content::Diagnoses => diagnosis::read(message, writer),
        Content::Results => laboratory::read(message, writer),
        Content::Prescription => prescription::read(message, writer),
        Content::Injection | Content::LabOrder | Content::Imaging | Content::Diet => {
            beside::uncarried(message, content, writer);
        }
        Content::Allergies | Content::Movement | Content::Administration => {}
    }
    allergy::read(message, writer);
    if !matches!(content, Content::Results | Content::Imaging) {
        beside::vitals(message, writer);
    }
}

fn identity(message: &Message<'_>, writer: &mut Writer<'_>) {
    let Some(pid) = message.segment("PID") else { return };
    let birth_date = writer.time(&pid, pid.field(7)).map(|at| at.date);
    writer.identity(birth_date, sex(&pid.field(8).text()));
}

/// HL70001.
fn sex(code: &str) -> Option<Sex> {
    match code.trim() {
        "M" => Some(Sex::Male),
        "F" => Some(Sex::Female),
        "O" | "A" => Some(Sex::Other),
        "U" | "N" => Some(Sex::Unknown),
        _ => None,
    }
}

/// The care of a message that has no orders.
fn care_of(message: &Message<'_>, writer: &Writer<'_>) -> Care {
    let speakers = Speakers { visit: message.segment("PV1"), ..Speakers::default() };
    crate::care::care(speakers, writer.frame.department.as_ref())
}

/// ORC-1: the order was cancelled (CA, and what answers to it).
fn is_cancelled(orc: Option<tsugite_er7::Segment<'_>>) -> bool {
    orc.is_some_and(|orc| matches!(orc.field(1).raw(), "CA" | "OC" | "CR"))
}
