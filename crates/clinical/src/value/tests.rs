use super::*;
use proptest::prelude::*;

struct Words;

impl Vocabulary for Words {
    fn qualitative(&self, key: &str) -> Option<Qualitative> {
        let word = match key {
            "陰性" | "検出せず" => "neg",
            "陽性" | "★陽性★" => "pos",
            "判定保留" => "hold",
            "±" => "+-",
            "++" => "2+",
            other => other,
        };
        let bare = word.strip_prefix('(').and_then(|w| w.strip_suffix(')')).unwrap_or(word);
        Qualitative::from_name(match bare {
            "±" => "+-",
            "1+" => "+",
            bare => bare,
        })
    }

    fn absence(&self, key: &str) -> Option<&'static str> {
        match key {
            "検体不足" | "未検査" => Some("not-performed"),
            "溶血" | "測定不能" => Some("error"),
            "----" => Some("unknown"),
            _ => None,
        }
    }

    fn is_unit(&self, text: &str) -> bool {
        ["mg/dl", "g/dl", "%", "/hpf", "iu/ml"].contains(&text.to_ascii_lowercase().as_str())
    }
}

fn number(text: &str) -> Reading {
    measured(None, text, None, false)
}

fn measured(comparator: Option<Comparator>, text: &str, unit: Option<&str>, titre: bool) -> Reading {
    let number = Number::parse(text).unwrap();
    Reading::Measurement(Measurement { comparator, number, unit: unit.map(str::to_owned), titre })
}

fn read(text: &str) -> Readings {
    parse(text, &Words)
}

#[track_caller]
fn one(text: &str, expected: Reading) {
    assert_eq!(read(text), Readings::One(expected), "{text:?}");
}

#[test]
fn numbers_keep_their_digits_and_become_legal_decimals() {
    for (written, legal) in [
        ("4.10", "4.10"),
        ("0", "0"),
        ("-5", "-5"),
        ("-0.3", "-0.3"),
        (" 12.0 ", "12.0"),
        ("６７１４", "6714"),
        ("１２．５", "12.5"),
        ("−2.1", "-2.1"),
        (".5", "0.5"),
        ("5.", "5"),
        ("007.50", "7.50"),
        ("1,234", "1234"),
        ("12,345,678.9", "12345678.9"),
        ("+2.3", "2.3"),
        ("50×10^2", "5000"),
        ("５０×１０＾２", "5000"),
        ("1.5×10^3", "1500"),
        ("1.25x10^1", "12.5"),
        ("10^4", "10000"),
        ("10の4乗", "10000"),
        ("10^-3", "0.001"),
        ("2E3", "2000"),
        ("1.2e-2", "0.012"),
    ] {
        one(written, number(legal));
    }
    for text in ["12,34", "1.2.3", "+5", "1 000", "10^99", "2023-01-01", "5^3", "1234567890123456789012345678901"] {
        one(text, Reading::Text(text.to_owned()));
    }
}

#[test]
fn comparators_stand_on_either_side() {
    use Comparator::{Greater, GreaterOrEqual, Less, LessOrEqual};
    for (written, comparator, value, unit) in [
        ("<0.5", Less, "0.5", None),
        ("< 0.5", Less, "0.5", None),
        ("<^0.5", Less, "0.5", None),
        ("0.5>", Less, "0.5", None),
        ("0.5未満", Less, "0.5", None),
        ("＜0.5", Less, "0.5", None),
        (":<0.5", Less, "0.5", None),
        ("<0.5未満", Less, "0.5", None),
        ("L300", Less, "300", None),
        ("↓5", Less, "5", None),
        ("0.1以下", LessOrEqual, "0.1", None),
        ("≦0.1", LessOrEqual, "0.1", None),
        ("<=0.10", LessOrEqual, "0.10", None),
        ("100以上", GreaterOrEqual, "100", None),
        ("≧100", GreaterOrEqual, "100", None),
        ("↑200", Greater, "200", None),
        (">1,000", Greater, "1000", None),
        ("200<", Greater, "200", None),
        ("200超", Greater, "200", None),
        ("0.5mg/dL未満", Less, "0.5", Some("mg/dL")),
        ("<0.5ｍｇ／ｄｌ", Less, "0.5", Some("mg/dl")),
    ] {
        one(written, measured(Some(comparator), value, unit, false));
    }
    one("<0.5以上", Reading::Text("<0.5以上".into()));
    one("Lo", Reading::Text("Lo".into()));
    one("<", Reading::Text("<".into()));
}

