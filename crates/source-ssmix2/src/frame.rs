//! What a message is, before its lines are read: which patient, data type and order, in which version, and whether it holds.

use crate::{
    data_type::{Content, DataType},
    issues,
    storage::{Flag, Name, Place},
    transaction::Header,
};
use std::sync::Arc;
use tsugite_clinical::{Date, DateTime, PatientId, Presence, Scope, Version, body::Code};
use tsugite_er7::{Message, Segment, Value};
use tsugite_issue::{Definition, Issue};
use tsugite_source::Context;

/// What is said about a message outside of it: by a file name, by a transaction header, or by nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Claim<'a> {
    pub patient: Option<&'a str>,
    /// The patient of the folder that the file lies in.
    pub folder: Option<&'a str>,
    pub data_type: Option<&'a str>,
    pub care_day: Option<Date>,
    pub order: Option<&'a str>,
    pub flag: Option<Flag>,
    pub time: Option<u64>,
    pub department: Option<&'a str>,
}

impl<'a> Claim<'a> {
    pub fn of_name(name: &Name<'a>, place: Option<Place<'a>>) -> Self {
        Self {
            patient: Some(name.patient),
            folder: place.map(|place| place.patient),
            data_type: Some(name.data_type),
            care_day: name.care_day(),
            order: Some(name.order),
            flag: Some(name.flag),
            time: name.stamp(),
            department: name.department(),
        }
    }

    pub fn of_header(header: &Header<'a>) -> Self {
        Self {
            patient: Some(header.patient),
            folder: None,
            data_type: Some(header.data_type),
            care_day: header.care_day(),
            order: Some(header.order),
            flag: Some(header.flag),
            time: Some(header.time),
            department: Some(header.department).filter(|code| !matches!(*code, "-" | "")),
        }
    }
}

/// The message's own frame; everything read from it takes patient, version and presence from here.
#[derive(Debug)]
pub struct Frame {
    pub data_type: &'static DataType,
    pub patient: PatientId,
    pub presence: Presence,
    pub version: Version,
    pub care_day: Option<Date>,
    /// オーダ番号; empty where none is known.
    pub order: String,
    /// 診療科 of the file name.
    pub department: Option<Code>,
    pub scope: Arc<Scope>,
    /// The message is the whole list of its scope: known only where a storage or a transaction header says so.
    pub whole: bool,
    /// Why all of it is held.
    pub hold: Option<&'static Definition>,
}

/// オーダNo of data types that have one statement a patient.
const NO_ORDER: &str = "999999999999999";

impl Frame {
    /// `None` where the message is of no data type of SS-MIX2. What is wrong is told through `tell`, with the segment it concerns.
    pub fn of(
        message: &Message<'_>,
        claim: &Claim<'_>,
        context: &Context,
        mut tell: impl FnMut(Issue, Option<Segment<'_>>),
    ) -> Option<Self> {
        let header = message.segment("MSH");
        let msh = |field: usize, component: usize| {
            header.map(|msh| msh.field(field).component(component).text().into_owned()).unwrap_or_default()
        };
        let kind = Kind::of(message, claim.data_type, &msh(9, 1), &msh(9, 2));
        let event = format!("{}^{}", msh(9, 1), msh(9, 2));
        let Some(data_type) = kind.data_type else {
            tell(Issue::new(&issues::TYPE_UNKNOWN).with("type", event), header);
            return None;
        };
        let mut hold = None;
        if let Some(definition) = kind.finding {
            tell(Issue::new(definition).with("name", claim.data_type.unwrap_or_default()).with("event", event), header);
            hold = Some(definition).filter(|d| **d == issues::CONTENT_DIFFERS);
        }
        let pid = message.segment("PID");
        let patient = match patient(message) {
            Ok(id) => {
                let stated = [claim.patient, claim.folder].into_iter().flatten();
                if stated.into_iter().any(|stated| stated.trim() != id) {
                    hold = Some(&issues::PATIENT_DIFFERS);
                }
                id
            }
            Err(definition) => {
                hold = Some(definition);
                claim.patient.unwrap_or_default().to_owned()
            }
        };
        if let Some(definition) = hold.filter(|d| **d != issues::CONTENT_DIFFERS) {
            tell(Issue::new(definition), pid);
        }
        let order = order(message, claim, data_type, &mut tell);
        let care_day = claim.care_day.or_else(|| care_day(message));
        let cancelled = data_type.cancels(&msh(9, 2));
        let presence = if cancelled { Presence::Deleted } else { claim.flag.map_or(Presence::Present, Flag::presence) };
        let sent = DateTime::parse_hl7(&msh(7, 1)).map_or(0, DateTime::stamp);
        Some(Self {
            data_type,
            patient: context.patient(&patient),
            presence,
            version: Version { time: claim.time.unwrap_or(sent), rank: claim.flag.map_or(0, Flag::rank), sequence: 0 },
            care_day,
            department: claim.department.map(|code| Code { code: code.to_owned(), ..Code::default() }),
            scope: Arc::new(Scope {
                source: Arc::clone(&context.instance),
                feed: data_type.name.into(),
                part: part(data_type, care_day, &order).into(),
            }),
            order,
            whole: claim.flag.is_some(),
            hold,
        })
    }

    /// A scope beside the message's own: AL1 in an order is a list of its own.
    pub fn scope_of(&self, feed: &str) -> Arc<Scope> {
        Arc::new(Scope {
            source: Arc::clone(&self.scope.source),
            feed: feed.into(),
            part: Arc::clone(&self.scope.part),
        })
    }
}

/// The data type, and what is wrong between name and content.
struct Kind {
    data_type: Option<&'static DataType>,
    finding: Option<&'static Definition>,
}

impl Kind {
    fn of(message: &Message<'_>, named: Option<&str>, code: &str, event: &str) -> Self {
        let by_content = DataType::of_message(code, event);
        let Some(name) = named else { return Self { data_type: unnamed(message, by_content), finding: None } };
        let Some(by_name) = DataType::named(name) else {
            return Self { data_type: by_content, finding: by_content.map(|_| &issues::CONTENT_DIFFERS) };
        };
        let finding = if by_name.carries(code, event) {
            (by_name.name == "OML-12").then_some(&issues::OML12_READ)
        } else if code.is_empty() || by_name.kin(code) {
            Some(&issues::EVENT_DIFFERS)
        } else {
            // Held; counted as what it is.
            return Self { data_type: by_content.or(Some(by_name)), finding: Some(&issues::CONTENT_DIFFERS) };
        };
        Self { data_type: Some(by_name), finding }
    }
}

/// Without a name, orders and administrations of injections look like those of prescriptions, but for their components (RXC).
fn unnamed(message: &Message<'_>, by_content: Option<&'static DataType>) -> Option<&'static DataType> {
    let injection = match by_content?.name {
        "OMP-01" => "OMP-02",
        "OMP-11" => "OMP-12",
        _ => return by_content,
    };
    message.segment("RXC").map_or(by_content, |_| DataType::named(injection))
}

