//! The command line.

mod japanese;

use crate::{
    commands::Command,
    session::{Format, locale},
};
use clap::{Args, CommandFactory, FromArgMatches, Parser, ValueEnum};
use std::{env, path::PathBuf};
use tsugite_issue::Lang;

/// Carries a clinic's records from its old system to Japan's clinical information sharing service
#[derive(Debug, Parser)]
#[command(name = "tsugite", version, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// Reads the arguments of the process; help and wrong calls end it, in the language asked for.
    pub fn read() -> Self {
        let matches = command(language()).get_matches();
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }
}

/// The whole command line, in a language.
pub fn command(lang: Lang) -> clap::Command {
    match lang {
        Lang::Ja => japanese::translated(Cli::command()),
        Lang::En => Cli::command(),
    }
}

/// The language of the help must be known before the arguments are read.
fn language() -> Lang {
    let arguments: Vec<String> = env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let after = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1)).cloned();
    let joined = || arguments.iter().find_map(|a| a.strip_prefix("--lang=").map(str::to_owned));
    match after("--lang").or_else(joined).as_deref() {
        Some("ja") => Lang::Ja,
        Some(_) => Lang::En,
        None => locale(),
    }
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// Folder with packages, masters and maps [default: TSUGITE_HOME or the platform's data folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Language of texts [default: that of the locale]
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub lang: Option<Language>,
    /// Form of results
    #[arg(long, global = true, value_enum, value_name = "FORM", default_value_t)]
    pub format: Format,
    /// Further FHIR package to use (.tgz), beside those installed
    #[arg(long, global = true, value_name = "FILE")]
    pub ig: Vec<PathBuf>,
    /// No progress and no remarks
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Language {
    Ja,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Ja => Self::Ja,
            Language::En => Self::En,
        }
    }
}
