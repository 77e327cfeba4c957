//! From the clinic's folders to the centre: scan, report, compare with the ledger, brake, outbox, hand over, collect.
//!
//! [`Cycle`] is one round of it. Everything that must survive is in the store before it counts; a round can be stopped anywhere and
//! begun again.

mod brake;
mod cycle;
mod deliver;
mod intend;
pub mod issues;
mod scan;
mod summary;
mod units;

pub use cycle::{Cycle, House, interface};
pub use summary::Summary;
pub use units::unit_of;
