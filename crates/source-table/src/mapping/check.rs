//! What is wrong with a mapping file beyond its form.

use super::{
    Mapping, VersionSource,
    compile::{Teller, is_fixed, suggestion},
    field::{Place, key},
    schema::{Condition, Field, Fields, From, Role, RowKind, Schema},
};
use crate::{issues, read::headings_of, target::Target};
use std::ops::Range;
use toml::Spanned;

pub(super) fn check(schema: &Schema, mapping: &Mapping, teller: &mut Teller<'_>) {
    head(schema, teller);
    places(schema, teller);
    required(schema, mapping, teller);
    unreachable(schema, mapping, teller);
    if is_fixed(schema.file.shape) {
        fixed(schema, teller);
    }
    names(schema, mapping, teller);
    recognisable(schema, mapping, teller);
    headings(schema, mapping, teller);
    if schema.test.is_empty() {
        let issue = teller.at(&issues::MAPPING_UNTESTED, &schema.name.span());
        teller.tell(issue);
    }
}

fn head(schema: &Schema, teller: &mut Teller<'_>) {
    if *schema.format.get_ref() != 1 {
        let issue = teller.at(&issues::MAPPING_FORMAT, &schema.format.span());
        teller.tell(issue.with("format", schema.format.get_ref().to_string()));
    }
    let name = schema.name.get_ref();
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        let issue = teller.at(&issues::MAPPING_NAME, &schema.name.span());
        teller.tell(issue);
    }
}

/// Every field table of a row with its target.
fn tables(row: &RowKind) -> impl Iterator<Item = (Target, &Spanned<Fields>)> {
    let all = [
        (Target::Patient, &row.patient),
        (Target::Lab, &row.lab),
        (Target::Allergy, &row.allergy),
        (Target::Diagnosis, &row.diagnosis),
        (Target::Prescription, &row.prescription),
        (Target::Checkup, &row.checkup),
    ];
    all.into_iter().filter_map(|(target, fields)| Some((target, fields.as_ref()?)))
}

fn fields(row: &RowKind) -> impl Iterator<Item = (&Spanned<String>, &Spanned<Field>)> {
    let of_targets = tables(row).flat_map(|(_, fields)| fields.get_ref().iter());
    of_targets.chain(row.wide.iter().flat_map(|fields| fields.get_ref().iter()))
}

fn conditions(row: &RowKind) -> impl Iterator<Item = &Spanned<Condition>> {
    row.when.iter().chain(&row.only)
}

/// Columns within the file, names only where there are headings, bytes only where the width is fixed.
fn places(schema: &Schema, teller: &mut Teller<'_>) {
    let at = |from: &From, field: &Range<usize>, teller: &mut Teller<'_>| match from {
        From::Name(names) => name_place(schema, names.first().map_or("", String::as_str), field, teller),
        From::Column(number) => {
            let place = if number.span().is_empty() { field.clone() } else { number.span() };
            column_place(schema, *number.get_ref(), &place, teller);
        }
        From::Bytes(range) => byte_place(schema, range, teller),
        From::Constant(_) | From::FilePart(_) => {}
    };
    for row in &schema.row {
        let row = row.get_ref();
        for (_, field) in fields(row) {
            field.get_ref().from.iter().for_each(|from| at(from, &field.span(), teller));
        }
        if let Some(field) = &row.key {
            field.get_ref().from.iter().for_each(|from| at(from, &field.span(), teller));
        }
        for condition in conditions(row) {
            let written = condition.get_ref();
            if let Some(names) = &written.name {
                name_place(schema, names.0.first().map_or("", String::as_str), &condition.span(), teller);
            }
            if let Some(column) = &written.column {
                column_place(schema, column.get_ref().0, &column.span(), teller);
            }
            if let Some(range) = &written.bytes {
                byte_place(schema, range, teller);
            }
        }
    }
}

fn name_place(schema: &Schema, name: &str, place: &Range<usize>, teller: &mut Teller<'_>) {
    // What names an item in a wide column is no column; it is found as a constant by then.
    let wide = schema.row.iter().flat_map(|row| &row.get_ref().wide).any(|fields| {
        let span = fields.span();
        span.start <= place.start && place.end <= span.end
    });
    if wide {
        return;
    }
    if is_fixed(schema.file.shape) {
        let issue = teller.at(&issues::MAPPING_PLACE, place).with("what", "name");
        teller.tell(issue);
    } else if schema.file.header == 0 {
        let issue = teller.at(&issues::MAPPING_NO_HEADINGS, place).with("name", name);
        teller.tell(issue);
    }
}

