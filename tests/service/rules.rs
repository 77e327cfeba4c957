//! Sentences of the rules that nothing else shows: single runs over the samples, against the centre in this process.

use super::{
    house::{House, copy, files, replace, samples},
    year::centre::Upstream,
};
use jiff::civil::{Date, date};
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::PathBuf};

const TODAY: Date = date(2026, 11, 22);
const BRAKE_OFF: &str = "[brake]\npercent = 100\n";

/// The only file in force of a patient and data type.
fn file(house: &House, patient: &str, data_type: &str) -> PathBuf {
    let mut found = Vec::new();
    files(&house.path("storage"), &mut found);
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    found
        .retain(|path| name(path).starts_with(patient) && name(path).contains(data_type) && name(path).ends_with("_1"));
    assert_eq!(found.len(), 1, "{patient} {data_type}: {found:?}");
    found.remove(0)
}

/// Bundle-IDs of what the centre holds.
fn ids(upstream: &Upstream) -> BTreeSet<String> {
    upstream.registrations().into_iter().map(|held| held.bundle_id).collect()
}

fn operations(upstream: &mut Upstream) -> Vec<String> {
    upstream.run_in_doubt(TODAY).into_iter().map(|event| event.operation).collect()
}

fn bundle(upstream: &Upstream, bundle_id: &str) -> Value {
    let held = upstream.registrations().into_iter().find(|held| held.bundle_id == bundle_id).unwrap();
    serde_json::from_str(&held.payload).unwrap()
}

fn local_id(bundle: &Value) -> &str {
    let patient = &bundle["entry"][0]["resource"];
    patient["identifier"][0]["value"].as_str().unwrap()
}

#[test]
fn equal_names_birth_dates_and_insured_numbers_join_nobody() {
    let house = House::new(None, "");
    let person = samples().join("000/000/0000000001");
    copy(&person, &house.path("storage/000/000/0000000001"));
    // The same person twice in the clinic's system, or two of them: only a person can tell.
    let mut all = Vec::new();
    files(&person, &mut all);
    for path in all {
        let target = path.strip_prefix(samples()).unwrap().to_string_lossy().replace("0000000001", "0000000021");
        let target = house.path("storage").join(target);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, replace(&fs::read(&path).unwrap(), b"||0000000001^", b"||0000000021^")).unwrap();
    }
    let mut upstream = Upstream::new(&house);
    assert_eq!(upstream.run(TODAY), 6, "{}", house.json(&["held"]));
    let bundles: Vec<Value> = ids(&upstream).iter().map(|id| bundle(&upstream, id)).collect();
    let of = |id: &str| bundles.iter().filter(|bundle| local_id(bundle) == id).count();
    assert_eq!((of("0000000001"), of("0000000021")), (3, 3));
}

#[test]
fn a_report_that_moves_to_another_order_is_received_before_it_is_given_up() {
    let house = House::new(Some(&samples()), BRAKE_OFF);
    let mut upstream = Upstream::new(&house);
    upstream.run(TODAY);
    let old = file(&house, "0000000003", "OML-11");
    let bytes = fs::read(&old).unwrap();
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let moved = name(&old).replace("000000000000302", "000000000000399");
    fs::write(old.with_file_name(moved), replace(&bytes, b"000000000000302", b"000000000000399")).unwrap();
    let deleted = name(&old);
    fs::rename(&old, old.with_file_name(format!("{}0", &deleted[..deleted.len() - 1]))).unwrap();
    assert_eq!(operations(&mut upstream), ["register", "cancel"]);
}

#[test]
fn a_line_that_a_newer_report_omits_is_gone() {
    let house = House::new(Some(&samples()), BRAKE_OFF);
    let mut upstream = Upstream::new(&house);
    upstream.run(TODAY);
    let before = ids(&upstream);
    let old = file(&house, "0000000001", "OML-11");
    let bytes = fs::read(&old).unwrap();
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\r').collect();
    let last = lines.iter().rposition(|line| line.starts_with(b"OBX|")).unwrap();
    let shorter: Vec<&[u8]> = lines.iter().enumerate().filter(|(at, _)| *at != last).map(|(_, line)| *line).collect();
    let name = old.file_name().unwrap().to_string_lossy().into_owned();
    fs::rename(&old, old.with_file_name(format!("{}2", &name[..name.len() - 1]))).unwrap();
    let newer = old.with_file_name(name.replace("20261110150000000", "20261110160000000"));
    fs::write(&newer, shorter.join(&b'\r')).unwrap();
    let count = |bundle: &Value| bundle["entry"].as_array().unwrap().len();
    let held = |upstream: &Upstream| {
        let labs = upstream.registrations().into_iter().filter(|held| held.kind == "Observation");
        let bundles = labs.map(|held| serde_json::from_str::<Value>(&held.payload).unwrap());
        bundles.filter(|bundle| local_id(bundle) == "0000000001").map(|bundle| count(&bundle)).sum::<usize>()
    };
    let results = held(&upstream);
    assert_eq!(operations(&mut upstream), ["change"]);
    assert_eq!(held(&upstream), results - 1);
    assert_eq!(ids(&upstream), before);
}

