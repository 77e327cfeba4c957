//! Statements and endings on their way through a partition on disk.

use crate::read::{Ended, Told};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    io::{self, ErrorKind},
};
use tsugite_clinical::{End, PatientId, RecordKind, Statement};
use tsugite_issue::{Definition, Origin};
use tsugite_source::{RecordEnd, Registry};

/// One spilled record, externally tagged JSON behind the patient it belongs to.
#[derive(Debug, Serialize, Deserialize)]
pub enum Spilled {
    Statement(Box<Statement>),
    Ended(SpilledEnd),
    /// A folder of the patient was read, to its end or not.
    Folder(bool),
}

#[derive(Debug, Serialize, Deserialize)]
pub struct SpilledEnd {
    kind: RecordKind,
    end: EndName,
    /// Code of the reason or rule.
    code: Option<String>,
    origin: Origin,
    patient: Option<String>,
    with_input: bool,
    told: Told,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum EndName {
    Retracted,
    Superseded,
    NotCarried,
    Held,
    Reported,
}

/// Finds a definition by its code.
pub struct Codes(BTreeMap<&'static str, &'static Definition>);

impl Codes {
    pub fn of(registry: &Registry) -> Self {
        let own = crate::issues::ALL.iter().copied();
        Self(registry.issues().chain(own).map(|definition| (definition.code, definition)).collect())
    }
}

impl Spilled {
    pub fn ended(ended: &Ended) -> Self {
        let (end, code) = match ended.record.end {
            End::Retracted => (EndName::Retracted, None),
            End::Superseded => (EndName::Superseded, None),
            End::NotCarried(reason) => (EndName::NotCarried, Some(reason.code)),
            End::Held(rule) => (EndName::Held, Some(rule.code)),
            End::Reported => (EndName::Reported, None),
        };
        Self::Ended(SpilledEnd {
            kind: ended.record.kind,
            end,
            code: code.map(str::to_owned),
            origin: ended.record.origin.clone(),
            patient: ended.record.patient.clone(),
            with_input: ended.with_input,
            told: ended.told.clone(),
        })
    }

    pub fn to_record(&self, patient: &PatientId) -> io::Result<Vec<u8>> {
        let mut record = serde_json::to_vec(patient)?;
        record.push(b'\n');
        serde_json::to_writer(&mut record, self)?;
        Ok(record)
    }

    pub fn from_record(record: &[u8]) -> io::Result<Self> {
        Ok(serde_json::from_slice(split(record)?.1)?)
    }
}

/// Whose record it is.
pub fn patient_of(record: &[u8]) -> io::Result<PatientId> {
    Ok(serde_json::from_slice(split(record)?.0)?)
}

/// The same record of another patient id.
pub fn under(patient: &PatientId, record: &[u8]) -> io::Result<Vec<u8>> {
    let mut moved = serde_json::to_vec(patient)?;
    moved.extend_from_slice(split(record)?.1);
    Ok(moved)
}

fn split(record: &[u8]) -> io::Result<(&[u8], &[u8])> {
    let end = record.iter().position(|byte| *byte == b'\n').ok_or(ErrorKind::InvalidData)?;
    Ok(record.split_at(end))
}

impl SpilledEnd {
    pub fn into_ended(self, codes: &Codes) -> io::Result<Ended> {
        let Self { kind, end, code, origin, patient, with_input, told } = self;
        let definition = || codes.0.get(code.as_deref()?).copied();
        let end = match end {
            EndName::Retracted => Some(End::Retracted),
            EndName::Superseded => Some(End::Superseded),
            EndName::NotCarried => definition().map(End::NotCarried),
            EndName::Held => definition().map(End::Held),
            EndName::Reported => Some(End::Reported),
        };
        let end = end.ok_or(ErrorKind::InvalidData)?;
        Ok(Ended { record: RecordEnd { kind, end, origin, patient }, with_input, told })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tsugite_issue::{Digest, InputName};

    #[test]
    fn an_ending_comes_back_as_it_went() {
        let codes = Codes::of(&Registry::default());
        let origin = Origin::whole(InputName { path: "a".into(), digest: Digest([7; 16]) }.into());
        let patient = PatientId { space: "s".into(), id: "0001".into() };
        for end in [
            End::Retracted,
            End::Superseded,
            End::Reported,
            End::Held(&tsugite_source::issues::RECORD_LOST),
            End::NotCarried(&crate::issues::EMPTY_INPUT),
        ] {
            let record =
                RecordEnd { kind: RecordKind::Injection, end, origin: origin.clone(), patient: Some("0001".into()) };
            let told = vec![("field".to_owned(), "病名".to_owned())];
            let ended = Ended { record, with_input: true, told };
            let bytes = Spilled::ended(&ended).to_record(&patient).unwrap();
            assert_eq!(patient_of(&bytes).unwrap(), patient);
            let Spilled::Ended(back) = Spilled::from_record(&bytes).unwrap() else { panic!() };
            assert_eq!(back.into_ended(&codes).unwrap(), ended);
        }
    }
}
