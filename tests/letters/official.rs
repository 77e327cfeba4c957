//! The official examples of documents, restated as letters: the same sections, entries and codes must come out again.
//!
//! The examples are not part of this repository. Where they are not beside it, the test says so and is passed over. What differs is
//! listed in `official-differences.tsv`, each line with the reason.

use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
    process::Command,
};

const EXAMPLES: [&str; 2] = ["clins-1.10.0", "clins-1.5.2"];
const EXAMPLE: &str = "Bundle-Bundle-CLINS-Referral-Example-01.json";

/// A Bundle that one can ask.
pub(super) struct Bundle(pub(super) Value);

impl Bundle {
    pub(super) fn resolve<'b>(&'b self, reference: &'b Value) -> &'b Value {
        let url = &reference["reference"];
        let mut entries = self.0["entry"].as_array().unwrap().iter();
        &entries.find(|entry| entry["fullUrl"] == *url).unwrap_or_else(|| panic!("{url}"))["resource"]
    }

    pub(super) fn resources(&self) -> impl Iterator<Item = &Value> {
        items(&self.0["entry"]).map(|entry| &entry["resource"])
    }

    pub(super) fn composition(&self) -> &Value {
        &self.0["entry"][0]["resource"]
    }

    /// Section code and section, the structured ones too.
    pub(super) fn sections(&self) -> Vec<(&str, &Value)> {
        let mut found = Vec::new();
        for section in items(&self.composition()["section"]) {
            match section["code"]["coding"][0]["code"].as_str().unwrap() {
                "300" => found
                    .extend(items(&section["section"]).map(|s| (s["code"]["coding"][0]["code"].as_str().unwrap(), s))),
                other => found.push((other, section)),
            }
        }
        found
    }
}

pub(super) fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The narrative without its markup.
pub(super) fn plain(section: &Value) -> String {
    let (mut plain, mut inside) = (String::new(), false);
    for char in text(&section["text"]["div"]).chars() {
        match char {
            '<' => inside = true,
            '>' => inside = false,
            char if !inside => plain.push(char),
            _ => {}
        }
    }
    plain.trim().to_owned()
}

/// Names of code systems as letters write them.
fn system(url: &str) -> &str {
    match url {
        "http://medis.or.jp/CodeSystem/master-disease-keyNumber" => "MDCDX2",
        url if url.contains("Jfagy") => "JFAGY",
        url => url,
    }
}

fn term(concept: &Value) -> Value {
    let coding = &concept["coding"][0];
    let mut term = json!({ "text": concept["text"] });
    if coding.is_object() {
        term["code"] = coding["code"].clone();
        term["name"] = coding["display"].clone();
        term["system"] = json!(system(text(&coding["system"])));
    }
    if term["text"].is_null() {
        term["text"] = coding["display"].clone();
    }
    term
}

/// The letter that says what the example says, as far as letters can.
fn letter(example: &Bundle) -> String {
    let composition = example.composition();
    let section = |code: &str| example.sections().into_iter().find(|(known, _)| *known == code).unwrap().1;
    let patient = example.resolve(&composition["subject"]);
    let mut letter = json!({
        "letter": {
            "format": 1, "kind": "referral", "id": composition["identifier"]["value"], "consent": "given",
            "patient": number(patient), "date": composition["date"], "class": "outpatient", "include": [],
        },
        "author": party(example, section("920")),
        "to": party(example, section("910")),
        "section": [],
    });
    for (code, section) in example.sections() {
        if matches!(code, "910" | "920") {
            continue;
        }
        let mut restated = json!({ "kind": section["title"], "text": plain(section) });
        for entry in items(&section["entry"]) {
            let resource = example.resolve(entry);
            let (list, entry) = match text(&resource["resourceType"]) {
                "Condition" => ("problem", problem(resource)),
                "AllergyIntolerance" => (
                    "allergy",
                    json!({ "allergen": term(&resource["code"]), "category": category(resource), "onset": resource["onsetDateTime"] }),
                ),
                "Observation" => {
                    ("finding", json!({ "item": term(&resource["code"]), "value": resource["valueString"] }))
                }
                // The visit is written from the head of the letter, and text is no document.
                _ => continue,
            };
            let mut list_of = restated[list].as_array().cloned().unwrap_or_default();
            list_of.push(entry);
            restated[list] = json!(list_of);
        }
        letter["section"].as_array_mut().unwrap().push(restated);
    }
    toml::to_string(&as_toml(letter)).unwrap()
}

