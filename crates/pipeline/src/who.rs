//! Which ids of a run mean one person (`rules` §2): decided when all of them are known, before anything is folded.

use crate::{Settings, disk::Sorter};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    io,
    path::Path,
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

/// What is known of everybody, in the order in which ids are alike; on disk where it is much.
#[derive(Debug)]
pub(crate) struct People(Sorter);

impl People {
    pub fn new(scratch: &Path) -> Self {
        Self(Sorter::new(scratch, MEMORY))
    }

    /// # Errors
    /// The scratch folder.
    pub fn meet(&mut self, known: BTreeMap<PatientId, Acquaintance>) -> io::Result<()> {
        known.into_iter().try_for_each(|(id, acquaintance)| {
            let number = folded(&id.id).unwrap_or(&id.id);
            let key = [id.space.as_bytes(), &[0], number.as_bytes()].concat();
            self.0.push(key, serde_json::to_vec(&(id, acquaintance))?)
        })
    }

    /// # Errors
    /// As [`People::meet`].
    pub fn who(self, settings: &Settings) -> io::Result<Who> {
        let (policy, overlay) = (&settings.identity, settings.site.overlay);
        let IdentityPolicy { fold_zeros, join_by_insured_number } = *policy;
        let (mut known, mut candidates) = (BTreeMap::new(), BTreeSet::new());
        let mut settle = |alike: &mut BTreeMap<PatientId, Acquaintance>| {
            let renamed = |id: &&PatientId| matches!(overlay.patient(&id.id), Some(PatientDecision::Alias(_)));
            candidates.extend(alike.keys().filter(renamed).cloned());
            if join_by_insured_number || (fold_zeros && alike.len() > 1) {
                known.append(alike);
            }
            alike.clear();
        };
        let (mut alike, mut number) = (BTreeMap::<PatientId, Acquaintance>::new(), Vec::new());
        for row in self.0.sorted()? {
            let (key, row) = row?;
            if key != number {
                settle(&mut alike);
                number = key;
            }
            let (id, acquaintance) = serde_json::from_slice(&row)?;
            alike.entry(id).or_default().merge(acquaintance);
        }
        settle(&mut alike);
        candidates.extend(known.keys().cloned());
        let joins = joins(&known.iter().collect(), policy, overlay, &settings.context.id_space);
        let mut who = Who { overlay: joins.overlay(overlay), joins, shared: BTreeSet::new() };
        who.shared = candidates
            .iter()
            .map(|id| (id, who.reported_as(id)))
            .filter(|(id, head)| *id != head)
            .map(|(_, head)| head)
            .collect();
        Ok(who)
    }
}

/// Memory that ids may take before they go to disk.
const MEMORY: usize = 4 << 20;

/// Whom ids mean.
pub(crate) struct Who {
    /// The clinic's decisions, also under the ids that patients are reported under.
    pub overlay: Overlay,
    joins: Joins,
    /// Ids under which others are reported.
    shared: BTreeSet<PatientId>,
}

impl Who {
    /// The id under which a patient is reported, where other ids are too.
    pub fn shared_head(&self, id: &PatientId) -> Option<PatientId> {
        let head = self.reported_as(id);
        self.shared.contains(&head).then_some(head)
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

/// The patients of a run by name and birth date, on disk where they are many.
#[derive(Debug)]
pub(crate) struct Likenesses(Sorter);

/// One of them: id, sex, and where the master data stand.
type Alike = (PatientId, Option<Sex>, Option<Origin>);

impl Likenesses {
    pub fn new(scratch: &Path) -> Self {
        Self(Sorter::new(scratch, MEMORY))
    }

    /// # Errors
    /// The scratch folder.
    pub fn add(&mut self, likeness: Likeness) -> io::Result<()> {
        let Likeness { patient, name_and_birth: (name, born), sex, master } = likeness;
        let alike: Alike = (patient, sex, master);
        self.0.push(format!("{name}\0{born}").into_bytes(), serde_json::to_vec(&alike)?)
    }

    /// Each one of a likely double, at the place of the master data.
    ///
    /// # Errors
    /// As [`Likenesses::add`].
    pub fn issues(self, overlay: &Overlay) -> io::Result<Vec<Issue>> {
        let mut issues = Vec::new();
        let (mut alike, mut said) = (Vec::<Alike>::new(), Vec::new());
        for row in self.0.sorted()? {
            let (key, row) = row?;
            if key != said {
                tell(&alike, overlay, &mut issues);
                alike.clear();
                said = key;
            }
            alike.push(serde_json::from_slice(&row)?);
        }
        tell(&alike, overlay, &mut issues);
        Ok(issues)
    }
}

/// Those of one name and birth date.
fn tell(alike: &[Alike], overlay: &Overlay, told: &mut Vec<Issue>) {
    for (id, sex, master) in alike {
        let is_other = |(other, also, _): &Alike| {
            id != other && sex.zip(*also).is_none_or(|(a, b)| a == b) && !overlay.are_apart(&id.id, &other.id)
        };
        if alike.iter().any(is_other) {
            let issue = Issue::new(&issues::LIKELY_DOUBLE).found(&*id.id);
            told.push(match master {
                Some(master) => issue.at(master.clone()),
                None => issue,
            });
        }
    }
}
