use crate::Issued;
use std::{fmt, str::FromStr};
use tsugite_clinical::{
    DateTime, PatientId,
    policy::{Baselines, Institution, Overlay, Policy, Since},
};
use tsugite_issue::Definition;

/// Everything besides the chart that decides what is reported: the same chart and site give the same bytes.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    pub institution: &'a Institution,
    pub policy: &'a Policy,
    pub overlay: &'a Overlay,
    pub baselines: &'a Baselines,
    /// The clock. A date alone means midnight in Japan.
    pub as_of: DateTime,
    /// Laboratory results collected before this are not carried; lists are made for patients seen on or after it.
    pub since: Since,
    /// What a ledger knows; [`crate::NeverIssued`] without one.
    pub issued: &'a dyn Issued,
    pub ig: IgVersion,
    /// Whom the chart is about; `None`: the id of its facts says it.
    pub subject: Option<Subject<'a>>,
}

/// The person behind the ids of a chart.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The id under which all of the chart is reported.
    pub id: &'a PatientId,
    /// Why nothing of it is: the ids may mean two persons.
    pub doubt: Option<&'static Definition>,
}

/// The version of the JP-CLINS implementation guide. Bundles satisfy all of them at once; it decides only what cannot be both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum IgVersion {
    #[default]
    V1_10,
    V1_11,
    V1_12,
}

impl IgVersion {
    pub const ALL: [Self; 3] = [Self::V1_10, Self::V1_11, Self::V1_12];

    pub const fn name(self) -> &'static str {
        match self {
            Self::V1_10 => "1.10.0",
            Self::V1_11 => "1.11.0",
            Self::V1_12 => "1.12.0",
        }
    }
}

impl fmt::Display for IgVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Not a version of the guide that this program knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownIgVersion(pub String);

impl fmt::Display for UnknownIgVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = IgVersion::ALL.map(IgVersion::name).join(", ");
        write!(f, "`{}` is not a known version of the JP-CLINS guide (known: {known})", self.0)
    }
}

impl std::error::Error for UnknownIgVersion {}

impl FromStr for IgVersion {
    type Err = UnknownIgVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|version| version.name() == text);
        known.ok_or_else(|| UnknownIgVersion(text.to_owned()))
    }
}
