use tsugite_issue::{Issue, Severity};

/// What was found in one input.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// In the order of the input. Each has its place as line and column and, inside a resource, its FHIR path.
    pub issues: Vec<Issue>,
    /// Found beyond [`crate::Options::max_issues`]: counted, not listed.
    pub omitted: usize,
    pub(crate) omitted_errors: usize,
}

impl Report {
    /// Whether anything keeps the input from being sent.
    pub fn has_errors(&self) -> bool {
        self.omitted_errors > 0 || self.issues.iter().any(|i| i.severity() == Severity::Error)
    }

    /// How many were found of a severity, listed or not.
    pub fn count(&self, severity: Severity) -> usize {
        let omitted = match severity {
            Severity::Error => self.omitted_errors,
            Severity::Warning => self.omitted - self.omitted_errors,
            Severity::Information => 0,
        };
        omitted + self.issues.iter().filter(|i| i.severity() == severity).count()
    }
}
