//! What a person gets wrong in a mapping file is told where it stands, with what to do.

use tsugite_issue::{Issue, Lang};
use tsugite_source_table::{Checked, Mapping, draw};

const DELIMITED: &str = r#"format = 1
name = "lab"
title = "検査"
[file]
header = 1
[[row]]
[row.lab]
patient = "患者番号"
collected = "採取日"
name = "項目"
value = "結果"
[[test]]
title = "一行"
rows = """
患者番号,採取日,項目,結果
1,20260401,AST,45
"""
expect = [{ fact = "lab", value = "45" }]
"#;

const FIXED: &str = r#"format = 1
name = "fixed"
title = "固定長"
[file]
shape = "fixed"
record_length = 40
[[row]]
when = { bytes = "1-2", is = ["A1"] }
[row.lab]
patient = { bytes = "3-10" }
collected = { bytes = "11-18" }
code = { bytes = "19-23" }
value = { bytes = "24-31" }
[[test]]
title = "一行"
rows = """
A1000000012026040100021      45
"""
expect = [{ fact = "lab", value = "45" }]
"#;

fn check(text: &str) -> Checked {
    Mapping::parse("lab.toml", text, &|file| (file == "known.csv").then(|| "from,to\n1,H\n,x\n".to_owned()))
}

/// The bytes that an issue is about.
fn marked<'t>(issue: &Issue, text: &'t str) -> &'t str {
    let span = issue.origin.as_ref().unwrap().span;
    &text[usize::try_from(span.start).unwrap()..usize::try_from(span.end).unwrap()]
}

/// A place that no parameter filled.
fn unfilled(text: &str) -> bool {
    let inside =
        |rest: &str| rest.split_once('}').is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_lowercase()));
    text.split('{').skip(1).any(inside)
}

#[test]
fn the_models_have_no_fault() {
    for text in [DELIMITED, FIXED] {
        let checked = check(text);
        assert!(checked.issues.is_empty(), "{:?}", checked.issues);
        let outcomes = checked.mapping.unwrap().run_tests(text);
        assert!(outcomes.iter().all(|outcome| outcome.differences.is_empty()), "{outcomes:?}");
    }
}

