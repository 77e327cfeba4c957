//! What typical invariants cost on a Bundle of 21 results: each on the element that it stands on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use divan::{Bencher, black_box};
use serde_json::{Value, json};
use tsugite_validate::fhirpath::{Context, Expression, Model, Unknown};
use tsugite_validate::json::{Arena, Limits, Node};

/// Shows that typical invariants allocate nothing.
#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// The types that the invariants below ask for.
struct Few;

impl Model for Few {
    fn member(&self, of: &str, key: &str) -> Option<&str> {
        match (of, key) {
            ("Observation", "effectiveDateTime") => Some("dateTime"),
            ("Observation", "valueQuantity") => Some("Quantity"),
            _ => None,
        }
    }

    fn base(&self, _: &str) -> Option<&str> {
        None
    }

    fn is_choice(&self, of: &str, name: &str) -> bool {
        of == "Observation" && matches!(name, "value" | "effective")
    }
}

fn bundle() -> Vec<u8> {
    let mut bundle: Value = serde_json::from_str(include_str!("../tests/it/bundles/observation.json")).unwrap();
    let entries = bundle["entry"].as_array_mut().unwrap();
    entries.truncate(2);
    let result = entries.pop().unwrap();
    for number in 0..21 {
        let mut entry = result.clone();
        entry["fullUrl"] = json!(format!("urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f9a{number:02}"));
        entries.push(entry);
    }
    serde_json::to_vec(&bundle).unwrap()
}

const ON_OBSERVATION: &[&str] = &[
    "dataAbsentReason.empty() or value.empty()",
    "value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()",
    "extension.where(url='http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber').exists()",
    "code.coding.where(system ='http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS').exists()",
    "(referenceRange.low.unit.exists() implies (value.ofType(Quantity).unit.exists() and (value.ofType(Quantity).unit = referenceRange.low.unit)))",
    "effective.ofType(dateTime).exists() and status in ('final' | 'amended')",
    "hasValue() or (children().count() > id.count())",
    "identifier.value.matches('^[0-4][0-9][1-3][0-9]{7}$').empty()",
];

const ON_BUNDLE: &[&str] = &[
    "total.empty() or (type = 'searchset') or (type = 'history')",
    "entry.first().resource.is(Patient)",
    "meta.profile.where($this.indexOf('|')>0 and ($this.indexOf('|')>0 implies ($this.substring(0,$this.indexOf('|'))='http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS'))).exists() or meta.profile.where($this='http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS').exists()",
    "(type = 'history') or entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()",
    "entry.select(resource as Observation).all(performer.exists())",
    "entry.tail().resource.all(extension.where(url='http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber').value.ofType(Identifier).value.matches('^[0-4][0-9][1-3][0-9]{7}$'))",
];

fn run(bencher: Bencher<'_, '_>, text: &str, focus: for<'t> fn(Node<'t>) -> Node<'t>) {
    let bytes = bundle();
    let mut arena = Arena::new();
    let tree = arena.read(&bytes, &Limits::default(), &mut Vec::new()).unwrap();
    let node = focus(tree.root().unwrap());
    let cx = Context { resource: node, root: node, model: &Few, terminology: &Unknown, resolver: &Unknown };
    let expression = Expression::compile(text).unwrap();
    bencher.bench_local(|| black_box(&expression).holds(&cx, node));
}

#[divan::bench(args = 0..ON_OBSERVATION.len())]
fn on_observation(bencher: Bencher<'_, '_>, number: usize) {
    run(bencher, ON_OBSERVATION[number], |root| {
        root.get("entry").and_then(|entry| entry.items().nth(1)?.get("resource")).unwrap()
    });
}

/// Over all entries.
#[divan::bench(args = 0..ON_BUNDLE.len())]
fn on_bundle(bencher: Bencher<'_, '_>, number: usize) {
    run(bencher, ON_BUNDLE[number], |root| root);
}

#[divan::bench]
fn compile() -> Expression {
    Expression::compile(black_box(ON_BUNDLE[2])).unwrap()
}
