use crate::{
    failure::{Failure, Status},
    session::{Format, Session},
    settings::Settings,
    site,
};
use serde_json::json;
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};
use tsugite_issue::Lang;
use tsugite_terminology::masters::Kind;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Settings to check
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

mod keeping;
mod sending;

/// One thing looked at.
struct Finding {
    state: State,
    what: &'static str,
    found: String,
    todo: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Good,
    Remark,
    Bad,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let mut findings = vec![home(session)];
        let settings = self.settings(session, &mut findings);
        packages(session, &settings, &mut findings);
        masters(session, &mut findings);
        findings.push(institution(session, &settings));
        sending::look(session, &settings, &mut findings);
        keeping::look(session, &settings, &mut findings);
        findings.push(clock(session, &settings));
        let bad = findings.iter().any(|finding| finding.state == State::Bad);
        match session.format {
            Format::Text => findings.iter().try_for_each(|finding| print(finding, session, out))?,
            _ => {
                let row =
                    |f: &Finding| json!({"state": f.state.code(), "what": f.what, "found": f.found, "todo": f.todo});
                let rows: Vec<_> = findings.iter().map(row).collect();
                serde_json::to_writer_pretty(&mut *out, &rows).map_err(io::Error::from)?;
                writeln!(out)?;
            }
        }
        Ok(Status::attention_if(bad))
    }

    fn settings(&self, session: &Session, findings: &mut Vec<Finding>) -> Settings {
        let what = session.text("設定", "settings");
        let Some(path) = &self.config else {
            findings.push(Finding {
                state: State::Remark,
                what,
                found: session.text("設定ファイルの指定なし", "no settings file named").to_owned(),
                todo: Some(session.text(
                    "`--config tsugite.toml` を付けると設定も確かめます。",
                    "Name one with `--config tsugite.toml` to have it checked.",
                )),
            });
            return Settings::default();
        };
        let loaded = Settings::load(path).and_then(|settings| {
            settings.load_overlay()?;
            Ok(settings)
        });
        let (settings, state, found) = match loaded {
            Ok(settings) => (settings, State::Good, path.display().to_string()),
            Err(error) => (Settings::default(), State::Bad, error.text(session.lang)),
        };
        let todo = (state == State::Bad).then(|| session.text("この行を直してください。", "Correct this line."));
        findings.push(Finding { state, what, found, todo });
        settings
    }
}

/// The home folder can be written.
fn home(session: &Session) -> Finding {
    let home = &session.home;
    let existing = home.ancestors().find(|folder| folder.is_dir()).unwrap_or_else(|| Path::new("."));
    let writable = tempfile::tempfile_in(existing).is_ok();
    Finding {
        state: if writable { State::Good } else { State::Bad },
        what: session.text("データフォルダ", "home folder"),
        found: home.display().to_string(),
        todo: (!writable).then(|| {
            session.text(
                "書き込めません。権限を確かめるか `--home` で別のフォルダを指定してください。",
                "It cannot be written. Check its permissions, or name another with `--home`.",
            )
        }),
    }
}

fn packages(session: &Session, settings: &Settings, findings: &mut Vec<Finding>) {
    let what = session.text("パッケージ", "packages");
    let installed = match session.packages().list() {
        Ok(installed) => installed,
        Err(error) => {
            let todo = Some(
                session.text("データフォルダの権限を確かめてください。", "Check the permissions of the home folder."),
            );
            return findings.push(Finding { state: State::Bad, what, found: error.to_string(), todo });
        }
    };
    for package in &installed {
        let same = package.is_unchanged().unwrap_or(false);
        findings.push(Finding {
            state: if same { State::Good } else { State::Bad },
            what,
            found: format!("{}#{}", package.name, package.version),
            todo: (!same).then(|| {
                session.text(
                    "取り込んだ後に中身が変わっています。`tsugite ig add` で取り込み直してください。",
                    "Its content has changed since it was installed. Install it again with `tsugite ig add`.",
                )
            }),
        });
    }
    let loaded = session.load_packages(&site::package_files(settings));
    let state = |state, found: String, todo| Finding { state, what, found, todo };
    findings.push(match loaded {
        Err(failure) => state(
            State::Bad,
            failure.text(session.lang).unwrap_or_default().into_owned(),
            Some(session.text("パッケージを取り込み直してください。", "Install the package again.")),
        ),
        Ok(loaded) if loaded.resources.is_empty() => state(
            State::Remark,
            session.text("共有項目の公式表がない", "no official table of the shared laboratory items").to_owned(),
            Some(session.text(
                "JP-CLINSのパッケージを `tsugite ig add` で取り込むと、検査コードを公式の表で確かめます。",
                "Install the JP-CLINS package with `tsugite ig add`; laboratory codes are then checked against it.",
            )),
        ),
        Ok(_) => state(
            State::Good,
            session.text("共有項目の公式表がある", "the official table of the shared laboratory items").to_owned(),
            None,
        ),
    });
}

