use std::fmt;

/// Why an expression cannot be used. The package that carries it must not be used as if the expression had passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    /// Byte offset in the expression.
    pub position: usize,
    pub what: CompileFault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompileFault {
    /// Something else was expected here.
    Expected(&'static str),
    UnknownCharacter(char),
    UnknownFunction(String),
    /// `%name` that nobody supplies.
    UnknownVariable(String),
    Arguments {
        function: &'static str,
        given: usize,
    },
    /// A regular expression that our engine does not know (look-around, back-references).
    Pattern(String),
    Moment,
    /// More than [`super::MAX_HEIGHT`] levels.
    TooDeep,
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            CompileFault::Expected(what) => write!(f, "{what} expected"),
            CompileFault::UnknownCharacter(c) => write!(f, "character {c:?} is not FHIRPath"),
            CompileFault::UnknownFunction(name) => write!(f, "function {name}() is not known"),
            CompileFault::UnknownVariable(name) => write!(f, "variable %{name} is not known"),
            CompileFault::Arguments { function, given } => write!(f, "{function}() does not take {given} arguments"),
            CompileFault::Pattern(why) => write!(f, "regular expression is not understood: {why}"),
            CompileFault::Moment => f.write_str("date or time is not well formed"),
            CompileFault::TooDeep => f.write_str("expression is nested too deeply"),
        }?;
        write!(f, " (at byte {})", self.position)
    }
}

impl std::error::Error for CompileError {}

/// Why an expression has no result for this resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvaluationError {
    /// One value was needed and several came.
    Several,
    /// A value has not the type that the operator or function needs.
    WrongType,
    /// The two values cannot be compared.
    NotComparable,
    /// A regular expression made by the expression itself is not understood.
    Pattern,
    /// The resource and the expression together would take too long.
    TooCostly,
}

impl fmt::Display for EvaluationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Several => "one value needed, several found",
            Self::WrongType => "value of another type needed",
            Self::NotComparable => "values cannot be compared",
            Self::Pattern => "regular expression is not understood",
            Self::TooCostly => "evaluation would take too long",
        })
    }
}

impl std::error::Error for EvaluationError {}
