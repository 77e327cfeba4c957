use super::run::load;
use crate::{
    failure::{Failure, Status},
    output::{named_unit, operation_name, page},
    send::{House, late, local, patient_of},
    session::{Format, Session},
    settings::Settings,
};
use serde_json::{Value, json};
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};
use tsugite_issue::{Lang, Text};
use tsugite_store::{
    Approval, ErrandTold, Operation, Purpose, Store, StoreError, Submission, SubmissionState as State,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Settings, where they name another place for the ledger
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// What waits, what is under way, and what was refused
    List {
        /// Everything that was ever submitted
        #[arg(long)]
        all: bool,
        /// Only what should be at the centre by now
        #[arg(long)]
        late: bool,
    },
    /// One submission with its attempts and the centre's words
    Show {
        #[arg(value_name = "NUMBER")]
        id: i64,
        /// Write what was or will be sent as a page to read (HTML)
        #[arg(long, value_name = "FILE")]
        page: Option<PathBuf>,
    },
    /// Say yes to what waits for a person
    Approve {
        /// Submissions that wait for a doctor's look
        #[arg(value_name = "NUMBER")]
        ids: Vec<i64>,
        /// The first submission of all
        #[arg(long)]
        plan: bool,
        /// The cancels and shrinkings that the brake stopped
        #[arg(long)]
        brake: bool,
        /// Files that are gone: they stay gone, what they said stays
        #[arg(long)]
        vanished: bool,
        /// Files that became much shorter: they are right
        #[arg(long)]
        shortened: bool,
    },
    /// Send again what was refused or is unclear: the same bytes under the same id
    Retry {
        #[arg(required = true, value_name = "NUMBER")]
        ids: Vec<i64>,
        /// Without asking the centre first what it holds: you know that it is not there
        #[arg(long)]
        without_inquiry: bool,
    },
    /// Do not send what waits or was refused
    Cancel {
        #[arg(required = true, value_name = "NUMBER")]
        ids: Vec<i64>,
    },
    /// Send once more what the centre has accepted: the same report under the same id, as a change
    Resend {
        #[arg(required = true, value_name = "NUMBER")]
        ids: Vec<i64>,
    },
    /// Hand nothing over until `resume`; a service that runs obeys at once
    Pause,
    /// Hand over again
    Resume,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let settings = settings(self.config.as_deref(), session)?;
        let mut house = House::beside(session, &settings)?;
        let store = &mut house.store;
        let (now, who) = (session.now().to_string(), session.user());
        match &self.command {
            Command::List { late: true, .. } => return list_late(store, &settings, session, out),
            Command::List { all, .. } => return list(store, *all, session, out),
            Command::Show { id, page } => {
                if let Some(file) = page {
                    write_page(store, *id, file, session)?;
                }
                return show(store, *id, session, out);
            }
            Command::Approve { ids, plan, brake, vanished, shortened } => {
                let kinds = [
                    (*plan, Approval::Plan),
                    (*brake, Approval::Brake),
                    (*vanished, Approval::Vanished),
                    (*shortened, Approval::Shortened),
                ];
                let chosen: Vec<Approval> = kinds.into_iter().filter(|(set, _)| *set).map(|(_, kind)| kind).collect();
                if chosen.is_empty() && ids.is_empty() {
                    let text = Text::new(
                        "承認する番号か --plan、--brake、--vanished、--shortened を指定してください",
                        "name the numbers to approve, or --plan, --brake, --vanished, --shortened",
                    );
                    return Err(Failure::usage(text, session.lang, ""));
                }
                for kind in chosen {
                    let count = store.approve_proposals(kind, &now, &who)?;
                    writeln!(out, "{} {}: {count}", session.text("承認", "approved"), kind_name(kind, session.lang))?;
                }
                each(store, ids, session, out, |store, id| store.release(id, &now, &who))?;
            }
            Command::Retry { ids, without_inquiry } => each(store, ids, session, out, |store, id| {
                store.release(id, &now, &who)?;
                if *without_inquiry { store.waive_inquiry(id, &now, &who) } else { Ok(()) }
            })?,
            Command::Resend { ids } => each(store, ids, session, out, |store, id| {
                let unit = store.submission(id)?.unit;
                if !store.resend_unit(&unit, &now, &who)? {
                    return Err(StoreError::State { id, state: "not held by the centre", action: "sent again" });
                }
                store.touch(patient_of(&unit.patient).as_slice())
            })?,
            Command::Pause | Command::Resume => {
                let pause = matches!(self.command, Command::Pause);
                store.pause(pause, &now, &who)?;
                let text = match pause {
                    true => session.text("送信を止めました。", "Nothing more is handed over."),
                    false => session.text("送信を再開しました。", "It goes on."),
                };
                writeln!(out, "{text}")?;
            }
            Command::Cancel { ids } => each(store, ids, session, out, |store, id| store.decline(id, &now, &who))?,
        }
        Ok(Status::Done)
    }
}

