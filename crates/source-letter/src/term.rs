//! A thing with its code, or with its name alone.

use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;
use tsugite_clinical::body::{Code, Concept};

/// `"高血圧症"`, or `{ text = "…", code = "…", name = "…", system = "…" }`; further codes of the same thing stand in `codes`.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Term {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `MDCDX2`, `ICD10`, `JC10`, `YJ`, `HOT9` …: the names that the formats of `mappings/` use, or a URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Coded>,
}

#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coded {
    pub code: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub system: String,
}

impl Term {
    pub fn named(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::default() }
    }

    pub fn concept(&self) -> Concept {
        let own = self.code.clone().map(|code| Code {
            code,
            display: self.name.clone().or_else(|| self.text.clone()).unwrap_or_default(),
            system: self.system.clone().unwrap_or_default(),
        });
        let further = self.codes.iter().map(|coded| Code {
            code: coded.code.clone(),
            display: coded.name.clone(),
            system: coded.system.clone(),
        });
        Concept {
            codes: own.into_iter().chain(further).collect(),
            text: self.text.clone().or_else(|| self.name.clone()),
        }
    }

    /// The one code; where there is none, the name alone.
    pub fn single(&self) -> Code {
        let Concept { mut codes, text } = self.concept();
        if codes.is_empty() {
            return Code { display: text.unwrap_or_default(), ..Code::default() };
        }
        codes.swap_remove(0)
    }

    /// What names it in a key: its codes, else its text.
    pub fn key(&self) -> String {
        let Concept { codes, text } = self.concept();
        if codes.is_empty() {
            return text.unwrap_or_default();
        }
        codes.iter().map(|code| format!("{}:{}", code.system, code.code)).collect::<Vec<_>>().join("+")
    }
}

/// The table form, field by field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    text: Option<String>,
    code: Option<String>,
    name: Option<String>,
    system: Option<String>,
    #[serde(default)]
    codes: Vec<Coded>,
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Term;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or a table with text, code, name, system")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Term, E> {
                Ok(Term::named(text))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Term, A::Error> {
                let Table { text, code, name, system, codes } =
                    Table::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Term { text, code, name, system, codes })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
