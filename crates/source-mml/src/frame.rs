//! Module items: what their `docInfo` says.

use crate::{care, issues, text, time};
use tsugite_clinical::{DateTime, body::Care};
use tsugite_issue::Definition;
use tsugite_xml::Element;

/// What holds for everything in one module item.
#[derive(Clone, Debug, Default)]
pub struct Item {
    pub uid: String,
    /// The editions that this one replaces.
    pub replaces: Vec<String>,
    pub groups: Vec<String>,
    pub title: Option<String>,
    pub confirmed: Option<DateTime>,
    pub care: Care,
    /// Why nothing of it may become a fact.
    pub hold: Option<&'static Definition>,
}

impl Item {
    /// Of an `MmlModuleItem`; where its `docInfo` gives no time, the file's counts.
    pub fn of(item: Element<'_, '_>, created: Option<DateTime>) -> Self {
        let Some(info) = item.child("docInfo") else { return Self { confirmed: created, ..Self::default() } };
        let ids = info.child("docId");
        let of_ids = |name: &'static str| ids.into_iter().flat_map(move |ids| ids.all(name));
        let old =
            |parent: &Element<'_, '_>| parent.attr("relation").is_some_and(|relation| relation.trim() == "oldEdition");
        let title = info.child("title");
        let mut rights = info.child("securityLevel").into_iter().flat_map(|level| level.all("accessRight"));
        let denied = rights.any(|right| right.attr("permit").is_some_and(|permit| permit.trim() == "none"));
        Self {
            uid: ids.and_then(|ids| ids.child_text("uid")).unwrap_or_default(),
            replaces: of_ids("parentId").filter(old).filter_map(Element::trimmed).collect(),
            groups: of_ids("groupId").filter_map(Element::trimmed).collect(),
            confirmed: info.child_text("confirmDate").and_then(|at| time::parse(&at)).or(created),
            care: info.child("CreatorInfo").map(care::of_creator).unwrap_or_default(),
            title: title.and_then(text::line),
            hold: denied.then_some(&issues::ACCESS_DENIED),
        }
    }
}
