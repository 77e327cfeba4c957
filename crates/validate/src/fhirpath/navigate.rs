//! From an element to its children.

use super::eval::{Env, Step};
use super::item::{Element, Item};
use crate::json::{Kind, Node};

type Out<'o, 'a> = &'o mut dyn FnMut(Item<'a>) -> Step;

/// The types that the elements of a choice may have, as their JSON keys end.
fn is_choice_type(suffix: &[u8]) -> bool {
    matches!(
        suffix,
        b"Base64Binary"
            | b"Boolean"
            | b"Canonical"
            | b"Code"
            | b"Date"
            | b"DateTime"
            | b"Decimal"
            | b"Id"
            | b"Instant"
            | b"Integer"
            | b"Markdown"
            | b"Oid"
            | b"PositiveInt"
            | b"String"
            | b"Time"
            | b"UnsignedInt"
            | b"Uri"
            | b"Url"
            | b"Uuid"
            | b"Address"
            | b"Age"
            | b"Annotation"
            | b"Attachment"
            | b"CodeableConcept"
            | b"Coding"
            | b"ContactDetail"
            | b"ContactPoint"
            | b"Contributor"
            | b"Count"
            | b"DataRequirement"
            | b"Distance"
            | b"Dosage"
            | b"Duration"
            | b"Expression"
            | b"HumanName"
            | b"Identifier"
            | b"Meta"
            | b"Money"
            | b"ParameterDefinition"
            | b"Period"
            | b"Quantity"
            | b"Range"
            | b"Ratio"
            | b"Reference"
            | b"RelatedArtifact"
            | b"SampledData"
            | b"Signature"
            | b"SubstanceAmount"
            | b"Timing"
            | b"TriggerDefinition"
            | b"UsageContext"
    )
}

/// The children of that name. A choice is asked for without its type.
pub(super) fn named<'a>(item: &Item<'a>, name: &str, env: &Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    let Item::Element(element) = item else { return Ok(()) };
    let Some(object) = element.members() else { return Ok(()) };
    let wanted = name.as_bytes();
    let (mut value, mut twin, mut chosen, mut chosen_twin) = (None, None, None, None);
    let mut members = 1;
    for member in object.items() {
        members += 1;
        if member.has_key_under(wanted.len()) {
            continue;
        }
        let Some(key) = member.key_bytes() else { continue };
        if key.first() != wanted.first() && key.first() != Some(&b'_') {
            continue;
        }
        let (key, is_twin) = match key.strip_prefix(b"_") {
            Some(key) => (key, true),
            None => (key, false),
        };
        let Some(suffix) = key.strip_prefix(wanted) else { continue };
        let place = match (suffix.is_empty(), is_twin) {
            (true, false) => &mut value,
            (true, true) => &mut twin,
            (false, _) if !suffix.first().is_some_and(u8::is_ascii_uppercase) || !is_choice_type(suffix) => continue,
            (false, false) => &mut chosen,
            (false, true) => &mut chosen_twin,
        };
        place.get_or_insert(member);
    }
    env.spend(members)?;
    if value.is_some() || twin.is_some() {
        return emit(value, twin, 0, env, out);
    }
    if (chosen.is_some() || chosen_twin.is_some())
        && env.type_of(element).is_none_or(|of| env.cx.model.is_choice(of, name))
    {
        let stem = u16::try_from(name.len()).unwrap_or(u16::MAX);
        return emit(chosen, chosen_twin, stem, env, out);
    }
    Ok(())
}

/// All children in the order of their keys.
pub(super) fn children<'a>(item: &Item<'a>, env: &Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    let Item::Element(element) = item else { return Ok(()) };
    let Some(object) = element.members() else { return Ok(()) };
    // Each member looks for its twin among all.
    let members = object.items().fold(0, |count, _| count + 1);
    for member in object.items() {
        env.spend(members)?;
        let Some(key) = member.key() else { continue };
        if key == "resourceType" {
            continue;
        }
        match key.strip_prefix('_') {
            // With the value beside it, the two are one element.
            Some(name) if object.get(name).is_some() => {}
            Some(_) => emit(None, Some(member), 0, env, out)?,
            None if member.is_object() => emit(Some(member), None, 0, env, out)?,
            None => emit(Some(member), object.twin(key), 0, env, out)?,
        }
    }
    Ok(())
}

/// All elements below, parents before their children.
pub(super) fn descendants<'a>(item: &Item<'a>, env: &Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    let mut open = Vec::new();
    children(item, env, &mut |child| {
        open.push(child);
        Ok(())
    })?;
    open.reverse();
    while let Some(child) = open.pop() {
        let start = open.len();
        children(&child, env, &mut |inner| {
            open.push(inner);
            Ok(())
        })?;
        if let Some(added) = open.get_mut(start..) {
            added.reverse();
        }
        out(child)?;
    }
    Ok(())
}

/// The elements that a member and its twin stand for: one, or one an item of an array.
fn emit<'a>(value: Option<Node<'a>>, twin: Option<Node<'a>>, stem: u16, env: &Env<'a, '_>, out: Out<'_, 'a>) -> Step {
    let is_list = |node: Option<Node<'_>>| node.is_some_and(|node| node.kind() == Kind::Array);
    if !is_list(value) && !is_list(twin) {
        return match Element::pair(value, twin, stem) {
            Some(element) => out(Item::Element(element)),
            None => Ok(()),
        };
    }
    let mut values = value.into_iter().flat_map(Node::items);
    let mut twins = twin.into_iter().flat_map(Node::items);
    loop {
        env.spend(1)?;
        let (value, twin) = (values.next(), twins.next());
        if value.is_none() && twin.is_none() {
            return Ok(());
        }
        if let Some(element) = Element::pair(value, twin, stem) {
            out(Item::Element(element))?;
        }
    }
}
