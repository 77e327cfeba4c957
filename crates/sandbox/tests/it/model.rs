//! Any story of requests against a map that says what the centre must answer and hold.

use crate::semantics::{BUNDLE, BUNDLE_ID, INSURED, ask, open, options, request};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tsugite_sandbox::Options;
use tsugite_upstream::{Class, Operation, Request};

/// One request: which operation, which of two Bundle-IDs, addressed with and naming which of two insured ids, which of two contents;
/// and whether the bundle is broken or the centre is opened anew before.
#[derive(Clone, Copy, Debug)]
struct Step {
    operation: Operation,
    bundle: bool,
    addressed: bool,
    named: bool,
    edition: bool,
    broken: bool,
    reopen: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let operation = prop::sample::select(vec![Operation::REGISTER, Operation::CHANGE, Operation::CANCEL]);
    let rare = || prop::bool::weighted(0.15);
    (operation, any::<bool>(), rare(), rare(), any::<bool>(), rare(), rare()).prop_map(
        |(operation, bundle, addressed, moved, edition, broken, reopen)| {
            let named = addressed ^ moved;
            Step { operation, bundle, addressed, named, edition, broken, reopen }
        },
    )
}

fn insured(other: bool) -> String {
    if other { "00999901:１２:９９９:".to_owned() } else { INSURED.to_owned() }
}

fn bundle_id(other: bool) -> String {
    if other { "1319999999^2026^test-0002".to_owned() } else { BUNDLE_ID.to_owned() }
}

impl Step {
    fn payload(self) -> String {
        let bundle = BUNDLE.replace(BUNDLE_ID, &bundle_id(self.bundle)).replace(INSURED, &insured(self.named));
        let bundle = if self.broken { bundle.replace("collection", "document") } else { bundle };
        if self.edition { bundle + "\n" } else { bundle }
    }

    fn request(self, id: usize) -> Request {
        let mut request = request(self.operation, &format!("T{id:04}"));
        request.insured_id = insured(self.addressed);
        request.bundle_id = bundle_id(self.bundle);
        request.payload = self.operation.action.has_payload().then(|| self.payload().into_bytes());
        request
    }
}

type Held = BTreeMap<(String, String), String>;

/// What the guide says, in a map.
fn expect(held: &mut Held, step: Step, newest_wins: bool) -> Class {
    let (bundle, key) = (bundle_id(step.bundle), (bundle_id(step.bundle), insured(step.addressed)));
    let operation = step.operation;
    let has_bundle = operation != Operation::CANCEL;
    if has_bundle && step.broken {
        return Class::Content;
    }
    match operation {
        Operation::CHANGE | Operation::CANCEL if !held.contains_key(&key) => return Class::NotRegistered,
        Operation::CHANGE | Operation::CANCEL => drop(held.remove(&key)),
        _ if step.named != step.addressed => return Class::Content,
        _ => match held.get(&key) {
            Some(payload) if *payload == step.payload() => return Class::Duplicate,
            Some(_) if !newest_wins => return Class::Exists,
            _ => {}
        },
    }
    if has_bundle {
        held.insert((bundle, insured(step.named)), step.payload());
    }
    Class::Accepted
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_centre_is_the_map(steps in prop::collection::vec(step(), 1..25), newest_wins: bool) {
        let home = tempfile::tempdir().unwrap();
        let open = || open(home.path(), Options { newest_wins, ..options() });
        let mut centre = open();
        let mut held = Held::new();
        for (id, step) in steps.into_iter().enumerate() {
            if step.reopen {
                drop(centre);
                centre = open();
            }
            let class = expect(&mut held, step, newest_wins);
            prop_assert_eq!(ask(&mut centre, &step.request(id)), class);
            let registered = centre.registrations().unwrap();
            let registered: Held = registered.into_iter().map(|r| ((r.bundle_id, r.insured_id), r.payload)).collect();
            prop_assert_eq!(&registered, &held);
            prop_assert_eq!(centre.events().len(), id + 1);
        }
    }
}
