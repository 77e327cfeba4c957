//! The tables against the official package, where it lies beside the checkout (`../shared/fhir-packages`); skipped elsewhere.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod chart;
mod masters;
mod package;

use std::collections::BTreeSet;
use tsugite_clinical::standard::SharedCode;
use tsugite_terminology::Tables;

fn shared(lab: &SharedCode) -> Option<(&str, &str, &str)> {
    match lab {
        SharedCode::Core(coding) => Some(("Core", &coding.code, &coding.display)),
        SharedCode::Infection(coding) => Some(("Infection", &coding.code, &coding.display)),
        SharedCode::Uncoded(_) => None,
    }
}

/// Without packages every code that is sent as shared is on the official list, with its display: also for methods and materials
/// that a laboratory might combine with the item.
#[test]
fn patterns_never_say_what_the_official_list_does_not() {
    let Some(package) = package::Package::read() else { return };
    let leaves: Vec<_> =
        package.jlac10().filter(|leaf| !leaf.item.contains("P24") && leaf.item != "HIV-1P2-AB-OD").collect();
    let part = |from: usize, to: usize| -> BTreeSet<&str> { leaves.iter().map(|leaf| &leaf.code[from..to]).collect() };
    let mut codes: BTreeSet<String> = package::sample_codes();
    println!("{} JLAC10 codes in the samples", codes.len());
    for leaf in &leaves {
        let (analyte, result) = (&leaf.code[..9], &leaf.code[15..]);
        codes.insert(leaf.code.clone());
        codes.extend(part(12, 15).iter().map(|method| format!("{}{method}{result}", &leaf.code[..12])));
        codes.extend(part(9, 12).iter().map(|material| format!("{analyte}{material}{}", &leaf.code[12..])));
        codes.extend(part(15, 17).iter().map(|result| format!("{}{result}", &leaf.code[..15])));
        codes.extend(["000", "998", "999", "---"].map(|method| format!("{}{method}{result}", &leaf.code[..12])));
        codes.insert(leaf.code[..15].to_owned());
    }
    let codes: Vec<String> = codes.into_iter().collect();
    let mut hits = BTreeSet::new();
    for (code, lab) in codes.iter().zip(chart::labs(&codes, &Tables::embedded())) {
        let Some(found) = lab.shared.as_ref().and_then(shared) else { continue };
        let official = package.find(found.1).unwrap_or_else(|| panic!("{code} → {found:?} is not on the list"));
        assert_eq!((official.list, official.display.as_str()), (found.0, found.2), "{code}");
        assert_eq!(code[..12], found.1[..12], "{code} → {found:?}: another item or material");
        hits.insert(found.1.to_owned());
    }
    println!("{} codes tried, {} of {} official codes known without a package", codes.len(), hits.len(), leaves.len());
    assert!(hits.len() * 100 > leaves.len() * 60, "the patterns know too little: {} of {}", hits.len(), leaves.len());
}

/// With the package every official code is shared under its display, but for those withdrawn later, and no other is.
#[test]
fn an_installed_package_rules() {
    let Some(package) = package::Package::read() else { return };
    let mut issues = Vec::new();
    let resources = package.resources.iter().map(|(name, json)| (name.as_str(), json));
    let tables = Tables::embedded().with_package_code_systems(resources, &mut issues);
    assert!(issues.is_empty(), "{issues:?}");
    for (system, leaves) in [("JC10", package.jlac10().collect::<Vec<_>>()), ("JC11", package.jlac11().collect())] {
        assert!(leaves.len() > 900, "{system}: {}", leaves.len());
        let codes: Vec<String> = leaves.iter().map(|leaf| format!("{}^x^{system}", leaf.code)).collect();
        for (leaf, lab) in leaves.iter().zip(chart::labs_of(&codes, &tables)) {
            let found = lab.shared.as_ref().and_then(shared);
            if leaf.item.contains("P24") || leaf.item == "HIV-1P2-AB-OD" {
                assert!(matches!(lab.shared, Some(SharedCode::Uncoded(_))) && lab.general.is_none(), "{}", leaf.code);
            } else {
                assert_eq!(found, Some((leaf.list, leaf.code.as_str(), leaf.display.as_str())));
            }
        }
    }
    let codes: Vec<String> = package::sample_codes().into_iter().collect();
    for (code, lab) in codes.iter().zip(chart::labs(&codes, &tables)) {
        let found = lab.shared.as_ref().and_then(shared).map(|(_, code, _)| code.to_owned());
        // "Method not known" is found under "other method".
        let other = || package.find(&format!("{}999{}", &code[..12], &code[15..]));
        let unknown = matches!(&code[12..15], "000" | "998");
        let expected = package.find(code).or_else(|| other().filter(|_| unknown));
        let expected = expected.filter(|leaf| !leaf.item.contains("P24") && leaf.item != "HIV-1P2-AB-OD");
        assert_eq!(found, expected.map(|leaf| leaf.code.clone()), "{code}");
    }
}
