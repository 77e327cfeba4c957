use super::{Said, named, refused};
use crate::{
    oid::HL7,
    value::{concept, interval, known_code, time},
    writer::Writer,
};
use tsugite_clinical::{
    RecordKind,
    body::{Allergy, Body, Code, Concept, Document},
};
use tsugite_xml::Element;

/// The consumable that an observation names, if it does.
pub fn substance<'d, 't>(observation: Element<'d, 't>) -> Option<Element<'d, 't>> {
    observation.at(&[(HL7, "participant"), (HL7, "participantRole"), (HL7, "playingEntity")])
}

/// An observation of an allergy: the substance is a participant, or the value where there is none.
pub fn read(observation: Element<'_, '_>, document: &Document, writer: &mut Writer<'_>) -> Said {
    if let Some(said) = refused(observation, RecordKind::Allergy) {
        return said;
    }
    let value = observation.child((HL7, "value"));
    let entity = substance(observation);
    let allergen = match entity {
        Some(entity) => {
            let coded = entity.child((HL7, "code")).map(concept).unwrap_or_default();
            let name = entity.child_text((HL7, "name")).or(coded.text);
            Concept { codes: coded.codes, text: name }
        }
        None => value.map(concept).unwrap_or_default(),
    };
    let Some(item) = named(&allergen).map(|name| format!("allergy/{name}")) else {
        return Said::Nameless(RecordKind::Allergy);
    };
    let act = observation.parent().and_then(Element::parent).filter(|act| act.is((HL7, "act")));
    let period = observation.child((HL7, "effectiveTime")).or_else(|| act?.child((HL7, "effectiveTime")));
    let onset = period.and_then(|period| interval(period, writer).0);
    let recorded = observation.at(&[(HL7, "author"), (HL7, "time")]).and_then(|at| time(at, writer));
    // With a participant the value is the kind of the intolerance.
    let category = entity.and(value).and_then(known_code).map(category);
    let body = Allergy {
        category,
        allergen,
        severity: None,
        reactions: reactions(observation),
        onset,
        recorded: recorded.or(document.written),
        care: document.care.clone(),
        ..Allergy::default()
    };
    Said::Fact { item, body: Body::Allergy(Box::new(body)) }
}

/// ObservationIntoleranceType of HL7 in the letters of HL70127, which facts have; other codes stay as they are.
fn category(kind: Code) -> Code {
    let letters = match kind.code.as_str() {
        "DALG" | "DINT" | "DNAINT" => "DA",
        "FALG" | "FINT" | "FNAINT" => "FA",
        "EALG" | "EINT" | "ENAINT" => "EA",
        "ALG" | "OINT" | "NAINT" => "MA",
        _ => return kind,
    };
    Code { code: letters.to_owned(), display: kind.display, system: "HL70127".to_owned() }
}

/// Manifestations, by name.
fn reactions(observation: Element<'_, '_>) -> Vec<String> {
    let manifest = |it: &Element<'_, '_>| it.attr("typeCode") == Some("MFST");
    let related = observation.all((HL7, "entryRelationship")).filter(manifest);
    let values = related.filter_map(|it| it.at(&[(HL7, "observation"), (HL7, "value")]));
    values.filter_map(|value| concept(value).name().map(str::to_owned).or_else(|| value.trimmed())).collect()
}
