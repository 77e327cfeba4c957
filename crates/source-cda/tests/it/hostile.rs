//! XML that means harm ends in one issue.

use std::sync::Arc;
use tsugite_source::{Context, Input, Output, Sink, Source as _};
use tsugite_source_cda::Cda;

fn read(bytes: &[u8]) -> Output {
    let context = Context { instance: "cda".into(), id_space: "cda".into(), gaiji: Arc::default() };
    let mut sink = Sink::new();
    Cda::default().read(&Input::new("h.xml", bytes), &context, &mut sink);
    sink.finish()
}

#[test]
fn hostile_documents_are_refused() {
    let open = "<ClinicalDocument xmlns='urn:hl7-org:v3'>";
    let entity =
        format!("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>{open}<title>&a;</title></ClinicalDocument>");
    let deep = format!("{open}{}", "<component>".repeat(100_000));
    let cut = format!("{open}<code code='10' codeSystem='1.2.392.200119.6.1001'/>");
    for (text, code) in [(entity, "XML-002"), (deep, "XML-004"), (cut, "XML-001")] {
        let output = read(text.as_bytes());
        assert!(output.unreadable, "{code}");
        assert_eq!(output.issues.last().unwrap().code(), code);
        assert!(output.statements.is_empty() && output.ended.is_empty());
    }
}

#[test]
fn a_document_without_anything_is_held_not_guessed() {
    let output = read(b"<ClinicalDocument xmlns='urn:hl7-org:v3'/>");
    assert_eq!(output.ended.len(), 1);
    let bare = b"<ClinicalDocument xmlns='urn:hl7-org:v3'><code code='57133-1' codeSystem='2.16.840.1.113883.6.1'/></ClinicalDocument>";
    let output = read(bare);
    assert!(output.held.is_some() && output.statements.is_empty());
}

#[test]
fn nested_sections_and_series_end() {
    let sections =
        ["<component><section><title>a</title><text>b</text>".repeat(40), "</section></component>".repeat(40)].concat();
    let text = format!(
        "<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1'/><code code='57133-1' codeSystem='2.16.840.1.113883.6.1'/>\
         <recordTarget><patientRole><id extension='1'/></patientRole></recordTarget><component><structuredBody>{sections}\
         </structuredBody></component></ClinicalDocument>"
    );
    let output = read(text.as_bytes());
    assert!(!output.unreadable && output.held.is_none());
}
