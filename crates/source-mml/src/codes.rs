//! Which code system a code is of, by its shape: what systems are called in MML files is often something else.

use tsugite_charset::to_half_width;
use tsugite_clinical::body::Code;

/// A code in the namespace of its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shaped {
    pub code: Code,
    /// The file names another code system.
    pub misnamed: bool,
}

/// Half width, without blanks and stray quotation marks.
fn clean(code: &str) -> String {
    to_half_width(code).chars().filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\'')).collect()
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// 薬剤: 9 digits that begin with 6 are the receipt's, 12 characters with a letter at the eighth place YJ or 一般名.
pub fn drug(code: &str, system: &str, name: &str) -> Option<Shaped> {
    let code = clean(code);
    if code.is_empty() {
        return None;
    }
    let (bytes, named) = (code.as_bytes(), clean(system).to_ascii_uppercase());
    let letter = bytes.get(7).is_some_and(u8::is_ascii_alphabetic);
    let price = bytes.len() == 12 && code.get(..7).is_some_and(digits) && letter;
    let shape = match (bytes.len(), digits(&code)) {
        (12, _) if price && code.ends_with("ZZZ") => "GENERAL",
        (12, _) if price => "YJ",
        (9, true) if code.starts_with('6') => "MASTERY",
        (7, true) if named.contains("HOT") => "HOT7",
        (9, true) if named.contains("HOT") => "HOT9",
        (13, true) if named.contains("HOT") => "HOT13",
        _ => "",
    };
    let agrees = match shape {
        "MASTERY" => ["RECEIPT", "レセ", "ORCA", "MASTERY", "CLAIM"].iter().any(|word| named.contains(word)),
        "YJ" => named.contains("YJ") || named.contains("薬価"),
        "GENERAL" => named.contains("一般") || named.contains("GENERAL"),
        "" => !["YJ", "HOT"].iter().any(|word| named.contains(word)),
        _ => true,
    };
    let code = Code { code, display: name.to_owned(), system: shape.to_owned() };
    Some(Shaped { code, misnamed: !agrees && !named.is_empty() })
}

/// What the code of a diagnosis is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiagnosisCodes {
    pub disease: Vec<Code>,
    /// 病名交換用コード.
    pub exchange: Option<Code>,
    pub icd10: Option<Code>,
    /// 修飾語: codes of the receipt's table.
    pub prefixes: Vec<Code>,
    pub suffixes: Vec<Code>,
    pub misnamed: bool,
}

/// 傷病名: 7 digits are the receipt's, 8 digits 病名管理番号, four letters 交換用コード, a letter and two digits ICD-10 (its local tail
/// aside), `ZZZ` and four digits, or four digits among others, 修飾語. Parts joined by dots are taken apart.
pub fn diagnosis(code: &str, system: &str, name: &str) -> DiagnosisCodes {
    let (code, named) = (clean(code), clean(system).to_ascii_uppercase());
    let mut found = DiagnosisCodes::default();
    if code.is_empty() {
        return found;
    }
    let of = |code: &str, display: &str, system: &str| Code {
        code: code.to_owned(),
        display: display.to_owned(),
        system: system.to_owned(),
    };
    if let Some(icd) = icd10(&code) {
        found.icd10 = Some(of(&icd, name, "I10"));
        found.misnamed = !named.is_empty() && !named.contains("ICD");
        return found;
    }
    let parts: Vec<&str> = code.split('.').filter(|part| !part.is_empty()).collect();
    let modifier = |part: &str| -> Option<String> {
        let number = part.strip_prefix("ZZZ").unwrap_or(part);
        (number.len() == 4 && digits(number)).then(|| number.to_owned())
    };
    let base = |part: &&str| part.len() == 7 && digits(part);
    let compound = parts.iter().filter(|part| base(part)).count() == 1
        && parts.iter().all(|part| base(part) || modifier(part).is_some());
    if compound {
        for part in parts {
            match modifier(part) {
                Some(number) if number.starts_with('8') => found.suffixes.push(of(&number, "", "MASTERZ")),
                Some(number) => found.prefixes.push(of(&number, "", "MASTERZ")),
                None => found.disease.push(of(part, "", "MASTERB")),
            }
        }
        // The name that stands with them is that of the whole.
        if let [base] = found.disease.as_mut_slice()
            && found.prefixes.is_empty()
            && found.suffixes.is_empty()
        {
            name.clone_into(&mut base.display);
        }
        let of_receipt =
            ["ORCA", "CLAIM", "RECEIPT", "レセ", "DCLAIM", "MASTERB"].iter().any(|word| named.contains(word));
        found.misnamed = !named.is_empty() && !of_receipt;
        return found;
    }
    let letters = code.len() == 4 && code.bytes().all(|b| b.is_ascii_alphabetic());
    if letters {
        found.exchange = Some(of(&code, name, "MDCDX2"));
    } else if code.len() == 8 && digits(&code) {
        found.disease.push(of(&code, name, "MDCDX2"));
    } else {
        found.disease.push(of(&code, name, &system.chars().take(40).collect::<String>()));
    }
    found.misnamed = named.contains("ICD");
    found
}

