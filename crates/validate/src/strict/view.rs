//! What the rules look at: the members of a value, found in one pass over them.

use crate::Options;
use crate::json::{Node, Tree};
use crate::strict::date::Moment;
use crate::strict::{Scope, urls};

/// Makes a struct of members by name. The first of duplicate members counts.
macro_rules! view {
    ($(#[$meta:meta])* $name:ident { $($field:ident = $key:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy)]
        pub(crate) struct $name<'t> {
            pub node: Node<'t>,
            $(pub $field: Option<Node<'t>>,)*
        }

        impl<'t> $name<'t> {
            pub fn of(node: Node<'t>) -> Self {
                let mut view = Self { node, $($field: None,)* };
                if !node.is_object() {
                    return view;
                }
                for member in node.items() {
                    match member.key_bytes() {
                        $(Some(key) if key == $key.as_bytes() => view.$field = view.$field.or(Some(member)),)*
                        _ => {}
                    }
                }
                view
            }
        }

        impl<'t> From<Node<'t>> for $name<'t> {
            fn from(node: Node<'t>) -> Self {
                Self::of(node)
            }
        }
    };
}
pub(crate) use view;

view!(Coding { system = "system", code = "code", display = "display", version = "version", id = "id", user_selected = "userSelected" });
view!(Identifier { system = "system", value = "value" });
view!(Quantity { value = "value", comparator = "comparator", unit = "unit", system = "system", code = "code" });
view!(Extension { url = "url", value_identifier = "valueIdentifier", value_code = "valueCode" });
view!(Entry { full_url = "fullUrl", resource = "resource" });
view!(Common { kind = "resourceType", id = "id", meta = "meta", contained = "contained", extension = "extension", identifier = "identifier" });

/// The string that a member holds.
pub(crate) fn text<'t>(node: Option<Node<'t>>) -> Option<&'t str> {
    node.and_then(Node::as_str)
}

/// The items of an array that may be absent.
pub(crate) fn items<'t>(node: Option<Node<'t>>) -> impl Iterator<Item = Node<'t>> {
    node.filter(|n| n.is_array()).into_iter().flat_map(Node::items)
}

/// The codings of a CodeableConcept that may be absent.
pub(crate) fn codings<'t>(concept: Option<Node<'t>>) -> impl Iterator<Item = Coding<'t>> {
    items(concept.and_then(|c| c.get("coding"))).map(Coding::of)
}

impl<'t> Coding<'t> {
    pub fn is(&self, system: &str) -> bool {
        text(self.system) == Some(system)
    }

    /// What of system, code and display is not there.
    pub fn lacks(&self) -> Option<&'static str> {
        [("system", self.system), ("code", self.code), ("display", self.display)]
            .into_iter()
            .find_map(|(name, member)| member.is_none().then_some(name))
    }
}

/// A profile's URL without its version.
fn base(url: &str) -> &str {
    url.split_once('|').map_or(url, |(base, _)| base)
}

/// The profiles that a resource names, without versions.
pub(crate) fn profiles<'t>(meta: Option<Node<'t>>) -> impl Iterator<Item = &'t str> {
    items(meta.and_then(|m| m.get("profile"))).filter_map(Node::as_str).map(base)
}

pub(crate) fn claims(meta: Option<Node<'_>>, profile: &str) -> bool {
    profiles(meta).any(|p| p == profile)
}

/// The eCS profile of a resource type that JP_Bundle_CLINS knows.
pub(crate) fn ecs_profile(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "Patient" => urls::PATIENT_ECS,
        "Condition" => urls::CONDITION_ECS,
        "AllergyIntolerance" => urls::ALLERGY_ECS,
        "Observation" => urls::OBSERVATION_ECS,
        "MedicationRequest" => urls::PRESCRIPTION_ECS,
        _ => return None,
    })
}

/// What holds for the whole input.
#[derive(Clone, Copy)]
pub(crate) struct Case<'t> {
    pub tree: &'t Tree<'t>,
    pub options: &'t Options<'t>,
    /// Ids of all strings named `reference`, in document order.
    pub references: &'t [u32],
    /// The input is judged as JP_Bundle_CLINS.
    pub clins: bool,
    /// The fullUrl of the first entry.
    pub patient_url: Option<&'t str>,
    /// The institution number of a Bundle-ID of legal form.
    pub institution: Option<&'t str>,
    /// The last day on which the patient of the Bundle may have been unborn, plus one.
    pub born: Option<i32>,
    /// The last day that is no future: the clock's and one more.
    pub last_day: Option<i32>,
}

/// Views made once and looked at by many rules: the first few are kept, what goes beyond is made again each time.
#[derive(Clone, Copy)]
pub(crate) struct Few<'t, T, const N: usize> {
    array: Option<Node<'t>>,
    kept: [Option<T>; N],
    more: bool,
}

