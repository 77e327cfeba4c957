//! Whose patient numbers a document has.

use crate::{
    oid::{self, HL7},
    value::written,
};
use tsugite_xml::Element;

/// What tells the site's own patient numbers from those of others.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// Institution numbers of 10 digits. Without any, nothing is known of the site, and all numbers are taken for its own.
    pub institutions: Vec<String>,
    /// OIDs that its systems give to their patient numbers instead of the institution's.
    pub roots: Vec<String>,
}

/// Whose number a document has for its patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    Ours(String),
    /// Another institution's: its 0001021 is somebody else than ours.
    Theirs,
    /// Nothing says whose it is.
    Unclear(String),
    Missing,
}

impl Own {
    /// `writer` is the institution that the document names as its author or custodian.
    pub fn number(&self, role: Element<'_, '_>, writer: Option<&str>) -> Number {
        let ids = role.all((HL7, "id")).filter_map(|id| {
            let root = written(id, "root").unwrap_or_default();
            Some((root, written(id, "extension")?)).filter(|(root, _)| !is_insurance(root))
        });
        let ids: Vec<(&str, &str)> = ids.collect();
        let ours = |number: &str| Number::Ours(number.to_owned());
        if let Some((_, number)) = ids.iter().find(|(root, _)| self.owns(root)) {
            return ours(number);
        }
        let institutions = ids.iter().find(|(root, _)| institution(root).is_some());
        let Some((root, number)) = institutions.or(ids.first()) else { return Number::Missing };
        let is_known = !self.institutions.is_empty();
        let by_us = writer.is_some_and(|writer| self.is_ours(writer));
        match institution(root) {
            _ if !is_known => ours(number),
            None if by_us && root.is_empty() => ours(number),
            Some(_) if !by_us => Number::Theirs,
            None if writer.is_some() && !by_us => Number::Theirs,
            _ => Number::Unclear((*number).to_owned()),
        }
    }

    fn owns(&self, root: &str) -> bool {
        self.roots.iter().any(|own| own == root) || institution(root).is_some_and(|number| self.is_ours(number))
    }

    fn is_ours(&self, institution: &str) -> bool {
        self.institutions.iter().any(|own| own == institution)
    }
}

/// The institution whose patient numbers stand under a root: its number of 10 digits behind a 1, which many leave out.
fn institution(root: &str) -> Option<&str> {
    let arc = root.strip_prefix(oid::PATIENT_NUMBER)?;
    Some(arc.strip_prefix('1').filter(|number| number.len() == 10).unwrap_or(arc))
}

fn is_insurance(root: &str) -> bool {
    let insured = [oid::PAYER, oid::SYMBOL, oid::NUMBER].concat();
    insured.contains(&root) || root == oid::BRANCH
}

#[cfg(test)]
mod tests {
    use super::*;
    use tsugite_charset::GaijiTable;
    use tsugite_xml::{Document, Limits, decode};

    const OURS: &str = "1.2.392.100495.20.3.51.11319999999";
    const THEIRS: &str = "1.2.392.100495.20.3.51.11319999998";

    fn number(own: &Own, ids: &[(&str, &str)], writer: Option<&str>) -> Number {
        let ids: String =
            ids.iter().map(|(root, extension)| format!("<id root='{root}' extension='{extension}'/>")).collect();
        let text = format!("<patientRole xmlns='{HL7}'>{ids}</patientRole>");
        let (_, decoded) = decode(text.as_bytes(), &GaijiTable::default());
        let document = Document::parse(&decoded, &Limits::default()).unwrap();
        own.number(document.root(), writer)
    }

    #[test]
    fn only_a_number_of_our_own_is_ours() {
        let own = Own {
            institutions: vec!["1319999999".to_owned(), "1310000001".to_owned()],
            roots: vec!["1.2.392.999999.7".to_owned()],
        };
        let (we, they) = (Some("1319999999"), Some("1319999998"));
        let ours = || Number::Ours("21".to_owned());
        let unclear = || Number::Unclear("21".to_owned());
        for (ids, writer, expected) in [
            (&[(OURS, "21")][..], they, ours()),
            (&[(OURS, "21")], None, ours()),
            (&[("1.2.392.100495.20.3.51.1319999999", "21")], None, ours()),
            (&[("1.2.392.100495.20.3.51.11310000001", "21")], None, ours()),
            (&[(THEIRS, "9"), (OURS, "21")], we, ours()),
            (&[("1.2.392.999999.7", "21")], None, ours()),
            (&[("", "21")], we, ours()),
            (&[(oid::NUMBER[0], "9"), ("", "21")], we, ours()),
            (&[(THEIRS, "21")], they, Number::Theirs),
            (&[(THEIRS, "21")], None, Number::Theirs),
            (&[("", "5"), (THEIRS, "21")], they, Number::Theirs),
            (&[("", "21")], they, Number::Theirs),
            (&[("1.2.392.999999.8", "21")], they, Number::Theirs),
            (&[(THEIRS, "21")], we, unclear()),
            (&[("1.2.392.999999.8", "21")], we, unclear()),
            (&[("", "21")], None, unclear()),
            (&[(oid::PAYER[1], "06139999"), (oid::BRANCH, "01")], we, Number::Missing),
            (&[(OURS, " ")], we, Number::Missing),
        ] {
            assert_eq!(number(&own, ids, writer), expected, "{ids:?} {writer:?}");
        }
        // Of a site whose number nobody gave, nothing is known.
        assert_eq!(number(&Own::default(), &[(THEIRS, "21")], they), ours());
    }
}
