//! What a clinic lives through, against the sandbox centre: what goes up, what does not, and what stops and asks (`rules` §4–6).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "scenarios/clinic.rs"]
mod clinic;
#[path = "scenarios/codes.rs"]
mod codes;
mod common;
#[path = "scenarios/letters.rs"]
mod letters;
#[path = "scenarios/receipts.rs"]
mod receipts;
#[path = "scenarios/records.rs"]
mod records;
#[path = "scenarios/zips.rs"]
mod zips;

use clinic::*;
use common::*;
use serde_json::Value;
use std::{collections::BTreeSet, fs, process::Command};
use tsugite_sandbox::Event;

const BRAKE_OFF: &str = "[brake]\npercent = 100\n";

#[test]
fn a_second_run_sends_nothing_nor_does_the_next_day_or_a_run_five_years_later() {
    let mut clinic = Clinic::new();
    let first = clinic.run();
    assert_eq!(first.events.len(), 10, "{}", first.summary);
    assert!(first.events.iter().all(|event| event.code == "SBX0000I" && event.operation == "register"));
    assert_eq!(first.summary["answers"]["registered"], 10);
    let live = clinic.live();
    for day in [TODAY, "2026-11-23", "2031-11-23"] {
        let again = clinic.run_with(&["run", "--as-of", day]);
        again.sent_nothing();
        assert_eq!(again.summary["units"]["cancel"], 0, "{day}");
    }
    assert_eq!(clinic.live(), live);
}

#[test]
fn what_grows_old_at_the_centre_is_renewed_where_that_is_set() {
    // By then ended diagnoses have left the list, which the brake would ask about.
    let renewing = format!("{BRAKE_OFF}[resend]\nrefresh_before = \"4y6m\"\n");
    let mut clinic = Clinic::of(&root().join("samples/clinic/ssmix2/1319999999"), &renewing);
    clinic.run();
    let live = clinic.live();
    clinic.run_with(&["run", "--as-of", "2031-05-01"]).sent_nothing();
    let round = clinic.run_with(&["run", "--as-of", "2031-07-01"]);
    assert_eq!(round.operations(), ["change"; 10], "{}", round.summary);
    assert_eq!(clinic.live().len(), live.len());
}

#[test]
fn the_key_of_the_ledger_is_renewed_and_nothing_is_sent_again() {
    let mut clinic = Clinic::new();
    clinic.run();
    let (old, file) = (clinic.path("old.key"), clinic.path("home/issued.log.key"));
    fs::copy(&file, &old).unwrap();
    assert_eq!(clinic.json(&["keys", "rotate"])["older_keys"], 1);
    assert_eq!(clinic.json(&["keys", "drop-older"])["older_keys"], 0);
    assert_eq!(clinic.json(&["audit", "verify"])["holds"], true);
    clinic.run().sent_nothing();
    fs::copy(old, file).unwrap();
    let code = clinic.command(&["queue", "list"]).output().unwrap().status.code();
    assert_eq!(code, Some(3), "the old key opens nothing any more");
}

