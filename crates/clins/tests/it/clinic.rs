//! An invented clinic: charts by hand, already standardised.

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, sync::Arc};
use tsugite_clinical::{
    Chart, Date, DateTime, End, Fact, Identity, Key, PatientId, Presence, Scope, Statement, Version, WholeList,
    body::{
        Address, Allergy, Body, Care, CareClass, Code, Concept, Diagnosis, Encounter, EncounterKind, Insurance,
        LabReport, LabResult, LabValue, Name, Patient, Practitioner, Representation, Sex,
    },
    policy::{Baselines, Institution, Overlay, Policy},
    standard::{
        AllergyCategory, AllergyStandard, ClinicalStatus, Coding, DiagnosisStandard, LabStandard, Outcome as Ending,
        Standard, Standardised,
    },
};
use tsugite_clins::{Hash, IgVersion, Issued, NeverIssued, Outcome, Site, report};
use tsugite_issue::{Address as Place, Digest, InputName, Origin, Span};

/// What a test changes before it reports.
pub struct Clinic {
    pub institution: Institution,
    pub policy: Policy,
    pub overlay: Overlay,
    pub baselines: Baselines,
    pub as_of: &'static str,
    pub since: Option<&'static str>,
    pub ig: IgVersion,
    facts: Vec<(Fact, Standard)>,
    lists: Vec<WholeList>,
    identities: Vec<Identity>,
}

impl Default for Clinic {
    /// A patient who can be reported, and a storage scanned to its end.
    fn default() -> Self {
        let mut clinic = Self {
            institution: Institution::new("1319999999").unwrap(),
            policy: Policy::default(),
            overlay: Overlay::default(),
            baselines: Baselines { scanned: ["storage".to_owned()].into() },
            as_of: "20261122",
            since: None,
            ig: IgVersion::V1_10,
            facts: Vec::new(),
            lists: Vec::new(),
            identities: Vec::new(),
        };
        clinic.patient(patient());
        clinic
    }
}

pub fn date(text: &str) -> Option<Date> {
    Some(Date::parse_compact(text).unwrap())
}

pub fn time(text: &str) -> Option<DateTime> {
    Some(DateTime::parse_hl7(text).unwrap())
}

pub fn code(code: &str, display: &str, system: &str) -> Code {
    Code { code: code.into(), display: display.into(), system: system.into() }
}

pub fn coding(system: &'static str, code: &str, display: &str) -> Coding {
    Coding { system: system.into(), version: None, code: code.into(), display: display.into() }
}

pub fn name(representation: Representation, family: &str, given: &str) -> Name {
    Name { representation, family: family.into(), given: given.into() }
}

pub fn patient() -> Patient {
    Patient {
        names: vec![
            name(Representation::Ideographic, "架空", "太郎"),
            name(Representation::Syllabic, "カクウ", "タロウ"),
        ],
        birth_date: date("19600401"),
        sex: Some(Sex::Male),
        address: Some(Address {
            text: "東京都千代田区架空町1-2-3".into(), postal_code: Some("100-0000".into())
        }),
        telecoms: vec![],
        insurances: vec![insurance("06139999", "12", "345", Some("01"))],
        deceased: None,
    }
}

pub fn insurance(payer: &str, symbol: &str, number: &str, branch: Option<&str>) -> Insurance {
    Insurance {
        payer: payer.into(),
        symbol: symbol.into(),
        number: number.into(),
        branch: branch.map(Into::into),
        valid_from: date("20200401"),
        ..Insurance::default()
    }
}

pub fn care() -> Care {
    Care {
        class: Some(CareClass::Ambulatory),
        department: Some(code("01", "内科", "")),
        practitioner: Some(Practitioner {
            id: Some("D001".into()),
            name: Some(name(Representation::Ideographic, "見本", "花子")),
        }),
        insurances: Vec::new(),
    }
}

/// 胃炎 since 2024, with its standard side.
pub fn gastritis() -> (Diagnosis, DiagnosisStandard) {
    disease("20054174", "胃炎", "20240301")
}

