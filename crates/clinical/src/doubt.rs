//! 疑い病名: a disease that nobody has found yet. However it is written, it is no diagnosis.

use crate::{
    body::{Code, Concept, Diagnosis},
    width::half_unspaced,
};

/// 「の疑い」 as レセ電修飾語コード, as 修飾語管理番号 and as 修飾語交換用コード.
const RECEIPT: &str = "8002";
const NUMBER: &str = "27000001";
const EXCHANGE: &str = "5395";

/// Words that hold the character and name what was found: 疑似トラコーマ, 疑核, 「…またはその疑いのための母体管理」.
const CERTAIN: [&str; 4] = ["疑似", "疑核", "疑いのための", "疑いの母体管理"];

/// Whether the name of a disease says that it is only suspected: 「肺癌の疑い」, 「肺癌（疑）」, 「疑い：肺癌」, 「肺癌？」, 「s/o 肺癌」.
pub fn says_doubt(name: &str) -> bool {
    let mut name = half_unspaced(name).to_lowercase();
    for word in CERTAIN {
        name = name.replace(word, "");
    }
    let asks = name.trim_end_matches([')', ']', '」', '。', '.', '、', ',']).ends_with('?');
    asks || name.contains('疑') || name.contains("うたがい") || name.starts_with("s/o") || name.starts_with("r/o")
}

impl Diagnosis {
    /// Whether it is only suspected: by its flag, its name or a modifier, whichever of them its source writes.
    pub fn is_suspected(&self) -> bool {
        let mut modifiers = self.prefixes.iter().chain(&self.suffixes);
        self.suspected || names_doubt(&self.disease) || modifiers.any(is_doubt)
    }
}

/// Whether a modifier (修飾語) is 「の疑い」, by its code where nobody knows its name.
pub fn is_doubt(modifier: &Concept) -> bool {
    names_doubt(modifier) || modifier.codes.iter().any(is_doubt_code)
}

fn names_doubt(concept: &Concept) -> bool {
    let displays = concept.codes.iter().map(|code| code.display.as_str());
    displays.chain(concept.text.as_deref()).any(says_doubt)
}

/// The code of the modifier 「の疑い」, whatever name its system was given. Four characters mean another modifier in the other list.
fn is_doubt_code(code: &Code) -> bool {
    let (number, system) = (code.code.trim(), code.system.trim());
    let of_medis = system.starts_with("MDCDX") || system == "MEDIS" || system.contains("medis.or.jp");
    match number {
        NUMBER => true,
        RECEIPT => !of_medis,
        EXCHANGE => of_medis,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_only_suspected_is_said_in_many_ways() {
        for doubtful in [
            "肺癌の疑い",
            "肺癌の疑い。",
            "肺癌疑い",
            "肺癌（疑い）",
            "肺癌(疑)",
            "疑い：肺癌",
            "疑）肺癌",
            "肺癌を疑う",
            "肺癌？",
            "肺癌(?)",
            "肺癌の うたがい",
            "s/o 肺癌",
            "Ｒ／Ｏ 肺癌",
        ] {
            assert!(says_doubt(doubtful), "{doubtful}");
        }
        for certain in
            ["肺癌", "疑似トラコーマ", "既知の胎児異常またはその疑いのための母体管理", "?血圧症", "Susac症候群", ""]
        {
            assert!(!says_doubt(certain), "{certain}");
        }
    }

    #[test]
    fn flag_name_and_modifier_each_say_it() {
        let code = |code: &str, display: &str, system: &str| Code {
            code: code.into(),
            display: display.into(),
            system: system.into(),
        };
        let concept = |code: Code| Concept { codes: vec![code], text: None };
        let disease =
            |name: &str| Diagnosis { disease: concept(code("20058894", name, "MDCDX2")), ..Default::default() };
        let with = |modifier: Code| Diagnosis { suffixes: vec![concept(modifier)], ..disease("肺癌") };
        for suspected in [
            Diagnosis { suspected: true, ..disease("肺癌") },
            disease("肺癌の疑い"),
            Diagnosis {
                disease: Concept { text: Some("肺癌（疑い）".into()), ..disease("肺癌").disease },
                ..Default::default()
            },
            with(code("8002", "", "MASTERZ")),
            with(code("8002", "", "")),
            with(code("8002", "", "http://jpfhir.jp/fhir/core/CodeSystem/masterZ-disease-modifier")),
            with(code("27000001", "", "MDCDX2")),
            with(code("5395", "", "MDCDX2")),
            with(code("", "の疑い", "99XYZ")),
            Diagnosis { prefixes: vec![concept(code("8002", "", "MASTERZ"))], ..disease("肺癌") },
        ] {
            assert!(suspected.is_suspected(), "{suspected:?}");
        }
        for certain in [disease("肺癌"), with(code("8048", "", "MASTERZ")), with(code("5395", "", "MASTERZ"))] {
            assert!(!certain.is_suspected(), "{certain:?}");
        }
    }
}
