use crate::support::{bodies, codes, ends, facts, item, item_of, message, read};
use tsugite_clinical::{
    RecordKind,
    body::{Block, Document, DocumentKind, Section, SectionKind},
};

const AT: &str = "2026-03-10T10:00:00";
const DRUG: &str = "<PrescriptionModule><medication><medicine><name>見本錠</name></medicine><dose>1</dose></medication></PrescriptionModule>";
const RD: &str = "<RegisteredDiagnosisModule><diagnosis>狭心症</diagnosis><startDate>2026-02-10</startDate></RegisteredDiagnosisModule>";

fn referral(parts: &str) -> String {
    format!(
        "<ReferralModule><title>紹介状</title>{parts}<referToFacility><Facility><name repCode='I'>架空町総合病院</name></Facility></referToFacility></ReferralModule>"
    )
}

fn section(document: &Document, kind: SectionKind) -> &Section {
    document.sections.iter().find(|section| section.kind == kind).unwrap()
}

fn words(section: &Section) -> String {
    let text = |block: &Block| if let Block::Paragraph(text) = block { text.clone() } else { String::new() };
    section.text.iter().map(text).collect::<Vec<_>>().join("|")
}

#[test]
fn a_referral_is_a_document_with_its_own_entries() {
    let parts = format!(
        "<chiefComplaints>胸痛</chiefComplaints><clinicalDiagnosis>狭心症の疑い</clinicalDiagnosis><medication>現在{DRUG}</medication><referPurpose>精査</referPurpose>"
    );
    let output = read(message(&[item("re", AT, &referral(&parts))]).as_bytes());
    let document = bodies!(output, Document)[0];
    assert_eq!((document.kind, document.id.as_str()), (DocumentKind::Referral, "re"));
    assert_eq!(document.recipient.as_ref().unwrap().name, "架空町総合病院");
    assert_eq!(words(section(document, SectionKind::Problems)), "主訴: 胸痛|診断: 狭心症の疑い");
    let medication = section(document, SectionKind::Medication);
    assert_eq!((words(medication).as_str(), medication.entries.len()), ("現在", 1));
    let scopes: std::collections::BTreeSet<_> = facts(&output).iter().map(|fact| fact.key.scope.clone()).collect();
    assert_eq!(scopes.len(), 1, "the document and its drug share one scope");
    assert!(facts(&output).iter().any(|fact| fact.key == medication.entries[0]));
}

/// MML binds modules to a letter by a group, wherever they stand in the message.
#[test]
fn diagnoses_of_the_same_group_are_the_letters_own() {
    let group = "<groupId>g</groupId>";
    let output = read(
        message(&[item_of("re", AT, group, &referral("")), item_of("rd", AT, group, RD), item("rd2", AT, RD)])
            .as_bytes(),
    );
    let document = bodies!(output, Document)[0];
    assert_eq!(section(document, SectionKind::Problems).entries.len(), 1);
    let feeds: Vec<String> = facts(&output)
        .iter()
        .filter(|fact| fact.kind() == Some(RecordKind::Condition))
        .map(|fact| fact.key.scope.feed.to_string())
        .collect();
    assert_eq!(feeds, ["mmlRe", "mmlRd"]);
}

#[test]
fn a_summary_needs_a_discharge() {
    let summary = |history: &str| {
        format!(
            "<SummaryModule><serviceHistory>{history}</serviceHistory>{RD}<chiefComplaints>発熱</chiefComplaints></SummaryModule>"
        )
    };
    let stay = "<inPatient><inPatientItem><admission><date>2026-02-01</date></admission><discharge><date>2026-02-14</date><dischargeCondition outcome='died'>死亡退院</dischargeCondition></discharge></inPatientItem></inPatient>";
    let output = read(message(&[item("sm", AT, &summary(stay))]).as_bytes());
    let document = bodies!(output, Document)[0];
    let of = document.stay.as_ref().unwrap();
    assert_eq!(of.admitted.unwrap().to_string(), "2026-02-01");
    assert_eq!(of.disposition.as_ref().unwrap().display, "死亡");
    assert_eq!(section(document, SectionKind::DischargeDiagnoses).entries.len(), 1);
    assert_eq!(words(section(document, SectionKind::DischargeDetails)), "死亡退院|転帰: 死亡");
    assert!(
        document.sections.iter().all(|section| section.kind != SectionKind::AdmissionDiagnoses),
        "begun in the stay"
    );
    assert_eq!(words(section(document, SectionKind::ReasonForAdmission)), "主訴: 発熱");
    let had_begun = summary(stay).replace("2026-02-10", "2026-01-30");
    let output = read(message(&[item("sm", AT, &had_begun)]).as_bytes());
    let named = &section(bodies!(output, Document)[0], SectionKind::AdmissionDiagnoses).text;
    assert_eq!(named, &[Block::List(vec!["狭心症（2026-01-30から）".to_owned()])]);
    let visits = read(message(&[item("sm", AT, &summary("<outPatient/>"))]).as_bytes());
    assert_eq!(ends(&visits), [(RecordKind::Document, "MML-110")]);
    assert_eq!(facts(&visits).len(), 1, "its diagnosis is the patient's");
}

