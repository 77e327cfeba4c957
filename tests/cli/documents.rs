//! Documents that come as XML: the zip of a health check centre, and files that mean harm.

use super::hostile::{Place, archive, peak, told};
use std::{fs, path::Path};

fn cases(below: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/cases").join(below).canonicalize().unwrap()
}

const PACKAGE: &str = "1319999999_06139999_202404150_1";

/// Puts other bytes in the place of some that occur in a file.
fn patch(bytes: &mut [u8], from: &[u8], to: &[u8]) -> usize {
    assert_eq!(from.len(), to.len());
    let starts: Vec<usize> =
        bytes.windows(from.len()).enumerate().filter(|(_, window)| *window == from).map(|(at, _)| at).collect();
    for start in &starts {
        bytes[*start..start + to.len()].copy_from_slice(to);
    }
    starts.len()
}

#[test]
fn the_zip_of_a_health_check_is_read_like_its_folder() {
    let (place, other) = (Place::new(), Place::new());
    let zip = place.convert(&[&cases("hc08/zip").join(format!("{PACKAGE}.zip"))]);
    let folder = other.convert(&[&cases("hc08/package/input").join(PACKAGE)]);
    assert_eq!(zip["records"], folder["records"]);
    assert_eq!(zip["bundles"], folder["bundles"]);
    assert_eq!(
        (&zip["inputs"]["read"], &zip["inputs"]["context"]),
        (&folder["inputs"]["read"], &folder["inputs"]["context"])
    );
    assert_eq!(zip["records"]["by_kind"]["document"]["total"], 2);
    assert!(zip["records"]["by_kind"]["checkup_item"]["total"].as_u64().unwrap() > 30);
    assert_eq!(zip["patients"]["total"], 2);
}

/// As a clinic has it: the zip lies in the folder that is named.
#[test]
fn a_zip_in_a_folder_is_read_as_if_it_were_named() {
    let (place, other) = (Place::new(), Place::new());
    // The institution is told by the name.
    let folder = place.path(PACKAGE);
    fs::create_dir_all(folder.join("2024")).unwrap();
    let zip = cases("hc08/zip").join(format!("{PACKAGE}.zip"));
    fs::copy(&zip, folder.join("2024/1.zip")).unwrap();
    let (named, found) = (other.convert(&[&zip]), place.convert(&[&folder]));
    assert_eq!(found["records"], named["records"]);
    assert_eq!(found["bundles"], named["bundles"]);
    assert_eq!(found["inputs"]["read"], named["inputs"]["read"]);
    assert_eq!(found["records"]["by_kind"]["document"]["total"], 2);
    assert_eq!(told(&found, "INTAKE-014"), 0);

    // A zip in a zip stays closed, a damaged one is told, and what lies beside them is read; more of them than may be open at once.
    let inner = fs::read(&zip).unwrap();
    archive(&folder.join("2.zip"), &[("inner.zip", &inner), ("../a.xml", b"<a/>")]);
    fs::write(folder.join("3.zip"), &inner[..inner.len() / 2]).unwrap();
    for n in 10..30 {
        archive(&folder.join(format!("{n}.zip")), &[("nothing.xml", b"")]);
    }
    let again = place.convert(&[&folder]);
    assert_eq!(again["records"]["by_kind"]["document"]["total"], 2);
    for code in ["INTAKE-014", "INTAKE-013", "INTAKE-008"] {
        assert_eq!(told(&again, code), 1, "{code}");
    }
}

/// The same digits are another person in every institution; whose they are is told by their OID.
#[test]
fn a_patient_number_of_another_institution_is_nobody_here() {
    let letter = cases("cda/referral").join("input/HS008.xml");
    let place = Place::new();
    let roots = "[institution]\nnumber = \"1319999998\"\n[source.cda]\npatient_roots = [\"1.2.392.100495.20.3.51.11319999999\"]\n";
    fs::write(place.path("roots.toml"), roots).unwrap();
    for (arguments, nobody) in [
        (&["--institution", "1319999999"][..], false),
        (&["--institution", "1319999998"], true),
        (&["--institution", "1319999998", "--source", "cda"], true),
        (&["--config", "roots.toml"], false),
    ] {
        let mut command = place.tsugite(&["convert", "--as-of", "2026-11-22", "--out", "out", "--fail-on", "none"]);
        let output = command.args(arguments).arg(&letter).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let report: serde_json::Value =
            serde_json::from_slice(&fs::read(place.path("out/report.json")).unwrap()).unwrap();
        let sums = (&report["patients"]["total"], &report["records"]["total"], &report["records"]["not_carried"]);
        assert_eq!(nobody, sums.0 == 0 && sums.1 == 1 && sums.2 == 1, "{arguments:?}: {sums:?}");
        assert_eq!(nobody, report["not_carried"].to_string().contains("CDA-020"), "{arguments:?}");
    }
}

