use crate::support::{PATIENT, PID, codes, ends, facts, lists, message, read};
use std::collections::BTreeSet;
use tsugite_clinical::{Chart, Presence, RecordKind, Standing};
use tsugite_issue::Address;

const PATH: &str = "2024/TR_20240316122434000_00001.DAT";

fn header(patient: &str, data_type: &str, order: &str, act: &str, time: &str) -> String {
    let day = if data_type == "OML-11" { "20240316" } else { "-" };
    format!("#SSMIX,2.00,1319999999,{patient},{day},{data_type},{order},{act},01,{time}\r")
}

fn results(value: &str) -> String {
    message("OUL^R22", &[PID, "SPM|1|S||023^血清^JC10", "OBR|1|7", &format!("OBX|1|NM|A^a^JC10||{value}||||||F")])
}

#[test]
fn the_header_says_what_a_file_name_says_elsewhere() {
    let insert = header(PATIENT, "OML-11", "7", "INS", "20240316100000000") + &results("1");
    let delete = header(PATIENT, "OML-11", "7", "DEL", "20240316110000000") + &results("1");
    let again = header(PATIENT, "OML-11", "7", "INS", "20240316110000001") + &results("2");
    for (file, standings) in [
        (insert.clone(), vec![Standing::Active]),
        (format!("{insert}{delete}"), vec![Standing::Retracted; 2]),
        (format!("{insert}{delete}{again}"), vec![Standing::Active, Standing::Retracted, Standing::Superseded]),
    ] {
        let output = read(PATH, file.as_bytes());
        assert_eq!(codes(&output).iter().filter(|c| c.starts_with("SSMIX2")).count(), 0, "{:?}", codes(&output));
        assert!(output.held.is_none());
        let chart = Chart::new(output.statements);
        assert_eq!(chart.resolve().standings, standings);
    }
}

#[test]
fn every_message_has_its_own_places_in_the_file() {
    let bytes = header(PATIENT, "OML-11", "7", "INS", "20240316100000000") + &results("1");
    let file = format!(
        "{bytes}{}{}",
        header(PATIENT, "OML-11", "8", "INS", "20240316100000001"),
        results("2").replace("|7", "|8")
    );
    let (iso, _) = (encoding(&file), ());
    let output = read(PATH, &iso);
    let facts = facts(&output);
    let addresses: BTreeSet<_> = facts.iter().map(|f| f.origin.address.to_string()).collect();
    assert_eq!(addresses, ["OBX[6]", "OBX[12]"].map(str::to_owned).into());
    for fact in facts {
        let (start, end) =
            (usize::try_from(fact.origin.span.start).unwrap(), usize::try_from(fact.origin.span.end).unwrap());
        assert!(iso[start..end].starts_with(b"OBX|1|NM|A") && matches!(fact.origin.address, Address::Segment(_)));
    }
    assert_eq!(lists(&output).len(), 2);
}

/// ISO-2022-JP of the few kanji used here would do; the bytes of UTF-8 move the spans as well.
fn encoding(text: &str) -> Vec<u8> {
    text.replace("血清", "\u{1B}$B7l@6\u{1B}(B")
        .replace("仮山", "\u{1B}$B2>;3\u{1B}(B")
        .replace('花', "\u{1B}$B2V\u{1B}(B")
        .replace("カリヤマ", "\u{1B}$B%+%j%d%^\u{1B}(B")
        .replace("ハナ", "\u{1B}$B%O%J\u{1B}(B")
        .into_bytes()
}

#[test]
fn damaged_headers_hold_their_message_only() {
    let good = header(PATIENT, "OML-11", "7", "INS", "20240316100000000") + &results("1");
    let held = (RecordKind::LabResult, "SSMIX2-020");
    let foreign = header("0099999999", "OML-11", "7", "INS", "20240316100000000") + &results("1");
    for (what, file, code, ended, stated) in [
        ("bad act", format!("{}{good}", good.replace("INS", "UPD")), "SSMIX2-020", vec![held], 1),
        ("message before the first header", format!("{}{good}", results("0")), "SSMIX2-020", vec![held], 1),
        ("second message under one header", format!("{good}{}", results("0")), "SSMIX2-020", vec![held], 1),
        (
            "header alone",
            format!("{}{good}", header(PATIENT, "OML-11", "9", "INS", "20240316100000000")),
            "SSMIX2-021",
            vec![],
            1,
        ),
        (
            "header at the end",
            format!("{good}{}", header(PATIENT, "OML-11", "9", "INS", "20240316100000000")),
            "SSMIX2-021",
            vec![],
            1,
        ),
        ("text before", format!("junk\r{good}"), "SSMIX2-022", vec![], 1),
        ("another patient", format!("{foreign}{good}"), "SSMIX2-008", vec![(RecordKind::LabResult, "SSMIX2-008")], 1),
    ] {
        let output = read(PATH, file.as_bytes());
        assert!(codes(&output).contains(&code), "{what}: {:?}", codes(&output));
        assert_eq!(ends(&output), ended, "{what}");
        assert_eq!(facts(&output).len(), stated, "{what}");
        assert!(facts(&output).iter().all(|f| f.presence == Presence::Present));
    }
}
