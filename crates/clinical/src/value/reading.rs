use super::Number;
use std::fmt;

/// How the true value lies to the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparator {
    Less,
    LessOrEqual,
    GreaterOrEqual,
    Greater,
}

impl Comparator {
    /// The code of FHIR Quantity.comparator.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::GreaterOrEqual => ">=",
            Self::Greater => ">",
        }
    }
}

/// 定性結果: what it means, apart from its many spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Qualitative {
    /// `(-)`.
    Minus,
    /// `(±)`.
    PlusMinus,
    /// `(+)` to `(5+)`: 1 to 5.
    Plus(u8),
    /// 陰性.
    Negative,
    /// 陽性.
    Positive,
    /// 判定保留.
    OnHold,
}

impl Qualitative {
    pub const ALL: [Self; 10] = [
        Self::Minus,
        Self::PlusMinus,
        Self::Plus(1),
        Self::Plus(2),
        Self::Plus(3),
        Self::Plus(4),
        Self::Plus(5),
        Self::Negative,
        Self::Positive,
        Self::OnHold,
    ];

    /// The name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minus => "-",
            Self::PlusMinus => "+-",
            Self::Plus(0 | 1) => "+",
            Self::Plus(2) => "2+",
            Self::Plus(3) => "3+",
            Self::Plus(4) => "4+",
            Self::Plus(_) => "5+",
            Self::Negative => "neg",
            Self::Positive => "pos",
            Self::OnHold => "hold",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meaning| meaning.name() == name)
    }
}

/// A number with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measurement {
    pub comparator: Option<Comparator>,
    pub number: Number,
    /// The unit inside the value, as written without blanks.
    pub unit: Option<String>,
    /// 希釈倍率: `×80`, `80倍`.
    pub titre: bool,
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    Measurement(Measurement),
    /// `1-4`: no number of FHIR's valueQuantity.
    Range {
        low: Number,
        high: Number,
        unit: Option<String>,
    },
    /// `52/3`.
    Fraction {
        numerator: Number,
        denominator: Number,
    },
    Qualitative {
        meaning: Qualitative,
        /// As written, without the blanks around it.
        text: String,
    },
    /// Not understood, or words.
    Text(String),
    /// No result, and why.
    Absent {
        /// A code of FHIR data-absent-reason.
        reason: &'static str,
        text: String,
    },
}

/// What one field says: one result, or two (`3+(300)`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readings {
    One(Reading),
    Two(Reading, Reading),
}

impl Readings {
    pub const fn first(&self) -> &Reading {
        match self {
            Self::One(first) | Self::Two(first, _) => first,
        }
    }

    pub const fn second(&self) -> Option<&Reading> {
        match self {
            Self::One(_) => None,
            Self::Two(_, second) => Some(second),
        }
    }
}

/// As one spelling that reads back to the same.
impl fmt::Display for Measurement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.comparator.map_or("", Comparator::code))?;
        write!(f, "{}", self.number)?;
        f.write_str(if self.titre { "倍" } else { self.unit.as_deref().unwrap_or_default() })
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Measurement(measurement) => measurement.fmt(f),
            Self::Range { low, high, unit } => write!(f, "{low}-{high}{}", unit.as_deref().unwrap_or_default()),
            Self::Fraction { numerator, denominator } => write!(f, "{numerator}/{denominator}"),
            Self::Qualitative { text, .. } | Self::Text(text) | Self::Absent { text, .. } => f.write_str(text),
        }
    }
}

impl fmt::Display for Readings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(reading) => reading.fmt(f),
            Self::Two(first, second) => write!(f, "{first}({second})"),
        }
    }
}
