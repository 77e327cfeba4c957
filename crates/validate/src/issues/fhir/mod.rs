//! Base R4, terminology, profiles and packages.

pub mod binding;
pub mod element;
pub mod package;
pub mod profile;
pub mod reference;

pub use binding::*;
pub use element::*;
pub use package::*;
pub use profile::*;
pub use reference::*;
