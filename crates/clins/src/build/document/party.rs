//! Institutions and doctors as entries of a document.

use crate::{
    build::{
        contained::{department_extension, human_name},
        frame::Frame,
        url,
    },
    care,
    document::House,
};
use tsugite_clinical::body::{Care, Practitioner};
use tsugite_fhir::{
    Resource, coding, concept, extension, identifier, meta,
    resources::{Organization, Practitioner as FhirPractitioner},
    types::{self, ContactPoint, Extension, ExtensionValue},
};

/// JP_Organization_eCS.
pub fn organization(frame: &Frame, house: &House, last_updated: &str) -> Resource {
    let mut extensions = number_extensions(house.number);
    let care = house.department.map(|code| Care { department: Some(code.clone()), ..Care::default() });
    let department = care.as_ref().and_then(|care| care::stated_department(frame.run, care.department.as_ref()?));
    extensions.extend(department.as_ref().map(department_extension));
    let kind = concept(coding(url::ORGANIZATION_TYPE, "prov", "Healthcare Provider"), None);
    Resource::Organization(Box::new(Organization {
        extension: extensions,
        r#type: vec![kind],
        ..base(house, url::ORGANIZATION_PROFILE, last_updated)
    }))
}

/// JP_Organization_eCheckupGeneral: who examined and who reports.
pub fn checkup_organization(house: &House, roles: &[&str], last_updated: &str) -> Resource {
    let kind = |role: &&str| {
        let display = if *role == "exec-org" { "実施機関" } else { "報告作成機関" };
        concept(coding(url::CHECKUP_ORGANIZATION, role, display), None)
    };
    Resource::Organization(Box::new(Organization {
        extension: number_extensions(house.number),
        r#type: roles.iter().map(kind).collect(),
        ..base(house, url::CHECKUP_ORGANIZATION_PROFILE, last_updated)
    }))
}

fn base(house: &House, profile: &str, last_updated: &str) -> Organization {
    let address = house.address.map(|text| types::Address {
        text: Some(text.into()),
        postal_code: house.postal_code.map(Into::into),
        country: Some("JP".into()),
        ..types::Address::default()
    });
    let phone = house.telephone.map(|number| ContactPoint {
        system: Some("phone".into()),
        value: Some(number.into()),
        ..ContactPoint::default()
    });
    let number = Some(house.number).filter(|number| !number.is_empty());
    Organization {
        meta: Some(Box::new(meta(profile, last_updated))),
        identifier: number.map(|number| identifier(url::INSTITUTION_ID, number)).into_iter().collect(),
        name: Some(house.name.into()),
        telecom: phone.into_iter().collect(),
        address: address.into_iter().collect(),
        ..Organization::default()
    }
}

/// 都道府県番号, 点数表番号, 医療機関コード, which the ten digits are made of.
fn number_extensions(number: &str) -> Vec<Extension> {
    let (Some(prefecture), Some(category), Some(code)) = (number.get(..2), number.get(2..3), number.get(3..)) else {
        return Vec::new();
    };
    let coded = |url: &str, system: &str, code: &str| {
        extension(url, ExtensionValue::Coding(Box::new(types::Coding { display: None, ..coding(system, code, "") })))
    };
    vec![
        coded(url::PREFECTURE_EXTENSION, url::PREFECTURE, prefecture),
        coded(url::FEE_CATEGORY_EXTENSION, url::FEE_CATEGORY, category),
        extension(
            url::ORGANIZATION_NUMBER_EXTENSION,
            ExtensionValue::Identifier(Box::new(identifier(url::ORGANIZATION_NUMBER, code))),
        ),
    ]
}

/// The doctor of a document, under one of the profiles.
pub fn practitioner(doctor: &Practitioner, institution: &str, profile: &str, last_updated: &str) -> Resource {
    let id = doctor.id.as_deref().map(str::trim).filter(|id| !id.is_empty());
    let system = format!("{}{institution}", url::LOCAL_PRACTITIONER_OID);
    Resource::Practitioner(Box::new(FhirPractitioner {
        meta: Some(Box::new(meta(profile, last_updated))),
        identifier: id.map(|id| identifier(&system, id)).into_iter().collect(),
        name: doctor.name.as_ref().map(human_name).into_iter().collect(),
        ..FhirPractitioner::default()
    }))
}
