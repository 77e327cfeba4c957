//! The service's own words, on standard error: numbers, codes and Bundle-IDs. Never a patient's number, name or record, and no path
//! below a folder of the settings, as file names hold patients' numbers.

use crate::{failure::Failure, session::Format};
use std::{io, panic};
use tracing::Level;
use tracing_subscriber::fmt;
use tsugite_issue::{Issue, Lang, Severity};

/// Text lines, or JSON with `--format json`. A panic tells its place and nothing of what it held.
pub fn start(format: Format, quiet: bool) {
    let level = if quiet { Level::WARN } else { Level::INFO };
    let lines = fmt().with_writer(io::stderr).with_max_level(level).with_target(false);
    // Where the log itself cannot be written, as on a full disk, the work goes on.
    let lines = lines.log_internal_errors(false);
    // Whoever embeds us may have set up a log of their own.
    let _ = match format {
        Format::Text => tracing::subscriber::set_global_default(lines.with_ansi(false).finish()),
        _ => tracing::subscriber::set_global_default(lines.json().flatten_event(true).finish()),
    };
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a defect of this program; please tell its makers");
    }));
}

/// Says each kind of issue once, with its number.
pub fn issues<'i>(told: impl IntoIterator<Item = &'i Issue>, lang: Lang) {
    let mut kinds: Vec<(&Issue, u64)> = Vec::new();
    for issue in told {
        match kinds.iter_mut().find(|(known, _)| known.code() == issue.code()) {
            Some((_, count)) => *count += 1,
            None => kinds.push((issue, 1)),
        }
    }
    for (issue, count) in kinds {
        let (code, text) = (issue.code(), public(issue).text(lang));
        match issue.severity() {
            Severity::Error => tracing::error!(code, count, "{text}"),
            Severity::Warning => tracing::warn!(code, count, "{text}"),
            _ => tracing::info!(code, count, "{text}"),
        }
    }
}

/// What it says without names of files: numbers and codes alone are filled in.
fn public(issue: &Issue) -> Issue {
    let mut public = Issue::new(issue.definition);
    for (name, value) in &issue.parameters {
        let number = value.len() < 8 && value.bytes().all(|byte| byte.is_ascii_digit());
        public = public.with(name, if number { value.as_str() } else { "…" });
    }
    public
}

/// Says what failed, and what to do about it where that is known.
pub fn failure(failure: &Failure, lang: Lang) {
    match failure {
        Failure::Told(issue) => {
            let (code, text, remedy) = (issue.code(), public(issue).text(lang), issue.remedy(lang));
            tracing::error!(code, remedy, "{text}");
        }
        _ => tracing::error!("{}", failure.log_text(lang)),
    }
}
