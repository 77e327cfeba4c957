//! Comment results: an OBX whose code ends in TCM, TIM or MED says something about another line, and is none itself.

use super::Line;
use crate::value::filled;
use std::collections::{HashMap, HashSet};
use tsugite_er7::Value;

const MARKS: [&str; 3] = ["TCM", "TIM", "MED"];
/// A JLAC10 code has 15 or 17 characters; shorter ones may be a site's own.
const LONG: usize = 10;

/// The comment lines of a group, and the result lines that they belong to.
pub struct Comments<'l, 'm> {
    /// Codes of lines that are certainly results.
    codes: HashSet<String>,
    /// Codes of the group's results, with the place of the last one among them.
    places: HashMap<String, usize>,
    waiting: Vec<(usize, &'l Line<'m>)>,
}

impl<'l, 'm> Comments<'l, 'm> {
    pub fn of(lines: &'l [Line<'m>]) -> Self {
        let mut comments = Self { codes: HashSet::new(), places: HashMap::new(), waiting: Vec::new() };
        // Most groups have none, and need no tables.
        if lines.iter().any(|line| target(line).is_some()) {
            comments.codes = lines.iter().filter(|line| target(line).is_none()).map(code).collect();
            let results = lines.iter().filter(|line| !comments.is_comment(line));
            comments.places = results.enumerate().map(|(at, line)| (code(line), at)).collect();
        }
        comments
    }

    /// `123&TCM` and `TCM` say so themselves; `123TCM` does where 123 is a code of this group or as long as a JLAC10 code, since a
    /// site's code may end in these letters by chance.
    pub fn is_comment(&self, line: &Line<'_>) -> bool {
        match target(line) {
            Some(Target::Said(_)) => true,
            Some(Target::Perhaps(code)) => {
                let standard = code.len() >= LONG && code.bytes().any(|b| b.is_ascii_digit());
                standard || self.codes.contains(&code)
            }
            None => false,
        }
    }

    /// Takes a comment that stands behind `before` results.
    pub fn wait(&mut self, before: usize, line: &'l Line<'m>) {
        self.waiting.push((before, line));
    }

    /// Each comment with the place of its result: the one that its code names, else the one before it, else the first.
    pub fn assigned(&self) -> impl Iterator<Item = (usize, &'l Line<'m>)> {
        self.waiting.iter().map(|(before, line)| {
            let named = target(line).and_then(|target| self.places.get(target.code()).copied());
            (named.unwrap_or_else(|| before.saturating_sub(1)), *line)
        })
    }
}

impl Line<'_> {
    /// The text of a comment line: its value, and its own notes.
    pub fn text(&self) -> impl Iterator<Item = String> {
        let coded = matches!(self.obx.field(2).raw(), "CWE" | "CE");
        let value = move |repetition: Value<'_>| {
            let named = if coded { filled(repetition.component(2)) } else { None };
            named.or_else(|| filled(repetition))
        };
        self.obx.field(5).repetitions().filter_map(value).chain(self.notes.iter().cloned())
    }
}

/// The code that a comment is about, empty where it names none.
enum Target {
    Said(String),
    Perhaps(String),
}

impl Target {
    fn code(&self) -> &str {
        let (Self::Said(code) | Self::Perhaps(code)) = self;
        code
    }
}

fn target(line: &Line<'_>) -> Option<Target> {
    let identifier = line.obx.field(3).component(1);
    let text = identifier.raw().trim_end();
    let before = MARKS.iter().find_map(|mark| text.strip_suffix(mark))?;
    if before.is_empty() {
        return Some(Target::Said(String::new()));
    }
    let first = identifier.subcomponent(1);
    Some(match first.raw().len() < text.len() {
        true => Target::Said(first.text().trim().to_owned()),
        false => Target::Perhaps(before.trim().to_owned()),
    })
}

fn code(line: &Line<'_>) -> String {
    line.obx.field(3).subcomponent(1).text().trim().to_owned()
}
