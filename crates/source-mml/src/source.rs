use crate::{
    document,
    frame::Item,
    issues,
    people::{self, Id},
    read, time,
    writer::Writer,
};
use std::{collections::BTreeMap, sync::Arc};
use tsugite_clinical::{PatientId, Scope};
use tsugite_issue::{Definition, Issue, Text};
use tsugite_source::{Context, Input, InputOrder, Recognition, Sink, Source};
use tsugite_xml::{Document, Element, Limits, decode};

/// The source of MML files.
#[derive(Clone, Debug, Default)]
pub struct Mml {
    /// Institution numbers of the site.
    own: Vec<String>,
}

impl Mml {
    /// For a site with these institution numbers (10 digits): what another institution wrote has that one's patient numbers.
    /// Without any number nothing is known of the site, and every patient number is taken for its own.
    pub const fn of_site(institutions: Vec<String>) -> Self {
        Self { own: institutions }
    }
}

const FORMAT: Text = Text::new("MML (Medical Markup Language)", "MML (Medical Markup Language)");
/// How far into the input its root may stand.
const REACH: usize = 8192;
/// What the namespaces of all versions hold.
const NAMESPACES: [&str; 2] = ["medxml.net/mml", "medxml.net/claim"];

impl Source for Mml {
    fn name(&self) -> &'static str {
        "mml"
    }

    fn title(&self) -> Text {
        FORMAT
    }

    fn issues(&self) -> &'static [&'static Definition] {
        issues::ALL
    }

    fn order(&self, _: &str) -> InputOrder {
        InputOrder::Mixed
    }

    /// By the root element and the namespaces, which are ASCII whatever the encoding.
    fn recognise(&self, input: &Input<'_>) -> Option<Recognition> {
        let head: Vec<u8> = input.bytes.iter().take(REACH).copied().filter(|byte| *byte != 0).collect();
        let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
        let named = NAMESPACES.iter().any(|namespace| head.contains(namespace));
        let root = ["<mml ", "<mml>", "<mml:mml", "<mml\n", "<mml\r"].iter().any(|root| head.contains(root));
        let confidence = match (root, named) {
            (true, true) => 98,
            (true, false) => 80,
            (false, true) => 70,
            (false, false) => return None,
        };
        let evidence = if root { "<Mml>" } else { "medxml.net" };
        Some(Recognition { confidence, format: FORMAT, evidence: evidence.to_owned() })
    }

    fn surest(&self) -> u8 {
        98
    }

    fn read(&self, input: &Input<'_>, context: &Context, sink: &mut Sink) {
        let (detection, decoded) = decode(&input.bytes, &context.gaiji);
        let document = match Document::parse(&decoded, &Limits::default()) {
            Ok(document) => document,
            Err(failure) => return sink.unreadable(failure.issue(&decoded, &input.name)),
        };
        let told = detection.issues(&input.name).into_iter().chain(decoded.issues(&input.name));
        told.chain(document.issues(&input.name)).for_each(|issue| sink.issue(issue));
        message(document.root(), &self.own, input, context, sink);
    }
}

/// A whole message, or one module by itself.
fn message(root: Element<'_, '_>, own: &[String], input: &Input<'_>, context: &Context, sink: &mut Sink) {
    let whole = root.local().eq_ignore_ascii_case("mml");
    if !whole && !root.local().ends_with("Module") {
        let issue = Issue::new(&issues::NO_MODULE).with("root", root.local().chars().take(40).collect::<String>());
        return sink.unreadable(issue.at(root.origin(&input.name)));
    }
    let patient = match writer_of(root).filter(|number| !own.is_empty() && !own.contains(number)) {
        Some(_) => {
            sink.issue(Issue::new(&issues::PATIENT_OF_OTHERS).at(root.origin(&input.name)));
            Err(&issues::PATIENT_OF_OTHERS)
        }
        None => patient(root, input, context, sink),
    };
    let mut writer = Writer::new(input, context, sink, patient);
    let created = root.attr("createDate").and_then(time::parse);
    let holders: Vec<Element<'_, '_>> = root.all("MmlBody").flat_map(|body| body.all("MmlModuleItem")).collect();
    match (whole, holders.is_empty()) {
        (false, _) => drop(read::module(root, &read::Place::of(Item::default()), &mut writer)),
        (true, true) => {
            let item = Item { confirmed: created, ..Item::default() };
            drop(read::modules(root, &read::Place::of(item), &mut writer));
        }
        (true, false) => {
            let items: Vec<_> = holders.into_iter().map(|holder| (holder, Item::of(holder, created))).collect();
            module_items(&items, &mut writer);
        }
    }
    if writer.records == 0 {
        sink.context_only();
    }
}