#[test]
fn an_expected_date_of_resolution_is_no_end() {
    let house = House::new(Some(&samples()), "[defaults]\ndepartment = { name = \"内科\" }\n");
    let list = file(&house, "0000000001", "PPR-01");
    let line = b"\rPRB|AD|20261112|20054174^GASTRITIS^MDCDX2|0000000001-9|||20261112|20261115||K297^^I10^O^^JHSD0004||||||20261112\r";
    fs::write(&list, [fs::read(&list).unwrap().trim_ascii_end(), line].concat()).unwrap();
    let mut upstream = Upstream::new(&house);
    upstream.run(TODAY);
    let bundles: Vec<Value> = ids(&upstream).iter().map(|id| bundle(&upstream, id)).collect();
    let entries = bundles.iter().flat_map(|bundle| bundle["entry"].as_array().unwrap());
    let condition = entries.map(|entry| &entry["resource"]).find(|one| one["onsetDateTime"] == "2026-11-12");
    let condition = condition.unwrap_or_else(|| panic!("{}", house.json(&["held"])));
    assert_eq!(condition["clinicalStatus"]["coding"][0]["code"], "active");
    assert!(condition.get("abatementDateTime").is_none(), "{condition}");
}

#[test]
fn another_institution_number_starts_new_units() {
    let house = House::new(Some(&samples()), BRAKE_OFF);
    let mut upstream = Upstream::new(&house);
    let first = upstream.run(TODAY);
    let before = ids(&upstream);
    let settings = fs::read_to_string(house.path("tsugite.toml")).unwrap();
    fs::write(house.path("tsugite.toml"), settings.replace("1319999999", "1319999998")).unwrap();
    assert_eq!(operations(&mut upstream), vec!["register"; first]);
    let both = ids(&upstream);
    assert!(both.is_superset(&before), "the old ones are left");
    let new: Vec<&String> = both.difference(&before).collect();
    assert!(new.len() == first && new.iter().all(|id| id.starts_with("1319999998^2026^")), "{new:?}");
    let local = |id: &String| id.rsplit('^').next().unwrap().to_owned();
    let (old, new): (BTreeSet<_>, BTreeSet<_>) =
        (before.iter().map(local).collect(), new.into_iter().map(local).collect());
    assert!(old.is_disjoint(&new));
}

#[test]
fn the_clock_dates_the_bundle_and_decides_nothing_about_older_facts() {
    let house = House::new(Some(&samples()), "");
    let convert = |as_of: &str, out: &str, further: &[&str]| {
        let (storage, out) = (house.path("storage"), house.path(out));
        let mut command = house.command(&["convert", storage.to_str().unwrap(), "--out", out.to_str().unwrap()]);
        let status = command.args(["--institution", "1319999999", "--as-of", as_of]).args(further).output().unwrap();
        assert!(status.status.code().is_some_and(|code| code <= 1), "{}", String::from_utf8_lossy(&status.stderr));
        let mut found = Vec::new();
        files(&out.join("bundles"), &mut found);
        let read = |path: &PathBuf| serde_json::from_slice::<Value>(&fs::read(path).unwrap()).unwrap();
        found.iter().map(read).collect::<Vec<_>>()
    };
    let (day, moment) = (convert("2026-11-22", "a", &[]), convert("2027-03-01T10:20:30", "b", &[]));
    assert_eq!(day.len(), moment.len());
    for (bundles, clock) in [(&day, "2026-11-22T00:00:00.000+09:00"), (&moment, "2027-03-01T10:20:30.000+09:00")] {
        for bundle in bundles {
            assert_eq!((&bundle["timestamp"], &bundle["meta"]["lastUpdated"]), (&clock.into(), &clock.into()));
            // What the facts say keeps the time that the source gave it.
            let result = &bundle["entry"][1]["resource"]["meta"]["lastUpdated"];
            assert!(result.as_str().is_some_and(|at| at < "2026-11-22" && at > "2026-10-01"), "{result}");
        }
    }
    let labs = |bundles: &[Value]| {
        let is_lab = |bundle: &&Value| bundle["meta"]["tag"][0]["code"] == "Observation";
        bundles.iter().filter(is_lab).count()
    };
    // Without a start date everything goes, with one only what was collected since.
    let since = convert("2026-11-22", "c", &["--since", "2026-11-05"]);
    assert!(labs(&since) > 0 && labs(&since) < labs(&day), "{} {}", labs(&since), labs(&day));
}

#[test]
fn reprocessing_shows_first_and_asks_beyond_the_brake() {
    let house = House::new(Some(&samples()), "[maps]\nfolder = \"maps\"\n");
    fs::create_dir(house.path("maps")).unwrap();
    let mut upstream = Upstream::new(&house);
    upstream.run(TODAY);
    fs::write(house.path("maps/units.csv"), "printed,ucum,spellings\nmmol/L,mmol/L,mEq/L\n").unwrap();
    assert_eq!(upstream.run(TODAY), 0);
    let as_of = ["reprocess", "--as-of", "2026-11-22"];
    let (code, out, words) = house.tell(&[&as_of[..], &["--go"]].concat());
    assert!(code == Some(2) && words.contains("--over-brake"), "{out} {words}");
    assert_eq!(upstream.run(TODAY), 0);
    house.tell(&[&as_of[..], &["--go", "--over-brake"]].concat());
    let sent = operations(&mut upstream);
    assert!(!sent.is_empty() && sent.iter().all(|operation| operation == "change"), "{sent:?}");
}
