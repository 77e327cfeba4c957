//! Which ids mean one person, from what the ledger holds of them (`rules` §2).

use super::groups::Group;
use crate::failure::Failure;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap},
    rc::Rc,
    sync::Arc,
};
use tsugite_clinical::{
    PatientId, issues,
    policy::{IdentityPolicy, Overlay, PatientDecision},
    who::{Acquaintance, Joins, doubles, folded, joins},
};
use tsugite_issue::{Definition, Issue};
use tsugite_store::{JoinedIds, Store, StoreError};

/// Whom ids mean, decided for everybody.
#[derive(Debug, Default)]
pub struct Who {
    /// The clinic's decisions, also under the ids that patients are reported under.
    pub overlay: Overlay,
    joins: Joins,
    /// By the id that they are reported under: groups of more than that id itself.
    groups: BTreeMap<PatientId, Group>,
    everybody: BTreeSet<PatientId>,
    /// Reported under these ids, of which one was reported as another's and cannot be any more.
    parted: BTreeSet<PatientId>,
    /// The same, after a person said that they are two.
    apart: BTreeSet<PatientId>,
    remembered: Rc<BTreeSet<JoinedIds>>,
}

impl Who {
    /// Everybody, those who are one person together.
    pub fn everybody(&self) -> Vec<Group> {
        let heads: BTreeSet<PatientId> = self.everybody.iter().map(|id| self.reported_as(id)).collect();
        heads.iter().map(|head| self.group(head)).collect()
    }

    /// These, each with all ids of the same person.
    pub fn groups_of<'i>(&self, ids: impl IntoIterator<Item = &'i PatientId>) -> Vec<Group> {
        let heads: BTreeSet<PatientId> = ids.into_iter().map(|id| self.reported_as(id)).collect();
        heads.iter().map(|head| self.group(head)).collect()
    }

    fn group(&self, head: &PatientId) -> Group {
        self.groups.get(head).cloned().unwrap_or_else(|| vec![head.clone()])
    }

    /// The id under which a patient is reported: joined, then as the clinic's table of numbers says.
    pub fn reported_as(&self, id: &PatientId) -> PatientId {
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

    /// Why nothing of a person is sent.
    pub fn doubt(&self, head: &PatientId) -> Option<&'static Definition> {
        self.parted.contains(head).then_some(&issues::IDS_PARTED)
    }

    /// Something may have been sent under this id that is another person's.
    pub fn lost_something(&self, head: &PatientId) -> bool {
        self.apart.contains(head)
    }

    pub fn issues(&self) -> impl Iterator<Item = Issue> {
        self.joins.ambiguous.iter().map(|_| Issue::new(&issues::IDS_AMBIGUOUS))
    }

    fn of(people: &People, joins: Joins, policy: &Knowing, remembered: Rc<BTreeSet<JoinedIds>>) -> Self {
        let overlay = joins.overlay(&policy.overlay);
        let mut who = Self { overlay, joins, remembered, ..Self::default() };
        who.everybody = people.known.keys().cloned().collect();
        for id in people.known.keys() {
            let head = who.reported_as(id);
            if head != *id {
                who.groups.entry(head.clone()).or_insert_with(|| vec![head]).push(id.clone());
            }
        }
        let remembered = Rc::clone(&who.remembered);
        for (id, head) in remembered.iter().filter(|(id, _)| people.known.contains_key(id)) {
            let (now, then) = (who.reported_as(id), who.reported_as(head));
            if now != then {
                let decided = policy.overlay.are_apart(&id.id, &head.id);
                let set = if decided { &mut who.apart } else { &mut who.parted };
                set.extend([now, then]);
            }
        }
        who
    }
}

/// What a site decides about knowing people.
#[derive(Clone, Debug)]
pub struct Knowing {
    pub policy: IdentityPolicy,
    pub overlay: Overlay,
    /// The id space that patients are reported under.
    pub main: Arc<str>,
}

/// Everybody of whom the ledger knows, read on from where it was read last.
#[derive(Debug, Default)]
pub struct People {
    mark: i64,
    /// What is known of each, where it was needed.
    known: BTreeMap<PatientId, Option<Acquaintance>>,
    /// Ids that differ in leading zeros only.
    alike: HashMap<(Arc<str>, String), BTreeSet<PatientId>>,
    who: Option<Rc<Who>>,
}

