//! Looking for what a person typed, and for what a local name may mean. Proposals only: nothing here is ever applied by itself.

use super::{
    Edition, Found, Kind, Masters,
    kind::{CODE, NAME, col},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
};
use tsugite_charset::fold_for_matching;
use tsugite_clinical::Date;

/// What is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Disease,
    Modifier,
    Drug,
    Allergen,
    Laboratory,
    Usage,
}

/// A standard code that a name may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub code: String,
    pub name: String,
    /// 100: the same name in another spelling; less for what is left over or different.
    pub score: u8,
    /// 修飾語 that were taken off the name, in reading order.
    pub modifiers: Vec<String>,
}

/// Names with their codes, ready for many questions.
#[derive(Debug, Default)]
pub struct Names {
    entries: Vec<Entry>,
    /// Folded name to entries.
    exact: HashMap<String, Vec<u32>>,
    /// Pairs of letters to the keys that hold them.
    pairs: HashMap<[char; 2], Vec<u32>>,
    /// Folded names with their entry and number of pairs.
    keys: Vec<(u32, u16, String)>,
    /// Folded 修飾語 that stand before and behind a disease.
    prefixes: Vec<(String, String)>,
    suffixes: Vec<(String, String)>,
}

#[derive(Debug)]
struct Entry {
    code: String,
    name: String,
}

/// A name with less than this in common is another one.
const LEAST: u8 = 35;
/// Modifiers that are taken off a name, and ways to do so that are tried.
const MOST_MODIFIERS: usize = 4;
const MOST_STEPS: usize = 64;

impl Masters {
    /// Every row of every master that has a text as one of its codes, as of a day.
    pub fn lookup(&self, code: &str, as_of: Option<Date>) -> Vec<Found<'_>> {
        let mut found: Vec<Found<'_>> = Vec::new();
        for kind in Kind::ALL {
            let indexes = kind.layout().indexes.iter().enumerate().filter(|(_, columns)| **columns != [NAME]);
            for (index, _) in indexes {
                for row in self.find_all(kind, index, code, as_of) {
                    let known = |other: &Found<'_>| other.edition.kind == kind && other.row.place() == row.row.place();
                    if !found.iter().any(known) {
                        found.push(row);
                    }
                }
            }
        }
        found
    }

    /// The names of a subject as of a day: codes are 病名管理番号, 修飾語管理番号, YJ or 薬価基準コード and 一般名コード, J-FAGY, JLAC10, 用法コード.
    pub fn names(&self, subject: Subject, as_of: Option<Date>) -> Names {
        let mut names = Names::default();
        let mut add = |kind: Kind, code: usize, aliases: &[usize]| {
            let Some(edition) = self.in_force(kind, as_of) else { return };
            for row in edition.table.rows().filter(|row| !row.get(code).is_empty()) {
                let aliases = aliases.iter().map(|column| row.get(*column));
                names.add(row.get(code), row.get(NAME), aliases);
            }
        };
        match subject {
            Subject::Disease => {
                add(Kind::Disease, col::disease::NUMBER, &[col::disease::KANA]);
                if !self.has(Kind::Disease) {
                    add(Kind::StandardDisease, CODE, &[2]);
                }
                names.modifiers(self, as_of);
            }
            Subject::Modifier => add(Kind::Modifier, col::modifier::NUMBER, &[2]),
            Subject::Drug => {
                add(Kind::Hot, col::hot::YJ, &[]);
                add(Kind::GeneralName, CODE, &[]);
                if !self.has(Kind::Drug) {
                    add(Kind::PriceList, CODE, &[]);
                }
                names.drugs(self, as_of);
            }
            Subject::Allergen => add(Kind::Jfagy, CODE, &[2, 3]),
            Subject::Laboratory => add(Kind::Jlac, CODE, &[col::jlac::IDENTIFIER, col::jlac::ABBREVIATION]),
            Subject::Usage => add(Kind::Usage, CODE, &[]),
        }
        names
    }
}

