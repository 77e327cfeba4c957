//! The text form: headings such as 【紹介目的】, and under each what it says.

mod party;
mod problem;

use crate::{
    Class, Consent, Head, Kind, Letter, Party, Section, SectionName, Sex, Stay, Term, When, issues, sections::headings,
    toml_form::Wrong,
};
use std::ops::Range;
use toml::Spanned;
use tsugite_clinical::{body::ChartPart, says_none};
use tsugite_issue::{Definition, Issue};

/// A heading with what stands under it, up to the next one.
struct Part<'t> {
    heading: &'t str,
    lines: Vec<(&'t str, Range<usize>)>,
    at: Range<usize>,
}

impl Part<'_> {
    /// All of it in one line.
    fn value(&self) -> String {
        self.lines.iter().map(|(line, _)| line.trim()).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn text(&self) -> String {
        self.lines.iter().map(|(line, _)| line.trim_end()).collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
    }

    fn wrong(&self) -> Wrong {
        let issue = Issue::new(&issues::VALUE_WRONG).with("field", format!("【{}】", self.heading));
        Wrong::new(issue.found(self.value()), self.at.clone())
    }

    fn when(&self) -> Result<When, Wrong> {
        When::parse(&self.value()).ok_or_else(|| self.wrong())
    }

    /// One of the words that may stand there.
    fn word<T>(&self, means: impl Fn(&str) -> Option<T>) -> Result<T, Wrong> {
        means(&self.value()).ok_or_else(|| self.wrong())
    }

    /// A head says each thing once: of two that differ none is taken.
    fn once<T: PartialEq>(&self, slot: &mut Option<T>, said: T) -> Result<(), Wrong> {
        match slot {
            Some(known) if *known != said => {
                let issue = Issue::new(&issues::SECTION_TWICE).with("heading", self.heading);
                Err(Wrong::new(issue, self.at.clone()))
            }
            _ => {
                *slot = Some(said);
                Ok(())
            }
        }
    }
}

/// The kind of document that a title names.
pub fn titled(line: &str) -> Option<Kind> {
    let title: String = line.chars().filter(|c| !c.is_whitespace() && !matches!(c, '【' | '】' | '■')).collect();
    match title.as_str() {
        "診療情報提供書" | "診療情報提供書(紹介状)" | "診療情報提供書（紹介状）" | "紹介状" => {
            Some(Kind::Referral)
        }
        "退院時サマリー" | "退院時サマリ" | "退院サマリー" | "退院時要約" => {
            Some(Kind::Discharge)
        }
        _ => None,
    }
}

/// A line with its place. Places are byte ranges of the text.
fn lines(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let from = start;
        start += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        (line, from..from + line.len())
    })
}

/// `【heading】rest`.
fn heading(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start().strip_prefix('【')?;
    let (name, rest) = rest.split_once('】')?;
    Some((name.trim(), rest.trim_start_matches([':', '：']).trim()))
}

/// Reads the text form. The title says which kind of letter it is; a draft may lack it where the kind is known otherwise.
///
/// # Errors
/// The first thing that is not understood, with its place.
pub fn parse(text: &str, kind: Option<Kind>) -> Result<Letter, Wrong> {
    let mut lines = lines(text).skip_while(|(line, _)| line.trim().is_empty()).peekable();
    let first = lines.peek().cloned().unwrap_or(("", 0..0));
    let title = titled(first.0);
    if title.is_some() {
        lines.next();
    }
    let Some(kind) = title.or(kind) else {
        return Err(Wrong::new(Issue::new(&issues::BEFORE_HEADINGS), first.1));
    };
    let mut reader = Reader::new(kind, first.1);
    for part in parts(lines)? {
        reader.part(&part)?;
    }
    Ok(reader.finish())
}

