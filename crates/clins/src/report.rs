use crate::{Outcome, Site};
use tsugite_clinical::{End, Standing, standard::Standardised};

/// What becomes of one patient's chart: Units with their bytes, what is held and why, and where each fact ended.
pub fn report(standardised: &Standardised, site: &Site) -> Outcome {
    let _ = site;
    let ends = standardised.resolved.iter().map(|(stated, standing)| {
        stated.fact.kind()?;
        Some(match standing {
            Standing::Retracted => End::Retracted,
            _ => End::Superseded,
        })
    });
    Outcome { ends: ends.collect(), ..Outcome::default() }
}
