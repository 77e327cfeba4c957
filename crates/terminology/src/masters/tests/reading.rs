use super::{super::Kind, *};
use std::io::{Cursor, Write as _};
use zip::{ZipWriter, write::SimpleFileOptions};

fn told(name: &str, bytes: &[u8]) -> Vec<(&'static str, String, Option<String>)> {
    let issues = imported(name, bytes).unwrap_err();
    let place = |issue: &Issue| issue.origin.as_ref().unwrap().address.to_string();
    issues.iter().map(|issue| (issue.code(), place(issue), issue.found.clone())).collect()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn standard_disease() -> String {
    row(
        20,
        &[
            (1, "0"),
            (2, "20900001"),
            (3, "つぎて熱"),
            (5, "1"),
            (6, "TG01"),
            (7, "A491"),
            (11, "8800001"),
            (15, "20230101"),
        ],
    )
}

fn standard_modifier() -> String {
    row(10, &[(1, "0"), (2, "27900001"), (3, "急性"), (5, "MA01"), (7, "4"), (9, "4901")])
}

fn shared_item() -> String {
    let header = row(32, &[(7, "FHIR検査項目名称"), (20, "JLAC10コード")]);
    let item = [
        (7, "ツギテ蛋白"),
        (8, "TG-P"),
        (9, "TGP"),
        (13, "00000000000000001"),
        (14, "g/dL"),
        (20, "9Z999000002327101"),
    ];
    header + &row(32, &item)
}

#[test]
fn each_master_is_known_by_its_content() {
    let allergen = "\"DISPLAYSEQ\",\"JFAGYCODE\",\"JPTERM\",\"JPKANA\",\"ENTERM\",\"LEVEL\",\"MAINFLAG\",\"GUIDELINE\",\"CXGCATEGORY\",\"RECORDDATE\",\"ENDDATE\"\r\n\"1\",\"J9FZ00000000\",\"継手豆\",\"つぎてまめ\",\"\",\"1\",\"1\",\"\",\"0\",\"00000000\",\"99999999\"\r\n";
    for (kind, text) in [
        (Kind::Disease, disease("8800001", "つぎて熱", "20900001", "TG01", "A491")),
        (Kind::Modifier, modifier("8902", "の疑い", "27900002", "MB02", "A8000000")),
        (Kind::Drug, drug("629000001", "ツギテ錠５", "錠", "9999001F1010", "")),
        (Kind::StandardDisease, standard_disease()),
        (Kind::StandardModifier, standard_modifier()),
        (Kind::Hot, HOT_HEADER.to_owned() + &hot("190000101", "ツギテ錠５", "9999001F1010", "9999001F1010", "")),
        (Kind::Jfagy, allergen.to_owned()),
        (Kind::Jlac, shared_item()),
    ] {
        // Whatever it is called, in CP932 or saved again as UTF-8, with LF, zipped beside an explanation.
        let lf = text.replace("\r\n", "\n");
        let saved_again = ["\u{feff}", &lf].concat();
        let archive = zipped(&[("folder/README.txt", b"read me"), ("x", &cp932(&text))]);
        for bytes in [cp932(&text), saved_again.into_bytes(), archive] {
            let found = imported("master_20240601.dat", &bytes).unwrap_or_else(|issues| panic!("{kind:?} {issues:?}"));
            assert_eq!(found.len(), 1);
            assert_eq!((found[0].edition.kind, found[0].edition.len()), (kind, 1));
            assert_eq!(found[0].edition.date.to_string(), "2024-06-01");
        }
    }
}

#[test]
fn the_date_is_declared_or_in_the_name_or_in_the_rows() {
    let text = disease_with("8800001", "つぎて熱", "20900001", "TG01", "A491", &[(23, "20231001")]);
    let bytes = cp932(&text);
    let date = |name: &str, date: Option<&str>| {
        let date = date.map(|date| tsugite_clinical::Date::try_from(date.to_owned()).unwrap());
        read(Given { name, bytes: &bytes, date }).unwrap().remove(0).edition.date.to_string()
    };
    assert_eq!(date("b_20240601.txt", Some("2024-07-01")), "2024-07-01");
    assert_eq!(date("b_20240601.txt", None), "2024-06-01");
    assert_eq!(date("b.txt", None), "2023-10-01");
    let undated = cp932(&modifier("8902", "の疑い", "27900002", "MB02", "A8000000"));
    assert_eq!(told("z.txt", &undated), [("TERM-065", "1:1".into(), None)]);
}

#[test]
fn another_layout_is_told_with_line_column_and_what_was_found() {
    let good = disease("8800001", "つぎて熱", "20900001", "TG01", "A491");
    let found = |text: &str| Some(text.to_owned());
    // Excel dropped the zeros.
    let damaged = disease("999", "継手", "20900001", "TG01", "A491");
    assert_eq!(told("b_20240601.txt", &cp932(&(good.clone() + &damaged))), [("TERM-063", "2:3".into(), found("999"))]);
    let number = disease("8800001", "継手", "2.09E+07", "TG01", "A491");
    assert_eq!(told("b_20240601.txt", &cp932(&number)), [("TERM-063", "1:11".into(), found("2.09E+07"))]);
    let short = row(45, &[(1, "0"), (2, "B"), (3, "8800001")]);
    assert_eq!(told("b_20240601.txt", &cp932(&(good + &short))), [("TERM-062", "2:45".into(), None)]);
    for (name, bytes) in
        [("letter.txt", cp932("拝啓、継手")), ("empty", Vec::new()), ("x.csv", b"a,b,c\n1,2,3\n".to_vec())]
    {
        assert_eq!(told(name, &bytes)[0].0, "TERM-060", "{name}");
    }
    assert_eq!(told("HOT_20240401.txt", &cp932(HOT_HEADER))[0].0, "TERM-064");
    assert_eq!(told("x.zip", b"PK\x03\x04 cut off")[0].0, "TERM-061");
    let issues = imported("b_20240601.txt", &cp932(&damaged)).unwrap_err();
    let text = issues[0].text(tsugite_issue::Lang::Ja);
    assert_eq!(text, "b_20240601.txt の1行目3列目「傷病名コード」が違います（7桁の数字のはず）");
}

#[test]
fn a_file_of_changes_is_put_over_the_edition_before_it() {
    let whole = edition(
        "b_20240601.txt",
        &[
            disease("8800001", "つぎて熱", "20900001", "TG01", "A491"),
            disease("8800002", "継手腫瘍", "20900002", "TG02", "C169"),
        ]
        .concat(),
    );
    let changes = [
        row(46, &[(1, "9"), (2, "B"), (3, "8800001"), (4, "8800002"), (24, "20240901")]),
        row(46, &[(1, "5"), (2, "B"), (3, "8800002"), (6, "継手腫瘍（改）")]),
        disease_with("8800009", "新つぎて病", "20900009", "TG09", "I10", &[(1, "3")]),
    ];
    let part = imported("b_20240901.txt", &cp932(&changes.concat())).unwrap().remove(0);
    assert!(part.partial);
    let issue = part.clone().beside(std::iter::empty()).unwrap_err();
    assert_eq!(issue.code(), "TERM-066");
    let changed = part.beside([&whole].into_iter()).unwrap();
    assert_eq!((changed.len(), changed.date.to_string()), (3, "2024-09-01".to_owned()));
    let masters = Masters::new([whole, changed]);
    let day = |text: &str| tsugite_clinical::Date::try_from(text.to_owned()).ok();
    let of = |code: &str, at: &str| masters.disease(code, day(at)).unwrap();
    assert_eq!(of("8800001", "2024-08-31").name, "つぎて熱");
    // Retired: its successor stands for it, with what the changes left as it was.
    let moved = of("8800001", "2024-09-01");
    assert_eq!((moved.name, moved.number, moved.notes.len()), ("継手腫瘍（改）", Some("20900002"), 1));
    assert_eq!(of("8800009", "2024-09-01").icd10, ["I10"]);
}
