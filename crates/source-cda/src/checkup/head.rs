//! Who was checked, where, under which program and ticket.

use crate::{
    oid::{self, HL7},
    party::{organisation, practitioner, said},
    patient,
    value::{code, filled, interval, time},
    writer::Writer,
};
use tsugite_clinical::{
    Date,
    body::{Checkup, Party, Patient, Practitioner, Sex},
};
use tsugite_xml::Element;

/// 特定健診 has no chart number: the insured number names the person, and where it has no 枝番 the birth date and sex beside it,
/// since a family shares the rest. `None` where not even that is known.
pub fn patient_id(role: Element<'_, '_>, person: &Patient) -> Option<String> {
    let insurance = person.insurances.first().filter(|row| !row.number.is_empty());
    let half = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect() };
    let Some(row) = insurance else {
        // Agreed with one insurer: among the clinic's own numbers the same digits are somebody else.
        let payer = person.insurances.first().map(|row| half(&row.payer)).unwrap_or_default();
        return patient::id(role, oid::AGREED_ID).map(|id| format!("agreed:{payer}:{}", half(&id)));
    };
    let insured = [half(&row.payer), half(&row.symbol), half(&row.number)].join(":");
    if let Some(branch) = row.branch.as_deref().map(half).filter(|branch| !branch.is_empty()) {
        return Some(format!("{insured}:{branch}"));
    }
    let sex = match person.sex? {
        Sex::Male => 1,
        Sex::Female => 2,
        Sex::Other | Sex::Unknown => 9,
    };
    Some(format!("{insured}::{}:{sex}", person.birth_date?))
}

fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '‐' | '‑' | '–' | '—' | '―' | '−' => '-',
        _ => c,
    }
}

/// 作成機関 with the person who signed, if one is named.
pub fn author(root: Element<'_, '_>) -> Option<Party> {
    let assigned = root.at(&[(HL7, "author"), (HL7, "assignedAuthor")])?;
    let mut party = assigned.child((HL7, "representedOrganization")).map(organisation).unwrap_or_default();
    party.practitioner = practitioner(assigned, "assignedPerson").filter(|person| person.name.is_some());
    said(party)
}

/// 医師の診断(判定).
const JUDGEMENT: &str = "9N511000000000049";

/// The doctor who judged the check as a whole; where none is named there, the first who judged an item.
pub fn doctor(root: Element<'_, '_>) -> Option<Practitioner> {
    let mut first = None;
    for observation in root.descendants().filter(|element| element.is((HL7, "observation"))) {
        let Some(assigned) = observation.at(&[(HL7, "author"), (HL7, "assignedAuthor")]) else { continue };
        let person = practitioner(assigned, "assignedPerson").filter(|person| person.name.is_some());
        let judges = observation.child((HL7, "code")).is_some_and(|code| code.attr("code") == Some(JUDGEMENT));
        if judges && person.is_some() {
            return person;
        }
        first = first.or(person);
    }
    first
}

pub fn checkup(root: Element<'_, '_>, writer: &mut Writer<'_>) -> Checkup {
    let event = root.at(&[(HL7, "documentationOf"), (HL7, "serviceEvent")]);
    let performer = event.and_then(|event| event.at(&[(HL7, "performer"), (HL7, "assignedEntity")]));
    let provider = performer.and_then(|performer| {
        let mut party = performer.child((HL7, "representedOrganization")).map(organisation).unwrap_or_default();
        party.practitioner = practitioner(performer, "assignedPerson").filter(|person| person.name.is_some());
        said(party)
    });
    let performed = event.and_then(|event| event.child((HL7, "effectiveTime")));
    let performed = performed.and_then(|at| interval(at, writer).0).map(|at| at.date);
    let (ticket, ticket_valid_to, ticket_insurer) = ticket(root, writer);
    let own_insurer = || patient::role(root).and_then(patient::insurance).map(|row| row.payer);
    let insurer =
        ticket_insurer.or_else(|| own_insurer().map(|number| Party { number: Some(number), ..Party::default() }));
    Checkup {
        program: event.and_then(|event| event.child((HL7, "code"))).and_then(code),
        report: root.child((HL7, "code")).and_then(code),
        performed,
        ticket,
        ticket_valid_to,
        insurer,
        provider,
    }
}

/// 受診券: its number, last day and insurer. 利用券 (2) belongs to guidance.
fn ticket(root: Element<'_, '_>, writer: &mut Writer<'_>) -> (Option<String>, Option<Date>, Option<Party>) {
    let is_ticket = |participant: &Element<'_, '_>| {
        let function = participant.child((HL7, "functionCode")).and_then(|function| filled(function, "code"));
        participant.attr("typeCode") == Some("HLD") && function.is_none_or(|code| code == "1")
    };
    let Some(participant) = root.all((HL7, "participant")).find(is_ticket) else { return (None, None, None) };
    let Some(entity) = participant.child((HL7, "associatedEntity")) else { return (None, None, None) };
    let of_ticket = |id: &Element<'_, '_>| id.attr("root").is_some_and(|root| root.starts_with(oid::TICKET));
    let number = entity.all((HL7, "id")).find(of_ticket).and_then(|id| filled(id, "extension"));
    let valid_to = participant.at(&[(HL7, "time"), (HL7, "high")]).and_then(|high| time(high, writer));
    let insurer = entity.child((HL7, "scopingOrganization")).map(organisation).and_then(said);
    (number, valid_to.map(|at| at.date), insurer)
}
