use crate::support::{PID, PV1, bodies, ends, facts, items, lists, message, path, read, read_as, records};
use tsugite_clinical::{
    Presence, RecordKind,
    body::{CareClass, Encounter, EncounterKind},
};

const ORC: &str = "ORC|NW|000000000000077||000000000000077_01_001|||||20240316103045|||110^仮医^一郎^^^^^^^L^^^^^I|||||01^内科^HL70069";
const RXE: &str = "RXE||108665201^仮錠（５mg)^HOT9|1||TAB^錠^MR9P||食後^^||15|15|TAB^錠^MR9P||||2024||||3^TAB&錠&MR9P||OHP^外来処方^MR9P~OHI^院内処方^MR9P||||||21^内服^MR9P||||1234567F1234^仮錠^YJ";
const TQ1: &str = "TQ1|1||1013044400000000&内服・経口・１日３回朝昼夕食後&JAMISDP01~V^5時間一定^99IC6|||5^d|2024031601|20240320||||||10";
const RXR: &str = "RXR|PO^口^HL70162|NO^鼻^HL70163";

#[test]
fn a_drug_line_is_read_with_order_timing_and_route() {
    let output = read_as("OMP-01", "RDE^O11^RDE_O11", &[PV1, ORC, RXE, TQ1, RXR]);
    let line = bodies!(output, Prescription)[0].0;
    assert_eq!((line.order_number.as_str(), line.group.as_str(), line.place), ("000000000000077", "01", 1));
    let codes: Vec<_> = line.drug.codes.iter().map(|c| (c.code.as_str(), c.system.as_str())).collect();
    assert_eq!(codes, [("108665201", "HOT9"), ("1234567F1234", "YJ")]);
    assert_eq!(line.dose.as_ref().unwrap().unit.as_ref().unwrap().code, "TAB");
    let daily = line.daily_dose.as_ref().unwrap();
    assert_eq!((daily.value.as_str(), daily.unit.as_ref().unwrap().display.as_str()), ("3", "錠"));
    assert_eq!(line.total.as_ref().unwrap().value, "15");
    assert_eq!(line.usages.len(), 2);
    assert_eq!(line.usages[0].codes[0].system, "JAMISDP01");
    assert_eq!(line.usages[1].text.as_deref(), Some("5時間一定"));
    assert_eq!((line.duration.as_deref(), line.count.as_deref()), (Some("5^d"), Some("10")));
    assert_eq!(line.start.unwrap().to_string(), "2024-03-16T01:00:00.000+09:00");
    assert_eq!(line.end.unwrap().to_string(), "2024-03-20");
    assert_eq!(line.route.as_ref().unwrap().codes[0].code, "PO");
    assert_eq!(line.site.as_ref().unwrap().codes[0].code, "NO");
    let categories: Vec<_> = line.categories.iter().map(|c| c.codes[0].code.as_str()).collect();
    assert_eq!(categories, ["OHP", "OHI", "21"]);
    assert_eq!(line.instructions[0].codes[0].code, "食後");
    assert_eq!(line.ordered.unwrap().to_string(), "2024-03-16T10:30:45.000+09:00");
    assert_eq!(line.care.practitioner.as_ref().unwrap().id.as_deref(), Some("110"));
    assert_eq!(items(&output), ["108665201^HOT9+0"]);
    assert_eq!(lists(&output).len(), 1);
}

#[test]
fn drugs_of_one_rp_share_its_order() {
    let orc = ORC.replace("000000000000077_01_001", "1");
    let second = RXE.replace("108665201^仮錠（５mg)^HOT9|1|", "00^院内製剤^99I02|\"\"|");
    let cancelled = orc.replacen("ORC|NW", "ORC|CA", 1).replace("|1|", "|2|");
    let output = read_as("OMP-01", "RDE^O11", &[&orc, RXE, TQ1, &second, TQ1, RXR, &cancelled, RXE]);
    let lines = bodies!(output, Prescription);
    let places: Vec<_> = lines.iter().map(|(line, fact)| (line.group.as_str(), line.place, fact.presence)).collect();
    use Presence::{Deleted, Present};
    assert_eq!(places, [("1", 1, Present), ("1", 2, Present), ("2", 1, Deleted)]);
    assert!(lines[1].0.dose.is_none(), "the HL7 null is no dose");
    assert!(lines[0].0.route.is_none() && lines[1].0.route.is_some());
    assert_eq!(items(&output), ["108665201^HOT9+0", "00^院内製剤^99I02+0", "108665201^HOT9+1"]);
}

