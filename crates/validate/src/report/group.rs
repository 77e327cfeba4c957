use super::{Category, Report};
use std::collections::{HashMap, HashSet};
use tsugite_issue::{Definition, Digest, Issue, Origin, Severity};

/// Findings of one cause: the same code, rule, profile and expectation, the same element whatever its index, and the same form of
/// what was found (`2026/11/19` and `2026/1/2` are of one form, `20261119` is of another).
#[derive(Clone, Debug)]
pub struct Group {
    /// The first of them, whole.
    pub issue: Issue,
    /// The FHIR path without indices: `Bundle.entry.resource.code.text`.
    pub element: Option<String>,
    /// How many there are, those beyond the places and beyond [`crate::Options::max_issues`] included.
    pub count: usize,
    /// The first ones, the first issue's included; as many as were asked for.
    pub places: Vec<Place>,
    /// In how many different inputs they stand.
    pub files: usize,
}

/// Where one finding of a group stands, and what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub path: Option<String>,
    pub origin: Option<Origin>,
    pub found: Option<String>,
}

impl Group {
    pub fn code(&self) -> &'static str {
        self.issue.code()
    }

    pub fn severity(&self) -> Severity {
        self.issue.severity()
    }

    pub fn category(&self) -> Category {
        Category::of(self.issue.definition)
    }
}

/// Puts findings together by their cause, of one report or of all of a run.
#[derive(Debug, Default)]
pub struct Groups {
    places: usize,
    list: Vec<Member>,
    known: HashMap<Key, usize>,
    omitted: Vec<(&'static Definition, usize)>,
}

#[derive(Debug)]
struct Member {
    group: Group,
    files: HashSet<(Digest, String)>,
}

/// What makes two findings one.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    code: &'static str,
    element: Option<String>,
    parameters: String,
    form: String,
}

/// Parameters that tell one culprit from another, not one cause from another.
const OF_THE_CULPRIT: [&str; 2] = ["count", "id"];