#[test]
fn units_titres_ranges_and_fractions() {
    one("4.9g/dl", measured(None, "4.9", Some("g/dl"), false));
    one("12.3 %", measured(None, "12.3", Some("%"), false));
    one("12.3 km", Reading::Text("12.3 km".into()));
    one("×80", measured(None, "80", None, true));
    one("80倍", measured(None, "80", None, true));
    one("×80倍", measured(None, "80", None, true));
    one("8倍未満", measured(Some(Comparator::Less), "8", None, true));
    one("<8", measured(Some(Comparator::Less), "8", None, false));
    let range = |low: &str, high: &str, unit: Option<&str>| Reading::Range {
        low: Number::parse(low).unwrap(),
        high: Number::parse(high).unwrap(),
        unit: unit.map(str::to_owned),
    };
    one("1-4", range("1", "4", None));
    one("１～４", range("1", "4", None));
    one("^1^-^4", range("1", "4", None));
    one("5-9 /HPF", range("5", "9", Some("/HPF")));
    one("9-5", Reading::Text("9-5".into()));
    one("03-1234", Reading::Text("03-1234".into()));
    let fraction =
        Reading::Fraction { numerator: Number::parse("52").unwrap(), denominator: Number::parse("3").unwrap() };
    one("52/3", fraction);
    one("1:128", Reading::Text("1:128".into()));
}

#[test]
fn qualitative_and_absent_words_come_from_the_tables() {
    for (written, meaning) in [
        ("(-)", Qualitative::Minus),
        ("  -", Qualitative::Minus),
        ("－", Qualitative::Minus),
        ("(−)", Qualitative::Minus),
        ("陰性", Qualitative::Negative),
        ("検出せず", Qualitative::Negative),
        ("  +", Qualitative::Plus(1)),
        ("±", Qualitative::PlusMinus),
        (" 2 +", Qualitative::Plus(2)),
        ("^2^+", Qualitative::Plus(2)),
        ("(2+)", Qualitative::Plus(2)),
        ("++", Qualitative::Plus(2)),
        ("３＋", Qualitative::Plus(3)),
        ("★陽性★", Qualitative::Positive),
        ("判定保留", Qualitative::OnHold),
    ] {
        one(written, Reading::Qualitative { meaning, text: written.trim().to_owned() });
    }
    for (written, reason) in [
        ("検体不足", "not-performed"),
        ("溶血", "error"),
        ("----", "unknown"),
        (" 未検査", "not-performed"),
        ("", "unknown"),
    ] {
        one(written, Reading::Absent { reason, text: written.trim().to_owned() });
    }
    one("Hb＋Tr＋", Reading::Text("Hb＋Tr＋".into()));
}

#[test]
fn one_field_may_hold_two_results() {
    let quality = |meaning, text: &str| Reading::Qualitative { meaning, text: text.to_owned() };
    for (written, first, second) in [
        ("3+(300)", quality(Qualitative::Plus(3), "3+"), number("300")),
        ("2.3(±)", number("2.3"), quality(Qualitative::PlusMinus, "±")),
        ("0.1 (-)", number("0.1"), quality(Qualitative::Minus, "-")),
        ("<1.2（－）", measured(Some(Comparator::Less), "1.2", None, false), quality(Qualitative::Minus, "－")),
        ("8.39(2)", number("8.39"), number("2")),
        ("9 (2+)", number("9"), quality(Qualitative::Plus(2), "2+")),
    ] {
        assert_eq!(read(written), Readings::Two(first, second), "{written}");
    }
    for text in ["5.1(H)", "(2)", "3+(再検)", "1(2(3))"] {
        assert!(matches!(read(text), Readings::One(Reading::Text(_))), "{text}: {:?}", read(text));
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_its_rendering_reads_back_to_the_same(text in any::<String>()) {
        let readings = read(&text);
        prop_assert_eq!(&read(&readings.to_string()), &readings);
    }

    #[test]
    fn values_of_the_trade_read_back_to_the_same(
        text in "[<>≦≧:L↑↓]?[×x]?[-+±]?[0-9０-９.,]{0,6}( |　|\\^)?(倍|mg/dL|%|×10\\^[0-9]|-[0-9]{1,3}|/3|未満|以上|\\+)?( ?[(（][-+±2９]{1,2}[)）])?"
    ) {
        let readings = read(&text);
        prop_assert_eq!(&read(&readings.to_string()), &readings, "{:?}", text);
    }

    #[test]
    fn numbers_are_legal_decimals(text in "[-+]?[0-9]{0,5}[.,]?[0-9]{0,4}(×10\\^-?[0-9]|E[0-9])?") {
        if let Some(number) = Number::parse(&text) {
            let digits = number.as_str().trim_start_matches('-');
            let (integer, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
            prop_assert!(integer == "0" || (!integer.is_empty() && !integer.starts_with('0')), "{number}");
            prop_assert!(!fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit()), "{number}");
        }
    }
}
