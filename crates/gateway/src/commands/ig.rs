use crate::{
    failure::{Failure, Status},
    packages::{Installed, PackageError},
    session::{Format, Session},
};
use serde_json::json;
use std::{
    io::Write,
    path::{Path, PathBuf},
};
use tsugite_issue::Text;

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Copy packages into the home folder
    Add {
        /// Package files (.tgz) as published
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// List the installed packages
    List,
    /// Remove packages
    Remove {
        /// Name, or name#version
        #[arg(required = true, value_name = "PACKAGE")]
        packages: Vec<String>,
    },
}

impl Command {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let store = session.packages();
        match self {
            Self::Add { files } => {
                for file in files {
                    let installed = store.add(file).map_err(|error| refused(file, &error, session))?;
                    let done = session.text("取り込みました", "installed");
                    writeln!(out, "{done}: {}#{}", installed.name, installed.version)?;
                }
                // Read once together: what is still missing is said now, and the next start is quick.
                for issue in session.load_validator(&[])?.1 {
                    writeln!(out, "{}: {} {}", issue.code(), issue.text(session.lang), issue.remedy(session.lang))?;
                }
            }
            Self::List => {
                let installed = store.list()?;
                match session.format {
                    Format::Text => list(&installed, session, out)?,
                    _ => {
                        let row = |p: &Installed| json!({"name": p.name, "version": p.version, "sha256": p.sha256});
                        let rows: Vec<_> = installed.iter().map(row).collect();
                        serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
                        writeln!(out)?;
                    }
                }
            }
            Self::Remove { packages } => {
                for which in packages {
                    let removed = store.remove(which)?;
                    if removed.is_empty() {
                        let none = Text::new("取り込まれていません: ", "not installed: ");
                        return Err(Failure::usage(none, session.lang, which));
                    }
                    for package in removed {
                        let done = session.text("削除しました", "removed");
                        writeln!(out, "{done}: {}#{}", package.name, package.version)?;
                    }
                }
            }
        }
        Ok(Status::Done)
    }
}

fn refused(file: &Path, error: &PackageError, session: &Session) -> Failure {
    let why = match error {
        PackageError::Refused(issue) => format!("{} {}", issue.text(session.lang), issue.remedy(session.lang)),
        PackageError::NoManifest => session
            .text(
                "FHIR のパッケージではありません（package/package.json に name と version がありません）。",
                "is no FHIR package: it has no package/package.json with a name and a version",
            )
            .to_owned(),
        PackageError::Io(_) => error.to_string(),
    };
    Failure::Io(format!("{}: {why}", file.display()))
}

fn list(installed: &[Installed], session: &Session, out: &mut dyn Write) -> std::io::Result<()> {
    if installed.is_empty() {
        let none = session.text(
            "パッケージはまだありません。`tsugite ig add ファイル.tgz` で取り込めます。",
            "No packages yet. Install one with `tsugite ig add FILE.tgz`.",
        );
        return writeln!(out, "{none}");
    }
    for package in installed {
        writeln!(out, "{}#{}  sha256 {}", package.name, package.version, package.sha256)?;
    }
    Ok(())
}