fn problem(resource: &Value) -> Value {
    let mut problem = json!({ "disease": term(&resource["code"]), "onset": resource["onsetDateTime"] });
    if resource["clinicalStatus"]["coding"][0]["code"] == "resolved" {
        problem["outcome"] = json!({ "code": "F", "name": "治癒", "system": "HL70241" });
    }
    problem
}

fn category(resource: &Value) -> Value {
    match text(&resource["category"][0]) {
        "food" => json!({ "code": "FA", "system": "HL70127" }),
        "medication" => json!({ "code": "DA", "system": "HL70127" }),
        _ => Value::Null,
    }
}

fn party(example: &Bundle, section: &Value) -> Value {
    let mut party = json!({});
    for entry in items(&section["entry"]) {
        let resource = example.resolve(entry);
        if resource["resourceType"] == "Practitioner" {
            party["doctor"] = json!({ "name": resource["name"][0]["text"] });
            continue;
        }
        party["number"] = resource["identifier"][0]["value"].clone();
        party["name"] = resource["name"].clone();
        party["address"] = resource["address"][0]["text"].clone();
        party["postal_code"] = resource["address"][0]["postalCode"].clone();
        party["telephone"] = resource["telecom"][0]["value"].clone();
        let department =
            items(&resource["extension"]).find(|extension| text(&extension["url"]).ends_with("Department"));
        let coding = department.map(|extension| &extension["valueCodeableConcept"]["coding"][0]);
        party["department"] =
            coding.map_or(Value::Null, |coding| json!({ "code": coding["code"], "name": coding["display"] }));
    }
    party
}

fn number(patient: &Value) -> &Value {
    let mut identifiers = items(&patient["identifier"]);
    &identifiers.find(|identifier| text(&identifier["system"]).starts_with("urn:oid:")).unwrap()["value"]
}

/// TOML has no null.
fn as_toml(value: Value) -> toml::Value {
    match value {
        Value::Object(map) => {
            let said = map.into_iter().filter(|(_, value)| !value.is_null());
            toml::Value::Table(said.map(|(key, value)| (key, as_toml(value))).collect())
        }
        Value::Array(items) => toml::Value::Array(items.into_iter().map(as_toml).collect()),
        Value::Number(number) => toml::Value::Integer(number.as_i64().unwrap()),
        other => toml::Value::String(text(&other).to_owned()),
    }
}

/// The patient of the example as an old system would send it (ADT^A08).
fn adt(example: &Bundle) -> String {
    let patient = example.resolve(&example.composition()["subject"]);
    let member = items(&patient["identifier"]).find(|id| text(&id["system"]).ends_with("memberID")).unwrap();
    let insured: Vec<&str> = text(&member["value"]).split(':').collect();
    let name = |at: usize| (text(&patient["name"][at]["family"]), text(&patient["name"][at]["given"][0]));
    let ((family, given), (kana_family, kana_given)) = (name(0), name(1));
    let birth = text(&patient["birthDate"]).replace('-', "");
    let (address, postal) = (text(&patient["address"][0]["text"]), text(&patient["address"][0]["postalCode"]));
    // The symbol and number of an insured id are of one width.
    let wide =
        |digits: &str| digits.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c)).collect::<String>();
    let card = if insured[2].is_ascii() { wide(insured[2]) } else { insured[2].to_owned() };
    [
        "MSH|^~\\&|HIS|HOSP|GW|RCV|20200820090000||ADT^A08^ADT_A01|1|P|2.5||||||UNICODE UTF-8|||SS-MIX2_1.20_h^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO"
            .to_owned(),
        format!(
            "PID|0001||{}^^^^PI||{family}^{given}^^^^^L^I~{kana_family}^{kana_given}^^^^^L^P||{birth}|F|||^^^^{postal}^JPN^H^{address}||^PRN^PH^^^^^^^^^{}",
            text(number(patient)),
            text(&patient["telecom"][0]["value"])
        ),
        "PV1|0001|O".to_owned(),
        format!("IN1|1|06^組合管掌健康保険^JHSD0001|{}|||||||{}~{card}~{}", insured[0], insured[1], insured[3]),
    ]
    .map(|segment| segment + "\r")
    .concat()
}

