//! Which source a list is made from (`rules` §3, §4).

use crate::run::{Record, Run};
use std::{collections::BTreeSet, sync::Arc};
use tsugite_clinical::{Scope, receipt};
use tsugite_issue::Origin;

/// Who owns the list of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner<'a> {
    /// No source is known to be complete.
    Nobody,
    Feed(&'a str),
    /// `snapshot.union`: all sources together.
    All,
}

impl Owner<'_> {
    pub fn owns(&self, record: &Record) -> bool {
        match self {
            Self::Nobody => false,
            Self::Feed(feed) => &*record.fact.key.scope.feed == *feed,
            Self::All => true,
        }
    }
}

/// The first source, in the order of authority, that has said anything of this kind and is known to be complete.
/// A source that the order does not name comes last.
pub(crate) fn owner<'a>(run: &Run<'a>, records: &[Record<'a>], authority: &[String]) -> Owner<'a> {
    let feeds: BTreeSet<&str> = records.iter().map(|record| &*record.fact.key.scope.feed).collect();
    let rank = |feed: &&str| authority.iter().position(|name| name == feed).unwrap_or(authority.len());
    let mut ordered: Vec<&str> = feeds.into_iter().collect();
    ordered.sort_by_key(rank);
    if run.site.policy.snapshot.union {
        let complete = ordered.iter().all(|feed| has_baseline(run, records, feed));
        return if complete { Owner::All } else { Owner::Nobody };
    }
    ordered.into_iter().find(|feed| has_baseline(run, records, feed)).map_or(Owner::Nobody, Owner::Feed)
}

/// A whole list of the patient, a source scanned to its end, or the site's word.
fn has_baseline(run: &Run, records: &[Record], feed: &str) -> bool {
    if run.site.policy.snapshot.baseline_complete {
        return true;
    }
    // Receipts of a month are a whole list, of that month.
    let whole = |scope: &Scope| &*scope.feed == feed && (scope.part.is_empty() || receipt::month_of(scope).is_some());
    let said = run
        .resolved
        .chart
        .lists()
        .iter()
        .any(|list| whole(&list.scope) && !run.resolved.is_other_person(&Origin::whole(Arc::clone(&list.input))));
    let mut sources = records.iter().map(|record| &record.fact.key.scope).filter(|scope| &*scope.feed == feed);
    said || sources.all(|scope| run.site.baselines.scanned.contains(&*scope.source))
}
