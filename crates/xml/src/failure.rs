use std::{ops::Range, sync::Arc};
use tsugite_charset::Decoded;
use tsugite_issue::{Address, Definition, InputName, Issue};

/// Why a document could not be read, and where in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub definition: &'static Definition,
    /// Byte range in the decoded text.
    pub at: Range<usize>,
    pub line: u32,
    pub column: u32,
    /// Which limit, what the parser missed: never a value.
    pub detail: String,
}

impl Failure {
    pub fn issue(&self, decoded: &Decoded<'_>, input: &Arc<InputName>) -> Issue {
        let origin = tsugite_issue::Origin {
            input: Arc::clone(input),
            span: decoded.span(self.at.clone()),
            address: Address::Position { line: self.line, column: self.column },
        };
        Issue::new(self.definition).with("detail", &self.detail).at(origin)
    }
}
