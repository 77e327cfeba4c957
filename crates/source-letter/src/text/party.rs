//! 紹介先, 紹介元: lines of the form 「医療機関名: ○○病院」.

use super::Part;
use crate::{Doctor, Party, Term, issues, toml_form::Wrong};
use tsugite_issue::Issue;

const KNOWN: &str = "医療機関番号 医療機関名 郵便番号 所在地 電話番号 診療科 医師";

pub fn party(part: &Part) -> Result<Party, Wrong> {
    let mut party = Party::default();
    for (line, at) in part.lines.iter().filter(|(line, _)| !line.trim().is_empty()) {
        let line = line.trim();
        let Some((name, value)) = line.split_once([':', '：']) else {
            // 「○○病院」 alone is the name of the institution.
            if party == Party::default() && !line.contains([' ', '　']) {
                line.clone_into(&mut party.name);
                continue;
            }
            return Err(unknown(part, at));
        };
        let value = value.trim().to_owned();
        let number = || Some(tsugite_charset::to_half_width(&value).into_owned());
        match name.trim() {
            "医療機関番号" | "医療機関コード" => party.number = number(),
            "医療機関名" | "医療機関" | "名称" => party.name = value,
            "郵便番号" => party.postal_code = number(),
            "所在地" | "住所" => party.address = Some(value),
            "電話番号" | "電話" => party.telephone = number(),
            "診療科" => party.department = Some(Term::named(value)),
            "医師" | "担当医" | "担当医師" => {
                let name = value.trim_end_matches("先生").trim_end_matches("医師").trim().to_owned();
                party.doctor = Some(Doctor { name, id: None });
            }
            _ => return Err(unknown(part, at)),
        }
    }
    Ok(party)
}

fn unknown(part: &Part, at: &std::ops::Range<usize>) -> Wrong {
    Wrong::new(Issue::new(&issues::LINE_UNKNOWN).with("heading", part.heading).with("known", KNOWN), at.clone())
}
