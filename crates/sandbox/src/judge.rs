//! What the centre answers to a request. Looks things up and changes nothing.

use crate::{
    Check,
    attachments::AttachedFile,
    bundle::{Apart, Summary},
    codes::{self, Code},
    qualification::Unknown,
};
use tsugite_issue::{Lang, Severity};
use tsugite_upstream::{Action, EnvelopeError, Interface, Request};
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

/// Whether the centre holds every file that the document leaves out.
pub fn files(request: &Request, held: &[AttachedFile]) -> Option<&'static Code> {
    let summary = Summary::of(request.payload.as_deref()?)?;
    let is_held = |apart: &Apart| {
        let size = apart.size;
        held.iter().any(|file| file.reference == apart.url && size.is_none_or(|size| size == file.bytes))
    };
    (!summary.apart.iter().all(is_held)).then_some(&codes::NO_ATTACHMENT)
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
    // What is asked about may have been registered when the insured id was good.
    if request.operation.action != Action::Inquire && unknown.names(&request.insured_id) {
        return Some((&codes::UNKNOWN_INSURED).into());
    }
    let payload = request.payload.as_deref().filter(|_| request.operation.action != Action::Attach)?;
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
    if request.operation.action == Action::Register && summary.insured_id != request.insured_id {
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
pub const fn registration(action: Action, same: Option<bool>, newest_wins: bool) -> &'static Code {
    match (action, same) {
        (Action::Change | Action::Cancel, None) => &codes::NOT_REGISTERED,
        (Action::Change | Action::Cancel, Some(_)) => &codes::ACCEPTED,
        (_, Some(true)) => &codes::DUPLICATE,
        (_, Some(false)) if !newest_wins => &codes::EXISTS,
        (_, _) => &codes::ACCEPTED,
    }
}
