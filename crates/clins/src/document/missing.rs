//! What a document lacks that its profile demands: everything is named at once, before anything is queued.

use super::contents::Letter;
use super::section::parts;
use crate::{issues, run::Run};
use tsugite_clinical::{
    body::{Attachment, Body, Consent, Document, DocumentKind, Party, SectionKind},
    policy::{ConsentUnknown, OriginalDocument, is_institution_number},
};
use tsugite_issue::{Definition, Issue};

/// Issues of everything that is missing, in the order of the document.
pub fn of_letter(run: &Run, letter: &Letter) -> Vec<Issue> {
    let document = letter.document;
    let mut missing = common(run, letter);
    if document.kind == DocumentKind::Referral {
        missing.extend(recipient(document.recipient.as_ref()).map(Issue::new));
    } else {
        missing.extend(of_stay(letter));
        let diagnoses = letter.sections.iter().flat_map(|section| &section.entries);
        if !diagnoses.flat_map(|entry| &entry.records).any(|record| matches!(record.fact.body, Body::Diagnosis(_))) {
            missing.push(Issue::new(&issues::NO_DIAGNOSIS).path("Bundle.entry:condition"));
        }
    }
    if !is_cda(run, letter) {
        missing.extend(sections(letter));
    }
    at_document(letter, missing)
}

/// The issues of a health check.
pub fn of_checkup(run: &Run, letter: &Letter, has_items: bool) -> Vec<Issue> {
    let mut missing = common(run, letter);
    let checkup = letter.document.checkup.as_deref();
    if checkup.and_then(|checkup| checkup.performed).is_none_or(|day| !day.is_full()) {
        missing.push(Issue::new(&issues::NO_CHECKUP_DATE).path("Encounter.period"));
    }
    if checkup.and_then(|checkup| checkup.program.as_ref()).is_none_or(|code| code.code.trim().is_empty()) {
        missing.push(Issue::new(&issues::NO_CHECKUP_PROGRAM).path("Composition.event.code"));
    }
    if !has_items {
        missing.push(Issue::new(&issues::NO_CHECKUP_ITEMS).path("Composition.section"));
    }
    at_document(letter, missing)
}

/// Whether the document is sent as the CDA that it came as: where the site says so, or where its sections are not all that the
/// profile demands.
pub fn is_cda(run: &Run, letter: &Letter) -> bool {
    let as_it_is = run.site.policy.document.original == OriginalDocument::Cda;
    letter.document.original.is_some() && (as_it_is || sections(letter).next().is_some())
}

fn at_document(letter: &Letter, missing: Vec<Issue>) -> Vec<Issue> {
    missing.into_iter().map(|issue| issue.at(letter.record.fact.origin.clone())).collect()
}

fn common(run: &Run, letter: &Letter) -> Vec<Issue> {
    let document = letter.document;
    let mut missing: Vec<Issue> = consent(run, document).map(Issue::new).into_iter().collect();
    if super::party::sender(run, document).is_none() {
        missing.push(Issue::new(&issues::NO_SENDER).path("Composition.custodian"));
    }
    if super::party::author(run, document).is_none() {
        missing.push(Issue::new(&issues::NO_AUTHOR).path("Composition.author"));
    }
    if let Some(rule) = run.impossible(letter.written) {
        missing.push(Issue::new(rule).path("Composition.date"));
    }
    missing.extend(attachments(run, letter));
    missing
}

/// A health check has no addressee, and asks for no consent; a refusal holds anything.
fn consent(run: &Run, document: &Document) -> Option<&'static Definition> {
    let asked = document.kind != DocumentKind::Checkup;
    match document.consent {
        Consent::Refused => Some(&issues::CONSENT_REFUSED),
        Consent::Unknown if asked && run.site.policy.document.consent_unknown == ConsentUnknown::Hold => {
            Some(&issues::CONSENT_UNKNOWN)
        }
        Consent::Unknown | Consent::Given => None,
    }
}

