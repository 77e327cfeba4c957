//! What FHIR allows in a narrative: well-formed XHTML in one `div`, text formatting only.

use memchr::memchr;

/// Why a narrative is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XhtmlFault {
    /// Not well-formed XML: unclosed tag, unquoted attribute, stray `<` or `&` …
    Syntax,
    /// An element that the narrative rules do not list: script, form, iframe …
    Element,
    /// An attribute that they do not list: event handlers above all.
    Attribute,
    /// The outermost element is not a `div`.
    NoDiv,
    /// Neither text nor an image.
    Blank,
}

/// Those that the narrative rules list.
fn is_element(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "address"
            | "b"
            | "bdo"
            | "big"
            | "blockquote"
            | "br"
            | "caption"
            | "cite"
            | "code"
            | "col"
            | "colgroup"
            | "dd"
            | "dfn"
            | "div"
            | "dl"
            | "dt"
            | "em"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "i"
            | "img"
            | "kbd"
            | "li"
            | "ol"
            | "p"
            | "pre"
            | "q"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "tt"
            | "ul"
            | "var"
            | "ins"
            | "del"
    )
}

/// Those that the narrative rules list.
fn is_attribute(name: &str) -> bool {
    matches!(
        name,
        "abbr"
            | "accesskey"
            | "align"
            | "alt"
            | "axis"
            | "border"
            | "cellpadding"
            | "cellspacing"
            | "char"
            | "charoff"
            | "cite"
            | "class"
            | "colspan"
            | "dir"
            | "frame"
            | "headers"
            | "height"
            | "href"
            | "hspace"
            | "id"
            | "lang"
            | "longdesc"
            | "name"
            | "nowrap"
            | "rowspan"
            | "rules"
            | "scope"
            | "span"
            | "src"
            | "start"
            | "style"
            | "summary"
            | "tabindex"
            | "title"
            | "type"
            | "valign"
            | "value"
            | "vspace"
            | "width"
            | "xml:lang"
            | "xml:space"
            | "xml:base"
            | "xmlns"
            | "xmlns:xsi"
    )
}

/// Deeper narratives are refused.
const DEPTH: usize = 256;

/// Checks a narrative as it stands in `Narrative.div`.
pub fn check(text: &str) -> Result<(), XhtmlFault> {
    let mut reader = Reader { rest: text.trim(), open: Vec::new(), content: false };
    if !reader.rest.starts_with("<div") {
        return Err(XhtmlFault::NoDiv);
    }
    loop {
        reader.step()?;
        if reader.open.is_empty() {
            break;
        }
    }
    match (reader.rest.is_empty(), reader.content) {
        (false, _) => Err(XhtmlFault::Syntax),
        (true, false) => Err(XhtmlFault::Blank),
        (true, true) => Ok(()),
    }
}

struct Reader<'t> {
    rest: &'t str,
    open: Vec<&'t str>,
    /// Text other than blanks, or an image, was met.
    content: bool,
}

impl<'t> Reader<'t> {
    fn eat(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn until(&mut self, end: &str) -> Result<&'t str, XhtmlFault> {
        let (before, rest) = self.rest.split_once(end).ok_or(XhtmlFault::Syntax)?;
        self.rest = rest;
        Ok(before)
    }

