//! The two hashes of a Unit (`rules` §6).
//!
//! The content hash is taken over what the source said and the decisions made on it, in a canonical form of our own, never over the
//! FHIR that came of it: a corrected map or a new guide resends nothing by itself. Empty parts leave no trace, so that a field added
//! later changes no hash of the charts that lack it.

mod document;

use crate::{Hash, select::Tag};
use sha2::{Digest as _, Sha256};
use tsugite_clinical::{
    Date, DateTime,
    body::{Allergy, Body, Care, CareClass, Code, Concept, Diagnosis, LabResult, LabValue, Name, Sex},
    insurance::InsuredId,
};

/// One record of a Unit with what was decided on it.
#[derive(Clone, Debug)]
pub(crate) struct Decided<'a> {
    pub body: &'a Body,
    pub held: bool,
    /// Its source deleted it, and it is shown as ended.
    pub deleted: bool,
    /// Receipts list it no longer, and the site takes it for ended.
    pub lapsed: bool,
    pub tags: Vec<Tag>,
}

/// Over the records whatever their order.
pub(crate) fn content(records: &[Decided]) -> Hash {
    let mut members: Vec<[u8; 32]> = records.iter().map(member).collect();
    members.sort_unstable();
    let mut all = Sha256::new();
    members.iter().for_each(|member| all.update(member));
    Hash(all.finalize().into())
}

/// Over what names the patient to the centre.
pub(crate) fn identity(insured: &InsuredId, names: &[&Name], birth_date: Date, sex: Option<Sex>) -> Hash {
    let mut canonical = Canonical::default();
    canonical.text("insured", &insured.to_string());
    for name in names {
        canonical.text("family", &name.family);
        canonical.text("given", &name.given);
    }
    canonical.text("born", &birth_date.to_string());
    let sex = match sex {
        Some(Sex::Male) => "M",
        Some(Sex::Female) => "F",
        Some(Sex::Other) => "O",
        Some(Sex::Unknown) | None => "",
    };
    canonical.text("sex", sex);
    Hash(canonical.finish())
}

/// Of one record.
const LIKELY_LENGTH: usize = 2048;

fn member(record: &Decided) -> [u8; 32] {
    let mut canonical = Canonical(Vec::with_capacity(LIKELY_LENGTH));
    canonical.flag("held", record.held);
    canonical.flag("deleted", record.deleted);
    canonical.flag("lapsed", record.lapsed);
    record.tags.iter().for_each(|tag| canonical.text("tag", tag.code()));
    match record.body {
        Body::Diagnosis(diagnosis) => canonical.diagnosis(diagnosis),
        Body::Allergy(allergy) => canonical.allergy(allergy),
        Body::LabResult(result) => canonical.result(result),
        Body::Vital(vital) => canonical.vital(vital),
        Body::Prescription(line) => canonical.prescription(line),
        Body::Document(document) => canonical.document(document),
        Body::CheckupItem(item) => canonical.checkup_item(item),
        // Neither is a member of a Unit.
        Body::Patient(_) | Body::Encounter(_) => {}
    }
    canonical.finish()
}

/// Gathered before it is hashed: hashing many small parts costs twice as much.
#[derive(Default)]
struct Canonical(Vec<u8>);

