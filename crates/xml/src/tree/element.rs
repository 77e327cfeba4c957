use super::{Content, Document, Index, NONE, Stored, StoredElement, build::position};
use crate::{Named, Prefixed};
use std::{borrow::Cow, fmt, sync::Arc};
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

/// An attribute with its place.
#[derive(Clone, Copy)]
pub struct Attribute<'d, 't> {
    element: Element<'d, 't>,
    index: usize,
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
        name.matches(self.namespace(), self.local())
    }

    pub fn parent(self) -> Option<Self> {
        let parent = self.node()?.parent;
        (parent != NONE).then_some(Self { index: parent, ..self })
    }

    /// Elements and runs of text, in reading order.
    pub fn nodes(self) -> impl Iterator<Item = Node<'d, 't>> + use<'d, 't> {
        let document = self.document;
        let mut next = self.stored().map_or(NONE, |element| element.first);
        std::iter::from_fn(move || {
            let index = next;
            let stored = document.nodes.get(position(index))?;
            next = stored.next;
            Some(match &stored.content {
                Content::Element(_) => Node::Element(Element { document, index }),
                Content::Text(text) => Node::Text(text),
            })
        })
    }

    pub fn children(self) -> impl Iterator<Item = Self> + use<'d, 't> {
        self.nodes().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Children of a name.
    pub fn all<N: Named>(self, name: N) -> impl Iterator<Item = Self> + use<'d, 't, N> {
        self.children().filter(move |child| child.is(name))
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
        let mut at = top;
        let inside = move |index: Index| {
            let end = document.nodes.get(position(top)).map_or(0, |node| node.at.end);
            document.nodes.get(position(index)).is_some_and(|node| node.at.start < end)
        };
        std::iter::from_fn(move || {
            while inside(at) {
                let index = at;
                at = at.saturating_add(1);
                let node = document.nodes.get(position(index))?;
                if matches!(node.content, Content::Element(_)) {
                    return Some(Self { document, index });
                }
            }
            None
        })
    }

    /// The value of an attribute: `attr("code")`, `attr((XSI, "type"))`. A plain name asks for one without a prefix first.
    pub fn attr(self, name: impl Named) -> Option<&'d str> {
        self.attribute(name).map(Attribute::value)
    }

    pub fn attribute(self, name: impl Named) -> Option<Attribute<'d, 't>> {
        let fits = |attribute: &Attribute<'_, '_>| name.matches(attribute.namespace(), attribute.name().local);
        let plain = self.attributes().find(|attribute| attribute.name().prefix.is_empty() && fits(attribute));
        plain.or_else(|| self.attributes().find(fits))
    }

    /// In reading order, without namespace declarations.
    pub fn attributes(self) -> impl Iterator<Item = Attribute<'d, 't>> + use<'d, 't> {
        let range = self.stored().map_or(0..0, |element| element.attributes.clone());
        range.map(move |index| Attribute { element: self, index: position(index) })
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
        let mut way = vec![];
        let mut at = Some(self);
        while let Some(element) = at {
            way.push(element);
            at = element.parent();
        }
        let mut path = String::new();
        for element in way.into_iter().rev() {
            if !path.is_empty() {
                path.push('/');
            }
            let Prefixed { prefix, local } = element.name();
            if !prefix.is_empty() {
                path.extend(prefix.chars().take(MOST_OF_A_NAME).chain([':']));
            }
            path.extend(local.chars().take(MOST_OF_A_NAME));
            let place = element.stored().map_or(1, |stored| stored.place);
            if place > 1 {
                path.push('[');
                path.push_str(&place.to_string());
                path.push(']');
            }
        }
        path
    }

    /// 1-based line and column (characters) of the tag.
    pub fn place(self) -> (u32, u32) {
        self.stored().map_or((1, 1), |element| (element.line, element.column))
    }

    /// Path, line and column: no two elements of a document share it.
    pub fn address(self) -> Address {
        let (line, column) = self.place();
        Address::Path(format!("{} {line}:{column}", self.path()))
    }

    /// The bytes of the file from the tag to behind the end tag.
    pub fn span(self) -> Span {
        self.node().map_or(Span::default(), |node| self.document.decoded.span(node.at.clone()))
    }

    pub fn origin(self, input: &Arc<InputName>) -> Origin {
        Origin { input: Arc::clone(input), span: self.span(), address: self.address() }
    }

    fn node(self) -> Option<&'d Stored<'t>> {
        self.document.nodes.get(position(self.index))
    }

    fn stored(self) -> Option<&'d StoredElement<'t>> {
        match &self.node()?.content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        }
    }
}

/// Of each name in a path.
const MOST_OF_A_NAME: usize = 64;

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

impl<'d, 't> Attribute<'d, 't> {
    pub fn name(self) -> Prefixed<'t> {
        self.stored().map_or(Prefixed { prefix: "", local: "" }, |attribute| attribute.name)
    }

    pub fn namespace(self) -> &'d str {
        self.element.document.namespace(self.stored().map_or(0, |attribute| attribute.namespace))
    }

    pub fn value(self) -> &'d str {
        self.stored().map_or("", |attribute| &attribute.value)
    }

    /// The bytes of the value in the file.
    pub fn span(self) -> Span {
        self.stored().map_or(Span::default(), |attribute| self.element.document.decoded.span(attribute.at.clone()))
    }

    /// `ClinicalDocument/id/@extension 12:3`: line and column are those of the element.
    pub fn address(self) -> Address {
        let (line, column) = self.element.place();
        let Prefixed { prefix, local } = self.name();
        let colon = if prefix.is_empty() { "" } else { ":" };
        Address::Path(format!("{}/@{prefix}{colon}{local} {line}:{column}", self.element.path()))
    }

    pub fn origin(self, input: &Arc<InputName>) -> Origin {
        Origin { input: Arc::clone(input), span: self.span(), address: self.address() }
    }

    fn stored(self) -> Option<&'d super::StoredAttribute<'t>> {
        self.element.document.attributes.get(self.index)
    }
}

impl fmt::Debug for Attribute<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.address())
    }
}

impl<'t> Document<'t> {
    fn namespace(&self, index: u32) -> &str {
        self.namespaces.get(position(index)).map_or("", |name| name)
    }
}