/// All items of a message: the patient first, documents last, since other items may be bound to them.
fn module_items(items: &[(Element<'_, '_>, Item)], writer: &mut Writer<'_>) {
    read::patient::read(items, writer);
    let insurances = read::patient::classes(items);
    let documents: Vec<(Item, Arc<Scope>)> = items
        .iter()
        .filter(|(_, item)| !item.uid.is_empty())
        .filter_map(|(holder, item)| Some((item.clone(), writer.scope(document::feed(*holder)?, &item.uid))))
        .collect();
    let mut entries: BTreeMap<Arc<Scope>, read::Bound> = BTreeMap::new();
    let place = |item: &Item| read::Place {
        insurances: Arc::clone(&insurances),
        patient_read: true,
        ..read::Place::of(item.clone())
    };
    for (holder, item) in items {
        item.hold.into_iter().for_each(|rule| writer.tell(Issue::new(rule), *holder));
    }
    for (holder, item) in items.iter().filter(|(holder, _)| document::feed(*holder).is_none()) {
        let is_diagnosis = holder.descendants().any(|element| element.is("RegisteredDiagnosisModule"));
        let bound = document::bound_to(item, &documents).filter(|_| is_diagnosis).map(|(_, scope)| Arc::clone(scope));
        let by_content =
            |element: &Element<'_, '_>| matches!(element.local(), "RegisteredDiagnosisModule" | "BaseClinicModule");
        if bound.is_none() && !item.replaces.is_empty() && holder.descendants().any(|element| by_content(&element)) {
            writer.tell(Issue::new(&issues::EDITION_OPEN), *holder);
        }
        let keys = read::modules(*holder, &read::Place { document: bound.clone(), ..place(item) }, writer);
        if let Some(scope) = bound {
            let of_document = entries.entry(scope).or_default();
            of_document.keys.extend(keys);
            let diagnoses = holder.descendants().filter(|element| element.is("RegisteredDiagnosisModule"));
            of_document.begun.extend(diagnoses.filter_map(read::begun));
        }
        writer.replaces("mmlPs", item);
        writer.replaces("CLAIM", item);
    }
    for (holder, item) in items {
        let Some(feed) = document::feed(*holder) else { continue };
        let bound = entries.remove(&writer.scope(feed, &item.uid)).unwrap_or_default();
        drop(read::modules(*holder, &read::Place { bound, ..place(item) }, writer));
        writer.replaces(feed, item);
    }
}

/// The institution of the message's creator, where it is named by its ten digits.
fn writer_of(root: Element<'_, '_>) -> Option<String> {
    let house = root.at(&["MmlHeader", "CreatorInfo", "PersonalizedInfo", "Facility"])?;
    people::institution_number(house)
}

/// `masterId` of the header, else of a patient module. Where two of one kind differ, nobody knows whose the file is.
fn patient(
    root: Element<'_, '_>,
    input: &Input<'_>,
    context: &Context,
    sink: &mut Sink,
) -> Result<PatientId, &'static Definition> {
    let header = root.child("MmlHeader").and_then(|header| header.at(&["masterId", "Id"]));
    let modules = root.descendants().filter(|element| element.is("uniqueInfo"));
    let modules = modules.filter_map(|unique| unique.at(&["masterId", "Id"]));
    let all: Vec<(Id, Element<'_, '_>)> = header.into_iter().chain(modules).filter_map(named).collect();
    let mut tell = |definition, at: Element<'_, '_>| sink.issue(Issue::new(definition).at(at.origin(&input.name)));
    let kind = |id: &Id| if is_of_facility(id) { "facility".to_owned() } else { id.kind.clone() };
    let differs = |id: &Id| all.iter().any(|(other, _)| kind(other) == kind(id) && other.value != id.value);
    if let Some((_, at)) = all.iter().find(|(id, _)| differs(id)) {
        tell(&issues::PATIENT_DIFFERS, *at);
        return Err(&issues::PATIENT_DIFFERS);
    }
    let Some((id, at)) = all.iter().find(|(id, _)| is_of_facility(id)).or(all.first()) else {
        tell(&issues::PATIENT_MISSING, root);
        return Err(&issues::PATIENT_MISSING);
    };
    if is_of_facility(id) {
        return Ok(context.patient(&id.value));
    }
    tell(&issues::ID_OF_REGION, *at);
    let space = format!("{}/{}", context.id_space, if id.kind.is_empty() { "mml" } else { &id.kind });
    Ok(PatientId { space: space.into(), id: id.value.as_str().into() })
}

fn named<'d, 't>(element: Element<'d, 't>) -> Option<(Id, Element<'d, 't>)> {
    Some((people::id(element)?, element))
}

/// The clinic's own number of the patient; a number of a region means somebody else there.
fn is_of_facility(id: &Id) -> bool {
    matches!(id.kind.as_str(), "facility" | "")
}
