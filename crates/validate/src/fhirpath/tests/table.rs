//! Every function and operator, with the empty collection and three-valued logic.

use super::{evaluate, evaluate_at, holds};
use crate::fhirpath::{EvaluationError, Outcome};

#[track_caller]
fn check(rows: &[(&str, &str)]) {
    for (expression, expected) in rows {
        assert_eq!(evaluate(expression), *expected, "{expression}");
    }
}

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

#[test]
fn existence() {
    check(&[
        ("id.exists()", "true"),
        ("nothing.exists()", "false"),
        ("{}.exists()", "false"),
        ("code.coding.exists(code = '2')", "true"),
        ("code.coding.exists(code = '3')", "false"),
        ("id.empty()", "false"),
        ("{}.empty()", "true"),
        ("code.coding.all(code.exists())", "true"),
        ("code.coding.all(display.exists())", "false"),
        ("code.coding.all({})", "false"),
        ("{}.all(false)", "true"),
        ("(true | true).allTrue()", "true"),
        ("(true | false).allTrue()", "false"),
        ("{}.allTrue()", "true"),
        ("(true | false).anyTrue()", "true"),
        ("{}.anyTrue()", "false"),
        ("(false | false).allFalse()", "true"),
        ("(true | false).allFalse()", "false"),
        ("{}.allFalse()", "true"),
        ("(true | false).anyFalse()", "true"),
        ("{}.anyFalse()", "false"),
        ("code.coding.count()", "2"),
        ("{}.count()", "0"),
        ("('a' | 'b').subsetOf('a' | 'b' | 'c')", "true"),
        ("('a' | 'd').subsetOf('a' | 'b' | 'c')", "false"),
        ("{}.subsetOf('a')", "true"),
        ("('a' | 'b').supersetOf('a')", "true"),
        ("'a'.supersetOf('a' | 'b')", "false"),
        ("'a'.supersetOf({})", "true"),
        ("code.coding.code.isDistinct()", "true"),
        ("code.coding.select('x').isDistinct()", "false"),
        ("{}.isDistinct()", "true"),
        ("{}.hasValue()", "false"),
        ("id.hasValue()", "true"),
        ("code.hasValue()", "false"),
        ("code.coding.code.hasValue()", "false"),
    ]);
}

#[test]
fn filters_and_parts() {
    check(&[
        ("code.coding.where(system = 'b').code", "'2'"),
        ("code.coding.where({}).code", ""),
        ("{}.where(true)", ""),
        ("code.coding.where($index = 1).code", "'2'"),
        ("code.coding.code.where($this > '1')", "'2'"),
        ("code.coding.where(display).code", "'1'"),
        ("code.coding.select(code & system)", "'1a' '2b'"),
        ("code.coding.select(display)", "'One'"),
        ("code.coding.select($index)", "0 1"),
        ("{}.select(1)", ""),
        ("repeat(contained | name).given", "'Taro' absent"),
        ("{}.repeat($this)", ""),
        ("1.repeat($this + 1).first()", "2"),
        ("1.repeat($this + 1).count()", "!TooCostly"),
        ("contained.ofType(Patient).id", "'p'"),
        ("contained.ofType(FHIR.Patient).id", "'p'"),
        ("contained.ofType(DomainResource).id", "'p'"),
        ("contained.ofType(Observation).id", ""),
        ("{}.ofType(Patient)", ""),
        ("(1 | 'a' | 1.5 | true).ofType(Integer)", "1"),
        ("(1 | 'a').ofType(System.String)", "'a'"),
        ("code.coding.first().code", "'1'"),
        ("code.coding.last().code", "'2'"),
        ("code.coding.tail().code", "'2'"),
        ("code.coding.skip(1).code", "'2'"),
        ("code.coding.skip(-1).code", "'1' '2'"),
        ("code.coding.skip({}).code", ""),
        ("code.coding.take(1).code", "'1'"),
        ("code.coding.take(0).code", ""),
        ("code.coding.take(9).code", "'1' '2'"),
        ("{}.first()", ""),
        ("{}.last()", ""),
        ("{}.tail()", ""),
        ("id.single()", "'o1'"),
        ("{}.single()", ""),
        ("code.coding.single()", "!Several"),
        ("code.coding.code | '2' | '3'", "'1' '2' '3'"),
        ("(1 | 1.0 | 2).count()", "2"),
        ("code.coding.code.union('2')", "'1' '2'"),
        ("code.coding.code.combine('2')", "'1' '2' '2'"),
        ("code.coding.code.combine('2').distinct()", "'1' '2'"),
        ("{}.combine('2')", "'2'"),
        ("{} | {}", ""),
        ("code.coding.code.intersect('2' | '3')", "'2'"),
        ("code.coding.intersect(component.code.coding).code", "'2'"),
        ("{}.intersect('a')", ""),
        ("code.coding.code.exclude('2')", "'1'"),
        ("{}.exclude('a')", ""),
        ("code.coding.code.aggregate($this & $total, 'x')", "'21x'"),
        ("{}.aggregate($this, 'x')", "'x'"),
        ("(1 | 2 | 3).aggregate($this + iif($total.empty(), 0, $total))", "6"),
        ("'1' in code.coding.code", "true"),
        ("'3' in ('1' | '2')", "false"),
        ("'3' in {}", "false"),
        ("{} in ('1' | '2')", ""),
        ("code.coding.code in ('1' | '2')", "!Several"),
        ("code.coding.code contains '1'", "true"),
        ("{} contains '1'", "false"),
        ("code contains {}", ""),
        ("contained.trace('x').id", "'p'"),
        ("contained.trace('x', id).id", "'p'"),
    ]);
}

