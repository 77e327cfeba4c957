//! A chart is a set, whatever the order of arrival; what stands in it follows the rules.

mod identities;
mod properties;
mod standings;

use crate::{
    Chart, Date, Fact, Identity, Key, PatientId, Presence, Scope, Standing, Statement, Version, WholeList,
    body::{Body, Diagnosis, Name, Patient, Representation, Sex},
};
use std::sync::Arc;
use tsugite_issue::{Address, Digest, InputName, Origin, Span};

/// SS-MIX2 condition flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flag {
    Valid,
    History,
    Deleted,
}

impl Flag {
    const fn rank(self) -> u8 {
        match self {
            Self::Valid => 0,
            Self::History => 1,
            Self::Deleted => 2,
        }
    }

    const fn presence(self) -> Presence {
        match self {
            Self::Valid => Presence::Present,
            Self::History => Presence::Superseded,
            Self::Deleted => Presence::Deleted,
        }
    }
}

fn patient_id() -> PatientId {
    PatientId { space: "clinic".into(), id: "0001".into() }
}

fn scope(feed: &str, part: &str) -> Arc<Scope> {
    Arc::new(Scope { source: "clinic".into(), feed: feed.into(), part: part.into() })
}

fn version(time: u64, flag: Flag) -> Version {
    Version { time, rank: flag.rank(), sequence: 0 }
}

/// The file that was written at a time; a rename changes the path, not the bytes.
fn input(digest: u8) -> Arc<InputName> {
    Arc::new(InputName { path: format!("file-{digest}"), digest: Digest([digest; 16]) })
}

fn disease(text: &str) -> Body {
    let mut diagnosis = Diagnosis::default();
    diagnosis.disease.text = Some(text.to_owned());
    Body::Diagnosis(Box::new(diagnosis))
}

fn fact(scope: &Arc<Scope>, item: &str, time: u64, flag: Flag, body: Body, input: &Arc<InputName>) -> Fact {
    let address = Address::Path(item.to_owned());
    Fact {
        patient: patient_id(),
        key: Key { scope: Arc::clone(scope), item: item.into(), ordinal: 0 },
        version: version(time, flag),
        presence: flag.presence(),
        body,
        origin: Origin { input: Arc::clone(input), span: Span::default(), address },
    }
}

fn list(scope: &Arc<Scope>, time: u64, flag: Flag, input: &Arc<InputName>) -> Statement {
    Statement::List(WholeList {
        patient: patient_id(),
        scope: Arc::clone(scope),
        version: version(time, flag),
        presence: flag.presence(),
        input: Arc::clone(input),
    })
}

fn master(time: u64, birth: &str, sex: Sex, kana: &str, input: &Arc<InputName>) -> Statement {
    let name = Name { representation: Representation::Syllabic, family: kana.into(), given: String::new() };
    let patient =
        Patient { names: vec![name], birth_date: Date::parse_compact(birth), sex: Some(sex), ..Patient::default() };
    let body = Body::Patient(Box::new(patient));
    Statement::Fact(fact(&scope("ADT-00", ""), "patient", time, Flag::Valid, body, input))
}

fn identity(birth: &str, sex: Sex, input: &Arc<InputName>) -> Statement {
    Statement::Identity(Identity {
        patient: patient_id(),
        input: Arc::clone(input),
        version: Version::default(),
        birth_date: Date::parse_compact(birth),
        sex: Some(sex),
    })
}

/// The standing of each fact by the text of its disease, newest first.
fn standings(statements: impl IntoIterator<Item = Statement>) -> Vec<(String, Standing)> {
    let chart = Chart::new(statements);
    let resolved = chart.resolve();
    let named = resolved.iter().filter_map(|(stated, standing)| match &stated.fact.body {
        Body::Diagnosis(diagnosis) => Some((diagnosis.disease.text.clone().unwrap_or_default(), standing)),
        _ => None,
    });
    named.collect()
}
