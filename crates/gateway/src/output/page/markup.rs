//! Text to HTML, and the narrative of a section to HTML that can do no harm.

/// Text that stays text wherever it stands; what a page cannot show is shown to be there.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|char| push(&mut out, char));
    out
}

fn push(out: &mut String, char: char) {
    match char {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        '\n' | '\t' => out.push(char),
        char if char.is_control() => out.push('\u{FFFD}'),
        char => out.push(char),
    }
}

/// Elements of XHTML that only shape text. They stay without their attributes; every other tag is shown as text.
pub const SHAPES: [&str; 36] = [
    "div",
    "p",
    "span",
    "b",
    "i",
    "em",
    "strong",
    "u",
    "small",
    "sub",
    "sup",
    "pre",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "br",
    "hr",
    "col",
];

/// Elements without content.
const VOID: [&str; 3] = ["br", "hr", "col"];

/// A table of more columns is set smaller, so that no number is broken over lines.
const WIDE: usize = 8;

/// Deeper than any letter: beyond it tags are shown as text.
const DEPTH: usize = 32;

/// The narrative as HTML whose elements are closed within it.
pub fn narrative(xhtml: &str) -> String {
    let mut out = String::with_capacity(xhtml.len());
    let mut open: Vec<&'static str> = Vec::new();
    let mut rest = xhtml;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        out.push_str(&escaped(before));
        let taken = if from.starts_with('&') { entity(from, &mut out) } else { tag(from, &mut open, &mut out) };
        rest = from.get(taken..).unwrap_or_default();
    }
    out.push_str(&escaped(rest));
    while let Some(name) = open.pop() {
        close(name, &mut out);
    }
    out
}

fn close(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// What begins with `<`: how much of it was taken.
fn tag(from: &str, open: &mut Vec<&'static str>, out: &mut String) -> usize {
    if from.starts_with("<!--") {
        return from.find("-->").map_or(from.len(), |end| end + 3);
    }
    if let Some(text) = from.strip_prefix("<![CDATA[") {
        let end = text.find("]]>").unwrap_or(text.len());
        out.push_str(&escaped(text.get(..end).unwrap_or_default()));
        return (end + "<![CDATA[".len() + "]]>".len()).min(from.len());
    }
    let Some(end) = end_of_tag(from) else {
        push(out, '<');
        return 1;
    };
    let whole = from.get(..end).unwrap_or_default();
    let inner = whole.trim_start_matches('<').trim_end_matches('>');
    let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let written = inner.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
    let Some(name) = SHAPES.into_iter().find(|shape| shape.eq_ignore_ascii_case(written)) else {
        out.push_str(&escaped(whole));
        return end;
    };
    if VOID.contains(&name) {
        out.push_str(if name == "col" || closing { "" } else { if name == "br" { "<br>" } else { "<hr>" } });
    } else if closing {
        match open.iter().rposition(|known| *known == name) {
            Some(at) => open.drain(at..).rev().for_each(|name| close(name, out)),
            None => out.push_str(&escaped(whole)),
        }
    } else if open.len() >= DEPTH {
        out.push_str(&escaped(whole));
    } else {
        out.push('<');
        out.push_str(name);
        for span in ["colspan", "rowspan"].into_iter().filter(|_| matches!(name, "td" | "th")) {
            if let Some(number) = span_of(inner, span) {
                out.push_str(&format!(" {span}=\"{number}\""));
            }
        }
        if name == "table" && columns(from) > WIDE {
            out.push_str(" class=\"wide\"");
        }
        out.push('>');
        if inner.ends_with('/') {
            close(name, out);
        } else {
            open.push(name);
        }
    }
    end
}

/// Cells of the first row of a table.
fn columns(table: &str) -> usize {
    let row = table.split_once("</tr").map_or(table, |(row, _)| row);
    row.matches("<th").count().saturating_sub(row.matches("<thead").count()) + row.matches("<td").count()
}

/// Past the `>` that ends a tag; one inside quotes does not.
fn end_of_tag(from: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in from.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at + 1),
            (None, _) => {}
        }
    }
    None
}

fn span_of(inner: &str, name: &str) -> Option<u8> {
    let value = inner.split_once(name)?.1.trim_start().strip_prefix('=')?.trim_start();
    let digits: String = value.trim_start_matches(['"', '\'']).chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|number| (1..=40).contains(number))
}

