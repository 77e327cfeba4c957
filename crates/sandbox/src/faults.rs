//! Faults on demand: rules from a TOML file, and what they do to one request.
//!
//! What befalls a request depends on the rules, the seed, the request's number in the centre's log, its operation and the time at
//! which it was judged, and on nothing else: the same story with the same seed goes the same way, also when the centre is killed in
//! between.

use crate::codes::{self, Code};
use jiff::{SignedDuration, Timestamp, tz::Offset};
use serde::Deserialize;
use std::collections::BTreeSet;
use tsugite_upstream::{Action, Class, Hours, HoursError, mix};

/// What can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// The answer comes after `seconds`.
    Delay,
    /// The answer comes after those to the next `behind` requests, or after `seconds`.
    Reorder,
    /// The request is swallowed: no effect, no answer.
    LoseRequest,
    /// The request has its effect, and no answer.
    LoseAnswer,
    /// The answer comes once more after `seconds`.
    DuplicateAnswer,
    /// The answer ends somewhere in the middle.
    TruncateAnswer,
    /// The answer is written in Shift_JIS.
    WrongEncoding,
    /// An answer to nothing that was asked comes with it.
    ForeignAnswer,
    /// Refused with a code of `class`, without any effect.
    Reject,
    /// An inquiry is told that the document is still being worked on.
    Processing,
    /// Nothing is fetched and nothing is answered.
    Unavailable,
}

impl FaultKind {
    /// As written in the file and in the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Delay => "delay",
            Self::Reorder => "reorder",
            Self::LoseRequest => "lose-request",
            Self::LoseAnswer => "lose-answer",
            Self::DuplicateAnswer => "duplicate-answer",
            Self::TruncateAnswer => "truncate-answer",
            Self::WrongEncoding => "wrong-encoding",
            Self::ForeignAnswer => "foreign-answer",
            Self::Reject => "reject",
            Self::Processing => "processing",
            Self::Unavailable => "unavailable",
        }
    }
}

/// A file of faults that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FaultsError {
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    #[error("fault {number}: {why}")]
    Rule { number: usize, why: String },
}

/// The rules of a file; none by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    kind: FaultKind,
    /// Of 2^32 requests so many.
    share: u64,
    requests: Option<BTreeSet<u64>>,
    operations: Option<Vec<Action>>,
    seconds: [u32; 2],
    behind: u64,
    code: &'static Code,
    from: Timestamp,
    until: Timestamp,
    hours: Option<Hours>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fault: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    kind: FaultKind,
    rate: Option<f64>,
    requests: Option<BTreeSet<u64>>,
    operations: Option<Vec<Action>>,
    seconds: Option<[u32; 2]>,
    behind: Option<u64>,
    class: Option<Class>,
    from: Option<String>,
    until: Option<String>,
    hours: Option<String>,
}

impl Rule {
    fn read(text: Text) -> Result<Self, String> {
        let [least, most] = text.seconds.unwrap_or([60, 60]);
        if least > most {
            return Err(format!("`seconds` goes from {least} down to {most}"));
        }
        let code = match (text.kind, text.class) {
            (FaultKind::Reject, Some(Class::Transport)) => &codes::BUSY,
            (FaultKind::Reject, Some(Class::Qualification)) => &codes::UNKNOWN_INSURED,
            (FaultKind::Reject, Some(Class::Content)) => &codes::REFUSED,
            (FaultKind::Reject, Some(Class::Unknown)) => &codes::STRANGE,
            (FaultKind::Reject, _) => {
                return Err("`reject` needs `class`: transport, qualification, content or unknown".to_owned());
            }
            (_, Some(_)) => return Err("`class` belongs to `reject` only".to_owned()),
            (_, None) => &codes::ACCEPTED,
        };
        let per_request = text.rate.is_some() || text.requests.is_some() || text.operations.is_some();
        if text.kind == FaultKind::Unavailable && per_request {
            return Err("`unavailable` is a matter of time: `from`, `until`, `hours`".to_owned());
        }
        let time = |text: Option<String>, open| {
            text.map_or(Ok(open), |text| {
                text.parse().map_err(|_| format!("`{text}` is no time like 2026-11-22T09:00+09:00"))
            })
        };
        let hours =
            text.hours.as_deref().map(Hours::parse).transpose().map_err(|error: HoursError| error.to_string())?;
        Ok(Self {
            kind: text.kind,
            share: share(text.rate.unwrap_or(1.0))?,
            requests: text.requests,
            operations: text.operations,
            seconds: [least, most],
            behind: text.behind.unwrap_or(1),
            code,
            from: time(text.from, Timestamp::MIN)?,
            until: time(text.until, Timestamp::MAX)?,
            hours,
        })
    }

    fn is_in_force(&self, at: Timestamp) -> bool {
        let time = || Offset::constant(9).to_datetime(at);
        (self.from..self.until).contains(&at) && self.hours.is_none_or(|hours| hours.contains(time()))
    }

