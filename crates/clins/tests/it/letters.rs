//! Letters by hand: the smallest that its profile takes, and one with every section filled.

use crate::clinic::{CORE, Clinic, care, code, coding, date, food, gastritis, name, result, time};
use std::sync::Arc;
use tsugite_clinical::{
    Key, Scope,
    body::{
        Attachment, Block, Body, Care, CareClass, Checkup, CheckupItem, CheckupValue, Code, Concept, Consent, Document,
        DocumentKind, LabValue, Party, Practitioner, Prescription, Quantity, Representation, Section, SectionKind,
        Stay, Vital,
    },
    policy::Sender,
    standard::{
        Amount, CheckupStandard, ClinicalStatus, DosageForm, PrescriptionStandard, Range, SharedCode, Standard, Unit,
        Value,
    },
};

pub const FEED: &str = "LETTER";
pub const ID: &str = "L-1";

pub fn text(kind: SectionKind, said: &str) -> Section {
    Section { kind, title: None, text: vec![Block::Paragraph(said.into())], entries: vec![] }
}

pub fn key(item: &str) -> Key {
    let scope = Scope { source: "storage".into(), feed: FEED.into(), part: ID.into() };
    Key { scope: Arc::new(scope), item: item.into(), ordinal: 0 }
}

pub fn party(number: &str, called: &str) -> Party {
    Party { number: Some(number.into()), name: called.into(), ..Party::default() }
}

/// A clinic with a name to sign with.
pub fn clinic() -> Clinic {
    let mut clinic = Clinic::default();
    clinic.policy.document.sender = Some(Sender {
        name: "架空診療所".into(),
        address: Some("東京都千代田区架空町9-9-9".into()),
        postal_code: Some("100-0000".into()),
        telephone: Some("03-0000-0000".into()),
    });
    clinic
}

pub fn letter(kind: DocumentKind) -> Document {
    Document { written: time("20261120103000"), care: care(), consent: Consent::Given, ..Document::new(kind, ID) }
}

/// 紹介目的, 傷病名・主訴 and 現病歴 in words, nothing else.
pub fn minimal_referral() -> Document {
    Document {
        recipient: Some(party("1311234567", "見本病院")),
        sections: vec![
            text(SectionKind::ReferralPurpose, "腹痛の精査をお願いします。"),
            text(SectionKind::Problems, "上腹部痛"),
            text(SectionKind::PresentIllness, "先月から食後に痛みがあります。"),
        ],
        ..letter(DocumentKind::Referral)
    }
}

pub fn minimal_discharge() -> Document {
    let inpatient = Care { class: Some(CareClass::Inpatient), ..care() };
    Document {
        care: inpatient,
        stay: Some(Stay { admitted: time("20261101"), discharged: time("20261115"), ..Stay::default() }),
        sections: vec![
            text(SectionKind::AdmissionDiagnoses, "胃炎"),
            text(SectionKind::ChiefComplaint, "上腹部痛"),
            text(SectionKind::ReasonForAdmission, "精査加療"),
            text(SectionKind::PresentIllness, "入院の一か月前から痛みがあった。"),
            text(SectionKind::ClinicalCourse, "絶食と点滴で軽快した。"),
            text(SectionKind::DischargeMedication, "なし"),
            text(SectionKind::Instructions, "二週間後に外来を受診。"),
        ],
        ..letter(DocumentKind::Discharge)
    }
}

pub fn state(clinic: &mut Clinic, document: Document) -> &mut Clinic {
    clinic.fact(FEED, ID, "document", Body::Document(Box::new(document)), Standard::None)
}

/// A diagnosis of the letter's own.
pub fn own_diagnosis<'c>(clinic: &'c mut Clinic, item: &str) -> &'c mut Clinic {
    let (diagnosis, standard) = gastritis();
    clinic.fact(FEED, ID, item, Body::Diagnosis(Box::new(diagnosis)), Standard::Diagnosis(Box::new(standard)))
}

