//! The stay or visit that covers a time (`rules` §1, the chain of Encounter.class).

use crate::{
    DateTime, Fact,
    body::{Body, Care, CareClass, Encounter, EncounterKind},
};

/// A stay or a visit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CarePeriod<'a> {
    pub class: CareClass,
    pub start: DateTime,
    /// `None` for a stay whose discharge is not known.
    pub end: Option<DateTime>,
    /// Department and doctor, as the message of the visit or admission says.
    pub care: &'a Care,
}

/// The stay or visit that covers a time, among a patient's active facts; other facts are passed over.
///
/// A stay with both ends comes first, then the visit of that day, then an admission whose discharge is not known: it may have been
/// lost, and would claim all that came after.
pub fn care_on<'a>(facts: impl IntoIterator<Item = &'a Fact>, at: DateTime) -> Option<CarePeriod<'a>> {
    let encounters = facts.into_iter().filter_map(|fact| match &fact.body {
        Body::Encounter(encounter) => Some((&**encounter, encounter.at?)),
        _ => None,
    });
    let mut encounters: Vec<(&Encounter, DateTime)> = encounters.collect();
    // At one time the visit comes before the admission, and the admission before the discharge.
    encounters.sort_by_key(|(encounter, at)| (at.date, at.time, encounter.kind));
    let known = known_periods(&encounters);
    let covering = known.into_iter().filter(|known| known.covers(at));
    covering.max_by_key(|known| (known.rank(at), known.period.start)).map(|known| known.period)
}

struct Known<'a> {
    period: CarePeriod<'a>,
    is_visit: bool,
    /// The next admission after a stay whose discharge is not known: it must have ended before.
    at_most_until: Option<DateTime>,
}

fn known_periods<'a>(encounters: &[(&'a Encounter, DateTime)]) -> Vec<Known<'a>> {
    let mut known: Vec<Known<'a>> = Vec::with_capacity(encounters.len());
    // Place of the stay that has not ended.
    let mut open: Option<usize> = None;
    for (encounter, at) in encounters.iter().copied() {
        let care = &encounter.care;
        let is_visit = encounter.kind == EncounterKind::Visit;
        let class = care.class.unwrap_or(if is_visit { CareClass::Ambulatory } else { CareClass::Inpatient });
        let period =
            |start, end| Known { period: CarePeriod { class, start, end, care }, is_visit, at_most_until: None };
        match encounter.kind {
            EncounterKind::Visit => known.push(period(at, Some(DateTime::day(at.date)))),
            EncounterKind::Admission => {
                if let Some(stay) = open.and_then(|open| known.get_mut(open)) {
                    stay.at_most_until = Some(at);
                }
                open = Some(known.len());
                known.push(period(at, None));
            }
            EncounterKind::Discharge => match open.take().and_then(|open| known.get_mut(open)) {
                Some(stay) => stay.period.end = Some(at),
                // The admission is not known: the day of discharge at least was a day of the stay.
                None => known.push(period(DateTime::day(at.date), Some(at))),
            },
        }
    }
    known
}

impl Known<'_> {
    fn covers(&self, at: DateTime) -> bool {
        let CarePeriod { start, end, .. } = self.period;
        if self.is_visit {
            return start.date.compatible(at.date);
        }
        not_after(start, at) && end.or(self.at_most_until).is_none_or(|end| not_after(at, end))
    }

    fn rank(&self, at: DateTime) -> u8 {
        match self.period.end {
            _ if self.is_visit => 1,
            Some(_) => 3,
            None if self.period.start.date == at.date => 2,
            None => 0,
        }
    }
}

/// By the clock where both sides have one on the same day, else by days; a partial date counts with all its days.
fn not_after(a: DateTime, b: DateTime) -> bool {
    match (a.time, b.time) {
        (Some(a_time), Some(b_time)) if a.date == b.date => a_time <= b_time,
        _ => a.date.first_day() <= b.date.last_day(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Key, PatientId, Presence, Scope, Version};
    use std::sync::Arc;
    use tsugite_issue::{Digest, InputName, Origin};

    fn encounter(kind: EncounterKind, at: &str) -> Fact {
        let scope = Scope { source: "clinic".into(), feed: "ADT".into(), part: at.into() };
        let at = DateTime::parse_hl7(at);
        Fact {
            patient: PatientId { space: "clinic".into(), id: "1".into() },
            key: Key { scope: Arc::new(scope), item: "encounter".into(), ordinal: 0 },
            version: Version::default(),
            presence: Presence::Present,
            body: Body::Encounter(Box::new(Encounter { kind, care: Care::default(), at, disposition: None })),
            origin: Origin::whole(Arc::new(InputName { path: "a".into(), digest: Digest::default() })),
        }
    }

    fn check(encounters: &[(EncounterKind, &str)], at: &str, expected: Option<(CareClass, &str)>) {
        let mut facts: Vec<Fact> = encounters.iter().map(|(kind, at)| encounter(*kind, at)).collect();
        for _ in 0..2 {
            let found = care_on(&facts, DateTime::parse_hl7(at).unwrap());
            let expected = expected.map(|(class, start)| (class, DateTime::parse_hl7(start).unwrap()));
            assert_eq!(found.map(|found| (found.class, found.start)), expected, "{encounters:?} {at}");
            facts.reverse();
        }
    }

    #[test]
    fn the_stay_or_visit_of_the_day_is_found() {
        use CareClass::{Ambulatory, Inpatient};
        use EncounterKind::{Admission, Discharge, Visit};
        let course = [
            (Visit, "202604010900"),
            (Visit, "202604100900"),
            (Admission, "202604101400"),
            (Discharge, "202604201000"),
            (Visit, "202605010900"),
        ];
        for (at, expected) in [
            ("20260401", Some((Ambulatory, "202604010900"))),
            ("20260402", None),
            ("202604100930", Some((Ambulatory, "202604100900"))),
            ("202604101500", Some((Inpatient, "202604101400"))),
            ("20260410", Some((Inpatient, "202604101400"))),
            ("20260415", Some((Inpatient, "202604101400"))),
            ("202604200900", Some((Inpatient, "202604101400"))),
            ("202604201100", None),
            ("20260421", None),
            ("202605012300", Some((Ambulatory, "202605010900"))),
        ] {
            check(&course, at, expected);
        }
    }

    #[test]
    fn a_lost_discharge_does_not_claim_later_visits() {
        use CareClass::{Ambulatory, Inpatient};
        use EncounterKind::{Admission, Discharge, Visit};
        let lost = [(Admission, "20260410"), (Visit, "20260601"), (Admission, "20260701"), (Discharge, "20260705")];
        check(&lost, "20260412", Some((Inpatient, "20260410")));
        check(&lost, "20260601", Some((Ambulatory, "20260601")));
        check(&lost, "20260703", Some((Inpatient, "20260701")));
        check(&lost, "20260801", None);
        check(&[(Discharge, "202607051000")], "20260705", Some((Inpatient, "20260705")));
        check(&[(Discharge, "202607051000")], "20260704", None);
    }
}
