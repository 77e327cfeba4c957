use super::Counts;
use crate::session::{Format, Session};
use serde_json::json;
use std::io::{self, Write};
use tsugite_issue::{Address, Issue, Severity};

/// Writes findings as they come, in the form that was asked for.
pub struct Printer<'a> {
    session: &'a Session,
    out: &'a mut dyn Write,
    first: bool,
}

impl<'a> Printer<'a> {
    /// Says first what is not checked.
    pub fn begin(session: &'a Session, out: &'a mut dyn Write, profiles: bool) -> io::Result<Self> {
        let mut printer = Self { session, out, first: true };
        let scope = printer.scope(profiles);
        match session.format {
            Format::Text => writeln!(printer.out, "{scope}")?,
            Format::Json => {
                write!(printer.out, "{{\"version\":1,\"profiles_checked\":{profiles},\"issues\":[")?;
            }
            Format::Outcome => {
                write!(printer.out, "{{\"resourceType\":\"OperationOutcome\",\"issue\":[")?;
                let version = env!("CARGO_PKG_VERSION");
                let about = json!({
                    "severity": "information",
                    "code": "informational",
                    "diagnostics": format!("tsugite {version}: {scope}"),
                });
                printer.element(&about)?;
            }
        }
        Ok(printer)
    }

    fn scope(&self, profiles: bool) -> &'static str {
        if profiles {
            return self.session.text(
                "JSONの文法、FHIR R4、取り込み済みのプロファイル、厳格規則を検査します。",
                "JSON, FHIR R4, the profiles of the installed packages and the strict rules are checked.",
            );
        }
        self.session.text(
            "プロファイルは検査しません（パッケージがありません）。`tsugite ig add パッケージ.tgz` で取り込むと検査します。",
            "Profiles are not checked, as no package is installed; `tsugite ig add PACKAGE.tgz` installs one.",
        )
    }

    pub fn issue(&mut self, issue: &Issue) -> io::Result<()> {
        let lang = self.session.lang;
        match self.session.format {
            Format::Text => self.text(issue),
            Format::Json => {
                let (line, column) = position(issue).unzip();
                let row = json!({
                    "severity": issue.severity(),
                    "code": issue.code(),
                    "file": issue.origin.as_ref().map(|origin| &origin.input.path),
                    "line": line,
                    "column": column,
                    "path": issue.path,
                    "text": issue.text(lang),
                    "found": issue.found,
                    "remedy": issue.remedy(lang),
                });
                self.element(&row)
            }
            Format::Outcome => {
                let mut row = json!({
                    "severity": issue.severity(),
                    "code": if issue.code().starts_with("JSON") { "structure" } else { "invariant" },
                    "details": {"coding": [{"code": issue.code()}], "text": issue.text(lang)},
                });
                if let Some(object) = row.as_object_mut() {
                    let place = issue.origin.as_ref().map(ToString::to_string);
                    object.extend(place.map(|place| ("diagnostics".to_owned(), place.into())));
                    object.extend(issue.path.as_ref().map(|path| ("expression".to_owned(), json!([path]))));
                }
                self.element(&row)
            }
        }
    }

    fn text(&mut self, issue: &Issue) -> io::Result<()> {
        let (session, lang) = (self.session, self.session.lang);
        let severity = match issue.severity() {
            Severity::Error => session.text("エラー", "error"),
            Severity::Warning => session.text("注意", "warning"),
            Severity::Information => session.text("お知らせ", "information"),
        };
        let place = match (&issue.origin, position(issue)) {
            (Some(origin), Some((line, column))) => format!("{}:{line}:{column}", origin.input.path),
            (Some(origin), None) => origin.to_string(),
            (None, _) => "-".to_owned(),
        };
        writeln!(self.out, "{place}: {severity} {}: {}", issue.code(), issue.text(lang))?;
        let details = [
            (session.text("場所", "path"), issue.path.clone()),
            (session.text("値", "found"), issue.found.clone()),
            (session.text("対応", "do"), Some(issue.remedy(lang))),
        ];
        for (label, detail) in details {
            if let Some(detail) = detail {
                writeln!(self.out, "    {label}: {detail}")?;
            }
        }
        Ok(())
    }

    /// More was found than is listed.
    pub fn omitted(&mut self, path: &str, count: usize) -> io::Result<()> {
        match self.session.format {
            Format::Text => {
                let more = self.session.text("件は省略しました", "more are not listed");
                writeln!(self.out, "{path}: {count} {more}")
            }
            Format::Json | Format::Outcome => Ok(()),
        }
    }

    pub fn end(self, counts: &Counts) -> io::Result<()> {
        let Counts { documents, others, errors, warnings } = *counts;
        match self.session.format {
            Format::Text => {
                let t = |ja, en| self.session.text(ja, en);
                write!(
                    self.out,
                    "{}: {documents}  {}: {errors}  {}: {warnings}",
                    t("検査した文書", "documents"),
                    t("エラー", "errors"),
                    t("注意", "warnings"),
                )?;
                if others > 0 {
                    write!(self.out, "  {}: {others}", t("FHIRでないファイル", "files without FHIR"))?;
                }
                writeln!(self.out)
            }
            Format::Json => {
                writeln!(
                    self.out,
                    "],\"documents\":{documents},\"others\":{others},\"errors\":{errors},\"warnings\":{warnings}}}"
                )
            }
            Format::Outcome => writeln!(self.out, "]}}"),
        }
    }

    fn element(&mut self, row: &serde_json::Value) -> io::Result<()> {
        if !std::mem::take(&mut self.first) {
            write!(self.out, ",")?;
        }
        serde_json::to_writer(&mut *self.out, row).map_err(io::Error::from)
    }
}

fn position(issue: &Issue) -> Option<(u32, u32)> {
    match issue.origin.as_ref()?.address {
        Address::Position { line, column } => Some((line, column)),
        _ => None,
    }
}
