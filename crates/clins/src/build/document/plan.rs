//! 方針: JP_CarePlan_eCS, from the text of its section.

use super::narrative::{Text, plain};
use crate::{
    build::{frame::Frame, url},
    document::Filled,
};
use tsugite_clinical::Date;
use tsugite_fhir::{Resource, coding, concept, meta, reference, resources::CarePlan, types::Period};

/// `discharge`: at the end of a stay; else in the course of visits.
pub fn care_plan(frame: &Frame, filled: &Filled, discharge: bool, from: Date, name: &str) -> Option<Resource> {
    let mut text = Text::default();
    filled.texts.iter().for_each(|said| text.blocks(said.blocks));
    let description = filled.texts.iter().map(|said| plain(said.blocks)).collect::<Vec<_>>().join("\n");
    let narrative = text.finish("generated").filter(|_| !description.trim().is_empty())?;
    let (code, display) = if discharge {
        ("discharge-plan", "退院時プラン")
    } else {
        ("followup-plan", "外来診療経過中プラン")
    };
    let period = Period { start: Some(from.to_string().into()), ..Period::default() };
    Some(Resource::CarePlan(Box::new(CarePlan {
        meta: Some(Box::new(meta(url::CARE_PLAN_PROFILE, frame.clock))),
        text: Some(narrative),
        identifier: vec![frame.resource_id(name)],
        status: "active".into(),
        intent: "plan".into(),
        category: vec![concept(coding(url::CARE_PLAN_CATEGORY, code, display), None)],
        title: Some(filled.part.title.into()),
        description: Some(description.into()),
        subject: Box::new(reference(frame.patient_url)),
        period: Some(Box::new(period)),
        ..CarePlan::default()
    })))
}
