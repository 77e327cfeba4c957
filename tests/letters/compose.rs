//! `tsugite compose`: what it says, what it keeps, and what reaches the centre.

use crate::clinic::{Clinic, TODAY, root};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use std::{fs, path::Path, process::Command};

/// A letter about the invented clinic's first patient.
pub const REFERRAL: &str = "診療情報提供書\n【作成日】2026-11-20\n【文書番号】R-1\n【同意】あり\n\
    【紹介先】\n医療機関番号: 1319999998\n医療機関名: 架空総合病院\n診療科: 循環器内科\n医師: 山田 花子\n\
    【紹介元】\n医療機関名: 継手医院\n医療機関番号: 1319999999\n所在地: 架空県架空市一丁目1番\n電話番号: 000-0000-0000\n診療科: 内科\n医師: 継手 匠\n\
    【紹介目的】\n労作時の胸痛について、精査をお願いいたします。\n【現病歴】\n10月初めから、坂道で胸が締めつけられる。\n\n・冷汗なし\n・放散痛なし\n\
    【既往歴】\n特記すべきことなし\n";

/// Calls the program without a ledger.
pub fn stateless(folder: &Path, letter: &str, patient: &str, further: &[&str]) -> (i32, Value) {
    let file = folder.join("letter.txt");
    fs::write(&file, letter).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tsugite"));
    command.args(["--lang", "en", "--format", "json", "--home"]).arg(folder.join("home"));
    command.args(["compose", "referral", "--as-of", TODAY, "--patient", patient, "--institution", "1319999999"]);
    command.arg("--from").arg(root().join("samples/clinic/ssmix2/1319999999"));
    command.arg("--letter").arg(&file).args(further);
    let output = command.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let said = serde_json::from_slice(&output.stdout).unwrap_or(Value::String(told));
    (output.status.code().unwrap(), said)
}

fn titles(said: &Value) -> Vec<&str> {
    said["sections"].as_array().unwrap().iter().map(|section| section["title"].as_str().unwrap()).collect()
}

#[test]
fn a_letter_takes_from_the_chart_what_it_does_not_say_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (bundle, page) = (folder.path().join("letter.json"), folder.path().join("page.html"));
    let further = ["--out", bundle.to_str().unwrap(), "--preview", page.to_str().unwrap()];
    let (code, said) = stateless(folder.path(), REFERRAL, "0000000001", &further);
    assert_eq!(code, 0, "{said}");
    let titles = titles(&said);
    for expected in
        ["紹介元情報", "紹介先情報", "紹介目的", "傷病名・主訴", "現病歴", "既往歴", "アレルギー・不耐性反応"]
    {
        assert!(titles.contains(&expected), "{expected} of {titles:?}");
    }
    let entries = |title: &str| {
        let section = said["sections"].as_array().unwrap().iter().find(|section| section["title"] == title);
        section.unwrap()["entries"].as_u64().unwrap()
    };
    assert!(entries("傷病名・主訴") > 0 && entries("アレルギー・不耐性反応") > 0 && entries("検査結果") > 0, "{said}");
    let page = fs::read_to_string(page).unwrap();
    for expected in ["架空総合病院", "山田 花子", "架空 太郎", "労作時の胸痛", "冷汗なし", "カゼイン"].iter().take(5)
    {
        assert!(page.contains(expected), "{expected}");
    }
    let bundle: Value = serde_json::from_slice(&fs::read(bundle).unwrap()).unwrap();
    assert_eq!(bundle["entry"][0]["resource"]["title"], "診療情報提供書");
}

#[test]
fn what_is_missing_is_named_before_anything_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    for (without, letter) in [
        ("紹介目的", REFERRAL.replace("【紹介目的】\n労作時の胸痛について、精査をお願いいたします。\n", "")),
        ("同意", REFERRAL.replace("【同意】あり\n", "")),
        ("紹介先", REFERRAL.replace("医療機関番号: 1319999998\n", "")),
    ] {
        let (code, said) = stateless(folder.path(), &letter, "0000000001", &[]);
        assert_eq!(code, 1, "{without}: {said}");
        assert_eq!(said["missing"].as_array().map(Vec::len), Some(1), "{without}: {said}");
        assert!(said["bundle_id"].is_null());
    }
}

