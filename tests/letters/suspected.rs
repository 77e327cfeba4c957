//! 「の疑い」 from the file of a source to the bundle: as CDA, MML and letters write it, never a confirmed disease.

use crate::clinic::{TODAY, root};
use serde_json::Value;
use std::{fs, path::Path, process::Command};

/// The only document of a kind that comes of a file beside the clinic's storage, and the report.
fn converted(folder: &Path, name: &str, content: &str, kind: &str) -> Option<Value> {
    let (input, out) = (folder.join(name), folder.join("out"));
    fs::write(&input, content).unwrap();
    let settings = folder.join("tsugite.toml");
    let own = fs::read_to_string(root().join("samples/clinic/tsugite.toml")).unwrap();
    fs::write(&settings, own.replace("[document]", "[document]\noriginal = \"sections\"\n")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tsugite"));
    command.args(["--lang", "en", "--quiet", "--home"]).arg(folder.join("home"));
    command.args(["convert", "--as-of", TODAY, "--fail-on", "none"]);
    command.arg(root().join("samples/clinic/ssmix2/1319999999")).arg(&input);
    let output = command.arg("--config").arg(&settings).arg("--out").arg(&out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let built = fs::read_dir(out.join("bundles").join(kind)).ok()?;
    let paths: Vec<_> = built.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(paths.len(), 1);
    Some(serde_json::from_slice(&fs::read(&paths[0]).unwrap()).unwrap())
}

fn diseases(bundle: &Value) -> Vec<&str> {
    let all = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    let conditions = all.filter(|resource| resource["resourceType"] == "Condition");
    conditions.map(|condition| condition["code"]["text"].as_str().unwrap()).collect()
}

fn sample(name: &str) -> String {
    fs::read_to_string(root().join("samples/clinic/letters").join(name)).unwrap()
}

#[test]
fn a_cda_with_the_qualifier_of_doubt_states_no_disease() {
    let cda = sample("R-2026-0002.xml");
    let named = "displayName=\"鉄欠乏性貧血\">";
    assert!(cda.contains(named));
    for (how, doubted) in [
        ("as it is", cda.clone()),
        ("qualifier", cda.replace(named, &format!("{named}<qualifier><value code=\"8002\"/></qualifier>"))),
        ("brackets", cda.replace(named, "displayName=\"鉄欠乏性貧血（疑い）\">")),
        ("question", cda.replace(named, "displayName=\"鉄欠乏性貧血？\">")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let bundle = converted(folder.path(), "letter.xml", &doubted, "referral").unwrap();
        let expected: &[&str] = if how == "as it is" { &["鉄欠乏性貧血"] } else { &[] };
        assert_eq!(diseases(&bundle), expected, "{how}");
        assert!(bundle.to_string().contains("鉄欠乏性貧血"), "{how}: what was written is said");
    }
}

#[test]
fn an_mml_summary_whose_only_diagnosis_is_doubted_has_none() {
    let mml = sample("S-2026-0001.xml");
    let named = "mmlRd:code=\"4939008\" mmlRd:system=\"ORCA\">気管支喘息<";
    assert!(mml.contains(named));
    for (how, doubted, expected) in [
        ("as it is", mml.clone(), true),
        ("text", mml.replace(named, ">気管支喘息の疑い<"), false),
        ("text beside the code", mml.replace(named, &named.replace("喘息<", "喘息（疑）<")), false),
        ("modifier", mml.replace(named, &named.replace("4939008", "4939008.8002")), false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let bundle = converted(folder.path(), "summary.xml", &doubted, "discharge");
        assert_eq!(bundle.is_some(), expected, "{how}: a summary must have a diagnosis, and is held without one");
    }
}

#[test]
fn a_letter_that_doubts_in_its_own_words_states_no_disease() {
    let letter = "[letter]\nformat = 1\nkind = \"referral\"\npatient = \"0000000001\"\nid = \"R-9\"\ndate = 2026-11-20\nconsent = \"given\"\n\
        [author]\nnumber = \"1319999999\"\nname = \"継手医院\"\ndoctor = { name = \"継手 匠\" }\n\
        [to]\nnumber = \"1319999998\"\nname = \"架空総合病院\"\n\
        [[section]]\nkind = \"紹介目的\"\ntext = \"精査をお願いします。\"\n[[section]]\nkind = \"現病歴\"\ntext = \"咳が続く。\"\n\
        [[section]]\nkind = \"傷病名\"\ntext = \"下記\"\n[[section.problem]]\ndisease = DISEASE\n";
    for (disease, expected) in [
        ("\"肺癌\"", &["肺癌"][..]),
        ("\"肺癌の疑い\"", &[]),
        ("\"肺癌？\"", &[]),
        ("{ code = \"20054874\", name = \"肺癌\", text = \"疑い：肺癌\", system = \"MDCDX2\" }", &[]),
        ("\"肺癌\"\nsuspected = true", &[]),
        ("\"肺癌\"\nsuffixes = [{ code = \"8002\", system = \"MASTERZ\" }]", &[]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let bundle = converted(folder.path(), "letter.toml", &letter.replace("DISEASE", disease), "referral").unwrap();
        assert_eq!(diseases(&bundle), expected, "{disease}");
        assert!(bundle.to_string().contains("肺癌"), "{disease}");
    }
}
