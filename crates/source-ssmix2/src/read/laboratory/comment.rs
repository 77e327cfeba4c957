//! Comment results: an OBX whose code ends in TCM, TIM or MED says something about another line, and is none itself.

use super::Line;
use crate::value::filled;
use std::collections::HashMap;

const MARKS: [&str; 3] = ["TCM", "TIM", "MED"];

/// The comment lines of a group, and the result lines that they belong to.
pub struct Comments<'l, 'm> {
    /// Codes of the group's lines, with the place of the last one among the results.
    places: HashMap<String, usize>,
    waiting: Vec<(usize, &'l Line<'m>)>,
    results: usize,
}

impl<'l, 'm> Comments<'l, 'm> {
    pub fn of(lines: &'l [Line<'m>]) -> Self {
        let might = lines.iter().any(|line| MARKS.iter().any(|mark| line.obx.field(3).raw().contains(mark)));
        let mut comments = Self { places: HashMap::new(), waiting: Vec::new(), results: 0 };
        if might {
            let results = lines.iter().filter(|line| target(line).is_none());
            comments.places = results.enumerate().map(|(at, line)| (code(line), at)).collect();
        }
        comments.results = lines.len();
        comments
    }

    /// `123&TCM` and `TCM` say so themselves; `123TCM` does where 123 is a code of this group or is as long as a JLAC10 code,
    /// since a site's code may end in these letters by chance.
    pub fn is_comment(&self, line: &Line<'_>) -> bool {
        target(line).is_some_and(|target| {
            target.certain
                || self.places.contains_key(&target.code)
                || (target.code.len() >= 10 && has_digit(&target.code))
        })
    }

    /// Takes a comment that stands behind `before` results.
    pub fn wait(&mut self, before: usize, line: &'l Line<'m>) {
        self.waiting.push((before, line));
    }

    /// Each comment with the place of its result: the one that its code names, else the one before it, else the first.
    pub fn assigned(&self) -> impl Iterator<Item = (usize, &'l Line<'m>)> {
        self.waiting.iter().map(|(before, line)| {
            let named = target(line).and_then(|target| self.places.get(&target.code).copied());
            (named.unwrap_or_else(|| before.saturating_sub(1)), *line)
        })
    }
}

impl Line<'_> {
    /// The text of a comment line: its value, and its own notes.
    pub fn text(&self) -> impl Iterator<Item = String> {
        let field = self.obx.field(5);
        let coded = matches!(self.obx.field(2).raw(), "CWE" | "CE");
        let value = move |repetition: tsugite_er7::Value<'_>| {
            let named = if coded { filled(repetition.component(2)) } else { None };
            named.or_else(|| filled(repetition))
        };
        field.repetitions().filter_map(value).chain(self.notes.iter().cloned())
    }
}

struct Target {
    /// The code without the mark; empty for a mark alone.
    code: String,
    certain: bool,
}

fn target(line: &Line<'_>) -> Option<Target> {
    let identifier = line.obx.field(3).component(1);
    let raw = identifier.raw();
    let code = MARKS.iter().find_map(|mark| raw.strip_suffix(mark))?;
    let certain = code.is_empty() || identifier.subcomponents().nth(1).is_some();
    let code = identifier.subcomponent(1).text();
    let code = if certain && raw.len() == 3 { "" } else { code.trim() };
    let code = if certain { code } else { code.get(..code.len().saturating_sub(3)).unwrap_or_default() };
    Some(Target { code: code.to_owned(), certain })
}

fn code(line: &Line<'_>) -> String {
    line.obx.field(3).subcomponent(1).text().trim().to_owned()
}

fn has_digit(code: &str) -> bool {
    code.bytes().any(|b| b.is_ascii_digit())
}
