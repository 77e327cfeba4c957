use crate::{
    failure::{Failure, Status},
    masters::Shelf,
    session::{Format, Session},
};
use serde_json::{Value, json};
use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};
use tsugite_clinical::Date;
use tsugite_issue::{Issue, Text};
use tsugite_terminology::{
    Tables,
    local::LocalKind,
    masters::{Edition, Found, Gap, Given, Kind, Note, Suggestion, read},
};

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Take in official masters as they were downloaded; what a file is, is told by its content
    Add {
        /// Files as published: text, .xlsx, or .zip with such files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// In force from this day on [default: from the file]
        #[arg(long, value_name = "DATE")]
        date: Option<String>,
    },
    /// List the installed masters and their editions
    List,
    /// Tell what a code is and what it leads to, or which codes a name may mean
    Lookup {
        /// A code of any master, or a name
        #[arg(required = true, value_name = "CODE|TEXT")]
        queries: Vec<String>,
        /// As of this day [default: the newest editions]
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
    },
    /// Remove an edition
    Remove {
        /// Name of an edition, as `master list` shows it
        #[arg(required = true, value_name = "EDITION")]
        editions: Vec<String>,
    },
}

/// Names that are proposed for a text.
const MOST: usize = 5;

impl Command {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        match self {
            Self::Add { files, date } => {
                let date = date.as_deref().map(|date| session.day(date)).transpose()?;
                add(files, date, session, out)
            }
            Self::List => list(session, out),
            Self::Lookup { queries, as_of } => {
                let as_of = as_of.as_deref().map(|day| session.day(day)).transpose()?;
                lookup(queries, as_of, session, out)
            }
            Self::Remove { editions } => remove(editions, session, out),
        }
    }
}

/// Each file by itself: what is good is kept, whatever is wrong with the others.
fn add(files: &[PathBuf], date: Option<Date>, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
    let shelf = session.masters();
    let mut rows = Vec::new();
    let mut refused = 0_usize;
    for file in files {
        match add_one(file, date, &shelf)? {
            Ok(editions) => {
                for edition in editions {
                    if session.format == Format::Text {
                        let done = session.text("取り込みました", "installed");
                        writeln!(out, "{done}: {}", line(&edition, session))?;
                    }
                    rows.push(row(&edition, session));
                }
            }
            Err(issues) => {
                refused += 1;
                for issue in &issues {
                    tell(issue, session, out)?;
                }
            }
        }
    }
    if session.format != Format::Text {
        json(out, &rows)?;
    }
    if refused > 0 {
        let text = session.text("取り込めなかったファイルの数: ", "files that were not installed: ");
        return Err(Failure::Io(format!("{text}{refused}")));
    }
    Ok(Status::Done)
}

fn add_one(file: &Path, date: Option<Date>, shelf: &Shelf) -> Result<Result<Vec<Edition>, Vec<Issue>>, Failure> {
    let bytes = fs::read(file).map_err(|error| Failure::file(file, &error))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let imported = match read(Given { name: &name, bytes: &bytes, date }) {
        Ok(imported) => imported,
        Err(issues) => return Ok(Err(issues)),
    };
    drop(bytes);
    let mut kept = Vec::new();
    for one in imported {
        let known = shelf.editions(one.edition.kind)?;
        match one.beside(known.iter()) {
            Ok(edition) => {
                shelf.keep(&edition)?;
                kept.push(edition);
            }
            Err(issue) => return Ok(Err(vec![issue])),
        }
    }
    Ok(Ok(kept))
}

fn tell(issue: &Issue, session: &Session, out: &mut dyn Write) -> io::Result<()> {
    let found = issue.found.as_deref().map(|found| match session.lang {
        tsugite_issue::Lang::Ja => format!("「{found}」"),
        tsugite_issue::Lang::En => format!(" (found `{found}`)"),
    });
    let (text, remedy) = (issue.text(session.lang), issue.remedy(session.lang));
    writeln!(out, "{} {text}{}\n    {remedy}", issue.code(), found.unwrap_or_default())
}

