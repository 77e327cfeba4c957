//! The official examples of health checks, restated as the XML that the programs of 特定健診 write (HC08): the same sections, entries
//! and codes must come out again.
//!
//! The examples are not part of this repository. Where they are not beside it, the test says so and is passed over. What differs is
//! listed in `checkup-differences.tsv`, each line with the reason.

use super::official::{Bundle, items, plain, text};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const PACKAGE: &str = "jp-eCheckupReport.r4-1.5.0-snap.tgz";
const EXAMPLES: [&str; 3] = ["Sample-01", "Sample-01-with-VersionOfProfile", "Sample-02-GroupItems"];
const NAMESPACES: &str = r#"xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn oid(system: &Value) -> &str {
    text(system).trim_start_matches("urn:oid:")
}

fn digits(date: &Value) -> String {
    text(date).chars().take(10).filter(char::is_ascii_digit).collect()
}

/// `<name code="…" codeSystem="…" displayName="…"/>`
fn coded(element: &str, coding: &Value) -> String {
    let display = coding["display"].as_str().map(|display| format!(" displayName=\"{}\"", escaped(display)));
    let (code, system) = (text(&coding["code"]), oid(&coding["system"]));
    format!("<{element} code=\"{code}\" codeSystem=\"{system}\"{}/>", display.unwrap_or_default())
}

/// The health check that says what the example says, as far as HC08 can.
fn report(example: &Bundle) -> String {
    let composition = example.composition();
    let patient = example.resolve(&composition["subject"]);
    let visit = example.resolve(&composition["encounter"]);
    let ids = insurance(example);
    let house = organisation(example.resolve(&composition["custodian"]));
    let (written, performed) = (digits(&composition["date"]), digits(&visit["period"]["start"]));
    // The format has an identifier of its own for the list of kinds of reports.
    let kind = text(&composition["category"][0]["coding"][0]["code"]);
    let program = &composition["event"][0]["code"][0]["coding"][0];
    let entries: String = example
        .sections()
        .into_iter()
        .flat_map(|(_, section)| items(&section["entry"]))
        .map(|entry| example.resolve(entry))
        .filter(|resource| resource["resourceType"] == "Observation")
        .map(|resource| format!("<entry>{}</entry>\n", observation(example, resource)))
        .collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument {NAMESPACES}>
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/><id nullFlavor="NI"/>
<code code="{kind}" codeSystem="1.2.392.200119.6.1001"/><title>{}</title><effectiveTime value="{written}"/><confidentialityCode code="N"/>
<recordTarget><patientRole>{ids}{}</patientRole></recordTarget>
<author><time value="{written}"/><assignedAuthor><id nullFlavor="NI"/>{house}</assignedAuthor></author>
{}<documentationOf><serviceEvent>{}<effectiveTime value="{performed}"/>
<performer typeCode="PRF"><assignedEntity><id nullFlavor="NI"/>{house}</assignedEntity></performer></serviceEvent></documentationOf>
<component><structuredBody><component><section>
<code code="01010" codeSystem="1.2.392.200119.6.1010"/><title>検査・問診結果セクション</title><text/>
{entries}</section></component></structuredBody></component>
</ClinicalDocument>
"#,
        escaped(text(&composition["title"])),
        person(patient),
        ticket(example),
        coded("code", program),
    )
}

/// The example names two insurances, in the patient and in the coverage; HC08 has place for one.
fn insurance(example: &Bundle) -> String {
    let coverage = coverages(example, "CoverageInsurance");
    let of = |name: &str| {
        let mut extensions = items(&coverage["extension"]);
        extensions.find(|extension| text(&extension["url"]).ends_with(name)).map_or("", |e| text(&e["valueString"]))
    };
    let payor = example.resolve(&coverage["payor"][0]);
    let parts = [
        ("101", text(&payor["identifier"][0]["value"])),
        ("204", of("InsuredPersonSymbol")),
        ("205", of("InsuredPersonNumber")),
        ("211", of("InsuredPersonSubNumber")),
    ];
    parts.map(|(root, id)| format!("<id extension=\"{id}\" root=\"1.2.392.200119.6.{root}\"/>")).concat()
}

