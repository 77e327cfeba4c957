//! What result codes mean, as data.

use super::{Action, Interface, InterfaceError};
use crate::Class;
use serde::Deserialize;

/// One row of the table of 処理結果コード.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeClass {
    /// A code, or its beginning and `*`.
    pattern: String,
    class: Class,
    /// Only in answers to this operation.
    #[serde(default)]
    operation: Option<Action>,
}

impl CodeClass {
    fn fits(&self, code: &str, operation: Option<Action>) -> bool {
        let code_fits = match self.pattern.strip_suffix('*') {
            Some(prefix) => code.starts_with(prefix),
            None => self.pattern == code,
        };
        code_fits && self.operation.is_none_or(|only| Some(only) == operation)
    }

    /// Whether everything that fits `later` fits this.
    fn hides(&self, later: &Self) -> bool {
        let wider = match self.pattern.strip_suffix('*') {
            Some(prefix) => later.pattern.starts_with(prefix),
            None => self.pattern == later.pattern,
        };
        wider && (self.operation.is_none() || self.operation == later.operation)
    }

    fn check(&self) -> Result<(), InterfaceError> {
        let wrong = |why| Err(InterfaceError::Code { pattern: self.pattern.clone(), why });
        let prefix = self.pattern.trim_end_matches('*');
        if prefix.contains('*') || self.pattern.len() - prefix.len() > 1 || self.pattern.is_empty() {
            return wrong("`*` may stand once, at the end");
        }
        // A code that nobody has read must not count as success: what was refused would be lost in silence.
        if prefix != self.pattern && matches!(self.class, Class::Accepted | Class::Duplicate) {
            return wrong("a code that means success must be written whole");
        }
        Ok(())
    }
}

impl Interface {
    pub(super) fn check_codes(&self) -> Result<(), InterfaceError> {
        for (at, row) in self.code.iter().enumerate() {
            row.check()?;
            if self.code.iter().take(at).any(|earlier| earlier.hides(row)) {
                let why = "a row above it takes everything that it would";
                return Err(InterfaceError::Code { pattern: row.pattern.clone(), why });
            }
        }
        Ok(())
    }

    /// The first row that fits; a code that fits none is [`Class::Unknown`] and waits for a person.
    pub(crate) fn class_of_code(&self, code: &str, operation: Option<Action>) -> Class {
        self.code.iter().find(|row| row.fits(code, operation)).map_or(Class::Unknown, |row| row.class)
    }

    pub(crate) fn class_of_status(&self, status: &str) -> Class {
        self.status.get(status).copied().unwrap_or(Class::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: &str = include_str!("../../../../mappings/upstream/clins.toml");

    fn with(rows: &str) -> Result<Interface, InterfaceError> {
        let (before, _) = DEFAULT.split_once("[[code]]").unwrap();
        Interface::from_toml(&format!("{before}{rows}"))
    }

    fn row(pattern: &str, class: &str) -> String {
        format!("[[code]]\npattern = \"{pattern}\"\nclass = \"{class}\"\n")
    }

    #[test]
    fn the_first_row_that_fits_counts_and_nothing_is_guessed() {
        let rows = row("A1", "content")
            + &row("A*", "transport")
            + "[[code]]\npattern = \"B1\"\nclass = \"not-registered\"\noperation = \"cancel\"\n"
            + &row("B*", "content");
        let interface = with(&rows).unwrap();
        for (code, operation, class) in [
            ("A1", None, Class::Content),
            ("A10", None, Class::Transport),
            ("A", None, Class::Transport),
            ("a1", None, Class::Unknown),
            ("", None, Class::Unknown),
            ("B1", Some(Action::Cancel), Class::NotRegistered),
            ("B1", Some(Action::Register), Class::Content),
            ("B1", None, Class::Content),
        ] {
            assert_eq!(interface.class_of_code(code, operation), class, "{code} {operation:?}");
        }
    }

    #[test]
    fn a_table_that_cannot_be_meant_is_refused() {
        for rows in [
            row("*A", "content"),
            row("A**", "content"),
            row("", "content"),
            row("*", "accepted"),
            row("A*", "duplicate"),
            row("A*", "content") + &row("AB", "transport"),
            row("A", "content") + &row("A", "transport"),
            row("A", "accept"),
        ] {
            assert!(with(&rows).is_err(), "{rows}");
        }
        assert!(with(&row("*", "transport")).is_ok());
    }
}