#[test]
fn what_letter_and_command_line_say_must_agree() {
    let folder = tempfile::tempdir().unwrap();
    let about = |patient: &str| REFERRAL.replace("【作成日】", &format!("【患者番号】{patient}\n【作成日】"));
    for (letter, patient, further, expected) in [
        (about("0000000002"), "0000000001", vec![], "another patient"),
        (REFERRAL.to_owned(), "0000000001", vec!["--to", "1319999997"], "another recipient"),
        (REFERRAL.to_owned(), "0000000001", vec!["--to", "13"], "10 digits"),
        (REFERRAL.to_owned(), "1", vec![], "nothing is known"),
        (REFERRAL.replace("診療情報提供書", "退院時サマリー"), "0000000001", vec![], "LETTER-006"),
        (REFERRAL.replace("【既往歴】", "【天気】"), "0000000001", vec![], "LETTER-005"),
    ] {
        let (code, said) = stateless(folder.path(), &letter, patient, &further);
        assert_eq!(code, 2, "{said}");
        assert!(said.as_str().unwrap().contains(expected), "{said}");
    }
}

#[test]
fn a_letter_goes_up_is_changed_and_withdrawn_as_one_document() {
    // One cancel of so few Units would ask first.
    let mut clinic = Clinic::of(&root().join("samples/clinic/ssmix2/1319999999"), "[brake]\npercent = 100\n");
    clinic.run();
    let compose = |clinic: &Clinic, letter: &str, further: &[&str]| {
        let file = clinic.path("letter.txt");
        fs::write(&file, letter).unwrap();
        let file = file.to_string_lossy().into_owned();
        let mut arguments = vec!["compose", "referral", "--as-of", TODAY, "--patient", "0000000001", "--letter", &file];
        arguments.extend(further);
        clinic.json(&arguments)
    };
    let waiting = |clinic: &Clinic| clinic.json(&["queue", "list"])["submissions"].as_array().map(Vec::len);
    let before = waiting(&clinic);
    let looked = compose(&clinic, REFERRAL, &["--dry-run"]);
    assert_eq!(looked["kept"], false, "{looked}");
    assert_eq!(waiting(&clinic), before);

    let said = compose(&clinic, REFERRAL, &[]);
    assert_eq!(said["kept"], true, "{said}");
    assert!(said["submission"]["number"].is_u64(), "{said}");
    let number = said["submission"]["number"].to_string();
    let page = clinic.path("page.html");
    clinic.json(&["queue", "show", &number, "--page", page.to_str().unwrap()]);
    assert!(fs::read_to_string(page).unwrap().contains("労作時の胸痛"));
    let sent = clinic.run();
    assert_eq!(sent.operations(), ["register"], "{}", sent.summary);
    clinic.run().sent_nothing();

    let newer = REFERRAL.replace("【文書番号】R-1", "【文書番号】R-1\n【版】2").replace("精査を", "精査と加療を");
    assert_eq!(compose(&clinic, &newer, &[])["kept"], true);
    assert_eq!(clinic.run().operations(), ["change"]);

    let withdrawn = newer.replace("【版】2", "【版】3\n【取消】");
    assert_eq!(compose(&clinic, &withdrawn, &[])["kept"], true);
    let last = clinic.run();
    assert_eq!(last.operations(), ["cancel"], "{}", last.summary);
}

#[test]
fn a_summary_takes_its_stay_from_the_chart_and_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let letter = "退院時サマリー\n【作成日】2026-11-05\n【文書番号】S-1\n【同意】あり\n【カルテから】検査、処方、入院\n\
        【作成者】\n医療機関名: 継手医院\n医療機関番号: 1319999999\n医師: 継手 匠\n\
        【主訴】発熱\n【入院理由】肺炎の治療のため\n【現病歴】10月30日から発熱。\n【入院時診断】\n・肺炎（2026-10-30）\n\
        【入院中経過】抗菌薬により解熱した。\n【退院時診断】\n・肺炎（2026-10-30）\n【退院後の方針】外来を受診。\n";
    let (file, out) = (folder.path().join("summary.txt"), folder.path().join("out.json"));
    let page = folder.path().join("page.html");
    let compose = |letter: &str| {
        fs::write(&file, letter).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_tsugite"));
        command.args(["--lang", "en", "--format", "json", "--home"]).arg(folder.path().join("home"));
        command.args([
            "compose",
            "discharge",
            "--as-of",
            TODAY,
            "--patient",
            "0000000010",
            "--institution",
            "1319999999",
        ]);
        command.arg("--from").arg(root().join("samples/clinic/ssmix2/1319999999")).arg("--letter").arg(&file);
        let output = command.arg("--out").arg(&out).arg("--preview").arg(&page).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), serde_json::from_slice(&output.stdout).unwrap_or(Value::String(told)))
    };
    let (code, said) = compose(letter);
    assert_eq!(code, Some(0), "{said}");
    let bundle: Value = serde_json::from_slice(&fs::read(&out).unwrap()).unwrap();
    let period = &bundle["entry"][0]["resource"]["event"][0]["period"];
    assert!(
        period["start"].as_str().unwrap().starts_with("2026-11-01")
            && period["end"].as_str().unwrap().starts_with("2026-11-04")
    );
    let page = fs::read_to_string(&page).unwrap();
    assert!(page.contains("入院期間</b> 2026年11月1日") && page.contains("抗菌薬により解熱した。"), "{page}");
    let (code, said) = compose(&letter.replace("【主訴】発熱\n", ""));
    assert_eq!((code, said["missing"].as_array().map(Vec::len)), (Some(1), Some(1)), "{said}");
}

