//! MML 2.3, 3 and 4 (Medical Markup Language) and the CLAIM module inside, to facts.
//!
//! An MML file is a header with the patient's id and a body of module items; each says in its `docInfo` what it is, which document it
//! replaces and when it was confirmed. Elements are known by their local names, so that one reader serves all versions. The way of an
//! input: bytes to text (the bytes decide, not the declaration), one tree, then module by module ([`read`], [`document`]) into the
//! [`writer`]. Modules stand inside others too (a prescription in a progress note), and are found there.
//!
//! What this crate decides:
//! - A diagnosis is named by its code or name and its start: a later module of the same supersedes it. A message holds the diagnoses
//!   that were sent that day, so nothing here is a whole list, and nothing is a baseline. A prescription or a document that names the
//!   edition before it (`parentId`) takes its place.
//! - Which code system a code is of, its shape says; where the one named differs, that is told.
//! - `mmlRe`, and `mmlSm` with a discharge, are documents with sections and their own entries; diagnoses of the same `groupId` are
//!   theirs too. What a discharge summary must have and MML has no element for is filled from what it says, under its own name: 主訴
//!   as 入院理由, and the diagnoses that had begun on the day of admission as 入院時診断. Progress notes, first visits, vital signs,
//!   reports, surgery and injections are not carried: no document of the service takes them from here.
//! - Patient data without an insurance (a letter's) never stand before those with one.
//! - `dose` of MML 4 is a taking's amount; `dose` times `frequencyPerDay` is the day's. Where a day's amount was written instead, with
//!   one taking and the division in words, only the day's amount is stated.
//! - CLAIM: drugs of the acts 21 to 23 are prescriptions, with the amounts that receipts have; all other acts are bills.

#![forbid(unsafe_code)]

mod care;
mod codes;
mod document;
mod frame;
pub mod issues;
mod people;
mod read;
mod source;
mod text;
mod time;
mod writer;

pub use source::Mml;
