//! The expression tree.

use super::moment::MomentKind;
use super::pattern::Pattern;

#[derive(Debug)]
pub(super) enum Expr {
    /// `{}`
    Empty,
    Boolean(bool),
    Integer(i64),
    Decimal(Box<str>),
    Text(Box<str>),
    Moment(MomentKind, Box<str>),
    Quantity(Box<str>, Box<str>),
    This,
    Index,
    Total,
    Context,
    Resource,
    RootResource,
    Child(Box<Expr>, Box<str>),
    /// The first name of a path: an element, or the type of the focus itself (`Patient.name`).
    Head(Box<str>),
    Item(Box<Expr>, Box<Expr>),
    Negative(Box<Expr>),
    /// Chains of `and` and of `or` lie flat: they may be long.
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    Is(Box<Expr>, TypeName),
    /// `as` and `ofType`. On several values both filter: R4's own invariants use `as` so.
    OfType(Box<Expr>, TypeName),
    Matches(Box<Expr>, Regular),
    ReplaceMatches(Box<Expr>, Regular, Box<Expr>),
    Call(Box<Expr>, Function, Vec<Expr>),
    /// A question that has the same answer wherever it is asked in the evaluation.
    Once(Box<Expr>),
}

/// A regular expression: compiled with the expression where it is a literal.
#[derive(Debug)]
pub(super) enum Regular {
    Fixed(Pattern),
    Computed(Box<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Xor,
    Implies,
    Equal,
    NotEqual,
    Equivalent,
    NotEquivalent,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Contains,
    Union,
    Add,
    Subtract,
    Concatenate,
    Multiply,
    Divide,
    Div,
    Mod,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Namespace {
    Any,
    Fhir,
    System,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TypeName {
    pub namespace: Namespace,
    pub name: Box<str>,
}

macro_rules! functions {
    ($($name:literal $variant:ident $least:literal $most:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Function { $($variant,)* }

        impl Function {
            /// The function of that name with the least and greatest number of its arguments.
            pub fn find(name: &str) -> Option<(Function, &'static str, usize, usize)> {
                match name {
                    $($name => Some((Function::$variant, $name, $least, $most)),)*
                    _ => None,
                }
            }
        }
    };
}

functions! {
    "aggregate" Aggregate 1 2,
    "all" All 1 1,
    "allFalse" AllFalse 0 0,
    "allTrue" AllTrue 0 0,
    "anyFalse" AnyFalse 0 0,
    "anyTrue" AnyTrue 0 0,
    "children" Children 0 0,
    "combine" Combine 1 1,
    "contains" Contains 1 1,
    "count" Count 0 0,
    "descendants" Descendants 0 0,
    "distinct" Distinct 0 0,
    "empty" Empty 0 0,
    "endsWith" EndsWith 1 1,
    "exclude" Exclude 1 1,
    "exists" Exists 0 1,
    "extension" Extension 1 1,
    "first" First 0 0,
    "getValue" GetValue 0 0,
    "hasValue" HasValue 0 0,
    "htmlChecks" HtmlChecks 0 0,
    "iif" Iif 2 3,
    "indexOf" IndexOf 1 1,
    "intersect" Intersect 1 1,
    "isDistinct" IsDistinct 0 0,
    "last" Last 0 0,
    "length" Length 0 0,
    "lower" Lower 0 0,
    "memberOf" MemberOf 1 1,
    "not" Not 0 0,
    "repeat" Repeat 1 1,
    "replace" Replace 2 2,
    "resolve" Resolve 0 0,
    "select" Select 1 1,
    "single" Single 0 0,
    "skip" Skip 1 1,
    "startsWith" StartsWith 1 1,
    "subsetOf" SubsetOf 1 1,
    "substring" Substring 1 2,
    "supersetOf" SupersetOf 1 1,
    "tail" Tail 0 0,
    "take" Take 1 1,
    "toBoolean" ToBoolean 0 0,
    "toDecimal" ToDecimal 0 0,
    "toInteger" ToInteger 0 0,
    "toQuantity" ToQuantity 0 0,
    "toString" ToText 0 0,
    "trace" Trace 1 2,
    "union" Union 1 1,
    "upper" Upper 0 0,
    "where" Where 1 1,
}
