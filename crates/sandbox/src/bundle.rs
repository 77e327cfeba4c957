//! What the centre looks up in a bundle that has passed its checks.

use serde_json::Value;

const MEMBER_ID: &str = "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID";
const PUBLIC_MEMBER_ID: &str = "http://jpfhir.jp/fhir/clins/Idsystem/JP_PublicPayer_memberID";
const RESOURCE_TYPE_TAG: &str = "http://jpfhir.jp/fhir/clins/CodeSystem/BundleResourceType_CS";
/// The tag with which this gateway marks the bundles of a trial run.
const TRIAL_TAG: &str = "urn:tsugite:run";

#[derive(Debug, PartialEq, Eq)]
pub struct Summary {
    /// The type that the bundle's tag names; `Composition` for a document, which has no such tag.
    pub kind: String,
    pub bundle_id: String,
    /// 被保険者識別子 of the Patient.
    pub insured_id: String,
    /// Entries beside the Patient.
    pub resources: usize,
    pub trial: bool,
    /// Files that are named and not held in it.
    pub apart: Vec<Apart>,
}

/// A file that travels apart from its document.
#[derive(Debug, PartialEq, Eq)]
pub struct Apart {
    pub url: String,
    pub size: Option<u64>,
}

impl Apart {
    fn of(attachment: &Value) -> Option<Self> {
        let is_apart = attachment.get("data").is_none() && attachment.get("url").is_some();
        let size = attachment.get("size").and_then(Value::as_u64);
        is_apart.then(|| Self { url: text(attachment, "url").to_owned(), size })
    }
}

impl Summary {
    /// `None` if the bytes are no JSON.
    pub fn of(payload: &[u8]) -> Option<Self> {
        let bundle: Value = serde_json::from_slice(payload).ok()?;
        let tags = || bundle.get("meta").into_iter().flat_map(|meta| items(meta, "tag"));
        let tagged = |system| tags().find(|tag| text(tag, "system") == system);
        let resources = || items(&bundle, "entry").filter_map(|entry| entry.get("resource"));
        let is_patient = |resource: &&Value| text(resource, "resourceType") == "Patient";
        let mut identifiers = resources().filter(is_patient).flat_map(|patient| items(patient, "identifier"));
        let insured = identifiers.find(|id| matches!(text(id, "system"), MEMBER_ID | PUBLIC_MEMBER_ID));
        let untagged = if text(&bundle, "type") == "document" { "Composition" } else { "" };
        Some(Self {
            kind: tagged(RESOURCE_TYPE_TAG).map_or(untagged, |tag| text(tag, "code")).to_owned(),
            bundle_id: bundle.get("identifier").map_or("", |id| text(id, "value")).to_owned(),
            insured_id: insured.map_or("", |id| text(id, "value")).to_owned(),
            resources: resources().filter(|resource| !is_patient(resource)).count(),
            trial: tagged(TRIAL_TAG).is_some(),
            apart: resources()
                .flat_map(|resource| items(resource, "content"))
                .filter_map(|content| Apart::of(content.get("attachment")?))
                .collect(),
        })
    }
}

/// Whether the bytes are a Bundle of the type `document`.
pub fn is_document(payload: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Typed {
        #[serde(rename = "type", default)]
        kind: String,
    }
    serde_json::from_slice::<Typed>(payload).is_ok_and(|bundle| bundle.kind == "document")
}

fn items<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_says_who_what_and_how_much() {
        let bundle = format!(
            r#"{{"meta": {{"tag": [{{"system": "{TRIAL_TAG}"}}, {{"system": "{RESOURCE_TYPE_TAG}", "code": "Condition"}}]}},
              "identifier": {{"value": "a^b^c"}},
              "entry": [
                {{"resource": {{"resourceType": "Patient", "identifier": [
                  {{"system": "urn:oid:1", "value": "7"}}, {{"system": "{MEMBER_ID}", "value": "00000001:1:2:"}}]}}}},
                {{"resource": {{"resourceType": "Condition", "identifier": [{{"system": "{MEMBER_ID}", "value": "x"}}]}}}}]}}"#
        );
        let expected = Summary {
            kind: "Condition".into(),
            bundle_id: "a^b^c".into(),
            insured_id: "00000001:1:2:".into(),
            resources: 1,
            trial: true,
            apart: Vec::new(),
        };
        assert_eq!(Summary::of(bundle.as_bytes()), Some(expected));
        assert_eq!(Summary::of(b"{"), None);
        let nothing = Summary::of(b"[1]").unwrap();
        assert_eq!((nothing.kind.as_str(), nothing.resources, nothing.trial), ("", 0, false));
        let document = br#"{"resourceType":"Bundle","type":"document"}"#;
        assert!(is_document(document) && !is_document(b"{}") && !is_document(b"["));
        assert_eq!(Summary::of(document).unwrap().kind, "Composition");
        let files = br#"{"entry":[{"resource":{"content":[{"attachment":{"url":"u","size":3}},{"attachment":{"url":"v","data":"QQ=="}}]}}]}"#;
        assert_eq!(Summary::of(files).unwrap().apart, [Apart { url: "u".into(), size: Some(3) }]);
    }
}
