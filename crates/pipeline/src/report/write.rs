use super::{Report, batch::json, rows::HeldRow, sums::Sums};
use crate::disk::Sorter;
use serde::Serialize;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io::{self, Write},
};
use tsugite_clinical::{RecordKind, Tally};
use tsugite_clins::UnitKind;

/// What stands at the head of a report.
#[derive(Clone, Debug, Serialize)]
pub struct Header {
    pub tool: Tool,
    /// Versions of the guides and packages in use.
    pub ig: Vec<String>,
    pub as_of: String,
    /// No institution number was given: nothing of this may be sent.
    pub trial: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Tool {
    pub name: &'static str,
    pub version: &'static str,
}

/// Where a report goes: the summary, the full lists as NDJSON, and each held row for the reception desk.
pub struct Outputs<'a> {
    pub report: &'a mut dyn Write,
    pub bundles: &'a mut dyn Write,
    pub held: &'a mut dyn Write,
    pub issues: &'a mut dyn Write,
    pub unmapped: &'a mut dyn Write,
    pub desk: &'a mut dyn FnMut(&HeldRow) -> io::Result<()>,
}

#[derive(Serialize)]
struct UnmappedRow<'a> {
    kind: &'a str,
    system: &'a str,
    code: &'a str,
    text: &'a str,
    count: u64,
}

/// `report.json`, `version` 1. The order of the fields is that of the file.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: &'a Tool,
    ig: &'a [String],
    as_of: &'a str,
    trial: bool,
    inputs: crate::read::InputCounts,
    records: serde_json::Map<String, Value>,
    patients: Value,
    units: Value,
    defaulted: Vec<Value>,
    uncoded: BTreeMap<RecordKind, u64>,
    not_carried: Vec<Value>,
    unmapped: Vec<Value>,
    bundles: Vec<Value>,
    held: Vec<Value>,
    issues: Vec<Value>,
}

impl Report {
    /// Rows of each list that stand in `report.json` itself.
    pub const LISTED: usize = 1_000;
    pub const VERSION: u32 = 1;

    /// Writes everything and answers the sums.
    ///
    /// # Errors
    /// A list that cannot be read back from the scratch folder, or an output that cannot be written.
    pub fn finish(self, header: &Header, outputs: &mut Outputs) -> io::Result<Sums> {
        let Self { sums, bundles, held, issues, .. } = self;
        let bundles = list(bundles, outputs.bundles, |_| Ok(()))?;
        let held = list(held, outputs.held, |row| (outputs.desk)(&serde_json::from_slice(row)?))?;
        let issues = list(issues, outputs.issues, |_| Ok(()))?;
        let unmapped = unmapped(&sums, outputs.unmapped)?;
        let document = Document {
            version: Self::VERSION,
            tool: &header.tool,
            ig: &header.ig,
            as_of: &header.as_of,
            trial: header.trial,
            inputs: sums.inputs,
            records: records(&sums)?,
            patients: json!({
                "total": sums.patients.total,
                "with_bundle": sums.patients.with_bundle,
                "held": sums.patients.held,
            }),
            units: units(&sums),
            defaulted: (sums.defaulted.iter())
                .map(|(step, count)| json!({"element": step.element, "value_from": step.value_from, "count": count}))
                .collect(),
            uncoded: sums.uncoded.clone(),
            not_carried: (sums.not_carried.iter())
                .map(|((kind, reason), count)| json!({"kind": kind, "reason": reason, "count": count}))
                .collect(),
            unmapped,
            bundles,
            held,
            issues,
        };
        serde_json::to_writer_pretty(&mut *outputs.report, &document)?;
        outputs.report.write_all(b"\n")?;
        Ok(sums)
    }
}

/// Writes all rows as NDJSON and answers the first of them.
fn list(rows: Sorter, out: &mut dyn Write, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<Vec<Value>> {
    let mut first = Vec::new();
    for row in rows.sorted()? {
        let (_, row) = row?;
        out.write_all(&row)?;
        out.write_all(b"\n")?;
        each(&row)?;
        if first.len() < Report::LISTED {
            first.push(serde_json::from_slice(&row)?);
        }
    }
    Ok(first)
}

fn unmapped(sums: &Sums, out: &mut dyn Write) -> io::Result<Vec<Value>> {
    let mut first = Vec::new();
    for (code, &count) in &sums.unmapped {
        let row = UnmappedRow { kind: &code.kind, system: &code.system, code: &code.code, text: &code.text, count };
        out.write_all(&json(&row)?)?;
        out.write_all(b"\n")?;
        if first.len() < Report::LISTED {
            first.push(serde_json::to_value(&row)?);
        }
    }
    Ok(first)
}

fn records(sums: &Sums) -> io::Result<serde_json::Map<String, Value>> {
    let kind = |kind: RecordKind| sums.records.get(&kind).copied().unwrap_or_default();
    let by_kind =
        RecordKind::ALL.into_iter().map(|k| (k.name(), kind(k))).filter(|(_, tally)| *tally != Tally::default());
    let by_kind = by_kind.map(|(name, tally)| Ok((name.to_owned(), serde_json::to_value(tally)?)));
    let by_kind: serde_json::Map<_, _> = by_kind.collect::<io::Result<_>>()?;
    let mut records = serde_json::Map::new();
    if let Value::Object(total) = serde_json::to_value(sums.total())? {
        records.extend(total);
    }
    records.insert("by_kind".to_owned(), Value::Object(by_kind));
    Ok(records)
}

fn units(sums: &Sums) -> Value {
    let counts = |kind: &UnitKind| sums.units.get(kind).copied().unwrap_or_default();
    let by_kind: serde_json::Map<String, Value> = (UnitKind::ALL.iter())
        .map(|kind| (kind.name().to_owned(), json!({"built": counts(kind).built, "held": counts(kind).held})))
        .collect();
    let total = sums.units_total();
    json!({"built": total.built, "held": total.held, "by_kind": by_kind})
}