pub fn disease(number: &str, text: &str, onset: &str) -> (Diagnosis, DiagnosisStandard) {
    let diagnosis = Diagnosis {
        disease: Concept { codes: vec![code(number, text, "MDCDX2")], text: None },
        onset: time(onset),
        recorded: time(onset),
        care: care(),
        ..Diagnosis::default()
    };
    let standard = DiagnosisStandard {
        codings: vec![coding("http://medis.or.jp/CodeSystem/master-disease-keyNumber", number, text)],
        text: text.into(),
        ..DiagnosisStandard::default()
    };
    (diagnosis, standard)
}

pub fn ended(status: ClinicalStatus, note: Option<&str>) -> Ending {
    Ending { status, note: note.map(Into::into) }
}

pub fn food(text: &str) -> (Allergy, AllergyStandard) {
    let allergy = Allergy {
        allergen: Concept { codes: vec![], text: Some(text.into()) },
        category: Some(code("FA", "食物アレルギー", "HL70127")),
        ..Allergy::default()
    };
    let standard = AllergyStandard {
        coding: Some(coding("http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", "D9F000000000", text)),
        category: Some(AllergyCategory::Food),
        uncoded: true,
        text: text.into(),
        ..AllergyStandard::default()
    };
    (allergy, standard)
}

pub const LOCAL: &str = "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS";
pub const CORE: &str = "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS";

pub fn result(order: &str, day: &str, test: &str, value: &str) -> (LabResult, LabStandard) {
    let result = LabResult {
        report: Arc::new(LabReport { order_number: order.into(), care_day: date(day) }),
        care: Arc::new(care()),
        specimen: None,
        test: Concept { codes: vec![code(test, test, "99LAB")], text: None },
        panel: None,
        sub_id: None,
        value: LabValue::Text(value.into()),
        unit: None,
        reference_range: None,
        flags: vec![],
        status: "F".into(),
        ordered_for: time(&format!("{day}0900")),
        observed: None,
        reported: time(&format!("{day}1530")),
        comments: vec![],
        comment_origins: Default::default(),
    };
    let standard = LabStandard {
        local: Some(coding(LOCAL, test, test)),
        text: test.into(),
        specimen: Some(coding(
            "http://jpfhir.jp/fhir/core/CodeSystem/JP_ObservationSampleMaterialCode_CS",
            "023",
            "血清",
        )),
        specimen_text: "血清".into(),
        values: vec![tsugite_clinical::standard::Value::Text(value.into())],
        ..LabStandard::default()
    };
    (result, standard)
}

impl Clinic {
    pub fn without_patient() -> Self {
        let mut clinic = Self::default();
        clinic.facts.clear();
        clinic
    }

    pub fn of(patient: Patient) -> Self {
        let mut clinic = Self::without_patient();
        clinic.patient(patient);
        clinic
    }

    pub fn patient(&mut self, patient: Patient) -> &mut Self {
        self.fact("ADT-00", "", "PID", Body::Patient(Box::new(patient)), Standard::None)
    }

    pub fn visit(&mut self, kind: EncounterKind, at: &str) -> &mut Self {
        let encounter = Encounter { kind, care: Care::default(), at: time(at), disposition: None };
        self.fact("ADT", at, "PV1", Body::Encounter(Box::new(encounter)), Standard::None)
    }

    pub fn diagnosis(&mut self, (diagnosis, standard): (Diagnosis, DiagnosisStandard)) -> &mut Self {
        self.diagnosis_of("PPR-01", (diagnosis, standard))
    }

    pub fn diagnosis_of(&mut self, feed: &str, said: (Diagnosis, DiagnosisStandard)) -> &mut Self {
        let item = said.1.text.clone();
        self.fact(feed, "", &item, Body::Diagnosis(Box::new(said.0)), Standard::Diagnosis(Box::new(said.1)))
    }

    pub fn allergy(&mut self, said: (Allergy, AllergyStandard)) -> &mut Self {
        self.allergy_of("ADT-61", said)
    }

