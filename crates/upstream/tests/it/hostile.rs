//! Whatever lies in the folder: an answer or a reason, never a panic, and never an answer that was not written so.

use crate::{accepted, interface, not_processed, refused, request};
use tsugite_upstream::{Operation, Unreadable};

/// xorshift64*: the same mutations in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap() % end.max(1)
    }
}

/// Bits flip, stretches go, come twice or are overwritten by markup.
fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    const MARKUP: [&[u8]; 10] =
        [b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"&#x0;", b"<!DOCTYPE a>", b"\xff\xfe", b"</MessageBody>"];
    let at = random.below(bytes.len());
    let end = (at + 1 + random.below(40)).min(bytes.len());
    match random.below(5) {
        0 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
        1 => drop(bytes.drain(at..end)),
        2 => {
            let piece = bytes[at..end].to_vec();
            bytes.splice(at..at, piece);
        }
        3 => bytes.truncate(at),
        _ => drop(bytes.splice(at..at, MARKUP[random.below(MARKUP.len())].iter().copied())),
    }
}

#[test]
fn mutated_results_are_answers_that_can_be_written_again_or_reasons() {
    let mut random = Random(0x7473_7567_6974_6531);
    let (mut read, mut refused_count) = (0, 0);
    for round in 0..30_000 {
        let message = [accepted(), refused(), not_processed()][round % 3].clone();
        let mut bytes = INTERFACE.with(|interface| interface.write_result(&message));
        for _ in 0..=random.below(4) {
            mutate(&mut bytes, &mut random);
        }
        match INTERFACE.with(|interface| interface.read_result(&bytes)) {
            Ok(message) => {
                read += 1;
                assert_eq!(
                    INTERFACE.with(|interface| interface.read_result(&interface.write_result(&message))),
                    Ok(message)
                );
            }
            Err(_) => refused_count += 1,
        }
    }
    assert!(read > 500 && refused_count > 500, "{read} {refused_count}");
}

#[test]
fn mutated_requests_are_requests_or_reasons() {
    let mut random = Random(0x7473_7567_6974_6532);
    for round in 0..30_000 {
        let operation = [Operation::REGISTER, Operation::CHANGE, Operation::CANCEL][round % 3];
        let mut bytes = INTERFACE.with(|interface| interface.write_request(&request(operation)).unwrap());
        for _ in 0..=random.below(4) {
            mutate(&mut bytes, &mut random);
        }
        if let Ok(request) = INTERFACE.with(|interface| interface.read_request(operation, &bytes)) {
            assert_eq!(request.payload.is_none(), operation == Operation::CANCEL);
            // What can be written again is the same request.
            if let Ok(again) = INTERFACE.with(|interface| interface.write_request(&request)) {
                assert_eq!(INTERFACE.with(|interface| interface.read_request(operation, &again)), Ok(request));
            }
        }
    }
}

thread_local! {
    static INTERFACE: tsugite_upstream::Interface = interface();
}

#[test]
fn every_cut_of_a_result_is_told_from_a_result() {
    let whole = interface().write_result(&refused());
    let end = whole.iter().rposition(|&byte| byte == b'>').unwrap();
    for cut in 0..=end {
        let result = INTERFACE.with(|interface| interface.read_result(&whole[..cut]));
        let told = matches!(result, Err(Unreadable::Truncated | Unreadable::Empty));
        assert!(told, "cut at {cut} reads as {result:?}");
    }
}

#[test]
fn what_explodes_is_refused_before_it_does() {
    let mut laughs = String::from("<!DOCTYPE lolz [<!ENTITY a0 \"ha\">");
    for level in 1..30 {
        let earlier = format!("&a{};", level - 1).repeat(10);
        laughs += &format!("<!ENTITY a{level} \"{earlier}\">");
    }
    laughs +=
        "]><XmlMsg><MessageHeader><ArbitraryFileIdentifier>&a29;</ArbitraryFileIdentifier></MessageHeader></XmlMsg>";
    let external = "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><XmlMsg>&x;</XmlMsg>";
    let deep = format!("{}{}", "<XmlMsg>".repeat(100_000), "</XmlMsg>".repeat(100_000));
    let wide = format!("<XmlMsg>{}</XmlMsg>", "<a/>".repeat(200_000));
    let cases = [
        (laughs.as_str(), Unreadable::DocumentType),
        (external, Unreadable::DocumentType),
        (&deep, Unreadable::Limit),
        (&wide, Unreadable::Limit),
        ("<Other/>", Unreadable::Root),
        ("<XmlMsg/>", Unreadable::Missing("correlation id")),
        (
            "<XmlMsg><MessageBody><ArbitraryFileIdentifier>1</ArbitraryFileIdentifier></MessageBody></XmlMsg>",
            Unreadable::Missing("correlation id"),
        ),
    ];
    for (text, why) in cases {
        assert_eq!(interface().read_result(text.as_bytes()), Err(why), "{text:.40}");
    }
}
