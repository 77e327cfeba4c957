//! Segments of SS-MIX2 messages.

use crate::{issues, writer::origin};
use std::collections::BTreeMap;
use tsugite_er7::{Message, Segment};
use tsugite_issue::Issue;
use tsugite_source::{Input, Sink};

/// Known segments, read or passed over on purpose; sorted.
static KNOWN: &[&str] = &[
    "ACC", "AL1", "BLG", "CTD", "CTI", "DB1", "DG1", "DSC", "EVN", "FT1", "GOL", "GT1", "IAM", "IN1", "IN2", "INV",
    "IPC", "MRG", "MSH", "NK1", "NST", "NTE", "OBR", "OBX", "ODS", "ODT", "ORC", "PD1", "PID", "PRB", "PTH", "PV1",
    "PV2", "ROL", "RXA", "RXC", "RXD", "RXE", "RXG", "RXO", "RXR", "SAC", "SFT", "SPM", "TQ1", "TQ2", "VAR", "ZE1",
    "ZE2", "ZI1", "ZPR",
];

/// Tells segments that are none of SS-MIX2, once a name.
pub fn tell_unknown(message: &Message<'_>, input: &Input<'_>, before: u32, sink: &mut Sink) {
    let mut unknown: BTreeMap<&str, (Segment<'_>, u64)> = BTreeMap::new();
    for segment in message.segments().filter(|segment| KNOWN.binary_search(&segment.name()).is_err()) {
        unknown.entry(segment.name()).or_insert((segment, 0)).1 += 1;
    }
    for (name, (first, count)) in unknown {
        let issue = Issue::new(&issues::SEGMENT_UNKNOWN).with("segment", name).with("count", count.to_string());
        sink.issue(issue.at(origin(input, &first, before)));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sorted() {
        assert!(super::KNOWN.is_sorted());
    }
}
