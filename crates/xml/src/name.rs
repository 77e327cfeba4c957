/// What a query asks for: a local name in any namespace (`"id"`), or in one (`("urn:hl7-org:v3", "id")`).
pub trait Named: Copy {
    fn local(&self) -> &str;

    /// `None` where any will do.
    fn namespace(&self) -> Option<&str>;
}

impl Named for &str {
    #[inline]
    fn local(&self) -> &str {
        self
    }

    #[inline]
    fn namespace(&self) -> Option<&str> {
        None
    }
}

impl Named for (&str, &str) {
    #[inline]
    fn local(&self) -> &str {
        self.1
    }

    #[inline]
    fn namespace(&self) -> Option<&str> {
        Some(self.0)
    }
}

/// A name as written: `mmlPi:WholeName` is the prefix `mmlPi` and the local name `WholeName`.
#[derive(Clone, Copy, Debug, Eq)]
pub struct Prefixed<'t> {
    /// Empty where there is none.
    pub prefix: &'t str,
    pub local: &'t str,
}

impl<'t> Prefixed<'t> {
    /// `None` where it is no name, or one of more than two parts.
    pub(crate) fn parse(written: &'t str) -> Option<Self> {
        let mut colon = None;
        let mut begins = true;
        for (at, byte) in written.bytes().enumerate() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => begins = false,
                b'0'..=b'9' | b'-' | b'.' if !begins => {}
                b':' if !begins && colon.is_none() => (colon, begins) = (Some(at), true),
                0x80.. => return Self::parse_letters(written),
                _ => return None,
            }
        }
        let parts = colon.map_or(Some(("", written)), |at| Some((written.get(..at)?, written.get(at + 1..)?)));
        parts.filter(|_| !begins).map(|(prefix, local)| Self { prefix, local })
    }

    /// The same for names with letters beyond ASCII.
    fn parse_letters(written: &'t str) -> Option<Self> {
        let is_name = |part: &str| {
            let begins = part.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
            begins && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '・' | '々'))
        };
        let (prefix, local) = written.split_once(':').unwrap_or(("", written));
        let one = prefix.is_empty() && !written.starts_with(':');
        ((one || is_name(prefix)) && is_name(local)).then_some(Self { prefix, local })
    }
}

impl PartialEq for Prefixed<'_> {
    fn eq(&self, other: &Self) -> bool {
        same(self.local, other.local) && same(self.prefix, other.prefix)
    }
}

/// Equality of texts that are often empty: the C library's comparison takes a hundred times longer for no bytes than for a few, where
/// they point to nowhere.
#[inline]
pub fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && (one.is_empty() || one == other)
}

/// Whether a name in a namespace is the one that is asked for. Namespaces are looked up last.
#[inline]
pub fn fits<'n>(name: impl Named, local: &str, namespace: impl FnOnce() -> &'n str) -> bool {
    same(local, name.local()) && name.namespace().is_none_or(|asked| same(asked, namespace()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_part_or_two() {
        for (written, expected) in [
            ("a", Some(("", "a"))),
            ("mmlPi:WholeName", Some(("mmlPi", "WholeName"))),
            ("_a-1.b", Some(("", "_a-1.b"))),
            ("検査:項目", Some(("検査", "項目"))),
            ("a:項・目", Some(("a", "項・目"))),
            ("", None),
            (":", None),
            ("a:", None),
            (":a", None),
            (":項", None),
            ("a:b:c", None),
            ("項:b:c", None),
            ("1a", None),
            ("a:1", None),
            ("-a", None),
            ("・項", None),
            ("a b", None),
            ("a<", None),
            ("項\u{3000}目", None),
        ] {
            assert_eq!(Prefixed::parse(written).map(|name| (name.prefix, name.local)), expected, "{written}");
        }
    }
}
