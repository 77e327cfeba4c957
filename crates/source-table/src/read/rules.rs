//! The rules of a mapping file, with the names of columns replaced by where they stand in this file.

use super::delimited::Cell;
use crate::{
    issues,
    mapping::{ConditionRule, FieldRule, Mapping, Place, Role, RowRule, TargetRule, key},
    target::{Target, checkup},
};
use tsugite_issue::Definition;

/// The headings of a file.
#[derive(Clone, Debug, Default)]
pub struct Headings {
    keys: Vec<String>,
    /// Names of items, where a heading row has them.
    titles: Vec<String>,
    written: Vec<String>,
    /// Parts of the file's name.
    file: Vec<String>,
}

impl Headings {
    pub fn new(names: Vec<String>, titles: Vec<String>) -> Self {
        Self { keys: names.iter().map(|name| key(name)).collect(), titles, written: names, file: Vec::new() }
    }

    /// With the name of the file, without its ending.
    #[must_use]
    pub fn of_file(self, name: &str) -> Self {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        Self { file: stem.split(['_', '-']).map(str::to_owned).collect(), ..self }
    }

    fn find(&self, names: &[String]) -> Option<usize> {
        names.iter().find_map(|name| {
            let wanted = key(name);
            self.keys.iter().position(|heading| *heading == wanted)
        })
    }

    /// Whether another column has the same name.
    fn is_double(&self, at: usize) -> bool {
        self.keys.get(at).is_some_and(|name| self.keys.iter().filter(|other| *other == name).count() > 1)
    }

    /// Whether a row has headings in its cells: these (`true`), or others of the same words.
    pub fn stand_in(&self, cells: &[Cell<'_>]) -> Option<bool> {
        let mut written = cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
        let first = written.next()?;
        if !self.written.iter().any(|heading| heading == first) {
            return None;
        }
        // The first ones tell; a row of many thousands would take long.
        let others = written.take(32);
        let known = 1 + others.clone().filter(|text| self.has(&key(text))).count();
        let all = 1 + others.count();
        let row = cells.iter().map(|cell| key(&cell.text));
        let filled = |names: &mut dyn Iterator<Item = String>| {
            let mut names: Vec<String> = names.collect();
            names.truncate(names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1));
            names
        };
        (known > 1 && known * 2 > all).then(|| filled(&mut { row }) == filled(&mut self.keys.iter().cloned()))
    }

    /// How many columns they name.
    pub const fn width(&self) -> usize {
        self.keys.len()
    }

    /// Folded.
    pub fn has(&self, name: &str) -> bool {
        self.keys.iter().any(|heading| heading == name)
    }
}

/// A row kind, ready.
pub struct Rule {
    pub when: Option<ConditionRule>,
    pub role: Role,
    pub key: Option<FieldRule>,
    pub only: Vec<ConditionRule>,
    /// The patient of the row.
    pub patient: Option<Vec<Option<FieldRule>>>,
    /// The records of the row.
    pub records: Vec<Record>,
}

/// One record of a row.
pub struct Record {
    pub target: Target,
    pub fields: Vec<Option<FieldRule>>,
    /// Where the record stands in its row, if there are several.
    pub anchor: Option<Place>,
    /// Nothing at the anchor is no record.
    pub optional: bool,
}

/// A column that the mapping names and the file lacks, or has more than once.
pub struct Oddity {
    pub rule: &'static Definition,
    pub column: String,
    pub field: &'static str,
}

pub fn rules(mapping: &Mapping, headings: &Headings) -> (Vec<Rule>, Vec<Oddity>) {
    let mut odd = Vec::new();
    let rules = mapping.rows.iter().map(|row| rule(row, headings, &mut odd)).collect();
    (rules, odd)
}

fn rule(row: &RowRule, headings: &Headings, odd: &mut Vec<Oddity>) -> Rule {
    let mut patient = None;
    let mut records = Vec::new();
    for target in &row.targets {
        let fields = fields(target, headings, odd);
        if target.target == Target::Patient {
            patient = Some(fields);
        } else {
            spread(row, target.target, fields, headings, &mut records);
        }
    }
    let condition =
        |condition: &ConditionRule| ConditionRule { place: place(&condition.place, headings), ..condition.clone() };
    Rule {
        when: row.when.as_ref().map(condition),
        role: row.role,
        key: row.key.as_ref().map(|field| resolved(field, headings)),
        only: row.only.iter().map(condition).collect(),
        patient,
        records,
    }
}

