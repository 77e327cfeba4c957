//! What FHIR and its profiles demand, in the compact form that the engine walks: one form for the base table, for packages and for
//! their cache.

mod codec;
mod gaps;
mod link;
mod near;
mod slicing;
mod value;

pub(crate) use codec::{Reader, Stored, Writer};
pub(crate) use link::{Definitions, El};
pub(crate) use near::{Guess, package_of};
pub(crate) use value::Value;

use crate::fhirpath::Expression;
use codec::stored;
use std::sync::{Arc, OnceLock};

/// A text that many definitions share.
pub(crate) type Text = Arc<str>;

/// Keys come from definitions and from positions in the tree, not from what a stranger chose: no need for a keyed hash.
pub(crate) type Map<K, V> = rustc_hash::FxHashMap<K, V>;

/// No upper limit (`*`).
pub(crate) const MANY: u32 = u32::MAX;

stored! {
    /// Everything of one package.
    #[derive(Debug, Default)]
    pub(crate) struct Package {
        pub name: Text,
        pub version: Text,
        /// Names and versions of the packages that it builds on.
        pub dependencies: Vec<(Text, Text)>,
        pub structures: Vec<Structure>,
        pub value_sets: Vec<ValueSet>,
        pub code_systems: Vec<CodeSystem>,
        pub constraints: Vec<Constraint>,
        /// Systems of identifiers and codes that a NamingSystem declares.
        pub systems: Vec<Text>,
    }
}

stored! {
    /// A StructureDefinition.
    #[derive(Debug, Default)]
    pub(crate) struct Structure {
        pub url: Text,
        pub version: Text,
        /// The type that it defines or narrows.
        pub type_name: Text,
        /// Canonical of the definition that it is derived from.
        pub base: Text,
        pub kind: u8,
        /// It narrows a type instead of defining one.
        pub profile: bool,
        /// Where an extension may stand: kind and expression.
        pub contexts: Vec<(Text, Text)>,
        /// The snapshot as a tree; the first is the root. A profile keeps only what base R4 does not say already.
        pub elements: Vec<Element>,
        @link {
            /// Package, set when linked.
            pub package: usize,
            /// Some invariant of its elements asks for the resource around them.
            pub looks_out: bool,
            pub primitive: Primitive,
            pub special: Option<Special>,
        }
    }
}

/// How the text of a primitive type is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Primitive {
    /// Any text.
    #[default]
    String,
    Markdown,
    Boolean,
    Integer,
    PositiveInt,
    UnsignedInt,
    Decimal,
    Base64Binary,
    Canonical,
    Uri,
    Code,
    Id,
    Oid,
    Uuid,
    Date,
    DateTime,
    Instant,
    Time,
    Xhtml,
}

impl Primitive {
    pub fn of(name: &str) -> Self {
        match name {
            "markdown" => Self::Markdown,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "positiveInt" => Self::PositiveInt,
            "unsignedInt" => Self::UnsignedInt,
            "decimal" => Self::Decimal,
            "base64Binary" => Self::Base64Binary,
            "canonical" => Self::Canonical,
            "uri" | "url" => Self::Uri,
            "code" => Self::Code,
            "id" => Self::Id,
            "oid" => Self::Oid,
            "uuid" => Self::Uuid,
            "date" => Self::Date,
            "dateTime" => Self::DateTime,
            "instant" => Self::Instant,
            "time" => Self::Time,
            "xhtml" => Self::Xhtml,
            _ => Self::String,
        }
    }
}

/// Data types whose values have more to obey than their elements say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Special {
    Extension,
    Reference,
    Coding,
    Quantity,
    Identifier,
}

impl Special {
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "Extension" => Self::Extension,
            "Reference" => Self::Reference,
            "Coding" => Self::Coding,
            "Quantity" | "Age" | "Duration" | "Count" | "Distance" => Self::Quantity,
            "Identifier" => Self::Identifier,
            _ => return None,
        })
    }
}

/// A FHIR type that is no object in JSON.
pub(crate) const PRIMITIVE: u8 = 0;
pub(crate) const COMPLEX: u8 = 1;
pub(crate) const RESOURCE: u8 = 2;

stored! {
    /// An ElementDefinition.
    #[derive(Debug, Default, Clone)]
    pub(crate) struct Element {
        /// The last step of the path, without `[x]`.
        pub name: Text,
        /// The path in the base definition, such as `Observation.component.value[x]`.
        pub path: Text,
        /// `[x]`: the type is part of the name in JSON.
        pub choice: bool,
        pub slice: Option<Text>,
        pub min: u32,
        pub max: u32,
        /// An array in JSON.
        pub repeats: bool,
        pub types: Vec<TypeRef>,
        /// A profile allows fewer types than the base.
        pub narrowed: bool,
        pub fixed: Option<Value>,
        pub pattern: Option<Value>,
        pub max_length: Option<u32>,
        pub min_value: Option<Text>,
        pub max_value: Option<Text>,
        pub binding: Option<Binding>,
        /// Indices into the package's constraints; when linked, into those of all.
        pub constraints: Vec<u32>,
        /// The element of the same structure whose children are meant.
        pub content: Option<Text>,
        pub children: Vec<u32>,
        pub slices: Vec<u32>,
        pub slicing: Option<Slicing>,
        @link {
            pub content_at: Option<u32>,
            /// The children that must be there: a bit each, in their order.
            pub required: u128,
            pub matchers: Vec<Matcher>,
        }
    }
}

