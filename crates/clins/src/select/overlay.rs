//! The clinic's decisions on a diagnosis (`rules` §5).

use tsugite_clinical::{
    body::{Code, Concept, Diagnosis},
    half_unspaced,
    policy::{DiagnosisDecision, DiagnosisRule, Overlay},
    standard::DiagnosisStandard,
};

/// A tag that the centre acts on; never set by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tag {
    /// 長期保存.
    LongTerm,
    /// 未告知.
    Uninformed,
    /// 未提供.
    Undelivered,
}

impl Tag {
    pub const fn code(self) -> &'static str {
        match self {
            Self::LongTerm => "LTS",
            Self::Uninformed => "UNINFORMED",
            Self::Undelivered => "UNDELIVERED",
        }
    }

    pub const fn display(self) -> &'static str {
        match self {
            Self::LongTerm => "長期保存",
            Self::Uninformed => "未告知",
            Self::Undelivered => "未提供",
        }
    }
}

/// The decisions whose rows fit.
pub fn decisions<'a>(
    overlay: &'a Overlay,
    patient: &'a str,
    diagnosis: &'a Diagnosis,
    standard: Option<&'a DiagnosisStandard>,
) -> impl Iterator<Item = DiagnosisDecision> {
    let fits = move |rule: &&DiagnosisRule| {
        let by_patient = rule.is_about(patient);
        let by_code = rule.code.as_deref().is_none_or(|code| has_code(code, diagnosis, standard));
        let by_text = rule.text.as_deref().is_none_or(|text| has_text(text, &diagnosis.disease, standard));
        // A row without a diagnosis would exclude a whole patient: that is another table.
        (rule.code.is_some() || rule.text.is_some()) && by_patient && by_code && by_text
    };
    overlay.diagnoses.iter().filter(fits).map(|rule| rule.decision)
}

fn has_code(wanted: &str, diagnosis: &Diagnosis, standard: Option<&DiagnosisStandard>) -> bool {
    let wanted = plain(wanted);
    let source = diagnosis.disease.codes.iter().chain(&diagnosis.exchange).chain(&diagnosis.icd10);
    let standard = standard.into_iter().flat_map(|standard| &standard.codings);
    source
        .map(|code: &Code| code.code.as_str())
        .chain(standard.map(|coding| &*coding.code))
        .any(|code| plain(code) == wanted)
}

fn has_text(wanted: &str, disease: &Concept, standard: Option<&DiagnosisStandard>) -> bool {
    let wanted = half_unspaced(wanted);
    let is_wanted = |name: &str| half_unspaced(name) == wanted;
    disease.name().is_some_and(is_wanted) || standard.is_some_and(|standard| is_wanted(&standard.text))
}

/// ICD-10 is written with and without its dot.
fn plain(code: &str) -> String {
    half_unspaced(code).chars().filter(|c| *c != '.').map(|c| c.to_ascii_uppercase()).collect()
}
