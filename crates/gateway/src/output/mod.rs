//! What `convert` leaves on disk, and names and progress for people.

mod desk;
mod folder;
mod names;
pub mod page;
mod progress;

pub use desk::Desk;
pub use folder::{FolderError, OutputFolder};
pub use names::{kind_name, named_unit, operation_name, unit_name};
pub use progress::Progress;
