//! What a person does while the service runs, and what the service does by itself.

use super::house::{House, Lab, samples};
use std::{
    fs,
    io::{Cursor, Write as _},
    thread,
    time::Duration,
};
use zip::{ZipWriter, write::SimpleFileOptions};

fn lab(order: u32) -> Lab {
    Lab { patient: "0000000003", order, version: 0, value: 77_000 + order }
}

/// A house that has said everything that it has to say.
fn settled(further: &str) -> (House, super::house::Running, super::house::Running) {
    let house = House::new(Some(&samples()), further);
    let (serve, centre) = (house.serve(), house.centre(&[]));
    house.approve_the_plan();
    house.until("the samples are at the centre", || house.live().len() == 10 && house.is_quiet());
    (house, serve, centre)
}

fn holds(house: &House, lab: &Lab) -> bool {
    house.live().values().any(|bundle| bundle.contains(&lab.value.to_string()))
}

#[test]
fn what_is_dropped_goes_up_and_what_cannot_be_used_is_put_aside_and_told() {
    let (house, _serve, _centre) = settled("");
    let good = lab(7001);
    house.drop_file(&good.name('1'), &good.bytes());
    house.drop_file("letter.txt", b"no export at all");
    house.until("the report is at the centre", || holds(&house, &good));
    house.until("both were put away", || {
        house.path("drop/done").join(good.name('1')).exists() && house.path("drop/error/letter.txt").exists()
    });
    house.until("the desk is told", || {
        house.json(&["held"]).as_array().unwrap().iter().any(|row| row["origins"].to_string().contains("letter.txt"))
    });
    fs::remove_file(house.path("drop/error/letter.txt")).unwrap();
    house.drop_file("another.txt", b"no export either");
    house.until("what was taken away is held no more", || {
        let held = house.json(&["held"]).to_string();
        held.contains("another.txt") && !held.contains("letter.txt")
    });
}

#[test]
fn what_can_be_used_of_a_dropped_zip_goes_up_and_what_cannot_is_told() {
    let (house, _serve, _centre) = settled("");
    let reports = [lab(7011), lab(7012), lab(7013)];
    let pack = |members: &[(String, Vec<u8>)]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let member = |lab: &Lab| (format!("lab/{}", lab.name('1')), lab.bytes());
    let [whole, partly, inner] = &reports;
    house.drop_file("whole.zip", &pack(&[member(whole)]));
    let inner_zip = ("inner.zip".to_owned(), pack(&[member(inner)]));
    house.drop_file("partly.zip", &pack(&[inner_zip, member(partly)]));
    house.drop_file("damaged.zip", &pack(&[member(whole)])[..60]);
    house.until("both reports are at the centre", || holds(&house, whole) && holds(&house, partly));
    house.until("all were put away whole", || {
        ["done/whole.zip", "error/partly.zip", "error/damaged.zip"]
            .iter()
            .all(|path| house.path("drop").join(path).exists())
    });
    house.until("the desk is told", || {
        let held = house.json(&["held"]).to_string();
        held.contains("partly.zip") && held.contains("damaged.zip") && !held.contains("whole.zip")
    });
    assert!(house.log().contains("INTAKE-014") && house.log().contains("INTAKE-008"), "{}", house.log());
    assert!(!holds(&house, inner));
}

#[test]
fn a_pause_is_obeyed_at_once_and_ends_with_resume() {
    let (house, _serve, _centre) = settled("");
    assert_eq!(house.tell(&["queue", "pause"]).0, Some(0));
    let report = lab(7002);
    house.drop_file(&report.name('1'), &report.bytes());
    house.until("it waits", || {
        house.json(&["queue", "list"])["submissions"].as_array().unwrap().iter().any(|s| s["state"] == "queued")
    });
    thread::sleep(Duration::from_millis(300));
    assert!(!holds(&house, &report));
    house.tell(&["queue", "resume"]);
    house.until("it is at the centre", || holds(&house, &report));
    let audit = house.json(&["audit", "list"]).to_string();
    assert!(audit.contains("\"pause\"") && audit.contains("\"resume\""), "{audit}");
}

