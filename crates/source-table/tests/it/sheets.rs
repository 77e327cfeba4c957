//! Excel workbooks: what is not read is told, and what would not fit into memory is refused.

use std::{
    io::{Cursor, Write as _},
    sync::Arc,
};
use tsugite_source::{Context, Input, Output, Sink, Source};
use tsugite_source_table::{TableSource, presets};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook with these sheets, each by the rows of its XML.
fn workbook(sheets: &[String]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut file = |name: &str, text: &str| {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let each = |part: &dyn Fn(usize) -> String| (1..=sheets.len()).map(part).collect::<String>();
    let names = each(&|n| format!(r#"<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>"#));
    let targets =
        each(&|n| format!(r#"<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>"#));
    file(
        "_rels/.rels",
        &format!(
            r#"{HEAD}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        ),
    );
    file(
        "xl/workbook.xml",
        &format!(r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>"#),
    );
    file(
        "xl/_rels/workbook.xml.rels",
        &format!(r#"{HEAD}<Relationships xmlns="{RELATIONS}">{targets}</Relationships>"#),
    );
    for (n, rows) in (1..).zip(sheets) {
        let sheet = format!(r#"{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#);
        file(&format!("xl/worksheets/sheet{n}.xml"), &sheet);
    }
    zip.finish().unwrap().into_inner()
}

fn row(number: usize, cells: &[&str]) -> String {
    let cell =
        |(column, text): (char, &&str)| format!(r#"<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let cells: String = ('A'..).zip(cells).map(cell).collect();
    format!(r#"<row r="{number}">{cells}</row>"#)
}

fn allergies() -> String {
    row(1, &["患者番号", "分類", "アレルゲン"]) + &row(2, &["123", "食物", "そば"])
}

fn read(bytes: &[u8]) -> (Output, Vec<&'static str>) {
    let source = TableSource::new(presets());
    let context = Context { instance: "test".into(), id_space: "test".into(), gaiji: Arc::default() };
    let mut sink = Sink::new();
    source.read(&Input::new("a.xlsx", bytes), &context, &mut sink);
    let output = sink.finish();
    let codes = output.issues.iter().map(|issue| issue.code()).collect();
    (output, codes)
}

#[test]
fn further_sheets_are_told_where_they_hold_something() {
    let (one, empty) = (read(&workbook(&[allergies()])), read(&workbook(&[allergies(), String::new()])));
    let two = read(&workbook(&[allergies(), allergies()]));
    for ((output, codes), told) in [(one, false), (empty, false), (two, true)] {
        assert_eq!((output.unreadable, codes.contains(&"TABLE-036")), (false, told), "{codes:?}");
        assert_eq!(output.statements.len(), 2, "a list and its one member");
    }
}

#[test]
fn a_sheet_whose_rows_all_end_in_the_last_column_is_too_large() {
    let far = |number: usize| format!(r#"<row r="{number}"><c r="XFD{number}"><v>1</v></c></row>"#);
    let (output, codes) = read(&workbook(&[allergies() + &(3..400).map(far).collect::<String>()]));
    assert!(output.unreadable && codes.contains(&"TABLE-020"), "{codes:?}");
    let (output, _) = read(&workbook(&[allergies() + &far(3)]));
    assert!(!output.unreadable);
}
