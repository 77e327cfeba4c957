//! `validate` as an integrator meets it: what is not FHIR, what means harm, and the same answer on any number of threads.

#[path = "validating/hostile.rs"]
mod hostile;
#[path = "validating/profiles.rs"]
mod profiles;

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};
use zip::{ZipWriter, write::SimpleFileOptions};

struct Place(tempfile::TempDir);

/// How a call ended.
struct Ended {
    status: i32,
    out: String,
    err: String,
}

impl Ended {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    /// Codes of all findings, in order.
    fn codes(&self) -> Vec<String> {
        let code = |finding: &Value| finding["code"].as_str().unwrap().to_owned();
        let files = self.json()["files"].as_array().unwrap().clone();
        files.iter().flat_map(|file| file["findings"].as_array().unwrap()).map(code).collect()
    }
}

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn call(&self, arguments: &[&str], input: &[u8]) -> Ended {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tsugite"));
        command.args(["--lang", "en", "--home", "home"]).args(arguments).current_dir(self.0.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        // The program may answer before it has read all.
        let feed = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        feed.join().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ended { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn validate(&self, arguments: &[&str]) -> Ended {
        self.call(&[&["validate", "--as-of", "2026-11-22"], arguments].concat(), b"")
    }

    /// A package with one profile on Patient that demands a gender.
    fn package(&self) -> PathBuf {
        self.pack("sample.tgz", &[definition(PROFILE, "Patient", Some("Patient.gender"))])
    }

    fn pack(&self, name: &str, definitions: &[Value]) -> PathBuf {
        let path = self.path(name);
        let description = json!({"name": "sample.r4", "version": "1.0.0", "fhirVersions": ["4.0.1"]});
        let mut tar = tar::Builder::new(GzEncoder::new(File::create(&path).unwrap(), Compression::fast()));
        for (number, content) in [&description].into_iter().chain(definitions).enumerate() {
            let text = content.to_string();
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            let name = format!("package/StructureDefinition-{number}.json");
            let name = if number == 0 { "package/package.json" } else { &name };
            tar.append_data(&mut header, name, text.as_bytes()).unwrap();
        }
        tar.into_inner().unwrap().finish().unwrap();
        path
    }
}

/// A profile on a type that demands one element.
fn definition(url: &str, of: &str, demanded: Option<&str>) -> Value {
    let element = |id: &str, min: u8, max: &str| json!({"id": id, "path": id, "min": min, "max": max});
    let demanded = demanded.map(|id| element(id, 1, "1"));
    let elements: Vec<Value> = [element(of, 0, "*")].into_iter().chain(demanded).collect();
    json!({
        "resourceType": "StructureDefinition", "url": url, "version": "1.0.0", "type": of, "derivation": "constraint",
        "kind": if of == "Extension" { "complex-type" } else { "resource" },
        "baseDefinition": format!("http://hl7.org/fhir/StructureDefinition/{of}"),
        "context": [{"type": "element", "expression": "Element"}],
        "snapshot": {"element": elements}
    })
}

const PROFILE: &str = "http://example.org/fhir/StructureDefinition/sample-patient";

fn patient(more: &str) -> String {
    format!(r#"{{"resourceType":"Patient","birthDate":"1960-04-05"{more}}}"#)
}

#[test]
fn an_empty_folder_is_no_success_and_says_so() {
    let place = Place::new();
    fs::create_dir_all(place.path("empty/below")).unwrap();
    let ended = place.validate(&["empty"]);
    assert_eq!(ended.status, 1);
    assert!(ended.out.contains("empty: error VALIDATE-001: there was nothing to validate"), "{}", ended.out);
    let ended = place.validate(&["empty", "--format", "json"]);
    assert_eq!((ended.status, ended.codes()), (1, vec!["VALIDATE-001".to_owned()]));
    let missing = place.validate(&["missing"]);
    assert_eq!(missing.status, 3);
    assert!(missing.err.contains("missing"), "{}", missing.err);
}

#[test]
fn a_folder_of_mixed_files_is_sorted_out() {
    let place = Place::new();
    place.write("mixed/good.json", patient(""));
    place.write("mixed/deep/er/good.txt", patient(""));
    place.write("mixed/cut.json", &patient("")[..30]);
    place.write("mixed/utf16.json", patient("").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    let marked: Vec<u8> = [0xFEFF].into_iter().chain(patient("").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    place.write("mixed/utf16-marked.json", marked);
    place.write("mixed/two.ndjson", format!("{}\n{}\n", patient(""), patient(r#","gendre":"male""#)));
    place.write("mixed/not-fhir.ndjson", "{\"a\":1}\n{\"a\":2}\n");
    place.write(
        "mixed/patient.xml",
        r#"<?xml version="1.0"?><Patient xmlns="http://hl7.org/fhir"><active value="true"/></Patient>"#,
    );
    place.write("mixed/report.json", r#"{"version":1}"#);
    place.write("mixed/held.csv", "患者番号,理由\n1,住所\n");
    place.write("mixed/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0");
    place.write("mixed/empty.json", "");
    let ended = place.validate(&["mixed", "--format", "json"]);
    let report = ended.json();
    let files: Vec<_> = report["files"].as_array().unwrap().iter().map(|file| file["file"].as_str().unwrap()).collect();
    let expected = ["cut.json", "deep/er/good.txt", "good.json", "patient.xml", "two.ndjson", "utf16-marked.json"];
    let mut sorted = files.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected.map(|name| format!("mixed/{name}")));
    assert_eq!(report["summary"]["passed_over"], 6);
    let of = |name: &str| {
        let file =
            report["files"].as_array().unwrap().iter().find(|file| file["file"] == format!("mixed/{name}")).unwrap();
        let code = |finding: &Value| finding["code"].as_str().unwrap().to_owned();
        file["findings"].as_array().unwrap().iter().map(code).collect::<Vec<_>>()
    };
    assert_eq!(of("good.json"), [""; 0]);
    assert_eq!(of("deep/er/good.txt"), [""; 0]);
    assert_eq!(of("patient.xml"), ["VALIDATE-003"]);
    assert_eq!(of("utf16-marked.json"), ["JSON-002"]);
    assert_eq!(of("two.ndjson"), ["FHIR-002"]);
    assert!(of("cut.json")[0].starts_with("JSON-"));
    let two = report["files"].as_array().unwrap().iter().find(|file| file["file"] == "mixed/two.ndjson").unwrap();
    assert_eq!((&two["documents"], &two["findings"][0]["places"][0]["line"]), (&json!(2), &json!(2)));
    assert_eq!(ended.status, 1);
}

#[test]
fn a_file_that_was_named_is_told_what_it_is() {
    let place = Place::new();
    place.write("patient.xml", r#"<Patient xmlns="http://hl7.org/fhir"/>"#);
    place.write("message.hl7", "MSH|^~\\&|HIS\r");
    place.write("text.json", "hello");
    place.write("array.json", "[1]");
    let package = place.package();
    for (name, code) in [
        ("patient.xml", "VALIDATE-002"),
        ("message.hl7", "VALIDATE-005"),
        (package.file_name().unwrap().to_str().unwrap(), "VALIDATE-004"),
    ] {
        let ended = place.validate(&[name, "--format", "json"]);
        assert_eq!((ended.status, ended.codes()), (1, vec![code.to_owned()]), "{name}");
    }
    for name in ["text.json", "array.json"] {
        let ended = place.validate(&[name, "--format", "json"]);
        assert_eq!(ended.status, 1, "{name}");
        assert!(!ended.codes().is_empty());
    }
}

/// 200 resources with the same mistake, and one with another.
fn repeated() -> String {
    let wrong = (0..200).map(|n| patient(&format!(r#","gendre":"{n}""#)));
    let all = wrong.chain([patient(r#","maritalStatus":1"#)]).enumerate();
    let entry = |(n, resource): (usize, String)| {
        format!(r#"{{"fullUrl":"urn:uuid:00000000-0000-4000-8000-{n:012}","resource":{resource}}}"#)
    };
    let entries: Vec<String> = all.map(entry).collect();
    format!("{{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[\n{}\n]}}", entries.join(",\n"))
}

#[test]
fn one_cause_is_one_finding_with_a_count() {
    let place = Place::new();
    place.write("a.json", repeated());
    let report = place.validate(&["a.json", "--profile-only", "--format", "json"]).json();
    let findings = report["files"][0]["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 2);
    assert_eq!((&findings[0]["code"], &findings[0]["count"]), (&json!("FHIR-002"), &json!(200)));
    assert_eq!(findings[0]["element"], "Bundle.entry.resource.gendre");
    assert_eq!(findings[0]["places"].as_array().unwrap().len(), 100);
    assert_eq!(findings[0]["places"][1]["line"], 3);
    assert_eq!(report["summary"]["errors"], 201);
    let text = place.validate(&["a.json", "--profile-only"]).out;
    assert!(text.contains("FHIR-002 ×200") && text.contains("also at: 3:"), "{text}");
    assert!(text.lines().count() < 20, "{text}");
}

#[test]
fn the_outcome_is_a_resource_of_its_own_kind() {
    let place = Place::new();
    place.write("a.json", repeated());
    place.write("検査 1/b.json", patient(""));
    let one = place.validate(&["a.json", "--profile-only", "--format", "outcome"]);
    let outcome = one.json();
    assert_eq!((&outcome["resourceType"], &outcome["meta"]["source"]), (&json!("OperationOutcome"), &json!("a.json")));
    let issue = &outcome["issue"][1];
    assert_eq!(issue["expression"][0], "Bundle.entry[0].resource.gendre");
    assert!(issue["location"][0].as_str().unwrap().starts_with("Line[2] Col["));
    let many = place.validate(&["a.json", "検査 1", "empty", "--format", "outcome"]);
    assert_eq!(many.status, 3);
    fs::create_dir(place.path("empty")).unwrap();
    let many = place.validate(&["a.json", "検査 1", "--format", "outcome"]);
    assert_eq!((many.status, many.out.lines().count()), (1, 2));
    // What it writes passes its own judgement.
    for out in [one.out, many.out, place.validate(&["empty", "--format", "outcome"]).out] {
        let again = place.call(&["validate", "-", "--format", "json"], out.as_bytes());
        assert_eq!((again.status, again.codes()), (0, vec![]), "{out}");
    }
}

#[test]
fn any_number_of_threads_says_the_same_in_the_same_order() {
    let place = Place::new();
    for n in 0..60 {
        let more = [r#","gendre":1"#, "", r#","gender":"m""#, r#","name":[]"#][n % 4].repeat(n % 3);
        place.write(&format!("all/{}/{n}.json", n % 7), patient(&more));
    }
    let lines: Vec<String> = (0..9_000).map(|n| patient(if n % 1000 == 7 { r#","gendre":1"# } else { "" })).collect();
    place.write("all/many.ndjson", lines.join("\n"));
    for format in ["text", "json", "outcome"] {
        let of = |jobs: &str| place.validate(&["all", "--jobs", jobs, "--format", format]);
        let one = of("1");
        assert_eq!(one.status, 1);
        assert!(one.out.len() > 1000);
        for jobs in ["2", "7"] {
            assert_eq!(of(jobs).out, one.out, "{format}, {jobs} threads");
        }
    }
    let report = place.validate(&["all", "--format", "json"]).json();
    let many = report["files"].as_array().unwrap().iter().find(|file| file["file"] == "all/many.ndjson").unwrap();
    let lines: Vec<_> = many["findings"][0]["places"].as_array().unwrap().iter().map(|place| &place["line"]).collect();
    assert_eq!(lines, [8, 1008, 2008, 3008, 4008, 5008, 6008, 7008, 8008]);
    assert_eq!((&many["documents"], &many["findings"][0]["count"]), (&json!(9000), &json!(9)));
}

#[test]
fn standard_input_is_one_document_or_many() {
    let place = Place::new();
    let call = |input: &str, more: &[&str]| {
        place.call(&[&["validate", "-", "--format", "json"], more].concat(), input.as_bytes())
    };
    let pretty = patient("").replace(',', ",\n");
    for (input, documents) in [
        (patient(""), 1),
        (pretty, 1),
        (format!("{}\n", patient("")), 1),
        (format!("{}\n{}\n", patient(""), patient("")), 2),
        (format!("\n{}\r\n\n{}", patient(""), patient("")), 2),
    ] {
        let ended = call(&input, &[]);
        assert_eq!((ended.status, &ended.json()["summary"]["documents"]), (0, &json!(documents)), "{input}");
    }
    assert_eq!(call("", &[]).codes(), ["JSON-001"]);
    // The limit is that of a document: a line that is too long does not hide the others.
    let long = patient(&format!(r#","language":"{}""#, "x".repeat(5000)));
    let ended = call(&format!("{}\n{long}\n{}\n", patient(""), patient(r#","gendre":1"#)), &["--max-size", "2K"]);
    assert_eq!(ended.codes(), ["INTAKE-003", "FHIR-002"]);
    let place = |n: usize| ended.json()["files"][0]["findings"][n]["places"][0]["line"].clone();
    assert_eq!((place(0), place(1)), (json!(2), json!(3)));
}

#[test]
fn a_zip_is_read_like_its_folder() {
    let place = Place::new();
    let mut zip = ZipWriter::new(File::create(place.path("all.zip")).unwrap());
    for (name, text) in
        [("a/good.json", patient("")), ("a/wrong.json", patient(r#","gendre":1"#)), ("read.me", "x".into())]
    {
        place.write(&format!("all/{name}"), &text);
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    let packed = place.validate(&["all.zip", "--format", "json"]).out;
    let folder = place.validate(&["all", "--format", "json"]).out;
    assert_eq!(packed.replace("all.zip/", "all/"), folder);
}
