//! Half-width katakana (U+FF61–U+FF9F, JIS X 0201 A1–DF) to full width.

/// Full-width characters of U+FF61…U+FF9F, in that order.
const FULL: [char; 63] = [
    '。', '「', '」', '、', '・', 'ヲ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ッ', 'ー', 'ア', 'イ', 'ウ',
    'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ', 'チ', 'ツ', 'テ', 'ト', 'ナ', 'ニ',
    'ヌ', 'ネ', 'ノ', 'ハ', 'ヒ', 'フ', 'ヘ', 'ホ', 'マ', 'ミ', 'ム', 'メ', 'モ', 'ヤ', 'ユ', 'ヨ', 'ラ', 'リ', 'ル',
    'レ', 'ロ', 'ワ', 'ン', '゛', '゜',
];

const VOICED_MARK: char = '゛';
const SEMI_VOICED_MARK: char = '゜';

pub(crate) const fn is_half_width(c: char) -> bool {
    matches!(c, '\u{FF61}'..='\u{FF9F}')
}

/// The full-width form of a half-width character. A mark (ﾞ ﾟ) gives its spacing form, for [`join`].
pub(crate) fn full_width(half: char) -> Option<char> {
    let index = u32::from(half).checked_sub(0xFF61)?;
    FULL.get(usize::try_from(index).ok()?).copied()
}

/// The full-width form of a byte A1–DF of JIS X 0201.
pub(crate) fn from_byte(byte: u8) -> Option<char> {
    FULL.get(usize::from(byte.checked_sub(0xA1)?)).copied()
}

/// `カ` and `゛` make `ガ`.
pub(crate) const fn join(base: char, mark: char) -> Option<char> {
    let steps = match (mark, base) {
        (VOICED_MARK, 'ウ') => return Some('ヴ'),
        (VOICED_MARK, 'ワ') => return Some('ヷ'),
        (VOICED_MARK, 'ヲ') => return Some('ヺ'),
        (
            VOICED_MARK,
            'カ' | 'キ' | 'ク' | 'ケ' | 'コ' | 'サ' | 'シ' | 'ス' | 'セ' | 'ソ' | 'タ' | 'チ' | 'ツ' | 'テ' | 'ト'
            | 'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ',
        ) => 1,
        (SEMI_VOICED_MARK, 'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ') => 2,
        _ => return None,
    };
    char::from_u32(base as u32 + steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_width_character_has_its_full_width_form() {
        let half: String = ('\u{FF61}'..='\u{FF9F}').collect();
        let full: String = half.chars().filter_map(full_width).collect();
        assert_eq!(
            full,
            "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"
        );
        let bytes: String = (0xA1..=0xDF).filter_map(from_byte).collect();
        assert_eq!(bytes, full);
        assert_eq!((full_width('ア'), from_byte(0xA0), from_byte(0xE0)), (None, None, None));
    }

    #[test]
    fn marks_join_only_what_can_carry_them() {
        let joined: String =
            "カキクケコサシスセソタチツテトハヒフヘホウワヲ".chars().filter_map(|c| join(c, '゛')).collect();
        assert_eq!(joined, "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴヷヺ");
        let semi: String = "ハヒフヘホ".chars().filter_map(|c| join(c, '゜')).collect();
        assert_eq!(semi, "パピプペポ");
        assert_eq!((join('ア', '゛'), join('カ', '゜'), join('ガ', '゛')), (None, None, None));
    }
}
