//! The clinic's decisions about patients and diagnoses, written in Excel: CSV with Japanese headers, any Japanese encoding.

use super::SettingsError;
use std::{fs, path::Path};
use tsugite_charset::{GaijiTable, decode, detect, repair_display, to_half_width};
use tsugite_clinical::policy::{DiagnosisDecision, DiagnosisRule, PatientDecision, PatientRule};
use tsugite_issue::Text;

const NO_PATIENT: Text = Text::new("「患者番号」が空です", "`患者番号` (patient number) is empty");
const NO_NEW_NUMBER: Text = Text::new("「新しい番号」が空です", "`新しい番号` (new number) is empty");
const NO_OTHER_NUMBER: Text = Text::new(
    "「相手の番号」（または「新しい番号」）が空です",
    "`相手の番号` (the other number), or `新しい番号`, is empty",
);
const PATIENT_DECISION: Text = Text::new(
    "「扱い」は 送信しない・テスト患者・番号変更・別人 のどれかです",
    "`扱い` (decision) is one of 送信しない, テスト患者, 番号変更, 別人",
);
const DIAGNOSIS_DECISION: Text = Text::new(
    "「扱い」は 送信しない・未告知・未提供・長期保存 のどれかです",
    "`扱い` (decision) is one of 送信しない, 未告知, 未提供, 長期保存",
);
const SELECTS_NOTHING: Text = Text::new(
    "「コード」か「病名」を書いてください（患者のすべてを送信しないときは患者の表に書きます）",
    "fill `コード` or `病名` (a patient of whom nothing is sent belongs into the table of patients)",
);
const SAME_NUMBER: Text = Text::new(
    "「別人」の二つの番号が同じです（先頭の0が消えていないか確かめてください）",
    "the two numbers of 別人 are the same (did leading zeros get lost?)",
);
const NOT_CSV: Text = Text::new("CSVとして読めません: ", "not readable as CSV: ");
const NO_COLUMN: Text = Text::new("見出しがありません: ", "missing column: ");

/// Decisions on patients, and ids that mean two persons.
pub type Patients = (Vec<PatientRule>, Vec<(String, String)>);

/// 患者番号, 扱い (送信しない / テスト患者 / 番号変更 / 別人), 新しい番号 (of 別人 the other one, which may stand in 相手の番号).
pub fn patients(path: &Path) -> Result<Patients, SettingsError> {
    let table = Table::read(path, &["患者番号", "扱い"])?;
    let rule = |row: &Row| {
        let id = row.get("患者番号").ok_or(NO_PATIENT)?;
        let decision = match row.get("扱い").as_deref() {
            Some("送信しない") => PatientDecision::Exclude,
            Some("テスト患者") => PatientDecision::Test,
            Some("番号変更") => PatientDecision::Alias(row.get("新しい番号").ok_or(NO_NEW_NUMBER)?),
            Some("別人") => {
                let other = row.get("相手の番号").or_else(|| row.get("新しい番号")).ok_or(NO_OTHER_NUMBER)?;
                return if id == other { Err(SAME_NUMBER) } else { Ok(Decided::Apart(id, other)) };
            }
            _ => return Err(PATIENT_DECISION),
        };
        Ok(Decided::Patient(PatientRule { id, decision }))
    };
    let (mut patients, mut apart) = Patients::default();
    for decided in table.rules(rule)? {
        match decided {
            Decided::Patient(rule) => patients.push(rule),
            Decided::Apart(one, other) => apart.push((one, other)),
        }
    }
    Ok((patients, apart))
}

enum Decided {
    Patient(PatientRule),
    Apart(String, String),
}

/// 患者番号, コード, 病名, 扱い (送信しない / 未告知 / 未提供 / 長期保存).
pub fn diagnoses(path: &Path) -> Result<Vec<DiagnosisRule>, SettingsError> {
    let table = Table::read(path, &["扱い"])?;
    let rule = |row: &Row| {
        let decision = match row.get("扱い").as_deref() {
            Some("送信しない") => DiagnosisDecision::Exclude,
            Some("未告知") => DiagnosisDecision::Uninformed,
            Some("未提供") => DiagnosisDecision::Undelivered,
            Some("長期保存") => DiagnosisDecision::LongTerm,
            _ => return Err(DIAGNOSIS_DECISION),
        };
        let text = row.get("病名").map(|text| repair_display(&text).text.into_owned());
        let rule = DiagnosisRule { patient: row.get("患者番号"), code: row.get("コード"), text, decision };
        // A row that selects nothing would decide over every diagnosis.
        let selects = rule.code.is_some() || rule.text.is_some();
        selects.then_some(rule).ok_or(SELECTS_NOTHING)
    };
    table.rules(rule)
}

