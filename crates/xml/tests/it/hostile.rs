use std::time::{Duration, Instant};
use tsugite_charset::GaijiTable;
use tsugite_xml::{Document, Event, Failure, Limits, Reader, decode, issues};

fn refused(bytes: &[u8]) -> Failure {
    let (_, decoded) = decode(bytes, &GaijiTable::default());
    Document::parse(&decoded, &Limits::default()).unwrap_err()
}

#[test]
fn what_is_no_sound_document_is_refused_with_its_place() {
    let laughs = "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><l>&b;</l>";
    let external = "<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<l>&x;</l>";
    for (text, definition, place) in [
        (laughs, &issues::DOCUMENT_TYPE, (1, 22)),
        (external, &issues::DOCUMENT_TYPE, (1, 1)),
        ("<!DOCTYPE html PUBLIC 'x' 'http://example.invalid/x.dtd'><html/>", &issues::DOCUMENT_TYPE, (1, 1)),
        ("<a>\n&lol;</a>", &issues::REFERENCE, (2, 1)),
        ("<a b='&x;'/>", &issues::REFERENCE, (1, 7)),
        ("<a>&#0;</a>", &issues::REFERENCE, (1, 4)),
        ("<a><b></a>", &issues::MALFORMED, (1, 7)),
        ("<a>", &issues::MALFORMED, (1, 4)),
        ("<a b='1' b='2'/>", &issues::MALFORMED, (1, 2)),
        ("<a b=1/>", &issues::MALFORMED, (1, 2)),
        ("<a/><b/>", &issues::MALFORMED, (1, 5)),
        ("<a/>text", &issues::MALFORMED, (1, 5)),
        ("text", &issues::MALFORMED, (1, 1)),
        ("", &issues::MALFORMED, (1, 1)),
        ("<a", &issues::MALFORMED, (1, 1)),
        ("<1a/>", &issues::MALFORMED, (1, 1)),
        ("<a:b:c/>", &issues::MALFORMED, (1, 1)),
        ("</a>", &issues::MALFORMED, (1, 1)),
    ] {
        let failure = refused(text.as_bytes());
        assert_eq!(failure.definition, definition, "{text}: {failure:?}");
        assert_eq!((failure.line, failure.column), place, "{text}: {failure:?}");
    }
}

#[test]
fn what_goes_beyond_a_limit_is_refused_at_once() {
    let deep = ["<a>".repeat(1_000_000), "</a>".repeat(1_000_000)].concat();
    let wide = format!("<a>{}</a>", "<b/>".repeat(600_000));
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=''")).collect();
    let spaces: String = (0..1000).map(|n| format!("<b xmlns:p='urn:{n}'/>")).collect();
    let name = "n".repeat(100_000);
    for (text, detail) in [
        (deep, "depth"),
        (wide, "nodes"),
        (format!("<a{attributes}/>"), "attributes"),
        (format!("<a>{spaces}</a>"), "namespaces"),
        (format!("<{name}/>"), "name"),
    ] {
        let started = Instant::now();
        let failure = refused(text.as_bytes());
        assert_eq!((failure.definition, &*failure.detail), (&issues::TOO_LARGE, detail));
        assert!(started.elapsed() < Duration::from_secs(20), "{detail}: {:?}", started.elapsed());
    }
}

#[test]
fn a_long_text_is_refused_without_a_copy() {
    let limits = Limits { text: 1 << 20, document: 16 << 20, ..Limits::default() };
    for (text, detail) in [
        (format!("<a>{}</a>", "x".repeat(2 << 20)), "text"),
        (format!("<a b='{}'/>", "x".repeat(2 << 20)), "text"),
        (format!("<a>{}</a>", "&#65;".repeat(2 << 20)), "text"),
        (format!("<a>{}</a>", "x".repeat(17 << 20)), "document"),
    ] {
        let (_, decoded) = decode(text.as_bytes(), &GaijiTable::default());
        let failure = Document::parse(&decoded, &limits).unwrap_err();
        assert_eq!((failure.definition, &*failure.detail), (&issues::TOO_LARGE, detail));
    }
}

#[test]
fn nothing_follows_a_failure() {
    let mut reader = Reader::new("<a></b>", &Limits::default());
    assert!(matches!(reader.next_event(), Ok(Some(Event::Start(_)))));
    assert!(reader.next_event().is_err());
    assert_eq!(reader.next_event(), Ok(None));
}