/// A finding a master, with its newest edition.
fn masters(session: &Session, findings: &mut Vec<Finding>) {
    let what = session.text("マスター", "masters");
    let finding = |state, found, todo| Finding { state, what, found, todo };
    let masters = match session.masters().load() {
        Ok(loaded) => loaded.masters,
        Err(failure) => {
            let found = failure.text(session.lang).unwrap_or_default().into_owned();
            return findings.push(finding(State::Bad, found, None));
        }
    };
    if masters.is_empty() {
        let todo = session.text(
            "レセプトの病名や薬を標準コードにするには、支払基金のマスターなどを `tsugite master add` で取り込みます。",
            "To give receipt diagnoses and drugs standard codes, install the official masters with `tsugite master add`.",
        );
        return findings.push(finding(State::Remark, session.text("なし", "none").to_owned(), Some(todo)));
    }
    for edition in Kind::ALL.into_iter().filter_map(|kind| masters.in_force(kind, None)) {
        let found = format!("{} {}", edition.kind.title().get(session.lang), edition.date);
        findings.push(finding(State::Good, found, None));
    }
}

fn institution(session: &Session, settings: &Settings) -> Finding {
    let what = session.text("医療機関番号", "institution number");
    match &settings.institution.number {
        None if !settings.institutions.is_empty() => {
            let numbers: Vec<&str> = settings.institutions.iter().map(|row| row.number.number.as_str()).collect();
            Finding { state: State::Good, what, found: numbers.join(", "), todo: None }
        }
        None => Finding {
            state: State::Remark,
            what,
            found: session.text("未設定", "not set").to_owned(),
            todo: Some(session.text(
                "都道府県番号2桁・点数表番号1桁・医療機関コード7桁を設定してください。ないと試行となり送信できません。",
                "Set prefecture (2), point table (1) and institution code (7 digits). Without it a run is a trial and nothing can be sent.",
            )),
        },
        Some(number) => {
            let good = tsugite_clinical::policy::is_institution_number(number);
            Finding {
                state: if good { State::Good } else { State::Bad },
                what,
                found: number.clone(),
                todo: (!good).then(|| {
                    session.text(
                        "10桁の数字（都道府県番号・点数表番号1〜3・医療機関コード）にしてください。",
                        "It must have 10 digits: prefecture, point table 1 to 3, institution code.",
                    )
                }),
            }
        }
    }
}

/// A clock before this program was made is wrong, and one behind what is written down already.
fn clock(session: &Session, settings: &Settings) -> Finding {
    const EARLIEST: i16 = 2026;
    let now = session.now();
    let written = keeping::last_written(session, settings).filter(|last| *last > now.to_string());
    let todo = if now.date.year() < EARLIEST {
        Some(session.text("パソコンの日時を合わせてください。", "Set the computer's clock."))
    } else {
        written.is_some().then(|| {
            session.text(
                "台帳の最後の記録より前の日時です。パソコンの日時を合わせてください（以前に進んでいた場合は、その日時を過ぎるまでこの表示が続きます）。",
                "This is before the last entry of the ledger. Set the computer's clock (if it was ahead before, this stays until that time has come).",
            )
        })
    };
    Finding {
        state: if todo.is_none() { State::Good } else { State::Bad },
        what: session.text("時計", "clock"),
        found: written.map_or_else(|| now.to_string(), |last| format!("{now} < {last}")),
        todo,
    }
}

impl State {
    const fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Remark => "remark",
            Self::Bad => "bad",
        }
    }

    const fn mark(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Good, Lang::Ja) => "［良］",
            (Self::Remark, Lang::Ja) => "［注］",
            (Self::Bad, Lang::Ja) => "［×］",
            (Self::Good, Lang::En) => "[ok]  ",
            (Self::Remark, Lang::En) => "[note]",
            (Self::Bad, Lang::En) => "[bad] ",
        }
    }
}

fn print(finding: &Finding, session: &Session, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} {}: {}", finding.state.mark(session.lang), finding.what, finding.found)?;
    match finding.todo {
        Some(todo) => writeln!(out, "       → {todo}"),
        None => Ok(()),
    }
}