fn line(edition: &Edition, session: &Session) -> String {
    let rows = session.text("件", "rows");
    let name = edition.file_name();
    let name = name.strip_suffix(".master").unwrap_or(&name);
    format!("{name}  {}  {} {rows}  {}", edition.kind.title().get(session.lang), edition.len(), edition.source)
}

fn row(edition: &Edition, session: &Session) -> Value {
    let name = edition.file_name();
    json!({"edition": name.strip_suffix(".master").unwrap_or(&name), "kind": edition.kind.name(),
        "title": edition.kind.title().get(session.lang), "date": edition.date.to_string(), "rows": edition.len(),
        "source": edition.source})
}

fn list(session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
    let masters = session.masters().load()?.masters;
    let editions: Vec<&Edition> =
        Kind::ALL.into_iter().flat_map(|kind| masters.editions(kind)).map(|edition| &**edition).collect();
    if session.format != Format::Text {
        let rows: Vec<Value> = editions.iter().map(|edition| row(edition, session)).collect();
        json(out, &rows)?;
        return Ok(Status::Done);
    }
    if editions.is_empty() {
        let none = session.text(
            "マスターはまだありません。`tsugite master add ファイル` で取り込めます。",
            "No masters yet. Install one with `tsugite master add FILE`.",
        );
        writeln!(out, "{none}")?;
    }
    for edition in editions {
        writeln!(out, "{}", line(edition, session))?;
    }
    Ok(Status::Done)
}

fn remove(editions: &[String], session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
    let shelf = session.masters();
    for name in editions {
        if !shelf.remove(name)? {
            let none = Text::new("取り込まれていません: ", "not installed: ");
            return Err(Failure::usage(none, session.lang, name));
        }
        writeln!(out, "{}: {name}", session.text("削除しました", "removed"))?;
    }
    Ok(Status::Done)
}

fn lookup(queries: &[String], as_of: Option<Date>, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
    let masters = session.masters().load()?.masters;
    let tables = Tables::embedded().with_masters(masters.into());
    let mut all_found = true;
    let mut answers = Vec::new();
    for query in queries {
        let query = query.trim();
        let found = tables.masters().lookup(query, as_of);
        let proposed = if found.is_empty() { propose(&tables, query, as_of) } else { Vec::new() };
        all_found &= !(found.is_empty() && proposed.is_empty());
        if session.format == Format::Text {
            show(query, &found, &proposed, &tables, as_of, session, out)?;
        } else {
            answers.push(answer(query, &found, &proposed));
        }
    }
    if session.format != Format::Text {
        json(out, &answers)?;
    }
    Ok(Status::attention_if(!all_found))
}

fn propose(tables: &Tables, text: &str, as_of: Option<Date>) -> Vec<(LocalKind, Suggestion)> {
    let kinds = LocalKind::ALL.into_iter();
    let proposed = kinds.flat_map(|kind| {
        let found = tables.names(kind, as_of).suggest(text, MOST);
        found.into_iter().map(move |suggestion| (kind, suggestion))
    });
    let mut proposed: Vec<_> = proposed.collect();
    proposed.sort_by_key(|(_, suggestion)| std::cmp::Reverse(suggestion.score));
    proposed.truncate(2 * MOST);
    proposed
}

