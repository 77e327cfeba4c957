use crate::support::{PATIENT, bodies, codes, lists, message, path, read, read_as};
use tsugite_clinical::{
    Statement,
    body::{Patient, Representation, Sex},
};
use tsugite_source::Output;

fn with_pid(fields: &str) -> Output {
    let pid = format!("PID|0001||{PATIENT}||{fields}");
    read(&path("ADT-00", "-", "999999999999999", 1), message("ADT^A08^ADT_A01", &[&pid]).as_bytes())
}

fn patient(output: &Output) -> Patient {
    bodies!(output, Patient)[0].0.clone()
}

#[test]
fn names_are_read_in_every_shape() {
    use Representation::{Alphabetic as A, Ideographic as I, Syllabic as S};
    for (pid5, expected, code) in [
        ("仮山^花^^^^^L^I~カリヤマ^ハナ^^^^^L^P", vec![(I, "仮山", "花"), (S, "カリヤマ", "ハナ")], ""),
        // One `^` is missing: the representation stands in the seventh component.
        ("仮山^花^^^^L^I~カリヤマ^ハナ^^^^^L^P", vec![(I, "仮山", "花"), (S, "カリヤマ", "ハナ")], "SSMIX2-014"),
        ("仮山^花~カリヤマ^ハナ", vec![(I, "仮山", "花"), (S, "カリヤマ", "ハナ")], ""),
        ("仮山　花^^^^^^L^I~カリヤマ ハナ^^^^^^L^P", vec![(I, "仮山", "花"), (S, "カリヤマ", "ハナ")], "SSMIX2-015"),
        ("仮山花^^^^^^L^I", vec![(I, "仮山花", "")], ""),
        // Both say I: the script tells them apart.
        ("仮山^花^^^^^L^I~カリヤマ^ハナ^^^^^L^I", vec![(I, "仮山", "花"), (S, "カリヤマ", "ハナ")], ""),
        (
            "仮山^花^^^^^L^I~カリヤマ^ハナ^^^^^L^P~KARI^HANA^^^^^L^A",
            vec![(I, "仮山", "花"), (S, "カリヤマ", "ハナ"), (A, "KARI", "HANA")],
            "",
        ),
        ("カリヤマ^ハナ^^^^^L^P", vec![(S, "カリヤマ", "ハナ")], ""),
        ("\"\"", vec![], ""),
        ("", vec![], ""),
    ] {
        let output = with_pid(&format!("{pid5}||19800203|F"));
        let names = patient(&output).names;
        let names: Vec<_> = names.iter().map(|n| (n.representation, n.family.as_str(), n.given.as_str())).collect();
        assert_eq!(names, expected, "{pid5}");
        let told = code.is_empty() || codes(&output).contains(&code);
        assert!(told, "{pid5}: {:?}", codes(&output));
    }
}

#[test]
fn birth_dates_and_sexes_are_kept_as_far_as_they_are_known() {
    for (fields, birth, sex) in [
        ("||19800203|F", Some("1980-02-03"), Some(Sex::Female)),
        ("||198002|M", Some("1980-02"), Some(Sex::Male)),
        ("||1980|U", Some("1980"), Some(Sex::Unknown)),
        ("||19800230|O", None, Some(Sex::Other)),
        ("||\"\"|\"\"", None, None),
        ("||99999999|", None, None),
    ] {
        let output = with_pid(fields);
        let patient = patient(&output);
        assert_eq!((patient.birth_date.map(|d| d.to_string()).as_deref(), patient.sex), (birth, sex), "{fields}");
        let identity = output.statements.iter().find_map(|s| match s {
            Statement::Identity(identity) => Some((identity.birth_date.map(|d| d.to_string()), identity.sex)),
            _ => None,
        });
        assert_eq!(identity, Some((birth.map(str::to_owned), sex)), "{fields}");
        assert_eq!(codes(&output).contains(&"SSMIX2-016"), fields.contains("19800230"), "{fields}");
    }
}

