use crate::support::{PV1, bodies, codes, ends, facts, items, lists, read_as, records};
use tsugite_clinical::{
    Presence, RecordKind,
    body::{CareClass, LabResult, LabValue},
};
use tsugite_source::Output;

const SPM: &str = "SPM|1|S01||023^血清^JC10|||||||||||||202403160940";
const OBR: &str =
    "OBR|1|000000000000077|F1|E001^生化学^99O03|||20240316|||||||||607^仮医太郎^^^^^^^^L^^^^^I||||||20240317103059";
const ORC: &str = "ORC|SC|000000000000077|F1||CM||||20240317103059|||110^仮医^次郎^^^^^^^L^^^^^I|||||062^内科^HL70069||||||||||||I^入院^HL70482";

fn obx(code: &str, value: &str) -> String {
    format!("OBX|1|NM|{code}^検査{code}^JC10||{value}|g/dl^g/dl^99XYZ|3.7-5.5|H~N|||F|||201112191500")
}

fn results(segments: &[&str]) -> (Output, Vec<LabResult>) {
    let output = read_as("OML-11", "OUL^R22^OUL_R22", segments);
    let read = bodies!(output, LabResult).into_iter().map(|(body, _)| body.clone()).collect();
    (output, read)
}

#[test]
fn a_line_is_read_with_what_its_group_says() {
    let (output, read) = results(&[PV1, SPM, OBR, ORC, &obx("3A015000002327101", "4.9")]);
    let result = &read[0];
    assert_eq!(
        (result.report.order_number.as_str(), result.report.care_day.unwrap().to_string().as_str()),
        ("000000000000077", "2024-03-16")
    );
    assert_eq!(result.value, LabValue::Text("4.9".into()));
    assert_eq!(result.unit.as_ref().unwrap().code, "g/dl");
    assert_eq!((result.reference_range.as_deref(), result.status.as_str()), (Some("3.7-5.5"), "F"));
    assert_eq!(result.flags, ["H", "N"]);
    let specimen = result.specimen.as_ref().unwrap();
    assert_eq!((specimen.id.as_deref(), specimen.material.codes[0].code.as_str()), (Some("S01"), "023"));
    assert_eq!(specimen.collected.unwrap().to_string(), "2024-03-16T09:40:00.000+09:00");
    assert_eq!(result.reported.unwrap().to_string(), "2024-03-17T10:30:59.000+09:00");
    assert_eq!(result.observed.unwrap().to_string(), "2011-12-19T15:00:00.000+09:00");
    assert_eq!(result.care.class, Some(CareClass::Ambulatory));
    assert_eq!(result.care.department.as_ref().unwrap().code, "062");
    // One `^` too many, and the full name in the place of the family name.
    let doctor = result.care.practitioner.as_ref().unwrap();
    assert_eq!((doctor.id.as_deref(), doctor.name.as_ref().unwrap().family.as_str()), (Some("607"), "仮医太郎"));
    assert_eq!(items(&output), ["3A015000002327101@023#S01+0"]);
    assert_eq!(lists(&output)[0].scope.part.as_ref(), "2024-03-16:000000000000077");
}

