//! 傷病名: which lines of a text are diseases that the doctor states.

use crate::{Problem, Term, When, blocks::bullet};
use tsugite_clinical::{body::SectionKind, says_doubt, says_none};

/// Whether bullets under a heading are diseases.
pub fn may_stand(section: SectionKind, heading: &str) -> bool {
    use SectionKind::{AdmissionDiagnoses, DischargeDiagnoses, Problems};
    matches!(section, Problems | AdmissionDiagnoses | DischargeDiagnoses) && !is_complaint(heading)
}

/// 主訴: what the patient complains of, which is no disease. A referral has it in the section of diseases.
fn is_complaint(text: &str) -> bool {
    text.trim_start().starts_with("主訴")
}

/// A line 「・高血圧症（2020年4月）」. What is suspected, denied or none at all stays text: no diagnosis is made of it.
pub fn of(line: &str) -> Option<Problem> {
    let text = bullet(line)?.trim_end_matches(['。', '．', '.', '、']).trim_end();
    let (name, onset) = match text.trim_end_matches([')', '）']).rsplit_once(['(', '（']) {
        Some((name, inside)) if text.ends_with([')', '）']) && When::parse(inside).is_some() => {
            (name.trim(), When::parse(inside))
        }
        _ => (text, None),
    };
    let is_one = !says_none(name) && !says_doubt(name) && !denies(name) && !is_complaint(name);
    is_one.then(|| Problem {
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

/// 「肺癌なし」, 「肺癌は否定」; not 「糖尿病性合併症なし」, which is part of a name.
fn denies(name: &str) -> bool {
    let without = |words: [&str; 2]| words.iter().any(|word| name.ends_with(word));
    without(["否定", "除外"]) || (without(["なし", "無し"]) && !name.contains("合併"))
}
