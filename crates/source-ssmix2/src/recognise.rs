use crate::{data_type::DataType, storage::Name, transaction::MARK};
use tsugite_issue::Text;
use tsugite_source::{Input, Recognition};

/// How far into the file the first header may stand.
const REACH: usize = 512;

/// By the beginning of the content, and by the file name. A storage file without readable content is recognised by its name, so that
/// this source is the one to say what is wrong with it.
pub fn recognise(input: &Input<'_>) -> Option<Recognition> {
    let name = Name::parse(input.file_name());
    let head = String::from_utf8_lossy(input.bytes.get(..REACH).unwrap_or(&input.bytes));
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}');
    if start.starts_with(MARK) {
        let format = Text::new("SS-MIX2 トランザクションファイル", "SS-MIX2 transaction file");
        return Some(Recognition { confidence: 99, format, evidence: "#SSMIX".to_owned() });
    }
    let by_name = name.and_then(|name| DataType::named(name.data_type));
    let Some(message) = header(start) else {
        return Some(Recognition { confidence: 40, format: by_name?.title, evidence: "file name".to_owned() });
    };
    let by_content = DataType::of_message(message.code, message.event);
    let format = by_name.or(by_content).map_or(Text::new("HL7 v2 メッセージ", "HL7 v2 message"), |row| row.title);
    let confidence = match (name.is_some(), by_content.is_some(), message.declares) {
        (true, _, _) => 98,
        (false, true, true) => 95,
        (false, true, false) => 70,
        (false, false, true) => 60,
        (false, false, false) => 35,
    };
    let mut evidence = format!("{}^{}", message.code, message.event);
    if message.declares {
        evidence.push_str(", MSH-21 SS-MIX2");
    }
    if name.is_some() {
        evidence.push_str(", file name");
    }
    Some(Recognition { confidence, format, evidence })
}

struct Header<'h> {
    code: &'h str,
    event: &'h str,
    /// MSH-21 names SS-MIX2.
    declares: bool,
}

/// The MSH at the beginning of the text. Its fields up to MSH-21 are ASCII whatever the encoding.
fn header(start: &str) -> Option<Header<'_>> {
    let line = start.strip_prefix("MSH")?.lines().next()?;
    let mut characters = line.chars();
    let field = characters.next().filter(char::is_ascii_punctuation)?;
    let component = characters.next().unwrap_or('^');
    let kind = line.split(field).nth(8).unwrap_or_default();
    let mut parts = kind.split(component);
    let (code, event) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    Some(Header { code, event, declares: line.contains("SS-MIX2") })
}
