use super::*;

fn read<'a>(arena: &'a mut Arena, text: &'a str) -> (Option<Tree<'a>>, Vec<FaultKind>) {
    let mut faults = Vec::new();
    let tree = arena.read(text.as_bytes(), &Limits::default(), &mut faults);
    (tree, faults.into_iter().map(|f| f.kind).collect())
}

fn faults(text: &str) -> Vec<FaultKind> {
    read(&mut Arena::new(), text).1
}

#[test]
fn navigation_keys_indexes_spans_and_paths() {
    let text = r#"{"resourceType":"Bundle", "entry":[{"a":1},{"a":{"b":[true,"x\ny"]}}],"a\u0062":null}"#;
    let mut arena = Arena::new();
    let (tree, faults) = read(&mut arena, text);
    assert_eq!(faults, []);
    let tree = tree.unwrap();
    let root = tree.root().unwrap();
    assert_eq!((root.path().as_str(), root.key(), root.index()), ("Bundle", None, None));
    let entries: Vec<Node> = root.get("entry").unwrap().items().collect();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0].get("a").unwrap().as_number(), Some("1"));
    let deep = entries[1].get("a").and_then(|a| a.get("b")).and_then(|b| b.items().nth(1)).unwrap();
    assert_eq!(deep.as_str(), Some("x\ny"));
    assert_eq!(deep.source(), r#""x\ny""#);
    assert_eq!(deep.path(), "Bundle.entry[1].a.b[1]");
    assert!(entries[1].contains(deep) && !entries[0].contains(deep));
    let null = root.get("ab").unwrap();
    assert_eq!((null.kind(), null.path().as_str()), (Kind::Null, "Bundle.ab"));
    let (start, end) = null.key_span().unwrap();
    assert_eq!(&text[start as usize..end as usize], "a\\u0062");
    assert_eq!(root.get("none").map(Node::id), None);
}

#[test]
fn a_document_may_be_any_value() {
    for (text, kind) in [("1", Kind::Number), (" \"a\" ", Kind::String), ("[]", Kind::Array), ("{}", Kind::Object)] {
        let mut arena = Arena::new();
        let (tree, faults) = read(&mut arena, text);
        assert_eq!(faults, [], "{text}");
        assert_eq!(tree.unwrap().root().unwrap().kind(), kind, "{text}");
    }
}

