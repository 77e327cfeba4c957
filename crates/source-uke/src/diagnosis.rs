//! 傷病名 (SY).

use crate::{dates, issues, row::Row};
use tsugite_charset::to_half_width;
use tsugite_clinical::{
    Date, DateTime,
    body::{Care, Code, Concept, Diagnosis},
    says_doubt,
};
use tsugite_issue::{Definition, Issue};

/// 支払基金 傷病名マスター.
const DISEASES: &str = "MASTERB";
/// 支払基金 修飾語マスター.
const MODIFIERS: &str = "MASTERZ";
/// 未コード化傷病名: its name stands beside it.
const UNCODED: &str = "0000999";
/// の疑い.
const DOUBT: &str = "8002";
/// The code table of 転帰区分 is the record's own.
const OUTCOME: &str = "UKE";

/// A diagnosis, or the rule that holds it, with what is to be told about the row.
pub fn read(sy: &Row<'_>, month: Date, care: &Care) -> (Result<Diagnosis, &'static Definition>, Vec<Issue>) {
    let mut told = Vec::new();
    let Some((prefixes, suffixes)) = modifiers(&sy.code(4)) else {
        told.push(Issue::new(&issues::MODIFIERS_MALFORMED).found(sy.field(4)));
        return (Err(&issues::MODIFIERS_MALFORMED), told);
    };
    let disease = disease(sy);
    let began = dates::read(sy.field(2));
    match began {
        dates::Read::Invalid => told.push(Issue::new(&issues::DATE_INVALID).with("field", "SY 2").found(sy.field(2))),
        dates::Read::OtherEra(_) => {
            told.push(Issue::new(&issues::OTHER_ERA).with("field", "SY 2").found(sy.field(2)));
        }
        dates::Read::Empty | dates::Read::Date(_) => {}
    }
    let outcome = outcome(&sy.code(3));
    let ended = outcome.as_ref().is_some_and(|outcome| matches!(outcome.code.as_str(), "2" | "3" | "4"));
    let doubted = suffixes.iter().any(|suffix| suffix.codes.iter().any(|code| code.code == DOUBT));
    let diagnosis = Diagnosis {
        suspected: doubted || disease.name().is_some_and(says_doubt),
        prefixes,
        suffixes,
        main: matches!(&*sy.code(6), "01" | "1"),
        // 診療開始日 is when this clinic began to treat it: it stands for the onset by the chain of `rules` §1.
        established: began.date().map(DateTime::day),
        // A receipt names no day; what ended did so in its month.
        ended: ended.then_some(DateTime::day(month)),
        outcome,
        disease,
        care: care.clone(),
        ..Diagnosis::default()
    };
    (Ok(diagnosis), told)
}

/// A coded disease has no name here but what some systems repeat in its column; an uncoded one is its text.
fn disease(sy: &Row<'_>) -> Concept {
    let (code, name) = (sy.code(1).into_owned(), sy.field(5));
    let is_named = code == UNCODED || code.is_empty();
    let display = if is_named { String::new() } else { name.to_owned() };
    let text = (is_named && !name.is_empty()).then(|| name.to_owned());
    let code = Code { code, display, system: DISEASES.to_owned() };
    Concept { codes: Some(code).filter(|code| !code.code.is_empty()).into_iter().collect(), text }
}

/// Four digits each, in reading order; 8xxx stand behind the name, all others before it. `None` where they cannot be told apart: one
/// of them may be 「の疑い」.
fn modifiers(joined: &str) -> Option<(Vec<Concept>, Vec<Concept>)> {
    if !joined.len().is_multiple_of(4) || !joined.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let codes = joined.as_bytes().chunks(4).filter_map(|code| std::str::from_utf8(code).ok());
    let (suffixes, prefixes): (Vec<&str>, Vec<&str>) = codes.partition(|code| code.starts_with('8'));
    let concept = |code: &str| {
        let code = Code { code: code.to_owned(), display: String::new(), system: MODIFIERS.to_owned() };
        Concept { codes: vec![code], text: None }
    };
    Some((prefixes.into_iter().map(concept).collect(), suffixes.into_iter().map(concept).collect()))
}

