use super::{
    super::{
        Kind, Note,
        chain::{Gap, Link},
    },
    *,
};
use tsugite_clinical::Date;

fn day(text: &str) -> Option<Date> {
    Date::try_from(text.to_owned()).ok()
}

#[test]
fn diseases_lead_to_numbers_and_icd10() {
    let masters = sample();
    let fever = masters.disease("8800001", day("2024-07-01")).unwrap();
    assert_eq!(
        (fever.name, fever.number, fever.exchange, &fever.icd10[..]),
        ("つぎて熱", Some("20900001"), Some("TG01"), &["A491"][..])
    );
    assert_eq!(masters.disease_of_number("20900001", None).unwrap(), fever);
    // Before it was retired a code stands for itself.
    let old = masters.disease("8800003", day("2020-03-31")).unwrap();
    assert_eq!((old.number, &old.notes[..]), (Some("20900003"), &[][..]));
    let moved = masters.disease("8800003", day("2020-04-01")).unwrap();
    assert_eq!(
        (moved.number, moved.receipt, &moved.notes[..]),
        (Some("20900001"), Some("8800001"), &[Note::Moved][..])
    );
    assert_eq!(masters.disease("0000999", None), Err(Gap::NotInMaster(Kind::Disease)));
    assert_eq!(masters.disease("1234567", None), Err(Gap::NotInMaster(Kind::Disease)));
    assert_eq!(Masters::default().disease("8800001", None), Err(Gap::NoMaster(Kind::Disease)));
}

#[test]
fn successors_that_go_round_end() {
    let rows = [
        disease_with("8800001", "甲", "20900001", "TG01", "I10", &[(4, "8800002"), (24, "20200401")]),
        disease_with("8800002", "乙", "20900002", "TG02", "I10", &[(4, "8800001"), (24, "20200401")]),
        disease_with("8800003", "丙", "20900003", "TG03", "I10", &[(4, ""), (24, "20200401")]),
    ];
    let masters = Masters::new([edition("b_20240601.txt", &rows.concat())]);
    assert!(masters.disease("8800001", None).unwrap().notes.contains(&Note::Moved));
    let ended = masters.disease("8800003", None).unwrap();
    assert_eq!((ended.number, &ended.notes[..]), (Some("20900003"), &[Note::Retired][..]));
}

#[test]
fn modifiers_say_on_which_side_they_stand() {
    let masters = sample();
    let acute = masters.modifier("4901", None).unwrap();
    let suspected = masters.modifier("8902", None).unwrap();
    assert_eq!((acute.number, acute.suffix), (Some("27900001"), false));
    assert_eq!((suspected.exchange, suspected.suffix), (Some("MB02"), true));
    assert_eq!(masters.modifier_of_exchange("MA01", None).unwrap(), acute);
    assert_eq!(masters.modifier_of_number("27900001", None).unwrap(), acute);
    assert_eq!(masters.modifier("1234", None), Err(Gap::NotInMaster(Kind::Modifier)));
}

#[test]
fn drugs_lead_to_yj_codes_only_where_they_name_one_product() {
    let masters = sample();
    let yj = |drug: super::super::Drug<'_>| drug.yj.map(|yj| (yj.code.to_owned(), yj.of_price_list));
    let receipt = |code: &str| yj(masters.drug_of_receipt(code, None).unwrap());
    let hot = |code: &str| yj(masters.drug_of_hot(code, None).unwrap());
    assert_eq!(receipt("629000001"), Ok(("9999001F1010".into(), false)));
    // 統一名収載: the HOT master knows the product's own code, 薬価基準 does not.
    assert_eq!(receipt("629000002"), Ok(("9999001F1037".into(), false)));
    assert_eq!(receipt("629000003"), Err(Gap::Ambiguous(Kind::Drug, Link::Yj)));
    assert_eq!(masters.drug_of_receipt("629000003", None).unwrap().general.unwrap().code, "9999001F1ZZZ");
    assert_eq!(receipt("629000004"), Ok(("9999002M1011".into(), true)));
    assert_eq!(hot("190000101"), Ok(("9999001F1010".into(), false)));
    assert_eq!(hot("1900001"), Ok(("9999001F1010".into(), false)));
    assert_eq!(hot("190000301"), Err(Gap::Ambiguous(Kind::Hot, Link::Yj)));
    assert_eq!(masters.drug_of_hot("999999999", None), Err(Gap::NotInMaster(Kind::Hot)));
    assert_eq!(Masters::default().drug_of_receipt("629000001", None), Err(Gap::NoMaster(Kind::Drug)));
    assert_eq!(masters.drug_of_yj("9999001F1037", None).unwrap().name, "ツギナロール錠５ｍｇ「甲」");
    assert_eq!(yj(masters.drug_of_price_code("9999002M1011", None).unwrap()), Ok(("9999002M1011".into(), true)));
}
