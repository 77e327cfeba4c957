//! 患者: the rows of a patient list, one or several a patient.

use super::patient as f;
use crate::read::Values;
use tsugite_clinical::{
    Version,
    body::{Address, Code, Insurance, Name, Patient, Representation, Telecom},
};
use tsugite_issue::Origin;

/// A patient whose rows may go on.
pub struct Pending {
    said: Vec<(Patient, Version, Origin)>,
}

impl Pending {
    pub fn new(values: &Values, version: Version, origin: Origin) -> Self {
        Self { said: vec![(patient(values), version, origin)] }
    }

    /// A further row of the patient: another insurance of the same person, or another statement about them.
    pub fn add(&mut self, values: &Values, version: Version, origin: Origin) {
        let row = patient(values);
        let alike = |(known, at, _): &&mut (Patient, Version, Origin)| {
            *at == version
                && Patient { insurances: Vec::new(), ..known.clone() }
                    == Patient { insurances: Vec::new(), ..row.clone() }
        };
        match self.said.iter_mut().find(alike) {
            Some((known, ..)) => {
                for insurance in row.insurances {
                    if !known.insurances.contains(&insurance) {
                        known.insurances.push(insurance);
                    }
                }
            }
            None => self.said.push((row, version, origin)),
        }
    }

    /// In any order of the rows the same: what contradicts itself is for the chart to see.
    pub fn finish(mut self) -> Vec<(Patient, Version, Origin)> {
        for (patient, ..) in &mut self.said {
            patient.insurances.sort_by(|a, b| insurance_key(a).cmp(&insurance_key(b)));
        }
        self.said
    }
}

fn insurance_key(insurance: &Insurance) -> impl Ord + '_ {
    let Insurance { kind, payer, symbol, number, branch, valid_from, valid_to } = insurance;
    (payer, symbol, number, branch, valid_from, valid_to, kind)
}

fn patient(values: &Values) -> Patient {
    let whole = |name: usize, family: usize, given: usize, representation: Representation| match (
        values.text(family),
        values.text(name),
    ) {
        (Some(family), _) => Some(Name { representation, family: family.to_owned(), given: values.string(given) }),
        (None, Some(name)) => Name::split(representation, name),
        (None, None) => None,
    };
    let names = [
        whole(f::NAME, f::FAMILY, f::GIVEN, Representation::Ideographic),
        whole(f::KANA, f::KANA_FAMILY, f::KANA_GIVEN, Representation::Syllabic),
    ];
    let address = values.owned(f::ADDRESS);
    let postal_code = values.owned(f::POSTAL_CODE);
    let known = address.is_some() || postal_code.is_some();
    let telecoms = [(f::PHONE, false), (f::WORK_PHONE, true)];
    Patient {
        names: names.into_iter().flatten().collect(),
        birth_date: values.date(f::BIRTH_DATE).map(|at| at.date),
        sex: values.sex(f::SEX),
        address: known.then(|| Address { text: address.unwrap_or_default(), postal_code }),
        telecoms: telecoms
            .into_iter()
            .filter_map(|(field, work)| Some(Telecom { number: values.owned(field)?, work }))
            .collect(),
        insurances: insurances(values),
        deceased: values.date(f::DECEASED).map(|at| at.date),
    }
}

fn insurances(values: &Values) -> Vec<Insurance> {
    let date = |field: usize| values.date(field).map(|at| at.date);
    let own = values.is_set(f::PAYER).then(|| Insurance {
        kind: Code { code: values.string(f::INSURANCE_KIND), ..Code::default() },
        payer: values.string(f::PAYER),
        symbol: values.string(f::SYMBOL),
        number: values.string(f::NUMBER),
        branch: values.owned(f::BRANCH),
        valid_from: date(f::VALID_FROM),
        valid_to: date(f::VALID_TO),
    });
    let public = values.is_set(f::PUBLIC_PAYER).then(|| Insurance {
        payer: values.string(f::PUBLIC_PAYER),
        number: values.string(f::PUBLIC_NUMBER),
        ..Insurance::default()
    });
    own.into_iter().chain(public).collect()
}
