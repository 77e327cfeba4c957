//! 健診項目.

use super::{
    build::{Built, standard},
    checkup as f,
};
use crate::{issues, read::Values};
use tsugite_clinical::body::{Body, CheckupItem, CheckupValue, Concept};

/// One examination of a person on a day.
pub fn part(values: &Values) -> String {
    let day = values.date(f::DATE).map(|at| at.date.to_string()).unwrap_or_default();
    format!("{}-{day}", values.text(f::PATIENT).unwrap_or_default())
}

pub fn build(values: &Values) -> Built {
    let Some(performed) = values.date(f::DATE) else {
        return Built::Held(&issues::REQUIRED_MISSING, "健診実施日");
    };
    let name = values.string(f::NAME);
    let Some(code) = standard(values.owned(f::CODE), &name, "") else {
        return Built::Held(&issues::REQUIRED_MISSING, "健診項目コード");
    };
    let Some(written) = values.text(f::VALUE) else { return Built::NotCarried(&issues::NOT_REPORTED) };
    let unit = values.owned(f::UNIT);
    let value = match written {
        "未実施" => CheckupValue::NotPerformed,
        "測定不能" => CheckupValue::NotMeasurable,
        // What lies beyond the range of input is told by a letter alone.
        "H" | "L" | "E" => CheckupValue::Text(written.to_owned()),
        _ => CheckupValue::Quantity { value: written.to_owned(), unit },
    };
    let item = CheckupItem {
        section: standard(values.owned(f::SECTION), "", ""),
        item: Concept { codes: vec![code], text: None },
        value,
        flags: values.owned(f::FLAG).into_iter().collect(),
        performed: Some(performed),
        ..CheckupItem::default()
    };
    Built::Fact(values.string(f::CODE), Body::CheckupItem(Box::new(item)))
}
