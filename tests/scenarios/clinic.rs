//! The invented clinic with a centre of its own, and what changes in its storage.

use super::common::{copy, files};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};
use tsugite_sandbox::{Centre, Event, Options};
use tsugite_upstream::Interface;

pub const TODAY: &str = "2026-11-22";

/// A copy of the invented clinic with a centre of its own.
pub struct Clinic {
    pub dir: tempfile::TempDir,
    pub centre: Centre,
}

/// One run: its summary, and what reached the centre.
pub struct Round {
    pub code: i32,
    pub summary: Value,
    pub events: Vec<Event>,
}

impl Clinic {
    pub fn new() -> Self {
        Self::of(&root().join("samples/clinic/ssmix2/1319999999"), "")
    }

    /// `further`: lines of the settings.
    pub fn of(storage: &Path, further: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        copy(storage, &dir.path().join("storage"));
        let interface = Interface::from_toml(tsugite_mappings::UPSTREAM_CLINS.text).unwrap();
        let centre = Centre::open(&dir.path().join("terminal"), interface, Options::default()).unwrap();
        let clinic = Self { dir, centre };
        clinic.settings(further);
        clinic
    }

    pub fn settings(&self, further: &str) {
        let text = format!(
            "[institution]\nnumber = \"1319999999\"\n[source]\nfolders = [\"storage\"]\n[report]\nstart_date = \"2020-01-01\"\n\
             [upstream]\nrequests = \"terminal/req\"\nresults = \"terminal/res\"\npoll_milliseconds = 5\nwait_seconds = 20\n{further}"
        );
        fs::write(self.dir.path().join("tsugite.toml"), text).unwrap();
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// The only file of a patient and data type that is in force.
    pub fn file(&self, patient: &str, data_type: &str) -> PathBuf {
        let mut found = Vec::new();
        files(&self.path("storage"), &mut found);
        let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        found.retain(|path| {
            let name = name(path);
            name.starts_with(patient) && name.contains(&format!("_{data_type}_")) && name.ends_with("_1")
        });
        assert_eq!(found.len(), 1, "{patient} {data_type}: {found:?}");
        found.remove(0)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tsugite"));
        command.args(["--lang", "en", "--format", "json", "--home"]).arg(self.path("home")).args(arguments);
        command.arg("--config").arg(self.path("tsugite.toml"));
        command
    }

    pub fn tell(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        let output = self.command(arguments).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    }

    pub fn run(&mut self) -> Round {
        self.run_with(&["run", "--yes", "--as-of", TODAY])
    }

    /// Runs the gateway while the centre works.
    pub fn run_with(&mut self, arguments: &[&str]) -> Round {
        let before = self.centre.events().len();
        let mut child = self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while child.try_wait().unwrap().is_none() {
            self.centre.process().unwrap();
            thread::sleep(Duration::from_millis(3));
        }
        let output = child.wait_with_output().unwrap();
        let summary = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.is_empty() || summary.is_null(), "{told}");
        Round { code: output.status.code().unwrap(), summary, events: self.centre.events()[before..].to_vec() }
    }

    /// Bundle-IDs that the centre holds.
    pub fn live(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.centre.registrations().unwrap().into_iter().map(|r| r.bundle_id).collect();
        ids.sort();
        ids
    }

    pub fn live_of(&self, local: &str) -> Vec<String> {
        self.live().into_iter().filter(|id| id.contains(local)).collect()
    }
}

impl Round {
    pub fn operations(&self) -> Vec<&str> {
        self.events.iter().map(|event| event.operation.as_str()).collect()
    }

    pub fn said(&self, code: &str) -> bool {
        self.summary["issues"].get(code).is_some()
    }

    pub fn sent_nothing(&self) {
        assert!(self.events.is_empty(), "{:?} {}", self.operations(), self.summary);
    }
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The same file under another condition flag, as a storage renames it.
pub fn flag(path: &Path, flag: char) -> PathBuf {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let target = path.with_file_name(format!("{}{flag}", &name[..name.len() - 1]));
    fs::rename(path, &target).unwrap();
    target
}

/// What an update leaves: the old file as history, and a new one with a later time.
pub fn update(path: &Path, change: impl Fn(&[u8]) -> Vec<u8>) {
    let bytes = fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    flag(path, '2');
    let mut parts: Vec<String> = name.split('_').map(str::to_owned).collect();
    let time = parts[4].parse::<u64>().unwrap() + 1_000_000;
    parts[4] = time.to_string();
    fs::write(path.with_file_name(parts.join("_")), change(&bytes)).unwrap();
}

pub fn replace(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes());
    let at = at.unwrap_or_else(|| panic!("no {from}"));
    [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
}

/// Another diagnosis at the end of a problem list.
pub fn one_more(bytes: &[u8]) -> Vec<u8> {
    let line =
        "PRB|AD|20261112|20054174^GASTRITIS^MDCDX2|0000000001-9|||20261112|||K297^^I10^O^^JHSD0004||||||20261112\r";
    [bytes.trim_ascii_end(), b"\r", line.as_bytes()].concat()
}
