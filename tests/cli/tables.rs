//! Tables: one laboratory report in every layout, the same rows written otherwise, and the draft of `mappings/README.md`.

use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Code, JLAC10, name, flag, low, high, value, unit.
const ROWS: [[&str; 8]; 4] = [
    ["0021", "3B035000002327201", "AST", "H", "13", "30", "45", "U/L"],
    ["0030", "3A010000002327101", "総蛋白", "", "6.6", "8.1", "7.2", "g/dL"],
    ["0045", "5C070000002306201", "CRP", "", "0.00", "0.14", "<0.05", "mg/dL"],
    ["0400", "", "ﾃｽﾄ定性", "", "", "", "(-)", ""],
];

const PATIENTS: &str = "患者番号,氏名,カナ,生年月日,性別,住所,保険者番号,記号,被保険者番号,枝番,有効開始日\r\n00000123,試験　太郎,シケン　タロウ,昭和33年3月3日,男,東京都架空区一丁目1-1,01999999,12,34,01,2020/4/1\r\n";

fn shift_jis(text: &str) -> Vec<u8> {
    encoding_rs::SHIFT_JIS.encode(text).0.into_owned()
}

fn lines(row: impl Fn(&[&str; 8]) -> String) -> String {
    ROWS.iter().map(|cells| row(cells) + "\r\n").collect()
}

fn range(low: &str, high: &str) -> String {
    if low.is_empty() { String::new() } else { format!("{low}-{high}") }
}

fn nlab() -> String {
    lines(|[code, jlac, name, flag, low, high, value, unit]| {
        let range = range(low, high);
        format!(
            "L01,00000123,20260401,試験　太郎,M,,,,2,G01,生化学,,{code},{jlac},{name},{flag},{range},{value},{unit},,血清,,,,"
        )
    })
}

/// The report as (file name, bytes).
fn layouts() -> Vec<(&'static str, String, Vec<u8>)> {
    let dat2 = nlab().replace("L01,", "L01,K0001,");
    let wolf = lines(|[code, jlac, name, flag, low, high, value, unit]| {
        let range = range(low, high);
        format!(
            "L01,20260401,K0001,00000123,00000123,ｼｹﾝ ﾀﾛｳ,19580303,M,,,,20260401,2,,{code},{name},,{jlac},,血清,,,{flag},,{value},{unit},{range},,,,,,,,,"
        )
    });
    let details = lines(|[code, jlac, name, flag, low, high, value, unit]| {
        let range = range(low, high);
        format!("D,{code},{jlac},{name},{value},{unit},{flag},{range},,血清,")
    });
    let pair = format!("H,K0001,00000123,試験　太郎,M,S330303,20260401,,\r\n{details}T,4\r\n");
    let builder = format!(
        "specimenCode,specimenName,testCode,testName,testResult,unit,lowerLimit,upperLimit,flag,commentCode,comment\r\n{}",
        lines(|[code, _, name, flag, low, high, value, unit]| format!(
            ",血清,{code},{name},{value},{unit},{low},{high},{flag},,"
        ))
    );
    vec![
        ("OML-11", "report.hl7".to_owned(), oml()),
        ("NLab", "K1.DAT".to_owned(), shift_jis(&nlab())),
        ("Dat2", "K1.DAT2".to_owned(), shift_jis(&dat2)),
        ("Wolf", "kekka.txt".to_owned(), shift_jis(&wolf)),
        ("header/detail", "report.csv".to_owned(), shift_jis(&pair)),
        ("builder", "00000123_20260401.csv".to_owned(), builder.into_bytes()),
        ("MEDIS 256", "medis.dat".to_owned(), medis()),
    ]
}

fn oml() -> Vec<u8> {
    let mut text = "MSH|^~\\&|HIS|A|GW|B|20260401122434||OUL^R22|1|P|2.5||||||~ISO IR87||ISO 2022-1994|SS-MIX2_1.20_h^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO\rPID|0001||00000123^^^^PI||試験^太郎^^^^^L^I||19580303|M\rSPM|1|||^血清|||||||||||||20260401\rOBR|1|K0001||^検査\r".to_owned();
    for (at, [code, jlac, name, flag, low, high, value, unit]) in ROWS.iter().enumerate() {
        let range = range(low, high);
        let standard = if jlac.is_empty() { String::new() } else { format!("^{jlac}^{name}^JC10") };
        text.push_str(&format!("OBX|{}|ST|{code}^{name}^99LAB{standard}||{value}|{unit}|{range}|{flag}|||F\r", at + 1));
    }
    encoding_rs::ISO_2022_JP.encode(&text.replace("ﾃｽﾄ", "テスト")).0.into_owned()
}

