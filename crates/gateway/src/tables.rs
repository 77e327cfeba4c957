//! The mapping files of the site: `mappings/*.toml` in the home folder, and those of the folder that the settings name.

use std::{
    fs,
    path::{Path, PathBuf},
};
use tsugite_issue::Issue;
use tsugite_source::Registry;
use tsugite_source_table::{Checked, Mapping, TableSource, duplicate};

/// What the mapping files of a site say.
#[derive(Clone, Debug, Default)]
pub struct SiteTables {
    mappings: Vec<Mapping>,
    /// What is wrong in them; such a file is not used.
    pub issues: Vec<Issue>,
    /// Maps of laboratory codes that they name: file name and text.
    pub labs: Vec<(String, String)>,
}

impl SiteTables {
    /// Those of a home folder.
    pub fn load(home: &Path) -> Self {
        Self::of_folder(&home.join("mappings"))
    }

    /// Those of a folder and of the folders in it.
    pub fn of_folder(folder: &Path) -> Self {
        let mut tables = Self::default();
        for path in files(folder) {
            tables.add(&path);
        }
        tables
    }

    fn add(&mut self, path: &Path) {
        let Ok(text) = fs::read_to_string(path) else { return };
        let Checked { mapping, issues } = check(path, &text);
        let Some(mapping) = mapping else { return self.issues.extend(issues) };
        if let Some(issue) = duplicate(&self.mappings, &mapping) {
            return self.issues.push(issue);
        }
        self.labs.extend(mapping.labs.clone().map(|text| (format!("labs-{}.csv", mapping.name), text)));
        self.mappings.push(mapping);
    }

    /// Adds the source of these files, before all others.
    pub fn registered(self, registry: Registry) -> (Registry, Self) {
        match self.mappings.is_empty() {
            true => (registry, self),
            false => (registry.preceded_by(TableSource::of_site(self.mappings.iter().cloned())), self),
        }
    }

    pub fn mappings(&self) -> &[Mapping] {
        &self.mappings
    }
}

/// Reads a mapping file with the files beside it.
pub fn check(path: &Path, text: &str) -> Checked {
    let beside = |file: &str| fs::read_to_string(path.with_file_name(file)).ok();
    Mapping::parse(&path.display().to_string(), text, &beside)
}

/// Every `.toml` of a folder and of those in it, by path.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            let inside = fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path());
            found.extend(inside.filter(|path| is_toml(path)));
        } else if is_toml(&path) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn is_toml(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|end| end.eq_ignore_ascii_case("toml"))
}
