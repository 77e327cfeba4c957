//! 健診項目, and the report that they stand in.

use super::{
    build::{Built, standard},
    checkup as f,
};
use crate::{issues, read::Values};
use tsugite_clinical::body::{Body, Checkup, CheckupItem, CheckupValue, Code, Concept, Document, DocumentKind};

/// One examination of a person on a day.
pub fn part(values: &Values) -> String {
    let day = values.date(f::DATE).map(|at| at.date.to_string()).unwrap_or_default();
    format!("{}-{day}", values.text(f::PATIENT).unwrap_or_default())
}

/// The report; its items share its scope.
pub fn document(values: &Values) -> Document {
    let performed = values.date(f::DATE);
    let program = values.owned(f::PROGRAM).map(|code| Code {
        code,
        system: "1.2.392.200119.6.1002".to_owned(),
        display: String::new(),
    });
    let checkup = Checkup {
        program,
        performed: performed.map(|at| at.date),
        ticket: values.owned(f::TICKET),
        ticket_valid_to: values.date(f::TICKET_VALID_TO).map(|at| at.date),
        ..Checkup::default()
    };
    Document {
        written: performed,
        checkup: Some(Box::new(checkup)),
        ..Document::new(DocumentKind::Checkup, part(values))
    }
}

pub fn build(values: &Values) -> Built {
    let Some(performed) = values.date(f::DATE) else {
        return Built::Held(&issues::REQUIRED_MISSING, "健診実施日");
    };
    let name = values.string(f::NAME);
    let Some(code) = standard(values.owned(f::CODE), &name, "1.2.392.200119.6.1005") else {
        return Built::Held(&issues::REQUIRED_MISSING, "健診項目コード");
    };
    let Some(written) = values.text(f::VALUE) else { return Built::NotCarried(&issues::NOT_REPORTED) };
    let (value, beyond) = value(&code.code, written, values.owned(f::UNIT));
    let item = CheckupItem {
        section: standard(values.owned(f::SECTION), "", "1.2.392.200119.6.1010"),
        value,
        flags: values.owned(f::FLAG).into_iter().chain(beyond.map(str::to_owned)).collect(),
        performed: Some(performed),
        item: Concept { codes: vec![code], text: None },
        ..CheckupItem::default()
    };
    Built::Fact(values.string(f::CODE), Body::CheckupItem(Box::new(item)))
}

/// The end of an item code says what its result is: 11 a code, 49 a text, all others a number. H and L stand for what lies beyond the
/// range that can be entered, E for what could not be measured.
fn value(code: &str, written: &str, unit: Option<String>) -> (CheckupValue, Option<&'static str>) {
    match written {
        "未実施" => (CheckupValue::NotPerformed, None),
        "測定不能" | "E" => (CheckupValue::NotMeasurable, None),
        "H" => (CheckupValue::Absent, Some("HX")),
        "L" => (CheckupValue::Absent, Some("LX")),
        _ if code.ends_with("11") => (CheckupValue::Coded(Code { code: written.to_owned(), ..Code::default() }), None),
        _ if code.ends_with("49") => (CheckupValue::Text(written.to_owned()), None),
        _ => (CheckupValue::Quantity { value: written.to_owned(), unit }, None),
    }
}
