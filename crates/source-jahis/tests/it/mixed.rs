//! Codes that were scanned in another order, twice, not at all, or one into the other.

use crate::support::{HEAD, codes, ends, facts, prescriptions, read};
use proptest::prelude::*;
use tsugite_clinical::RecordKind::Prescription;
use tsugite_source::Output;

const RP: &str = "101,1,1,,7\n111,1,1,,毎食後,3\n";
const DRUG: &str = "201,1,1,1,4,2171022F1029,見本錠,3,1,錠\n";

/// What the header line stands above.
fn below(head: &str) -> &str {
    head.split_once('\n').unwrap().1
}

fn held(output: &Output) -> Vec<&'static str> {
    assert!(prescriptions(output).is_empty());
    ends(output).into_iter().map(|(_, code)| code).collect()
}

#[test]
fn of_two_patients_under_one_header_neither_gets_a_drug() {
    let other = HEAD.replace("000123,例示 花子", "000456,架空 太郎").replace("19800203", "19500505");
    let output = read([HEAD, RP, DRUG, below(&other), RP, DRUG].concat().as_bytes());
    assert_eq!(held(&output), ["JAHIS-035"; 2]);
    assert!(facts(&output).is_empty(), "and nobody is described");
    assert!(output.ended.iter().all(|record| record.patient.as_deref() != Some("000123")));
    // Of one patient alike: the second prescription's drugs would be taken as the first one's usage says.
    let later = HEAD.replace("51,20260310", "51,20260320");
    assert_eq!(held(&read([HEAD, RP, DRUG, below(&later), RP, DRUG].concat().as_bytes())), ["JAHIS-036"; 2]);
}

#[test]
fn a_symbol_scanned_twice_without_its_header_is_one() {
    let output = read([HEAD, RP, DRUG, RP, DRUG].concat().as_bytes());
    let keys: Vec<u16> = facts(&output).iter().filter(|f| f.kind().is_some()).map(|f| f.key.ordinal).collect();
    assert_eq!(keys, [0, 0], "one statement, said twice");
}

#[test]
fn a_part_before_its_header_is_held_with_the_symbol_that_it_may_belong_to() {
    let rest = "22F1029,見本錠,1\n201,2,1,1,1,,見本Ｂ,3,1,錠\n";
    let output = read([rest, HEAD, RP, DRUG].concat().as_bytes());
    assert_eq!(held(&output), ["JAHIS-004"; 2]);
    let two = read([rest, HEAD, RP, DRUG, HEAD, RP, DRUG].concat().as_bytes());
    assert_eq!(prescriptions(&two).len(), 1, "the second symbol is whole");
}

#[test]
fn a_drug_cut_off_at_the_end_waits_for_the_rest() {
    for cut in [
        "201,1,2,1,4,2171022F10",
        "201,1,2,1,1,,見本Ｂ,1",
        "201,1,2,1,1,,見本Ｂ,1\n",
        "201,1,2,1,1,,見本Ｂ,1\nJAHIS10\n",
    ] {
        let output = read([HEAD, RP, DRUG, cut].concat().as_bytes());
        assert_eq!(prescriptions(&output).len(), 1, "{cut}");
        assert_eq!(ends(&output), [(Prescription, "JAHIS-039")], "{cut}");
    }
    // The second code twice: its lines go on where the first one's last ended.
    let glued = format!("{}29,見本錠,3,1,錠\n", DRUG.trim_end());
    assert_eq!(held(&read([HEAD, RP, &glued].concat().as_bytes())), ["JAHIS-019"]);
    let after = format!("{DRUG}29,54136015,1234567\n");
    assert_eq!(held(&read([HEAD, RP, &after].concat().as_bytes())), ["JAHIS-036"]);
}

#[test]
fn numbers_that_are_left_out_show_that_a_code_is_missing() {
    let rp =
        |rp: u8, place: u8| format!("101,{rp},1,,7\n111,{rp},1,,毎食後,3\n201,{rp},{place},1,1,,見本{rp},3,1,錠\n");
    assert_eq!(held(&read([HEAD, &rp(2, 1)].concat().as_bytes())), ["JAHIS-040"]);
    assert_eq!(held(&read([HEAD, &rp(1, 1), &rp(3, 1)].concat().as_bytes())), ["JAHIS-040"; 2]);
    let third = DRUG.replace("201,1,1", "201,1,3");
    assert_eq!(held(&read([HEAD, RP, DRUG, &third].concat().as_bytes())), ["JAHIS-040"; 2]);
    // Drugs counted through all Rps are numbered well.
    assert_eq!(prescriptions(&read([HEAD, &rp(1, 1), &rp(2, 2)].concat().as_bytes())).len(), 2);
}

#[test]
fn an_rp_that_says_two_things_is_held() {
    for more in ["101,1,2,,10\n", "111,1,1,,寝る前,1\n", "201,1,1,1,1,,別の薬,3,1,錠\n"] {
        let output = read([HEAD, RP, DRUG, more].concat().as_bytes());
        assert!(held(&output).iter().all(|code| *code == "JAHIS-038"), "{more}");
    }
    // Which of two drugs without numbers may not be replaced by another brand?
    let unnumbered = DRUG.replace("201,1,1,", "201,1,,");
    let other = unnumbered.replace("見本錠", "別の薬");
    let output = read([HEAD, RP, &unnumbered, &other, "281,1,,1,3,後発品変更不可,\n"].concat().as_bytes());
    assert_eq!(held(&output), ["JAHIS-038"; 2]);
}

