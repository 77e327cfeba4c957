//! The types of elements, as FHIRPath asks for them.

use crate::definitions::{Definitions, El, Element};
use crate::fhirpath::Model;

impl Definitions {
    /// The element whose children a type or the path of a backbone element (`Bundle.entry`) has.
    fn holder(&self, of: &str) -> Option<El<'_>> {
        if !of.contains('.') {
            return self.type_root(of);
        }
        self.backbone(of)
    }

    fn child_of(&self, of: &str, key: &str) -> Option<(El<'_>, Option<&str>)> {
        self.holder(of)?.children().find_map(|child| {
            let suffix = key.strip_prefix(&*child.element.name)?;
            if child.element.choice {
                let kind = child.element.types.iter().find(|t| super::base::is_capitalised(&t.code, suffix))?;
                return Some((child, Some(&*kind.code)));
            }
            suffix.is_empty().then_some((child, None))
        })
    }

    /// The path of the element under a JSON name, and its type.
    pub(super) fn place(&self, of: &str, key: &str) -> Option<(&Element, &str)> {
        let (el, kind) = self.child_of(of, key)?;
        Some((el.element, kind.or_else(|| Some(type_name(el)))?))
    }
}

fn type_name<'d>(el: El<'d>) -> &'d str {
    if !el.element.children.is_empty() {
        return &el.element.path;
    }
    if let Some(content) = el.element.content_at.and_then(|at| el.structure.element(at)) {
        return &content.path;
    }
    el.element.types.first().map_or("", |t| &t.code)
}

impl Model for Definitions {
    fn member(&self, of: &str, key: &str) -> Option<&str> {
        let (_, kind) = self.place(of, key)?;
        (!kind.is_empty()).then_some(kind)
    }

    fn base(&self, of: &str) -> Option<&str> {
        if of.contains('.') {
            return Some("BackboneElement");
        }
        let base = &self.type_named(of)?.base;
        base.rsplit('/').next().filter(|name| !name.is_empty())
    }

    fn is_choice(&self, of: &str, name: &str) -> bool {
        let Some(holder) = self.holder(of) else {
            return true;
        };
        holder.children().any(|child| child.element.choice && *child.element.name == *name)
    }
}
