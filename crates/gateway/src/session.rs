use crate::{
    cli::Global,
    clock::{Clock, SystemClock},
    failure::Failure,
    masters::Shelf,
    packages::{Loaded, Store},
    tables::SiteTables,
};
use jiff::{Timestamp, tz::TimeZone};
use std::{
    env,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    sync::Arc,
};
use tsugite_clinical::{Date, DateTime};
use tsugite_issue::{Definition, Issue, Lang, Text};
use tsugite_source::Registry;
use tsugite_validate::Validator;

/// How results are written; `Outcome` is a FHIR OperationOutcome, where a command has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    #[default]
    Text,
    Json,
    Outcome,
}

/// What every command knows: the outside world is asked here, and nowhere below.
pub struct Session {
    pub registry: Registry,
    /// What the site's mapping files add: maps of codes, and what is wrong in them.
    pub tables: SiteTables,
    pub home: PathBuf,
    pub lang: Lang,
    pub format: Format,
    pub quiet: bool,
    pub clock: Arc<dyn Clock>,
    /// Home of the packages: the user's, also where another home is worked in.
    packages_home: PathBuf,
    ig: Vec<PathBuf>,
}

impl Session {
    pub fn new(registry: Registry, global: Global) -> Self {
        let lang = global.lang.map_or_else(locale, Lang::from);
        let home = global.home.unwrap_or_else(home);
        let (registry, tables) = SiteTables::load(&home).registered(registry);
        Self {
            registry,
            tables,
            packages_home: home.clone(),
            home,
            lang,
            format: global.format,
            quiet: global.quiet,
            clock: Arc::new(SystemClock::default()),
            ig: global.ig,
        }
    }

    /// The same, with another home; the packages stay where they are installed.
    pub fn at_home(&self, home: PathBuf) -> Self {
        let Self { registry, tables, lang, format, quiet, clock, packages_home, ig, .. } = self;
        Self {
            registry: registry.clone(),
            tables: tables.clone(),
            home,
            lang: *lang,
            format: *format,
            quiet: *quiet,
            clock: Arc::clone(clock),
            packages_home: packages_home.clone(),
            ig: ig.clone(),
        }
    }

    pub const fn text(&self, ja: &'static str, en: &'static str) -> &'static str {
        Text::new(ja, en).get(self.lang)
    }

    pub fn packages(&self) -> Store {
        Store::new(&self.packages_home)
    }

    /// The installed masters; they stay where the packages are.
    pub fn masters(&self) -> Shelf {
        Shelf::new(&self.packages_home)
    }

    /// What the installed packages, those of `--ig` and those of the settings say.
    ///
    /// # Errors
    /// A package that cannot be read.
    pub fn load_packages(&self, further: &[PathBuf]) -> Result<Loaded, Failure> {
        let files: Vec<PathBuf> = self.ig.iter().chain(further).cloned().collect();
        self.packages().code_systems(&files).map_err(|error| Failure::Io(error.to_string()))
    }

    /// The validator of the installed packages, those of `--ig` and those of the settings, and what was wrong with them.
    ///
    /// # Errors
    /// A package that cannot be read.
    pub fn load_validator(&self, further: &[PathBuf]) -> Result<(Validator, Vec<Issue>), Failure> {
        let files: Vec<PathBuf> = self.ig.iter().chain(further).cloned().collect();
        self.packages().validator(&files).map_err(|error| Failure::Io(error.to_string()))
    }

    /// Everything that can be said, by any crate.
    pub fn definitions(&self) -> Vec<&'static Definition> {
        definitions(&self.registry)
    }

    /// Who sits at the keyboard, for the audit.
    pub fn user(&self) -> String {
        let named = ["USER", "USERNAME"].iter().find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
        named.unwrap_or_else(|| "operator".to_owned())
    }

    /// Now, in Japan.
    pub fn now(&self) -> DateTime {
        DateTime::from_civil(self.civil())
    }

    /// Now, as clocks on the wall show it in Japan.
    pub fn civil(&self) -> jiff::civil::DateTime {
        self.clock.now().to_zoned(TimeZone::fixed(JAPAN)).datetime()
    }

    /// `--as-of`: a day or a time of Japan.
    ///
    /// # Errors
    /// Neither.
    pub fn clock(&self, as_of: Option<&str>) -> Result<DateTime, Failure> {
        let Some(text) = as_of else { return Ok(self.now()) };
        parse_clock(text).ok_or_else(|| {
            let wrong = Text::new(
                "日時は 2026-11-22 または 2026-11-22T09:30:00 の形で書いてください: ",
                "write a day or time as 2026-11-22 or 2026-11-22T09:30:00: ",
            );
            Failure::usage(wrong, self.lang, text)
        })
    }

    /// `--since`: a day.
    ///
    /// # Errors
    /// Not a day.
    pub fn day(&self, text: &str) -> Result<Date, Failure> {
        let day = Date::try_from(text.to_owned()).ok().filter(|day| day.is_full());
        day.ok_or_else(|| {
            let wrong = Text::new("日付は 2026-11-22 の形で書いてください: ", "write a day as 2026-11-22: ");
            Failure::usage(wrong, self.lang, text)
        })
    }

    /// Progress is for a person who watches.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }
}

