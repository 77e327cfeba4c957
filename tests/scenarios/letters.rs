//! Letters on their way: what is asked before anything goes again, files that travel apart, signatures.

use super::{clinic::*, common::files};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use std::fs;
use tsugite_sandbox::{Centre, Faults, Options};
use tsugite_upstream::Interface;

/// A clinic whose problem lists and reports are at the centre already; letters are dropped. An answer is awaited for a second.
struct Letters {
    clinic: Clinic,
}

/// One version of the letter.
struct Letter<'a> {
    version: u32,
    text: &'a str,
    files: &'a [&'a str],
}

const BRAKE_OFF: &str = "[brake]\npercent = 100\n";
const APART: &str = "[document]\nattachments = \"apart\"\n";

impl Letters {
    fn new(further: &str) -> Self {
        let watch = "[watch]\nfolders = [\"drop\"]\nready = \"rename\"\n";
        let further = format!("{watch}{BRAKE_OFF}{further}");
        let clinic = Clinic::of(&root().join("samples/clinic/ssmix2/1319999999"), &further);
        let settings = fs::read_to_string(clinic.path("tsugite.toml")).unwrap();
        fs::write(clinic.path("tsugite.toml"), settings.replace("wait_seconds = 20", "wait_seconds = 1")).unwrap();
        fs::create_dir(clinic.path("drop")).unwrap();
        let mut letters = Self { clinic };
        letters.clinic.run();
        letters
    }

    /// Gateway and centre speak by this interface from now on.
    fn interface(&mut self, text: &str) {
        fs::write(self.clinic.path("clins.toml"), text).unwrap();
        let settings = fs::read_to_string(self.clinic.path("tsugite.toml")).unwrap();
        let settings = settings.replace("[upstream]\n", "[upstream]\ninterface = \"clins.toml\"\n");
        fs::write(self.clinic.path("tsugite.toml"), settings).unwrap();
        let (elsewhere, interface) = (self.clinic.path("elsewhere"), Interface::from_toml(text).unwrap());
        self.clinic.centre = Centre::open(&elsewhere, interface.clone(), Options::default()).unwrap();
        self.clinic.centre = Centre::open(&self.clinic.path("terminal"), interface, Options::default()).unwrap();
    }

    fn faults(&mut self, rules: &[&str]) {
        let rules: String = rules.iter().map(|rule| format!("[[fault]]\nkind = {rule}\n")).collect();
        self.clinic.centre.set_faults(Faults::from_toml(&rules).unwrap(), 1);
    }

    fn drop(&self, letter: &Letter) {
        let Letter { version, text, files } = letter;
        let files: String = files
            .iter()
            .map(|name| {
                let base64 = STANDARD.encode(format!("%PDF-1.4\n{}", name.repeat(2_000)));
                format!(
                    "[[attachment]]\ntitle = \"{}\"\nbase64 = \"{base64}\"\n",
                    name.chars().take(8).collect::<String>()
                )
            })
            .collect();
        let letter = format!(
            "[letter]\nformat = 1\nkind = \"referral\"\npatient = \"0000000001\"\nid = \"R-7\"\nversion = {version}\n\
             date = 2026-11-20T15:30:00\nconsent = \"given\"\ninclude = [\"problems\"]\n\
             [author]\nnumber = \"1319999999\"\nname = \"継手医院\"\naddress = \"架空県架空市一丁目1番\"\ntelephone = \"000-0000-0000\"\n\
             department = \"内科\"\ndoctor = {{ name = \"継手 匠\" }}\n\
             [to]\nnumber = \"1319999998\"\nname = \"架空総合病院\"\ndepartment = \"循環器内科\"\ndoctor = {{ name = \"山田 花子\" }}\n\
             [[section]]\nkind = \"referral-purpose\"\ntext = \"{text}\"\n\
             [[section]]\nkind = \"present-illness\"\ntext = \"10月初めから。\"\n{files}"
        );
        fs::write(self.clinic.path(&format!("drop/letter-{version}.toml")), letter).unwrap();
    }

    fn write(&self, version: u32, text: &str) {
        self.drop(&Letter { version, text, files: &[] });
    }

    /// The letter as the centre holds it.
    fn held(&self) -> Option<(String, Value)> {
        let letters = self.clinic.centre.registrations().unwrap().into_iter().filter(|held| held.kind == "Composition");
        let letters: Vec<_> = letters.collect();
        assert!(letters.len() < 2, "it lives twice");
        letters.into_iter().next().map(|held| (held.bundle_id, serde_json::from_str(&held.payload).unwrap()))
    }

