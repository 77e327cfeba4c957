use super::is_cancelled;
use crate::{
    care::{Speakers, care, class_of_diagnosis, insurances},
    value::{code, coded, concept, filled},
    writer::Writer,
};
use std::sync::Arc;
use tsugite_clinical::body::{Body, Code, Concept, Diagnosis};
use tsugite_er7::{Message, Segment, Value};

/// 未コード化傷病名 among the 病名管理番号.
const UNCODED: &str = "20084317";

/// A PRB with the segments that follow it.
struct Problem<'m> {
    prb: Segment<'m>,
    modifiers: Vec<Segment<'m>>,
    order: Option<Segment<'m>>,
    visit: Option<Segment<'m>>,
    /// IN1 and ZI1: its own, else those before the first problem.
    insurances: Vec<Segment<'m>>,
}

/// PPR-01.
pub fn read(message: &Message<'_>, writer: &mut Writer<'_>) {
    let scope = Arc::clone(&writer.frame.scope);
    writer.list(&scope);
    for problem in problems(message) {
        let diagnosis = diagnosis(&problem, writer);
        let deleted = problem.prb.field(1).raw() == "DE" || is_cancelled(problem.order);
        let presence = writer.presence(deleted);
        writer.fact(&problem.prb, &scope, item(&diagnosis), presence, Body::Diagnosis(Box::new(diagnosis)));
    }
}

fn problems<'m>(message: &'m Message<'_>) -> Vec<Problem<'m>> {
    let mut problems: Vec<Problem<'m>> = Vec::new();
    let mut visit = None;
    let mut before = None;
    let mut of_all = Vec::new();
    for segment in message.segments() {
        match (segment.name(), problems.last_mut()) {
            ("PRB", _) => {
                let (modifiers, insurances) = (Vec::new(), Vec::new());
                problems.push(Problem { prb: segment, modifiers, order: before.take(), visit, insurances });
            }
            ("ZPR", Some(last)) => last.modifiers.push(segment),
            ("ORC", Some(last)) if last.order.is_none() => last.order = Some(segment),
            ("ORC", None) => before = Some(segment),
            ("PV1", Some(last)) => last.visit = Some(segment),
            ("PV1", None) => visit = Some(segment),
            ("IN1" | "ZI1", Some(last)) => last.insurances.push(segment),
            ("IN1" | "ZI1", None) => of_all.push(segment),
            _ => {}
        }
    }
    for problem in problems.iter_mut().filter(|problem| problem.insurances.is_empty()) {
        problem.insurances.clone_from(&of_all);
    }
    // One order for all problems stands behind the last.
    let mut orders = message.segments_named("ORC");
    if let (Some(only), None) = (orders.next(), orders.next()) {
        for problem in &mut problems {
            problem.order = problem.order.or(Some(only));
        }
    }
    problems
}

fn diagnosis(problem: &Problem<'_>, writer: &mut Writer<'_>) -> Diagnosis {
    let prb = problem.prb;
    let disease = concept(prb.field(3));
    let (icd10, kind) = classification(prb.field(10));
    let modifiers = |standard, exchange| {
        let of = |zpr: &Segment<'_>| pairs(zpr.field(standard), zpr.field(exchange));
        problem.modifiers.iter().flat_map(of).collect::<Vec<_>>()
    };
    let (prefixes, suffixes) = (modifiers(1, 4), modifiers(3, 6));
    let speakers = Speakers { visit: problem.visit, order: problem.order, request: None };
    let mut care = care(speakers, writer.frame.department.as_ref());
    care.insurances = insurances(problem.insurances.iter().copied());
    care.class = care.class.or_else(|| kind.as_ref().and_then(class_of_diagnosis));
    Diagnosis {
        suspected: is_suspected(prb.field(13)) || ends_in_doubt(&disease, &suffixes),
        exchange: problem.modifiers.iter().find_map(|zpr| code(zpr.field(5))),
        main: prb.field(18).component(1).raw() == "1" || prb.field(18).component(2).text().contains("主"),
        problem_id: filled(prb.field(4).component(1)),
        onset: writer.time(&prb, prb.field(16)),
        established: writer.time(&prb, prb.field(7)),
        recorded: writer.time(&prb, prb.field(2)),
        ended: writer.time(&prb, prb.field(9)).or_else(|| writer.time(&prb, prb.field(15))),
        outcome: code(prb.field(14)),
        disease,
        icd10,
        prefixes,
        suffixes,
        kind,
        care,
    }
}

