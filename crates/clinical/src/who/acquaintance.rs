use crate::{
    Date, Fact, Presence, Statement, Version,
    body::{Body, Insurance, Sex},
    chart::kana_name,
    insurance::{InsuredKind, insured_on},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, sync::Arc};

/// What is known of one patient id that can tell persons apart.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Acquaintance {
    /// Who writes this id: source instance and feed.
    pub feeds: BTreeSet<(Arc<str>, Arc<str>)>,
    pub birth_date: Option<Date>,
    pub sex: Option<Sex>,
    /// As it sounds.
    pub kana_name: Option<String>,
    /// Insured ids with a 枝番, of every version of the master data: insurance changes, the person does not.
    pub insured: BTreeSet<String>,
    /// Where the three come from: the newest master data, else the newest input that says whom it is about.
    pub basis: Option<Basis>,
}

/// Master data or not, and the version.
pub type Basis = (bool, Version);

impl Acquaintance {
    /// From statements about the id.
    pub fn of<'s>(statements: impl IntoIterator<Item = &'s Statement>) -> Self {
        let mut known = Self::default();
        for statement in statements {
            match statement {
                Statement::Fact(fact) => known.take(fact),
                Statement::Identity(said) => known.stand_on((false, said.version), said.birth_date, said.sex, || None),
                Statement::List(_) => {}
            }
        }
        known
    }

    /// What is known together.
    pub fn merge(&mut self, other: Self) {
        self.feeds.extend(other.feeds);
        self.insured.extend(other.insured);
        if let Some(basis) = other.basis {
            self.stand_on(basis, other.birth_date, other.sex, || other.kana_name);
        }
    }

    fn take(&mut self, fact: &Fact) {
        let scope = &fact.key.scope;
        if !self.feeds.iter().any(|(source, feed)| *source == scope.source && *feed == scope.feed) {
            self.feeds.insert((Arc::clone(&scope.source), Arc::clone(&scope.feed)));
        }
        let Body::Patient(patient) = &fact.body else { return };
        if fact.presence == Presence::Present {
            self.insured.extend(patient.insurances.iter().filter_map(person_of));
            self.stand_on((true, fact.version), patient.birth_date, patient.sex, || kana_name(patient));
        }
    }

    fn stand_on(
        &mut self,
        basis: Basis,
        birth_date: Option<Date>,
        sex: Option<Sex>,
        kana_name: impl FnOnce() -> Option<String>,
    ) {
        if self.basis < Some(basis) {
            self.basis = Some(basis);
            self.birth_date = birth_date;
            self.sex = sex.filter(|sex| *sex != Sex::Unknown);
            self.kana_name = kana_name();
        }
    }

    /// Nothing that is known of both differs.
    pub fn agrees(&self, other: &Self) -> bool {
        let births = self.birth_date.zip(other.birth_date).is_none_or(|(a, b)| a.compatible(b));
        births && self.sex.zip(other.sex).is_none_or(|(a, b)| a == b)
    }

    /// Birth date and sex are known of both, and the same: what joining by insured number asks for.
    pub fn is_surely(&self, other: &Self) -> bool {
        let birth = self.birth_date.filter(|date| date.is_full());
        birth.is_some() && birth == other.birth_date && self.sex.is_some() && self.sex == other.sex
    }
}

/// The insured id of a row that names one person of a household: family members share the rest.
fn person_of(row: &Insurance) -> Option<String> {
    let insured = insured_on(std::slice::from_ref(row), None, false).id.ok()?;
    (insured.kind == InsuredKind::Medical && !insured.branch.is_empty()).then(|| insured.to_string())
}

/// A number without its leading zeros; `None` for an id that is no number.
pub fn folded(id: &str) -> Option<&str> {
    let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| id.trim_start_matches('0')).filter(|rest| !rest.is_empty())
}