/// What a round, or a service for its life, knows of people.
#[derive(Debug)]
pub struct Acquainted {
    knowing: Knowing,
    people: RefCell<People>,
}

impl Acquainted {
    pub fn new(knowing: Knowing) -> Self {
        Self { knowing, people: RefCell::default() }
    }

    /// Whom ids mean now.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn who(&self, store: &Store) -> Result<Rc<Who>, Failure> {
        Ok(self.people.borrow_mut().who(store, &self.knowing)?)
    }

    /// Remembers who was joined with whom, before anything is sent of it.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn remember(&self, store: &mut Store, who: &Who, now: &str) -> Result<(), Failure> {
        let pairs = who.joins.iter().map(|(id, head)| (id.clone(), head.clone()));
        let new: Vec<JoinedIds> = pairs.filter(|pair| !who.remembered.contains(pair)).collect();
        if !new.is_empty() {
            store.remember_joined(&new, now)?;
            self.people.borrow_mut().who = None;
        }
        Ok(())
    }
}

impl People {
    fn who(&mut self, store: &Store, knowing: &Knowing) -> Result<Rc<Who>, StoreError> {
        let changed = self.refresh(store, knowing)?;
        if let Some(who) = self.who.as_ref().filter(|_| !changed) {
            return Ok(Rc::clone(who));
        }
        let needed: Vec<PatientId> = match knowing.policy.join_by_insured_number {
            true => self.known.keys().cloned().collect(),
            false => self.alike.values().filter(|ids| ids.len() > 1).flatten().cloned().collect(),
        };
        for id in &needed {
            self.acquaint(store, id)?;
        }
        let known = needed.iter().filter_map(|id| Some((id, self.known.get(id)?.as_ref()?)));
        let joins = joins(&known.collect(), &knowing.policy, &knowing.overlay, &knowing.main);
        let who = Rc::new(Who::of(self, joins, knowing, Rc::new(store.joined()?)));
        self.who = Some(Rc::clone(&who));
        Ok(who)
    }

    fn acquaint(&mut self, store: &Store, id: &PatientId) -> Result<(), StoreError> {
        if let Some(known) = self.known.get_mut(id).filter(|known| known.is_none()) {
            *known = Some(Acquaintance::of(&store.statements(id)?));
        }
        Ok(())
    }

    /// Takes in of whom something else is stated; whether that may change who is who.
    fn refresh(&mut self, store: &Store, knowing: &Knowing) -> Result<bool, StoreError> {
        let (patients, mark) = store.patients_since(self.mark)?;
        self.mark = mark;
        let mut changed = false;
        for (id, is_stated) in patients {
            let class = folded(&id.id).filter(|_| knowing.policy.fold_zeros);
            let class = class.map(|number| (Arc::clone(&id.space), number.to_owned()));
            let alike = class.map(|class| self.alike.entry(class).or_default());
            let was = self.known.contains_key(&id);
            changed |= was != is_stated || knowing.policy.join_by_insured_number;
            if is_stated {
                changed |= alike.is_some_and(|alike| {
                    alike.insert(id.clone());
                    alike.len() > 1
                });
                self.known.insert(id, None);
            } else {
                alike.map(|alike| alike.remove(&id));
                self.known.remove(&id);
            }
        }
        Ok(changed)
    }
}

/// Ids that may mean one person and are reported apart: for a person to decide. Reads everything that is stated.
///
/// # Errors
/// When the ledger cannot be read.
pub fn likely_doubles(store: &Store, knowing: &Knowing) -> Result<Vec<Vec<PatientId>>, Failure> {
    let mut people = People::default();
    let who = people.who(store, knowing)?;
    for id in &who.everybody {
        people.acquaint(store, id)?;
    }
    let known = people.known.iter().filter_map(|(id, known)| Some((id, known.as_ref()?)));
    let settled = |a: &PatientId, b: &PatientId| {
        knowing.overlay.are_apart(&a.id, &b.id) || who.reported_as(a) == who.reported_as(b)
    };
    Ok(doubles(known, settled).into_iter().map(|ids| ids.into_iter().cloned().collect()).collect())
}
