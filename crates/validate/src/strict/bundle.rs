//! JP_Bundle_CLINS: the envelope of the five kinds of information, and the order of its entries.

use super::date::Moment;
use super::resource::type_name;
use super::view::{Entry, Identifier, Resource, claims, ecs_profile, items, text, view};
use super::{Say, institution, urls};
use crate::Options;
use crate::json::Node;

view!(
    /// A Bundle's own members.
    Bundle { kind = "type", meta = "meta", identifier = "identifier", timestamp = "timestamp", entry = "entry" }
);

/// The kinds of information that a Bundle may carry.
const KINDS: [&str; 3] = ["AllergyIntolerance", "Condition", "Observation"];

impl<'t> Bundle<'t> {
    /// Whether the Bundle means to be one of 5情報: by its profile, its tag or its identifier.
    pub fn is_clins(&self) -> bool {
        let identified = || text(self.identifier().system) == Some(urls::BUNDLE_ID);
        let document = text(self.kind) == Some("document");
        claims(self.meta, urls::BUNDLE_CLINS) || self.tags().next().is_some() || (identified() && !document)
    }

    pub fn entries(&self) -> impl Iterator<Item = Entry<'t>> + use<'t> {
        items(self.entry).map(Entry::of)
    }

    /// Type and node of each resource.
    fn resources(&self) -> impl Iterator<Item = (&'t str, Node<'t>)> + use<'t> {
        self.entries().filter_map(|e| e.resource).map(|r| (text(r.get("resourceType")).unwrap_or_default(), r))
    }

    fn identifier(&self) -> Identifier<'t> {
        Identifier::of(self.identifier.unwrap_or(self.node))
    }

    fn id_value(&self) -> Option<&'t str> {
        self.identifier.and_then(|i| text(i.get("value")))
    }

    /// The institution number of the Bundle-ID, if that has its form.
    pub fn institution(&self) -> Option<&'t str> {
        let (number, _) = split_id(self.id_value()?)?;
        Some(number)
    }

    /// The codes of the tags that say what is carried.
    fn tags(&self) -> impl Iterator<Item = Option<&'t str>> + use<'t> {
        let tags = items(self.meta.and_then(|m| m.get("tag")));
        tags.filter(|t| text(t.get("system")) == Some(urls::RESOURCE_TYPE_TAG)).map(|t| text(t.get("code")))
    }

    /// The one legal tag.
    fn tagged(&self) -> Option<&'t str> {
        let mut tags = self.tags();
        let code = tags.next().flatten().filter(|code| KINDS.contains(code));
        if tags.next().is_some() { None } else { code }
    }
}

/// Institution number and year of a Bundle-ID of legal form.
fn split_id(value: &str) -> Option<(&str, &str)> {
    let mut parts = value.split('^');
    let (number, year, local) = (parts.next()?, parts.next()?, parts.next()?);
    let year_fits = matches!(year.as_bytes(), [b'2', b'0', b'2' | b'3', b'0'..=b'9']);
    let local_fits = (1..=36).contains(&local.len()) && local.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let fits = parts.next().is_none() && institution::is_number(number) && year_fits && local_fits;
    fits.then_some((number, year))
}

pub(super) fn resource_type(root: Node<'_>, _: &Options<'_>, say: &mut Say<'_>) {
    let named = root.get("resourceType").and_then(Node::as_str).is_some_and(|name| !name.is_empty());
    if !named {
        say.at(root);
    }
}

pub(super) fn not_clins(root: Node<'_>, options: &Options<'_>, say: &mut Say<'_>) {
    if options.require_clins && text(root.get("resourceType")) != Some("Bundle") {
        say.at(root);
    }
}

pub(super) fn kind(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    if text(bundle.kind) != Some("collection") {
        say.at_or_missing(bundle.kind, bundle.node, "type");
    }
}

pub(super) fn identifier_system(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    match bundle.identifier {
        Some(identifier) if identifier.is_object() => {
            let system = identifier.get("system");
            if text(system) != Some(urls::BUNDLE_ID) {
                say.at_or_missing(system, identifier, "system");
            }
        }
        other => {
            say.at_or_missing(other, bundle.node, "identifier");
        }
    }
}

