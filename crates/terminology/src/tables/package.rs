use serde::Deserialize;
use std::borrow::Cow;

/// What is read of a FHIR CodeSystem.
#[derive(Debug, Deserialize)]
pub struct CodeSystem<'a> {
    #[serde(rename = "resourceType", borrow)]
    resource_type: Cow<'a, str>,
    #[serde(default, borrow)]
    pub url: Cow<'a, str>,
    #[serde(default, borrow)]
    content: Cow<'a, str>,
    #[serde(default, borrow)]
    concept: Vec<Concept<'a>>,
}

#[derive(Debug, Deserialize)]
struct Concept<'a> {
    #[serde(default, borrow)]
    code: Cow<'a, str>,
    #[serde(default, borrow)]
    display: Cow<'a, str>,
    #[serde(default, borrow)]
    concept: Vec<Concept<'a>>,
}

/// A concept without children.
pub struct Leaf<'a> {
    pub parent: Option<&'a str>,
    pub code: &'a str,
    /// Empty where there is none.
    pub display: &'a str,
}

impl<'j> CodeSystem<'j> {
    pub fn read(json: &'j [u8]) -> Option<Self> {
        serde_json::from_slice(json).ok().filter(|resource: &Self| resource.resource_type == "CodeSystem")
    }

    /// The resource holds all codes of its system.
    pub fn is_complete(&self) -> bool {
        self.content == "complete"
    }

    pub fn leaves<'a>(&'a self, visit: &mut dyn FnMut(Leaf<'a>)) {
        fn walk<'a>(concepts: &'a [Concept<'_>], parent: Option<&'a str>, visit: &mut dyn FnMut(Leaf<'a>)) {
            for concept in concepts {
                if concept.concept.is_empty() {
                    visit(Leaf { parent, code: &concept.code, display: &concept.display });
                } else {
                    walk(&concept.concept, Some(&concept.code), visit);
                }
            }
        }
        walk(&self.concept, None, visit);
    }
}