/// What a document says: for each section its entries by type, with all their codes.
fn said(bundle: &Bundle) -> BTreeMap<String, BTreeSet<String>> {
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (code, section) in bundle.sections() {
        let lines = said.entry(code.to_owned()).or_default();
        for entry in items(&section["entry"]) {
            let resource = bundle.resolve(entry);
            let codes: BTreeSet<String> = items(&resource["code"]["coding"])
                .map(|c| format!("{}|{}", text(&c["system"]), text(&c["code"])))
                .collect();
            let codes: Vec<String> = codes.into_iter().collect();
            let named = ["name", "onsetDateTime"].into_iter().find_map(|key| resource[key].as_str());
            let named = named.or(resource["code"]["text"].as_str()).unwrap_or_default();
            lines.insert(format!("{} {} {named}", text(&resource["resourceType"]), codes.join(" ")).trim().to_owned());
        }
    }
    said
}

/// Texts that are not the same: ours may say more than the example, which is another thing than saying something else.
fn texts(example: &Bundle, ours: &Bundle) -> BTreeSet<String> {
    let mine: BTreeMap<&str, String> =
        ours.sections().into_iter().map(|(code, section)| (code, plain(section))).collect();
    let differs = |(code, section): (&str, &Value)| {
        let (theirs, ours) = (plain(section), mine.get(code)?);
        let how = if ours.starts_with(&theirs) { "says more" } else { "says something else" };
        (*ours != theirs).then(|| format!("{code}\ttext\t{how}"))
    };
    example.sections().into_iter().filter_map(differs).collect()
}

/// What one says and the other does not, a line each.
fn differences(example: &Bundle, ours: &Bundle) -> BTreeSet<String> {
    let mut lines = texts(example, ours);
    let (theirs, ours) = (said(example), said(ours));
    let codes: BTreeSet<&String> = theirs.keys().chain(ours.keys()).collect();
    let nothing = BTreeSet::new();
    for code in codes {
        let (a, b) = (theirs.get(code).unwrap_or(&nothing), ours.get(code).unwrap_or(&nothing));
        lines.extend(a.difference(b).map(|line| format!("{code}\t-\t{line}")));
        lines.extend(b.difference(a).map(|line| format!("{code}\t+\t{line}")));
    }
    lines
}

fn composed(example: &Bundle, folder: &Path) -> Bundle {
    let (adt_file, letter_file, out) = (folder.join("adt.hl7"), folder.join("letter.toml"), folder.join("out.json"));
    fs::write(&adt_file, adt(example)).unwrap();
    fs::write(&letter_file, letter(example)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tsugite"));
    command.args(["--lang", "en", "--home"]).arg(folder.join("home")).args([
        "compose",
        "referral",
        "--as-of",
        "2024-12-01",
    ]);
    command.arg("--institution").arg("1319876543").arg("--from").arg(&adt_file);
    command.arg("--letter").arg(&letter_file).arg("--out").arg(&out);
    let output = command.output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}\n{}", fs::read_to_string(&letter_file).unwrap());
    Bundle(serde_json::from_slice(&fs::read(out).unwrap()).unwrap())
}

#[test]
fn official_examples_restated_as_letters_say_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fhir-examples");
    let explained =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/letters/official-differences.tsv"))
            .unwrap();
    let mut known: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for line in explained.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (example, rest) = line.split_once('\t').unwrap();
        let (difference, why) = rest.rsplit_once('\t').unwrap();
        assert!(!why.trim().is_empty(), "a difference without a reason: {line}");
        known.entry(example).or_default().insert(difference.to_owned());
    }
    let mut told = String::new();
    for name in EXAMPLES {
        let Ok(bytes) = fs::read(folder.join(name).join(EXAMPLE)) else {
            eprintln!("skipped: the official example {name} is not beside this repository");
            continue;
        };
        let example = Bundle(serde_json::from_slice(&bytes).unwrap());
        let scratch = tempfile::tempdir().unwrap();
        let ours = composed(&example, scratch.path());
        let found = differences(&example, &ours);
        let known = known.get(name).cloned().unwrap_or_default();
        found.difference(&known).for_each(|line| writeln!(told, "new\t{name}\t{line}").unwrap());
        known.difference(&found).for_each(|line| writeln!(told, "gone\t{name}\t{line}").unwrap());
    }
    assert!(told.is_empty(), "{told}");
}
