//! From the written form to the one that is read by.

use super::{
    Checked, Layout, MapFiles, Mapping, RepeatRule, RowRule, TargetRule, ValueMap, VersionSource, check,
    field::{ConditionRule, FieldRule, Place, key},
    pattern::{DatePattern, PatternFault},
    schema::{Condition, Field, Fields, From, RowKind, Schema, Shape, Values},
};
use crate::{
    issues,
    target::{Kind, Target},
};
use std::{collections::BTreeMap, ops::Range, sync::Arc};
use toml::Spanned;
use tsugite_charset::Encoding;
use tsugite_issue::{Address, Definition, Digest, InputName, Issue, Origin, Severity, Span, nearest};

/// Collects what is wrong, with its place in the file.
pub(super) struct Teller<'t> {
    text: &'t str,
    input: Arc<InputName>,
    pub issues: Vec<Issue>,
}

impl Teller<'_> {
    pub fn at(&self, definition: &'static Definition, place: &Range<usize>) -> Issue {
        let before = self.text.get(..place.start).unwrap_or_default();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let line = count(before.matches('\n').count() + 1);
        let column = count(before.rsplit('\n').next().unwrap_or_default().chars().count() + 1);
        let span = Span::new(place.start as u64, place.end as u64);
        let origin = Origin { input: Arc::clone(&self.input), span, address: Address::Position { line, column } };
        Issue::new(definition).at(origin)
    }

    pub fn tell(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

pub fn parse(path: &str, text: &str, files: MapFiles<'_>) -> Checked {
    let input = Arc::new(InputName { path: path.to_owned(), digest: Digest::default() });
    let mut teller = Teller { text, input, issues: Vec::new() };
    let schema: Schema = match toml::from_str(text) {
        Ok(schema) => schema,
        Err(error) => {
            let issue = wrong_toml(&teller, &error);
            return Checked { mapping: None, issues: vec![issue] };
        }
    };
    let mapping = Compiler { teller: &mut teller, files, null: schema.null.iter().map(|token| key(token)).collect() }
        .mapping(path, &schema);
    check::check(&schema, &mapping, &mut teller);
    let mut issues = teller.issues;
    issues.sort_by_key(|issue| issue.origin.as_ref().map(|origin| origin.span.start));
    let wrong = issues.iter().any(|issue| issue.severity() == Severity::Error);
    Checked { mapping: (!wrong).then_some(mapping), issues }
}

fn wrong_toml(teller: &Teller<'_>, error: &toml::de::Error) -> Issue {
    let place = error.span().unwrap_or(0..0);
    let message = error.message().trim().replace('\n', " ");
    if let Some(rest) = message.strip_prefix("unknown field `") {
        let mut quoted = rest.split('`');
        let word = quoted.next().unwrap_or_default();
        let known: Vec<&str> = quoted.skip(1).step_by(2).collect();
        let issue = teller.at(&issues::MAPPING_KEY, &place).with("key", word);
        return issue.with("suggestion", suggestion(word, &known));
    }
    let definition = match toml::from_str::<toml::Table>(teller.text) {
        Ok(_) => &issues::MAPPING_VALUE,
        Err(_) => &issues::MAPPING_SYNTAX,
    };
    teller.at(definition, &place).with("message", message)
}

/// The right word, or all that there are.
pub(super) fn suggestion(word: &str, known: &[&str]) -> String {
    match nearest(word, known) {
        Some(right) => format!("→ `{right}` ?"),
        None => format!("→ {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ")),
    }
}

struct Compiler<'c, 't> {
    teller: &'c mut Teller<'t>,
    files: MapFiles<'c>,
    null: Vec<String>,
}

