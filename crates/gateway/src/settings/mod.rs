//! `tsugite.toml`: what a site decides. Every key has a default; an unknown one is an error that suggests the right one.

mod error;
mod overlay;
mod send;

pub use error::SettingsError;
pub use send::{
    After, BrakeSettings, Ready, ResendSettings, ServiceSettings, SignatureForm, SignatureSettings, StoreSettings,
    UpstreamSettings, WatchSettings,
};

use serde::Deserialize;
use std::{
    fs,
    path::{Path, PathBuf},
};
use tsugite_clinical::{
    Date,
    policy::{
        AllergyPolicy, BundlePolicy, CarePolicy, ConditionPolicy, Defaults, DocumentPolicy, IdentityPolicy,
        InstitutionRow, LabPolicy, Overlay, PatientPolicy, Policy, ReviewPolicy, SnapshotPolicy,
    },
};
use tsugite_pipeline::Feed;
use tsugite_upstream::Sharing;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub institution: InstitutionSettings,
    /// Instead of one number: with their periods, storages and departments.
    pub institutions: Vec<InstitutionRow>,
    pub ig: IgSettings,
    pub source: SourceSettings,
    pub report: ReportSettings,
    pub overlay: OverlaySettings,
    pub maps: MapSettings,
    pub store: StoreSettings,
    pub upstream: UpstreamSettings,
    pub brake: BrakeSettings,
    pub resend: ResendSettings,
    pub signature: SignatureSettings,
    pub watch: WatchSettings,
    pub service: ServiceSettings,
    pub sharing: Sharing,
    // What the policy of `clinical` holds, key by key, so that a wrong key is found where it stands.
    pub defaults: Defaults,
    pub patient: PatientPolicy,
    pub condition: ConditionPolicy,
    pub allergy: AllergyPolicy,
    pub lab: LabPolicy,
    pub snapshot: SnapshotPolicy,
    pub bundle: BundlePolicy,
    pub review: ReviewPolicy,
    pub care: CarePolicy,
    pub identity: IdentityPolicy,
    pub document: DocumentPolicy,
    /// Folder of the file: paths in it are relative to this.
    #[serde(skip)]
    folder: PathBuf,
}

/// 医療機関.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InstitutionSettings {
    /// 都道府県番号 2 + 点数表番号 1 + 医療機関コード 7.
    pub number: Option<String>,
    /// What becomes of the lists that went up under a number of [`Settings::institutions`] that is over.
    pub replaced: Replaced,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Replaced {
    #[default]
    Leave,
    /// Cancelled, once the list under the new number is accepted.
    Cancel,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IgSettings {
    /// Version of the JP-CLINS guide that the centre has.
    pub version: Option<String>,
    /// Package files (`.tgz`), beside those installed by `tsugite ig add`.
    pub files: Vec<PathBuf>,
}

/// Where the facts come from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SourceSettings {
    /// Folders that `run` reads: storage roots.
    pub folders: Vec<PathBuf>,
    /// Name of the feed; statements of one name supersede each other.
    #[serde(deserialize_with = "name")]
    pub instance: Option<String>,
    /// Inside one id space equal patient ids mean one patient.
    #[serde(deserialize_with = "name")]
    pub id_space: Option<String>,
    /// Folders that are other systems' than the rest.
    pub feeds: Vec<FeedSettings>,
    pub uke: UkeSettings,
    pub cda: CdaSettings,
    /// 外字 table (CSV).
    pub gaiji: Option<PathBuf>,
    /// Folder of mapping files for tables, besides those in the home folder.
    pub mappings: Option<PathBuf>,
}

impl SourceSettings {
    /// Name of the feed.
    pub fn instance(&self) -> &str {
        self.instance.as_deref().unwrap_or(DEFAULT_SPACE)
    }

    /// Patient ids of all inputs mean the same patients unless the settings say otherwise: a storage and its transaction files.
    pub fn id_space(&self) -> &str {
        self.id_space.as_deref().unwrap_or(DEFAULT_SPACE)
    }
}

const DEFAULT_SPACE: &str = "ssmix2";

/// CDA documents.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CdaSettings {
    /// OIDs that the clinic's systems give to its patient numbers, beside those of its institution numbers.
    pub patient_roots: Vec<String>,
}

/// レセプト.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UkeSettings {
    /// What stands for a patient whose receipts have no カルテ番号.
    pub patient_id: UkePatientId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UkePatientId {
    /// Nothing: the receipt is held.
    #[default]
    Hold,
    /// 保険者番号:記号:番号:枝番, where all are there.
    InsuredNumber,
}

/// A name that stands before a `/` where patients are named.
fn name<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let name = String::deserialize(deserializer)?;
    if name.is_empty() || name.contains(|c: char| c == '/' || c.is_control()) {
        return Err(serde::de::Error::custom(format!("`{name}` is no name: it is empty, or holds a `/`")));
    }
    Ok(Some(name))
}

