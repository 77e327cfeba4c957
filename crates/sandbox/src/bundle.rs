//! What the centre looks up in a bundle that has passed its checks.

use serde_json::Value;

const MEMBER_ID: &str = "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID";
const PUBLIC_MEMBER_ID: &str = "http://jpfhir.jp/fhir/clins/Idsystem/JP_PublicPayer_memberID";
const RESOURCE_TYPE_TAG: &str = "http://jpfhir.jp/fhir/clins/CodeSystem/BundleResourceType_CS";
/// The tag with which this gateway marks the bundles of a trial run.
const TRIAL_TAG: &str = "urn:tsugite:run";

#[derive(Debug, PartialEq, Eq)]
pub struct Summary {
    /// The type that the bundle's tag names.
    pub kind: String,
    pub bundle_id: String,
    /// 被保険者識別子 of the Patient.
    pub insured_id: String,
    /// Entries beside the Patient.
    pub resources: usize,
    pub trial: bool,
}

impl Summary {
    /// `None` if the bytes are no JSON.
    pub fn of(payload: &[u8]) -> Option<Self> {
        let bundle: Value = serde_json::from_slice(payload).ok()?;
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let items =
            |value: &'_ Value, name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let tags = bundle.get("meta").map(|meta| items(meta, "tag")).unwrap_or_default();
        let tagged = |system: &str| tags.iter().find(|tag| text(tag.get("system")) == system);
        let resources: Vec<Value> =
            items(&bundle, "entry").iter().filter_map(|entry| entry.get("resource").cloned()).collect();
        let patient = resources.iter().find(|resource| text(resource.get("resourceType")) == "Patient");
        let insured = patient.into_iter().flat_map(|patient| items(patient, "identifier"));
        let mut insured = insured.filter(|id| [MEMBER_ID, PUBLIC_MEMBER_ID].contains(&text(id.get("system")).as_str()));
        Some(Self {
            kind: text(tagged(RESOURCE_TYPE_TAG).and_then(|tag| tag.get("code"))),
            bundle_id: text(bundle.pointer("/identifier/value")),
            insured_id: text(insured.next().as_ref().and_then(|id| id.get("value"))),
            resources: resources.len() - usize::from(patient.is_some()),
            trial: tagged(TRIAL_TAG).is_some(),
        })
    }
}
