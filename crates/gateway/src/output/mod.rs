//! What `convert` leaves on disk, and names for people.

mod desk;
mod folder;
mod names;

pub use desk::Desk;
pub use folder::{FolderError, OutputFolder};
pub use names::{kind_name, unfilled, unit_name};
