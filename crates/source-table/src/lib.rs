//! Tables: delimited, fixed-width and Excel files of laboratories and vendors, each described by a mapping file (TOML) that says
//! where its columns stand and which facts they are. A new layout needs a mapping file and no code.
//!
//! The language of mapping files is told in `mappings/README.md`. [`Mapping::parse`] reads one and says with line and column what is
//! wrong in it, [`draw`] shows it there; [`TableSource`] reads files by them.

#![forbid(unsafe_code)]

mod draft;
pub mod issues;
mod mapping;
mod presets;
mod read;
mod recognise;
mod source;
mod target;
mod testing;

pub use draft::draft;
pub use mapping::{Checked, MapFiles, Mapping, draw, duplicate};
pub use presets::presets;
pub use source::TableSource;
pub use target::Target;
pub use testing::Outcome;
