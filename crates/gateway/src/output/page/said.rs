//! What texts already say, line by line: an entry that stands there is not shown a second time.

/// The lines of a narrative: a paragraph, an item of a list, a row of a table.
#[derive(Default)]
pub struct Lines(Vec<String>);

/// Elements that a line does not end at.
const INSIDE: [&str; 11] = ["span", "b", "i", "em", "strong", "u", "small", "sub", "sup", "td", "th"];

impl Lines {
    /// Of a narrative as the page shows it.
    pub fn of(html: &str) -> Self {
        let (mut lines, mut line) = (Vec::new(), String::new());
        for part in html.split('<') {
            let (tag, words) = part.split_once('>').unwrap_or(("br", part));
            let name = tag.trim_matches('/').split(' ').next().unwrap_or_default();
            if INSIDE.contains(&name) {
                // Cells stand apart.
                if matches!(name, "td" | "th") {
                    line.push(' ');
                }
            } else {
                lines.push(std::mem::take(&mut line));
            }
            for (index, words) in words.split('\n').enumerate() {
                if index > 0 {
                    lines.push(std::mem::take(&mut line));
                }
                // Units are written `mg/dl` and `mg/dL`.
                line.push_str(&words.to_ascii_lowercase());
            }
        }
        lines.push(line);
        lines.retain(|line| !line.trim().is_empty());
        Self(lines)
    }

    pub fn add(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Whether one line says all of it.
    pub fn say<'c>(&self, cells: impl Iterator<Item = &'c str>) -> bool {
        let words = words(cells);
        !words.is_empty() && self.0.iter().any(|line| words.iter().all(|word| has(line, word)))
    }

    /// Whether all of it is said somewhere.
    pub fn say_somewhere<'c>(&self, cells: impl Iterator<Item = &'c str>) -> bool {
        words(cells).iter().all(|word| self.0.iter().any(|line| has(line, word)))
    }
}

/// The words of cells, in small letters: without markup, and without what only joins other words.
fn words<'c>(cells: impl Iterator<Item = &'c str>) -> Vec<String> {
    let mut words = Vec::new();
    for cell in cells {
        let plain: String = cell.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).fold(
            String::new(),
            |mut plain, text| {
                plain.push(' ');
                plain.push_str(text);
                plain
            },
        );
        let parts = plain.split(|c: char| c.is_whitespace() || matches!(c, '、' | '・' | '〜' | '→'));
        let parts = parts.map(|word| word.trim_matches([':', '：'])).filter(|word| !word.is_empty() && *word != "計");
        words.extend(parts.map(str::to_ascii_lowercase));
    }
    words
}

/// Whether a line has a word: not `9.1` where it says `89.1` or `9.12`. Dates may be written in other ways.
fn has(line: &str, word: &str) -> bool {
    date_forms(word).iter().any(|form| has_alone(line, form))
}

fn has_alone(line: &str, word: &str) -> bool {
    let mut from = 0;
    while let Some(at) = line.get(from..).and_then(|rest| rest.find(word)) {
        let (start, end) = (from + at, from + at + word.len());
        let before = line.get(..start).and_then(|text| text.chars().next_back());
        let mut after = line.get(end..).unwrap_or_default().chars();
        let (next, then) = (after.next(), after.next());
        let joins = |a: Option<char>, b: Option<char>| match (a, b) {
            (Some(a), Some(b)) => {
                let digits = a.is_ascii_digit() && b.is_ascii_digit();
                digits || (a.is_ascii_alphabetic() && b.is_ascii_alphabetic())
            }
            _ => false,
        };
        let (first, last) = (word.chars().next(), word.chars().next_back());
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let decimal = (before == Some('.') && digit(first)) || (digit(last) && next == Some('.') && digit(then));
        if !joins(before, first) && !joins(last, next) && !decimal {
            return true;
        }
        from = start + word.chars().next().map_or(1, char::len_utf8);
    }
    false
}

/// `2026/11/4` as texts write it.
fn date_forms(word: &str) -> Vec<String> {
    let parts: Vec<u16> = word.split('/').map_while(|part| part.parse().ok()).collect();
    let whole = word.split('/').count() == parts.len();
    match parts.as_slice() {
        [year, month, day] if whole => vec![
            word.to_owned(),
            format!("{year}-{month:02}-{day:02}"),
            format!("{year}/{month:02}/{day:02}"),
            format!("{year}年{month}月{day}日"),
        ],
        [year, month] if whole && *year > 1000 => {
            vec![
                word.to_owned(),
                format!("{year}-{month:02}"),
                format!("{year}/{month:02}"),
                format!("{year}年{month}月"),
            ]
        }
        _ => vec![word.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(html: &str, cells: &[&str]) -> bool {
        Lines::of(html).say(cells.iter().copied())
    }

    #[test]
    fn one_line_must_say_all_of_it() {
        let table = "<table><tbody><tr><td>ヘモグロビン</td><td>14.2</td></tr><tr><td>CRP</td><td>0.05</td></tr></tbody></table>";
        assert!(say(table, &["ヘモグロビン", "14.2"]));
        assert!(!say(table, &["ヘモグロビン", "0.05"]), "the value of another item");
        assert!(!say(table, &["ヘモグロビン", "4.2"]) && !say(table, &["ヘモグロビン", "14"]), "another number");
        assert!(!say("<p>高血圧症<br>2019-05-20</p>", &["高血圧症", "2019/5/20"]), "another line");
        assert!(say("<p>高血圧症\n糖尿病</p>", &["糖尿病"]));
        assert!(!say("<p>HbA1c 7.2</p>", &["HbA1c", "7.2", "H"]), "a letter of a name is no flag");
        assert!(say("<p>CRP 0.05 mg/dl</p>", &["CRP", "0.05 mg/dL"]));
        assert!(!say("<p>糖尿病</p>", &["", " "]), "nothing is said of nothing");
    }

    #[test]
    fn dates_and_amounts_are_written_in_several_ways() {
        for text in ["高血圧症（2019-05-20発症）", "2019年5月20日 高血圧症", "<b>高血圧症</b> 2019/05/20"]
        {
            assert!(say(&format!("<p>{text}</p>"), &["高血圧症", "2019/5/20"]), "{text}");
        }
        assert!(!say("<p>高血圧症（2019-05-21発症）</p>", &["高血圧症", "2019/5/20"]));
        assert!(say(
            "<li>架空錠５ｍｇ 1錠 １日１回朝食後 28日分</li>",
            &["架空錠５ｍｇ", "1 錠", "１日１回朝食後", "28 日"]
        ));
        assert!(!say("<li>架空錠５ｍｇ 1錠 １日１回朝食後 28日分</li>", &["架空錠５ｍｇ", "2 錠"]));
    }

    #[test]
    fn what_belongs_to_the_document_is_said_anywhere() {
        let mut lines = Lines::of("<p>主訴: 呼吸困難</p>");
        lines.add(Lines::of("<ul><li>入院日: 2026-11-04</li></ul>"));
        assert!(lines.say_somewhere(["2026/11/4", "呼吸困難"].into_iter()));
        assert!(!lines.say_somewhere(["2026/11/4", "胸痛"].into_iter()));
    }
}
