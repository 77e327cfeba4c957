//! 処方 that several feeds of a clinic tell: the order of the EHR, its symbol on paper, its receipt are one prescription, and a letter
//! that lists it twice reads as twice the dose (`rules` §3, one owner).

use super::{contents::Letter, party::is_prescribed_elsewhere};
use crate::{
    issues,
    run::{Record, Run},
};
use jiff::ToSpan as _;
use tsugite_clinical::{
    Date,
    body::{Body, Prescription},
    half_unspaced,
    standard::{Amount, PrescriptionStandard, Standard},
};
use tsugite_issue::Issue;

/// A prescription on paper may be filled on its day and the three after it.
const DAYS_TO_FILL: i8 = 3;

/// What other feeds make of a line.
pub enum Told<'a> {
    /// Nobody of greater authority tells it.
    Here,
    /// This line of a feed with greater authority says it.
    By(Record<'a>),
    /// A feed with greater authority tells a prescription of that day, and no code decides whether the drug is one of it.
    Perhaps(&'a str),
}

/// A line, ready to be compared.
struct Line<'a> {
    record: Record<'a>,
    standard: &'a PrescriptionStandard,
    feed: &'a str,
    rank: usize,
    day: Date,
}

/// All drug lines of the chart, also those that have run out: a receipt of the month may tell them again.
pub struct Lines<'a>(Vec<Line<'a>>);

impl<'a> Lines<'a> {
    pub fn new(run: &Run<'a>, records: &[Record<'a>]) -> Self {
        Self(records.iter().filter_map(|record| line(run, record)).collect())
    }

    pub fn told(&self, run: &Run<'a>, record: &Record<'a>) -> Told<'a> {
        let Some(own) = line(run, record) else { return Told::Here };
        let before = || self.0.iter().filter(|other| (other.rank, other.feed) < (own.rank, own.feed));
        if let Some(same) = before().find(|other| may_be_filled_on(other.day, own.day) && is_same(&own, other)) {
            return Told::By(same.record);
        }
        let on_the_day = || before().filter(|other| overlap(other.day, own.day));
        match on_the_day().next() {
            Some(owner) if own.standard.uncoded || on_the_day().any(|other| other.standard.uncoded) => {
                Told::Perhaps(owner.feed)
            }
            _ => Told::Here,
        }
    }
}

/// Says where two feeds contradict each other.
pub fn compare<'a>(letter: &mut Letter<'a>, own: &Record<'a>, owner: &Record<'a>) {
    let (Some((_, a)), Some((_, b))) = (parts(own), parts(owner)) else { return };
    let differ = |a: &Option<Amount>, b: &Option<Amount>| {
        a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| half_unspaced(&a.number) != half_unspaced(&b.number))
    };
    let days = a.days.zip(b.days).is_some_and(|(a, b)| a != b);
    if days || differ(&a.dose, &b.dose) || differ(&a.daily_dose, &b.daily_dose) {
        letter.issues.push(between(own, &issues::DRUG_DIFFERS, feed(owner)));
    }
}

pub fn between(record: &Record, definition: &'static tsugite_issue::Definition, owner: &str) -> Issue {
    record.issue(definition).with("owner", owner.to_owned()).with("feed", feed(record).to_owned())
}

fn feed<'a>(record: &Record<'a>) -> &'a str {
    &record.fact.key.scope.feed
}

fn parts<'a>(record: &Record<'a>) -> Option<(&'a Prescription, &'a PrescriptionStandard)> {
    match (&record.fact.body, record.standard) {
        (Body::Prescription(line), Standard::Prescription(standard)) => Some((line, standard)),
        _ => None,
    }
}

fn line<'a>(run: &Run<'a>, record: &Record<'a>) -> Option<Line<'a>> {
    let (stated, standard) = parts(record)?;
    let ours = !stated.administered && !is_prescribed_elsewhere(run, stated);
    let day = stated.start.or(stated.ordered).filter(|_| ours)?.date;
    let authority = &run.site.policy.document.prescription_authority;
    let feed = feed(record);
    let rank = authority.iter().position(|name| name == feed).unwrap_or(authority.len());
    Some(Line { record: *record, standard, feed, rank, day })
}

fn overlap(a: Date, b: Date) -> bool {
    a.first_day() <= b.last_day() && b.first_day() <= a.last_day()
}

fn may_be_filled_on(ordered: Date, filled: Date) -> bool {
    let last = ordered.last_day().checked_add(DAYS_TO_FILL.days()).unwrap_or(ordered.last_day());
    ordered.first_day() <= filled.last_day() && filled.first_day() <= last
}

/// One drug: by a code that both have, by ingredient, form and strength (the first nine of YJ and of 一般名処方コード), or by its name.
fn is_same(a: &Line, b: &Line) -> bool {
    let (Some((own, _)), Some((other, _))) = (parts(&a.record), parts(&b.record)) else { return false };
    let codes = own.drug.codes.iter().filter(|code| !code.code.trim().is_empty() && !code.system.trim().is_empty());
    let by_code = codes
        .into_iter()
        .any(|code| other.drug.codes.iter().any(|it| it.code == code.code && it.system == code.system));
    let by_ingredient = ingredients(a.standard).any(|one| ingredients(b.standard).any(|other| one == other));
    let (name, other) = (half_unspaced(&a.standard.text), half_unspaced(&b.standard.text));
    by_code || by_ingredient || (!name.is_empty() && name == other)
}

fn ingredients(standard: &PrescriptionStandard) -> impl Iterator<Item = &str> {
    let counted = |system: &str| system.ends_with("YJ-code") || system.ends_with("MedicationGeneralOrderCode");
    standard.drug.iter().filter(move |coding| counted(&coding.system)).filter_map(|coding| coding.code.get(..9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prescription_is_filled_within_four_days_or_in_its_month() {
        let day = |text: &str| Date::parse_compact(text).unwrap();
        for (ordered, filled, expected) in [
            ("20261110", "20261110", true),
            ("20261110", "20261113", true),
            ("20261110", "20261114", false),
            ("20261110", "20261109", false),
            ("20261110", "202611", true),
            ("202611", "20261110", true),
            ("20261110", "202612", false),
        ] {
            assert_eq!(may_be_filled_on(day(ordered), day(filled)), expected, "{ordered} {filled}");
        }
    }
}
