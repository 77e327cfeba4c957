//! A mapping file proposed for an unknown table: what can be told from its bytes, with the evidence; blanks where it cannot.

mod column;
mod look;
mod write;

use look::Look;

/// Text of a mapping file for the table. No value of the table stands in it. `None` of what is no table
/// ([`crate::issues::NO_TABLE`]).
pub fn draft(file_name: &str, bytes: &[u8]) -> Option<String> {
    let look = Look::at(bytes);
    look.is_table.then(|| write::write(file_name, &look))
}
