use crate::support::{codes, item, message, read};

#[test]
fn what_cannot_be_read_is_told() {
    let bomb = "<!DOCTYPE Mml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]><Mml>&b;</Mml>";
    let outside = "<!DOCTYPE Mml SYSTEM \"file:///etc/passwd\"><Mml/>";
    for (what, text) in [
        ("empty", String::new()),
        ("blank", " \r\n".to_owned()),
        ("no XML", "JAHIS10".to_owned()),
        ("cut off", "<Mml><MmlBody>".to_owned()),
        ("laughs", bomb.to_owned()),
        ("foreign entity", outside.to_owned()),
        ("deep", "<Mml>".repeat(5000)),
        ("a component", "<mmlAd:Address xmlns:mmlAd='urn:x'/>".to_owned()),
    ] {
        let output = read(text.as_bytes());
        assert!(output.unreadable, "{what}");
        assert_eq!(
            codes(&output).iter().filter(|code| code.starts_with("XML") || **code == "MML-001").count(),
            1,
            "{what}: {:?}",
            codes(&output)
        );
        assert!(output.statements.is_empty() && output.ended.is_empty());
    }
}

#[test]
fn size_in_any_direction_is_survived() {
    let at = "2026-03-10T10:00:00";
    let long = |unit: &str| unit.repeat(100_000);
    let drug = "<medication><medicine><name>薬</name></medicine><dose>99999999999999999999</dose><frequencyPerDay>99</frequencyPerDay></medication>";
    for content in [
        format!(
            "<RegisteredDiagnosisModule><diagnosis code='{}'>{}</diagnosis></RegisteredDiagnosisModule>",
            long("1."),
            long("病")
        ),
        format!("<PrescriptionModule>{}</PrescriptionModule>", drug.repeat(3000)),
        format!("<ReferralModule><presentIllness>{}</presentIllness></ReferralModule>", long("<br/>")),
        format!(
            "<TestModule><information registId='1'/><laboTest>{}</laboTest></TestModule>",
            "<item><itemName itCode='1'>x</itemName></item>".repeat(5000)
        ),
    ] {
        let output = read(message(&[item("u", at, &content)]).as_bytes());
        assert!(!output.unreadable, "{:?}", codes(&output));
    }
}
