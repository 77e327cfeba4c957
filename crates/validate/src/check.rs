use crate::definitions::Definitions;
use crate::json::{Arena, Fault, FaultKind, Position, Tree};
use crate::strict::{Findings, Scratch};
use crate::{Options, Report, engine, issues, strict};
use std::collections::HashSet;
use std::sync::Arc;
use tsugite_issue::{Address, Definition, InputName, Issue, Origin, Severity, Span};

/// The memory that judging needs, to be used again: on the hot path nothing is allocated for a Bundle without findings.
#[derive(Debug, Default)]
pub struct Memory {
    arena: Arena,
    scratch: Scratch,
}

/// Judges one resource: JSON syntax, then the strict rules that apply to what it claims to be. Never fails and never panics:
/// whatever the bytes are, the answer is a report.
pub fn check(bytes: &[u8], options: &Options<'_>) -> Report {
    check_in(&mut Memory::default(), bytes, options)
}

/// Like [`check`], in memory that was used before.
pub fn check_in(memory: &mut Memory, bytes: &[u8], options: &Options<'_>) -> Report {
    run(memory, bytes, options, None)
}

/// JSON, then base R4 and profiles where there are definitions, then the strict rules.
pub(crate) fn run(
    memory: &mut Memory,
    bytes: &[u8],
    options: &Options<'_>,
    definitions: Option<&Definitions>,
) -> Report {
    let mut findings = Findings::new(options.max_issues);
    let mut faults = Vec::new();
    let tree = memory.arena.read(bytes, &options.limits, &mut faults);
    for fault in &faults {
        findings.push(fault_finding(fault, tree.as_ref(), bytes));
    }
    if let Some(tree) = &tree {
        if let Some(definitions) = definitions {
            engine::check(tree, definitions, options, &mut findings);
        }
        if definitions.is_none() || !options.profile_only {
            strict::check(tree, options, &mut memory.scratch, &mut findings);
            if definitions.is_some() {
                forget_repeated(&mut findings.list);
            }
        }
    }
    report(findings, bytes, options)
}

/// What a strict rule and base R4 or a profile both say is said once, by the strict rule: it knows what to do about it.
fn forget_repeated(list: &mut Vec<Finding>) {
    // A warning does not stand for an error.
    let strict = |f: &&Finding| f.definition.code.starts_with("STRICT-") && f.definition.severity == Severity::Error;
    let keys: HashSet<&str> =
        list.iter().filter(strict).filter_map(|f| Some(strict::rule(f.definition.code)?.key)).collect();
    if keys.is_empty() {
        return;
    }
    let places: HashSet<u32> = list.iter().filter(strict).map(|f| f.start).collect();
    list.retain(|finding| {
        let native = match finding.definition.code {
            "FHIR-006" => Some("date-form"),
            "FHIR-007" => Some("empty-value"),
            "FHIR-022" => Some("ext-1"),
            "FHIR-023" => Some("extension-url"),
            "FHIR-030" => Some("dom-2"),
            "FHIR-031" => Some("dom-3"),
            "FHIR-032" => Some("contained-id"),
            "FHIR-040" => Some("ref-1"),
            "FHIR-047" => Some("bdl-7"),
            _ => None,
        };
        let same_place = || places.contains(&finding.start);
        let key = finding.parameters.iter().find(|(name, _)| *name == "key").map(|(_, key)| key.as_str());
        match (native, key) {
            (Some("empty-value"), _) => {
                !((keys.contains("empty-value") || keys.contains("null-value")) && same_place())
            }
            (Some(native), _) => !(keys.contains(native) && same_place()),
            // The invariant stands at the Bundle, the strict rule at the culprit.
            (None, Some(key)) => !keys.contains(key),
            (None, None) => true,
        }
    });
}

/// One thing found, with its place in the input.
pub(crate) struct Finding {
    pub definition: &'static Definition,
    pub start: u32,
    pub end: u32,
    pub path: Option<String>,
    pub parameters: Vec<(&'static str, String)>,
    pub found: Option<String>,
}

impl Finding {
    pub fn of(definition: &'static Definition) -> Self {
        Self { definition, start: 0, end: 0, path: None, parameters: Vec::new(), found: None }
    }

