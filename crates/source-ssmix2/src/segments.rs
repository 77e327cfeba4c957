//! Segments of SS-MIX2 messages.

use crate::{issues, writer::origin};
use std::collections::BTreeMap;
use tsugite_er7::{Message, Segment};
use tsugite_issue::Issue;
use tsugite_source::{Input, Sink};

/// Known segments, read or passed over on purpose.
static KNOWN: &[&str] = &[
    "MSH", "SFT", "EVN", "PID", "PD1", "ROL", "NK1", "PV1", "PV2", "DB1", "OBX", "AL1", "IAM", "IN1", "IN2", "PRB",
    "ZPR", "ZI1", "VAR", "ORC", "OBR", "TQ1", "TQ2", "SPM", "SAC", "NTE", "RXE", "RXR", "RXC", "RXA", "RXO", "RXD",
    "RXG", "ODS", "ODT", "ZE1", "ZE2", "IPC", "DG1", "CTI", "CTD", "BLG", "FT1", "MRG", "GT1", "ACC", "GOL", "PTH",
    "NST", "INV", "DSC",
];

/// Tells segments that are none of SS-MIX2, once a name.
pub fn tell_unknown(message: &Message<'_>, input: &Input<'_>, before: u32, sink: &mut Sink) {
    let mut unknown: BTreeMap<&str, (Segment<'_>, u64)> = BTreeMap::new();
    for segment in message.segments().filter(|segment| !KNOWN.contains(&segment.name())) {
        unknown.entry(segment.name()).or_insert((segment, 0)).1 += 1;
    }
    for (name, (first, count)) in unknown {
        let issue = Issue::new(&issues::SEGMENT_UNKNOWN).with("segment", name).with("count", count.to_string());
        sink.issue(issue.at(origin(input, &first, before)));
    }
}
