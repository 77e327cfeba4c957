//! A day or a time as a letter writes it.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use tsugite_clinical::{Date, DateTime, era};

/// `2026-11-22`, `2026-11-22T10:30`, `2026/11/22 10:30`, `20261122`, `2026-11`, `令和8年11月22日`; in TOML its own dates too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When(pub DateTime);

impl When {
    /// `None` where the text is no such day or time. Times are Japan's.
    pub fn parse(text: &str) -> Option<Self> {
        let text = tsugite_charset::to_half_width(text.trim());
        if let Ok(date) = era::parse(&text) {
            return Some(Self(DateTime::day(date)));
        }
        let (day, clock) = text.split_once(['T', ' ']).unwrap_or((&text, ""));
        let date = Self::date(&day.replace(['年', '月', '/', '.'], "-").replace('日', ""))?;
        let clock = clock.trim().trim_end_matches("+09:00");
        if clock.is_empty() {
            return Some(Self(DateTime::day(date)));
        }
        let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        let parts: Vec<&str> = whole.split(':').collect();
        let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !(2..=3).contains(&parts.len()) || !parts.iter().all(|part| matches!(part.len(), 1 | 2) && number(part)) {
            return None;
        }
        let clock: String = parts.iter().map(|part| format!("{part:0>2}")).collect();
        let day: String = date.to_string().chars().filter(char::is_ascii_digit).collect();
        let at = DateTime::parse_hl7(&format!("{day}{clock:0<6}.{fraction}"))?;
        (number(fraction) && at.time.is_some()).then_some(Self(at))
    }

    fn date(text: &str) -> Option<Date> {
        let parts: Vec<&str> = text.split('-').collect();
        if let [digits] = parts.as_slice() {
            return Date::parse_compact(digits);
        }
        let padded: Vec<String> = parts.iter().map(|part| format!("{part:0>2}")).collect();
        Date::parse_compact(&padded.concat()).filter(|_| parts.first().is_some_and(|year| year.len() == 4))
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = When;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day or a time such as 2026-11-22 or 2026-11-22T10:30")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<When, E> {
                When::parse(text).ok_or_else(|| E::invalid_value(de::Unexpected::Other("a text"), &self))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<When, A::Error> {
                let at = toml::value::Datetime::deserialize(de::value::MapAccessDeserializer::new(map))?;
                self.visit_str(&at.to_string())
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_as_people_write_them() {
        for (text, expected) in [
            ("2026-11-22", "2026-11-22"),
            ("2026-11", "2026-11"),
            ("2026", "2026"),
            ("20261122", "2026-11-22"),
            ("2026/1/2", "2026-01-02"),
            ("2026年1月2日", "2026-01-02"),
            ("令和８年１１月２２日", "2026-11-22"),
            ("R8.11.22", "2026-11-22"),
            ("2026-11-22T10:30", "2026-11-22T10:30:00.000+09:00"),
            ("2026-11-22 9:05:07", "2026-11-22T09:05:07.000+09:00"),
            ("2026-11-22T10:30:00.500+09:00", "2026-11-22T10:30:00.500+09:00"),
        ] {
            assert_eq!(When::parse(text).map(|when| when.0.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "昨日", "2026-13-01", "22-11-2026", "2026-11-22T25:99", "2026-11-22T10", "2026-11-22T10:30Z"]
        {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }
}
