//! What is held, as a page to print and tick off at the reception desk. It loads nothing and runs nothing.

use super::{by_patient, what};
use crate::{
    output::page::{self, escaped},
    session::Session,
};
use std::{io, path::Path};
use tsugite_issue::{Lang, Text};
use tsugite_store::HeldRow;

const STYLE: &str = "\
body{font:10.5pt/1.5 'Yu Gothic','Hiragino Sans','Noto Sans CJK JP',sans-serif;margin:2em auto;max-width:60em;padding:0 1em}
h1{font-size:1.4em}h2{font-size:1.1em;margin:1.4em 0 .3em;break-after:avoid}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid #666;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#eee}tr{break-inside:avoid}
.tick{width:2.5em;text-align:center}.what{width:24%}.since{width:6.5em}.code{color:#555;font-size:.85em}
input{width:1.2em;height:1.2em}
@page{size:A4;margin:12mm}
@media print{body{margin:0;max-width:none;padding:0}thead{display:table-header-group}th{background:none}}
";

/// Writes the page, whole or not at all, so that nobody else may read it.
///
/// # Errors
/// The file cannot be written.
pub fn write(file: &Path, rows: &[HeldRow], session: &Session) -> io::Result<()> {
    page::write(file, html(rows, &session.now().to_string(), session.lang).as_bytes())
}

fn html(rows: &[HeldRow], now: &str, lang: Lang) -> String {
    let say = |ja, en| Text::new(ja, en).get(lang);
    let (day, time) = (now.get(..10).unwrap_or(now), now.get(11..16).unwrap_or_default());
    let title = say("保留の一覧", "What is held");
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title} {day}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{day} {time}</p>\n",
        say("ja", "en"),
    );
    if rows.is_empty() {
        page += &format!("<p>{}</p>\n", say("保留はありません。", "Nothing is held."));
    }
    for (patient, of_patient) in by_patient(rows, lang) {
        let heading = say("患者番号", "Patient");
        page += &format!("<section>\n<h2>{heading} <bdi>{}</bdi></h2>\n<table>\n<thead><tr>", escaped(patient));
        for (class, name) in [
            ("tick", say("済", "Done")),
            ("what", say("保留しているもの", "What")),
            ("why", say("理由", "Why")),
            ("do", say("対応", "What to do")),
            ("since", say("いつから", "Since")),
        ] {
            page += &format!("<th class=\"{class}\">{name}</th>");
        }
        page += "</tr></thead>\n<tbody>\n";
        for row in of_patient {
            page += &line(row, lang);
        }
        page += "</tbody>\n</table>\n</section>\n";
    }
    page + "</body>\n</html>\n"
}

fn line(row: &HeldRow, lang: Lang) -> String {
    let since = row.since.get(..10).unwrap_or(&row.since);
    let [what, text, rule, remedy, since] =
        [what(row, lang).as_str(), &row.text, &row.rule, &row.remedy, since].map(escaped);
    format!(
        "<tr><td class=\"tick\"><input type=\"checkbox\"></td><td><bdi>{what}</bdi></td>\
         <td><bdi>{text}</bdi> <span class=\"code\">{rule}</span></td><td><bdi>{remedy}</bdi></td><td>{since}</td></tr>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cli::Global, session::Format};
    use tsugite_store::HeldWhat;

    fn row(what: HeldWhat, patient: &str, rule: &str, text: &str) -> HeldRow {
        HeldRow {
            what,
            kind: "lab".into(),
            unit: format!("{text}1"),
            patient: patient.into(),
            rule: rule.into(),
            text: text.into(),
            remedy: text.into(),
            origins: vec![text.into()],
            since: "2026-11-20T09:00:00".into(),
        }
    }

    #[test]
    fn hostile_names_stay_text_everywhere() {
        let evil = "</td><script>alert('x')</script>\"<img src=x onerror=y>&amp;\u{0}\u{1b}[2J";
        let what = [HeldWhat::Input, HeldWhat::Patient, HeldWhat::Unit, HeldWhat::Record];
        for lang in [Lang::Ja, Lang::En] {
            let harmless = html(&what.map(|what| row(what, "1", "X-001", "a")), "2026-11-22T09:30:00", lang);
            let rows = what.map(|what| HeldRow { since: evil.into(), ..row(what, evil, evil, evil) });
            let page = html(&rows, "2026-11-22T09:30:00", lang);
            let tags = |page: &str| page.matches('<').count();
            assert_eq!(tags(&page), tags(&harmless), "{page}");
            for bad in ["<script", "<img", "alert('", "\u{0}", "\u{1b}"] {
                assert!(!page.contains(bad), "{bad}");
            }
            assert!(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&lt;img"));
            assert!(page.contains("&amp;amp;\u{FFFD}\u{FFFD}[2J"), "{page}");
        }
    }

    #[test]
    fn a_page_has_a_box_for_each_line_a_patient_at_a_time() {
        let rows = [
            row(HeldWhat::Patient, "1", "X-001", "住所がない"),
            row(HeldWhat::Unit, "1", "X-001", "said by the line above"),
            row(HeldWhat::Unit, "1", "X-002", "単位がない"),
            row(HeldWhat::Record, "2", "X-003", "日付がない"),
        ];
        let page = html(&rows, "2026-11-22T09:30:00", Lang::Ja);
        assert_eq!(page.matches("<section>").count(), 2);
        assert_eq!(page.matches("type=\"checkbox\"").count(), 3);
        assert!(!page.contains("said by the line above"));
        for expected in ["保留の一覧", "2026-11-22 09:30", "住所がない", "検査報告", "2026-11-20", "@media print"]
        {
            assert!(page.contains(expected), "{expected}");
        }
        assert!(html(&[], "", Lang::Ja).contains("保留はありません。"));
    }

    #[test]
    fn a_page_is_for_its_owner_alone_and_follows_no_link() {
        let folder = tempfile::tempdir().unwrap();
        let global =
            Global { home: None, lang: Some(crate::cli::Language::Ja), format: Format::Text, ig: vec![], quiet: true };
        let session = Session::new(crate::default_registry(), global);
        let (file, other) = (folder.path().join("held.html"), folder.path().join("other"));
        std::fs::write(&other, "mine").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&other, &file).unwrap();
        write(&file, &[row(HeldWhat::Unit, "1", "X-002", "単位がない")], &session).unwrap();
        assert!(std::fs::read_to_string(&file).unwrap().contains("単位がない"));
        assert_eq!(std::fs::read_to_string(&other).unwrap(), "mine");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::symlink_metadata(&file).unwrap().permissions().mode() & 0o7777, 0o600);
        }
    }
}