fn column_place(schema: &Schema, number: usize, place: &Range<usize>, teller: &mut Teller<'_>) {
    if is_fixed(schema.file.shape) {
        let issue = teller.at(&issues::MAPPING_PLACE, place).with("what", "column");
        teller.tell(issue);
    }
    let Some(columns) = &schema.file.columns else { return };
    if number > *columns.get_ref() {
        let issue = teller.at(&issues::MAPPING_COLUMN, place).with("column", number.to_string());
        teller.tell(issue.with("columns", columns.get_ref().to_string()));
    }
}

fn byte_place(schema: &Schema, range: &Spanned<String>, teller: &mut Teller<'_>) {
    if !is_fixed(schema.file.shape) {
        let issue = teller.at(&issues::MAPPING_PLACE, &range.span()).with("what", "bytes");
        return teller.tell(issue);
    }
    let (Some(length), Some(bytes)) = (&schema.file.record_length, super::compile::byte_range(range.get_ref())) else {
        return;
    };
    if bytes.end > *length.get_ref() {
        let issue = teller.at(&issues::MAPPING_BYTES, &range.span()).with("bytes", range.get_ref());
        teller.tell(issue.with("length", length.get_ref().to_string()));
    }
}

/// Every target has what it needs, of its own or from a header.
fn required(schema: &Schema, mapping: &Mapping, teller: &mut Teller<'_>) {
    let mut anything = false;
    for row in &schema.row {
        let row = row.get_ref();
        for (target, table) in tables(row) {
            anything = true;
            if row.role != Role::Detail && target != Target::Patient {
                continue;
            }
            for group in target.required() {
                let names: Vec<&str> = group.iter().filter_map(|at| Some(target.fields().get(*at)?.name)).collect();
                let own = names.iter().any(|name| has(table.get_ref(), name));
                let inherited = || inherits(schema, target, &names);
                let of_wide = || {
                    row.wide_headings.is_some()
                        || (!row.wide.is_empty()
                            && row.wide.iter().all(|fields| names.iter().any(|name| has(fields.get_ref(), name))))
                };
                if !own && !inherited() && !of_wide() {
                    let list = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" / ");
                    let place = target_place(table);
                    let issue = teller.at(&issues::MAPPING_REQUIRED, &place).with("target", target.name());
                    teller.tell(issue.with("fields", list));
                }
            }
        }
    }
    let headers_only = anything
        && !schema.row.iter().any(|row| {
            row.get_ref().role == Role::Detail && tables(row.get_ref()).next().is_some()
                || tables(row.get_ref()).any(|(target, _)| target == Target::Patient)
        });
    if !anything {
        let issue = teller.at(&issues::MAPPING_NOTHING, &schema.name.span());
        teller.tell(issue);
    } else if headers_only {
        let place = schema.row.first().map_or(0..0, Spanned::span);
        let issue = teller.at(&issues::MAPPING_HEADER_ALONE, &place);
        teller.tell(issue);
    }
    let _ = mapping;
}

/// Only the first line of a table is drawn.
fn target_place(table: &Spanned<Fields>) -> Range<usize> {
    table.span()
}

fn has(fields: &Fields, name: &str) -> bool {
    fields.keys().any(|field| field.get_ref() == name)
}

fn inherits(schema: &Schema, target: Target, names: &[&str]) -> bool {
    let headers = schema.row.iter().map(Spanned::get_ref).filter(|row| row.role == Role::Header);
    headers.flat_map(tables).any(|(of, fields)| of == target && names.iter().any(|name| has(fields.get_ref(), name)))
}

/// A row kind that an earlier one hides.
fn unreachable(schema: &Schema, mapping: &Mapping, teller: &mut Teller<'_>) {
    for (at, (row, rule)) in schema.row.iter().zip(&mapping.rows).enumerate() {
        let hides = |earlier: &super::RowRule| match (&earlier.when, &rule.when) {
            (None, _) => true,
            (Some(earlier), Some(this)) => earlier.covers(this),
            (Some(_), None) => false,
        };
        let Some(earlier) = mapping.rows.iter().take(at).position(hides) else { continue };
        let place = row.get_ref().when.as_ref().map_or_else(|| row.span(), Spanned::span);
        let issue = teller.at(&issues::MAPPING_UNREACHABLE, &place);
        teller.tell(issue.with("earlier", (earlier + 1).to_string()));
    }
}

/// A field of fixed width, with its place in the mapping file.
struct Window<'s> {
    target: Target,
    field: &'s str,
    bytes: Range<usize>,
    written: &'s str,
    place: Range<usize>,
}

