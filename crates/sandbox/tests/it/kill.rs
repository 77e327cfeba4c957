//! A centre in a process of its own that is killed at random moments (SIGKILL), while a sender goes on.

use crate::{
    faults::{at, setup},
    semantics::{interface, open},
    sender::{Sender, UNITS},
};
use jiff::Timestamp;
use std::{
    env,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, SystemTime},
};
use tsugite_sandbox::{events, registrations};
use tsugite_upstream::{TerminalFolder, mix};

const DIR: &str = "TSUGITE_TEST_CENTRE";
const BEGAN: &str = "TSUGITE_TEST_BEGAN";
const STORM: &str = include_str!("storm.toml");

/// A clock that goes a thousand times as fast, the same in both processes.
fn clock(began: u128) -> Timestamp {
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_millis();
    at(i64::try_from(now - began).unwrap())
}

/// Does nothing but in the process that is to be killed.
#[test]
fn the_centre_that_is_killed() {
    let (Some(dir), Ok(began)) = (env::var_os(DIR).map(PathBuf::from), env::var(BEGAN)) else { return };
    // The one before may be dying still.
    let mut centre = open(&dir, setup(STORM, 17));
    // Nobody stays behind if the parent is gone.
    for _ in 0..60_000 {
        centre.process_at(clock(began.parse().unwrap())).unwrap();
        thread::sleep(Duration::from_millis(1));
    }
}

fn spawn(dir: &Path, began: u128) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "kill::the_centre_that_is_killed"]).env(DIR, dir).env(BEGAN, began.to_string());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn a_centre_that_is_killed_at_random_moments_forgets_nothing() {
    let kills = env::var("TSUGITE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(15_u64);
    let home = tempfile::tempdir().unwrap();
    let began = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_millis();
    // Makes the folders.
    drop(open(home.path(), setup("", 0)));
    let (requests, results) = (home.path().join("req"), home.path().join("res"));
    let mut transport = TerminalFolder::new(interface(), requests, results, home.path().join("quarantine"), "TG");
    let mut sender = Sender::new();
    for killed in 0..kills {
        let mut child = spawn(home.path(), began);
        // Some die before they have opened their folder, some in the middle of their work.
        let life = mix(3, killed) % 300;
        for step in 0..life / 2 {
            if step % 20 == 0 {
                let edition = (killed % 7 != 6).then(|| u32::try_from((killed + step) % 40).unwrap());
                sender.edit(usize::try_from((killed + step / 20) % 3).unwrap() % UNITS, edition);
            }
            sender.round(&mut transport, clock(began));
            thread::sleep(Duration::from_millis(2));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    // The weather clears.
    let mut centre = open(home.path(), setup("", 0));
    let clear = clock(began);
    for second in (0..9000).step_by(5) {
        let now = clear.checked_add(jiff::SignedDuration::from_secs(second)).unwrap();
        sender.round(&mut transport, now);
        centre.process_at(now).unwrap();
    }
    assert!(sender.is_done(), "{sender:?}");
    assert_eq!(centre.pending(), 0);
    sender.check(&registrations(home.path()).unwrap());
    let events = events(home.path()).unwrap();
    assert!(events.iter().zip(1..).all(|(event, number)| event.number == number), "the log has no gap");
    println!("{kills} kills, {} requests", events.len());
}
