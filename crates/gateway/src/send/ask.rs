//! What waits for a person before it goes: the brake, files that are gone or shorter, and the first plan (`rules` §4–5).

use super::{
    Cycle, Summary, brake,
    cycle::PROGRAM,
    intend::{Intention, Intentions},
    issues,
    scan::Scan,
};
use crate::failure::Failure;
use tsugite_issue::Issue;
use tsugite_store::{Approval, Operation, Store};

/// Kind, subject, and the line that a person is shown.
type Asks = Vec<(Approval, String, String)>;

impl Cycle<'_> {
    /// Everything that keeps what was compared from the outbox. `true`: it may go on. `recent`: what a service has cancelled or shrunk
    /// without being asked since yesterday, which counts as of one run.
    ///
    /// # Errors
    /// When the ledger cannot be used.
    pub fn ask(
        &self,
        store: &mut Store,
        scan: &Scan,
        intentions: &Intentions,
        recent: usize,
        yes: bool,
        summary: &mut Summary,
    ) -> Result<bool, Failure> {
        let (mut asks, mut stop) = (Asks::new(), Vec::new());
        self.losses(store, intentions, recent, summary, &mut asks, &mut stop)?;
        self.changed_files(scan, summary, &mut asks, &mut stop);
        self.first_plan(store, intentions, yes, &mut asks, &mut stop)?;
        if asks != store.proposals()? {
            store.propose(&asks)?;
        }
        let may_go = stop.is_empty();
        summary.waits_for_approval = !may_go;
        summary.tell(stop);
        summary.tell(scan.issues.iter().cloned());
        summary.tell(intentions.issues.iter().cloned());
        Ok(may_go)
    }

    /// Cancels and shrinkings, beyond the brake.
    fn losses(
        &self,
        store: &Store,
        intentions: &Intentions,
        recent: usize,
        summary: &mut Summary,
        asks: &mut Asks,
        stop: &mut Vec<Issue>,
    ) -> Result<(), Failure> {
        let mut unapproved: Vec<&Intention> = Vec::new();
        for intention in intentions.enqueue.iter().filter(|intention| intention.operation != Operation::Register) {
            if !store.approved(Approval::Brake, &brake::subject(intention))? {
                unapproved.push(intention);
            }
        }
        let verdict = brake::judge(&unapproved, recent, store.live_units()?, &self.settings.brake);
        asks.extend(verdict.asks.into_iter().map(|(subject, line)| (Approval::Brake, subject, line)));
        stop.extend(verdict.issues);
        summary.losing = verdict.losing;
        Ok(())
    }

    /// Files that are gone, and lists that are shorter in their place.
    fn changed_files(&self, scan: &Scan, summary: &mut Summary, asks: &mut Asks, stop: &mut Vec<Issue>) {
        let gone = scan.vanished.len();
        let count = |definition| Issue::new(definition).with("count", gone.to_string());
        if gone > 0 && brake::over(gone, scan.known, &self.settings.brake) {
            stop.push(count(&issues::VANISHED_MANY).with("known", scan.known.to_string()));
        } else if gone > 0 {
            summary.tell([count(&issues::VANISHED)]);
        }
        asks.extend(scan.vanished.iter().map(|gone| (Approval::Vanished, gone.path.clone(), gone.path.clone())));
        asks.extend(scan.shortened.iter().map(|(subject, line)| (Approval::Shortened, subject.clone(), line.clone())));
    }

    /// The first submission of a site.
    fn first_plan(
        &self,
        store: &mut Store,
        intentions: &Intentions,
        yes: bool,
        asks: &mut Asks,
        stop: &mut Vec<Issue>,
    ) -> Result<(), Failure> {
        if intentions.enqueue.is_empty() || store.approved(Approval::Plan, "")? {
            return Ok(());
        }
        if yes {
            return Ok(store.approve(Approval::Plan, "", &self.now(), PROGRAM)?);
        }
        let count = intentions.enqueue.len().to_string();
        asks.push((Approval::Plan, String::new(), count.clone()));
        stop.push(Issue::new(&issues::PLAN_WAITS).with("count", count));
        Ok(())
    }
}
