use tsugite_issue::{Definition, Lang, Text};

/// Which part of the checks speaks. In the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// JSON itself.
    Syntax,
    /// FHIR R4: elements, types, formats, references.
    Base,
    /// What the profiles of the packages add.
    Profile,
    /// Codes, their systems and value sets.
    Terminology,
    /// What the centre asks for and no profile says.
    Strict,
    /// The packages themselves.
    Package,
}

impl Category {
    pub const ALL: [Self; 6] =
        [Self::Syntax, Self::Base, Self::Profile, Self::Terminology, Self::Strict, Self::Package];

    /// By the code: `JSON-NNN`, `STRICT-NNN`, and the tens of `FHIR-NNN`. What other crates say about an input that cannot be
    /// read counts as syntax.
    pub fn of(definition: &Definition) -> Self {
        let (area, number) = definition.code.split_once('-').unwrap_or((definition.code, ""));
        match (area, number.parse().unwrap_or(0_u16)) {
            ("STRICT", _) => Self::Strict,
            ("FHIR", 1..60) => Self::Base,
            ("FHIR", 60..70) => Self::Terminology,
            ("FHIR", 70..100) => Self::Profile,
            ("FHIR", _) => Self::Package,
            _ => Self::Syntax,
        }
    }

    /// The name in machine-readable output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Base => "base",
            Self::Profile => "profile",
            Self::Terminology => "terminology",
            Self::Strict => "strict",
            Self::Package => "package",
        }
    }

    pub const fn label(self, lang: Lang) -> &'static str {
        let text = match self {
            Self::Syntax => Text::new("JSONの文法", "JSON syntax"),
            Self::Base => Text::new("FHIR R4", "FHIR R4"),
            Self::Profile => Text::new("プロファイル", "profiles"),
            Self::Terminology => Text::new("コードと値セット", "terminology"),
            Self::Strict => Text::new("厳格規則", "strict rules"),
            Self::Package => Text::new("パッケージ", "packages"),
        };
        text.get(lang)
    }

    /// Its place in [`Category::ALL`].
    pub(super) const fn index(self) -> usize {
        self as usize
    }
}

/// The code that `OperationOutcome.issue.code` needs for a finding (value set issue-type).
pub fn outcome_code(definition: &Definition) -> &'static str {
    match (definition.code, Category::of(definition)) {
        ("FHIR-009" | "FHIR-050" | "FHIR-051" | "FHIR-063" | "FHIR-075", _) => "required",
        ("FHIR-005" | "FHIR-006" | "FHIR-011" | "FHIR-012" | "FHIR-014" | "FHIR-048" | "FHIR-073" | "FHIR-074", _) => {
            "value"
        }
        ("FHIR-013" | "JSON-004", _) => "too-long",
        ("FHIR-017" | "JSON-005" | "JSON-006", _) => "too-costly",
        ("FHIR-020" | "FHIR-021" | "FHIR-024", _) => "extension",
        ("FHIR-040" | "FHIR-041" | "FHIR-042" | "FHIR-070" | "FHIR-071", _) => "not-found",
        ("FHIR-047", _) => "duplicate",
        ("FHIR-062" | "FHIR-092", _) => "incomplete",
        ("FHIR-090" | "FHIR-091", _) => "invariant",
        (_, Category::Syntax | Category::Base) => "structure",
        (_, Category::Terminology) => "code-invalid",
        (_, Category::Profile) => "invariant",
        (_, Category::Strict) => "business-rule",
        (_, Category::Package) => "processing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issues::{ALL, fhir, json, resource};

    #[test]
    fn every_code_has_its_category() {
        for (definition, category, outcome) in [
            (&json::EMPTY, Category::Syntax, "structure"),
            (&fhir::UNKNOWN_RESOURCE, Category::Base, "structure"),
            (&fhir::REFERENCE_MISSING, Category::Base, "not-found"),
            (&fhir::BINDING_REQUIRED, Category::Terminology, "code-invalid"),
            (&fhir::FIXED, Category::Profile, "value"),
            (&fhir::INVARIANT, Category::Profile, "invariant"),
            (&fhir::PACKAGE_UNREADABLE, Category::Package, "processing"),
            (&resource::DATE_FORM, Category::Strict, "business-rule"),
        ] {
            assert_eq!(
                (Category::of(definition), outcome_code(definition)),
                (category, outcome),
                "{}",
                definition.code
            );
        }
        for (at, category) in Category::ALL.into_iter().enumerate() {
            assert_eq!(category.index(), at);
            assert!(ALL.iter().any(|d| Category::of(d) == category), "{category:?} has no code");
        }
    }
}