fn coverages<'b>(example: &'b Bundle, profile: &str) -> &'b Value {
    let mut all = example.resources().filter(|resource| resource["resourceType"] == "Coverage");
    all.find(|resource| text(&resource["meta"]["profile"][0]).contains(profile)).unwrap()
}

fn person(patient: &Value) -> String {
    let kana = items(&patient["name"]).find(|name| name["extension"][0]["valueCode"] == "SYL").unwrap();
    let address = &patient["address"][0];
    let sex = if patient["gender"] == "male" { 1 } else { 2 };
    format!(
        "<addr><postalCode>{}</postalCode>{}</addr><telecom value=\"tel:{}\"/><patient><name>{}</name>\
         <administrativeGenderCode code=\"{sex}\" codeSystem=\"1.2.392.200119.6.1104\"/><birthTime value=\"{}\"/></patient>",
        text(&address["postalCode"]),
        escaped(text(&address["text"])),
        text(&patient["telecom"][0]["value"]),
        escaped(text(&kana["text"])),
        digits(&patient["birthDate"]),
    )
}

fn organisation(house: &Value) -> String {
    let address = &house["address"][0];
    format!(
        "<representedOrganization><id extension=\"{}\" root=\"1.2.392.200119.6.102\"/><name>{}</name>\
         <telecom value=\"tel:{}\"/><addr><postalCode>{}</postalCode>{}</addr></representedOrganization>",
        text(&house["identifier"][0]["value"]),
        escaped(text(&house["name"])),
        text(&house["telecom"][0]["value"]),
        text(&address["postalCode"]),
        escaped(text(&address["text"])),
    )
}

/// 受診券.
fn ticket(example: &Bundle) -> String {
    let ticket = coverages(example, "CoverageService");
    let insurer = example.resolve(&ticket["payor"][0]);
    let payer = text(&insurer["identifier"][0]["value"]);
    format!(
        "<participant typeCode=\"HLD\"><functionCode code=\"1\" codeSystem=\"1.2.392.200119.6.208\"/>\
         <time><low value=\"{}\"/><high value=\"{}\"/></time>\
         <associatedEntity classCode=\"IDENT\"><id extension=\"{}\" root=\"1.2.392.200119.6.209.{payer}\"/>\
         <scopingOrganization><id extension=\"{payer}\" root=\"1.2.392.200119.6.101\"/><name>{}</name></scopingOrganization>\
         </associatedEntity></participant>\n",
        digits(&ticket["period"]["start"]),
        digits(&ticket["period"]["end"]),
        text(&ticket["subscriberId"]),
        escaped(text(&insurer["name"])),
    )
}

fn observation(example: &Bundle, resource: &Value) -> String {
    let mut within = coded("code", &resource["code"]["coding"][0]) + &value(resource);
    if let Some(flag) = resource["interpretation"][0]["coding"][0]["code"].as_str() {
        write!(within, "<interpretationCode code=\"{flag}\"/>").unwrap();
    }
    if resource["method"].is_object() {
        within += &coded("methodCode", &resource["method"]["coding"][0]);
    }
    within += &doctor(example, &resource["performer"][0]);
    if let Some(range) = items(&resource["referenceRange"]).next() {
        let end = |name: &str| {
            let quantity = &range[name];
            let (value, unit) = (&quantity["value"], text(&quantity["code"]));
            if value.is_null() { String::new() } else { format!("<{name} value=\"{value}\" unit=\"{unit}\"/>") }
        };
        write!(
            within,
            "<referenceRange><observationRange><value xsi:type=\"IVL_PQ\">{}{}</value></observationRange></referenceRange>",
            end("low"),
            end("high")
        )
        .unwrap();
    }
    for part in items(&resource["component"]) {
        let said = coded("code", &part["code"]["coding"][0])
            + &value(part)
            + &doctor(example, &part["extension"][0]["valueReference"]);
        within += &related("COMP", &format!("<observation classCode=\"OBS\" moodCode=\"EVN\">{said}</observation>"));
    }
    for member in items(&resource["hasMember"]) {
        let kind = text(&member["extension"][0]["valueCode"]);
        within += &related(kind, &observation(example, example.resolve(member)));
    }
    format!("<observation classCode=\"OBS\" moodCode=\"EVN\">{within}</observation>")
}