pub fn drug() -> (Prescription, PrescriptionStandard) {
    let amount = |number: &str, unit: &str, code: &str| Amount {
        number: number.into(),
        unit: unit.into(),
        code: Some(coding("http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationUnitMERIT9Code", code, unit)),
    };
    let quantity = |value: &str| Quantity { value: value.into(), unit: Some(code("TAB", "錠", "MR9P")) };
    let line = Prescription {
        order_number: "900001".into(),
        group: "1".into(),
        place: 1,
        drug: Concept { codes: vec![code("2325003F1020", "見本錠１０ｍｇ", "YJ")], text: None },
        dose: Some(quantity("1")),
        daily_dose: Some(quantity("3")),
        start: time("20261115"),
        ordered: time("20261115101500"),
        care: care(),
        ..Prescription::default()
    };
    let standard = PrescriptionStandard {
        drug: vec![coding("http://capstandard.jp/iyaku.info/CodeSystem/YJ-code", "2325003F1020", "見本錠１０ｍｇ")],
        text: "見本錠１０ｍｇ".into(),
        usage: vec![coding(
            "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationUsage_ePrescription",
            "1013044400000000",
            "１日３回朝昼夕食後　服用",
        )],
        usage_text: "１日３回朝昼夕食後".into(),
        form: DosageForm::Oral,
        dose: Some(amount("1", "錠", "TAB")),
        daily_dose: Some(amount("3", "錠", "TAB")),
        total: Some(amount("42", "錠", "TAB")),
        days: Some(14),
        ..PrescriptionStandard::default()
    };
    (line, standard)
}

/// 頓用 with the dummy usage, a unit that no table knows, and a site.
pub fn drug_as_needed() -> (Prescription, PrescriptionStandard) {
    let (line, standard) = drug();
    let line = Prescription {
        group: "2".into(),
        dispensing: vec![Concept { codes: vec![], text: Some("後発品変更不可".into()) }],
        instructions: vec![Concept { codes: vec![], text: Some("一包化".into()) }],
        prescription_number: Some("1318814790-000012345-01".into()),
        repeats: Some("3".into()),
        notes: vec!["痛みの強いとき".into()],
        ..line
    };
    let bag = Amount { number: "1".into(), unit: "本".into(), code: None };
    let standard = PrescriptionStandard {
        drug: vec![coding(
            "http://jpfhir.jp/fhir/eCS/CodeSystem/MedicationCodeNocoded_CS",
            "NOCODED",
            "標準コードなし",
        )],
        uncoded: true,
        text: "院内軟膏".into(),
        usage: vec![coding(
            "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_MedicationUsage_Uncoded_CS",
            "0X0XXXXXXXXX0000",
            "ダミー用法コード",
        )],
        usage_text: "疼痛時に塗布".into(),
        form: DosageForm::AsNeeded,
        dose: Some(bag),
        daily_dose: None,
        total: None,
        days: None,
        times: Some(5),
        site_text: Some("右膝".into()),
        route_text: Some("外用".into()),
        additional: vec![(None, "入浴後".into())],
        ..standard
    };
    (line, standard)
}

pub fn vital(item: &str, value: &str, unit: Option<&str>) -> Vital {
    Vital {
        item: Concept { codes: vec![], text: Some(item.into()) },
        value: LabValue::Text(value.into()),
        unit: unit.map(|unit| code(unit, unit, "")),
    }
}

fn file(title: &str, kind: &str) -> Attachment {
    Attachment { title: title.into(), content_type: kind.into(), base64: "SGVsbG8=".into(), created: time("20261119") }
}

pub fn cda() -> Attachment {
    file("診療情報提供書（CDA）", "text/xml")
}

