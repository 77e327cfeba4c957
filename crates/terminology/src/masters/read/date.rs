//! From when on an edition is in force.

use tsugite_clinical::{Date, era};

/// The first eight digits in a row that are a day of our time (`b_20240601.txt`), else six that are one (`…_250814.xlsx`).
pub fn of_name(name: &str) -> Option<Date> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let runs = || file.split(|c: char| !c.is_ascii_digit());
    let long = runs().filter(|run| run.len() == 8).find_map(day);
    let short = || runs().filter(|run| run.len() == 6).find_map(|run| day(&format!("20{run}")));
    long.or_else(short).or_else(|| name.rsplit_once('/').and_then(|(folder, _)| of_name(folder)))
}

/// `令和7年8月14日適用`.
pub fn of_text(text: &str) -> Option<Date> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let day = text.strip_suffix("適用")?;
    era::parse(day).ok().filter(|day| day.is_full())
}

/// A day on which masters were published.
pub fn day(digits: &str) -> Option<Date> {
    let date = Date::parse_compact(digits).filter(|date| date.is_full())?;
    (1990..2100).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_stand_in_names_and_titles() {
        let date = |name: &str| of_name(name).map(|date| date.to_string());
        for (name, expected) in [
            ("b_20240601.txt", Some("2024-06-01")),
            ("y_ALL20240321.csv", Some("2024-03-21")),
            ("tp20250814-01_01.xlsx", Some("2025-08-14")),
            ("ippanmeishohoumaster_250814.xlsx", Some("2025-08-14")),
            ("JFAGY_J9FN_20250401_R01.csv", Some("2025-04-01")),
            ("MEDIS20240331_HOT9.TXT", Some("2024-03-31")),
            ("b_20240601.zip/b.txt", Some("2024-06-01")),
            ("nmain518.txt", None),
            ("b.txt", None),
            ("20249999.txt", None),
        ] {
            assert_eq!(date(name).as_deref(), expected, "{name}");
        }
        assert_eq!(of_text("令和7年8月14日適用").map(|date| date.to_string()).as_deref(), Some("2025-08-14"));
        assert_eq!(of_text("一般名処方マスタ"), None);
    }
}
