use super::{Said, named, refused};
use crate::{
    oid::HL7,
    value::{concept, interval, known_code, time},
    writer::Writer,
};
use tsugite_clinical::{
    RecordKind,
    body::{Body, Code, Concept, Diagnosis, Document},
};
use tsugite_xml::Element;

/// An observation whose value is a disease.
pub fn read(observation: Element<'_, '_>, document: &Document, writer: &mut Writer<'_>) -> Said {
    if let Some(said) = refused(observation, RecordKind::Condition) {
        return said;
    }
    let Some(value) = observation.child((HL7, "value")) else { return Said::Nameless(RecordKind::Condition) };
    let all = concept(value);
    let is_icd = |code: &Code| code.system == "I10";
    let icd10 = all
        .codes
        .iter()
        .filter(|code| is_icd(code))
        .map(|code| Code { code: code.code.replace('.', ""), ..code.clone() });
    let icd10: Vec<Code> = icd10.collect();
    let codes = all.codes.iter().filter(|code| !is_icd(code)).cloned().collect();
    let name = all.name().map(str::to_owned);
    let disease = Concept { codes, text: name.clone() };
    let Some(item) = named(&all) else { return Said::Nameless(RecordKind::Condition) };
    let item = format!("problem/{item}");
    let act = observation.parent().and_then(Element::parent).filter(|act| act.is((HL7, "act")));
    let period = observation.child((HL7, "effectiveTime")).or_else(|| act?.child((HL7, "effectiveTime")));
    let single = period.is_some_and(|period| period.attr("value").is_some());
    let (onset, ended) = period.map(|period| interval(period, writer)).unwrap_or_default();
    let recorded = observation.at(&[(HL7, "author"), (HL7, "time")]).and_then(|at| time(at, writer));
    let (prefixes, suffixes) = modifiers(value);
    let is_uncertain =
        |it: Element<'_, '_>| it.child((HL7, "uncertaintyCode")).and_then(|code| code.attr("code")) == Some("UN");
    let uncertain = is_uncertain(observation) || act.is_some_and(is_uncertain);
    let suspected = uncertain || name.as_deref().is_some_and(|name| name.ends_with("疑い"));
    let body = Diagnosis {
        disease,
        icd10,
        prefixes,
        suffixes,
        suspected,
        onset,
        ended: ended.filter(|_| !single),
        recorded: recorded.or(document.written),
        outcome: outcome(observation),
        care: document.care.clone(),
        ..Diagnosis::default()
    };
    Said::Fact { item, body: Body::Diagnosis(Box::new(body)) }
}

/// 修飾語 as qualifiers of the code, in reading order. Receipt codes of suffixes begin with 8; without a code the name tells.
fn modifiers(value: Element<'_, '_>) -> (Vec<Concept>, Vec<Concept>) {
    let qualifiers = value.all((HL7, "qualifier")).filter_map(|qualifier| qualifier.child((HL7, "value")));
    let modifier = |code: Code| {
        let receipt = code.system.is_empty() && is_receipt_code(&code);
        let system = if receipt { "MASTERZ".to_owned() } else { code.system };
        Concept { codes: vec![Code { system, ..code }], text: None }
    };
    qualifiers.filter_map(known_code).map(modifier).partition(|modifier| {
        let receipt = modifier.codes.iter().any(|code| is_receipt_code(code) && code.code.starts_with('8'));
        !receipt && !modifier.name().is_some_and(|name| name.starts_with('の'))
    })
}

/// 修飾語コード of receipts: four digits.
fn is_receipt_code(code: &Code) -> bool {
    code.code.len() == 4 && code.code.bytes().all(|byte| byte.is_ascii_digit())
}

/// 転帰, as a related observation of LOINC's "status".
fn outcome(observation: Element<'_, '_>) -> Option<Code> {
    let related = observation.all((HL7, "entryRelationship")).filter_map(|it| it.child((HL7, "observation")));
    let mut status = related.filter(|it| it.child((HL7, "code")).and_then(|code| code.attr("code")) == Some("33999-4"));
    status.next().and_then(|status| status.child((HL7, "value"))).and_then(known_code)
}
