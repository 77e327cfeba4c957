//! One problem list as receipts (CP932 with eras, CP932, UTF-8) and as SS-MIX2: the Conditions are the same.

use encoding_rs::SHIFT_JIS;
use serde_json::{Value, json};
use std::sync::Arc;
use tsugite_clinical::{
    Chart, DateTime,
    policy::{Baselines, DepartmentDefault, Institution, Missing, Overlay, Policy},
};
use tsugite_clins::{IgVersion, NeverIssued, Site, report};
use tsugite_source::{Context, Input, Sink, Source};
use tsugite_source_ssmix2::Ssmix2;
use tsugite_source_uke::Uke;
use tsugite_terminology::{
    Tables,
    masters::{Given, Masters, read},
    standardise,
};

/// Receipt code, name, 病名管理番号, 交換用コード, ICD-10.
const DISEASES: [[&str; 5]; 3] = [
    ["9990001", "仮の糖尿病", "29990001", "ZZA1", "E149"],
    ["9990002", "仮の中耳炎", "29990002", "ZZA2", "H669"],
    ["9990003", "仮の気管支炎", "29990003", "ZZA3", "J209"],
];
/// Modifier code, name, 修飾語管理番号, 交換用コード, 区分.
const MODIFIERS: [[&str; 5]; 3] = [
    ["2999", "仮右", "27999001", "ZZB1", "1"],
    ["8999", "の仮再発", "27999002", "ZZB2", "3"],
    ["8002", "の疑い", "27999003", "ZZB3", "3"],
];
const UNCODED: &str = "仮の登録のない病";

fn cp932(text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = SHIFT_JIS.encode(text);
    assert!(!unmappable);
    bytes.into_owned()
}

/// A quoted row with some columns filled (1-based).
fn row(width: usize, filled: &[(usize, &str)]) -> String {
    let mut cells = vec![String::new(); width];
    filled.iter().for_each(|(column, text)| cells[column - 1] = (*text).to_owned());
    cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\r\n"
}

fn masters() -> Masters {
    let disease = |[code, name, number, exchange, icd10]: [&str; 5]| {
        let filled = [(1, "0"), (2, "B"), (3, code), (4, code), (6, name), (8, name), (10, "カリ"), (11, number)];
        row(46, &[&filled[..], &[(12, "1"), (13, exchange), (16, icd10), (22, "20020601"), (24, "99999999")]].concat())
    };
    let modifier = |[code, name, number, exchange, category]: [&str; 5]| {
        let filled = [(1, "0"), (2, "Z"), (3, code), (7, name), (10, "カリ"), (14, "20020601"), (16, "99999999")];
        row(19, &[&filled[..], &[(17, number), (18, exchange), (19, category)]].concat())
    };
    let files =
        [("b_20240601.txt", DISEASES.map(disease).concat()), ("z_20240601.txt", MODIFIERS.map(modifier).concat())];
    let read = |(name, text): (&str, String)| read(Given { name, bytes: &cp932(&text), date: None }).unwrap();
    Masters::new(files.into_iter().flat_map(read).map(|imported| imported.edition))
}

/// Dates as a function writes them: western, or with the era as a digit.
fn receipts(day: impl Fn(&str) -> String) -> String {
    let month = |text: &str| {
        let day = day(&format!("{text}01"));
        day[..day.len() - 2].to_owned()
    };
    let lines = [
        format!("IR,1,13,1,9999999,,仮の診療所,{},00,03-0000-0000", month("202605")),
        format!("RE,1,1112,{},仮山　花子,2,{},,,,,,,00012345", month("202604"), day("19800203")),
        "HO,06139999,１２,３４５,1,500,,,,,,,,,".to_owned(),
        "SN,1,01,,,,01,,".to_owned(),
        format!("SY,9990001,{},1,,,01,", day("20210801")),
        format!("SY,9990002,{},1,29998999,,,", day("20260410")),
        format!("SY,9990003,{},2,,,,", day("20260402")),
        format!("SY,9990003,{},1,8002,,,", day("20260420")),
        format!("SY,0000999,{},1,,{UNCODED},,", day("20190430")),
        "GO,1,500,99".to_owned(),
    ];
    lines.join("\r\n") + "\r\n"
}

fn era(day: &str) -> String {
    let year: u32 = day[..4].parse().unwrap();
    let (era, first) = match day {
        day if day >= "20190501" => (5, 2018),
        day if day >= "19890108" => (4, 1988),
        _ => (3, 1925),
    };
    format!("{era}{:02}{}", year - first, &day[4..])
}