pub(super) fn identifier_value(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    let Some(identifier) = bundle.identifier.filter(|i| i.is_object()) else {
        return;
    };
    let value = identifier.get("value");
    if text(value).and_then(split_id).is_none() {
        say.at_or_missing(value, identifier, "value");
    }
}

pub(super) fn identifier_year(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    let year = bundle.id_value().and_then(split_id).and_then(|(_, year)| year.parse::<u16>().ok());
    let made = text(bundle.timestamp).and_then(Moment::parse);
    if let (Some(year), Some(made), Some(identifier)) = (year, made, bundle.identifier)
        && year > made.year
    {
        say.at_or_missing(identifier.get("value"), identifier, "value");
    }
}

pub(super) fn timestamp(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    if !text(bundle.timestamp).and_then(Moment::parse).is_some_and(|m| m.has_time) {
        say.at_or_missing(bundle.timestamp, bundle.node, "timestamp");
    }
}

/// Every resource that JP_Bundle_CLINS knows, and the Bundle itself.
pub(super) fn last_updated(resource: &Resource<'_>, say: &mut Say<'_>) {
    let updated = resource.common.meta.and_then(|m| m.get("lastUpdated"));
    if !text(updated).and_then(Moment::parse).is_some_and(|m| m.has_time) {
        say.at_or_missing(updated, resource.node, "meta.lastUpdated");
    }
}

pub(super) fn milliseconds(resource: &Resource<'_>, say: &mut Say<'_>) {
    let updated = resource.common.meta.and_then(|m| m.get("lastUpdated"));
    let made = if resource.kind == "Bundle" { resource.node.get("timestamp") } else { None };
    for node in [updated, made].into_iter().flatten() {
        let moment = node.as_str().and_then(Moment::parse);
        if moment.is_some_and(|m| m.has_time && !(m.has_milliseconds && m.japanese)) {
            say.found(node);
        }
    }
}

pub(super) fn profile(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    if !claims(bundle.meta, urls::BUNDLE_CLINS) {
        say.missing(bundle.node, "meta.profile");
    }
}

pub(super) fn tag(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    if bundle.tags().next().is_none() {
        say.missing(bundle.node, "meta.tag");
    }
}

pub(super) fn tag_code(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    if bundle.tags().next().is_some() && bundle.tagged().is_none() {
        say.at_or_missing(bundle.meta.and_then(|m| m.get("tag")), bundle.node, "meta.tag");
    }
}

pub(super) fn nothing_of_tag(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    let Some(tagged) = bundle.tagged() else {
        return;
    };
    // A Bundle of prescriptions has its own rule.
    if !bundle.resources().any(|(kind, _)| kind == tagged || kind == "MedicationRequest") {
        say.at_or_missing(bundle.entry, bundle.node, "entry").with("type", tagged);
    }
}

pub(super) fn other_type(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    let Some(tagged) = bundle.tagged() else {
        return;
    };
    if only_prescriptions(bundle) {
        return;
    }
    for (kind, node) in bundle.resources().filter(|&(kind, _)| kind != tagged && kind != "Patient" && !kind.is_empty())
    {
        say.missing(node, "resourceType").with("type", type_name(kind));
    }
}

fn only_prescriptions(bundle: &Bundle<'_>) -> bool {
    let mut carried = bundle.resources().map(|(kind, _)| kind).filter(|&kind| kind != "Patient").peekable();
    carried.peek().is_some() && carried.all(|kind| kind == "MedicationRequest")
}

pub(super) fn prescription_alone(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    if only_prescriptions(bundle) {
        say.at_or_missing(bundle.entry, bundle.node, "entry");
    }
}

pub(super) fn first_patient(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    let first = bundle.entries().next();
    let resource = first.and_then(|e| e.resource);
    if resource.is_none_or(|r| text(r.get("resourceType")) != Some("Patient")) {
        match first {
            Some(entry) => say.missing(entry.node, "resource"),
            None => say.missing(bundle.node, "entry[0].resource"),
        };
    }
}

