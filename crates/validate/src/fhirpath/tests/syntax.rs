use super::{evaluate, with_focus};
use crate::fhirpath::{CompileError, CompileFault, Expression, MAX_HEIGHT, Outcome};

fn fault(text: &str) -> (usize, CompileFault) {
    let CompileError { position, what } = Expression::compile(text).expect_err(text);
    (position, what)
}

#[test]
fn precedence() {
    for (expression, expected) in [
        ("1 + 2 = 3 and 2 * 2 = 4", "true"),
        ("true or false and false", "true"),
        ("false implies true or false", "true"),
        ("true implies false implies true", "true"),
        ("1 | 2 = 1", "false"),
        ("-1 + 2", "1"),
        ("1 - 2 - 3", "-4"),
        ("2 > 1 = true", "true"),
        ("1 is Integer = true", "true"),
        ("'a' & 'b' = 'ab'", "true"),
        ("1 in (1 | 2) and true", "true"),
        ("contained.ofType(Patient).id is string implies true", "true"),
        ("descendants().where(as(code) = 'final').exists()", "true"),
        ("id.contains('o') and (id | status) contains 'o1'", "true"),
    ] {
        assert_eq!(evaluate(expression), expected, "{expression}");
    }
}

#[test]
fn what_is_not_known_is_refused_with_its_place() {
    use CompileFault::*;
    for (text, position, what) in [
        ("", 0, Expected("value")),
        ("id.", 3, Expected("name")),
        ("id and", 6, Expected("value")),
        ("(id", 3, Expected(")")),
        ("id)", 2, Expected("operator or end")),
        ("id id", 3, Expected("operator or end")),
        ("a[1", 3, Expected("]")),
        ("{1}", 1, Expected("}")),
        ("'abc", 0, Expected("closing quote")),
        ("'\\u12'", 0, Expected("four hexadecimal digits after \\u")),
        ("a /* b", 2, Expected("*/")),
        ("id.exists(a b)", 12, Expected(",")),
        ("id is", 5, Expected("type")),
        ("id is FHIR", 10, Expected(".")),
        ("and", 0, Expected("value")),
        ("$that", 0, Expected("value")),
        ("id # 1", 3, UnknownCharacter('#')),
        ("id.now()", 3, UnknownFunction("now".into())),
        ("today()", 0, UnknownFunction("today".into())),
        ("id.conformsTo('x')", 3, UnknownFunction("conformsTo".into())),
        ("1 + %factor", 4, UnknownVariable("factor".into())),
        ("id.where()", 3, Arguments { function: "where", given: 0 }),
        ("id.count(1)", 3, Arguments { function: "count", given: 1 }),
        ("id.matches()", 3, Arguments { function: "matches", given: 0 }),
        ("@2020-13", 0, Moment),
        ("@T", 0, Moment),
    ] {
        assert_eq!(fault(text), (position, what), "{text}");
    }
    assert!(matches!(fault("id.matches('(?=a)')"), (3, Pattern(_))));
    let error = Expression::compile("id.now()").unwrap_err();
    assert_eq!(error.to_string(), "function now() is not known (at byte 3)");
}

#[test]
fn height_is_limited_and_length_is_not() {
    let deep = |n: usize| format!("{}true{}", "iif(true,".repeat(n), ",false)".repeat(n));
    assert!(Expression::compile(&deep(MAX_HEIGHT - 2)).is_ok());
    for text in [
        deep(100_000),
        "(".repeat(100_000),
        "-".repeat(100_000),
        format!("a{}", ".a".repeat(100_000)),
        format!("a{}", "[0]".repeat(100_000)),
        format!("1{}", " + 1".repeat(100_000)),
        format!("a{}", " is B".repeat(100_000)),
        format!("a{}", ".where(b".repeat(100_000)),
        format!("a{}", " implies b".repeat(100_000)),
    ] {
        assert_eq!(fault(&text).1, CompileFault::TooDeep, "{}", &text[..20]);
    }
    for text in [format!("false{}", " or false".repeat(100_000)), format!("true{}", " and true".repeat(100_000))] {
        assert!(Expression::compile(&text).is_ok(), "{}", &text[..20]);
    }
}

/// The highest expressions over the deepest trees, on the stack of a test's thread.
#[test]
fn the_stack_suffices() {
    let levels = 250;
    let json = format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
    let n = MAX_HEIGHT - 4;
    for text in [
        format!("{}true{}", "iif(true,".repeat(n), ",false)".repeat(n)),
        format!("{}true{}", "a.all(".repeat(n), ")".repeat(n)),
        format!("a{}.exists()", ".a".repeat(n)),
        format!("{}a{}", "descendants().where(".repeat(6), ".exists())".repeat(6)),
        "a = a and (a | a).count() = 1".to_owned(),
    ] {
        let compiled = Expression::compile(&text).unwrap();
        let outcome = with_focus(&json, "", |cx, node| compiled.holds(cx, node));
        assert!(!matches!(outcome, Outcome::False), "{} {outcome:?}", &text[..20]);
    }
}
