use crate::{Input, Recognition, Source};
use std::{cmp::Reverse, sync::Arc};
use tsugite_issue::Definition;

/// The sources of a gateway, in order of precedence for equal confidence.
#[derive(Clone, Default)]
pub struct Registry {
    sources: Vec<Arc<dyn Source>>,
}

/// Confidence and place, the source that has them, and what it said.
type Best<'r> = ((u8, Reverse<usize>), &'r Arc<dyn Source>, Recognition);

/// The surer comes before the less sure, the earlier before the later.
type Rank = (u8, Reverse<usize>);

impl Registry {
    /// Below this confidence an input is of no known format.
    const LEAST_CONFIDENCE: u8 = 30;

    #[must_use]
    pub fn with(mut self, source: impl Source + 'static) -> Self {
        self.sources.push(Arc::new(source));
        self
    }

    /// Puts a source before all others: it wins where both are as sure.
    #[must_use]
    pub fn preceded_by(mut self, source: impl Source + 'static) -> Self {
        self.sources.insert(0, Arc::new(source));
        self
    }

    /// Puts a source in the place of the one of its name, where there is one: the same format as a site's settings want it read.
    #[must_use]
    pub fn with_settled(mut self, source: impl Source + 'static) -> Self {
        let source: Arc<dyn Source> = Arc::new(source);
        for known in self.sources.iter_mut().filter(|known| known.name() == source.name()) {
            *known = Arc::clone(&source);
        }
        self
    }

    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn Source>> {
        self.sources.iter()
    }

    pub fn named(&self, name: &str) -> Option<&Arc<dyn Source>> {
        self.sources.iter().find(|source| source.name() == name)
    }

    /// The source that is surest of the input; of those that are as sure, the first.
    pub fn recognise(&self, input: &Input) -> Option<(&Arc<dyn Source>, Recognition)> {
        let mut asked: Vec<_> = self.sources.iter().enumerate().collect();
        asked.sort_by_key(|(_, source)| Reverse(source.surest()));
        let mut best: Option<Best<'_>> = None;
        for (place, source) in asked {
            let at_most: Rank = (source.surest(), Reverse(place));
            if best.as_ref().is_some_and(|(rank, ..)| *rank > at_most) {
                continue;
            }
            let Some(recognition) = source.recognise(input) else { continue };
            debug_assert!(recognition.confidence <= source.surest(), "{} is surer than ever", source.name());
            let rank = (recognition.confidence, Reverse(place));
            let surer = best.as_ref().is_none_or(|(known, ..)| rank > *known);
            if surer && recognition.confidence >= Self::LEAST_CONFIDENCE {
                best = Some((rank, source, recognition));
            }
        }
        best.map(|(_, source, recognition)| (source, recognition))
    }

    /// The issue codes of all sources, and of the sink.
    pub fn issues(&self) -> impl Iterator<Item = &'static Definition> {
        let own = crate::issues::ALL.iter().copied();
        own.chain(self.sources.iter().flat_map(|source| source.issues().iter().copied()))
    }
}
