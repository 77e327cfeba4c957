//! From settings and options to what the pipeline needs: institution, tables, packages, clock.

use crate::{
    failure::Failure,
    intake::Limits,
    packages::Loaded,
    send::Knowing,
    session::Session,
    settings::{FeedSettings, Settings, SettingsError, UkePatientId},
    tables::SiteTables,
};
use std::{
    collections::BTreeSet,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    sync::Arc,
};
use tsugite_charset::{GaijiTable, decode, detect};
use tsugite_clinical::{
    Date, DateTime,
    policy::{Baselines, Institution, Overlay, Policy, is_institution_number},
};
use tsugite_clins::{IgVersion, Issued, Site};
use tsugite_issue::{Issue, Text};
use tsugite_pipeline::Feed;
use tsugite_source::{Context, Input, Registry};
use tsugite_source_cda::Cda;
use tsugite_source_jahis::Jahis;
use tsugite_source_mml::Mml;
use tsugite_source_uke::{MissingId, Uke};
use tsugite_terminology::Tables;
use tsugite_validate::{Day, Options, Validator};

/// Everything of one run that is not an input.
pub struct House {
    pub institution: Institution,
    pub policy: Policy,
    pub overlay: Overlay,
    pub baselines: Baselines,
    pub tables: Tables,
    /// Of the packages in use; base R4 alone where there are none.
    pub validator: Validator,
    pub context: Context,
    /// The sources, as the settings want them.
    pub registry: Registry,
    /// Folders that are other systems' than the rest.
    pub feeds: Vec<Feed>,
    pub as_of: DateTime,
    pub since: Option<Date>,
    pub ig: IgVersion,
    /// Tells the tables of one time from those of another: packages and the site's own maps.
    pub tables_version: String,
    /// `name#version` of the packages in use.
    pub packages: Vec<String>,
    /// What the tables of the site and the packages told while they were loaded.
    pub issues: Vec<Issue>,
}

/// What the command line says over the settings.
#[derive(Clone, Debug, Default)]
pub struct Overrides<'a> {
    pub institution: Option<&'a str>,
    pub as_of: Option<&'a str>,
    pub since: Option<&'a str>,
}

impl House {
    /// # Errors
    /// A number, date or file that cannot be used.
    pub fn build(
        session: &Session,
        settings: &Settings,
        over: &Overrides,
        inputs: &[PathBuf],
    ) -> Result<Self, Failure> {
        let wrong = |error: &SettingsError| Failure::settings(error, session.lang);
        let (validator, mut issues) = session.load_validator(&package_files(settings))?;
        let KnownTables { tables, version: tables_version, packages } = tables(session, settings, &mut issues)?;
        let gaiji = gaiji(settings, &mut issues)?;
        let institution = institution(session, over, settings, inputs)?;
        let policy = Policy {
            // A number on the command line is the only one.
            institutions: if over.institution.is_some() { Vec::new() } else { settings.institutions.clone() },
            ..settings.policy()
        };
        let own = std::iter::once(&institution).chain(policy.institutions.iter().map(|row| &row.number));
        let own = own.filter(|institution| !institution.trial).map(|institution| institution.number.clone()).collect();
        Ok(Self {
            overlay: settings.load_overlay().map_err(|error| wrong(&error))?,
            baselines: Baselines::default(),
            tables,
            validator,
            context: Context {
                instance: settings.source.instance().into(),
                id_space: settings.source.id_space().into(),
                gaiji: Arc::new(gaiji),
            },
            registry: registry(session, settings, own),
            institution,
            policy,
            feeds: settings.source.feeds.iter().map(FeedSettings::feed).collect(),
            as_of: session.clock(over.as_of)?,
            since: over.since.map(|day| session.day(day)).transpose()?.or(settings.report.start_date),
            ig: ig_version(session, settings)?,
            tables_version,
            packages,
            issues,
        })
    }

    pub fn site<'a>(&'a self, issued: &'a dyn Issued) -> Site<'a> {
        Site {
            institution: &self.institution,
            policy: &self.policy,
            overlay: &self.overlay,
            baselines: &self.baselines,
            as_of: self.as_of,
            since: self.since,
            issued,
            ig: self.ig,
            subject: None,
        }
    }

    /// What judges bundles beside the strict rules. Without profiles nothing: base R4 alone cannot be broken by what typed builders
    /// write, and would take as long as half the way.
    pub fn validator(&self) -> Option<&Validator> {
        Some(&self.validator).filter(|validator| validator.has_profiles())
    }

    /// How bundles are judged before they may leave.
    pub fn gate(&self) -> Options<'_> {
        Options { clock: clock_day(self.as_of), require_clins: true, ..Options::default() }
    }
}

/// Tables, and what tells them from those of another time.
pub struct KnownTables {
    pub tables: Tables,
    pub version: String,
    /// `name#version` of the packages in use.
    pub packages: Vec<String>,
}

