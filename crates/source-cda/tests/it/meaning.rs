//! What programs write otherwise than the guides say: nothing is lost, and nothing is said that was not.

use std::sync::Arc;
use tsugite_clinical::{
    End, Statement,
    body::{Body, CheckupItem, CheckupValue, Diagnosis},
};
use tsugite_source::{Context, Input, Output, Sink, Source as _};
use tsugite_source_cda::{Cda, issues};

const OURS: &str = "1.2.392.100495.20.3.51.11319999999";
const THEIRS: &str = "1.2.392.100495.20.3.51.11319999998";

fn read_of(cda: &Cda, path: &str, text: &str) -> Output {
    let context = Context { instance: "cda".into(), id_space: "clinic".into(), gaiji: Arc::default() };
    let mut sink = Sink::new();
    cda.read(&Input::new(path, text.as_bytes()), &context, &mut sink);
    sink.finish()
}

fn read(text: &str) -> Output {
    read_of(&Cda::default(), "a.xml", text)
}

fn target(root: &str, number: &str) -> String {
    format!(
        "<recordTarget><patientRole><id root='{root}' extension='{number}'/><patient><name>継手　健一</name>\
         <administrativeGenderCode code='M'/><birthTime value='19620519'/></patient></patientRole></recordTarget>"
    )
}

fn author(number: &str) -> String {
    format!(
        "<author><time value='20240510'/><assignedAuthor><representedOrganization>\
         <id root='1.2.392.200119.6.102' extension='{number}'/><name>架空診療所</name></representedOrganization></assignedAuthor></author>"
    )
}

fn letter(head: &str, body: &str) -> String {
    format!(
        "<ClinicalDocument xmlns='urn:hl7-org:v3' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><id root='1.2' extension='R1'/>\
         <code code='57133-1' codeSystem='2.16.840.1.113883.6.1'/><effectiveTime value='20240510'/>{head}\
         <component><structuredBody><component><section><code code='11450-4' codeSystem='2.16.840.1.113883.6.1'/>\
         <title>傷病名</title><text>胃潰瘍</text>{body}</section></component></structuredBody></component></ClinicalDocument>"
    )
}

fn checkup(entries: &str) -> String {
    format!(
        "<ClinicalDocument xmlns='urn:hl7-org:v3' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\
         <code code='10' codeSystem='1.2.392.200119.6.1001'/><effectiveTime value='20240415'/><recordTarget><patientRole>\
         <id extension='06139999' root='1.2.392.200119.6.101'/><id extension='101' root='1.2.392.200119.6.204'/>\
         <id extension='234567' root='1.2.392.200119.6.205'/><id extension='01' root='1.2.392.200119.6.211'/></patientRole></recordTarget>\
         <documentationOf><serviceEvent><effectiveTime value='20240410'/></serviceEvent></documentationOf><component><structuredBody>\
         <component><section><code code='01010'/>{entries}</section></component></structuredBody></component></ClinicalDocument>"
    )
}

fn bodies(output: &Output) -> impl Iterator<Item = &Body> {
    output.statements.iter().filter_map(|statement| match statement {
        Statement::Fact(fact) => Some(&fact.body),
        _ => None,
    })
}

fn items(output: &Output) -> Vec<&CheckupItem> {
    bodies(output).filter_map(|body| if let Body::CheckupItem(item) = body { Some(&**item) } else { None }).collect()
}

fn diagnoses(output: &Output) -> Vec<&Diagnosis> {
    bodies(output).filter_map(|body| if let Body::Diagnosis(it) = body { Some(&**it) } else { None }).collect()
}

fn ends(output: &Output) -> Vec<End> {
    output.ended.iter().map(|ended| ended.end).collect()
}

fn told(output: &Output) -> Vec<&'static str> {
    output.issues.iter().map(|issue| issue.code()).collect()
}