/// `E790-.003`, `I48--.004`, `E79.0` → the code without dot, its fillers and local tail aside.
fn icd10(code: &str) -> Option<String> {
    let code = code.split("-.").next().unwrap_or(code).trim_end_matches('-').replace('.', "");
    let bytes = code.as_bytes();
    let (letter, rest) = (bytes.first()?, bytes.get(1..)?);
    let plain = letter.is_ascii_alphabetic() && (2..=4).contains(&rest.len()) && rest.iter().all(u8::is_ascii_digit);
    plain.then(|| code.to_ascii_uppercase())
}

/// A code of a modifier, in a structured diagnosis.
pub fn modifier(code: &str) -> Option<Code> {
    let code = clean(code);
    let number = code.strip_prefix("ZZZ").unwrap_or(&code);
    (number.len() == 4 && digits(number)).then(|| Code {
        code: number.to_owned(),
        display: String::new(),
        system: "MASTERZ".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drugs_are_told_by_shape() {
        for (code, named, system, misnamed) in [
            ("612170709", "YJ", "MASTERY", true),
            ("612320261\"", "YJ", "MASTERY", true),
            ("612170709", "ORCA", "MASTERY", false),
            ("61222033", "YJ", "", true),
            ("124455553", "YJ", "", true),
            ("2171022F1029", "YJ", "YJ", false),
            ("2171022F1029", "レセ電", "YJ", true),
            ("2171014M2ZZZ", "YJ", "GENERAL", true),
            ("103297001", "HOT9", "HOT9", false),
            ("A-77", "local", "", false),
            ("A-77", "", "", false),
        ] {
            let read = drug(code, named, "薬").unwrap();
            assert_eq!((read.code.system.as_str(), read.misnamed), (system, misnamed), "{code} {named}");
        }
        assert_eq!(drug(" ", "YJ", "薬"), None);
    }

    #[test]
    fn diagnoses_are_told_by_shape() {
        let read = |code, named| diagnosis(code, named, "病名");
        let systems = |codes: &DiagnosisCodes| -> Vec<String> {
            let all = codes.prefixes.iter().chain(&codes.disease).chain(&codes.suffixes);
            all.chain(&codes.exchange)
                .chain(&codes.icd10)
                .map(|code| format!("{}^{}", code.code, code.system))
                .collect()
        };
        for (code, named, expected, misnamed) in [
            ("E790-.003", "ICD-10", vec!["E790^I10"], false),
            (" I48--.004", "ICD10", vec!["I48^I10"], false),
            ("C189-.006", "MEDIS", vec!["C189^I10"], true),
            ("2500013", "mstDisease/ORCA", vec!["2500013^MASTERB"], false),
            ("2500013", "ICD10", vec!["2500013^MASTERB"], true),
            ("20061234", "MEDIS", vec!["20061234^MDCDX2"], false),
            ("BCEF", "", vec!["BCEF^MDCDX2"], false),
            ("ZZZ4019.8842045.8002", "ORCA", vec!["4019^MASTERZ", "8842045^MASTERB", "8002^MASTERZ"], false),
            ("X-1", "ICD10", vec!["X-1^ICD10"], true),
        ] {
            let codes = read(code, named);
            assert_eq!(
                (systems(&codes), codes.misnamed),
                (expected.iter().map(|s| (*s).to_owned()).collect(), misnamed),
                "{code}"
            );
        }
        assert_eq!(read("", "ICD10"), DiagnosisCodes::default());
    }
}
