#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod eight_bit;
mod iso2022;
mod mutations;
mod offsets;
mod unicode;

use tsugite_charset::{Decoded, Encoding, GaijiTable, RepairKind, decode};

fn read(bytes: &[u8], encoding: Encoding) -> Decoded<'_> {
    decode(bytes, encoding, &GaijiTable::default())
}

/// The kinds of repair with their numbers.
fn repairs(decoded: &Decoded<'_>) -> Vec<(RepairKind, u64)> {
    let counts = RepairKind::ALL.into_iter().map(|kind| (kind, decoded.repairs.count(kind)));
    counts.filter(|(_, count)| *count > 0).collect()
}

/// One case of a table: the bytes, the text that they give, the repairs that are told.
type Case = (&'static [u8], &'static str, &'static [RepairKind]);

fn check(encoding: Encoding, cases: &[Case]) {
    for (bytes, text, kinds) in cases {
        let decoded = read(bytes, encoding);
        assert_eq!(decoded.text, *text, "{}", bytes.escape_ascii());
        let told: Vec<_> = repairs(&decoded).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(told, *kinds, "{}", bytes.escape_ascii());
    }
}
