use super::*;

fn shown(text: &str) -> Result<String, Refusal> {
    parse(text).map(|date| date.to_string())
}

#[test]
fn one_day_in_all_its_spellings() {
    for text in [
        "令和7年4月1日",
        "令和７年４月１日",
        "令和 7年 4月 1日",
        "令和07年04月01日",
        "令和七年四月一日",
        "令7.4.1",
        "㋿7.4.1",
        "R7.4.1",
        "r7.4.1",
        "R.7.4.1",
        "Ｒ７．４．１",
        "R7/4/1",
        "R07-04-01",
        "R7・4・1",
        "R 7. 4. 1",
        "R070401",
        "Ｒ０７０４０１",
        "5070401",
        "５０７０４０１",
        "5-07-04-01",
        "5.7.4.1",
        " R7.4.1 ",
    ] {
        assert_eq!(shown(text).as_deref(), Ok("2025-04-01"), "{text}");
    }
    for (text, expected) in [
        ("平成元年", "1989"),
        ("平成元年5月", "1989-05"),
        ("昭和64", "1989"),
        ("S63", "1988"),
        ("S6301", "1988-01"),
        ("50704", "2025-04"),
        ("昭和二十三年十月三十日", "1948-10-30"),
        ("大正十年", "1921"),
        ("昭和五〇年", "1975"),
        ("明治6年1月1日", "1873-01-01"),
        ("4010108", "1989-01-08"),
    ] {
        assert_eq!(shown(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn eras_end_where_they_ended() {
    use Refusal::OutsideEra;
    for (text, expected) in [
        ("M45.7.30", Ok("1912-07-30")),
        ("M45.7.31", Err(OutsideEra)),
        ("T1.7.29", Err(OutsideEra)),
        ("T1.7.30", Ok("1912-07-30")),
        ("T15.12.25", Ok("1926-12-25")),
        ("T15.12.26", Err(OutsideEra)),
        ("S1.12.24", Err(OutsideEra)),
        ("S1.12.25", Ok("1926-12-25")),
        ("S64.1.7", Ok("1989-01-07")),
        ("S64.1.8", Err(OutsideEra)),
        ("H1.1.7", Err(OutsideEra)),
        ("H1.1.8", Ok("1989-01-08")),
        ("H31.4.30", Ok("2019-04-30")),
        ("H31.5.1", Err(OutsideEra)),
        ("R1.4.30", Err(OutsideEra)),
        ("R1.5.1", Ok("2019-05-01")),
        // Partial dates hold as long as one of their days lies in the era.
        ("S64.1", Ok("1989-01")),
        ("S64.2", Err(OutsideEra)),
        ("R1.4", Err(OutsideEra)),
        ("S65", Err(OutsideEra)),
        ("H99", Err(OutsideEra)),
    ] {
        assert_eq!(shown(text).as_deref(), expected.as_deref(), "{text}");
    }
}

#[test]
fn what_is_no_era_date_is_refused_with_the_reason() {
    use Refusal::{NoSuchDay, NotAnEraDate};
    for (text, expected) in [
        ("", NotAnEraDate),
        ("令和", NotAnEraDate),
        ("R0.1.1", NotAnEraDate),
        ("R000101", NotAnEraDate),
        ("20250401", NotAnEraDate),
        ("2025/4/1", NotAnEraDate),
        ("6070401", NotAnEraDate),
        ("0070401", NotAnEraDate),
        ("5", NotAnEraDate),
        ("507", NotAnEraDate),
        ("R7.4.1.1", NotAnEraDate),
        ("R7.4.", NotAnEraDate),
        ("R7年4日", NotAnEraDate),
        ("R123", NotAnEraDate),
        ("山田", NotAnEraDate),
        ("大阪", NotAnEraDate),
        ("R7.13.1", NoSuchDay),
        ("R7.0.1", NoSuchDay),
        ("H31.2.29", NoSuchDay),
        ("R7.4.31", NoSuchDay),
        ("R070400", NoSuchDay),
    ] {
        assert_eq!(parse(text), Err(expected), "{text}");
        assert!(!expected.definition().remedy.ja.is_empty());
    }
}

#[test]
fn every_day_is_read_back_from_each_spelling_and_from_no_other_era() {
    let mut day = civil::date(1868, 1, 25);
    while day < civil::date(2070, 1, 1) {
        let date = Date::from_civil(day);
        let era = Era::of(day).unwrap();
        let (number, year) =
            (Era::ALL.iter().position(|e| *e == era).unwrap() + 1, day.year() - era.first_day().year() + 1);
        let (month, dom, letter) = (day.month(), day.day(), era.letter());
        for text in [
            EraDate(date).to_string(),
            format!("{letter}{year}.{month}.{dom}"),
            format!("{letter}{year:02}{month:02}{dom:02}"),
            format!("{number}{year:02}{month:02}{dom:02}"),
        ] {
            assert_eq!(parse(&text), Ok(date), "{text}");
        }
        for other in Era::ALL.into_iter().filter(|other| *other != era) {
            let year = day.year() - other.first_day().year() + 1;
            let shared = day == other.last_day();
            if (1..=99).contains(&year) && !shared {
                let text = format!("{}{year}年{month}月{dom}日", other.name());
                assert_eq!(parse(&text), Err(Refusal::OutsideEra), "{text}");
            }
        }
        day = day.tomorrow().unwrap();
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "[MTSHR令平昭㍻1-9元年月日./０-９十〇 ]{0,12}") {
        let _ = parse(&text);
    }
}
