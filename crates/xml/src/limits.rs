/// How much an XML document may hold. The defaults are some ten times what the largest clinical document needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text of the whole document.
    pub document: usize,
    /// Bytes of one run of text or one attribute value.
    pub text: usize,
    /// Elements inside each other.
    pub depth: usize,
    /// Attributes of one element, namespace declarations included.
    pub attributes: usize,
    /// Elements, attributes and runs of text together.
    pub nodes: usize,
    /// Bytes of one name.
    pub name: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { document: 64 << 20, text: 48 << 20, depth: 128, attributes: 128, nodes: 500_000, name: 512 }
    }
}
