//! The same receipts in other bytes say the same.

use crate::{
    receipts::{CODES, Person, Style, file, people},
    support::{read, said},
};
use encoding_rs::SHIFT_JIS;
use tsugite_source::Output;

fn clinic() -> Vec<Person> {
    people(3, 60, &CODES)
}

fn written(style: Style) -> Vec<u8> {
    file(&clinic(), 0, 1, style)
}

fn text(bytes: &[u8]) -> String {
    SHIFT_JIS.decode(bytes).0.into_owned()
}

fn rewritten(change: impl Fn(&str) -> String) -> Output {
    let changed = change(&text(&written(Style::default())));
    let (bytes, _, unmapped) = SHIFT_JIS.encode(&changed);
    assert!(!unmapped);
    read(&bytes)
}

#[track_caller]
fn same(other: &Output) {
    let plain = read(&written(Style::default()));
    assert!(!plain.unreadable && plain.held.is_none());
    assert!(said(&plain).len() > 500);
    assert_eq!(said(other), said(&plain));
}

#[test]
fn eras_instead_of_years() {
    same(&read(&written(Style { era: true, ..Style::default() })));
}

#[test]
fn utf_8_instead_of_cp932() {
    let utf8 = written(Style { utf8: true, ..Style::default() });
    same(&read(&utf8));
    same(&read(&[b"\xef\xbb\xbf".as_slice(), &utf8].concat()));
}

#[test]
fn line_ends_and_the_mark_of_the_end() {
    same(&read(&written(Style { line_end: "\n", ..Style::default() })));
    same(&read(&[&written(Style::default()), b"\x1a".as_slice()].concat()));
    let bytes = written(Style::default());
    same(&read(bytes.trim_ascii_end()));
    same(&rewritten(|text| text.replace("\r\n", "\r\n\r\n")));
}

#[test]
fn trailing_commas_left_out() {
    same(&read(&written(Style { full: false, ..Style::default() })));
}

#[test]
fn quotes_and_blanks_around_values() {
    let quoted = |line: &str| line.split(',').map(|field| format!("\"{field}\"")).collect::<Vec<_>>().join(",");
    same(&rewritten(|text| text.lines().map(quoted).collect::<Vec<_>>().join("\r\n")));
    let padded = |line: &str| line.split(',').map(|field| format!("{field} ")).collect::<Vec<_>>().join(",");
    same(&rewritten(|text| text.lines().map(padded).collect::<Vec<_>>().join("\r\n")));
}

#[test]
fn rows_of_diagnoses_in_another_order() {
    let reversed = |text: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines.chunk_by_mut(|a, b| a.starts_with("SY,") && b.starts_with("SY,")).for_each(<[&str]>::reverse);
        lines.join("\r\n")
    };
    let other = rewritten(reversed);
    assert_ne!(other.statements, read(&written(Style::default())).statements);
    same(&other);
}

#[test]
fn digits_in_full_width() {
    // Codes, numbers and dates, but not the insurance, which stays as it is written.
    let wide = |field: &str| {
        field
            .chars()
            .map(|c| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c })
            .collect::<String>()
    };
    let line = |line: &str| match line.get(..2) {
        Some("SY" | "RE" | "IY" | "SI" | "IR") => {
            let mut fields = line.split(',').enumerate();
            let wide = |(at, field): (usize, &str)| if at == 0 { field.to_owned() } else { wide(field) };
            fields.by_ref().map(wide).collect::<Vec<_>>().join(",")
        }
        _ => line.to_owned(),
    };
    let other = rewritten(|text| text.lines().map(line).collect::<Vec<_>>().join("\r\n"));
    same(&other);
}

#[test]
fn kana_in_half_width() {
    // ｶﾅ by hand: the decoder makes it full, as in every format.
    let half = [
        ("カリヤマ", "ｶﾘﾔﾏ"),
        ("カリカワ", "ｶﾘｶﾜ"),
        ("タメシダ", "ﾀﾒｼﾀﾞ"),
        ("カケノ", "ｶｹﾉ"),
        ("タカカリ", "ﾀｶｶﾘ"),
        ("ハナコ", "ﾊﾅｺ"),
        ("タロウ", "ﾀﾛｳ"),
        ("ジロウ", "ｼﾞﾛｳ"),
        ("ミノリ", "ﾐﾉﾘ"),
        ("ハジメ", "ﾊｼﾞﾒ"),
    ];
    let other = rewritten(|text| half.iter().fold(text.to_owned(), |text, (full, half)| text.replace(full, half)));
    same(&other);
}

#[test]
fn receipts_in_another_order() {
    let mut other = clinic();
    other.reverse();
    let plain = read(&written(Style::default()));
    let reversed = read(&file(&other, 0, 1, Style::default()));
    // The number of a receipt changes with its place, and with it that of the order of its drugs.
    let without_orders = |output: &Output| {
        let mut said = said(output);
        said.retain(|said| !said.contains("Prescription"));
        said
    };
    assert_eq!(without_orders(&reversed), without_orders(&plain));
}