/// Every section of both profiles, with every kind of fact, on top of the mandatory ones.
pub fn fill(clinic: &mut Clinic, mut document: Document) {
    use SectionKind as S;
    let said: Vec<SectionKind> = document.sections.iter().map(|section| section.kind).collect();
    for kind in [
        S::PastIllness,
        S::Allergies,
        S::FamilyHistory,
        S::PhysicalStatus,
        S::AdmissionPhysicalStatus,
        S::DischargePhysicalStatus,
        S::Infections,
        S::SocialHistory,
        S::Immunization,
        S::Surgery,
        S::Transfusion,
        S::Treatment,
        S::Medication,
        S::AdmissionMedication,
        S::Studies,
        S::ClinicalCourse,
        S::Instructions,
        S::MedicalDevices,
        S::AdvanceDirective,
        S::Research,
        S::Remarks,
        S::AdmissionDetails,
        S::DischargeDetails,
    ] {
        if !said.contains(&kind) {
            document.sections.push(text(kind, "特記すべきことなし <b>&\"'"));
        }
    }
    document.sections.push(Section {
        kind: S::Studies,
        title: Some("画像".into()),
        text: vec![
            Block::List(vec!["胸部X線: 異常なし".into(), "腹部エコー: 異常なし".into()]),
            Block::Table {
                header: vec!["日".into(), "所見".into()], rows: vec![vec!["11/1".into(), "なし".into()]]
            },
        ],
        entries: vec![],
    });
    document.attachments = vec![file("内視鏡画像", "image/jpeg"), file("検査報告書", "application/pdf")];
    document.author = Some(Party {
        name: "架空診療所".into(),
        address: Some("東京都千代田区架空町9-9-9".into()),
        department: Some(code("01", "内科", "")),
        ..Party::default()
    });
    if let Some(recipient) = &mut document.recipient {
        let doctor = name(Representation::Ideographic, "宛先", "次郎");
        recipient.practitioner = Some(Practitioner { id: None, name: Some(doctor) });
        recipient.department = Some(code("08", "循環器科", ""));
        recipient.address = Some("東京都文京区架空町1-1".into());
        recipient.telephone = Some("03-1111-1111".into());
    }
    if let Some(stay) = &mut document.stay {
        stay.disposition = Some(code("1", "軽快", "99OUT"));
        stay.origin = Some(code("1", "家庭からの入院", "http://jpfhir.jp/fhir/Common/CodeSystem/admit-Source"));
    }
    document.version = Some("2".into());
    state(clinic, document);
    own_diagnosis(clinic, "main").last(|fact| {
        if let Body::Diagnosis(diagnosis) = &mut fact.body {
            diagnosis.main = true;
        }
    });
    let (mut past, mut standard) = gastritis();
    past.onset = None;
    past.established = None;
    past.recorded = None;
    past.ended = time("2018");
    past.outcome = Some(code("F", "治癒", "HL70241"));
    standard.outcome.status = ClinicalStatus::Resolved;
    clinic.fact(FEED, ID, "past", Body::Diagnosis(Box::new(past)), Standard::Diagnosis(Box::new(standard)));
    let (mut doubt, standard) = gastritis();
    doubt.suspected = true;
    clinic.fact(FEED, ID, "doubt", Body::Diagnosis(Box::new(doubt)), Standard::Diagnosis(Box::new(standard)));
    let (allergy, standard) = food("そば");
    clinic.fact(FEED, ID, "soba", Body::Allergy(Box::new(allergy)), Standard::Allergy(Box::new(standard)));
    let (lab, mut standard) = result("77", "20261110", "ALB", "4.0");
    standard.shared = Some(SharedCode::Core(coding(CORE, "3A015000002327101", "ALB")));
    standard.values = vec![number("4.0", "g/dL", "g/dL")];
    clinic.fact(FEED, ID, "alb", Body::LabResult(Box::new(lab)), Standard::Lab(Box::new(standard)));
    let (lab, mut standard) = result("77", "20261110", "HBs", "陰性");
    let infections = "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_InfectionLabo_CS";
    standard.shared = Some(SharedCode::Infection(coding(infections, "5F016141002302311", "HBs抗原(定性)")));
    clinic.fact(FEED, ID, "hbs", Body::LabResult(Box::new(lab)), Standard::Lab(Box::new(standard)));
    for (item, vital) in [("height", vital("身長", "162.3", Some("cm"))), ("belly", vital("腹部に圧痛あり", "", None))]
    {
        clinic.fact(FEED, ID, item, Body::Vital(Box::new(vital)), Standard::None);
    }
    for (item, (line, standard)) in [("rp1", drug()), ("rp2", drug_as_needed())] {
        clinic.fact(FEED, ID, item, Body::Prescription(Box::new(line)), Standard::Prescription(Box::new(standard)));
    }
}

pub fn number(value: &str, unit: &str, ucum: &str) -> Value {
    let unit = Unit { display: unit.into(), ucum: Some(ucum.into()) };
    Value::Quantity { comparator: None, number: value.into(), unit: Some(unit) }
}

const ITEMS: &str = "urn:oid:1.2.392.200119.6.1005";

pub fn checkup_item(
    item: &str,
    text: &str,
    value: CheckupValue,
    standard: Option<Value>,
) -> (CheckupItem, CheckupStandard) {
    let stated = CheckupItem {
        item: Concept { codes: vec![code(item, text, ITEMS)], text: None },
        value,
        performed: time("20261118"),
        ..CheckupItem::default()
    };
    let known = CheckupStandard {
        code: Some(coding(ITEMS, item, text)),
        text: text.into(),
        value: standard,
        ..CheckupStandard::default()
    };
    (stated, known)
}

fn measured(value: &str, unit: &str) -> CheckupValue {
    CheckupValue::Quantity { value: value.into(), unit: Some(unit.into()) }
}

pub fn check(clinic: &mut Clinic, item: &str, (stated, standard): (CheckupItem, CheckupStandard)) {
    clinic.fact(FEED, ID, item, Body::CheckupItem(Box::new(stated)), Standard::CheckupItem(Box::new(standard)));
}

/// One item, and the head that the profile demands.
pub fn minimal_checkup(clinic: &mut Clinic) {
    minimal_checkup_with(clinic, |_| {});
}

