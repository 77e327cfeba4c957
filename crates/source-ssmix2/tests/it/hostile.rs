use crate::support::{PATIENT, PID, codes, message, path, read, samples};
use std::path::Path;
use tsugite_source::testkit::Kit;
use tsugite_source_ssmix2::Ssmix2;

#[test]
fn what_cannot_be_read_is_told() {
    for (what, bytes, code) in [
        ("empty", b"".to_vec(), "SSMIX2-001"),
        ("blank", b" \r\n\r\n".to_vec(), "SSMIX2-001"),
        ("binary", (0..=255).collect(), "SSMIX2-002"),
        ("zeros", vec![0; 4096], "SSMIX2-002"),
        ("cut at the head", PID.as_bytes().to_vec(), "SSMIX2-002"),
        ("another format", b"<?xml version=\"1.0\"?><a/>".to_vec(), "SSMIX2-002"),
    ] {
        let output = read(&path("OML-11", "20240316", "1", 1), &bytes);
        assert!(output.unreadable, "{what}");
        assert_eq!(codes(&output), [code], "{what}");
        assert!(output.statements.is_empty() && output.ended.is_empty());
    }
}

#[test]
fn an_unknown_message_is_passed_over() {
    let output = read("x", message("SIU^S12", &[PID, "SCH|1"]).as_bytes());
    assert!(codes(&output).contains(&"SSMIX2-003"));
    assert!(!output.context && !output.unreadable && output.statements.is_empty());
}

#[test]
fn size_in_any_direction_is_survived() {
    let long = |unit: &str| unit.repeat(200_000);
    for segment in [
        format!("PRB|AD|20240101|1^{}^MDCDX2", long("長")),
        format!("PRB|AD|20240101|{}", long("a^b^c~")),
        format!("PRB|AD|20240101|{}", long("&")),
        format!("PRB|AD|20240101|1^x^MDCDX2|||||||||{}", long("^")),
        format!("PID{}", long("|")),
        long("ZPR|1^a^b\r"),
        long("RXE||1^a^HOT9\r"),
        long("OBX|1|ST|TCM||x\r"),
        long("\\"),
    ] {
        for (data_type, kind) in [("PPR-01", "PPR^ZD1"), ("OML-11", "OUL^R22"), ("OMP-01", "RDE^O11")] {
            let output = read(
                &path(data_type, "20240101", "1", 1),
                message(kind, &[PID, "PRB|AD|1|2^b^MDCDX2", &segment]).as_bytes(),
            );
            // No message has so many segments.
            assert_eq!(output.unreadable, segment.ends_with('\r'), "{}", &segment[..20]);
        }
    }
}

/// The kit breaks every one of these files in many ways: nothing panics, and no record ends nowhere.
#[test]
fn broken_messages_never_panic_and_never_lose_a_record() {
    let folder = tempfile::tempdir().unwrap();
    let order =
        ["ORC|NW|7||7_01_001", "RXE||1^薬^HOT9|1||TAB^錠^MR9P", "TQ1|1||1&a&J|||5^d", "RXR|PO", "AL1|1|DA|1^薬"];
    let results = [
        "SPM|1|S||023^血清^JC10",
        "OBR|1|7",
        "ORC|SC|7",
        "OBX|1|NM|A^a^JC10||1|g^g^99X|1-2|H|||F|||20240101",
        "NTE|1||x",
        "OBX|2|ST|A&TCM||x||||||F",
    ];
    let problems = [
        "PRB|AD|20110915|20054174^胃炎^MDCDX2|1|||20110831||20110915|K29.7^^I10^O^外来時^JHSD0004",
        "ZPR|1^a^MDCDX2||2^b^MDCDX2",
        "ORC|NW|1",
    ];
    let allergies = ["IAM|1|DA^d^HL70127|1^薬^HOT9|MO^m^HL70128|湿疹~咳|A|||||2003|頃"];
    let master = [
        "PV1|1|O|01",
        "OBX|1|NM|H^身長||170",
        "AL1|1|FA|1^卵",
        "IN1|1|06^組合^JHSD0001|06050116|||||||1~2~3||20240101",
    ];
    let mut transactions = String::new();
    for (data_type, kind, segments) in [
        ("OML-11", "OUL^R22", results.as_slice()),
        ("PPR-01", "PPR^ZD1", &problems),
        ("ADT-61", "ADT^A60", &allergies),
        ("ADT-00", "ADT^A08", &master),
        ("OMP-01", "RDE^O11", &order),
    ] {
        let text = message(kind, &[&[PID], segments].concat());
        transactions += &format!("#SSMIX,2.00,1,{PATIENT},-,{data_type},7,INS,-,20240316122434000\r{text}");
        let path = folder.path().join(path(data_type, "-", "7", 1));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::write(folder.path().join("TR_20240316122434000_00001.DAT"), transactions).unwrap();
    let verdict = Kit::new(&Ssmix2).mutations(300).check_inputs(folder.path());
    assert_eq!((verdict.findings, verdict.inputs), (Vec::new(), 6));
}

#[test]
fn the_kit_finds_nothing_in_the_sample_clinic() {
    let clinic = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/clinic/ssmix2");
    let verdict = Kit::new(&Ssmix2).mutations(40).check_inputs(&clinic);
    assert_eq!(verdict.findings, Vec::<String>::new());
    assert!(verdict.inputs > 40, "{}", verdict.inputs);
}

#[test]
fn the_kit_finds_nothing_in_the_development_samples() {
    for (part, shuffles) in [("lifecycle/storage", 50), ("encoding", 1)] {
        let Some(folder) = samples(part) else { return };
        let kit = Kit::new(&Ssmix2).mutations(10).shuffles(shuffles);
        let findings = kit.check_inputs(&folder).findings;
        // The manifest is no message.
        let findings: Vec<_> = findings.iter().filter(|finding| !finding.starts_with("manifest.tsv")).collect();
        assert_eq!(findings, Vec::<&String>::new(), "{part}");
    }
}
