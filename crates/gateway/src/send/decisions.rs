//! What a site has decided, as its history shows it: the settings, and that a list of the clinic's own decisions is another one.

use crate::{failure::Failure, session::Session, settings::Settings};
use std::{fs, path::Path};
use tsugite_store::{AuditFilter, Store};

/// Remembers what is worked with from now on. The lists name patients: of them the audit has the digest.
///
/// # Errors
/// A file that cannot be read, or a ledger that cannot be written.
pub fn remember(store: &mut Store, config: &Path, settings: &Settings, session: &Session) -> Result<(), Failure> {
    let read = |path: &Path| fs::read(path).map_err(|error| Failure::file(path, &error));
    let now = session.now().to_string();
    store.remember_settings(&String::from_utf8_lossy(&read(config)?), &now)?;
    let overlay = &settings.overlay;
    for (what, file) in [("overlay.patients", &overlay.patients), ("overlay.diagnoses", &overlay.diagnoses)] {
        let filter = AuditFilter { what: Some(what), limit: Some(1), ..AuditFilter::default() };
        let before = store.audit_list(&filter)?.pop().map(|row| row.outcome);
        let outcome = match file {
            Some(file) => tsugite_source::digest(&read(&settings.path(file))?).to_string(),
            None if before.is_none() => continue,
            None => "none".to_owned(),
        };
        if before.as_ref() != Some(&outcome) {
            store.audit(&now, &session.user(), what, &outcome)?;
        }
    }
    Ok(())
}
