use serde::Deserialize;

/// What is read of a FHIR CodeSystem.
#[derive(Debug, Deserialize)]
pub struct CodeSystem {
    #[serde(rename = "resourceType")]
    resource_type: String,
    #[serde(default)]
    pub url: String,
    #[serde(default)]
    content: String,
    #[serde(default)]
    concept: Vec<Concept>,
}

#[derive(Debug, Deserialize)]
struct Concept {
    #[serde(default)]
    code: String,
    display: Option<String>,
    #[serde(default)]
    concept: Vec<Concept>,
}

/// A concept without children.
pub struct Leaf<'a> {
    pub parent: Option<&'a str>,
    pub code: &'a str,
    pub display: Option<&'a str>,
}

impl CodeSystem {
    pub fn read(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok().filter(|resource: &Self| resource.resource_type == "CodeSystem")
    }

    /// The resource holds all codes of its system.
    pub fn is_complete(&self) -> bool {
        self.content == "complete"
    }

    pub fn leaves<'a>(&'a self, visit: &mut dyn FnMut(Leaf<'a>)) {
        fn walk<'a>(concepts: &'a [Concept], parent: Option<&'a str>, visit: &mut dyn FnMut(Leaf<'a>)) {
            for concept in concepts {
                if concept.concept.is_empty() {
                    visit(Leaf { parent, code: &concept.code, display: concept.display.as_deref() });
                } else {
                    walk(&concept.concept, Some(&concept.code), visit);
                }
            }
        }
        walk(&self.concept, None, visit);
    }
}
