//! What is counted, and not carried.

use super::is_cancelled;
use crate::{data_type::Content, issues, writer::Writer};
use tsugite_clinical::RecordKind;
use tsugite_er7::{Message, Segment};
use tsugite_issue::Definition;

/// Lines of orders that the service does not take. The line that a person would count is the first kind of segment that occurs.
pub fn uncarried(message: &Message<'_>, content: Content, writer: &mut Writer<'_>) {
    type Row = (RecordKind, &'static Definition, &'static [&'static str]);
    let (kind, reason, counted): Row = match content {
        Content::Injection => (RecordKind::Injection, &issues::INJECTION, &["RXE", "RXA", "ORC"]),
        Content::LabOrder => (RecordKind::LabOrder, &issues::LAB_ORDER, &["OBR", "ORC"]),
        Content::Imaging => (RecordKind::Imaging, &issues::IMAGING, &["OBR", "ORC"]),
        _ => (RecordKind::Diet, &issues::DIET, &["ODS", "ORC"]),
    };
    let Some(name) = counted.iter().find(|name| message.segment(name).is_some()) else { return };
    let mut order: Option<Segment<'_>> = None;
    for segment in message.segments() {
        if segment.name() == "ORC" {
            order = Some(segment);
        }
        if segment.name() == *name {
            writer.not_carried(kind, &segment, is_cancelled(order), reason);
        }
    }
}

/// OBX outside of results: height, weight, blood group.
pub fn vitals(message: &Message<'_>, writer: &mut Writer<'_>) {
    for obx in message.segments_named("OBX") {
        let deleted = matches!(obx.field(11).raw(), "D" | "W");
        writer.not_carried(RecordKind::Vital, &obx, deleted, &issues::VITAL);
    }
}