fn related(kind: &str, observation: &str) -> String {
    format!("<entryRelationship typeCode=\"{kind}\">{observation}</entryRelationship>")
}

fn value(resource: &Value) -> String {
    if let Some(quantity) = resource.get("valueQuantity") {
        return format!(
            "<value xsi:type=\"PQ\" value=\"{}\" unit=\"{}\"/>",
            quantity["value"],
            text(&quantity["code"])
        );
    }
    if let Some(said) = resource["valueString"].as_str() {
        return format!("<value xsi:type=\"ST\">{}</value>", escaped(said));
    }
    match &resource["valueCodeableConcept"]["coding"][0] {
        Value::Null => String::new(),
        coding => coded("value xsi:type=\"CD\"", coding),
    }
}

fn doctor(example: &Bundle, reference: &Value) -> String {
    if reference.is_null() {
        return String::new();
    }
    let name = escaped(text(&example.resolve(reference)["name"][0]["text"]));
    format!(
        "<author><time nullFlavor=\"NI\"/><assignedAuthor><id nullFlavor=\"NI\"/>\
         <assignedPerson><name>{name}</name></assignedPerson></assignedAuthor></author>"
    )
}

/// What a health check says, by section: each entry with its value and all that belongs to it.
fn said(bundle: &Bundle) -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    head(bundle, &mut said);
    for (code, section) in bundle.sections() {
        let coding = &section["code"]["coding"][0];
        said.insert(format!("{code}\t{}", text(&coding["display"])));
        said.insert(format!("{code}\ttitle {}", text(&section["title"])));
        for entry in items(&section["entry"]) {
            let resource = bundle.resolve(entry);
            let lines = match text(&resource["resourceType"]) {
                "Coverage" => coverage(bundle, resource),
                _ => facets(bundle, resource),
            };
            said.extend(lines.into_iter().map(|line| format!("{code}\t{line}")));
        }
    }
    said
}

