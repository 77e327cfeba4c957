//! SS-MIX2 標準化ストレージ and トランザクションストレージ to facts.
//!
//! A file of the storage holds one message, and its name says what the message cannot: the version (発生日時) and whether it is in
//! force (flag 1), history (2) or deleted (0). A transaction file says the same in a header line before each message. The way of a
//! message: its [`frame`] (patient, data type, order, version, presence, what holds it), then the reader of its content ([`read`]),
//! which writes through the [`writer`]. What the message carries beside its content (allergies in an order) is read as well.

#![forbid(unsafe_code)]

mod care;
mod data_type;
mod frame;
pub mod issues;
mod read;
mod recognise;
mod segments;
mod source;
mod storage;
mod transaction;
mod value;
mod writer;

pub use source::Ssmix2;
