//! OML-11 (OUL^R22), and ORU: results, grouped by specimen and request wherever their segments stand.

mod comment;
mod group;
mod result;

use super::is_cancelled;
use crate::{
    care::{Speakers, care, insurances},
    issues,
    value::concept,
    writer::Writer,
};
use comment::Comments;
use group::{Group, Line, groups};
use result::{LineContext, is_withdrawn, item, result};
use std::{collections::HashMap, sync::Arc};
use tsugite_clinical::{
    Presence, RecordKind,
    body::{Body, Care, LabReport, LabResult, Specimen},
};
use tsugite_er7::{Message, Segment};

/// A result line that is read, until the comments that belong to it are known.
struct Pending<'m> {
    obx: Segment<'m>,
    presence: Presence,
    result: LabResult,
}

pub fn read(message: &Message<'_>, writer: &mut Writer<'_>) {
    let scope = Arc::clone(&writer.frame.scope);
    writer.list(&scope);
    let report = Arc::new(LabReport { order_number: writer.frame.order.clone(), care_day: writer.frame.care_day });
    let visit = message.segment("PV1");
    let mut specimens = HashMap::new();
    let paid_by = insurances(message.segments());
    for group in groups(message) {
        let speakers = Speakers { visit, order: group.order, request: group.request };
        let care = care(speakers, writer.frame.department.as_ref());
        let care = Arc::new(Care { insurances: paid_by.clone(), ..care });
        let line_context = LineContext {
            report: Arc::clone(&report),
            care,
            specimen: group.specimen.map(|spm| {
                let known = specimens.entry(spm.index()).or_insert_with(|| Arc::new(specimen(&spm, writer)));
                Arc::clone(known)
            }),
            panel: group.request.map(|obr| concept(obr.field(4))).filter(|panel| panel.name().is_some()).map(Arc::new),
            ordered_for: group.request.and_then(|obr| writer.time(&obr, obr.field(7))),
            reported: group.request.and_then(|obr| writer.time(&obr, obr.field(22))),
        };
        read_group(&group, &line_context, writer);
    }
}

fn read_group(group: &Group<'_>, line_context: &LineContext, writer: &mut Writer<'_>) {
    let cancelled = is_cancelled(group.order);
    let scope = Arc::clone(&writer.frame.scope);
    let mut comments = Comments::of(&group.lines);
    let mut lines: Vec<Pending<'_>> = Vec::with_capacity(group.lines.len());
    for line in &group.lines {
        if comments.is_comment(line) {
            comments.wait(lines.len(), line);
            continue;
        }
        let mut result = result(line, line_context, writer);
        result.comments.extend(group.notes.iter().cloned());
        result.comments.extend(line.notes.iter().cloned());
        let presence = writer.presence(cancelled || is_withdrawn(&line.obx));
        lines.push(Pending { obx: line.obx, presence, result });
    }
    for (at, comment) in comments.assigned() {
        match lines.get_mut(at) {
            Some(pending) => {
                pending.result.comments.extend(comment.text());
                pending.result.comment_origins.0.push(writer.origin(&comment.obx));
            }
            None => {
                writer.issue(tsugite_issue::Issue::new(&issues::COMMENT_ALONE), &comment.obx);
                let deleted = cancelled || is_withdrawn(&comment.obx);
                writer.not_carried(RecordKind::LabResult, &comment.obx, deleted, &issues::COMMENT_ALONE);
            }
        }
    }
    for Pending { obx, presence, result } in lines {
        let item = item(&result);
        writer.fact(&obx, &scope, item, presence, Body::LabResult(Box::new(result)));
    }
}

fn specimen(spm: &Segment<'_>, writer: &mut Writer<'_>) -> Specimen {
    // SPM-2 is an EIP: placer's and filler's number.
    let id = spm.field(2).component(1);
    let id = [id.subcomponent(1).text(), spm.field(2).component(2).subcomponent(1).text()];
    Specimen {
        id: id.iter().map(|id| id.trim()).find(|id| !id.is_empty()).map(str::to_owned),
        material: concept(spm.field(4)),
        collected: writer.time(spm, spm.field(17)),
    }
}