    pub fn allergy_of(&mut self, feed: &str, said: (Allergy, AllergyStandard)) -> &mut Self {
        let item = said.1.text.clone();
        self.fact(feed, "", &item, Body::Allergy(Box::new(said.0)), Standard::Allergy(Box::new(said.1)))
    }

    pub fn lab(&mut self, said: (LabResult, LabStandard)) -> &mut Self {
        let part = said.0.report.order_number.clone();
        let item = said.1.text.clone();
        self.fact("OML-11", &part, &item, Body::LabResult(Box::new(said.0)), Standard::Lab(Box::new(said.1)))
    }

    /// One more statement; the ordinal keeps equal items apart.
    pub fn fact(&mut self, feed: &str, part: &str, item: &str, body: Body, standard: Standard) -> &mut Self {
        let number = self.facts.len();
        let alike = |(fact, _): &&(Fact, Standard)| {
            *fact.key.scope.feed == *feed && *fact.key.scope.part == *part && *fact.key.item == *item
        };
        let ordinal = u16::try_from(self.facts.iter().filter(alike).count()).unwrap();
        let scope = Scope { source: "storage".into(), feed: feed.into(), part: part.into() };
        let mut digest = [0; 16];
        digest[0] = u8::try_from(number).unwrap();
        let input = InputName { path: format!("{feed}/{number}"), digest: Digest(digest) };
        let fact = Fact {
            patient: PatientId { space: "storage".into(), id: "0000000001".into() },
            key: Key { scope: Arc::new(scope), item: item.into(), ordinal },
            version: Version { time: 20_261_001_090_000_000, ..Version::default() },
            presence: Presence::Present,
            body,
            origin: Origin { input: Arc::new(input), span: Span::default(), address: Place::Whole },
        };
        self.facts.push((fact, standard));
        self
    }

    /// Changes the last statement.
    pub fn last(&mut self, change: impl FnOnce(&mut Fact)) -> &mut Self {
        change(&mut self.facts.last_mut().unwrap().0);
        self
    }

    /// Changes the place of the last statement's source.
    pub fn stated_by(&mut self, source: &str) -> &mut Self {
        self.last(|fact| {
            let scope = Scope { source: source.into(), ..(*fact.key.scope).clone() };
            fact.key.scope = Arc::new(scope);
        })
    }

    /// The input of the last statement gives another birth date than the master.
    pub fn of_another_person(&mut self) -> &mut Self {
        let (fact, _) = self.facts.last().unwrap();
        self.identities.push(Identity {
            patient: fact.patient.clone(),
            input: Arc::clone(&fact.origin.input),
            version: fact.version,
            birth_date: date("19991231"),
            sex: None,
        });
        self
    }

    pub fn whole_list(&mut self, feed: &str, at: u64) -> &mut Self {
        self.whole_list_of(feed, "", at)
    }

    pub fn whole_list_of(&mut self, feed: &str, part: &str, at: u64) -> &mut Self {
        let scope = Scope { source: "storage".into(), feed: feed.into(), part: part.into() };
        self.lists.push(WholeList {
            patient: PatientId { space: "storage".into(), id: "0000000001".into() },
            scope: Arc::new(scope),
            version: Version { time: at, ..Version::default() },
            presence: Presence::Present,
            input: Arc::new(InputName { path: "list".into(), digest: Digest([255; 16]) }),
        });
        self
    }

    pub fn report(&self) -> Reported {
        self.report_with(&NeverIssued)
    }