/// Those of the file, or the defaults.
pub fn settings(config: Option<&Path>, session: &Session) -> Result<Settings, Failure> {
    Ok(config.map(|path| load(path, session)).transpose()?.unwrap_or_default())
}

pub fn open(config: Option<&Path>, session: &Session) -> Result<House, Failure> {
    House::beside(session, &settings(config, session)?)
}

fn each(
    store: &mut Store,
    ids: &[i64],
    session: &Session,
    out: &mut dyn Write,
    act: impl Fn(&mut Store, i64) -> Result<(), StoreError>,
) -> Result<(), Failure> {
    for &id in ids {
        act(store, id).map_err(|error| Failure::Usage(error.to_string()))?;
        let submission = store.submission(id)?;
        writeln!(out, "{}", line(&submission, session.lang))?;
    }
    Ok(())
}

const OPEN: &[State] = &[State::Draft, State::Queued, State::Sent, State::Lost, State::Unclear, State::Rejected];
const CLOSED: &[State] = &[State::Accepted, State::Withdrawn, State::Declined];

fn list(store: &Store, all: bool, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
    let states: Vec<State> = OPEN.iter().chain(if all { CLOSED } else { &[] }).copied().collect();
    let submissions: Vec<Submission> =
        store.submissions_in(&states)?.into_iter().filter(|s| all || is_newest(store, s)).collect();
    let proposals = store.proposals()?;
    if session.format != Format::Text {
        let rows: Vec<Value> = submissions.iter().map(row).collect();
        let asks: Vec<Value> =
            proposals.iter().map(|(kind, _, text)| json!({"approve": kind.name(), "what": text})).collect();
        print_json(&json!({"submissions": rows, "waits_for_approval": asks}), out)?;
    } else {
        if submissions.is_empty() && proposals.is_empty() {
            writeln!(out, "{}", session.text("待っているものはありません。", "Nothing waits."))?;
        }
        for submission in &submissions {
            writeln!(out, "{}", line(submission, session.lang))?;
        }
        for kind in Approval::ALL {
            let of_kind: Vec<&String> =
                proposals.iter().filter(|(k, ..)| *k == kind).map(|(_, _, text)| text).collect();
            if !of_kind.is_empty() {
                let label = session.text("承認待ち", "waits for approval");
                writeln!(
                    out,
                    "{label}: {} (`tsugite queue approve --{}`)",
                    kind_name(kind, session.lang),
                    kind.name()
                )?;
                of_kind.iter().try_for_each(|text| writeln!(out, "  {}", ask(kind, text, session.lang)))?;
            }
        }
    }
    Ok(Status::attention_if(!submissions.is_empty() || !proposals.is_empty()))
}