#[test]
fn a_conversion_with_the_log_of_issued_ids_keeps_the_years_of_what_was_issued() {
    let mut clinic = Clinic::new();
    clinic.run();
    let ids = |clinic: &Clinic, ledger: &[&str]| {
        let (storage, out) = (clinic.path("storage"), clinic.path("out"));
        let arguments = ["convert", storage.to_str().unwrap(), "--as-of", "2027-01-05", "--out", out.to_str().unwrap()];
        clinic.tell(&[&arguments, ledger].concat());
        let report: Value = serde_json::from_slice(&fs::read(out.join("report.json")).unwrap()).unwrap();
        let bundles = report["bundles"].as_array().unwrap().iter();
        bundles.map(|bundle| bundle["bundle_id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let log = clinic.path("home/issued.log");
    let with = ids(&clinic, &["--ledger", log.to_str().unwrap()]);
    let live = clinic.live();
    assert_eq!(live.len(), 10);
    assert!(live.iter().all(|id| with.contains(id)), "{with:?}");
    assert!(ids(&clinic, &[]).iter().all(|id| id.contains("^2027^")));
    fs::write(clinic.path("no.log"), "no log\n").unwrap();
    let told = clinic.tell(&["convert", "storage", "--out", "o", "--ledger", clinic.path("no.log").to_str().unwrap()]);
    assert!(told.contains("no.log") && told.contains("line 1: expected"), "{told}");
}

#[test]
fn nothing_goes_up_before_the_plan_is_approved() {
    let mut clinic = Clinic::new();
    let plan = clinic.json(&["plan", "--as-of", TODAY]);
    assert_eq!(plan["units"]["register"], 11);
    let first = clinic.run_with(&["run", "--as-of", TODAY]);
    first.sent_nothing();
    assert!(first.said("SEND-006") && first.code == 1);
    clinic.tell(&["queue", "approve", "--plan"]);
    assert_eq!(clinic.run_with(&["run", "--as-of", TODAY]).events.len(), 10);
}

#[test]
fn a_changed_telephone_number_sends_nothing() {
    let mut clinic = Clinic::new();
    clinic.run();
    update(&clinic.file("0000000001", "ADT-00"), |bytes| replace(bytes, "000-0000-0001", "000-0000-9999"));
    let round = clinic.run();
    assert_eq!(round.summary["files"]["read"], 2, "the new file and the renamed one were seen");
    round.sent_nothing();
}

#[test]
fn a_changed_problem_list_sends_one_change_under_the_same_id() {
    let mut clinic = Clinic::new();
    clinic.run();
    let live = clinic.live();
    update(&clinic.file("0000000001", "PPR-01"), one_more);
    let round = clinic.run();
    assert_eq!(round.operations(), ["change"]);
    assert_eq!(round.summary["answers"]["changed"], 1);
    assert_eq!(clinic.live(), live);
    clinic.run().sent_nothing();
}

#[test]
fn a_report_deleted_by_a_rename_with_its_mtime_kept_sends_one_cancel() {
    let mut clinic = Clinic::of(&root().join("samples/clinic/ssmix2/1319999999"), BRAKE_OFF);
    clinic.run();
    let report = clinic.file("0000000003", "OML-11");
    let before = fs::metadata(&report).unwrap().modified().unwrap();
    let deleted = flag(&report, '0');
    assert_eq!(fs::metadata(&deleted).unwrap().modified().unwrap(), before);
    let round = clinic.run();
    assert_eq!(round.operations(), ["cancel"]);
    let cancelled = round.events[0].bundle_id.clone();
    assert!(!clinic.live().contains(&cancelled));
    assert!(!round.said("SEND-002"), "a rename is no loss");
    clinic.run().sent_nothing();

    // The report comes again: another Bundle-ID, as the first was cancelled.
    let again = replace(&fs::read(&deleted).unwrap(), "|F", "|C");
    let name = deleted.file_name().unwrap().to_string_lossy().replace("20261002090000000", "20261003090000000");
    fs::write(deleted.with_file_name(format!("{}1", &name[..name.len() - 1])), again).unwrap();
    let round = clinic.run();
    assert_eq!(round.operations(), ["register"]);
    assert_ne!(round.events[0].bundle_id, cancelled);
}

#[test]
fn the_brake_stops_a_cancel_of_too_much_until_a_person_agrees() {
    let mut clinic = Clinic::new();
    clinic.run();
    flag(&clinic.file("0000000003", "OML-11"), '0');
    let stopped = clinic.run();
    stopped.sent_nothing();
    assert!(stopped.said("SEND-001") && stopped.code == 1, "{}", stopped.summary);
    let list = clinic.json(&["queue", "list"]);
    assert_eq!(list["waits_for_approval"][0]["approve"], "brake");
    clinic.run().sent_nothing();
    clinic.tell(&["queue", "approve", "--brake"]);
    assert_eq!(clinic.run().operations(), ["cancel"]);
}

#[test]
fn a_half_read_storage_cancels_nothing_and_stops() {
    let mut clinic = Clinic::new();
    clinic.run();
    let live = clinic.live();
    for patient in ["0000000001", "0000000003", "0000000004", "0000000008", "0000000011"] {
        let folder = clinic.path(&format!("storage/000/000/{patient}"));
        fs::rename(folder, clinic.path(patient)).unwrap();
    }
    update(&clinic.file("0000000002", "PPR-01"), one_more);
    let round = clinic.run();
    round.sent_nothing();
    assert!(round.said("SEND-003") && round.code == 1, "{}", round.summary);
    assert_eq!(round.summary["units"]["cancel"], 0);

    for patient in ["0000000001", "0000000003", "0000000004", "0000000008", "0000000011"] {
        fs::rename(clinic.path(patient), clinic.path(&format!("storage/000/000/{patient}"))).unwrap();
    }
    assert_eq!(clinic.run().operations(), ["change"], "all is there again, and what is new goes");
    assert_eq!(clinic.live(), live);
}

#[test]
fn one_file_that_is_gone_is_an_alarm_until_someone_answers_and_the_rest_goes() {
    let mut clinic = Clinic::new();
    clinic.run();
    fs::remove_file(clinic.file("0000000003", "OML-11")).unwrap();
    update(&clinic.file("0000000001", "PPR-01"), one_more);
    let round = clinic.run();
    assert!(round.said("SEND-002") && round.code == 1, "{}", round.summary);
    assert_eq!(round.operations(), ["change"]);
    assert!(clinic.run().said("SEND-002"));
    clinic.tell(&["queue", "approve", "--vanished"]);
    let round = clinic.run();
    assert!(!round.said("SEND-002"));
    round.sent_nothing();
}

#[test]
fn a_file_that_lost_most_of_its_lines_in_place_is_not_believed() {
    let mut clinic = Clinic::new();
    clinic.run();
    let list = clinic.file("0000000001", "PPR-01");
    let bytes = fs::read(&list).unwrap();
    let second = bytes.windows(4).enumerate().filter(|(_, window)| window == b"\rPRB").nth(1).unwrap().0;
    fs::write(&list, &bytes[..=second]).unwrap();
    let round = clinic.run();
    assert!(round.said("SEND-004"), "{}", round.summary);
    round.sent_nothing();
}

#[test]
fn a_whole_list_that_lost_much_stops_and_asks() {
    let mut clinic = Clinic::of(&root().join("samples/clinic/ssmix2/1319999999"), BRAKE_OFF);
    clinic.run();
    update(&clinic.file("0000000001", "PPR-01"), |bytes| {
        let second = bytes.windows(4).enumerate().filter(|(_, window)| window == b"\rPRB").nth(1).unwrap().0;
        bytes[..=second].to_vec()
    });
    let round = clinic.run();
    round.sent_nothing();
    assert!(round.said("SEND-005"), "{}", round.summary);
    clinic.tell(&["queue", "approve", "--brake"]);
    assert_eq!(clinic.run().operations(), ["change"]);
}

#[test]
fn a_lost_answer_sends_the_same_bytes_under_the_same_id() {
    let mut clinic = Clinic::of(&root().join("samples/clinic/ssmix2/1319999999"), "");
    let settings = fs::read_to_string(clinic.path("tsugite.toml")).unwrap();
    let deaf = settings.replace("wait_seconds = 20", "wait_seconds = 1").replace("terminal/res", "elsewhere");
    fs::write(clinic.path("tsugite.toml"), deaf).unwrap();
    fs::create_dir(clinic.path("elsewhere")).unwrap();
    let lost = clinic.run();
    assert_eq!(lost.operations(), ["register"], "after one lost answer the round stops");
    assert_eq!(lost.summary["answers"]["no_answer"], 1);
    assert!(lost.said("UPSTREAM-008"));
    let (id, payload) = (lost.events[0].bundle_id.clone(), clinic.centre.registrations().unwrap()[0].payload.clone());

    fs::write(clinic.path("tsugite.toml"), settings).unwrap();
    let mut results = Vec::new();
    files(&clinic.path("terminal/res"), &mut results);
    results.iter().for_each(|result| fs::remove_file(result).unwrap());
    let again = clinic.run();
    assert_eq!((again.events[0].bundle_id.as_str(), again.events[0].code.as_str()), (id.as_str(), "SBX1001W"));
    assert_eq!(again.events.len(), 10);
    assert_eq!(clinic.live_of(&id).len(), 1);
    let held = clinic.centre.registrations().unwrap().into_iter().find(|r| r.bundle_id == id).unwrap();
    assert_eq!(held.payload, payload);
    clinic.run().sent_nothing();
}

#[test]
fn an_unfetched_request_is_taken_back_and_goes_later() {
    let clinic = Clinic::of(&root().join("samples/clinic/ssmix2/1319999999"), "");
    let settings = fs::read_to_string(clinic.path("tsugite.toml")).unwrap();
    fs::write(clinic.path("tsugite.toml"), settings.replace("wait_seconds = 20", "wait_seconds = 0")).unwrap();
    // Nobody works at the other end.
    let summary = clinic.json(&["run", "--yes", "--as-of", TODAY]);
    assert_eq!((&summary["answers"]["registered"], &summary["answers"]["waiting"]), (&0.into(), &10.into()));
    assert_eq!(fs::read_dir(clinic.path("terminal/req")).unwrap().count(), 0);
}

#[test]
fn an_unknown_insured_number_waits_for_new_insurance_and_then_goes_by_itself() {
    let mut clinic = Clinic::new();
    fs::write(clinic.path("terminal/unknown-insured.txt"), "00139999:*\n").unwrap();
    let first = clinic.run();
    let refused = first.summary["answers"]["rejected"].as_u64().unwrap();
    assert!(refused > 0, "{}", first.summary);
    clinic.run().sent_nothing();
    update(&clinic.file("0000000001", "ADT-00"), |bytes| replace(bytes, "|139999|", "|138888|"));
    let after = clinic.run();
    assert!(!after.events.is_empty() && after.events.iter().all(Event::is_accepted), "{}", after.summary);
}

#[test]
fn where_it_is_set_a_refused_change_is_tried_under_the_new_insured_id() {
    for (setting, requests) in [("", 1), ("[resend]\nnew_insured_id = true\n", 2)] {
        let mut clinic = Clinic::new();
        clinic.run();
        clinic.settings(setting);
        // The centre no longer knows the insurance under which it holds the patient.
        fs::write(clinic.path("terminal/unknown-insured.txt"), "00139999:*\n").unwrap();
        update(&clinic.file("0000000001", "ADT-00"), |bytes| replace(bytes, "|139999|", "|138888|"));
        update(&clinic.file("0000000001", "PPR-01"), one_more);
        let round = clinic.run();
        assert_eq!(round.operations(), vec!["change"; requests], "{}", round.summary);
        let ids: BTreeSet<&str> = round.events.iter().map(|event| event.bundle_id.as_str()).collect();
        assert_eq!((ids.len(), &round.summary["answers"]["rejected"]), (1, &serde_json::json!(1)));
        clinic.run().sent_nothing();
    }
}

#[test]
fn a_change_of_number_by_the_table_starts_new_lists_and_leaves_or_cancels_the_old_ones() {
    for (replaced, cancelled) in [("leave", false), ("cancel", true)] {
        let mut clinic = Clinic::new();
        let table = format!(
            "[[institutions]]\nnumber = \"1319999999\"\nto = \"2026-11-30\"\n\
             [[institutions]]\nnumber = \"1318888888\"\nfrom = \"2026-12-01\"\n{BRAKE_OFF}"
        );
        clinic.settings(&table);
        let settings = fs::read_to_string(clinic.path("tsugite.toml")).unwrap();
        let settings = settings.replacen("number = \"1319999999\"", &format!("replaced = \"{replaced}\""), 1);
        fs::write(clinic.path("tsugite.toml"), settings).unwrap();
        assert_eq!(clinic.run().operations(), ["register"; 10], "one number until the end of November");
        let reports = clinic.live().len();
        let lists: BTreeSet<String> = clinic.live().into_iter().collect();

        let december = clinic.run_with(&["run", "--as-of", "2026-12-01"]);
        assert!(!december.events.is_empty() && december.operations().iter().all(|operation| *operation == "register"));
        assert!(december.events.iter().all(|event| event.bundle_id.starts_with("1318888888^") && event.is_accepted()));
        assert_eq!(clinic.live().len(), reports + december.events.len(), "received first");
        let later = clinic.run_with(&["run", "--as-of", "2026-12-02"]);
        let expected = if cancelled { december.events.len() } else { 0 };
        assert_eq!(later.operations(), vec!["cancel"; expected]);
        assert!(later.events.iter().all(|event| lists.contains(&event.bundle_id)));
        clinic.run_with(&["run", "--as-of", "2026-12-03"]).sent_nothing();
    }
}

#[test]
fn a_new_insured_number_alone_sends_nothing_and_goes_with_the_next_change() {
    let mut clinic = Clinic::new();
    clinic.run();
    update(&clinic.file("0000000001", "ADT-00"), |bytes| replace(bytes, "|139999|", "|138888|"));
    clinic.run().sent_nothing();
    update(&clinic.file("0000000001", "PPR-01"), one_more);
    let round = clinic.run();
    assert_eq!(round.operations(), ["change"]);
    assert!(round.events[0].is_accepted(), "addressed with the number of the registration: {:?}", round.events[0]);
    let held = clinic.centre.registrations().unwrap();
    let changed: Vec<_> = held.iter().filter(|r| r.bundle_id == round.events[0].bundle_id).collect();
    assert!(changed.len() == 1 && changed[0].insured_id.starts_with("00138888:"), "{}", changed[0].insured_id);
}

#[test]
fn an_older_ledger_goes_on_under_the_ids_of_the_log() {
    let mut clinic = Clinic::new();
    clinic.run();
    let live = clinic.live();
    for name in ["tsugite.db", "tsugite.db-wal", "tsugite.db-shm"] {
        let _ = fs::remove_file(clinic.path("home").join(name));
    }
    let round = clinic.run();
    assert!(round.code <= 1, "{}", round.summary);
    assert_eq!(clinic.live(), live, "no Unit has two live Bundle-IDs");
    clinic.run().sent_nothing();
}

#[test]
fn a_diagnosis_for_review_goes_after_a_person_has_looked() {
    let mut clinic = Clinic::new();
    assert!(clinic.run().said("SEND-007"));
    let list = clinic.json(&["queue", "list"]);
    let waiting = &list["submissions"][0];
    assert_eq!((&waiting["state"], &waiting["patient"]), (&"draft".into(), &"0000000007".into()));
    clinic.tell(&["queue", "approve", &waiting["number"].to_string()]);
    assert_eq!(clinic.run().operations(), ["register"]);
}

#[test]
fn what_a_person_took_out_of_the_queue_stays_out() {
    let mut clinic = Clinic::new();
    clinic.run();
    let number = clinic.json(&["queue", "list"])["submissions"][0]["number"].to_string();
    clinic.tell(&["queue", "cancel", &number]);
    clinic.run().sent_nothing();
    assert_eq!(clinic.json(&["queue", "list"])["submissions"], Value::Array(vec![]));
}

#[test]
fn the_held_list_tells_whom_why_and_what_to_do() {
    let mut clinic = Clinic::new();
    clinic.run();
    let held = clinic.json(&["held"]);
    let rows = held.as_array().unwrap();
    for patient in ["0000000005", "0000000006", "0000000009", "0000000010"] {
        assert!(rows.iter().any(|row| row["patient"] == patient), "{patient}");
    }
    assert!(rows.iter().all(|row| row["remedy"].as_str().is_some_and(|remedy| !remedy.is_empty())));
}

#[test]
fn a_patient_with_a_new_number_is_registered_under_it_before_the_old_one_is_cancelled() {
    let overlay = format!("{BRAKE_OFF}[overlay]\npatients = \"patients.csv\"\n");
    let mut clinic = Clinic::of(&root().join("samples/clinic/ssmix2/1319999999"), &overlay);
    let decide = |clinic: &Clinic, rows: &str| {
        fs::write(clinic.path("patients.csv"), format!("患者番号,扱い,新しい番号\n{rows}")).unwrap();
    };
    decide(&clinic, "");
    clinic.run();
    let old = clinic.live();
    decide(&clinic, "0000000001,番号変更,0000000099\n");
    let round = clinic.run();
    assert_eq!(round.operations(), ["register"; 3], "{}", round.summary);
    let round = clinic.run();
    assert_eq!(round.operations(), ["cancel"; 3], "{}", round.summary);
    assert!(round.events.iter().all(|event| event.is_accepted() && old.contains(&event.bundle_id)));
    clinic.run().sent_nothing();
}

#[test]
fn a_patient_who_shall_not_be_sent_is_cancelled() {
    let overlay = format!("{BRAKE_OFF}[overlay]\npatients = \"patients.csv\"\n");
    let mut clinic = Clinic::of(&root().join("samples/clinic/ssmix2/1319999999"), &overlay);
    fs::write(clinic.path("patients.csv"), "患者番号,扱い\n0000000004,送信しない\n").unwrap();
    assert_eq!(clinic.run().events.len(), 9);
    fs::write(clinic.path("patients.csv"), "患者番号,扱い\n0000000004,送信しない\n0000000001,送信しない\n").unwrap();
    assert_eq!(clinic.run().operations(), ["cancel"; 3]);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told_and_cancels_nothing() {
    let mut clinic = Clinic::new();
    clinic.run();
    let list = clinic.file("0000000001", "PPR-01");
    let outside = clinic.path("outside");
    fs::rename(&list, &outside).unwrap();
    std::os::unix::fs::symlink(&outside, &list).unwrap();
    let round = clinic.run();
    round.sent_nothing();
    assert!(!round.said("SEND-002"), "hidden is not gone");
    assert!(round.said("INTAKE-004"), "{}", round.summary);
    fs::rename(&outside, &list).unwrap();
    clinic.run().sent_nothing();
}

#[test]
fn a_trial_and_a_site_without_start_date_send_nothing() {
    let clinic = Clinic::new();
    let settings = fs::read_to_string(clinic.path("tsugite.toml")).unwrap();
    for (from, to, told) in [
        ("1319999999", "0019999999", "UPSTREAM-010"),
        ("[report]\nstart_date = \"2020-01-01\"\n", "", "start_date"),
        ("folders = [\"storage\"]", "", "folders"),
    ] {
        fs::write(clinic.path("tsugite.toml"), settings.replace(from, to)).unwrap();
        let output = clinic.command(&["run", "--yes"]).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2), "{text}");
        assert!(text.contains(told) || told == "UPSTREAM-010" && text.contains("trial"), "{text}");
    }
    assert!(!clinic.path("home/issued.log").exists());
}

#[test]
fn two_runs_at_once_are_refused() {
    let mut clinic = Clinic::new();
    clinic.run();
    let lock = fs::File::open(clinic.path("home/tsugite.db.lock")).unwrap();
    lock.lock().unwrap();
    assert!(clinic.tell(&["run"]).contains("at work"));
    assert!(clinic.json(&["queue", "list"])["submissions"].is_array(), "others may look");
}

#[test]
fn the_demo_needs_nothing_and_leaves_what_it_says() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("demo");
    let demo = |format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tsugite"));
        command.args(["--lang", "en", "--format", format, "demo", "--dir"]).arg(&place);
        command.output().unwrap()
    };
    let output = demo("json");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    // The old system with its documents, and the clinic without its vendor, whose problem lists wait for a doctor.
    let registered = result["halves"].as_array().unwrap().iter().map(|half| half["registered"].as_u64().unwrap());
    assert_eq!(registered.collect::<Vec<_>>(), [16, 9]);
    for (half, terminal) in result["halves"].as_array().unwrap().iter().zip(["terminal", "terminal-files"]) {
        assert_eq!(half["second"]["answers"]["registered"], 0);
        assert!(place.join(terminal).join("registrations").is_dir());
    }
    assert_eq!(demo("text").status.code(), Some(2), "a used folder is refused");
}

#[test]
fn a_larger_storage_with_updates_and_deletions_settles_in_one_run() {
    let storage = root().join("../shared/samples/ssmix2/dev/lifecycle/storage");
    if !storage.is_dir() {
        println!("skipped: the larger samples are not here");
        return;
    }
    let mut clinic = Clinic::of(&storage, BRAKE_OFF);
    let first = clinic.run();
    assert!(first.events.len() > 10 && first.events.iter().all(Event::is_accepted), "{}", first.summary);
    for day in [TODAY, "2026-11-23", "2031-11-22"] {
        clinic.run_with(&["run", "--as-of", day]).sent_nothing();
    }
    flag(&clinic.file("0749767697", "PPR-01"), '0');
    assert_eq!(clinic.run().operations(), ["cancel"]);
}
