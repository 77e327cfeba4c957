//! One document of a JSON file, or one a line of an NDJSON file.

/// A document and where it stands in its file.
pub struct Document<'b> {
    pub bytes: &'b [u8],
    pub offset: u64,
    pub lines_before: u32,
}

/// The documents of a file: one a line when the first line is a document and another one follows.
pub fn documents(bytes: &[u8]) -> Box<dyn Iterator<Item = Document<'_>> + '_> {
    if is_ndjson(bytes) {
        return Box::new(lines(bytes));
    }
    Box::new(std::iter::once(Document { bytes, offset: 0, lines_before: 0 }))
}

/// No document goes on with `{` on a new line after a line that ended with `}`: a comma must stand between.
fn is_ndjson(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let first = lines.next().is_some_and(|line| line.starts_with(b"{") && line.ends_with(b"}"));
    first && lines.next().is_some_and(|line| line.starts_with(b"{"))
}

/// A document each line that is not blank.
pub fn lines(bytes: &[u8]) -> impl Iterator<Item = Document<'_>> {
    let mut offset = 0;
    let all = bytes.split(|byte| *byte == b'\n').zip(0..).map(move |(line, lines_before)| {
        let document = Document { bytes: line, offset, lines_before };
        offset += line.len() as u64 + 1;
        document
    });
    all.filter(|document| !document.bytes.trim_ascii().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_one_document_or_one_a_line() {
        for (text, places) in [
            ("{\n\"a\":1}\n", &[(0, 0)][..]),
            ("{\"a\":1}\n{\"a\":2}\n", &[(0, 0), (8, 1)]),
            ("{\"a\":1}\n", &[(0, 0)]),
            ("\n{\"a\":1}\n\n{\n", &[(1, 1), (10, 3)]),
            ("[\n1,\n2]", &[(0, 0)]),
            ("{\"a\":{\"b\":1}\n,\"c\":{}}\n", &[(0, 0)]),
        ] {
            let found: Vec<_> = documents(text.as_bytes()).map(|d| (d.offset, d.lines_before)).collect();
            assert_eq!(found, places, "{text:?}");
        }
    }
}
