//! Seeded mutations of sound documents: nothing panics, places lie in the file, and what is read twice is the same.

use tsugite_charset::GaijiTable;
use tsugite_xml::{Document, Limits, decode};

const SOUND: [&str; 3] = [
    "<?xml version='1.0' encoding='UTF-8'?>\n<C xmlns='urn:hl7-org:v3' xmlns:xsi='urn:x'><id root='1.2' extension='あ&amp;'/>\
     <s><title>検査 &#x7D50;果</title><text><list><item>甲<br/>乙</item></list></text></s><v xsi:type='PQ' value='1'/></C>",
    "<Mml><mmlPi:p xmlns:mmlPi='urn:mml'>&lt;<![CDATA[]]]]>x</mmlPi:p><!-- c --><?p?></Mml>",
    "<a b='1' c=\"2\"><d/><d/><d e=''>&quot;</d></a>",
];
const TOKENS: [&str; 16] =
    ["<", ">", "&", ";", "'", "\"", "/", "=", "<!--", "-->", "<![CDATA[", "]]>", "<?", "xmlns:", "&#x", "\u{FEFF}"];

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

#[test]
fn broken_documents_are_read_or_refused() {
    let mut read = 0;
    for seed in 0..6000_u64 {
        let mut random = Random(seed);
        let mut bytes = SOUND[random.below(SOUND.len())].as_bytes().to_vec();
        for _ in 0..=random.below(3) {
            let at = random.below(bytes.len() + 1);
            let end = (at + random.below(12)).min(bytes.len());
            match random.below(4) {
                0 => drop(bytes.drain(at..end)),
                1 => drop(bytes.splice(at..at, TOKENS[random.below(TOKENS.len())].bytes())),
                2 => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte ^= 1 << random.below(8);
                    }
                }
                _ => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            }
        }
        let (_, decoded) = decode(&bytes, &GaijiTable::default());
        match Document::parse(&decoded, &Limits::default()) {
            Err(failure) => {
                assert!(failure.at.start <= failure.at.end && failure.at.end <= decoded.text.len(), "seed {seed}");
                assert!(failure.line > 0 && failure.column > 0, "seed {seed}");
            }
            Ok(document) => {
                read += 1;
                let mut addresses = std::collections::BTreeSet::new();
                for element in document.root().descendants() {
                    let span = element.span();
                    assert!(span.start < span.end && span.end <= bytes.len() as u64, "seed {seed}: {element:?}");
                    assert!(addresses.insert(element.address()), "seed {seed}: {element:?}");
                    assert!(element.attributes().all(|a| a.span().end <= span.end), "seed {seed}");
                }
                let elements = document.root().descendants().count();
                assert_eq!(elements, addresses.len());
                assert_eq!(document.root().parent(), None);
            }
        }
    }
    assert!(read > 500, "only {read} of the variants could be read: the test says little");
}
