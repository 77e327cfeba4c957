//! The sections of a 健診結果報告書: results and questionnaire of its program, additional items, each item once.

use super::contents::{Letter, Said};
use crate::run::Record;
use std::collections::BTreeMap;
use tsugite_clinical::{
    Key,
    body::{Body, CheckupItem, CheckupValue, SectionKind},
    standard::{CheckupStandard, Standard},
};

/// A health check, sorted into the sections of its profile.
pub(crate) struct Checked<'a> {
    /// In the order of the profile; none is without an entry.
    pub parts: Vec<CheckupPart<'a>>,
}

#[derive(Default)]
pub(crate) struct CheckupPart<'a> {
    pub code: &'static str,
    pub display: &'static str,
    pub texts: Vec<Said<'a>>,
    pub items: Vec<Item<'a>>,
    /// 一連検査: the code of each with the places of its items.
    pub series: Vec<(&'a str, Vec<usize>)>,
    /// Items without a code that the report may carry: they stand in the text.
    pub spoken: Vec<Record<'a>>,
}

/// One item, with the findings that belong to it (所見).
pub(crate) struct Item<'a> {
    pub record: Record<'a>,
    pub findings: Vec<Record<'a>>,
}

/// Results and questionnaire of a section of the source, else of the program: codes and displays as the profile fixes them.
fn sections(section: &str, program: &str) -> [(&'static str, &'static str); 2] {
    let stated = section.strip_prefix('0').and_then(|section| section.strip_suffix('0')).unwrap_or_default();
    let known = |group: &str| match group {
        "101" | "010" => Some([("01011", "特定健診検査結果セクション"), ("01012", "特定健診問診結果セクション")]),
        "102" | "020" => {
            Some([("01021", "広域連合保健事業検査結果セクション"), ("01022", "広域連合保健事業問診結果セクション")])
        }
        "103" | "030" => Some([("01031", "事業者健診検査結果セクション"), ("01032", "事業者健診問診結果セクション")]),
        "104" | "040" => {
            Some([("01041", "学校職員健診検査結果セクション"), ("01042", "学校職員健診問診結果セクション")])
        }
        "107" | "070" => Some([("01071", "その他健診検査結果セクション"), ("01072", "その他健診問診結果セクション")]),
        "108" | "080" => Some([
            ("01081", "保険者の実施するその他健診検査結果セクション"),
            ("01082", "保険者の実施するその他健診問診結果セクション"),
        ]),
        _ => None,
    };
    let general = [("01910", "検査結果セクション"), ("01920", "問診結果セクション")];
    known(stated).or_else(|| known(program)).unwrap_or(general)
}

const ADDITIONAL: (&str, &str) = ("01990", "任意追加項目セクション");

fn under_way<'p, 'a>(
    parts: &'p mut BTreeMap<&'static str, CheckupPart<'a>>,
    (code, display): (&'static str, &'static str),
) -> &'p mut CheckupPart<'a> {
    parts.entry(code).or_insert_with(|| CheckupPart { code, display, ..CheckupPart::default() })
}

pub(crate) fn item<'a>(record: &Record<'a>) -> Option<(&'a CheckupItem, &'a CheckupStandard)> {
    match (&record.fact.body, record.standard) {
        (Body::CheckupItem(item), Standard::CheckupItem(standard)) => Some((item, standard)),
        _ => None,
    }
}

impl<'a> Checked<'a> {
    pub fn new(letter: &Letter<'a>) -> Self {
        let program = letter.document.checkup.as_deref().and_then(|checkup| checkup.program.as_ref());
        let program = program.map_or("", |code| code.code.trim());
        let mut parts: BTreeMap<&'static str, CheckupPart> = BTreeMap::new();
        let mut additional: Vec<&Key> = Vec::new();
        for section in &letter.document.sections {
            let more = section.kind == SectionKind::CheckupAdditional;
            if more {
                additional.extend(&section.entries);
            }
            let [results, _] = sections("", program);
            let part = under_way(&mut parts, if more { ADDITIONAL } else { results });
            if !section.text.is_empty() {
                part.texts.push(Said { heading: section.title.as_deref(), blocks: &section.text });
            }
        }
        for (record, is_coded) in in_order(letter) {
            let Some((item, standard)) = item(record) else { continue };
            let stated = item.section.as_ref().map_or("", |code| code.code.trim());
            let [results, questions] = sections(stated, program);
            let place = match () {
                () if stated == ADDITIONAL.0 || additional.contains(&&record.fact.key) => ADDITIONAL,
                () if is_question(standard) => questions,
                () => results,
            };
            let part = under_way(&mut parts, place);
            match is_coded {
                true => part.items.push(Item { record: *record, findings: Vec::new() }),
                false => part.spoken.push(*record),
            }
        }
        let mut checked = Self { parts: parts.into_values().collect() };
        checked.parts.iter_mut().for_each(CheckupPart::join);
        checked.settle();
        checked
    }

    pub fn has_entries(&self) -> bool {
        self.parts.iter().any(|part| !part.items.is_empty())
    }

