//! A fact as the fields of a mapping file say it.

use tsugite_clinical::{
    Fact, Presence,
    body::{Body, Care, CareClass, CheckupValue, Code, Concept, LabValue, Name, Representation, Sex},
};

type Fields = Vec<(&'static str, String)>;

/// Field names and values; what says nothing is left out.
pub fn flat(fact: &Fact) -> Fields {
    let mut fields: Fields = vec![("patient", fact.patient.id.to_string())];
    let mut set = |name: &'static str, value: Option<String>| {
        fields.extend(value.filter(|value| !value.is_empty()).map(|value| (name, value)));
    };
    set("fact", Some(kind(&fact.body).to_owned()));
    if fact.presence != Presence::Present {
        set("presence", Some("deleted".to_owned()));
    }
    let text = |value: &str| Some(value.to_owned());
    match &fact.body {
        Body::Patient(patient) => {
            for name in &patient.names {
                let field = if name.representation == Representation::Syllabic { "kana" } else { "name" };
                set(field, Some(whole(name)));
            }
            set("birth_date", patient.birth_date.map(|date| date.to_string()));
            set("sex", patient.sex.map(|sex| letter(sex).to_owned()));
            if let Some(address) = &patient.address {
                set("address", text(&address.text));
                set("postal_code", address.postal_code.clone());
            }
            for telecom in &patient.telecoms {
                set(if telecom.work { "work_phone" } else { "phone" }, text(&telecom.number));
            }
            for insurance in &patient.insurances {
                set("payer", text(&insurance.payer));
                set("symbol", text(&insurance.symbol));
                set("number", text(&insurance.number));
                set("branch", insurance.branch.clone());
                set("valid_from", insurance.valid_from.map(|date| date.to_string()));
                set("valid_to", insurance.valid_to.map(|date| date.to_string()));
            }
            set("deceased", patient.deceased.map(|date| date.to_string()));
        }
        Body::LabResult(result) => {
            set("order", text(&result.report.order_number));
            set("care_day", result.report.care_day.map(|day| day.to_string()));
            coded(&result.test, &mut set);
            set("jlac10", result.test.in_system("JC10").map(|code| code.code.clone()));
            set("jlac11", result.test.in_system("JC11").map(|code| code.code.clone()));
            if let LabValue::Text(value) = &result.value {
                set("value", text(value));
            }
            set("unit", result.unit.as_ref().map(|unit| unit.code.clone()));
            set("range", result.reference_range.clone());
            set("flag", result.flags.first().cloned());
            set("status", text(&result.status));
            set("sub_id", result.sub_id.clone());
            set("comment", result.comments.first().cloned());
            set("reported", result.reported.map(|at| at.to_string()));
            if let Some(specimen) = &result.specimen {
                set("specimen_id", specimen.id.clone());
                set("specimen_name", specimen.material.name().map(str::to_owned));
                set("specimen_code", specimen.material.codes.first().map(|code| code.code.clone()));
                set("collected", specimen.collected.map(|at| at.to_string()));
            }
            set("panel_name", result.panel.as_ref().and_then(|panel| panel.name().map(str::to_owned)));
            care(&result.care, &mut set);
        }
        Body::Allergy(allergy) => {
            let code = |code: &Option<Code>| code.as_ref().map(|code| code.code.clone());
            coded(&allergy.allergen, &mut set);
            set("yj", allergy.allergen.in_system("YJ").map(|code| code.code.clone()));
            set("jfagy", allergy.allergen.in_system("JFAGY").map(|code| code.code.clone()));
            set("category", code(&allergy.category));
            set("severity", code(&allergy.severity));
            set("status", code(&allergy.verification));
            set("reaction", allergy.reactions.first().cloned());
            set("onset", allergy.onset.map(|at| at.to_string()));
            set("recorded", allergy.recorded.map(|at| at.to_string()));
            care(&allergy.care, &mut set);
        }
        Body::Diagnosis(diagnosis) => {
            let codes = |concepts: &[Concept]| {
                let codes = concepts.iter().flat_map(|concept| &concept.codes).map(|code| code.code.as_str());
                Some(codes.collect::<Vec<_>>().join(" "))
            };
            coded(&diagnosis.disease, &mut set);
            set("receipt_code", diagnosis.disease.in_system("MASTERB").map(|code| code.code.clone()));
            set("medis_code", diagnosis.disease.in_system("MDCDX2").map(|code| code.code.clone()));
            set("exchange_code", diagnosis.exchange.as_ref().map(|code| code.code.clone()));
            set("icd10", diagnosis.icd10.first().map(|code| code.code.clone()));
            set("prefixes", codes(&diagnosis.prefixes));
            set("suffixes", codes(&diagnosis.suffixes));
            set("suspected", diagnosis.suspected.then(|| "1".to_owned()));
            set("main", diagnosis.main.then(|| "1".to_owned()));
            set("onset", diagnosis.onset.map(|at| at.to_string()));
            set("recorded", diagnosis.recorded.map(|at| at.to_string()));
            set("ended", diagnosis.ended.map(|at| at.to_string()));
            set("outcome", diagnosis.outcome.as_ref().map(|code| code.code.clone()));
            set("problem_id", diagnosis.problem_id.clone());
            care(&diagnosis.care, &mut set);
        }
        Body::Prescription(line) => {
            coded(&line.drug, &mut set);
            set("yj", line.drug.in_system("YJ").map(|code| code.code.clone()));
            set("hot", line.drug.in_system("HOT").map(|code| code.code.clone()));
            set("order", text(&line.order_number));
            set("rp", text(&line.group));
            set("date", line.start.map(|at| at.to_string()));
            for (name, quantity) in [("dose", &line.dose), ("daily_dose", &line.daily_dose), ("total", &line.total)] {
                set(name, quantity.as_ref().map(|quantity| quantity.value.clone()));
            }
            set("usage", line.usages.first().and_then(|usage| usage.text.clone()));
            set("days", line.duration.clone());
            set("times", line.count.clone());
            care(&line.care, &mut set);
        }
        Body::CheckupItem(item) => {
            coded(&item.item, &mut set);
            set("value", checkup_value(&item.value));
            set("flag", item.flags.first().cloned());
            set("section", item.section.as_ref().map(|code| code.code.clone()));
            set("date", item.performed.map(|at| at.to_string()));
        }
        Body::Document(document) => {
            set("id", text(&document.id));
            set("date", document.written.map(|at| at.to_string()));
        }
        _ => {}
    }
    fields
}