pub(super) fn many_patients(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    for (_, node) in bundle.resources().filter(|&(kind, _)| kind == "Patient").skip(1) {
        say.missing(node, "resourceType");
    }
}

/// The entry names the eCS profile of its type, with or without version, and no version of another one.
fn entry_profile(resource: &Resource<'_>, kind: &str, say: &mut Say<'_>) {
    if resource.kind != kind {
        return;
    }
    let meta = resource.common.meta;
    let expected = ecs_profile(kind).unwrap_or_default();
    let mut versioned =
        items(meta.and_then(|m| m.get("profile"))).filter_map(Node::as_str).filter_map(|p| p.split_once('|'));
    if !claims(meta, expected) || versioned.any(|(base, _)| base != expected) {
        say.at_or_missing(meta.and_then(|m| m.get("profile")), resource.node, "meta.profile");
    }
}

pub(super) fn patient_profile(resource: &Resource<'_>, say: &mut Say<'_>) {
    if resource.first && resource.kind == "Patient" && !claims(resource.common.meta, urls::PATIENT_ECS) {
        let profile = resource.common.meta.and_then(|m| m.get("profile"));
        say.at_or_missing(profile, resource.node, "meta.profile");
    }
}

pub(super) fn allergy_profile(resource: &Resource<'_>, say: &mut Say<'_>) {
    entry_profile(resource, "AllergyIntolerance", say);
}

pub(super) fn condition_profile(resource: &Resource<'_>, say: &mut Say<'_>) {
    entry_profile(resource, "Condition", say);
}

pub(super) fn prescription_profile(resource: &Resource<'_>, say: &mut Say<'_>) {
    entry_profile(resource, "MedicationRequest", say);
}

pub(super) fn observation_profile(resource: &Resource<'_>, say: &mut Say<'_>) {
    entry_profile(resource, "Observation", say);
}

pub(super) fn closed_entry(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    const CLOSED: [&str; 6] = ["extension", "modifierExtension", "link", "search", "request", "response"];
    for member in items(bundle.entry).flat_map(Node::items) {
        if let Some(element) = CLOSED.into_iter().find(|name| member.has_key(name)) {
            say.at(member).with("element", element);
        }
    }
}

pub(super) fn no_resource(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    for entry in bundle.entries() {
        match entry.resource {
            Some(resource) if text(resource.get("resourceType")).is_some_and(|kind| !kind.is_empty()) => {}
            Some(resource) if resource.is_object() => {
                say.missing(resource, "resourceType");
            }
            other => {
                say.at_or_missing(other, entry.node, "resource");
            }
        }
    }
}

pub(super) fn full_url(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    for entry in bundle.entries().filter(|e| !text(e.full_url).is_some_and(is_uuid_urn)) {
        say.at_or_missing(entry.full_url, entry.node, "fullUrl");
    }
}

fn is_uuid_urn(url: &str) -> bool {
    let Some(uuid) = url.strip_prefix("urn:uuid:") else {
        return false;
    };
    let fits = |(i, b): (usize, u8)| if matches!(i, 8 | 13 | 18 | 23) { b == b'-' } else { b.is_ascii_hexdigit() };
    uuid.len() == 36 && uuid.bytes().enumerate().all(fits)
}

pub(super) fn full_url_twice(bundle: &Bundle<'_>, say: &mut Say<'_>) {
    const FEW: usize = 40;
    let urls = || bundle.entries().filter_map(|e| e.full_url).filter_map(|n| Some((n.as_str()?, n)));
    if urls().nth(FEW).is_none() {
        let repeated = |&(i, (url, _)): &(usize, (&str, Node<'_>))| urls().take(i).any(|(other, _)| other == url);
        for (_, (_, node)) in urls().enumerate().filter(repeated) {
            say.found(node);
        }
        return;
    }
    let mut sorted: Vec<(&str, u32, Node<'_>)> = urls().map(|(url, node)| (url, node.id(), node)).collect();
    sorted.sort_unstable_by_key(|&(url, id, _)| (url, id));
    for pair in sorted.windows(2) {
        if let [(first, ..), (second, _, node)] = pair
            && first == second
        {
            say.found(*node);
        }
    }
}
