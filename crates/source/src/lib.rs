//! What every source of facts implements, and what it writes to.
//!
//! A [`Source`] is the adapter of one format family. It recognises an [`Input`] by its content and turns it into statements; reading
//! cannot fail, it ends in issues. The [`Sink`] proves the conservation law: every record that a source begins must be ended, or the
//! sink itself reports the loss. A vendor's source lives in a crate of its own and is added to the [`Registry`] by the vendor's `main`.

#![forbid(unsafe_code)]

mod input;
pub mod issues;
mod registry;
mod sink;
#[cfg(feature = "testkit")]
pub mod testkit;

pub use input::{Input, Part, digest, digest_of, line_ends};
pub use registry::Registry;
pub use sink::{Output, Record, RecordEnd, Sink};

use std::sync::Arc;
use tsugite_charset::GaijiTable;
use tsugite_clinical::PatientId;
use tsugite_issue::{Definition, Text};

/// How inputs of a source are ordered, which decides how facts are grouped by patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputOrder {
    /// All inputs of a patient stand in one folder.
    ByPatient,
    /// Patients are mixed; facts are grouped after reading.
    Mixed,
}

/// How sure a source is that an input is of its format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognition {
    /// 0 is "no", 100 is "no doubt". The highest wins; below 30 an input is of no known format.
    pub confidence: u8,
    /// What it is, for `inspect`: "SS-MIX2 OML-11 (OUL^R22)".
    pub format: Text,
    /// What spoke for it.
    pub evidence: String,
}

/// What a source may know besides the bytes.
#[derive(Clone, Debug)]
pub struct Context {
    /// The name of this source instance: a storage root, a feed. Scopes and keys carry it.
    pub instance: Arc<str>,
    /// The id space of patient ids.
    pub id_space: Arc<str>,
    /// Site table of 外字.
    pub gaiji: Arc<GaijiTable>,
}

impl Context {
    pub fn patient(&self, id: &str) -> PatientId {
        PatientId { space: Arc::clone(&self.id_space), id: id.into() }
    }
}

/// The adapter of one format family.
pub trait Source: Send + Sync {
    /// Short name for `--source`: `ssmix2`.
    fn name(&self) -> &'static str;

    fn title(&self) -> Text;

    /// Everything that this source can say.
    fn issues(&self) -> &'static [&'static Definition];

    /// How an input of this logical path stands among the others: one format may have both (a storage and its transaction files).
    fn order(&self, path: &str) -> InputOrder;

    /// Judges by content (and by path where the format names its files); must be cheap.
    fn recognise(&self, input: &Input) -> Option<Recognition>;

    /// The greatest confidence that [`Source::recognise`] ever has: whoever cannot be surer than another already is, is not asked.
    fn surest(&self) -> u8 {
        u8::MAX
    }

    /// The name of the folder group that holds all inputs of one patient, from a logical path with `/`, where the format has such
    /// folders: an SS-MIX2 storage answers `074/180/0741802888`.
    fn group<'p>(&self, path: &'p str) -> Option<&'p str> {
        let _ = path;
        None
    }

    /// 医療機関番号 (10 digits) that an input itself names, if its format has a place for it; a few leading bytes are enough.
    fn institution(&self, input: &Input) -> Option<String> {
        let _ = input;
        None
    }

    /// Where a part of a large mixed input ends that begins with `window`, so that it can be read by itself: at the beginning of a
    /// line, where one receipt, report or patient ends. `head` is what the parts after the first need of those before (a header
    /// line, the encoding): this source fills it here, and finds it in [`Input::head`]. It is empty at the first part.
    ///
    /// `None`: the window holds no such place, and a larger one is tried; or inputs of this source are read whole.
    fn cut(&self, head: &mut Vec<u8>, window: &[u8]) -> Option<usize> {
        let _ = (head, window);
        None
    }

    /// Reads the whole input into the sink. Never fails, never panics: what cannot be read is an issue, and the rest goes through.
    fn read(&self, input: &Input, context: &Context, sink: &mut Sink);
}
