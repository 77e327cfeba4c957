use crate::support::{HEAD, codes, ends, facts, prescriptions, read, read_by};
use tsugite_clinical::RecordKind;
use tsugite_clinical::{
    Statement,
    body::{Body, Concept, Quantity},
};

const RP: &str = "101,1,1,,7\n111,1,2,1013044400000000,１日３回朝昼夕食後,3\n";

fn said(quantity: Option<&Quantity>) -> String {
    quantity.map(|q| format!("{}{}", q.value, q.unit.as_ref().map_or("", |u| &u.display))).unwrap_or_default()
}

fn words(concepts: &[Concept]) -> Vec<&str> {
    concepts.iter().filter_map(Concept::name).collect()
}

#[test]
fn a_prescription_says_what_its_records_say() {
    let drug = "201,1,1,1,4,2171022F1029,アムロジピン錠,3,1,錠\n281,1,1,1,3,後発品変更不可,\n";
    let output = read(
        [HEAD, "22,06139999\n23,１２,３４,1,05\n27,54136015,1234567\n64,2\n82,1,1234567890123456\n", RP, drug]
            .concat()
            .as_bytes(),
    );
    let line = prescriptions(&output)[0];
    assert_eq!((line.group.as_str(), line.place), ("1", 1));
    assert_eq!(line.drug.codes[0].system, "YJ");
    assert_eq!(
        [said(line.dose.as_ref()), said(line.daily_dose.as_ref()), said(line.total.as_ref())],
        ["1錠", "3錠", ""]
    );
    assert_eq!((line.duration.as_deref(), line.times_per_day.as_deref()), (Some("7"), Some("3")));
    assert_eq!(
        (line.usages[0].codes[0].system.as_str(), words(&line.dispensing)),
        ("JAMISDP01", vec!["後発品変更不可"])
    );
    assert_eq!(line.prescription_number.as_deref(), Some("1234567890123456"));
    assert_eq!(line.repeats.as_deref(), Some("2"));
    assert_eq!(line.prescribed_by.as_ref().unwrap().number.as_deref(), Some("1319999999"));
    assert_eq!(line.ordered.unwrap().to_string(), "2026-03-10");
    let patient =
        facts(&output).into_iter().find_map(|f| if let Body::Patient(p) = &f.body { Some(p) } else { None }).unwrap();
    let rows: Vec<_> =
        patient.insurances.iter().map(|i| (i.payer.as_str(), i.number.as_str(), i.branch.as_deref())).collect();
    assert_eq!(rows, [("06139999", "３４", Some("05")), ("54136015", "1234567", None)]);
    assert!(output.statements.iter().any(|s| matches!(s, Statement::Identity(i) if &*i.patient.id == "000123")));
}

#[test]
fn what_is_read_of_an_amount_depends_on_the_form() {
    for (form, quantity, dose, daily, total, duration, count) in [
        ("1", "7", "1錠", "3錠", "", Some("7"), None),
        ("4", "1", "", "", "3錠", None, None),
        ("2", "7", "3錠", "", "21錠", None, Some("7")),
        ("3", "7", "", "", "21錠", None, None),
        ("5", "7", "", "", "21錠", None, None),
        ("9", "1", "", "", "3錠", None, None),
    ] {
        let text = format!("{HEAD}101,1,{form},,{quantity}\n111,1,1,,用法,3\n201,1,1,1,1,,見本,3,1,錠\n");
        let output = read(text.as_bytes());
        let line = prescriptions(&output)[0];
        let read = [said(line.dose.as_ref()), said(line.daily_dose.as_ref()), said(line.total.as_ref())];
        assert_eq!(read, [dose, daily, total], "{form}");
        assert_eq!((line.duration.as_deref(), line.count.as_deref()), (duration, count), "{form}");
    }
}

#[test]
fn a_patient_without_a_number_is_nobody_else() {
    let nameless = |name: &str| HEAD.replace("11,000123,例示 花子,", name) + RP + "201,1,1,1,1,,見本,3,1,錠\n";
    let patient = |text: &str| facts(&read(text.as_bytes()))[0].patient.clone();
    let (one, other) = (patient(&nameless("11,,例示 花子,")), patient(&(nameless("11,,例示 花子,") + "\n")));
    assert_ne!(one, other, "two inputs, and only the name in common");
    assert_eq!(&*one.space, "clinic/jahis");
    assert_eq!(codes(&read(nameless("11,,例示 花子,").as_bytes()))[0], "JAHIS-011");
    assert_eq!(ends(&read(nameless("11,,,").as_bytes())), [(RecordKind::Prescription, "JAHIS-010")]);
}