    fn strikes(&self, number: u64, action: Action, at: Timestamp, dice: u64) -> bool {
        self.is_in_force(at)
            && self.requests.as_ref().is_none_or(|requests| requests.contains(&number))
            && self.operations.as_ref().is_none_or(|operations| operations.contains(&action))
            && (dice >> 32) < self.share
    }

    fn wait(&self, dice: u64) -> SignedDuration {
        let [least, most] = self.seconds.map(u64::from);
        let seconds = least + (dice & 0xffff_ffff) % (most - least + 1);
        SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX))
    }
}

/// Of 2^32 so many.
fn share(rate: f64) -> Result<u64, String> {
    if !(0.0..=1.0).contains(&rate) {
        return Err(format!("`rate` is {rate}, and not between 0 and 1"));
    }
    // Ten thousandths are fine enough, and whole numbers are the same on every machine.
    let text = format!("{:.0}", rate * 10_000.0);
    let parts: u64 = text.parse().map_err(|_| format!("`rate` is {rate}"))?;
    Ok(parts * (1 << 32) / 10_000)
}

impl Faults {
    /// No faults.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads the rules, each a `[[fault]]`: `kind`, and optionally `rate` (0 to 1), `requests` (numbers in the log, from 1),
    /// `operations`, `seconds` (from, to), `behind`, `class`, `from` and `until` (times with offset), `hours` (`22:00-06:00`, Japan).
    ///
    /// # Errors
    /// When a key is unknown or cannot be meant.
    pub fn from_toml(text: &str) -> Result<Self, FaultsError> {
        let file: File = toml::from_str(text)?;
        let rules = file.fault.into_iter().enumerate();
        let rules = rules.map(|(at, text)| Rule::read(text).map_err(|why| FaultsError::Rule { number: at + 1, why }));
        Ok(Self { rules: rules.collect::<Result<_, _>>()? })
    }

    /// Whether the centre is out of reach.
    pub fn is_unavailable(&self, now: Timestamp) -> bool {
        self.rules.iter().any(|rule| rule.kind == FaultKind::Unavailable && rule.is_in_force(now))
    }

    /// What befalls a request.
    pub(crate) fn fate(&self, seed: u64, number: u64, action: Action, at: Timestamp) -> Fate {
        let mut fate = Fate { dice: mix(seed, number), ..Fate::default() };
        for (index, rule) in (1_u64..).zip(&self.rules) {
            let dice = mix(fate.dice, index);
            if rule.kind == FaultKind::Unavailable || !rule.strikes(number, action, at, dice) {
                continue;
            }
            if !fate.kinds.contains(&rule.kind) {
                fate.kinds.push(rule.kind);
            }
            match rule.kind {
                FaultKind::Delay => fate.delay += rule.wait(dice),
                FaultKind::Reorder => (fate.behind, fate.reorder) = (rule.behind, rule.wait(dice)),
                FaultKind::DuplicateAnswer => fate.again = rule.wait(dice),
                FaultKind::Reject => fate.reject = fate.reject.or(Some(rule.code)),
                _ => {}
            }
        }
        fate
    }
}

/// What befalls one request.
#[derive(Clone, Debug, Default)]
pub struct Fate {
    pub kinds: Vec<FaultKind>,
    pub reject: Option<&'static Code>,
    pub dice: u64,
    delay: SignedDuration,
    reorder: SignedDuration,
    again: SignedDuration,
    behind: u64,
}

/// An answer on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// When it comes, unless its turn is earlier.
    pub due: Timestamp,
    /// It comes once a request of this number was judged; 0: only when it is due.
    pub turn: u64,
    pub foreign: bool,
    pub bytes: Vec<u8>,
}

impl Fate {
    pub fn has(&self, kind: FaultKind) -> bool {
        self.kinds.contains(&kind)
    }

    /// What comes of the sound answer `bytes` to the request `number` that was judged at `at`.
    pub fn answers(&self, bytes: Vec<u8>, number: u64, at: Timestamp) -> Vec<Outgoing> {
        if self.has(FaultKind::LoseRequest) || self.has(FaultKind::LoseAnswer) {
            return Vec::new();
        }
        let after = |time: Timestamp, wait| time.checked_add(wait).unwrap_or(Timestamp::MAX);
        let due = after(at, self.delay);
        let foreign = self.has(FaultKind::ForeignAnswer).then(|| bytes.clone());
        let bytes = self.spoil(bytes);
        let turn = if self.has(FaultKind::Reorder) { number + self.behind } else { 0 };
        let first = Outgoing { due: after(due, self.reorder), turn, foreign: false, bytes };
        let second = Outgoing { due: after(first.due, self.again), turn: 0, ..first.clone() };
        let mut answers = vec![first];
        answers.extend(self.has(FaultKind::DuplicateAnswer).then_some(second));
        answers.extend(foreign.map(|bytes| Outgoing { due, turn: 0, foreign: true, bytes }));
        answers
    }

