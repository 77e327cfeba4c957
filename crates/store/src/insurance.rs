use crate::{Hash, Store, StoreError, Unit, seal};
use std::collections::BTreeMap;

/// A patient whose insurance the centre does not accept: to be asked for at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsuranceToAsk {
    /// `id space/patient id`.
    pub patient: String,
    /// How many Units wait for it.
    pub units: u32,
    /// Since when the oldest of them does.
    pub since: String,
    /// The centre's newest code.
    pub result_code: String,
}

impl Store {
    /// Patients with a Unit whose newest submission was refused as 資格エラー, by patient.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn insurance_to_ask(&self) -> Result<Vec<InsuranceToAsk>, StoreError> {
        let mut statement = self.connection.prepare(
            "select l.unit, l.name, coalesce((select max(a.answered_at) from attempts a where a.submission = s.id), s.queued_at),
                 coalesce(s.result_code, '')
             from submissions s join ledger l on l.id = s.unit
             where s.state = 'rejected' and s.answer = 'qualification' and not exists (select 1 from submissions n
                 where n.unit = s.unit and n.id > s.id and n.state <> 'withdrawn') order by s.id",
        )?;
        let mut rows = statement.query([])?;
        let mut patients: BTreeMap<String, InsuranceToAsk> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (key, name, since, code): (Hash, Vec<u8>, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let patient = self.sealer.open_json::<Unit>(seal::LEDGER_UNIT, (&key).into(), &name)?.patient;
            let new = || InsuranceToAsk {
                patient: patient.clone(),
                units: 0,
                since: since.clone(),
                result_code: String::new(),
            };
            let line = patients.entry(patient.clone()).or_insert_with(new);
            line.units = line.units.saturating_add(1);
            line.result_code = code;
            if since < line.since {
                line.since = since;
            }
        }
        Ok(patients.into_values().collect())
    }
}
