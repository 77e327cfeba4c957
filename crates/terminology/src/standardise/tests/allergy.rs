use super::{Outcome, code, concept, run_with};
use crate::Tables;
use tsugite_clinical::{
    body::{Allergy, Body},
    policy::Policy,
    standard::{AllergyCategory, AllergyStandard, AllergyVerdict, Standard},
};

fn allergy(category: &str, allergen: &[&str], policy: &Policy) -> (AllergyStandard, Outcome) {
    let allergy = Allergy { category: Some(code(category)), allergen: concept(allergen), ..Allergy::default() };
    let outcome = run_with(vec![Body::Allergy(Box::new(allergy))], &Tables::embedded(), policy);
    let Standard::Allergy(standard) = &outcome.standards[0] else { panic!("no allergy") };
    ((**standard).clone(), outcome)
}

#[test]
fn allergens_and_categories() {
    use AllergyCategory::{Environment, Food, Medication};
    let policy = Policy::default();
    for (category, allergen, coded, expected, uncoded) in [
        ("FA^食物^HL70127", "J9FC12000000^貝類^J-FAGY", "J9FC12000000", Some(Food), false),
        ("PA^植物^HL70127", "J9NK12150000^ブタクサ^J-FAGY", "J9NK12150000", Some(Environment), false),
        ("MA^種々^HL70127", "J9NP14110000^ラテックス^J-FAGY", "J9NP14110000", Some(Environment), false),
        ("AA^動物^HL70127", "J9NJ12110000^犬^J-FAGY", "J9NJ12110000", Some(Environment), false),
        ("DA^薬剤^HL70127", "1124017F1030^某錠^YJ", "YCM1124017F1030", Some(Medication), false),
        ("DA^薬剤^HL70127", "2260701F1ZZZ^某液^YJ", "GCM2260701F1ZZZ", Some(Medication), false),
        ("DA^薬剤^HL70127", "123812902^カロナール錠^HOT9", "D9M000000000", Some(Medication), true),
        ("DA^薬剤^HL70127", "^ペニシリン系^", "D9M000000000", Some(Medication), true),
        ("FA^食物^HL70127", "12^そば^99XYZ", "D9F000000000", Some(Food), true),
        ("LA^花粉^HL70127", "5A1002216023023^スギ^JC10", "D9N000000000", Some(Environment), true),
        ("MA^種々^HL70127", "7^ほこり^99XYZ", "D9N000000000", None, true),
        ("MA^種々^HL70127", "123812902^カロナール錠^HOT9", "D9M000000000", Some(Medication), true),
        ("MC^禁忌^HL70127", "123812902^カロナール錠^HOT9", "D9M000000000", Some(Medication), true),
    ] {
        let (standard, outcome) = allergy(category, &[allergen], &policy);
        assert_eq!(&*standard.coding.unwrap().code, coded, "{allergen}");
        assert_eq!((standard.category, standard.uncoded), (expected, uncoded), "{allergen}");
        assert_eq!(standard.verdict, AllergyVerdict::Allergy);
        assert_eq!(outcome.unmapped.len(), usize::from(uncoded), "{allergen}");
    }
}

#[test]
fn contraindications_of_unclear_things_are_left_to_a_person() {
    let unclear = ["J9NT11000000^アルコール^J-FAGY", "1^造影剤^99XYZ"];
    for allergen in unclear {
        let (standard, _) = allergy("MC^禁忌^HL70127", &[allergen], &Policy::default());
        assert_eq!(standard.verdict, AllergyVerdict::ContraindicationUnclear, "{allergen}");
    }
    let mut policy = Policy::default();
    policy.allergy.contraindicated_drugs = vec!["造影剤".into()];
    let (standard, _) = allergy("MC^禁忌^HL70127", &[unclear[1]], &policy);
    assert_eq!((standard.category, standard.verdict), (Some(AllergyCategory::Medication), AllergyVerdict::Allergy));
}

#[test]
fn no_known_allergy_is_no_allergy_and_disagreement_is_told() {
    for allergen in ["0^なし^99XYZ", "^特になし^", "^－^", "^(なし)^", "^^"] {
        let (standard, outcome) = allergy("DA^薬剤^HL70127", &[allergen], &Policy::default());
        assert_eq!(standard.verdict, AllergyVerdict::NoKnownAllergy, "{allergen}");
        assert!(outcome.unmapped.is_empty());
    }
    let (standard, outcome) = allergy("DA^薬剤^HL70127", &["J9FC12000000^貝類^J-FAGY"], &Policy::default());
    assert_eq!(standard.category, Some(AllergyCategory::Medication));
    assert_eq!(outcome.codes(), ["TERM-021"]);
}
