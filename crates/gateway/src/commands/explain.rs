use crate::{
    failure::{Failure, Status},
    output::unfilled,
    session::{Format, Session},
    settings::nearest,
};
use serde_json::json;
use std::io::Write;
use tsugite_issue::{Definition, Severity, Text};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The code of a message, such as INTAKE-001; without one, all codes are listed
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let all = session.definitions();
        let wanted = match self.codes.is_empty() {
            true => all,
            false => self.codes.iter().map(|code| find(&all, code, session)).collect::<Result<_, _>>()?,
        };
        if session.format != Format::Text {
            let rows: Vec<_> = wanted.iter().map(|definition| row(definition, session)).collect();
            serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else if self.codes.is_empty() {
            for definition in wanted {
                writeln!(out, "{}  {}", definition.code, unfilled(definition.text.get(session.lang)))?;
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

fn find(all: &[&'static Definition], code: &str, session: &Session) -> Result<&'static Definition, Failure> {
    let wanted = code.trim().to_ascii_uppercase();
    let found = all.iter().find(|definition| definition.code == wanted).copied();
    found.ok_or_else(|| {
        let known: Vec<String> = all.iter().map(|definition| definition.code.to_owned()).collect();
        let unknown = Text::new("このコードはありません: ", "there is no such code: ");
        let hint = nearest(&wanted, &known).map(|code| match session.lang {
            tsugite_issue::Lang::Ja => format!("（{code} ではありませんか）"),
            tsugite_issue::Lang::En => format!(" (did you mean {code}?)"),
        });
        Failure::usage(unknown, session.lang, format!("{code}{}", hint.unwrap_or_default()))
    })
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
        writeln!(out, "  {label}: {}", unfilled(text.get(session.lang)))?;
    }
    if !definition.source.is_empty() {
        writeln!(out, "  {}: {}", session.text("根拠", "Source"), definition.source)?;
    }
    Ok(())
}
