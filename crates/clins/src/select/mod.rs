//! What becomes of each record, and why: rules of reporting, before anything is built.

mod allergy;
mod condition;
mod deleted;
mod laboratory;
mod months;
mod overlay;
mod owner;
mod review;
mod window;

pub(crate) use allergy::{Allergen, allergen, says as says_allergy, verdict as allergy_verdict};
pub(crate) use condition::{
    Problem, is_code_only, is_nameless, is_suspected, parts as diagnosis_parts, problem, says as says_condition,
    spoken_name, verdict as condition_verdict,
};
pub(crate) use deleted::{deleted, is_deleted, still_shown};
pub(crate) use laboratory::{
    CARE_DAY, Collected, Status, effective, result_verdict, status, verdict as laboratory_verdict,
};
pub(crate) use months::{months, tell_lapsed};
pub(crate) use overlay::{Tag, decisions};
pub(crate) use owner::{Owner, owner};
pub(crate) use review::needs_review;