const JAPAN: jiff::tz::Offset = jiff::tz::offset(9);

fn parse_clock(text: &str) -> Option<DateTime> {
    if let Ok(zoned) = text.parse::<Timestamp>() {
        return Some(DateTime::from_civil(zoned.to_zoned(TimeZone::fixed(JAPAN)).datetime()));
    }
    match text.len() {
        0..=10 => Date::try_from(text.to_owned()).ok().filter(|day| day.is_full()).map(DateTime::day),
        _ => text.parse::<jiff::civil::DateTime>().ok().map(DateTime::from_civil),
    }
}

/// Every definition that this program and its sources have.
pub fn definitions(registry: &Registry) -> Vec<&'static Definition> {
    let own = [
        tsugite_charset::issues::ALL,
        tsugite_clinical::issues::ALL,
        tsugite_er7::issues::ALL,
        tsugite_xml::issues::ALL,
        tsugite_terminology::issues::ALL,
        tsugite_clins::issues::ALL,
        tsugite_validate::issues::ALL,
        tsugite_pipeline::issues::ALL,
        crate::intake::issues::ALL,
        crate::send::issues::ALL,
        crate::commands::validate::issues::ALL,
        tsugite_store::issues::ALL,
        tsugite_upstream::issues::ALL,
    ];
    let mut all: Vec<_> = own.into_iter().flatten().copied().chain(registry.issues()).collect();
    all.sort_by_key(|definition| definition.code);
    // Two sources may share a table of what they say; two tables with one code are a fault that a test finds.
    all.dedup_by(|a, b| std::ptr::eq(*a, *b));
    all
}

/// Japanese where the locale is, else English.
pub fn locale() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| env::var(name).ok()).find(|v| !v.is_empty());
    if set.is_some_and(|locale| locale.starts_with("ja")) { Lang::Ja } else { Lang::En }
}

/// `TSUGITE_HOME`, else the platform's folder for a program's data.
fn home() -> PathBuf {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let below = |name: &str, path: &str| folder(name).map(|base| base.join(path));
    let platform = match env::consts::OS {
        "windows" => below("LOCALAPPDATA", "tsugite"),
        "macos" => below("HOME", "Library/Application Support/tsugite"),
        _ => below("XDG_DATA_HOME", "tsugite").or_else(|| below("HOME", ".local/share/tsugite")),
    };
    folder("TSUGITE_HOME").or(platform).unwrap_or_else(|| Path::new(".tsugite").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_a_day_or_a_time_of_japan() {
        for (text, expected) in [
            ("2026-11-22", Some("2026-11-22")),
            ("20261122", Some("2026-11-22")),
            ("2026-11-22T09:30:00", Some("2026-11-22T09:30:00.000+09:00")),
            ("2026-11-22T09:30:00+09:00", Some("2026-11-22T09:30:00.000+09:00")),
            ("2026-11-22T00:30:00Z", Some("2026-11-22T09:30:00.000+09:00")),
            ("2026-11", None),
            ("yesterday", None),
            ("2026-02-30", None),
        ] {
            assert_eq!(parse_clock(text).map(|at| at.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn every_code_is_unique_and_complete() {
        let all = definitions(&crate::default_registry());
        assert!(all.len() > 100);
        for pair in all.windows(2) {
            assert_ne!(pair[0].code, pair[1].code);
        }
        for definition in all {
            let code = definition.code;
            let (area, number) = code.split_once('-').unwrap_or_default();
            assert!(!area.is_empty() && area.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()), "{code}");
            assert!(number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()), "{code}");
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.trim().is_empty() && !text.en.trim().is_empty(), "{code} lacks a text");
            }
        }
    }
}