/// What waits for approval, in words. The line of a report begins with the operation and the kind as the ledger names them.
fn ask(approval: Approval, text: &str, lang: Lang) -> String {
    let mut words = text.splitn(3, ' ');
    match (approval, words.next(), words.next(), words.next()) {
        (Approval::Brake, Some(operation), Some(kind), Some(rest)) => {
            let known = [Operation::Register, Operation::Change, Operation::Cancel];
            let named = known.into_iter().find(|known| known.name() == operation);
            let operation = named.map_or(operation, |named| operation_name(named, lang));
            format!("{operation}  {}  {rest}", named_unit(kind, lang))
        }
        _ => text.to_owned(),
    }
}

fn list_late(store: &Store, settings: &Settings, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
    let late = late(store, settings, session.clock.now())?;
    if session.format == Format::Text {
        if late.is_empty() {
            writeln!(out, "{}", session.text("期限を過ぎたものはありません。", "Nothing is late."))?;
        }
        late.iter().try_for_each(|submission| writeln!(out, "{}", line(submission, session.lang)))?;
    } else {
        print_json(&Value::Array(late.iter().map(row).collect()), out)?;
    }
    Ok(Status::attention_if(!late.is_empty()))
}

/// A refusal that something newer stands for needs nobody.
fn is_newest(store: &Store, submission: &Submission) -> bool {
    submission.state != State::Rejected
        || store.submissions_of(&submission.unit).is_ok_and(|all| {
            all.iter().rfind(|s| s.state != State::Withdrawn).is_some_and(|newest| newest.id == submission.id)
        })
}

/// What was or will be sent, for a person's eyes: who looked is in the audit.
fn write_page(store: &mut Store, id: i64, file: &Path, session: &Session) -> Result<(), Failure> {
    let bytes = store.payload(id)?;
    let Some(html) = page::html(&bytes) else {
        let text = Text::new("読める内容がありません（取消など）: ", "there is nothing to read (a cancel): ");
        return Err(Failure::usage(text, session.lang, id));
    };
    page::write(file, html.as_bytes()).map_err(|error| Failure::file(file, &error))?;
    Ok(store.audit(&session.now().to_string(), &session.user(), "queue.page", &id.to_string())?)
}

fn show(store: &Store, id: i64, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
    let submission = store.submission(id).map_err(|error| Failure::Usage(error.to_string()))?;
    let (attempts, beside, attached) = (store.attempts(id)?, store.errands(id)?, store.attached(id)?);
    if session.format != Format::Text {
        let tries: Vec<Value> = attempts
            .iter()
            .map(|a| json!({"file": a.file_id, "sent": a.sent_at, "answered": a.answered_at, "answer": a.answer, "code": a.result_code}))
            .collect();
        let mut row = row(&submission);
        if let Value::Object(map) = &mut row {
            map.insert("attempts".to_owned(), Value::Array(tries));
            map.insert("beside".to_owned(), Value::Array(beside.iter().map(errand_row).collect()));
            map.insert("attachments".to_owned(), json!({"files": attached.files, "held": attached.held}));
            map.insert("words".to_owned(), json!(submission.result_text));
        }
        print_json(&row, out)?;
        return Ok(Status::Done);
    }
    writeln!(out, "{}", line(&submission, session.lang))?;
    writeln!(out, "Bundle-ID {}", submission.bundle_id)?;
    for attempt in attempts {
        let none = session.text("応答なし", "no answer");
        let (answer, code) = (attempt.answer.as_deref().unwrap_or(none), attempt.result_code.unwrap_or_default());
        writeln!(out, "  {} {} → {answer} {code}", attempt.sent_at, attempt.file_id)?;
    }
    if attached.files > 0 {
        let label = session.text("添付（センターにある数/全体）", "attachments (at the centre/all)");
        writeln!(out, "  {label}: {}/{}", attached.held, attached.files)?;
    }
    for errand in beside {
        let what = match errand.purpose {
            Purpose::Inquiry => session.text("状況照会", "inquiry"),
            Purpose::Attachment => session.text("添付情報", "attachment"),
        };
        let none = session.text("応答なし", "no answer");
        let (answer, code) = (errand.answer.as_deref().unwrap_or(none), errand.result_code.unwrap_or_default());
        writeln!(out, "  {} {} {what} → {answer} {code}", errand.sent_at, errand.file_id)?;
    }
    for words in submission.result_text.iter().flat_map(|text| text.lines()) {
        writeln!(out, "  {words}")?;
    }
    Ok(Status::Done)
}

