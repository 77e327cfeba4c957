//! The outbox: operations with frozen bytes, in the order in which they go.

use crate::{
    Attempt, Hash, NewSubmission, Store, StoreError, Submission, SubmissionState, Unit, attachments,
    audit::{self, Entry},
    db::Db,
    issued::{self, Line},
    ledger::{self, Person, insured_key},
    pack::{pack, unpack},
    seal,
    settle::realign,
    submission::{find, select},
};
use rusqlite::OptionalExtension;
use std::collections::BTreeSet;

/// Freezes the bytes of a submission.
pub fn keep_payload(db: &Db, id: i64, bytes: &[u8]) -> Result<(), StoreError> {
    let sealed = db.sealer.seal(seal::PAYLOAD, id.into(), &pack(bytes)?)?;
    db.prepare_cached("insert into payloads (submission, bytes) values (?1, ?2)")?.execute((id, sealed))?;
    Ok(())
}

pub fn set_state(db: &Db, id: i64, state: SubmissionState) -> Result<(), StoreError> {
    db.execute("update submissions set state = ?2 where id = ?1", (id, state.name()))?;
    let ledger_state = match state {
        SubmissionState::Draft => "draft",
        SubmissionState::Queued => "queued",
        SubmissionState::Sent => "sent",
        SubmissionState::Lost | SubmissionState::Unclear => "unknown",
        SubmissionState::Rejected => "rejected",
        SubmissionState::Accepted | SubmissionState::Withdrawn | SubmissionState::Declined => return Ok(()),
    };
    db.execute(
        "update ledger set state = ?2 where id = (select unit from submissions where id = ?1)",
        (id, ledger_state),
    )?;
    Ok(())
}

/// Takes back what waits of a Unit and gives the ledger row the state that is left.
fn withdraw_waiting(db: &Db, unit: i64) -> Result<usize, StoreError> {
    let withdrawn = db.execute(
        "update submissions set state = 'withdrawn' where unit = ?1 and state in ('draft', 'queued')",
        [unit],
    )?;
    db.execute(
        "delete from payloads where submission in (select id from submissions where unit = ?1 and state = 'withdrawn')",
        [unit],
    )?;
    // The rows stay: one of them may be on its way.
    db.execute(
        "update attachments set bytes = null
         where submission in (select id from submissions where unit = ?1 and state = 'withdrawn')",
        [unit],
    )?;
    restore_state(db, unit)?;
    Ok(withdrawn)
}

/// The state of a Unit of which nothing waits and nothing is in flight.
pub fn restore_state(db: &Db, unit: i64) -> Result<(), StoreError> {
    db.execute(
        "update ledger set state = case
            when exists (select 1 from submissions where unit = ?1 and state = 'sent') then 'sent'
            when exists (select 1 from submissions where unit = ?1 and state in ('lost', 'unclear')) then 'unknown'
            when (select state from submissions where unit = ?1 and state <> 'withdrawn'
                order by id desc limit 1) = 'rejected' then 'rejected'
            when doubt is not null then 'unknown'
            when accepted_content is not null then 'accepted'
            when cancelled_at is not null then 'cancelled'
            when exists (select 1 from issued i where i.bundle_id = ledger.bundle_id) then 'unknown'
            else 'draft' end
         where id = ?1",
        [unit],
    )?;
    Ok(())
}

