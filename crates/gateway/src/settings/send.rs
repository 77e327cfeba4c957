//! Sections that only sending needs.

use serde::Deserialize;
use std::path::PathBuf;
use tsugite_clins::UnitKind;
use tsugite_store::{IdentityPolicy, InquiryPolicy, Retention};

/// The way to the centre.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UpstreamSettings {
    /// The centre's interface as data; without it the embedded defaults, which are not the real ones.
    pub interface: Option<PathBuf>,
    /// 要求データファイル格納ディレクトリ of the 資格確認端末.
    pub requests: Option<PathBuf>,
    /// 結果ファイル格納ディレクトリ.
    pub results: Option<PathBuf>,
    /// Where results that cannot be used are kept; in the home folder by default.
    pub quarantine: Option<PathBuf>,
    /// Correlation ids begin with it, to tell our files from those of other systems.
    pub id_prefix: String,
    /// How long an answer is awaited before it counts as lost, instead of what the interface says.
    pub wait_seconds: Option<u64>,
    /// How often results are looked for, instead of what the interface says.
    pub poll_milliseconds: Option<u64>,
    /// Certificates (PEM or DER) whose end is told of in time.
    pub certificates: Vec<PathBuf>,
    /// A result that cannot be read yet is given this long to be finished.
    pub grace_seconds: u64,
}

impl Default for UpstreamSettings {
    fn default() -> Self {
        Self {
            interface: None,
            requests: None,
            results: None,
            quarantine: None,
            id_prefix: "TG".to_owned(),
            wait_seconds: None,
            poll_milliseconds: None,
            certificates: Vec::new(),
            grace_seconds: 10,
        }
    }
}

/// 送信の歯止め: what stops before the outbox and asks.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BrakeSettings {
    /// Of the Units that live at the centre: more than this would be cancelled or shrink. Of the remembered files: more are gone.
    pub percent: u32,
    /// The same as a number.
    pub count: u32,
    /// A whole list that is shorter than the last by more than this.
    pub list_percent: u32,
}

impl Default for BrakeSettings {
    fn default() -> Self {
        Self { percent: 5, count: 20, list_percent: 20 }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResendSettings {
    #[serde(deserialize_with = "identity")]
    pub identity: IdentityPolicy,
    /// What was accepted longer ago than this (`4y6m`) is sent once more, before the centre drops it; off by default.
    pub refresh_before: Option<Age>,
    /// After a 資格エラー a change or cancel goes once more under the patient's new insured id; off by default.
    pub new_insured_id: bool,
    /// Where the outcome of a request is not known and the centre can be asked (`inquiry` in the interface file): after so many
    /// inquiries that nobody answered a person looks.
    pub inquiries: u32,
    /// The centre says that it holds another content than was ever sent.
    pub other_content: OtherContent,
    /// The centre says that what it held is gone, and not by a cancel of ours.
    pub gone: Gone,
}

impl Default for ResendSettings {
    fn default() -> Self {
        Self {
            identity: IdentityPolicy::default(),
            refresh_before: None,
            new_insured_id: false,
            inquiries: InquiryPolicy::default().most,
            other_content: OtherContent::Change,
            gone: Gone::Hold,
        }
    }
}

impl ResendSettings {
    pub fn inquiry(&self) -> InquiryPolicy {
        InquiryPolicy {
            most: self.inquiries,
            replace_other: self.other_content == OtherContent::Change,
            register_gone: self.gone == Gone::Register,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OtherContent {
    /// Ours replaces it.
    Change,
    /// A person looks.
    Hold,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gone {
    /// A person looks: a letter may be gone because it was fetched.
    Hold,
    /// It is registered anew, under another Bundle-ID.
    Register,
}

/// 電子署名: a program of the site's that signs documents before their first hand-over. Off by default.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignatureSettings {
    /// The program and its arguments; no shell is asked. It reads the bundle from its standard input and writes the result to its
    /// standard output; exit status 0 says that it is done. Empty: nothing is signed.
    pub command: Vec<String>,
    /// What is signed. The service asks for no more than 診療情報提供書, and not for that.
    pub documents: Vec<SignedDocument>,
    pub form: SignatureForm,
    /// After so long the program is ended, and the document waits for a person. Everything else waits meanwhile.
    pub seconds: u64,
}

impl Default for SignatureSettings {
    fn default() -> Self {
        let documents = vec![SignedDocument::Referral];
        Self { command: Vec::new(), documents, form: SignatureForm::Detached, seconds: 30 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignedDocument {
    Referral,
    Discharge,
    Checkup,
}

impl SignedDocument {
    pub const fn kind(self) -> UnitKind {
        match self {
            Self::Referral => UnitKind::Referral,
            Self::Discharge => UnitKind::Discharge,
            Self::Checkup => UnitKind::Checkup,
        }
    }
}

/// What the program writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureForm {
    /// A signature that goes beside the bundle, in the element that the interface file names.
    Detached,
    /// The same bundle with `Bundle.signature`.
    Bundle,
}

/// Years and months, as `4y6m`, `5y` or `54m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Age {
    years: i16,
    months: i16,
}

impl Age {
    /// The day that lies so long before another.
    pub fn before(self, day: jiff::civil::Date) -> Option<jiff::civil::Date> {
        day.checked_sub(jiff::Span::new().try_years(self.years).ok()?.try_months(self.months).ok()?).ok()
    }
}

impl TryFrom<String> for Age {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (years, rest) = text.split_once('y').unwrap_or(("0", &text));
        let months = if rest.is_empty() { Some("0") } else { rest.strip_suffix('m') };
        let number = |text: &str| text.parse::<u8>().ok().map(i16::from);
        let age = number(years).zip(months.and_then(number)).map(|(years, months)| Self { years, months });
        age.filter(|age| age.years + age.months > 0).ok_or_else(|| format!("`{text}` is not an age such as 4y6m"))
    }
}

fn identity<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<IdentityPolicy, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "next" => Ok(IdentityPolicy::Next),
        "all" => Ok(IdentityPolicy::All),
        "never" => Ok(IdentityPolicy::Never),
        other => Err(serde::de::Error::custom(format!("`{other}` is not one of next, all, never"))),
    }
}

/// Where the ledger lies.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoreSettings {
    /// The database; `tsugite.db` in the home folder by default.
    pub database: Option<PathBuf>,
    /// The log of issued Bundle-IDs, best on another disk; `issued.log` in the home folder by default. Never part of a backup.
    pub issued_log: Option<PathBuf>,
    /// The file with the keys, best neither on this disk nor in a backup; beside the log by default.
    pub keys: Option<PathBuf>,
    /// Where `tsugite backup` puts its copies; `backups` in the home folder by default.
    pub backups: Option<PathBuf>,
    pub retention: RetentionSettings,
}

/// For how many days what is done with is kept; without a number for ever. What the sources state, the ledger and the audit stay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RetentionSettings {
    /// Bytes of files from watched folders, which another version of the program would read again.
    pub inputs: Option<u32>,
    /// What the centre answered, as it came.
    pub receipts: Option<u32>,
    /// What was sent, byte by byte.
    pub bodies: Option<u32>,
    /// Settings that were replaced.
    pub settings: Option<u32>,
}

impl From<RetentionSettings> for Retention {
    fn from(RetentionSettings { inputs, receipts, bodies, settings }: RetentionSettings) -> Self {
        Self { raw_inputs: inputs, receipts, bodies, settings }
    }
}

/// Folders into which other programs drop files.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WatchSettings {
    pub folders: Vec<PathBuf>,
    /// How a file shows that it is whole.
    pub ready: Ready,
    /// `ready = "stable"`: a file of which nothing has changed for this long.
    pub stable_seconds: u64,
    /// `ready = "marker"`: the file `NAME` + this stands beside it.
    pub marker: String,
    /// Names with these endings are being written: never read.
    pub unfinished: Vec<String>,
    /// What becomes of a file that was read.
    pub after: After,
    /// Below the watched folder: where files go that were read.
    pub done: PathBuf,
    /// The same for files that cannot be used.
    pub error: PathBuf,
}

