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
        let limit = wanted.chars().count() / 10;
        let same_type = self.structures.iter().filter(|s| *s.type_name == *type_name && (s.profile || s.package > 0));
        let closest = same_type.filter_map(|s| Some((within(wanted, &s.url, limit)?, &s.url))).min();
        if let Some((_, known)) = closest {
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
        let closeness = |known: &str| {
            let of_name = within(&wanted_name, &name(known), far);
            within(wanted, known, far).into_iter().chain(of_name).min()
        };
        let mut near: Vec<(usize, &str)> = profiles.filter_map(|s| Some((closeness(&s.url)?, &*s.url))).collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter().take(most).map(|(_, url)| url.to_owned()).collect()
    }
}

/// How many characters differ (insertions, deletions, changes), if these are at most `limit`. Most pairs are told apart after a few
/// characters.
fn within(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b) = without_common_ends(a, b);
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut least = left;
        for (y, above) in b.iter().zip(row.iter_mut().skip(1)) {
            left = (diagonal + usize::from(x != y)).min(left + 1).min(*above + 1);
            diagonal = std::mem::replace(above, left);
            least = least.min(left);
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        if least > limit {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance <= limit)
}

/// The parts that differ: URLs of definitions begin alike.
fn without_common_ends<'t>(a: &'t str, b: &'t str) -> (&'t str, &'t str) {
    let same = a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map(|((at, _), _)| at);
    let start = same.unwrap_or(a.len().min(b.len()));
    let (a, b) = (a.get(start..).unwrap_or(a), b.get(start..).unwrap_or(b));
    let tail: usize = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let cut = |text: &'t str| text.get(..text.len() - tail).unwrap_or(text);
    (cut(a), cut(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_edits_up_to_a_limit() {
        for (a, b, edits) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("abc", "abd", 1),
            ("abc", "ac", 1),
            ("aab", "ab", 1),
            ("ab", "aab", 1),
            ("", "xy", 2),
            ("kitten", "sitting", 3),
            ("見本", "見木", 1),
        ] {
            for limit in 0..5 {
                assert_eq!(within(a, b, limit), (edits <= limit).then_some(edits), "{a} {b} {limit}");
            }
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
