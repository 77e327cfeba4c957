//! Masters that are published as workbooks.

use super::{super::Kind, *};
use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A workbook of sheets with their rows; a cell that is a number is written as one.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut names, mut relations) = (String::new(), String::new());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut file = |name: &str, text: String| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    for (at, (name, rows)) in (1..).zip(sheets) {
        let _ = write!(names, "<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"rId{at}\"/>");
        let kind = format!("{OFFICE}/worksheet");
        let _ = write!(relations, "<Relationship Id=\"rId{at}\" Type=\"{kind}\" Target=\"worksheets/sheet{at}.xml\"/>");
        let mut data = String::new();
        for (line, cells) in (1..).zip(*rows) {
            let _ = write!(data, "<row r=\"{line}\">");
            for (column, cell) in ('A'..).zip(*cells).filter(|(_, cell)| !cell.is_empty()) {
                let _ = match cell.parse::<f64>() {
                    Ok(_) => write!(data, "<c r=\"{column}{line}\"><v>{cell}</v></c>"),
                    Err(_) => write!(data, "<c r=\"{column}{line}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
                };
            }
            data.push_str("</row>");
        }
        let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData></worksheet>");
        file(&format!("xl/worksheets/sheet{at}.xml"), sheet);
    }
    let target = "xl/workbook.xml";
    file(target, format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{names}</sheets></workbook>"));
    file("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"{PACKAGE}\">{relations}</Relationships>"));
    let root = format!("<Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"{target}\"/>");
    file("_rels/.rels", format!("<Relationships xmlns=\"{PACKAGE}\">{root}</Relationships>"));
    zip.finish().unwrap().into_inner()
}

const PRICE_HEADER: [&str; 8] =
    ["区分", "薬価基準収載医薬品コード", "成分名", "規格", "", "品名", "メーカー名", "薬価"];

fn price(section: &str, code: &str, name: &str) -> [String; 8] {
    [section, code, "ツギナロール", "５ｍｇ１錠", "", name, "継手製薬", "10.4"].map(str::to_owned)
}

fn price_list(rows: &[[String; 8]]) -> Vec<u8> {
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = [&PRICE_HEADER[..]].into_iter().chain(rows.iter().map(Vec::as_slice)).collect();
    workbook(&[("ＨＰ用", &rows)])
}

#[test]
fn the_files_of_one_day_make_one_price_list() {
    let oral =
        price_list(&[price("内用薬", "9999001F1010", "ツギテ錠５"), price("内用薬", "9999001F1029", "旧ツギテ錠")]);
    let external = price_list(&[price("外用薬", "9999002M1011", "ツギテ軟膏")]);
    let again = price_list(&[price("内用薬", "9999001F1010", "ツギテ錠５ｍｇ")]);
    let read = |name: &str, bytes: &[u8]| imported(name, bytes).unwrap().remove(0);
    let first = read("tp20250814-01_01.xlsx", &oral).beside(std::iter::empty()).unwrap();
    let both = read("tp20250814-01_03.xlsx", &external).beside([&first].into_iter()).unwrap();
    assert_eq!((both.kind, both.len(), both.date.to_string()), (Kind::PriceList, 3, "2025-08-14".to_owned()));
    // A file that was published anew replaces its own part.
    let corrected = read("tp20250814-01_01.xlsx", &again).beside([&both].into_iter()).unwrap();
    let masters = Masters::new([corrected]);
    let name = |code: &str| masters.find(Kind::PriceList, code, None).map(|found| found.name().to_owned());
    assert_eq!(name("9999001F1010").as_deref(), Some("ツギテ錠５ｍｇ"));
    assert_eq!((name("9999001F1029"), name("9999002M1011").as_deref()), (None, Some("ツギテ軟膏")));
}

#[test]
fn general_names_bring_the_drugs_of_their_exceptions() {
    let names: &[&[&str]] = &[
        &["一般名処方マスタ"],
        &["", "", "", "令和7年8月14日適用"],
        &["区分", "一般名コード", "一般名処方の標準的な記載", "成分名", "規格"],
        &["内用薬", "9999001F1ZZZ", "【般】ツギナロール錠５ｍｇ", "ツギナロール", "５ｍｇ１錠"],
    ];
    let exceptions: &[&[&str]] = &[
        &["一般名処方マスタ（例外コード表）"],
        &["区分", "一般名コード", "一般名処方の標準的な記載", "成分名", "規格", "薬価基準収載医薬品コード"],
        &["内用薬", "9999004GAZZZ", "【般】ツギナロール徐放錠", "ツギナロール", "１０ｍｇ１錠", "9999004G1012"],
        &["", "", "", "", "", "9999004G1020"],
    ];
    let bytes = workbook(&[("全体", names), ("例外コード品目対照表", exceptions)]);
    let edition = imported("master.xlsx", &bytes).unwrap().remove(0).edition;
    assert_eq!(
        (edition.kind, edition.len(), edition.date.to_string()),
        (Kind::GeneralName, 3, "2025-08-14".to_owned())
    );
    let masters = Masters::new([edition, sample().editions(Kind::Drug)[0].as_ref().clone()]);
    assert_eq!(masters.general("9999001F1ZZZ", None).unwrap().name, "【般】ツギナロール錠５ｍｇ");
    let slow = Masters::new([
        masters.editions(Kind::GeneralName)[0].as_ref().clone(),
        edition_of_drugs(&drug("629000009", "ツギテＲ錠", "錠", "9999004G1020", "")),
    ]);
    assert_eq!(slow.drug_of_receipt("629000009", None).unwrap().general.unwrap().code, "9999004GAZZZ");
}

fn edition_of_drugs(rows: &str) -> Edition {
    edition("y_ALL20250401.csv", rows)
}

#[test]
fn usages_are_known_by_their_sheet() {
    let row: &[&str] = &[
        "1013044400000000",
        "1",
        "内服",
        "0",
        "経口",
        "1",
        "食事",
        "１日３回朝昼夕食後　服用",
        "1234",
        "20230126",
        "99999999",
    ];
    let bytes = workbook(&[("電子処方箋用法マスタ", &[&["用法", "基本"], &["コード", "区分"], &[], &[], row])]);
    let edition = imported("yoho_20230126.xlsx", &bytes).unwrap().remove(0).edition;
    let masters = Masters::new([edition]);
    assert_eq!(masters.usage("1013044400000000", None).unwrap().name, "１日３回朝昼夕食後　服用");
}

#[test]
fn a_workbook_that_a_person_changed_is_refused_at_its_cell() {
    let bytes = price_list(&[price("内用薬", "9999001F1010", "ツギテ錠５"), price("内用薬", "1.23E+15", "ツギテ錠")]);
    let issue = imported("tp20250814-01_01.xlsx", &bytes).unwrap_err().remove(0);
    let place = issue.origin.as_ref().unwrap().address.to_string();
    assert_eq!((issue.code(), place.as_str()), ("TERM-063", "3:2"));
    let other = workbook(&[("家計簿", &[&["日付", "金額"], &["4月1日", "100"]])]);
    assert_eq!(imported("x.xlsx", &other).unwrap_err()[0].code(), "TERM-060");
}
