//! Sections that only sending needs.

use serde::Deserialize;
use std::path::PathBuf;
use tsugite_store::IdentityPolicy;

/// The way to the centre.
#[derive(Clone, Debug, Deserialize)]
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

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResendSettings {
    #[serde(deserialize_with = "identity")]
    pub identity: IdentityPolicy,
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
}
