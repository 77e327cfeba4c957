//! Members that are the same to the byte in many resources, as category, extensions and meta of all results of a report: what was
//! judged without a finding once is not judged again.

use super::{Engine, Scope};
use crate::definitions::El;
use crate::json::Node;
use memchr::{memchr, memchr2, memmem};
use rustc_hash::FxHashSet;
use std::ops::RangeInclusive;

/// By element, text and package.
pub(super) type Same<'t> = FxHashSet<(usize, &'t str, Option<usize>)>;

/// Bytes of a member that are worth it: less is judged as fast, more is hardly ever the same.
const LENGTHS: RangeInclusive<usize> = 24..=4_096;

/// Kept at most: what is repeated begins early, and memory stays small where nothing is.
pub(super) const MOST: usize = 4_096;

impl<'r, 't> Engine<'r, 't> {
    /// Judges a member of a resource by an element, unless the same was found without fault by the same element before.
    pub(super) fn once(&mut self, el: El<'r>, member: Node<'t>, scope: Scope<'t>, judge: impl FnOnce(&mut Self)) {
        let source = member.source();
        if el.structure.looks_out || self.definitions.looks_around || !LENGTHS.contains(&source.len()) {
            return judge(self);
        }
        let key = (std::ptr::from_ref(el.element).addr(), source, scope.package);
        if self.same.contains(&key) {
            return;
        }
        let before = (self.told, self.errors);
        judge(self);
        // Quietly, warnings are not looked for.
        let is_clean = self.quiet == 0 && (self.told, self.errors) == before;
        if is_clean && self.same.len() < MOST && is_closed(source) {
            self.same.insert(key);
        }
    }
}

/// Whether the text means the same wherever it stands: it refers to nothing that is contained beside it (`#id`). What it refers to
/// elsewhere is the same for all. A name may hide behind escapes.
fn is_closed(source: &str) -> bool {
    match memchr2(b'\\', b'#', source.as_bytes()) {
        None => true,
        Some(_) => {
            memchr(b'\\', source.as_bytes()).is_none() && memmem::find(source.as_bytes(), b"\"reference\"").is_none()
        }
    }
}