#[test]
fn groups_are_found_in_whatever_order_their_heads_stand() {
    let (spm2, obr2, orc2) =
        (SPM.replace("S01", "S02").replace("023", "018"), OBR.replace("E001", "E002"), ORC.replace("062", "063"));
    let (a, b, c) = (obx("A", "1"), obx("B", "2"), obx("C", "3"));
    let full = ["A S01 E001 062", "B S01 E002 063", "C S02 E001 062"].as_slice();
    for (layout, segments, expected) in [
        ("standard", vec![SPM, OBR, ORC, &a, &obr2, &orc2, &b, &spm2, OBR, ORC, &c], full),
        ("ORC before OBR", vec![SPM, ORC, OBR, &a, &orc2, &obr2, &b, &spm2, ORC, OBR, &c], full),
        ("OBR without OBX", vec![SPM, OBR, ORC, &obr2, &orc2, &b], &["B S01 E002 063"]),
        ("ORC before an OBR without OBX", vec![SPM, ORC, OBR, &orc2, &obr2, &b], &["B S01 E002 063"]),
        ("specimen last", vec![OBR, ORC, &a, SPM, &obr2, &orc2, &b, &spm2], &["A S01 E001 062", "B S02 E002 063"]),
        ("one order for all", vec![SPM, OBR, ORC, &a, &obr2, &b], &["A S01 E001 062", "B S01 E002 062"]),
        ("no heads", vec![&a], &["A - - 01"]),
        ("OBX behind SPM", vec![SPM, &a], &["A S01 - 01"]),
    ] {
        let (_, read) = results(&segments);
        let seen: Vec<_> = read
            .iter()
            .map(|r| {
                let specimen = r.specimen.as_ref().and_then(|s| s.id.clone()).unwrap_or("-".into());
                let panel = r.panel.as_ref().map_or("-", |p| p.codes[0].code.as_str());
                let department = r.care.department.as_ref().map_or("-", |d| d.code.as_str());
                format!("{} {specimen} {panel} {department}", r.test.codes[0].code)
            })
            .collect();
        assert_eq!(seen, expected, "{layout}");
    }
}

#[test]
fn values_are_kept_as_written() {
    let text = |t: &str| LabValue::Text(t.to_owned());
    for (kind, obx5, expected) in [
        ("NM", "4.9", text("4.9")),
        ("ST", " 2 +", text(" 2 +")),
        ("ST", "< 0.5", text("< 0.5")),
        ("NM", "10^4", text("10^4")),
        ("ST", "10~20", text("10~20")),
        ("ST", "10\\S\\4", text("10^4")),
        ("ST", "８倍未満", text("８倍未満")),
        ("SN", "<^0.5", text("< 0.5")),
        ("FT", "一行目~二行目", text("一行目\n二行目")),
        ("NM", "\"\"", LabValue::Absent),
        ("NM", "", LabValue::Absent),
        ("ST", "  ", LabValue::Absent),
        ("CWE", "^^", LabValue::Absent),
    ] {
        let (_, read) = results(&[SPM, OBR, &format!("OBX|1|{kind}|X^x^JC10||{obx5}||||||F")]);
        assert_eq!(read[0].value, expected, "{kind} {obx5}");
    }
    let (_, read) = results(&[SPM, OBR, "OBX|1|CWE|6B^同定^JC10|1|2001^E.coli^JANIS||||||F"]);
    let LabValue::Coded(organism) = &read[0].value else { panic!("{:?}", read[0].value) };
    assert_eq!((organism.codes[0].code.as_str(), organism.codes[0].system.as_str()), ("2001", "JANIS"));
    assert_eq!(read[0].sub_id.as_deref(), Some("1"));
}

#[test]
fn codes_units_and_tests_tolerate_their_spellings() {
    let (_, read) = results(&[
        SPM,
        OBR,
        "OBX|1|NM|30005^ＨＧＢ^99LAB^2A030000001928201^ＨＧＢ^JC10||12.8|pg/ml^99Z15|||||F",
        "OBX|2|NM|5F0161430023998^HBs抗体^JC10||1| 1^^ ISO+|||||F",
        "OBX|3|ST|||陰性||||||F",
    ]);
    assert_eq!(read[0].test.in_system("JC10").unwrap().code, "2A030000001928201");
    let unit = read[0].unit.as_ref().unwrap();
    assert_eq!((unit.code.as_str(), unit.display.as_str(), unit.system.as_str()), ("pg/ml", "", "99Z15"));
    assert_eq!(read[1].unit.as_ref().unwrap().system, "ISO+");
    assert_eq!(read[2].test.codes[0].code, "E001", "a culture names its test in OBR-4");
}

