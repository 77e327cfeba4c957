//! Which ids of a run mean one person (`rules` §2): decided when all of them are known, before anything is folded.

use crate::Settings;
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use tsugite_clinical::{
    Date, PatientId,
    body::Sex,
    issues,
    policy::{IdentityPolicy, Overlay, PatientDecision},
    who::{Acquaintance, Joins, folded, joins},
};
use tsugite_issue::{Issue, Origin};
use tsugite_source::Context;

/// Inputs below a folder that are another system's than the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// The first part of the logical path.
    pub folder: String,
    /// The name of its statements' source.
    pub instance: Option<Arc<str>>,
    /// The id space of its patient ids.
    pub id_space: Option<Arc<str>>,
}

impl Settings<'_> {
    /// As what an input is read.
    pub fn context_of(&self, path: &str) -> Cow<'_, Context> {
        let folder = path.split_once('/').map(|(folder, _)| folder);
        let Some(feed) = self.feeds.iter().find(|feed| Some(feed.folder.as_str()) == folder) else {
            return Cow::Borrowed(&self.context);
        };
        let Context { instance, id_space, gaiji } = &self.context;
        Cow::Owned(Context {
            instance: Arc::clone(feed.instance.as_ref().unwrap_or(instance)),
            id_space: Arc::clone(feed.id_space.as_ref().unwrap_or(id_space)),
            gaiji: Arc::clone(gaiji),
        })
    }

    /// Every source whose statements inputs of this site may make.
    pub fn instances(&self) -> impl Iterator<Item = &Arc<str>> {
        std::iter::once(&self.context.instance).chain(self.feeds.iter().filter_map(|feed| feed.instance.as_ref()))
    }

    /// Ids may be reported under others, so that nobody can be reported before all are known.
    pub(crate) fn may_join(&self) -> bool {
        let renamed =
            |overlay: &Overlay| overlay.patients.iter().any(|rule| matches!(rule.decision, PatientDecision::Alias(_)));
        self.identity.join_by_insured_number || renamed(self.site.overlay)
    }
}

/// What is known of everybody, as far as it is needed.
#[derive(Default)]
pub(crate) struct People(BTreeMap<PatientId, Acquaintance>);

impl People {
    pub fn meet(&mut self, known: BTreeMap<PatientId, Acquaintance>) {
        for (id, acquaintance) in known {
            self.0.entry(id).or_default().merge(acquaintance);
        }
    }

    pub fn who(&self, settings: &Settings) -> Who {
        let policy = &settings.identity;
        let mut alike: HashMap<(&str, &str), usize> = HashMap::new();
        for id in self.0.keys() {
            if let Some(number) = folded(&id.id) {
                *alike.entry((&id.space, number)).or_default() += 1;
            }
        }
        let is_alike = |id: &PatientId| {
            folded(&id.id).is_some_and(|number| alike.get(&(&*id.space, number)).is_some_and(|count| *count > 1))
        };
        let IdentityPolicy { fold_zeros, join_by_insured_number } = *policy;
        let needed = |id: &PatientId| join_by_insured_number || (fold_zeros && is_alike(id));
        let known = self.0.iter().filter(|(id, _)| needed(id)).collect();
        let joins = joins(&known, policy, settings.site.overlay, &settings.context.id_space);
        let mut who = Who { overlay: joins.overlay(settings.site.overlay), joins, shared: BTreeMap::new() };
        for id in self.0.keys() {
            let head = who.reported_as(id);
            *who.shared.entry(head).or_default() += 1;
        }
        who.shared.retain(|head, count| *count > 1 || !self.0.contains_key(head));
        who
    }
}

/// Whom ids mean.
pub(crate) struct Who {
    /// The clinic's decisions, also under the ids that patients are reported under.
    pub overlay: Overlay,
    joins: Joins,
    /// Ids under which others are reported.
    shared: BTreeMap<PatientId, usize>,
}

impl Who {
    /// The id under which a patient is reported, where other ids are too.
    pub fn shared_head(&self, id: &PatientId) -> Option<PatientId> {
        let head = self.reported_as(id);
        self.shared.contains_key(&head).then_some(head)
    }

    fn reported_as(&self, id: &PatientId) -> PatientId {
        let mut head = self.joins.head(id).clone();
        for _ in 0..self.overlay.patients.len() {
            match self.overlay.patient(&head.id) {
                Some(PatientDecision::Alias(next)) => head.id = next.as_str().into(),
                _ => break,
            }
            head = self.joins.head(&head).clone();
        }
        head
    }

    pub fn issues(&self) -> Vec<Issue> {
        self.joins.ambiguous.iter().map(|_| Issue::new(&issues::IDS_AMBIGUOUS)).collect()
    }
}

/// Who sounds like whom: a patient with what a likely double shares.
#[derive(Clone, Debug)]
pub(crate) struct Likeness {
    pub patient: PatientId,
    pub name_and_birth: (String, Date),
    pub sex: Option<Sex>,
    pub master: Option<Origin>,
}

/// The patients of a run by name and birth date.
#[derive(Debug, Default)]
pub(crate) struct Likenesses(HashMap<(String, Date), Vec<Alike>>);

/// One of them: id, sex, and where the master data stand.
type Alike = (PatientId, Option<Sex>, Option<Origin>);

impl Likenesses {
    pub fn add(&mut self, likeness: Likeness) {
        let Likeness { patient, name_and_birth, sex, master } = likeness;
        self.0.entry(name_and_birth).or_default().push((patient, sex, master));
    }

    /// Each one of a likely double, at the place of the master data.
    pub fn issues(&self, overlay: &Overlay) -> Vec<Issue> {
        let mut issues = Vec::new();
        for alike in self.0.values().filter(|alike| alike.len() > 1) {
            for (id, sex, master) in alike {
                let is_other = |(other, also, _): &Alike| {
                    id != other && sex.zip(*also).is_none_or(|(a, b)| a == b) && !overlay.are_apart(&id.id, &other.id)
                };
                if alike.iter().any(is_other) {
                    let issue = Issue::new(&issues::LIKELY_DOUBLE).found(&*id.id);
                    issues.push(match master {
                        Some(master) => issue.at(master.clone()),
                        None => issue,
                    });
                }
            }
        }
        issues
    }
}
