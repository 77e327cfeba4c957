//! One prescription in every format that can hold it: what a document carries of it is the same.

use encoding_rs::SHIFT_JIS;
use serde_json::Value;
use std::sync::Arc;
use tsugite_clinical::{
    Chart, DateTime, Fact, Key, PatientId, Presence, Scope, Statement, Version,
    body::{
        Address, Block, Body, Care, CareClass, ChartPart, Code, Consent, Document, DocumentKind, Insurance, Name,
        Party, Patient, Practitioner, Representation, Section, SectionKind, Sex,
    },
    policy::{Baselines, Institution, Overlay, Policy, Sender},
};
use tsugite_clins::{IgVersion, NeverIssued, Site, report};
use tsugite_issue::Origin;
use tsugite_source::{Context, Input, Output, Sink, Source};
use tsugite_source_jahis::Jahis;
use tsugite_source_mml::Mml;
use tsugite_source_ssmix2::Ssmix2;
use tsugite_source_uke::Uke;
use tsugite_terminology::{
    Tables,
    masters::{Given, Masters, read},
    standardise,
};

const DRUG: &str = "ツギテ錠５";
const USAGE: &str = "内服１日３回毎食後";

fn cp932(text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = SHIFT_JIS.encode(text);
    assert!(!unmappable);
    bytes.into_owned()
}

/// OMP-01: an amount for a day (RXE-19), the usage in words (TQ1-3), 14 days.
fn order() -> Vec<u8> {
    let mut rxe = vec![String::new(); 28];
    for (at, text) in [
        (0, "RXE"),
        (2, &*format!("9999001F1010^{DRUG}^YJ")),
        (3, "\"\""),
        (5, "\"\""),
        (19, "3^TAB&錠&MR9P"),
        (21, "OHP^外来処方^MR9P~OHO^院外処方^MR9P"),
        (27, "21^内服^JHSP0003"),
    ] {
        rxe[at] = text.to_owned();
    }
    let segments = [
        "MSH|^~\\&|HIS|A|GW|B|20260310120000||RDE^O11^RDE_O11|1|P|2.5||||||UNICODE UTF-8||ISO 2022-1994|SS-MIX2_1.20_h^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO",
        "PID|0001||00012345||仮山^花子^^^^^L^I||19800203|F",
        "ORC|NW|77||1|||||20260310",
        &rxe.join("|"),
        &format!("TQ1|1||^{USAGE}|||14^d|20260310"),
    ];
    (segments.join("\r") + "\r").into_bytes()
}

/// レセプト: 診療識別 21, 数量 for a day, 回数 days, the usage as a comment, the drug as a receipt code.
fn receipt() -> Vec<u8> {
    let days: Vec<&str> = (1..=31).map(|day| if day == 10 { "1" } else { "" }).collect();
    let drug = format!("IY,,1,629000001,3,5,14,,,,,,,{}", days.join(","));
    let lines = [
        "IR,1,13,1,9999999,,仮の診療所,202604,00,03-0000-0000",
        "RE,1,1112,202603,仮山　花子,2,19800203,,,,,,,00012345,,,,,,,,,,,,,,,,,,,,,,,,",
        "HO,06139999,１２３,４５,1,500,,,,,,,,,",
        &format!("CO,21,1,810000001,{USAGE}"),
        &drug,
        "GO,1,500,99",
    ];
    cp932(&(lines.join("\r\n") + "\r\n"))
}

/// 院外処方箋 QR.
fn symbol() -> Vec<u8> {
    let text = format!(
        "JAHIS10\r\n1,1,9999999,13,仮の診療所\r\n5,,,仮森 医師\r\n11,00012345,仮山 花子,\r\n12,2\r\n13,19800203\r\n51,20260310\r\n101,1,1,,14\r\n111,1,1,,{USAGE},\r\n201,1,1,1,4,9999001F1010,{DRUG},3,1,錠\r\n\x1a"
    );
    cp932(&text)
}

/// お薬手帳.
fn notebook() -> Vec<u8> {
    let text = format!(
        "JAHISTC08,1\r\n1,仮山 花子,2,19800203\r\n5,20260310,1\r\n11,仮の薬局,13,4,9999998,,,,1\r\n51,仮の診療所,13,1,9999999,1\r\n201,1,{DRUG},3,錠,4,9999001F1010,1\r\n301,1,{USAGE},14,日分,1,1,,1\r\n"
    );
    cp932(&text)
}

