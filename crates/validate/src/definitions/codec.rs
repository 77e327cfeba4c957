//! The bytes of the base table and of the cache: varints, and one table of all texts.

use super::Text;
use std::collections::HashMap;

/// Collects values; [`Writer::finish`] puts the texts in front.
#[derive(Default)]
pub(crate) struct Writer {
    body: Vec<u8>,
    known: HashMap<Text, u32>,
    texts: Vec<Text>,
}

impl Writer {
    pub fn number(&mut self, number: u64) {
        varint(&mut self.body, number);
    }

    fn text(&mut self, text: &Text) {
        let next = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let at = *self.known.entry(Text::clone(text)).or_insert_with(|| {
            self.texts.push(Text::clone(text));
            next
        });
        self.number(at.into());
    }

    pub fn finish(self) -> Vec<u8> {
        let mut out = Vec::new();
        varint(&mut out, self.texts.len() as u64);
        for text in &self.texts {
            varint(&mut out, text.len() as u64);
        }
        for text in &self.texts {
            out.extend_from_slice(text.as_bytes());
        }
        out.extend_from_slice(&self.body);
        out
    }
}

fn varint(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

/// Reads what a [`Writer`] wrote. Every method gives `None` where the bytes are not that.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    texts: Vec<Text>,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let mut reader = Self { rest: bytes, texts: Vec::new() };
        let count = reader.length()?;
        let mut lengths = Vec::with_capacity(count);
        for _ in 0..count {
            lengths.push(reader.length()?);
        }
        for length in lengths {
            let (text, rest) = reader.rest.split_at_checked(length)?;
            reader.texts.push(Text::from(std::str::from_utf8(text).ok()?));
            reader.rest = rest;
        }
        Some(reader)
    }

    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A count of things that take a byte each at least.
    fn length(&mut self) -> Option<usize> {
        let length = usize::try_from(self.number()?).ok()?;
        (length <= self.rest.len()).then_some(length)
    }

    pub fn is_done(&self) -> bool {
        self.rest.is_empty()
    }
}

/// What can be written and read back.
pub(crate) trait Stored: Sized {
    fn write(&self, writer: &mut Writer);
    fn read(reader: &mut Reader<'_>) -> Option<Self>;
}

macro_rules! stored_number {
    ($($number:ty)*) => {$(
        impl Stored for $number {
            fn write(&self, writer: &mut Writer) {
                writer.number((*self).into());
            }

            fn read(reader: &mut Reader<'_>) -> Option<Self> {
                Self::try_from(reader.number()?).ok()
            }
        }
    )*};
}
stored_number!(u8 u32 u64);

impl Stored for bool {
    fn write(&self, writer: &mut Writer) {
        writer.number((*self).into());
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        match reader.number()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Stored for Text {
    fn write(&self, writer: &mut Writer) {
        writer.text(self);
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let at = usize::try_from(reader.number()?).ok()?;
        reader.texts.get(at).cloned()
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn write(&self, writer: &mut Writer) {
        writer.number(self.len() as u64);
        for item in self {
            item.write(writer);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let count = reader.length()?;
        let mut items = Vec::with_capacity(count);
        for _ in 0..count {
            items.push(T::read(reader)?);
        }
        Some(items)
    }
}

impl<T: Stored> Stored for Option<T> {
    fn write(&self, writer: &mut Writer) {
        self.is_some().write(writer);
        if let Some(value) = self {
            value.write(writer);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(if bool::read(reader)? { Some(T::read(reader)?) } else { None })
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
        self.1.write(writer);
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some((A::read(reader)?, B::read(reader)?))
    }
}

impl<A: Stored, B: Stored, C: Stored> Stored for (A, B, C) {
    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
        self.1.write(writer);
        self.2.write(writer);
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some((A::read(reader)?, B::read(reader)?, C::read(reader)?))
    }
}

/// A struct whose members are written in their order; those in `@link` are not written but worked out after reading.
macro_rules! stored {
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[$of:meta])* pub $member:ident: $type:ty,)*
        $(@link { $($(#[$link_of:meta])* pub $link:ident: $link_type:ty,)* })?
    }) => {
        $(#[$meta])*
        $vis struct $name {
            $($(#[$of])* pub $member: $type,)*
            $($($(#[$link_of])* pub $link: $link_type,)*)?
        }

        impl $crate::definitions::Stored for $name {
            fn write(&self, writer: &mut $crate::definitions::Writer) {
                $($crate::definitions::Stored::write(&self.$member, writer);)*
            }

            fn read(reader: &mut $crate::definitions::Reader<'_>) -> Option<Self> {
                Some(Self {
                    $($member: $crate::definitions::Stored::read(reader)?,)*
                    $($($link: Default::default(),)*)?
                })
            }
        }
    };
}
pub(super) use stored;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_a_cut_is_noticed() {
        type Sample = (Vec<(Text, u32)>, Option<Text>, bool);
        let value: Sample = (vec![("同じ".into(), 300), ("同じ".into(), u32::MAX)], Some("x".into()), true);
        let mut writer = Writer::default();
        value.write(&mut writer);
        let bytes = writer.finish();
        let mut reader = Reader::new(&bytes).unwrap();
        assert_eq!(Sample::read(&mut reader).unwrap(), value);
        assert!(reader.is_done());
        for end in 0..bytes.len() {
            assert!(Reader::new(&bytes[..end]).and_then(|mut r| Sample::read(&mut r)).is_none(), "{end}");
        }
    }
}
