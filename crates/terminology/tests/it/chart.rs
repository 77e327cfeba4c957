//! Charts of laboratory results for the public entry.

use std::sync::Arc;
use tsugite_clinical::{
    Chart, Fact, Key, PatientId, Presence, Scope, Statement, Version,
    body::{Body, Care, Code, CommentOrigins, Concept, LabReport, LabResult, LabValue},
    policy::Policy,
    standard::{LabStandard, Standard},
};
use tsugite_issue::{InputName, Origin};
use tsugite_terminology::{Tables, standardise};

/// Numeric results of JLAC10 codes.
pub fn labs(codes: &[String], tables: &Tables) -> Vec<LabStandard> {
    let triplets: Vec<String> = codes.iter().map(|code| format!("{code}^x^JC10")).collect();
    labs_of(&triplets, tables)
}

/// Numeric results of `code^name^system`, in their order.
pub fn labs_of(triplets: &[String], tables: &Tables) -> Vec<LabStandard> {
    let scope = Arc::new(Scope { source: "store".into(), feed: "OML-11".into(), part: "".into() });
    let input = Arc::new(InputName { path: "test".into(), digest: Default::default() });
    let (report, care) = (Arc::new(LabReport::default()), Arc::new(Care::default()));
    let statements = triplets.iter().enumerate().map(|(index, triplet)| {
        let mut parts = triplet.split('^').map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        let code = Code { code: part(), display: part(), system: part() };
        let result = LabResult {
            report: Arc::clone(&report),
            care: Arc::clone(&care),
            specimen: None,
            test: Concept { codes: vec![code], text: None },
            panel: None,
            sub_id: None,
            value: LabValue::Text("5".into()),
            unit: None,
            reference_range: None,
            flags: Vec::new(),
            status: "F".into(),
            ordered_for: None,
            observed: None,
            reported: None,
            comments: Vec::new(),
            comment_origins: CommentOrigins::default(),
        };
        Statement::Fact(Fact {
            patient: PatientId { space: "store".into(), id: "1".into() },
            key: Key { scope: Arc::clone(&scope), item: format!("{index:06}").into(), ordinal: 0 },
            version: Version::default(),
            presence: Presence::Present,
            body: Body::LabResult(Box::new(result)),
            origin: Origin::whole(Arc::clone(&input)),
        })
    });
    let chart = Chart::new(statements);
    let done = standardise(chart.resolve(), tables, &Policy::default());
    let lab = |standard| match standard {
        Standard::Lab(lab) => *lab,
        other => panic!("{other:?}"),
    };
    done.standards.into_iter().map(lab).collect()
}