#[test]
fn the_health_checks_of_the_invented_clinic_come_out_of_its_folder() {
    let place = Place::new();
    let clinic = cases("../clinic");
    let mut command = place.tsugite(&["convert", "--as-of", "2026-11-22", "--out", "out", "--config"]);
    let output = command.arg(clinic.join("tsugite.toml")).arg(clinic.join("checkups")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&fs::read(place.path("out/report.json")).unwrap()).unwrap();
    assert_eq!(report["units"]["by_kind"]["checkup"]["built"], 3);
}

#[test]
fn a_zip_with_an_encrypted_member_loses_only_that() {
    let place = Place::new();
    let mut bytes = fs::read(cases("hc08/zip").join(format!("{PACKAGE}.zip"))).unwrap();
    // The first bit of the flags, in the head of the second person's file and in the directory.
    let name = b"h131999999920240415000002.xml";
    let places: Vec<usize> =
        bytes.windows(name.len()).enumerate().filter(|(_, window)| window == name).map(|(at, _)| at).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        let head = bytes[..at].windows(4).rposition(|w| w == b"PK\x03\x04" || w == b"PK\x01\x02").unwrap();
        let flags = if bytes[head + 2] == 3 { head + 6 } else { head + 8 };
        bytes[flags] |= 1;
    }
    let zip = place.path("encrypted.zip");
    fs::write(&zip, bytes).unwrap();
    let report = place.convert(&[&zip]);
    assert_eq!(told(&report, "INTAKE-012"), 1);
    assert_eq!(report["records"]["by_kind"]["document"]["total"], 1);
}

#[test]
fn names_in_cp932_are_read_and_double_names_refused() {
    let place = Place::new();
    let document = fs::read(cases("cda/referral/input/HS008.xml")).unwrap();
    let zip = place.path("names.zip");
    archive(&zip, &[("AAAA/BBBB.xml", &document)]);
    let mut bytes = fs::read(&zip).unwrap();
    // 健診 / 病名
    assert_eq!(patch(&mut bytes, b"AAAA/BBBB", b"\x8C\x92\x90\x66/\x95\x61\x96\xBC"), 2);
    fs::write(&zip, bytes).unwrap();
    let report = place.convert(&[&zip]);
    assert_eq!(report["records"]["by_kind"]["document"]["total"], 1);
    assert_eq!(told(&report, "INTAKE-013"), 0);

    let place = Place::new();
    let zip = place.path("double.zip");
    archive(&zip, &[("a.xml", &document), ("b.xml", &document)]);
    let mut bytes = fs::read(&zip).unwrap();
    assert_eq!(patch(&mut bytes, b"b.xml", b"a.xml"), 2);
    fs::write(&zip, bytes).unwrap();
    let report = place.convert(&[&zip]);
    assert_eq!(report["inputs"]["read"], 0);
    assert_eq!(told(&report, "INTAKE-010"), 1);
}

/// Billion laughs, depth, and a text of 40 MB: one issue each, and no more memory than for sound files.
#[cfg(target_os = "linux")]
#[test]
fn hostile_xml_is_refused_in_flat_memory() {
    const MOST: u64 = 150 << 10;
    let place = Place::new();
    let open = "<ClinicalDocument xmlns='urn:hl7-org:v3'>";
    let entities: String = (1..10)
        .map(|n| format!("<!ENTITY l{n} '&l{0};&l{0};&l{0};&l{0};&l{0};&l{0};&l{0};&l{0};&l{0};&l{0};'>", n - 1))
        .collect();
    for (name, text, code) in [
        ("laughs.xml", format!("<!DOCTYPE l [<!ENTITY l0 'l'>{entities}]>{open}&l9;</ClinicalDocument>"), "XML-002"),
        ("deep.xml", format!("{open}{}", "<a>".repeat(15 << 20)), "XML-004"),
        ("text.xml", format!("{open}<title>{}</title></ClinicalDocument>", "a".repeat(40 << 20)), "XML-004"),
    ] {
        let path = place.path(name);
        fs::write(&path, text).unwrap();
        let mut command = place.tsugite(&["convert", "--as-of", "2026-11-22", "--out", "out", "--fail-on", "none"]);
        command.arg(&path);
        let peak = peak(command).unwrap();
        assert!(peak < MOST, "{name}: {peak} KiB");
        let report: serde_json::Value =
            serde_json::from_slice(&fs::read(place.path("out/report.json")).unwrap()).unwrap();
        assert_eq!(told(&report, code), 1, "{name}");
        assert_eq!(report["records"]["total"], 0, "{name}");
        fs::remove_file(path).unwrap();
    }
}
