//! From the clinic's folders to the centre: scan, report, compare with the ledger, brake, outbox, hand over, collect.
//!
//! [`Cycle`] is one round of it. Everything that must survive is in the store before it counts; a round can be stopped anywhere and
//! begun again.

mod brake;
mod cycle;
mod deliver;
mod drops;
mod flight;
mod intend;
pub mod issues;
mod late;
mod reading;
mod scan;
mod summary;
mod units;

pub use brake::over as over_brake;
pub use cycle::{Cycle, House, files, interface, keys, pause_file};
pub use drops::Drops;
pub use flight::Flight;
pub use intend::{Between, Scope, ledger_name};
pub use late::late;
pub use scan::Scan;
pub use summary::{Summary, Units as UnitCounts};
pub use units::unit_of;