fn fields(target: &TargetRule, headings: &Headings, odd: &mut Vec<Oddity>) -> Vec<Option<FieldRule>> {
    let specs = target.target.fields().iter();
    let resolve = |(rule, spec): (&Option<FieldRule>, &crate::target::FieldSpec)| {
        let found = resolved(rule.as_ref()?, headings);
        for (written, found) in rule.iter().flat_map(|rule| &rule.from).zip(&found.from) {
            let Place::Name(names) = written else { continue };
            let rule = match found {
                Place::Nowhere if rule.as_ref().is_some_and(|rule| !rule.optional) => &issues::COLUMN_MISSING,
                Place::Column(at) if headings.is_double(*at) => &issues::COLUMN_TWICE,
                _ => continue,
            };
            odd.push(Oddity { rule, column: names.first().cloned().unwrap_or_default(), field: spec.title });
        }
        Some(found)
    };
    target.fields.iter().zip(specs).map(resolve).collect()
}

fn resolved(rule: &FieldRule, headings: &Headings) -> FieldRule {
    FieldRule { from: rule.from.iter().map(|from| place(from, headings)).collect(), ..rule.clone() }
}

fn place(written: &Place, headings: &Headings) -> Place {
    match written {
        Place::Name(names) => headings.find(names).map_or(Place::Nowhere, Place::Column),
        Place::FilePart(at) => headings.file.get(*at).map_or(Place::Nowhere, |part| Place::Constant(part.clone())),
        other => other.clone(),
    }
}

/// One record a slot, a wide column, or a row.
fn spread(
    row: &RowRule,
    target: Target,
    fields: Vec<Option<FieldRule>>,
    headings: &Headings,
    records: &mut Vec<Record>,
) {
    if let Some(repeat) = &row.repeat {
        let moving: Vec<usize> = repeat.fields.iter().filter_map(|name| target.field(name)).collect();
        for slot in 0..repeat.times {
            let moved = |(at, rule): (usize, &Option<FieldRule>)| match moving.contains(&at) {
                true => rule.as_ref().map(|rule| rule.moved(slot * repeat.step)),
                false => rule.clone(),
            };
            let fields: Vec<_> = fields.iter().enumerate().map(moved).collect();
            let anchor = moving.iter().find_map(|at| fields.get(*at)?.as_ref()?.from.first().cloned());
            records.push(Record { target, fields, anchor, optional: true });
        }
        return;
    }
    let wide = !row.wide.is_empty() || row.wide_headings.is_some();
    for item in &row.wide {
        let mut fields = fields.clone();
        for (at, rule) in item {
            if let Some(slot) = fields.get_mut(*at) {
                *slot = Some(resolved(rule, headings));
            }
        }
        let anchor = value_field(target).and_then(|at| fields.get(at)?.as_ref()?.from.first().cloned());
        records.push(Record { target, fields, anchor, optional: true });
    }
    if let Some(rule) = &row.wide_headings {
        for (column, heading) in headings.written.iter().enumerate() {
            let code = heading.trim().trim_start_matches(['#', '＃']);
            if code.chars().count() != rule.length || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
                continue;
            }
            let mut fields = fields.clone();
            let mut set = |at: Option<usize>, rule: FieldRule| {
                if let Some(slot) = at.and_then(|at| fields.get_mut(at)) {
                    *slot = Some(rule);
                }
            };
            set(target.field("code"), FieldRule::constant(code));
            set(value_field(target), FieldRule::column(column));
            if let Some(title) = headings.titles.get(column).filter(|title| !title.trim().is_empty()) {
                set(target.field("name"), FieldRule::constant(title.trim()));
            }
            records.push(Record { target, fields, anchor: Some(Place::Column(column)), optional: true });
        }
    }
    if !wide {
        records.push(Record { target, fields, anchor: None, optional: false });
    }
}

fn value_field(target: Target) -> Option<usize> {
    if target == Target::Checkup { Some(checkup::VALUE) } else { target.field("value") }
}
