//! HL7 v2 in its ER7 form ("pipes and hats"), read over decoded text.
//!
//! Decode first, then split: the bytes of kanji in ISO-2022-JP and Shift_JIS contain `|`, `^`, `~` and `\`. Reading cannot fail;
//! what is not as the standard wants it is told ([`Message::issues`]) and read as well as possible. Nothing is dropped: a line
//! that is no segment is kept as a [`Line`]. Every [`Value`] borrows from the text and knows its address and its bytes in the file.
//!
//! ```
//! use tsugite_charset::{Encoding, GaijiTable, decode};
//! use tsugite_er7::Message;
//!
//! let decoded = decode(b"MSH|^~\\&|HIS\rPID|1||42^^^^PI\r", Encoding::Ascii, &GaijiTable::default());
//! let message = Message::parse(&decoded);
//! let id = message.segment("PID").unwrap().field(3).component(1);
//! assert_eq!(id.text(), "42");
//! assert_eq!((id.span().start, id.span().end), (20, 22));
//! ```

#![forbid(unsafe_code)]

mod declared;
mod delimiters;
mod escape;
pub mod issues;
mod line;
mod message;
mod reader;
mod segment;
mod value;

pub use declared::declared_encoding;
pub use delimiters::Delimiters;
pub use line::Line;
pub use message::{Message, repair_issues};
pub use reader::{Part, messages};
pub use segment::Segment;
pub use value::{Level, Parts, Value};
