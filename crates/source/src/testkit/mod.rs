//! Runs any [`Source`] over sample inputs (cargo feature `testkit`).
//!
//! A case is a folder with an `input/` tree, whose paths are the logical paths of the inputs, and beside it `facts.json` and
//! `issues.json`: what must come of it. `SNAPSHOTS=overwrite cargo test` writes them anew. One test of a source's crate is enough:
//!
//! ```no_run
//! # use tsugite_source::testkit::Kit;
//! # fn check(source: &dyn tsugite_source::Source) {
//! let verdict = Kit::new(source).check_cases("../../samples/cases/ssmix2".as_ref());
//! assert_eq!(verdict.findings, Vec::<String>::new());
//! # }
//! ```

mod golden;
mod inputs;
mod mutate;
mod order;
mod parts;
mod sane;

use crate::{Context, Input, InputOrder, Output, Sink, Source};
use inputs::{cases, inputs_below};
use std::{collections::BTreeSet, panic::AssertUnwindSafe, path::Path, sync::Arc};
use tsugite_charset::GaijiTable;

/// The checks, and how hard they try.
pub struct Kit<'s> {
    source: &'s dyn Source,
    context: Context,
    mutations: u32,
    shuffles: u32,
}

/// What the kit found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// One sentence each; empty is good.
    pub findings: Vec<String>,
    /// Issue codes that the samples made the source tell.
    pub told: BTreeSet<&'static str>,
    /// How many inputs were read.
    pub inputs: usize,
}

impl<'s> Kit<'s> {
    pub fn new(source: &'s dyn Source) -> Self {
        let context = Context {
            instance: source.name().into(),
            id_space: source.name().into(),
            gaiji: Arc::new(GaijiTable::default()),
        };
        Self { source, context, mutations: 200, shuffles: 20 }
    }

    #[must_use]
    pub fn context(mut self, context: Context) -> Self {
        self.context = context;
        self
    }

    /// Broken variants of each input (default 200).
    #[must_use]
    pub const fn mutations(mut self, each: u32) -> Self {
        self.mutations = each;
        self
    }

    /// Orders in which the statements of a case are put together (default 20).
    #[must_use]
    pub const fn shuffles(mut self, each: u32) -> Self {
        self.shuffles = each;
        self
    }

    /// Every check over every case below a folder: what comes of it, conservation, any order, and broken inputs.
    pub fn check_cases(&self, folder: &Path) -> Verdict {
        let mut verdict = Verdict::default();
        let cases = cases(folder);
        if cases.is_empty() {
            verdict.findings.push(format!("{}: no case (a folder with input/) is here", folder.display()));
        }
        for case in cases {
            let outputs = self.check_folder(&case.join("input"), &mut verdict);
            verdict.findings.extend(golden::compare(&case, &outputs));
        }
        verdict
    }

    /// Every check but what comes of it, over all files below a folder: for bulk that has no expected results.
    pub fn check_inputs(&self, folder: &Path) -> Verdict {
        let mut verdict = Verdict::default();
        self.check_folder(folder, &mut verdict);
        verdict
    }

    fn check_folder(&self, folder: &Path, verdict: &mut Verdict) -> Vec<(String, Output)> {
        let inputs = match inputs_below(folder) {
            Ok(inputs) => inputs,
            Err(error) => {
                verdict.findings.push(format!("{}: {error}", folder.display()));
                return Vec::new();
            }
        };
        let mut outputs = Vec::with_capacity(inputs.len());
        for (path, bytes) in inputs {
            let input = Input::new(&path, bytes.as_slice());
            verdict.inputs += 1;
            verdict.findings.extend(self.check_recognition(&input));
            match self.read(&input) {
                Ok(output) => {
                    verdict.findings.extend(self.check_output(&input, &output));
                    verdict.told.extend(output.issues.iter().map(|issue| issue.code()));
                    outputs.push((path, output));
                }
                Err(finding) => verdict.findings.push(finding),
            }
            verdict.findings.extend(self.check_mutations(&input));
        }
        verdict.findings.extend(order::check(folder, &outputs, self.shuffles));
        outputs
    }

    fn read(&self, input: &Input) -> Result<Output, String> {
        let read = AssertUnwindSafe(|| {
            let mut sink = Sink::new();
            self.source.read(input, &self.context, &mut sink);
            sink.finish()
        });
        std::panic::catch_unwind(read).map_err(|_| format!("{}: reading panics", input.path()))
    }

    fn check_recognition(&self, input: &Input) -> Option<String> {
        let path = input.path();
        match self.source.recognise(input) {
            None => return Some(format!("{path}: is not recognised")),
            Some(recognition) if !(30..=100).contains(&recognition.confidence) => {
                return Some(format!("{path}: is recognised with a confidence of {}", recognition.confidence));
            }
            Some(_) => {}
        }
        let grouped = self.source.group(path).is_some();
        let by_patient = self.source.order(path) == InputOrder::ByPatient;
        (by_patient && !grouped).then(|| format!("{path}: is ordered by patient, but has no group"))
    }

    fn check_output(&self, input: &Input, output: &Output) -> Vec<String> {
        let mut findings = sane::check(input, output, self.source);
        if self.read(input).as_ref() != Ok(output) {
            findings.push("reading it again gives something else".to_owned());
        }
        findings.extend(parts::check(self.source, &self.context, input, output));
        findings.into_iter().map(|finding| format!("{}: {finding}", input.path())).collect()
    }

    /// Of many broken variants, the first that breaks the source is enough.
    fn check_mutations(&self, input: &Input) -> Option<String> {
        let broken = |(number, bytes): (u32, Vec<u8>)| {
            let variant = Input::new(input.path(), bytes);
            let finding = match self.read(&variant) {
                Ok(output) => sane::check(&variant, &output, self.source).into_iter().next(),
                Err(finding) => Some(finding),
            };
            finding.map(|finding| format!("{}, mutation {number}: {finding}", input.path()))
        };
        mutate::variants(&input.bytes, self.mutations).find_map(broken)
    }
}
