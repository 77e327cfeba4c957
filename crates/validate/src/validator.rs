use crate::check::{Memory, run};
use crate::definitions::{Definitions, Package, Reader, Stored, Text, Writer};
use crate::fhirpath::Expression;
use crate::issues::fhir;
use crate::package::{self, Archive};
use crate::{Lookup, Options, Report, SharedLabTable, base};
use tsugite_issue::Issue;

/// Judges resources by JSON, base R4, the loaded packages and the strict rules.
///
/// ```
/// use tsugite_validate::{Options, Validator};
/// // With packages: Validator::load(files.into_iter()), each a name and the bytes of a .tgz.
/// let validator = Validator::base();
/// assert!(!validator.has_profiles());
/// let report = validator.validate(br#"{"resourceType":"Patient","gendre":"male"}"#, &Options::default());
/// assert_eq!(report.issues[0].code(), "FHIR-002");
/// ```
#[derive(Debug)]
pub struct Validator {
    definitions: Definitions,
    remarks: Vec<Unread>,
    cache: Vec<u8>,
    profiles: bool,
}

/// A package, how many of its files could not be read, and the first of them.
type Unread = (Text, u32, Vec<Text>);

/// Changes with the form of the cache and with what is compiled into it.
const FORMAT: &[u8] = b"tsugite-ig 2\n";

impl Validator {
    /// Base R4 alone.
    pub fn base() -> Self {
        Self::link(Vec::new(), Vec::new())
    }

    /// Loads packages as published: the name of the file and its bytes. The order matters only between packages that define the
    /// same URL and are not named by version: the later goes first, and of one package the newest version.
    ///
    /// A package that cannot be used is left out; the issues say why. What an invariant asks that this evaluator does not know
    /// is said too.
    pub fn load<N: Into<String>, B: AsRef<[u8]>>(packages: impl Iterator<Item = (N, B)>) -> (Self, Vec<Issue>) {
        let mut issues = Vec::new();
        let mut archives = Vec::new();
        for (name, bytes) in packages {
            let name = name.into();
            match package::open(bytes.as_ref()) {
                Ok(archive) if archive.description.is_some() => archives.push((name, archive)),
                Ok(_) => issues.push(unreadable(name, "no package.json")),
                Err(error) => issues.push(unreadable(name, error)),
            }
        }
        // An installed core package replaces the built-in table.
        let core = archives.iter().position(|(_, archive)| package::name_of(archive).0 == base::NAME);
        let core = core
            .map(|at| archives.remove(at))
            .map(|(_, a)| package::compile(a.description.as_deref(), &a.documents, None).0);
        let with = Definitions::link(vec![core.unwrap_or_else(base::package)]);
        let mut compiled: Vec<Package> = Vec::new();
        let mut remarks = Vec::new();
        for (file, archive) in archives {
            match compile(&file, &archive, &with) {
                Ok((package, unread)) => {
                    // The same package again stands for the first, as a file that is named beside the installed ones does.
                    compiled.retain(|p| (&p.name, &p.version) != (&package.name, &package.version));
                    compiled.push(package);
                    remarks.extend(unread);
                }
                Err(issue) => issues.push(issue),
            }
        }
        sort(&mut compiled);
        let validator = Self::link(compiled, remarks);
        issues.extend(validator.package_issues());
        (validator, issues)
    }

    fn link(packages: Vec<Package>, remarks: Vec<Unread>) -> Self {
        let mut writer = Writer::default();
        packages.write(&mut writer);
        remarks.write(&mut writer);
        let mut cache = FORMAT.to_vec();
        cache.extend(writer.finish());
        Self::linked(packages, remarks, cache)
    }

    fn linked(packages: Vec<Package>, remarks: Vec<Unread>, cache: Vec<u8>) -> Self {
        let profiles = !packages.is_empty();
        let has_core = packages.iter().any(|p| &*p.name == base::NAME);
        let base = (!has_core).then(base::package);
        Self { definitions: Definitions::link(base.into_iter().chain(packages).collect()), remarks, cache, profiles }
    }

    /// The compiled packages, to be kept and read with [`Validator::from_cache`]: that is some twenty times faster.
    pub fn to_cache(&self) -> &[u8] {
        &self.cache
    }

