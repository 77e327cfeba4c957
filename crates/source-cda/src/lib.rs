//! CDA R2 documents of Japan to facts: 特定健診 (HC08 and the files of its zip), 診療情報提供書 (HS007, HS008), 退院時サマリー (HS032).
//!
//! A document says what it is by its code; one of another kind is held and never guessed at. A health check becomes a document and
//! its items; a letter becomes a document, its sections as text without markup, and what is coded in them as facts of the document.
//! All facts of a document share one scope, which the document is the whole list of.

#![forbid(unsafe_code)]

mod checkup;
pub mod issues;
mod kind;
mod letter;
mod narrative;
mod oid;
mod own;
mod party;
mod patient;
mod recognise;
mod source;
mod storage;
mod value;
mod writer;

pub use source::Cda;
