use super::{concept, run, run_with};
use crate::Tables;
use tsugite_clinical::{
    DateTime,
    body::{Body, CheckupItem, CheckupValue, Code},
    policy::Policy,
    standard::{CheckupStandard, Standard, Value},
};

const ITEM: &str = "1.2.392.200119.6.1005";

fn item(code: &str, value: CheckupValue) -> CheckupItem {
    CheckupItem { item: concept(&[&format!("{code}^^{ITEM}")]), value, ..CheckupItem::default() }
}

fn quantity(value: &str, unit: &str) -> CheckupValue {
    CheckupValue::Quantity { value: value.into(), unit: (!unit.is_empty()).then(|| unit.into()) }
}

fn coded(code: &str, display: &str, system: &str) -> CheckupValue {
    CheckupValue::Coded(Code { code: code.into(), display: display.into(), system: system.into() })
}

fn of(item: CheckupItem, tables: &Tables) -> CheckupStandard {
    let outcome = run_with(vec![Body::CheckupItem(Box::new(item))], tables, &Policy::default());
    match outcome.standards.into_iter().next() {
        Some(Standard::CheckupItem(standard)) => *standard,
        other => panic!("{other:?}"),
    }
}

/// As the package has them, of a few codes.
fn packaged() -> Tables {
    let system = |url: &str, concepts: &str| {
        format!(r#"{{"resourceType":"CodeSystem","url":"{url}","content":"complete","concept":[{concepts}]}}"#)
    };
    let resources = [
        system("urn:oid:1.2.392.200119.6.1005", r#"{"code":"9N001000000000001","display":"身長"}"#),
        system("urn:oid:1.2.392.200119.4.504", r#"{"code":"5D305000002399811","display":"PSA"}"#),
        system("urn:oid:1.2.392.200119.6.2100", r#"{"code":"1","display":"陽性"},{"code":"2","display":"陰性"}"#),
        system("urn:oid:1.2.392.200119.6.1007", r#"{"code":"9N01610000","display":"実測"}"#),
    ];
    let named = resources.iter().map(|json| ("checkup.json", json.as_bytes()));
    Tables::embedded().with_package_code_systems(named, &mut Vec::new())
}

#[test]
fn values_are_what_the_report_says() {
    let tables = Tables::embedded();
    let absent = |reason, text: &str| Value::Absent { reason, text: text.into() };
    for (value, expected) in [
        (CheckupValue::NotPerformed, absent("not-performed", "未実施")),
        (CheckupValue::NotMeasurable, absent("error", "測定不能")),
        (CheckupValue::Absent, absent("unknown", "結果値なし")),
        (CheckupValue::Text(" 左軸偏位 ".into()), Value::Text("左軸偏位".into())),
        (quantity("約5", "回"), Value::Text("約5 回".into())),
    ] {
        assert_eq!(of(item("9N001000000000001", value), &tables).value, Some(expected));
    }
    for (number, unit, expected, ucum) in [
        ("１７０．２", "cm", "170.2", Some("cm")),
        ("130", "mm[Hg]", "130", Some("mm[Hg]")),
        ("23.50", "kg/m2", "23.50", Some("kg/m2")),
        ("3", "未知単位", "3", None),
    ] {
        let Some(Value::Quantity { comparator: None, number, unit: Some(found) }) =
            of(item("9N001000000000001", quantity(number, unit)), &tables).value
        else {
            panic!("{number} {unit}")
        };
        assert_eq!((number.as_str(), found.ucum.as_deref()), (expected, ucum), "{unit}");
    }
}

#[test]
fn a_package_names_items_results_and_methods() {
    let tables = packaged();
    let height = of(item("9N001000000000001", quantity("170", "cm")), &tables);
    let code = height.code.unwrap();
    assert_eq!(
        (&*code.system, &*code.display, height.text.as_str()),
        ("urn:oid:1.2.392.200119.6.1005", "身長", "身長")
    );
    let other = of(item("5D305000002399811", quantity("1", "ng/mL")), &tables).code.unwrap();
    assert_eq!((&*other.system, &*other.display), ("urn:oid:1.2.392.200119.4.504", "PSA"));
    assert_eq!(of(item("9N999000000000001", quantity("1", "")), &tables).code, None, "no code that the centre refuses");

    let positive = of(item("9N001000000000001", coded("1", "＋", "1.2.392.200119.6.2100")), &tables).value;
    let Some(Value::Coded { codings, text }) = positive else { panic!("{positive:?}") };
    assert_eq!(
        (&*codings[0].system, &*codings[0].display, text.as_str()),
        ("urn:oid:1.2.392.200119.6.2100", "陽性", "＋")
    );
    let unknown = of(item("9N001000000000001", coded("9", "判定保留", "1.2.392.200119.6.2100")), &tables).value;
    assert_eq!(unknown, Some(Value::Coded { codings: vec![], text: "判定保留".into() }));

    let method = Some(Code { code: "9N01610000".into(), ..Code::default() });
    let measured = of(CheckupItem { method, ..item("9N001000000000001", quantity("86", "cm")) }, &tables);
    assert_eq!(&*measured.method.unwrap().display, "実測");
}

#[test]
fn an_item_gives_its_number_the_unit_that_the_source_leaves_out() {
    let site = Tables::embedded().with_operator_files(
        [("checkup-items.csv", "code,unit,list\n9N001000000000001,m,\n9N006000000000001,,\n")],
        &mut Vec::new(),
    );
    let embedded = Tables::embedded();
    for (tables, code, number, written, expected) in [
        (&embedded, "9N001000000000001", "155.4", "", Some("cm")),
        (&embedded, "9N001000000000001", "155.4", " ", Some("cm")),
        (&embedded, "9N001000000000001", "1.554", "m", Some("m")),
        (&embedded, "9A751000000000001", "112", "", Some("mm[Hg]")),
        (&embedded, "3D046000001906202", "5.4", "", Some("%")),
        (&embedded, "2A020000001930101", "450", "", Some("10*4/uL")),
        (&embedded, "8A065000002391901", "78.5", "", Some("mL/min/{1.73_m2}")),
        // Written in several powers, or without a unit: nothing is guessed.
        (&embedded, "2A010000001930101", "5600", "", None),
        (&embedded, "9E160162100000001", "1.2", "", None),
        (&site, "9N001000000000001", "1.554", "", Some("m")),
        (&site, "9N006000000000001", "48.6", "", None),
    ] {
        let Some(Value::Quantity { unit, .. }) = of(item(code, quantity(number, written)), tables).value else {
            panic!("{code}")
        };
        assert_eq!(unit.and_then(|unit| unit.ucum).as_deref(), expected, "{code} {number} {written}");
    }
    let words = of(item("9N001000000000001", quantity("約155", "")), &embedded).value;
    assert_eq!(words, Some(Value::Text("約155".into())), "a unit for numbers only");
}

#[test]
fn an_item_gives_its_code_the_list_that_the_source_leaves_out() {
    let list = |number: &str| Some(format!("urn:oid:1.2.392.200119.6.{number}"));
    for (code, number, system, day, expected) in [
        ("9N056000000000011", "２", "", "20260531", list("2001")),
        ("1A010000000190111", "1", "", "20260531", list("2102")),
        ("9N946000000000011", "1", "", "20260531", list("19150")),
        ("9N056000000000011", "2", "1.2.392.200119.6.2002", "20260531", list("2002")),
        ("9N056000000000011", "2", "99LOCAL", "20260531", None),
        ("9N056000000000011", "なし", "", "20260531", None),
        ("9N056000000000011", "", "", "20260531", None),
        // 「以前は吸っていた」 of this list was 「いいえ」 of the one before it.
        ("9N736000000000011", "2", "", "20240401", list("24060")),
        ("9N736000000000011", "2", "", "20240331", None),
        ("9N736000000000011", "2", "", "2024", None),
        ("9N736000000000011", "2", "", "", None),
        ("5F016141002399811", "2", "", "20260531", None),
    ] {
        let performed = DateTime::parse_hl7(day);
        let answer = CheckupItem { performed, ..item(code, coded(number, "", system)) };
        let Some(Value::Coded { codings, .. }) = of(answer, &Tables::embedded()).value else { panic!("{code}") };
        let found = codings.first().map(|coding| coding.system.to_string());
        assert_eq!(found, expected, "{code} {number} {system} {day}");
    }
    // With the list installed: its own name, and no code that it lacks.
    let named = |list: &str, number: &str| {
        let json = format!(
            r#"{{"resourceType":"CodeSystem","url":"urn:oid:1.2.392.200119.6.{list}","content":"complete","concept":[{{"code":"2","display":"特記すべきことなし"}}]}}"#
        );
        let items = r#"{"resourceType":"CodeSystem","url":"urn:oid:1.2.392.200119.6.1005","content":"complete","concept":[{"code":"9N056000000000011","display":"既往歴"}]}"#;
        let resources = [("list.json", json.as_bytes()), ("items.json", items.as_bytes())];
        let tables = Tables::embedded().with_package_code_systems(resources, &mut Vec::new());
        match of(item("9N056000000000011", coded(number, "", "")), &tables).value {
            Some(Value::Coded { codings, text }) => (codings.len(), text),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(named("2001", "2"), (1, "特記すべきことなし".into()));
    assert_eq!(named("2001", "7"), (0, "7".into()));
}

#[test]
fn a_code_with_two_names_keeps_that_of_the_report() {
    let system = |display: &str| {
        format!(
            r#"{{"resourceType":"CodeSystem","url":"urn:oid:1.2.392.200119.6.2102","content":"complete","concept":[{{"code":"1","display":"{display}"}}]}}"#
        )
    };
    let resources = [system("－"), system("+")];
    let named = resources.iter().map(|json| ("results.json", json.as_bytes()));
    let tables = Tables::embedded().with_package_code_systems(named, &mut Vec::new());
    for (written, expected) in [("－", "－"), ("", "1")] {
        let value = of(item("9N001000000000001", coded("1", written, "1.2.392.200119.6.2102")), &tables).value;
        let Some(Value::Coded { codings, text }) = value else { panic!("{value:?}") };
        assert_eq!((&*codings[0].display, text.as_str()), (written, expected));
    }
}

#[test]
fn without_a_package_codes_go_as_written() {
    let named = CheckupItem { item: concept(&["9N001000000000001^身長（cm）^"]), ..CheckupItem::default() };
    let standard = of(named, &Tables::embedded());
    assert_eq!(&*standard.code.unwrap().display, "身長（cm）");
    let value = of(item("9N001000000000001", coded("1", "", "1.2.392.200119.6.2100")), &Tables::embedded()).value;
    assert!(matches!(value, Some(Value::Coded { codings, .. }) if codings.len() == 1));
    let local = run(vec![Body::CheckupItem(Box::new(CheckupItem {
        item: concept(&["HEIGHT^身長^99LOCAL"]),
        ..CheckupItem::default()
    }))]);
    assert!(matches!(&local.standards[0], Standard::CheckupItem(it) if it.code.is_none() && it.text == "身長"));
    assert_eq!(local.unmapped[0].kind, "checkup_item");
}

#[test]
fn flags_and_ranges_are_those_of_the_profile() {
    let tables = Tables::embedded();
    for (flags, expected) in [
        (vec!["H"], Some("H")),
        (vec!["ＬＸ"], Some("LX")),
        (vec!["HX"], Some("HX")),
        (vec!["?", "N"], Some("N")),
        (vec![], None),
    ] {
        let flags: Vec<String> = flags.into_iter().map(str::to_owned).collect();
        let found =
            of(CheckupItem { flags, ..item("9N001000000000001", CheckupValue::Absent) }, &tables).interpretations;
        assert_eq!(found.first().map(|coding| &*coding.code), expected);
    }
    let ranged = |low: &str, high: &str| {
        let end = |end: &str| (!end.is_empty()).then(|| end.to_owned());
        let item = CheckupItem { low: end(low), high: end(high), ..item("9N001000000000001", CheckupValue::Absent) };
        of(item, &tables).range.map(|range| (range.low, range.high, range.text))
    };
    assert_eq!(ranged("４．６", "5.5"), Some((Some("4.6".into()), Some("5.5".into()), None)));
    assert_eq!(ranged("40", ""), Some((Some("40".into()), None, None)));
    assert_eq!(ranged("陰性", "5"), Some((None, None, Some("陰性～5".into()))));
    assert_eq!(ranged("", ""), None);
}
