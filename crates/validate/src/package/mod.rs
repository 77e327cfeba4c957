//! FHIR packages as published: from a `.tgz` to definitions.

mod archive;
mod read;
mod snapshot;
mod terminology;

pub(crate) use archive::{Archive, name_of, open, releases};
pub(crate) use read::compile;