const fn kind(body: &Body) -> &'static str {
    match body {
        Body::Patient(_) => "patient",
        Body::LabResult(_) => "lab",
        Body::Allergy(_) => "allergy",
        Body::Diagnosis(_) => "diagnosis",
        Body::Prescription(_) => "prescription",
        Body::CheckupItem(_) => "checkup",
        Body::Document(_) => "document",
        Body::Encounter(_) => "encounter",
        Body::Vital(_) => "vital",
    }
}

/// The first code that is the vendor's own, and the name.
fn coded(concept: &Concept, set: &mut impl FnMut(&'static str, Option<String>)) {
    let own = concept.codes.iter().find(|code| code.system.starts_with("99")).or_else(|| concept.codes.first());
    set("code", own.map(|code| code.code.clone()));
    set("name", concept.name().map(str::to_owned));
}

fn care(care: &Care, set: &mut impl FnMut(&'static str, Option<String>)) {
    let class = care.class.map(|class| match class {
        CareClass::Ambulatory => "AMB",
        CareClass::Inpatient => "IMP",
        CareClass::Emergency => "EMER",
    });
    set("class", class.map(str::to_owned));
    set("department", care.department.as_ref().map(|code| code.code.clone()));
    set("department_name", care.department.as_ref().map(|code| code.display.clone()));
    let doctor = care.practitioner.as_ref().and_then(|doctor| doctor.name.as_ref());
    set("doctor", doctor.map(whole));
}

fn whole(name: &Name) -> String {
    if name.given.is_empty() { name.family.clone() } else { format!("{} {}", name.family, name.given) }
}

const fn letter(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "M",
        Sex::Female => "F",
        Sex::Other => "O",
        Sex::Unknown => "U",
    }
}

fn checkup_value(value: &CheckupValue) -> Option<String> {
    Some(match value {
        CheckupValue::Absent => return None,
        CheckupValue::Quantity { value, .. } => value.clone(),
        CheckupValue::Coded(code) => code.code.clone(),
        CheckupValue::Text(text) => text.clone(),
        CheckupValue::NotPerformed => "未実施".to_owned(),
        CheckupValue::NotMeasurable => "測定不能".to_owned(),
    })
}
