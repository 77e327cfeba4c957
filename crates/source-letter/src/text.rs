//! The text form: headings such as 【紹介目的】, and under each what it says.

mod party;

use crate::{
    Class, Consent, Head, Kind, Letter, Party, Problem, Section, SectionName, Sex, Stay, Term, When, blocks::bullet,
    issues, sections::headings, toml_form::Wrong,
};
use std::ops::Range;
use toml::Spanned;
use tsugite_clinical::body::{ChartPart, SectionKind};
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
    cancelled: bool,
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
            cancelled: false,
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
        let value = || Some(tsugite_charset::to_half_width(&part.value()).into_owned());
        match heading.as_str() {
            "患者番号" | "患者ID" | "カルテ番号" => self.patient = value(),
            // For the eye: the chart knows the name.
            "患者氏名" | "氏名" => {}
            "生年月日" => self.birth_date = Some(part.when()?),
            "性別" => self.sex = Some(sex(&part.value()).ok_or_else(|| part.wrong())?),
            "文書番号" | "文書ID" => self.id = value(),
            "版" | "版数" => {
                let number = value().and_then(|text| text.trim_end_matches('版').trim_start_matches('第').parse().ok());
                self.version = Some(number.ok_or_else(|| part.wrong())?);
            }
            "作成日" | "作成日時" | "記載日" | "発行日" => self.date = Some(part.when()?),
            "入外" | "入外区分" => self.class = Some(class(&part.value()).ok_or_else(|| part.wrong())?),
            "患者同意" | "同意" => self.consent = Some(consent(&part.value()).ok_or_else(|| part.wrong())?),
            "取消" => self.cancelled = true,
            "カルテから" | "カルテから載せるもの" => self.include = Some(include(part)?),
            "紹介先" | "紹介先情報" | "宛先" => self.to = Some(party::party(part)?),
            "紹介元" | "紹介元情報" | "作成者" | "作成医師" => self.author = Some(party::party(part)?),
            "入院期間" => {
                let value = part.value();
                let (from, to) = value.split_once(['〜', '～', '~']).ok_or_else(|| part.wrong())?;
                let day = |text: &str| When::parse(text).ok_or_else(|| part.wrong());
                let stay = self.stay.get_or_insert_default();
                (stay.admitted, stay.discharged) = (Some(day(from)?), Some(day(to)?));
            }
            "入院日" => self.stay.get_or_insert_default().admitted = Some(part.when()?),
            "退院日" => self.stay.get_or_insert_default().discharged = Some(part.when()?),
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
        if matches!(name.0, SectionKind::Problems | SectionKind::AdmissionDiagnoses | SectionKind::DischargeDiagnoses) {
            // The text stays whole: what is registered beside it is nothing that the doctor did not write.
            let named = part.lines.iter().filter_map(|(line, at)| Some(Spanned::new(at.clone(), problem(line)?)));
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
            cancelled: self.cancelled,
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

/// A line 「・高血圧症（2020年4月）」. What is only suspected stays text: no diagnosis is made of it.
fn problem(line: &str) -> Option<Problem> {
    let text = bullet(line)?;
    let (name, onset) = match text.trim_end_matches([')', '）']).rsplit_once(['(', '（']) {
        Some((name, inside)) if text.ends_with([')', '）']) && When::parse(inside).is_some() => {
            (name.trim(), When::parse(inside))
        }
        _ => (text, None),
    };
    let doubtful = name.ends_with("疑い") || name.ends_with("疑") || name.ends_with(['?', '？']);
    (!doubtful && !name.is_empty()).then(|| Problem {
        disease: Term::named(name),
        exchange: None,
        icd10: Vec::new(),
        prefixes: Vec::new(),
        suffixes: Vec::new(),
        suspected: false,
        main: false,
        onset,
        established: None,
        ended: None,
        outcome: None,
    })
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
