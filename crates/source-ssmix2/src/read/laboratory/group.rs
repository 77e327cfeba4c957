use crate::value::filled;
use tsugite_er7::{Message, Segment};

/// Results of one request on one specimen.
#[derive(Default)]
pub struct Group<'m> {
    pub specimen: Option<Segment<'m>>,
    pub request: Option<Segment<'m>>,
    pub order: Option<Segment<'m>>,
    /// NTE of the specimen and of the request: they concern every line.
    pub notes: Vec<String>,
    pub lines: Vec<Line<'m>>,
}

/// One OBX with its NTE.
pub struct Line<'m> {
    pub obx: Segment<'m>,
    pub notes: Vec<String>,
}

/// The order in which a sender writes the heads of a group. OUL^R22 wants SPM, OBR, ORC; samples have ORC before OBR, and ORU has
/// the specimen behind its results.
#[derive(Clone, Copy)]
struct Layout {
    order_first: bool,
    specimen_last: bool,
}

impl Layout {
    fn of(message: &Message<'_>) -> Self {
        let first = |name| message.segment(name).map(|segment| segment.index());
        let before = |a: Option<u32>, b: Option<u32>| matches!((a, b), (Some(a), Some(b)) if a < b);
        let (spm, obr, orc) = (first("SPM"), first("OBR"), first("ORC"));
        Self { order_first: before(orc, obr), specimen_last: before(obr, spm) && !before(spm, first("OBX")) }
    }
}

/// A new SPM is a new specimen, a new OBR a new request; everything else belongs to what stands before it.
pub fn groups<'m>(message: &'m Message<'_>) -> Vec<Group<'m>> {
    let layout = Layout::of(message);
    let mut grouping = Grouping { layout, groups: Vec::new(), current: Group::default(), begun: false };
    for segment in message.segments() {
        grouping.take(segment);
    }
    grouping.close();
    // One order for all groups, named once.
    let mut orders = message.segments_named("ORC");
    if let (Some(only), None) = (orders.next(), orders.next()) {
        for group in &mut grouping.groups {
            group.order = group.order.or(Some(only));
        }
    }
    grouping.groups
}

struct Grouping<'m> {
    layout: Layout,
    groups: Vec<Group<'m>>,
    current: Group<'m>,
    /// The heads of the current group are complete: its lines have begun, or its request has been named.
    begun: bool,
}

impl<'m> Grouping<'m> {
    fn take(&mut self, segment: Segment<'m>) {
        match segment.name() {
            "SPM" if self.layout.specimen_last => {
                self.current.specimen = self.current.specimen.or(Some(segment));
            }
            "SPM" => {
                self.close();
                self.current = Group { specimen: Some(segment), ..Group::default() };
            }
            "ORC" if self.layout.order_first => {
                self.next();
                self.current.order = Some(segment);
            }
            "ORC" => self.current.order = Some(segment),
            "OBR" => {
                if self.current.request.is_some() || !self.current.lines.is_empty() {
                    self.next();
                }
                self.current.request = Some(segment);
                self.begun = true;
            }
            "OBX" => {
                self.current.lines.push(Line { obx: segment, notes: Vec::new() });
                self.begun = true;
            }
            "NTE" if self.begun || self.current.specimen.is_some() => {
                let note = segment.field(3).repetitions().filter_map(filled);
                let notes = match self.current.lines.last_mut() {
                    Some(line) => &mut line.notes,
                    None => &mut self.current.notes,
                };
                notes.extend(note);
            }
            _ => {}
        }
    }

    /// Begins the next group of the same specimen.
    fn next(&mut self) {
        if self.begun {
            let specimen = self.current.specimen.filter(|_| !self.layout.specimen_last);
            self.close();
            self.current = Group { specimen, ..Group::default() };
        }
    }

    fn close(&mut self) {
        let group = std::mem::take(&mut self.current);
        self.begun = false;
        if !group.lines.is_empty() {
            self.groups.push(group);
        }
    }
}
