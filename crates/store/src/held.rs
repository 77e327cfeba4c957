use crate::{Store, StoreError};

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

impl Store {
    /// Replaces the list; what was held before keeps its date.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn replace_held(&mut self, rows: &[HeldRow], now: &str) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute_batch("create temp table held_before as select * from held; delete from held;")?;
            {
                let mut insert = transaction.prepare(
                    "insert into held (what, kind, unit, patient, rule, text, remedy, origins, since)
                     values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, coalesce((select since from held_before
                         where what = ?1 and kind = ?2 and unit = ?3 and patient = ?4 and rule = ?5), ?9))
                     on conflict do update set origins = origins || char(10) || excluded.origins",
                )?;
                for row in rows {
                    let HeldRow { what, kind, unit, patient, rule, text, remedy, origins, .. } = row;
                    let origins = origins.join("\n");
                    insert.execute((what.name(), kind, unit, patient, rule, text, remedy, origins, now))?;
                }
            }
            transaction.execute_batch("drop table held_before;")?;
            Ok(())
        })
    }

    /// The list, by patient.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn held(&self) -> Result<Vec<HeldRow>, StoreError> {
        let mut statement = self.connection.prepare(
            "select what, kind, unit, patient, rule, origins, since, text, remedy from held order by patient, what, kind, unit, rule",
        )?;
        let rows = statement.query_map([], |row| {
            let what: String = row.get(0)?;
            let origins: String = row.get(5)?;
            Ok(HeldRow {
                what: HeldWhat::ALL.into_iter().find(|w| w.name() == what).unwrap_or(HeldWhat::Record),
                kind: row.get(1)?,
                unit: row.get(2)?,
                patient: row.get(3)?,
                rule: row.get(4)?,
                origins: origins.lines().map(str::to_owned).collect(),
                since: row.get(6)?,
                text: row.get(7)?,
                remedy: row.get(8)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
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
        store.replace_held(&[row("1"), row("2")], "day one").unwrap();
        store.replace_held(&[row("2"), row("3")], "day two").unwrap();
        let since: Vec<_> = store.held().unwrap().into_iter().map(|row| (row.patient, row.since)).collect();
        assert_eq!(since, [("2".to_owned(), "day one".to_owned()), ("3".to_owned(), "day two".to_owned())]);
    }
}
