//! 診療情報提供書 and 退院時サマリー.

use crate::{
    clinic::{Clinic, disease, food, result, time},
    judged::{codes, entries, narrative, resources, sound},
    letters::{
        FEED, ID, cda, clinic, drug, fill, key, letter, minimal_discharge, minimal_referral, own_diagnosis, party,
        state, text,
    },
};
use serde_json::Value;
use tsugite_clinical::{
    Presence,
    body::{Attachment, Body, ChartPart, Consent, Document, DocumentKind, EncounterKind, Section, SectionKind},
    policy::{AttachmentWay, ConsentUnknown, OriginalDocument, PatientDecision, PatientRule},
    standard::Standard,
};
use tsugite_issue::Lang;

#[test]
fn the_smallest_referral_has_its_three_sections_and_both_ends() {
    let mut clinic = clinic();
    let reported = state(&mut clinic, minimal_referral()).report();
    let bundle = sound(&reported);
    assert_eq!(bundle["type"], "document");
    assert_eq!(bundle["meta"].get("tag"), None);
    assert_eq!(codes(&bundle), ["920", "910", "300", "950", "340", "360"]);
    assert_eq!(entries(&bundle, "920"), ["Organization", "Practitioner"]);
    assert_eq!(entries(&bundle, "950"), ["Encounter"]);
    assert_eq!(reported.end("document"), "reported");
    let unit = &reported.outcome.built[0];
    assert_eq!((unit.key.kind.name(), unit.key.report.as_str()), ("referral", ID));
    assert!(unit.bundle_id.starts_with("1319999999^2026^"));
    let purpose = resources(&bundle, "Encounter").into_iter().find(|e| e.get("reasonCode").is_some()).unwrap();
    assert_eq!(purpose["reasonCode"][0]["text"], "腹痛の精査をお願いします。");
    let composition = &bundle["entry"][0]["resource"];
    assert_eq!(composition["category"][0]["coding"][0]["code"], "OUTPATIENT");
    assert_eq!(composition["event"][0]["period"]["start"], "2026-11-20");
}

#[test]
fn a_referral_with_every_section_holds_all_its_facts() {
    let mut clinic = clinic();
    fill(&mut clinic, minimal_referral());
    let reported = clinic.report();
    let bundle = sound(&reported);
    assert!(reported.ends().iter().all(|end| *end == "reported"), "{:?}", reported.ends);
    let all = [
        "920", "910", "300", "950", "340", "360", "370", "510", "550", "610", "520", "640", "530", "730", "740", "720",
        "430", "620", "330", "420", "810", "410", "830", "220", "210", "230",
    ];
    assert_eq!(codes(&bundle), all);
    for (section, kinds) in [
        ("340", vec!["Condition"]),
        ("370", vec!["Condition"]),
        ("510", vec!["AllergyIntolerance"]),
        ("520", vec!["Observation"]),
        ("610", vec!["Observation", "Observation"]),
        ("620", vec!["Observation"]),
        ("430", vec!["MedicationRequest", "MedicationRequest"]),
        ("420", vec!["CarePlan"]),
        ("210", vec!["DocumentReference"]),
        ("230", vec!["DocumentReference"]),
    ] {
        let mut found = entries(&bundle, section);
        found.sort();
        assert_eq!(found, kinds, "{section}");
    }
    let problems = narrative(&bundle, "340");
    assert!(problems.contains("胃炎の疑い") && problems.contains("【主病名】胃炎"), "{problems}");
    assert!(narrative(&bundle, "640").contains("特記すべきことなし &lt;b&gt;&amp;&quot;&#39;"));
    assert!(narrative(&bundle, "430").contains("<td>見本錠１０ｍｇ</td><td>1錠</td><td>3錠</td>"));
    assert_eq!(resources(&bundle, "Condition").len(), 2, "a suspicion is no Condition");
    assert!(reported.said().contains(&"CLINS-090"));
}

