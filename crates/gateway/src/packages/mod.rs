//! Official FHIR packages: kept unchanged in the home folder, read at run time, never part of the program.

mod code_systems;
mod package;

pub use package::{Package, PackageError};

use sha2::{Digest as _, Sha256};
use std::{
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};
use tsugite_issue::{Issue, Severity};
use tsugite_validate::Validator;

/// The packages of a home folder.
#[derive(Clone, Debug)]
pub struct Store {
    packages: PathBuf,
    cache: PathBuf,
}

/// An installed package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    pub name: String,
    pub version: String,
    /// SHA-256 of the file when it was installed.
    pub sha256: String,
    pub path: PathBuf,
}

impl Installed {
    /// Whether the file is still what was installed.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn is_unchanged(&self) -> io::Result<bool> {
        Ok(sha256(&fs::read(&self.path)?) == self.sha256)
    }
}

impl Store {
    pub fn new(home: &Path) -> Self {
        Self { packages: home.join("packages"), cache: home.join("cache") }
    }

    /// Installed packages by name and version.
    ///
    /// # Errors
    /// The folder exists and cannot be listed.
    pub fn list(&self) -> io::Result<Vec<Installed>> {
        let entries = match fs::read_dir(&self.packages) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut installed = Vec::new();
        for entry in entries {
            let path = entry?.path();
            let Some(stem) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".tgz")) else { continue };
            let Some((name, version)) = stem.split_once('#') else { continue };
            let sha256 = fs::read_to_string(checksum_file(&path)).unwrap_or_default();
            installed.push(Installed {
                name: name.to_owned(),
                version: version.to_owned(),
                sha256: sha256.trim().to_owned(),
                path,
            });
        }
        installed.sort_by(|a, b| (&a.name, numbers(&a.version)).cmp(&(&b.name, numbers(&b.version))));
        Ok(installed)
    }

    /// Copies a package into the home folder. The same name and version replaces what was there.
    ///
    /// # Errors
    /// The file is no package, cannot be used (definitions without snapshots, another release of FHIR), or cannot be copied.
    pub fn add(&self, file: &Path) -> Result<Installed, PackageError> {
        let bytes = fs::read(file)?;
        let package = Package::read(&bytes)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let (_, issues) = Validator::load([(name, &bytes)].into_iter());
        if let Some(refusal) = issues.into_iter().find(|issue| issue.severity() == Severity::Error) {
            return Err(PackageError::Refused(Box::new(refusal)));
        }
        // This may be what makes the home, in which patients' data will lie.
        tsugite_store::private_folder(&self.packages)?;
        let path = self.packages.join(format!("{}#{}.tgz", package.name, package.version));
        let sha256 = sha256(&bytes);
        // First the package, then its checksum: a copy that was cut off shows as changed.
        replace(&path, &bytes)?;
        replace(&checksum_file(&path), sha256.as_bytes())?;
        Ok(Installed { name: package.name, version: package.version, sha256, path })
    }

    /// Removes a package by `name` or `name#version`; answers what was removed.
    ///
    /// # Errors
    /// A file that cannot be removed.
    pub fn remove(&self, which: &str) -> io::Result<Vec<Installed>> {
        let (name, version) = which.split_once('#').map_or((which, None), |(name, version)| (name, Some(version)));
        let mut removed = Vec::new();
        for package in self.list()? {
            if package.name == name && version.is_none_or(|version| version == package.version) {
                fs::remove_file(&package.path)?;
                let _ = fs::remove_file(checksum_file(&package.path));
                removed.push(package);
            }
        }
        Ok(removed)
    }

    /// The code systems of laboratory results and health checks of the installed packages and of further files, a later version over an earlier one.
    ///
    /// # Errors
    /// A package that cannot be read.
    pub fn code_systems(&self, files: &[PathBuf]) -> Result<Loaded, PackageError> {
        let installed = self.list()?;
        let paths = installed.iter().map(|package| &package.path).chain(files);
        let mut loaded = Loaded::default();
        for path in paths {
            let bytes = fs::read(path)?;
            let extract = self.extract(&bytes)?;
            loaded.ig.push(format!("{}#{}", extract.name, extract.version));
            loaded.resources.extend(extract.resources);
        }
        Ok(loaded)
    }

    /// The validator of the installed packages and of further files, and what was wrong with them. Compiled packages are cached
    /// under the digest of all of them.
    ///
    /// # Errors
    /// A package that cannot be read.
    pub fn validator(&self, files: &[PathBuf]) -> io::Result<(Validator, Vec<Issue>)> {
        let installed = self.list()?;
        let paths = installed.iter().map(|package| &package.path).chain(files);
        let packages = paths
            .map(|path| Ok((path.display().to_string(), fs::read(path)?)))
            .collect::<io::Result<Vec<(String, Vec<u8>)>>>()?;
        if packages.is_empty() {
            return Ok((Validator::base(), Vec::new()));
        }
        let digests: String = packages.iter().map(|(_, bytes)| sha256(bytes)).collect();
        let version = env!("CARGO_PKG_VERSION");
        let cached = self.cache.join(format!("{}.validator-{version}", sha256(digests.as_bytes())));
        if let Some(validator) = fs::read(&cached).ok().and_then(|bytes| Validator::from_cache(&bytes)) {
            let issues = validator.package_issues();
            return Ok((validator, issues));
        }
        let (validator, issues) = Validator::load(packages.into_iter());
        // A package that was refused is refused each time: only what is whole is kept.
        let whole = !issues.iter().any(|issue| issue.severity() == Severity::Error);
        if whole && tsugite_store::private_folder(&self.cache).is_ok() {
            let _ = replace(&cached, validator.to_cache());
        }
        Ok((validator, issues))
    }

    /// What is needed of a package, from the cache where it was read before: unpacking takes half a second.
    fn extract(&self, bytes: &[u8]) -> Result<code_systems::Extract, PackageError> {
        let cached = self.cache.join(format!("{}.code-systems.json", sha256(bytes)));
        if let Some(extract) = fs::read(&cached).ok().and_then(|text| code_systems::Extract::from_json(&text)) {
            return Ok(extract);
        }
        let extract = code_systems::Extract::of_package(bytes)?;
        // Without a cache everything works, only slower.
        if tsugite_store::private_folder(&self.cache).is_ok() {
            let _ = replace(&cached, &extract.to_json());
        }
        Ok(extract)
    }
}

