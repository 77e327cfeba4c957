use memchr::memmem;
use tsugite_charset::Encoding;

/// How far into the input the first MSH is looked for.
const REACH: usize = 4096;
/// MSH-18 is the 17th field behind the one that the separator itself is.
const CHARACTER_SET: usize = 17;

/// The encoding that MSH-18 declares. A hint for [`tsugite_charset::detect`] only: exports often write another.
///
/// Reads bytes, since it comes before decoding; the fields up to MSH-18 are ASCII in every encoding but UTF-16.
pub fn declared_encoding(bytes: &[u8]) -> Option<Encoding> {
    let head = bytes.get(..REACH).unwrap_or(bytes);
    let starts_line = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| head.get(before));
        before.is_none_or(|byte| !byte.is_ascii_graphic())
    };
    let at = memmem::find_iter(head, b"MSH").find(starts_line)?;
    let line = bytes.get(at..)?.split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
    let separator = line.get(3)?;
    let field = line.split(|byte| byte == separator).nth(CHARACTER_SET)?;
    Encoding::from_label(std::str::from_utf8(field).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn msh_18_is_found_wherever_the_message_begins() {
        let header = "MSH|^~\\&|HIS|A|GW|B|20260101||ADT^A08|1|P|2.5||||||~ISO IR87||ISO 2022-1994\r";
        for before in ["", "\u{FEFF}", "\u{b}", "#SSMIX,2.00,0019999999\r\n"] {
            assert_eq!(declared_encoding(format!("{before}{header}").as_bytes()), Some(Encoding::Iso2022Jp));
        }
        assert_eq!(declared_encoding(header.replace("~ISO IR87", "").as_bytes()), None);
        assert_eq!(declared_encoding(b"PID|XMSH|"), None);
        assert_eq!(declared_encoding(b"MSH"), None);
    }
}