    fn says(&self, text: &str) -> bool {
        self.held().is_some_and(|(_, bundle)| bundle.to_string().contains(text))
    }

    /// The number of what waits, and what is said of it in Japanese.
    fn waiting(&self) -> (String, String) {
        let list = self.clinic.json(&["queue", "list"]);
        let submissions = list["submissions"].as_array().unwrap();
        let letter = submissions.iter().find(|submission| submission["kind"] == "referral").unwrap();
        let number = letter["number"].to_string();
        let mut command = self.clinic.command(&["queue", "show", &number]);
        let output = command.args(["--lang", "ja", "--format", "text"]).output().unwrap();
        (number, String::from_utf8(output.stdout).unwrap())
    }
}

#[test]
fn a_lost_answer_to_a_letter_is_asked_for_and_nothing_is_sent_twice() {
    let mut letters = Letters::new("");
    for (version, operation, counted) in [(1, "register", "registered"), (2, "change", "changed")] {
        letters.write(version, &format!("第{version}版"));
        letters.faults(&[&format!("\"lose-answer\"\noperations = [\"{operation}\"]")]);
        let lost = letters.clinic.run();
        assert_eq!(lost.operations(), [operation], "{}", lost.summary);
        assert_eq!(lost.summary["answers"]["no_answer"], 1);
        letters.faults(&[]);
        let asked = letters.clinic.run();
        assert_eq!(asked.operations(), ["inquiry"], "it is there: nothing is sent");
        assert_eq!(asked.summary["answers"][counted], 1, "{}", asked.summary);
        assert!(letters.says(&format!("第{version}版")));
        letters.clinic.run().sent_nothing();
    }
    let withdrawn = fs::read_to_string(letters.clinic.path("drop/done/letter-2.toml"));
    let text = withdrawn.unwrap_or_else(|_| done(&letters, "letter-2"));
    let text = text.replace("version = 2", "version = 3\ncancelled = true");
    fs::write(letters.clinic.path("drop/letter-3.toml"), text).unwrap();
    letters.faults(&["\"lose-answer\"\noperations = [\"cancel\"]"]);
    assert_eq!(letters.clinic.run().operations(), ["cancel"]);
    letters.faults(&[]);
    let asked = letters.clinic.run();
    assert_eq!((asked.operations(), &asked.summary["answers"]["cancelled"]), (vec!["inquiry"], &1.into()));
    assert!(letters.held().is_none());
    letters.clinic.run().sent_nothing();
}

fn done(letters: &Letters, name: &str) -> String {
    let mut found = Vec::new();
    files(&letters.clinic.path("drop"), &mut found);
    let file = found.into_iter().find(|path| path.to_string_lossy().contains(name)).unwrap();
    fs::read_to_string(file).unwrap()
}

#[test]
fn a_letter_that_never_came_goes_again_under_its_id_once_the_centre_says_so() {
    let mut letters = Letters::new("");
    for (version, operation) in [(1, "register"), (2, "change")] {
        letters.write(version, &format!("第{version}版"));
        letters.faults(&["\"lose-request\""]);
        let lost = letters.clinic.run();
        assert_eq!(lost.operations(), [operation]);
        letters.faults(&[]);
        let again = letters.clinic.run();
        assert_eq!(again.operations(), ["inquiry", operation], "{}", again.summary);
        assert_eq!(again.events[1].content, lost.events[0].content, "the same bytes");
        assert_eq!(again.events[1].bundle_id, lost.events[0].bundle_id);
        assert!(letters.says(&format!("第{version}版")));
    }
    letters.clinic.run().sent_nothing();
}

#[test]
fn what_the_centre_does_not_explain_is_held_with_its_remedy_and_never_sent_blindly() {
    let mut letters = Letters::new("");
    letters.write(1, "第1版");
    letters.faults(&["\"lose-request\""]);
    letters.clinic.run();
    letters.faults(&["\"reject\"\nclass = \"unknown\"\noperations = [\"inquiry\"]"]);
    let held = letters.clinic.run();
    assert_eq!(held.operations(), ["inquiry"]);
    assert!(held.said("SEND-010") && held.code == 1, "{}", held.summary);
    letters.clinic.run().sent_nothing();
    assert!(letters.clinic.json(&["held"]).to_string().contains("SEND-010"), "the desk is told");
    let (number, told) = letters.waiting();
    assert!(told.contains("結果不明") && told.contains("状況照会") && told.contains("SBX8001E"), "{told}");

    letters.clinic.tell(&["queue", "retry", &number]);
    assert_eq!(letters.clinic.run().operations(), ["inquiry"], "asked once more, and held once more");
    letters.clinic.tell(&["queue", "retry", &number, "--without-inquiry"]);
    let sent = letters.clinic.run();
    assert_eq!(sent.operations(), ["register"], "by a person's word");
    assert!(letters.says("第1版"));
}

