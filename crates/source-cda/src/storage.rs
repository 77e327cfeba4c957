/// What the content folder of an SS-MIX2 拡張ストレージ says of the document in it: it is named like a message
/// (`患者ID_日付_種別_番号_発生日時[_診療科]_フラグ`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentFolder<'p> {
    pub patient: &'p str,
    /// 発生日時 as a number `yyyyMMddHHmmssSSS`.
    pub time: u64,
    /// 1 valid, 2 history, 0 deleted.
    pub flag: u8,
}

impl<'p> ContentFolder<'p> {
    /// From the logical path of a document.
    pub fn of(path: &'p str) -> Option<Self> {
        let (folders, _) = path.rsplit_once('/')?;
        let folder = folders.rsplit('/').next()?;
        let (rest, flag) = folder.rsplit_once('_')?;
        let flag = match flag {
            "0" => 0,
            "1" => 1,
            "2" => 2,
            _ => return None,
        };
        let mut parts = rest.rsplit('_');
        let stamp = |part: &str| (part.len() == 17).then(|| part.parse().ok()).flatten();
        // The department is left out by many.
        let time = stamp(parts.next()?).or_else(|| stamp(parts.next()?))?;
        let patient = rest.split('_').next().filter(|id| !id.is_empty())?;
        Some(Self { patient, time, flag })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_folders_are_named_like_messages() {
        let named = |patient, time, flag| Some(ContentFolder { patient, time, flag });
        for (path, expected) in [
            (
                "x/000/000/0000001/20240110_18842-5/0000001_20240110_18842-5_001_20240110093000000_1/a.xml",
                named("0000001", 20_240_110_093_000_000, 1),
            ),
            ("0000001_20240110_57133-1_001_20240110093000000_01_0/a.xml", named("0000001", 20_240_110_093_000_000, 0)),
            ("0000001_20240110_57133-1_001_20240110093000000_01_3/a.xml", None),
            ("folder/a.xml", None),
            ("a.xml", None),
        ] {
            assert_eq!(ContentFolder::of(path), expected, "{path}");
        }
    }
}
