use crate::support::{bodies, codes, ends, facts, item, item_of, message, read, read_by};
use tsugite_clinical::{Chart, RecordKind, Standing, Statement, body::Quantity};

const AT: &str = "2026-03-10T10:00:00";

fn said(quantity: Option<&Quantity>) -> String {
    quantity.map(|q| format!("{}{}", q.value, q.unit.as_ref().map_or("", |u| &u.display))).unwrap_or_default()
}

fn medication(dose: &str, frequency: &str, duration: &str, instruction: &str, more: &str) -> String {
    let part =
        |name: &str, text: &str| if text.is_empty() { String::new() } else { format!("<{name}>{text}</{name}>") };
    format!(
        "<medication><batchNo>1</batchNo><medicine><name>見本錠</name><code system='YJ'>2171022F1029</code></medicine>{}<doseUnit>錠</doseUnit>{}{}<startDate>2026-03-10</startDate>{}{more}</medication>",
        part("dose", dose),
        part("frequencyPerDay", frequency),
        part("duration", duration),
        part("instruction", instruction)
    )
}

fn prescribed(medications: &str) -> String {
    message(&[item("u", AT, &format!("<PrescriptionModule>{medications}</PrescriptionModule>"))])
}

#[test]
fn a_dose_is_of_one_taking_unless_words_divide_it() {
    for (dose, frequency, duration, instruction, more, expected) in [
        ("1", "3", "P14D", "内服 毎食後", "", ["1錠", "3錠", ""]),
        ("3", "1", "P14D", "内服3回 各食後", "", ["", "3錠", ""]),
        ("2", "1", "14", "内服 1回 朝食後", "", ["2錠", "2錠", ""]),
        ("0.5", "3", "P7D", "毎食後", "", ["0.5錠", "1.5錠", ""]),
        ("1", "", "", "頭痛時", "<PRN>true</PRN>", ["1錠", "", ""]),
        ("1", "1", "", "頓服 頭痛時", "", ["1錠", "", ""]),
        ("1", "1", "P5D", "屯服 頭痛時", "<PRN>false</PRN>", ["1錠", "", ""]),
        ("50", "", "", "塗布", "", ["", "", "50錠"]),
    ] {
        let output = read(prescribed(&medication(dose, frequency, duration, instruction, more)).as_bytes());
        let line = bodies!(output, Prescription)[0];
        let read = [said(line.dose.as_ref()), said(line.daily_dose.as_ref()), said(line.total.as_ref())];
        assert_eq!(read, expected, "{dose} {frequency} {instruction}");
        let days = if duration.is_empty() { None } else { Some(duration.trim_matches(['P', 'D'])) };
        assert_eq!(line.duration.as_deref(), days);
    }
}

#[test]
fn a_new_edition_takes_the_place_of_the_old_one() {
    let first = medication("1", "3", "P14D", "毎食後", "");
    let second = medication("2", "3", "P14D", "毎食後", "");
    let of = |uid: &str, at: &str, ids: &str, drugs: &str| {
        message(&[item_of(uid, at, ids, &format!("<PrescriptionModule>{drugs}</PrescriptionModule>"))])
    };
    let old = "<parentId relation='oldEdition'>u1</parentId>";
    let statements = |text: &str| read(text.as_bytes()).statements;
    let both: Vec<Statement> = [
        statements(&of("u1", "2026-03-10T10:00:00", "", &first)),
        statements(&of("u2", "2026-03-11T10:00:00", old, &second)),
    ]
    .concat();
    let chart = Chart::new(both);
    let resolved = chart.resolve();
    let standing: Vec<(String, Standing)> = resolved
        .iter()
        .filter(|(stated, _)| stated.fact.kind() == Some(RecordKind::Prescription))
        .map(|(stated, standing)| (stated.fact.key.scope.part.to_string(), standing))
        .collect();
    assert_eq!(standing, [("u1".to_owned(), Standing::Retracted), ("u2".to_owned(), Standing::Active)]);
}

