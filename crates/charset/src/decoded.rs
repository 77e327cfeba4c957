use crate::{Encoding, OffsetMap, Repair, Repairs};
use std::{borrow::Cow, ops::Range, sync::Arc};
use tsugite_issue::{Address, InputName, Issue, Span};

/// Text decoded from the bytes of a file, with the way back.
#[derive(Clone, Debug)]
pub struct Decoded<'a> {
    /// Borrowed where the bytes are valid and need no repair. A byte order mark is not part of it.
    pub text: Cow<'a, str>,
    pub offsets: OffsetMap,
    pub encoding: Encoding,
    pub repairs: Repairs,
    pub(crate) bytes: &'a [u8],
}

impl<'a> Decoded<'a> {
    /// The bytes of the file that a range of the text was decoded from.
    pub fn span(&self, text: Range<usize>) -> Span {
        self.offsets.span(text)
    }

    /// The whole input.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// One issue for each listed repair, with line and column, and one with the number of those beyond the list.
    pub fn issues(&self, input: &Arc<InputName>) -> Vec<Issue> {
        self.issues_at(input, |_| None)
    }

    /// The same with the addresses of a format; where `address` gives none, line and column.
    pub fn issues_at(&self, input: &Arc<InputName>, address: impl FnMut(&Repair) -> Option<Address>) -> Vec<Issue> {
        self.repairs.issues(&self.text, self.bytes, input, address)
    }
}
