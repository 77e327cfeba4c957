use crate::{
    issues, notebook, prescription,
    rows::rows,
    symbol::{Standard, symbols},
    writer::Writer,
};
use std::borrow::Cow;
use tsugite_charset::{Decoded, Encoding, decode, detect, issues as charset};
use tsugite_clinical::RecordKind;
use tsugite_issue::{Definition, Issue, Text};
use tsugite_source::{Context, Input, InputOrder, Recognition, Sink, Source};

/// The source of prescription symbols and medicine notebooks.
#[derive(Clone, Debug, Default)]
pub struct Jahis {
    /// Institution numbers of the site.
    own: Vec<String>,
}

impl Jahis {
    /// For a site with these institution numbers (10 digits): the patient number of another institution's prescription is not its own.
    /// Without any number nothing is known of the site, and every patient number is taken for its own.
    pub const fn of_site(institutions: Vec<String>) -> Self {
        Self { own: institutions }
    }
}

const PRESCRIPTION: Text = Text::new("JAHIS 院外処方箋2次元シンボル", "JAHIS prescription symbol");
const NOTEBOOK: Text = Text::new("JAHIS 電子版お薬手帳", "JAHIS medicine notebook");

/// How far into the input its first header may stand.
const REACH: usize = 4096;
/// Bytes beyond which an input is no text of symbols: some 20,000 full codes.
const LARGEST: usize = 64 << 20;
/// The end-of-file mark of the standard, which also ends each part where parts were put together.
const END: u8 = 0x1A;
/// 薬品レコード of either standard.
const DRUG: u16 = 201;

impl Source for Jahis {
    fn name(&self) -> &'static str {
        "jahis"
    }

    fn title(&self) -> Text {
        Text::new("JAHIS 処方箋QR・お薬手帳", "JAHIS prescription QR codes and medicine notebooks")
    }

    fn issues(&self) -> &'static [&'static Definition] {
        issues::ALL
    }

    fn order(&self, _: &str) -> InputOrder {
        InputOrder::Mixed
    }

    /// By the first header; headers are ASCII whatever the encoding.
    fn recognise(&self, input: &Input<'_>) -> Option<Recognition> {
        // Every other byte of UTF-16 is 0 here.
        let head: Vec<u8> = input.bytes.iter().take(REACH).copied().filter(|byte| *byte != 0).collect();
        let mut lines = head.split(|b| matches!(b, b'\r' | b'\n' | &END)).filter(|line| !line.trim_ascii().is_empty());
        let header = |line: &[u8]| {
            let marks: [&[u8]; 3] = [b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF"];
            let line = marks.iter().find_map(|mark| line.strip_prefix(*mark)).unwrap_or(line);
            let line = str::from_utf8(line.get(..32).unwrap_or(line)).ok()?;
            Some((Standard::of_header(line)?, line.trim().to_owned()))
        };
        let first = lines.next().and_then(header);
        let confidence = if first.is_some() { 97 } else { 80 };
        let (standard, line) = first.or_else(|| lines.find_map(header))?;
        let format = match standard {
            Standard::Prescription(_) => PRESCRIPTION,
            Standard::Notebook(_) => NOTEBOOK,
        };
        Some(Recognition { confidence, format, evidence: line })
    }

    fn surest(&self) -> u8 {
        97
    }

    fn read(&self, input: &Input<'_>, context: &Context, sink: &mut Sink) {
        if input.bytes.trim_ascii().is_empty() {
            return sink.unreadable(Issue::new(&issues::EMPTY).at(input.whole()));
        }
        if input.bytes.len() > LARGEST {
            return sink.unreadable(Issue::new(&issues::TOO_LARGE).at(input.whole()));
        }
        let detection = detect(&input.bytes, Some(Encoding::ShiftJis));
        let bytes = without_marks(&input.bytes, detection.encoding);
        let decoded = decode(&bytes, detection.encoding, &context.gaiji);
        let repairs = decoded.issues(&input.name);
        // Names in half-width kana are what the standard asks for.
        repairs
            .into_iter()
            .filter(|issue| issue.definition != &charset::HALF_WIDTH_KANA)
            .for_each(|issue| sink.issue(issue));
        text(input, &decoded, context, &self.own, sink);
    }
}

/// Marks are line ends where text follows, so that the parts behind them are found. In UTF-16 the byte is a part of characters.
fn without_marks(bytes: &[u8], encoding: Encoding) -> Cow<'_, [u8]> {
    if matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be) || !bytes.contains(&END) {
        return Cow::Borrowed(bytes);
    }
    Cow::Owned(bytes.iter().map(|byte| if *byte == END { b'\n' } else { *byte }).collect())
}

fn text(input: &Input<'_>, decoded: &Decoded<'_>, context: &Context, own: &[String], sink: &mut Sink) {
    let (symbols, stray) = symbols(rows(&decoded.text));
    if symbols.is_empty() {
        return sink.unreadable(Issue::new(&issues::NO_HEADER).at(input.whole()));
    }
    let mut writer = Writer::new(input, decoded, context, sink);
    if let Some(first) = stray.first() {
        writer.issue(Issue::new(&issues::BEFORE_HEADER).with("count", stray.len().to_string()), first);
    }
    for row in stray.iter().filter(|row| row.number() == Some(DRUG)) {
        writer.held(RecordKind::Prescription, row, None, &issues::BEFORE_HEADER);
    }
    let ended = decoded.bytes().last().is_some_and(|last| matches!(last, b'\n' | b'\r'));
    if !ended && symbols.iter().any(|symbol| matches!(symbol.standard, Standard::Prescription(_))) {
        writer.tell_input(Issue::new(&issues::END_MISSING));
    }
    for symbol in &symbols {
        if !symbol.standard.is_known() {
            let issue = Issue::new(&issues::GENERATION_UNKNOWN).with("header", symbol.header.field(0).trim());
            writer.issue(issue, &symbol.header);
        }
        writer.begin();
        match symbol.standard {
            Standard::Prescription(_) => prescription::read(symbol, own, &mut writer),
            Standard::Notebook(_) => notebook::read(symbol, &mut writer),
        }
    }
    writer.finish();
}
