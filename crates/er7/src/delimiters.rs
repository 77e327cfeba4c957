/// The delimiters of a message, from MSH-1 and MSH-2. All are ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delimiters {
    pub field: u8,
    pub component: u8,
    pub repetition: u8,
    pub escape: u8,
    pub subcomponent: u8,
}

impl Default for Delimiters {
    /// `|^~\&`, which HL7 recommends and JAHIS prescribes.
    fn default() -> Self {
        Self { field: b'|', component: b'^', repetition: b'~', escape: b'\\', subcomponent: b'&' }
    }
}

impl Delimiters {
    /// Stands for "nothing delimits": NUL, which no decoded text holds. MSH-1 and MSH-2 are read with it.
    pub(crate) const NONE: Self = Self { field: 0, component: 0, repetition: 0, escape: 0, subcomponent: 0 };

    /// Reads the first line of a message, `MSH` and more. Places that are missing or cannot delimit get the default; `false`
    /// says that there was one.
    pub(crate) fn of_header(line: &[u8]) -> (Self, bool) {
        let mut delimiters = Self::default();
        let Some((field, behind)) = line.get(3..).and_then(<[u8]>::split_first).filter(|(byte, _)| can_delimit(**byte))
        else {
            return (delimiters, false);
        };
        delimiters.field = *field;
        let encoding_characters = behind.split(|byte| byte == field).next().unwrap_or_default();
        let mut complete = true;
        let mut seen = vec![*field];
        let places = [
            &mut delimiters.component,
            &mut delimiters.repetition,
            &mut delimiters.escape,
            &mut delimiters.subcomponent,
        ];
        for (index, place) in places.into_iter().enumerate() {
            match encoding_characters.get(index) {
                Some(byte) if can_delimit(*byte) && !seen.contains(byte) => *place = *byte,
                _ => complete = false,
            }
            seen.push(*place);
        }
        (delimiters, complete)
    }
}

/// Punctuation only: a letter or a digit would cut values to pieces.
const fn can_delimit(byte: u8) -> bool {
    byte.is_ascii_punctuation()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_says_what_delimits() {
        let default = Delimiters::default();
        for (line, expected, complete) in [
            ("MSH|^~\\&|HIS", default, true),
            ("MSH|^~\\%|HIS", Delimiters { subcomponent: b'%', ..default }, true),
            ("MSH#*~\\&#HIS", Delimiters { field: b'#', component: b'*', ..default }, true),
            ("MSH|^~\\&#|HIS", default, true),
            ("MSH|^~|HIS", default, false),
            ("MSH|^^\\&|HIS", default, false),
            ("MSH||HIS", default, false),
            ("MSH", default, false),
            ("MSHABC", default, false),
        ] {
            assert_eq!(Delimiters::of_header(line.as_bytes()), (expected, complete), "{line}");
        }
    }
}