fn head(bundle: &Bundle, said: &mut BTreeSet<String>) {
    let composition = bundle.composition();
    let patient = bundle.resolve(&composition["subject"]);
    let visit = bundle.resolve(&composition["encounter"]);
    let event = &composition["event"][0];
    let mut tell = |what: &str, value: &Value| {
        if !value.is_null() {
            said.insert(format!("head\t{what} {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        }
    };
    for (what, concept) in
        [("kind", &composition["type"]), ("report", &composition["category"][0]), ("program", &event["code"][0])]
    {
        tell(what, &coding(&concept["coding"][0]).into());
    }
    tell("title", &composition["title"]);
    tell("date", &digits(&composition["date"]).into());
    tell("event", &event["period"]["start"]);
    tell("visit", &visit["period"]["start"]);
    tell("visit is a", &coding(&visit["class"]).into());
    tell("at", &bundle.resolve(&visit["serviceProvider"])["name"]);
    for name in items(&patient["name"]) {
        tell("patient", &format!("{} {}", text(&name["extension"][0]["valueCode"]), text(&name["text"])).into());
    }
    for (what, value) in [
        ("born", &patient["birthDate"]),
        ("sex", &patient["gender"]),
        ("address", &patient["address"][0]["text"]),
        ("postal code", &patient["address"][0]["postalCode"]),
        ("telephone", &patient["telecom"][0]["value"]),
    ] {
        tell(what, value);
    }
    for identifier in items(&patient["identifier"]) {
        tell("identifier", &format!("{} {}", oid(&identifier["system"]), text(&identifier["value"])).into());
    }
    for author in items(&composition["author"]).chain([&composition["custodian"]]) {
        let author = bundle.resolve(author);
        match author["name"].as_array() {
            None => tell("author", &author["name"]),
            Some(names) => names.iter().for_each(|name| tell("author", &name["text"])),
        }
        tell("author's number", &author["identifier"][0]["value"]);
        items(&author["type"]).for_each(|kind| tell("author is", &coding(&kind["coding"][0]).into()));
    }
}

fn coding(coding: &Value) -> String {
    format!("{}#{}", oid(&coding["system"]), text(&coding["code"]))
}

fn coverage(bundle: &Bundle, resource: &Value) -> Vec<String> {
    let kind = coding(&resource["type"]["coding"][0]);
    let mut lines = vec![format!("Coverage {kind}")];
    let mut tell = |what: &str, value: &Value| {
        if let Some(value) = value.as_str() {
            lines.push(format!("Coverage {kind} {what} {value}"));
        }
    };
    tell("subscriber", &resource["subscriberId"]);
    tell("identifier", &resource["identifier"][0]["value"]);
    tell("dependent", &resource["dependent"]);
    tell("relationship", &resource["relationship"]["coding"][0]["code"]);
    tell("from", &resource["period"]["start"]);
    tell("until", &resource["period"]["end"]);
    let payor = bundle.resolve(&resource["payor"][0]);
    tell("payor", &payor["identifier"][0]["value"]);
    tell("payor's name", &payor["name"]);
    for extension in items(&resource["extension"]) {
        let name = text(&extension["url"]).rsplit('_').next().unwrap();
        tell(name, &extension["valueString"]);
    }
    lines
}

/// An Observation: its code with its value, and what stands beside it.
fn facets(bundle: &Bundle, resource: &Value) -> Vec<String> {
    let item = &resource["code"]["coding"][0];
    let code = coding(item);
    let mut lines = vec![format!("{code} = {}", printed(resource)), format!("{code} named {}", text(&item["display"]))];
    let mut tell = |what: &str, value: String| lines.push(format!("{code} {what} {value}"));
    items(&resource["category"]).for_each(|category| tell("category", coding(&category["coding"][0])));
    items(&resource["interpretation"]).for_each(|flag| tell("flag", coding(&flag["coding"][0])));
    items(&resource["referenceRange"])
        .for_each(|range| tell("range", format!("{} {}", end(range, "low"), end(range, "high"))));
    items(&resource["performer"]).for_each(|by| tell("by", name(bundle, by)));
    items(&resource["note"]).for_each(|note| tell("note", text(&note["text"]).to_owned()));
    if resource["method"].is_object() {
        tell("method", coding(&resource["method"]["coding"][0]));
    }
    if resource["specimen"].is_object() {
        tell("specimen", text(&resource["specimen"]["display"]).to_owned());
    }
    for part in items(&resource["component"]) {
        let by: String = items(&part["extension"]).map(|by| name(bundle, &by["valueReference"])).collect();
        tell("part", format!("{} = {} {by}", coding(&part["code"]["coding"][0]), printed(part)).trim().to_owned());
    }
    for member in items(&resource["hasMember"]) {
        let kind = text(&member["extension"][0]["valueCode"]).to_owned();
        let member = bundle.resolve(member);
        tell(&kind, coding(&member["code"]["coding"][0]));
        let of_member = facets(bundle, member);
        of_member.into_iter().for_each(|line| tell("has", line));
    }
    lines
}

fn name(bundle: &Bundle, reference: &Value) -> String {
    let name = &bundle.resolve(reference)["name"][0];
    text(&name["text"]).split_whitespace().collect()
}

fn end(range: &Value, end: &str) -> String {
    quantity(&range[end])
}

fn quantity(quantity: &Value) -> String {
    format!("{} {}", quantity["value"], text(&quantity["code"]))
}

fn printed(resource: &Value) -> String {
    if resource["valueQuantity"].is_object() {
        return quantity(&resource["valueQuantity"]);
    }
    let concept = &resource["valueCodeableConcept"]["coding"][0];
    match resource["valueString"].as_str() {
        Some(said) => said.to_owned(),
        None if concept.is_object() => format!("{} {}", coding(concept), text(&concept["display"])),
        None => text(&resource["dataAbsentReason"]["coding"][0]["code"]).to_owned(),
    }
}

fn tsugite(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tsugite"));
    command.args(["--lang", "en", "--quiet", "--home"]).arg(home);
    command
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Converts what the example says, and judges the result as `validate` would.
fn converted(example: &Bundle, home: &Path, folder: &Path) -> Bundle {
    let (input, out) = (folder.join("h1.xml"), folder.join("out"));
    fs::write(&input, report(example)).unwrap();
    let house = example.resolve(&example.composition()["custodian"]);
    let mut command = tsugite(home);
    command.args(["convert", "--as-of", "2024-04-05", "--institution", text(&house["identifier"][0]["value"])]);
    // HC08 has names in kana only.
    let settings = folder.join("settings.toml");
    fs::write(&settings, "[patient]\nname_unsplit = \"data-absent\"\n").unwrap();
    let output = command.arg(&input).arg("--config").arg(&settings).arg("--out").arg(&out).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let mut bundles: Vec<PathBuf> =
        fs::read_dir(out.join("bundles/checkup")).unwrap().map(|e| e.unwrap().path()).collect();
    let bundle = bundles.pop().unwrap();
    assert!(bundles.is_empty());
    let output = tsugite(home).args(["validate", "--require-profiles"]).arg(&bundle).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    Bundle(serde_json::from_slice(&fs::read(bundle).unwrap()).unwrap())
}

/// What the text of a section must name: each item and its value.
fn narrative_names_every_entry(ours: &Bundle) {
    for (_, section) in ours.sections() {
        let text_of = plain(section);
        for entry in items(&section["entry"]).map(|entry| ours.resolve(entry)) {
            if entry["resourceType"] == "Observation" && !entry["hasMember"].is_array() {
                // Texts are repaired for the centre: no half-width kana.
                let named = text(&entry["code"]["coding"][0]["display"]).replace('･', "・");
                assert!(text_of.contains(&named), "{named} is not in the text: {text_of}");
            }
        }
    }
}

fn explained() -> BTreeMap<String, BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/letters/checkup-differences.tsv");
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in fs::read_to_string(path).unwrap().lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (examples, rest) = line.split_once('\t').unwrap();
        let (difference, why) = rest.rsplit_once('\t').unwrap();
        assert!(why.trim().len() > 3, "a difference without a reason: {line}");
        for example in EXAMPLES.iter().filter(|name| examples == "all" || examples == **name) {
            known.entry((*example).to_owned()).or_default().insert(difference.to_owned());
        }
    }
    known
}

/// The example of that name, out of the package that brings it.
fn example(packages: &Path, name: &str) -> Bundle {
    let member = format!("package/Bundle-Bundle-eCheckupReport-{name}.json");
    let file = fs::File::open(packages.join(PACKAGE)).unwrap();
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let found =
        archive.entries().unwrap().map(Result::unwrap).find(|entry| *entry.path().unwrap() == *Path::new(&member));
    Bundle(serde_json::from_reader(found.unwrap()).unwrap())
}

#[test]
fn official_health_checks_restated_as_hc08_say_the_same() {
    let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fhir-packages");
    if !packages.join(PACKAGE).is_file() {
        eprintln!("skipped: the official package {PACKAGE} is not beside this repository");
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let home = scratch.path().join("home");
    let needed = [PACKAGE, "jp-eCSCLINS.r4-1.10.0-snap.tgz", "jp-core.r4-1.1.2-clins.tgz"];
    let output = tsugite(&home).args(["ig", "add"]).args(needed.map(|name| packages.join(name))).output().unwrap();
    assert!(output.status.success(), "{}", told(&output));
    let known = explained();
    let mut news = String::new();
    for name in EXAMPLES {
        let folder = scratch.path().join(name);
        fs::create_dir_all(&folder).unwrap();
        let example = example(&packages, name);
        let ours = converted(&example, &home, &folder);
        narrative_names_every_entry(&ours);
        let (theirs, ours) = (said(&example), said(&ours));
        let only = |a: &BTreeSet<String>, b: &BTreeSet<String>, sign: &str| -> BTreeSet<String> {
            let line = |line: &String| line.replacen('\t', &format!("\t{sign}\t"), 1);
            a.difference(b).map(line).collect()
        };
        let found: BTreeSet<String> = &only(&theirs, &ours, "-") | &only(&ours, &theirs, "+");
        let known = known.get(name).cloned().unwrap_or_default();
        found.difference(&known).for_each(|line| writeln!(news, "new\t{name}\t{line}").unwrap());
        known.difference(&found).for_each(|line| writeln!(news, "gone\t{name}\t{line}").unwrap());
    }
    assert!(news.is_empty(), "{news}");
}
