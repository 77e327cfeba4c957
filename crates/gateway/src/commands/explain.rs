use crate::{
    failure::{Failure, Status},
    session::{Format, Session},
};
use serde_json::json;
use std::io::Write;
use tsugite_issue::{Definition, Severity, Text, nearest};
use tsugite_validate::{example, strict};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Code of a message (INTAKE-001), key of a rule (bdl-7) or number of a requirement (R0211); without one, all codes are listed
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
}

impl Args {
    /// Each once, in the order of the arguments.
    fn wanted(&self, all: &[&'static Definition], session: &Session) -> Result<Vec<&'static Definition>, Failure> {
        let mut wanted: Vec<&'static Definition> = Vec::new();
        for query in &self.codes {
            for definition in find(all, query, session)? {
                if !wanted.contains(&definition) {
                    wanted.push(definition);
                }
            }
        }
        Ok(wanted)
    }

    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let all = session.definitions();
        let wanted = match self.codes.is_empty() {
            true => all,
            false => self.wanted(&all, session)?,
        };
        if session.format != Format::Text {
            let rows: Vec<_> = wanted.iter().map(|definition| row(definition, session)).collect();
            serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else if self.codes.is_empty() {
            for definition in wanted {
                writeln!(out, "{}  {}", definition.code, definition.text.unfilled(session.lang))?;
            }
        } else {
            for (at, definition) in wanted.iter().enumerate() {
                if at > 0 {
                    writeln!(out)?;
                }
                print(definition, session, out)?;
            }
        }
        Ok(Status::Done)
    }
}

/// By code; else by the key of a rule (the guide's invariant) and the number of a requirement (`R1013`), which may stand for several.
fn find(all: &[&'static Definition], query: &str, session: &Session) -> Result<Vec<&'static Definition>, Failure> {
    let query = query.trim();
    if let Some(exact) = all.iter().find(|d| d.code.eq_ignore_ascii_case(query)) {
        return Ok(vec![*exact]);
    }
    let mut found = tsugite_validate::find(query);
    let named = |d: &&&'static Definition| words(d.source).any(|word| word.eq_ignore_ascii_case(query));
    for definition in all.iter().filter(named) {
        if !found.contains(definition) {
            found.push(definition);
        }
    }
    if found.is_empty() { Err(unknown(all, query, session)) } else { Ok(found) }
}

fn key(definition: &Definition) -> Option<&'static str> {
    strict::rule(definition.code).map(|rule| rule.key)
}

/// Requirements and invariants that a source names.
fn words(source: &str) -> impl Iterator<Item = &str> {
    source.split([' ', ';', ',', '/', '(', ')', '、']).filter(|word| word.chars().any(|c| c.is_ascii_digit()))
}

fn unknown(all: &[&'static Definition], query: &str, session: &Session) -> Failure {
    let codes: Vec<String> = all.iter().map(|d| d.code.to_owned()).collect();
    let keys: Vec<String> = all.iter().filter_map(|d| key(d)).map(str::to_owned).collect();
    let near = [nearest(&query.to_ascii_uppercase(), &codes), nearest(query, &keys)];
    let near: Vec<&str> = near.into_iter().flatten().collect();
    let unknown = Text::new("このコードや規則はありません: ", "there is no such code or rule: ");
    let hint = match near.is_empty() {
        true => session.text("（`tsugite explain` で一覧が出ます）", " (`tsugite explain` lists them all)").to_owned(),
        false => {
            let (before, after) = (session.text("（", " (did you mean "), session.text(" ではありませんか）", "?)"));
            format!("{before}{}{after}", near.join(session.text("、", " or ")))
        }
    };
    Failure::usage(unknown, session.lang, format!("{query}{hint}"))
}

fn row(definition: &Definition, session: &Session) -> serde_json::Value {
    let text = |text: Text| text.get(session.lang);
    json!({
        "code": definition.code,
        "severity": definition.severity,
        "text": text(definition.text),
        "cause": text(definition.cause),
        "remedy": text(definition.remedy),
        "source": definition.source,
        "key": key(definition),
        "example": example(definition.code).map(|e| json!({"at": e.at, "wrong": e.wrong, "right": e.right})),
    })
}

fn print(definition: &Definition, session: &Session, out: &mut dyn Write) -> std::io::Result<()> {
    let severity = match definition.severity {
        Severity::Error => session.text("エラー", "error"),
        Severity::Warning => session.text("注意", "warning"),
        Severity::Information => session.text("お知らせ", "information"),
    };
    writeln!(out, "{} ({severity})", definition.code)?;
    for (label, text) in [
        (session.text("内容", "What"), definition.text),
        (session.text("原因", "Why"), definition.cause),
        (session.text("対応", "What to do"), definition.remedy),
    ] {
        writeln!(out, "  {label}: {}", text.unfilled(session.lang))?;
    }
    let source = [Some(definition.source), key(definition)].into_iter().flatten().filter(|text| !text.is_empty());
    let source: Vec<&str> = source.collect();
    if !source.is_empty() {
        writeln!(out, "  {}: {}", session.text("根拠", "Source"), source.join(" / "))?;
    }
    let Some(example) = example(definition.code) else { return Ok(()) };
    if !example.at.is_empty() {
        writeln!(out, "  {}: {}", session.text("例の場所", "Place of the example"), example.at)?;
    }
    for (label, json) in
        [(session.text("誤りの例", "Wrong"), example.wrong), (session.text("正しい例", "Right"), example.right)]
    {
        writeln!(out, "  {label}:")?;
        json.lines().try_for_each(|line| writeln!(out, "    {line}"))?;
    }
    Ok(())
}
