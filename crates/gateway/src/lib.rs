//! The gateway as a library: settings, intake, commands. The binary `tsugite` and a vendor's own program are one call of [`run`].

#![forbid(unsafe_code)]

mod cli;
mod clock;
mod commands;
mod failure;
pub mod intake;
mod issued;
mod masters;
mod output;
pub mod packages;
mod send;
mod serve;
mod session;
pub mod settings;
mod site;
mod tables;

pub use session::definitions;

use cli::Cli;
use session::Session;
use std::{
    io::{self, BufWriter, Write},
    process::ExitCode,
};
use tsugite_source::Registry;
use tsugite_source_cda::Cda;
use tsugite_source_jahis::Jahis;
use tsugite_source_letter::LetterSource;
use tsugite_source_mml::Mml;
use tsugite_source_ssmix2::Ssmix2;
use tsugite_source_table::{TableSource, presets};
use tsugite_source_uke::Uke;

/// The sources that come with the gateway. A vendor adds one with [`Registry::with`].
pub fn default_registry() -> Registry {
    Registry::default()
        .with(Ssmix2)
        .with(Uke::default())
        .with(Cda::default())
        .with(Mml::default())
        .with(Jahis::default())
        .with(LetterSource)
        .with(TableSource::new(presets()))
}

/// Runs the command line that the process was started with. Exit status: 0 done; 1 done, but something was held or is invalid;
/// 2 wrong call; 3 input or output failed.
pub fn run(registry: Registry) -> ExitCode {
    let Cli { global, command } = Cli::read();
    let session = Session::new(registry, global);
    let mut out = BufWriter::new(io::stdout().lock());
    let ended = command.run(&session, &mut out).and_then(|status| {
        out.flush()?;
        Ok(status)
    });
    match ended {
        Ok(status) => status.code(),
        Err(failure) => {
            if let Some(text) = failure.text(session.lang) {
                // Nothing can be done where even the error output is closed.
                let _ = writeln!(io::stderr(), "tsugite: {text}");
            }
            failure.code()
        }
    }
}
