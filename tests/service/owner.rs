//! What is kept is its owner's alone, and nothing leads out of the folders.

use super::{
    disk::{FREE, ids, lab},
    house::{House, files, samples},
};
use std::{collections::BTreeSet, fs};

#[cfg(unix)]
#[test]
fn everything_that_is_kept_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let house = House::new(Some(&samples()), FREE);
    let _centre = house.centre(&[]);
    // An answer that nobody can read is kept.
    let interface = tsugite_upstream::Interface::from_toml(tsugite_mappings::UPSTREAM_CLINS.text).unwrap();
    let name = interface.result_name(tsugite_upstream::Operation::REGISTER, "TGSTRANGE");
    fs::create_dir_all(house.path("terminal/res")).unwrap();
    fs::write(house.path("terminal/res").join(name), b"no answer at all").unwrap();
    let serve = house.serve();
    house.approve_the_plan();
    house.until("the samples are at the centre", || house.live().len() == 10 && house.is_quiet());
    house.until("the answer is kept", || {
        fs::read_dir(house.path("home/quarantine")).is_ok_and(|mut all| all.next().is_some())
    });
    assert_eq!(house.tell(&["backup"]).0, Some(0));
    let mut all = vec![house.path("home")];
    let mut seen = BTreeSet::new();
    while let Some(path) = all.pop() {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // The lock holds nothing.
        assert!(mode & 0o077 == 0 || name.ends_with(".lock"), "{} {mode:o}", path.display());
        // Nobody else comes to what lies in a folder that only its owner may enter.
        if path.is_dir() && name != "quarantine" {
            all.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
        seen.insert(name);
    }
    for name in ["tsugite.db", "tsugite.db-wal", "issued.log", "issued.log.key", "quarantine", "backups"] {
        assert!(seen.contains(name), "{name} of {seen:?}");
    }
    drop(serve);
}

#[cfg(unix)]
#[test]
fn links_at_either_rim_are_told_and_neither_read_nor_written_through() {
    use std::os::unix::fs::symlink;
    let house = House::new(Some(&samples()), FREE);
    let secret = lab(6006);
    fs::write(house.path("secret"), secret.bytes()).unwrap();
    fs::create_dir(house.path("outside")).unwrap();
    fs::write(house.path("outside").join(secret.name('1')), secret.bytes()).unwrap();
    // In the watched folder a file and a folder, in the storage the same, and an answer that points elsewhere.
    symlink(house.path("secret"), house.path("drop").join(secret.name('1'))).unwrap();
    symlink(house.path("outside"), house.path("drop/folder")).unwrap();
    let report = house.path("storage").join(secret.path());
    fs::create_dir_all(report.parent().unwrap()).unwrap();
    symlink(house.path("secret"), &report).unwrap();
    let interface = tsugite_upstream::Interface::from_toml(tsugite_mappings::UPSTREAM_CLINS.text).unwrap();
    let answer = interface.result_name(tsugite_upstream::Operation::REGISTER, "TGSTRANGE");
    fs::create_dir_all(house.path("terminal/res")).unwrap();
    symlink(house.path("secret"), house.path("terminal/res").join(&answer)).unwrap();
    let (_serve, _centre) = (house.serve(), house.centre(&[]));
    house.approve_the_plan();
    house.until("the samples are at the centre", || house.live().len() >= 9 && house.is_quiet());
    house.until("the links are told", || house.log().contains("INTAKE-004") && house.log().contains("UPSTREAM-"));
    assert_eq!(ids(&house, 6006), 0);
    assert_eq!(fs::read(house.path("secret")).unwrap(), secret.bytes());
    assert!(house.path("outside").join(secret.name('1')).exists());
    // The folders of the terminal keep what they were given; nothing of the file was copied.
    let mut kept = Vec::new();
    files(&house.path("home/quarantine"), &mut kept);
    assert!(kept.iter().all(|file| fs::read(file).unwrap() != secret.bytes()), "{kept:?}");
    // A folder for what was read that leads elsewhere is refused before anything is moved.
    let other = House::new(None, FREE);
    fs::create_dir(other.path("outside")).unwrap();
    symlink(other.path("outside"), other.path("drop/done")).unwrap();
    let (code, _, words) = other.tell(&["run", "--yes"]);
    assert_eq!(code, Some(3), "{words}");
    assert!(words.contains("leads out of the watched folder"), "{words}");
}