#[test]
fn one_prescription_twice_is_one_and_two_versions_of_it_are_none() {
    let drug = |amount: &str| format!("{HEAD}{RP}201,1,1,1,1,,見本,{amount},1,錠\n");
    let same = read([drug("3"), drug("3")].concat().as_bytes());
    assert_eq!(facts(&same).iter().filter(|f| f.kind().is_some()).map(|f| f.key.ordinal).collect::<Vec<_>>(), [0, 0]);
    let differs = read([drug("3"), drug("6")].concat().as_bytes());
    assert_eq!(prescriptions(&differs).len(), 0);
    assert_eq!(ends(&differs).iter().map(|(_, code)| *code).collect::<Vec<_>>(), ["JAHIS-034"; 2]);
}

#[test]
fn another_drug_in_the_same_place_of_one_prescription_is_a_correction() {
    let drug = |number: &str, name: &str| format!("{HEAD}{number}{RP}201,1,1,1,1,,{name},3,1,錠\n");
    let both = |number| read([drug(number, "見本Ａ"), drug(number, "見本Ｂ")].concat().as_bytes());
    assert_eq!(ends(&both("82,1,1234567890123456\n")).len(), 2);
    // Drugs without numbers of their own stand in no place.
    let unnumbered = "82,1,1234567890123456\n101,1,1,,7\n201,1,,1,1,,見本Ａ,3,1,錠\n201,1,,1,1,,見本Ｂ,3,1,錠\n";
    assert_eq!(prescriptions(&read([HEAD, unnumbered].concat().as_bytes())).len(), 2);
    // Without a number they may be two prescriptions of one day.
    assert_eq!(prescriptions(&both("")).len(), 2);
}

#[test]
fn the_same_drug_twice_in_one_prescription_is_two_lines() {
    let text = format!("{HEAD}{RP}201,1,1,1,1,,見本,3,1,錠\n201,1,2,1,1,,見本,3,1,錠\n");
    let output = read(text.as_bytes());
    let ordinals: Vec<u16> = facts(&output).iter().filter(|f| f.kind().is_some()).map(|f| f.key.ordinal).collect();
    assert_eq!(ordinals, [0, 1]);
}

/// A cut in the middle of a character is none once the parts stand together.
#[test]
fn parts_of_a_split_code_are_joined_before_they_are_decoded() {
    let text = format!("{HEAD}{RP}201,1,1,1,1,,見本錠ソ能表,3,1,錠\n");
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(&text);
    for cut in 1..bytes.len() {
        let (front, back) = bytes.split_at(cut);
        let joined = [front, back].concat();
        assert_eq!(prescriptions(&read(&joined))[0].drug.name(), Some("見本錠ソ能表"));
    }
}

#[test]
fn who_pays_stands_with_every_line() {
    let kind = |row: &str, class: &str| {
        let output = read(format!("{HEAD}{row}{RP}201,1,1,{class},1,,見本,3,1,錠\n").as_bytes());
        let care = &prescriptions(&output)[0].care;
        tsugite_clinical::insurance::outside_insurance(&care.insurances)
    };
    use tsugite_clinical::insurance::OutsideInsurance::{SelfPaid, TrafficAccident, WorkAccident};
    assert_eq!(kind("", "1"), None);
    assert_eq!(kind("21,1\n", "1"), None);
    assert_eq!(kind("21,3\n", "1"), Some(WorkAccident));
    assert_eq!(kind("21,4\n", "1"), Some(TrafficAccident));
    assert_eq!(kind("21,6\n", "1"), Some(SelfPaid));
    assert_eq!(kind("21,1\n", "3"), Some(SelfPaid));
}

#[test]
fn the_number_of_another_institutions_patient_is_nobodys_here() {
    let text = [HEAD, RP, "201,1,1,1,1,,見本,3,1,錠\n"].concat();
    let space = |own: &[&str], text: &str| {
        let source = tsugite_source_jahis::Jahis::of_site(own.iter().map(|number| (*number).to_owned()).collect());
        let output = read_by(&source, text.as_bytes());
        let told = codes(&output).contains(&"JAHIS-041");
        (facts(&output)[0].patient.space.to_string(), told)
    };
    assert_eq!(space(&["2719999999", "1319999999"], &text), ("clinic".to_owned(), false));
    assert_eq!(space(&[], &text), ("clinic".to_owned(), false));
    assert_eq!(space(&["2719999999"], &text), ("clinic/jahis".to_owned(), true));
    let unclear = text.replace("1,1,9999999,13,", "1,1,9999,13,");
    assert_eq!(space(&["1319999999"], &unclear), ("clinic/jahis".to_owned(), true));
}
