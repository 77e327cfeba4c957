//! fhirbolt's R4 model, compiled once: the types that builders need, small constructors, and the way to bytes.
//!
//! fhirbolt only builds and writes here. It never reads: foreign JSON panics it on empty arrays, and it loses an `id` that stands
//! beside `_id`, so no resource gets an extension on its `id`. Writing is instantiated in this crate alone (nothing public is
//! generic), because the 146 resources take minutes to compile wherever a generic call stands.

#![forbid(unsafe_code)]

mod bundle;
mod construct;

pub use bundle::BundleWriter;
pub use construct::{
    annotation, coding, concept, data_absent, extension, identifier, meta, quantity, reference, text_concept,
};
pub use fhirbolt::model::r4::{Resource, resources, types};

/// fhirbolt could not write a resource.
#[derive(Debug)]
pub struct WriteError(fhirbolt::json::Error);

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the FHIR resource could not be written as JSON: {}", self.0)
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// A resource as compact JSON, for all that contain it.
pub type Written = std::rc::Rc<[u8]>;

/// Compact JSON of one resource.
///
/// # Errors
/// A decimal that is no JSON number.
pub fn to_bytes(resource: &Resource) -> Result<Written, WriteError> {
    let mut bytes = Vec::new();
    write(&mut bytes, resource)?;
    Ok(bytes.into())
}

fn write(out: &mut Vec<u8>, resource: &Resource) -> Result<(), WriteError> {
    fhirbolt::json::to_writer(out, resource, None).map_err(WriteError)
}
