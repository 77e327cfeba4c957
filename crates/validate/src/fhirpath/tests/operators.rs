//! Literals, paths and operators, with the empty collection and three-valued logic.

use super::{check, evaluate, evaluate_at, holds};
use crate::fhirpath::{EvaluationError, Outcome};

#[test]
fn literals() {
    check(&[
        ("{}", ""),
        ("true", "true"),
        ("false", "false"),
        ("12", "12"),
        ("1.50", "1.50d"),
        ("-3", "-3"),
        ("+3", "3"),
        ("-1.5", "-1.5d"),
        (r"'a\'b\\c\/\t\u3042\-'", "'a'b\\c/\tあ-'"),
        ("@2020", "@2020"),
        ("@2020-02-29", "@2020-02-29"),
        ("@2020T", "@2020"),
        ("@2020-02-29T10:00:00.5+09:00", "@2020-02-29T10:00:00.5+09:00"),
        ("@T10:30", "@10:30"),
        ("4 days", "4 'd'"),
        ("10 'mg'", "10 'mg'"),
        ("-(10 'mg')", "-10 'mg'"),
        ("%ucum", "'http://unitsofmeasure.org'"),
        ("%sct", "'http://snomed.info/sct'"),
        ("%loinc", "'http://loinc.org'"),
        ("%`vs-a-b`", "'http://hl7.org/fhir/ValueSet/a-b'"),
        ("%`ext-a`", "'http://hl7.org/fhir/StructureDefinition/a'"),
        ("id // comment\n", "'o1'"),
        ("/* a */ id /* b */", "'o1'"),
    ]);
}

#[test]
fn paths_and_choices() {
    check(&[
        ("id", "'o1'"),
        ("Observation.id", "'o1'"),
        ("Patient.id", ""),
        ("nothing.at.all", ""),
        ("code.coding.code", "'1' '2'"),
        ("code.`coding`.code", "'1' '2'"),
        ("note[1].text", "'c'"),
        ("note[2].text", ""),
        ("note[-1].text", ""),
        ("note[{}].text", ""),
        ("value.unit", "'mg'"),
        ("value.ofType(Quantity).unit", "'mg'"),
        ("value.ofType(string)", ""),
        ("(value as Quantity).unit", "'mg'"),
        ("value.as(Quantity).unit", "'mg'"),
        ("effective", "'2020-02-29T10:00:00+09:00'"),
        ("valueQuantity.unit", "'mg'"),
        // No choice by the model, though a member of that form is there.
        ("referenceRange.lo", ""),
        ("note.author", "'Dr'"),
        ("component.value", "false absent"),
        ("component.value.id", "'v'"),
        ("status.id", "'s'"),
        ("status.extension.value", "'x'"),
        ("status.extension('http://e').value", "'x'"),
        ("status.extension('http://f').value", ""),
        ("status.extension({})", ""),
        ("contained.name.given", "'Taro' absent"),
        ("contained.name.given.id", "'g2'"),
        ("contained.name.given.hasValue()", "false"),
        ("contained.name.given[0].hasValue()", "true"),
        ("contained.name.given[1].hasValue()", "false"),
        ("contained.name.given[1].getValue()", ""),
        ("status.getValue()", "'final'"),
        ("%resource.id", "'o1'"),
        ("%rootResource.id", "'o1'"),
        ("contained.select(%context.id)", "'o1'"),
        ("contained.resourceType", "'Patient'"),
        ("1.id", ""),
    ]);
    assert_eq!(evaluate_at("status", "extension.url"), "'http://e'");
    assert_eq!(evaluate_at("_status", "$this"), "'final'");
    assert_eq!(evaluate_at("_status", "id"), "'s'");
    assert_eq!(evaluate_at("contained.0.name.0.given.0", "hasValue()"), "true");
    assert_eq!(evaluate_at("contained.0.name.0._given.1", "hasValue() or id.exists()"), "true");
    assert_eq!(evaluate_at("contained.0", "birthDate < @2000-01-02 and %resource.id = 'o1'"), "true");
    assert_eq!(evaluate_at("component.1._valueString", "hasValue()"), "false");
}

