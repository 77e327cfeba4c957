//! What stands in the chart after documents were corrected, withdrawn or replaced.

use std::{fs, path::Path, sync::Arc};
use tsugite_clinical::{
    Chart, End, Statement,
    body::{Body, CheckupValue, Document},
};
use tsugite_source::{Context, Input, Output, Sink, Source as _};
use tsugite_source_cda::{Cda, issues};

fn context() -> Context {
    Context { instance: "cda".into(), id_space: "cda".into(), gaiji: Arc::default() }
}

fn read(path: &str, bytes: &[u8]) -> Output {
    let mut sink = Sink::new();
    Cda::default().read(&Input::new(path, bytes), &context(), &mut sink);
    sink.finish()
}

fn inputs(folder: &Path, found: &mut Vec<Output>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        match path.is_dir() {
            true => inputs(&path, found),
            false => found.push(read(path.to_str().unwrap(), &fs::read(&path).unwrap())),
        }
    }
}

fn case(name: &str) -> Vec<Output> {
    let mut found = Vec::new();
    inputs(&Path::new("../../samples/cases").join(name).join("input"), &mut found);
    found
}

fn active(outputs: &[Output]) -> Vec<String> {
    let statements: Vec<Statement> = outputs.iter().flat_map(|output| output.statements.clone()).collect();
    let chart = Chart::new(statements);
    let resolved = chart.resolve();
    let records = resolved.active().filter(|fact| fact.kind().is_some());
    records.map(|fact| format!("{} {}", fact.key.scope.part, fact.key.item)).collect()
}

fn documents(outputs: &[Output]) -> Vec<Document> {
    let statements = outputs.iter().flat_map(|output| &output.statements);
    let documents = statements.filter_map(|statement| match statement {
        Statement::Fact(fact) => match &fact.body {
            Body::Document(document) => Some((**document).clone()),
            _ => None,
        },
        _ => None,
    });
    documents.collect()
}

fn held(outputs: &[Output]) -> Vec<&'static str> {
    let ends = outputs.iter().flat_map(|output| &output.ended);
    ends.filter_map(|ended| if let End::Held(rule) = ended.end { Some(rule.code) } else { None }).collect()
}

#[test]
fn a_corrected_check_is_what_the_newer_report_says() {
    let outputs = case("hc08/correction");
    let scope = "1319999999:2024-04-10:010";
    assert_eq!(active(&outputs), [format!("{scope} 01010/checkup/9N001000000000001"), format!("{scope} document")]);
    let ids: Vec<_> = documents(&outputs).into_iter().map(|document| document.id).collect();
    assert_eq!(ids[0], ids[1], "both are one Unit");
}

#[test]
fn a_withdrawn_check_leaves_nothing() {
    assert_eq!(active(&case("hc08/withdrawn")), Vec::<String>::new());
}

#[test]
fn two_of_a_family_are_two_patients_and_two_units() {
    let outputs = case("hc08/family-without-branch");
    let patients: std::collections::BTreeSet<_> =
        outputs.iter().flat_map(|output| &output.statements).map(|statement| statement.patient().id.clone()).collect();
    assert_eq!(patients.len(), 2, "{patients:?}");
    let documents = documents(&outputs);
    assert_ne!(documents[0].id, documents[1].id);
    assert!(patients.iter().all(|id| !documents.iter().any(|document| document.id.contains(&**id))));
}

#[test]
fn every_kind_of_item_is_read_as_it_stands() {
    let outputs = case("hc08/item-kinds");
    let statements = outputs.iter().flat_map(|output| &output.statements);
    let items: Vec<_> = statements
        .filter_map(|statement| match statement {
            Statement::Fact(fact) => match &fact.body {
                Body::CheckupItem(item) => Some((item.item.codes[0].code.clone(), item.clone())),
                _ => None,
            },
            _ => None,
        })
        .collect();
    let of = |code: &str| items.iter().find(|(found, _)| found == code).map(|(_, item)| item).unwrap();
    let quantity = |value: &str, unit: &str| CheckupValue::Quantity { value: value.into(), unit: Some(unit.into()) };
    assert_eq!(of("9N001000000000001").value, quantity("170.2", "cm"));
    assert_eq!(of("3F015000002327101").flags, ["HX"]);
    assert_eq!((of("3F070000002327101").low.as_deref(), of("3F070000002327101").high.as_deref()), (Some("40"), None));
    assert_eq!(of("3F077000002327101").value, CheckupValue::NotPerformed);
    assert_eq!(of("3D010000001926101").value, CheckupValue::NotMeasurable);
    assert!(matches!(&of("1A020000000191111").value, CheckupValue::Coded(code) if code.code == "2"));
    let series: Vec<_> = items
        .iter()
        .filter_map(|(code, item)| Some((code.as_str(), item.series.as_deref()?, item.relation.as_deref()?)))
        .collect();
    assert_eq!(
        series,
        [
            ("9A110160700000011", "9A110", "COMP"),
            ("9A110160800000049", "9A110", "COMP"),
            ("9A110161000000049", "9A110", "RSON"),
        ]
    );
    assert_eq!(of("9A110160700000011").judged_by.as_deref(), Some("継手　一郎"));
    assert_eq!(of("5D305000002399811").section.as_ref().unwrap().code, "01990");
}