#[test]
fn a_centre_that_is_still_working_is_asked_again_and_a_silent_one_waits_for_a_person() {
    let mut letters = Letters::new("[resend]\ninquiries = 3\n");
    letters.write(1, "第1版");
    letters.faults(&["\"lose-answer\"\noperations = [\"register\"]"]);
    letters.clinic.run();
    letters.faults(&["\"processing\""]);
    assert_eq!(letters.clinic.run().operations(), ["inquiry"]);
    letters.faults(&["\"lose-answer\"\noperations = [\"inquiry\"]"]);
    assert_eq!(letters.clinic.run().operations(), ["inquiry"]);
    let third = letters.clinic.run();
    assert_eq!(third.operations(), ["inquiry"]);
    letters.faults(&[]);
    letters.clinic.run();
    let (number, told) = letters.waiting();
    assert!(told.contains("SEND-010"), "{told}");
    letters.clinic.run().sent_nothing();
    letters.clinic.tell(&["queue", "retry", &number]);
    let asked = letters.clinic.run();
    assert_eq!((asked.operations(), &asked.summary["answers"]["registered"]), (vec!["inquiry"], &1.into()));
}

/// File names of the letter that the centre holds, and whether any of their bytes stand in it.
fn named(bundle: &Value) -> (Vec<String>, bool) {
    let resources = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    let files: Vec<&Value> = resources
        .filter(|resource| resource["resourceType"] == "DocumentReference")
        .map(|resource| &resource["content"][0]["attachment"])
        .collect();
    for file in &files {
        assert!(
            file["size"].as_u64().is_some_and(|size| size > 2_000) && file["contentType"] == "application/pdf",
            "{file}"
        );
        let apart = file["hash"].as_str().is_some_and(|hash| hash.len() == 28) && file["url"].is_string();
        assert_eq!(apart, file.get("data").is_none(), "{file}");
    }
    let titles = files.iter().map(|file| file["title"].as_str().unwrap().to_owned()).collect();
    (titles, files.iter().any(|file| file.get("data").is_some()))
}

#[test]
fn files_travel_inside_by_default_and_apart_before_their_letter_where_that_is_set() {
    let mut inside = Letters::new("");
    inside.drop(&Letter { version: 1, text: "第1版", files: &["心電図", "胸部写真"] });
    assert_eq!(inside.clinic.run().operations(), ["register"]);
    assert_eq!(named(&inside.held().unwrap().1), (vec!["心電図".to_owned(), "胸部写真".to_owned()], true));

    let mut letters = Letters::new(APART);
    letters.drop(&Letter { version: 1, text: "第1版", files: &["心電図", "胸部写真"] });
    let sent = letters.clinic.run();
    assert_eq!(sent.operations(), ["attachment", "attachment", "register"], "{}", sent.summary);
    let (id, bundle) = letters.held().unwrap();
    assert_eq!(named(&bundle), (vec!["心電図".to_owned(), "胸部写真".to_owned()], false));
    let held = letters.clinic.centre.attachments(&id).unwrap();
    assert_eq!(held.iter().map(|file| file.title.as_str()).collect::<Vec<_>>(), ["心電図", "胸部写真"]);
    for file in &held {
        assert!(bundle.to_string().contains(&file.reference), "the letter names it");
    }

    // What the centre has is not sent again; what is new goes first; all of it goes with its letter.
    letters.drop(&Letter { version: 2, text: "第2版", files: &["心電図", "胸部写真"] });
    assert_eq!(letters.clinic.run().operations(), ["change"]);
    letters.drop(&Letter { version: 3, text: "第3版", files: &["胸部写真", "血液検査"] });
    assert_eq!(letters.clinic.run().operations(), ["attachment", "change"]);
    letters.clinic.run().sent_nothing();
    let text = done(&letters, "letter-3").replace("version = 3", "version = 4\ncancelled = true");
    fs::write(letters.clinic.path("drop/letter-4.toml"), text).unwrap();
    assert_eq!(letters.clinic.run().operations(), ["cancel"]);
    assert!(letters.clinic.centre.attachments(&id).unwrap().is_empty());
}

