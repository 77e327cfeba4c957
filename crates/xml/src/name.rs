/// What a query asks for: a local name in any namespace (`"id"`), or in one (`("urn:hl7-org:v3", "id")`).
pub trait Named: Copy {
    fn matches(self, namespace: &str, local: &str) -> bool;
}

impl Named for &str {
    fn matches(self, _: &str, local: &str) -> bool {
        self == local
    }
}

impl Named for (&str, &str) {
    fn matches(self, namespace: &str, local: &str) -> bool {
        self.1 == local && self.0 == namespace
    }
}

/// A name as written: `mmlPi:WholeName` is the prefix `mmlPi` and the local name `WholeName`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Prefixed<'t> {
    /// Empty where there is none.
    pub prefix: &'t str,
    pub local: &'t str,
}

impl<'t> Prefixed<'t> {
    pub(crate) fn of(written: &'t str) -> Self {
        match written.split_once(':') {
            Some((prefix, local)) => Self { prefix, local },
            None => Self { prefix: "", local: written },
        }
    }
}