fn medis() -> Vec<u8> {
    let record = |items: &[(usize, &str)]| {
        let mut bytes = vec![b' '; 256];
        for (at, text) in items {
            let text = shift_jis(text);
            bytes[*at..at + text.len()].copy_from_slice(&text);
        }
        bytes
    };
    let mut all = record(&[
        (0, "A1"),
        (8, "K0001"),
        (126, "00000123"),
        (156, "ｼｹﾝ ﾀﾛｳ"),
        (176, "M"),
        (182, "580303"),
        (188, "260401"),
    ]);
    for pair in ROWS.chunks(2) {
        let cells: Vec<(usize, String)> = pair
            .iter()
            .enumerate()
            .flat_map(|(slot, row)| [(2 + slot * 127, row[0].to_owned()), (7 + slot * 127, format!("{:>8}", row[6]))])
            .collect();
        let mut items: Vec<(usize, &str)> = cells.iter().map(|(at, text)| (*at, text.as_str())).collect();
        items.push((0, "A2"));
        all.extend(record(&items));
    }
    all
}

/// What a centre sees of a result, item by item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    local: String,
    /// Codes of standard systems.
    codes: Vec<String>,
    name: String,
    value: String,
    unit: String,
    flag: String,
    effective: String,
    specimen: String,
}

fn convert(files: &[(&str, &[u8])]) -> BTreeSet<Seen> {
    let place = tempfile::tempdir().unwrap();
    let (input, out) = (place.path().join("in"), place.path().join("out"));
    fs::create_dir(&input).unwrap();
    fs::write(input.join("patients.csv"), shift_jis(PATIENTS)).unwrap();
    for (name, bytes) in files {
        fs::write(input.join(name), bytes).unwrap();
    }
    let settings = place.path().join("tsugite.toml");
    fs::write(
        &settings,
        "[institution]\nnumber = \"1319999999\"\n[defaults]\ndepartment = { name = \"内科\" }\npractitioner = \"架空 医師\"\n",
    )
    .unwrap();
    let ended = Command::new(env!("CARGO_BIN_EXE_tsugite"))
        .args(["--lang", "en", "--quiet", "--home"])
        .arg(place.path().join("home"))
        .arg("convert")
        .arg(&input)
        .arg("--config")
        .arg(&settings)
        .args(["--as-of", "2026-11-22", "--fail-on", "none", "--out"])
        .arg(&out)
        .output()
        .unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let mut seen = BTreeSet::new();
    for file in fs::read_dir(out.join("bundles/lab")).into_iter().flatten().flatten() {
        let bundle: Value = serde_json::from_slice(&fs::read(file.path()).unwrap()).unwrap();
        let resources = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
        seen.extend(resources.filter(|resource| resource["resourceType"] == "Observation").map(see));
    }
    seen
}

fn see(observation: &Value) -> Seen {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let codings = observation["code"]["coding"].as_array().unwrap();
    let is_local = |coding: &&Value| text(&coding["system"]).ends_with("LocalCode_CS");
    let quantity = &observation["valueQuantity"];
    let value = match quantity {
        Value::Null if observation["valueString"].is_string() => text(&observation["valueString"]),
        Value::Null => text(&observation["valueCodeableConcept"]["text"]),
        quantity => text(&quantity["comparator"]) + &text(&quantity["value"]),
    };
    let mut codes: Vec<String> = codings
        .iter()
        .filter(|coding| !is_local(coding))
        .map(|coding| format!("{} {}", text(&coding["system"]), text(&coding["code"])))
        .collect();
    codes.sort();
    let specimen = observation["contained"].as_array().unwrap().iter().find(|one| one["resourceType"] == "Specimen");
    Seen {
        local: codings.iter().find(is_local).map(|coding| text(&coding["code"])).unwrap_or_default(),
        codes,
        name: text(&observation["code"]["text"]),
        value,
        unit: text(&quantity["code"]),
        flag: text(&observation["interpretation"][0]["coding"][0]["code"]),
        effective: text(&observation["effectiveDateTime"]),
        specimen: specimen.map(|specimen| text(&specimen["type"]["text"])).unwrap_or_default(),
    }
}

/// A layout's results without what another layout does not carry.
fn less(seen: &BTreeSet<Seen>, without: impl Fn(&mut Seen)) -> BTreeSet<Seen> {
    let strip = |one: &Seen| {
        let mut one = one.clone();
        without(&mut one);
        one
    };
    seen.iter().map(strip).collect()
}

