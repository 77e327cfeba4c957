//! The pages in a real browser: that they read, that nothing runs, and that nothing is fetched.
//!
//! Pictures of them are left in the target folder, for a person to look at.

use crate::{
    common::files,
    compose::{REFERRAL, stateless},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

fn browser() -> Option<&'static str> {
    let found = BROWSERS
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|o| o.status.success()));
    if found.is_none() {
        eprintln!("skipped: no browser is installed (on Debian: apt-get install chromium)");
    }
    found
}

fn call(browser: &str, folder: &Path, page: &Path, further: &[String]) -> Vec<u8> {
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=900,1800"])
        .arg("--host-resolver-rules=MAP * ~NOTFOUND")
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(further)
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// What the browser made of the page, and a picture of it.
fn shown(browser: &str, folder: &Path, page: &Path, name: &str) -> String {
    let picture: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
    call(browser, folder, page, &[format!("--screenshot={}", picture.display())]);
    assert!(fs::metadata(&picture).unwrap().len() > 10_000, "an empty picture: {}", picture.display());
    String::from_utf8(call(browser, folder, page, &["--dump-dom".to_owned()])).unwrap()
}

#[test]
fn a_letter_reads_well_and_runs_nothing() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    let hostile = REFERRAL.replace(
        "特記すべきことなし",
        "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\n\
         <iframe src=\"https://evil.example\"></iframe></div></section></body><h1>偽の見出し</h1>\n\
         <a href=\"javascript:document.title='owned'\">ここ</a> <style>body{display:none}</style>",
    );
    for (name, letter) in [("letter", REFERRAL), ("hostile-letter", &hostile)] {
        let (code, said) = stateless(folder.path(), letter, "0000000001", &["--preview", page.to_str().unwrap()]);
        assert_eq!(code, 0, "{said}");
        let dom = shown(browser, folder.path(), &page, name);
        assert!(dom.contains("<title>診療情報提供書</title>"), "{name}");
        assert_eq!(dom.matches("<h1").count(), 1, "{name}");
        for bad in ["<script", "<iframe", "<img", "<a ", "owned</title>"] {
            assert!(!dom.contains(bad), "{name}: {bad}");
        }
        for expected in ["架空総合病院", "山田 花子</bdi> 先生", "労作時の胸痛", "冷汗なし"] {
            assert!(dom.contains(expected), "{name}: {expected}");
        }
    }
}

/// Every document of the invented clinic, as its page stands beside what is expected of it.
#[test]
fn the_pages_of_the_clinic_read_and_print() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/clinic/expected/system/pages");
    let mut all = Vec::new();
    files(&pages.canonicalize().unwrap(), &mut all);
    assert!(all.len() >= 6, "two referrals, a discharge summary, three health checks: {all:?}");
    for page in all {
        let kind = page.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
        let name = format!("{kind}-{}", page.file_stem().unwrap().to_str().unwrap());
        let dom = shown(browser, folder.path(), &page, &name);
        let title = match kind.as_str() {
            "referral" => "診療情報提供書",
            "discharge" => "退院時サマリー",
            _ => "健診結果報告書",
        };
        assert!(dom.contains(&format!("<h1>{title}</h1>")) && dom.contains("継手医院"), "{name}");
        assert_eq!(dom.matches("</section>").count(), dom.matches("<section").count(), "{name}");
        let print = folder.path().join("page.pdf");
        call(browser, folder.path(), &page, &[format!("--print-to-pdf={}", print.display())]);
        let print = fs::read(print).unwrap();
        let sheets = print.windows(12).filter(|bytes| *bytes == b"/Type /Page\n").count();
        assert!(print.starts_with(b"%PDF") && (1..=4).contains(&sheets), "{name}: {sheets}");
    }
}