#[test]
fn what_a_form_of_no_table_means_is_not_guessed() {
    let output = read([HEAD, "101,1,,,14\n111,1,1,,毎食後,3\n", DRUG].concat().as_bytes());
    let line = prescriptions(&output)[0];
    assert!(line.dose.is_none() && line.daily_dose.is_none() && line.total.is_none());
    assert_eq!((line.notes.as_slice(), codes(&output)[0]), (["用量 3錠、数量 14".to_owned()].as_slice(), "JAHIS-024"));
}

#[test]
fn what_a_kind_says_by_itself_counts_without_its_text() {
    let output = read(
        [
            HEAD,
            RP,
            "181,1,1,3,,,\n181,1,2,2,,,\n181,1,3,6,右目,,\n181,1,4,6,左目,,\n",
            DRUG,
            "281,1,1,1,3,,\n",
            "221,1,1,1,,2,,,,,,,\n",
        ]
        .concat()
        .as_bytes(),
    );
    let line = prescriptions(&output)[0];
    let names = |concepts: &[tsugite_clinical::body::Concept]| -> Vec<String> {
        concepts.iter().filter_map(|concept| concept.name().map(str::to_owned)).collect()
    };
    assert_eq!(names(&line.instructions), ["隔日", "左目"]);
    assert_eq!(line.site.as_ref().unwrap().name(), Some("右目"));
    assert_eq!(names(&line.dispensing), ["一包化", "後発品変更不可"]);
    assert_eq!(line.notes, ["不均等 1-…-2"]);
}

#[test]
fn utf_16_is_read_with_every_character() {
    // U+541A and U+1A00 have the byte of the end mark in them.
    let text = [HEAD, RP, &DRUG.replace("見本錠", "吚錠")].concat();
    let bytes: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(prescriptions(&read(&bytes))[0].drug.name(), Some("吚錠"));
    let input = tsugite_source::Input::new("qr.txt", bytes.as_slice());
    assert!(tsugite_source::Source::recognise(&tsugite_source_jahis::Jahis::default(), &input).is_some());
}

#[test]
fn a_prescription_of_nobody_is_not_the_clinics_own() {
    let nobody: String = HEAD.lines().filter(|line| !line.starts_with("1,")).map(|line| format!("{line}\n")).collect();
    assert_eq!(held(&read([&nobody, RP, DRUG].concat().as_bytes())), ["JAHIS-014"]);
}

/// Two prescriptions in one file, line by line, and where the second one's drugs begin.
fn two() -> (Vec<String>, usize) {
    let rps = |who: &str| {
        let drug = |rp: u8, place: u8| format!("201,{rp},{place},1,1,,{who}{rp}{place},{},1,錠\n", rp + place);
        let rp = |rp: u8| format!("101,{rp},1,,{rp}4\n111,{rp},1,,毎食後,3\n{}{}", drug(rp, 1), drug(rp, 2));
        [rp(1), rp(2)].concat()
    };
    let other = HEAD.replace("000123,例示 花子", "000456,架空 太郎").replace("19800203", "19500505");
    let text = [HEAD, &rps("一"), &other, &rps("二")].concat();
    let lines: Vec<String> = text.lines().map(|line| format!("{line}\n")).collect();
    let second = lines.iter().rposition(|line| line.starts_with("51,")).unwrap() + 1;
    (lines, second)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    /// Whatever run of lines is lost or comes twice, nobody gets a drug of somebody else, and none is counted twice or lost.
    #[test]
    fn nobody_gets_what_another_was_prescribed(from in 0_usize..32, length in 1_usize..12, lost in any::<bool>()) {
        let (mut lines, second) = two();
        let run = from.min(lines.len())..(from + length).min(lines.len());
        let header = lines.iter().rposition(|line| line.starts_with("JAHIS")).unwrap();
        // A header with all that names its patient: no line is left that says where the second one begins.
        prop_assume!(!(lost && run.start <= header && run.end >= second));
        if lost {
            lines.drain(run);
        } else {
            let copy = lines[run.clone()].to_vec();
            lines.splice(run.end..run.end, copy);
        }
        let text = lines.concat();
        let output = read(text.as_bytes());
        prop_assert!(output.unreadable || !text.contains("201,") || {
            let drugs = text.lines().filter(|line| line.starts_with("201,")).count();
            prescriptions(&output).len() + ends(&output).len() == drugs
        }, "{text}");
        for fact in facts(&output) {
            let tsugite_clinical::body::Body::Prescription(line) = &fact.body else { continue };
            let own = match &*fact.patient.id { "000123" => "一", "000456" => "二", _ => "" };
            let name = line.drug.name().unwrap();
            prop_assert!(own.is_empty() || name.starts_with(own), "{name} of {}\n{text}", fact.patient.id);
            let number: u32 = line.group.parse().unwrap();
            prop_assert_eq!(line.duration.clone(), Some(format!("{number}4")), "{}", text);
        }
    }
}
