//! The Markdown reference of everything that this crate can say.

use crate::report::Category;
use crate::strict::{self, Scope};
use crate::{Example, example, issues};
use std::fmt::Write as _;
use tsugite_issue::{Definition, Lang, Severity, Text};

/// All codes with their cause, remedy, source and examples, as Markdown. `RULES.md` and `RULES.en.md` of this crate hold it.
pub fn reference(lang: Lang) -> String {
    let mut out = String::from(Text::new(HEAD_JA, HEAD_EN).get(lang));
    for category in Category::ALL {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "\n## {}", category.label(lang));
        for definition in issues::ALL.iter().filter(|d| Category::of(d) == category) {
            entry(&mut out, definition, lang);
        }
    }
    out
}

const HEAD_JA: &str = "\
# tsugite validate が指摘すること

プログラムの表から作られます。手で書き換えないでください(`SNAPSHOTS=overwrite cargo test -p tsugite-validate` が作り直します)。
英語版は [RULES.en.md](RULES.en.md) です。

- **エラー**は送信を止めます。受け取る側が拒むと分かっていること(FHIR、プロファイル、公表された規則)だけです。**注意**は止めません。
- 文中の `{…}` には、その場の要素名、コード、件数などが入ります。
- 例は短く抜き出したものです。「場所」は、例のメンバーを持つオブジェクトを示します。名前や番号はすべて架空です。
- 番号は変わりません。取りやめた番号は使い回しません。
";

const HEAD_EN: &str = "\
# What tsugite validate says

Written from the program's own tables: do not edit (`SNAPSHOTS=overwrite cargo test -p tsugite-validate` writes it anew). The
Japanese edition is [RULES.md](RULES.md).

- An **error** keeps a Bundle from being sent: only what the receiver is known to refuse (FHIR, the profiles, published rules). A
  **warning** does not.
- `{…}` in a text stands for the element, code or count at hand.
- Examples are cut short. “Place” names the object whose members are shown. All names and numbers are invented.
- Codes never change their meaning, and none is used again.
";

fn entry(out: &mut String, definition: &Definition, lang: Lang) {
    let t = |ja, en| Text::new(ja, en).get(lang);
    let severity = match definition.severity {
        Severity::Error => t("エラー", "error"),
        Severity::Warning => t("注意", "warning"),
        Severity::Information => t("お知らせ", "information"),
    };
    let rule = strict::rule(definition.code);
    let _ = writeln!(out, "\n### {} {}", definition.code, definition.text.get(lang));
    let _ = write!(out, "\n**{severity}**");
    if let Some(rule) = rule {
        let _ = write!(out, " · `{}` · {}", rule.key, scope(rule.scope, lang));
    }
    let _ = writeln!(out, " · {}: {}\n", t("出典", "source"), definition.source);
    let _ = writeln!(out, "- {}: {}", t("なぜ", "Why"), definition.cause.get(lang));
    let _ = writeln!(out, "- {}: {}", t("対応", "Do"), definition.remedy.get(lang));
    if let Some(example) = example(definition.code) {
        snippets(out, example, lang);
    }
}

fn snippets(out: &mut String, example: &Example, lang: Lang) {
    let t = |ja, en| Text::new(ja, en).get(lang);
    if !example.at.is_empty() {
        let _ = writeln!(out, "- {}: `{}`", t("場所", "Place"), example.at);
    }
    for (title, json) in [(t("誤", "Wrong"), example.wrong), (t("正", "Right"), example.right)] {
        let _ = writeln!(out, "\n{title}\n```json\n{json}\n```");
    }
}

fn scope(scope: Scope, lang: Lang) -> &'static str {
    let text = match scope {
        Scope::Everywhere => Text::new("すべてのリソース", "any resource"),
        Scope::Profile => Text::new("eCS プロファイルを名乗るリソース", "resources that claim their eCS profile"),
        Scope::Clins => Text::new("5情報の Bundle", "JP_Bundle_CLINS"),
    };
    text.get(lang)
}