/// MML with the content of one module.
fn mml(content: &str) -> Vec<u8> {
    format!(
        "<Mml version='4.1.2' createDate='2026-03-10T12:00:00'><MmlHeader><masterId><Id type='facility'>00012345</Id></masterId></MmlHeader><MmlBody><MmlModuleItem><docInfo><docId><uid>u-1</uid></docId><confirmDate>2026-03-10T12:00:00</confirmDate></docInfo><content>{content}</content></MmlModuleItem></MmlBody></Mml>"
    )
    .into_bytes()
}

/// mmlPs with a day's amount, as systems without amounts a taking are told to write it.
fn module() -> Vec<u8> {
    mml(&format!(
        "<PrescriptionModule><issuedTo>external</issuedTo><medication><batchNo>1</batchNo><medicine><name>{DRUG}</name><code system='YJ'>9999001F1010</code></medicine><dose>3</dose><doseUnit>錠</doseUnit><frequencyPerDay>1</frequencyPerDay><startDate>2026-03-10</startDate><duration>P14D</duration><instruction>{USAGE}</instruction></medication></PrescriptionModule>"
    ))
}

fn claim() -> Vec<u8> {
    mml(&format!(
        "<ClaimModule><information performTime='2026-03-10T09:30:00'/><bundle classCode='212'><administration>{USAGE}</administration><bundleNumber>14</bundleNumber><item subclassCode='2' code='629000001'><name>{DRUG}</name><number numberCode='10' unit='錠'>3</number></item></bundle></ClaimModule>"
    ))
}

/// A master of one invented drug, in the layout of 医薬品マスター.
fn masters() -> Masters {
    let mut cells = vec![""; 42];
    for (column, text) in [
        (1, "0"),
        (2, "Y"),
        (3, "629000001"),
        (5, DRUG),
        (10, "錠"),
        (30, "20240401"),
        (31, "99999999"),
        (32, "9999001F1010"),
        (34, "0"),
        (35, DRUG),
    ] {
        cells[column - 1] = text;
    }
    let cells: Vec<String> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
    let bytes = cp932(&(cells.join(",") + "\r\n"));
    let imported = read(Given { name: "y_20260101.csv", bytes: &bytes, date: None }).unwrap();
    Masters::new(imported.into_iter().map(|imported| imported.edition))
}

fn patient() -> PatientId {
    PatientId { space: "clinic".into(), id: "00012345".into() }
}

/// The drug lines of an input, of whichever patient the format can name: a notebook cannot, and a person says whose it is.
fn lines(source: &dyn Source, bytes: &[u8]) -> Vec<Fact> {
    let input = Input::new("input", bytes);
    assert!(source.recognise(&input).is_some());
    let context = Context { instance: "test".into(), id_space: "clinic".into(), gaiji: Arc::default() };
    let mut sink = Sink::new();
    source.read(&input, &context, &mut sink);
    let Output { statements, issues, .. } = sink.finish();
    let line = |statement| match statement {
        Statement::Fact(fact) if matches!(fact.body, Body::Prescription(_)) => {
            Some(Fact { patient: patient(), ..fact })
        }
        _ => None,
    };
    let lines: Vec<Fact> = statements.into_iter().filter_map(line).collect();
    assert_eq!(lines.len(), 1, "{issues:?}");
    lines
}

fn stated(feed: &str, item: &str, body: Body) -> Statement {
    let input = Input::new(feed, feed.as_bytes());
    let scope = Scope { source: "test".into(), feed: feed.into(), part: "".into() };
    Statement::Fact(Fact {
        patient: patient(),
        key: Key { scope: Arc::new(scope), item: item.into(), ordinal: 0 },
        version: Version { time: 20_260_310_000_000_000, ..Version::default() },
        presence: Presence::Present,
        body,
        origin: Origin::whole(input.name),
    })
}

fn name(family: &str, given: &str) -> Name {
    Name { representation: Representation::Ideographic, family: family.into(), given: given.into() }
}

fn master_data() -> Patient {
    Patient {
        names: vec![
            name("仮山", "花子"),
            Name { representation: Representation::Syllabic, ..name("カリヤマ", "ハナコ") },
        ],
        birth_date: DateTime::parse_hl7("19800203").map(|at| at.date),
        sex: Some(Sex::Female),
        address: Some(Address {
            text: "東京都千代田区架空町1-2-3".into(), postal_code: Some("100-0000".into())
        }),
        insurances: vec![Insurance {
            payer: "06139999".into(),
            symbol: "12".into(),
            number: "345".into(),
            branch: Some("01".into()),
            ..Insurance::default()
        }],
        ..Patient::default()
    }
}