    /// A section needs an entry: what one without any would say goes to the first that has one.
    fn settle(&mut self) {
        let (mut full, empty): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.parts).into_iter().partition(|part| !part.items.is_empty());
        if let Some(first) = full.first_mut() {
            for part in empty {
                first.texts.extend(part.texts);
                first.spoken.extend(part.spoken);
            }
        }
        self.parts = full;
    }
}

/// As the source lists them; a source that lists none (a table) in the order that reports have.
fn in_order<'l, 'a>(letter: &'l Letter<'a>) -> Vec<&'l (Record<'a>, bool)> {
    let mut items: Vec<&(Record, bool)> = letter.items.iter().collect();
    if letter.document.sections.iter().all(|section| section.entries.is_empty()) {
        let code =
            |record: &Record| item(record).and_then(|(_, standard)| Some(standard.code.as_ref()?.code.to_string()));
        items.sort_by_cached_key(|(record, _)| code(record).map(|code| (rank(&code), code)));
    }
    items
}

/// Measurements, history and symptoms, blood pressure, laboratory, other examinations, judgements, 問診.
fn rank(code: &str) -> u8 {
    let of = |prefixes: &[&str]| prefixes.iter().any(|prefix| code.starts_with(prefix));
    match () {
        () if of(&["9N05", "9N06"]) => 1,
        () if of(&["9N0"]) => 0,
        () if of(&["9A75", "9A76"]) => 2,
        () if of(&["1", "2", "3", "4", "5", "6", "7", "8", "9N141"]) => 3,
        () if of(&["9N5"]) => 5,
        () if of(&["9N7", "9N8"]) => 6,
        () => 4,
    }
}

/// The code that an item says it belongs to.
fn series<'a>(record: &Record<'a>) -> Option<&'a str> {
    let (item, _) = item(record)?;
    item.series.as_deref().map(str::trim).filter(|code| !code.is_empty())
}

/// 質問票: items 9N7… and 9N8… of the code table.
fn is_question(standard: &CheckupStandard) -> bool {
    let code = standard.code.as_ref().map_or("", |coding| &coding.code);
    code.starts_with("9N7") || code.starts_with("9N8")
}

impl<'a> CheckupPart<'a> {
    /// A finding in words goes to the item that it belongs to; other items of a series are grouped.
    fn join(&mut self) {
        let code = |record: &Record| {
            let coding = item(record).and_then(|(_, standard)| standard.code.as_ref());
            coding.map(|coding| coding.code.to_string()).unwrap_or_default()
        };
        let places: BTreeMap<String, usize> =
            self.items.iter().enumerate().rev().map(|(index, item)| (code(&item.record), index)).collect();
        let mut moves: Vec<(usize, usize)> = Vec::new();
        for (index, one) in self.items.iter().enumerate() {
            let in_words = item(&one.record).is_some_and(|(item, _)| matches!(item.value, CheckupValue::Text(_)));
            let of = series(&one.record).and_then(|series| places.get(series)).filter(|of| **of != index && in_words);
            // A finding of a finding stays an item of its own.
            if let Some(of) = of.filter(|of| !moves.iter().any(|(moved, _)| moved == *of)) {
                moves.push((index, *of));
            }
        }
        moves.retain({
            let targets: Vec<usize> = moves.iter().map(|(_, of)| *of).collect();
            move |(moved, _)| !targets.contains(moved)
        });
        for (moved, of) in &moves {
            let Some(finding) = self.items.get(*moved).map(|item| item.record) else { continue };
            if let Some(item) = self.items.get_mut(*of) {
                item.findings.push(finding);
            }
        }
        let mut index = 0;
        self.items.retain(|_| {
            index += 1;
            !moves.iter().any(|(moved, _)| moved + 1 == index)
        });
        self.group();
    }

    fn group(&mut self) {
        let codes: Vec<String> = self
            .items
            .iter()
            .map(|one| {
                item(&one.record).and_then(|(_, s)| s.code.as_ref()).map(|c| c.code.to_string()).unwrap_or_default()
            })
            .collect();
        for (index, one) in self.items.iter().enumerate() {
            let Some(series) = series(&one.record) else { continue };
            // A series named by one of its items is told by that item's own place.
            if codes.iter().any(|code| code == series) {
                continue;
            }
            match self.series.iter_mut().find(|(code, _)| *code == series) {
                Some((_, places)) => places.push(index),
                None => self.series.push((series, vec![index])),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn a_report_begins_with_height_and_ends_with_the_questionnaire() {
        let order = [
            "9N001000000000001", // 身長
            "9N056000000000011", // 既往歴
            "9A751000000000001", // 血圧
            "3F077000002327101", // LDL
            "9A110160700000011", // 心電図
            "9N511000000000049", // 医師の診断
            "9N736000000000011", // 喫煙
        ];
        let ranks: Vec<u8> = order.map(rank).to_vec();
        assert!(ranks.is_sorted_by(|a, b| a < b), "{ranks:?}");
    }
}
