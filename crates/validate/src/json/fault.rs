/// What is wrong with a JSON document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    Empty,
    /// Begins with a byte order mark. The rest is read.
    ByteOrderMark,
    NotUtf8,
    TooLarge {
        size: usize,
        limit: usize,
    },
    TooDeep {
        limit: usize,
    },
    TooManyValues {
        limit: usize,
    },
    /// Something else was expected here.
    Syntax {
        expected: &'static str,
    },
    /// `NaN`, `Infinity`, `undefined`, `True` …
    NotJsonLiteral,
    BadNumber,
    /// Larger than any receiver can hold. The tree keeps its text.
    NumberOutOfRange,
    /// A raw control character inside a string.
    RawControl,
    BadEscape,
    /// Half of a surrogate pair. Read as U+FFFD.
    LoneSurrogate,
    KeyTooLong,
    /// The key occurs earlier in the same object. Both members are kept.
    DuplicateKey,
    /// Something follows the document. It is not read.
    TrailingData,
}

/// One fault and the bytes it concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    pub start: u32,
    pub end: u32,
    /// The value concerned, where the tree has it.
    pub node: Option<u32>,
}

impl Fault {
    pub(super) fn new(kind: FaultKind, start: u32, end: u32) -> Self {
        Self { kind, start, end, node: None }
    }

    pub(super) fn whole(kind: FaultKind) -> Self {
        Self::new(kind, 0, 0)
    }

    pub(super) fn at_node(self, node: u32) -> Self {
        Self { node: Some(node), ..self }
    }
}
