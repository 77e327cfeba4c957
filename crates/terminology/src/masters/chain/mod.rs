//! From the code of one system to those of others, link by link; a missing link is said.

mod disease;
mod drug;

pub use disease::{Disease, Modifier};
pub use drug::{Drug, General, Usage, Yj};

use super::{Found, Kind, Masters};
use tsugite_clinical::Date;
use tsugite_issue::Text;

/// Why a chain ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The master that knows such codes is not installed.
    NoMaster(Kind),
    /// No edition of the master has the code.
    NotInMaster(Kind),
    /// The row of the master has no code of the wanted system.
    NoLink(Kind, Link),
    /// Several codes of the wanted system belong to this one, and nothing says which.
    Ambiguous(Kind, Link),
}

/// A code system that a chain leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// 病名管理番号 or 修飾語管理番号.
    Number,
    /// ICD-10.
    Icd10,
    /// YJコード.
    Yj,
    /// 一般名コード.
    General,
}

/// What is remarkable in a chain that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The code was retired; 移行先コード was followed.
    Moved,
    /// The code was retired and has no successor.
    Retired,
    /// Only an edition of another time has the code.
    OtherEdition(Date),
}

impl Link {
    pub const fn title(self) -> Text {
        match self {
            Self::Number => Text::new("管理番号", "MEDIS number"),
            Self::Icd10 => Text::new("ICD-10", "ICD-10"),
            Self::Yj => Text::new("YJコード", "YJ code"),
            Self::General => Text::new("一般名コード", "general name code"),
        }
    }
}

/// Longer chains of 移行先コード go round.
const MOST_MOVES: usize = 8;

impl Masters {
    /// The row that stands for a code on a day: 移行先コード is followed while the row is retired.
    fn standing<'m>(&'m self, kind: Kind, code: &str, as_of: Option<Date>, notes: &mut Vec<Note>) -> Option<Found<'m>> {
        let mut found = self.find(kind, code, as_of)?;
        for _ in 0..MOST_MOVES {
            if !found.is_retired(as_of) {
                break;
            }
            let successor = kind.layout().successor.map_or("", |column| found.row.get(column));
            let next = Some(successor).filter(|next| !next.is_empty() && *next != found.code());
            let Some(next) = next.and_then(|next| self.find(kind, next, as_of)) else {
                notes.push(Note::Retired);
                break;
            };
            found = next;
            if !notes.contains(&Note::Moved) {
                notes.push(Note::Moved);
            }
        }
        if found.other_edition {
            notes.push(Note::OtherEdition(found.edition.date));
        }
        Some(found)
    }
}

/// The only one of the texts that are not empty.
fn only<'t>(texts: impl Iterator<Item = &'t str>) -> Result<Option<&'t str>, ()> {
    let mut one = None;
    for text in texts.filter(|text| !text.is_empty()) {
        if one.is_some_and(|one| one != text) {
            return Err(());
        }
        one = Some(text);
    }
    Ok(one)
}

fn given(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
