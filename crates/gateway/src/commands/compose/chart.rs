//! The chart of one patient from files, without a ledger.

use super::{Args, Ready, refused};
use crate::{
    failure::Failure,
    intake::{Limits, Listing},
    issued::IssuedUnits,
    send::read_letter,
    session::Session,
    settings::Settings,
    site::{House, Overrides},
};
use std::num::NonZeroUsize;
use tsugite_clinical::PatientId;
use tsugite_pipeline::{Known, PatientResult, ReadOutput, report_patient};

/// What becomes of the patient of whom the files speak, with the letter.
///
/// # Errors
/// Files that cannot be read, or a number of which they say nothing.
pub fn report(args: &Args, ready: &Ready, settings: &Settings, session: &Session) -> Result<PatientResult, Failure> {
    let over = Overrides { institution: args.institution.as_deref(), as_of: args.as_of.as_deref(), since: None };
    let house = House::build(session, settings, &over, &args.from)?;
    let scratch = tempfile::tempdir()?;
    let listing = Listing::of(&args.from, &session.registry, Limits::default(), scratch.path())
        .map_err(|missing| Failure::file(&missing.0, &missing.1))??;
    let issued = IssuedUnits::default();
    let pipeline = || tsugite_pipeline::Settings {
        registry: &house.registry,
        source: None,
        context: house.context.clone(),
        feeds: &house.feeds,
        identity: settings.identity,
        tables: &house.tables,
        site: house.site(&issued),
        gate: house.gate(),
        validator: house.validator(),
        jobs: NonZeroUsize::MIN,
        scratch: scratch.path(),
    };
    let patient = PatientId { space: house.context.id_space.clone(), id: ready.patient.as_str().into() };
    let mut statements = Vec::new();
    for item in listing.into_items()? {
        let mut output = ReadOutput::default();
        output.read(&item?, &pipeline());
        statements.extend(output.statements.into_iter().filter(|statement| *statement.patient() == patient));
    }
    if statements.is_empty() {
        return Err(super::unknown_patient(&ready.patient, session));
    }
    let draft = read_letter(&ready.id, ready.toml.clone(), pipeline()).map_err(|issues| refused(&issues, session))?;
    statements.extend(draft.statements());
    Ok(report_patient(patient, Known { statements, ..Known::default() }, &pipeline()))
}