struct Table<'p> {
    path: &'p Path,
    header: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

struct Row<'t> {
    header: &'t [String],
    cells: &'t [String],
}

impl Row<'_> {
    fn get(&self, column: &str) -> Option<String> {
        let at = self.header.iter().position(|name| name == column)?;
        let cell = self.cells.get(at).filter(|cell| !cell.is_empty())?;
        // Names stay as they are; numbers and codes are the same in either width.
        Some(if column == "病名" { cell.clone() } else { to_half_width(cell).into_owned() })
    }
}

impl<'p> Table<'p> {
    fn read(path: &'p Path, needed: &[&str]) -> Result<Self, SettingsError> {
        let bytes = fs::read(path).map_err(|error| SettingsError::Unreadable { path: path.to_owned(), error })?;
        let encoding = detect(&bytes, None).encoding;
        let decoded = decode(&bytes, encoding, &GaijiTable::default());
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(decoded.text.as_bytes());
        let wrong = |error: csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            SettingsError::row(path, line, NOT_CSV, error.to_string())
        };
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(wrong)?;
            let line = record.position().map_or(1, csv::Position::line);
            rows.push((line, record.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()));
        }
        let header = if rows.is_empty() { Vec::new() } else { rows.remove(0).1 };
        match needed.iter().find(|name| !header.iter().any(|column| column == *name)) {
            Some(missing) => Err(SettingsError::row(path, 1, NO_COLUMN, *missing)),
            None => Ok(Self { path, header, rows }),
        }
    }

    fn rules<R>(&self, rule: impl Fn(&Row) -> Result<R, Text>) -> Result<Vec<R>, SettingsError> {
        let filled = self.rows.iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
        let read = |(line, cells): &(u64, Vec<String>)| {
            let row = Row { header: &self.header, cells };
            rule(&row).map_err(|text| SettingsError::row(self.path, *line, text, ""))
        };
        filled.map(read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tsugite_issue::Lang;

    fn file(bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    #[test]
    fn patients_are_read_in_any_column_order_and_encoding() {
        let (_folder, path) = file(
            "扱い,患者番号,新しい番号\r\n送信しない,0001,\r\n\r\nテスト患者,99*,\r\n番号変更,5,0005\r\n別人,7,007\r\n"
                .as_bytes(),
        );
        let (rules, apart) = patients(&path).unwrap();
        assert_eq!(apart, [("7".to_owned(), "007".to_owned())]);
        let decisions: Vec<_> = rules.iter().map(|rule| (rule.id.as_str(), &rule.decision)).collect();
        assert_eq!(
            decisions,
            [
                ("0001", &PatientDecision::Exclude),
                ("99*", &PatientDecision::Test),
                ("5", &PatientDecision::Alias("0005".into())),
            ]
        );
        // 患者番号,扱い / 0001,送信しない in CP932.
        let (_folder, path) = file(
            b"\x8a\xb3\x8e\xd2\x94\xd4\x8d\x86,\x88\xb5\x82\xa2\r\n0001,\x91\x97\x90\x4d\x82\xb5\x82\xc8\x82\xa2\r\n",
        );
        assert_eq!(patients(&path).unwrap().0.len(), 1);
    }

    #[test]
    fn a_row_that_says_nothing_known_is_told_with_its_line() {
        let (_folder, path) = file("患者番号,扱い\n0001,たぶん\n".as_bytes());
        assert!(patients(&path).unwrap_err().text(Lang::En).contains("list.csv:2:1"));
        // A row without a diagnosis would be about none: it is no way to keep a patient back.
        for row in [",,,未告知", "0001,,,送信しない"] {
            let (_folder, path) = file(format!("患者番号,コード,病名,扱い\n{row}\n").as_bytes());
            assert!(diagnoses(&path).is_err(), "{row}");
        }
        let (_folder, path) = file("患者番号,扱い,相手の番号\n7,別人,７\n".as_bytes());
        assert!(patients(&path).unwrap_err().text(Lang::En).contains("leading zeros"));
    }

    #[test]
    fn numbers_and_codes_are_the_same_in_either_width() {
        let (_folder, path) = file("患者番号,コード,病名,扱い\n０００１,Ｃ１６９,ｲｶｲﾖｳ,未告知\n".as_bytes());
        let rule = diagnoses(&path).unwrap().remove(0);
        assert_eq!(rule.patient.as_deref(), Some("0001"));
        assert_eq!((rule.code.as_deref(), rule.text.as_deref()), (Some("C169"), Some("イカイヨウ")));
    }
}
