//! The mapping files, embedded
