//! 「なし」: what people write where there is nothing to name.

use crate::width;

/// Words that say it by themselves; blanks are gone, letters are small.
const WORDS: [&str; 13] = [
    "none",
    "nothing",
    "no",
    "nil",
    "n/a",
    "nka",
    "nkda",
    "noallergy",
    "noallergies",
    "noknownallergy",
    "noknownallergies",
    "noknowndrugallergies",
    "\"\"",
];

/// How a phrase denies, longest first where one ends in another.
const DENIALS: [&str; 13] = [
    "ありません",
    "有りません",
    "ございません",
    "認めません",
    "認めない",
    "認めず",
    "なし",
    "無し",
    "無い",
    "ない",
    "ナシ",
    "ﾅｼ",
    "無",
];

/// What may stand before a denial, or before what is denied, and names nothing of its own.
const FRAMES: [&str; 5] = ["特に", "現在", "今のところ", "明らかな", "既知の"];

/// What may be denied as a whole. Anything else (卵なし) denies that thing only, or is part of its name (洋なし).
const ASKED: [&str; 26] = [
    "",
    "特記",
    "特記事項",
    "特記すべきこと",
    "特記すべき事",
    "特記すべき事項",
    "該当",
    "該当事項",
    "該当するもの",
    "記載",
    "情報",
    "副作用",
    "副作用歴",
    "禁忌",
    "禁忌薬",
    "薬剤禁忌",
    "既往",
    "既往歴",
    "家族歴",
    "感染症",
    "内服",
    "内服薬",
    "常用薬",
    "服用薬",
    "処方",
    "投薬",
];

/// Whether a text says that there is none of what was asked, or says nothing: 「なし」, 「特記すべきことなし」, 「アレルギー歴：無」,
/// 「(−)」, blanks. A thing that is named, a doubt (不明, なし？) or an exception (なし、卵) is something.
pub fn says_none(text: &str) -> bool {
    let said: String = text.chars().map(width::half).filter(|c| !is_aside(*c)).flat_map(char::to_lowercase).collect();
    WORDS.contains(&said.as_str()) || said.split(['、', ',', ';', '/', '・', '。']).all(is_denial)
}

/// Blanks, brackets and full stops: they stand around what is said.
fn is_aside(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | '「' | '」' | '『' | '』' | '【' | '】' | '〈' | '〉' | '.')
}

const fn is_dash(c: char) -> bool {
    matches!(c, '-' | 'ー' | 'ｰ' | '─' | '━' | '‒')
}

fn is_denial(said: &str) -> bool {
    if said.chars().all(is_dash) {
        return true;
    }
    let said = said.strip_suffix("です").unwrap_or(said);
    let denied = DENIALS.iter().find_map(|denial| said.strip_suffix(denial));
    // アレルギー(−): a dash behind what was asked.
    denied.or_else(|| said.strip_suffix(is_dash)).is_some_and(is_asked)
}

fn is_asked(subject: &str) -> bool {
    let subject = FRAMES.iter().find_map(|frame| subject.strip_prefix(frame)).unwrap_or(subject);
    let subject = FRAMES.iter().find_map(|frame| subject.strip_suffix(frame)).unwrap_or(subject);
    let subject = subject.trim_end_matches([':', '=', 'は', 'も', 'が', '-']);
    let subject = subject.strip_suffix("有無").map_or(subject, |asked| asked.trim_end_matches('の'));
    ASKED.contains(&subject) || is_allergy(subject)
}

/// 薬剤アレルギー, アレルギー歴 …; not what also says that there is one.
fn is_allergy(subject: &str) -> bool {
    let named = ["の既往歴", "の既往", "既往歴", "歴"].iter().find_map(|more| subject.strip_suffix(more));
    let named = named.unwrap_or(subject);
    named.ends_with("アレルギー") && !["あり", "有", "(+)", "+"].iter().any(|there| named.contains(there))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_told_in_every_spelling() {
        for none in [
            "",
            " 　",
            "なし",
            "ナシ",
            "ﾅｼ",
            "無し",
            "無",
            "無い",
            "なし。",
            "（なし）",
            "「なし」",
            "特になし",
            "特に無し",
            "特に ありません。",
            "特記なし",
            "特記事項なし",
            "特記事項はなし",
            "特記すべきことなし",
            "特記すべき事項はありません",
            "該当なし",
            "該当無し",
            "記載なし",
            "ありません",
            "ないです",
            "ございません。",
            "-",
            "－",
            "−",
            "ー",
            "---",
            "(−)",
            "（－）",
            "none",
            "None.",
            " nothing ",
            "Ｎｏｎｅ",
            "N/A",
            "NKDA",
            "No known allergies",
            "アレルギーなし",
            "アレルギー：特になし",
            "アレルギー歴：なし",
            "薬剤アレルギーは無し",
            "アレルギー（−）",
            "アレルギー歴の有無：無",
            "明らかなアレルギーなし",
            "アレルギーの既往なし",
            "食物アレルギーなし、薬剤アレルギーなし",
            "副作用歴 無",
            "禁忌なし",
            "既往歴なし",
            "内服薬なし",
        ] {
            assert!(says_none(none), "{none:?}");
        }
    }

    #[test]
    fn something_is_not_taken_for_none() {
        for some in [
            "なし不明",
            "不明",
            "なし？",
            "なしの可能性",
            "卵なし",
            "卵、アレルギー歴なし",
            "なし、卵",
            "なし（卵は除く）",
            "卵アレルギーあり、薬剤アレルギーなし",
            "卵アレルギーあり薬剤アレルギーなし",
            "アレルギー",
            "アレルギー歴あり",
            "アレルギーの有無",
            "アレルギー性鼻炎薬",
            "アレルギー（＋）",
            "梨",
            "洋なし",
            "なしの実",
            "なす",
            "はなすずき",
            "無水エタノール",
            "乳製品",
            "セフェム系（発熱）",
            "ペニシリン",
            "ソバ",
            "crab",
            "Na",
            "+",
            "異常なし",
            "なくはない",
            "花粉症ではない",
        ] {
            assert!(!says_none(some), "{some:?}");
        }
    }
}