#[test]
fn three_valued_logic() {
    let values = ["true", "false", "{}"];
    let table = |operator: &str| -> Vec<String> {
        let pairs = values.iter().flat_map(|a| values.iter().map(move |b| (a, b)));
        pairs.map(|(a, b)| evaluate(&format!("{a} {operator} {b}"))).collect()
    };
    assert_eq!(table("and"), ["true", "false", "", "false", "false", "false", "", "false", ""]);
    assert_eq!(table("or"), ["true", "true", "true", "true", "false", "", "true", "", ""]);
    assert_eq!(table("xor"), ["false", "true", "", "true", "false", "", "", "", ""]);
    assert_eq!(table("implies"), ["true", "false", "", "true", "true", "true", "true", "", ""]);
    check(&[
        ("true.not()", "false"),
        ("false.not()", "true"),
        ("{}.not()", ""),
        ("true and true and {}", ""),
        ("false or {} or true", "true"),
        // A single value of any other type counts as true.
        ("id and true", "true"),
        ("component[0].value and true", "false"),
        ("id.not()", "false"),
        ("code.coding and true", "!Several"),
    ]);
    for (expression, expected) in [
        ("id = 'o1'", Outcome::True),
        ("id = 'o2'", Outcome::False),
        ("nothing = 'o2'", Outcome::Empty),
        ("id", Outcome::True),
        ("code.coding", Outcome::Error(EvaluationError::Several)),
        ("id < 1", Outcome::Error(EvaluationError::NotComparable)),
    ] {
        assert_eq!(holds(expression), expected, "{expression}");
    }
}

#[test]
fn equality_and_equivalence() {
    check(&[
        ("1 = 1.0", "true"),
        ("1.5 = value.value", "true"),
        ("1 = 2", "false"),
        ("1 = '1'", "false"),
        ("'a' = 'A'", "false"),
        ("'a' ~ 'A'", "true"),
        ("'a  b' ~ ' A B'", "true"),
        ("code.text ~ 'two words'", "true"),
        ("1.25 ~ 1.3", "true"),
        ("1.25 !~ 1.4", "true"),
        ("{} = {}", ""),
        ("{} = 1", ""),
        ("1 != {}", ""),
        ("{} ~ {}", "true"),
        ("{} ~ 1", "false"),
        ("{} !~ 1", "true"),
        ("true = true", "true"),
        ("true != false", "true"),
        ("code.coding.code = ('1' | '2')", "true"),
        ("code.coding.code = ('2' | '1')", "false"),
        ("code.coding.code ~ ('2' | '1')", "true"),
        ("code.coding.code = '1'", "false"),
        ("code.coding[1] = component[0].code.coding", "true"),
        ("code.coding[0] = component[0].code.coding", "false"),
        ("effective = issued", "true"),
        ("effective = @2020-02-29T01:00:00Z", "true"),
        ("effective = @2020-02-29", ""),
        ("effective = @2020-03", "false"),
        ("effective != @2020-03", "true"),
        ("@2020 = @2020-01", ""),
        ("note[0].time = @2020", "true"),
        ("note[0].text = @2020", "false"),
        ("1 'mg' = value", "false"),
        ("1.5 'mg' = value", "true"),
        ("1.5 'g' = value", ""),
        ("'2020' = @2020", "false"),
    ]);
}

#[test]
fn order() {
    check(&[
        ("1 < 2", "true"),
        ("2 <= 2.0", "true"),
        ("1.10 > 1.9", "false"),
        ("3 >= 4", "false"),
        ("'a' < 'b'", "true"),
        ("{} < 1", ""),
        ("1 > {}", ""),
        ("@2020 < @2021-01", "true"),
        ("@2020 < @2020-02", ""),
        ("@T10:00 < @T11:00", "true"),
        ("@T10:00 < @2020", "!NotComparable"),
        ("effective >= issued", "true"),
        ("effective > @2020-02-28", "true"),
        ("effective > @2020-02-29", ""),
        ("referenceRange[0].low <= referenceRange[0].high", "true"),
        ("referenceRange[1].low <= referenceRange[0].high", ""),
        ("value > 1 'mg'", "true"),
        ("value.value > 1.49", "true"),
        ("1 < 'a'", "!NotComparable"),
        ("true < false", "!NotComparable"),
        ("code.coding.code < '3'", "!Several"),
    ]);
}

#[test]
fn calculation() {
    check(&[
        ("1 + 2", "3"),
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("0.1 + 0.2", "0.3d"),
        ("1 - 2.5", "-1.5d"),
        ("2 * 1.5", "3.0d"),
        ("1 / 4", "0.25d"),
        ("1 / 0", ""),
        ("7 div 2", "3"),
        ("-7 div 2", "-3"),
        ("7.5 div 2", "3"),
        ("1 div 0", ""),
        ("7 mod 2", "1"),
        ("7.5 mod 2", "1.5d"),
        ("1 mod 0", ""),
        ("9223372036854775807 + 1", ""),
        ("1 + {}", ""),
        ("'a' + 'b'", "'ab'"),
        ("'a' + {}", ""),
        ("'a' & {}", "'a'"),
        ("{} & {}", "''"),
        ("'#' + id", "'#o1'"),
        ("id & status", "'o1final'"),
        ("1 + 'a'", "!WrongType"),
        ("-id", "!WrongType"),
        ("code.coding.count() + note.count() > 3", "true"),
    ]);
}