#[test]
fn a_drug_is_a_medication_request_with_dose_days_and_three_ids() {
    let mut clinic = clinic();
    fill(&mut clinic, minimal_referral());
    let bundle = sound(&clinic.report());
    let drugs = resources(&bundle, "MedicationRequest");
    let oral = drugs.iter().find(|drug| drug["medicationCodeableConcept"]["text"] == "見本錠１０ｍｇ").unwrap();
    let systems: Vec<&str> =
        oral["identifier"].as_array().unwrap().iter().map(|id| id["system"].as_str().unwrap()).collect();
    assert_eq!(
        systems,
        [
            "http://jpfhir.jp/fhir/core/mhlw/IdSystem/Medication-RPGroupNumber",
            "http://jpfhir.jp/fhir/core/mhlw/IdSystem/MedicationAdministrationIndex",
            "http://jpfhir.jp/fhir/core/IdSystem/resourceInstance-identifier",
        ]
    );
    let dosage = &oral["dosageInstruction"][0];
    assert_eq!(dosage["extension"][0]["valuePeriod"]["start"], "2026-11-15");
    assert_eq!(dosage["timing"]["repeat"]["boundsDuration"]["value"], 14);
    assert_eq!(dosage["doseAndRate"][0]["type"]["coding"][0]["code"], "1");
    assert_eq!(dosage["doseAndRate"][0]["doseQuantity"]["code"], "TAB");
    assert_eq!(dosage["doseAndRate"][0]["rateRatio"]["numerator"]["value"], 3);
    assert_eq!(dosage["method"]["coding"][0]["code"], "1");
    assert_eq!(oral["dispenseRequest"]["quantity"]["value"], 42);
    assert_eq!(oral["authoredOn"], "2026-11-15T10:15:00.000+09:00");
    assert_eq!(oral["requester"]["reference"], "#practitioner");
    assert_eq!(dosage.get("asNeededBoolean"), None);
    let needed = drugs.iter().find(|drug| drug["medicationCodeableConcept"]["text"] == "院内軟膏").unwrap();
    let dosage = &needed["dosageInstruction"][0];
    assert_eq!(dosage["asNeededBoolean"], true);
    assert_eq!(dosage["text"], "疼痛時に塗布 1回1本 入浴後");
    assert_eq!(dosage["site"]["text"], "右膝");
    assert_eq!(needed["substitution"]["allowedCodeableConcept"]["coding"][0]["code"], "1");
    assert_eq!(needed["dispenseRequest"]["numberOfRepeatsAllowed"], 2);
    assert_eq!(needed["identifier"].as_array().unwrap().len(), 4);
}

#[test]
fn the_smallest_summary_has_its_ten_sections_and_one_stay() {
    let mut clinic = clinic();
    state(&mut clinic, minimal_discharge());
    let bundle = sound(&own_diagnosis(&mut clinic, "main").report());
    assert_eq!(codes(&bundle), ["300", "322", "342", "352", "312", "360", "333", "324", "344", "444", "424"]);
    assert_eq!(resources(&bundle, "Encounter").len(), 1);
    let stay = resources(&bundle, "Encounter")[0];
    assert_eq!(stay["period"]["start"], "2026-11-01");
    assert_eq!(stay["length"]["value"], 15);
    assert_eq!(stay["diagnosis"][0]["use"]["coding"][0]["code"], "DD");
    assert_eq!(entries(&bundle, "333"), ["DocumentReference"]);
    assert!(narrative(&bundle, "324").contains("在院日数: 15日"));
}

#[test]
fn a_summary_with_every_section_holds_all_its_facts() {
    let mut clinic = clinic();
    fill(&mut clinic, minimal_discharge());
    let reported = clinic.report();
    let bundle = sound(&reported);
    assert!(reported.ends().iter().all(|end| *end == "reported"), "{:?}", reported.ends);
    assert_eq!(codes(&bundle).len(), 26);
    assert_eq!(entries(&bundle, "344"), ["Condition"]);
    assert_eq!(entries(&bundle, "370"), ["Condition"]);
    assert_eq!(entries(&bundle, "444"), ["MedicationRequest", "MedicationRequest"]);
    let stay = resources(&bundle, "Encounter")[0];
    assert_eq!(stay["hospitalization"]["dischargeDisposition"]["coding"][0]["code"], "1");
}