fn diagnosis(name: &str, code: &str, rest: &str) -> String {
    format!(
        "<RegisteredDiagnosisModule><diagnosis code='{code}' system='ORCA'>{name}</diagnosis><startDate>2025-12-01</startDate>{rest}</RegisteredDiagnosisModule>"
    )
}

#[test]
fn a_later_statement_of_a_diagnosis_supersedes_the_first_and_nothing_else() {
    let message = |uid: &str, at: &str, content: &str| message(&[item(uid, at, content)]);
    let statements = |text: &str| read(text.as_bytes()).statements;
    let chart = Chart::new(
        [
            statements(&message("u1", "2025-12-01T09:00:00", &diagnosis("急性気管支炎", "4660009", ""))),
            statements(&message("u2", "2025-12-02T09:00:00", &diagnosis("高血圧症", "8833421", ""))),
            statements(&message(
                "u3",
                "2025-12-20T09:00:00",
                &diagnosis("急性気管支炎", "4660009", "<endDate>2025-12-20</endDate>"),
            )),
        ]
        .concat(),
    );
    let resolved = chart.resolve();
    let mut standings: Vec<_> =
        resolved.iter().map(|(stated, standing)| (stated.fact.key.item.to_string(), standing)).collect();
    standings.sort_by_key(|(item, standing)| (item.clone(), format!("{standing:?}")));
    let (bronchitis, pressure) = ("4660009^^2025-12-01".to_owned(), "8833421^^2025-12-01".to_owned());
    assert_eq!(
        standings,
        [(bronchitis.clone(), Standing::Active), (bronchitis, Standing::Superseded), (pressure, Standing::Active)]
    );
    assert!(chart.lists().is_empty(), "a message of some diagnoses is no whole list");
}

#[test]
fn a_doubt_is_seen_in_the_category_and_in_the_code() {
    let category = "<categories><category tableId='MML0015'>suspectedDiagnosis</category></categories>";
    for (code, rest, suspected) in [("1519002", "", false), ("1519002", category, true), ("1519002.8002", "", true)] {
        let output = read(message(&[item("u", AT, &diagnosis("胃癌", code, rest))]).as_bytes());
        assert_eq!(bodies!(output, Diagnosis)[0].suspected, suspected, "{code} {rest}");
    }
}

#[test]
fn words_instead_of_a_date_are_kept() {
    let allergy = "<BaseClinicModule><allergy><allergyItem><factor>カニ</factor><identifiedDate>小学校時代</identifiedDate></allergyItem></allergy></BaseClinicModule>";
    let output = read(message(&[item("u", AT, allergy)]).as_bytes());
    let allergy = bodies!(output, Allergy)[0];
    assert_eq!((allergy.onset, allergy.onset_text.as_deref()), (None, Some("小学校時代")));
    let output = read(
        message(&[item("u", AT, &diagnosis("高血圧症", "8833421", "").replace("2025-12-01", "去年の春"))]).as_bytes(),
    );
    assert_eq!(bodies!(output, Diagnosis)[0].onset, None);
    assert_eq!(codes(&output), ["MML-005"]);
}

#[test]
fn the_patient_is_of_the_header_and_of_nobody_else() {
    let rd = diagnosis("高血圧症", "8833421", "");
    let patient = |id: &str, kind: &str| {
        format!(
            "<PatientModule><uniqueInfo><masterId><Id type='{kind}'>{id}</Id></masterId></uniqueInfo><sex>male</sex></PatientModule>"
        )
    };
    let with = |module: &str| read(message(&[item("p", AT, module), item("u", AT, &rd)]).as_bytes());
    assert_eq!(&*facts(&with(&patient("000123", "facility")))[0].patient.id, "000123");
    let other = with(&patient("000999", "facility"));
    assert_eq!(ends(&other), [(RecordKind::Condition, "MML-003")]);
    assert!(facts(&other).is_empty());
    let nobody = read(format!("<Mml><MmlBody>{}</MmlBody></Mml>", item("u", AT, &rd)).as_bytes());
    assert_eq!(ends(&nobody), [(RecordKind::Condition, "MML-002")]);
    let regional = read(message(&[item("u", AT, &rd)]).replace("type='facility'", "type='local'").as_bytes());
    assert_eq!(&*facts(&regional)[0].patient.space, "clinic/local");
}