    /// `None` where the bytes are no cache of this version of the program: then load the packages anew.
    pub fn from_cache(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes.strip_prefix(FORMAT)?)?;
        let packages = Vec::<Package>::read(&mut reader)?;
        let remarks = Vec::<Unread>::read(&mut reader)?;
        reader.is_done().then(|| Self::linked(packages, remarks, bytes.to_vec()))
    }

    /// Whether any package is loaded, so that profiles are judged.
    pub fn has_profiles(&self) -> bool {
        self.profiles
    }

    /// Name and version of each loaded package, without base R4.
    pub fn packages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.definitions.packages.iter().filter(|p| &*p.name != base::NAME).map(|p| (&*p.name, &*p.version))
    }

    /// What a person should know about the loaded packages before trusting the reports: files that could not be read, packages and
    /// definitions that they need and that are not loaded, and rules that cannot be checked. The same after
    /// [`Validator::load`], which gives them too, and after [`Validator::from_cache`].
    pub fn package_issues(&self) -> Vec<Issue> {
        let mut issues: Vec<Issue> = self.remarks.iter().map(unread).collect();
        issues.extend(self.definitions.missing_dependencies().into_iter().map(|missing| {
            let instead = if missing.instead.is_empty() { "-".to_owned() } else { missing.instead.join(", ") };
            let issue = Issue::new(&fhir::PACKAGE_DEPENDENCY).with("package", missing.package);
            issue.with("needed", missing.needed).with("instead", instead)
        }));
        issues.extend(self.definitions.missing_definitions().into_iter().map(|missing| {
            let example = missing.urls.first().map_or_else(String::new, ToString::to_string);
            let issue = Issue::new(&fhir::PACKAGE_REFERENCE).with("package", missing.package);
            issue.with("count", missing.urls.len().to_string()).with("example", example).with("needed", missing.needed)
        }));
        issues.extend(self.uncheckable());
        issues
    }

    /// Invariants and contexts of extensions of the packages whose expressions are beyond the evaluator: they are not checked.
    pub fn uncheckable(&self) -> Vec<Issue> {
        let said = |constraint: &crate::definitions::Constraint| {
            if constraint.expression().is_some() {
                return None;
            }
            let why = Expression::compile(&constraint.expression).err()?;
            Some(Issue::new(&fhir::PACKAGE_INVARIANT).with("key", &*constraint.key).with("why", why.to_string()))
        };
        let invariants = self.definitions.constraints.iter().filter_map(said);
        let contexts = self.definitions.structures.iter().flat_map(|s| s.contexts.iter().map(move |c| (s, c)));
        let misplaced = contexts.filter(|(_, (kind, _))| &**kind == "fhirpath").filter_map(|(structure, (_, on))| {
            let why = Expression::compile(on).err()?;
            Some(Issue::new(&fhir::PACKAGE_CONTEXT).with("url", &*structure.url).with("why", why.to_string()))
        });
        invariants.chain(misplaced).collect()
    }

    /// The profile on a resource that a canonical URL means, as `url|version`; `None` where no package defines it.
    pub fn profile(&self, canonical: &str) -> Option<String> {
        let found = self.definitions.structure(canonical, None).and_then(|at| self.definitions.structures.get(at));
        found.filter(|s| s.kind == crate::definitions::RESOURCE).map(|structure| structure.canonical())
    }

    /// The profiles whose URLs are nearest to one that no package defines, at most so many.
    pub fn nearest_profiles(&self, canonical: &str, most: usize) -> Vec<String> {
        self.definitions.nearest_profiles(canonical, most)
    }

    /// The package that defines URLs of this kind, where it is known and not loaded.
    pub fn missing_package(&self, canonical: &str) -> Option<&'static str> {
        let package = crate::definitions::package_of(canonical)?;
        self.packages().all(|(name, _)| name != package).then_some(package)
    }

    /// Judges one resource. Never fails and never panics: whatever the bytes are, the answer is a report.
    pub fn validate(&self, bytes: &[u8], options: &Options<'_>) -> Report {
        self.validate_in(&mut Memory::default(), bytes, options)
    }

    /// Like [`Validator::validate`], in memory that was used before.
    pub fn validate_in(&self, memory: &mut Memory, bytes: &[u8], options: &Options<'_>) -> Report {
        let options = &Options { shared_lab: options.shared_lab.or(Some(self)), ..options.clone() };
        run(memory, bytes, options, Some(&self.definitions))
    }
}

impl SharedLabTable for Validator {
    fn find(&self, system: &str, code: &str) -> Lookup<'_> {
        let known = self.definitions.code_system(system, None).and_then(|at| self.definitions.code_systems.get(at));
        match known.map(|system| (system.find(code), system.is_complete())) {
            Some((Some(concept), _)) => concept.display.as_deref().map_or(Lookup::Unknown, Lookup::Display),
            Some((None, true)) => Lookup::Absent,
            _ => Lookup::Unknown,
        }
    }

    fn is_designation(&self, system: &str, code: &str, display: &str) -> bool {
        let known = self.definitions.code_system(system, None).and_then(|at| self.definitions.code_systems.get(at));
        known.and_then(|system| system.find(code)).is_some_and(|c| c.designations.iter().any(|d| **d == *display))
    }
}

fn unreadable(package: String, why: impl std::fmt::Display) -> Issue {
    Issue::new(&fhir::PACKAGE_UNREADABLE).with("package", package).with("why", why.to_string())
}

/// The package and which of its files could not be read, or why it cannot be used.
fn compile(file: &str, archive: &Archive, base: &Definitions) -> Result<(Package, Option<Unread>), Issue> {
    let releases = package::releases(archive);
    if !releases.is_empty() && !releases.iter().any(|r| r.starts_with("4.0")) {
        return Err(Issue::new(&fhir::PACKAGE_RELEASE).with("package", file).with("found", releases.join(", ")));
    }
    let (package, remarks) = package::compile(archive.description.as_deref(), &archive.documents, Some(base));
    let name = format!("{}#{}", package.name, package.version);
    if remarks.without_snapshot > package.structures.len() {
        let issue = Issue::new(&fhir::PACKAGE_DIFFERENTIAL).with("package", file).with("needed", name);
        return Err(issue.with("count", remarks.without_snapshot.to_string()));
    }
    let count = u32::try_from(remarks.unreadable.len()).unwrap_or(u32::MAX);
    let first = remarks.unreadable.iter().take(5).map(|f| f.as_str().into()).collect();
    Ok((package, (count > 0).then(|| (name.into(), count, first))))
}

fn unread((package, count, files): &Unread) -> Issue {
    let issue = Issue::new(&fhir::PACKAGE_FILE).with("package", &**package).with("count", count.to_string());
    issue.with("files", files.iter().map(|f| &**f).collect::<Vec<_>>().join(", "))
}

/// Versions of one package from old to new, at the place of the first of them.
fn sort(packages: &mut [Package]) {
    let names: Vec<_> = packages.iter().map(|p| p.name.clone()).collect();
    let version = |text: &str| -> Vec<u64> {
        let core = text.split(['-', '+']).next().unwrap_or_default();
        core.split('.').map(|part| part.parse().unwrap_or_default()).collect()
    };
    packages.sort_by_key(|p| (names.iter().position(|n| *n == p.name), version(&p.version)));
}