    /// Narratives are long: the search for one byte is the fast one. ASCII.
    fn until_byte(&mut self, end: u8) -> Result<&'t str, XhtmlFault> {
        let at = memchr(end, self.rest.as_bytes()).ok_or(XhtmlFault::Syntax)?;
        let (before, rest) = self.rest.split_at_checked(at).unwrap_or_default();
        self.rest = rest.get(1..).unwrap_or_default();
        Ok(before)
    }

    fn name(&mut self) -> Result<&'t str, XhtmlFault> {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.');
        let (name, rest) = self.rest.split_at(self.rest.find(|c| !fits(c)).unwrap_or(self.rest.len()));
        self.rest = rest;
        if name.starts_with(|c: char| c.is_alphabetic() || c == '_') { Ok(name) } else { Err(XhtmlFault::Syntax) }
    }

    /// Text up to the next tag, and that tag.
    fn step(&mut self) -> Result<(), XhtmlFault> {
        let text = self.until_byte(b'<')?;
        self.content |= !text.trim().is_empty();
        references(text)?;
        if text.contains(']') && text.contains("]]>") {
            return Err(XhtmlFault::Syntax);
        }
        if self.eat("!--") {
            let comment = self.until("-->")?;
            return if comment.contains("--") { Err(XhtmlFault::Syntax) } else { Ok(()) };
        }
        if self.eat("![CDATA[") {
            self.content |= !self.until("]]>")?.trim().is_empty();
            return Ok(());
        }
        if self.eat("/") {
            let name = self.name()?;
            self.rest = self.rest.trim_start();
            return if self.eat(">") && self.open.pop() == Some(name) { Ok(()) } else { Err(XhtmlFault::Syntax) };
        }
        self.start_tag()
    }

    fn start_tag(&mut self) -> Result<(), XhtmlFault> {
        let name = self.name()?;
        if !is_element(name) {
            return Err(XhtmlFault::Element);
        }
        self.content |= name == "img";
        let mut attributes: Vec<&str> = Vec::new();
        loop {
            let before = self.rest;
            self.rest = before.trim_start();
            let ended = if self.eat("/>") {
                if self.open.is_empty() { Some(Err(XhtmlFault::Blank)) } else { Some(Ok(())) }
            } else if self.eat(">") {
                self.open.push(name);
                Some(if self.open.len() > DEPTH { Err(XhtmlFault::Syntax) } else { Ok(()) })
            } else {
                None
            };
            if let Some(result) = ended {
                return result;
            }
            if before.len() == self.rest.len() {
                return Err(XhtmlFault::Syntax);
            }
            let attribute = self.attribute()?;
            if attributes.contains(&attribute) {
                return Err(XhtmlFault::Syntax);
            }
            attributes.push(attribute);
        }
    }

    fn attribute(&mut self) -> Result<&'t str, XhtmlFault> {
        let name = self.name()?;
        self.rest = self.rest.trim_start();
        if !self.eat("=") {
            return Err(XhtmlFault::Syntax);
        }
        self.rest = self.rest.trim_start();
        let quote = if self.eat("\"") {
            b'"'
        } else if self.eat("'") {
            b'\''
        } else {
            return Err(XhtmlFault::Syntax);
        };
        let value = self.until_byte(quote)?;
        references(value)?;
        if value.contains('<') {
            return Err(XhtmlFault::Syntax);
        }
        let scheme = value.trim_start().as_bytes().get(..11);
        if !is_attribute(name) || scheme.is_some_and(|s| s.eq_ignore_ascii_case(b"javascript:")) {
            return Err(XhtmlFault::Attribute);
        }
        Ok(name)
    }
}

/// Only XML's own five entities and character numbers: HTML's are not allowed.
fn references(text: &str) -> Result<(), XhtmlFault> {
    if !text.contains('&') {
        return Ok(());
    }
    for after in text.split('&').skip(1) {
        let (name, _) = after.split_once(';').ok_or(XhtmlFault::Syntax)?;
        let number = match name.strip_prefix('#') {
            Some(digits) => match digits.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => digits.parse().ok(),
            },
            None => None,
        };
        let known = matches!(name, "amp" | "lt" | "gt" | "quot" | "apos");
        if !known && number.and_then(char::from_u32).is_none_or(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        {
            return Err(XhtmlFault::Syntax);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{XhtmlFault::*, check};

    #[test]
    fn narratives() {
        for (text, expected) in [
            ("<div xmlns=\"http://www.w3.org/1999/xhtml\">患者</div>", Ok(())),
            (" <div>a<br/>b &amp; c &#x3042;</div>\n", Ok(())),
            ("<div><img src='a.png' alt='x'/></div>", Ok(())),
            ("<div><table border=\"1\"><tr><td colspan=\"2\">x</td></tr></table></div>", Ok(())),
            ("<div><!-- note -->x<![CDATA[<y>]]></div>", Ok(())),
            ("<div></div>", Err(Blank)),
            ("<div/>", Err(Blank)),
            ("<div> \n<p> </p></div>", Err(Blank)),
            ("<p>x</p>", Err(NoDiv)),
            ("x", Err(NoDiv)),
            ("", Err(NoDiv)),
            ("<divx>x</divx>", Err(Element)),
            ("<div>x", Err(Syntax)),
            ("<div>x</p>", Err(Syntax)),
            ("<div>x</div>y", Err(Syntax)),
            ("<div>a & b</div>", Err(Syntax)),
            ("<div>a&nbsp;b</div>", Err(Syntax)),
            ("<div>&#0;</div>", Err(Syntax)),
            ("<div class=x>x</div>", Err(Syntax)),
            ("<div class='x' class='y'>x</div>", Err(Syntax)),
            ("<div title='<'>x</div>", Err(Syntax)),
            ("<div><script>x</script></div>", Err(Element)),
            ("<div onclick='x'>x</div>", Err(Attribute)),
            ("<div><a href=' JavaScript:x'>x</a></div>", Err(Attribute)),
        ] {
            assert_eq!(check(text), expected, "{text}");
        }
        assert_eq!(check(&"<div>".repeat(100_000)), Err(Syntax));
    }
}
