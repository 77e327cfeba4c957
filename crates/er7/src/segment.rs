use crate::{Delimiters, Value, value::Level};
use tsugite_charset::Decoded;
use tsugite_issue::{Address, Segment as Place, Span};

/// One segment of a message.
#[derive(Clone, Copy, Debug)]
pub struct Segment<'m> {
    pub(crate) decoded: &'m Decoded<'m>,
    pub(crate) delimiters: Delimiters,
    pub(crate) name: [u8; 3],
    pub(crate) index: u32,
    /// Offsets in the decoded text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Offsets of its field separators.
    pub(crate) separators: &'m [usize],
}

impl<'m> Segment<'m> {
    /// The three letters, `PID`.
    pub fn name(&self) -> &'m str {
        self.decoded.text.get(self.start..self.start + 3).unwrap_or_default()
    }

    /// 1-based position among the segments of the message.
    pub const fn index(&self) -> u32 {
        self.index
    }

    pub fn raw(&self) -> &'m str {
        self.decoded.text.get(self.start..self.end).unwrap_or_default()
    }

    /// Its bytes in the file.
    pub fn span(&self) -> Span {
        self.decoded.span(self.start..self.end)
    }

    pub const fn place(&self) -> Place {
        Place { name: self.name, index: self.index, field: 0, repetition: 0, component: 0, subcomponent: 0 }
    }

    pub const fn address(&self) -> Address {
        Address::Segment(self.place())
    }

    /// Number of the last field that is written.
    pub const fn field_count(&self) -> usize {
        self.separators.len() + self.is_header() as usize
    }

    /// Field `number`, 1-based as the standard counts (MSH-1 is the separator itself). One that is not written is empty.
    pub fn field(&self, number: usize) -> Value<'m> {
        let place = Place { field: u16::try_from(number).unwrap_or(u16::MAX), ..self.place() };
        let (delimiters, behind) = match (self.is_header(), number) {
            (true, 1) => return self.value(self.start + 3, self.start + 4, Delimiters::NONE, place),
            (true, 2) => (Delimiters::NONE, number - 1),
            (true, _) => (self.delimiters, number.saturating_sub(1)),
            (false, _) => (self.delimiters, number),
        };
        let before = behind.checked_sub(1).and_then(|before| self.separators.get(before));
        let (start, end) = match before {
            Some(separator) => (separator + 1, self.separators.get(behind).copied().unwrap_or(self.end)),
            None => (self.end, self.end),
        };
        self.value(start, end, delimiters, place)
    }

    /// All fields that are written, in order.
    pub fn fields(&self) -> impl ExactSizeIterator<Item = Value<'m>> + use<'m> {
        let segment = *self;
        (0..segment.field_count()).map(move |index| segment.field(index + 1))
    }

    fn value(&self, start: usize, end: usize, delimiters: Delimiters, place: Place) -> Value<'m> {
        let raw = self.decoded.text.get(start..end.min(self.end)).unwrap_or_default();
        Value::new(self.decoded, raw, start.min(self.end), delimiters, place, Level::Field)
    }

    const fn is_header(&self) -> bool {
        matches!(&self.name, b"MSH")
    }
}