/// PPR-01, the whole list of the patient.
fn problems() -> Vec<u8> {
    let disease = |at: usize| format!("{}^{}^MDCDX2", DISEASES[at][2], DISEASES[at][1]);
    let modifier = |at: usize, column: usize| format!("{}^{}^MDCDX2", MODIFIERS[at][column], MODIFIERS[at][1]);
    let prb = |disease: String, icd10: &str, suspected: &str, outcome: &str, ended: &str, onset: &str, main: &str| {
        format!("PRB|AD|{onset}|{disease}|1|||{onset}||{ended}|{icd10}^^I10|||{suspected}|{outcome}||{onset}||{main}")
    };
    let segments = [
        "MSH|^~\\&|HIS|A|GW|B|20260430120000||PPR^PC1^PPR_PC1|1|P|2.5||||||UNICODE UTF-8||ISO 2022-1994|SS-MIX2_1.20_h^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO".to_owned(),
        "PID|0001||00012345^^^^PI||仮山^花子^^^^^L^I||19800203|F|||^^^^1000000^^H^東京都千代田区架空町1-2-3".to_owned(),
        "PV1|0001|O|01^^^^^C".to_owned(),
        prb(disease(0), DISEASES[0][4], "", "N^不変^HL70241", "", "20210801", "1^主診断^JHSD0007"),
        prb(disease(1), DISEASES[1][4], "", "N^不変^HL70241", "", "20260410", ""),
        format!(
            "ZPR|{}||{}|{}||{}",
            modifier(0, 2),
            modifier(1, 2),
            modifier(0, 3),
            modifier(1, 3)
        ),
        prb(disease(2), DISEASES[2][4], "", "F^完全に回復^HL70241", "20260418", "20260402", ""),
        prb(disease(2), DISEASES[2][4], "1^疑い^JHSD0005", "N^不変^HL70241", "", "20260420", ""),
        prb(format!("99999999^{UNCODED}^MDCDX2"), "", "", "N^不変^HL70241", "", "20190430", ""),
    ];
    (segments.join("\r") + "\r").into_bytes()
}

/// Insurance and address, which a diagnosis message does not have.
fn master_data() -> Vec<u8> {
    let segments = [
        "MSH|^~\\&|HIS|A|GW|B|20260430120000||ADT^A08^ADT_A01|1|P|2.5||||||UNICODE UTF-8||ISO 2022-1994|SS-MIX2_1.20_h^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO",
        "EVN||20260430120000",
        "PID|0001||00012345^^^^PI||仮山^花子^^^^^L^I||19800203|F|||^^^^1000000^^H^東京都千代田区架空町1-2-3",
        "PV1|0001|O",
        "IN1|1|06^組合管掌健康保険^JHSD0001|06139999|||||||12^345|||||||||||||||||||||||||||||01",
    ];
    (segments.join("\r") + "\r").into_bytes()
}

fn path(data_type: &str) -> String {
    let name = format!("00012345_-_{data_type}_999999999999999_20260430120000000_01_1");
    format!("1319999999/000/123/00012345/-/{data_type}/{name}")
}

/// What the Conditions of the problem list say, but for what is of their place.
fn conditions(source: &dyn Source, inputs: &[(String, Vec<u8>)]) -> Vec<Value> {
    let context = Context { instance: "test".into(), id_space: "clinic".into(), gaiji: Arc::default() };
    let mut statements = Vec::new();
    for (path, bytes) in inputs {
        let mut sink = Sink::new();
        source.read(&Input::new(path, bytes.as_slice()), &context, &mut sink);
        let output = sink.finish();
        assert!(output.held.is_none() && !output.unreadable, "{:?}", output.issues);
        statements.extend(output.statements);
    }
    let chart = Chart::new(statements);
    let mut policy = Policy::default();
    policy.patient.address_missing = Missing::DataAbsent;
    policy.patient.name_unsplit = Missing::DataAbsent;
    policy.defaults.department = Some(DepartmentDefault { code: Some("01".into()), name: "内科".into() });
    let tables = Tables::embedded().with_masters(Arc::new(masters()));
    let standardised = standardise(chart.resolve(), &tables, &policy);
    let (overlay, baselines) = (Overlay::default(), Baselines { scanned: ["test".to_owned()].into() });
    let site = Site {
        institution: &Institution::new("1319999999").unwrap(),
        policy: &policy,
        overlay: &overlay,
        baselines: &baselines,
        as_of: DateTime::parse_hl7("20260601").unwrap(),
        since: None,
        issued: &NeverIssued,
        ig: IgVersion::default(),
        subject: None,
    };
    let outcome = report(&standardised, &site);
    assert_eq!(outcome.built.len(), 1, "{:?}", outcome.held);
    let bundle: Value = serde_json::from_slice(&outcome.built[0].bytes).unwrap();
    let said = |resource: &Value| {
        let principal = resource["extension"].to_string().contains("principal");
        json!({
            "code": resource["code"],
            "status": resource["clinicalStatus"],
            "onset": resource["onsetDateTime"],
            "class": resource["contained"][0]["class"],
            "principal": principal,
        })
    };
    let entries = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    let mut said: Vec<Value> = entries.filter(|resource| resource["resourceType"] == "Condition").map(said).collect();
    said.sort_by_key(ToString::to_string);
    said
}

#[test]
fn one_problem_list_is_the_same_in_every_format() {
    let western = receipts(str::to_owned);
    let uke = |bytes: Vec<u8>| conditions(&Uke::default(), &[("RECEIPTC.UKE".to_owned(), bytes)]);
    let storage = [(path("ADT-00"), master_data()), (path("PPR-01"), problems())];
    let ssmix2 = conditions(&Ssmix2, &storage);
    let texts: Vec<_> = ssmix2.iter().map(|condition| condition["code"]["text"].as_str().unwrap()).collect();
    for text in ["仮の糖尿病", "仮右仮の中耳炎の仮再発", "仮の気管支炎", UNCODED] {
        assert!(texts.contains(&text), "{text}: {texts:?}");
    }
    assert_eq!(texts.len(), 4, "what is suspected stays out");
    for (format, conditions) in [
        ("CP932, western", uke(cp932(&western))),
        ("CP932, era", uke(cp932(&receipts(era)))),
        ("UTF-8", uke(western.clone().into_bytes())),
        ("UTF-8 with a mark", uke([b"\xef\xbb\xbf", western.as_bytes()].concat())),
    ] {
        assert_eq!(conditions, ssmix2, "{format}");
    }
}
