use crate::{commands::Command, session::Format};
use clap::{Args, Parser, ValueEnum};
use std::path::PathBuf;
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