impl<'t, T: Copy + From<Node<'t>>, const N: usize> Few<'t, T, N> {
    pub fn of(array: Option<Node<'t>>) -> Self {
        let mut all = items(array);
        let mut kept = [None; N];
        for (place, item) in kept.iter_mut().zip(&mut all) {
            *place = Some(T::from(item));
        }
        Self { array, kept, more: all.next().is_some() }
    }

    pub fn iter(&self) -> impl Iterator<Item = T> {
        let rest = self.array.filter(|_| self.more);
        self.kept.iter().flatten().copied().chain(items(rest).skip(N).map(T::from))
    }

    /// Whether there are too many to compare each with each.
    pub fn is_many(&self) -> bool {
        self.more
    }
}

/// An element that holds a date or a time.
#[derive(Clone, Copy)]
pub(crate) struct Date<'t> {
    pub name: &'static str,
    pub node: Node<'t>,
    /// `None` where it has no legal form.
    pub moment: Option<Moment>,
}

/// The elements of the judged resources that hold a date or a time.
const DATES: [&str; 6] =
    ["onsetDateTime", "abatementDateTime", "recordedDate", "effectiveDateTime", "issued", "lastOccurrence"];

fn dates<'t>(node: Node<'t>) -> [Option<Date<'t>>; DATES.len()] {
    let mut dates = [None; DATES.len()];
    for member in node.items() {
        let named = DATES.into_iter().zip(&mut dates).find(|(name, _)| member.has_key(name));
        if let Some((name, place @ None)) = named {
            *place = Some(Date { name, node: member, moment: text(Some(member)).and_then(Moment::parse) });
        }
    }
    dates
}

/// A resource that is judged: an entry of a Bundle, or the root.
#[derive(Clone, Copy)]
pub(crate) struct Resource<'t> {
    pub case: &'t Case<'t>,
    pub node: Node<'t>,
    pub kind: &'t str,
    pub common: Common<'t>,
    /// The rules of this scope and the smaller ones apply.
    pub scope: Scope,
    /// The first entry of its Bundle.
    pub first: bool,
    contained: Few<'t, Common<'t>, 4>,
    extensions: Few<'t, Extension<'t>, 3>,
    dates: [Option<Date<'t>>; DATES.len()],
}

impl<'t> Resource<'t> {
    pub fn of(case: &'t Case<'t>, node: Node<'t>, in_clins: bool, first: bool) -> Self {
        let common = Common::of(node);
        let kind = text(common.kind).unwrap_or_default();
        let claimed = ecs_profile(kind).is_some_and(|profile| claims(common.meta, profile));
        let scope = match (in_clins, claimed) {
            (true, _) => Scope::Clins,
            (false, true) => Scope::Profile,
            (false, false) => Scope::Everywhere,
        };
        Self {
            case,
            node,
            kind,
            common,
            scope,
            first,
            contained: Few::of(common.contained),
            extensions: Few::of(common.extension),
            dates: dates(node),
        }
    }

    pub fn dates(&self) -> impl Iterator<Item = Date<'t>> {
        self.dates.iter().flatten().copied()
    }

    /// The extensions of that URL on the resource itself.
    pub fn extensions(&self, url: &str) -> impl Iterator<Item = Extension<'t>> {
        self.extensions.iter().filter(move |e| text(e.url) == Some(url))
    }

    pub fn contained(&self) -> impl Iterator<Item = Common<'t>> {
        self.contained.iter()
    }

    /// Whether so much is contained that comparing each with each would take long.
    pub fn contains_many(&self) -> bool {
        self.contained.is_many()
    }

    /// Whether a contained resource of that type names exactly one of the profiles, and nothing else, without version.
    pub fn contains_exactly(&self, kind: &str, profiles: [&str; 2]) -> bool {
        self.contained().filter(|c| text(c.kind) == Some(kind)).any(|c| {
            let mut named = items(c.meta.and_then(|m| m.get("profile")));
            let first = named.next().and_then(Node::as_str);
            named.next().is_none() && first.is_some_and(|p| profiles.contains(&p))
        })
    }

    /// The `reference` strings inside the resource.
    pub fn references(&self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        self.references_in(self.node)
    }

    /// The `reference` strings inside one of its values.
    pub fn references_in(&self, node: Node<'t>) -> impl Iterator<Item = Node<'t>> + use<'t> {
        let (tree, all) = (self.case.tree, self.case.references);
        let start = all.partition_point(|&id| id < node.id());
        all.get(start..).unwrap_or_default().iter().map_while(move |&id| tree.node(id).filter(|&n| node.contains(n)))
    }
}
