//! Bytes of Japanese systems to text, with a map back to byte offsets.
//!
//! [`detect`] says from the bytes which encoding they are in and why; what the file declares is a hint only. [`decode`] turns
//! them into text, repairs what old systems get wrong, and tells every repair with its place in the file. Nothing is dropped
//! silently, and no private-use or control character leaves (TAB, CR and LF are structure and stay).
//!
//! What the text keeps: names, addresses and free text are never normalised beyond half-width kana. [`to_half_width`] is for
//! codes and numbers, [`repair_display`] for display texts that a centre checks, [`fold_for_matching`] for comparing only.
//! Fixed-width records are cut in bytes *before* they are decoded, since a repair changes widths.

#![forbid(unsafe_code)]

mod decode;
mod decoded;
mod detect;
mod encoding;
mod fold;
mod gaiji;
pub mod issues;
mod offsets;
mod repair;
mod sink;
mod tables;

pub use decode::decode;
pub use decoded::Decoded;
pub use detect::{Candidate, Confidence, Detection, Evidence, detect};
pub use encoding::Encoding;
pub use fold::{DisplayText, fold_for_matching, repair_display, to_half_width};
pub use gaiji::{GaijiCode, GaijiTable};
pub use offsets::OffsetMap;
pub use repair::{Repair, RepairKind, Repairs};