/// A letter that takes the drugs of the chart.
fn letter() -> Document {
    let text =
        |kind, said: &str| Section { kind, title: None, text: vec![Block::Paragraph(said.into())], entries: vec![] };
    Document {
        written: DateTime::parse_hl7("20260312103000"),
        care: Care {
            class: Some(CareClass::Ambulatory),
            department: Some(Code { code: "01".into(), display: "内科".into(), system: String::new() }),
            practitioner: Some(Practitioner { id: None, name: Some(name("仮森", "医師")) }),
            insurances: Vec::new(),
        },
        recipient: Some(Party { number: Some("1311234567".into()), name: "仮の病院".into(), ..Party::default() }),
        consent: Consent::Given,
        sections: vec![
            text(SectionKind::ReferralPurpose, "精査をお願いします。"),
            text(SectionKind::Problems, "腹痛"),
            text(SectionKind::PresentIllness, "先月から。"),
        ],
        include: vec![ChartPart::Prescriptions],
        ..Document::new(DocumentKind::Referral, "L-1")
    }
}

/// The MedicationRequest of the letter's bundle, without what is of its place and not of the prescription.
fn medication_request(lines: Vec<Fact>) -> Value {
    let statements = [
        stated("ADT-00", "patient", Body::Patient(Box::new(master_data()))),
        stated("LETTER", "document", Body::Document(Box::new(letter()))),
    ];
    let chart = Chart::new(lines.into_iter().map(Statement::Fact).chain(statements));
    let mut policy = Policy::default();
    policy.defaults.practitioner = Some("仮森 医師".into());
    policy.document.sender =
        Some(Sender { name: "仮の診療所".into(), address: None, postal_code: None, telephone: None });
    let tables = Tables::embedded().with_masters(Arc::new(masters()));
    let standardised = standardise(chart.resolve(), &tables, &policy);
    let (overlay, baselines) = (Overlay::default(), Baselines::default());
    let site = Site {
        institution: &Institution::new("1319999999").unwrap(),
        policy: &policy,
        overlay: &overlay,
        baselines: &baselines,
        as_of: DateTime::parse_hl7("20260312").unwrap(),
        since: None,
        issued: &NeverIssued,
        ig: IgVersion::default(),
        subject: None,
    };
    let outcome = report(&standardised, &site);
    assert_eq!(outcome.built.len(), 1, "{:?}", outcome.held);
    let bundle: Value = serde_json::from_slice(&outcome.built[0].bytes).unwrap();
    let resources = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    let mut requests: Vec<Value> =
        resources.filter(|resource| resource["resourceType"] == "MedicationRequest").cloned().collect();
    assert_eq!(requests.len(), 1);
    let mut request = requests.remove(0);
    let object = request.as_object_mut().unwrap();
    for of_place in ["id", "meta", "identifier", "contained", "encounter", "requester", "subject", "text"] {
        object.remove(of_place);
    }
    request
}

fn categories(request: &Value) -> Vec<&str> {
    let all = request["category"].as_array().unwrap().iter();
    all.map(|category| category["coding"][0]["code"].as_str().unwrap()).collect()
}

#[test]
fn one_prescription_is_the_same_in_every_format() {
    let (uke, mml, jahis) = (Uke::default(), Mml::default(), Jahis::default());
    let formats: [(&str, &dyn Source, Vec<u8>); 6] = [
        ("OMP-01", &Ssmix2, order()),
        ("MML", &mml, module()),
        ("CLAIM", &mml, claim()),
        ("QR", &jahis, symbol()),
        ("お薬手帳", &jahis, notebook()),
        ("UKE", &uke, receipt()),
    ];
    let requests: Vec<(&str, Value)> =
        formats.iter().map(|(name, source, bytes)| (*name, medication_request(lines(*source, bytes)))).collect();
    let (_, first) = &requests[0];
    let dosage = &first["dosageInstruction"][0];
    assert_eq!(first["medicationCodeableConcept"]["coding"][0]["code"], "9999001F1010");
    assert_eq!(dosage["doseAndRate"][0]["rateRatio"]["numerator"]["code"], "TAB");
    assert_eq!(dosage["timing"]["code"]["text"], USAGE);
    assert_eq!(first["dispenseRequest"]["expectedSupplyDuration"]["value"].to_string(), "14");
    assert_eq!(first["authoredOn"], "2026-03-10");
    for (name, request) in &requests {
        let (mut request, mut first) = (request.clone(), first.clone());
        // A receipt has the drugs that the clinic itself dispensed, and no others.
        let expected: &[&str] = if *name == "UKE" { &["OHI"] } else { &["OHP", "OHO"] };
        assert_eq!(categories(&request), expected, "{name}");
        request.as_object_mut().unwrap().remove("category");
        first.as_object_mut().unwrap().remove("category");
        assert_eq!(request, first, "{name}");
    }
}
