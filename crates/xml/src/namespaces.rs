use crate::name::same;
use std::borrow::Cow;

/// Namespaces in scope. Names of namespaces are kept once and named by number; 0 is none.
#[derive(Debug, Default)]
pub struct Namespaces<'t> {
    names: Vec<Cow<'t, str>>,
    bindings: Vec<Binding<'t>>,
}

#[derive(Debug)]
struct Binding<'t> {
    prefix: &'t str,
    namespace: u32,
    depth: usize,
}

/// The prefix `xml` is bound by the standard.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

impl<'t> Namespaces<'t> {
    pub fn new() -> Self {
        let names = vec![Cow::Borrowed(""), Cow::Borrowed(XML)];
        Self { names, bindings: vec![Binding { prefix: "xml", namespace: 1, depth: 0 }] }
    }

    /// Answers whether the prefix was not bound at this depth before.
    pub fn bind(&mut self, prefix: &'t str, name: Cow<'t, str>, depth: usize) -> bool {
        let mut here = self.bindings.iter().rev().take_while(|binding| binding.depth >= depth);
        let is_new = here.all(|binding| !same(binding.prefix, prefix));
        let known = self.names.iter().position(|known| same(known, &name));
        let namespace = known.unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        self.bindings.push(Binding { prefix, namespace: u32::try_from(namespace).unwrap_or(0), depth });
        is_new
    }

    /// Forgets what was bound at this depth or below.
    pub fn leave(&mut self, depth: usize) {
        while self.bindings.last().is_some_and(|binding| binding.depth >= depth && binding.depth > 0) {
            self.bindings.pop();
        }
    }

    /// The namespace of a prefix; `None` where nobody bound it. No prefix and no default is no namespace.
    pub fn of(&self, prefix: &str) -> Option<u32> {
        let bound = self.bindings.iter().rev().find(|binding| same(binding.prefix, prefix));
        bound.map(|binding| binding.namespace).or_else(|| prefix.is_empty().then_some(0))
    }

    /// How many names are known.
    pub const fn len(&self) -> usize {
        self.names.len()
    }

    /// How many prefixes are bound here.
    pub const fn in_scope(&self) -> usize {
        self.bindings.len()
    }

    pub fn name(&self, namespace: u32) -> &str {
        self.names.get(usize::try_from(namespace).unwrap_or(0)).map_or("", |name| name)
    }

    pub fn into_names(self) -> Vec<Cow<'t, str>> {
        self.names
    }
}