#[test]
fn a_file_whose_answer_is_lost_goes_again_and_one_that_is_refused_holds_its_letter() {
    let mut letters = Letters::new(APART);
    letters.drop(&Letter { version: 1, text: "第1版", files: &["心電図", "胸部写真"] });
    letters.faults(&["\"lose-answer\"\noperations = [\"attachment\"]"]);
    assert_eq!(letters.clinic.run().operations(), ["attachment"]);
    letters.faults(&[]);
    let again = letters.clinic.run();
    assert_eq!(again.operations(), ["attachment", "attachment", "register"]);
    let codes: Vec<_> = again.events.iter().map(|event| event.code.as_str()).collect();
    assert_eq!(codes, ["SBX1001W", "SBX0000I", "SBX0000I"], "the first was there, and is counted once");

    letters.drop(&Letter { version: 2, text: "第2版", files: &["血液検査"] });
    letters.faults(&["\"reject\"\nclass = \"content\"\noperations = [\"attachment\"]"]);
    let held = letters.clinic.run();
    assert_eq!(held.operations(), ["attachment"], "the letter does not go without it");
    assert!(held.said("SEND-011") && held.code == 1, "{}", held.summary);
    assert!(letters.says("第1版"), "what was accepted stays");
    let (number, told) = letters.waiting();
    assert!(told.contains("添付（センターにある数/全体）: 0/1") && told.contains("SBX3001E"), "{told}");
    letters.faults(&[]);
    letters.clinic.run().sent_nothing();
    letters.clinic.tell(&["queue", "retry", &number]);
    assert_eq!(letters.clinic.run().operations(), ["attachment", "change"]);
    assert!(letters.says("第2版"));
}

#[test]
fn a_file_that_is_too_large_for_one_request_holds_its_letter_before_anything_goes() {
    let mut letters = Letters::new(APART);
    let interface = tsugite_mappings::UPSTREAM_CLINS.text.replace("limit_bytes = 10_000_000", "limit_bytes = 100_000");
    fs::write(letters.clinic.path("clins.toml"), interface).unwrap();
    let settings = fs::read_to_string(letters.clinic.path("tsugite.toml")).unwrap();
    let settings = settings.replace("[upstream]\n", "[upstream]\ninterface = \"clins.toml\"\n");
    fs::write(letters.clinic.path("tsugite.toml"), settings).unwrap();
    let large = "x".repeat(50);
    letters.drop(&Letter { version: 1, text: "第1版", files: &[&large] });
    letters.clinic.run().sent_nothing();
    let held = letters.clinic.json(&["held"]);
    assert!(held.to_string().contains("UPSTREAM-002"), "{held}");
}

#[cfg(unix)]
#[test]
fn a_referral_is_signed_by_the_sites_own_program_and_held_where_that_fails() {
    let script = "#!/bin/sh\ntest -e \"$(dirname \"$0\")/card\" || exit 7\nsha256sum | cut -c1-64\n";
    let mut letters = Letters::new("[signature]\ncommand = [\"./sign.sh\", \"--quiet\"]\nseconds = 5\n");
    let program = letters.clinic.path("sign.sh");
    fs::write(&program, script).unwrap();
    executable(&program);
    letters.write(1, "第1版");
    let held = letters.clinic.run();
    held.sent_nothing();
    assert!(held.said("SEND-013") && held.code == 1, "{}", held.summary);
    let (number, told) = letters.waiting();
    assert!(told.contains("保留") && told.contains("SEND-013") && told.contains("[signature]"), "{told}");
    let desk = letters.clinic.command(&["held", "--lang", "ja", "--format", "text"]).output().unwrap();
    let desk = String::from_utf8(desk.stdout).unwrap();
    assert!(desk.contains("SEND-013") && desk.contains("7") && desk.contains("カードリーダー"), "{desk}");

    fs::write(letters.clinic.path("card"), "").unwrap();
    letters.clinic.run().sent_nothing();
    letters.clinic.tell(&["queue", "retry", &number]);
    letters.faults(&["\"lose-request\""]);
    let lost = letters.clinic.run();
    letters.faults(&[]);
    fs::remove_file(letters.clinic.path("card")).unwrap();
    let sent = letters.clinic.run();
    assert_eq!(sent.operations(), ["inquiry", "register"]);
    let event = &sent.events[1];
    let digest = format!("{}\n", event.content.as_deref().unwrap());
    assert_eq!(event.signature, Some(sha256(digest.as_bytes())), "over the bytes that went");
    assert_eq!(event.signature, lost.events[0].signature, "signed once, sent with it each time");
    letters.clinic.run().sent_nothing();
}

