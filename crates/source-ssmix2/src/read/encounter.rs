use super::care_of;
use crate::writer::Writer;
use tsugite_clinical::{
    DateTime,
    body::{Body, Encounter, EncounterKind},
};
use tsugite_er7::Message;

/// ADT-12, ADT-22, ADT-52: one visit, or one end of a stay.
pub fn read(message: &Message<'_>, kind: EncounterKind, writer: &mut Writer<'_>) {
    let scope = std::sync::Arc::clone(&writer.frame.scope);
    writer.list(&scope);
    let Some(pv1) = message.segment("PV1") else { return };
    let field = if kind == EncounterKind::Discharge { 45 } else { 44 };
    let at = writer.time(&pv1, pv1.field(field)).or_else(|| writer.frame.care_day.map(DateTime::day));
    let disposition = crate::value::code(pv1.field(36));
    let encounter = Encounter { kind, care: care_of(message, writer), at, disposition };
    writer.context(&pv1, String::new(), Body::Encounter(Box::new(encounter)));
}
