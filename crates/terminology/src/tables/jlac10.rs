use std::borrow::Cow;
use tsugite_charset::to_half_width;

/// A JLAC10 code: analyte 5, identification 4, material 3, method 3, result 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jlac10<'a>(Cow<'a, str>);

impl<'a> Jlac10<'a> {
    /// 17 characters, 15 without the result, either with `-` for a method that is not known, or grouped by hyphens.
    pub fn parse(code: &'a str) -> Option<Self> {
        let code = code.trim();
        if is_legal(code) {
            return Some(Self(Cow::Borrowed(code)));
        }
        let half = to_half_width(code);
        let parts: Vec<&str> = half.split('-').collect();
        let grouped = parts.iter().map(|part| part.len()).eq([5, 4, 3, 3, 2]);
        let code = if grouped { parts.concat() } else { half.into_owned() }.to_ascii_uppercase();
        is_legal(&code).then_some(Self(Cow::Owned(code)))
    }

    pub fn into_owned(self) -> Jlac10<'static> {
        Jlac10(Cow::Owned(self.0.into_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code, where nothing in it is unknown.
    pub fn complete(&self) -> Option<&str> {
        (self.0.len() == 17 && !self.0.contains('-')).then_some(&self.0)
    }

    /// 材料.
    pub fn material(&self) -> Option<&str> {
        self.0.get(9..12)
    }

    /// The code without its result, where it has none.
    pub fn without_result(&self) -> Option<&str> {
        (self.0.len() == 15).then_some(&self.0)
    }

    /// The code with "other method" (999, 998) where it says that the method is not known.
    pub fn with_other_method(&self) -> Option<[String; 2]> {
        let method = self.0.get(12..15)?;
        if !(method.contains('-') || matches!(method, "000" | "998" | "999")) {
            return None;
        }
        let (before, after) = (self.0.get(..12)?, self.0.get(15..)?);
        Some(["999", "998"].map(|other| format!("{before}{other}{after}")))
    }
}

fn is_legal(code: &str) -> bool {
    let legal = |(at, byte): (usize, u8)| match at {
        1 => byte.is_ascii_uppercase(),
        12..15 => byte.is_ascii_digit() || byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    matches!(code.len(), 15 | 17) && code.bytes().enumerate().all(legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_in_several_forms() {
        for (written, code) in [
            ("3A015000002327101", "3A015000002327101"),
            (" ３Ａ015000002327101", "3A015000002327101"),
            ("3a015000002327101", "3A015000002327101"),
            ("3A015-0000-023-271-01", "3A015000002327101"),
            ("3A0150000023271", "3A0150000023271"),
            ("3A0150000023---01", "3A0150000023---01"),
        ] {
            assert_eq!(Jlac10::parse(written).unwrap().as_str(), code, "{written}");
        }
        for bad in ["", "3A015", "30005", "3A01500000232710", "XA015000002327101", "3A015000002327101&TCM", "血糖"] {
            assert_eq!(Jlac10::parse(bad), None, "{bad}");
        }
        let unknown = Jlac10::parse("3A0150000023---01").unwrap();
        assert_eq!(unknown.with_other_method().unwrap()[0], "3A015000002399901");
        assert_eq!((unknown.material(), unknown.complete()), (Some("023"), None));
        assert_eq!(Jlac10::parse("3A015000002327101").unwrap().with_other_method(), None);
    }
}