#[test]
fn the_doctor_who_judged_the_check_signs_it() {
    let doctors: Vec<_> =
        documents(&case("hc08/package")).into_iter().map(|document| document.care.practitioner).collect();
    let names: Vec<_> = doctors.iter().flatten().filter_map(|doctor| doctor.name.as_ref()).collect();
    assert_eq!(names.len(), 2);
    assert!(names.iter().all(|name| (name.family.as_str(), name.given.as_str()) == ("継手", "一郎")), "{names:?}");
}

#[test]
fn a_letter_of_a_set_stands_in_its_newest_version() {
    let outputs = case("cda/correction");
    let set = "1.2.392.999999.2:SET-1";
    assert_eq!(active(&outputs), [format!("{set} document")], "the diagnosis is gone with the older version");
}

#[test]
fn a_letter_that_replaces_another_takes_its_place() {
    let outputs = case("cda/replaced-under-another-id");
    assert_eq!(active(&outputs), ["1.2.392.999999.1:R-11 document"]);
}

#[test]
fn a_content_folder_may_withdraw_a_document_and_must_name_its_patient() {
    let outputs = case("cda/extended-storage");
    assert_eq!(active(&outputs), Vec::<String>::new());
    assert_eq!(held(&outputs), [issues::FOLDER_DIFFERS.code]);
}

#[test]
fn what_is_unknown_or_of_nobody_is_held() {
    for (name, rule) in [
        ("cda/unknown-kind", &issues::DOCUMENT_UNKNOWN),
        ("hc08/unknown-report", &issues::DOCUMENT_UNKNOWN),
        ("hc08/bad-values", &issues::ITEM_WITHOUT_CODE),
        ("cda/entries", &issues::ENTRY_EMPTY),
    ] {
        let held = held(&case(name));
        assert!(held.contains(&rule.code), "{name}: {held:?}");
    }
    let outputs = case("cda/no-number");
    assert!(outputs.iter().all(|output| output.held.is_some()));
}

#[test]
fn other_xml_is_unreadable() {
    let output = read("report.xml", b"<report xmlns='urn:example'/>");
    assert!(output.unreadable && output.issues[0].code() == issues::NOT_CDA.code);
}

#[test]
fn a_letter_says_who_wrote_to_whom_and_carries_itself() {
    let output = &case("cda/referral")[0];
    let document = &documents(std::slice::from_ref(output))[0];
    let author = document.author.as_ref().unwrap();
    assert_eq!((author.number.as_deref(), author.name.as_str()), (Some("1319999999"), "継手診療所（架空）"));
    let doctor = author.practitioner.as_ref().unwrap().name.as_ref().unwrap();
    assert_eq!((doctor.family.as_str(), doctor.given.as_str()), ("継手", "一郎"));
    let recipient = document.recipient.as_ref().unwrap();
    assert_eq!((recipient.number.as_deref(), recipient.name.as_str()), (Some("1319999998"), "木組総合病院（架空）"));
    assert_eq!(recipient.department.as_ref().unwrap().display, "循環器内科");
    assert_eq!(document.attachments[0].content_type, "application/pdf");
    assert_eq!(document.original.as_ref().unwrap().content_type, "application/xml");
    let keys: Vec<_> = document.sections.iter().flat_map(|section| &section.entries).map(|key| &*key.item).collect();
    assert_eq!(
        keys,
        ["1/problem/20054587", "1/problem/20054712", "4/allergy/6131001M1020", "5/prescription/2171022F3025",]
    );
}
