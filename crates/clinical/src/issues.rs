//! What this crate can say.

use tsugite_issue::Definition;

pub static ALL: &[&Definition] = &[];
