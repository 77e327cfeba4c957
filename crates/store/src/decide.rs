//! What to do about a Unit, from what the ledger knows and what the sources say now (`rules` §6). Pure.

use crate::{Hash, LedgerEntry, Operation, Submission, SubmissionState, UnitState};

/// When a difference of identity alone (insured id, name, birth date, sex) is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum IdentityPolicy {
    /// With the next change of content.
    #[default]
    Next,
    /// At once, as a change.
    All,
    /// Not by the program: a content change under another identity waits for a person too.
    Never,
}

/// What the sources say of a Unit now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted<'a> {
    Report {
        content: &'a Hash,
        identity: &'a Hash,
    },
    /// Every member was retracted or excluded.
    Emptied,
    /// It cannot be built now.
    Held,
}

/// What the ledger and the outbox know of a Unit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Latest<'a> {
    pub entry: Option<&'a LedgerEntry>,
    /// Its submissions, oldest first. At most one waits and at most one is in flight.
    pub submissions: &'a [Submission],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The centre holds it already, or will, or has refused exactly this.
    Nothing,
    /// Put it into the outbox; what waits there of this Unit is withdrawn.
    Enqueue(Operation),
    /// Take back what waits: it is no longer so.
    Withdraw,
    /// The identity differs and the site wants a person to look.
    IdentityDiffers,
    /// It may live at the centre, but the ledger was lost and nobody knows under which insured id.
    CancelByHand,
}

/// Compares what is wanted with what is known.
pub fn decide(latest: Latest, wanted: Wanted, policy: IdentityPolicy) -> Decision {
    let flight = latest.submissions.iter().find(|s| s.state.is_in_flight());
    let waiting = latest.submissions.iter().find(|s| s.state.is_waiting());
    let withdraw = if waiting.is_some() { Decision::Withdraw } else { Decision::Nothing };
    if flight.is_some_and(|s| s.operation == Operation::Cancel) {
        // What comes after an accepted cancel belongs to the next generation.
        return Decision::Nothing;
    }
    let accepted = latest.entry.and_then(|entry| entry.accepted.as_ref());
    let basis = flight.map(|s| (&s.content, &s.identity)).or_else(|| accepted.map(|a| (&a.content, &a.identity)));
    let doubtful = flight.is_none() && (may_live(latest) || latest.entry.is_some_and(|entry| entry.doubtful));
    match wanted {
        Wanted::Held => withdraw,
        Wanted::Emptied if basis.is_some() || doubtful => enqueue(latest, Operation::Cancel, None),
        Wanted::Emptied if is_lost(latest) => Decision::CancelByHand,
        Wanted::Emptied => withdraw,
        Wanted::Report { content, identity } => match basis {
            None => enqueue(latest, Operation::Register, Some((content, identity))),
            Some((c, i)) if c == content && !doubtful && (i == identity || policy != IdentityPolicy::All) => withdraw,
            Some((c, i)) if c != content && i != identity && policy == IdentityPolicy::Never => {
                Decision::IdentityDiffers
            }
            Some(_) => enqueue(latest, Operation::Change, Some((content, identity))),
        },
    }
}

/// Something was sent since the last acceptance that nobody answered, although what followed was refused: the ledger and the centre
/// may differ.
fn may_live(latest: Latest) -> bool {
    let since = latest.submissions.iter().rev().take_while(|s| s.state != SubmissionState::Accepted);
    since.into_iter().any(|s| s.unresolved)
}

/// Known from `issued.log` only, and not under which insured id.
fn is_lost(latest: Latest) -> bool {
    latest.submissions.is_empty()
        && latest.entry.is_some_and(|entry| entry.state == UnitState::Unknown && entry.accepted.is_none())
}

/// Unless just this waits already, or was refused by the centre or a person since the last acceptance.
fn enqueue(latest: Latest, operation: Operation, hashes: Option<(&Hash, &Hash)>) -> Decision {
    let same = |s: &Submission| {
        let says = |(content, identity): (&Hash, &Hash)| s.content == *content && s.identity == *identity;
        (s.operation == Operation::Cancel) == (operation == Operation::Cancel) && hashes.is_none_or(says)
    };
    let waits = latest.submissions.iter().any(|s| s.state.is_waiting() && same(s));
    let newest = latest.submissions.iter().rfind(|s| s.state != SubmissionState::Withdrawn);
    let refused =
        newest.is_some_and(|s| matches!(s.state, SubmissionState::Rejected | SubmissionState::Declined) && same(s));
    if waits || refused { Decision::Nothing } else { Decision::Enqueue(operation) }
}