impl Compiler<'_, '_> {
    fn mapping(&mut self, path: &str, schema: &Schema) -> Mapping {
        let rows = schema.row.iter().map(|row| self.row(row.get_ref())).collect();
        let layout = self.layout(schema);
        let labs = schema.maps.labs.as_ref().and_then(|file| {
            let text = (self.files)(file.get_ref());
            if text.is_none() {
                let issue = self.teller.at(&issues::MAPPING_FILE, &file.span()).with("file", file.get_ref());
                self.teller.tell(issue);
            }
            text
        });
        Mapping {
            name: schema.name.get_ref().as_str().into(),
            title: schema.title.clone(),
            verified: schema.verified,
            path: path.to_owned(),
            id_space: schema.id_space.as_deref().map(Arc::from),
            version_from: self.version(schema),
            report_key: schema.report_key.iter().map(|field| field.get_ref().clone()).collect(),
            partial: schema.partial,
            whole_list: schema.whole_list,
            layout,
            files: schema.recognise.file.clone(),
            headings: schema.recognise.header.iter().map(|name| key(name)).collect(),
            rows,
            tests: schema.test.iter().map(|test| (test.span(), test.get_ref().clone())).collect(),
            labs,
        }
    }

    fn layout(&mut self, schema: &Schema) -> Layout {
        let file = &schema.file;
        let encoding = file.encoding.as_ref().filter(|label| label.get_ref() != "auto").and_then(|label| {
            let encoding = Encoding::from_label(label.get_ref());
            if encoding.is_none() {
                let issue = self.teller.at(&issues::MAPPING_ENCODING, &label.span()).with("encoding", label.get_ref());
                self.teller.tell(issue);
            }
            encoding
        });
        let last = file.header.saturating_sub(1);
        Layout {
            shape: file.shape,
            encoding,
            undecodable: file.undecodable,
            delimiter: file.delimiter.as_ref().map_or_else(|| ",".to_owned(), |text| text.get_ref().clone()),
            quotes: file.quotes.unwrap_or(true),
            escape: file.escape,
            header: file.header,
            names_row: file.names_row.as_ref().map_or(last, |row| row.get_ref().saturating_sub(1).min(last)),
            comment: file.comment.clone(),
            footer: file.footer,
            columns: file.columns.as_ref().map(|columns| *columns.get_ref()),
            record_length: file.record_length.as_ref().map(|length| *length.get_ref()).filter(|length| *length > 0),
            sheet: file.sheet.clone(),
        }
    }

    fn version(&mut self, schema: &Schema) -> VersionSource {
        let from = &schema.version_from;
        let pattern = |teller: &mut Self, text: &Spanned<String>| teller.pattern(text, None);
        match (&from.file_name, &from.line, &from.pattern, &from.field) {
            (None, None, None, None) => VersionSource::Receipt,
            (Some(text), None, None, None) => {
                pattern(self, text).map_or(VersionSource::Receipt, VersionSource::FileName)
            }
            (None, Some(line), Some(text), None) => pattern(self, text).map_or(VersionSource::Receipt, |pattern| {
                VersionSource::Line(line.get_ref().saturating_sub(1), pattern)
            }),
            (None, None, None, Some(field)) => VersionSource::Field(field.get_ref().clone()),
            (a, b, c, d) => {
                let places = [
                    a.as_ref().map(Spanned::span),
                    b.as_ref().map(Spanned::span),
                    c.as_ref().map(Spanned::span),
                    d.as_ref().map(Spanned::span),
                ];
                let place = places.into_iter().flatten().next().unwrap_or(0..0);
                let issue = self.teller.at(&issues::MAPPING_VERSION, &place);
                self.teller.tell(issue);
                VersionSource::Receipt
            }
        }
    }

    fn pattern(&mut self, text: &Spanned<String>, pivot: Option<u8>) -> Option<DatePattern> {
        match DatePattern::parse(text.get_ref(), pivot) {
            Ok(pattern) => Some(pattern),
            Err(fault) => {
                let definition = match fault {
                    PatternFault::Unknown | PatternFault::NoYear => &issues::MAPPING_PATTERN,
                    PatternFault::NoPivot => &issues::MAPPING_PIVOT,
                };
                let issue = self.teller.at(definition, &text.span()).with("pattern", text.get_ref());
                self.teller.tell(issue);
                None
            }
        }
    }

