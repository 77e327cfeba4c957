//! ValueSets and CodeSystems.

use crate::definitions::{Canonical, CodeSystem, Concept, Include, Text, ValueSet};
use crate::json::Node;

fn text(node: Node<'_>, name: &str) -> Option<Text> {
    node.get(name)?.as_str().map(Text::from)
}

fn items<'t>(node: Node<'t>, name: &str) -> impl Iterator<Item = Node<'t>> {
    node.get(name).filter(|n| n.is_array()).into_iter().flat_map(Node::items)
}

pub(super) fn value_set(node: Node<'_>) -> Option<ValueSet> {
    let compose = node.get("compose");
    let includes = |name| compose.map_or(Vec::new(), |c| items(c, name).map(include).collect());
    let mut set = ValueSet {
        url: text(node, "url")?,
        version: text(node, "version").unwrap_or_default(),
        include: includes("include"),
        exclude: includes("exclude"),
        composed: compose.is_some(),
        ..ValueSet::default()
    };
    if let Some(expansion) = node.get("expansion").filter(|_| compose.is_none()) {
        expand(expansion, 0, &mut set.expansion);
    }
    Some(set)
}

fn include(node: Node<'_>) -> Include {
    let mut codes: Vec<Text> = items(node, "concept").filter_map(|c| text(c, "code")).collect();
    codes.sort();
    let filter = |f| Some((text(f, "property")?, text(f, "op")?, text(f, "value")?));
    Include {
        system: text(node, "system"),
        codes,
        filters: items(node, "filter").filter_map(filter).collect(),
        value_sets: items(node, "valueSet").filter_map(|v| Some(Canonical::new(v.as_str()?))).collect(),
        code_system: None,
    }
}

fn expand(node: Node<'_>, depth: u8, out: &mut Vec<(Text, Text)>) {
    for item in items(node, "contains") {
        if let (Some(system), Some(code)) = (text(item, "system"), text(item, "code")) {
            out.push((system, code));
        }
        if depth < 32 {
            expand(item, depth + 1, out);
        }
    }
}

pub(super) fn code_system(node: Node<'_>) -> Option<CodeSystem> {
    let mut concepts = Vec::new();
    let mut parents = Vec::new();
    collect(node, &mut parents, &mut concepts);
    concepts.sort_by(|a, b| a.code.cmp(&b.code));
    Some(CodeSystem {
        url: text(node, "url")?,
        version: text(node, "version").unwrap_or_default(),
        content: text(node, "content").unwrap_or_default(),
        concepts,
        package: 0,
    })
}

fn collect(node: Node<'_>, above: &mut Vec<Text>, out: &mut Vec<Concept>) {
    for item in items(node, "concept") {
        let Some(code) = text(item, "code") else {
            continue;
        };
        let mut concept = Concept {
            code: Text::clone(&code),
            display: text(item, "display"),
            designations: items(item, "designation").filter_map(|d| text(d, "value")).collect(),
            parents: above.last().cloned().into_iter().collect(),
            properties: Vec::new(),
        };
        for property in items(item, "property") {
            let Some(name) = text(property, "code") else {
                continue;
            };
            let value = property.items().find(|m| m.key().is_some_and(|k| k.starts_with("value")));
            let value = value.and_then(|v| v.get("code").unwrap_or(v).as_str().or(Some(v.source())));
            match (&*name, value) {
                ("parent", Some(parent)) => concept.parents.push(parent.into()),
                (_, Some(value)) => concept.properties.push((name, value.into())),
                _ => {}
            }
        }
        out.push(concept);
        if above.len() < 64 {
            above.push(code);
            collect(item, above, out);
            above.pop();
        }
    }
}
