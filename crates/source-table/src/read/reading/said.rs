//! What is said of a row besides its values: fact, key, version, list and identity.

use super::Reading;
use crate::{
    mapping::{Role, VersionSource},
    read::{Line, Values},
    target::{self, Target},
};
use rustc_hash::FxHasher;
use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};
use tsugite_clinical::{DateTime, Fact, Identity, Key, PatientId, Presence, Scope, Version, WholeList, body::Body};
use tsugite_issue::Origin;

impl Reading<'_> {
    /// The report of a row of health check items, once.
    pub(super) fn document(
        &mut self,
        values: &Values,
        patient: &PatientId,
        scope: &Arc<Scope>,
        version: Version,
        line: &Line<'_>,
    ) {
        if self.last.document.as_ref() == Some(scope) {
            return;
        }
        self.last.document = Some(Arc::clone(scope));
        let body = Body::Document(Box::new(target::document(values)));
        let origin = line.origin(self.input, None);
        self.fact(patient, scope, version, "document".to_owned(), body, origin);
    }

    pub(super) fn fact(
        &mut self,
        patient: &PatientId,
        scope: &Arc<Scope>,
        version: Version,
        item: String,
        body: Body,
        origin: Origin,
    ) {
        let mut hasher = FxHasher::default();
        (&patient.id, &scope.feed, &scope.part, &item).hash(&mut hasher);
        let next = self.ordinals.entry(hasher.finish()).or_insert(0);
        let ordinal = *next;
        *next = next.saturating_add(1);
        let Some(kind) = body.kind() else { return };
        let fact = Fact {
            patient: patient.clone(),
            key: Key { scope: Arc::clone(scope), item: item.into(), ordinal },
            version,
            presence: target::presence(&body),
            body,
            origin,
        };
        let record = self.sink.record(kind, fact.origin.clone());
        record.of_patient(&patient.id).fact(fact);
    }

    /// Of the row where the mapping says so, else of the file. `None` where the row should have one and has none.
    pub(super) fn version_of(&self, target: Target, values: &Values) -> Option<Version> {
        let VersionSource::Field(name) = &self.mapping.version_from else { return Some(self.version) };
        let at: DateTime = values.date(target.field(name)?)?;
        Some(Version { time: at.stamp(), ..Version::default() })
    }

    pub(super) fn scope(&mut self, target: Target, values: &Values) -> Arc<Scope> {
        let part = target::part(target, values, &self.mapping.report_key);
        if let Some((name, scope)) = &self.last.scope
            && *name == part
            && &*scope.feed == self.feed(target)
        {
            return Arc::clone(scope);
        }
        let feed = self.feed(target).into();
        let scope = Arc::new(Scope { source: Arc::clone(&self.source), feed, part: part.as_str().into() });
        self.last.scope = Some((part, Arc::clone(&scope)));
        scope
    }

    pub(super) fn feed(&self, target: Target) -> &'static str {
        match target {
            Target::Patient => "PATIENTS",
            Target::Lab => "LAB",
            Target::Prescription => "RX",
            Target::Checkup => "CC2X",
            // Rows that are no list of a patient are no baseline of one.
            Target::Allergy | Target::Diagnosis if self.mapping.whole_list => "LIST",
            Target::Allergy | Target::Diagnosis => "ROWS",
        }
    }

    /// Whether a file speaks for all of a scope. Rows with versions of their own are statements by themselves.
    pub(super) fn is_whole(&self, target: Target) -> bool {
        if self.mapping.partial || self.row_has_version(target) {
            return false;
        }
        match target {
            Target::Patient => false,
            Target::Lab | Target::Prescription | Target::Checkup => true,
            Target::Allergy | Target::Diagnosis => self.mapping.whole_list,
        }
    }

    /// The version stands in the detail rows, not in their header.
    pub(super) fn row_has_version(&self, target: Target) -> bool {
        let VersionSource::Field(name) = &self.mapping.version_from else { return false };
        let details = self.mapping.rows.iter().filter(|row| row.role == Role::Detail);
        let mut fields = details.flat_map(|row| &row.targets).filter(|rule| rule.target == target);
        fields.any(|rule| target.field(name).and_then(|at| rule.fields.get(at)).is_some_and(Option::is_some))
    }

    pub(super) fn list(&mut self, target: Target, patient: &PatientId, scope: &Arc<Scope>, version: Version) {
        if !self.is_whole(target) {
            return;
        }
        let said = self.last.list.as_ref().is_some_and(|(last, of)| last == patient && of == scope);
        if said {
            return;
        }
        self.last.list = Some((patient.clone(), Arc::clone(scope)));
        self.sink.list(WholeList {
            patient: patient.clone(),
            scope: Arc::clone(scope),
            version,
            presence: Presence::Present,
            input: Arc::clone(&self.input.name),
        });
    }

    /// Whom the row says that it is about.
    pub(super) fn identity(&mut self, target: Target, values: &Values, patient: &PatientId, version: Version) {
        let (Some(birth), Some(sex)) = (target.field("birth_date"), target.field("sex")) else { return };
        let identity = Identity {
            patient: patient.clone(),
            input: Arc::clone(&self.input.name),
            version,
            birth_date: values.date(birth).map(|at| at.date),
            sex: values.sex(sex),
        };
        let says_nothing = identity.birth_date.is_none() && identity.sex.is_none();
        if says_nothing || self.last.identity.as_ref() == Some(&identity) {
            return;
        }
        self.last.identity = Some(identity.clone());
        self.sink.identity(identity);
    }
}
