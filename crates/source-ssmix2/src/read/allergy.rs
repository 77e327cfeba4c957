use super::care_of;
use crate::{
    data_type::Content,
    issues,
    value::{code, concept, filled},
    writer::Writer,
};
use std::sync::Arc;
use tsugite_clinical::{
    RecordKind, Scope,
    body::{Allergy, Body, Care, Concept},
    says_none,
};
use tsugite_er7::{Message, Segment, Value};

/// AL1 of a message that is neither master data nor allergy list is the list that an order repeats.
const BESIDE_ORDER: &str = "OMP-01";

/// IAM and AL1 of any message.
pub fn read(message: &Message<'_>, writer: &mut Writer<'_>) {
    let mut lines = message.segments().filter(|segment| matches!(segment.name(), "IAM" | "AL1")).peekable();
    let own = matches!(writer.frame.data_type.content, Content::Allergies | Content::Patient);
    let scope = if own { Arc::clone(&writer.frame.scope) } else { writer.frame.scope_of(BESIDE_ORDER) };
    // The master data and the prescription have said already that they are whole lists.
    let said = matches!(writer.frame.data_type.content, Content::Patient | Content::Prescription);
    if !said && (own || lines.peek().is_some()) {
        writer.list(&scope);
    }
    let Some(_) = lines.peek() else { return };
    let care = care_of(message, writer);
    for line in lines {
        read_line(&line, &scope, &care, writer);
    }
}

fn read_line(line: &Segment<'_>, scope: &Arc<Scope>, care: &Care, writer: &mut Writer<'_>) {
    let iam = line.name() == "IAM";
    let deleted = iam && line.field(6).component(1).raw() == "D";
    let allergen = concept(line.field(3));
    if is_none(&allergen) {
        return writer.not_carried(RecordKind::Allergy, line, deleted, &issues::NO_KNOWN_ALLERGY);
    }
    let onset = if iam { line.field(11) } else { line.field(6) };
    let allergy = Allergy {
        category: code(line.field(2)),
        severity: code(line.field(4)),
        reactions: reactions(line.field(5)),
        onset: writer.time(line, onset),
        onset_text: if iam { filled(line.field(12)) } else { None },
        recorded: if iam { writer.time(line, line.field(13)) } else { None },
        verification: if iam { code(line.field(17)) } else { None },
        care: care.clone(),
        allergen,
    };
    let item = item(&allergy.allergen);
    let presence = writer.presence(deleted);
    writer.fact(line, scope, item, presence, Body::Allergy(Box::new(allergy)));
}

/// One text a repetition; the name of a code where the sender codes reactions.
fn reactions(field: Value<'_>) -> Vec<String> {
    let text = |repetition: Value<'_>| filled(repetition.component(2)).or_else(|| filled(repetition.component(1)));
    field.repetitions().filter_map(text).map(|text| text.trim().to_owned()).collect()
}

/// The allergen names the entry: its first code, else its text.
fn item(allergen: &Concept) -> String {
    match allergen.codes.iter().find(|code| !code.code.is_empty()) {
        Some(code) => format!("{}^{}", code.code, code.system),
        None => allergen.name().unwrap_or_default().trim().to_owned(),
    }
}

/// 「なし」 and the like, or nothing at all. A code without a name is something.
fn is_none(allergen: &Concept) -> bool {
    match allergen.name() {
        Some(name) => says_none(name),
        None => allergen.codes.iter().all(|code| code.code.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tsugite_clinical::body::Code;

    #[test]
    fn no_allergy_is_told_from_an_allergen() {
        let named = |text: &str| Concept { text: Some(text.to_owned()), codes: vec![] };
        for none in ["特になし", "薬剤アレルギーは無し", "特記すべきことなし"] {
            assert!(is_none(&named(none)), "{none}");
        }
        for some in ["ソバ", "無水エタノール", "卵（詳細不明）"] {
            assert!(!is_none(&named(some)), "{some}");
        }
        let code = |code: &str| Concept { text: None, codes: vec![Code { code: code.into(), ..Code::default() }] };
        assert!(!is_none(&code("J9FC12000000")));
        assert!(is_none(&Concept::default()));
    }
}