fn answer(query: &str, found: &[Found<'_>], proposed: &[(LocalKind, Suggestion)]) -> Value {
    let found: Vec<Value> = found
        .iter()
        .map(|found| {
            let columns = found.columns().map(|(name, text)| (name.to_owned(), json!(text)));
            json!({"kind": found.edition.kind.name(), "edition": found.edition.date.to_string(),
                "other_edition": found.other_edition, "row": columns.collect::<serde_json::Map<_, _>>()})
        })
        .collect();
    let proposed: Vec<Value> = proposed
        .iter()
        .map(|(kind, suggestion)| {
            json!({"kind": kind.name(), "code": suggestion.code, "name": suggestion.name, "score": suggestion.score,
                "modifiers": suggestion.modifiers})
        })
        .collect();
    json!({"query": query, "found": found, "suggestions": proposed})
}

fn show(
    query: &str,
    found: &[Found<'_>],
    proposed: &[(LocalKind, Suggestion)],
    tables: &Tables,
    as_of: Option<Date>,
    session: &Session,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    for found in found {
        let title = found.edition.kind.title().get(session.lang);
        writeln!(out, "{}  {}  [{title} {}]", found.code(), found.name(), found.edition.date)?;
        for (name, text) in found.columns().skip(2).filter(|(name, text)| !text.is_empty() && *name != "change") {
            writeln!(out, "    {name}: {text}")?;
        }
        if let Some(leads) = leads_to(found, tables, as_of, session) {
            writeln!(out, "    → {leads}")?;
        }
    }
    for (kind, suggestion) in proposed {
        let with = match suggestion.modifiers.as_slice() {
            [] => String::new(),
            modifiers => format!("  + {}", modifiers.join(" + ")),
        };
        writeln!(out, "{:>3}  {}  {}  [{}]{with}", suggestion.score, suggestion.code, suggestion.name, kind.name())?;
    }
    if found.is_empty() && proposed.is_empty() {
        writeln!(out, "{}: {query}", session.text("見つかりません", "not found"))?;
    }
    Ok(())
}

/// What a code becomes in a bundle, or why not.
fn leads_to(found: &Found<'_>, tables: &Tables, as_of: Option<Date>, session: &Session) -> Option<String> {
    let masters = tables.masters();
    let why = |gap: Gap| gap_text(gap, session);
    match found.edition.kind {
        Kind::Disease => Some(match masters.disease(found.code(), as_of) {
            Ok(disease) => {
                let number = disease.number.unwrap_or("-");
                let icd10 = disease.icd10.join(" ");
                format!("病名管理番号 {number}  ICD-10 {icd10}{}", notes_text(&disease.notes, session))
            }
            Err(gap) => why(gap),
        }),
        Kind::Drug => Some(match masters.drug_of_receipt(found.code(), as_of) {
            Ok(drug) => drug_text(&drug, session),
            Err(gap) => why(gap),
        }),
        Kind::Hot => Some(match masters.drug_of_hot(found.code(), as_of) {
            Ok(drug) => drug_text(&drug, session),
            Err(gap) => why(gap),
        }),
        _ => None,
    }
}

fn drug_text(drug: &tsugite_terminology::masters::Drug<'_>, session: &Session) -> String {
    let yj = match drug.yj {
        Ok(yj) if yj.of_price_list => {
            let by = session.text("薬価基準コードから", "from the price list");
            format!("YJ {} ({by})", yj.code)
        }
        Ok(yj) => format!("YJ {}", yj.code),
        Err(gap) => format!("YJ: {}", gap_text(gap, session)),
    };
    let general = drug.general.map(|general| format!("  {} {}", general.code, general.name));
    format!("{yj}{}{}", general.unwrap_or_default(), notes_text(&drug.notes, session))
}

fn notes_text(notes: &[Note], session: &Session) -> String {
    let text = |note: &Note| match note {
        Note::Moved => session.text("移行先コード", "moved to its successor").to_owned(),
        Note::Retired => session.text("廃止・移行先なし", "retired, no successor").to_owned(),
        Note::OtherEdition(date) => format!("{} {date}", session.text("別の版", "edition of")),
    };
    let notes: Vec<String> = notes.iter().map(text).collect();
    if notes.is_empty() { String::new() } else { format!("  ({})", notes.join("; ")) }
}

fn gap_text(gap: Gap, session: &Session) -> String {
    match gap {
        Gap::NoMaster(kind) => {
            format!("{}: {}", session.text("マスターがありません", "no master"), kind.title().get(session.lang))
        }
        Gap::NotInMaster(kind) => {
            format!("{}: {}", session.text("マスターにありません", "not in the master"), kind.title().get(session.lang))
        }
        Gap::NoLink(_, link) => {
            format!("{}: {}", session.text("対応するコードがありません", "has none"), link.title().get(session.lang))
        }
        Gap::Ambiguous(_, link) => {
            let text = session.text("複数あって選べません", "several, and nothing says which");
            format!("{text}: {}", link.title().get(session.lang))
        }
    }
}

fn json(out: &mut dyn Write, rows: &[Value]) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, rows).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}
