//! The official masters, where they lie beside the checkout (`../shared/masters`); skipped elsewhere.

use std::{fs, path::Path, time::Instant};
use tsugite_clinical::Date;
use tsugite_terminology::masters::{Edition, Given, Kind, Masters, read};

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");

pub fn official() -> Option<Masters> {
    let folder = Path::new(SHARED).join("masters");
    if !folder.is_dir() {
        println!("skipped: no masters beside the checkout");
        return None;
    }
    let start = Instant::now();
    let mut editions: Vec<Edition> = Vec::new();
    let allergens = Path::new(SHARED).join("samples/jfagy/dev/utf8_JFAGY_J9FN_20250401_R01.csv");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).chain([allergens]);
    for path in files.filter(|path| !path.ends_with("README.md")) {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let given = Given { name: &name, bytes: &bytes, date: None };
        for imported in read(given).unwrap_or_else(|issues| panic!("{name}: {issues:?}")) {
            editions.push(imported.beside(std::iter::empty()).unwrap());
        }
    }
    println!("read in {:?}", start.elapsed());
    Some(Masters::new(editions))
}

fn day(text: &str) -> Option<Date> {
    Date::try_from(text.to_owned()).ok()
}

#[test]
fn official_masters_are_recognised_and_kept() {
    let Some(masters) = official() else { return };
    for (kind, date, rows) in [
        (Kind::Disease, "2024-06-01", 27_437),
        (Kind::Modifier, "2025-06-01", 2_375),
        (Kind::Drug, "2024-03-21", 19_686),
        (Kind::PriceList, "2025-08-14", 6_944),
        (Kind::GeneralName, "2025-08-14", 1_300),
        (Kind::Jfagy, "2025-04-01", 1_000),
    ] {
        let [edition] = masters.editions(kind) else { panic!("{kind:?}") };
        println!("{kind:?}: {} of {}", edition.len(), edition.date);
        assert_eq!(Some(edition.date), day(date), "{kind:?}");
        assert!(edition.len() >= rows, "{kind:?}: {}", edition.len());
        let bytes = edition.to_bytes();
        let start = Instant::now();
        let again = Edition::from_bytes(&bytes).unwrap();
        println!("{} bytes, loaded in {:?}", bytes.len(), start.elapsed());
        assert_eq!(again, **edition);
    }
}

#[test]
fn chains_of_official_codes_hold_or_say_why() {
    let Some(masters) = official() else { return };
    let today = day("2026-11-22");
    let disease = masters.disease("8848176", today).unwrap();
    assert_eq!((disease.number, disease.exchange, &disease.icd10[..]), (Some("20100524"), Some("QJ83"), &["E250"][..]));
    assert!(masters.disease("0000999", today).is_err());
    let suspected = masters.modifier("8002", today).unwrap();
    assert!(suspected.suffix && suspected.name == "の疑い", "{suspected:?}");
    assert!(!masters.modifier("4001", today).unwrap().suffix);
    let drug = masters.drug_of_receipt("620000033", today).unwrap();
    let yj = drug.yj.unwrap();
    assert_eq!((yj.code, yj.of_price_list, drug.general.unwrap().code), ("1141007F2027", true, "1141007F2ZZZ"));
    // Thirty brands are listed under one general name: none of them is the code.
    let brand = masters.drug_of_receipt("621931301", today).unwrap();
    assert!(brand.yj.is_err() && brand.general.is_ok(), "{brand:?}");
    let all = masters.in_force(Kind::Drug, today).unwrap();
    let (mut coded, mut general) = (0, 0);
    for code in all.codes() {
        let drug = masters.drug_of_receipt(code, today).unwrap();
        coded += usize::from(drug.yj.is_ok());
        general += usize::from(drug.yj.is_err() && drug.general.is_ok());
    }
    println!("{} drugs, {coded} with YJ, {general} more with a general name", all.len());
    assert!(coded + general > all.len() * 8 / 10);
}
