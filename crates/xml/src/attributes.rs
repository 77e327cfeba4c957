//! The attributes of a tag, as written.

/// The rest of a tag behind its name.
#[derive(Debug)]
pub struct Attributes<'t> {
    tag: &'t str,
    at: usize,
}

/// `name = "value"`.
#[derive(Debug, PartialEq, Eq)]
pub struct Written<'t> {
    pub name: &'t str,
    pub value: &'t str,
    /// Where the value begins in the tag.
    pub at: usize,
}

pub const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

impl<'t> Attributes<'t> {
    /// `tag` is all between `<` and `>`, `at` the end of its name.
    pub const fn new(tag: &'t str, at: usize) -> Self {
        Self { tag, at }
    }

    /// The next one; `Some(None)` where something else stands there.
    pub fn next(&mut self) -> Option<Option<Written<'t>>> {
        self.skip_blanks();
        (self.at < self.tag.len()).then(|| self.read())
    }

    fn read(&mut self) -> Option<Written<'t>> {
        let name = self.take(|byte| byte == b'=' || is_blank(byte));
        self.skip_blanks();
        (self.byte()? == b'=').then_some(())?;
        self.at += 1;
        self.skip_blanks();
        let quote = self.byte().filter(|byte| matches!(byte, b'"' | b'\''))?;
        self.at += 1;
        let at = self.at;
        let value = self.take(|byte| byte == quote);
        self.byte()?;
        self.at += 1;
        Some(Written { name, value, at })
    }

    fn byte(&self) -> Option<u8> {
        self.tag.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, ends: impl Fn(u8) -> bool) -> &'t str {
        let from = self.at;
        let rest = self.tag.as_bytes().get(from..).unwrap_or_default();
        self.at += rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len());
        self.tag.get(from..self.at).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        while self.byte().is_some_and(is_blank) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(tag: &str) -> Option<Vec<(&str, &str)>> {
        let mut attributes = Attributes::new(tag, 1);
        let mut found = Vec::new();
        while let Some(read) = attributes.next() {
            let written = read?;
            assert_eq!(tag.get(written.at..written.at + written.value.len()), Some(written.value));
            found.push((written.name, written.value));
        }
        Some(found)
    }

    #[test]
    fn attributes_are_read_as_xml_writes_them() {
        for (tag, expected) in [
            ("a", Some(vec![])),
            ("a \t\r\n", Some(vec![])),
            ("a b='1' c=\"2\"", Some(vec![("b", "1"), ("c", "2")])),
            ("a b = '検 \"査\" >' ", Some(vec![("b", "検 \"査\" >")])),
            ("a b=''", Some(vec![("b", "")])),
            ("a b=1", None),
            ("a b", None),
            ("a b c='1'", None),
            ("a b=", None),
            ("a b='1", None),
            ("a b='1\"", None),
            ("a b='1' c", None),
        ] {
            assert_eq!(all(tag), expected, "{tag}");
        }
    }
}
