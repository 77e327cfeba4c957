//! What a round works with: the pure pipeline as this site has it, and what a comparison is made of.

use super::{Cycle, intend::Comparison, scan::Scan, units::Known, who::Who};
use crate::settings::Replaced;
use std::{collections::BTreeSet, num::NonZeroUsize};
use tsugite_pipeline::Settings as PipelineSettings;

impl Cycle<'_> {
    pub(super) fn pipeline<'p>(&'p self, known: &'p Known, scratch: &'p tempfile::TempDir) -> PipelineSettings<'p> {
        PipelineSettings {
            registry: &self.site.registry,
            source: None,
            context: self.site.context.clone(),
            feeds: &self.site.feeds,
            identity: self.settings.identity,
            tables: &self.site.tables,
            site: self.site.site(known),
            gate: self.site.gate(),
            validator: self.site.validator(),
            jobs: NonZeroUsize::MIN,
            scratch: scratch.path(),
        }
    }

    /// The same, with the clinic's decisions under the ids that patients are reported under.
    pub(super) fn pipeline_for<'p>(
        &'p self,
        known: &'p Known,
        scratch: &'p tempfile::TempDir,
        who: &'p Who,
    ) -> PipelineSettings<'p> {
        let mut settings = self.pipeline(known, scratch);
        settings.site.overlay = &who.overlay;
        settings
    }

    /// Institution numbers that are over and whose lists shall go.
    fn replaced_numbers(&self) -> BTreeSet<String> {
        if self.settings.institution.replaced == Replaced::Leave {
            return BTreeSet::new();
        }
        let rows = &self.site.policy.institutions;
        let today = self.site.as_of.date;
        let valid = |number: &str| rows.iter().any(|row| row.number.number == number && row.is_valid_on(today));
        rows.iter().map(|row| &row.number.number).filter(|number| !valid(number)).cloned().collect()
    }

    pub(super) fn comparison<'c>(
        &'c self,
        settings: &'c PipelineSettings<'c>,
        known: &'c Known,
        who: &'c Who,
        scan: &'c Scan,
    ) -> Comparison<'c> {
        Comparison {
            settings,
            known,
            who,
            incomplete: &scan.incomplete,
            identity: self.settings.resend.identity,
            renewed_before: self
                .settings
                .resend
                .refresh_before
                .and_then(|age| age.before(self.site.as_of.date.first_day())),
            interface: &self.interface,
            list_percent: self.settings.brake.list_percent,
            replaced: self.replaced_numbers(),
            lang: self.session.lang,
        }
    }
}
