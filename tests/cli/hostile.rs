//! Inputs that mean harm, or are simply broken: a clear issue, the rest goes through, and memory stays flat.

use super::common::copy;
use serde_json::Value;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use zip::{ZipWriter, write::SimpleFileOptions};

fn clinic() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/clinic/ssmix2/1319999999").canonicalize().unwrap()
}

/// A folder of its own for each test: home, output and inputs.
pub struct Place(tempfile::TempDir);

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn tsugite(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tsugite"));
        command.arg("--lang").arg("en").arg("--home").arg(self.path("home")).args(arguments).current_dir(self.0.path());
        command
    }

    /// Converts and answers the report.
    pub fn convert(&self, inputs: &[&Path]) -> Value {
        let mut command = self.tsugite(&["convert", "--as-of", "2026-11-22", "--out", "out", "--fail-on", "none"]);
        let output = command.args(inputs).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&fs::read(self.path("out/report.json")).unwrap()).unwrap()
    }

    /// The sample storage, and the folder of a patient in it.
    fn storage(&self) -> (PathBuf, PathBuf) {
        let storage = self.path("1319999999");
        copy(&clinic(), &storage);
        let patient = storage.join("000/000/0000000001/-/PPR-01");
        (storage, patient)
    }
}

/// What an undisturbed run over the sample storage gives.
fn undisturbed() -> Value {
    let place = Place::new();
    let (storage, _) = place.storage();
    place.convert(&[&storage])
}

pub fn told(report: &Value, code: &str) -> usize {
    report["issues"].as_array().unwrap().iter().filter(|issue| issue["code"] == code).count()
}

#[test]
fn broken_files_are_told_and_the_rest_goes_through() {
    let place = Place::new();
    let (storage, folder) = place.storage();
    let good = fs::read(fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path()).unwrap();
    fs::write(folder.join("empty"), b"").unwrap();
    fs::write(folder.join("zeros"), vec![0; 4096]).unwrap();
    fs::write(
        folder.join("noise"),
        (0..50_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect::<Vec<_>>(),
    )
    .unwrap();
    fs::write(folder.join("cut"), &good[..good.len() / 2]).unwrap();
    let deep = [b"MSH|^~\\&|".to_vec(), vec![b'~'; 200_000], vec![b'^'; 200_000], vec![b'&'; 200_000]].concat();
    fs::write(folder.join("deep"), deep).unwrap();
    let report = place.convert(&[&storage]);
    assert_eq!(report["bundles"], undisturbed()["bundles"]);
    assert_eq!(told(&report, "PIPELINE-002"), 2);
    assert_eq!(told(&report, "PIPELINE-003"), 1);
    let held = report["held"].as_array().unwrap().iter().filter(|row| row["what"] == "input");
    assert!(held.filter(|row| row["origins"][0]["input"].as_str().unwrap().ends_with("/cut")).count() == 1);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_locked_files_are_told() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::new();
    let (storage, folder) = place.storage();
    symlink("..", folder.join("loop")).unwrap();
    symlink("itself", folder.join("itself")).unwrap();
    symlink("/etc", folder.join("outside")).unwrap();
    let locked = folder.join("locked");
    fs::write(&locked, b"MSH|").unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let report = place.convert(&[&storage]);
    assert_eq!(told(&report, "INTAKE-005"), 2);
    assert_eq!(told(&report, "INTAKE-004"), 1);
    // Who runs as root may read everything.
    if fs::read(&locked).is_err() {
        assert_eq!(told(&report, "INTAKE-001"), 1);
    }
    assert_eq!(report["units"]["by_kind"]["lab"], undisturbed()["units"]["by_kind"]["lab"]);
}

pub fn archive(path: &Path, members: &[(&str, &[u8])]) {
    let mut zip = ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

/// The sample storage as members of an archive.
fn members(below: &Path, name: &str, into: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(below).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{name}/{}", entry.file_name().to_str().unwrap());
        match entry.file_type().unwrap().is_dir() {
            true => members(&entry.path(), &name, into),
            false => into.push((name, fs::read(entry.path()).unwrap())),
        }
    }
}

#[test]
fn an_archive_is_read_like_its_folder() {
    let place = Place::new();
    let mut all = Vec::new();
    members(&clinic(), "1319999999", &mut all);
    let all: Vec<(&str, &[u8])> = all.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let path = place.path("1319999999.zip");
    archive(&path, &all);
    assert_eq!(place.convert(&[&path])["bundles"], undisturbed()["bundles"]);
    // Cut off, it is refused; the other input goes through.
    let bytes = fs::read(&path).unwrap();
    let cut = place.path("cut.zip");
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    let report = place.convert(&[&cut, &path]);
    assert_eq!(told(&report, "INTAKE-008"), 1);
    assert_eq!(report["units"]["built"], undisturbed()["units"]["built"]);
}

#[test]
fn archives_that_mean_harm_are_refused_member_by_member() {
    let place = Place::new();
    let (storage, _) = place.storage();
    let inner = place.path("inner.zip");
    archive(&inner, &[("a", b"MSH|")]);
    let inner = fs::read(inner).unwrap();
    let path = place.path("harm.zip");
    let bomb = vec![0; 32 << 20];
    archive(
        &path,
        &[
            ("../outside", b"MSH|"),
            ("a/../../b", b"MSH|"),
            ("/rooted", b"MSH|"),
            ("bomb", &bomb),
            ("inner.zip", &inner),
        ],
    );
    let report = place.convert(&[&path, &storage]);
    assert_eq!(told(&report, "INTAKE-013"), 3);
    assert_eq!(told(&report, "INTAKE-011"), 1);
    assert_eq!(told(&report, "INTAKE-014"), 1);
    assert_eq!(report["bundles"], undisturbed()["bundles"]);
    assert!(!place.0.path().parent().unwrap().join("outside").exists());
}

/// A line without an end.
fn endless(mut into: impl Write, megabytes: usize) {
    let block = vec![b'A'; 1 << 20];
    let _ = into.write_all(b"MSH|^~\\&|HIS\rPID|1||");
    for _ in 0..megabytes {
        // The program stops reading at its limit.
        if into.write_all(&block).is_err() {
            return;
        }
    }
}

fn feed(mut command: Command, megabytes: usize) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    endless(child.stdin.take().unwrap(), megabytes);
    child.wait_with_output().unwrap()
}

