//! The byte-level and field-level variants of one message that a sample set outside this repository holds, with the PID-5 that
//! each must give. Skipped where the set is absent.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use tsugite_charset::{Decoded, Encoding, GaijiTable, RepairKind, decode, detect};
use tsugite_er7::{Message, declared_encoding, repair_issues};
use tsugite_issue::InputName;

struct Variant {
    name: String,
    bytes: Vec<u8>,
    is: String,
    pid_5: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/ssmix2/dev/encoding")
}

fn variants() -> Vec<Variant> {
    let Ok(manifest) = fs::read_to_string(folder().join("manifest.tsv")) else {
        println!("skipped: the encoding variants are not here");
        return Vec::new();
    };
    let rows = manifest.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>());
    rows.map(|row| Variant {
        name: row[0].into(),
        bytes: fs::read(folder().join(row[0])).unwrap(),
        is: row[1].into(),
        pid_5: row.get(3).copied().unwrap_or_default().into(),
    })
    .collect()
}

fn variant(number: &str) -> Option<Variant> {
    variants().into_iter().find(|variant| variant.name.starts_with(number))
}

fn read(bytes: &[u8]) -> Decoded<'_> {
    let detection = detect(bytes, declared_encoding(bytes));
    decode(bytes, detection.encoding, &GaijiTable::default())
}

fn pid(decoded: &Decoded<'_>, field: usize) -> String {
    Message::parse(decoded).segment("PID").unwrap().field(field).raw().into()
}

#[test]
fn every_variant_gives_the_expected_name() {
    for Variant { name, bytes, is, pid_5 } in variants() {
        let detection = detect(&bytes, declared_encoding(&bytes));
        let expected = match is.as_str() {
            "UTF-8" | "UTF-8 + BOM" => Encoding::Utf8,
            "Shift_JIS" => Encoding::ShiftJis,
            "EUC-JP" => Encoding::EucJp,
            _ => Encoding::Iso2022Jp,
        };
        assert_eq!(detection.encoding, expected, "{name}");
        let decoded = read(&bytes);
        assert!(!decoded.text.contains('\u{FFFD}'), "{name}");
        let message = Message::parse(&decoded);
        assert!(message.strays().is_empty(), "{name}");
        if !pid_5.is_empty() {
            assert_eq!(pid(&decoded, 5), pid_5, "{name}");
        }
    }
}

#[test]
fn every_repair_is_told_and_nothing_else() {
    let input = Arc::new(InputName { path: "variant".into(), digest: Default::default() });
    for Variant { name, bytes, .. } in variants() {
        let decoded = read(&bytes);
        let message = Message::parse(&decoded);
        let mut told: Vec<&str> = repair_issues(&decoded, [&message], &input).iter().map(|i| i.code()).collect();
        told.extend(message.issues(&input).iter().map(|i| i.code()));
        told.sort_unstable();
        told.dedup();
        let expected: &[&str] = match &name[..2] {
            "01" | "02" => &["ER7-006"],
            "03" => &["ER7-007"],
            "04" => &["CHARSET-011", "ER7-005", "ER7-006"],
            "08" => &["CHARSET-001"],
            "09" => &["CHARSET-002"],
            "11" => &["CHARSET-004"],
            _ => &[],
        };
        assert_eq!(told, expected, "{name}");
    }
}

#[test]
fn a_repair_leads_to_its_field_and_its_bytes() {
    let input = Arc::new(InputName { path: "variant".into(), digest: Default::default() });
    for (number, kind, address, found) in [
        ("08", RepairKind::HalfWidthKana, "PID[3]-5.1~2", "36 58 3B 3B 37"),
        ("09", RepairKind::EightBitKana, "PID[3]-5.1~2", "B6 D8 BB BB B7"),
        ("11", RepairKind::OpenAtDelimiter, "PID[3]-5.1", "5E"),
    ] {
        let Some(variant) = variant(number) else { return };
        let decoded = read(&variant.bytes);
        assert!(decoded.repairs.count(kind) > 0, "{number}");
        let issue = &repair_issues(&decoded, [&Message::parse(&decoded)], &input)[0];
        assert_eq!(issue.origin.as_ref().unwrap().address.to_string(), address);
        assert_eq!(issue.found.as_deref(), Some(found));
    }
}

#[test]
fn addresses_keep_machine_dependent_characters() {
    let Some(variant) = variant("10") else { return };
    let decoded = read(&variant.bytes);
    let expected = "^^^^378-0405^JPN^H^群馬県利根郡片品村下平99丁目15番4号 仮クレスト649 ①号棟㈱Ⅲ";
    assert_eq!(pid(&decoded, 11), expected);
}

#[test]
fn null_escapes_and_other_delimiters_are_understood() {
    let Some(null) = variant("40") else { return };
    let decoded = read(&null.bytes);
    let message = Message::parse(&decoded);
    let address = message.segment("PID").unwrap().field(11);
    assert!(address.is_null() && !address.is_empty() && address.text().is_empty());

    let escapes = variant("41").unwrap();
    let decoded = read(&escapes.bytes);
    let message = Message::parse(&decoded);
    let address = message.segment("PID").unwrap().field(11).component(8).text().into_owned();
    assert!(address.ends_with(r"|^~&\ A&B"), "{address}");

    let delimiters = variant("42").unwrap();
    let decoded = read(&delimiters.bytes);
    assert_eq!(Message::parse(&decoded).delimiters().subcomponent, b'%');
}
