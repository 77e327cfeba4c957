use super::{About, FileReport, Print, Total, expected, key, position};
use crate::session::Session;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
    io::{self, Write},
};
use tsugite_issue::{Issue, Severity};
use tsugite_validate::{Category, Counts, Group, Summary, example};

/// For a person: each cause once a file, what to do about it once a run.
pub struct TextPrinter<'a> {
    session: &'a Session,
    out: &'a mut dyn Write,
    /// Remedies that were said.
    explained: HashSet<String>,
    /// How often each thing was said, and in how many files: by code and text.
    said: BTreeMap<(&'static str, String), Said>,
}

#[derive(Clone, Copy, Default)]
struct Said {
    severity: Option<Severity>,
    count: u64,
    files: u64,
}

/// Rows of the table over all files; rarer things are summed.
const ROWS: usize = 30;
/// Texts that are kept for it; further ones are summed by code.
const TEXTS: usize = 2_000;

/// The longest example that is shown; `explain` has them all.
const EXAMPLE: usize = 100;
/// Places of one cause that are listed beside the first.
const PLACES: usize = 4;

impl<'a> TextPrinter<'a> {
    pub fn new(session: &'a Session, out: &'a mut dyn Write) -> Self {
        Self { session, out, explained: HashSet::new(), said: BTreeMap::new() }
    }

    const fn t(&self, ja: &'static str, en: &'static str) -> &'static str {
        self.session.text(ja, en)
    }

    fn finding(&mut self, group: &Group, path: &str) -> io::Result<()> {
        let issue = &group.issue;
        let lang = self.session.lang;
        let first = group.places.first();
        let place = match position(first.and_then(|place| place.origin.as_ref())) {
            Some((line, column)) => format!("{path}:{line}:{column}"),
            None => path.to_owned(),
        };
        let severity = severity(issue.severity(), self.session);
        let times = if group.count > 1 { format!(" ×{}", group.count) } else { String::new() };
        writeln!(self.out, "{place}: {severity} {}{times}: {}", issue.code(), issue.text(lang))?;
        self.detail(self.t("場所", "path"), issue.path.as_deref())?;
        self.detail(self.t("値", "found"), issue.found.as_deref())?;
        self.detail(self.t("正しい値", "expected"), expected(issue))?;
        self.others(group)?;
        self.remedy(issue)
    }

    fn detail(&mut self, label: &str, text: Option<&str>) -> io::Result<()> {
        text.map_or(Ok(()), |text| writeln!(self.out, "    {label}: {text}"))
    }

    /// Where else the same cause stands.
    fn others(&mut self, group: &Group) -> io::Result<()> {
        if group.count < 2 {
            return Ok(());
        }
        let places = group.places.iter().skip(1);
        let mut listed: Vec<String> = places
            .filter_map(|place| position(place.origin.as_ref()))
            .map(|(line, column)| format!("{line}:{column}"))
            .collect();
        let more = group.count - 1 - listed.len();
        if more > 0 {
            let (before, after) = (self.t("ほか", "and "), self.t(" か所", " more"));
            listed.push(format!("{before}{more}{after}"));
        }
        self.detail(self.t("同じもの", "also at"), Some(&listed.join(", ")))
    }

    /// What to do, and where the rule stands: the first time.
    fn remedy(&mut self, issue: &Issue) -> io::Result<()> {
        const MOST: usize = 10_000;
        let remedy = issue.remedy(self.session.lang);
        if self.explained.len() < MOST && !self.explained.insert(format!("{} {remedy}", issue.code())) {
            return Ok(());
        }
        self.detail(self.t("対応", "do"), Some(remedy.trim_end()))?;
        // The example of a general code is about another element.
        let own = matches!(Category::of(issue.definition), Category::Strict | Category::Syntax);
        if own && expected(issue).is_none() {
            let short = |right: &&str| !right.contains('\n') && right.chars().count() <= EXAMPLE;
            let right = example(issue.code()).map(|example| example.right).filter(short);
            self.detail(self.t("正しい例", "right"), right)?;
        }
        let source = [Some(issue.definition.source), key(issue)].into_iter().flatten().filter(|text| !text.is_empty());
        let source = source.collect::<Vec<_>>().join(" / ");
        self.detail(self.t("根拠", "source"), Some(source.as_str()).filter(|source| !source.is_empty()))
    }

    fn counts(&self, counts: Counts) -> String {
        let Counts { errors, warnings, information } = counts;
        let rows = [
            (self.t("エラー", "errors"), errors, true),
            (self.t("注意", "warnings"), warnings, true),
            (self.t("お知らせ", "information"), information, false),
        ];
        let shown = rows.into_iter().filter(|(_, count, always)| *always || *count > 0);
        shown.map(|(label, count, _)| format!("{label}: {count}")).collect::<Vec<_>>().join("  ")
    }

    /// `JSON syntax 1, strict rules 12`, where there is more than one kind.
    fn kinds(&self, summary: &Summary) -> String {
        let kinds: Vec<(Category, Counts)> = summary.categories().collect();
        if kinds.len() < 2 {
            return String::new();
        }
        let sum = |counts: &Counts| counts.errors + counts.warnings + counts.information;
        let label = |category: &Category| category.label(self.session.lang);
        let kinds: Vec<String> =
            kinds.iter().map(|(kind, counts)| format!("{} {}", label(kind), sum(counts))).collect();
        format!("  ({})", kinds.join(self.t("、", ", ")))
    }

    fn remember(&mut self, groups: &[Group]) {
        let lang = self.session.lang;
        let mut seen = HashSet::new();
        for group in groups {
            let mut key = (group.code(), group.issue.text(lang));
            if self.said.len() >= TEXTS && !self.said.contains_key(&key) {
                key.1 = group.issue.definition.text.unfilled(lang);
            }
            let new = seen.insert(key.clone());
            let said = self.said.entry(key).or_default();
            said.severity = Some(group.severity());
            said.count += group.count as u64;
            said.files += u64::from(new);
        }
    }

    /// Over all files: what was said, how often, in how many files.
    fn table(&mut self) -> io::Result<()> {
        let said = std::mem::take(&mut self.said);
        let mut rows: Vec<_> = said.into_iter().collect();
        rows.sort_by_key(|((code, _), said)| (Reverse(said.severity), Reverse(said.files), Reverse(said.count), *code));
        writeln!(self.out, "{}", self.t("全ファイルの内訳（ファイル数・件数）", "over all files (files, findings)"))?;
        for ((code, text), said) in rows.iter().take(ROWS) {
            let severity = severity(said.severity.unwrap_or(Severity::Information), self.session);
            writeln!(self.out, "{:>7} {:>8}  {severity} {code}: {text}", said.files, said.count)?;
        }
        let rest = rows.iter().skip(ROWS);
        let (others, count) = rest.fold((0_u64, 0), |(rows, count), (_, said)| (rows + 1, count + said.count));
        if others > 0 {
            let label = self.t("そのほかの原因", "further causes");
            writeln!(self.out, "{:>7} {count:>8}  {label}: {others}", "")?;
        }
        Ok(())
    }
}