impl Store {
    /// Puts operations into the outbox, all or none; what waited of the same Units is withdrawn. Gives the new ids.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn enqueue(&mut self, new: &[NewSubmission], now: &str, who: &str) -> Result<Vec<i64>, StoreError> {
        self.write(|db| new.iter().map(|one| enqueue_one(db, one, now, who)).collect())
    }

    /// Takes back what waits of a Unit. Whether anything did.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn withdraw(&mut self, unit: &Unit, now: &str, who: &str) -> Result<bool, StoreError> {
        let Some((row, entry)) = ledger::find(self.db(), unit)? else { return Ok(false) };
        let entry =
            Entry { at: now, who, what: "withdraw", bundle_id: &entry.bundle_id, outcome: "", patient: &unit.patient };
        self.write_audited(&entry, |db| Ok(withdraw_waiting(db, row)? > 0))
    }

    /// All submissions of a Unit, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn submissions_of(&self, unit: &Unit) -> Result<Vec<Submission>, StoreError> {
        let key = (ledger::unit_key(&self.sealer, unit), unit.generation);
        select(self.db(), "where l.unit = ?1 and l.generation = ?2 order by s.id", key)
    }

    /// Submissions in the given states, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn submissions_in(&self, states: &[SubmissionState]) -> Result<Vec<Submission>, StoreError> {
        let names: Vec<String> = states.iter().map(|state| format!("'{}'", state.name())).collect();
        select(self.db(), &format!("where s.state in ({}) order by s.id", names.join(", ")), [])
    }

    /// How many there are in the given states.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count_in(&self, states: &[SubmissionState]) -> Result<u64, StoreError> {
        let names: Vec<String> = states.iter().map(|state| format!("'{}'", state.name())).collect();
        let sql = format!("select count(*) from submissions where state in ({})", names.join(", "));
        let count: i64 = self.connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// # Errors
    /// When there is no such submission, or the database cannot be read.
    pub fn submission(&self, id: i64) -> Result<Submission, StoreError> {
        find(self.db(), id)
    }

    /// The frozen bytes; empty for a cancel.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn payload(&self, id: i64) -> Result<Vec<u8>, StoreError> {
        let sql = "select bytes from payloads where submission = ?1";
        let sealed: Option<Vec<u8>> = self.connection.query_row(sql, [id], |row| row.get(0)).optional()?;
        let Some(sealed) = sealed else { return Ok(Vec::new()) };
        let packed = self.sealer.open(seal::PAYLOAD, id.into(), &sealed)?;
        unpack(&packed).ok_or(StoreError::Corrupt { what: "payload", row: id })
    }

    /// # Errors
    /// When the database cannot be read.
    pub fn attempts(&self, id: i64) -> Result<Vec<Attempt>, StoreError> {
        let mut statement = self.connection.prepare(
            "select file_id, sent_at, answered_at, answer, result_code from attempts where submission = ?1 order by id",
        )?;
        let rows = statement.query_map([id], |row| {
            Ok(Attempt {
                file_id: row.get(0)?,
                sent_at: row.get(1)?,
                answered_at: row.get(2)?,
                answer: row.get(3)?,
                result_code: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The first of [`Store::due`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn next_due(&self, tried: &BTreeSet<i64>) -> Result<Option<Submission>, StoreError> {
        Ok(self.due(1, tried)?.pop())
    }

    /// What may go now, side by side: the lost before the new, cancels last. Of a patient and kind, nothing goes while something awaits
    /// its answer, only one is given, and of a Unit nothing overtakes what is in flight. `tried` are left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn due(&self, limit: usize, tried: &BTreeSet<i64>) -> Result<Vec<Submission>, StoreError> {
        let mut lines: BTreeSet<(String, String, Hash)> = BTreeSet::new();
        let mut due = Vec::new();
        // Each in the order of its index, so that the first rows are found without sorting what waits.
        for first in ["s.state = 'lost'", "s.state = 'queued' and s.operation <> 'cancel'", "s.state = 'queued'"] {
            let sql = format!(
                "select s.id, l.kind, l.institution, l.patient from submissions s join ledger l on l.id = s.unit
                 where {first} and not exists (select 1 from ledger fl join submissions f on f.unit = fl.id
                     where f.id <> s.id and fl.kind = l.kind and fl.institution = l.institution and fl.patient = l.patient
                     and (f.state = 'sent' or f.state = 'lost' and s.state = 'queued'
                          or f.state = 'unclear' and f.unit = s.unit))
                 and not exists (select 1 from errands e join submissions f on f.id = e.submission
                     join ledger fl on fl.id = f.unit where e.state = 'sent'
                     and fl.kind = l.kind and fl.institution = l.institution and fl.patient = l.patient)
                 order by s.id"
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query([])?;
            while due.len() < limit {
                let Some(row) = rows.next()? else { break };
                let id: i64 = row.get(0)?;
                if !tried.contains(&id) && lines.insert((row.get(1)?, row.get(2)?, row.get(3)?)) {
                    due.push(find(self.db(), id)?);
                }
            }
        }
        Ok(due)
    }

    /// Makes durable that the submission is about to be handed over under `file_id`: first the Bundle-ID in `issued.log`, then the
    /// attempt. Only after this may the first byte leave.
    ///
    /// # Errors
    /// When log or database cannot be written, or the submission is not due.
    pub fn start_attempt(&mut self, id: i64, file_id: &str, now: &str, who: &str) -> Result<(), StoreError> {
        self.start_attempts(&[(id, file_id)], now, who)
    }

    /// As [`Store::start_attempt`] for several, all or none.
    ///
    /// # Errors
    /// When log or database cannot be written, or a submission is not due.
    pub fn start_attempts(&mut self, due: &[(i64, &str)], now: &str, who: &str) -> Result<(), StoreError> {
        let mut starts: Vec<(i64, &str, Submission, Line)> = Vec::new();
        for (id, file_id) in due {
            let due = find(self.db(), *id)?;
            if !matches!(due.state, SubmissionState::Queued | SubmissionState::Lost) {
                return Err(StoreError::State { id: *id, state: due.state.name(), action: "sent" });
            }
            self.nothing_outstanding(&due, &starts)?;
            let line = Line::attempt(&self.sealer, &due, file_id)?;
            starts.push((*id, *file_id, due, line));
        }
        let Some(log) = &mut self.issued else { return Err(StoreError::Closed) };
        log.append(&starts.iter().map(|(.., line)| line.clone()).collect::<Vec<_>>())?;
        self.write(|db| {
            for (id, file_id, due, _) in &starts {
                issued::remember(db, &due.bundle_id, &due.unit, Some(file_id))?;
                db.execute(
                    "insert into attempts (submission, file_id, sent_at, addressed) values (?1, ?2, ?3, ?4)",
                    (id, file_id, now, insured_key(db.sealer, &due.addressed)),
                )?;
                set_state(db, *id, SubmissionState::Sent)?;
                let what = due.operation.name();
                let entry = Entry {
                    at: now,
                    who,
                    what,
                    bundle_id: &due.bundle_id,
                    outcome: "sent",
                    patient: &due.unit.patient,
                };
                audit::append(db, &entry)?;
            }
            Ok(())
        })
    }

    /// Of a patient and kind one request at a time awaits its answer.
    pub(crate) fn nothing_outstanding(
        &self,
        due: &Submission,
        starting: &[(i64, &str, Submission, Line)],
    ) -> Result<(), StoreError> {
        let Unit { kind, institution, patient, .. } = &due.unit;
        let sql = "select exists (select 1 from ledger l join submissions s on s.unit = l.id where l.patient = ?1
             and l.kind = ?2 and l.institution = ?3 and (s.state = 'sent' and s.id <> ?4
             or exists (select 1 from errands e where e.submission = s.id and e.state = 'sent')))";
        let key = (ledger::patient_key(&self.sealer, patient), kind, institution, due.id);
        let sent: bool = self.connection.prepare_cached(sql)?.query_row(key, |row| row.get(0))?;
        let same = |unit: &Unit| (&unit.kind, &unit.institution, &unit.patient) == (kind, institution, patient);
        if sent || starting.iter().any(|(.., other, _)| same(&other.unit)) {
            return Err(StoreError::State { id: due.id, state: "behind another", action: "sent" });
        }
        Ok(())
    }

    /// What still awaits its answer is `lost` now: after a deadline, or when the program starts.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn lose(&mut self, ids: &[i64], now: &str, who: &str) -> Result<(), StoreError> {
        for id in ids {
            let sent = find(self.db(), *id)?;
            if sent.state != SubmissionState::Sent {
                continue;
            }
            let what = sent.operation.name();
            let entry = Entry {
                at: now,
                who,
                what,
                bundle_id: &sent.bundle_id,
                outcome: "no answer",
                patient: &sent.unit.patient,
            };
            self.write_audited(&entry, |db| set_state(db, *id, SubmissionState::Lost))?;
        }
        Ok(())
    }

    /// A person lets a draft go, or sends again what was refused or is unclear: the same bytes under the same id.
    ///
    /// # Errors
    /// When the submission is in another state.
    pub fn release(&mut self, id: i64, now: &str, who: &str) -> Result<(), StoreError> {
        let found = find(self.db(), id)?;
        let next = match found.state {
            SubmissionState::Draft | SubmissionState::Rejected => SubmissionState::Queued,
            SubmissionState::Unclear => SubmissionState::Lost,
            state => return Err(StoreError::State { id, state: state.name(), action: "released" }),
        };
        let newer =
            self.submissions_of(&found.unit)?.iter().any(|s| s.id > id && s.state != SubmissionState::Withdrawn);
        if newer && next == SubmissionState::Queued {
            return Err(StoreError::State { id, state: "older than another", action: "released" });
        }
        let entry = Entry {
            at: now,
            who,
            what: "approve",
            bundle_id: &found.bundle_id,
            outcome: found.state.name(),
            patient: &found.unit.patient,
        };
        self.write_audited(&entry, |db| {
            // A person has looked: what was asked in vain counts no more.
            db.execute("update errands set state = 'void' where submission = ?1 and state <> 'sent'", [id])?;
            set_state(db, id, next)?;
            let unit = db.query_row("select unit from submissions where id = ?1", [id], |row| row.get(0))?;
            realign(db, unit)
        })
    }

    /// A person says that what waits or was refused shall not go.
    ///
    /// # Errors
    /// When the submission is in flight or done.
    pub fn decline(&mut self, id: i64, now: &str, who: &str) -> Result<(), StoreError> {
        let found = find(self.db(), id)?;
        if !found.state.is_waiting() && found.state != SubmissionState::Rejected {
            return Err(StoreError::State { id, state: found.state.name(), action: "cancelled" });
        }
        let entry = Entry {
            at: now,
            who,
            what: "decline",
            bundle_id: &found.bundle_id,
            outcome: found.state.name(),
            patient: &found.unit.patient,
        };
        self.write_audited(&entry, |db| {
            set_state(db, id, SubmissionState::Declined)?;
            let unit = db.query_row("select unit from submissions where id = ?1", [id], |row| row.get(0))?;
            restore_state(db, unit)
        })
    }
}

fn enqueue_one(db: &Db, new: &NewSubmission, now: &str, who: &str) -> Result<i64, StoreError> {
    let NewSubmission { unit, bundle_id, .. } = new;
    ledger::ensure(db, unit, bundle_id, "draft")?;
    let (row, _) = ledger::find(*db, unit)?.ok_or(StoreError::NoSubmission(0))?;
    withdraw_waiting(db, row)?;
    let state = if new.review { SubmissionState::Draft } else { SubmissionState::Queued };
    // Rows are never deleted, so the number is new.
    let id: i64 = db.query_row("select coalesce(max(id), 0) + 1 from submissions", [], |row| row.get(0))?;
    let person = Person { insured: new.insured.clone(), identity: new.identity };
    let person = person.seal(db.sealer, seal::SUBMISSION_PERSON, id)?;
    let (operation, has_insured) = (new.operation.name(), !new.insured.is_empty());
    db.prepare_cached(
        "insert into submissions (id, unit, operation, state, content, person, has_insured, members, ig, queued_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute((id, row, operation, state.name(), new.content, person, has_insured, new.members, &new.ig, now))?;
    keep_payload(db, id, &new.bytes)?;
    attachments::keep(db, id, &new.attachments)?;
    let in_flight: bool = db.query_row(
        "select exists (select 1 from submissions where unit = ?1 and state in ('sent', 'lost', 'unclear'))",
        [row],
        |row| row.get(0),
    )?;
    if !in_flight {
        set_state(db, id, state)?;
        realign(db, row)?;
    }
    let outcome = state.name();
    let entry = Entry { at: now, who, what: operation, bundle_id, outcome, patient: &unit.patient };
    audit::append(db, &entry)?;
    Ok(id)
}
