use tsugite_charset::GaijiTable;
use tsugite_xml::{Document, Element, Limits, Node, decode, issues};

const HL7: &str = "urn:hl7-org:v3";

fn with<R>(bytes: &[u8], check: impl Fn(Element<'_, '_>) -> R) -> R {
    let (_, decoded) = decode(bytes, &GaijiTable::default());
    let document = Document::parse(&decoded, &Limits::default()).unwrap();
    check(document.root())
}

#[test]
fn names_are_of_their_namespaces_whatever_the_prefix() {
    let forms = [
        "<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1'/></ClinicalDocument>",
        "<h:ClinicalDocument xmlns:h='urn:hl7-org:v3'><h:id root='1'/></h:ClinicalDocument>",
        "<x xmlns='urn:hl7-org:v3' xmlns:v='urn:v'><id xmlns='urn:v' root='0'/><id v:root='2' root='1'/></x>",
    ];
    for form in forms {
        with(form.as_bytes(), |root| {
            let id = root.child((HL7, "id")).unwrap();
            assert_eq!((id.namespace(), id.local(), id.attr("root")), (HL7, "id", Some("1")), "{form}");
            assert_eq!(root.child(("urn:other", "id")), None);
        });
    }
    // A scope ends with its element.
    with(b"<a><b xmlns='urn:b'><c/></b><c/></a>", |root| {
        let names: Vec<_> = root.descendants().map(|e| (e.namespace().to_owned(), e.local())).collect();
        let expected = [("", "a"), ("urn:b", "b"), ("urn:b", "c"), ("", "c")];
        assert_eq!(names, expected.map(|(ns, local)| (ns.to_owned(), local)));
    });
}

#[test]
fn attributes_are_found_by_namespace() {
    let xsi = "http://www.w3.org/2001/XMLSchema-instance";
    with(format!("<value xmlns:xsi='{xsi}' xsi:type='PQ' value='1.50' unit='mg/dL'/>").as_bytes(), |root| {
        assert_eq!(root.attr((xsi, "type")), Some("PQ"));
        assert_eq!(root.attr("type"), Some("PQ"));
        assert_eq!(root.attr(("", "type")), None);
        assert_eq!(root.attr(("", "value")), Some("1.50"));
        assert_eq!(root.attributes().count(), 3);
    });
}

#[test]
fn text_is_one_run_with_references_and_character_data() {
    with("<a>甲 &lt;&amp;&#x4E59;<![CDATA[<b>&amp;]]><!-- no --><c>丙</c>\r\n丁</a>".as_bytes(), |root| {
        assert_eq!(root.text(), "甲 <&乙<b>&amp;丙\n丁");
        let nodes: Vec<_> = root
            .nodes()
            .map(|node| match node {
                Node::Text(text) => text.to_owned(),
                Node::Element(element) => element.local().to_owned(),
            })
            .collect();
        assert_eq!(nodes, ["甲 <&乙<b>&amp;", "c", "\n丁"]);
    });
    with(b"<a>  <b/> x </a>", |root| assert_eq!(root.trimmed().as_deref(), Some("x")));
    with(b"<a> </a>", |root| assert_eq!(root.trimmed(), None));
}

#[test]
fn ways_take_the_first_that_leads_on() {
    with(b"<a><b/><b><c>1</c></b><b><c>2</c></b></a>", |root| {
        assert_eq!(root.at(&["b", "c"]).map(|c| c.text().into_owned()).as_deref(), Some("1"));
        assert_eq!(root.at(&["b", "d"]), None);
        assert_eq!(root.at::<&str>(&[]), Some(root));
    });
}

#[test]
fn every_value_has_a_path_a_place_and_its_bytes() {
    // 検 in CP932 holds 0x5F (`_`); offsets are those of the file.
    let mut bytes = b"<?xml version='1.0' encoding='Shift_JIS'?>\n<a>\n <b n='".to_vec();
    bytes.extend_from_slice(&[0x8C, 0x9F, 0x8D, 0xB8, 0x8C, 0x8B, 0x89, 0xCA, 0x82, 0xF0]);
    bytes.extend_from_slice(b"'/>");
    let second = bytes.len();
    bytes.extend_from_slice(b"<b>x</b></a>");
    with(&bytes, |root| {
        let b: Vec<_> = root.all("b").collect();
        assert_eq!(b[0].attr("n"), Some("検査結果を"));
        let n = b[0].attribute("n").unwrap();
        assert_eq!(usize::try_from(n.span().end - n.span().start).unwrap(), 10);
        assert_eq!(n.address().to_string(), "a/b/@n 3:2");
        assert_eq!(b[1].address().to_string(), "a/b[2] 3:16");
        assert_eq!(usize::try_from(b[1].span().start).unwrap(), second);
        assert_eq!(usize::try_from(b[1].span().end).unwrap(), second + "<b>x</b>".len());
    });
}

#[test]
fn a_prefix_that_nobody_declared_is_told_and_read_by_its_name() {
    let (_, decoded) = decode(b"<a><mmlPi:name>x</mmlPi:name></a>", &GaijiTable::default());
    let document = Document::parse(&decoded, &Limits::default()).unwrap();
    let input = std::sync::Arc::new(tsugite_issue::InputName { path: "a.xml".into(), digest: Default::default() });
    let told = document.issues(&input);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].code(), issues::PREFIX_UNDECLARED.code);
    assert_eq!(document.root().child_text("name").as_deref(), Some("x"));
    assert_eq!(document.root().child("name").unwrap().name().prefix, "mmlPi");
}

#[test]
fn marks_and_blanks_around_a_document_do_no_harm() {
    for text in
        ["\u{FEFF}<a>1</a>", "\r\n <?xml version='1.0'?><a>1</a>\r\n\u{1A}", "<!-- c --><?p i?><a>1</a><!-- c -->"]
    {
        assert_eq!(with(text.as_bytes(), |root| root.text().into_owned()), "1", "{text:?}");
    }
}

#[test]
fn utf_16_and_7_bit_text_are_read() {
    let text = "<?xml version='1.0' encoding='UTF-16'?><a>血圧の検査</a>";
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(with(&wide, |root| root.text().into_owned()), "血圧の検査");
    // In ISO-2022-JP 血 is `7l` and the like: decoded before it is split, `<` in kanji is no tag.
    let seven = b"<?xml version='1.0' encoding='ISO-2022-JP'?><a>\x1b$B7l05$N<h\x1b(B</a>";
    assert_eq!(with(seven, |root| root.text().chars().count()), 4);
}