#[test]
fn one_report_is_the_same_in_every_layout() {
    let mut all = layouts().into_iter().map(|(name, file, bytes)| (name, convert(&[(&file, &bytes)])));
    let (_, reference) = all.next().unwrap();
    assert_eq!(reference.len(), ROWS.len(), "{reference:#?}");
    assert!(reference.iter().any(|one| one.value == "<0.05" && one.unit == "mg/dL"));
    for (name, seen) in all {
        let expected = match name {
            // No JLAC10 codes.
            "builder" => less(&reference, |one| one.codes.clear()),
            // Codes and values only: what the field of eight bytes holds.
            "MEDIS 256" => less(&reference, |one| {
                one.codes.clear();
                one.name = format!("0{}", one.local);
                one.unit.clear();
                one.flag.clear();
                one.specimen = "不明".to_owned();
                one.local = one.name.clone();
            }),
            _ => reference.clone(),
        };
        let seen = match name {
            "builder" => less(&seen, |one| one.codes.clear()),
            "MEDIS 256" => less(&seen, |one| {
                one.codes.clear();
                one.local = format!("{:0>5}", one.local);
                one.name = format!("{:0>5}", one.name);
            }),
            _ => seen,
        };
        assert_eq!(seen, expected, "{name}");
    }
}

#[test]
fn the_same_rows_written_otherwise_say_the_same() {
    let base = nlab();
    let reference = convert(&[("K1.DAT", &shift_jis(&base))]);
    assert_eq!(reference.len(), ROWS.len());
    let reversed: String = base.lines().rev().map(|line| format!("{line}\r\n")).collect();
    let quoted: String = base
        .lines()
        .map(|line| line.split(',').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\r\n")
        .collect();
    let wide: String =
        base.replace(",45,", ",４５,").replace(",0021,", ",００２１,").replace("00000123", "０００００１２３");
    for (what, bytes) in [
        ("rows in another order", shift_jis(&reversed)),
        ("LF", shift_jis(&base.replace("\r\n", "\n"))),
        ("CR", shift_jis(&base.replace("\r\n", "\r"))),
        ("1A at the end", [shift_jis(&base), vec![0x1A]].concat()),
        ("no line end at the end", shift_jis(base.trim_end())),
        ("trailing commas left out", shift_jis(&base.replace(",,,,\r\n", "\r\n"))),
        ("one comma more", shift_jis(&base.replace("\r\n", ",\r\n"))),
        ("quotes", shift_jis(&quoted)),
        ("digits in full width", shift_jis(&wide)),
        ("kana in full width", shift_jis(&base.replace("ﾃｽﾄ", "テスト"))),
        ("UTF-8", base.clone().into_bytes()),
        ("UTF-8 with a mark", ["\u{FEFF}", &base].concat().into_bytes()),
        ("EUC-JP", encoding_rs::EUC_JP.encode(&base).0.into_owned()),
        ("blank lines", shift_jis(&base.replace("\r\n", "\r\n\r\n"))),
    ] {
        assert_eq!(convert(&[("K1.DAT", &bytes)]), reference, "{what}");
    }
    assert_eq!(convert(&[("K1.DAT", &shift_jis(&base)), ("COPY.DAT", &shift_jis(&base))]), reference, "twice");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

#[test]
fn the_draft_of_the_walk_through_is_the_one_beside_it() {
    let ended = Command::new(env!("CARGO_BIN_EXE_tsugite"))
        .current_dir(root())
        .args(["--lang", "ja", "mapping", "draft", "samples/mapping/input/kensa_20260402.csv"])
        .output()
        .unwrap();
    let kept = root().join("samples/mapping/draft.toml");
    if std::env::var("SNAPSHOTS").is_ok_and(|word| word == "overwrite") {
        fs::write(&kept, &ended.stdout).unwrap();
    }
    let kept = fs::read_to_string(kept).unwrap().replace("\r\n", "\n");
    let draft = String::from_utf8(ended.stdout).unwrap();
    assert_eq!(draft, kept);
    for value in ["00000123", "試験　太郎", "架空　花子", "A0401"] {
        assert!(!draft.contains(value), "a draft holds no value of a patient: {value}");
    }
}

#[test]
fn a_workbook_is_read_as_it_is() {
    let book = root().join("samples/cases/table/workbook/input/problems.xlsx");
    let ended = Command::new(env!("CARGO_BIN_EXE_tsugite"))
        .args(["--lang", "en", "--home", "home-of-no-one", "inspect"])
        .arg(book)
        .output()
        .unwrap();
    let text = String::from_utf8(ended.stdout).unwrap();
    assert!(text.contains("TABLE-005") && text.contains("一覧!C3"), "{text}");
}
