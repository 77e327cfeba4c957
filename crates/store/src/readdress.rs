//! After a 資格エラー: whether a change or cancel goes once more under the patient's new insured id (`rules` §6, a setting).

use crate::{
    Hash, Operation, Store, StoreError, Submission, SubmissionState,
    audit::Entry,
    ledger::{self, Person},
    outbox::set_state,
    seal,
    submission::find,
};
use rusqlite::OptionalExtension;

impl Store {
    /// Puts a refused change or cancel back into the queue, addressed with the insured id that the patient has now, if it was not tried
    /// with that yet. Once that was refused too, the ledger names the old one again. `None` where nothing goes.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn try_new_insured(&mut self, id: i64, now: &str, who: &str) -> Result<Option<Submission>, StoreError> {
        let before = find(self.db(), id)?;
        if before.state != SubmissionState::Rejected || before.operation == Operation::Register {
            return Ok(None);
        }
        let unit = self.connection.query_row("select unit from submissions where id = ?1", [id], |row| row.get(0))?;
        let new = if before.insured.is_empty() { self.newest_accepted(&before)? } else { before.insured.clone() };
        let tried = self.addressed_with(id)?;
        if new.is_empty() || tried.contains(&ledger::insured_key(&self.sealer, &new)) {
            self.readdress_back(unit, &before, &tried)?;
            return Ok(None);
        }
        let entry = Entry {
            at: now,
            who,
            what: "readdress",
            bundle_id: &before.bundle_id,
            outcome: "queued",
            patient: &before.unit.patient,
        };
        self.write_audited(&entry, |db| {
            let old = Person { insured: before.addressed.clone(), ..Person::default() };
            db.execute(
                "update ledger set doubt_person = ?2 where id = ?1",
                (unit, old.seal(db.sealer, seal::LEDGER_DOUBT, unit)?),
            )?;
            ledger::set_insured(db, unit, new)?;
            set_state(db, id, SubmissionState::Queued)
        })?;
        Ok(Some(find(self.db(), id)?))
    }

    /// The centre does not know the new insured id either: what it holds lies under the old one.
    fn readdress_back(&mut self, unit: i64, refused: &Submission, tried: &[Hash]) -> Result<(), StoreError> {
        let sql = "select doubt_person from ledger where id = ?1 and doubt is null";
        let old: Option<Option<Vec<u8>>> = self.connection.query_row(sql, [unit], |row| row.get(0)).optional()?;
        let Some(old) = old.flatten() else { return Ok(()) };
        let Person { insured, .. } = Person::open(&self.sealer, seal::LEDGER_DOUBT, unit, &old)?;
        let is_tried = tried.contains(&ledger::insured_key(&self.sealer, &insured));
        if insured.is_empty() || insured == refused.addressed || !is_tried {
            return Ok(());
        }
        self.write(|db| {
            ledger::set_insured(db, unit, insured)?;
            db.execute("update ledger set doubt_person = null where id = ?1", [unit])?;
            Ok(())
        })
    }

    fn addressed_with(&self, submission: i64) -> Result<Vec<Hash>, StoreError> {
        let sql = "select addressed from attempts where submission = ?1 and addressed is not null";
        let mut statement = self.connection.prepare_cached(sql)?;
        let tried = statement.query_map([submission], |row| row.get(0))?;
        Ok(tried.collect::<Result<_, _>>()?)
    }

    /// A cancel has no bundle: the insured id under which the centre last accepted anything of the patient.
    fn newest_accepted(&self, of: &Submission) -> Result<String, StoreError> {
        let sql = "select s.id, s.person from submissions s join ledger l on l.id = s.unit
            where l.patient = ?1 and s.has_insured and s.state = 'accepted' order by s.id desc limit 1";
        let patient = ledger::patient_key(&self.sealer, &of.unit.patient);
        let newest = self.connection.query_row(sql, [patient], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)));
        let Some((id, person)) = newest.optional()? else { return Ok(String::new()) };
        Ok(Person::open(&self.sealer, seal::SUBMISSION_PERSON, id, &person)?.insured)
    }
}
