use tsugite_charset::{Decoded, Detection, Encoding, GaijiTable, detect};

/// How far into the file a declaration reaches.
const REACH: usize = 256;

/// The encoding that the XML declaration names, where the file has one and this product knows it.
pub fn declared_encoding(bytes: &[u8]) -> Option<Encoding> {
    let head = bytes.get(..REACH).unwrap_or(bytes);
    // UTF-16 puts a zero beside each ASCII character of the declaration.
    let head: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head);
    let start = head.iter().position(|byte| *byte == b'<')?;
    let declaration = head.get(start..)?.strip_prefix(b"<?xml")?;
    let declaration = declaration.get(..declaration.iter().position(|byte| *byte == b'>')?)?;
    let declaration = String::from_utf8_lossy(declaration).into_owned();
    let (_, after) = declaration.split_once("encoding")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::from_label(after.get(1..)?.split(quote).next()?)
}

/// Decodes a file by what its bytes say. The declaration settles only what they leave open; [`Detection::issues`] tells where it is wrong.
pub fn decode<'a>(bytes: &'a [u8], gaiji: &GaijiTable) -> (Detection, Decoded<'a>) {
    let detection = detect(bytes, declared_encoding(bytes));
    let decoded = tsugite_charset::decode(bytes, detection.encoding, gaiji);
    (detection, decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_is_read_in_any_form() {
        for (head, expected) in [
            (&b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>"[..], Some(Encoding::Utf8)),
            (b"\xEF\xBB\xBF<?xml version='1.0' encoding = 'Shift_JIS' ?>", Some(Encoding::ShiftJis)),
            (b"<?xml version=\"1.0\" encoding=\"EUC-JP\"?>", Some(Encoding::EucJp)),
            (b"\r\n<?xml version=\"1.0\" encoding=\"iso-2022-jp\"?>", Some(Encoding::Iso2022Jp)),
            (
                b"<\0?\0x\0m\0l\0 \0e\0n\0c\0o\0d\0i\0n\0g\0=\0'\0u\0t\0f\0-\x001\x006\0'\0?\0>\0",
                Some(Encoding::Utf16Le),
            ),
            (b"<?xml version=\"1.0\"?><a encoding=\"UTF-8\"/>", None),
            (b"<a encoding='UTF-8'/>", None),
            (b"", None),
        ] {
            assert_eq!(declared_encoding(head), expected, "{}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn the_bytes_rule() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>診療情報提供書を作成した医療機関</a>";
        let bytes = encoding_of(text);
        let (detection, decoded) = decode(&bytes, &GaijiTable::default());
        assert_eq!((decoded.encoding, &*decoded.text), (Encoding::ShiftJis, text));
        assert_eq!(detection.evidence.declared, Some(Encoding::Utf8));
    }

    /// The text in CP932, of the few characters used above.
    fn encoding_of(text: &str) -> Vec<u8> {
        let table: Vec<(char, [u8; 2])> = "診療情報提供書を作成した医機関"
            .chars()
            .zip([
                [0x90, 0x66],
                [0x97, 0xC3],
                [0x8F, 0xEE],
                [0x95, 0xF1],
                [0x92, 0xF1],
                [0x8B, 0x9F],
                [0x8F, 0x91],
                [0x82, 0xF0],
                [0x8D, 0xEC],
                [0x90, 0xAC],
                [0x82, 0xB5],
                [0x82, 0xBD],
                [0x88, 0xE3],
                [0x8B, 0x40],
                [0x8A, 0xD6],
            ])
            .collect();
        let byte = |c: char| match table.iter().find(|(known, _)| *known == c) {
            Some((_, pair)) => pair.to_vec(),
            None => vec![u8::try_from(u32::from(c)).unwrap()],
        };
        text.chars().flat_map(byte).collect()
    }
}