#[test]
fn comments_belong_to_their_line() {
    let tcm = |code: &str, text: &str| format!("OBX|9|ST|{code}^コメント^JC10||{text}||||||F");
    let (output, read) = results(&[
        SPM,
        "NTE|1||検体やや溶血",
        OBR,
        &obx("2A0300", "1"),
        "NTE|1||再検済み~確認済み",
        &obx("3B0350", "2"),
        &tcm("TCM", "前の行について"),
        &tcm("2A0300&TCM", "最初の行について"),
        &tcm("2A0300TIM", "これも最初の行"),
        &obx("12MED", "結果であってコメントではない"),
    ]);
    let comments: Vec<_> = read.iter().map(|r| r.comments.join("/")).collect();
    assert_eq!(
        comments,
        [
            "検体やや溶血/再検済み/確認済み/最初の行について/これも最初の行",
            "検体やや溶血/前の行について",
            "検体やや溶血"
        ]
    );
    assert_eq!(read[0].comment_origins.0.len(), 2);
    assert_eq!(records(&output, RecordKind::LabResult), 6, "every OBX is a record");
    let (_, read) = results(&[SPM, OBR, &obx("12MED", "1"), &obx("A", "2"), &tcm("A&TCM", "Aについて")]);
    assert_eq!(read.iter().map(|r| r.comments.len()).collect::<Vec<_>>(), [0, 1]);
    let (alone, read) = results(&[SPM, OBR, &tcm("TCM", "本体がない")]);
    assert!(read.is_empty());
    assert_eq!(ends(&alone), [(RecordKind::LabResult, "SSMIX2-019")]);
}

#[test]
fn withdrawn_and_cancelled_lines_are_deleted() {
    for (status, presence) in [
        ("F", Presence::Present),
        ("C", Presence::Present),
        ("P", Presence::Present),
        ("X", Presence::Present),
        ("D", Presence::Deleted),
        ("W", Presence::Deleted),
    ] {
        let (output, _) = results(&[SPM, OBR, &obx("A", "1").replace("|||F|||", &format!("|||{status}|||"))]);
        assert_eq!(facts(&output)[0].presence, presence, "{status}");
    }
    let (output, _) = results(&[SPM, OBR, &ORC.replacen("ORC|SC", "ORC|CA", 1), &obx("A", "1")]);
    assert_eq!(facts(&output)[0].presence, Presence::Deleted);
}

#[test]
fn a_key_outlives_a_changed_value_a_moved_line_and_a_removed_one() {
    let tube2 = SPM.replace("S01", "S02");
    let (before, _) = results(&[SPM, OBR, &obx("A", "1"), &obx("B", "2"), &tube2, OBR, &obx("A", "3")]);
    let (after, _) = results(&[&tube2, OBR, &obx("A", "30"), SPM, OBR, &obx("B", "20")]);
    assert_eq!(items(&before), ["A@023#S01+0", "B@023#S01+0", "A@023#S02+0"]);
    assert_eq!(items(&after), ["A@023#S02+0", "B@023#S01+0"]);
}

#[test]
fn oml12_is_read_and_told() {
    let output = read_as("OML-12", "OUL^R22", &[SPM, OBR, &obx("A", "1")]);
    assert_eq!(facts(&output)[0].key.scope.feed.as_ref(), "OML-12");
    assert!(codes(&output).contains(&"SSMIX2-018"));
}

#[test]
fn times_are_read_as_far_as_they_are_times() {
    for (written, expected, code) in [
        ("20240316253000", Some("2024-03-17T01:30:00.000+09:00"), None),
        ("20240316999999", Some("2024-03-16"), Some("SSMIX2-017")),
        ("20240316", Some("2024-03-16"), None),
        ("2024", Some("2024"), None),
        ("20240231", None, Some("SSMIX2-016")),
        ("昨日", None, Some("SSMIX2-016")),
        ("00000000", None, None),
        ("\"\"", None, None),
    ] {
        let (output, read) = results(&[SPM, OBR, &obx("A", "1").replace("201112191500", written)]);
        assert_eq!(read[0].observed.map(|at| at.to_string()).as_deref(), expected, "{written}");
        let told = codes(&output).into_iter().find(|code| matches!(*code, "SSMIX2-016" | "SSMIX2-017"));
        assert_eq!(told, code, "{written}");
    }
}