#[test]
fn who_pays_is_found_by_the_uid_of_the_insurance() {
    let insurance = "<HealthInsuranceModule><insuranceClass ClassCode='Z1' tableId='MML0031'>自費</insuranceClass></HealthInsuranceModule>";
    let rd = diagnosis("花粉症", "4770001", "<relatedHealthInsurance uid='hi'/>");
    let output = read(message(&[item("hi", AT, insurance), item("u", AT, &rd)]).as_bytes());
    let care = &bodies!(output, Diagnosis)[0].care;
    assert_eq!(
        tsugite_clinical::insurance::outside_insurance(&care.insurances),
        Some(tsugite_clinical::insurance::OutsideInsurance::SelfPaid)
    );
}

#[test]
fn the_bytes_decide_and_not_the_declaration() {
    let text = message(&[item("u", AT, &diagnosis("高血圧症", "8833421", ""))]);
    let declared = |name: &str| format!("<?xml version=\"1.0\" encoding=\"{name}\"?>{text}");
    let name = |bytes: &[u8]| bodies!(read(bytes), Diagnosis)[0].disease.text.clone();
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(&text);
    let utf8_said = [b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>", cp932.as_ref()].concat();
    assert_eq!(name(&utf8_said).as_deref(), Some("高血圧症"));
    assert!(codes(&read(&utf8_said)).contains(&"CHARSET-015"));
    assert_eq!(name(declared("Shift_JIS").as_bytes()).as_deref(), Some("高血圧症"));
    let (euc, _, _) = encoding_rs::EUC_JP.encode(&text);
    assert_eq!(
        name(&[b"<?xml version=\"1.0\" encoding=\"EUC-JP\"?>", euc.as_ref()].concat()).as_deref(),
        Some("高血圧症")
    );
}

fn claim(bundles: &str) -> String {
    message(&[item("u", AT, &format!("<ClaimModule><information/>{bundles}</ClaimModule>"))])
}

#[test]
fn every_item_of_a_claim_ends_somewhere() {
    let bundle = |act: &str, class: &str, code: &str| {
        let class = if class == "-" { String::new() } else { format!(" subclassCode='{class}'") };
        claim(&format!(
            "<bundle classCode='{act}'><bundleNumber>7</bundleNumber><item{class} code='{code}'><name>見本</name><number>3</number></item></bundle>"
        ))
    };
    for (act, class, code, end) in [
        ("212", "2", "612170709", "fact"),
        ("212", "-", "612170709", "fact"),
        ("212", "", "612170709", "fact"),
        ("212", "1", "612170709", "fact"),
        ("212", "-", "2171022F1029", "fact"),
        ("212", "2", "L-77", "fact"),
        // A clinic's own code that begins like a comment's.
        ("212", "2", "8001", "fact"),
        ("140", "2", "640000001", "fact"),
        ("212", "-", "L-77", "MML-018"),
        ("212", "-", "", "MML-018"),
        ("212", "9", "L-77", "MML-018"),
        ("", "2", "612170709", "MML-018"),
        ("400", "2", "612170709", "MML-111"),
        ("310", "2", "640000001", "MML-108"),
        ("212", "-", "810000001", ""),
        ("212", "-", "001000303", ""),
        ("212", "0", "120001010", ""),
        ("212", "-", "710010001", ""),
    ] {
        let output = read(bundle(act, class, code).as_bytes());
        let facts = std::iter::repeat_n("fact", bodies!(output, Prescription).len());
        let all: Vec<&str> = facts.chain(ends(&output).into_iter().map(|(_, code)| code)).collect();
        assert_eq!(all.join(" "), end, "{act} {class} {code}");
    }
}

#[test]
fn what_a_comment_says_stands_with_the_drugs_of_its_bundle() {
    let text = claim(
        "<bundle classCode='212'><bundleNumber>7</bundleNumber><item subclassCode='2' code='612170709'><name>見本錠</name></item><item code='810000001'><name>１日おきに服用</name></item></bundle>",
    );
    let output = read(text.as_bytes());
    assert_eq!(bodies!(output, Prescription)[0].notes, ["１日おきに服用"]);
}

#[test]
fn an_allergy_without_its_cause_is_no_denial() {
    let of = |content: &str| {
        let text =
            format!("<BaseClinicModule><allergy><allergyItem>{content}</allergyItem></allergy></BaseClinicModule>");
        ends(&read(message(&[item("u", AT, &text)]).as_bytes()))
    };
    assert_eq!(of("<factor/><memo>ペニシリンで発疹</memo>"), [(RecordKind::Allergy, "MML-019")]);
    assert_eq!(of("<factor/>"), [(RecordKind::Allergy, "MML-101")]);
    assert_eq!(of("<factor>特記すべきことなし</factor>"), [(RecordKind::Allergy, "MML-101")]);
    let infection = "<BaseClinicModule><infection><infectionItem><factor/><examValue>+</examValue><identifiedDate>2026-01-05</identifiedDate></infectionItem></infection></BaseClinicModule>";
    assert_eq!(ends(&read(message(&[item("u", AT, infection)]).as_bytes())), [(RecordKind::LabResult, "MML-016")]);
}

#[test]
fn a_second_patient_in_any_module_holds_the_file() {
    let module = |id: &str, kind: &str| {
        format!(
            "<PatientModule><uniqueInfo><masterId><Id type='{kind}'>{id}</Id></masterId></uniqueInfo></PatientModule>"
        )
    };
    let rd = diagnosis("高血圧症", "8833421", "");
    let read_with = |second: &str| {
        let items = [item("p", AT, &module("000123", "facility")), item("q", AT, second), item("u", AT, &rd)];
        ends(&read(message(&items).as_bytes()))
    };
    assert_eq!(read_with(&module("000999", "facility")), [(RecordKind::Condition, "MML-003")]);
    assert_eq!(read_with(&module("000999", "")), [(RecordKind::Condition, "MML-003")]);
    assert_eq!(read_with(&module("77", "local")), []);
}

#[test]
fn what_nobody_may_read_is_held() {
    let rd = diagnosis("高血圧症", "8833421", "");
    let closed = message(&[item("u", AT, &rd)]).replace(
        "<docInfo>",
        "<docInfo><securityLevel><accessRight permit='all'/><accessRight permit='none'><person/></accessRight></securityLevel>",
    );
    let output = read(closed.as_bytes());
    assert_eq!(ends(&output), [(RecordKind::Condition, "MML-020")]);
    assert!(facts(&output).is_empty());
}

#[test]
fn a_new_edition_of_a_diagnosis_says_that_the_old_one_stays() {
    let rd = diagnosis("高血圧症", "8833421", "");
    let old = "<parentId relation='oldEdition'>u1</parentId>";
    assert_eq!(codes(&read(message(&[item_of("u2", AT, old, &rd)]).as_bytes())), ["MML-021"]);
}

#[test]
fn an_interim_report_is_one_in_either_place_of_its_word() {
    let status = |code: &str, word: &str| {
        let text = format!(
            "<TestModule><information registId='1' sampleTime='2026-03-10'><reportStatus statusCode='{code}'>{word}</reportStatus></information><laboTest><item><itemName itCode='1'>CRP</itemName><value>0.1</value></item></laboTest></TestModule>"
        );
        let output = read(message(&[item("u", AT, &text)]).as_bytes());
        bodies!(output, LabResult)[0].status.clone()
    };
    let read = [("final", "最終報告"), ("最終報告", "final"), ("mid", "中間報告"), ("中間報告", "mid")];
    assert_eq!(read.map(|(code, word)| status(code, word)), ["F", "F", "P", "P"]);
}

#[test]
fn a_corrected_report_holds_what_it_says_and_no_more() {
    let result = |name: &str, value: &str| {
        format!("<item><itemName itCode='{name}'>{name}</itemName><value>{value}</value></item>")
    };
    let report = |uid: &str, at: &str, ids: &str, items: &str| {
        let text = format!(
            "<TestModule><information registId='1' reportTime='2026-03-10T09:00:00'/><laboTest>{items}</laboTest></TestModule>"
        );
        read(message(&[item_of(uid, at, ids, &text)]).as_bytes()).statements
    };
    let first = report("u1", AT, "", &[result("CRP", "9.9"), result("WBC", "5000")].concat());
    let old = "<parentId relation='oldEdition'>u1</parentId>";
    let second = report("u2", "2026-03-11T10:00:00", old, &result("WBC", "5100"));
    let chart = Chart::new([first, second].concat());
    let resolved = chart.resolve();
    let mut standings: Vec<String> =
        resolved.iter().map(|(stated, standing)| format!("{} {standing:?}", stated.fact.key.item)).collect();
    standings.sort();
    assert_eq!(standings, ["CRP^ Retracted", "WBC^ Active", "WBC^ Superseded"]);
}

#[test]
fn every_body_of_a_message_is_read() {
    let rd = diagnosis("高血圧症", "8833421", "");
    let text = message(&[item("u", AT, &rd)]);
    let body = text.split_once("<MmlBody>").unwrap().1.split_once("</MmlBody>").unwrap().0;
    let second = body.replace("8833421", "4770001");
    let output = read(text.replace("</Mml>", &format!("<MmlBody>{second}</MmlBody></Mml>")).as_bytes());
    assert_eq!(bodies!(output, Diagnosis).len(), 2);
}

#[test]
fn a_range_that_is_open_on_one_side_has_no_negative_bound() {
    let range = |limits: &str| {
        let text = format!(
            "<TestModule><information registId='1' sampleTime='2026-03-10'/><laboTest><item><itemName itCode='1'>CRP</itemName><value>0.1</value><numValue {limits}>0.1</numValue></item></laboTest></TestModule>"
        );
        let output = read(message(&[item("u", AT, &text)]).as_bytes());
        bodies!(output, LabResult)[0].reference_range.clone().unwrap()
    };
    assert_eq!(
        [range("up='0.3'"), range("low='40'"), range("low='1' up='2'"), range("up='(-)'")],
        ["0.3以下", "40以上", "1-2", "(-)"]
    );
}

#[test]
fn what_another_institution_wrote_of_its_patient_is_not_taken_for_ours() {
    let creator = "<MmlHeader><CreatorInfo><PersonalizedInfo><Facility><name>架空町病院</name><Id type='insurance'>2719999999</Id></Facility></PersonalizedInfo></CreatorInfo>";
    let rd = diagnosis("高血圧症", "8833421", "");
    let text = message(&[item("u", AT, &rd)]).replace("<MmlHeader>", creator);
    let of = |own: &[&str]| {
        let source = tsugite_source_mml::Mml::of_site(own.iter().map(|number| (*number).to_owned()).collect());
        let output = read_by(&source, text.as_bytes());
        (facts(&output).len(), ends(&output))
    };
    assert_eq!(of(&["1319999999"]), (0, vec![(RecordKind::Condition, "MML-112")]));
    assert_eq!(of(&["1319999999", "2719999999"]), (1, vec![]));
    assert_eq!(of(&[]), (1, vec![]));
}