    fn row(&mut self, row: &RowKind) -> RowRule {
        let tables = [
            (Target::Patient, &row.patient),
            (Target::Lab, &row.lab),
            (Target::Allergy, &row.allergy),
            (Target::Diagnosis, &row.diagnosis),
            (Target::Prescription, &row.prescription),
            (Target::Checkup, &row.checkup),
        ];
        let mut targets = Vec::new();
        for (target, fields) in tables {
            let Some(fields) = fields else { continue };
            let mut rules = vec![None; target.fields().len()];
            for (at, rule) in self.fields(target, fields.get_ref(), false) {
                if let Some(slot) = rules.get_mut(at) {
                    *slot = Some(rule);
                }
            }
            targets.push(TargetRule { target, fields: rules });
        }
        let records = targets.iter().map(|rule| rule.target).find(|target| *target != Target::Patient);
        let record_target = records.unwrap_or(Target::Lab);
        RowRule {
            when: row.when.as_ref().map(|condition| self.condition(condition)),
            role: row.role,
            key: row.key.as_ref().map(|field| self.field(field, Kind::Code)),
            only: row.only.iter().map(|condition| self.condition(condition)).collect(),
            repeat: row.repeat.as_ref().map(|repeat| RepeatRule {
                times: repeat.get_ref().times.clamp(1, 1000),
                step: repeat.get_ref().step,
                fields: repeat.get_ref().fields.iter().map(|field| field.get_ref().clone()).collect(),
            }),
            wide: row.wide.iter().map(|fields| self.fields(record_target, fields.get_ref(), true)).collect(),
            wide_headings: row.wide_headings.as_ref().map(|headings| headings.get_ref().clone()),
            targets,
        }
    }

    /// `wide`: what names an item is written as it is, not as a column.
    fn fields(&mut self, target: Target, fields: &Fields, wide: bool) -> Vec<(usize, FieldRule)> {
        let mut rules = Vec::new();
        for (name, field) in fields {
            let spec = target.field(name.get_ref()).and_then(|at| Some((at, target.fields().get(at)?)));
            let Some((at, spec)) = spec else {
                let known: Vec<&str> = target.fields().iter().map(|field| field.name).collect();
                let issue = self.teller.at(&issues::MAPPING_FIELD, &name.span()).with("target", target.name());
                let issue = issue.with("field", name.get_ref());
                let issue = issue.with("suggestion", suggestion(name.get_ref(), &known));
                self.teller.tell(issue);
                continue;
            };
            let mut rule = self.field(field, spec.kind);
            if wide && CONSTANT_IN_WIDE.contains(&spec.name) {
                for place in &mut rule.from {
                    if let Place::Name(names) = place {
                        *place = Place::Constant(names.first().cloned().unwrap_or_default());
                    }
                }
            }
            rules.push((at, rule));
        }
        rules
    }

    fn field(&mut self, field: &Spanned<Field>, kind: Kind) -> FieldRule {
        let written = field.get_ref();
        let from = written.from.iter().map(|from| self.place(from, &field.span())).collect();
        let pivot = written.pivot;
        let dates = match (written.dates.is_empty(), kind) {
            (false, _) => written.dates.iter().filter_map(|text| self.pattern(text, pivot)).collect(),
            (true, Kind::Date | Kind::EndDate) => {
                DatePattern::DEFAULT.iter().filter_map(|text| DatePattern::parse(text, None).ok()).collect()
            }
            (true, _) => Vec::new(),
        };
        let own_null = written.null.as_ref().map(|tokens| tokens.iter().map(|token| key(token)).collect());
        FieldRule {
            from,
            with: written.with.clone(),
            dates,
            pivot,
            // A result may say `-`, which is a result.
            null: own_null.unwrap_or_else(|| if kind == Kind::Value { Vec::new() } else { self.null.clone() }),
            values: written.values.as_ref().map(|values| self.values(values)),
            otherwise: written.otherwise.clone(),
            digits: written.digits.clone(),
            pad: written.pad,
            strip_zeros: written.strip_zeros,
            optional: written.optional,
        }
    }

