//! The grammar of the standardised storage (標準化ストレージ): patient folders and file names.

mod folder;
mod name;

pub use folder::{Place, patient_folder};
pub use name::{Flag, Name};
