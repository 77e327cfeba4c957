//! The files of the default interface, byte by byte.

use crate::{accepted, interface, not_processed, refused, request};
use tsugite_upstream::Operation;

#[test]
fn requests_are_written_so() {
    let goldens = [
        (Operation::REGISTER, include_str!("../golden/CIS-IF-201req_TG000001.xml")),
        (Operation::CHANGE, include_str!("../golden/CIS-IF-207req_TG000001.xml")),
        (Operation::CANCEL, include_str!("../golden/CIS-IF-203req_TG000001.xml")),
    ];
    for (operation, golden) in goldens {
        let request = request(operation);
        assert_eq!(String::from_utf8(interface().write_request(&request).unwrap()).unwrap(), golden);
        assert_eq!(interface().read_request(operation, golden.as_bytes()).unwrap(), request);
    }
}

#[test]
fn results_are_written_so() {
    let goldens = [
        (accepted(), include_str!("../golden/accepted.xml")),
        (refused(), include_str!("../golden/refused.xml")),
        (not_processed(), include_str!("../golden/not-processed.xml")),
    ];
    for (message, golden) in goldens {
        assert_eq!(String::from_utf8(interface().write_result(&message)).unwrap(), golden);
        assert_eq!(interface().read_result(golden.as_bytes()).unwrap(), message);
    }
}

#[test]
fn results_are_read_in_other_clothes() {
    let golden = include_str!("../golden/refused.xml");
    let clothes = [
        golden.replace('\n', "\r\n"),
        format!("\u{feff}{golden}"),
        golden.replace("<XmlMsg>", "<m:XmlMsg xmlns:m=\"urn:x\">").replace("</XmlMsg>", "</m:XmlMsg>"),
        golden.replace("><", ">\n  <"),
        golden.replace("SBX3001E", "<![CDATA[SBX3001E]]>"),
        golden.replace("SBX3001E", " SBX3001E\n"),
        golden.replace("<MessageBody>", "<!-- x --><MessageBody><New>1</New>"),
        golden.replace("encoding=\"UTF-8\"", "encoding=\"Shift_JIS\""),
    ];
    for text in clothes {
        assert_ne!(text, golden);
        assert_eq!(interface().read_result(text.as_bytes()).unwrap(), refused(), "{text}");
    }
}