    fn place(&mut self, from: &From, at: &Range<usize>) -> Place {
        match from {
            From::Name(names) => Place::Name(names.clone()),
            From::Column(number) => Place::Column(number.get_ref().saturating_sub(1)),
            From::Constant(text) => Place::Constant(text.clone()),
            From::FilePart(number) => Place::FilePart(number.saturating_sub(1)),
            From::Bytes(range) => self.bytes(range, at),
        }
    }

    fn bytes(&mut self, range: &Spanned<String>, _at: &Range<usize>) -> Place {
        if let Some(bytes) = byte_range(range.get_ref()) {
            return Place::Bytes(bytes);
        }
        let issue = self.teller.at(&issues::MAPPING_RANGE, &range.span());
        self.teller.tell(issue);
        Place::Nowhere
    }

    fn condition(&mut self, condition: &Spanned<Condition>) -> ConditionRule {
        let written = condition.get_ref();
        let place = match (&written.name, &written.column, &written.bytes) {
            (Some(names), None, None) => Place::Name(names.0.clone()),
            (None, Some(column), None) => Place::Column(column.get_ref().0.saturating_sub(1)),
            (None, None, Some(range)) => self.bytes(range, &condition.span()),
            _ => {
                let issue = self.teller.at(&issues::MAPPING_VALUE, &condition.span());
                self.teller.tell(issue.with("message", "name, column, bytes: exactly one of them"));
                Place::Nowhere
            }
        };
        let folded = |values: &Option<Vec<Spanned<String>>>| {
            values.as_ref().map(|values| values.iter().map(|value| key(value.get_ref())).collect())
        };
        ConditionRule { place, is: folded(&written.is), not: folded(&written.not) }
    }

    fn values(&mut self, values: &Spanned<Values>) -> ValueMap {
        match values.get_ref() {
            Values::Inline(map) => map.iter().map(|(from, to)| (key(from), to.clone())).collect(),
            Values::File(file) => match (self.files)(file) {
                Some(text) => self.value_file(file, &text, &values.span()),
                None => {
                    let issue = self.teller.at(&issues::MAPPING_FILE, &values.span()).with("file", file);
                    self.teller.tell(issue);
                    BTreeMap::new()
                }
            },
        }
    }

    /// Two columns, `#` begins a comment, a heading `from,to` is passed over.
    fn value_file(&mut self, file: &str, text: &str, place: &Range<usize>) -> ValueMap {
        let mut map = BTreeMap::new();
        for (index, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') || line.starts_with("from,") {
                continue;
            }
            let mut cells = line.split(',').map(|cell| cell.trim().trim_matches('"'));
            match (cells.next(), cells.next()) {
                (Some(from), Some(to)) if !from.is_empty() => drop(map.insert(key(from), to.to_owned())),
                _ => {
                    let issue = self.teller.at(&issues::MAPPING_FILE_ROW, place).with("file", file);
                    self.teller.tell(issue.with("line", (index + 1).to_string()));
                }
            }
        }
        map
    }
}

/// Fields of a wide column that are the same in every row.
const CONSTANT_IN_WIDE: [&str; 9] =
    ["code", "name", "system", "jlac10", "jlac11", "unit", "specimen_code", "specimen_name", "section"];

/// `3-7`, `3` or `3..7`, from 1, both ends inclusive.
pub(super) fn byte_range(text: &str) -> Option<Range<usize>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.trim().parse::<usize>().ok().filter(|number| (1..=1_000_000).contains(number));
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then(|| first - 1..last)
}

pub(super) const fn is_fixed(shape: Shape) -> bool {
    matches!(shape, Shape::Fixed)
}