/// PRB-10: ICD-10 in one triplet, 診断種別 in the other, the edition in the version that goes with the first (components 7 and 8).
fn classification(field: Value<'_>) -> (Vec<Code>, Option<Code>) {
    let mut icd10 = Vec::new();
    let mut kind = None;
    for repetition in field.repetitions() {
        let mut components = repetition.components();
        let triplets = [coded(&mut components), coded(&mut components)];
        for (triplet, version) in triplets.into_iter().zip([7, 8]) {
            match triplet {
                Some(code) if code.system == "JHSD0004" => kind = kind.or(Some(code)),
                Some(code) if is_icd10(&code) => {
                    let edition = repetition.component(version).text();
                    icd10.push(with_edition(code, edition.trim()));
                }
                _ => {}
            }
        }
    }
    (icd10, kind)
}

fn is_icd10(code: &Code) -> bool {
    let system = code.system.replace('-', "");
    !code.code.is_empty() && (system.starts_with("I10") || system.starts_with("ICD10"))
}

fn with_edition(code: Code, edition: &str) -> Code {
    let system = if edition.is_empty() { "I10".to_owned() } else { format!("I10:{edition}") };
    Code { code: code.code.replace('.', ""), system, display: code.display }
}

/// Modifiers as 修飾語管理番号 and as 交換用コード: the same ones where both fields have equally many.
fn pairs(standard: Value<'_>, exchange: Value<'_>) -> Vec<Concept> {
    let read = |field: Value<'_>| -> Vec<Concept> {
        let concepts = field.repetitions().map(concept);
        concepts.filter(|concept| !concept.codes.is_empty()).collect()
    };
    let (mut standard, exchange) = (read(standard), read(exchange));
    if standard.len() == exchange.len() {
        standard.iter_mut().zip(exchange).for_each(|(one, other)| one.codes.extend(other.codes));
        return standard;
    }
    if standard.is_empty() { exchange } else { standard }
}

/// PRB-13: `1^疑い^JHSD0005`, also a bare `1`.
fn is_suspected(field: Value<'_>) -> bool {
    field.component(1).text().trim() == "1" || field.component(2).text().contains("疑")
}

/// The name or its last modifier ends 「の疑い」.
fn ends_in_doubt(disease: &Concept, suffixes: &[Concept]) -> bool {
    let doubt = |text: &str| text.trim_end_matches([')', '）', ' ', '\u{3000}']).ends_with("疑い");
    disease.name().is_some_and(doubt) || suffixes.iter().any(|suffix| suffix.name().is_some_and(doubt))
}

/// Disease, modifiers and day of onset: what may change is the outcome, not these.
fn item(diagnosis: &Diagnosis) -> String {
    let name = |concept: &Concept| match concept.codes.iter().find(|code| !code.code.is_empty()) {
        Some(code) if code.system == "MDCDX2" && code.code != UNCODED => code.code.clone(),
        // Uncoded diseases share a dummy; their names tell them apart.
        Some(code) => format!("{}^{}^{}", code.code, code.display, code.system),
        None => concept.name().unwrap_or_default().to_owned(),
    };
    let mut item = name(&diagnosis.disease);
    for (mark, modifiers) in [('<', &diagnosis.prefixes), ('>', &diagnosis.suffixes)] {
        for modifier in modifiers {
            item.push(mark);
            item.push_str(&name(modifier));
        }
    }
    if let Some(onset) = diagnosis.onset.or(diagnosis.established) {
        item.push('@');
        item.push_str(&onset.date.to_string());
    }
    item
}
