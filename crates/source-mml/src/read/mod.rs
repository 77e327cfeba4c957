//! One reader for each module. Modules stand inside others too, and are found wherever they stand.

mod base_clinic;
mod claim;
mod diagnosis;
mod laboratory;
pub mod patient;
mod prescription;

pub use diagnosis::{begun, outcome};

use crate::{document, frame::Item, issues, writer::Writer};
use std::{collections::BTreeMap, sync::Arc};
use tsugite_clinical::{
    Date, Key, RecordKind, Scope,
    body::{Care, Code},
};
use tsugite_issue::Issue;
use tsugite_xml::Element;

/// Diagnoses that other items of a message have for a document.
#[derive(Clone, Debug, Default)]
pub struct Bound {
    pub keys: Vec<Key>,
    /// Their names and starts.
    pub begun: Vec<(String, Date)>,
}

/// Where a module stands.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub item: Item,
    /// The document that this module is a part of.
    pub document: Option<Arc<Scope>>,
    /// What other items of the message have for this document.
    pub bound: Bound,
    /// 保険種別 by the uid of its module item.
    pub insurances: Arc<BTreeMap<String, Code>>,
    /// The master data were read from the whole message.
    pub patient_read: bool,
}

impl Place {
    pub fn of(item: Item) -> Self {
        Self { item, ..Self::default() }
    }

    /// The care of the module's creator, under the insurance that a module names by its uid.
    pub fn care(&self, insurance: Option<&str>) -> Care {
        let kind = insurance.and_then(|uid| self.insurances.get(uid.trim())).cloned();
        Care { insurances: kind.into_iter().collect(), ..self.item.care.clone() }
    }

    /// The scope of what this module says: its document's, else its own.
    pub fn scope(&self, feed: &str, part: &str, writer: &Writer<'_>) -> Arc<Scope> {
        self.document.clone().unwrap_or_else(|| writer.scope(feed, part))
    }

    /// What names the edition: its uid, else the time of its confirmation.
    pub fn edition(&self) -> String {
        let time = || self.item.confirmed.map(|at| at.to_string()).unwrap_or_default();
        Some(self.item.uid.clone()).filter(|uid| !uid.is_empty()).unwrap_or_else(time)
    }
}

/// The modules in an element; answers the keys of the statements that a document would list.
pub fn modules(parent: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) -> Vec<Key> {
    parent.children().flat_map(|child| module(child, place, writer)).collect()
}

/// A module, or whatever holds some.
pub fn module(element: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) -> Vec<Key> {
    let (kind, reason) = match element.local() {
        "PatientModule" => {
            if !place.patient_read {
                patient::alone(element, place, writer);
            }
            return Vec::new();
        }
        // Read with the patient; bills.
        "HealthInsuranceModule" | "ClaimAmountModule" | "docInfo" => return Vec::new(),
        "RegisteredDiagnosisModule" => return diagnosis::read(element, place, writer).into_iter().collect(),
        "PrescriptionModule" => return prescription::read(element, place, writer),
        "TestModule" => return laboratory::read(element, place, writer),
        "BaseClinicModule" => {
            base_clinic::read(element, place, writer);
            return Vec::new();
        }
        "ClaimModule" => {
            claim::read(element, place, writer);
            return Vec::new();
        }
        "ReferralModule" => {
            document::referral(element, place, writer);
            return Vec::new();
        }
        "SummaryModule" => {
            document::summary(element, place, writer);
            return Vec::new();
        }
        "VitalSignModule" => {
            element.all("item").for_each(|item| writer.not_carried(RecordKind::Vital, item, &issues::VITAL));
            return Vec::new();
        }
        "InjectionModule" => {
            let drugs = element.all("medication");
            drugs.for_each(|drug| writer.not_carried(RecordKind::Injection, drug, &issues::INJECTION));
            return Vec::new();
        }
        "ReportModule" => (RecordKind::Imaging, &issues::REPORT),
        "ProgressCourseModule" | "FirstClinicModule" | "LifestyleModule" => (RecordKind::Document, &issues::NOTE),
        "SurgeryModule" => (RecordKind::Document, &issues::SURGERY),
        "FlowSheetModule" | "HemoDialysisModule" => (RecordKind::Document, &issues::CHART_SHEET),
        other if other.ends_with("Module") => {
            let name = other.chars().take(40).collect::<String>();
            writer.tell(Issue::new(&issues::MODULE_UNKNOWN).with("module", name), element);
            (RecordKind::Document, &issues::MODULE_UNKNOWN)
        }
        _ => return modules(element, place, writer),
    };
    writer.not_carried(kind, element, reason);
    modules(element, place, writer)
}