#[test]
fn every_missing_part_of_a_letter_is_named() {
    let mut clinic = Clinic::default();
    let bare = Document { consent: Consent::Unknown, care: Default::default(), ..letter(DocumentKind::Referral) };
    let reported = state(&mut clinic, bare).report();
    assert!(reported.outcome.built.is_empty());
    let told: Vec<&str> = reported.outcome.held[0].issues.iter().map(|issue| issue.code()).collect();
    assert_eq!(told, ["CLINS-080", "CLINS-076", "CLINS-077", "CLINS-074", "CLINS-073", "CLINS-073", "CLINS-073"]);
    assert_eq!(reported.end("document"), "held CLINS-080");

    let mut clinic = Clinic::default();
    let bare = Document { stay: None, sections: vec![], ..minimal_discharge() };
    let reported = state(&mut clinic, bare).report();
    let told = &reported.outcome.held[0].issues;
    let sections = told.iter().filter(|issue| issue.code() == "CLINS-073").count();
    assert_eq!((sections, told.iter().filter(|issue| issue.code() == "CLINS-078").count()), (8, 2));
    assert!(told.iter().any(|issue| issue.text(Lang::Ja).contains("「現病歴」（360）")));
}

#[test]
fn consent_and_destination_decide() {
    let with = |change: &dyn Fn(&mut Document), send: bool| {
        let mut clinic = clinic();
        if send {
            clinic.policy.document.consent_unknown = ConsentUnknown::Send;
        }
        let mut document = minimal_referral();
        change(&mut document);
        let held: Vec<String> = state(&mut clinic, document).report().held().into_iter().map(str::to_owned).collect();
        held
    };
    assert_eq!(with(&|d| d.consent = Consent::Refused, true), ["CLINS-079"]);
    assert_eq!(with(&|d| d.consent = Consent::Unknown, false), ["CLINS-080"]);
    assert_eq!(with(&|d| d.consent = Consent::Unknown, true), [""; 0]);
    assert_eq!(with(&|d| d.recipient = None, false), ["CLINS-074"]);
    assert_eq!(with(&|d| d.recipient = Some(party("123", "見本病院")), false), ["CLINS-075"]);
    let big = |d: &mut Document| {
        d.attachments = vec![Attachment { base64: "AAAA".repeat(2_000_000), ..cda() }];
    };
    assert_eq!(with(&big, false), ["CLINS-081"], "text/xml is no attachment");
}

#[test]
fn a_letter_of_another_institution_is_not_ours() {
    let mut clinic = clinic();
    let received = Document { author: Some(party("1311234567", "見本病院")), ..minimal_referral() };
    let reported = state(&mut clinic, received).report();
    assert_eq!(reported.end("document"), "not carried CLINS-070");
    // 医療機関コード alone.
    let received = Document { author: Some(party("1234567", "見本病院")), ..minimal_referral() };
    assert_eq!(state(&mut self::clinic(), received).report().end("document"), "not carried CLINS-070");
    for number in ["1319999999", "9999999", "A-1"] {
        let own = Document { author: Some(party(number, "架空診療所")), ..minimal_referral() };
        sound(&state(&mut self::clinic(), own).report());
    }
}

#[test]
fn facts_of_a_letter_stand_in_no_list() {
    let mut clinic = clinic();
    fill(&mut clinic, minimal_referral());
    clinic.policy.snapshot.baseline_complete = true;
    let reported = clinic.report();
    assert_eq!(reported.outcome.built.len(), 1);
    clinic.diagnosis(disease("20061591", "糖尿病", "20200101"));
    let kinds: Vec<&str> = clinic.report().outcome.built.iter().map(|unit| unit.key.kind.name()).collect();
    assert_eq!(kinds, ["condition", "referral"]);
}