    /// Fills a `{name}` place of the text.
    pub fn with(&mut self, name: &'static str, value: impl Into<String>) -> &mut Self {
        self.parameters.push((name, value.into()));
        self
    }
}

fn fault_finding(fault: &Fault, tree: Option<&Tree<'_>>, bytes: &[u8]) -> Finding {
    let mut parameters = Vec::new();
    let definition = match fault.kind {
        FaultKind::Empty => &issues::json::EMPTY,
        FaultKind::ByteOrderMark => &issues::json::BYTE_ORDER_MARK,
        FaultKind::NotUtf8 => &issues::json::NOT_UTF8,
        FaultKind::TooLarge { size, limit } => {
            parameters = vec![("size", size.to_string()), ("limit", limit.to_string())];
            &issues::json::TOO_LARGE
        }
        FaultKind::TooDeep { limit } => {
            parameters.push(("limit", limit.to_string()));
            &issues::json::TOO_DEEP
        }
        FaultKind::TooManyValues { limit } => {
            parameters.push(("limit", limit.to_string()));
            &issues::json::TOO_MANY_VALUES
        }
        FaultKind::Syntax { expected } => {
            parameters.push(("expected", expected.to_owned()));
            &issues::json::SYNTAX
        }
        FaultKind::NotJsonLiteral => &issues::json::NOT_A_LITERAL,
        FaultKind::BadNumber => &issues::json::BAD_NUMBER,
        FaultKind::NumberOutOfRange => &issues::json::NUMBER_OUT_OF_RANGE,
        FaultKind::RawControl => &issues::json::RAW_CONTROL,
        FaultKind::BadEscape => &issues::json::BAD_ESCAPE,
        FaultKind::LoneSurrogate => &issues::json::LONE_SURROGATE,
        FaultKind::KeyTooLong => &issues::json::KEY_TOO_LONG,
        FaultKind::DuplicateKey => &issues::json::DUPLICATE_KEY,
        FaultKind::TrailingData => &issues::json::TRAILING_DATA,
    };
    let (start, end) = (fault.start, fault.end);
    let path = tree.and_then(|tree| Some(tree.node(fault.node?)?.path()));
    let found = bytes.get(start as usize..end as usize).filter(|b| !b.is_empty()).map(shorten);
    Finding { definition, start, end, path, parameters, found }
}

/// What stood there, short enough for a line.
pub(crate) fn shorten(bytes: impl AsRef<[u8]>) -> String {
    const LONGEST: usize = 120;
    let bytes = bytes.as_ref();
    // Cut in bytes first: the input may be very long, and a character has at most four.
    let text = String::from_utf8_lossy(bytes.get(..LONGEST * 4).unwrap_or(bytes)).into_owned();
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text,
    }
}

fn report(findings: Findings, bytes: &[u8], options: &Options<'_>) -> Report {
    let Findings { mut list, omitted, omitted_by, .. } = findings;
    if list.is_empty() {
        return Report { issues: Vec::new(), omitted, omitted_by };
    }
    list.sort_by_key(|f| f.start);
    let input = options
        .input
        .clone()
        .unwrap_or_else(|| Arc::new(InputName { path: String::new(), digest: tsugite_issue::Digest::default() }));
    let mut position = Position::new(bytes);
    let issue = |finding: Finding| {
        let (line, column) = position.at(finding.start);
        let origin = Origin {
            input: Arc::clone(&input),
            span: Span::new(finding.start.into(), finding.end.into()),
            address: Address::Position { line, column },
        };
        Issue {
            definition: finding.definition,
            parameters: finding.parameters,
            found: finding.found,
            origin: Some(origin),
            path: finding.path,
        }
    };
    let issues = list.into_iter().map(issue).collect();
    Report { issues, omitted, omitted_by }
}