#[test]
fn a_letter_without_an_id_waits_for_a_person() {
    let output = read(message(&[item("", AT, &referral("<referPurpose>精査</referPurpose>"))]).as_bytes());
    assert_eq!(ends(&output), [(RecordKind::Document, "MML-012")]);
    assert!(codes(&output).contains(&"MML-012"));
}

#[test]
fn markup_and_scripts_are_text() {
    let hostile = "<presentIllness>先月<x:script xmlns:x='urn:x'>alert(1)</x:script>&lt;img src=x onerror=alert(1)&gt;</presentIllness>";
    let output = read(message(&[item("re", AT, &referral(hostile))]).as_bytes());
    let document = bodies!(output, Document)[0];
    assert_eq!(words(section(document, SectionKind::PresentIllness)), "先月\nalert(1)\n<img src=x onerror=alert(1)>");
}

#[test]
fn what_a_letter_says_under_an_unknown_name_is_not_lost() {
    let lab = "<TestModule><information registId='1' sampleTime='2026-03-09'/><laboTest><item><itemName itCode='1'>CRP</itemName><value>0.1</value></item></laboTest></TestModule>";
    let parts = format!("<referPurpose>精査</referPurpose><physicalExam>腹部に圧痛</physicalExam>{lab}");
    let output = read(message(&[item("re", AT, &referral(&parts))]).as_bytes());
    let document = bodies!(output, Document)[0];
    assert_eq!(words(section(document, SectionKind::Remarks)), "physicalExam: 腹部に圧痛");
    assert_eq!(
        &*facts(&output).iter().find(|f| f.kind() == Some(RecordKind::LabResult)).unwrap().key.scope.feed,
        "mmlRe"
    );
}

#[test]
fn a_letter_without_an_id_is_held_with_its_drugs() {
    let parts = format!("<medication>現在{DRUG}</medication>");
    let output = read(message(&[item("", AT, &referral(&parts))]).as_bytes());
    assert_eq!(ends(&output), [(RecordKind::Prescription, "MML-012"), (RecordKind::Document, "MML-012")]);
    assert!(facts(&output).is_empty());
}

#[test]
fn days_and_houses_of_a_stay_are_said() {
    let summary = "<SummaryModule><serviceHistory><inPatient><inPatientItem><admission><date>2026-02-01</date><referFrom><PersonalizedInfo><Facility><name>架空町診療所</name></Facility></PersonalizedInfo></referFrom></admission><discharge><date>2026-02-10</date></discharge></inPatientItem></inPatient></serviceHistory><clinicalCourse><clinicalRecord date='2026-02-03'>手術</clinicalRecord><clinicalRecord date='2026-02-05'>歩行開始</clinicalRecord></clinicalCourse><deathInfo date='2026-02-10'>肺炎</deathInfo></SummaryModule>";
    let output = read(message(&[item("sm", AT, summary)]).as_bytes());
    let document = bodies!(output, Document)[0];
    assert_eq!(words(section(document, SectionKind::ClinicalCourse)), "2026-02-03 手術\n2026-02-05 歩行開始");
    assert_eq!(words(section(document, SectionKind::AdmissionDetails)), "紹介元: 架空町診療所");
    assert_eq!(words(section(document, SectionKind::DischargeDetails)), "死亡: 2026-02-10 肺炎");
}