#[test]
fn settings_are_taken_up_while_it_runs_and_wrong_ones_change_nothing() {
    let (house, _serve, _centre) = settled("");
    house.settings("[sevice]\n");
    house.until("the mistake is told", || house.log().contains("unknown key `sevice`; did you mean `service`?"));
    let report = lab(7003);
    house.drop_file(&report.name('1'), &report.bytes());
    house.until("it works on with the old ones", || holds(&house, &report));
    fs::write(house.path("patients.csv"), "患者番号,扱い\n0000000004,送信しない\n").unwrap();
    house.settings("[overlay]\npatients = \"patients.csv\"\n[brake]\npercent = 100\n");
    house.until("the excluded patient is cancelled", || house.live().len() == 10 && house.is_quiet());
    assert!(house.log().contains("the settings have changed and are in use"));
}

#[test]
fn a_second_service_is_refused_and_a_run_and_a_plan_are_told_or_shown() {
    let (house, _serve, _centre) = settled("");
    let (code, _, words) = house.tell(&["run"]);
    assert_eq!(code, Some(2));
    assert!(words.contains("at work"), "{words}");
    let plan = house.json(&["plan"]);
    assert_eq!(plan["units"]["register"].as_u64().unwrap() + plan["units"]["change"].as_u64().unwrap(), 0, "{plan}");
}

#[cfg(unix)]
#[test]
fn asked_to_stop_it_waits_for_answers_and_ends_well() {
    let (house, serve, _centre) = settled("");
    assert_eq!(serve.terminate(), Some(0));
    assert!(house.log().contains("\"stopped\""), "{}", house.log());
    assert!(house.json(&["audit", "list"]).to_string().contains("stopped"));
    // And it goes on where it was.
    let report = lab(7004);
    house.drop_file(&report.name('1'), &report.bytes());
    let _serve = house.serve();
    house.until("it goes on", || holds(&house, &report));
    assert_eq!(house.live().len(), 11, "nothing was said twice");
}

#[test]
fn who_looks_while_the_database_is_being_made_waits_for_it() {
    let house = House::new(None, "");
    fs::create_dir(house.path("home")).unwrap();
    // What the service holds from its first moment on, before there is a database.
    let lock = fs::File::create(house.path("home/tsugite.db.lock")).unwrap();
    lock.lock().unwrap();
    let maker = thread::spawn(move || {
        thread::sleep(Duration::from_millis(500));
        drop(lock);
    });
    let (code, _, words) = house.tell(&["queue", "list"]);
    assert_eq!(code, Some(0), "{words}");
    maker.join().unwrap();
}

#[test]
fn without_the_guides_package_nothing_is_sent_unless_the_settings_allow_it() {
    let house = House::new(Some(&samples()), "");
    let settings = fs::read_to_string(house.path("tsugite.toml")).unwrap();
    fs::write(house.path("tsugite.toml"), settings.replace("without_packages = true", "without_packages = false"))
        .unwrap();
    let mut serve = house.serve();
    let status = serve.0.wait().unwrap();
    assert_eq!(status.code(), Some(2));
    assert!(house.log().contains("ig add"), "{}", house.log());
}

#[test]
fn a_copy_is_restored_and_no_unit_gets_a_second_id() {
    let (house, serve, _centre) = settled("");
    assert_eq!(house.tell(&["backup"]).0, Some(0));
    let report = lab(7005);
    house.drop_file(&report.name('1'), &report.bytes());
    house.until("it is at the centre", || holds(&house, &report) && house.is_quiet());
    let before = house.live();
    assert_eq!(house.tell(&["restore"]).0, Some(2), "not while the service works");
    serve.kill();
    let (code, out, words) = house.tell(&["restore"]);
    assert_eq!(code, Some(0), "{out} {words}");
    // The report was put away: the source hands it over again.
    let done = house.path("drop/done").join(report.name('1'));
    fs::rename(done, house.path("drop").join(report.name('1'))).unwrap();
    let _serve = house.serve();
    thread::sleep(Duration::from_secs(3));
    house.until("it knows again what it knew", || house.is_quiet());
    assert_eq!(house.live().keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    assert_eq!(house.json(&["audit", "verify"])["holds"], true);
}

#[cfg(unix)]
#[test]
fn key_database_and_log_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (house, _serve, _centre) = settled("");
    for name in ["tsugite.db", "tsugite.db-wal", "issued.log", "issued.log.key"] {
        let mode = fs::metadata(house.path("home").join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name}");
    }
    let mode = fs::metadata(house.path("home")).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o700);
}

