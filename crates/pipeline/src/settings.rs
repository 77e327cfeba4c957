use crate::who::Feed;
use std::{num::NonZeroUsize, path::Path, sync::Arc};
use tsugite_clinical::policy::IdentityPolicy;
use tsugite_clins::Site;
use tsugite_source::{Context, Registry, Source};
use tsugite_terminology::Tables;
use tsugite_validate::{Options, Validator};

/// Everything besides the inputs that decides what comes out: the same inputs and settings give the same bytes.
pub struct Settings<'a> {
    pub registry: &'a Registry,
    /// Read everything by this source (`--source`), instead of asking the registry.
    pub source: Option<Arc<dyn Source>>,
    pub context: Context,
    /// Folders that are other systems' than the rest.
    pub feeds: &'a [Feed],
    /// What may join patient ids.
    pub identity: IdentityPolicy,
    pub tables: &'a Tables,
    /// Its baselines are those known before this run; folders that this run reads to their end are added patient by patient.
    pub site: Site<'a>,
    /// How a bundle is judged before it may leave.
    pub gate: Options<'a>,
    /// Judges base R4 too, and the profiles of its packages. Without it the gate knows JSON and the strict rules.
    pub validator: Option<&'a Validator>,
    pub jobs: NonZeroUsize,
    /// A folder for what does not fit into memory. Files in it have no name and vanish with the process.
    pub scratch: &'a Path,
}

impl<'a> Settings<'a> {
    /// The same for another site.
    #[must_use]
    pub fn with_site(&self, site: Site<'a>) -> Self {
        Self {
            registry: self.registry,
            source: self.source.clone(),
            context: self.context.clone(),
            feeds: self.feeds,
            identity: self.identity,
            tables: self.tables,
            site,
            gate: self.gate.clone(),
            validator: self.validator,
            jobs: self.jobs,
            scratch: self.scratch,
        }
    }
}