fn recipient(recipient: Option<&Party>) -> Option<&'static Definition> {
    let Some(party) = recipient.filter(|party| !party.name.trim().is_empty()) else {
        return Some(&issues::NO_RECIPIENT);
    };
    let number = party.number.as_deref().is_some_and(|number| is_institution_number(number.trim()));
    (!number).then_some(&issues::RECIPIENT_NUMBER)
}

fn of_stay(letter: &Letter) -> impl Iterator<Item = Issue> {
    let stay = letter.stay.as_ref();
    let admitted = stay.and_then(|stay| stay.admitted).is_none().then_some(("入院日", "start"));
    let discharged = stay.and_then(|stay| stay.discharged).is_none().then_some(("退院日", "end"));
    let missing = |(part, element): (&'static str, &str)| {
        Issue::new(&issues::NO_STAY).with("part", part).path(format!("Composition.event.period.{element}"))
    };
    [admitted, discharged].into_iter().flatten().map(missing)
}

/// Details of admission and discharge are written from the stay where the author says nothing more.
fn sections(letter: &Letter) -> impl Iterator<Item = Issue> {
    let from_stay = |kind: SectionKind| matches!(kind, SectionKind::AdmissionDetails | SectionKind::DischargeDetails);
    let needs_entry = |kind| kind == SectionKind::DischargeDiagnoses;
    parts(letter.document.kind).filter(move |part| part.required && !from_stay(part.kind)).filter_map(move |part| {
        let filled = letter.section(part.kind);
        let is_there = filled.is_some_and(|filled| !needs_entry(part.kind) || !filled.entries.is_empty());
        let issue = || Issue::new(&issues::NO_SECTION).with("title", part.title).with("code", part.code);
        (!is_there).then(|| issue().path(format!("Composition.section({})", part.code)))
    })
}

fn attachments(run: &Run, letter: &Letter) -> Vec<Issue> {
    let document = letter.document;
    let policy = &run.site.policy.document;
    let mut found = Vec::new();
    let mut bytes: u64 = 0;
    let cda = document.original.iter().filter(|_| is_cda(run, letter));
    for (attachment, is_original) in document.attachments.iter().map(|a| (a, false)).chain(cda.map(|a| (a, true))) {
        match decoded_length(attachment) {
            Some(length) => bytes = bytes.saturating_add(length),
            None => found.push(Issue::new(&issues::ATTACHMENT_UNREADABLE)),
        }
        let allowed =
            policy.attachment_types.iter().any(|kind| kind.eq_ignore_ascii_case(attachment.content_type.trim()));
        if !is_original && !allowed {
            found.push(Issue::new(&issues::ATTACHMENT_TYPE).with("type", attachment.content_type.clone()));
        }
    }
    if bytes > policy.attachment_bytes {
        let issue = Issue::new(&issues::ATTACHMENTS_TOO_LARGE).with("bytes", bytes.to_string());
        found.push(issue.with("limit", policy.attachment_bytes.to_string()));
    }
    found
}

/// Bytes behind the Base64 of an attachment; `None` where it is none, or empty.
pub fn decoded_length(attachment: &Attachment) -> Option<u64> {
    let text = attachment.base64.as_bytes();
    let padding = text.iter().rev().take_while(|b| **b == b'=').count();
    let digits = text.get(..text.len().checked_sub(padding)?)?;
    let is_digit = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    let sound = !digits.is_empty() && padding <= 2 && text.len().is_multiple_of(4) && digits.iter().all(is_digit);
    let length = text.len().checked_div(4)?.checked_mul(3)?.checked_sub(padding)?;
    sound.then(|| u64::try_from(length).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_an_attachment_is_that_of_its_bytes() {
        let length = |base64: &str| {
            decoded_length(&Attachment {
                title: String::new(),
                content_type: String::new(),
                base64: base64.into(),
                created: None,
            })
        };
        for (text, bytes) in [("QQ==", Some(1)), ("QUI=", Some(2)), ("QUJD", Some(3)), ("QUJDRA==", Some(4))] {
            assert_eq!(length(text), bytes, "{text}");
        }
        for bad in ["", "QQ", "Q===", "====", "QU D", "QU\nD", "あいう"] {
            assert_eq!(length(bad), None, "{bad}");
        }
    }
}
