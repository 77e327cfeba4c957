//! What rows become: values of fields to the bodies of facts.

mod build;
mod people;
mod spec;

mod to_allergy;
mod to_checkup;
mod to_diagnosis;
mod to_lab;
mod to_prescription;

pub use build::{Built, Shared, build, part, presence};
pub use people::Pending;
pub use spec::{FieldSpec, Kind, Target, allergy, checkup, diagnosis, lab, patient, prescription};
pub use to_checkup::document;