#[test]
fn a_line_of_a_gigabyte_ends_in_an_issue() {
    let place = Place::new();
    for arguments in [&["inspect", "-"][..], &["convert", "-", "--out", "out"], &["validate", "-"]] {
        let output = feed(place.tsugite(arguments), 1024);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains("INTAKE-003"), "{arguments:?}: {text}");
    }
}

/// Peak memory of a run over inputs as large as they may be, where the system tells it.
#[cfg(target_os = "linux")]
#[test]
fn memory_stays_below_150_megabytes() {
    const MOST: u64 = 150 << 10;
    let place = Place::new();
    let large = place.path("large.hl7");
    endless(fs::File::create(&large).unwrap(), 60);
    let nested = place.path("nested.json");
    fs::write(&nested, vec![b'['; 60 << 20]).unwrap();
    let many = place.path("many.hl7");
    fs::write(&many, [&b"MSH|^~\\&|HIS||||||OUL^R22\r"[..], &b"OBX|1\r".repeat(9 << 20)].concat()).unwrap();
    for (command, input) in
        [("inspect", &large), ("convert", &large), ("validate", &nested), ("inspect", &many), ("convert", &many)]
    {
        let mut arguments = vec![command, input.to_str().unwrap()];
        if command == "convert" {
            arguments.extend(["--out", "out"]);
        }
        let peak = peak(place.tsugite(&arguments)).unwrap();
        assert!(peak < MOST, "{command}: {peak} KiB");
    }
}

/// `VmHWM` in KiB, read while the program runs.
#[cfg(target_os = "linux")]
pub fn peak(mut command: Command) -> io::Result<u64> {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait()?.is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
        peak = peak.max(now.unwrap_or_default());
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    Ok(peak)
}