pub fn minimal_checkup_with(clinic: &mut Clinic, change: impl FnOnce(&mut Document)) {
    let checkup = Checkup {
        program: Some(code("010", "特定健康診査", "1.2.392.200119.6.1002")),
        performed: date("20261118"),
        ..Checkup::default()
    };
    let mut document = Document { checkup: Some(Box::new(checkup)), ..letter(DocumentKind::Checkup) };
    change(&mut document);
    state(clinic, document);
    check(
        clinic,
        "height",
        checkup_item("9N001000000000001", "身長", measured("162.3", "cm"), Some(number("162.3", "cm", "cm"))),
    );
}

/// All kinds of items and values, ticket and insurance, attachments.
pub fn maximal_checkup(clinic: &mut Clinic) {
    let checkup = Checkup {
        program: Some(code("010", "特定健康診査", "")),
        report: Some(code("10", "特定健診情報", "")),
        performed: date("20261118"),
        ticket: Some("24100000123".into()),
        ticket_valid_to: date("20270331"),
        insurer: Some(party("06139999", "架空健康保険組合")),
        ..Checkup::default()
    };
    let document = Document {
        checkup: Some(Box::new(checkup)),
        sections: vec![text(SectionKind::CheckupResults, "総合判定は医師の診断をご覧ください。")],
        attachments: vec![file("結果表", "application/pdf")],
        ..letter(DocumentKind::Checkup)
    };
    state(clinic, document);
    let choice = |list: &'static str, of: &str, display: &str| {
        let known = Value::Coded { codings: vec![coding(list, of, display)], text: display.into() };
        (CheckupValue::Coded(Code { code: of.into(), display: display.into(), system: list.into() }), Some(known))
    };
    let (mut triglyceride, mut standard) = checkup_item(
        "3F015000002327101",
        "空腹時中性脂肪(トリグリセリド)",
        measured("160", "mg/dl"),
        Some(number("160", "mg/dl", "mg/dL")),
    );
    triglyceride.flags = vec!["H".into()];
    (triglyceride.low, triglyceride.high) = (Some("30".into()), Some("149".into()));
    standard.range = Some(Range { low: Some("30".into()), high: Some("149".into()), text: None });
    standard.interpretations =
        vec![coding("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "H", "High")];
    standard.method =
        Some(coding("urn:oid:1.2.392.200119.6.1007", "3F01510000", "可視吸光光度法(酵素比色法・グリセロール消去)"));
    check(clinic, "tg", (triglyceride, standard));
    check(
        clinic,
        "height",
        checkup_item("9N001000000000001", "身長", measured("162.3", "cm"), Some(number("162.3", "cm", "cm"))),
    );
    let (value, known) = choice("urn:oid:1.2.392.200119.6.2001", "1", "特記すべきことあり");
    check(clinic, "past", checkup_item("9N056000000000011", "既往歴", value, known));
    let words = |said: &str| (CheckupValue::Text(said.into()), Some(Value::Text(said.into())));
    let (value, known) = words("膀胱炎");
    let (mut past, standard) = checkup_item("9N056160400000049", "具体的な既往歴", value, known);
    past.series = Some("9N056000000000011".into());
    check(clinic, "past words", (past, standard));
    let (value, known) = choice("urn:oid:1.2.392.200119.6.2002", "1", "所見あり");
    let (mut ecg, standard) = checkup_item("9A110160700000011", "心電図(所見の有無)", value, known);
    ecg.series = Some("9A110".into());
    ecg.judged_by = Some("判定 三郎".into());
    check(clinic, "ecg", (ecg, standard));
    let (value, known) = words("詳細な健診");
    let (mut why, standard) = checkup_item("9A110161000000049", "心電図(実施理由)", value, known);
    why.series = Some("9A110".into());
    why.relation = Some("RSON".into());
    check(clinic, "ecg why", (why, standard));
    check(clinic, "hba1c", checkup_item("3D046000001906202", "HbA1c(NGSP値)", CheckupValue::NotPerformed, None));
    check(clinic, "bmi", checkup_item("9N011000000000001", "BMI", CheckupValue::NotMeasurable, None));
    let (value, known) = choice("urn:oid:1.2.392.200119.6.2003", "2", "いいえ");
    check(clinic, "smoking", checkup_item("9N736000000000011", "喫煙", value, known));
    let (value, known) = words("軽度の脂質異常があります。");
    let (mut judged, standard) = checkup_item("9N511000000000049", "医師の診断(判定)", value, known);
    judged.judged_by = Some("見本 花子".into());
    check(clinic, "judged", (judged, standard));
    let (mut own, mut standard) = checkup_item("HP-1", "骨密度", measured("95", "%"), Some(number("95", "%", "%")));
    own.section = Some(code("01990", "任意追加項目", ""));
    standard.code = None;
    check(clinic, "own", (own, standard));
}
