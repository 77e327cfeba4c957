use crate::{
    issues,
    mapping::Mapping,
    read::{self, Head},
    recognise::{Fit, fit},
};
use std::sync::Arc;
use tsugite_issue::{Definition, Issue, Text};
use tsugite_source::{Context, Input, InputOrder, Recognition, Sink, Source};

/// Tables, by their mapping files.
#[derive(Clone, Debug)]
pub struct TableSource {
    name: &'static str,
    mappings: Vec<Arc<Mapping>>,
}

impl TableSource {
    pub fn new(mappings: impl IntoIterator<Item = Mapping>) -> Self {
        Self { name: "table", mappings: mappings.into_iter().map(Arc::new).collect() }
    }

    /// By the mapping files of a site, which stand beside those that come with the program.
    pub fn of_site(mappings: impl IntoIterator<Item = Mapping>) -> Self {
        Self { name: "site-table", ..Self::new(mappings) }
    }

    pub fn mappings(&self) -> impl Iterator<Item = &Mapping> {
        self.mappings.iter().map(|mapping| &**mapping)
    }

    /// The mapping that fits best, and one that fits as well.
    fn best(&self, input: &Input<'_>) -> Option<(&Mapping, Fit, Option<&Mapping>)> {
        if let Some(head) = Head::read(input.head()) {
            let mapping = self.mappings().find(|mapping| *mapping.name == *head.mapping)?;
            return Some((mapping, Fit::default(), None));
        }
        let mut best: Option<(&Mapping, Fit, Option<&Mapping>)> = None;
        for mapping in self.mappings() {
            let Some(fit) = fit(mapping, input) else { continue };
            best = match best {
                Some((known, rank, also)) if rank.points >= fit.points => {
                    let equal = rank.points == fit.points;
                    Some((known, rank, also.or(equal.then_some(mapping))))
                }
                _ => Some((mapping, fit, None)),
            };
        }
        best
    }
}

impl Source for TableSource {
    fn name(&self) -> &'static str {
        self.name
    }

    fn title(&self) -> Text {
        Text::new("表（CSV・固定長・Excel）", "tables (CSV, fixed width, Excel)")
    }

    fn issues(&self) -> &'static [&'static Definition] {
        issues::ALL
    }

    fn order(&self, _path: &str) -> InputOrder {
        InputOrder::Mixed
    }

    fn recognise(&self, input: &Input<'_>) -> Option<Recognition> {
        let (mapping, fit, _) = self.best(input)?;
        let format = Text::new("表（対応表ファイルで読むもの）", "a table that a mapping file describes");
        let evidence = format!("{} ({}): {}", mapping.title, mapping.name, fit.evidence);
        Some(Recognition { confidence: fit.confidence(), format, evidence })
    }

    fn surest(&self) -> u8 {
        90
    }

    fn cut(&self, head: &mut Vec<u8>, window: &[u8]) -> Option<usize> {
        let mapping = match Head::read(head) {
            Some(known) => self.mappings().find(|mapping| *mapping.name == *known.mapping)?,
            None => self.best(&Input::new("", window))?.0,
        };
        read::cut(mapping, head, window)
    }

    fn read(&self, input: &Input<'_>, context: &Context, sink: &mut Sink) {
        let Some((mapping, _, also)) = self.best(input) else {
            return sink.unreadable(Issue::new(&issues::LAYOUT_UNKNOWN).at(input.whole()));
        };
        if let Some(other) = also {
            let issue = Issue::new(&issues::LAYOUT_AMBIGUOUS).with("used", &*mapping.name);
            sink.issue(issue.with("other", &*other.name).at(input.whole()));
        }
        read::read(mapping, input, context, sink);
    }
}
