//! From what the comparison asks for to what stands in the outbox, with its bytes.

use super::{
    deliver::service,
    held::unit_row,
    intend::{Comparison, Intention, Intentions},
    otherwise::form,
    units::unit_of,
};
use crate::failure::Failure;
use std::collections::BTreeMap;
use tsugite_clins::{ApartFile, BuiltUnit};
use tsugite_store::{HeldRow, NewAttachment, NewSubmission, Operation, Store};
use tsugite_upstream::{Action, Attached, Request};

impl Comparison<'_> {
    /// What cannot leave in a request waits for a person: too large (a 報告単位 is never split), or of a form that is refused.
    pub(super) fn refused(&self, built: &BuiltUnit) -> Option<HeldRow> {
        let file = |file: &ApartFile| {
            let ApartFile { reference, content_type, title, bytes } = file.clone();
            (Action::Attach, bytes, Some(Attached { reference, content_type, title }))
        };
        let bundle = (Action::Register, built.bytes.clone(), None);
        let mut parts = std::iter::once(bundle).chain(built.apart.iter().map(file));
        let error = parts.find_map(|(action, bytes, attachment)| {
            let request = Request {
                operation: self.interface.at(service(built.key.kind.name()), action),
                institution: built.key.institution.clone(),
                file_id: "0".repeat(20),
                insured_id: built.insured_id.clone(),
                bundle_id: built.bundle_id.clone(),
                payload: Some(bytes),
                attachment,
                signature: None,
            };
            self.interface.write_request(&request).err()
        })?;
        Some(unit_row(&unit_of(&built.key), error.issue(), self.lang))
    }

    /// Puts intentions into the outbox, a patient's at a time, with bytes built again.
    pub fn enqueue(&self, store: &mut Store, intentions: &Intentions, now: &str, who: &str) -> Result<(), Failure> {
        let mut by_patient: BTreeMap<&str, Vec<&Intention>> = BTreeMap::new();
        for intention in &intentions.enqueue {
            by_patient.entry(&intention.unit.patient).or_default().push(intention);
        }
        for (patient, wanted) in by_patient {
            let group = intentions.groups.get(patient).and_then(|at| intentions.members.get(*at));
            let built = match group {
                Some(group) => self.report(store, group)?.0.built,
                None => Vec::new(),
            };
            let new: Vec<NewSubmission> =
                wanted.into_iter().filter_map(|intention| self.submission(intention, &built)).collect();
            store.enqueue(&new, now, who)?;
        }
        Ok(())
    }

    fn submission(&self, intention: &Intention, built: &[BuiltUnit]) -> Option<NewSubmission> {
        let Intention { unit, bundle_id, operation, members, review, .. } = intention;
        let ig = self.made(&[]);
        let new = NewSubmission {
            unit: unit.clone(),
            bundle_id: bundle_id.clone(),
            operation: *operation,
            content: intention.content,
            identity: [0; 32],
            insured: String::new(),
            members: *members,
            ig,
            bytes: Vec::new(),
            attachments: Vec::new(),
            review: *review,
        };
        if *operation == Operation::Cancel {
            return Some(new);
        }
        let same = |b: &&BuiltUnit| unit_of(&b.key) == *unit && b.content_hash.0 == intention.content;
        let built = built.iter().find(same)?;
        Some(NewSubmission {
            identity: built.identity_hash.0,
            insured: built.insured_id.clone(),
            bytes: built.bytes.clone(),
            attachments: attachments(built),
            ig: self.made(&built.bytes),
            ..new
        })
    }

    /// The version of the guide, and a print of what was made of the content: both may change while the content stays.
    pub(super) fn made(&self, bytes: &[u8]) -> String {
        let ig = &self.settings.site.ig;
        if bytes.is_empty() { ig.to_string() } else { format!("{ig} {}", form(bytes)) }
    }
}

pub(super) fn attachments(built: &BuiltUnit) -> Vec<NewAttachment> {
    let new = |file: &ApartFile| NewAttachment {
        reference: file.reference.clone(),
        content_type: file.content_type.clone(),
        title: file.title.clone(),
        bytes: file.bytes.clone(),
    };
    built.apart.iter().map(new).collect()
}
