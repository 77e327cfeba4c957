use crate::session::Session;
use std::io::{self, IsTerminal, Write};
use tsugite_issue::Lang;
use tsugite_pipeline::Step;

/// A line on the terminal, redrawn at most once a percent, ten megabytes or thousand patients. Only for a person who watches.
pub struct Progress {
    shown: bool,
    label: &'static str,
    total: u64,
    done: u64,
    percent: u64,
    /// Of large inputs.
    bytes: u64,
    patients: u64,
    lang: Lang,
}

impl Progress {
    pub fn new(session: &Session, label: &'static str, total: u64) -> Self {
        let shown = session.shows_progress();
        Self { shown, label, total, done: 0, percent: 0, bytes: 0, patients: 0, lang: session.lang }
    }

    /// For a command that prints as it goes: where its lines go to the terminal, they are progress enough.
    #[must_use]
    pub fn unless_printing(self) -> Self {
        Self { shown: self.shown && !io::stdout().is_terminal(), ..self }
    }

    pub fn step(&mut self, inputs: u64) {
        self.advance(Step::Inputs(inputs));
    }

    pub fn advance(&mut self, step: Step) {
        let before = (self.percent, self.bytes / PACE_BYTES, self.patients / PACE_PATIENTS);
        match step {
            Step::Inputs(inputs) => self.done += inputs,
            Step::Bytes(bytes) => self.bytes += bytes,
            Step::Patient => self.patients += 1,
        }
        self.percent = (self.done * 100).checked_div(self.total).unwrap_or(100).min(100);
        if self.shown && before != (self.percent, self.bytes / PACE_BYTES, self.patients / PACE_PATIENTS) {
            // A terminal that went away is no reason to stop.
            let _ = write!(io::stderr(), "\r{}{}", self.label, self.so_far());
        }
    }

    /// By inputs; where one is large, a percentage of inputs says nothing, and what it has given so far is told.
    fn so_far(&self) -> String {
        let bytes = match self.bytes {
            0 => format!(" {:>3}%", self.percent),
            bytes => format!("  {} MB", bytes / 1_000_000),
        };
        let patients = match (self.patients, self.lang) {
            (0, _) => String::new(),
            (count, Lang::Ja) => format!("  {count} 人"),
            (count, Lang::En) => format!("  {count} patients"),
        };
        bytes + &patients
    }

    /// Takes the line away.
    pub fn clear(&self) {
        if self.shown && (self.percent, self.bytes, self.patients) != (0, 0, 0) {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

const PACE_BYTES: u64 = 10_000_000;
const PACE_PATIENTS: u64 = 1_000;
