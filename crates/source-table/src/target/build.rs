use super::{Target, lab, prescription, to_allergy, to_checkup, to_diagnosis, to_lab, to_prescription};
use crate::{mapping::Mapping, read::Values};
use std::sync::Arc;
use tsugite_clinical::{
    Presence,
    body::{Body, Care, CareClass, Code, LabReport, Name, Practitioner, Representation, Specimen},
};
use tsugite_issue::Definition;

/// What came of a row.
pub enum Built {
    /// What names it inside of its scope, and what it says.
    Fact(String, Body),
    NotCarried(&'static Definition),
    /// With the field that is missing.
    Held(&'static Definition, &'static str),
}

/// What the last record shared with those before it.
#[derive(Default)]
pub struct Shared {
    pub report: Arc<LabReport>,
    pub care: Arc<Care>,
    pub specimen: Option<Arc<Specimen>>,
}

impl Shared {
    /// The last one, if it is the same.
    pub fn take<T: PartialEq>(last: &mut Arc<T>, new: T) -> Arc<T> {
        if **last != new {
            *last = Arc::new(new);
        }
        Arc::clone(last)
    }
}

pub fn build(target: Target, values: &Values, mapping: &Mapping, shared: &mut Shared) -> Built {
    match target {
        Target::Patient => Built::NotCarried(&crate::issues::NOT_REPORTED),
        Target::Lab => to_lab::build(values, mapping, shared),
        Target::Allergy => to_allergy::build(values, mapping),
        Target::Diagnosis => to_diagnosis::build(values, mapping),
        Target::Prescription => to_prescription::build(values, mapping),
        Target::Checkup => to_checkup::build(values),
    }
}

/// What names the scope inside of a feed: a report, a prescription, an examination.
pub fn part(target: Target, values: &Values, report_key: &[String]) -> String {
    match target {
        Target::Patient | Target::Allergy | Target::Diagnosis => String::new(),
        Target::Lab => {
            let report = to_lab::report(values, report_key);
            let day = report.care_day.map_or_else(|| "-".to_owned(), |day| day.to_string());
            format!("{day}/{}", report.order_number)
        }
        Target::Prescription => {
            let day = values.date(prescription::DATE).map_or_else(|| "-".to_owned(), |at| at.date.to_string());
            format!("{day}/{}", values.text(prescription::ORDER).unwrap_or_default())
        }
        Target::Checkup => to_checkup::part(values),
    }
}

/// D and W take a result back.
pub fn presence(body: &Body) -> Presence {
    match body {
        Body::LabResult(result) if matches!(result.status.as_str(), "D" | "W") => Presence::Deleted,
        _ => Presence::Present,
    }
}

/// The fields of care, where a target has them.
pub struct CareFields {
    pub class: Option<usize>,
    pub department: Option<usize>,
    pub department_name: Option<usize>,
    pub doctor: Option<usize>,
}

impl CareFields {
    pub const fn of_lab() -> Self {
        Self {
            class: Some(lab::CLASS),
            department: Some(lab::DEPARTMENT),
            department_name: Some(lab::DEPARTMENT_NAME),
            doctor: Some(lab::DOCTOR),
        }
    }

    pub fn read(&self, values: &Values) -> Care {
        let text = |field: Option<usize>| field.and_then(|field| values.owned(field));
        let class = text(self.class).and_then(|class| match class.as_str() {
            "AMB" => Some(CareClass::Ambulatory),
            "IMP" => Some(CareClass::Inpatient),
            "EMER" => Some(CareClass::Emergency),
            _ => None,
        });
        let (code, name) = (text(self.department), text(self.department_name));
        let department = (code.is_some() || name.is_some()).then(|| Code {
            code: code.unwrap_or_default(),
            display: name.unwrap_or_default(),
            system: String::new(),
        });
        let practitioner = text(self.doctor).map(|name| {
            let name = Name::split(Representation::Ideographic, &name);
            Practitioner { id: None, name }
        });
        Care { class, department, practitioner, ..Care::default() }
    }
}

/// A code in the namespace of the mapping file: `99` and its name, unless a field says otherwise.
pub fn local(mapping: &Mapping, code: Option<String>, display: &str, system: Option<&str>) -> Option<Code> {
    let system = system.map_or_else(|| format!("99{}", mapping.name.to_uppercase()), str::to_owned);
    Some(Code { code: code?, display: display.to_owned(), system })
}

/// A code of a standard.
pub fn standard(code: Option<String>, display: &str, system: &str) -> Option<Code> {
    Some(Code { code: code?, display: display.to_owned(), system: system.to_owned() })
}

/// A text as a unit.
pub fn unit(text: Option<String>) -> Option<Code> {
    text.map(|unit| Code { code: unit, ..Code::default() })
}
