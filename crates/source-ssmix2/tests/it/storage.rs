use crate::support::{PATIENT, PID, codes, ends, facts, lists, message, name, path, read};
use tsugite_clinical::{Presence, RecordKind, Version};
use tsugite_source::{Input, InputOrder, Source as _};
use tsugite_source_ssmix2::Ssmix2;

const ORDER: &str = "000000000000077";

fn result_file() -> String {
    message("OUL^R22^OUL_R22", &[PID, "SPM|1|S||023^血清^JC10", "OBR|1|000000000000077", "OBX|1|NM|A^a^JC10||1||||||F"])
}

#[test]
fn the_flag_decides_presence_and_rank() {
    for (flag, presence, rank) in [(1, Presence::Present, 0), (2, Presence::Superseded, 1), (0, Presence::Deleted, 2)] {
        let output = read(&path("OML-11", "20240316", ORDER, flag), result_file().as_bytes());
        let version = Version { time: 20_240_316_122_434_000, rank, sequence: 0 };
        assert_eq!((facts(&output)[0].presence, facts(&output)[0].version), (presence, version));
        assert_eq!((lists(&output)[0].presence, lists(&output)[0].version), (presence, version));
    }
}

#[test]
fn a_file_that_contradicts_itself_is_held_whole() {
    let other = PID.replace(PATIENT, "0099999999");
    let foreign = result_file().replace(PID, &other);
    let nobody = result_file().replace(PATIENT, "");
    let two = result_file().replace("SPM|1", &format!("{other}\rSPM|1"));
    let day = "20240316";
    let strange = format!("1319999999/009/999/0099999999/{day}/OML-11/{}", name("OML-11", day, ORDER, 1));
    for (what, path, content, rule) in [
        ("PID-3 is another patient's", path("OML-11", day, ORDER, 1), &foreign, "SSMIX2-008"),
        ("the folder is", strange, &result_file(), "SSMIX2-008"),
        ("the name alone is", name("OML-11", day, ORDER, 1), &foreign, "SSMIX2-008"),
        ("two patients in one message", path("OML-11", day, ORDER, 1), &two, "SSMIX2-008"),
        ("no PID-3", path("OML-11", day, ORDER, 1), &nobody, "SSMIX2-009"),
        ("a diagnosis file of results", path("PPR-01", "-", ORDER, 1), &result_file(), "SSMIX2-011"),
        ("a backup in the folder", path("OML-11", day, ORDER, 1) + ".bak", &result_file(), "SSMIX2-004"),
        ("a type that does not exist", path("OML-77", day, ORDER, 1), &result_file(), "SSMIX2-011"),
        ("two messages", path("OML-11", day, ORDER, 1), &result_file().repeat(2), "SSMIX2-023"),
    ] {
        let output = read(&path, content.as_bytes());
        assert_eq!(output.held.map(|d| d.code), Some(rule), "{what}");
        assert!(codes(&output).contains(&rule), "{what}: {:?}", codes(&output));
        assert!(output.statements.is_empty(), "{what}: nothing may be said about anybody");
        let expected = vec![(RecordKind::LabResult, rule); if what == "two messages" { 2 } else { 1 }];
        assert_eq!(ends(&output), expected, "{what}");
    }
    // A held file that is deleted is retracted all the same.
    let output = read(&path("OML-11", day, ORDER, 0), foreign.as_bytes());
    assert_eq!(ends(&output), [(RecordKind::LabResult, "retracted")]);
}

#[test]
fn small_contradictions_are_told_and_survived() {
    let day = "20240316";
    for (what, path, content, code) in [
        ("care day", path("OML-11", "20240230", ORDER, 1), result_file(), "SSMIX2-005"),
        (
            "time",
            path("OML-11", day, ORDER, 1).replace("20240316122434000_01", "20241399999999999_01"),
            result_file(),
            "SSMIX2-006",
        ),
        ("day folder", path("OML-11", day, ORDER, 1).replacen(day, "20240317", 1), result_file(), "SSMIX2-007"),
        ("type folder", path("OML-11", day, ORDER, 1).replacen("OML-11", "OML-01", 1), result_file(), "SSMIX2-007"),
        ("order", path("OML-11", day, "000000000000078", 1), result_file(), "SSMIX2-012"),
        ("event", path("OML-11", day, ORDER, 1), result_file().replace("OUL^R22", "OUL^R24"), "SSMIX2-010"),
        ("segment", path("OML-11", day, ORDER, 1), result_file() + "ZZ9|1\rZZ9|2\r", "SSMIX2-013"),
    ] {
        let output = read(&path, content.as_bytes());
        assert_eq!(facts(&output).len(), 1, "{what}");
        assert_eq!(codes(&output).iter().filter(|c| **c == code).count(), 1, "{what}: {:?}", codes(&output));
        assert_eq!(facts(&output)[0].version.time, 20_240_316_122_434_000, "{what}");
    }
}

#[test]
fn a_message_without_a_name_says_its_own_order_and_day() {
    let output = read(
        "inbox/message.hl7",
        result_file().replace("SPM|1|S||023^血清^JC10", "SPM|1|S||023^血清^JC10|||||||||||||202403150940").as_bytes(),
    );
    assert_eq!(facts(&output)[0].key.scope.part.as_ref(), "2024-03-15:000000000000077");
    assert!(lists(&output).is_empty() && output.held.is_none());
}

#[test]
fn files_are_recognised_by_content_and_by_name() {
    let mirth = result_file().replace("SS-MIX2", "x");
    for (path, content, confidence) in [
        (path("OML-11", "20240316", ORDER, 1), result_file(), Some(98)),
        ("a.hl7".into(), result_file(), Some(95)),
        ("a.hl7".into(), format!("\u{FEFF}\r\n{}", result_file()), Some(95)),
        ("a.hl7".into(), mirth, Some(70)),
        ("a.hl7".into(), message("SIU^S12", &[PID]).replace("SS-MIX2", "x"), Some(35)),
        ("TR_20240101000000000_00001.DAT".into(), "#SSMIX,2.00,1".into(), Some(99)),
        (path("OML-11", "20240316", ORDER, 1), "\0\u{1}garbage".into(), Some(40)),
        ("a.csv".into(), "MSHA,1,2".into(), None),
        ("a.xml".into(), "<?xml?>".into(), None),
        ("empty".into(), String::new(), None),
    ] {
        let found = Ssmix2.recognise(&Input::new(path.clone(), content.into_bytes()));
        assert_eq!(found.as_ref().map(|r| r.confidence), confidence, "{path}: {found:?}");
    }
}

#[test]
fn storage_files_come_by_patient_and_others_mixed() {
    let file = path("OML-11", "20240316", ORDER, 1);
    assert_eq!(Ssmix2.group(&file), Some("001/234/0012345678"));
    assert_eq!(Ssmix2.order(&file), InputOrder::ByPatient);
    assert_eq!(Ssmix2.order("2024/TR_20240101000000000_00001.DAT"), InputOrder::Mixed);
}
