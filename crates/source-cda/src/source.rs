use crate::{checkup, issues, kind::Kind, letter, oid, own::Own, patient, recognise};
use tsugite_clinical::RecordKind;
use tsugite_issue::{Definition, Issue, Text};
use tsugite_source::{Context, Input, InputOrder, Recognition, Sink, Source};
use tsugite_xml::{Document, Element, Limits, decode};

/// A health check has 20 KB; a letter with its pictures inside has some megabytes. Twice the largest that is known is enough.
const LIMITS: Limits =
    Limits { document: 16 << 20, text: 12 << 20, nodes: 200_000, depth: 128, attributes: 128, name: 512 };

/// CDA R2: 特定健診 (HC08), 診療情報提供書, 退院時サマリー.
#[derive(Clone, Debug, Default)]
pub struct Cda {
    own: Own,
}

impl Cda {
    /// For a site with these institution numbers (10 digits): patient numbers under their OIDs, and under `roots`, are its own.
    /// Without any number nothing is known of the site, and every patient number is taken for its own.
    pub const fn of_site(institutions: Vec<String>, roots: Vec<String>) -> Self {
        Self { own: Own { institutions, roots } }
    }
}

impl Source for Cda {
    fn name(&self) -> &'static str {
        "cda"
    }

    fn title(&self) -> Text {
        Text::new(
            "CDA文書（特定健診、診療情報提供書、退院時サマリー）",
            "CDA documents (health checks, referrals, discharge summaries)",
        )
    }

    fn issues(&self) -> &'static [&'static Definition] {
        issues::ALL
    }

    fn order(&self, _: &str) -> InputOrder {
        InputOrder::Mixed
    }

    fn recognise(&self, input: &Input<'_>) -> Option<Recognition> {
        recognise::recognise(input)
    }

    fn surest(&self) -> u8 {
        98
    }

    fn read(&self, input: &Input<'_>, context: &Context, sink: &mut Sink) {
        let (detection, decoded) = decode(&input.bytes, &context.gaiji);
        let document = match Document::parse(&decoded, &LIMITS) {
            Ok(document) => document,
            Err(failure) => return sink.unreadable(failure.issue(&decoded, &input.name)),
        };
        let told = detection.issues(&input.name).into_iter().chain(decoded.issues(&input.name));
        told.chain(document.issues(&input.name)).for_each(|issue| sink.issue(issue));
        let root = document.root();
        if root.is((oid::HL7, "ClinicalDocument")) {
            return self.clinical_document(root, input, context, sink);
        }
        let companion = oid::PACKAGE.iter().any(|namespace| root.namespace().starts_with(namespace));
        if companion || root.is("schema") {
            return sink.context_only();
        }
        sink.unreadable(Issue::new(&issues::NOT_CDA).with("root", root.local()).at(root.origin(&input.name)));
    }
}

impl Cda {
    fn clinical_document(&self, root: Element<'_, '_>, input: &Input<'_>, context: &Context, sink: &mut Sink) {
        if patient::are_several(root) {
            sink.issue(Issue::new(&issues::PATIENTS_SEVERAL).at(root.origin(&input.name)));
            return sink.record(RecordKind::Document, root.origin(&input.name)).held(&issues::PATIENTS_SEVERAL);
        }
        let (kind, record) = (Kind::of(root), root.origin(&input.name));
        match kind {
            Some(Kind::Checkup) => checkup::read(root, false, input, context, sink),
            Some(Kind::CheckupWithdrawn) => checkup::read(root, true, input, context, sink),
            Some(Kind::Letter(letter)) => letter::read(root, letter, &self.own, input, context, sink),
            Some(Kind::Guidance) => sink.record(RecordKind::Document, record).not_carried(&issues::GUIDANCE),
            None => {
                let code = root.child((oid::HL7, "code"));
                let part =
                    |name| code.and_then(|code| code.attr(name)).unwrap_or("-").chars().take(64).collect::<String>();
                let issue =
                    Issue::new(&issues::DOCUMENT_UNKNOWN).with("code", part("code")).with("system", part("codeSystem"));
                sink.issue(issue.at(code.unwrap_or(root).origin(&input.name)));
                sink.record(RecordKind::Document, record).held(&issues::DOCUMENT_UNKNOWN);
            }
        }
    }
}
