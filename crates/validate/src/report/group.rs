use super::{Category, Counts, Report};
use std::collections::HashMap;
use std::sync::Arc;
use tsugite_issue::{Definition, InputName, Issue, Origin, Severity};

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

/// Puts findings together by their cause, of one report or of all of a run. What belongs to one input comes together, before the
/// next one.
///
/// Memory is bounded: beyond [`Groups::MOST`] causes the rest is only counted.
#[derive(Debug, Default)]
pub struct Groups {
    places: usize,
    list: Vec<Member>,
    known: HashMap<Key, usize>,
    /// Counted by reports, not listed in them.
    unlisted: Vec<(&'static Definition, usize)>,
    beyond: Counts,
}

#[derive(Debug)]
struct Member {
    group: Group,
    first: Option<Arc<InputName>>,
    last: Option<Arc<InputName>>,
}

/// What makes two findings one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// Causes that are told apart.
    pub const MOST: usize = 1_000;

    /// `places`: how many places each group lists.
    pub fn new(places: usize) -> Self {
        Self { places, ..Self::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Findings beyond the first [`Groups::MOST`] causes.
    pub fn beyond(&self) -> Counts {
        self.beyond
    }

    pub fn add(&mut self, issue: &Issue) {
        let input = issue.origin.as_ref().map(|o| Arc::clone(&o.input));
        let place = Place { path: issue.path.clone(), origin: issue.origin.clone(), found: issue.found.clone() };
        let key = Key::of(issue);
        if let Some(member) = self.known.get(&key).and_then(|&at| self.list.get_mut(at)) {
            return member.add(1, [place], self.places, &input, &input, usize::from(input.is_some()));
        }
        if self.list.len() >= Self::MOST {
            return self.beyond.count(issue.severity(), 1);
        }
        let places = if self.places > 0 { vec![place] } else { Vec::new() };
        let files = usize::from(input.is_some());
        let group = Group { issue: issue.clone(), element: key.element.clone(), count: 1, places, files };
        self.known.insert(key, self.list.len());
        self.list.push(Member { group, first: input.clone(), last: input });
    }

    /// All issues of a report, and those that it only counted.
    pub fn add_report(&mut self, report: &Report) {
        report.issues.iter().for_each(|issue| self.add(issue));
        report.omitted_by.iter().for_each(|&(definition, count)| self.add_unlisted(definition, count));
    }

    fn add_unlisted(&mut self, definition: &'static Definition, count: usize) {
        match self.unlisted.iter_mut().find(|(d, _)| *d == definition) {
            Some((_, sum)) => *sum += count,
            None => self.unlisted.push((definition, count)),
        }
    }

    /// Adds the groups of what came after: as if each of its findings had been added here.
    pub fn merge(&mut self, after: Self) {
        let mut keys: Vec<(Key, usize)> = after.known.into_iter().collect();
        keys.sort_unstable_by_key(|(_, at)| *at);
        for ((key, _), member) in keys.into_iter().zip(after.list) {
            if let Some(known) = self.known.get(&key).and_then(|&at| self.list.get_mut(at)) {
                let Member { group, first, last } = member;
                known.add(group.count, group.places, self.places, &first, &last, group.files);
            } else if self.list.len() < Self::MOST {
                self.known.insert(key, self.list.len());
                self.list.push(member);
            } else {
                self.beyond.count(member.group.severity(), member.group.count);
            }
        }
        self.beyond += after.beyond;
        after.unlisted.into_iter().for_each(|(definition, count)| self.add_unlisted(definition, count));
    }

    /// The groups in the order in which their first findings came. What was only counted belongs to the last group of its code;
    /// a code of which nothing is listed makes a group without places.
    pub fn finish(mut self) -> Vec<Group> {
        for (definition, count) in std::mem::take(&mut self.unlisted) {
            match self.list.iter_mut().rfind(|m| m.group.issue.definition == definition) {
                Some(member) => member.group.count += count,
                None => self.list.push(Member::unlisted(definition, count)),
            }
        }
        self.list.into_iter().map(|member| member.group).collect()
    }
}

impl Member {
    fn unlisted(definition: &'static Definition, count: usize) -> Self {
        let group = Group { issue: Issue::new(definition), element: None, count, places: Vec::new(), files: 0 };
        Self { group, first: None, last: None }
    }

    /// More findings of the same cause, which stand in `files` inputs from `first` to `last`.
    fn add(
        &mut self,
        count: usize,
        places: impl IntoIterator<Item = Place>,
        most: usize,
        first: &Option<Arc<InputName>>,
        last: &Option<Arc<InputName>>,
        files: usize,
    ) {
        let group = &mut self.group;
        group.count += count;
        let free = most.saturating_sub(group.places.len());
        group.places.extend(places.into_iter().take(free));
        // An input that goes on is no new one.
        let same = first.is_some() && *first == self.last;
        group.files += files.saturating_sub(usize::from(same));
        self.last.clone_from(last);
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
    use tsugite_issue::Digest;

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

    fn in_file(name: &str, path: &str) -> Issue {
        let input = Arc::new(InputName { path: name.to_owned(), digest: Digest::default() });
        date(path, "1960/04/05").at(Origin::whole(input))
    }

    #[test]
    fn pieces_that_are_merged_are_as_if_added_one_by_one() {
        let all: Vec<Issue> = ["a", "a", "b", "b", "c"]
            .iter()
            .enumerate()
            .map(|(n, file)| in_file(file, if n == 3 { "Patient.birthDate" } else { "Condition.onsetDateTime" }))
            .collect();
        let grouped = |issues: &[Issue]| {
            let mut groups = Groups::new(3);
            issues.iter().for_each(|issue| groups.add(issue));
            groups
        };
        let told = |groups: Groups| -> Vec<_> {
            groups.finish().into_iter().map(|g| (g.element, g.count, g.files, g.places)).collect()
        };
        let whole = told(grouped(&all));
        assert_eq!(whole.iter().map(|g| (g.1, g.2, g.3.len())).collect::<Vec<_>>(), [(4, 3, 3), (1, 1, 1)]);
        for cut in 0..=all.len() {
            let mut pieces = grouped(&all[..cut]);
            pieces.merge(grouped(&all[cut..]));
            assert_eq!(told(pieces), whole, "cut at {cut}");
        }
    }

    #[test]
    fn causes_beyond_the_limit_are_only_counted() {
        let mut groups = Groups::new(1);
        for n in 0..Groups::MOST + 5 {
            groups.add(&date(&format!("Basic.a{n}"), "x"));
        }
        let mut more = Groups::new(1);
        more.add(&date("Basic.b", "x"));
        more.add(&date("Basic.a0", "x"));
        groups.merge(more);
        assert_eq!((groups.len(), groups.beyond().errors), (Groups::MOST, 6));
        assert_eq!(groups.finish()[0].count, 2);
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
