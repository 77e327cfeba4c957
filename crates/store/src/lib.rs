//! What must survive: facts, the ledger of Units, the outbox, approvals, held items and the audit chain, in one SQLite database
//! (WAL, `synchronous=FULL`), and `issued.log` outside it. The only crate that knows SQL.
//!
//! - [`Store`] is one open database. Every method that changes something is one durable transaction: when it has returned, the
//!   change survives a power cut. [`Store::together`] makes several calls one. A [`Writer`] owns the store of a service: what many
//!   threads ask for at once is one transaction and one sync; a [`Reader`] reads beside it.
//! - **Inputs** are kept as they came ([`Store::receive`]) before anything is read from them; **facts** hang on the input that states
//!   them ([`ScanWriter::record`]); a patient's statements are read back as they were written and merged by the chart, never here.
//!   Of whom something else is said than before is remembered until somebody has looked ([`Store::changed_patients`]).
//! - **Ledger**: per [`Unit`] its Bundle-ID, what the centre last accepted and the state. [`decide`] is the pure rule that compares it
//!   with what the sources say now (`rules` §6).
//! - **Outbox**: one [`Submission`] is one operation with frozen bytes. [`Store::start_attempt`] is durable before the first byte
//!   leaves; what is in flight is never changed or withdrawn.
//! - Beside its own request a submission may have others ([`Step`]): after an unknown outcome the centre is asked what it holds
//!   before anything goes again, and files that travel apart go before their document. They are durable in the same way.
//! - **`issued.log`**: every Bundle-ID and attempt is appended and synced before it happens, and merged when a database is opened, so
//!   that an older copy of the database ([`restore`]) never issues a second live Bundle-ID for a Unit, and knows of which Units the
//!   centre may hold something newer.
//! - **At rest** all that tells of a person is sealed or a keyed hash, under [`Keys`] from outside the data folder; `schema/2.sql` and
//!   `3.sql` say of each column which.
//! - **Audit**: rows chained by hash ([`Store::verify_audit`]); no clinical content.
//!
//! Times are text that the caller gives (RFC 3339): nothing here reads a clock.

#![forbid(unsafe_code)]

mod approvals;
mod attachments;
mod audit;
mod backup;
mod changes;
mod db;
mod decide;
mod errands;
mod error;
mod files;
mod held;
mod inputs;
mod inquiry;
mod insurance;
mod issued;
pub mod issues;
mod joins;
mod keys;
mod ledger;
mod outbox;
mod pack;
mod prune;
mod raw;
mod readdress;
mod rotate;
mod schema;
mod seal;
mod service;
mod settle;
mod store;
mod submission;
mod writer;

pub use approvals::Approval;
pub use attachments::{Attached, Attachment, NewAttachment, Signature};
pub use audit::{AuditFilter, AuditRow};
pub use backup::{Backup, Restored, backups, restore, verify_backup};
pub use changes::{Considered, Selection, Unmapped, UnmappedCode};
pub use decide::{Decision, IdentityPolicy, Latest, Wanted, decide};
pub use errands::{Errand, ErrandTold, Purpose, Receipt, Step};
pub use error::StoreError;
pub use files::{Exposed, exposed, private_folder, store_files};
pub use held::{HeldRow, HeldWhat};
pub use inputs::{InputReading, Remembered, ScanWriter, Vanished};
pub use inquiry::{Inquired, InquiryPolicy};
pub use insurance::InsuranceToAsk;
pub use joins::JoinedIds;
pub use keys::{KeyId, Keys};
pub use ledger::{Accepted, LedgerEntry, Unit, UnitState};
pub use prune::{Pruned, Retention};
pub use raw::{NewInput, RawInput};
pub use rotate::Rotation;
pub use settle::{Answer, Settled};
pub use store::Store;
pub use submission::{Attempt, NewSubmission, Operation, Submission, SubmissionState};
pub use writer::{Pending, Reader, WriteHandle, Writer};

/// SHA-256.
pub type Hash = [u8; 32];