#[test]
fn a_composed_letter_takes_the_chart_of_its_day() {
    let mut clinic = clinic();
    clinic.diagnosis(disease("20061591", "糖尿病", "20200101"));
    clinic.diagnosis(disease("20054174", "胃炎", "20261121"));
    clinic.allergy(food("そば"));
    for (order, day, value) in
        [("1", "20260101", "1"), ("2", "20261101", "2"), ("3", "20261110", "3"), ("4", "20261121", "4")]
    {
        clinic.lab(result(order, day, "ALB", value));
    }
    let (line, standard) = drug();
    let mut old = line.clone();
    (old.start, old.ordered) = (time("20260901"), time("20260901"));
    for (item, line) in [("now", line), ("then", old)] {
        let standard = Standard::Prescription(Box::new(standard.clone()));
        clinic.fact("OMP-01", item, item, Body::Prescription(Box::new(line)), standard);
    }
    let include = vec![
        ChartPart::Problems,
        ChartPart::Allergies,
        ChartPart::Infections,
        ChartPart::Labs,
        ChartPart::Prescriptions,
        ChartPart::Encounter,
    ];
    let mut document = Document { include, ..minimal_referral() };
    document.sections.retain(|section| section.kind != SectionKind::Problems);
    state(&mut clinic, document);
    let reported = clinic.report();
    let built = &reported.outcome.built;
    assert!(reported.outcome.held.is_empty(), "{:?}", reported.outcome.held);
    let referral = built.iter().position(|unit| unit.key.kind.is_document()).unwrap();
    let bundle = reported.bundle_of(referral);
    let conditions: Vec<&Value> = resources(&bundle, "Condition").into_iter().map(|c| &c["code"]["text"]).collect();
    assert_eq!(conditions, ["糖尿病"], "what began after the letter is not in it");
    let labs: Vec<&Value> = resources(&bundle, "Observation").into_iter().map(|o| &o["valueString"]).collect();
    assert_eq!(labs, ["3"], "the newest result up to the letter's day");
    assert_eq!(resources(&bundle, "MedicationRequest").len(), 1);
    assert_eq!(reported.end("now"), "reported");
    assert_eq!(reported.end("then"), "not carried CLINS-012");
    assert!(narrative(&bundle, "620").contains("<td>2026-11-10</td><td>ALB</td><td>3</td>"));
    // A later change of the chart is no change of the letter.
    let before = built[referral].content_hash;
    clinic.lab(result("5", "20261112", "ALB", "5"));
    let after = clinic.report();
    let referral = after.outcome.built.iter().find(|unit| unit.key.kind.is_document()).unwrap();
    assert_eq!(referral.content_hash, before);
}

#[test]
fn a_stay_of_the_chart_dates_a_summary() {
    let mut clinic = clinic();
    clinic.visit(EncounterKind::Admission, "20261101100000").visit(EncounterKind::Discharge, "20261115110000");
    let document =
        Document { stay: None, include: vec![ChartPart::Encounter], written: time("20261115"), ..minimal_discharge() };
    state(&mut clinic, document);
    let bundle = sound(&own_diagnosis(&mut clinic, "main").report());
    assert_eq!(resources(&bundle, "Encounter")[0]["period"]["end"], "2026-11-15T11:00:00.000+09:00");
}

#[test]
fn a_cda_goes_as_it_is_or_as_its_sections() {
    for (kind, minimal) in [("referral", minimal_referral()), ("discharge", minimal_discharge())] {
        let document = Document { original: Some(cda()), ..minimal };
        let mut as_cda = clinic();
        state(&mut as_cda, document.clone());
        let reported = own_diagnosis(&mut as_cda, "main").report();
        let bundle = sound(&reported);
        let expected: &[&str] = if kind == "referral" { &["920", "910", "200"] } else { &["200"] };
        assert_eq!(codes(&bundle), expected);
        assert_eq!(reported.end("main"), "reported");
        let mut incomplete = clinic();
        incomplete.policy.document.original = OriginalDocument::Sections;
        state(&mut incomplete, Document { sections: vec![], ..document.clone() });
        let bundle = sound(&own_diagnosis(&mut incomplete, "main").report());
        assert_eq!(codes(&bundle), expected, "what lacks a section goes as CDA");
        let mut as_sections = clinic();
        as_sections.policy.document.original = OriginalDocument::Sections;
        state(&mut as_sections, document);
        let bundle = sound(&own_diagnosis(&mut as_sections, "main").report());
        assert!(codes(&bundle).contains(&"300".to_owned()));
        assert!(!codes(&bundle).contains(&"200".to_owned()));
    }
}

#[test]
fn a_letter_that_is_withdrawn_or_stated_twice() {
    let mut clinic = clinic();
    state(&mut clinic, minimal_referral()).last(|fact| fact.presence = Presence::Deleted);
    own_diagnosis(&mut clinic, "main");
    let reported = clinic.report();
    assert_eq!(reported.ends(), ["retracted", "retracted"]);
    assert_eq!(reported.outcome.emptied.len(), 1);
    assert_eq!(reported.outcome.emptied[0].kind.name(), "referral");

    let mut clinic = self::clinic();
    state(&mut clinic, minimal_referral());
    clinic.fact("HS008", ID, "other", Body::Document(Box::new(minimal_referral())), Standard::None);
    let reported = clinic.report();
    assert_eq!(reported.held(), ["CLINS-072"]);
    assert_eq!(reported.ends(), ["held CLINS-072", "held CLINS-072"]);
}

