//! What an unknown URL may have meant.

use super::{Definitions, RESOURCE};

/// A guess about a URL that nothing defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Guess {
    /// It is hardly different from this one.
    Misspelt(String),
    /// It begins like those of this package, which is not installed.
    Package(&'static str),
    Nothing,
}

/// Packages that are known to define URLs that begin like this. The longest beginning counts.
const PACKAGES: [(&str, &str); 11] = [
    ("http://jpfhir.jp/fhir/clins/", "jp-eCSCLINS.r4"),
    ("http://jpfhir.jp/fhir/eCS/", "jp-eCSCLINS.r4"),
    ("http://jpfhir.jp/fhir/eReferral/", "jp-eCSCLINS.r4"),
    ("http://jpfhir.jp/fhir/eDischargeSummary/", "jp-eCSCLINS.r4"),
    ("http://jpfhir.jp/fhir/ePCS/", "jp-eCSCLINS.r4"),
    ("http://jpfhir.jp/fhir/ePrescription/", "jp-eCSCLINS.r4"),
    ("http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_eCheckup", "jp-eCheckupReport.r4"),
    ("http://jpfhir.jp/fhir/eCheckup/", "jp-eCheckupReport.r4"),
    ("http://jpfhir.jp/fhir/Common/", "jp-eCheckupReport.r4"),
    ("http://jpfhir.jp/fhir/core/", "jp-core.r4"),
    ("http://hl7.org/fhir/uv/ips/", "hl7.fhir.uv.ips"),
];

/// The package that is known to define URLs that begin like this.
pub(crate) fn package_of(url: &str) -> Option<&'static str> {
    let fitting = PACKAGES.into_iter().filter(|(start, _)| url.starts_with(start));
    fitting.max_by_key(|(start, _)| start.len()).map(|(_, package)| package)
}

impl Definitions {
    /// What an unknown URL of a definition on `type_name` may have meant.
    pub fn guess(&self, url: &str, type_name: &str) -> Guess {
        let wanted = url.split('|').next().unwrap_or(url);
        let same_type = self.structures.iter().filter(|s| *s.type_name == *type_name && (s.profile || s.package > 0));
        let closest = same_type.map(|s| (distance(wanted, &s.url), &s.url)).min();
        if let Some((distance, known)) = closest
            && distance * 10 <= wanted.chars().count()
        {
            return Guess::Misspelt(known.to_string());
        }
        let installed = |name: &str| self.packages.iter().any(|p| *p.name == *name);
        package_of(wanted).filter(|name| !installed(name)).map_or(Guess::Nothing, Guess::Package)
    }
}

impl Definitions {
    /// Profiles on resources whose URL, or the name at its end, is nearest to what was written; the nearest first.
    pub fn nearest_profiles(&self, url: &str, most: usize) -> Vec<String> {
        let wanted = url.split('|').next().unwrap_or(url);
        let name = |url: &str| url.rsplit('/').next().unwrap_or(url).to_lowercase();
        let wanted_name = name(wanted);
        let far = wanted_name.chars().count() / 3;
        let profiles = self.structures.iter().filter(|s| s.profile && s.kind == RESOURCE);
        let mut near: Vec<(usize, &str)> = profiles
            .map(|s| (distance(wanted, &s.url).min(distance(&wanted_name, &name(&s.url))), &*s.url))
            .filter(|(distance, _)| *distance <= far)
            .collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter().take(most).map(|(_, url)| url.to_owned()).collect()
    }
}

/// How many characters differ: insertions, deletions, changes. Only for URLs of some length.
fn distance(a: &str, b: &str) -> usize {
    if a.len().abs_diff(b.len()) > 40 || a.len() > 300 {
        return usize::MAX / 16;
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(x != *y)).min(left + 1).min(above + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_edits() {
        for (a, b, edits) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("abc", "abd", 1),
            ("abc", "ac", 1),
            ("", "xy", 2),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(a, b), edits, "{a} {b}");
        }
    }

    #[test]
    fn a_package_is_known_by_how_its_urls_begin() {
        for (url, package) in [
            ("http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS", Some("jp-eCSCLINS.r4")),
            ("http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_eCheckupGeneral", Some("jp-eCheckupReport.r4")),
            ("http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS", Some("jp-eCSCLINS.r4")),
            ("http://jpfhir.jp/fhir/core/StructureDefinition/JP_Patient", Some("jp-core.r4")),
            ("http://example.org/StructureDefinition/x", None),
        ] {
            assert_eq!(package_of(url), package, "{url}");
        }
    }
}
