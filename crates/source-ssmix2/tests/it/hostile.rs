use crate::support::{PID, codes, facts, files, message, path, read, samples};

#[test]
fn what_cannot_be_read_is_told() {
    for (what, bytes, code) in [
        ("empty", b"".to_vec(), "SSMIX2-001"),
        ("blank", b" \r\n\r\n".to_vec(), "SSMIX2-001"),
        ("binary", (0..=255).collect(), "SSMIX2-002"),
        ("zeros", vec![0; 4096], "SSMIX2-002"),
        ("cut at the head", PID.as_bytes().to_vec(), "SSMIX2-002"),
        ("another format", b"<?xml version=\"1.0\"?><a/>".to_vec(), "SSMIX2-002"),
    ] {
        let output = read(&path("OML-11", "20240316", "1", 1), &bytes);
        assert!(output.unreadable, "{what}");
        assert_eq!(codes(&output), [code], "{what}");
        assert!(output.statements.is_empty() && output.ended.is_empty());
    }
}

#[test]
fn an_unknown_message_is_passed_over() {
    let output = read("x", message("SIU^S12", &[PID, "SCH|1"]).as_bytes());
    assert!(codes(&output).contains(&"SSMIX2-003"));
    assert!(!output.context && !output.unreadable && output.statements.is_empty());
}

#[test]
fn size_in_any_direction_is_survived() {
    let long = |unit: &str| unit.repeat(200_000);
    for segment in [
        format!("PRB|AD|20240101|1^{}^MDCDX2", long("長")),
        format!("PRB|AD|20240101|{}", long("a^b^c~")),
        format!("PRB|AD|20240101|{}", long("&")),
        format!("PRB|AD|20240101|1^x^MDCDX2|||||||||{}", long("^")),
        format!("PID{}", long("|")),
        long("ZPR|1^a^b\r"),
        long("RXE||1^a^HOT9\r"),
        long("OBX|1|ST|TCM||x\r"),
        long("\\"),
    ] {
        for (data_type, kind) in [("PPR-01", "PPR^ZD1"), ("OML-11", "OUL^R22"), ("OMP-01", "RDE^O11")] {
            let output = read(
                &path(data_type, "20240101", "1", 1),
                message(kind, &[PID, "PRB|AD|1|2^b^MDCDX2", &segment]).as_bytes(),
            );
            assert!(!output.unreadable);
        }
    }
}

/// xorshift64*: the same mutations everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let value = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(value).unwrap() % limit
    }
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    const INTERESTING: &[u8] = b"|^~\\&\r\n\"\x00\x1A\x1B$B(J\x0E\x0F\xFF\x80#M09-";
    for _ in 0..=random.below(8) {
        if bytes.is_empty() {
            return;
        }
        let at = random.below(bytes.len());
        match random.below(6) {
            0 => bytes[at] = INTERESTING[random.below(INTERESTING.len())],
            1 => bytes.insert(at, INTERESTING[random.below(INTERESTING.len())]),
            2 => drop(bytes.remove(at)),
            3 => bytes.truncate(at),
            4 => bytes[at] = u8::try_from(random.below(256)).unwrap(),
            _ => {
                let end = (at + random.below(60)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
        }
    }
}

#[test]
fn mutations_never_panic_and_never_lose_a_record() {
    let mut seeds: Vec<(String, Vec<u8>)> = [
        (
            "OML-11",
            message(
                "OUL^R22",
                &[
                    PID,
                    "SPM|1|S||023^血清^JC10",
                    "OBR|1|7",
                    "ORC|SC|7",
                    "OBX|1|NM|A^a^JC10||1|g^g^99X|1-2|H|||F|||20240101",
                    "NTE|1||x",
                    "OBX|2|ST|A&TCM||x||||||F",
                ],
            ),
        ),
        (
            "PPR-01",
            message(
                "PPR^ZD1",
                &[
                    PID,
                    "PRB|AD|20110915|20054174^胃炎^MDCDX2|1|||20110831||20110915|K29.7^^I10^O^外来時^JHSD0004",
                    "ZPR|1^a^MDCDX2||2^b^MDCDX2",
                    "ORC|NW|1",
                ],
            ),
        ),
        ("ADT-61", message("ADT^A60", &[PID, "IAM|1|DA^d^HL70127|1^薬^HOT9|MO^m^HL70128|湿疹~咳|A|||||2003|頃"])),
        (
            "OMP-01",
            message(
                "RDE^O11",
                &[
                    PID,
                    "ORC|NW|7||7_01_001",
                    "RXE||1^薬^HOT9|1||TAB^錠^MR9P",
                    "TQ1|1||1&a&J|||5^d",
                    "RXR|PO",
                    "AL1|1|DA|1^薬",
                ],
            ),
        ),
    ]
    .map(|(data_type, text)| (path(data_type, "-", "7", 1), text.into_bytes()))
    .into();
    if let Some(folder) = samples("lifecycle/storage") {
        seeds.extend(files(&folder).into_iter().step_by(9));
    }
    let mut random = Random(0x5EED);
    for round in 0..4000 {
        let (path, bytes) = &seeds[round % seeds.len()];
        let mut bytes = bytes.clone();
        mutate(&mut bytes, &mut random);
        let output = read(path, &bytes);
        assert!(!codes(&output).contains(&"SOURCE-001"), "{path} in round {round}");
        let len = u64::try_from(bytes.len()).unwrap();
        for fact in facts(&output) {
            assert!(
                fact.origin.span.start <= fact.origin.span.end && fact.origin.span.end <= len,
                "{path} in round {round}"
            );
        }
        assert_eq!(output, read(path, &bytes), "{path} in round {round}: reading is a function");
    }
}
