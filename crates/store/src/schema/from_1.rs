//! Format 1 kept everything in plain: each row is sealed on its way into the tables of format 2.

use crate::{
    Hash, Keys, StoreError, Unit, approvals,
    db::Db,
    held,
    inputs::{path_key, patient_row_key},
    ledger::{Person, patient_key, unit_key},
    outbox,
    seal::{self, Sealer},
};
use rusqlite::{Connection, Row};

const TABLES: &[&str] = &[
    "inputs",
    "statements",
    "issued",
    "ledger",
    "submissions",
    "payloads",
    "attempts",
    "held",
    "approvals",
    "proposals",
];

/// Indexes would keep their names with the old tables.
const INDEXES: &[&str] =
    &["statements_of_patient", "issued_of_unit", "submissions_due", "submissions_of_unit", "attempts_of_submission"];

/// Makes the tables of format 2 out of those of format 1, and the lookup key.
pub fn migrate(connection: &Connection, tables: &str, keys: &Keys) -> Result<Sealer, StoreError> {
    let (sealer, secret) = Sealer::create(keys.clone())?;
    for index in INDEXES {
        connection.execute_batch(&format!("drop index {index}"))?;
    }
    // The names in references follow a renamed table, so references are rewritten with the tables.
    for table in TABLES {
        connection.execute_batch(&format!("alter table {table} rename to old_{table}"))?;
    }
    connection.execute_batch(tables)?;
    connection.execute("insert into secrets (name, value) values ('lookup', ?1)", [secret])?;
    let db = Db { connection, sealer: &sealer };
    inputs(&db)?;
    statements(&db)?;
    units(&db)?;
    submissions(&db)?;
    desk(&db)?;
    for table in TABLES.iter().rev() {
        connection.execute_batch(&format!("drop table old_{table}"))?;
    }
    Ok(sealer)
}

/// Goes through all rows of a query.
fn each(db: &Db, sql: &str, mut work: impl FnMut(&Row) -> Result<(), StoreError>) -> Result<(), StoreError> {
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        work(row)?;
    }
    Ok(())
}

fn inputs(db: &Db) -> Result<(), StoreError> {
    db.execute_batch(
        "insert into inputs (id, instance, path_key, path, size, mtime, digest, valid, records, reader, last_run, gone_since,
             gone_accepted)
         select id, instance, cast(path as blob), x'', size, mtime, digest, valid, records, reader, last_run, gone_since,
             gone_accepted from old_inputs",
    )?;
    each(db, "select id, instance, path from old_inputs", |row| {
        let (id, instance, path): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let key = path_key(db.sealer, &instance, &path);
        let sealed = db.sealer.seal(seal::INPUT_PATH, (&key).into(), path.as_bytes())?;
        db.execute("update inputs set path_key = ?2, path = ?3 where id = ?1", (id, key, sealed))?;
        Ok(())
    })
}

fn statements(db: &Db) -> Result<(), StoreError> {
    each(db, "select space, patient, min(id) from old_statements group by space, patient order by min(id)", |row| {
        let (space, id): (String, String) = (row.get(0)?, row.get(1)?);
        crate::inputs::touch(db, &space, &id).map(drop)
    })?;
    each(db, "select id, input, space, patient, format, body from old_statements order by id", |row| {
        let (space, patient, body): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(5)?);
        let identity = db.sealer.lookup("statement", &[body.as_bytes()]);
        let sealed = db.sealer.seal(seal::STATEMENT, (&identity).into(), body.as_bytes())?;
        db.execute(
            "insert into statements (id, input, patient, identity, format, body) values (?1, ?2, ?3, ?4, ?5, ?6)",
            (
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                patient_row_key(db.sealer, &space, &patient),
                identity,
                row.get::<_, i64>(4)?,
                sealed,
            ),
        )?;
        Ok(())
    })
}

fn unit(row: &Row, at: usize) -> rusqlite::Result<Unit> {
    Ok(Unit {
        kind: row.get(at)?,
        institution: row.get(at + 1)?,
        patient: row.get(at + 2)?,
        report: row.get(at + 3)?,
        generation: row.get(at + 4)?,
    })
}