    pub fn report_with(&self, issued: &dyn Issued) -> Reported {
        let statements = self.facts.iter().map(|(fact, _)| Statement::Fact(fact.clone()));
        let identities = self.identities.iter().cloned().map(Statement::Identity);
        let lists = self.lists.iter().cloned().map(Statement::List);
        let chart = Chart::new(statements.chain(lists).chain(identities));
        let standard = |fact: &Fact| {
            let own = self.facts.iter().find(|(known, _)| known == fact);
            own.map(|(_, standard)| standard.clone()).unwrap_or_default()
        };
        let standards = chart.facts().iter().map(|stated| standard(&stated.fact)).collect();
        let departments = BTreeMap::from([(
            code("01", "内科", ""),
            coding("http://jami.jp/SS-MIX2/CodeSystem/ClinicalDepartment", "01", "内科"),
        )]);
        let standardised =
            Standardised { resolved: chart.resolve(), standards, issues: vec![], unmapped: vec![], departments };
        let site = Site {
            institution: &self.institution,
            policy: &self.policy,
            overlay: &self.overlay,
            baselines: &self.baselines,
            as_of: DateTime::parse_hl7(self.as_of).unwrap(),
            since: self.since.and_then(date),
            issued,
            ig: self.ig,
            subject: None,
        };
        let outcome = report(&standardised, &site);
        let named = |(stated, end): (&tsugite_clinical::StatedFact, &Option<End>)| {
            end.map(|end| (stated.fact.key.item.to_string(), end_name(end)))
        };
        let ends = chart.facts().iter().zip(&outcome.ends).filter_map(named).collect();
        dump(&outcome);
        Reported { outcome, ends }
    }
}

/// With `CLINS_DUMP_DIR` set, every bundle that a test builds is written there, for a validator of one's choice.
fn dump(outcome: &Outcome) {
    let Some(dir) = std::env::var_os("CLINS_DUMP_DIR") else { return };
    std::fs::create_dir_all(&dir).unwrap();
    for unit in &outcome.built {
        let name = format!("{}-{}.json", unit.key.kind, Hash(Sha256::digest(&unit.bytes).into()));
        std::fs::write(std::path::Path::new(&dir).join(name), &unit.bytes).unwrap();
    }
}

pub struct Reported {
    pub outcome: Outcome,
    /// Item of each record and where it ended.
    pub ends: Vec<(String, String)>,
}

fn end_name(end: End) -> String {
    match end {
        End::NotCarried(rule) => format!("not carried {}", rule.code),
        End::Held(rule) => format!("held {}", rule.code),
        End::Reported => "reported".into(),
        End::Retracted => "retracted".into(),
        End::Superseded => "superseded".into(),
    }
}

impl Reported {
    /// Where the records of an item ended.
    pub fn end(&self, item: &str) -> &str {
        let mut ends = self.ends.iter().filter(|(named, _)| named == item);
        let (_, end) = ends.next().unwrap_or_else(|| panic!("no record {item}"));
        assert!(ends.next().is_none(), "{item} stands twice");
        end
    }

    pub fn ends(&self) -> Vec<&str> {
        self.ends.iter().map(|(_, end)| end.as_str()).collect()
    }

    /// The only bundle.
    pub fn bundle(&self) -> Value {
        assert_eq!(self.outcome.built.len(), 1, "{:?}", self.outcome.held);
        self.bundle_of(0)
    }

    pub fn bundle_of(&self, index: usize) -> Value {
        serde_json::from_slice(&self.outcome.built[index].bytes).unwrap()
    }

    /// The resources of the only bundle, without the patient.
    pub fn resources(&self) -> Vec<Value> {
        let entries = self.bundle()["entry"].as_array().unwrap().clone();
        entries[1..].iter().map(|entry| entry["resource"].clone()).collect()
    }

    pub fn resource(&self) -> Value {
        let mut resources = self.resources();
        assert_eq!(resources.len(), 1);
        resources.remove(0)
    }

    /// The rules under which Units are held.
    pub fn held(&self) -> Vec<&str> {
        self.outcome.held.iter().map(|unit| unit.rule.code).collect()
    }

    /// Codes of everything that was said.
    pub fn said(&self) -> Vec<&str> {
        let of_units = self.outcome.built.iter().flat_map(|unit| &unit.issues);
        let of_held = self.outcome.held.iter().flat_map(|unit| &unit.issues);
        of_units.chain(of_held).chain(&self.outcome.issues).map(|issue| issue.code()).collect()
    }
}