#[test]
fn trees() {
    check(&[
        ("code.coding[1].children()", "'b' '2'"),
        ("contained.children().count()", "4"),
        ("status.children()", "'s' {url,valueCode}"),
        ("{}.children()", ""),
        ("code.descendants().count()", "8"),
        ("code.descendants().code", "'1' '2'"),
        ("descendants().where($this is Coding).code", "'1' '2' '2'"),
        ("{}.descendants()", ""),
        ("1.children()", ""),
    ]);
}

#[test]
fn types() {
    check(&[
        ("contained[0] is Patient", "true"),
        ("contained[0] is Resource", "true"),
        ("contained[0].is(Observation)", "false"),
        ("{} is Patient", ""),
        ("nothing.is(Patient)", ""),
        ("code.coding is Coding", "!Several"),
        ("value is Quantity", "true"),
        ("value is Element", "true"),
        ("referenceRange[0].low is Quantity", "true"),
        ("status is code", "true"),
        ("status is string", "true"),
        ("status is String", "true"),
        ("status is System.String", "true"),
        ("status is FHIR.String", "false"),
        ("component[0].value is Boolean", "true"),
        ("component[0].value is boolean", "true"),
        ("value.value is decimal", "true"),
        ("effective is dateTime", "true"),
        ("effective is DateTime", "true"),
        ("issued is instant", "true"),
        ("contained.birthDate is date", "true"),
        ("1 is Integer", "true"),
        ("1 is integer", "false"),
        ("1.0 is Decimal", "true"),
        ("@2020 is Date", "true"),
        ("@T10:00 is Time", "true"),
        ("1 'mg' is Quantity", "true"),
        ("id as Patient", ""),
        ("contained as Patient", "{resourceType,id,birthDate,active,name}"),
    ]);
}

