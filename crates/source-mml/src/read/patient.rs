//! mmlPi with the insurances (mmlHi) of the same message.

use super::Place;
use crate::{frame::Item, issues, people, time, writer::Writer};
use std::{collections::BTreeMap, sync::Arc};
use tsugite_clinical::{
    Date,
    body::{Code, Insurance, Patient, Sex},
};
use tsugite_issue::Issue;
use tsugite_xml::Element;

/// The master data of a whole message. Insurances without a patient module say nothing by themselves.
pub fn read(items: &[(Element<'_, '_>, Item)], writer: &mut Writer<'_>) {
    let modules = |name: &'static str| {
        items.iter().flat_map(move |(holder, item)| {
            let found = holder.descendants().filter(move |element| element.is(name));
            found.map(move |element| (element, item))
        })
    };
    let rows: Vec<Insurance> = modules("HealthInsuranceModule").flat_map(|(element, _)| insurances(element)).collect();
    let Some((element, item)) = modules("PatientModule").next() else {
        if let Some((element, _)) = modules("HealthInsuranceModule").next() {
            writer.tell(Issue::new(&issues::INSURANCE_ALONE), element);
        }
        return;
    };
    let mut patient = patient(element, writer);
    patient.insurances = rows;
    writer.master(element, item, patient);
}

/// A patient module without a message around it.
pub fn alone(element: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) {
    let patient = patient(element, writer);
    writer.master(element, &place.item, patient);
}

fn patient(element: Element<'_, '_>, writer: &mut Writer<'_>) -> Patient {
    let death = element
        .child("death")
        .filter(|death| death.trimmed().is_some_and(|text| matches!(text.as_str(), "true" | "1")));
    Patient {
        names: element.child("personName").map(people::names).unwrap_or_default(),
        birth_date: element.child("birthday").and_then(|birthday| date(birthday, writer)),
        sex: element.child_text("sex").map(|sex| match sex.as_str() {
            "male" | "男" | "M" | "1" => Sex::Male,
            "female" | "女" | "F" | "2" => Sex::Female,
            "other" => Sex::Other,
            _ => Sex::Unknown,
        }),
        address: element.child("addresses").and_then(people::address),
        telecoms: element.child("phones").map(people::telecoms).unwrap_or_default(),
        insurances: Vec::new(),
        deceased: death.and_then(|death| death.attr("date")).and_then(time::parse).map(|at| at.date),
    }
}

fn date(element: Element<'_, '_>, writer: &mut Writer<'_>) -> Option<Date> {
    let written = element.trimmed()?;
    let read = time::parse(&written);
    if read.is_none() {
        writer.tell(Issue::new(&issues::DATE_INVALID).with("element", element.local()).found(written), element);
    }
    read.map(|at| at.date)
}

/// One combination: the medical insurance, and the public ones beside it. The 枝番 has no place in MML.
fn insurances(element: Element<'_, '_>) -> Vec<Insurance> {
    let day =
        |parent: Element<'_, '_>, name: &str| parent.child_text(name).and_then(|at| time::parse(&at)).map(|at| at.date);
    let client = element.child("clientId");
    let client = |name: &str| client.and_then(|client| client.child_text(name)).unwrap_or_default();
    let medical = Insurance {
        kind: kind(element).unwrap_or_default(),
        payer: element.child_text("insuranceNumber").unwrap_or_default(),
        symbol: client("group"),
        number: client("number"),
        branch: None,
        valid_from: day(element, "startDate"),
        valid_to: day(element, "expiredDate"),
    };
    let medical = Some(medical).filter(|row| !row.payer.is_empty() || !row.number.is_empty());
    let items = element.child("publicInsurance").into_iter().flat_map(|public| public.all("publicInsuranceItem"));
    let public = items.map(|item| Insurance {
        kind: Code { display: item.child_text("providerName").unwrap_or_default(), ..Code::default() },
        payer: item.child_text("provider").unwrap_or_default(),
        number: item.child_text("recipient").unwrap_or_default(),
        valid_from: day(item, "startDate"),
        valid_to: day(item, "expiredDate"),
        ..Insurance::default()
    });
    medical.into_iter().chain(public).collect()
}

/// 保険種別 (`insuranceClass`).
fn kind(element: Element<'_, '_>) -> Option<Code> {
    let class = element.child("insuranceClass")?;
    let part = |name| class.attr(name).map(str::trim).unwrap_or_default().to_owned();
    Some(Code { code: part("ClassCode"), display: class.trimmed().unwrap_or_default(), system: part("tableId") })
}

/// 保険種別 of each insurance item by its uid, for the modules that name it.
pub fn classes(items: &[(Element<'_, '_>, Item)]) -> Arc<BTreeMap<String, Code>> {
    let class = |(holder, item): &(Element<'_, '_>, Item)| {
        let module = holder.descendants().find(|element| element.is("HealthInsuranceModule"))?;
        Some((item.uid.clone(), kind(module)?)).filter(|(uid, _)| !uid.is_empty())
    };
    Arc::new(items.iter().filter_map(class).collect())
}