/// Inputs of another system than the rest.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedSettings {
    /// The folder's own name, with which the paths of its files begin.
    pub folder: String,
    /// Its name, where statements of the rest shall not supersede its own.
    #[serde(default, deserialize_with = "name")]
    pub instance: Option<String>,
    /// Where its patient ids mean other patients than the same ids elsewhere.
    #[serde(default, deserialize_with = "name")]
    pub id_space: Option<String>,
}

impl FeedSettings {
    pub fn feed(&self) -> Feed {
        let name = |set: &Option<String>| set.as_deref().map(Into::into);
        Feed { folder: self.folder.clone(), instance: name(&self.instance), id_space: name(&self.id_space) }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReportSettings {
    /// 情報共有を始めた日: results collected before it are not carried.
    pub start_date: Option<Date>,
}

/// The clinic's own decisions, as CSV files with Japanese headers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OverlaySettings {
    pub patients: Option<PathBuf>,
    pub diagnoses: Option<PathBuf>,
}

/// The site's own code maps.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MapSettings {
    pub folder: Option<PathBuf>,
}

impl Settings {
    /// # Errors
    /// The file cannot be read, is no TOML, or has a key or value that is not known.
    pub fn load(path: &Path) -> Result<Self, SettingsError> {
        let unreadable = |error| SettingsError::Unreadable { path: path.to_owned(), error };
        let text = fs::read_to_string(path).map_err(unreadable)?;
        let mut settings = Self::parse(&text, path)?;
        settings.folder = path.parent().map(Path::to_owned).unwrap_or_default();
        Ok(settings)
    }

    fn parse(text: &str, path: &Path) -> Result<Self, SettingsError> {
        toml::from_str(text).map_err(|error| SettingsError::wrong(path, text, &error))
    }

    /// A path of the settings file, seen from where the program runs.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }

    pub fn policy(&self) -> Policy {
        Policy {
            defaults: self.defaults.clone(),
            patient: self.patient.clone(),
            condition: self.condition.clone(),
            allergy: self.allergy.clone(),
            lab: self.lab.clone(),
            snapshot: self.snapshot.clone(),
            bundle: self.bundle.clone(),
            review: self.review.clone(),
            care: self.care,
            institutions: self.institutions.clone(),
            document: self.document.clone(),
        }
    }

    /// The overlay files.
    ///
    /// # Errors
    /// A file that cannot be read, or a row that says nothing known.
    pub fn load_overlay(&self) -> Result<Overlay, SettingsError> {
        let file = |path: &Option<PathBuf>| path.as_ref().map(|path| self.path(path));
        let (patients, apart) =
            file(&self.overlay.patients).map(|path| overlay::patients(&path)).transpose()?.unwrap_or_default();
        Ok(Overlay {
            patients,
            apart,
            diagnoses: file(&self.overlay.diagnoses)
                .map(|path| overlay::diagnoses(&path))
                .transpose()?
                .unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tsugite_issue::Lang;

    fn parse(text: &str) -> Result<Settings, String> {
        Settings::parse(text, Path::new("tsugite.toml")).map_err(|error| error.text(Lang::En))
    }

    #[test]
    fn every_section_is_read() {
        let settings = parse(
            r#"
            [institution]
            number = "1319999999"
            [defaults]
            encounter_class = "IMP"
            department = { name = "内科" }
            [patient]
            address_missing = "data-absent"
            [condition]
            with_held = "hold-unit"
            [report]
            start_date = "2026-04-01"
            [snapshot]
            years = 3
            "#,
        )
        .unwrap();
        assert_eq!(settings.institution.number.as_deref(), Some("1319999999"));
        assert_eq!(settings.policy().snapshot.years, 3);
        assert_eq!(settings.report.start_date.unwrap().to_string(), "2026-04-01");
    }

    #[test]
    fn a_wrong_key_is_told_with_its_place_and_the_right_one() {
        for (text, expected) in [
            (
                "[instituton]\nnumber = \"1\"\n",
                "tsugite.toml:1:2: unknown key `instituton`; did you mean `institution`?",
            ),
            ("[institution]\nnummer = \"1\"\n", "tsugite.toml:2:1: unknown key `nummer`; did you mean `number`?"),
            (
                "[snapshot]\nzzz = 1\n",
                "tsugite.toml:2:1: unknown key `zzz`; known: `years`, `union`, `baseline_complete`, `deleted`",
            ),
        ] {
            assert_eq!(parse(text).unwrap_err(), expected);
        }
        let error = parse("[source]\nid_space = \"lab/a\"\n").unwrap_err();
        assert!(error.contains(":2:") && error.contains("`lab/a` is no name"), "{error}");
        let error = parse("[defaults]\nencounter_class = \"OUT\"\n").unwrap_err();
        assert!(error.contains(":2:") && error.contains("AMB, IMP, EMER"), "{error}");
    }
}