fn errand_row(errand: &ErrandTold) -> Value {
    json!({
        "purpose": errand.purpose.name(),
        "file": errand.file_id,
        "sent": errand.sent_at,
        "answer": errand.answer,
        "code": errand.result_code,
    })
}

fn print_json(value: &Value, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

fn row(submission: &Submission) -> Value {
    json!({
        "number": submission.id,
        "state": submission.state.name(),
        "operation": submission.operation.name(),
        "kind": submission.unit.kind,
        "patient": local(&submission.unit.patient),
        "unit": submission.unit.report,
        "bundle_id": submission.bundle_id,
        "members": submission.members,
        "queued": submission.queued_at,
        "attempts": submission.attempts,
        "code": submission.result_code,
    })
}

fn line(submission: &Submission, lang: Lang) -> String {
    let kind = named_unit(&submission.unit.kind, lang);
    let is_ours = submission.state == State::Rejected && submission.attempts == 0;
    // Nothing of it has left: it is not the centre that refuses it.
    let state = if is_ours { Text::new("保留", "held").get(lang) } else { state_name(submission.state, lang) };
    let operation = operation_name(submission.operation, lang);
    let code = submission.result_code.as_deref().unwrap_or_default();
    let (patient, report) = (local(&submission.unit.patient), &submission.unit.report);
    format!("{:>5}  {state}  {operation}  {patient}  {kind}  {report}  {code}", submission.id).trim_end().to_owned()
}

fn state_name(state: State, lang: Lang) -> &'static str {
    let text = match state {
        State::Draft => Text::new("確認待ち", "for review"),
        State::Queued => Text::new("送信待ち", "to be sent"),
        State::Sent => Text::new("送信中", "sent"),
        State::Lost => Text::new("応答なし・再送待ち", "no answer, goes again"),
        State::Unclear => Text::new("結果不明", "unclear"),
        State::Accepted => Text::new("受付済み", "accepted"),
        State::Rejected => Text::new("拒否", "refused"),
        State::Withdrawn => Text::new("取り下げ", "withdrawn"),
        State::Declined => Text::new("送信中止", "not sent"),
    };
    text.get(lang)
}

fn kind_name(approval: Approval, lang: Lang) -> &'static str {
    let text = match approval {
        Approval::Plan => Text::new("初めての送信", "the first submission"),
        Approval::Brake => Text::new("取消・減少", "cancels and shrinkings"),
        Approval::Vanished => Text::new("なくなったファイル", "files that are gone"),
        Approval::Shortened => Text::new("短くなったファイル", "files that became shorter"),
    };
    text.get(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_for_approval_is_said_in_words() {
        for (approval, lang, text, expected) in [
            (Approval::Brake, Lang::Ja, "cancel condition 1 a b (3 → 0)", "取消  傷病名の一覧  1 a b (3 → 0)"),
            (Approval::Brake, Lang::Ja, "change allergy 1 - (3 → 1)", "変更  アレルギー・薬剤禁忌の一覧  1 - (3 → 1)"),
            (Approval::Brake, Lang::En, "cancel lab 1 x (3 → 0)", "cancel  laboratory reports  1 x (3 → 0)"),
            (Approval::Vanished, Lang::Ja, "cancel lab x", "cancel lab x"),
            (Approval::Plan, Lang::Ja, "12", "12"),
        ] {
            assert_eq!(ask(approval, text, lang), expected);
        }
    }
}
