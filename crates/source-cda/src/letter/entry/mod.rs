//! Coded entries that become facts of the document: diagnoses, allergies, drugs. What is of another kind goes as text.

mod allergy;
mod diagnosis;
mod prescription;

use crate::{
    issues,
    oid::HL7,
    value::{data_type, is_negated, is_withdrawn},
    writer::{Tell, Writer},
};
use tsugite_clinical::{
    Key, RecordKind,
    body::{Body, Code, Concept, Document, SectionKind},
};
use tsugite_issue::Issue;
use tsugite_xml::Element;

/// What an entry says.
enum Said {
    Fact {
        item: String,
        body: Body,
    },
    /// `negationInd`: there is none.
    Negated(RecordKind),
    /// Withdrawn in the document itself.
    Nullified(RecordKind),
    /// A drug that is taken no more.
    Stopped(RecordKind),
    /// `subject`: a relative's, a donor's.
    OfAnother(RecordKind),
    /// Neither name nor code.
    Nameless(RecordKind),
}

/// Reads the entries of a section; `place` is the number of sections before it.
pub fn read(
    section: Element<'_, '_>,
    place: usize,
    kind: SectionKind,
    document: &Document,
    writer: &mut Writer<'_>,
) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut drugs = 0;
    let mut as_text = 0_u32;
    for entry in section.all((HL7, "entry")) {
        let mut any = false;
        for statement in statements(entry, kind) {
            any = true;
            let said = match statement.local() {
                "substanceAdministration" => {
                    drugs += 1;
                    prescription::read(statement, drugs, document, writer)
                }
                _ if kind == SectionKind::Allergies => allergy::read(statement, document, writer),
                _ => diagnosis::read(statement, document, writer),
            };
            keys.extend(write(said, statement, place, writer));
        }
        let media = entry.descendants().any(|element| element.is((HL7, "observationMedia")));
        as_text += u32::from(!any && !media);
    }
    if as_text > 0 {
        writer.tell(Issue::new(&issues::ENTRIES_AS_TEXT).with("count", as_text.to_string()), section);
    }
    keys
}

/// The elements of an entry that state something by themselves, outermost first; what hangs on them belongs to them.
fn statements<'d, 't>(entry: Element<'d, 't>, kind: SectionKind) -> Vec<Element<'d, 't>> {
    let mut found: Vec<Element<'d, 't>> = Vec::new();
    for element in entry.descendants() {
        let inside = found.last().is_some_and(|last| element.span().start < last.span().end);
        if !inside && states(element, kind) {
            found.push(element);
        }
    }
    found
}

fn states(element: Element<'_, '_>, kind: SectionKind) -> bool {
    if element.is((HL7, "substanceAdministration")) {
        return is_about_drugs(kind);
    }
    // A goal or a plan (`moodCode`) is no finding.
    let happened = element.attr("moodCode").is_none_or(|mood| mood == "EVN");
    if !element.is((HL7, "observation")) || !happened {
        return false;
    }
    let coded =
        element.child((HL7, "value")).is_some_and(|value| matches!(data_type(value), "CD" | "CE" | "CO" | "CV"));
    match kind {
        SectionKind::Allergies => coded || allergy::substance(element).is_some(),
        SectionKind::Problems
        | SectionKind::ChiefComplaint
        | SectionKind::PastIllness
        | SectionKind::AdmissionDiagnoses
        | SectionKind::DischargeDiagnoses => coded,
        _ => false,
    }
}

const fn is_about_drugs(kind: SectionKind) -> bool {
    matches!(kind, SectionKind::Medication | SectionKind::AdmissionMedication | SectionKind::DischargeMedication)
}

fn write(said: Said, at: Element<'_, '_>, place: usize, writer: &mut Writer<'_>) -> Option<Key> {
    match said {
        Said::Fact { item, body } => return Some(writer.fact(at, format!("{place}/{item}"), body)),
        Said::Negated(kind) => writer.record(kind, at).not_carried(&issues::NEGATED),
        Said::Nullified(kind) => writer.record(kind, at).retracted(),
        Said::Stopped(kind) => writer.record(kind, at).not_carried(&issues::STOPPED),
        Said::OfAnother(kind) => writer.record(kind, at).not_carried(&issues::OF_ANOTHER),
        Said::Nameless(kind) => {
            writer.tell(Issue::new(&issues::ENTRY_EMPTY), at);
            writer.record(kind, at).held(&issues::ENTRY_EMPTY);
        }
    }
    None
}

/// Whether a statement is no statement: negated, withdrawn, or about somebody else.
fn refused(statement: Element<'_, '_>, kind: RecordKind) -> Option<Said> {
    let around = || std::iter::successors(statement.parent(), |element| element.parent());
    let act = || std::iter::once(statement).chain(around().take(2).filter(|element| element.is((HL7, "act"))));
    if act().any(is_negated) {
        return Some(Said::Negated(kind));
    }
    if act().any(is_withdrawn) {
        return Some(Said::Nullified(kind));
    }
    let of_another = std::iter::once(statement).chain(around()).any(|it| it.child((HL7, "subject")).is_some());
    of_another.then_some(Said::OfAnother(kind))
}

/// A name for a key: the code, else the text.
fn named(concept: &Concept) -> Option<&str> {
    let code = |code: &Code| (!code.code.is_empty()).then_some(());
    let first = concept.codes.iter().find(|it| code(it).is_some()).map(|code| code.code.as_str());
    first.or_else(|| concept.name())
}
