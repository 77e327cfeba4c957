//! A letter of the clinic's own, from `tsugite compose`: looked at with the chart before anything is kept, then taken in as if it had
//! been dropped into a watched folder.

use super::{
    Cycle, Summary,
    cycle::PROGRAM,
    drops::watch_instance,
    groups::{Group, Scope, ledger_name},
    reading::Reading,
    received::{self, Received},
    scan::Scan,
    units::{Known, unit_of},
};
use crate::failure::Failure;
use std::{collections::BTreeSet, sync::Arc};
use tsugite_clinical::PatientId;
use tsugite_clins::UnitKey;
use tsugite_issue::Issue;
use tsugite_pipeline::{PatientResult, Settings};
use tsugite_source_letter::LetterSource;
use tsugite_store::{Store, Submission};

/// A letter that was read and is not kept yet.
pub struct Draft {
    reading: Reading,
    bytes: Vec<u8>,
}

/// Reads a letter.
///
/// # Errors
/// What is wrong with it.
pub fn read_letter(name: &str, bytes: Vec<u8>, mut settings: Settings) -> Result<Draft, Vec<Issue>> {
    settings.source = Some(Arc::new(LetterSource));
    let logical = format!("letters/{name}.toml");
    let bytes = Ok(bytes);
    let (mut reading, output) = Reading::of(&logical, &bytes, &settings);
    let refused = !output.held.is_empty() || !output.unreadable.is_empty() || !output.ended.is_empty();
    match bytes {
        Ok(bytes) if !refused => {
            // Each content is an input of its own, as in a watched folder.
            reading.path = format!("{logical}@{}", reading.digest);
            Ok(Draft { reading, bytes })
        }
        Ok(_) => Err(output.issues),
        Err(issue) => Err(vec![issue]),
    }
}

impl Draft {
    pub fn statements(&self) -> Vec<tsugite_clinical::Statement> {
        self.reading.statements.clone()
    }
}

impl Cycle<'_> {
    /// The ids of one patient, the first the one that is reported under; `None` where nothing is known of this number.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn patient(&self, store: &Store, id: &PatientId) -> Result<Option<Group>, Failure> {
        let who = self.people.who(store)?;
        let group = who.groups_of([id]).into_iter().next().unwrap_or_default();
        let known = group.iter().map(|id| store.statements(id)).collect::<Result<Vec<_>, _>>()?;
        Ok(known.iter().any(|statements| !statements.is_empty()).then_some(group))
    }

    /// Reads a letter as this site reads its inputs.
    ///
    /// # Errors
    /// When there is no room for it. Inside: what is wrong with the letter.
    pub fn draft(&self, name: &str, bytes: Vec<u8>) -> Result<Result<Draft, Vec<Issue>>, Failure> {
        let (scratch, known) = (tempfile::tempdir()?, Known::default());
        let who = super::who::Who::default();
        Ok(read_letter(name, bytes, self.pipeline_for(&known, &scratch, &who)))
    }

    /// What would become of the patient with the letter. Nothing is kept.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn with_letter(&self, store: &Store, group: &Group, draft: &Draft) -> Result<PatientResult, Failure> {
        let (scratch, scan) = (tempfile::tempdir()?, Scan::default());
        let (known, who) = (Known::of(store, group.iter().map(ledger_name))?, self.people.who(store)?);
        let settings = self.pipeline_for(&known, &scratch, &who);
        Ok(self.comparison(&settings, &known, &who, &scan).report_with(store, group, draft.statements())?.0)
    }

    /// Keeps the letter, bytes and statements: from here on it is an input like any other.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn keep_letter(&self, store: &mut Store, draft: Draft, who: &str) -> Result<(), Failure> {
        let now = self.session.now().to_string();
        let run = store.begin_run(&self.site.as_of.to_string(), &now)?;
        let instance = watch_instance(&self.site.context.instance);
        let received = Received { bytes: draft.bytes, reading: draft.reading, members: Vec::new() };
        received::record(store, run, &instance, &self.desk(), &[received])?;
        store.finish_run(run, "composed", &now)?;
        Ok(store.audit(&now, who, "compose", PROGRAM)?)
    }

    /// Compares this patient and puts what is new into the outbox, unless a person must say yes first.
    ///
    /// # Errors
    /// When the ledger cannot be used.
    pub fn enqueue_patient(&self, store: &mut Store, group: &Group) -> Result<(Summary, bool), Failure> {
        let names: BTreeSet<String> = group.iter().map(ledger_name).collect();
        let (scan, mut summary) = (Scan::default(), Summary::default());
        let compared = self.compare(store, &scan, &Scope::Patients(names), &mut |_| Ok(()))?;
        summary.intended(&compared.intentions);
        let open = store.proposals()?;
        let may_go = self.ask(store, &scan, &compared.intentions, 0, false, &mut summary)?;
        // What else waits for a person's yes goes on waiting: only one patient was looked at.
        let mut asks = store.proposals()?;
        asks.extend(open.into_iter().filter(|ask| !asks.contains(ask)).collect::<Vec<_>>());
        store.propose(&asks)?;
        if may_go {
            self.put(store, &scan, &compared)?;
        }
        Ok((summary, may_go))
    }

    /// The newest submission of a Unit.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn newest(&self, store: &Store, key: &UnitKey) -> Result<Option<Submission>, Failure> {
        Ok(store.submissions_of(&unit_of(key))?.into_iter().next_back())
    }
}
