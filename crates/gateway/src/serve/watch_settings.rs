//! Whether the files that decide have changed.

use crate::settings::Settings;
use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// The settings file and all files that it names, as they were.
#[derive(Debug, PartialEq, Eq)]
pub struct Prints(Vec<(PathBuf, Option<(u64, SystemTime)>)>);

impl Prints {
    pub fn of(config: &Path, settings: &Settings, home: &Path) -> Self {
        let mut files = vec![config.to_owned()];
        let overlay = &settings.overlay;
        let named = [&overlay.patients, &overlay.diagnoses, &settings.source.gaiji, &settings.upstream.interface];
        files.extend(named.into_iter().flatten().map(|file| settings.path(file)));
        files.extend(settings.ig.files.iter().map(|file| settings.path(file)));
        let maps = settings.maps.folder.as_ref().map_or_else(|| home.join("maps"), |folder| settings.path(folder));
        let named = settings.source.mappings.as_ref().map(|folder| settings.path(folder));
        for folder in [maps, home.join("ig"), home.join("masters")].into_iter().chain(named) {
            let entries = fs::read_dir(&folder).into_iter().flatten();
            files.extend(entries.filter_map(|entry| Some(entry.ok()?.path())));
        }
        files.sort();
        Self(files.into_iter().map(|file| (print(&file), file)).map(|(print, file)| (file, print)).collect())
    }
}

fn print(file: &Path) -> Option<(u64, SystemTime)> {
    let metadata = fs::metadata(file).ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}