fn parts<'t>(lines: impl Iterator<Item = (&'t str, Range<usize>)>) -> Result<Vec<Part<'t>>, Wrong> {
    let mut parts: Vec<Part<'t>> = Vec::new();
    for (line, at) in lines {
        match (heading(line), parts.last_mut()) {
            (Some((heading, rest)), _) => {
                let lines = if rest.is_empty() { Vec::new() } else { vec![(rest, at.end - rest.len()..at.end)] };
                parts.push(Part { heading, lines, at });
            }
            (None, Some(part)) => part.lines.push((line, at)),
            (None, None) if line.trim().is_empty() => {}
            (None, None) => return Err(Wrong::new(Issue::new(&issues::BEFORE_HEADINGS), at)),
        }
    }
    Ok(parts)
}

struct Reader {
    kind: Kind,
    at: Range<usize>,
    patient: Option<String>,
    id: Option<String>,
    version: Option<u8>,
    date: Option<When>,
    class: Option<Class>,
    consent: Option<Consent>,
    cancelled: Option<bool>,
    include: Option<Vec<ChartPart>>,
    birth_date: Option<When>,
    sex: Option<Sex>,
    author: Option<Party>,
    to: Option<Party>,
    stay: Option<Stay>,
    sections: Vec<Section>,
}

impl Reader {
    fn new(kind: Kind, at: Range<usize>) -> Self {
        Self {
            kind,
            at,
            patient: None,
            id: None,
            version: None,
            date: None,
            class: None,
            consent: None,
            cancelled: None,
            include: None,
            birth_date: None,
            sex: None,
            author: None,
            to: None,
            stay: None,
            sections: Vec::new(),
        }
    }

    fn part(&mut self, part: &Part) -> Result<(), Wrong> {
        let heading: String = part.heading.chars().filter(|c| !c.is_whitespace()).collect();
        let value = || tsugite_charset::to_half_width(&part.value()).into_owned();
        match heading.as_str() {
            "患者番号" | "患者ID" | "カルテ番号" => part.once(&mut self.patient, value())?,
            // For the eye: the chart knows the name.
            "患者氏名" | "氏名" => {}
            "生年月日" => part.once(&mut self.birth_date, part.when()?)?,
            "性別" => part.once(&mut self.sex, part.word(sex)?)?,
            "文書番号" | "文書ID" => part.once(&mut self.id, value())?,
            "版" | "版数" => {
                let number = value().trim_end_matches('版').trim_start_matches('第').parse().ok();
                part.once(&mut self.version, number.ok_or_else(|| part.wrong())?)?;
            }
            "作成日" | "作成日時" | "記載日" | "発行日" => part.once(&mut self.date, part.when()?)?,
            "入外" | "入外区分" => part.once(&mut self.class, part.word(class)?)?,
            "患者同意" | "同意" => part.once(&mut self.consent, part.word(consent)?)?,
            "取消" => part.once(&mut self.cancelled, part.word(cancelled)?)?,
            "カルテから" | "カルテから載せるもの" => part.once(&mut self.include, include(part)?)?,
            "紹介先" | "紹介先情報" | "宛先" => part.once(&mut self.to, party::party(part)?)?,
            "紹介元" | "紹介元情報" | "作成者" | "作成医師" => {
                part.once(&mut self.author, party::party(part)?)?;
            }
            "入院期間" => {
                let value = part.value();
                let (from, to) = value.split_once(['〜', '～', '~']).ok_or_else(|| part.wrong())?;
                let day = |text: &str| When::parse(text).ok_or_else(|| part.wrong());
                let stay = self.stay.get_or_insert_default();
                part.once(&mut stay.admitted, day(from)?)?;
                part.once(&mut stay.discharged, day(to)?)?;
            }
            "入院日" => part.once(&mut self.stay.get_or_insert_default().admitted, part.when()?)?,
            "退院日" => part.once(&mut self.stay.get_or_insert_default().discharged, part.when()?)?,
            "入院経路" => self.stay.get_or_insert_default().origin = Some(Term::named(part.value())),
            "退院区分" | "退院先" | "転帰" => {
                self.stay.get_or_insert_default().disposition = Some(Term::named(part.value()));
            }
            _ => return self.section(part),
        }
        Ok(())
    }

