//! The service's own words name no patient.

use super::house::{House, Lab, files, samples};
use std::{collections::BTreeSet, fs};
use tsugite_charset::{GaijiTable, decode, detect};

#[test]
fn the_log_of_a_service_names_no_patient_of_the_samples() {
    let house = House::new(Some(&samples()), "");
    let (serve, centre) = (house.serve(), house.centre(&[]));
    house.approve_the_plan();
    house.until("the samples are at the centre", || house.live().len() == 10 && house.is_quiet());
    // Everything that makes it speak: a refusal, a file that cannot be used, one that is gone, wrong settings, no terminal.
    fs::write(house.path("terminal/unknown-insured.txt"), "*\n").unwrap();
    let report = Lab { patient: "0000000003", order: 7100, version: 0, value: 71_234 };
    house.drop_file(&report.name('1'), &report.bytes());
    house.drop_file("0000000004_letter_例示一郎.txt", b"no export");
    let mut storage = Vec::new();
    files(&house.path("storage"), &mut storage);
    let gone = storage.iter().find(|path| path.to_string_lossy().contains("_OML-11_")).unwrap();
    fs::remove_file(gone).unwrap();
    fs::write(house.path("patients.csv"), "患者番号,扱い\n0000000004,たぶん\n").unwrap();
    house.settings("[overlay]\npatients = \"patients.csv\"\n");
    house.until("all of it was told", || {
        let log = house.log();
        ["not accepted", "PIPELINE-002", "SEND-002", "cannot be used"].iter().all(|word| log.contains(word))
    });
    centre.kill();
    fs::rename(house.path("terminal"), house.path("elsewhere")).unwrap();
    house.until("the terminal is missed", || house.log().contains("UPSTREAM-"));
    serve.kill();

    let log = house.log() + &fs::read_to_string(house.path("centre.err")).unwrap();
    let said = patients(&storage.into_iter().filter(|path| path.exists()).collect::<Vec<_>>());
    assert!(said.len() > 50, "{said:?}");
    for word in said {
        assert!(!log.contains(&word), "{word} in {log}");
    }
}

/// Numbers, names, addresses, telephones, insured ids and results of all people in the samples.
fn patients(storage: &[std::path::PathBuf]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for file in storage {
        let bytes = fs::read(file).unwrap();
        let text = decode(&bytes, detect(&bytes, None).encoding, &GaijiTable::default()).text.into_owned();
        for line in text.split('\r') {
            let fields: Vec<&str> = line.split('|').collect();
            let wanted: &[usize] = match fields[0] {
                "PID" => &[3, 5, 7, 11, 13],
                "IN1" => &[2, 3, 10, 36, 49],
                "PRB" => &[3],
                "IAM" => &[3],
                "OBX" => &[3],
                _ => &[],
            };
            let parts = wanted.iter().filter_map(|at| fields.get(*at)).flat_map(|field| field.split(['^', '~', '&']));
            words.extend(parts.filter(|part| is_telling(part)).map(str::to_owned));
        }
    }
    words
}

/// Long enough to be nobody else's: a house number or the letter of a code set would be found anywhere.
fn is_telling(part: &str) -> bool {
    let ascii = part.is_ascii();
    part.chars().count() >= if ascii { 6 } else { 2 }
}