#[test]
fn what_is_not_carried_is_counted_with_its_reason() {
    use RecordKind::{Diet, Imaging, Injection, LabOrder, Vital};
    let cancelled = ORC.replacen("ORC|NW", "ORC|CA", 1);
    for (data_type, kind, segments, expected) in [
        ("OMP-02", "RDE^O11", vec![ORC, RXE, "RXC|A|1^液^HOT9|2", ORC, RXE], vec![(Injection, "SSMIX2-102"); 2]),
        ("OMP-12", "RAS^O17", vec![ORC, "RXA|0|1|20240316|20240316|1^液^HOT9|1"], vec![(Injection, "SSMIX2-102")]),
        ("OML-01", "OML^O33", vec!["SPM|1", ORC, "OBR|1|1||A", ORC, "OBR|2|1||B"], vec![(LabOrder, "SSMIX2-103"); 2]),
        ("OMG-01", "OMG^O19", vec![ORC, "OBR|1|1||A"], vec![(Imaging, "SSMIX2-104")]),
        ("OMG-13", "ORU^R01", vec!["OBR|1|1||A", "OBX|1|NM|A||1||||||F"], vec![(Imaging, "SSMIX2-104")]),
        ("OMD", "OMD^O03", vec![ORC, "ODS|D||A", "ODS|D||B"], vec![(Diet, "SSMIX2-105"); 2]),
        ("OMP-02", "RDE^O11", vec![&cancelled, RXE], vec![(Injection, "retracted")]),
        ("ADT-22", "ADT^A01", vec![PV1, "OBX|1|NM|9N001^身長^JC10||170|cm|||||F"], vec![(Vital, "SSMIX2-101")]),
    ] {
        let output = read_as(data_type, kind, &segments);
        assert_eq!(ends(&output), expected, "{data_type}");
        assert!(!output.context);
    }
}

#[test]
fn flags_come_before_reasons() {
    for (flag, end) in [(1, "SSMIX2-102"), (2, "superseded"), (0, "retracted")] {
        let path = path("OMP-02", "20240316", "000000000000077", flag);
        let output = read(&path, message("RDE^O11", &[PID, ORC, RXE]).as_bytes());
        assert_eq!(ends(&output), [(RecordKind::Injection, end)], "{flag}");
    }
}

#[test]
fn administration_is_context() {
    let output = read_as("OMP-11", "RAS^O17", &[ORC, "RXA|0|1|20240316|20240316|108665201^仮錠^HOT9|1", RXR]);
    assert!(output.context && facts(&output).is_empty() && output.ended.is_empty());
}

#[test]
fn visits_and_stays() {
    let inpatient = "PV1|0001|I|3B^301^1^^^N||||D07^仮森^医師^^^^^^^L^^^^^I|||062||||||||||||||||||||||||||01||||||||20240301100000|20240316110000";
    for (data_type, kind, pv1, expected, at) in [
        ("ADT-12", "ADT^A04", PV1, EncounterKind::Visit, "2024-03-16"),
        ("ADT-12", "ADT^A01", PV1, EncounterKind::Visit, "2024-03-16"),
        ("ADT-22", "ADT^A01", inpatient, EncounterKind::Admission, "2024-03-01T10:00:00.000+09:00"),
        ("ADT-52", "ADT^A03", inpatient, EncounterKind::Discharge, "2024-03-16T11:00:00.000+09:00"),
    ] {
        let output = read_as(data_type, kind, &[pv1]);
        let encounters = bodies!(output, Encounter);
        let encounter: &Encounter = encounters[0].0;
        assert_eq!((encounter.kind, encounter.at.unwrap().to_string().as_str()), (expected, at), "{data_type}");
        assert!(output.context);
        let class = if pv1 == PV1 { CareClass::Ambulatory } else { CareClass::Inpatient };
        assert_eq!(encounter.care.class, Some(class));
        let department = if pv1 == PV1 { "01" } else { "062" };
        assert_eq!(encounter.care.department.as_ref().unwrap().code, department, "a ward is no department");
        assert_eq!(encounter.care.practitioner.as_ref().unwrap().id.as_deref(), Some("D07"));
    }
    let cancelled = read_as("ADT-52", "ADT^A13", &[inpatient]);
    assert_eq!(facts(&cancelled)[0].presence, Presence::Deleted);
    for (data_type, kind) in [
        ("ADT-01", "ADT^A54"),
        ("ADT-21", "ADT^A14"),
        ("ADT-31", "ADT^A21"),
        ("ADT-32", "ADT^A22"),
        ("ADT-41", "ADT^A15"),
        ("ADT-42", "ADT^A02"),
        ("ADT-51", "ADT^A16"),
    ] {
        let output = read_as(data_type, kind, &[inpatient]);
        assert!(output.context && facts(&output).is_empty(), "{data_type}");
        assert_eq!(records(&output, RecordKind::Vital), 0);
    }
}
