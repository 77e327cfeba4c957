//! The way to the centre: what a request and a result look like, what a result means, and how files travel.
//!
//! The real interface is not public. So nothing about it stands in code: names of files and elements, API ids, result codes and
//! limits are an [`Interface`], read from a TOML file (`mappings/upstream/clins.toml` is the default) that a site replaces when it
//! has the vendor documents.
//!
//! - [`Interface::write_request`] and [`Interface::read_result`] are the envelope; the sandbox centre uses their counterparts.
//! - [`Interface::classify`] turns a result into a [`Class`]; a code that no table knows is [`Class::Unknown`].
//! - [`Interface::inquired`] says what the answer to an inquiry (状況照会) tells of a document.
//! - [`Transport`] carries request files there and result files back; [`TerminalFolder`] does so through the folders of the
//!   資格確認端末. A Web API would be another implementation.
//!
//! - [`Arrival`] says of each result whether it may be applied, where it goes and what a person is told: on time, late, repeated,
//!   foreign, truncated, in another encoding, misnamed.
//! - When something may go is asked of small pure rules that take `now`: [`ServiceHours`], [`RateLimit`], [`Concurrency`],
//!   [`Backoff`]; what must go today of [`Sharing`]; how long a certificate lasts of [`Certificate`].
//!
//! Nothing here keeps state: what was sent and what became of it is the ledger's. Nothing looks at a clock but
//! [`Transport::collect`] of the folder, which is [`Transport::collect_at`] with the machine's time.

#![forbid(unsafe_code)]

mod arrival;
mod certificate;
mod class;
mod envelope;
mod folder;
mod interface;
pub mod issues;
mod pace;
mod refusal;
mod result;
mod xml;

pub use arrival::{Arrival, Standing};
pub use certificate::{Certificate, CertificateError, STAGES};
pub use class::{Class, Retry};
pub use envelope::{Attached, Request};
pub use folder::TerminalFolder;
pub use interface::{Action, Held, Inquired, Interface, InterfaceError, Operation, Service, Size};
pub use pace::{
    Backoff, Concurrency, Due, Hours, HoursError, Maintenance, Promptness, RateLimit, ServiceHours, Sharing, mix,
};
pub use refusal::{EnvelopeError, institution_of, is_insured_id};
pub use result::{Finding, ResultMessage};
pub use xml::Unreadable;

use jiff::Timestamp;
use std::{io, path::PathBuf};
use tsugite_issue::Issue;

/// A result that lies ready.
#[derive(Clone, Debug)]
pub struct Collected {
    /// Names the result at its transport: the file's name.
    pub handle: String,
    pub operation: Operation,
    pub result: Result<ResultMessage, Unreadable>,
    /// As it came.
    pub raw: Vec<u8>,
}

/// What becomes of a result once its meaning is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposal {
    Done,
    /// Kept apart for a person: unreadable, or the answer to nothing that was asked.
    Quarantine,
}

impl Collected {
    /// What a person is told of a result that cannot be read; it lies in `folder` then.
    pub fn issue(&self, folder: &std::path::Path) -> Option<Issue> {
        let why = *self.result.as_ref().err()?;
        Arrival::of_unreadable(why).issue(&self.handle, folder)
    }
}

/// Why a transport could not do what was asked. Nothing has left the house.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: io::Error },
    /// Somebody else's request lies there under the same name.
    #[error("{0} is taken by another request")]
    Taken(PathBuf),
    #[error("{0}")]
    Envelope(#[from] EnvelopeError),
}

impl TransportError {
    /// Trying again later may help. Otherwise a person must act.
    pub const fn is_retryable(&self) -> bool {
        matches!(self, Self::Io { .. } | Self::Taken(_))
    }

    /// The same for a person.
    pub fn issue(&self) -> Issue {
        match self {
            Self::Io { source, .. } => Issue::new(&issues::TRANSPORT).with("code", source.kind().to_string()),
            Self::Taken(_) => Issue::new(&issues::TRANSPORT).with("code", io::ErrorKind::AlreadyExists.to_string()),
            Self::Envelope(error) => error.issue(),
        }
    }
}

/// Carries requests to the centre and results back.
pub trait Transport {
    /// Hands one request over, and gives warnings about it. When this returns an error, nothing was handed over.
    ///
    /// # Errors
    /// When the place cannot be written, or the request must not leave the house.
    fn submit(&mut self, request: &Request) -> Result<Vec<Issue>, TransportError>;

    /// All results of this gateway that lie ready now. They stay until they are disposed of.
    ///
    /// # Errors
    /// When the place cannot be read.
    fn collect(&mut self) -> Result<Vec<Collected>, TransportError>;

    /// The same, with the clock given: whether a file that cannot be read yet has stood still for long enough is told by it.
    ///
    /// # Errors
    /// When the place cannot be read.
    fn collect_at(&mut self, _now: Timestamp) -> Result<Vec<Collected>, TransportError> {
        self.collect()
    }

    /// The results of these requests only, named by operation and correlation id. Costs as much as there are requests, however
    /// full the place is; what nobody awaits is found by [`Transport::collect_at`], which is called now and then.
    ///
    /// # Errors
    /// When the place cannot be read.
    fn collect_awaited(
        &mut self,
        awaited: &[(Operation, String)],
        now: Timestamp,
    ) -> Result<Vec<Collected>, TransportError> {
        let mut collected = self.collect_at(now)?;
        let is_awaited = |one: &Collected| {
            let id = one.result.as_ref().map(|result| result.file_id.as_str());
            awaited.iter().any(|(operation, awaited)| *operation == one.operation && Ok(awaited.as_str()) == id)
        };
        collected.retain(is_awaited);
        Ok(collected)
    }

    /// Puts a result away, after what it means is durable.
    ///
    /// # Errors
    /// When it cannot be moved; then it is collected again.
    fn dispose(&mut self, collected: &Collected, disposal: Disposal) -> Result<(), TransportError>;

    /// Takes a request back that nobody has fetched yet. `false`: it is gone, or its fate is not known.
    ///
    /// # Errors
    /// When the place cannot be read.
    fn take_back(&mut self, operation: Operation, file_id: &str) -> Result<bool, TransportError>;
}
