//! Masters of invented rows in the true layouts.

mod borders;
mod chains;
mod reading;
mod workbooks;

use super::{Edition, Given, Imported, Masters, read};
use tsugite_issue::Issue;

/// A quoted row with some columns filled (1-based) and the others empty.
pub fn row(width: usize, filled: &[(usize, &str)]) -> String {
    let mut cells = vec![""; width];
    filled.iter().for_each(|(column, text)| cells[column - 1] = text);
    let cells: Vec<String> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
    cells.join(",") + "\r\n"
}

/// 傷病名: code, name, 管理番号, 交換用コード, ICD-10.
pub fn disease(code: &str, name: &str, number: &str, exchange: &str, icd10: &str) -> String {
    disease_with(code, name, number, exchange, icd10, &[])
}

pub fn disease_with(
    code: &str,
    name: &str,
    number: &str,
    exchange: &str,
    icd10: &str,
    more: &[(usize, &str)],
) -> String {
    let base = [
        (1, "0"),
        (2, "B"),
        (3, code),
        (4, code),
        (6, name),
        (8, name),
        (10, "カナ"),
        (11, number),
        (12, "1"),
        (13, exchange),
        (16, icd10),
        (22, "20020601"),
        (24, "99999999"),
    ];
    row(46, &[&base, more].concat())
}

/// 修飾語: code, name, 管理番号, 交換用コード, 区分.
pub fn modifier(code: &str, name: &str, number: &str, exchange: &str, category: &str) -> String {
    let filled = [
        (1, "0"),
        (2, "Z"),
        (3, code),
        (7, name),
        (10, "カナ"),
        (16, "99999999"),
        (17, number),
        (18, exchange),
        (19, category),
    ];
    row(19, &filled)
}

/// 医薬品: code, name, unit, 薬価基準コード, 一般名コード.
pub fn drug(code: &str, name: &str, unit: &str, price: &str, general: &str) -> String {
    let general_name = if general.is_empty() { "" } else { "【般】ツギナロール錠５ｍｇ" };
    let filled = [
        (1, "0"),
        (2, "Y"),
        (3, code),
        (5, name),
        (7, "ｶﾅ"),
        (10, unit),
        (30, "20240401"),
        (31, "99999999"),
        (32, price),
        (34, "0"),
        (35, name),
        (37, general),
        (38, general_name),
    ];
    row(42, &filled)
}

/// HOT, 個別医薬品コード, receipt code.
pub fn hot(code: &str, name: &str, price: &str, yj: &str, receipt: &str) -> String {
    let hot7 = code.get(..7).unwrap();
    let filled = [(1, code), (2, hot7), (7, price), (8, yj), (9, receipt), (11, name), (12, name), (24, "20240301")];
    row(24, &filled)
}

pub const HOT_HEADER: &str = "\"基準番号（ＨＯＴコード）\",\"処方用番号（ＨＯＴ７）\"\r\n";

pub fn cp932(text: &str) -> Vec<u8> {
    let (bytes, _, wrong) = encoding_rs::SHIFT_JIS.encode(text);
    assert!(!wrong);
    bytes.into_owned()
}

pub fn imported(name: &str, bytes: &[u8]) -> Result<Vec<Imported>, Vec<Issue>> {
    read(Given { name, bytes, date: None })
}

/// The one edition of a file.
pub fn edition(name: &str, text: &str) -> Edition {
    let mut imported = imported(name, &cp932(text)).unwrap_or_else(|issues| panic!("{name}: {issues:?}"));
    assert_eq!(imported.len(), 1);
    imported.remove(0).edition
}

/// A small set for tests of standardising.
pub fn sample() -> Masters {
    let diseases = [
        disease("0000999", "＊＊　未コード化傷病名　＊＊", "20084317", "0000", ""),
        disease("8800001", "つぎて熱", "20900001", "TG01", "A491"),
        disease("8800002", "継手腫瘍", "20900002", "TG02", "C169"),
        disease_with("8800003", "旧つぎて病", "20900003", "TG03", "J020", &[(4, "8800001"), (24, "20200401")]),
    ];
    let modifiers = [
        modifier("4901", "急性", "27900001", "MA01", "A4000000"),
        modifier("8902", "の疑い", "27900002", "MB02", "A8000000"),
        // The end of a disease's own name, too.
        modifier("8903", "熱", "27900003", "MB03", "A8000000"),
    ];
    let drugs = [
        drug("629000001", "ツギテ錠５　５ｍｇ", "錠", "9999001F1010", "9999001F1ZZZ"),
        drug("629000002", "ツギナロール錠５ｍｇ「甲」", "錠", "9999001F1029", "9999001F1ZZZ"),
        drug("629000003", "ツギナロール錠５ｍｇ「乙」", "錠", "9999001F1029", "9999001F1ZZZ"),
        drug("629000004", "ツギテ軟膏", "ｇ", "9999002M1011", ""),
    ];
    let hots = [
        hot("190000101", "ツギテ錠５", "9999001F1010", "9999001F1010", "629000001"),
        hot("190000201", "ツギナロール錠５ｍｇ「甲」", "9999001F1029", "9999001F1037", "629000002"),
        hot("190000301", "ツギテ顆粒（５０包）", "9999003C1010", "9999003C1010", ""),
        hot("190000301", "ツギテ顆粒（１００包）", "9999003C1010", "9999003C1028", ""),
    ];
    Masters::new([
        edition("b_20240601.txt", &diseases.concat()),
        edition("z_20240601.txt", &modifiers.concat()),
        edition("y_ALL20240401.csv", &drugs.concat()),
        edition("MEDIS20240401_HOT9.TXT", &(HOT_HEADER.to_owned() + &hots.concat())),
    ])
}
