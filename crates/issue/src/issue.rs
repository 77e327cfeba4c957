use crate::{Definition, Lang, Origin, Severity};
use std::fmt::Write as _;

/// A diagnostic: one thing that was said about one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    pub definition: &'static Definition,
    /// Fills the `{name}` places of the text. Codes, counts, names of fields: never values of a patient.
    pub parameters: Vec<(&'static str, String)>,
    /// What stood in the input. May be patient data: shown only where asked for.
    pub found: Option<String>,
    pub origin: Option<Origin>,
    /// FHIR element path, where the issue concerns a resource.
    pub path: Option<String>,
}

impl Issue {
    pub const fn new(definition: &'static Definition) -> Self {
        Self { definition, parameters: Vec::new(), found: None, origin: None, path: None }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }

    #[must_use]
    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }

    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    pub fn code(&self) -> &'static str {
        self.definition.code
    }

    pub fn severity(&self) -> Severity {
        self.definition.severity
    }

    /// The sentence, with its parameters.
    pub fn text(&self, lang: Lang) -> String {
        self.fill(self.definition.text.get(lang))
    }

    /// What to do, with its parameters.
    pub fn remedy(&self, lang: Lang) -> String {
        self.fill(self.definition.remedy.get(lang))
    }

    fn fill(&self, template: &str) -> String {
        let mut out = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, tail)) = after.split_once('}') else {
                out.push('{');
                rest = after;
                continue;
            };
            match self.parameters.iter().find(|(n, _)| *n == name) {
                Some((_, value)) => out.push_str(value),
                None => {
                    let _ = write!(out, "{{{name}}}");
                }
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;

    static LOST: Definition = Definition {
        code: "TEST-001",
        severity: Severity::Warning,
        text: Text::new("{field}が空です", "{field} is empty"),
        cause: Text::new("", ""),
        remedy: Text::new("{field}を入力してください", "fill {field}"),
        source: "",
    };

    #[test]
    fn parameters_fill_the_text_and_unknown_places_stay_visible() {
        let issue = Issue::new(&LOST).with("field", "PID-3");
        assert_eq!(issue.text(Lang::Ja), "PID-3が空です");
        assert_eq!(issue.remedy(Lang::En), "fill PID-3");
        assert_eq!(Issue::new(&LOST).text(Lang::En), "{field} is empty");
    }
}
