//! What the centre answers to a request. Looks things up and changes nothing.

use crate::{
    Check,
    bundle::Summary,
    codes::{self, Code},
    qualification::Unknown,
};
use tsugite_issue::{Lang, Severity};
use tsugite_upstream::{EnvelopeError, Interface, Operation, Request};
use tsugite_validate::{Memory, check_in};

#[derive(Debug)]
pub struct Verdict {
    pub code: &'static Code,
    pub checks: Vec<Check>,
}

impl From<&'static Code> for Verdict {
    fn from(code: &'static Code) -> Self {
        Self { code, checks: Vec::new() }
    }
}

/// How closely the centre looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Checks {
    /// Bundles are validated.
    #[default]
    Full,
    /// Envelope, ids and registrations only: to measure a sender.
    Envelope,
}

/// What speaks against a request whatever is registered. `None`: the registry decides. Without a memory to validate in, the
/// bundle's own rules are not looked at.
pub fn content(
    request: &Request,
    interface: &Interface,
    unknown: &Unknown,
    validation: Option<(&mut Memory, &tsugite_validate::Options<'_>)>,
) -> Option<Verdict> {
    if let Err(error) = interface.refuse(request) {
        return Some(of_envelope(error).into());
    }
    if unknown.names(&request.insured_id) {
        return Some((&codes::UNKNOWN_INSURED).into());
    }
    let payload = request.payload.as_deref()?;
    let report = validation.map(|(memory, options)| check_in(memory, payload, options));
    let summary = Summary::of(payload);
    if summary.as_ref().is_some_and(|summary| summary.trial) {
        return Some((&codes::TRIAL).into());
    }
    if let Some(report) = report.filter(|report| report.has_errors()) {
        let errors = report.issues.iter().filter(|issue| issue.severity() == Severity::Error);
        let checks = errors.map(|issue| {
            let path = issue.path.as_deref().unwrap_or_default();
            Check {
                code: issue.code().to_owned(),
                message: format!("{path} {}", issue.text(Lang::Ja)).trim().to_owned(),
            }
        });
        return Some(Verdict { code: &codes::REFUSED, checks: checks.collect() });
    }
    let Some(summary) = summary else { return Some((&codes::REFUSED).into()) };
    if summary.bundle_id != request.bundle_id {
        return Some((&codes::BUNDLE_ID).into());
    }
    // A change is addressed with the id under which the bundle is registered; the bundle may name a newer one.
    if request.operation.plain() == Operation::Register && summary.insured_id != request.insured_id {
        return Some((&codes::INSURED_ID).into());
    }
    unknown.names(&summary.insured_id).then(|| (&codes::UNKNOWN_INSURED).into())
}

fn of_envelope(error: EnvelopeError) -> &'static Code {
    match error {
        EnvelopeError::Trial => &codes::TRIAL,
        EnvelopeError::Institution | EnvelopeError::InstitutionDiffers => &codes::INSTITUTION,
        EnvelopeError::BundleId => &codes::BUNDLE_ID,
        EnvelopeError::InsuredId => &codes::INSURED_ID,
        _ => &codes::UNREADABLE,
    }
}

/// What a sound request meets in the registry: nothing, or a registration of the `same` bytes or of others.
pub const fn registration(operation: Operation, same: Option<bool>, newest_wins: bool) -> &'static Code {
    match (operation.plain(), same) {
        (Operation::Change | Operation::Cancel, None) => &codes::NOT_REGISTERED,
        (Operation::Change | Operation::Cancel, Some(_)) => &codes::ACCEPTED,
        (_, Some(true)) => &codes::DUPLICATE,
        (_, Some(false)) if !newest_wins => &codes::EXISTS,
        (_, _) => &codes::ACCEPTED,
    }
}