#[cfg(unix)]
#[test]
fn a_program_may_sign_within_the_bundle_and_change_nothing_else() {
    let sign = |what: &str| format!("#!/bin/sh\nsed '{what}'\n");
    let signature = r#",\"signature\":{\"type\":[{\"system\":\"urn:iso-astm:E1762-95:2013\",\"code\":\"1.2.840.10065.1.12.1.1\"}],\"when\":\"2026-11-22T10:00:00+09:00\",\"who\":{\"display\":\"医師\"}}}"#;
    let signature = signature.replace('\\', "");
    let mut letters = Letters::new("[signature]\ncommand = [\"./sign.sh\"]\nform = \"bundle\"\n");
    let program = letters.clinic.path("sign.sh");
    fs::write(&program, sign(&format!("s#}}$#{signature}#; s/架空/実在/"))).unwrap();
    executable(&program);
    letters.write(1, "第1版");
    let held = letters.clinic.run();
    held.sent_nothing();
    assert!(held.said("SEND-014"), "{}", held.summary);
    let (number, _) = letters.waiting();
    fs::write(&program, sign(&format!("s#}}$#{signature}#"))).unwrap();
    letters.clinic.tell(&["queue", "retry", &number]);
    assert_eq!(letters.clinic.run().operations(), ["register"]);
    assert_eq!(letters.held().unwrap().1["signature"]["who"]["display"], "医師");
    letters.clinic.run().sent_nothing();
}

#[cfg(unix)]
fn executable(program: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(program, fs::Permissions::from_mode(0o700)).unwrap();
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn settings_that_the_interface_cannot_do_are_refused() {
    let letters = Letters::new("");
    let settings = fs::read_to_string(letters.clinic.path("tsugite.toml")).unwrap();
    let text = tsugite_mappings::UPSTREAM_CLINS.text;
    let from = text.find("[document.attachment]").unwrap();
    let to = from + text[from..].find("# 健診文書").unwrap();
    let bare = format!("{}{}", &text[..from], &text[to..]).replace("signature = \"", "# signature = \"");
    fs::write(letters.clinic.path("bare.toml"), bare).unwrap();
    let settings = settings.replace("[upstream]\n", "[upstream]\ninterface = \"bare.toml\"\n");
    for (further, told) in [
        (APART, "[document.attachment]"),
        ("[signature]\ncommand = [\"x\"]\n", "`signature` under [request]"),
        ("[document]\nattachment_url = \"urn:x\"\nattachments = \"apart\"\n", "[document.attachment]"),
    ] {
        fs::write(letters.clinic.path("tsugite.toml"), format!("{settings}{further}")).unwrap();
        assert!(letters.clinic.tell(&["plan"]).contains(told), "{further}");
    }
    let whole = settings.replace("interface = \"bare.toml\"\n", "");
    let further = "[document]\nattachment_url = \"urn:x\"\nattachments = \"apart\"\n";
    fs::write(letters.clinic.path("tsugite.toml"), format!("{whole}{further}")).unwrap();
    assert!(letters.clinic.tell(&["plan"]).contains("attachment_url"));
}

#[test]
fn health_checks_have_no_inquiry_unless_the_interface_names_one() {
    let check = root().join("samples/clinic/checkups");
    let mut zips = Vec::new();
    files(&check, &mut zips);
    let sender = "[defaults]\npractitioner = \"継手 匠\"\n[document.sender]\nname = \"継手医院\"\naddress = \"架空県架空市2番\"\n\
        postal_code = \"000-0000\"\ntelephone = \"000-0000-0000\"\n";
    zips.retain(|path| path.extension().is_some_and(|extension| extension == "zip"));
    for (further, again) in [("", ["register"].as_slice()), ("inquiry", &["inquiry"])] {
        let mut letters = Letters::new(sender);
        if !further.is_empty() {
            let text = tsugite_mappings::UPSTREAM_CLINS.text;
            let own = "[checkup.inquiry]\napi = \"X-1\"\nresult_api = \"X-2\"\n\n[request]\n";
            letters.interface(&text.replace("[request]\n", own));
        }
        fs::copy(&zips[0], letters.clinic.path("drop/checks.zip")).unwrap();
        letters.faults(&["\"lose-answer\"\noperations = [\"register\"]"]);
        let lost = letters.clinic.run();
        assert_eq!(lost.operations(), ["register"], "{}", lost.summary);
        assert!(lost.events[0].file.starts_with("CIS-IF-120"), "{:?}", lost.events);
        letters.faults(&[]);
        let next = letters.clinic.run();
        assert_eq!(next.operations()[..1], *again, "{further} {:?}", next.operations());
        assert_eq!(next.events[0].code, if further.is_empty() { "SBX1001W" } else { "SBX0000I" });
        letters.clinic.run().sent_nothing();
    }
}
