//! The values of one record.

use super::fill::Value;
use tsugite_clinical::{DateTime, body::Sex};
use tsugite_issue::Definition;

/// Values of a target, by the number of the field.
#[derive(Clone, Debug, Default)]
pub struct Values {
    pub values: Vec<Value>,
    /// Why the record cannot be used.
    pub fault: Option<&'static Definition>,
}

impl Values {
    pub fn text(&self, field: usize) -> Option<&str> {
        self.values.get(field)?.text()
    }

    pub fn owned(&self, field: usize) -> Option<String> {
        self.text(field).map(str::to_owned)
    }

    pub fn string(&self, field: usize) -> String {
        self.owned(field).unwrap_or_default()
    }

    pub fn date(&self, field: usize) -> Option<DateTime> {
        self.values.get(field)?.date()
    }

    pub fn is_set(&self, field: usize) -> bool {
        self.values.get(field).is_some_and(|value| *value != Value::None)
    }

    pub fn sex(&self, field: usize) -> Option<Sex> {
        self.text(field).map(|letter| match letter {
            "M" => Sex::Male,
            "F" => Sex::Female,
            "O" => Sex::Other,
            _ => Sex::Unknown,
        })
    }
}
