//! Looking for a name.