impl Key {
    fn of(issue: &Issue) -> Self {
        let of_cause = |(name, _): &&(&'static str, String)| !OF_THE_CULPRIT.contains(name);
        let parameters: Vec<&str> = issue.parameters.iter().filter(of_cause).map(|(_, v)| v.as_str()).collect();
        Self {
            code: issue.code(),
            element: issue.path.as_deref().map(without_indices),
            parameters: parameters.join("\u{1}"),
            form: issue.found.as_deref().map(form).unwrap_or_default(),
        }
    }
}

impl Groups {
    /// `places`: how many places each group lists.
    pub fn new(places: usize) -> Self {
        Self { places, ..Self::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn add(&mut self, issue: &Issue) {
        let key = Key::of(issue);
        let place = || Place { path: issue.path.clone(), origin: issue.origin.clone(), found: issue.found.clone() };
        let file = issue.origin.as_ref().map(|o| (o.input.digest, o.input.path.clone()));
        if let Some(member) = self.known.get(&key).and_then(|&at| self.list.get_mut(at)) {
            member.group.count += 1;
            member.files.extend(file);
            if member.group.places.len() < self.places {
                member.group.places.push(place());
            }
            return;
        }
        let places = if self.places > 0 { vec![place()] } else { Vec::new() };
        let group = Group { issue: issue.clone(), element: key.element.clone(), count: 1, places, files: 0 };
        self.known.insert(key, self.list.len());
        self.list.push(Member { group, files: file.into_iter().collect() });
    }

    /// All issues of a report, and those that it only counted.
    pub fn add_report(&mut self, report: &Report) {
        report.issues.iter().for_each(|issue| self.add(issue));
        for (definition, count) in &report.omitted_by {
            match self.omitted.iter_mut().find(|(d, _)| d == definition) {
                Some((_, sum)) => *sum += count,
                None => self.omitted.push((definition, *count)),
            }
        }
    }

    /// The groups in the order in which their first findings came. What was only counted belongs to the last group of its code;
    /// a code of which nothing is listed makes a group without places.
    pub fn finish(mut self) -> Vec<Group> {
        for (definition, count) in std::mem::take(&mut self.omitted) {
            match self.list.iter_mut().rfind(|m| m.group.issue.definition == definition) {
                Some(member) => member.group.count += count,
                None => self.list.push(Member::of_omitted(definition, count)),
            }
        }
        self.list.into_iter().map(Member::finish).collect()
    }
}

impl Member {
    fn of_omitted(definition: &'static Definition, count: usize) -> Self {
        let group = Group { issue: Issue::new(definition), element: None, count, places: Vec::new(), files: 0 };
        Self { group, files: HashSet::new() }
    }

    fn finish(self) -> Group {
        Group { files: self.files.len(), ..self.group }
    }
}

/// `Bundle.entry[2].resource` → `Bundle.entry.resource`.
fn without_indices(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        match after.split_once(']') {
            Some((index, tail)) if index.bytes().all(|b| b.is_ascii_digit()) => rest = tail,
            _ => {
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The longest form that is told apart; longer ones are texts.
const LONGEST_FORM: usize = 24;

/// How a value is written: runs of letters and digits count as one. Texts of people, with other signs than ASCII or with blanks, are
/// all of one form, and so is what is long.
fn form(found: &str) -> String {
    let mut form = String::new();
    for c in found.chars() {
        if !c.is_ascii() || c == ' ' || form.len() > LONGEST_FORM {
            return "…".to_owned();
        }
        let class = if c.is_ascii_alphanumeric() { 'w' } else { c };
        if class != 'w' || !form.ends_with('w') {
            form.push(class);
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issues::{fhir, resource};

    fn date(path: &str, found: &str) -> Issue {
        Issue::new(&resource::DATE_FORM).path(path).found(found)
    }

    #[test]
    fn one_cause_is_one_group() {
        let mut groups = Groups::new(2);
        for (path, found) in [
            ("Bundle.entry[0].resource.birthDate", "1960/04/05"),
            ("Bundle.entry[1].resource.birthDate", "1960/4/5"),
            ("Bundle.entry[2].resource.birthDate", "1970/10/11"),
            ("Bundle.entry[3].resource.birthDate", "19600405"),
            ("Bundle.entry[4].resource.onsetDateTime", "1960/04/05"),
        ] {
            groups.add(&date(path, found));
        }
        let told: Vec<_> = groups.finish().into_iter().map(|g| (g.element.unwrap(), g.count, g.places.len())).collect();
        assert_eq!(
            told,
            [
                ("Bundle.entry.resource.birthDate".to_owned(), 3, 2),
                ("Bundle.entry.resource.birthDate".to_owned(), 1, 1),
                ("Bundle.entry.resource.onsetDateTime".to_owned(), 1, 1),
            ]
        );
    }

    #[test]
    fn what_is_expected_tells_causes_apart_and_the_number_found_does_not() {
        let too_few = |element: &str, count: &str| {
            Issue::new(&fhir::TOO_FEW)
                .path("Bundle.entry[0].resource.name")
                .with("element", element)
                .with("count", count)
        };
        let mut groups = Groups::new(5);
        for (element, count) in [("name", "0"), ("name", "1"), ("address", "0")] {
            groups.add(&too_few(element, count));
        }
        let counts: Vec<usize> = groups.finish().iter().map(|g| g.count).collect();
        assert_eq!(counts, [2, 1]);
    }

    #[test]
    fn what_was_only_counted_is_in_the_sums() {
        let report = Report {
            issues: vec![date("Bundle.entry[0].resource.birthDate", "x")],
            omitted: 12,
            omitted_by: vec![(&resource::DATE_FORM, 9), (&fhir::TOO_FEW, 3)],
        };
        let groups = report.groups(3);
        let told: Vec<_> = groups.iter().map(|g| (g.code(), g.count, g.places.len())).collect();
        assert_eq!(told, [(resource::DATE_FORM.code, 10, 1), ("FHIR-009", 3, 0)]);
        assert_eq!(report.summary().total.errors, 13);
    }

    #[test]
    fn a_form_is_how_a_value_is_written() {
        for (found, expected) in [
            ("2026-11-19", "w-w-w"),
            ("20261119", "w"),
            ("", ""),
            ("見本", "…"),
            ("a b", "…"),
            ("a/b/c/d/e/f/g/h/i/j/k/l/m/n", "…"),
        ] {
            assert_eq!(form(found), expected, "{found}");
        }
        for (path, expected) in [("a[0].b[12]", "a.b"), ("a.b", "a.b"), ("a[x].b[1", "a[x].b[1")] {
            assert_eq!(without_indices(path), expected);
        }
    }
}