/// What begins with `&`: a reference to a character becomes that character, as text.
fn entity(from: &str, out: &mut String) -> usize {
    let known = from.get(1..).and_then(|rest| rest.split_once(';')).filter(|(name, _)| name.len() <= 10);
    let char = known.and_then(|(name, _)| match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        name => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    });
    match (char, known) {
        (Some(char), Some((name, _))) => {
            push(out, char);
            name.len() + 2
        }
        _ => {
            push(out, '&');
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shapes_text_stays_and_nothing_else() {
        for (xhtml, expected) in [
            (
                "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>胸痛<br/>あり</p></div>",
                "<div><p>胸痛<br>あり</p></div>",
            ),
            ("a &lt;b&gt; &amp; &#x3042;&#12356;&nbsp;&unknown;", "a &lt;b&gt; &amp; あい\u{A0}&amp;unknown;"),
            ("<td colspan=\"2\" onclick='x'>a</td>", "<td colspan=\"2\">a</td>"),
            ("<P STYLE='x'>a", "<p>a</p>"),
            ("</div></div>a", "&lt;/div&gt;&lt;/div&gt;a"),
            ("<b><i>a</b>b</i>", "<b><i>a</i></b>b&lt;/i&gt;"),
            ("<!-- <script> -->a<![CDATA[<b>]]>b", "a&lt;b&gt;b"),
            ("1 < 2 かつ 3 > 2", "1 &lt; 2 かつ 3 &gt; 2"),
            ("<p/>a", "<p></p>a"),
            ("<table><thead><tr><th>a</th></tr></thead></table>", "<table><thead><tr><th>a</th></tr></thead></table>"),
        ] {
            assert_eq!(narrative(xhtml), expected, "{xhtml}");
        }
    }

    #[test]
    fn a_table_of_many_columns_is_set_smaller() {
        let table = |columns: usize| format!("<table><thead><tr>{}</tr></thead></table>", "<th>a</th>".repeat(columns));
        assert!(!narrative(&table(WIDE)).contains("class"));
        assert!(narrative(&table(WIDE + 1)).starts_with("<table class=\"wide\"><thead>"));
    }

    #[test]
    fn no_script_and_no_reference_gets_through() {
        let hostile = [
            "<script>alert(1)</script>",
            "<img src=\"https://evil.example/x.png\" onerror=\"alert(1)\"/>",
            "<a href=\"javascript:alert(1)\">here</a>",
            "<p onclick=\"alert(1)\" style=\"background:url(https://evil.example)\">x</p>",
            "<svg><script>alert(1)</script></svg>",
            "<iframe src=\"https://evil.example\"></iframe>",
            "<style>@import 'https://evil.example';</style>",
            "<link rel=\"stylesheet\" href=\"https://evil.example\"/><meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\"/>",
            "<p title=\"></p><script>alert(1)</script>\">x</p>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<![CDATA[<script>alert(1)</script>]]>",
            "<scr<script>ipt>alert(1)</script>",
            "<p<script>alert(1)</script>",
            "<object data=\"x\"></object><form action=\"https://evil.example\"><input/></form><base href=\"https://evil.example\"/>",
            "</div></section></body></html><script>alert(1)</script>",
            "<table><tr><td>a</table></div><h1>b",
            "<!--><img src=x onerror=alert(1)>-->",
            "<p>\u{0}<\u{0}script>alert(1)</script>",
        ];
        for xhtml in hostile {
            let html = narrative(xhtml);
            let mut rest = html.as_str();
            while let Some(at) = rest.find('<') {
                let tag = &rest[at..=at + rest[at..].find('>').unwrap()];
                let name = tag.trim_matches(['<', '>', '/']).split(' ').next().unwrap();
                assert!(SHAPES.contains(&name), "{tag} in {html}");
                let attributes = tag.split_once(' ').map_or("", |(_, attributes)| attributes);
                assert!(
                    attributes.is_empty() || attributes.starts_with("colspan") || attributes.starts_with("rowspan"),
                    "{tag}"
                );
                rest = &rest[at + tag.len()..];
            }
            let opened = SHAPES.iter().map(|name| html.matches(&format!("<{name}>")).count()).sum::<usize>();
            assert!(html.matches("</").count() <= opened, "{html}");
        }
    }
}
