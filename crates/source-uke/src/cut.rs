//! Where a large file can be cut: before a receipt.

use crate::head::Carried;
use tsugite_charset::{Encoding, detect};

/// What editors put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The place of the last RE of the window; `head` becomes what the next part needs.
pub fn cut(head: &mut Vec<u8>, window: &[u8]) -> Option<usize> {
    let end = (1..window.len()).rev().find(|&at| begins(window, at, b"RE"))?;
    let part = window.get(..end)?;
    let ir = (0..end).rev().find(|&at| begins(part, at, b"IR")).map(|at| line(part, at));
    let (encoding, known) = match head.iter().position(|byte| *byte == b'\n') {
        Some(end) => {
            let (name, ir) = head.split_at(end);
            let encoding = std::str::from_utf8(name).ok().and_then(Encoding::from_label);
            (encoding, ir.get(1..).unwrap_or_default().to_vec())
        }
        None => (None, Vec::new()),
    };
    // Seven bits so far: what follows will hardly be so.
    let guessed = || match detect(window, Some(Encoding::ShiftJis)).encoding {
        Encoding::Ascii => Encoding::ShiftJis,
        other => other,
    };
    let encoding = encoding.unwrap_or_else(guessed);
    *head = Carried::write(encoding, ir.unwrap_or(&known));
    Some(end)
}

/// Whether a line with this record id begins here.
fn begins(bytes: &[u8], at: usize, id: &[u8]) -> bool {
    let at_line = at.checked_sub(1).is_none_or(|before| matches!(bytes.get(before), Some(b'\r' | b'\n')))
        || bytes.get(..at) == Some(BYTE_ORDER_MARK);
    let rest = bytes.get(at..).unwrap_or_default();
    let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
    at_line && rest.starts_with(id) && matches!(rest.get(id.len()), Some(b',' | b'"'))
}

fn line(bytes: &[u8], at: usize) -> &[u8] {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_receipt_begins_the_next_part() {
        let text = "IR,1,13,1,9999999,,,202605\r\nRE,1\r\nSY,RE,1\r\nRE,2\r\nSY";
        let mut head = Vec::new();
        let end = cut(&mut head, text.as_bytes()).unwrap();
        assert_eq!(&text[end..], "RE,2\r\nSY");
        let carried = Carried::read(&head).unwrap();
        assert_eq!((carried.head.institution.as_str(), carried.encoding), ("1319999999", Encoding::ShiftJis));
        let mut marked = Vec::new();
        cut(&mut marked, format!("\u{FEFF}{text}").as_bytes()).unwrap();
        assert_eq!(Carried::read(&marked).unwrap().head.institution, "1319999999");
        assert_eq!(cut(&mut head, b"RE,2\r\nSY,8848176"), None);
        let before = head.clone();
        assert_eq!(cut(&mut head, b"RE,2\r\nSY,8848176\r\nRE,3"), Some(18));
        assert_eq!(head, before, "the head is carried on");
    }
}
