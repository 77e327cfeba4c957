use super::*;

struct Place {
    folder: tempfile::TempDir,
    watched: Watched,
}

fn place(settings: &WatchSettings) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("drop");
    fs::create_dir(&root).unwrap();
    let watched = Watched::open(&root, "drop".into(), settings).unwrap();
    Place { folder, watched }
}

impl Place {
    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("drop").join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    fn ready(&mut self, seconds: u64) -> Vec<String> {
        let files = self.watched.ready(Duration::from_secs(seconds), &mut Vec::new());
        files.into_iter().map(|file| file.path).collect()
    }

    fn one(&mut self, seconds: u64) -> Dropped {
        let mut files = self.watched.ready(Duration::from_secs(seconds), &mut Vec::new());
        assert_eq!(files.len(), 1, "{files:?}");
        files.remove(0)
    }

    fn read(&self, file: &Dropped) -> Result<Option<String>, &'static str> {
        let read = self.watched.read(file, &Limits::default());
        read.map(|bytes| bytes.map(|bytes| String::from_utf8(bytes).unwrap())).map_err(|issue| issue.code())
    }
}

fn at_once() -> WatchSettings {
    WatchSettings { ready: Ready::Rename, ..WatchSettings::default() }
}

#[test]
fn a_file_is_read_when_it_has_not_changed_for_a_while() {
    let mut place = place(&WatchSettings::default());
    place.write("a", "1");
    place.write("b.tmp", "1");
    assert_eq!(place.ready(0), [""; 0]);
    assert_eq!(place.ready(4), [""; 0]);
    place.write("a", "12");
    assert_eq!(place.ready(6), [""; 0], "it grew");
    assert_eq!(place.ready(10), [""; 0]);
    assert_eq!(place.ready(11), ["a"]);
}

#[test]
fn a_marker_or_a_rename_tells_that_a_file_is_whole() {
    let mut by_marker = place(&WatchSettings { ready: Ready::Marker, ..WatchSettings::default() });
    by_marker.write("a", "1");
    assert_eq!(by_marker.ready(100), [""; 0]);
    by_marker.write("a.done", "");
    let file = by_marker.one(100);
    by_marker.watched.put_away(&file, Way::Done, "x").unwrap();
    assert!(by_marker.path("done/a").exists() && by_marker.path("done/a.done").exists());
    assert!(!by_marker.path("a").exists() && !by_marker.path("a.done").exists());

    let mut by_rename = place(&at_once());
    by_rename.write("a.part", "1");
    assert_eq!(by_rename.ready(0), [""; 0]);
    fs::rename(by_rename.path("a.part"), by_rename.path("a")).unwrap();
    assert_eq!(by_rename.ready(0), ["a"]);
}

#[test]
fn a_name_that_is_taken_never_hides_another_file() {
    let mut place = place(&at_once());
    for (text, digest) in [("1", "aa"), ("2", "bb"), ("2", "bb")] {
        place.write("a", text);
        let file = place.one(0);
        place.watched.put_away(&file, Way::Done, digest).unwrap();
    }
    assert_eq!(fs::read_to_string(place.path("done/a")).unwrap(), "1");
    assert_eq!(fs::read_to_string(place.path("done/a.bb")).unwrap(), "2");
    assert_eq!(place.ready(0), [""; 0], "what was put away is not read again");
}

#[test]
fn what_is_left_is_read_again_only_when_it_changes_also_by_another_process() {
    let settings = WatchSettings { after: After::Leave, ..at_once() };
    let mut place = place(&settings);
    place.write("a", "1");
    let file = place.one(0);
    place.watched.put_away(&file, Way::Done, "x").unwrap();
    assert_eq!(place.ready(0), [""; 0]);

    let mut later = Watched::open(&place.path(""), "drop".into(), &settings).unwrap();
    later.remember("a", file.stamp.size, &file.stamp.mtime());
    assert!(later.ready(Duration::ZERO, &mut Vec::new()).is_empty());
    place.write("a", "12");
    assert_eq!(place.ready(0), ["a"]);
    assert_eq!(later.ready(Duration::ZERO, &mut Vec::new()).len(), 1);
}

#[test]
fn a_file_that_changed_after_it_was_found_is_looked_at_again() {
    let mut place = place(&at_once());
    place.write("a", "1");
    let file = place.one(0);
    place.write("a", "12");
    assert_eq!(place.read(&file), Ok(None));
    fs::remove_file(place.path("a")).unwrap();
    assert_eq!(place.read(&file), Ok(None));
}

#[cfg(unix)]
#[test]
fn links_are_neither_read_nor_followed_nor_moved_through() {
    use std::os::unix::fs::symlink;
    let mut place = place(&at_once());
    let outside = place.folder.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("secret"), "1").unwrap();
    symlink(outside.join("secret"), place.path("file")).unwrap();
    symlink(&outside, place.path("folder")).unwrap();
    let mut told = Vec::new();
    assert!(place.watched.ready(Duration::ZERO, &mut told).is_empty());
    assert_eq!(told.len(), 2, "each is told: {told:?}");

    // Exchanged for a link between the look and the reading: the file, and the folder that it lies in.
    fs::create_dir(place.path("sub")).unwrap();
    place.write("a", "1");
    place.write("sub/secret", "1");
    let files = place.watched.ready(Duration::ZERO, &mut Vec::new());
    fs::remove_file(place.path("a")).unwrap();
    symlink(outside.join("secret"), place.path("a")).unwrap();
    fs::remove_dir_all(place.path("sub")).unwrap();
    symlink(&outside, place.path("sub")).unwrap();
    assert_eq!(files.len(), 2);
    for file in &files {
        assert_eq!(place.read(file), Err("INTAKE-015"), "{}", file.path);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_for_what_was_read_that_leads_elsewhere_is_refused() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("drop");
    fs::create_dir(&root).unwrap();
    fs::create_dir(folder.path().join("outside")).unwrap();
    symlink(folder.path().join("outside"), root.join("done")).unwrap();
    assert!(Watched::open(&root, "drop".into(), &at_once()).is_err());
    for path in ["../outside", "."] {
        let settings = WatchSettings { done: path.into(), ..at_once() };
        fs::remove_file(root.join("done")).ok();
        assert!(Watched::open(&root, "drop".into(), &settings).is_err(), "{path}");
    }

    // And where it is exchanged later.
    let mut place = place(&at_once());
    place.write("a", "1");
    let file = place.one(0);
    fs::remove_dir(place.path("done")).unwrap();
    symlink(place.folder.path(), place.path("done")).unwrap();
    assert!(place.watched.put_away(&file, Way::Done, "x").is_err());
    assert!(place.path("a").exists(), "nothing was moved");
}