impl Default for WatchSettings {
    fn default() -> Self {
        Self {
            folders: Vec::new(),
            ready: Ready::Stable,
            stable_seconds: 5,
            marker: ".done".to_owned(),
            unfinished: [".tmp", ".part", ".filepart", "~"].map(str::to_owned).to_vec(),
            after: After::Move,
            done: "done".into(),
            error: "error".into(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ready {
    /// Its size and time have not changed for a while.
    Stable,
    /// It appears under its name only when it is whole.
    Rename,
    /// A marker file stands beside it.
    Marker,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum After {
    /// Moved to `done` or `error`.
    Move,
    /// Left where it is, and remembered.
    Leave,
}

/// `tsugite serve`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceSettings {
    /// How often the storage folders are looked through.
    pub scan_seconds: u64,
    /// How often the watched folders are.
    pub watch_seconds: u64,
    /// When asked to stop, answers under way are awaited for this long.
    pub stop_seconds: u64,
    /// With less free space where the database lies, nothing more is taken in.
    pub free_megabytes: u64,
    /// With more in the outbox, nothing more is taken in.
    pub queue: u32,
    /// What is held for longer than this is told of every day.
    pub hold_days: u16,
    /// Sends although no package of the guide is installed, so that profiles are not checked.
    pub without_packages: bool,
}

impl Default for ServiceSettings {
    fn default() -> Self {
        Self {
            scan_seconds: 60,
            watch_seconds: 5,
            stop_seconds: 20,
            free_megabytes: 500,
            queue: 200_000,
            hold_days: 30,
            without_packages: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Age;

    #[test]
    fn an_age_is_years_and_months() {
        let before = |text: &str| {
            let age = Age::try_from(text.to_owned()).ok()?;
            age.before(jiff::civil::date(2026, 11, 22)).map(|day| day.to_string())
        };
        for (text, day) in [("4y6m", "2022-05-22"), ("5y", "2021-11-22"), ("54m", "2022-05-22")] {
            assert_eq!(before(text).as_deref(), Some(day), "{text}");
        }
        for text in ["", "4", "0y", "y6m", "4y6", "-4y", "4 years"] {
            assert_eq!(before(text), None, "{text}");
        }
    }
}
