use std::fmt;

/// The encodings that Japanese clinical systems write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Seven bits, no escape sequence: readable as any of the others.
    Ascii,
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Shift_JIS with the extensions of Windows (CP932).
    ShiftJis,
    EucJp,
    /// 7-bit JIS with escape sequences, the encoding of SS-MIX2; read with every extension seen in the field.
    Iso2022Jp,
}

impl Encoding {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ascii => "ASCII",
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::ShiftJis => "CP932",
            Self::EucJp => "EUC-JP",
            Self::Iso2022Jp => "ISO-2022-JP",
        }
    }

    /// Reads what a file declares: MSH-18 (`~ISO IR87`, `UNICODE UTF-8`), an XML declaration (`Shift_JIS`) or a setting.
    /// Case, spaces and punctuation do not matter.
    pub fn from_label(label: &str) -> Option<Self> {
        let folded: String =
            label.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        Some(match folded.as_str() {
            "ascii" | "usascii" | "isoir6" => Self::Ascii,
            "utf8" | "unicodeutf8" | "unicode" => Self::Utf8,
            "utf16" | "utf16le" => Self::Utf16Le,
            "utf16be" => Self::Utf16Be,
            "shiftjis" | "sjis" | "xsjis" | "mskanji" | "cp932" | "ms932" | "windows31j" | "cswindows31j" => {
                Self::ShiftJis
            }
            "eucjp" | "xeucjp" | "eucjpms" | "eucjpwin" => Self::EucJp,
            "iso2022jp" | "iso2022jp1" | "iso2022jp2" | "iso2022jpms" | "cp50220" | "cp50221" | "jis" => {
                Self::Iso2022Jp
            }
            other if names_a_jis_set(other) => Self::Iso2022Jp,
            _ => return None,
        })
    }
}

/// MSH-18 lists the sets in use (ISO IR14 Roman, IR87 kanji, IR159 supplement, IR13 kana), MSH-20 names ISO 2022-1994.
fn names_a_jis_set(folded: &str) -> bool {
    ["ir87", "ir159", "ir13", "ir14", "iso20221994"].iter().any(|set| folded.contains(set))
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_as_the_field_writes_them() {
        for (label, expected) in [
            ("~ISO IR87", Some(Encoding::Iso2022Jp)),
            ("~ISOIR87", Some(Encoding::Iso2022Jp)),
            ("ISO IR6~ISO IR87~ISO IR159", Some(Encoding::Iso2022Jp)),
            ("ISO 2022-1994", Some(Encoding::Iso2022Jp)),
            ("UNICODE UTF-8", Some(Encoding::Utf8)),
            ("Shift_JIS", Some(Encoding::ShiftJis)),
            ("windows-31j", Some(Encoding::ShiftJis)),
            ("EUC-JP", Some(Encoding::EucJp)),
            ("utf-16be", Some(Encoding::Utf16Be)),
            ("", None),
            ("8859/1", None),
        ] {
            assert_eq!(Encoding::from_label(label), expected, "{label}");
        }
    }
}