    fn section(&mut self, part: &Part) -> Result<(), Wrong> {
        let Some(name) = SectionName::of_heading(part.heading, self.kind) else {
            let other = [Kind::Referral, Kind::Discharge]
                .into_iter()
                .any(|kind| SectionName::of_heading(part.heading, kind).is_some());
            let definition: &'static Definition =
                if other { &issues::SECTION_ELSEWHERE } else { &issues::HEADING_UNKNOWN };
            let known = headings(self.kind).collect::<Vec<_>>().join(" ");
            let issue = Issue::new(definition).with("heading", part.heading).with("known", known);
            return Err(Wrong::new(issue, part.at.clone()));
        };
        let mut section = Section::new(Spanned::new(part.at.clone(), name));
        section.text = part.text();
        if problem::may_stand(name.0, part.heading) {
            // The text stays whole: what is registered beside it is nothing that the doctor did not write.
            let named = part.lines.iter().filter_map(|(line, at)| Some(Spanned::new(at.clone(), problem::of(line)?)));
            section.problems = named.collect();
        }
        // 【傷病名】 and 【主訴】 of a referral are one section: what the headings said is kept.
        match self.sections.iter_mut().find(|known| *known.kind.get_ref() == name) {
            Some(known) => {
                known.problems.append(&mut section.problems);
                if !section.text.is_empty() {
                    known.text =
                        format!("{}\n\n{}: {}", known.text, part.heading, section.text).trim_start().to_owned();
                }
            }
            None => self.sections.push(section),
        }
        Ok(())
    }

    fn finish(self) -> Letter {
        let head = Head {
            format: 1,
            kind: Some(self.kind),
            patient: self.patient.filter(|id| !id.is_empty()),
            id: self.id.filter(|id| !id.is_empty()),
            version: self.version,
            date: self.date,
            class: self.class,
            consent: self.consent,
            cancelled: self.cancelled.unwrap_or_default(),
            include: self.include,
            birth_date: self.birth_date,
            sex: self.sex,
        };
        Letter {
            letter: Spanned::new(self.at, head),
            author: self.author,
            to: self.to,
            stay: self.stay,
            sections: self.sections,
            attachments: Vec::new(),
        }
    }
}

/// The bare heading withdraws, as the description of the format says.
fn cancelled(text: &str) -> Option<bool> {
    match text.trim() {
        "" | "あり" | "有" | "有り" | "はい" | "する" | "取消" | "取り消し" | "取消し" | "○" | "◯" => {
            Some(true)
        }
        "いいえ" | "しない" | "×" => Some(false),
        text => says_none(text).then_some(false),
    }
}

fn sex(text: &str) -> Option<Sex> {
    match text.trim() {
        "男" | "男性" | "M" => Some(Sex::Male),
        "女" | "女性" | "F" => Some(Sex::Female),
        "その他" => Some(Sex::Other),
        _ => None,
    }
}

fn class(text: &str) -> Option<Class> {
    match text.trim() {
        "外来" => Some(Class::Outpatient),
        "入院" => Some(Class::Inpatient),
        "救急" => Some(Class::Emergency),
        _ => None,
    }
}

fn consent(text: &str) -> Option<Consent> {
    match text.trim() {
        "あり" | "有" | "有り" | "同意あり" | "得た" => Some(Consent::Given),
        "なし" | "無" | "無し" | "同意なし" => Some(Consent::Refused),
        "不明" | "未確認" | "" => Some(Consent::Unknown),
        _ => None,
    }
}

