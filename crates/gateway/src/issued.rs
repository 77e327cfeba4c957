//! `issued.log` read beside a stateless conversion: a Unit that was issued keeps the year of its first issue.

use serde::Deserialize;
use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufRead, BufReader, ErrorKind},
    path::Path,
};
use tsugite_clins::{Issued, UnitKey, UnitKind};

/// Years of the Units that were issued. A log seals whom it speaks of; the local part of a Bundle-ID tells the Unit, as it is made of
/// its key.
#[derive(Debug, Default)]
pub struct IssuedUnits {
    years: HashMap<String, i16>,
}

#[derive(Deserialize)]
struct Line {
    bundle_id: String,
}

impl IssuedUnits {
    /// Reads the log without touching it.
    ///
    /// # Errors
    /// The file cannot be read, or is no log of issued ids. A last line that was cut short was never issued.
    pub fn read(path: &Path) -> io::Result<Self> {
        let mut issued = Self::default();
        let mut file = BufReader::new(File::open(path)?);
        let mut line = String::new();
        let mut number = 0;
        while file.read_line(&mut line)? > 0 && line.ends_with('\n') {
            number += 1;
            issued.take(&line).ok_or_else(|| {
                let expected = "expected {\"bundle_id\": \"institution^year^id\", …} as `tsugite run` writes it";
                io::Error::new(ErrorKind::InvalidData, format!("line {number}: {expected}"))
            })?;
            line.clear();
        }
        Ok(issued)
    }

    /// `None` for a line that is none of the log.
    fn take(&mut self, line: &str) -> Option<()> {
        let Line { bundle_id } = serde_json::from_str(line).ok()?;
        let mut parts = bundle_id.splitn(3, '^');
        let (_, year, local) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        self.years.entry(local.to_owned()).or_insert(year);
        Some(())
    }
}

impl Issued for IssuedUnits {
    /// Generations follow each other without a gap, as each is opened by the accepted cancel of the one before.
    fn generation(&self, kind: UnitKind, institution: &str, patient: &str, report: &str) -> u32 {
        let key = |generation| UnitKey {
            kind,
            institution: institution.to_owned(),
            patient: patient.to_owned(),
            report: report.to_owned(),
            generation,
        };
        (1..).take_while(|generation| self.year(&key(*generation)).is_some()).last().unwrap_or(0)
    }

    fn year(&self, key: &UnitKey) -> Option<i16> {
        self.years.get(&key.local_id().to_string()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issued_unit_keeps_year_and_generation() {
        let key = |generation| UnitKey {
            kind: UnitKind::Lab,
            institution: "1319999999".into(),
            patient: "s/1".into(),
            report: "2025-12-30/1".into(),
            generation,
        };
        let line = |generation: u32, year| {
            let bundle_id = key(generation).bundle_id(year);
            serde_json::json!({"bundle_id": bundle_id, "sealed": "01"}).to_string()
        };
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), format!("{}\n{}\n{{\"cut", line(0, 2025), line(1, 2026))).unwrap();
        let issued = IssuedUnits::read(file.path()).unwrap();
        assert_eq!(issued.generation(UnitKind::Lab, "1319999999", "s/1", "2025-12-30/1"), 1);
        assert_eq!((issued.year(&key(0)), issued.year(&key(1)), issued.year(&key(2))), (Some(2025), Some(2026), None));
        assert_eq!(issued.generation(UnitKind::Condition, "1319999999", "s/1", ""), 0);
        std::fs::write(file.path(), format!("{}\nno log\n", line(0, 2025))).unwrap();
        let error = IssuedUnits::read(file.path()).unwrap_err();
        assert!(error.to_string().starts_with("line 2: expected"), "{error}");
    }
}