/// Embedded rows, then packages and masters, then the maps of mapping files, then what a person confirmed.
///
/// # Errors
/// A file that cannot be used.
pub fn tables(session: &Session, settings: &Settings, issues: &mut Vec<Issue>) -> Result<KnownTables, Failure> {
    let Loaded { ig: packages, resources } = session.load_packages(&package_files(settings))?;
    let code_systems = resources.iter().map(|(name, json)| (name.as_str(), json));
    let tables = Tables::embedded().with_package_code_systems(code_systems, issues);
    let mut files = session.tables.labs.clone();
    files.extend(operator_files(session, settings)?);
    issues.extend(session.tables.issues.iter().cloned());
    let named = named_tables(settings);
    files.extend(named.labs);
    issues.extend(named.issues);
    let shelf = session.masters().load()?;
    let version = tables_version(&packages, &files, &shelf.version);
    let files = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let tables = tables.with_masters(Arc::new(shelf.masters)).with_operator_files(files, issues);
    Ok(KnownTables { tables, version, packages })
}

/// Where the site's own maps are.
pub fn maps_folder(session: &Session, settings: &Settings) -> PathBuf {
    settings.maps.folder.as_ref().map_or_else(|| session.home.join("maps"), |folder| settings.path(folder))
}

/// The mapping files of the folder that the settings name.
fn named_tables(settings: &Settings) -> SiteTables {
    let folder = settings.source.mappings.as_ref().map(|folder| settings.path(folder));
    folder.map(|folder| SiteTables::of_folder(&folder)).unwrap_or_default()
}

/// The sources as the settings want them. `own` are the numbers of the site: a patient number of another institution is not ours.
fn registry(session: &Session, settings: &Settings, own: Vec<String>) -> Registry {
    let (registry, _) = named_tables(settings).registered(session.registry.clone());
    let registry = registry
        .with_settled(Mml::of_site(own.clone()))
        .with_settled(Jahis::of_site(own.clone()))
        .with_settled(Cda::of_site(own, settings.source.cda.patient_roots.clone()));
    match settings.source.uke.patient_id {
        UkePatientId::Hold => registry,
        UkePatientId::InsuredNumber => registry.preceded_by(Uke::with(MissingId::InsuredNumber)),
    }
}

/// What decides which ids mean one person.
pub fn knowing(settings: &Settings, overlay: Overlay) -> Knowing {
    Knowing { policy: settings.identity, overlay, main: settings.source.id_space().into() }
}

pub fn clock_day(as_of: DateTime) -> Option<Day> {
    let day = as_of.date.first_day();
    Day::new(u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?)
}

/// Package files that the settings name.
pub fn package_files(settings: &Settings) -> Vec<PathBuf> {
    settings.ig.files.iter().map(|file| settings.path(file)).collect()
}

/// `--institution`, the settings, the number that a storage root is named with, the one that an input itself states (IR of receipts),
/// else a trial.
fn institution(
    session: &Session,
    over: &Overrides,
    settings: &Settings,
    inputs: &[PathBuf],
) -> Result<Institution, Failure> {
    let named = over.institution;
    if let (None, Some(first)) = (named, settings.institutions.first()) {
        if settings.institution.number.is_some() {
            let both = Text::new(
                "設定 [institution] number と [[institutions]] はどちらか一つにしてください",
                "set either [institution] number or [[institutions]]",
            );
            return Err(Failure::usage(both, session.lang, ""));
        }
        let today = session.clock(over.as_of)?.date;
        let current = settings.institutions.iter().find(|row| row.is_valid_on(today)).unwrap_or(first);
        return Ok(current.number.clone());
    }
    if let Some(number) = named.or(settings.institution.number.as_deref()) {
        let wrong = Text::new(
            "医療機関番号は10桁の数字（都道府県2・点数表1〜3・医療機関7）です: ",
            "an institution number has 10 digits (prefecture 2, point table 1 to 3, institution 7): ",
        );
        return Institution::new(number).ok_or_else(|| Failure::usage(wrong, session.lang, number));
    }
    let mut roots: BTreeSet<String> = inputs.iter().flat_map(|path| root_numbers(path)).collect();
    if roots.is_empty() {
        roots = inputs.iter().flat_map(|path| stated_numbers(path, &session.registry)).collect();
    }
    match (roots.first(), roots.len()) {
        (None, _) => Ok(Institution::trial()),
        (Some(number), 1) => Ok(Institution::new(number).unwrap_or_else(Institution::trial)),
        _ => {
            let wrong = Text::new(
                "複数の医療機関のストレージが指定されました。一つずつ実行するか --institution を付けてください: ",
                "storages of several institutions were named; run them one by one, or give --institution: ",
            );
            Err(Failure::usage(wrong, session.lang, roots.into_iter().collect::<Vec<_>>().join(", ")))
        }
    }
}

/// The number of a storage root, or those of the roots that lie in a folder.
fn root_numbers(path: &Path) -> Vec<String> {
    let own = path.canonicalize().ok().and_then(|path| root_number(&path));
    let inside = || {
        let entries = fs::read_dir(path).into_iter().flatten();
        entries.filter_map(|entry| root_number(&entry.ok()?.path())).collect()
    };
    own.map_or_else(inside, |number| vec![number])
}

