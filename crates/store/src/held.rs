use crate::{
    Hash, Store, StoreError,
    db::Db,
    seal::{self, Sealer},
};
use rusqlite::Row;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is kept back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeldWhat {
    Input,
    Patient,
    Unit,
    Record,
}

impl HeldWhat {
    const ALL: [Self; 4] = [Self::Input, Self::Patient, Self::Unit, Self::Record];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Patient => "patient",
            Self::Unit => "unit",
            Self::Record => "record",
        }
    }
}

/// One line of the desk's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRow {
    pub what: HeldWhat,
    /// Kind of Unit or record.
    pub kind: String,
    /// Report key, or what else tells it from its like; may be empty.
    pub unit: String,
    /// Patient id as the clinic writes it.
    pub patient: String,
    /// Code of the rule that holds it.
    pub rule: String,
    /// The rule and the remedy in words, in the language of the run.
    pub text: String,
    pub remedy: String,
    /// Where it stands, for a person.
    pub origins: Vec<String>,
    /// When it was first held without a break; empty in what a caller writes.
    pub since: String,
}

/// What is sealed of a line.
#[derive(Serialize, Deserialize)]
struct Line {
    kind: String,
    unit: String,
    patient: String,
    text: String,
    remedy: String,
    origins: Vec<String>,
}

fn scope_key(sealer: &Sealer, scope: &str) -> Hash {
    sealer.lookup("scope", &[scope.as_bytes()])
}

fn row_key(sealer: &Sealer, row: &HeldRow) -> Hash {
    let parts = [row.what.name(), &row.kind, &row.unit, &row.patient, &row.rule];
    sealer.lookup("held", &parts.map(str::as_bytes))
}

/// Lines of one key are one, with the origins of all.
fn keep(db: &Db, scope: &Hash, rows: &[HeldRow], since: impl Fn(&Hash) -> String) -> Result<(), StoreError> {
    let mut by_key: BTreeMap<Hash, HeldRow> = BTreeMap::new();
    for row in rows {
        let same =
            by_key.entry(row_key(db.sealer, row)).or_insert_with(|| HeldRow { origins: Vec::new(), ..row.clone() });
        same.origins.extend(row.origins.iter().cloned());
    }
    let mut insert =
        db.prepare_cached("insert into held (scope, key, what, rule, since, line) values (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (key, row) in by_key {
        let HeldRow { what, kind, unit, patient, rule, text, remedy, origins, .. } = row;
        let line = Line { kind, unit, patient, text, remedy, origins };
        let line = db.sealer.seal_json(seal::HELD, (&key).into(), &line)?;
        insert.execute((scope, key, what.name(), rule, since(&key), line))?;
    }
    Ok(())
}

/// A row of format 1: what, kind, unit, patient, rule, text, remedy, origins, since.
pub fn keep_old(db: &Db, row: &Row) -> Result<(), StoreError> {
    let text = |at: usize| row.get::<_, String>(at);
    let (name, since) = (text(0)?, text(8)?);
    let row = HeldRow {
        what: HeldWhat::ALL.into_iter().find(|what| what.name() == name).unwrap_or(HeldWhat::Record),
        kind: text(1)?,
        unit: text(2)?,
        patient: text(3)?,
        rule: text(4)?,
        text: text(5)?,
        remedy: text(6)?,
        origins: text(7)?.lines().map(str::to_owned).collect(),
        since: String::new(),
    };
    keep(db, &scope_key(db.sealer, ""), &[row], |_| since.clone())
}

/// Since when the lines of a scope are held.
fn dates(db: &Db, scope: &Hash) -> Result<BTreeMap<Hash, String>, StoreError> {
    let mut statement = db.prepare_cached("select key, since from held where scope = ?1 order by since desc")?;
    let rows = statement.query_map([scope], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Store {
    /// Replaces the lines of one scope, such as an input, or what a comparison found (empty); what was held before keeps its date.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn replace_held_of(&mut self, scope: &str, rows: &[HeldRow], now: &str) -> Result<(), StoreError> {
        self.write(|db| {
            let scope = scope_key(db.sealer, scope);
            let before = dates(db, &scope)?;
            db.execute("delete from held where scope = ?1", [scope])?;
            keep(db, &scope, rows, |key: &Hash| before.get(key).map_or(now, String::as_str).to_owned())
        })
    }

    /// The lines of all scopes, by patient.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn held(&self) -> Result<Vec<HeldRow>, StoreError> {
        self.held_where(None)
    }

    /// Those of one scope.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn held_of(&self, scope: &str) -> Result<Vec<HeldRow>, StoreError> {
        self.held_where(Some(scope_key(&self.sealer, scope)))
    }

    fn held_where(&self, scope: Option<Hash>) -> Result<Vec<HeldRow>, StoreError> {
        let sql = "select what, rule, since, key, line from held where ?1 is null or scope = ?1";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([scope])?;
        let mut held = Vec::new();
        while let Some(row) = rows.next()? {
            let (what, key, line): (String, Hash, Vec<u8>) = (row.get(0)?, row.get(3)?, row.get(4)?);
            let line: Line = self.sealer.open_json(seal::HELD, (&key).into(), &line)?;
            let Line { kind, unit, patient, text, remedy, origins } = line;
            let what = HeldWhat::ALL.into_iter().find(|w| w.name() == what).unwrap_or(HeldWhat::Record);
            let (rule, since) = (row.get(1)?, row.get(2)?);
            held.push(HeldRow { what, kind, unit, patient, rule, text, remedy, origins, since });
        }
        held.sort_by(|a, b| {
            let place = |row: &HeldRow| (row.patient.clone(), row.what.name(), row.kind.clone(), row.unit.clone());
            place(a).cmp(&place(b)).then_with(|| a.rule.cmp(&b.rule))
        });
        Ok(held)
    }

    /// What has been held since before a moment (`hold.days`), the longest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn held_since_before(&self, moment: &str) -> Result<Vec<HeldRow>, StoreError> {
        let mut held = self.held()?;
        held.retain(|row| row.since.as_str() < moment);
        held.sort_by(|a, b| a.since.cmp(&b.since));
        Ok(held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests_support::fresh;

    #[test]
    fn what_stays_held_keeps_the_day_it_began() {
        let (_home, mut store) = fresh();
        let row = |patient: &str| HeldRow {
            what: HeldWhat::Unit,
            kind: "lab".into(),
            unit: "20260101 1".into(),
            patient: patient.into(),
            rule: "CLINS-001".into(),
            text: String::new(),
            remedy: String::new(),
            origins: vec!["a PID-3".into()],
            since: String::new(),
        };
        store.replace_held_of("", &[row("1"), row("2")], "day one").unwrap();
        store.replace_held_of("a file", &[row("4")], "day one").unwrap();
        store.replace_held_of("", &[row("2"), row("3")], "day two").unwrap();
        let since: Vec<_> = store.held_of("").unwrap().into_iter().map(|row| (row.patient, row.since)).collect();
        assert_eq!(since, [("2".to_owned(), "day one".to_owned()), ("3".to_owned(), "day two".to_owned())]);
        assert_eq!(store.held().unwrap().len(), 3);
    }
}
