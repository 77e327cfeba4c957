use crate::{
    failure::{Failure, Status},
    session::{Format, Session},
    tables,
};
use serde_json::json;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};
use tsugite_issue::{Issue, Severity, Text};
use tsugite_source_table::{Checked, Mapping, Outcome, draft, draw, issues::NO_TABLE, presets};

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// List the layouts that can be read: those that come with the program, and the site's own
    List,
    /// Propose a mapping file for a table that nothing describes yet; it goes to standard output
    Draft {
        /// A CSV, fixed-width or Excel file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Say what is wrong in mapping files, and where
    Check {
        /// Mapping files (.toml)
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Run the cases that mapping files carry
    Test {
        /// Mapping files (.toml)
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

impl Command {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        match self {
            Self::List => list(session, out),
            Self::Draft { file } => {
                let bytes = fs::read(file).map_err(|error| Failure::file(file, &error))?;
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                let draft = draft(&name, &bytes);
                match &draft {
                    Some(draft) => write!(out, "{draft}")?,
                    None => print(&[Issue::new(&NO_TABLE)], "", session, out)?,
                }
                Ok(Status::attention_if(draft.is_none()))
            }
            Self::Check { files } => {
                let mut wrong = false;
                for file in files {
                    let (checked, text) = load(file)?;
                    wrong |= checked.has_errors();
                    print(&checked.issues, &text, session, out)?;
                    say_checked(file, &checked, session, out)?;
                }
                Ok(Status::attention_if(wrong))
            }
            Self::Test { files } => {
                let mut wrong = false;
                for file in files {
                    let (checked, text) = load(file)?;
                    match &checked.mapping {
                        Some(mapping) => wrong |= test(file, mapping, &text, session, out)?,
                        None => {
                            wrong = true;
                            print(&checked.issues, &text, session, out)?;
                            say_checked(file, &checked, session, out)?;
                        }
                    }
                }
                Ok(Status::attention_if(wrong))
            }
        }
    }
}

fn load(file: &Path) -> Result<(Checked, String), Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
    Ok((tables::check(file, &text), text))
}

fn print(issues: &[Issue], text: &str, session: &Session, out: &mut dyn Write) -> Result<(), Failure> {
    for issue in issues {
        writeln!(out, "{}", draw(issue, text, session.lang))?;
    }
    Ok(())
}

fn say_checked(file: &Path, checked: &Checked, session: &Session, out: &mut dyn Write) -> Result<(), Failure> {
    let count = |severity| checked.issues.iter().filter(|issue| issue.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let summary = match session.lang {
        tsugite_issue::Lang::Ja => format!("誤り {errors}、注意 {warnings}"),
        tsugite_issue::Lang::En => format!("errors {errors}, warnings {warnings}"),
    };
    Ok(writeln!(out, "{}: {summary}", file.display())?)
}

/// Answers whether a case failed.
fn test(file: &Path, mapping: &Mapping, text: &str, session: &Session, out: &mut dyn Write) -> Result<bool, Failure> {
    let outcomes = mapping.run_tests(text);
    for outcome in &outcomes {
        let passed = outcome.differences.is_empty();
        writeln!(out, "{} {}", if passed { "ok  " } else { "NG  " }, outcome.title)?;
        if !passed {
            print(&outcome.differences, text, session, out)?;
            show(outcome, session, out)?;
        }
    }
    let failed = outcomes.iter().filter(|outcome| !outcome.differences.is_empty()).count();
    let summary = match session.lang {
        tsugite_issue::Lang::Ja => format!("試験 {} 件、うち不合格 {failed} 件", outcomes.len()),
        tsugite_issue::Lang::En => format!("{} tests, {failed} failed", outcomes.len()),
    };
    writeln!(out, "{}: {summary}", file.display())?;
    Ok(failed > 0)
}

/// What came of the rows, as `expect` would say it, and what was said of them.
fn show(outcome: &Outcome, session: &Session, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{}", session.text("できた記録:", "what came of the rows:"))?;
    for fact in &outcome.facts {
        let fields: Vec<String> = fact.iter().map(|(name, value)| format!("{name} = {value:?}")).collect();
        writeln!(out, "  {{ {} }},", fields.join(", "))?;
    }
    for issue in &outcome.told {
        let found = issue.found.as_deref().map(|found| format!(": {found}")).unwrap_or_default();
        writeln!(out, "  [{}] {}{found}", issue.code(), issue.text(session.lang))?;
    }
    Ok(writeln!(out)?)
}

fn list(session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
    let embedded = presets();
    let all = session.tables.mappings().iter().map(|mapping| (mapping, true));
    let all: Vec<(&Mapping, bool)> = all.chain(embedded.iter().map(|mapping| (mapping, false))).collect();
    if session.format != Format::Text {
        let rows: Vec<_> = all
            .iter()
            .map(|(mapping, own)| json!({"name": &*mapping.name, "title": mapping.title, "own": own, "verified": mapping.verified, "path": mapping.path}))
            .collect();
        serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(Status::Done);
    }
    for (mapping, own) in all {
        let tried = match (mapping.verified, own) {
            (true, _) => "",
            (false, true) => session.text("（verified = false）", " (verified = false)"),
            (false, false) => session.text(
                "（公開情報から作成。実物のファイルでは未確認）",
                " (from public descriptions; not tried on the vendor's own files)",
            ),
        };
        writeln!(out, "{:<16} {}{tried}", mapping.name, mapping.title)?;
    }
    for issue in &session.tables.issues {
        let place = issue.origin.as_ref().map(ToString::to_string).unwrap_or_default();
        writeln!(out, "{place}: {} [{}]", issue.text(session.lang), issue.code())?;
    }
    if !session.tables.issues.is_empty() {
        let remedy = Text::new(
            "使われていません。`tsugite mapping check` で確かめてください。",
            "Not used; see `tsugite mapping check`.",
        );
        writeln!(out, "{}", remedy.get(session.lang))?;
    }
    Ok(Status::attention_if(!session.tables.issues.is_empty()))
}