/// The numbers that files state themselves: a file that was named, or those of a folder and of the folders in it.
fn stated_numbers(path: &Path, registry: &Registry) -> BTreeSet<String> {
    // A folder of receipts has a file a month; one with many more files is none.
    const MOST: usize = 2_000;
    let mut files = vec![path.to_owned()];
    for _ in 0..2 {
        let inside = |path: &PathBuf| fs::read_dir(path).map(|entries| entries.flatten().map(|entry| entry.path()));
        files =
            files.iter().flat_map(|path| inside(path).map_or_else(|_| vec![path.clone()], Iterator::collect)).collect();
        files.truncate(MOST);
    }
    let number = |path: &PathBuf| {
        let mut head = Vec::new();
        fs::File::open(path).ok()?.take(STATED).read_to_end(&mut head).ok()?;
        let input = Input::new(path.file_name()?.to_string_lossy(), head);
        registry.iter().find_map(|source| source.institution(&input))
    };
    files.iter().filter(|path| path.is_file()).filter_map(number).collect()
}

/// Leading bytes of a file that are looked at.
const STATED: u64 = 4096;

/// A storage root is named with the 10 digits, and a suffix for each volume.
fn root_number(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let number = name.get(..10).filter(|number| is_institution_number(number))?.to_owned();
    let rest = name.get(10..)?;
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(number)
}

fn ig_version(session: &Session, settings: &Settings) -> Result<IgVersion, Failure> {
    let Some(version) = &settings.ig.version else { return Ok(IgVersion::default()) };
    let wrong = Text::new("設定 ig.version: ", "setting ig.version: ");
    version.parse().map_err(|error| Failure::usage(wrong, session.lang, error))
}

/// The site's own maps, decoded: they are written in Excel.
fn operator_files(session: &Session, settings: &Settings) -> Result<Vec<(String, String)>, Failure> {
    let folder = maps_folder(session, settings);
    let mut paths = match fs::read_dir(&folder) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect::<Vec<_>>(),
        // Only a folder that was named must be there.
        Err(_) if settings.maps.folder.is_none() => Vec::new(),
        Err(error) => return Err(Failure::file(&folder, &error)),
    };
    paths.sort();
    let csv = paths.into_iter().filter(|path| path.extension().is_some_and(|end| end == "csv"));
    csv.map(|path| {
        let text = decoded(&path)?;
        Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text))
    })
    .collect()
}

fn tables_version(packages: &[String], files: &[(String, String)], masters: &str) -> String {
    let mut all = packages.join("\n");
    all.push_str(masters);
    files.iter().for_each(|(name, text)| all.extend(["\n", name.as_str(), "\n", text.as_str()]));
    tsugite_source::digest(all.as_bytes()).to_string()
}

fn gaiji(settings: &Settings, issues: &mut Vec<Issue>) -> Result<GaijiTable, Failure> {
    let Some(path) = &settings.source.gaiji else { return Ok(GaijiTable::default()) };
    let (table, told) = GaijiTable::parse(&decoded(&settings.path(path))?);
    issues.extend(told);
    Ok(table)
}

/// A map as text, in whatever encoding a spreadsheet program wrote it.
///
/// # Errors
/// It cannot be read, or is too large.
pub fn decoded(path: &Path) -> Result<String, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
    if bytes.len() as u64 > Limits::default().input {
        return Err(Failure::Io(format!("{}: too large", path.display())));
    }
    let encoding = detect(&bytes, None).encoding;
    Ok(decode(&bytes, encoding, &GaijiTable::default()).text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_storage_root_is_named_with_its_institution() {
        let folder = tempfile::tempdir().unwrap();
        for (name, number) in [
            ("1319999999", Some("1319999999")),
            ("1319999999_1", Some("1319999999")),
            ("13199999991", None),
            ("9919999999", None),
            ("storage", None),
        ] {
            let root = folder.path().join(name);
            fs::create_dir(&root).unwrap();
            assert_eq!(root_numbers(&root), number.into_iter().collect::<Vec<_>>(), "{name}");
        }
        assert_eq!(root_numbers(folder.path()), ["1319999999", "1319999999"]);
    }

    #[test]
    fn receipts_state_their_institution() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("uke");
        fs::create_dir(&below).unwrap();
        let receipts = |code: &str| format!("IR,1,13,1,{code},,x,202605\r\nRE,1,1112,202604,x,1,19700101\r\n");
        fs::write(below.join("RECEIPTC.UKE"), receipts("9999999")).unwrap();
        fs::write(below.join("note.txt"), "IR is no receipt").unwrap();
        let registry = crate::default_registry();
        let stated = |path: &Path| stated_numbers(path, &registry).into_iter().collect::<Vec<_>>();
        assert_eq!(stated(folder.path()), ["1319999999"]);
        assert_eq!(stated(&below.join("RECEIPTC.UKE")), ["1319999999"]);
        assert!(stated(&below.join("note.txt")).is_empty());
        fs::write(below.join("other.UKE"), receipts("1234567")).unwrap();
        assert_eq!(stated(&below), ["1311234567", "1319999999"]);
    }
}
