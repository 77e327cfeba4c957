//! JAHIS 院外処方箋2次元シンボル (`JAHIS1`–`JAHIS10`) and 電子版お薬手帳 (`JAHISTC01`–`JAHISTC08`) to facts.
//!
//! Both are lines of columns under a header line; later generations add records and columns at the end, so that one reader serves
//! all. An input may hold several of them. The way of an input: its bytes as one text (a split code may cut a character, so parts are
//! joined before they are decoded), cut into [`symbol`]s, each read by [`prescription`] or [`notebook`] into the [`writer`].
//!
//! What this crate decides:
//! - A prescription symbol names its patient by record 11; where it has no number, and in every notebook, whose record it is, is not
//!   known: such a patient stands in an id space of the notebook's own, one for each input, and meets nobody by name (`rules` §2).
//! - A notebook says who prescribed, and holds the prescriptions of all: `Prescription::prescribed_by` goes with every line, and only
//!   those of the reporting institution are its own to report. A line without its institution is held.
//! - What shows that codes were scanned in another order, twice with different content, or not all (two patients or prescriptions under
//!   one header, an Rp with two usages, a number left out, a line that ends half-way) holds what it touches: whose drug it is and how
//!   it is taken is never guessed.
//! - Notes on allergies and side effects are held for a doctor's word; what a patient typed is not carried.
//! - 用量 is an amount a day for 内服, an amount a taking for 頓服, and multiplied by 調剤数量 the total for all others. A single dose
//!   is stated where it is written (241), or where the day's amount divides by the takings of a day.

#![forbid(unsafe_code)]

mod amount;
mod drug;
mod form;
pub mod issues;
mod notebook;
mod prescription;
mod rows;
mod source;
mod symbol;
mod value;
mod writer;

pub use source::Jahis;
