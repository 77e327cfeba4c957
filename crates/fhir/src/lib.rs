//! fhirbolt's R4 model, compiled once: the types that builders need, small constructors, and one function to bytes.
//!
//! fhirbolt only builds and writes here. It never reads: foreign JSON panics it on empty arrays, and it loses an `id` that stands
//! beside `_id`, so no resource gets an extension on its `id`. Writing is instantiated in this crate alone ([`to_bytes`] is not
//! generic), because the 146 resources take minutes to compile wherever a generic call stands.

#![forbid(unsafe_code)]

mod construct;

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

/// A bundle of one resource is about this large.
const LEAST_BUNDLE: usize = 8 * 1024;

/// Compact JSON. Takes the resource by value: nothing needs the tree once its bytes stand.
///
/// # Errors
/// A decimal that is no JSON number.
#[allow(clippy::needless_pass_by_value)]
pub fn to_bytes(resource: Resource) -> Result<Vec<u8>, WriteError> {
    let mut bytes = Vec::with_capacity(LEAST_BUNDLE);
    fhirbolt::json::to_writer(&mut bytes, &resource, None).map_err(WriteError)?;
    Ok(bytes)
}