#[test]
fn a_section_names_its_facts_and_its_text_stands_for_them() {
    let mut clinic = clinic();
    let mut document = minimal_referral();
    document.sections[2] = Section {
        entries: vec![key("main")],
        title: Some("経過".into()),
        ..text(SectionKind::PresentIllness, "胃炎として加療中。")
    };
    state(&mut clinic, document);
    let bundle = sound(&own_diagnosis(&mut clinic, "main").report());
    assert_eq!(entries(&bundle, "360"), ["Condition"]);
    let told = narrative(&bundle, "360");
    assert_eq!(told.matches("胃炎").count(), 1, "{told}");
    assert!(told.contains("<p><b>経過</b></p>"));
}

#[test]
fn a_fact_that_the_text_does_not_name_is_listed_below_it() {
    let mut clinic = clinic();
    let mut document = minimal_referral();
    document.sections[1].entries = vec![key("main")];
    state(&mut clinic, document);
    let bundle = sound(&own_diagnosis(&mut clinic, "main").report());
    let told = narrative(&bundle, "340");
    assert!(told.contains("<p>上腹部痛</p><ul><li>胃炎（2024-03-01発症）</li></ul>"), "{told}");
}

#[test]
fn a_prescription_of_another_institution_is_none_of_ours() {
    let mut clinic = clinic();
    let (mut line, standard) = drug();
    line.prescribed_by = Some(party("1311234567", "見本病院"));
    let standard = Standard::Prescription(Box::new(standard));
    clinic.fact("JAHIS", "1", "theirs", Body::Prescription(Box::new(line)), standard);
    let document = Document { include: vec![ChartPart::Prescriptions], ..minimal_referral() };
    let reported = state(&mut clinic, document).report();
    assert_eq!(reported.end("theirs"), "not carried CLINS-091");
    assert_eq!(resources(&sound(&reported), "MedicationRequest").len(), 0);
}

#[test]
fn facts_stand_in_the_order_in_which_their_section_names_them() {
    let mut clinic = clinic();
    let mut document = minimal_referral();
    document.sections[1].entries = vec![key("z"), key("a")];
    state(&mut clinic, document);
    for (item, said) in
        [("a", disease("20061591", "糖尿病", "20200101")), ("z", disease("20054174", "胃炎", "20240301"))]
    {
        let (diagnosis, standard) = said;
        clinic.fact(FEED, ID, item, Body::Diagnosis(Box::new(diagnosis)), Standard::Diagnosis(Box::new(standard)));
    }
    let bundle = sound(&clinic.report());
    let texts: Vec<&Value> = resources(&bundle, "Condition").into_iter().map(|c| &c["code"]["text"]).collect();
    assert_eq!(texts, ["胃炎", "糖尿病"]);
}

#[test]
fn a_patient_who_is_never_sent_has_no_letters_and_old_letters_stay() {
    let mut never = clinic();
    let rule = PatientRule { id: "0000000001".into(), decision: PatientDecision::Exclude };
    never.overlay.patients.push(rule);
    fill(&mut never, minimal_referral());
    let reported = never.report();
    assert!(reported.ends().iter().all(|end| *end == "not carried CLINS-001"), "{:?}", reported.ends);
    assert!(reported.outcome.emptied.iter().any(|key| key.kind.name() == "referral"));

    let mut old = clinic();
    old.since = Some("20261121");
    fill(&mut old, minimal_referral());
    let reported = old.report();
    assert!(reported.ends().iter().all(|end| *end == "not carried CLINS-008"), "{:?}", reported.ends);
    assert_eq!((reported.outcome.emptied.len(), reported.outcome.built.len()), (0, 0));
}