fn fixed(schema: &Schema, teller: &mut Teller<'_>) {
    let (mut last, mut first_slots) = (0, 0);
    for row in &schema.row {
        let row = row.get_ref();
        let mut windows: Vec<Window<'_>> = Vec::new();
        for (target, table) in tables(row) {
            for (name, field) in table.get_ref() {
                for from in &field.get_ref().from {
                    let From::Bytes(range) = from else { continue };
                    let Some(bytes) = super::compile::byte_range(range.get_ref()) else { continue };
                    let (field, written, place) = (name.get_ref().as_str(), range.get_ref().as_str(), range.span());
                    windows.push(Window { target, field, bytes, written, place });
                }
            }
        }
        let moved = row.repeat.as_ref().map(Spanned::get_ref);
        for window in &windows {
            let moves = moved.filter(|repeat| repeat.fields.iter().any(|name| name.get_ref() == window.field));
            let beyond = moves.map_or(0, |repeat| repeat.step.saturating_mul(repeat.times.saturating_sub(1)));
            first_slots = first_slots.max(window.bytes.end);
            last = last.max(window.bytes.end.saturating_add(beyond));
        }
        windows.sort_by_key(|window| (window.bytes.start, window.bytes.end));
        for (at, window) in windows.iter().enumerate() {
            let overlaps = |other: &&Window<'_>| {
                let same = other.bytes == window.bytes && other.target != window.target;
                !same && other.bytes.start < window.bytes.end && window.bytes.start < other.bytes.end
            };
            if let Some(other) = windows.iter().take(at).find(overlaps) {
                let issue = teller.at(&issues::MAPPING_OVERLAP, &window.place).with("field", window.field);
                let issue = issue.with("bytes", window.written).with("other", other.field);
                teller.tell(issue.with("other_bytes", other.written));
            }
        }
    }
    match &schema.file.record_length {
        Some(length) if *length.get_ref() > 0 => {
            // What lies beyond by itself is told at its place.
            if last > *length.get_ref() && first_slots <= *length.get_ref() {
                let issue = teller.at(&issues::MAPPING_BYTES, &length.span()).with("bytes", last.to_string());
                teller.tell(issue.with("length", length.get_ref().to_string()));
            }
        }
        _ => {
            let issue = teller.at(&issues::MAPPING_LENGTH, &schema.name.span());
            teller.tell(issue.with("last", last.to_string()));
        }
    }
}

/// Fields that are named elsewhere must be filled somewhere.
fn names(schema: &Schema, mapping: &Mapping, teller: &mut Teller<'_>) {
    let mut named: Vec<&Spanned<String>> = schema.report_key.iter().collect();
    if let VersionSource::Field(_) = mapping.version_from {
        named.extend(&schema.version_from.field);
    }
    let of_wide =
        |name: &str| schema.row.iter().any(|row| row.get_ref().wide.iter().any(|fields| has(fields.get_ref(), name)));
    let repeated = schema.row.iter().filter_map(|row| row.get_ref().repeat.as_ref());
    named.extend(repeated.flat_map(|repeat| &repeat.get_ref().fields));
    for field in named.into_iter().filter(|field| !mapping.fills(field.get_ref()) && !of_wide(field.get_ref())) {
        let issue = teller.at(&issues::MAPPING_KEY_FIELD, &field.span()).with("field", field.get_ref());
        teller.tell(issue);
    }
}

fn recognisable(schema: &Schema, mapping: &Mapping, teller: &mut Teller<'_>) {
    let by_kind = mapping.rows.iter().any(|row| row.when.as_ref().is_some_and(|when| when.is.is_some()));
    let known = schema.file.header > 0
        || by_kind
        || !mapping.files.is_empty()
        || mapping.layout.columns.is_some()
        || mapping.layout.record_length.is_some();
    if !known {
        let issue = teller.at(&issues::MAPPING_UNRECOGNISABLE, &schema.name.span());
        teller.tell(issue);
    }
}

/// Names of columns that the headings of the tests lack.
fn headings(schema: &Schema, mapping: &Mapping, teller: &mut Teller<'_>) {
    if schema.file.header == 0 || is_fixed(schema.file.shape) || mapping.tests.is_empty() {
        return;
    }
    let known: Vec<String> =
        mapping.tests.iter().flat_map(|(_, test)| headings_of(mapping, test.rows.get_ref())).collect();
    let keys: Vec<String> = known.iter().map(|name| key(name)).collect();
    let words: Vec<&str> = known.iter().map(String::as_str).collect();
    let rules = mapping.rows.iter().zip(&schema.row);
    for (rule, row) in rules {
        for (target, table) in tables(row.get_ref()) {
            for (name, field) in table.get_ref() {
                let at = target.field(name.get_ref());
                let filled = rule.targets.iter().find(|rule| rule.target == target);
                let Some(Some(filled)) = at.and_then(|at| filled?.fields.get(at)) else { continue };
                for place in filled.from.iter().filter(|_| !filled.optional) {
                    let Place::Name(names) = place else { continue };
                    if names.iter().any(|name| keys.contains(&key(name))) {
                        continue;
                    }
                    let word = names.first().map_or("", String::as_str);
                    let issue = teller.at(&issues::MAPPING_HEADING, &field.span()).with("name", word);
                    teller.tell(issue.with("suggestion", suggestion(word, &words)));
                }
            }
        }
    }
}