fn units(db: &Db) -> Result<(), StoreError> {
    each(
        db,
        "select kind, institution, patient, report, generation, bundle_id from old_issued order by rowid",
        |row| {
            let (unit, bundle_id): (Unit, String) = (unit(row, 0)?, row.get(5)?);
            let name = db.sealer.seal_json(seal::ISSUED_UNIT, bundle_id.as_str().into(), &unit)?;
            db.execute(
                "insert into issued (bundle_id, unit, name, generation, last_attempt)
             values (?1, ?2, ?3, ?4, (select file_id from old_attempts a join old_submissions s on s.id = a.submission
                 join old_ledger l on l.id = s.unit where l.bundle_id = ?1 order by a.id desc limit 1))",
                (&bundle_id, unit_key(db.sealer, &unit), name, unit.generation),
            )?;
            Ok(())
        },
    )?;
    let sql = "select kind, institution, patient, report, generation, id, accepted_identity, accepted_insured from old_ledger";
    each(db, sql, |row| {
        let (unit, id): (Unit, i64) = (unit(row, 0)?, row.get(5)?);
        let (identity, insured): (Option<Hash>, Option<String>) = (row.get(6)?, row.get(7)?);
        let person = Person { insured: insured.unwrap_or_default(), identity: identity.unwrap_or_default() };
        let person = identity.map(|_| person.seal(db.sealer, seal::LEDGER_PERSON, id)).transpose()?;
        let key = unit_key(db.sealer, &unit);
        let name = db.sealer.seal_json(seal::LEDGER_UNIT, (&key).into(), &unit)?;
        db.execute(
            "insert into ledger (id, bundle_id, kind, institution, unit, patient, name, generation, state, accepted_content,
                 accepted_person, accepted_members, accepted_ig, accepted_at, cancelled_at, result_code)
             select id, bundle_id, kind, institution, ?2, ?3, ?4, generation, state, accepted_content, ?5, accepted_members,
                 accepted_ig, accepted_at, cancelled_at, result_code from old_ledger where id = ?1",
            (id, key, patient_key(db.sealer, &unit.patient), name, person),
        )?;
        Ok(())
    })
}

fn submissions(db: &Db) -> Result<(), StoreError> {
    each(db, "select id, insured, identity, result_text from old_submissions", |row| {
        let (id, insured, identity): (i64, String, Hash) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let person = Person { insured, identity };
        let text: Option<String> = row.get(3)?;
        let text = text.map(|text| db.sealer.seal(seal::RESULT_TEXT, id.into(), text.as_bytes())).transpose()?;
        db.execute(
            "insert into submissions (id, unit, operation, state, content, person, has_insured, members, ig, queued_at,
                 answer, result_code, result_text)
             select id, unit, operation, state, content, ?2, insured <> '', members, ig, queued_at, answer, result_code, ?3
                 from old_submissions where id = ?1",
            (id, person.seal(db.sealer, seal::SUBMISSION_PERSON, id)?, text),
        )?;
        Ok(())
    })?;
    each(db, "select submission, bytes from old_payloads", |row| {
        let (id, bytes): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        outbox::keep_payload(db, id, &bytes)
    })?;
    each(db, "select id, file_id, receipt from old_attempts", |row| {
        let (id, file_id, receipt): (i64, String, Option<Vec<u8>>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let seal = |bytes: Vec<u8>| db.sealer.seal(seal::RECEIPT, file_id.as_str().into(), &bytes);
        db.execute(
            "insert into attempts (id, submission, file_id, sent_at, answered_at, answer, result_code, receipt)
             select id, submission, file_id, sent_at, answered_at, answer, result_code, ?2 from old_attempts where id = ?1",
            (id, receipt.map(seal).transpose()?),
        )?;
        Ok(())
    })
}

fn desk(db: &Db) -> Result<(), StoreError> {
    let sql = "select what, kind, unit, patient, rule, text, remedy, origins, since from old_held";
    each(db, sql, |row| held::keep_old(db, row))?;
    each(db, "select kind, subject, at, who from old_approvals", |row| {
        let (kind, subject, at, who): (String, String, String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let key = approvals::subject_key(db.sealer, &kind, &subject);
        db.execute("insert into approvals (kind, subject, at, who) values (?1, ?2, ?3, ?4)", (kind, key, at, who))?;
        Ok(())
    })?;
    each(db, "select kind, subject, text from old_proposals order by rowid", |row| {
        let (kind, subject, text): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        approvals::keep_proposal(db, &kind, &subject, &text)
    })?;
    Ok(())
}
