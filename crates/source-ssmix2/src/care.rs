//! Under which care a line stands: class, department and doctor, as the message itself says.

use crate::value::{code, practitioner};
use tsugite_clinical::body::{Care, CareClass, Code};
use tsugite_er7::Segment;

/// The segments that speak of care, nearest first where several say the same thing.
#[derive(Clone, Copy, Default)]
pub struct Speakers<'m> {
    pub visit: Option<Segment<'m>>,
    pub order: Option<Segment<'m>>,
    /// OBR, for its own orderer.
    pub request: Option<Segment<'m>>,
}

/// Class: PV1-2, ORC-29. Department: ORC-17, PV1-10, PV1-3, the file name. Doctor: OBR-16, ORC-12, PV1-7 (`rules` §1).
pub fn care(speakers: Speakers<'_>, department_of_name: Option<&Code>) -> Care {
    let Speakers { visit, order, request } = speakers;
    let by_visit = visit.and_then(|pv1| class(&pv1.field(2).component(1).text()));
    let by_order = || order.and_then(|orc| class(&orc.field(29).component(1).text()));
    let of_order = || order.and_then(|orc| code(orc.field(17)));
    let department = of_order().or_else(|| visit.and_then(|pv1| department_of_visit(&pv1)));
    let doctor = request.and_then(|obr| practitioner(obr.field(16)));
    let doctor = doctor.or_else(|| order.and_then(|orc| practitioner(orc.field(12))));
    Care {
        class: by_visit.or_else(by_order),
        department: department.or_else(|| department_of_name.cloned()),
        practitioner: doctor.or_else(|| visit.and_then(|pv1| practitioner(pv1.field(7)))),
        insurances: Vec::new(),
    }
}

/// 保険種別 of the insurances that a message names for its own orders: IN1, and the ZI1 that follows a diagnosis.
pub fn insurances<'m>(segments: impl IntoIterator<Item = Segment<'m>>) -> Vec<Code> {
    let kinds = segments.into_iter().filter(|segment| matches!(segment.name(), "IN1" | "ZI1"));
    kinds.filter_map(|segment| code(segment.field(2))).collect()
}

/// HL70004, HL70482.
fn class(code: &str) -> Option<CareClass> {
    match code.trim() {
        "O" => Some(CareClass::Ambulatory),
        "I" => Some(CareClass::Inpatient),
        "E" => Some(CareClass::Emergency),
        _ => None,
    }
}

/// 診断種別 JHSD0004: at admission and discharge, or at a visit. Codes of operations and the last one do not tell.
pub fn class_of_diagnosis(kind: &Code) -> Option<CareClass> {
    match kind.code.as_str() {
        "H" | "L" => Some(CareClass::Inpatient),
        "O" => Some(CareClass::Ambulatory),
        _ if kind.display.contains("外来") => Some(CareClass::Ambulatory),
        _ if kind.display.contains("入院") || kind.display.contains("退院") => Some(CareClass::Inpatient),
        _ => None,
    }
}

/// PV1-10 is the 診療科. PV1-3 is one too where it is a clinic (type C, or no type for an outpatient); else it is a ward.
fn department_of_visit(pv1: &Segment<'_>) -> Option<Code> {
    let plain = |text: &str| Code { code: text.trim().to_owned(), ..Code::default() };
    let service = pv1.field(10).component(1).text();
    if !service.trim().is_empty() {
        return Some(plain(&service));
    }
    let location = pv1.field(3);
    let kind = location.component(6).text();
    let clinic = kind.trim() == "C" || (kind.trim().is_empty() && pv1.field(2).raw() == "O");
    let place = location.component(1).text();
    (clinic && !place.trim().is_empty()).then(|| plain(&place))
}
