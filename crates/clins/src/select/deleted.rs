//! Entries of a list that their source deleted, where the site shows them as ended (`rules` §4).

use super::window;
use crate::run::{Record, Run};
use std::collections::BTreeMap;
use tsugite_clinical::{DateTime, Presence, Standing, policy::DeletedEntries};

/// A member of a list that was deleted is one that is shown as ended.
pub(crate) fn is_deleted(record: &Record) -> bool {
    record.standing == Standing::Retracted
}

/// The newest content of each entry that was deleted, by its place in the chart, with the time stamp of the deletion. Empty where the
/// site drops them. `records` are in the order of the chart.
pub(crate) fn deleted(run: &Run, records: &[Record]) -> BTreeMap<usize, u64> {
    if run.site.policy.snapshot.deleted == DeletedEntries::Drop {
        return BTreeMap::new();
    }
    let same = |a: &Record, b: &Record| a.fact.patient == b.fact.patient && a.fact.key == b.fact.key;
    let mut found = BTreeMap::new();
    for entry in records.chunk_by(same) {
        let ended = entry.iter().all(|record| matches!(record.standing, Standing::Retracted | Standing::Superseded));
        let present = entry.iter().find(|record| record.fact.presence == Presence::Present);
        let Some(content) = present.or(entry.first()).filter(|content| ended && is_deleted(content)) else { continue };
        let stated = entry.iter().map(|record| record.fact.version.time).max();
        found.insert(content.index, omitted(run, content).max(stated).unwrap_or_default());
    }
    found
}

/// The newest list of the entry's scope, which omits it.
fn omitted(run: &Run, record: &Record) -> Option<u64> {
    let lists = run.resolved.chart.lists().iter();
    let own = lists.filter(|list| list.patient == record.fact.patient && list.scope == record.fact.key.scope);
    own.map(|list| list.version.time).max()
}

/// Whether what was deleted then is still shown now.
pub(crate) fn still_shown(run: &Run, at: u64) -> bool {
    let day = DateTime::from_stamp(at).map(|at| at.date);
    window::holds(day, run.today, run.site.policy.snapshot.years)
}
