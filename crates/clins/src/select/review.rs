//! Diagnoses that a person looks at before they are registered first (`rules` §5).

use super::condition::parts;
use crate::{
    build::ICD10,
    run::{Record, Run},
};
use tsugite_clinical::{policy::UkeDiagnoses, receipt};

pub(crate) fn needs_review(run: &Run, record: &Record) -> bool {
    let Some((diagnosis, standard)) = parts(record) else { return false };
    let policy = run.site.policy;
    if *record.fact.key.scope.feed == *receipt::FEED && policy.condition.uke == UkeDiagnoses::Review {
        return true;
    }
    let stated = diagnosis.icd10.iter().map(|code| code.code.as_str());
    let standard = standard.into_iter().flat_map(|standard| &standard.codings);
    let mapped = standard.filter(|coding| coding.system == ICD10).map(|coding| &*coding.code);
    stated.chain(mapped).any(|code| policy.review.icd10.iter().any(|range| covers(range, code)))
}

/// `F`, `O04`, or `C00-D09`, ends inclusive with all that begins with them.
fn covers(range: &str, code: &str) -> bool {
    let plain = |text: &str| text.trim().replace('.', "").to_ascii_uppercase();
    let code = plain(code);
    match range.split_once('-') {
        None => {
            let prefix = plain(range);
            !prefix.is_empty() && code.starts_with(&prefix)
        }
        Some((first, last)) => {
            let (first, last) = (plain(first), plain(last));
            code >= first && (code <= last || code.starts_with(&last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn review_ranges_are_inclusive() {
        for (range, code, inside) in [
            ("C00-D09", "C169", true),
            ("C00-D09", "C00", true),
            ("C00-D09", "D09.9", true),
            ("C00-D09", "D10", false),
            ("C00-D09", "B99", false),
            ("F", "F320", true),
            ("F", "E119", false),
            ("B20-B24", "B24", true),
            ("B20-B24", "B25", false),
            ("O04", "o04.9", true),
            ("", "A00", false),
        ] {
            assert_eq!(covers(range, code), inside, "{range} {code}");
        }
    }
}
