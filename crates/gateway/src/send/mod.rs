//! From the clinic's folders to the centre: scan, report, compare with the ledger, brake, outbox, hand over, collect.
//!
//! [`Cycle`] is one round of it. Everything that must survive is in the store before it counts; a round can be stopped anywhere and
//! begun again.

mod brake;
mod cycle;
mod decisions;
mod deliver;
mod drops;
mod flight;
mod forgotten;
mod intend;
pub mod issues;
mod late;
mod reading;
mod received;
mod scan;
mod summary;
mod units;

pub use brake::over as over_brake;
pub use cycle::{Cycle, House, files, interface, key_file, keys};
pub use decisions::remember;
pub use deliver::Delivered;
pub use drops::Drops;
pub use flight::Flight;
#[cfg(test)]
pub use intend::form;
pub use intend::{Between, Scope, ledger_name};
pub use late::late;
pub use scan::Scan;
pub use summary::{Summary, Units as UnitCounts};
