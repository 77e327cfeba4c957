use crate::check::{Finding, shorten};
use crate::json::Node;
use tsugite_issue::Definition;

/// All that was found in one input, up to a limit; beyond it only counted.
#[derive(Default)]
pub(crate) struct Findings {
    pub list: Vec<Finding>,
    pub omitted: usize,
    /// What is only counted, a few dozen definitions at most.
    pub omitted_by: Vec<(&'static Definition, usize)>,
    limit: usize,
    /// Takes what is written about a finding that is not listed.
    spill: Option<Finding>,
}

impl Findings {
    pub fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    pub fn is_full(&self) -> bool {
        self.list.len() >= self.limit
    }

    fn count(&mut self, definition: &'static Definition) {
        match self.omitted_by.iter_mut().find(|(d, _)| std::ptr::eq(*d, definition)) {
            Some((_, count)) => *count += 1,
            None => self.omitted_by.push((definition, 1)),
        }
    }

    pub fn push(&mut self, finding: Finding) -> &mut Finding {
        if self.is_full() {
            self.omitted += 1;
            self.count(finding.definition);
            return self.spill.insert(finding);
        }
        let definition = finding.definition;
        self.list.push(finding);
        match self.list.last_mut() {
            Some(last) => last,
            None => self.spill.insert(Finding::of(definition)),
        }
    }
}

/// What a rule speaks through: it knows the rule's definition.
pub struct Say<'f> {
    findings: &'f mut Findings,
    definition: &'static Definition,
}

impl<'f> Say<'f> {
    pub(crate) fn new(findings: &'f mut Findings, definition: &'static Definition) -> Self {
        Self { findings, definition }
    }

    /// A finding about a value, for those that keep their own list.
    pub(crate) fn finding(definition: &'static Definition, node: Node<'_>) -> Finding {
        let (start, end) = node.span();
        Finding { start, end, path: Some(node.path()), ..Finding::of(definition) }
    }

    /// The rule is broken at this value.
    pub(crate) fn at(&mut self, node: Node<'_>) -> &mut Finding {
        let (start, end) = node.span();
        let path = (!self.findings.is_full()).then(|| node.path());
        let finding = Finding { start, end, path, ..Finding::of(self.definition) };
        self.findings.push(finding)
    }

    /// The rule is broken because `parent` lacks `element`.
    pub(crate) fn missing(&mut self, parent: Node<'_>, element: &str) -> &mut Finding {
        let finding = self.at(parent);
        if let Some(path) = &mut finding.path {
            path.push('.');
            path.push_str(element);
        }
        finding.end = finding.start.saturating_add(1);
        finding
    }

    /// The rule is broken at this value, which is shown.
    pub(crate) fn found(&mut self, node: Node<'_>) -> &mut Finding {
        let text = node.as_str().unwrap_or_else(|| node.source());
        let finding = self.at(node);
        finding.found = Some(shorten(text));
        finding
    }

    /// The rule is broken at `node`, or, where there is none, by its absence from `parent`.
    pub(crate) fn at_or_missing(&mut self, node: Option<Node<'_>>, parent: Node<'_>, element: &str) -> &mut Finding {
        match node {
            Some(node) if node.is_object() || node.is_array() => self.at(node),
            Some(node) => self.found(node),
            None => self.missing(parent, element),
        }
    }
}
