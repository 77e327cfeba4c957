//! A stand-in for the centre of 電子カルテ情報共有サービス: takes the request files of the terminal's folder, judges them, answers, and
//! remembers. For demonstrations and tests; it says what public documents say of the centre, and no more.
//!
//! - [`Centre::process`] handles every request file that lies there now, one after the other, oldest first.
//! - A registration is keyed by (被保険者識別子, Bundle-ID). A bundle is taken whole or not at all; a refused change leaves what was
//!   held before. A change is a cancel and a registration in one: afterwards the bundle's own insured id counts.
//! - A registration under a key that is held is answered as a duplicate if the bytes are the same, else as an error
//!   ([`Options::newest_wins`] takes it instead: the guide leaves this open).
//! - An inquiry (状況照会) is told whether the document is registered, cancelled or unknown under the insured id, and of what is registered
//!   the SHA-256 of its payload and the correlation id that brought it.
//! - A file that comes apart (添付情報登録) is held under the Bundle-ID of its document and goes with it; a document that names a file which
//!   is not held is refused.
//!
//! - `unknown-insured.txt` in the centre's folder names the insured ids that get a 資格エラー: one pattern a line, `*` stands for
//!   anything, `#` begins a comment. It is read anew for every request.
//!
//! - [`Faults`] make things go wrong, by a script or at random from a seed, always the same way for the same story: answers that are
//!   late, out of order, lost, repeated, cut, in another encoding or somebody else's; requests that are lost or refused; times in which
//!   nothing works.
//! - [`Terminal`] is the same centre in memory behind a [`tsugite_upstream::Transport`]: no files, no waiting, as many submissions as
//!   memory holds.
//! - [`two_live`] finds what must never be: one Unit registered twice.
//!
//! The folder: `req/` and `res/` (the terminal's two folders), `inbox/` (what is being handled), `pending/` (answers on their way),
//! `registrations/` and `attachments/` (one JSON file a Bundle-ID), `centre.log` (one JSON line a request; no name, no insured id). Every file is written
//! whole or not at all, and a centre that was killed between any two steps goes on where it stopped: each request is logged, applied
//! and answered once. It survives its own death, not a power cut: nothing is synced.
//!
//! # The file of faults
//!
//! ```
//! let faults = tsugite_sandbox::Faults::from_toml(
//!     r#"
//!     [[fault]]
//!     kind = "lose-answer"        # taken, but nobody is told
//!     rate = 0.1                  # of the requests; all of them without it
//!
//!     [[fault]]
//!     kind = "delay"              # also: duplicate-answer, truncate-answer, wrong-encoding, foreign-answer, lose-request
//!     seconds = [30, 300]         # between, at random; 60 without it
//!     operations = ["change"]     # register, change, cancel, inquiry, attachment
//!
//!     [[fault]]
//!     kind = "reorder"            # after the answers to the next requests, or after `seconds`
//!     behind = 2
//!     requests = [3, 7]           # just these; the log counts from 1
//!
//!     [[fault]]
//!     kind = "reject"             # without any effect
//!     class = "transport"         # or qualification, content, unknown
//!     rate = 0.05
//!     from = "2026-11-22T09:00:00+09:00"
//!     until = "2026-11-22T12:00:00+09:00"
//!
//!     [[fault]]
//!     kind = "processing"         # inquiries are told to come again
//!     rate = 0.1
//!
//!     [[fault]]
//!     kind = "unavailable"        # nothing is fetched, nothing answered
//!     hours = "22:00-06:00"       # each day in Japan
//!     "#,
//! )?;
//! # Ok::<(), tsugite_sandbox::FaultsError>(())
//! ```
//!
//! Result codes are the sandbox's own (`SBX…`, see [`codes`]); the default interface file gives them their classes.

#![forbid(unsafe_code)]

mod attachments;
mod bundle;
mod centre;
pub mod codes;
mod desk;
mod disk;
mod faults;
mod judge;
mod log;
mod pending;
mod qualification;
mod registry;
mod terminal;

pub use attachments::AttachedFile;
pub use centre::Centre;
pub use faults::{FaultKind, Faults, FaultsError};
pub use judge::Checks;
pub use log::{Check, Event, Told, events};
pub use registry::{Registration, TwoLive, registrations, two_live, two_live_by};
pub use terminal::Terminal;

use std::{io, path::PathBuf};
use tsugite_validate::Day;

/// What public documents leave open.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// A registration replaces what is held under its key instead of being refused.
    pub newest_wins: bool,
    /// Today in Japan, whatever the clock says. Without it, nothing lies in the future for [`Centre::process`].
    pub today: Option<Day>,
}

/// Everything that a centre is set up with.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    pub options: Options,
    pub faults: Faults,
    /// The same seed brings the same faults.
    pub seed: u64,
    pub checks: Checks,
    /// Bundles are remembered by their SHA-256 only: for very many in memory.
    pub digests_only: bool,
}

impl From<Options> for Setup {
    fn from(options: Options) -> Self {
        Self { options, ..Self::default() }
    }
}

/// The centre cannot work in its folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CentreError {
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: io::Error },
    /// Another program works as the centre of this folder.
    #[error("{0} is in use by another centre")]
    Busy(PathBuf),
    #[error("{path}:{line}: not a line of this log")]
    Log { path: PathBuf, line: usize },
    #[error("{0} is not a registration")]
    Registration(PathBuf),
}
