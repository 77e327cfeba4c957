//! Documents and what stands in no list of the patient. Whether the patient agreed is no part of what is sent.

use super::Canonical;
use tsugite_clinical::body::{
    Attachment, Block, ChartPart, Checkup, CheckupItem, CheckupValue, Concept, Document, LabValue, Party, Prescription,
    Quantity, Section, Stay, Vital,
};

impl Canonical {
    fn maybe(&mut self, name: &str, value: Option<&str>) {
        self.text(name, value.unwrap_or_default());
    }

    fn concepts(&mut self, name: &str, concepts: &[Concept]) {
        concepts.iter().for_each(|concept| self.concept(name, concept));
    }

    pub(super) fn vital(&mut self, vital: &Vital) {
        let Vital { item, value, unit } = vital;
        self.concept("item", item);
        match value {
            LabValue::Absent => {}
            LabValue::Text(text) => self.text("text", text),
            LabValue::Coded(concept) => self.concept("coded", concept),
        }
        self.codes("unit", unit);
    }

    fn quantity(&mut self, name: &str, quantity: Option<&Quantity>) {
        if let Some(Quantity { value, unit }) = quantity {
            self.text(name, value);
            self.codes("unit", unit);
        }
    }

    pub(super) fn prescription(&mut self, line: &Prescription) {
        self.text("order", &line.order_number);
        self.text("group", &line.group);
        self.text("place", &line.place.to_string());
        self.concept("drug", &line.drug);
        self.quantity("dose", line.dose.as_ref());
        self.quantity("daily_dose", line.daily_dose.as_ref());
        self.quantity("total", line.total.as_ref());
        self.concepts("usage", &line.usages);
        self.maybe("duration", line.duration.as_deref());
        self.maybe("count", line.count.as_deref());
        self.time("start", line.start);
        self.time("end", line.end);
        line.route.iter().for_each(|route| self.concept("route", route));
        line.site.iter().for_each(|site| self.concept("site", site));
        self.concepts("category", &line.categories);
        self.concepts("instruction", &line.instructions);
        self.time("ordered", line.ordered);
        self.flag("administered", line.administered);
        self.maybe("number", line.prescription_number.as_deref());
        self.flag("ingredient", line.ingredient_amounts);
        self.maybe("times_per_day", line.times_per_day.as_deref());
        self.concepts("dispensing", &line.dispensing);
        self.maybe("repeats", line.repeats.as_deref());
        line.notes.iter().for_each(|note| self.text("note", note));
        line.prescribed_by.iter().for_each(|party| self.party("prescribed_by", party));
        self.care(&line.care);
    }

    pub(super) fn checkup_item(&mut self, item: &CheckupItem) {
        self.codes("section", &item.section);
        self.concept("item", &item.item);
        match &item.value {
            CheckupValue::Absent => {}
            CheckupValue::Quantity { value, unit } => {
                self.text("quantity", value);
                self.maybe("unit", unit.as_deref());
            }
            CheckupValue::Coded(code) => self.code("coded", code),
            CheckupValue::Text(text) => self.text("text", text),
            CheckupValue::NotPerformed => self.flag("not performed", true),
            CheckupValue::NotMeasurable => self.flag("not measurable", true),
        }
        item.flags.iter().for_each(|flag| self.text("flag", flag));
        self.maybe("low", item.low.as_deref());
        self.maybe("high", item.high.as_deref());
        self.codes("method", &item.method);
        self.time("performed", item.performed);
        self.maybe("series", item.series.as_deref());
        self.maybe("judged_by", item.judged_by.as_deref());
        self.maybe("relation", item.relation.as_deref());
    }

    pub(super) fn document(&mut self, document: &Document) {
        self.text("document", &format!("{:?}", document.kind));
        self.text("id", &document.id);
        self.maybe("version", document.version.as_deref());
        self.maybe("title", document.title.as_deref());
        self.time("written", document.written);
        self.care(&document.care);
        document.author.iter().for_each(|party| self.party("author", party));
        document.recipient.iter().for_each(|party| self.party("recipient", party));
        document.stay.iter().for_each(|stay| self.stay(stay));
        document.sections.iter().for_each(|section| self.section(section));
        document.include.iter().for_each(|part| self.text("include", chart_part(*part)));
        document.attachments.iter().for_each(|file| self.attachment("attachment", file));
        document.original.iter().for_each(|file| self.attachment("original", file));
        document.checkup.iter().for_each(|checkup| self.checkup(checkup));
    }

    fn party(&mut self, name: &str, party: &Party) {
        let Party { number, name: called, address, postal_code, telephone, department, practitioner } = party;
        self.text("begin", name);
        self.maybe("number", number.as_deref());
        self.text("name", called);
        self.maybe("address", address.as_deref());
        self.maybe("postal_code", postal_code.as_deref());
        self.maybe("telephone", telephone.as_deref());
        self.codes("department", department);
        if let Some(doctor) = practitioner {
            self.maybe("doctor", doctor.id.as_deref());
            let name = doctor.name.as_ref();
            self.maybe("doctor.family", name.map(|name| name.family.as_str()));
            self.maybe("doctor.given", name.map(|name| name.given.as_str()));
        }
        self.text("end", name);
    }

    fn stay(&mut self, stay: &Stay) {
        self.time("admitted", stay.admitted);
        self.time("discharged", stay.discharged);
        self.codes("origin", &stay.origin);
        self.codes("disposition", &stay.disposition);
    }

    fn section(&mut self, section: &Section) {
        self.text("section", &format!("{:?}", section.kind));
        self.maybe("title", section.title.as_deref());
        for block in &section.text {
            match block {
                Block::Paragraph(text) => self.text("p", text),
                Block::List(items) => {
                    self.text("begin", "ul");
                    items.iter().for_each(|item| self.text("li", item));
                }
                Block::Table { header, rows } => {
                    self.text("begin", "table");
                    header.iter().for_each(|cell| self.text("th", cell));
                    for row in rows {
                        self.text("begin", "tr");
                        row.iter().for_each(|cell| self.text("td", cell));
                    }
                }
            }
        }
        section.entries.iter().for_each(|key| self.text("entry", &format!("{}\u{1f}{}", key.item, key.ordinal)));
    }

    fn attachment(&mut self, name: &str, file: &Attachment) {
        let Attachment { title, content_type, base64, created } = file;
        self.text(name, title);
        self.text("type", content_type);
        self.text("data", base64);
        self.time("created", *created);
    }

    fn checkup(&mut self, checkup: &Checkup) {
        self.codes("program", &checkup.program);
        self.codes("report", &checkup.report);
        self.time("performed", checkup.performed.map(tsugite_clinical::DateTime::day));
        self.maybe("ticket", checkup.ticket.as_deref());
        self.time("ticket_valid_to", checkup.ticket_valid_to.map(tsugite_clinical::DateTime::day));
        checkup.insurer.iter().for_each(|party| self.party("insurer", party));
        checkup.provider.iter().for_each(|party| self.party("provider", party));
    }
}

const fn chart_part(part: ChartPart) -> &'static str {
    match part {
        ChartPart::Problems => "problems",
        ChartPart::Allergies => "allergies",
        ChartPart::Infections => "infections",
        ChartPart::Labs => "labs",
        ChartPart::Prescriptions => "prescriptions",
        ChartPart::Encounter => "encounter",
    }
}