fn include(part: &Part) -> Result<Vec<ChartPart>, Wrong> {
    let value = part.value();
    let words = value.split(['、', ',', '，', '・', ' ', '　']).map(str::trim).filter(|word| !word.is_empty());
    let parts = words.map(|word| match word {
        "傷病名" | "病名" => Ok(Some(ChartPart::Problems)),
        "アレルギー" => Ok(Some(ChartPart::Allergies)),
        "感染症" => Ok(Some(ChartPart::Infections)),
        "検査" | "検査結果" => Ok(Some(ChartPart::Labs)),
        "処方" => Ok(Some(ChartPart::Prescriptions)),
        "受診" | "入院" => Ok(Some(ChartPart::Encounter)),
        "なし" => Ok(None),
        _ => Err(part.wrong()),
    });
    let parts: Result<Vec<Option<ChartPart>>, Wrong> = parts.collect();
    Ok(parts?.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: Kind, more: &str) -> Result<Letter, &'static str> {
        let text = format!("【患者番号】1\n【作成日】2026-11-20\n{more}\n");
        parse(&text, Some(kind)).map_err(|wrong| wrong.issue.code())
    }

    #[test]
    fn a_bullet_is_a_disease_unless_it_is_doubted_denied_or_none() {
        for (line, expected) in [
            ("・肺癌", Some("肺癌")),
            ("・肺癌。", Some("肺癌")),
            ("・肺癌（2026年10月）。", Some("肺癌")),
            ("・肺癌（術後）", Some("肺癌（術後）")),
            ("・疑似トラコーマ", Some("疑似トラコーマ")),
            ("・２型糖尿病・糖尿病性合併症なし", Some("２型糖尿病・糖尿病性合併症なし")),
            ("・肺癌の疑い", None),
            ("・肺癌の疑い。", None),
            ("・肺癌（疑い）", None),
            ("・肺癌（疑い）（2026年10月）", None),
            ("・疑い：肺癌", None),
            ("・肺癌？", None),
            ("・なし", None),
            ("・特になし。", None),
            ("・特記すべきことなし", None),
            ("・肺癌なし", None),
            ("・肺癌は否定", None),
            ("・主訴：胸痛", None),
            ("肺癌", None),
        ] {
            let said = format!("【傷病名】\n{line}");
            let letter = read(Kind::Referral, &said).unwrap();
            let section = &letter.sections[0];
            let names: Vec<&str> =
                section.problems.iter().filter_map(|p| p.get_ref().disease.text.as_deref()).collect();
            assert_eq!(names, expected.into_iter().collect::<Vec<_>>(), "{line}");
            assert_eq!(section.text, line, "the text stays whole");
        }
    }

    #[test]
    fn a_complaint_is_no_disease() {
        for (said, expected) in [
            ("【主訴】\n・胸痛", &[][..]),
            ("【傷病名】\n・狭心症\n【主訴】\n・胸痛", &["狭心症"]),
            ("【主訴】\n・胸痛\n【傷病名】\n・狭心症", &["狭心症"]),
            ("【傷病名・主訴】\n・狭心症\n・主訴: 胸痛", &["狭心症"]),
        ] {
            let letter = read(Kind::Referral, said).unwrap();
            let problems = letter.sections.iter().flat_map(|section| &section.problems);
            let names: Vec<&str> = problems.filter_map(|p| p.get_ref().disease.text.as_deref()).collect();
            assert_eq!(names, expected, "{said}");
        }
    }

    #[test]
    fn only_a_word_that_says_so_withdraws() {
        for (said, expected) in [
            ("", Ok(false)),
            ("【取消】", Ok(true)),
            ("【取消】\n\n", Ok(true)),
            ("【取消】あり", Ok(true)),
            ("【取消】なし", Ok(false)),
            ("【取消】無し", Ok(false)),
            ("【取消】 いいえ", Ok(false)),
            ("【取消】\nなし", Ok(false)),
            ("【取消】未定", Err("LETTER-003")),
            ("【取消】患者の希望による", Err("LETTER-003")),
        ] {
            let withdrawn = read(Kind::Referral, said).map(|letter| letter.letter.get_ref().cancelled);
            assert_eq!(withdrawn, expected, "{said}");
        }
    }

    #[test]
    fn a_head_that_says_two_things_says_none() {
        for (said, expected) in [
            ("【患者番号】2", Err("LETTER-013")),
            ("【患者ID】1", Ok(())),
            ("【生年月日】1958-04-03\n【生年月日】1958-04-04", Err("LETTER-013")),
            ("【同意】あり\n【同意】なし", Err("LETTER-013")),
            ("【入院期間】2026-11-01〜2026-11-05\n【退院日】2026-11-06", Err("LETTER-013")),
        ] {
            assert_eq!(read(Kind::Discharge, said).map(|_| ()), expected, "{said}");
        }
    }
}
