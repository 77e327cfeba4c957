use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

/// SHA-256 of an input's bytes, cut to 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Digest(pub [u8; 16]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

/// The logical path of an input (a file, a zip member, a message of a transaction file) and the digest of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct InputName {
    pub path: String,
    pub digest: Digest,
}

/// A range of byte offsets in the input, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    pub start: u64,
    pub end: u64,
}

impl Span {
    pub const fn new(start: u64, end: u64) -> Self {
        Self { start, end }
    }
}

/// The address of a value in HL7 v2: `PID[2]-5.1.2~1` is segment 2 of the message, field 5, component 1, subcomponent 2, repetition 1.
/// A zero means "the whole of it".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Segment {
    pub name: [u8; 3],
    /// 1-based position of the segment in the message.
    pub index: u32,
    pub field: u16,
    pub repetition: u16,
    pub component: u16,
    pub subcomponent: u16,
}

/// Where in its format a value stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Address {
    /// The input as a whole.
    Whole,
    Segment(Segment),
    /// 1-based line and column (characters).
    Position {
        line: u32,
        column: u32,
    },
    /// An element path of an XML or JSON document.
    Path(String),
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.write_str("*"),
            Self::Segment(s) => {
                let name = std::str::from_utf8(&s.name).unwrap_or("???");
                write!(f, "{name}[{}]", s.index)?;
                if s.field > 0 {
                    write!(f, "-{}", s.field)?;
                }
                if s.component > 0 {
                    write!(f, ".{}", s.component)?;
                }
                if s.subcomponent > 0 {
                    write!(f, ".{}", s.subcomponent)?;
                }
                if s.repetition > 1 {
                    write!(f, "~{}", s.repetition)?;
                }
                Ok(())
            }
            Self::Position { line, column } => write!(f, "{line}:{column}"),
            Self::Path(path) => f.write_str(path),
        }
    }
}

/// Where a value came from. Equality is that of the place: the same bytes at the same address are the same origin,
/// whichever path they were read from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Origin {
    pub input: Arc<InputName>,
    pub span: Span,
    pub address: Address,
}

impl Origin {
    pub fn whole(input: Arc<InputName>) -> Self {
        Self { input, span: Span::default(), address: Address::Whole }
    }

    fn place(&self) -> (Digest, &Address, Span) {
        (self.input.digest, &self.address, self.span)
    }
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        self.place() == other.place()
    }
}

impl Eq for Origin {}

impl PartialOrd for Origin {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Origin {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.place().cmp(&other.place())
    }
}

impl std::hash::Hash for Origin {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.place().hash(state);
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address {
            Address::Whole => f.write_str(&self.input.path),
            _ => write!(f, "{} {}", self.input.path, self.address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_address_reads_like_the_standard_writes_it() {
        let pid = Segment { name: *b"PID", index: 2, field: 5, repetition: 2, component: 1, subcomponent: 0 };
        assert_eq!(Address::Segment(pid).to_string(), "PID[2]-5.1~2");
        let whole = Segment { field: 0, repetition: 0, component: 0, ..pid };
        assert_eq!(Address::Segment(whole).to_string(), "PID[2]");
    }

    #[test]
    fn equal_bytes_at_one_address_are_one_origin() {
        let at = |path: &str| Origin::whole(Arc::new(InputName { path: path.into(), digest: Digest([1; 16]) }));
        assert_eq!(at("a"), at("copy-of-a"));
    }
}