/// PID-3: the repetition of type PI, else the first. All PIDs of a message must name the same patient.
fn patient(message: &Message<'_>) -> Result<String, &'static Definition> {
    let mut ids = message.segments_named("PID").map(|pid| patient_id(pid.field(3)));
    let first = ids.next().filter(|id| !id.is_empty()).ok_or(&issues::PATIENT_MISSING)?;
    if ids.all(|id| id == first) { Ok(first) } else { Err(&issues::PATIENT_DIFFERS) }
}

fn patient_id(field: Value<'_>) -> String {
    let own = |value: &Value<'_>| value.component(5).raw() == "PI";
    let value = field.repetitions().find(own).unwrap_or(field);
    value.component(1).text().trim().to_owned()
}

/// ORC-2, else OBR-2, of the first order.
fn order_of(message: &Message<'_>) -> Option<String> {
    ["ORC", "OBR"].iter().find_map(|name| {
        let segment = message.segment(name)?;
        let number = segment.field(2).component(1).text().trim().to_owned();
        (!number.is_empty()).then_some(number)
    })
}

fn order(
    message: &Message<'_>,
    claim: &Claim<'_>,
    data_type: &DataType,
    tell: &mut impl FnMut(Issue, Option<Segment<'_>>),
) -> String {
    let Some(named) = claim.order else { return order_of(message).unwrap_or_default() };
    // A file of diagnoses has a number of its own; elsewhere it is that of the order.
    let comparable = matches!(data_type.content, Content::Results | Content::Prescription | Content::LabOrder);
    if comparable
        && order_of(message).is_some_and(|number| number.trim_start_matches('0') != named.trim_start_matches('0'))
    {
        tell(Issue::new(&issues::ORDER_DIFFERS), message.segment("ORC").or_else(|| message.segment("OBR")));
    }
    named.to_owned()
}

/// 診療日 of a message without a file name, as the data types define it: the day of collection or examination.
fn care_day(message: &Message<'_>) -> Option<Date> {
    [("SPM", 17), ("OBR", 7), ("ORC", 9)].iter().find_map(|(name, field)| {
        let at = DateTime::parse_hl7(&message.segment(name)?.field(*field).component(1).text())?;
        Some(at.date).filter(|date| date.is_full())
    })
}

/// What names the list of a message among those of its data type.
fn part(data_type: &DataType, care_day: Option<Date>, order: &str) -> String {
    match data_type.content {
        Content::Patient | Content::Allergies => String::new(),
        Content::Diagnoses if order == NO_ORDER => String::new(),
        Content::Diagnoses => order.to_owned(),
        _ => match care_day {
            Some(day) => format!("{day}:{order}"),
            None => format!("-:{order}"),
        },
    }
}
