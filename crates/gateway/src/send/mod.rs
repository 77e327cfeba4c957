//! From the clinic's folders to the centre: scan, report, compare with the ledger, brake, outbox, hand over, collect.
//!
//! [`Cycle`] is one round of it. Everything that must survive is in the store before it counts; a round can be stopped anywhere and
//! begun again.

mod ask;
mod brake;
mod centre;
mod cycle;
mod decisions;
mod deliver;
mod drops;
mod flight;
mod forgotten;
mod groups;
mod held;
mod house;
mod intend;
pub mod issues;
mod late;
mod letters;
mod otherwise;
mod outgoing;
mod packed;
mod reading;
mod received;
mod scan;
mod sign;
mod summary;
mod tools;
mod undelivered;
mod units;
mod who;

pub use brake::over as over_brake;
pub use centre::{interface, signing_program};
pub use cycle::Cycle;
pub use decisions::remember;
pub use deliver::Delivered;
pub use drops::Drops;
pub use flight::Flight;
pub use groups::{Scope, ledger_name, local, patient_of};
pub use held::scopes_of;
pub use house::{House, files, key_file, keys};
pub use intend::Between;
pub use late::late;
pub use letters::read_letter;
#[cfg(test)]
pub use otherwise::form;
pub use scan::Scan;
pub use summary::{Summary, Units as UnitCounts};
pub use undelivered::held_documents;
pub use who::{Knowing, likely_doubles};
