//! The Composition: head and sections.

use super::narrative::Text;
use crate::build::url;
use tsugite_fhir::{
    coding, concept, extension, meta, reference,
    resources::{Composition, CompositionEvent, CompositionSection},
    types::{self, CodeableConcept, Coding, ExtensionValue, Narrative, Period, Reference},
};

/// A section under way.
pub struct Section {
    pub system: &'static str,
    pub code: &'static str,
    pub title: String,
    pub display: String,
    pub text: Text,
    /// fullUrls.
    pub entries: Vec<String>,
    pub sections: Vec<Section>,
}

impl Section {
    /// A section of a letter: its display is its title with 「セクション」.
    pub fn of_letter(code: &'static str, title: &str) -> Self {
        Self {
            system: url::DOCUMENT_SECTION,
            code,
            title: title.to_owned(),
            display: format!("{title}セクション"),
            text: Text::default(),
            entries: Vec::new(),
            sections: Vec::new(),
        }
    }

    fn written(self, status: &str) -> CompositionSection {
        let code = concept(coding(self.system, self.code, &self.display), None);
        let text: Option<Box<Narrative>> = self.text.finish(status);
        CompositionSection {
            title: Some(self.title.into()),
            code: Some(Box::new(code)),
            text,
            entry: self.entries.iter().map(|url| reference(url)).collect(),
            section: self.sections.into_iter().map(|section| section.written(status)).collect(),
            ..CompositionSection::default()
        }
    }
}

/// What the head of a document says.
pub struct Head<'h> {
    pub profile: &'static str,
    pub last_updated: &'h str,
    pub identifier: types::Identifier,
    pub version: &'h str,
    pub kind: Coding,
    pub category: Coding,
    pub title: &'h str,
    pub patient: &'h str,
    pub encounter: Option<&'h str>,
    pub date: String,
    /// The doctor, then the institution, which keeps the document too.
    pub authors: [&'h str; 2],
    pub event: Option<CodeableConcept>,
    pub period: (Option<String>, Option<String>),
    /// `additional`: an author's text beside the entries; `generated`: made from them.
    pub text_status: &'static str,
}

pub fn composition(head: Head, sections: Vec<Section>) -> Composition {
    let (start, end) = head.period;
    let period = Period { start: start.map(Into::into), end: end.map(Into::into), ..Period::default() };
    let version = extension(url::VERSION_EXTENSION, ExtensionValue::String(head.version.into()));
    let url_reference = |url: &str| -> Reference { reference(url) };
    let [_, institution] = head.authors;
    Composition {
        meta: Some(Box::new(meta(head.profile, head.last_updated))),
        extension: vec![version],
        identifier: Some(Box::new(head.identifier)),
        status: "final".into(),
        r#type: Box::new(concept(head.kind, None)),
        category: vec![concept(head.category, None)],
        subject: Some(Box::new(url_reference(head.patient))),
        encounter: head.encounter.map(|url| Box::new(url_reference(url))),
        date: head.date.into(),
        author: head.authors.iter().map(|url| url_reference(url)).collect(),
        title: head.title.into(),
        custodian: Some(Box::new(url_reference(institution))),
        event: vec![CompositionEvent {
            code: head.event.into_iter().collect(),
            period: Some(Box::new(period)),
            ..CompositionEvent::default()
        }],
        section: sections.into_iter().map(|section| section.written(head.text_status)).collect(),
        ..Composition::default()
    }
}
