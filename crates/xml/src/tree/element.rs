use super::{Content, Document, Index, NONE, Stored, StoredElement, position};
use crate::{Named, Prefixed};
use std::{borrow::Cow, fmt, fmt::Write as _, sync::Arc};
use tsugite_issue::{Address, InputName, Origin, Span};

/// An element of a document.
#[derive(Clone, Copy)]
pub struct Element<'d, 't> {
    pub(super) document: &'d Document<'t>,
    pub(super) index: Index,
}

/// What stands in an element, in reading order.
#[derive(Clone, Copy, Debug)]
pub enum Node<'d, 't> {
    Element(Element<'d, 't>),
    Text(&'d str),
}

impl<'d, 't> Element<'d, 't> {
    /// The name without its prefix.
    pub fn local(self) -> &'t str {
        self.name().local
    }

    /// The name as written.
    pub fn name(self) -> Prefixed<'t> {
        self.stored().map_or(Prefixed { prefix: "", local: "" }, |element| element.name)
    }

    /// Empty where the element is of none, or of a prefix that nobody declared.
    pub fn namespace(self) -> &'d str {
        self.document.namespace(self.stored().map_or(0, |element| element.namespace))
    }

    pub fn is(self, name: impl Named) -> bool {
        self.stored().is_some_and(|element| self.document.is(element, name))
    }

    pub fn parent(self) -> Option<Self> {
        let parent = self.node()?.parent;
        (parent != NONE).then_some(Self { index: parent, ..self })
    }

    /// Elements and runs of text, in reading order.
    pub fn nodes(self) -> impl Iterator<Item = Node<'d, 't>> + use<'d, 't> {
        let document = self.document;
        self.inner().map(move |(index, stored)| match &stored.content {
            Content::Element(_) => Node::Element(Element { document, index }),
            Content::Text(text) => Node::Text(text),
        })
    }

    pub fn children(self) -> impl Iterator<Item = Self> + use<'d, 't> {
        let document = self.document;
        self.inner().filter_map(move |(index, stored)| {
            matches!(stored.content, Content::Element(_)).then_some(Element { document, index })
        })
    }

    /// Children of a name.
    pub fn all<N: Named>(self, name: N) -> impl Iterator<Item = Self> + use<'d, 't, N> {
        let document = self.document;
        self.inner().filter_map(move |(index, stored)| match &stored.content {
            Content::Element(element) if document.is(element, name) => Some(Element { document, index }),
            _ => None,
        })
    }

    fn inner(self) -> impl Iterator<Item = (Index, &'d Stored<'t>)> + use<'d, 't> {
        let document = self.document;
        let (mut next, end) = self.node().map_or((0, 0), |node| (self.index.saturating_add(1), node.behind));
        std::iter::from_fn(move || {
            let index = next;
            let stored = document.nodes.get(position(index)).filter(|_| index < end)?;
            next = stored.behind;
            Some((index, stored))
        })
    }

    /// The first child of a name.
    pub fn child(self, name: impl Named) -> Option<Self> {
        self.all(name).next()
    }

    /// The first element down a way of children: `["recordTarget", "patientRole"]`. Each step takes the first that leads on.
    pub fn at<N: Named>(self, way: &[N]) -> Option<Self> {
        match way {
            [] => Some(self),
            [first, rest @ ..] => self.all(*first).find_map(|child| child.at(rest)),
        }
    }

    /// This element and all below it, in reading order.
    pub fn descendants(self) -> impl Iterator<Item = Self> + use<'d, 't> {
        let Self { document, index: top } = self;
        let end = self.node().map_or(top, |node| node.behind);
        let nodes = document.nodes.get(position(top)..position(end)).unwrap_or_default();
        (top..end).zip(nodes).filter_map(move |(index, stored)| {
            matches!(stored.content, Content::Element(_)).then_some(Self { document, index })
        })
    }

    /// All text in the element and below, as written.
    pub fn text(self) -> Cow<'d, str> {
        let mut text = Cow::Borrowed("");
        self.gather(&mut text);
        text
    }

    fn gather(self, text: &mut Cow<'d, str>) {
        for node in self.nodes() {
            match node {
                Node::Text(run) if text.is_empty() => *text = Cow::Borrowed(run),
                Node::Text(run) => text.to_mut().push_str(run),
                Node::Element(element) => element.gather(text),
            }
        }
    }

    /// The text without blanks around it; `None` where nothing is left.
    pub fn trimmed(self) -> Option<String> {
        let text = self.text();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The text of the first child of a name, without blanks around it; `None` where nothing is left.
    pub fn child_text(self, name: impl Named) -> Option<String> {
        self.child(name).and_then(Self::trimmed)
    }

    /// `ClinicalDocument/component/section[2]/entry[14]`: places are counted among the children of one name, the first says none.
    pub fn path(self) -> String {
        let mut path = String::with_capacity(PATH);
        self.write_path(&mut path);
        path
    }

    fn write_path(self, path: &mut String) {
        if let Some(parent) = self.parent() {
            parent.write_path(path);
            path.push('/');
        }
        let Prefixed { prefix, local } = self.name();
        if !prefix.is_empty() {
            path.push_str(beginning(prefix));
            path.push(':');
        }
        path.push_str(beginning(local));
        let place = self.stored().map_or(1, |stored| stored.place);
        if place > 1 {
            let _ = write!(path, "[{place}]");
        }
    }

    /// 1-based line and column (characters) of the tag.
    pub fn place(self) -> (u32, u32) {
        self.document.place(self.node().map_or(0, |node| node.at.start))
    }

    /// Path, line and column: no two elements of a document share it.
    pub fn address(self) -> Address {
        let (line, column) = self.place();
        let mut address = self.path();
        let _ = write!(address, " {line}:{column}");
        Address::Path(address)
    }

    /// The bytes of the file from the tag to behind the end tag.
    pub fn span(self) -> Span {
        self.node().map_or(Span::default(), |node| self.document.decoded.span(node.at.clone()))
    }

    pub fn origin(self, input: &Arc<InputName>) -> Origin {
        Origin { input: Arc::clone(input), span: self.span(), address: self.address() }
    }

    pub(super) fn node(self) -> Option<&'d Stored<'t>> {
        self.document.nodes.get(position(self.index))
    }

    pub(super) fn stored(self) -> Option<&'d StoredElement<'t>> {
        match &self.node()?.content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        }
    }
}

/// Characters of each name in a path.
const MOST_OF_A_NAME: usize = 64;
/// Bytes of a path with its place, more or less.
const PATH: usize = 112;

fn beginning(name: &str) -> &str {
    if name.len() <= MOST_OF_A_NAME {
        return name;
    }
    let end = name.char_indices().nth(MOST_OF_A_NAME).map_or(name.len(), |(at, _)| at);
    name.get(..end).unwrap_or(name)
}

impl PartialEq for Element<'_, '_> {
    /// The same place of the same document.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.index == other.index
    }
}

impl Eq for Element<'_, '_> {}

impl fmt::Debug for Element<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.address())
    }
}