impl Names {
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds a code under a name and its other names.
    pub fn add<'a>(&mut self, code: &str, name: &str, aliases: impl Iterator<Item = &'a str>) {
        let number = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(Entry { code: code.to_owned(), name: name.to_owned() });
        self.key(number, name);
        aliases.for_each(|alias| self.key(number, alias));
    }

    fn key(&mut self, entry: u32, name: &str) {
        let key = folded(name);
        if key.is_empty() {
            return;
        }
        let pairs = pairs_of(&key);
        let place = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        self.keys.push((entry, u16::try_from(pairs.len()).unwrap_or(u16::MAX), key.clone()));
        for pair in pairs {
            self.pairs.entry(pair).or_default().push(place);
        }
        self.exact.entry(key).or_default().push(entry);
    }

    /// Drugs of the receipt master under their own YJ code, else under that of their general name.
    fn drugs(&mut self, masters: &Masters, as_of: Option<Date>) {
        let receipts = masters.in_force(Kind::Drug, as_of).into_iter().flat_map(Edition::codes);
        for drug in receipts.filter_map(|receipt| masters.drug_of_receipt(receipt, as_of).ok()) {
            match (drug.yj, drug.general) {
                (Ok(yj), _) => self.add(yj.code, drug.name, std::iter::empty()),
                (Err(_), Ok(general)) => self.add(general.code, general.name, std::iter::once(drug.name)),
                (Err(_), Err(_)) => {}
            }
        }
    }

    fn modifiers(&mut self, masters: &Masters, as_of: Option<Date>) {
        let Some(edition) = masters.in_force(Kind::Modifier, as_of) else { return };
        for row in edition.table.rows() {
            let modifier = (folded(row.get(NAME)), row.get(NAME).to_owned());
            if modifier.0.is_empty() {
                continue;
            }
            let behind = row.get(col::modifier::CATEGORY).starts_with("A8");
            if behind { self.suffixes.push(modifier) } else { self.prefixes.push(modifier) }
        }
    }

    /// The codes that a name may mean, the likeliest first; of equal ones the shorter name, then the one that was added first.
    pub fn suggest(&self, name: &str, most: usize) -> Vec<Suggestion> {
        let wanted = folded(name);
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut best: BTreeMap<u32, (u8, Vec<String>)> = BTreeMap::new();
        let mut offer = |entry: u32, score: u8, modifiers: &[String]| {
            let known = best.get(&entry).map_or(0, |(score, _)| *score);
            if score > known && score >= LEAST {
                best.insert(entry, (score, modifiers.to_vec()));
            }
        };
        for entry in self.exact.get(&wanted).into_iter().flatten() {
            offer(*entry, 100, &[]);
        }
        let bare = self.without_modifiers(&wanted);
        for step in &bare {
            let modifiers = step.modifiers();
            let taken = u8::try_from(modifiers.len()).unwrap_or(u8::MAX);
            for entry in self.exact.get(&step.rest).into_iter().flatten() {
                offer(*entry, 97_u8.saturating_sub(taken.saturating_mul(2)), &modifiers);
            }
        }
        for (entry, score) in self.alike(&wanted) {
            offer(entry, score, &[]);
        }
        // Without one modifier a name may be more like another one.
        for step in bare.iter().filter(|step| step.before.len() + step.behind.len() == 1) {
            for (entry, score) in self.alike(&step.rest) {
                offer(entry, score.saturating_sub(5), &step.modifiers());
            }
        }
        let mut ranked: Vec<(u32, u8, Vec<String>, &Entry)> = best
            .into_iter()
            .filter_map(|(number, (score, modifiers))| {
                Some((number, score, modifiers, self.entries.get(usize::try_from(number).ok()?)?))
            })
            .collect();
        ranked.sort_by_key(|(number, score, _, entry)| (Reverse(*score), entry.name.chars().count(), *number));
        let mut seen = HashSet::new();
        let once = ranked.into_iter().filter(|(.., entry)| seen.insert(entry.code.as_str()));
        let suggestion = |(_, score, modifiers, entry): (u32, u8, Vec<String>, &Entry)| Suggestion {
            code: entry.code.clone(),
            name: entry.name.clone(),
            score,
            modifiers,
        };
        once.take(most).map(suggestion).collect()
    }

    /// How much a name has in common with others: twice the common pairs of letters over all pairs, more where the other begins with
    /// it or holds it; at most 90.
    fn alike(&self, wanted: &str) -> impl Iterator<Item = (u32, u8)> {
        let pairs = pairs_of(wanted);
        let mut common: HashMap<u32, u16> = HashMap::new();
        for pair in &pairs {
            for key in self.pairs.get(pair).into_iter().flatten() {
                *common.entry(*key).or_default() += 1;
            }
        }
        let own = pairs.len();
        let wanted = wanted.to_owned();
        common.into_iter().filter_map(move |(key, common)| {
            let (entry, others, name) = self.keys.get(usize::try_from(key).ok()?)?;
            let score = 180 * usize::from(common) / (own + usize::from(*others)).max(1);
            let held = if name.starts_with(&wanted) { 15 } else { 8 * usize::from(name.contains(&wanted)) };
            Some((*entry, u8::try_from(score + held).unwrap_or(90).min(90)))
        })
    }

    /// The name with modifiers taken off its ends in every way, those with the fewest modifiers first.
    fn without_modifiers(&self, wanted: &str) -> Vec<Bare> {
        let mut steps = vec![Bare { rest: wanted.to_owned(), before: Vec::new(), behind: Vec::new() }];
        let mut seen: HashSet<String> = steps.iter().map(|step| step.rest.clone()).collect();
        let mut next = 0;
        while let Some(step) = steps.get(next).cloned().filter(|_| steps.len() < MOST_STEPS) {
            next += 1;
            if step.before.len() + step.behind.len() >= MOST_MODIFIERS {
                continue;
            }
            for (key, name) in &self.prefixes {
                let rest = step.rest.strip_prefix(key.as_str()).filter(|rest| !rest.is_empty());
                if let Some(rest) = rest.filter(|rest| seen.insert((*rest).to_owned())) {
                    let before = step.before.iter().chain([name]).cloned().collect();
                    steps.push(Bare { rest: rest.to_owned(), before, behind: step.behind.clone() });
                }
            }
            for (key, name) in &self.suffixes {
                let rest = step.rest.strip_suffix(key.as_str()).filter(|rest| !rest.is_empty());
                if let Some(rest) = rest.filter(|rest| seen.insert((*rest).to_owned())) {
                    let behind = [name].into_iter().chain(&step.behind).cloned().collect();
                    steps.push(Bare { rest: rest.to_owned(), before: step.before.clone(), behind });
                }
            }
        }
        steps.drain(..1);
        steps
    }
}

