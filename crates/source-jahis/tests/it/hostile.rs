use crate::support::{HEAD, codes, read};
use proptest::prelude::*;

#[test]
fn what_cannot_be_read_is_told() {
    for (what, bytes, code) in [
        ("empty", b"".to_vec(), "JAHIS-001"),
        ("blank", b" \r\n\r\n".to_vec(), "JAHIS-001"),
        ("a part without its header", "201,1,1,1,1,,見本,3,1,錠\r\n".as_bytes().to_vec(), "JAHIS-002"),
        ("binary", (0..=255).collect(), "JAHIS-002"),
        ("another format", b"<?xml version=\"1.0\"?><a/>".to_vec(), "JAHIS-002"),
    ] {
        let output = read(&bytes);
        assert!(output.unreadable, "{what}");
        assert!(codes(&output).contains(&code), "{what}: {:?}", codes(&output));
        assert!(output.statements.is_empty() && output.ended.is_empty());
    }
}

#[test]
fn size_in_any_direction_is_survived() {
    let long = |unit: &str| unit.repeat(100_000);
    for text in [
        format!("{HEAD}201,1,1,1,1,,{},3,1,錠\n", long("長")),
        format!("{HEAD}{}", long(",")),
        format!("{HEAD}{}", long("2,1\n")),
        long("JAHIS10\n"),
        long("JAHISTC08,1\n"),
        format!(
            "JAHISTC08,1\n1,例示,1,1980\n5,20260310\n51,見本,13,1,9999999,1\n{}",
            "201,1,薬,1,錠,1,,1\n".repeat(3000)
        ),
        format!(
            "{HEAD}{}",
            (0..3000)
                .map(|n| format!("201,{n},1,1,1,,薬,99999999999999999999,1,錠\n281,{n},1,1,1,x\n"))
                .collect::<String>()
        ),
    ] {
        let _ = read(text.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Any columns in any records: reading ends, and every drug ends somewhere.
    #[test]
    fn any_columns_are_survived(
        notebook in any::<bool>(),
        rows in prop::collection::vec((prop::sample::select(vec![1_u16, 2, 5, 11, 13, 22, 23, 51, 55, 81, 101, 111, 181, 201, 221, 241, 281, 301, 311, 911]),
            prop::collection::vec("[0-9１-３A-Z.,ァ-ン /-]{0,8}", 0..12)), 0..30)
    ) {
        let header = if notebook { "JAHISTC08,1\n" } else { "JAHIS10\n" };
        let text: String = rows.iter().map(|(number, fields)| format!("{number},{}\n", fields.join(","))).collect();
        let output = read([header, text.as_str()].concat().as_bytes());
        let drugs = rows.iter().filter(|(number, _)| *number == 201).count();
        let ended = output.ended.iter().filter(|end| end.kind == tsugite_clinical::RecordKind::Prescription).count();
        let stated = crate::support::prescriptions(&output).len();
        if rows.iter().all(|(number, _)| *number != 911) {
            prop_assert_eq!(stated + ended, drugs);
        }
    }
}