impl Canonical {
    /// A named value; an empty one is left out. The length keeps neighbours apart.
    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.0.extend_from_slice(name.as_bytes());
            self.0.push(0);
            self.0.extend_from_slice(&u32::try_from(value.len()).unwrap_or(u32::MAX).to_be_bytes());
            self.0.extend_from_slice(value.as_bytes());
        }
    }

    fn flag(&mut self, name: &str, set: bool) {
        self.text(name, if set { "1" } else { "" });
    }

    fn time(&mut self, name: &str, at: Option<DateTime>) {
        if let Some(at) = at {
            self.text(name, &at.to_string());
        }
    }

    fn code(&mut self, name: &str, code: &Code) {
        let Code { code, display, system } = code;
        if !(code.is_empty() && display.is_empty()) {
            self.text("begin", name);
            self.text("code", code);
            self.text("display", display);
            self.text("system", system);
            self.text("end", name);
        }
    }

    fn codes<'a>(&mut self, name: &str, codes: impl IntoIterator<Item = &'a Code>) {
        codes.into_iter().for_each(|code| self.code(name, code));
    }

    fn concept(&mut self, name: &str, concept: &Concept) {
        let Concept { codes, text } = concept;
        self.codes(name, codes);
        self.text(name, text.as_deref().unwrap_or_default());
    }

    fn care(&mut self, care: &Care) {
        let Care { class, department, practitioner, insurances: _ } = care;
        let class = match class {
            Some(CareClass::Ambulatory) => "AMB",
            Some(CareClass::Inpatient) => "IMP",
            Some(CareClass::Emergency) => "EMER",
            None => "",
        };
        self.text("class", class);
        self.codes("department", department);
        if let Some(doctor) = practitioner {
            self.text("doctor", doctor.id.as_deref().unwrap_or_default());
            if let Some(name) = &doctor.name {
                self.text("doctor.family", &name.family);
                self.text("doctor.given", &name.given);
            }
        }
    }

    /// Without the source's own number of the problem: some sources renumber at every export, and it is never sent.
    fn diagnosis(&mut self, diagnosis: &Diagnosis) {
        self.concept("disease", &diagnosis.disease);
        self.codes("exchange", &diagnosis.exchange);
        self.codes("icd10", &diagnosis.icd10);
        diagnosis.prefixes.iter().for_each(|modifier| self.concept("prefix", modifier));
        diagnosis.suffixes.iter().for_each(|modifier| self.concept("suffix", modifier));
        self.codes("kind", &diagnosis.kind);
        self.flag("suspected", diagnosis.suspected);
        self.flag("main", diagnosis.main);
        self.time("onset", diagnosis.onset);
        self.time("established", diagnosis.established);
        self.time("recorded", diagnosis.recorded);
        self.time("ended", diagnosis.ended);
        self.codes("outcome", &diagnosis.outcome);
        self.care(&diagnosis.care);
    }

    fn allergy(&mut self, allergy: &Allergy) {
        self.codes("category", &allergy.category);
        self.concept("allergen", &allergy.allergen);
        self.codes("severity", &allergy.severity);
        allergy.reactions.iter().for_each(|reaction| self.text("reaction", reaction));
        self.time("onset", allergy.onset);
        self.text("onset_text", allergy.onset_text.as_deref().unwrap_or_default());
        self.time("recorded", allergy.recorded);
        self.codes("verification", &allergy.verification);
        self.care(&allergy.care);
    }

    /// The panel heading is left out: it is no part of what is sent.
    fn result(&mut self, result: &LabResult) {
        if let Some(day) = result.report.care_day {
            self.text("care_day", &day.to_string());
        }
        self.text("order", &result.report.order_number);
        self.care(&result.care);
        if let Some(specimen) = &result.specimen {
            self.concept("material", &specimen.material);
            self.time("collected", specimen.collected);
        }
        self.concept("test", &result.test);
        self.text("sub_id", result.sub_id.as_deref().unwrap_or_default());
        match &result.value {
            LabValue::Absent => {}
            LabValue::Text(text) => self.text("text", text),
            LabValue::Coded(concept) => self.concept("coded", concept),
        }
        self.codes("unit", &result.unit);
        self.text("range", result.reference_range.as_deref().unwrap_or_default());
        result.flags.iter().for_each(|flag| self.text("flag", flag));
        self.text("status", &result.status);
        self.time("ordered_for", result.ordered_for);
        self.time("observed", result.observed);
        self.time("reported", result.reported);
        result.comments.iter().for_each(|comment| self.text("comment", comment));
    }

    fn finish(self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }
}
