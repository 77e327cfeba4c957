use crate::fhirpath::Model;

/// The few types that the table's resource needs.
pub struct Few;

const MEMBERS: &[(&str, &str, &str)] = &[
    ("Observation", "status", "code"),
    ("Observation", "code", "CodeableConcept"),
    ("Observation", "subject", "Reference"),
    ("Observation", "effectiveDateTime", "dateTime"),
    ("Observation", "issued", "instant"),
    ("Observation", "valueQuantity", "Quantity"),
    ("Observation", "referenceRange", "Observation.referenceRange"),
    ("Observation", "note", "Annotation"),
    ("Observation", "component", "Observation.component"),
    ("Observation.component", "code", "CodeableConcept"),
    ("Observation.component", "valueBoolean", "boolean"),
    ("Observation.component", "valueString", "string"),
    ("Observation.referenceRange", "low", "SimpleQuantity"),
    ("Observation.referenceRange", "high", "SimpleQuantity"),
    ("Annotation", "time", "dateTime"),
    ("Annotation", "text", "markdown"),
    ("CodeableConcept", "coding", "Coding"),
    ("CodeableConcept", "text", "string"),
    ("Coding", "code", "code"),
    ("Coding", "system", "uri"),
    ("Patient", "birthDate", "date"),
    ("Patient", "active", "boolean"),
    ("Patient", "name", "HumanName"),
    ("Quantity", "value", "decimal"),
];

const BASES: &[(&str, &str)] = &[
    ("Observation", "DomainResource"),
    ("Patient", "DomainResource"),
    ("DomainResource", "Resource"),
    ("SimpleQuantity", "Quantity"),
    ("code", "string"),
    ("markdown", "string"),
    ("Quantity", "Element"),
];

const CHOICES: &[(&str, &str)] = &[
    ("Observation", "value"),
    ("Observation", "effective"),
    ("Observation.component", "value"),
    ("Annotation", "author"),
];

impl Model for Few {
    fn member(&self, of: &str, key: &str) -> Option<&str> {
        MEMBERS.iter().find(|(parent, name, _)| *parent == of && *name == key).map(|row| row.2)
    }

    fn base(&self, of: &str) -> Option<&str> {
        BASES.iter().find(|(name, _)| *name == of).map(|row| row.1)
    }

    fn is_choice(&self, of: &str, name: &str) -> bool {
        CHOICES.contains(&(of, name))
    }
}
