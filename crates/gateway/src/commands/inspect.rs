use crate::{
    failure::{Failure, Status},
    intake::{Limits, Listing, parse_size},
    output::kind_name,
    session::{Format, Session},
};
use serde_json::json;
use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{self, Write},
    path::PathBuf,
    sync::Arc,
};
use tsugite_charset::{GaijiTable, decode, detect};
use tsugite_clinical::{End, RecordKind, Statement};
use tsugite_er7::declared_encoding;
use tsugite_issue::{Definition, Issue, Severity, Text};
use tsugite_pipeline::{Entry, NotLoaded};
use tsugite_source::{Context, Input, Sink};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, folders, zip files, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Print the decoded text
    #[arg(long)]
    text: bool,
    /// Largest input that is read
    #[arg(long, value_name = "SIZE")]
    max_size: Option<String>,
}

/// What was seen, over all inputs.
#[derive(Default)]
struct Seen {
    inputs: u64,
    bytes: u64,
    formats: BTreeMap<String, u64>,
    encodings: BTreeMap<&'static str, u64>,
    /// Of the last input: only shown where there is one.
    evidence: Vec<String>,
    records: BTreeMap<RecordKind, u64>,
    /// By kind and reason.
    not_carried: BTreeMap<(RecordKind, &'static str), (u64, &'static Definition)>,
    held: BTreeMap<&'static str, (u64, &'static Definition)>,
    issues: BTreeMap<&'static str, Told>,
}

struct Told {
    count: u64,
    first: Issue,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let limits = limits(self.max_size.as_deref(), session)?;
        let scratch = tempfile::tempdir()?;
        let listing = Listing::of(&self.inputs, &session.registry, limits, scratch.path())
            .map_err(|missing| Failure::file(&missing.0, &missing.1))??;
        let mut seen = Seen::default();
        listing.issues.iter().for_each(|issue| seen.tell(issue.clone()));
        let several = listing.count > 1;
        for item in listing.into_items()? {
            let item = item?;
            match item.load() {
                Ok(bytes) if self.text => print_text(item.path(), &bytes, several, out)?,
                Ok(bytes) => seen.look(item.path(), bytes, session),
                Err(NotLoaded::PassedOver(issue) | NotLoaded::Unreadable(issue)) if self.text => {
                    writeln!(io::stderr(), "{}: {}", item.path(), issue.text(session.lang))?;
                    seen.tell(issue);
                }
                Err(NotLoaded::PassedOver(issue) | NotLoaded::Unreadable(issue)) => seen.tell(issue),
            }
        }
        if !self.text {
            match session.format {
                Format::Text => seen.print(session, out)?,
                _ => seen.print_json(session, out)?,
            }
        }
        let errors = seen.issues.values().any(|told| told.first.severity() == Severity::Error);
        Ok(Status::attention_if(errors))
    }
}

/// `--max-size`.
pub fn limits(max_size: Option<&str>, session: &Session) -> Result<Limits, Failure> {
    let Some(text) = max_size else { return Ok(Limits::default()) };
    let wrong = Text::new("大きさは 64M や 2G のように書いてください: ", "write a size as 64M or 2G: ");
    let input = parse_size(text).ok_or_else(|| Failure::usage(wrong, session.lang, text))?;
    Ok(Limits { input, ..Limits::default() })
}