#[test]
fn the_number_of_another_institution_is_no_patient_of_ours() {
    let site = Cda::of_site(vec!["1319999999".to_owned()], vec!["1.2.392.999999.7".to_owned()]);
    let (we, they) = (author("1319999999"), author("1319999998"));
    for (head, path) in [
        (target(THEIRS, "0001021") + &they, "a.xml"),
        (target(THEIRS, "0001021"), "a.xml"),
        (target("", "0001021") + &they, "a.xml"),
        // It lies in our patient's folder, and may be about anybody.
        (target(THEIRS, "0001021") + &they, "0001021_20240510_57133-1_001_20240510093000000_01_1/a.xml"),
    ] {
        let output = read_of(&site, path, &letter(&head, ""));
        assert_eq!(output.statements, [], "{head}");
        assert_eq!(ends(&output), [End::NotCarried(&issues::RECEIVED)], "{head}");
    }
    for (head, path) in [
        (target(OURS, "0001021") + &they, "a.xml"),
        (target("1.2.392.999999.7", "0001021") + &they, "a.xml"),
        (target("", "0001021") + &we, "a.xml"),
        (target("1.2.392.999999.8", "0001021") + &we, "0001021_20240510_57133-1_001_20240510093000000_01_1/a.xml"),
    ] {
        let output = read_of(&site, path, &letter(&head, ""));
        let patients: Vec<_> = output.statements.iter().map(|statement| &*statement.patient().id).collect();
        assert!(output.held.is_none() && patients.len() > 2 && patients.iter().all(|id| *id == "0001021"), "{head}");
    }
    for head in [target("1.2.392.999999.8", "0001021") + &we, target(THEIRS, "0001021") + &we, target("", "0001021")] {
        let output = read_of(&site, "a.xml", &letter(&head, ""));
        assert_eq!(output.held, Some(&issues::NUMBER_UNCLEAR), "{head}");
    }
}

#[test]
fn a_document_of_two_patients_is_of_neither() {
    let both = target(OURS, "0001021") + &target(OURS, "0001022");
    let output = read(&letter(&both, ""));
    assert_eq!(ends(&output), [End::Held(&issues::PATIENTS_SEVERAL)]);
    assert!(output.statements.is_empty() && told(&output) == [issues::PATIENTS_SEVERAL.code]);
}

#[test]
fn a_number_agreed_with_an_insurer_is_no_chart_number() {
    let text = checkup("")
        .replace("extension='234567' root='1.2.392.200119.6.205'", "extension='0001021' root='1.2.392.200119.6.299'");
    let output = read(&text);
    assert!(output.statements.iter().all(|statement| &*statement.patient().id == "agreed:06139999:0001021"));
}

fn diagnosis(attributes: &str, inside: &str) -> String {
    format!(
        "<entry><observation classCode='OBS' {attributes}><code code='29308-4'/>{inside}\
         <value xsi:type='CD' code='20062630' codeSystem='1.2.392.200119.4.101.6' displayName='胃潰瘍'/></observation></entry>"
    )
}

#[test]
fn what_is_denied_of_a_relative_or_planned_is_no_disease_of_the_patient() {
    let head = target(OURS, "0001021");
    let said = |entry: &str| read(&letter(&head, entry));
    let output = said(&diagnosis("moodCode='EVN'", ""));
    assert_eq!((diagnoses(&output).len(), diagnoses(&output)[0].suspected), (1, false));
    for (entry, end) in [
        (diagnosis("negationInd='true'", ""), End::NotCarried(&issues::NEGATED)),
        (diagnosis("negationInd='1'", ""), End::NotCarried(&issues::NEGATED)),
        (diagnosis("", "<statusCode code='nullified'/>"), End::Retracted),
        (diagnosis("", "<subject><relatedSubject/></subject>"), End::NotCarried(&issues::OF_ANOTHER)),
        (format!("<subject><relatedSubject/></subject>{}", diagnosis("", "")), End::NotCarried(&issues::OF_ANOTHER)),
    ] {
        let output = said(&entry);
        assert_eq!((diagnoses(&output).len(), ends(&output)), (0, vec![end]), "{entry}");
    }
    let goal = said(&diagnosis("moodCode='GOL'", ""));
    assert!(diagnoses(&goal).is_empty() && told(&goal).contains(&issues::ENTRIES_AS_TEXT.code));
    let uncertain = said(&diagnosis("", "<uncertaintyCode code='UN'/>"));
    assert!(diagnoses(&uncertain)[0].suspected);
}

#[test]
fn a_drug_that_was_stopped_is_no_prescription_of_today() {
    let head = target(OURS, "0001021");
    let drug = |status: &str| {
        let text = letter(
            &head,
            &format!(
                "<entry><substanceAdministration classCode='SBADM' moodCode='RQO'><statusCode code='{status}'/>\
                 <consumable><manufacturedProduct><manufacturedLabeledDrug><name>架空錠</name></manufacturedLabeledDrug>\
                 </manufacturedProduct></consumable></substanceAdministration></entry>"
            ),
        );
        read(&text.replace("11450-4", "29549-3").replace("<title>傷病名", "<title>処方"))
    };
    let drugs = |output: &Output| bodies(output).filter(|body| matches!(body, Body::Prescription(_))).count();
    for status in ["active", "completed"] {
        assert_eq!((drugs(&drug(status)), ends(&drug(status))), (1, vec![]), "{status}");
    }
    for status in ["aborted", "suspended", "held"] {
        assert_eq!(
            (drugs(&drug(status)), ends(&drug(status))),
            (0, vec![End::NotCarried(&issues::STOPPED)]),
            "{status}"
        );
    }
}