    fn spoil(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        if self.has(FaultKind::WrongEncoding) {
            bytes = shift_jis(&String::from_utf8_lossy(&bytes));
        }
        if self.has(FaultKind::TruncateAnswer) {
            // Not only the line's end: what is left must be no answer.
            let end = bytes.iter().rposition(|&byte| byte == b'>').unwrap_or_default();
            let cut = (self.dice >> 16) % u64::try_from(end).unwrap_or(1).max(1);
            bytes.truncate(usize::try_from(cut).unwrap_or_default());
        }
        bytes
    }
}

fn shift_jis(text: &str) -> Vec<u8> {
    // What Shift_JIS does not have becomes a character reference: up to ten bytes for one.
    let mut bytes = vec![0; text.len().saturating_mul(10).saturating_add(16)];
    let (_, _, written, _) = encoding_rs::SHIFT_JIS.new_encoder().encode_from_utf8(text, &mut bytes, true);
    bytes.truncate(written);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("{text}+09:00").parse().unwrap()
    }

    fn faults(text: &str) -> Faults {
        Faults::from_toml(&format!("[[fault]]\n{text}")).unwrap()
    }

    const NOON: &str = "2026-11-22T12:00:00";

    #[test]
    fn a_rate_is_the_share_of_the_requests_and_the_same_for_a_seed() {
        let faults = faults("kind = \"lose-answer\"\nrate = 0.25");
        let struck = |seed| -> Vec<u64> {
            let fate = |number| faults.fate(seed, number, Action::Register, at(NOON));
            (1..=4000).filter(|&number| fate(number).has(FaultKind::LoseAnswer)).collect()
        };
        assert!((900..1100).contains(&struck(1).len()), "{}", struck(1).len());
        assert_eq!(struck(1), struck(1));
        assert_ne!(struck(1), struck(2));
    }

    #[test]
    fn a_rule_strikes_where_its_conditions_say() {
        for (text, number, operation, time, strikes) in [
            ("requests = [3, 7]", 3, Action::Register, NOON, true),
            ("requests = [3, 7]", 4, Action::Register, NOON, false),
            ("operations = [\"cancel\"]", 1, Action::Cancel, NOON, true),
            ("operations = [\"cancel\"]", 1, Action::Change, NOON, false),
            ("from = \"2026-11-22T12:00+09:00\"", 1, Action::Change, NOON, true),
            ("until = \"2026-11-22T12:00+09:00\"", 1, Action::Change, NOON, false),
            ("hours = \"22:00-06:00\"", 1, Action::Change, "2026-11-22T23:00", true),
            ("hours = \"22:00-06:00\"", 1, Action::Change, NOON, false),
            ("rate = 0", 1, Action::Change, NOON, false),
            ("rate = 1", 1, Action::Change, NOON, true),
        ] {
            let faults = faults(&format!("kind = \"lose-request\"\n{text}"));
            let fate = faults.fate(1, number, operation, at(time));
            assert_eq!(fate.has(FaultKind::LoseRequest), strikes, "{text} {number}");
        }
        let closed = faults("kind = \"unavailable\"\nhours = \"22:00-06:00\"");
        assert!(closed.is_unavailable(at("2026-11-22T05:59")) && !closed.is_unavailable(at("2026-11-22T06:00")));
    }

    #[test]
    fn waits_lie_between_their_bounds_and_add_up() {
        let faults = Faults::from_toml(
            "[[fault]]\nkind = \"delay\"\nseconds = [5, 9]\n[[fault]]\nkind = \"duplicate-answer\"\nseconds = [100, 100]",
        )
        .unwrap();
        let mut seen = BTreeSet::new();
        for number in 1..200 {
            let fate = faults.fate(9, number, Action::Register, at(NOON));
            let answers = fate.answers(b"<a>".to_vec(), number, at(NOON));
            let [first, second] = answers.as_slice() else { panic!("{answers:?}") };
            seen.insert(first.due.duration_since(at(NOON)).as_secs());
            assert_eq!(second.due.duration_since(first.due).as_secs(), 100);
        }
        assert_eq!(seen, BTreeSet::from([5, 6, 7, 8, 9]));
    }

    #[test]
    fn a_slip_is_refused_and_says_which_rule() {
        for (text, told) in [
            ("kind = \"delays\"", "delays"),
            ("kind = \"delay\"\nrate = 1.5", "fault 1: `rate`"),
            ("kind = \"delay\"\nseconds = [9, 5]", "down to 5"),
            ("kind = \"delay\"\nclass = \"content\"", "reject"),
            ("kind = \"reject\"", "class"),
            ("kind = \"reject\"\nclass = \"accepted\"", "class"),
            ("kind = \"unavailable\"\nrate = 0.5", "matter of time"),
            ("kind = \"delay\"\nhours = \"9-17\"", "9-17"),
            ("kind = \"delay\"\nfrom = \"today\"", "today"),
            ("kind = \"delay\"\nrates = 1", "rates"),
        ] {
            let error = Faults::from_toml(&format!("[[fault]]\n{text}")).unwrap_err().to_string();
            assert!(error.contains(told), "{text}: {error}");
        }
        assert_eq!(Faults::from_toml("").unwrap(), Faults::none());
    }
}
