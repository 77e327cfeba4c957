use crate::{
    frame::{Claim, Frame},
    issues, read,
    recognise::recognise,
    segments::tell_unknown,
    storage::{Name, Place, patient_folder},
    transaction::{Header, MARK},
    writer::{Writer, origin, shifted},
};
use tsugite_charset::{Decoded, decode, detect};
use tsugite_er7::{Line, Message, Part, declared_encoding, messages};
use tsugite_issue::{Address, Definition, Issue, Origin, Text};
use tsugite_source::{Context, Input, InputOrder, Recognition, Sink, Source};

/// SS-MIX2 標準化ストレージ (folders) and トランザクションストレージ (`TR_*.DAT`).
#[derive(Clone, Copy, Debug, Default)]
pub struct Ssmix2;

impl Source for Ssmix2 {
    fn name(&self) -> &'static str {
        "ssmix2"
    }

    fn title(&self) -> Text {
        Text::new("SS-MIX2 標準化ストレージ", "SS-MIX2 standardised storage")
    }

    fn issues(&self) -> &'static [&'static Definition] {
        issues::ALL
    }

    fn order(&self, path: &str) -> InputOrder {
        if patient_folder(path).is_some() { InputOrder::ByPatient } else { InputOrder::Mixed }
    }

    fn recognise(&self, input: &Input<'_>) -> Option<Recognition> {
        recognise(input)
    }

    fn group<'p>(&self, path: &'p str) -> Option<&'p str> {
        patient_folder(path)
    }

    fn read(&self, input: &Input<'_>, context: &Context, sink: &mut Sink) {
        if input.bytes.iter().all(u8::is_ascii_whitespace) {
            return sink.unreadable(Issue::new(&issues::EMPTY).at(input.whole()));
        }
        if is_beyond_reason(&input.bytes) {
            return sink.unreadable(Issue::new(&issues::BEYOND_REASON).at(input.whole()));
        }
        let detection = detect(&input.bytes, declared_encoding(&input.bytes));
        let decoded = decode(&input.bytes, detection.encoding, &context.gaiji);
        let parts = messages(&decoded);
        let of_text = |part: &Part<'_>| matches!(part, Part::Message(message) if message.segment("MSH").is_some());
        if !parts.iter().any(of_text) {
            return sink.unreadable(Issue::new(&issues::NO_MESSAGE).at(input.whole()));
        }
        detection.issues(&input.name).into_iter().for_each(|issue| sink.issue(issue));
        let parts = numbered(parts);
        tell_repairs(&decoded, &parts, input, sink);
        let mut file = File { input, context, sink, read: false, records: 0 };
        let is_heading = |(_, part): &(u32, Part<'_>)| matches!(part, Part::Line(line) if line.raw().starts_with(MARK));
        if parts.iter().any(is_heading) {
            file.transactions(&parts);
        } else {
            file.storage(&parts);
        }
        if file.read && file.records == 0 {
            sink.context_only();
        }
    }
}

/// Parts of a file with the number of segments and other lines before each, so that a segment's address is one of the file.
fn numbered(parts: Vec<Part<'_>>) -> Vec<(u32, Part<'_>)> {
    let mut before = 0_u32;
    let number = |part| {
        let here = before;
        let count = match &part {
            Part::Line(_) => 1,
            Part::Message(message) => u32::try_from(message.segments().count()).unwrap_or(u32::MAX),
        };
        before = before.saturating_add(count);
        (here, part)
    };
    parts.into_iter().map(number).collect()
}

/// A message of a clinic has some hundred segments of some sixty bytes. What has far more of them, or far shorter ones, is none, and
/// reading it would take a hundred times its size in memory.
fn is_beyond_reason(bytes: &[u8]) -> bool {
    const MOST_BYTES: usize = 4 << 20;
    const MOST_SEGMENTS: usize = 20_000;
    const SHORTEST: usize = 24;
    if bytes.len() <= MOST_SEGMENTS {
        return false;
    }
    let lines = bytes.split(|byte| matches!(byte, b'\r' | b'\n')).filter(|line| !line.is_empty());
    let (segments, messages) = lines
        .fold((1, 0), |(segments, messages), line| (segments + 1, messages + usize::from(line.starts_with(b"MSH"))));
    let messages = messages.max(1);
    let short = segments > MOST_SEGMENTS && bytes.len() / segments < SHORTEST;
    short || segments / messages > MOST_SEGMENTS || bytes.len() / messages > MOST_BYTES
}

/// Tells what decoding put right, with the segment that each place lies in.
fn tell_repairs(decoded: &Decoded<'_>, parts: &[(u32, Part<'_>)], input: &Input<'_>, sink: &mut Sink) {
    if decoded.repairs.is_empty() {
        return;
    }
    let address = |part: &(u32, Part<'_>), text: usize| match part {
        (before, Part::Message(message)) => message.address_at(text).map(|address| shifted(address, *before)),
        (_, Part::Line(_)) => None,
    };
    let issues = decoded.issues_at(&input.name, |repair| parts.iter().find_map(|part| address(part, repair.text)));
    issues.into_iter().for_each(|issue| sink.issue(issue));
}

/// One input being read.
struct File<'r> {
    input: &'r Input<'r>,
    context: &'r Context,
    sink: &'r mut Sink,
    /// A message of SS-MIX2 was read.
    read: bool,
    records: usize,
}

