use crate::{Delimiters, escape};
use std::borrow::Cow;
use tsugite_charset::Decoded;
use tsugite_issue::{Address, Segment as Place, Span};

/// What kind of part a [`Value`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Field,
    Repetition,
    Component,
    Subcomponent,
}

/// A field, or a part of one. A part that is not written is an empty value at the place where it would stand.
///
/// Parts may be asked for across levels: `field.component(1)` is that of the first repetition, `field.subcomponent(2)` that of
/// its first component, as the standard lets a sender leave trailing structure out.
#[derive(Clone, Copy, Debug)]
pub struct Value<'m> {
    decoded: &'m Decoded<'m>,
    raw: &'m str,
    /// Offset in the decoded text.
    start: usize,
    delimiters: Delimiters,
    place: Place,
    level: Level,
}

impl<'m> Value<'m> {
    pub(crate) const fn new(
        decoded: &'m Decoded<'m>,
        raw: &'m str,
        start: usize,
        delimiters: Delimiters,
        place: Place,
        level: Level,
    ) -> Self {
        Self { decoded, raw, start, delimiters, place, level }
    }

    /// As written, with its escapes and delimiters.
    pub const fn raw(&self) -> &'m str {
        self.raw
    }

    /// Not sent: nothing stands there.
    pub const fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// The HL7 null `""`: the sender says that there is no value (any more).
    pub fn is_null(&self) -> bool {
        self.raw == "\"\""
    }

    /// Neither empty nor null.
    pub fn has_value(&self) -> bool {
        !self.is_empty() && !self.is_null()
    }

    /// The value itself where it is neither empty nor null.
    pub fn filled(self) -> Option<Self> {
        self.has_value().then_some(self)
    }

    /// The text with its escapes resolved. Blanks at the rims stay: they may mean something (`" 2 +"`). The HL7 null gives
    /// nothing.
    pub fn text(&self) -> Cow<'m, str> {
        if self.is_null() {
            return Cow::Borrowed("");
        }
        escape::resolve(self.raw, &self.delimiters, self.decoded.encoding)
    }

    pub const fn level(&self) -> Level {
        self.level
    }

    /// Its bytes in the file.
    pub fn span(&self) -> Span {
        self.decoded.span(self.start..self.start + self.raw.len())
    }

    pub const fn place(&self) -> Place {
        self.place
    }

    pub const fn address(&self) -> Address {
        Address::Segment(self.place)
    }

    /// The repetitions of a field. One that is empty has none.
    pub fn repetitions(&self) -> Parts<'m> {
        self.parts(Level::Repetition)
    }

    /// Repetition `number`, 1-based.
    pub fn repetition(&self, number: usize) -> Self {
        self.part(Level::Repetition, number)
    }

    /// The components of a repetition; of a field, those of its first repetition.
    pub fn components(&self) -> Parts<'m> {
        self.down_to(Level::Repetition).parts(Level::Component)
    }

    /// Component `number`, 1-based.
    pub fn component(&self, number: usize) -> Self {
        self.down_to(Level::Repetition).part(Level::Component, number)
    }

    /// The subcomponents of a component; of a field, those of its first component.
    pub fn subcomponents(&self) -> Parts<'m> {
        self.down_to(Level::Component).parts(Level::Subcomponent)
    }

    /// Subcomponent `number`, 1-based.
    pub fn subcomponent(&self, number: usize) -> Self {
        self.down_to(Level::Component).part(Level::Subcomponent, number)
    }

    /// The first part at `level`; the value itself when it is there or below.
    fn down_to(&self, level: Level) -> Self {
        let mut value = *self;
        for step in [Level::Repetition, Level::Component] {
            if value.level < step && step <= level {
                value = value.part(step, 1);
            }
        }
        value
    }

    fn part(&self, level: Level, number: usize) -> Self {
        let nothing = |number: usize| {
            let end = self.start + self.raw.len();
            Self { raw: "", start: end, place: numbered(self.place, level, number), level, ..*self }
        };
        let Some(before) = number.checked_sub(1) else { return nothing(0) };
        self.parts(level).nth(before).unwrap_or_else(|| nothing(number))
    }

    fn parts(&self, level: Level) -> Parts<'m> {
        let separator = match level {
            // A value at this level or below has itself as its only part.
            reached if reached <= self.level => Delimiters::NONE.field,
            Level::Field => Delimiters::NONE.field,
            Level::Repetition => self.delimiters.repetition,
            Level::Component => self.delimiters.component,
            Level::Subcomponent => self.delimiters.subcomponent,
        };
        let rest = (!self.raw.is_empty()).then_some(self.raw);
        Parts { whole: *self, level, separator, rest, start: self.start, number: 0 }
    }
}

fn numbered(place: Place, level: Level, number: usize) -> Place {
    let number = u16::try_from(number).unwrap_or(u16::MAX);
    match level {
        Level::Field => Place { field: number, ..place },
        Level::Repetition => Place { repetition: number, ..place },
        Level::Component => Place { component: number, ..place },
        Level::Subcomponent => Place { subcomponent: number, ..place },
    }
}

/// The parts of a [`Value`], in order.
#[derive(Clone, Debug)]
pub struct Parts<'m> {
    whole: Value<'m>,
    level: Level,
    separator: u8,
    rest: Option<&'m str>,
    start: usize,
    number: usize,
}

impl<'m> Iterator for Parts<'m> {
    type Item = Value<'m>;

    #[inline]
    fn next(&mut self) -> Option<Value<'m>> {
        let rest = self.rest?;
        let cut = rest.bytes().position(|byte| byte == self.separator);
        let (raw, behind) = match cut {
            // A delimiter is ASCII, so both sides are whole characters.
            Some(at) => (rest.get(..at)?, Some(rest.get(at + 1..)?)),
            None => (rest, None),
        };
        let start = self.start;
        self.start += raw.len() + 1;
        self.rest = behind;
        self.number += 1;
        if self.whole.level >= self.level {
            return Some(self.whole);
        }
        let place = numbered(self.whole.place, self.level, self.number);
        Some(Value { raw, start, place, level: self.level, ..self.whole })
    }
}
