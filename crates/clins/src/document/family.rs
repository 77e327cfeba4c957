//! 続柄 by the words that families are called by: HL7 v3 RoleCode.

/// Code and display of a relative; `None` for whoever is called otherwise.
pub(crate) fn relation(word: &str) -> Option<(&'static str, &'static str)> {
    const RELATIVES: [(&[&str], &str, &str); 22] = [
        (&["父", "父親", "実父"], "FTH", "father"),
        (&["母", "母親", "実母"], "MTH", "mother"),
        (&["両親", "親"], "PRN", "parent"),
        (&["兄", "弟"], "BRO", "brother"),
        (&["姉", "妹"], "SIS", "sister"),
        (&["兄弟", "姉妹", "兄弟姉妹", "同胞"], "SIB", "sibling"),
        (&["息子", "長男", "次男", "二男", "三男"], "SONC", "son"),
        (&["娘", "長女", "次女", "二女", "三女"], "DAUC", "daughter"),
        (&["子", "子供", "子ども"], "CHILD", "child"),
        (&["祖父"], "GRFTH", "grandfather"),
        (&["祖母"], "GRMTH", "grandmother"),
        (&["父方祖父", "父方の祖父"], "PGRFTH", "paternal grandfather"),
        (&["父方祖母", "父方の祖母"], "PGRMTH", "paternal grandmother"),
        (&["母方祖父", "母方の祖父"], "MGRFTH", "maternal grandfather"),
        (&["母方祖母", "母方の祖母"], "MGRMTH", "maternal grandmother"),
        (&["祖父母"], "GRPRN", "grandparent"),
        (&["おじ", "伯父", "叔父"], "UNCLE", "uncle"),
        (&["おば", "伯母", "叔母"], "AUNT", "aunt"),
        (&["いとこ", "従兄弟", "従姉妹"], "COUSN", "cousin"),
        (&["夫"], "HUSB", "husband"),
        (&["妻"], "WIFE", "wife"),
        (&["配偶者"], "SPS", "spouse"),
    ];
    let found = RELATIVES.iter().find(|(words, ..)| words.contains(&word.trim()));
    found.map(|(_, code, display)| (*code, *display))
}
