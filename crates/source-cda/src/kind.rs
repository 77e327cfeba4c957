//! What a document is, by its own code.

use crate::oid;
use tsugite_clinical::body::DocumentKind;
use tsugite_issue::Text;
use tsugite_xml::Element;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 特定健診 and other health checks.
    Checkup,
    /// 健診結果の削除依頼.
    CheckupWithdrawn,
    /// 特定保健指導, and the totals for the ministry: no report of a health check.
    Guidance,
    Letter(&'static Letter),
}

/// A guide for letters.
#[derive(Debug, PartialEq, Eq)]
pub struct Letter {
    /// The number of the ministry's list of standards.
    pub feed: &'static str,
    pub kind: DocumentKind,
    pub title: Text,
    /// The document's code and its system.
    code: (&'static str, &'static str),
}

static LETTERS: [Letter; 3] = [
    Letter {
        feed: "HS007",
        kind: DocumentKind::Referral,
        title: Text::new("CDA 患者診療情報提供書 (HS007)", "CDA referral letter (HS007)"),
        code: ("MD0020730", oid::JMIX),
    },
    Letter {
        feed: "HS008",
        kind: DocumentKind::Referral,
        title: Text::new("CDA 診療情報提供書 (HS008)", "CDA referral letter (HS008)"),
        code: ("57133-1", oid::LOINC),
    },
    Letter {
        feed: "HS032",
        kind: DocumentKind::Discharge,
        title: Text::new("CDA 退院時サマリー (HS032)", "CDA discharge summary (HS032)"),
        code: ("18842-5", oid::LOINC),
    },
];

impl Kind {
    /// `None` where the code, or any translation of it, names nothing that is known here.
    pub fn of(document: Element<'_, '_>) -> Option<Self> {
        let code = document.child((oid::HL7, "code"))?;
        let coded = |element: Element<'_, '_>| {
            Self::named(element.attr("code").unwrap_or_default().trim(), element.attr("codeSystem").unwrap_or_default())
        };
        std::iter::once(code).chain(code.all((oid::HL7, "translation"))).find_map(coded)
    }

    pub fn named(code: &str, system: &str) -> Option<Self> {
        if system.trim() == oid::REPORT {
            return match code {
                "10" | "40" | "41" | "42" | "43" | "44" | "90" => Some(Self::Checkup),
                "19" | "49" => Some(Self::CheckupWithdrawn),
                "21" | "22" | "23" | "24" | "25" | "30" => Some(Self::Guidance),
                _ => None,
            };
        }
        LETTERS.iter().find(|letter| letter.code == (code, system.trim())).map(Self::Letter)
    }

    pub const fn title(self) -> Text {
        match self {
            Self::Checkup => Text::new("特定健診 (HC08)", "specific health check (HC08)"),
            Self::CheckupWithdrawn => Text::new("特定健診の削除依頼 (HC08)", "withdrawal of a health check (HC08)"),
            Self::Guidance => Text::new("特定保健指導 (HG08)", "specific health guidance (HG08)"),
            Self::Letter(letter) => letter.title,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_what_its_code_says() {
        for (code, system, feed) in [
            ("57133-1", oid::LOINC, Some("HS008")),
            ("18842-5", oid::LOINC, Some("HS032")),
            ("MD0020730", oid::JMIX, Some("HS007")),
            ("57133-1", oid::JMIX, None),
            ("34133-9", oid::LOINC, None),
            ("", "", None),
        ] {
            let letter = match Kind::named(code, system) {
                Some(Kind::Letter(letter)) => Some(letter.feed),
                _ => None,
            };
            assert_eq!(letter, feed, "{code}");
        }
        assert_eq!(Kind::named("10", oid::REPORT), Some(Kind::Checkup));
        assert_eq!(Kind::named("19", oid::REPORT), Some(Kind::CheckupWithdrawn));
        assert_eq!(Kind::named("22", oid::REPORT), Some(Kind::Guidance));
        assert_eq!(Kind::named("99999999", oid::REPORT), None);
    }
}
