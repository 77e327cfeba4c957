//! ISO 8601 as MML writes it, and what people write instead.

use tsugite_charset::to_half_width;
use tsugite_clinical::{DateTime, era};

/// `2015-05-13T19:32:33`, `1999-8-27`, `2015/05/13`, `20150513`, with or without a zone; an era. `None` for words.
pub fn parse(text: &str) -> Option<DateTime> {
    let text = to_half_width(text.trim());
    let (day, clock) = text.split_once(['T', ' ']).unwrap_or((&text, ""));
    let day = compact_day(day).or_else(|| era::parse(&text).ok().map(|date| date.to_string().replace('-', "")))?;
    DateTime::parse_hl7(&format!("{day}{}", if day.len() == 8 { compact_clock(clock) } else { String::new() }))
}

fn compact_day(day: &str) -> Option<String> {
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let plain = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(plain) {
        return None;
    }
    let small = |part: &str| format!("{part:0>2}");
    match parts.as_slice() {
        [whole] => matches!(whole.len(), 4 | 6 | 8).then(|| (*whole).to_owned()),
        [year, month] if year.len() == 4 => Some(format!("{year}{}", small(month))),
        [year, month, day] if year.len() == 4 => Some(format!("{year}{}{}", small(month), small(day))),
        _ => None,
    }
}

/// `19:32:33.5+09:00` → `193233`; a time of Greenwich (`Z`, `+00:00`) is nine hours later here, on the clock that goes on behind 24.
fn compact_clock(clock: &str) -> String {
    let end = clock.find(['+', '-', 'Z', '.']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at_checked(end).unwrap_or((clock, ""));
    let mut parts = clock.split(':').map(|part| part.parse::<u8>().ok());
    let Some(Some(hour)) = parts.next() else { return String::new() };
    let ahead = zone.rsplit_once('+').and_then(|(_, ahead)| ahead.get(..2)?.parse::<u8>().ok());
    let late = if zone.ends_with('Z') { 9 } else { ahead.map_or(0, |ahead| 9_u8.saturating_sub(ahead)) };
    let mut compact = format!("{:02}", hour.saturating_add(late));
    for part in parts.take(2) {
        let Some(part) = part else { return String::new() };
        compact.push_str(&format!("{part:02}"));
    }
    compact
}

/// Days of an ISO 8601 duration (`P14D`, `P2W`) or of a bare number; other spellings as written.
pub fn days(text: &str) -> String {
    let text = to_half_width(text.trim()).into_owned();
    let number = |unit: char| {
        text.strip_prefix('P').and_then(|rest| rest.strip_suffix(unit)).and_then(|n| n.parse::<u32>().ok())
    };
    if let Some(days) = number('D').or_else(|| number('W').and_then(|weeks| weeks.checked_mul(7))) {
        return days.to_string();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_words_are_not() {
        for (text, expected) in [
            ("2015-05-13T19:32:33", Some("2015-05-13T19:32:33.000+09:00")),
            ("2015-05-13T19:32:33+09:00", Some("2015-05-13T19:32:33.000+09:00")),
            ("2015-05-13T19:32:33.250Z", Some("2015-05-14T04:32:33.000+09:00")),
            ("2015-05-13T19:32:33+00:00", Some("2015-05-14T04:32:33.000+09:00")),
            ("2015-05-13T19:32:33.25+08:00", Some("2015-05-13T20:32:33.000+09:00")),
            ("1999-8-27", Some("1999-08-27")),
            ("2015-05", Some("2015-05")),
            ("20150513", Some("2015-05-13")),
            ("平成11年8月", Some("1999-08")),
            ("小学校時代", None),
            ("since almost 20 years ago", None),
            ("25-Aug-1999. AM.", None),
            ("", None),
        ] {
            assert_eq!(parse(text).map(|at| at.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn durations_are_days() {
        for (text, expected) in [("P14D", "14"), ("14", "14"), ("P2W", "14"), ("P1M", "P1M"), ("７", "7")] {
            assert_eq!(days(text), expected);
        }
    }
}
