use crate::{
    head::Head,
    row::{Row, rows},
};
use tsugite_charset::{GaijiTable, decode, detect};
use tsugite_issue::Text;
use tsugite_source::{Input, Recognition};

/// Bytes that are looked at.
const SHOWN: usize = 4096;

/// A file begins with IR, or with UK where the payer sent it back; its first receipt follows.
pub fn recognise(input: &Input<'_>) -> Option<Recognition> {
    let shown = input.bytes.get(..SHOWN).unwrap_or(&input.bytes);
    let detection = detect(shown, None);
    let decoded = decode(shown, detection.encoding, &GaijiTable::default());
    let first: Vec<Row<'_>> = rows(&decoded.text).take(8).collect();
    let begins = first.first()?;
    let has = |id: &str, test: fn(&Row<'_>) -> bool| first.iter().any(|row| row.id() == id && test(row));
    let (confidence, evidence) = match begins.id() {
        "IR" | "UK" if has("IR", is_ir) && has("RE", is_re) => (98, "IR, RE"),
        "IR" if is_ir(begins) => (90, "IR"),
        "UK" if has("IR", is_ir) => (90, "UK, IR"),
        "RE" if is_re(begins) => (80, "RE"),
        _ => return None,
    };
    let format = Text::new("レセプト電算処理（UKE）", "receipt file (UKE)");
    Some(Recognition { confidence, format, evidence: evidence.to_owned() })
}

/// The first IR of some leading bytes.
pub fn head(bytes: &[u8]) -> Head {
    let shown = bytes.get(..SHOWN).unwrap_or(bytes);
    let decoded = decode(shown, detect(shown, None).encoding, &GaijiTable::default());
    rows(&decoded.text).find(|row| row.id() == "IR").map(|row| Head::read(&row)).unwrap_or_default()
}

/// 審査支払機関 1 or 2, a prefecture, a point table and a code of an institution.
fn is_ir(row: &Row<'_>) -> bool {
    let number = |column: usize, most: usize| {
        let code = row.code(column);
        !code.is_empty() && code.len() <= most && code.bytes().all(|byte| byte.is_ascii_digit())
    };
    number(1, 1) && number(2, 2) && number(3, 1) && number(4, 7)
}

/// A number, レセプト種別 and 診療年月.
fn is_re(row: &Row<'_>) -> bool {
    let digits = |column: usize, lengths: &[usize]| {
        let code = row.code(column);
        lengths.contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit())
    };
    digits(1, &[1, 2, 3, 4, 5, 6]) && digits(2, &[4]) && digits(3, &[5, 6])
}