#[test]
fn what_waits_with_a_letter_is_held_with_it() {
    let mut clinic = clinic();
    let (line, standard) = drug();
    let standard = Standard::Prescription(Box::new(standard));
    clinic.fact("OMP-01", "1", "drug", Body::Prescription(Box::new(line)), standard);
    clinic.lab(result("2", "20261101", "ALB", "2"));
    let include = vec![ChartPart::Prescriptions, ChartPart::Labs];
    let document = Document { include, consent: Consent::Refused, ..minimal_referral() };
    state(&mut clinic, document);
    let reported = own_diagnosis(&mut clinic, "main").report();
    let ends = ["document", "main", "drug", "ALB"].map(|item| reported.end(item));
    assert_eq!(ends, ["held CLINS-079", "held CLINS-079", "held CLINS-079", "reported"]);
    // Another letter carries the drug.
    let mut other = minimal_referral();
    other.include = vec![ChartPart::Prescriptions];
    other.id = "L-2".into();
    clinic.fact(FEED, "L-2", "other", Body::Document(Box::new(other)), Standard::None);
    let reported = clinic.report();
    assert_eq!((reported.end("drug"), reported.end("other")), ("reported", "reported"));
}

#[test]
fn attachments_have_a_limit() {
    let mut clinic = clinic();
    clinic.policy.document.attachment_bytes = 4;
    let mut document = minimal_referral();
    document.attachments = vec![Attachment { content_type: "application/pdf".into(), ..cda() }];
    let reported = state(&mut clinic, document).report();
    assert_eq!(reported.held(), ["CLINS-082"]);
    let text = reported.outcome.held[0].issues[0].text(Lang::En);
    assert!(text.contains("(5 bytes, limit 4)"), "{text}");
}

#[test]
fn files_that_travel_apart_are_named_in_their_letter_and_change_none_of_its_content() {
    let built = |way, url: &str| {
        let mut clinic = clinic();
        clinic.policy.document.attachments = way;
        url.clone_into(&mut clinic.policy.document.attachment_url);
        let mut document = minimal_referral();
        document.attachments = vec![
            ("心電図", "image/jpeg", "QUJDRA=="),
            ("報告書", "application/pdf", "QUI="),
            ("心電図", "image/jpeg", "QUJDRA=="),
        ]
        .into_iter()
        .map(|(title, kind, base64)| Attachment {
            title: title.into(),
            content_type: kind.into(),
            base64: base64.into(),
            ..cda()
        })
        .collect();
        let mut reported = state(&mut clinic, document).report();
        let bundle = sound(&reported);
        assert_eq!(codes(&bundle), ["920", "910", "300", "950", "340", "360", "210", "230"]);
        (bundle, reported.outcome.built.remove(0))
    };
    let (_, inside) = built(AttachmentWay::Inside, "urn:uuid:{uuid}");
    assert_eq!(inside.apart, []);
    let (bundle, unit) = built(AttachmentWay::Apart, "urn:uuid:{uuid}");
    assert_eq!((unit.content_hash, unit.bundle_id.as_str()), (inside.content_hash, inside.bundle_id.as_str()));
    let files: Vec<_> = unit.apart.iter().map(|file| (file.title.as_str(), file.bytes.as_slice())).collect();
    assert_eq!(files, [("心電図", b"ABCD".as_slice()), ("心電図", b"ABCD"), ("報告書", b"AB")], "images, then PDF");
    let named = resources(&bundle, "DocumentReference");
    for (resource, file) in named.iter().zip(&unit.apart) {
        let attachment = &resource["content"][0]["attachment"];
        assert_eq!((attachment.get("data"), &attachment["url"]), (None, &Value::from(file.reference.as_str())));
        assert_eq!(
            (&attachment["size"], &attachment["title"]),
            (&file.bytes.len().into(), &file.title.as_str().into())
        );
    }
    // SHA-1 of "ABCD".
    assert_eq!(named[0]["content"][0]["attachment"]["hash"], "+y+FyIVn88jOm3mcfFRkLQx7QfY=");
    assert_eq!(unit.apart[0].reference, unit.apart[1].reference, "the same bytes have the same name");
    assert_ne!(unit.apart[0].reference, unit.apart[2].reference);

    let local = unit.bundle_id.rsplit('^').next().unwrap();
    let (_, unit) = built(AttachmentWay::Apart, "https://files.example/{bundle}/{number}/{sha256}");
    let sha256 = "e12e115acf4552b2568b55e93cbd39394c4ef81c82447fafc997882a02d23677";
    assert_eq!(unit.apart[0].reference, format!("https://files.example/{local}/1/{sha256}"));
}

#[test]
fn a_letter_is_the_same_bytes_again() {
    let bytes = || {
        let mut clinic = clinic();
        fill(&mut clinic, minimal_discharge());
        clinic.report().outcome.built.remove(0).bytes
    };
    assert_eq!(bytes(), bytes());
}
