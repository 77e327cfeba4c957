//! A stand-in for the centre of 電子カルテ情報共有サービス: takes the request files of the terminal's folder, judges them, answers, and
//! remembers. For demonstrations and tests; it says what public documents say of the centre, and no more.
//!
//! - [`Centre::process`] handles every request file that lies there now, one after the other, oldest first.
//! - A registration is keyed by (被保険者識別子, Bundle-ID). A bundle is taken whole or not at all; a refused change leaves what was
//!   held before. A change is a cancel and a registration in one: afterwards the bundle's own insured id counts.
//! - A registration under a key that is held is answered as a duplicate if the bytes are the same, else as an error
//!   ([`Options::newest_wins`] takes it instead: the guide leaves this open).
//! - `unknown-insured.txt` in the centre's folder names the insured ids that get a 資格エラー: one pattern a line, `*` stands for
//!   anything, `#` begins a comment. It is read anew for every request.
//!
//! The folder: `req/` and `res/` (the terminal's two folders), `inbox/` (what is being handled), `registrations/` (one JSON file a
//! Bundle-ID), `centre.log` (one JSON line a request; no name, no insured id). Every file is written whole or not at all, and a centre
//! that was killed between any two steps goes on where it stopped: each request is logged, applied and answered once.
//!
//! Result codes are the sandbox's own (`SBX…`, see [`codes`]); the default interface file gives them their classes.

#![forbid(unsafe_code)]

mod bundle;
mod centre;
pub mod codes;
mod disk;
mod judge;
mod log;
mod qualification;
mod registry;

pub use centre::{Centre, Options};
pub use log::{Check, Event};
pub use registry::{Registration, registrations};

use std::{io, path::PathBuf};

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
