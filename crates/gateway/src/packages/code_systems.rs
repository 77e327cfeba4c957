use super::package::{Package, PackageError, each_file};
use serde::{Deserialize, Serialize};

/// The code systems of laboratory results: the shared items (JLAC10, JLAC11) and the list of all JLAC10 codes.
const WANTED: [&str; 2] =
    ["http://jpfhir.jp/fhir/clins/CodeSystem/JLAC1", "http://medis.or.jp/CodeSystem/master-JLAC10-17digits"];

/// Items, methods and results of health checks, of their own package only: other packages give some of these systems other meanings
/// (urine results: 1 is `－` in health checks and `+` among laboratory results).
const CHECKUP: (&str, [&str; 2]) = ("jp-eCheckupReport", ["urn:oid:1.2.392.200119.6.", "urn:oid:1.2.392.200119.4.504"]);

/// What is needed of one package, small enough to be read at every start.
#[derive(Debug, Serialize, Deserialize)]
pub struct Extract {
    /// Of this form of extract.
    format: u32,
    pub name: String,
    pub version: String,
    /// Name and JSON of each wanted CodeSystem.
    #[serde(with = "texts")]
    pub resources: Vec<(String, Vec<u8>)>,
}

/// A CodeSystem without its prose.
#[derive(Debug, Serialize, Deserialize)]
struct CodeSystem {
    #[serde(rename = "resourceType")]
    resource_type: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    content: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    concept: Vec<Concept>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Concept {
    #[serde(default)]
    code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    display: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    concept: Vec<Concept>,
}

impl Extract {
    const FORMAT: u32 = 2;

    pub fn of_package(bytes: &[u8]) -> Result<Self, PackageError> {
        let Package { name, version } = Package::read(bytes)?;
        let mut resources = Vec::new();
        each_file(bytes, |path, content| {
            let Some(file) = path.strip_prefix("package/").filter(|file| file.starts_with("CodeSystem")) else {
                return Ok(());
            };
            let mut json = Vec::new();
            content.read_to_end(&mut json)?;
            let wanted = serde_json::from_slice::<CodeSystem>(&json)
                .ok()
                .filter(|system| system.resource_type == "CodeSystem" && is_wanted(&name, &system.url));
            if let Some(system) = wanted {
                resources.push((file.to_owned(), serde_json::to_vec(&system)?));
            }
            Ok(())
        })?;
        resources.sort();
        Ok(Self { format: Self::FORMAT, name, version, resources })
    }

    pub fn from_json(json: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Self>(json).ok().filter(|extract| extract.format == Self::FORMAT)
    }

    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

fn is_wanted(package: &str, url: &str) -> bool {
    let (checkup, systems) = CHECKUP;
    let of_checkup = package.starts_with(checkup) && systems.iter().any(|system| url.starts_with(system));
    of_checkup || WANTED.iter().any(|wanted| url.starts_with(wanted))
}

/// JSON as text, not as a list of numbers.
mod texts {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(resources: &[(String, Vec<u8>)], serializer: S) -> Result<S::Ok, S::Error> {
        let texts: Vec<_> = resources.iter().map(|(name, json)| (name, String::from_utf8_lossy(json))).collect();
        texts.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, Vec<u8>)>, D::Error> {
        let texts = Vec::<(String, String)>::deserialize(deserializer)?;
        Ok(texts.into_iter().map(|(name, json)| (name, json.into_bytes())).collect())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};

    /// A package as the official ones are made.
    pub fn package(version: &str, files: &[(&str, &str)]) -> Vec<u8> {
        let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        let manifest = format!(r#"{{"name":"jp-test.r4","version":"{version}"}}"#);
        let all = [("package/package.json", manifest.as_str())].into_iter().chain(files.iter().copied());
        for (path, text) in all {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            tar.append_data(&mut header, path, text.as_bytes()).unwrap();
        }
        tar.into_inner().unwrap().finish().unwrap()
    }

    pub const CORE: &str = r#"{"resourceType":"CodeSystem","url":"http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/X",
        "content":"complete","concept":[{"code":"Alb","concept":[{"code":"3A0150000023271","display":"ALB"}]}]}"#;

    #[test]
    fn an_extract_holds_the_leaves_of_the_wanted_systems() {
        let other = r#"{"resourceType":"CodeSystem","url":"http://example.org/other","concept":[{"code":"a"}]}"#;
        let bytes = package("1.0.0", &[("package/CodeSystem-core.json", CORE), ("package/CodeSystem-o.json", other)]);
        let extract = Extract::of_package(&bytes).unwrap();
        assert_eq!(extract.resources.len(), 1);
        let extract = Extract::from_json(&extract.to_json()).unwrap();
        assert_eq!(extract.resources[0].0, "CodeSystem-core.json");
        let system: CodeSystem = serde_json::from_slice(&extract.resources[0].1).unwrap();
        assert_eq!(system.concept[0].concept[0].display.as_deref(), Some("ALB"));
    }

    #[test]
    fn results_of_health_checks_are_taken_from_their_own_package_only() {
        let url = "urn:oid:1.2.392.200119.6.2102";
        assert!(is_wanted("jp-eCheckupReport.r4", url));
        assert!(!is_wanted("jp-eCSCLINS.r4", url));
        assert!(is_wanted("jp-eCSCLINS.r4", WANTED[1]));
    }
}