/// 転帰区分.
fn outcome(code: &str) -> Option<Code> {
    let display = match code {
        "" => return None,
        "1" => "継続",
        "2" => "治癒",
        "3" => "死亡",
        "4" => "中止",
        _ => "",
    };
    Some(Code { code: code.to_owned(), display: display.to_owned(), system: OUTCOME.to_owned() })
}

/// Disease, modifiers and day: what names the problem; outcome and 主傷病 may change.
pub fn item(diagnosis: &Diagnosis) -> String {
    let mut item = diagnosis.disease.codes.first().map(|code| code.code.clone()).unwrap_or_default();
    // Uncoded diseases share a code; their names tell them apart.
    item.push_str(&to_half_width(diagnosis.disease.text.as_deref().unwrap_or_default()));
    for (mark, modifiers) in [('<', &diagnosis.prefixes), ('>', &diagnosis.suffixes)] {
        for code in modifiers.iter().flat_map(|modifier| &modifier.codes) {
            item.push(mark);
            item.push_str(&code.code);
        }
    }
    if let Some(began) = diagnosis.established {
        item.push('@');
        item.push_str(&began.date.to_string());
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::rows;

    fn of(line: &str) -> (Result<Diagnosis, &'static Definition>, Vec<Issue>) {
        let row = rows(line).next().unwrap();
        read(&row, Date::parse_compact("202604").unwrap(), &Care::default())
    }

    #[test]
    fn modifiers_stand_before_and_behind_the_name() {
        let codes = |concepts: &[Concept]| concepts.iter().map(|c| c.codes[0].code.clone()).collect::<Vec<_>>();
        let diagnosis = of("SY,8848176,5080401,1,20568048,,01").0.unwrap();
        assert_eq!(
            (codes(&diagnosis.prefixes), codes(&diagnosis.suffixes)),
            (vec!["2056".into()], vec!["8048".into()])
        );
        assert!(diagnosis.main && !diagnosis.suspected);
        assert_eq!(item(&diagnosis), "8848176<2056>8048@2026-04-01");
        assert!(of("SY,8848176,20260401,1,8002").0.unwrap().suspected);
        for bad in ["80", "80028", "80a2"] {
            let (read, told) = of(&format!("SY,8848176,20260401,1,{bad}"));
            assert_eq!((read.unwrap_err().code, told.len()), ("UKE-008", 1), "{bad}");
        }
    }

    #[test]
    fn what_has_no_code_is_its_name() {
        let diagnosis = of("SY,0000999,20260401,1,,仮の病の疑い,").0.unwrap();
        assert!(diagnosis.suspected);
        assert_eq!(diagnosis.disease.name(), Some("仮の病の疑い"));
        assert_eq!(item(&diagnosis), "0000999仮の病の疑い@2026-04-01");
        let named = of("SY,2500013,20260401,1,,糖尿病").0.unwrap();
        assert_eq!((named.disease.text.as_deref(), named.disease.name()), (None, Some("糖尿病")));
    }

    #[test]
    fn what_has_ended_did_so_in_the_month() {
        for (outcome, word, ended) in [
            ("1", "継続", None),
            ("2", "治癒", Some("2026-04")),
            ("3", "死亡", Some("2026-04")),
            ("4", "中止", Some("2026-04")),
        ] {
            let diagnosis = of(&format!("SY,8848176,20260401,{outcome}")).0.unwrap();
            assert_eq!(diagnosis.outcome.unwrap().display, word);
            assert_eq!(diagnosis.ended.map(|at| at.to_string()).as_deref(), ended);
        }
        assert_eq!(of("SY,8848176,20260401").0.unwrap().outcome, None);
    }
}
