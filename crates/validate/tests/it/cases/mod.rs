//! One broken thing each: which rules must speak about it.

mod bundle;
mod observation;
mod resource;

use serde_json::Value;

/// The rules that speak, the Bundle that is changed, and how.
pub type Case = (&'static [&'static str], &'static str, fn(&mut Value));

pub fn all() -> impl Iterator<Item = &'static Case> {
    let of_bundle = [bundle::CONTENT, bundle::BUNDLE, bundle::INSTITUTION, bundle::DOCUMENT];
    let of_resource = [resource::RESOURCE, resource::PATIENT, resource::CONDITIONS, resource::ALLERGIES];
    of_bundle.into_iter().chain(of_resource).chain([observation::OBSERVATIONS]).flatten()
}

pub fn set(bundle: &mut Value, path: &str, value: Value) {
    let (parent, key) = path.rsplit_once('/').unwrap();
    match bundle.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}")) {
        Value::Object(members) => {
            members.insert(key.to_owned(), value);
        }
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        other => panic!("{parent} is {other}"),
    }
}

pub fn remove(bundle: &mut Value, path: &str) {
    let (parent, key) = path.rsplit_once('/').unwrap();
    let gone = match bundle.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}")) {
        Value::Object(members) => members.shift_remove(key).is_some(),
        Value::Array(items) => {
            items.remove(key.parse().unwrap());
            true
        }
        _ => false,
    };
    assert!(gone, "no {path}");
}

pub fn push(bundle: &mut Value, path: &str, value: Value) {
    bundle.pointer_mut(path).unwrap_or_else(|| panic!("no {path}")).as_array_mut().unwrap().push(value);
}

/// Copies what stands at `from` to the end of the array `to`.
pub fn repeat(bundle: &mut Value, from: &str, to: &str) {
    let copy = bundle.pointer(from).unwrap_or_else(|| panic!("no {from}")).clone();
    push(bundle, to, copy);
}
