//! 検査結果.

use super::{
    build::{Built, CareFields, Shared, local, standard, unit},
    lab as f,
};
use crate::{issues, mapping::Mapping, read::Values, target::Target};
use std::sync::Arc;
use tsugite_clinical::body::{Body, CommentOrigins, Concept, LabReport, LabResult, LabValue, Specimen};

/// The report that a row belongs to: the declared key, else the order number, else the day of collection.
pub fn report(values: &Values, key: &[String]) -> LabReport {
    let care_day = values.date(f::CARE_DAY).or_else(|| values.date(f::COLLECTED)).map(|at| at.date);
    let order_number = if key.is_empty() {
        values.owned(f::ORDER).or_else(|| care_day.map(|day| day.to_string().replace('-', ""))).unwrap_or_default()
    } else {
        let part = |name: &String| {
            let at = Target::Lab.field(name)?;
            values.owned(at).or_else(|| values.date(at).map(|at| at.to_string()))
        };
        key.iter().filter_map(part).collect::<Vec<_>>().join("-")
    };
    LabReport { order_number, care_day }
}

pub fn build(values: &Values, mapping: &Mapping, shared: &mut Shared) -> Built {
    let report = report(values, &mapping.report_key);
    if report.order_number.is_empty() && report.care_day.is_none() {
        return Built::Held(&issues::REQUIRED_MISSING, "依頼番号・採取日");
    }
    let test = test(values, mapping);
    if test.codes.is_empty() && test.text.is_none() {
        return Built::Held(&issues::REQUIRED_MISSING, "検査項目");
    }
    let comments: Vec<String> = values.owned(f::COMMENT).into_iter().collect();
    let value = match values.text(f::VALUE) {
        Some(value) => LabValue::Text(format!("{}{value}", values.text(f::COMPARATOR).unwrap_or_default())),
        None if comments.is_empty() && !is_withdrawn(values) => return Built::NotCarried(&issues::NOT_REPORTED),
        None => LabValue::Absent,
    };
    let specimen = specimen(values, mapping);
    if shared.specimen.as_deref() != specimen.as_ref() {
        shared.specimen = specimen.map(Arc::new);
    }
    let panel_name = values.string(f::PANEL_NAME);
    let panel = local(mapping, values.owned(f::PANEL_CODE), &panel_name, None);
    let panel = (panel.is_some() || !panel_name.is_empty()).then(|| {
        let text = panel.is_none().then_some(panel_name);
        Arc::new(Concept { codes: panel.into_iter().collect(), text })
    });
    let result = LabResult {
        report: Shared::take(&mut shared.report, report),
        care: Shared::take(&mut shared.care, CareFields::of_lab().read(values)),
        specimen: shared.specimen.clone(),
        test,
        panel,
        sub_id: values.owned(f::SUB_ID),
        value,
        unit: unit(values.owned(f::UNIT)),
        reference_range: range(values),
        flags: values.owned(f::FLAG).into_iter().collect(),
        status: values.string(f::STATUS),
        ordered_for: None,
        observed: None,
        reported: values.date(f::REPORTED),
        comments,
        comment_origins: CommentOrigins::default(),
    };
    Built::Fact(item(&result), Body::LabResult(Box::new(result)))
}

fn is_withdrawn(values: &Values) -> bool {
    matches!(values.text(f::STATUS), Some("D" | "W" | "X"))
}

fn test(values: &Values, mapping: &Mapping) -> Concept {
    let name = values.string(f::NAME);
    let codes = [
        local(mapping, values.owned(f::CODE), &name, values.text(f::SYSTEM)),
        standard(values.owned(f::JLAC10), &name, "JC10"),
        standard(values.owned(f::JLAC11), &name, "JC11"),
    ];
    let codes: Vec<_> = codes.into_iter().flatten().collect();
    let text = codes.is_empty().then_some(name).filter(|name| !name.is_empty());
    Concept { codes, text }
}

/// 材料; a code is the vendor's own unless the mapping says that it is one of JLAC10.
fn specimen(values: &Values, mapping: &Mapping) -> Option<Specimen> {
    let name = values.string(f::SPECIMEN_NAME);
    let code = local(mapping, values.owned(f::SPECIMEN_CODE), &name, values.text(f::SPECIMEN_SYSTEM));
    let text = code.is_none().then_some(name).filter(|name| !name.is_empty());
    let collected = values.date(f::COLLECTED);
    let id = values.owned(f::SPECIMEN_ID);
    let known = code.is_some() || text.is_some() || collected.is_some() || id.is_some();
    known.then(|| Specimen { id, material: Concept { codes: code.into_iter().collect(), text }, collected })
}

fn range(values: &Values) -> Option<String> {
    let (low, high) = (values.text(f::RANGE_LOW), values.text(f::RANGE_HIGH));
    match (values.owned(f::RANGE), low, high) {
        (Some(range), _, _) => Some(range),
        (None, Some(low), Some(high)) => Some(format!("{low}-{high}")),
        (None, Some(low), None) => Some(format!(">={low}")),
        (None, None, Some(high)) => Some(format!("<={high}")),
        (None, None, None) => None,
    }
}

/// Item code, specimen, time of collection and sub id name a result: one test at two times of a day is two.
fn item(result: &LabResult) -> String {
    let mut item = name(&result.test).to_owned();
    if let Some(specimen) = &result.specimen {
        item.push('@');
        item.push_str(name(&specimen.material));
        item.push('#');
        item.push_str(specimen.id.as_deref().unwrap_or_default());
        if let Some(collected) = specimen.collected.filter(|at| at.time.is_some()) {
            item.push('@');
            item.push_str(&collected.to_string());
        }
    }
    if let Some(sub_id) = &result.sub_id {
        item.push('/');
        item.push_str(sub_id);
    }
    item
}

fn name(concept: &Concept) -> &str {
    concept.codes.first().map(|code| code.code.as_str()).or(concept.text.as_deref()).unwrap_or_default()
}