fn print_text(path: &str, bytes: &[u8], several: bool, out: &mut dyn Write) -> io::Result<()> {
    if several {
        writeln!(out, "== {path}")?;
    }
    let encoding = detect(bytes, declared_encoding(bytes)).encoding;
    let decoded = decode(bytes, encoding, &GaijiTable::default());
    // HL7 ends segments with CR alone, which no terminal shows as a line.
    for line in lines(&decoded.text) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_suffix(['\r', '\n']).map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

impl Seen {
    fn tell(&mut self, issue: Issue) {
        match self.issues.get_mut(issue.code()) {
            Some(told) => told.count += 1,
            None => drop(self.issues.insert(issue.code(), Told { count: 1, first: issue })),
        }
    }

    fn look(&mut self, path: &str, bytes: Vec<u8>, session: &Session) {
        self.inputs += 1;
        self.bytes += bytes.len() as u64;
        let input = Input::new(path, Cow::<[u8]>::Owned(bytes));
        let detection = detect(&input.bytes, declared_encoding(&input.bytes));
        self.evidence = vec![detection.describe(session.lang)];
        let Some((source, recognition)) = session.registry.recognise(&input) else {
            let unknown = session.text("形式が分からない", "of no known format").to_owned();
            *self.formats.entry(unknown).or_default() += 1;
            let definition = match input.bytes.is_empty() {
                true => &tsugite_pipeline::issues::EMPTY_INPUT,
                false => &tsugite_pipeline::issues::UNKNOWN_FORMAT,
            };
            return self.tell(Issue::new(definition).at(input.whole()));
        };
        *self.encodings.entry(detection.encoding.name()).or_default() += 1;
        *self.formats.entry(recognition.format.get(session.lang).to_owned()).or_default() += 1;
        self.evidence.insert(0, recognition.evidence);
        let context = Context { instance: "inspect".into(), id_space: "inspect".into(), gaiji: Arc::default() };
        let mut sink = Sink::new();
        source.read(&input, &context, &mut sink);
        let output = sink.finish();
        for statement in &output.statements {
            let Statement::Fact(fact) = statement else { continue };
            let Some(kind) = fact.kind() else { continue };
            *self.records.entry(kind).or_default() += 1 + fact.comment_origins().len() as u64;
        }
        for ended in output.ended {
            *self.records.entry(ended.kind).or_default() += 1;
            match ended.end {
                End::NotCarried(reason) => {
                    self.not_carried.entry((ended.kind, reason.code)).or_insert((0, reason)).0 += 1;
                }
                End::Held(rule) => self.held.entry(rule.code).or_insert((0, rule)).0 += 1,
                End::Retracted | End::Superseded | End::Reported => {}
            }
        }
        output.issues.into_iter().for_each(|issue| self.tell(issue));
    }

    fn print(&self, session: &Session, out: &mut dyn Write) -> io::Result<()> {
        let lang = session.lang;
        let t = |ja, en| session.text(ja, en);
        writeln!(out, "{}: {} ({} {})", t("入力", "inputs"), self.inputs, self.bytes, t("バイト", "bytes"))?;
        section(t("形式", "format"), self.formats.iter().map(|(name, n)| (name.as_str(), *n)), out)?;
        section(t("文字コード", "encoding"), self.encodings.iter().map(|(name, n)| (*name, *n)), out)?;
        if self.inputs == 1 {
            for evidence in self.evidence.iter().filter(|evidence| !evidence.is_empty()) {
                writeln!(out, "  {}: {evidence}", t("根拠", "evidence"))?;
            }
        }
        section(t("記録", "records"), self.records.iter().map(|(kind, n)| (kind_name(*kind, lang), *n)), out)?;
        if !self.not_carried.is_empty() {
            writeln!(out, "{}", t("送らない記録", "not carried"))?;
            for ((kind, code), (count, reason)) in &self.not_carried {
                writeln!(out, "  {count:>7}  {}: {} [{code}]", kind_name(*kind, lang), reason.text.unfilled(lang))?;
            }
        }
        if !self.held.is_empty() {
            writeln!(out, "{}", t("保留になる記録", "held"))?;
            for (code, (count, rule)) in &self.held {
                writeln!(out, "  {count:>7}  {} [{code}]", rule.text.unfilled(lang))?;
            }
        }
        if !self.issues.is_empty() {
            writeln!(out, "{}", t("気付いた点", "remarks"))?;
            for (code, told) in &self.issues {
                writeln!(out, "  {:>7}  {} [{code}]", told.count, told.first.text(lang))?;
                if let Some(origin) = &told.first.origin {
                    writeln!(out, "           {origin}")?;
                }
            }
        }
        Ok(())
    }

    fn print_json(&self, session: &Session, out: &mut dyn Write) -> io::Result<()> {
        let lang = session.lang;
        let records: BTreeMap<_, _> = self.records.iter().map(|(kind, n)| (kind.name(), n)).collect();
        let not_carried: Vec<_> = (self.not_carried.iter())
            .map(|((kind, code), (count, _))| json!({"kind": kind, "reason": code, "count": count}))
            .collect();
        let held: Vec<_> = self.held.iter().map(|(code, (count, _))| json!({"rule": code, "count": count})).collect();
        let issues: Vec<_> = (self.issues.iter())
            .map(|(code, told)| {
                let origin = told.first.origin.as_ref().map(ToString::to_string);
                json!({"code": code, "severity": told.first.severity(), "text": told.first.text(lang),
                    "count": told.count, "first": origin})
            })
            .collect();
        let document = json!({
            "inputs": self.inputs, "bytes": self.bytes, "formats": self.formats, "encodings": self.encodings,
            "evidence": if self.inputs == 1 { self.evidence.as_slice() } else { &[] },
            "records": records, "not_carried": not_carried, "held": held, "issues": issues,
        });
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)
    }
}

fn section<'n>(title: &str, counts: impl Iterator<Item = (&'n str, u64)>, out: &mut dyn Write) -> io::Result<()> {
    for (at, (name, count)) in counts.enumerate() {
        if at == 0 {
            writeln!(out, "{title}")?;
        }
        writeln!(out, "  {count:>7}  {name}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_any_of_the_three() {
        for text in ["a\rb\rc\r", "a\nb\nc", "a\r\nb\r\nc\r\n"] {
            assert_eq!(lines(text).collect::<Vec<_>>(), ["a", "b", "c"], "{text:?}");
        }
        assert_eq!(lines("a\r\rb").collect::<Vec<_>>(), ["a", "", "b"]);
    }
}
