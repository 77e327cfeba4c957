use crate::session::Session;
use std::io::{self, IsTerminal, Write};

/// A line on the terminal, redrawn at most once a percent. Only for a person who watches.
pub struct Progress {
    shown: bool,
    label: &'static str,
    total: u64,
    done: u64,
    percent: u64,
}

impl Progress {
    pub fn new(session: &Session, label: &'static str, total: u64) -> Self {
        Self { shown: session.shows_progress(), label, total, done: 0, percent: 0 }
    }

    /// For a command that prints as it goes: where its lines go to the terminal, they are progress enough.
    #[must_use]
    pub fn unless_printing(self) -> Self {
        Self { shown: self.shown && !io::stdout().is_terminal(), ..self }
    }

    pub fn step(&mut self, inputs: u64) {
        self.done += inputs;
        let percent = (self.done * 100).checked_div(self.total).unwrap_or(100).min(100);
        if self.shown && percent > self.percent {
            self.percent = percent;
            // A terminal that went away is no reason to stop.
            let _ = write!(io::stderr(), "\r{} {percent:>3}%", self.label);
        }
    }

    /// Takes the line away.
    pub fn clear(&self) {
        if self.shown && self.percent > 0 {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
