//! Standard codes and units for a chart. [`standardise`] is the only place that maps; a corrected map re-runs from here.
//!
//! [`Tables`] are values: embedded rows < installed packages < the operator's folder. Nothing here reads a file.
//! A fact without a standard code is said in text, counted as [`tsugite_clinical::standard::Unmapped`], and never guessed.

#![forbid(unsafe_code)]

pub mod issues;
pub mod local;
pub mod masters;
mod standardise;
mod systems;
mod tables;
mod text;

pub use standardise::standardise;
pub use tables::Tables;