/// What is left of a name, and what was taken off its ends.
#[derive(Clone, Debug)]
struct Bare {
    rest: String,
    before: Vec<String>,
    behind: Vec<String>,
}

impl Bare {
    /// In reading order.
    fn modifiers(&self) -> Vec<String> {
        self.before.iter().chain(&self.behind).cloned().collect()
    }
}

/// Kana and width made alike, without blanks, dots and brackets.
fn folded(name: &str) -> String {
    let folded = fold_for_matching(name.trim());
    let kept = |c: &char| {
        !c.is_whitespace()
            && !matches!(
                c,
                '・' | '(' | ')' | '（' | '）' | '「' | '」' | '[' | ']' | '【' | '】' | '、' | ',' | '-' | '－'
            )
    };
    folded.chars().filter(kept).flat_map(char::to_lowercase).collect()
}

/// The pairs of letters of a name with a mark at both ends, each once.
fn pairs_of(key: &str) -> Vec<[char; 2]> {
    let letters = std::iter::once('^').chain(key.chars()).chain(std::iter::once('$'));
    let mut pairs: Vec<[char; 2]> = letters.clone().zip(letters.skip(1)).map(|(a, b)| [a, b]).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use super::{super::tests::sample, *};

    #[test]
    fn a_code_is_looked_up_in_every_master() {
        let masters = sample();
        let kinds = |code: &str| masters.lookup(code, None).iter().map(|found| found.edition.kind).collect::<Vec<_>>();
        assert_eq!(kinds("8800001"), [Kind::Disease]);
        assert_eq!(kinds("20900001"), [Kind::Disease]);
        assert_eq!(kinds("9999001F1010"), [Kind::Drug, Kind::Hot]);
        assert_eq!(kinds("629000001"), [Kind::Drug, Kind::Hot]);
        assert_eq!(masters.lookup("190000301", None).len(), 2);
        assert!(kinds("つぎて熱").is_empty());
    }

    #[test]
    fn names_are_suggested_by_spelling_without_modifiers_and_by_likeness() {
        let masters = sample();
        let diseases = masters.names(Subject::Disease, None);
        let first = |name: &str| {
            let suggestion = diseases.suggest(name, 5).into_iter().next()?;
            Some((suggestion.code, suggestion.score, suggestion.modifiers.concat()))
        };
        let fever = |score: u8, modifiers: &str| Some(("20900001".to_owned(), score, modifiers.to_owned()));
        assert_eq!(first("つぎて熱"), fever(100, ""));
        assert_eq!(first("ﾂｷﾞﾃ熱"), fever(100, ""));
        assert_eq!(first(" ツギテ　熱 "), fever(100, ""));
        assert_eq!(first("急性つぎて熱の疑い"), fever(93, "急性の疑い"));
        let (code, score, _) = first("つぎて熱症").unwrap();
        assert!(code == "20900001" && (60..90).contains(&score), "{code} {score}");
        assert_eq!(first("腰痛"), None);
        assert_eq!(first(""), None);
        let drugs = masters.names(Subject::Drug, None);
        assert_eq!(drugs.suggest("ﾂｷﾞﾅﾛｰﾙ錠5mg「甲」", 1)[0].code, "9999001F1037");
    }
}