/// 退院時サマリー of a patient of the clinic who was in hospital.
const SUMMARY: &str = "退院時サマリー\n【患者番号】0000000010\n【作成日】2026-11-05\n【文書番号】S-1\n【同意】あり\n\
    【入院期間】2026-11-01 〜 2026-11-04\n【作成者】\n医療機関名: 継手医院\n医療機関番号: 1319999999\n医師: 継手 匠\n\
    【主訴】発熱\n【入院理由】肺炎の治療のため\n【現病歴】10月30日から発熱。\n【入院時診断】\n・肺炎（2026-10-30）\n\
    【入院中経過】抗菌薬により解熱した。\n【退院時診断】\n・肺炎（2026-10-30）\n【退院時処方】なし\n【退院後の方針】外来を受診。\n";

#[test]
fn a_referral_carries_the_patients_own_discharge_summary() {
    let folder = tempfile::tempdir().unwrap();
    let dropped = folder.path().join("summary.txt");
    fs::write(&dropped, SUMMARY).unwrap();
    let out = folder.path().join("referral.json");
    let with = |patient: &str, wanted: &str| {
        let further =
            [dropped.to_str().unwrap(), "--attach-summary", wanted, "--out", out.to_str().unwrap()].map(str::to_owned);
        let further: Vec<&str> = further.iter().map(String::as_str).collect();
        let head = format!("【患者番号】{patient}\n【カルテから】検査\n【作成日】");
        let letter =
            REFERRAL.replace("【作成日】", &head).replace("【現病歴】", "【傷病名】\n・肺炎（2026-10-30）\n【現病歴】");
        let mut arguments = vec!["--from"];
        arguments.extend(further);
        stateless(folder.path(), &letter, patient, &arguments)
    };
    let (code, said) = with("0000000010", "S-1");
    assert_eq!(code, 0, "{said}");
    let bundle: Value = serde_json::from_slice(&fs::read(&out).unwrap()).unwrap();
    let section = bundle["entry"][0]["resource"]["section"].as_array().unwrap().iter();
    let section = section.clone().find(|section| section["code"]["coding"][0]["code"] == "210").unwrap();
    let wanted = &section["entry"][0]["reference"];
    let entry = bundle["entry"].as_array().unwrap().iter().find(|entry| entry["fullUrl"] == *wanted).unwrap();
    let file = &entry["resource"]["content"][0]["attachment"];
    assert_eq!(
        (&entry["resource"]["resourceType"], &file["contentType"]),
        (&"DocumentReference".into(), &"application/fhir+json".into())
    );
    assert_eq!(file["title"], "退院時サマリー（2026-11-05）");
    let summary = STANDARD.decode(file["data"].as_str().unwrap()).unwrap();
    let document: Value = serde_json::from_slice(&summary).unwrap();
    assert_eq!(document["entry"][0]["resource"]["type"]["coding"][0]["code"], "18842-5");

    // As a file; of nobody else, and nothing else.
    let file = folder.path().join("bundle.json");
    fs::write(&file, &summary).unwrap();
    let (code, said) = with("0000000010", file.to_str().unwrap());
    assert_eq!(code, 0, "{said}");
    for (patient, wanted, expected) in [
        ("0000000001", file.to_str().unwrap(), "LETTER-014"),
        ("0000000010", "S-2", "(S-1)"),
        ("0000000010", out.to_str().unwrap(), "no document Bundle of a discharge summary"),
    ] {
        let (code, said) = with(patient, wanted);
        assert_eq!(code, 2, "{said}");
        assert!(said.as_str().unwrap().contains(expected), "{said}");
    }
}
