//! What does not fit into memory: rows sorted on disk, statements parted by patient. Both write unnamed files into a folder that
//! the caller hands in, so nothing with patient data stays behind.

mod partitions;
mod sorter;

pub use partitions::Partitions;
pub use sorter::{Sorted, Sorter};