#[test]
fn addresses_stand_whole_or_in_parts() {
    for (xad, expected) in [
        ("^^^^100-0001^JPN^H^東京都千代田区仮町９９−１", Some(("東京都千代田区仮町９９−１", Some("100-0001")))),
        ("仮町99^^千代田区^東京都^100-0001^JPN^H", Some(("東京都千代田区仮町99", Some("100-0001")))),
        ("^^千代田区^東京都^^JPN^H^仮町99", Some(("東京都千代田区仮町99", None))),
        ("^^千代田区^東京都^^JPN^H^東京都千代田区仮町99", Some(("東京都千代田区仮町99", None))),
        ("^^^^^JPN^B^職場~^^^^^JPN^H^自宅", Some(("自宅", None))),
        ("^^^^^JPN^H^仮町\\F\\\\S\\\\R\\\\T\\\\E\\", Some(("仮町|^~&\\", None))),
        ("\"\"", None),
        ("", None),
    ] {
        let output = with_pid(&format!("||19800203|F|||{xad}"));
        let address = patient(&output).address;
        let address = address.as_ref().map(|a| (a.text.as_str(), a.postal_code.as_deref()));
        assert_eq!(address, expected, "{xad}");
    }
}

#[test]
fn telephones_stand_in_the_twelfth_or_the_first_component() {
    let output = with_pid("||19800203|F|||||^PRN^PH^^^^^^^^^099-000-0001~099-000-0002|^WPN^PH^^^99^0003^^^^^|");
    let telecoms = patient(&output).telecoms;
    let telecoms: Vec<_> = telecoms.iter().map(|t| (t.number.as_str(), t.work)).collect();
    assert_eq!(telecoms, [("099-000-0001", false), ("099-000-0002", false), ("990003", true)]);
}

#[test]
fn insured_ids_stand_in_one_field_or_in_two() {
    for (in1, expected) in [
        (
            "IN1|1|06^組合^JHSD0001|06050116|||||||123~1234567~01|仮の雇用者|20240101|20241231",
            ("123", "1234567", Some("01")),
        ),
        ("IN1|1|06^組合^JHSD0001|06050116|||||||９２０４５|１０|20240101", ("９２０４５", "１０", None)),
        ("IN1|1|39^後期^JHSD0001|39131234||||||||12345678|20240101", ("", "12345678", None)),
        ("IN1|1|39^後期^JHSD0001|39131234|||||||12345678||20240101", ("", "12345678", None)),
        ("IN1|1|06^組合^JHSD0001|06050116|||||||12~34|x|20240101", ("12", "34", None)),
        ("IN1|1|12^生保^JHSD0001|12131234|||||||||20240101", ("", "", None)),
        ("IN1|1|06^組合^JHSD0001|06050116|||||||\"\"|\"\"|20240101", ("", "", None)),
    ] {
        let output = read_as("ADT-00", "ADT^A08", &[in1]);
        let insurance = patient(&output).insurances[0].clone();
        let branch = insurance.branch.as_deref();
        assert_eq!((insurance.symbol.as_str(), insurance.number.as_str(), branch), expected, "{in1}");
        assert_eq!(insurance.valid_from.map(|d| d.to_string()).as_deref(), Some("2024-01-01"), "{in1}");
        assert!(insurance.payer.len() == 8 && insurance.kind.system == "JHSD0001");
    }
}

#[test]
fn master_data_is_context_and_one_list_a_patient() {
    let output = read_as("ADT-00", "ADT^A08", &["NK1|1|仮山^父", "DB1|1|PT||Y"]);
    assert!(output.context);
    assert_eq!(lists(&output)[0].scope.part.as_ref(), "");
    let vital = read_as("ADT-00", "ADT^A08", &["OBX|1|NM|9N001^身長^JC10||170|cm|||||F"]);
    assert!(!vital.context);
    assert_eq!(crate::support::ends(&vital), [(tsugite_clinical::RecordKind::Vital, "SSMIX2-101")]);
}