stored! {
    #[derive(Debug, Default, Clone)]
    pub(crate) struct TypeRef {
        pub code: Text,
        pub profiles: Vec<Canonical>,
        pub targets: Vec<Canonical>,
        @link {
            pub structure: Option<usize>,
        }
    }
}

stored! {
    /// The URL of a definition, perhaps with `|version`, and the definition it was found to mean.
    #[derive(Debug, Default, Clone)]
    pub(crate) struct Canonical {
        pub url: Text,
        @link {
            pub to: Option<usize>,
        }
    }
}

stored! {
    #[derive(Debug, Default, Clone)]
    pub(crate) struct Binding {
        pub required: bool,
        pub value_set: Canonical,
        /// The outer limit of an extensible binding.
        pub limit: Option<Canonical>,
    }
}

stored! {
    #[derive(Debug, Default, Clone)]
    pub(crate) struct Slicing {
        pub closed: bool,
        pub ordered: bool,
        /// Type (`value`, `pattern`, `exists`, `type`, `profile`) and path.
        pub discriminators: Vec<(Text, Text)>,
    }
}

stored! {
    /// An invariant.
    #[derive(Debug, Default)]
    pub(crate) struct Constraint {
        pub key: Text,
        pub error: bool,
        pub expression: Text,
        pub human: Text,
        @link {
            /// `None` inside: the evaluator does not know it.
            pub compiled: OnceLock<Option<Box<Expression>>>,
        }
    }
}

stored! {
    #[derive(Debug, Default)]
    pub(crate) struct ValueSet {
        pub url: Text,
        pub version: Text,
        pub include: Vec<Include>,
        pub exclude: Vec<Include>,
        /// It has a definition that can be looked into.
        pub composed: bool,
        /// Codes of an expansion without definition: system and code.
        pub expansion: Vec<(Text, Text)>,
        @link {
            pub package: usize,
        }
    }
}

stored! {
    #[derive(Debug, Default)]
    pub(crate) struct Include {
        pub system: Option<Text>,
        /// Sorted.
        pub codes: Vec<Text>,
        /// Property, operation, value.
        pub filters: Vec<(Text, Text, Text)>,
        pub value_sets: Vec<Canonical>,
        @link {
            pub code_system: Option<usize>,
        }
    }
}

stored! {
    #[derive(Debug, Default)]
    pub(crate) struct CodeSystem {
        pub url: Text,
        pub version: Text,
        /// `complete`, `fragment`, `example`, `not-present`, `supplement`.
        pub content: Text,
        /// Sorted by code.
        pub concepts: Vec<Concept>,
        @link {
            pub package: usize,
        }
    }
}

stored! {
    #[derive(Debug, Default)]
    pub(crate) struct Concept {
        pub code: Text,
        pub display: Option<Text>,
        /// Other names of the code, such as the Japanese one.
        pub designations: Vec<Text>,
        pub parents: Vec<Text>,
        pub properties: Vec<(Text, Text)>,
    }
}

impl CodeSystem {
    pub fn find(&self, code: &str) -> Option<&Concept> {
        let at = self.concepts.binary_search_by(|c| (*c.code).cmp(code)).ok()?;
        self.concepts.get(at)
    }

    /// All its codes are here, so that a code that is not is none.
    pub fn is_complete(&self) -> bool {
        &*self.content == "complete" && !self.concepts.is_empty()
    }

    /// Whether `ancestor` stands above `code`.
    pub fn is_below(&self, code: &str, ancestor: &str) -> bool {
        // Hierarchies are a few levels deep; the bound only stops one that runs in a circle.
        self.climbs(code, ancestor, 32)
    }

    fn climbs(&self, code: &str, ancestor: &str, left: u8) -> bool {
        let Some(concept) = self.find(code).filter(|_| left > 0) else {
            return false;
        };
        concept.parents.iter().any(|p| &**p == ancestor || self.climbs(p, ancestor, left - 1))
    }
}

/// How a slice is told from its siblings, worked out when linked.
#[derive(Debug, Clone)]
pub(crate) struct Matcher {
    pub steps: Vec<Step>,
    pub test: Test,
}

#[derive(Debug, Clone)]
pub(crate) enum Test {
    Fixed(Value),
    Pattern(Value),
    /// Some value is in the value set.
    Binding(Binding, Text),
    Present,
    Absent,
    /// Names of types; of resources where the value is one.
    Type(Vec<Text>),
    /// Structures, one of which it conforms to.
    Profile(Vec<usize>),
    /// The profile gives nothing to tell the slice by.
    Never,
}

/// One step of a discriminator's path.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Field(Text),
    Resolve,
    Extension(Text),
}

impl Structure {
    /// The canonical with version, as findings name it.
    pub fn canonical(&self) -> String {
        if self.version.is_empty() { self.url.to_string() } else { format!("{}|{}", self.url, self.version) }
    }

    pub fn element(&self, index: u32) -> Option<&Element> {
        self.elements.get(index as usize)
    }
}

impl Element {
    /// The name as definitions write it.
    pub fn json_name(&self) -> String {
        if self.choice { format!("{}[x]", self.name) } else { self.name.to_string() }
    }

    /// The type of that name.
    pub fn type_named(&self, code: &str) -> Option<&TypeRef> {
        self.types.iter().find(|t| &*t.code == code)
    }
}