#[test]
fn every_mistake_is_told_where_it_stands() {
    for (model, right, wrong, code, place) in [
        (DELIMITED, "collected = ", "colected = ", "MAPPING-004", "colected"),
        (DELIMITED, "header = 1", "heder = 1", "MAPPING-002", "heder"),
        (DELIMITED, "header = 1", "header = \"1\"", "MAPPING-003", "\"1\""),
        (DELIMITED, "value = \"結果\"", "value = \"結果", "MAPPING-001", ""),
        (DELIMITED, "\"採取日\"", "{ name = \"採取日\", dates = [\"yyyymmdd\"] }", "MAPPING-009", "\"yyyymmdd\""),
        (DELIMITED, "\"採取日\"", "{ name = \"採取日\", dates = [\"YYMMDD\"] }", "MAPPING-010", "\"YYMMDD\""),
        (
            DELIMITED,
            "\"採取日\"",
            "{ name = \"採取日\", bytes = \"1-2\" }",
            "MAPPING-003",
            "{ name = \"採取日\", bytes = \"1-2\" }",
        ),
        (DELIMITED, "collected = \"採取日\"", "collected = \"採集日\"", "MAPPING-023", "\"採集日\""),
        (DELIMITED, "header = 1", "header = 0", "MAPPING-016", "\"患者番号\""),
        (DELIMITED, "header = 1", "columns = 4", "MAPPING-016", "\"患者番号\""),
        (DELIMITED, "header = 1", "header = 1\ncolumns = 3\n[recognise]\nheader = [\"項目\"]", "MAPPING-006", "4"),
        (DELIMITED, "header = 1", "header = 1\nencoding = \"sjs\"", "MAPPING-015", "\"sjs\""),
        (DELIMITED, "value = \"結果\"", "value = { bytes = \"3-7\" }", "MAPPING-017", "\"3-7\""),
        (
            DELIMITED,
            "value = \"結果\"",
            "value = { name = \"結果\", values = \"none.csv\" }",
            "MAPPING-013",
            "\"none.csv\"",
        ),
        (
            DELIMITED,
            "value = \"結果\"",
            "value = { name = \"結果\", values = \"known.csv\" }",
            "MAPPING-014",
            "\"known.csv\"",
        ),
        (DELIMITED, "title = \"検査\"", "title = \"検査\"\nreport_key = [\"order\"]", "MAPPING-019", "\"order\""),
        (DELIMITED, "title = \"検査\"", "title = \"検査\"\nversion_from = { line = 1 }", "MAPPING-024", "1"),
        (DELIMITED, "format = 1", "format = 2", "MAPPING-018", "2"),
        (DELIMITED, "name = \"lab\"", "name = \"検査\"", "MAPPING-021", "\"検査\""),
        (DELIMITED, "[[test]]", "[[row]]\n[row.patient]\nid = 1\n[[test]]", "MAPPING-011", "[[row]]"),
        (FIXED, "\"19-23\"", "\"18-23\"", "MAPPING-012", "\"18-23\""),
        (FIXED, "\"24-31\"", "\"24-41\"", "MAPPING-007", "\"24-41\""),
        (FIXED, "\"24-31\"", "\"31-24\"", "MAPPING-008", "\"31-24\""),
        (FIXED, "code = { bytes = \"19-23\" }", "code = 5", "MAPPING-017", "5"),
        (FIXED, "record_length = 40\n", "", "MAPPING-028", "\"fixed\""),
        (
            FIXED,
            "[[test]]",
            "[[row]]\nwhen = { bytes = \"1-2\", is = [\"A1\"] }\nrole = \"ignore\"\n[[test]]",
            "MAPPING-011",
            "{ bytes = \"1-2\", is = [\"A1\"] }",
        ),
    ] {
        // The last of the columns is the one out of range.
        let model =
            if code == "MAPPING-006" { model.replace("value = \"結果\"", "value = 4") } else { model.to_owned() };
        let text = model.replacen(right, wrong, 1);
        assert_ne!(text, model, "{right}");
        let checked = check(&text);
        let issue = checked.issues.iter().find(|issue| issue.code() == code);
        let issue = issue.unwrap_or_else(|| panic!("{wrong}: {:?}", checked.issues));
        let marked = marked(issue, &text);
        assert!(marked.starts_with(place), "{wrong}: {marked}");
        for lang in [Lang::Ja, Lang::En] {
            let drawn = draw(issue, &text, lang);
            assert!(drawn.contains("lab.toml:") && drawn.contains('^') && !unfilled(&drawn), "{drawn}");
        }
    }
}

#[test]
fn what_is_missing_is_told_at_its_table() {
    for (lines, code) in [
        (&["value = \"結果\"\n"][..], "MAPPING-005"),
        (&["patient = \"患者番号\"\n"], "MAPPING-005"),
        (
            &[
                "[row.lab]\n",
                "patient = \"患者番号\"\n",
                "collected = \"採取日\"\n",
                "name = \"項目\"\n",
                "value = \"結果\"\n",
            ],
            "MAPPING-020",
        ),
    ] {
        let text = lines.iter().fold(DELIMITED.to_owned(), |text, line| text.replacen(line, "", 1));
        let checked = check(&text);
        assert!(checked.has_errors() && checked.mapping.is_none());
        assert!(checked.issues.iter().any(|issue| issue.code() == code), "{lines:?}: {:?}", checked.issues);
    }
}

#[test]
fn a_drawing_stands_under_what_it_is_about() {
    let text = DELIMITED.replace("value = \"結果\"", "value = { name = \"結果\", values = \"無い.csv\" }");
    let drawn = draw(&check(&text).issues[0], &text, Lang::Ja);
    let expected = "誤り[MAPPING-013]: ファイル `無い.csv` がありません\n  --> lab.toml:11:33\n   |\n11 | value = { name = \"結果\", values = \"無い.csv\" }\n   |                                   ^^^^^^^^^^\n   = 直し方: ファイルを同じフォルダに置くか、名前を直してください。\n";
    assert_eq!(drawn, expected);
}

#[test]
fn a_case_that_does_not_come_out_shows_the_difference_in_its_place() {
    let text = DELIMITED.replace("value = \"45\"", "value = \"46\"");
    let outcomes = check(&text).mapping.unwrap().run_tests(&text);
    let issue = &outcomes[0].differences[0];
    assert_eq!((issue.code(), marked(issue, &text)), ("MAPPING-026", "\"46\""));
    assert!(issue.text(Lang::Ja).contains("value: 期待 \"46\"、実際 \"45\""));
}