#[test]
fn texts() {
    check(&[
        ("'あ𠮟b'.length()", "3"),
        ("''.length()", "0"),
        ("{}.length()", ""),
        ("'abc'.substring(1)", "'bc'"),
        ("'abc'.substring(1, 1)", "'b'"),
        ("'abc'.substring(1, 9)", "'bc'"),
        ("'abc'.substring(1, -1)", "''"),
        ("'abc'.substring(3)", ""),
        ("'abc'.substring(-1)", ""),
        ("'abc'.substring({})", ""),
        ("note[0].text.substring(1, 1)", "'𠮟'"),
        ("{}.substring(1)", ""),
        ("'abc'.indexOf('c')", "2"),
        ("'あいう'.indexOf('う')", "2"),
        ("'abc'.indexOf('x')", "-1"),
        ("'abc'.indexOf('')", "0"),
        ("'abc'.indexOf({})", ""),
        ("{}.indexOf('a')", ""),
        ("'abc'.startsWith('ab')", "true"),
        ("'abc'.startsWith('b')", "false"),
        ("{}.startsWith('b')", ""),
        ("'abc'.startsWith({})", ""),
        ("'abc'.endsWith('bc')", "true"),
        ("'abc'.endsWith('b')", "false"),
        ("{}.endsWith('b')", ""),
        ("'abc'.contains('b')", "true"),
        ("'abc'.contains('x')", "false"),
        ("{}.contains('b')", ""),
        ("'abc'.contains({})", ""),
        ("'AbC'.lower()", "'abc'"),
        ("'AbC'.upper()", "'ABC'"),
        ("{}.lower()", ""),
        ("{}.upper()", ""),
        ("'abcb'.replace('b', 'x')", "'axcx'"),
        ("'abc'.replace('b', {})", ""),
        ("{}.replace('b', 'x')", ""),
        (r"'a.b'.matches('^a\\.b$')", "true"),
        ("'axb'.matches('^a$')", "false"),
        ("'xax'.matches('a')", "true"),
        ("{}.matches('a')", ""),
        ("'a'.matches({})", ""),
        ("'a1'.matches('^' & 'a' & '[0-9]$')", "true"),
        ("'a'.matches('(' & '')", "!Pattern"),
        (r"'a.b.c'.replaceMatches('\\..*', '')", "'a'"),
        (r"'2020-05'.replaceMatches('(\\d+)-(\\d+)', '$2/$1')", "'05/2020'"),
        ("{}.replaceMatches('a', 'b')", ""),
        ("1.length()", "!WrongType"),
        ("code.coding.code.length()", "!Several"),
        ("'<div>x</div>'.htmlChecks()", "true"),
        ("'<p>x</p>'.htmlChecks()", "false"),
        ("{}.htmlChecks()", ""),
    ]);
}

#[test]
fn conversions() {
    check(&[
        ("'12'.toInteger()", "12"),
        ("'-1'.toInteger()", "-1"),
        ("'a'.toInteger()", ""),
        ("'1.5'.toInteger()", ""),
        ("true.toInteger()", "1"),
        ("{}.toInteger()", ""),
        ("'1.50'.toDecimal()", "1.50d"),
        ("1.toDecimal()", "1d"),
        ("'x'.toDecimal()", ""),
        ("{}.toDecimal()", ""),
        ("1.5.toString()", "'1.5'"),
        ("true.toString()", "'true'"),
        ("value.value.toString()", "'1.50'"),
        ("@2020.toString()", "'2020'"),
        ("(1 'mg').toString()", "'1 'mg''"),
        ("code.toString()", ""),
        ("{}.toString()", ""),
        ("'yes'.toBoolean()", "true"),
        ("0.toBoolean()", "false"),
        ("'x'.toBoolean()", ""),
        ("{}.toBoolean()", ""),
        ("'1.5 \\'mg\\''.toQuantity()", "1.5 'mg'"),
        ("'x'.toQuantity()", ""),
        ("{}.toQuantity()", ""),
        ("iif(true, 1, 2)", "1"),
        ("iif(false, 1, 2)", "2"),
        ("iif({}, 1, 2)", "2"),
        ("iif(false, 1)", ""),
        ("iif(true, 1, 1.length())", "1"),
        ("code.coding.iif(count() = 2, first().code, 'x')", "'1'"),
    ]);
}

#[test]
fn terminology_and_references() {
    check(&[
        ("code.coding[0].code.memberOf('known')", "true"),
        ("code.coding[1].code.memberOf('known')", "false"),
        ("code.coding[0].memberOf('known')", "true"),
        ("code.memberOf('known')", "true"),
        ("component[0].code.memberOf('known')", "false"),
        ("code.memberOf('unknown')", ""),
        ("{}.memberOf('known')", ""),
        ("code.memberOf({})", ""),
        ("code.coding.memberOf('known')", "!Several"),
        ("subject.memberOf('known')", "false"),
        ("subject.resolve().id", "'p'"),
        ("subject.reference.resolve().name.family", "'Yamada'"),
        ("subject.resolve().is(Patient)", "true"),
        ("code.resolve()", ""),
        ("{}.resolve()", ""),
    ]);
}
