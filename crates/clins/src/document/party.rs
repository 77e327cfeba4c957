//! Who signs a document, and whom it goes to.

use crate::{care, run::Run};
use std::borrow::Cow;
use tsugite_clinical::{
    body::{Code, Document, Party, Practitioner, Prescription},
    policy::is_institution_number,
};

/// 医療機関 as it stands in a document.
pub(crate) struct House<'a> {
    pub number: &'a str,
    pub name: &'a str,
    pub address: Option<&'a str>,
    pub postal_code: Option<&'a str>,
    pub telephone: Option<&'a str>,
    pub department: Option<&'a Code>,
}

/// The name that settings would give, in a trial run without them.
const UNSET: &str = "未設定";

fn stated(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// The reporting institution: its name as the document gives it, else as the settings do.
pub(crate) fn sender<'a>(run: &Run<'a>, document: &'a Document) -> Option<House<'a>> {
    let number = run.site.institution.number.as_str();
    let department = document.care.department.as_ref();
    let author = document.author.as_ref().filter(|party| !party.name.trim().is_empty());
    if let Some(party) = author {
        return Some(House { number, department: department.or(party.department.as_ref()), ..house(party, number) });
    }
    if let Some(sender) = &run.site.policy.document.sender {
        return Some(House {
            number,
            name: sender.name.trim(),
            address: stated(sender.address.as_deref()),
            postal_code: stated(sender.postal_code.as_deref()),
            telephone: stated(sender.telephone.as_deref()),
            department,
        });
    }
    let unset = House { number, name: UNSET, address: None, postal_code: None, telephone: None, department };
    run.site.institution.trial.then_some(unset)
}

pub(crate) fn house<'a>(party: &'a Party, number: &'a str) -> House<'a> {
    House {
        number,
        name: party.name.trim(),
        address: stated(party.address.as_deref()),
        postal_code: stated(party.postal_code.as_deref()),
        telephone: stated(party.telephone.as_deref()),
        department: party.department.as_ref(),
    }
}

/// The doctor of the document, else of its institution, else the default.
pub(crate) fn author<'a>(run: &Run<'a>, document: &'a Document) -> Option<Cow<'a, Practitioner>> {
    let of_house = || {
        document.author.as_ref().and_then(|party| party.practitioner.as_ref()).filter(|doctor| doctor.name.is_some())
    };
    let stated = care::stated_practitioner(&document.care).or_else(of_house);
    stated.map(Cow::Borrowed).or_else(|| care::practitioner(&document.care, run.site).map(|(doctor, _)| doctor))
}

/// 健診実施機関, where it is another than the reporting institution.
pub(crate) fn provider<'a>(run: &Run<'a>, document: &'a Document) -> Option<House<'a>> {
    let party = document.checkup.as_deref()?.provider.as_ref().filter(|party| !party.name.trim().is_empty())?;
    let number =
        party.number.as_deref().map(str::trim).filter(|number| is_institution_number(number)).unwrap_or_default();
    (number != run.site.institution.number).then(|| house(party, number))
}

/// The number of another institution than the reporting one: the document was received, not written here.
pub(crate) fn foreign_author<'d>(run: &Run, document: &'d Document) -> Option<&'d str> {
    let provider = document.checkup.as_deref().and_then(|checkup| checkup.provider.as_ref());
    let stated = document.author.iter().chain(provider).filter_map(|party| party.number.as_deref()).map(str::trim);
    let mut known = stated.filter_map(|number| Some((number, is_ours(run, number)?))).peekable();
    let (first, _) = *known.peek()?;
    known.all(|(_, ours)| !ours).then_some(first)
}

/// Whether a number is the reporting institution's: all ten digits, or the seven of 医療機関コード without 都道府県 and 点数表. `None`
/// where it is neither, and in a trial run, which has no number.
fn is_ours(run: &Run, number: &str) -> Option<bool> {
    let own = &run.site.institution;
    let is_code = number.len() == 7 && number.bytes().all(|digit| digit.is_ascii_digit());
    let comparable = !own.trial && (is_code || is_institution_number(number));
    comparable.then(|| own.number.ends_with(number))
}

/// A prescription of another institution.
pub(crate) fn is_prescribed_elsewhere(run: &Run, line: &Prescription) -> bool {
    let number = line.prescribed_by.as_ref().and_then(|party| party.number.as_deref()).map(str::trim);
    number.is_some_and(|number| is_ours(run, number) == Some(false))
}
