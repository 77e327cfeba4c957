//! Files that travel apart from their document (添付情報登録), and its signature: both are durable before the document goes.

use crate::{
    Hash, Store, StoreError,
    audit::Entry,
    db::Db,
    pack::{pack, unpack},
    seal,
    submission::find,
};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A file that is put into the outbox with its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttachment {
    /// As the document names it.
    pub reference: String,
    /// MIME type.
    pub content_type: String,
    pub title: String,
    pub bytes: Vec<u8>,
}

/// A file that the centre is to get before its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: i64,
    pub reference: String,
    pub content_type: String,
    pub title: String,
    pub bytes: Vec<u8>,
}

/// How far the files of a submission are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attached {
    pub files: u32,
    /// Of which the centre holds so many.
    pub held: u32,
}

/// What a signature plug-in made of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Goes beside the payload.
    Detached(Vec<u8>),
    /// The payload itself holds it.
    Inside,
}

#[derive(Serialize, Deserialize)]
struct About {
    content_type: String,
    title: String,
}

/// The centre has just these bytes under this name, from this or an earlier submission of the Unit.
const IS_HELD: &str = "exists (select 1 from attachments h join submissions hs on hs.id = h.submission
    join submissions s on s.id = a.submission
    where hs.unit = s.unit and h.reference = a.reference and h.digest = a.digest and h.held_at is not null)";

/// Freezes the files of a submission.
pub fn keep(db: &Db, submission: i64, files: &[NewAttachment]) -> Result<(), StoreError> {
    for (place, file) in (1_i64..).zip(files) {
        let digest: Hash = Sha256::digest(&file.bytes).into();
        let id: i64 = db.query_row("select coalesce(max(id), 0) + 1 from attachments", [], |row| row.get(0))?;
        let about = About { content_type: file.content_type.clone(), title: file.title.clone() };
        let about = db.sealer.seal_json(seal::ATTACHMENT_ABOUT, id.into(), &about)?;
        let bytes = db.sealer.seal(seal::ATTACHMENT_BYTES, id.into(), &pack(&file.bytes)?)?;
        db.execute(
            "insert into attachments (id, submission, place, reference, digest, about, bytes)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            (id, submission, place, &file.reference, digest, about, bytes),
        )?;
    }
    Ok(())
}

/// The first file of a submission that the centre does not hold yet.
pub fn next(db: Db, submission: i64) -> Result<Option<Attachment>, StoreError> {
    let sql = format!(
        "select a.id, a.reference, a.about, a.bytes from attachments a
         where a.submission = ?1 and not {IS_HELD} order by a.place limit 1"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([submission])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (id, reference): (i64, String) = (row.get(0)?, row.get(1)?);
    let (about, bytes): (Vec<u8>, Option<Vec<u8>>) = (row.get(2)?, row.get(3)?);
    let About { content_type, title } = db.sealer.open_json(seal::ATTACHMENT_ABOUT, id.into(), &about)?;
    let damaged = || StoreError::Corrupt { what: "attachment", row: id };
    let packed = db.sealer.open(seal::ATTACHMENT_BYTES, id.into(), &bytes.ok_or_else(damaged)?)?;
    Ok(Some(Attachment { id, reference, content_type, title, bytes: unpack(&packed).ok_or_else(damaged)? }))
}

/// The centre has taken a file; its bytes have served.
pub fn held(db: &Db, id: i64, now: &str) -> Result<(), StoreError> {
    db.execute("update attachments set held_at = ?2, bytes = null where id = ?1", (id, now))?;
    Ok(())
}

impl Store {
    /// How far the files are that travel apart from a document.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn attached(&self, submission: i64) -> Result<Attached, StoreError> {
        let count = |also: &str| {
            let sql = format!("select count(*) from attachments a where a.submission = ?1 {also}");
            self.connection.query_row(&sql, [submission], |row| row.get(0))
        };
        let (files, held) = (count("")?, count(&format!("and {IS_HELD}"))?);
        Ok(Attached { files, held })
    }

    /// Freezes what the signature plug-in made; with it the payload, where that holds the signature itself.
    ///
    /// # Errors
    /// When the database cannot be written, or the submission went before.
    pub fn sign(
        &mut self,
        id: i64,
        signature: &Signature,
        signed_payload: Option<&[u8]>,
        now: &str,
        who: &str,
    ) -> Result<(), StoreError> {
        let found = find(self.db(), id)?;
        if found.attempts > 0 || !found.state.is_waiting() {
            return Err(StoreError::State { id, state: found.state.name(), action: "signed" });
        }
        let (bundle_id, patient) = (&found.bundle_id, &found.unit.patient);
        let entry = Entry { at: now, who, what: "sign", bundle_id, outcome: "done", patient };
        self.write_audited(&entry, |db| {
            let sealed = match signature {
                Signature::Detached(bytes) => Some(db.sealer.seal(seal::SIGNATURE, id.into(), bytes)?),
                Signature::Inside => None,
            };
            db.execute("insert or replace into signatures (submission, bytes) values (?1, ?2)", (id, sealed))?;
            if let Some(payload) = signed_payload {
                let sealed = db.sealer.seal(seal::PAYLOAD, id.into(), &pack(payload)?)?;
                db.execute("update payloads set bytes = ?2 where submission = ?1", (id, sealed))?;
            }
            Ok(())
        })
    }

    /// The signature of a document that has one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn signature(&self, id: i64) -> Result<Option<Signature>, StoreError> {
        let sql = "select bytes from signatures where submission = ?1";
        let sealed: Option<Option<Vec<u8>>> = self.connection.query_row(sql, [id], |row| row.get(0)).optional()?;
        Ok(match sealed {
            None => None,
            Some(None) => Some(Signature::Inside),
            Some(Some(sealed)) => Some(Signature::Detached(self.sealer.open(seal::SIGNATURE, id.into(), &sealed)?)),
        })
    }
}