impl Print for TextPrinter<'_> {
    fn places(&self) -> usize {
        PLACES
    }

    fn begin(&mut self, about: &About, issues: &[Issue]) -> io::Result<()> {
        // What is not checked is said even to those who want no remarks.
        if about.packages.is_empty() || !self.session.quiet {
            writeln!(self.out, "{}", scope(about, self.session))?;
        }
        for issue in issues {
            let place = issue.origin.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
            let severity = severity(issue.severity(), self.session);
            writeln!(self.out, "{place}: {severity} {}: {}", issue.code(), issue.text(self.session.lang))?;
            self.remedy(issue)?;
        }
        Ok(())
    }

    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        file.groups.iter().try_for_each(|group| self.finding(group, &file.path))?;
        self.remember(&file.groups);
        if !file.beyond.is_empty() {
            let beyond = self.t("これより多くの原因は件数だけ数えました", "further causes were only counted");
            let counts = self.counts(file.beyond);
            writeln!(self.out, "{}: {beyond}: {counts}", file.path)?;
        }
        if file.groups.is_empty() && self.session.quiet {
            return Ok(());
        }
        let documents = match file.documents {
            0 | 1 => String::new(),
            n => format!("  {}: {n}", self.t("文書", "documents")),
        };
        let counts = match file.groups.is_empty() {
            true => self.t("問題なし", "no findings").to_owned(),
            false => format!("{}{}", self.counts(file.summary.total), self.kinds(&file.summary)),
        };
        writeln!(self.out, "{}: {counts}{documents}", file.path)
    }

    fn end(&mut self, total: &Total) -> io::Result<()> {
        if total.files > 1 && !self.said.is_empty() {
            self.table()?;
        }
        if total.others > 0 && !self.session.quiet {
            let more = if total.others > total.first_others.len() as u64 { ", …" } else { "" };
            writeln!(
                self.out,
                "{}: {} ({}{more})",
                self.t("FHIR ではないため検査しなかったファイル", "files without FHIR, passed over"),
                total.others,
                total.first_others.join(", "),
            )?;
        }
        writeln!(
            self.out,
            "{}: {}  {}: {}  {}  {}: {}",
            self.t("ファイル", "files"),
            total.files,
            self.t("文書", "documents"),
            total.documents,
            self.counts(total.summary.total),
            self.t("エラーのあるファイル", "files with errors"),
            total.wrong,
        )
    }
}

/// What is checked, and what not.
pub fn scope(about: &About, session: &Session) -> String {
    if about.packages.is_empty() {
        let text = session.text(
            "プロファイルは検査しません（パッケージがありません）。`tsugite ig add パッケージ.tgz` で取り込むと検査します。",
            "Profiles are not checked, as no package is installed; `tsugite ig add PACKAGE.tgz` installs one.",
        );
        return text.to_owned();
    }
    let what = match about.profile_only {
        true => session.text("JSONの文法、FHIR R4、プロファイルを検査します", "Checked: JSON, FHIR R4, profiles"),
        false => session.text(
            "JSONの文法、FHIR R4、プロファイル、厳格規則を検査します",
            "Checked: JSON, FHIR R4, profiles, strict rules",
        ),
    };
    format!("{what} ({})", about.packages.join(", "))
}

fn severity(severity: Severity, session: &Session) -> &'static str {
    match severity {
        Severity::Error => session.text("エラー", "error"),
        Severity::Warning => session.text("注意", "warning"),
        Severity::Information => session.text("お知らせ", "information"),
    }
}