#[test]
fn escapes_are_resolved() {
    for (text, expected) in
        [(r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (r#""\u3042あ\ud83d\ude00!""#, "ああ😀!")]
    {
        let mut arena = Arena::new();
        let (tree, faults) = read(&mut arena, text);
        assert_eq!(faults, [], "{text}");
        assert_eq!(tree.unwrap().root().unwrap().as_str(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_wrong_is_said_and_read_on_where_possible() {
    use FaultKind::*;
    for (text, expected, readable) in [
        ("\u{feff}{}", vec![ByteOrderMark], true),
        ("{} {}", vec![TrailingData], true),
        (r#"{"a":1,"b":2,"a":3,"\u0061":4}"#, vec![DuplicateKey, DuplicateKey], true),
        (r#""\ud800""#, vec![LoneSurrogate], true),
        (r#""\udc00\ud800\u0041""#, vec![LoneSurrogate, LoneSurrogate], true),
        ("1e999999", vec![NumberOutOfRange], true),
        ("-1e400", vec![NumberOutOfRange], true),
        ("1e-999999", vec![], true),
        ("-0.5E+3", vec![], true),
        ("", vec![Empty], false),
        (" \n", vec![Empty], false),
        ("NaN", vec![NotJsonLiteral], false),
        ("[Infinity]", vec![NotJsonLiteral], false),
        ("[-Infinity]", vec![BadNumber], false),
        ("True", vec![NotJsonLiteral], false),
        ("01", vec![BadNumber], false),
        ("1.", vec![BadNumber], false),
        (".5", vec![Syntax { expected: "{ [ \" 0-9 true false null" }], false),
        ("+1", vec![Syntax { expected: "{ [ \" 0-9 true false null" }], false),
        ("1.2.3", vec![BadNumber], false),
        ("[1,]", vec![Syntax { expected: "{ [ \" 0-9 true false null" }], false),
        ("{\"a\":1,}", vec![Syntax { expected: "\"" }], false),
        ("{\"a\" 1}", vec![Syntax { expected: ":" }], false),
        ("{\"a\":1 \"b\":2}", vec![Syntax { expected: ", }" }], false),
        ("[1 2]", vec![Syntax { expected: ", ]" }], false),
        ("[1}", vec![Syntax { expected: ", ]" }], false),
        ("{a:1}", vec![Syntax { expected: "\"" }], false),
        ("['a']", vec![Syntax { expected: "{ [ \" 0-9 true false null" }], false),
        ("\"abc", vec![Syntax { expected: "\"" }], false),
        ("\"abc\\", vec![Syntax { expected: "\"" }], false),
        ("\"a\tb\"", vec![RawControl], false),
        ("\"a\0b\"", vec![RawControl], false),
        (r#""\x""#, vec![BadEscape], false),
        (r#""\u12G4""#, vec![BadEscape], false),
        (r#""\u12"#, vec![Syntax { expected: "\"" }], false),
        (r#""\あ""#, vec![BadEscape], false),
    ] {
        let mut arena = Arena::new();
        let (tree, faults) = read(&mut arena, text);
        assert_eq!(faults, expected, "{text:?}");
        assert_eq!(tree.is_some(), readable, "{text:?}");
    }
}

#[test]
fn limits_of_size_depth_and_number() {
    let deep = "[".repeat(100_000);
    assert_eq!(faults(&deep), [FaultKind::TooDeep { limit: 256 }]);
    let objects = "{\"a\":".repeat(100_000);
    assert_eq!(faults(&objects), [FaultKind::TooDeep { limit: 256 }]);
    let allowed = format!("{}1{}", "[".repeat(256), "]".repeat(256));
    assert_eq!(faults(&allowed), []);
    let many = format!("[{}0]", "0,".repeat(500_000));
    assert!(matches!(faults(&many)[..], [FaultKind::TooManyValues { .. }]));
    let key = format!("{{\"{}\":1}}", "k".repeat(70_000));
    assert_eq!(faults(&key), [FaultKind::KeyTooLong]);
    let mut found = Vec::new();
    let limits = Limits { max_size: 3, ..Limits::default() };
    assert!(Arena::new().read(b"1234", &limits, &mut found).is_none());
    assert_eq!(found[0].kind, FaultKind::TooLarge { size: 4, limit: 3 });
}

#[test]
fn deep_limits_may_be_raised_without_recursion() {
    let text = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let mut found = Vec::new();
    let mut arena = Arena::new();
    let limits = Limits { max_depth: 200_000, ..Limits::default() };
    // 200 KB of brackets would exceed the values allowed for that size, but not the free ones twice over.
    assert!(arena.read(text.as_bytes(), &limits, &mut found).is_none());
    assert!(matches!(found[0].kind, FaultKind::TooManyValues { .. }));
    let text = format!("{}1{}", "[".repeat(60_000), "]".repeat(60_000));
    found.clear();
    let tree = arena.read(text.as_bytes(), &limits, &mut found).unwrap();
    assert_eq!(found, []);
    assert_eq!(tree.nodes().last().unwrap().path().len(), 1 + 3 * 60_000);
}

#[test]
fn not_utf8_names_the_byte() {
    let mut found = Vec::new();
    assert!(Arena::new().read(b"{\"a\":\"\x82\xa0\"}", &Limits::default(), &mut found).is_none());
    assert_eq!((found[0].kind, found[0].start), (FaultKind::NotUtf8, 6));
}

#[test]
fn large_objects_find_their_duplicates_too() {
    let members: Vec<String> = (0..1000).map(|i| format!("\"k{}\":{i}", i % 999)).collect();
    let text = format!("{{{}}}", members.join(","));
    assert_eq!(faults(&text), [FaultKind::DuplicateKey]);
}

#[test]
fn an_arena_serves_many_documents() {
    let mut arena = Arena::new();
    for (text, nodes) in [(r#"["\n",[1,2]]"#, 5), ("{}", 1), (r#"{"a":"\t"}"#, 2)] {
        let (tree, faults) = read(&mut arena, text);
        assert_eq!(faults, []);
        assert_eq!(tree.unwrap().nodes().count(), nodes);
    }
}