#[cfg(unix)]
#[test]
fn links_in_a_watched_folder_are_told_and_left_alone() {
    let (house, _serve, _centre) = settled("");
    let report = lab(7006);
    fs::write(house.path("secret"), report.bytes()).unwrap();
    std::os::unix::fs::symlink(house.path("secret"), house.path("drop").join(report.name('1'))).unwrap();
    house.until("the link is told", || house.json(&["held"]).is_array() && house.log().contains("INTAKE-004"));
    thread::sleep(Duration::from_secs(2));
    assert!(!holds(&house, &report));
    assert!(house.path("secret").exists() && house.path("drop").join(report.name('1')).exists());
}

#[test]
fn a_lost_key_is_told_and_no_other_is_made_for_it() {
    let (house, serve, _centre) = settled("");
    serve.kill();
    fs::rename(house.path("home/issued.log.key"), house.path("key")).unwrap();
    for command in [["queue", "list"], ["queue", "pause"]] {
        assert_eq!(house.tell(&command).0, Some(3));
    }
    assert!(!house.path("home/issued.log.key").exists());
    fs::rename(house.path("key"), house.path("home/issued.log.key")).unwrap();
    assert_eq!(house.tell(&["queue", "pause"]).0, Some(0));
}

#[test]
fn what_was_accepted_is_sent_once_more_when_a_person_asks_for_it() {
    let (house, _serve, _centre) = settled("");
    let all = house.json(&["queue", "list", "--all"]);
    let accepted = all["submissions"].as_array().unwrap().iter().find(|s| s["state"] == "accepted").unwrap().clone();
    assert_eq!(house.tell(&["queue", "resend", &accepted["number"].to_string()]).0, Some(0));
    house.until("it went as a change", || {
        let all = house.json(&["queue", "list", "--all"]);
        all["submissions"]
            .as_array()
            .unwrap()
            .iter()
            .any(|s| s["bundle_id"] == accepted["bundle_id"] && s["operation"] == "change" && s["state"] == "accepted")
    });
    thread::sleep(Duration::from_secs(3));
    let all = house.json(&["queue", "list", "--all"]);
    let said =
        all["submissions"].as_array().unwrap().iter().filter(|s| s["bundle_id"] == accepted["bundle_id"]).count();
    assert_eq!(said, 2, "once more, and once only");
    assert_eq!(house.live().len(), 10);
}

#[test]
fn a_corrected_map_goes_up_when_a_person_asks_for_it_and_not_before() {
    let house = House::new(Some(&samples()), "[maps]\nfolder = \"maps\"\n");
    fs::create_dir(house.path("maps")).unwrap();
    let (_serve, _centre) = (house.serve(), house.centre(&[]));
    house.approve_the_plan();
    house.until("the samples are at the centre", || house.live().len() == 10 && house.is_quiet());
    let before = house.live();
    fs::write(house.path("maps/units.csv"), "printed,ucum,spellings\nmmol/L,mmol/L,mEq/L\n").unwrap();
    house.until("the map is in use", || house.log().contains("the settings have changed"));
    thread::sleep(Duration::from_secs(2));
    assert_eq!(house.live(), before, "nothing goes by itself");
    let plan = house.json(&["reprocess"]);
    let differ = plan["differ"].as_array().unwrap().len();
    assert!(differ > 0, "{plan}");
    let (code, _, words) = house.tell(&["reprocess", "--go"]);
    assert!(code == Some(2) && words.contains("--over-brake"), "{words}");
    assert_eq!(house.live(), before);
    assert_eq!(house.tell(&["reprocess", "--go", "--over-brake"]).0, Some(0));
    house.until("the centre has them", || house.is_quiet() && house.live().values().any(|b| b.contains("mmol/L")));
    assert_eq!(house.live().keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "under their ids");
    assert_eq!(house.json(&["reprocess"])["differ"].as_array().unwrap().len(), 0);
    assert_eq!(house.json(&["patients"])["ask_insurance"].as_array().unwrap().len(), 0);
}

#[test]
fn unplugged_it_takes_in_and_waits_and_plugged_in_again_it_goes_on() {
    let (house, _serve, centre) = settled("");
    centre.kill();
    fs::rename(house.path("terminal"), house.path("unplugged")).unwrap();
    house.until("the terminal is missed", || house.log().contains("UPSTREAM-006"));
    let report = lab(7007);
    house.drop_file(&report.name('1'), &report.bytes());
    house.until("it waits", || {
        house.json(&["queue", "list"])["submissions"].as_array().unwrap().iter().any(|s| s["state"] == "queued")
    });
    fs::rename(house.path("unplugged"), house.path("terminal")).unwrap();
    let _centre = house.centre(&[]);
    house.until("it is at the centre", || holds(&house, &report));
    assert_eq!(house.live().len(), 11);
}
