//! Who a receipt is about (RE).

use tsugite_clinical::body::{Name, Representation, Sex};

/// 氏名 (RE 4) and カタカナ氏名 (RE 36). Claims systems write the kana in place of a name with a kanji that they cannot write.
pub fn names(name: &str, kana: &str) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::with_capacity(2);
    for (text, is_kana) in [(name, is_katakana(name)), (kana, true)] {
        if text.is_empty() {
            continue;
        }
        let representation = if is_kana { Representation::Syllabic } else { Representation::Ideographic };
        if names.iter().all(|known| known.representation != representation) {
            names.extend(Name::split(representation, text));
        }
    }
    names
}

fn is_katakana(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_whitespace() || matches!(c, 'ァ'..='ヺ' | 'ー' | '・' | '－' | '‐'))
}

/// 性別 (RE 5).
pub fn sex(code: &str) -> Option<Sex> {
    match code {
        "1" => Some(Sex::Male),
        "2" => Some(Sex::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_at_the_one_blank() {
        let parts = |name: &str, kana: &str| -> Vec<_> {
            names(name, kana).into_iter().map(|n| (n.representation, n.family, n.given)).collect()
        };
        let (kanji, kana) = (Representation::Ideographic, Representation::Syllabic);
        let owned = |(r, f, g): (Representation, &str, &str)| (r, f.to_owned(), g.to_owned());
        for (name, reading, expected) in [
            ("仮山　花", "カリヤマ　ハナ", vec![(kanji, "仮山", "花"), (kana, "カリヤマ", "ハナ")]),
            ("仮山 花", "", vec![(kanji, "仮山", "花")]),
            ("仮山花", "カリヤマハナ", vec![(kanji, "仮山花", ""), (kana, "カリヤマハナ", "")]),
            ("カリヤマ　ハナ", "カリヤマハナ", vec![(kana, "カリヤマ", "ハナ")]),
            ("ジョン　エフ　仮", "", vec![(kanji, "ジョン　エフ　仮", "")]),
            ("", "", vec![]),
        ] {
            assert_eq!(parts(name, reading), expected.into_iter().map(owned).collect::<Vec<_>>(), "{name}");
        }
    }
}