fn item(attributes: &str, inside: &str) -> String {
    format!("<observation classCode='OBS' {attributes}><code code='9N006000000000001'/>{inside}</observation>")
}

#[test]
fn values_are_what_stands_there_whatever_their_form() {
    let quantity = |unit: Option<&str>| CheckupValue::Quantity { value: "65.5".into(), unit: unit.map(str::to_owned) };
    for (attributes, value, expected) in [
        ("negationInd='1'", "", CheckupValue::NotPerformed),
        ("negationInd='true'", "<value xsi:type='PQ' value='65.5' unit='kg'/>", CheckupValue::NotPerformed),
        ("negationInd='false'", "<value xsi:type='PQ' value='65.5' unit='kg'/>", quantity(Some("kg"))),
        ("", "<value xsi:type='PQ' unit='kg'>65.5</value>", quantity(Some("kg"))),
        ("", "<value value='65.5' unit='kg'/>", quantity(Some("kg"))),
        ("", "<value xsi:type='INT' value='65.5'/>", quantity(None)),
        ("", "<value xsi:type='ST' value='所見なし'/>", CheckupValue::Text("所見なし".into())),
        ("", "<value xsi:type='ST'> 所見なし </value>", CheckupValue::Text("所見なし".into())),
        ("", "<value xsi:type='PQ' nullFlavor='NI'/>", CheckupValue::NotMeasurable),
        ("", "<value xsi:type='PQ' nullFlavor='UNK'/>", CheckupValue::Absent),
        ("", "", CheckupValue::Absent),
    ] {
        let output = read(&checkup(&format!("<entry>{}</entry>", item(attributes, value))));
        assert_eq!(items(&output)[0].value, expected, "{attributes} {value}");
    }
    let output = read(&checkup(&format!("<entry>{}</entry>", item("", "<value code='2' codeSystem='1.2.3'/>"))));
    assert!(matches!(&items(&output)[0].value, CheckupValue::Coded(code) if code.code == "2"));
}

#[test]
fn everything_that_an_entry_states_is_read_or_held() {
    let value = |number: &str| format!("<value xsi:type='PQ' value='{number}' unit='kg'/>");
    let two = format!("<entry><templateId root='1'/>{}{}</entry>", item("", &value("1")), item("", &value("2")));
    let output = read(&checkup(&two));
    assert_eq!((items(&output).len(), output.ended.len()), (2, 0));

    let other = format!("<entry>{}<act/></entry><entry/>", item("", &value("1")));
    let output = read(&checkup(&other));
    assert_eq!(items(&output).len(), 1);
    assert_eq!(ends(&output), [End::Held(&issues::ENTRY_UNREAD), End::Held(&issues::ENTRY_UNREAD)]);

    let member = format!(
        "<entryRelationship typeCode='COMP'>{}{}<procedure/></entryRelationship>",
        item("", &value("1")),
        item("", &value("2"))
    );
    let output = read(&checkup(&format!("<entry>{}</entry>", item("", &member))));
    assert_eq!((items(&output).len(), ends(&output)), (2, vec![End::Held(&issues::ENTRY_UNREAD)]));

    let gone = item("", &format!("<statusCode code='nullified'/>{}", value("1")));
    let output = read(&checkup(&format!("<entry>{gone}</entry>")));
    assert_eq!((items(&output).len(), ends(&output)), (0, vec![End::Retracted]));
}

#[test]
fn the_hundredth_version_is_newer_than_the_first() {
    let of = |number: &str| {
        let head =
            format!("<setId root='1.2' extension='S'/><versionNumber value='{number}'/>{}", target(OURS, "0001021"));
        let output = read(&letter(&head, ""));
        let facts = output.statements.iter().find_map(|statement| match statement {
            Statement::Fact(fact) => Some(fact.version),
            _ => None,
        });
        facts.unwrap()
    };
    assert!(of("2") > of("1") && of("80") > of("2") && of("300") > of("2"));
}