impl File<'_> {
    /// A file of the storage, or a message by itself.
    fn storage(&mut self, parts: &[(u32, Part<'_>)]) {
        let (name, place) = (Name::parse(self.input.file_name()), Place::of(self.input.path()));
        let mut hold = None;
        match (&name, place) {
            (Some(name), place) => self.check_name(name, place),
            (None, Some(_)) => hold = Some(Issue::new(&issues::NAME_UNREADABLE)),
            (None, None) => {}
        }
        let count = parts.iter().filter(|(_, part)| matches!(part, Part::Message(_))).count();
        if count > 1 && name.is_some() {
            hold = Some(Issue::new(&issues::SEVERAL_MESSAGES).with("count", count.to_string()));
        }
        let rule = hold.as_ref().map(|issue| issue.definition);
        if let Some(issue) = hold {
            self.sink.issue(issue.at(self.input.whole()));
        }
        let folder = place.map(|place| place.patient);
        let claim = name.map_or(Claim { folder, ..Claim::default() }, |name| Claim::of_name(&name, place));
        for (before, part) in parts {
            let Part::Message(message) = part else { continue };
            let held = self.message(message, *before, &claim, rule);
            // Without a name every message of a file speaks for itself.
            if let Some(rule) = held.filter(|_| count == 1 || rule.is_some()) {
                self.sink.hold_input(rule);
            }
        }
    }

    fn check_name(&mut self, name: &Name<'_>, place: Option<Place<'_>>) {
        let moved = place
            .is_some_and(|place| !place.day.is_empty() && (place.day != name.day || place.data_type != name.data_type));
        for (wrong, definition) in [
            (name.day_is_wrong(), &issues::CARE_DAY_INVALID),
            (name.stamp().is_none(), &issues::TIME_OF_NAME_INVALID),
            (moved, &issues::FOLDER_DIFFERS),
        ] {
            if wrong {
                self.sink.issue(Issue::new(definition).at(self.input.whole()).found(self.input.file_name()));
            }
        }
    }

    /// Messages after header lines.
    fn transactions(&mut self, parts: &[(u32, Part<'_>)]) {
        let mut heading: Option<&Line<'_>> = None;
        let mut stray = false;
        for (before, part) in parts {
            match part {
                Part::Line(line) if line.raw().starts_with(MARK) => {
                    if let Some(unused) = heading.replace(line) {
                        self.tell_line(&issues::HEADER_WITHOUT_MESSAGE, unused);
                    }
                }
                Part::Line(line) => {
                    if !stray {
                        self.tell_line(&issues::OUTSIDE_HEADERS, line);
                    }
                    stray = true;
                }
                Part::Message(message) => {
                    let header = heading.take();
                    let claim =
                        header.and_then(|line| Header::parse(line.raw())).map(|header| Claim::of_header(&header));
                    if claim.is_none() {
                        let line =
                            header.map_or(self.input.whole(), |line| self.input.origin(line.span(), Address::Whole));
                        self.sink.issue(Issue::new(&issues::HEADER_INVALID).at(line));
                    }
                    let rule = claim.is_none().then_some(&issues::HEADER_INVALID);
                    self.message(message, *before, &claim.unwrap_or_default(), rule);
                }
            }
        }
        if let Some(unused) = heading {
            self.tell_line(&issues::HEADER_WITHOUT_MESSAGE, unused);
        }
    }

    fn tell_line(&mut self, definition: &'static Definition, line: &Line<'_>) {
        let origin = self.input.origin(line.span(), Address::Whole);
        self.sink.issue(Issue::new(definition).at(origin));
    }

    /// Reads one message; answers why it is held, if it is.
    fn message(
        &mut self,
        message: &Message<'_>,
        before: u32,
        claim: &Claim<'_>,
        rule: Option<&'static Definition>,
    ) -> Option<&'static Definition> {
        let input = self.input;
        for mut issue in message.issues(&input.name) {
            issue.origin = issue.origin.map(|origin| Origin { address: shifted(origin.address, before), ..origin });
            self.sink.issue(issue);
        }
        tell_unknown(message, input, before, self.sink);
        let sink = &mut *self.sink;
        let mut frame = Frame::of(message, claim, self.context, |issue, segment| {
            let at = segment.map_or_else(|| input.whole(), |segment| origin(input, &segment, before));
            sink.issue(issue.at(at));
        })?;
        frame.hold = rule.or(frame.hold);
        let held = frame.hold;
        let mut writer = Writer::new(input, self.sink, frame, before);
        read::message(message, &mut writer);
        self.read = true;
        self.records += writer.records();
        held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_a_reasonable_size() {
        let message = |segments: usize, segment: &str| ["MSH|^~\\&|HIS\r", &segment.repeat(segments)].concat();
        let line = "OBX|1|NM|3A010000002327101^x^JC10||1|g|||||F\r";
        for (text, beyond) in [
            (message(2000, line), false),
            (message(25_000, line), true),
            (message(60, line).repeat(2000), false),
            (message(1, &"A".repeat(5 << 20)), true),
            (message(30_000, "\r"), false),
            (message(15, "A\r").repeat(2000), true),
        ] {
            assert_eq!(is_beyond_reason(text.as_bytes()), beyond, "{} bytes", text.len());
        }
    }
}
