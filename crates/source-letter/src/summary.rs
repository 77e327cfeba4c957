//! 退院時サマリー as an attachment of a 診療情報提供書: the FHIR document itself, whose patient can be checked.

use serde_json::Value;

/// The MIME type of FHIR resources in JSON.
pub const FHIR_JSON: &str = "application/fhir+json";
/// 退院時サマリー in the guide's list of documents.
const SUMMARY: &str = "18842-5";
/// 患者番号 of an institution.
const PATIENT_OID: &str = "urn:oid:1.2.392.100495.20.3.51.";

/// A discharge summary as it is registered.
pub struct Summary(Value);

impl Summary {
    /// `None` where the bytes are no document Bundle of a 退院時サマリー.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let bundle: Value = bytes.starts_with(b"{").then(|| serde_json::from_slice(bytes).ok()).flatten()?;
        let is_document = bundle.get("resourceType")? == "Bundle" && bundle.get("type")? == "document";
        let summary = Self(bundle);
        let head = summary.resource("Composition").filter(|_| is_document)?;
        let codings = head.pointer("/type/coding")?.as_array()?;
        codings.iter().any(|coding| coding.get("code").is_some_and(|code| code == SUMMARY)).then_some(summary)
    }

    fn resource(&self, kind: &str) -> Option<&Value> {
        let mut entries = self.0.get("entry")?.as_array()?.iter().filter_map(|entry| entry.get("resource"));
        entries.find(|resource| resource.get("resourceType").is_some_and(|it| it == kind))
    }

    /// Whether it is about the patient of this number; leading zeros do not matter.
    pub fn is_about(&self, patient: &str) -> bool {
        let bare = |number: &str| number.trim().trim_start_matches('0').to_owned();
        let identifiers = self.resource("Patient").and_then(|it| it.get("identifier")?.as_array());
        let mut numbers = identifiers.into_iter().flatten().filter_map(|identifier| {
            let ours = identifier.get("system")?.as_str()?.starts_with(PATIENT_OID);
            identifier.get("value")?.as_str().filter(|_| ours)
        });
        numbers.any(|number| bare(number) == bare(patient))
    }

    /// The day on which it was written.
    pub fn day(&self) -> Option<&str> {
        self.resource("Composition")?.get("date")?.as_str()?.get(..10)
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// The little of a summary that is looked at.
    pub fn bundle(kind: &str, patient: &str) -> Vec<u8> {
        format!(
            r#"{{"resourceType":"Bundle","type":"document","entry":[{{"resource":{{"resourceType":"Composition","date":"2026-11-05T10:00:00+09:00","type":{{"coding":[{{"code":"{kind}"}}]}}}}}},{{"resource":{{"resourceType":"Patient","identifier":[{{"system":"http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID","value":"7"}},{{"system":"urn:oid:1.2.392.100495.20.3.51.11319999999","value":"{patient}"}}]}}}}]}}"#
        )
        .into_bytes()
    }

    #[test]
    fn only_a_summary_is_one_and_it_knows_whose_it_is() {
        assert!(Summary::of(&bundle("57133-1", "0000000001")).is_none());
        assert!(Summary::of(b"{").is_none());
        assert!(Summary::of(br#"{"resourceType":"Patient"}"#).is_none());
        let summary = Summary::of(&bundle("18842-5", "0000000001")).unwrap();
        assert_eq!(summary.day(), Some("2026-11-05"));
        for (patient, expected) in [("0000000001", true), ("1", true), ("0000000002", false), ("7", false)] {
            assert_eq!(summary.is_about(patient), expected, "{patient}");
        }
    }
}