/// What the packages say.
#[derive(Debug, Default)]
pub struct Loaded {
    /// `name#version` of each package.
    pub ig: Vec<String>,
    /// CodeSystem resources: name and JSON.
    pub resources: Vec<(String, Vec<u8>)>,
}

fn checksum_file(package: &Path) -> PathBuf {
    package.with_extension("tgz.sha256")
}

/// Writes beside and renames, so that nobody ever reads half a file.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// `1.10.0` after `1.9.0`.
fn numbers(version: &str) -> Vec<u64> {
    version.split(['.', '-']).map(|part| part.parse().unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        code_systems::tests::{CORE, package},
        *,
    };

    #[cfg(unix)]
    #[test]
    fn a_home_that_begins_with_a_package_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (home, file) = (folder.path().join("home"), folder.path().join("download.tgz"));
        fs::write(&file, package("1.10.0", &[("package/CodeSystem-core.json", CORE)])).unwrap();
        Store::new(&home).add(&file).unwrap();
        assert_eq!(fs::metadata(&home).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn packages_are_copied_unchanged_listed_and_removed() {
        let home = tempfile::tempdir().unwrap();
        let store = Store::new(home.path());
        assert!(store.list().unwrap().is_empty());
        let file = home.path().join("download.tgz");
        for version in ["1.10.0", "1.9.0"] {
            let bytes = package(version, &[("package/CodeSystem-core.json", CORE)]);
            fs::write(&file, &bytes).unwrap();
            let installed = store.add(&file).unwrap();
            assert_eq!(fs::read(&installed.path).unwrap(), bytes);
            assert!(installed.is_unchanged().unwrap());
        }
        let versions = |store: &Store| store.list().unwrap().into_iter().map(|p| p.version).collect::<Vec<_>>();
        assert_eq!(versions(&store), ["1.9.0", "1.10.0"]);
        // The second reading comes from the cache.
        for _ in 0..2 {
            let loaded = store.code_systems(&[]).unwrap();
            assert_eq!(loaded.ig, ["jp-test.r4#1.9.0", "jp-test.r4#1.10.0"]);
            assert_eq!(loaded.resources.len(), 2);
        }
        assert_eq!(store.remove("jp-test.r4#1.9.0").unwrap().len(), 1);
        assert_eq!(versions(&store), ["1.10.0"]);
        let changed = store.list().unwrap().remove(0);
        fs::write(&changed.path, b"cut off").unwrap();
        assert!(!changed.is_unchanged().unwrap());
    }

    #[test]
    fn a_package_without_snapshots_is_refused_and_nothing_is_kept() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("x.tgz");
        let differential = r#"{"resourceType":"StructureDefinition","url":"http://example.org/a","type":"Patient","kind":"resource",
            "derivation":"constraint","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient","differential":{"element":[]}}"#;
        fs::write(&file, package("1.0.0", &[("package/StructureDefinition-a.json", differential)])).unwrap();
        match Store::new(home.path()).add(&file) {
            Err(PackageError::Refused(issue)) => assert_eq!(issue.code(), "FHIR-101"),
            other => panic!("{other:?}"),
        }
        assert!(!home.path().join("packages").exists());
    }

    #[test]
    fn a_file_that_is_no_package_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("x.tgz");
        for bytes in [&b"no gzip"[..], &package("../1", &[])] {
            fs::write(&file, bytes).unwrap();
            assert!(Store::new(home.path()).add(&file).is_err());
        }
        assert!(!home.path().join("packages").exists());
    }
}
