//! What results mean, and what may be done then.

use serde::Deserialize;

/// What a result means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    Accepted,
    /// Just this payload was processed before.
    Duplicate,
    /// Another payload is registered under this Bundle-ID.
    Exists,
    /// Nothing is registered under this Bundle-ID and insured id.
    NotRegistered,
    /// 資格エラー.
    Qualification,
    Content,
    /// Not processed.
    Transport,
    /// No table knows the code: waits for a person.
    Unknown,
}

/// What may be done after an answer of a class (U-34).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// The centre holds it.
    Done,
    /// Goes again by itself, later and later.
    Automatic,
    /// Waits for new insurance data.
    NewInsurance,
    /// Waits for corrected content.
    NewContent,
    /// The ledger compares what it knows: it goes as a change, or a person decides.
    Ledger,
    /// Waits for a person.
    Person,
}

impl Class {
    pub const ALL: [Self; 8] = [
        Self::Accepted,
        Self::Duplicate,
        Self::Exists,
        Self::NotRegistered,
        Self::Qualification,
        Self::Content,
        Self::Transport,
        Self::Unknown,
    ];

    /// As written in the interface file and in the ledger.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Duplicate => "duplicate",
            Self::Exists => "exists",
            Self::NotRegistered => "not-registered",
            Self::Qualification => "qualification",
            Self::Content => "content",
            Self::Transport => "transport",
            Self::Unknown => "unknown",
        }
    }

    pub const fn retry(self) -> Retry {
        match self {
            Self::Accepted => Retry::Done,
            Self::Duplicate | Self::Exists | Self::NotRegistered => Retry::Ledger,
            Self::Qualification => Retry::NewInsurance,
            Self::Content => Retry::NewContent,
            Self::Transport => Retry::Automatic,
            Self::Unknown => Retry::Person,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_class_means_for_a_retry() {
        let automatic: Vec<&str> =
            Class::ALL.into_iter().filter(|class| class.retry() == Retry::Automatic).map(Class::name).collect();
        assert_eq!(automatic, ["transport"], "nothing else goes again by itself");
        assert_eq!(Class::Unknown.retry(), Retry::Person);
    }
}
