//! `held.csv` for the reception desk: opened in Excel, so UTF-8 with a mark, CRLF, Japanese headings.

use std::io::{self, Write};
use tsugite_pipeline::report::HeldRow;

/// Writes `held.csv`.
pub struct Desk<W: Write> {
    csv: csv::Writer<W>,
}

const HEADINGS: [&str; 9] =
    ["患者番号", "保留の対象", "種類", "診療日・オーダ番号", "理由", "対応", "コード", "ファイル", "場所"];

impl<W: Write> Desk<W> {
    /// # Errors
    /// The file cannot be written.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all("\u{FEFF}".as_bytes())?;
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        csv.write_record(HEADINGS)?;
        Ok(Self { csv })
    }

    /// # Errors
    /// The file cannot be written.
    pub fn write(&mut self, row: &HeldRow) -> io::Result<()> {
        let place = row.origins.first();
        let more = match row.origins.len() {
            0 | 1 => String::new(),
            n => format!(" 他{}か所", n - 1),
        };
        let cells = [
            row.patient.as_deref().unwrap_or_default(),
            what(&row.what),
            row.kind.as_deref().map(kind).unwrap_or_default(),
            row.unit.as_deref().unwrap_or_default(),
            &row.text,
            &row.remedy,
            &row.rule,
            place.map_or("", |place| &place.input),
            &place.map_or(String::new(), |place| format!("{}{more}", place.address)),
        ];
        self.csv.write_record(cells.map(harmless))?;
        Ok(())
    }

    /// # Errors
    /// The file cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

/// A cell that Excel would take for a formula is shown as text.
fn harmless(cell: &str) -> String {
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell.to_owned(),
    }
}

fn what(what: &str) -> &str {
    match what {
        "patient" => "患者",
        "unit" => "報告",
        "input" => "ファイル",
        "record" => "記録",
        other => other,
    }
}

/// Units and records share names.
fn kind(kind: &str) -> &str {
    match kind {
        "condition" => "病名",
        "allergy" => "アレルギー",
        "lab" | "lab_result" => "検査結果",
        "vital" => "身体計測・血液型",
        "prescription" => "処方",
        "injection" => "注射",
        "lab_order" => "検査オーダ",
        "imaging" => "画像・生理検査",
        "diet" => "食事",
        "document" => "文書",
        "referral" => "診療情報提供書",
        "discharge" => "退院時サマリー",
        "checkup" => "健診結果報告書",
        "checkup_item" => "健診項目",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tsugite_pipeline::report::Place;

    #[test]
    fn excel_opens_it_and_runs_nothing() {
        let mut bytes = Vec::new();
        let mut desk = Desk::new(&mut bytes).unwrap();
        let place = |n: u32| Place { input: "a/b".into(), address: format!("OBX[{n}]") };
        let row = HeldRow {
            what: "unit".into(),
            kind: Some("lab".into()),
            unit: Some("2026-01-01/1".into()),
            patient: Some("=0001".into()),
            issues: vec![],
            rule: "CLINS-001".into(),
            text: "保険がない, \"至急\"".into(),
            remedy: "登録する".into(),
            origins: vec![place(1), place(2)],
        };
        desk.write(&row).unwrap();
        desk.finish().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let mut lines = text.split("\r\n");
        assert!(lines.next().unwrap().starts_with("\u{FEFF}患者番号,"));
        assert_eq!(
            lines.next().unwrap(),
            "'=0001,報告,検査結果,2026-01-01/1,\"保険がない, \"\"至急\"\"\",登録する,CLINS-001,a/b,OBX[1] 他1か所"
        );
    }
}
