use crate::{
    cut,
    fallback::MissingId,
    head::{Carried, Head},
    issues,
    receipt::{Receipt, Rows},
    recognise,
    row::{Row, rows},
    writer::{Ordinals, Writer},
};
use std::collections::BTreeMap;
use tsugite_charset::{Decoded, Encoding, decode, detect};
use tsugite_issue::{Definition, Issue, Text};
use tsugite_source::{Context, Input, InputOrder, Recognition, Sink, Source};

/// レセプト電算処理システム (UKE).
#[derive(Clone, Copy, Debug, Default)]
pub struct Uke {
    missing_id: MissingId,
}

impl Uke {
    /// With what stands for a patient whose receipts have no カルテ番号.
    pub const fn with(missing_id: MissingId) -> Self {
        Self { missing_id }
    }
}

impl Source for Uke {
    fn name(&self) -> &'static str {
        "uke"
    }

    fn title(&self) -> Text {
        Text::new("レセプト電算処理（UKE）", "receipt file (UKE)")
    }

    fn issues(&self) -> &'static [&'static Definition] {
        issues::ALL
    }

    fn order(&self, _: &str) -> InputOrder {
        InputOrder::Mixed
    }

    fn recognise(&self, input: &Input) -> Option<Recognition> {
        recognise::recognise(input)
    }

    fn surest(&self) -> u8 {
        98
    }

    fn institution(&self, input: &Input) -> Option<String> {
        recognise::recognise(input)?;
        recognise::head(&input.bytes).institution_number().map(str::to_owned)
    }

    fn cut(&self, head: &mut Vec<u8>, window: &[u8]) -> Option<usize> {
        cut::cut(head, window)
    }

    fn read(&self, input: &Input, context: &Context, sink: &mut Sink) {
        if input.bytes.iter().all(|byte| byte.is_ascii_whitespace() || matches!(byte, 0 | 0x1A)) {
            return sink.unreadable(Issue::new(&issues::EMPTY).at(input.whole()));
        }
        let carried = Carried::read(input.head());
        let encoding = carried.as_ref().map(|carried| carried.encoding).unwrap_or_else(|| encoding(input, sink));
        let decoded = decode(&input.bytes, encoding, &context.gaiji);
        decoded.issues(&input.name).into_iter().for_each(|issue| sink.issue(input.told(issue)));
        let mut file = File {
            input,
            context,
            decoded: &decoded,
            missing_id: self.missing_id,
            head: carried.map(|carried| carried.head).unwrap_or_default(),
            begun: Rows::default(),
            receipts: 0,
            records: 0,
            stated: None,
            ended: false,
            others: BTreeMap::new(),
            ordinals: Ordinals::new(),
            sink,
        };
        let mut end = 0;
        for row in rows(&decoded.text) {
            end = row.end();
            file.row(row);
        }
        let is_open = !decoded.text.get(end..).unwrap_or_default().starts_with(['\r', '\n']);
        file.finish(is_open.then_some(end));
    }
}

/// CP932 by the specification; what was saved again by an editor is told.
fn encoding(input: &Input<'_>, sink: &mut Sink) -> Encoding {
    let detection = detect(&input.bytes, Some(Encoding::ShiftJis));
    detection.issues(&input.name).into_iter().for_each(|issue| sink.issue(issue));
    detection.encoding
}

/// One file, or a part of one, being read.
struct File<'r, 't> {
    input: &'r Input<'r>,
    context: &'r Context,
    decoded: &'t Decoded<'t>,
    missing_id: MissingId,
    head: Head,
    /// The receipt whose rows are being gathered.
    begun: Rows<'t>,
    receipts: u64,
    records: usize,
    /// 総件数 of GO.
    stated: Option<u64>,
    /// The last receipt is known to be whole.
    ended: bool,
    /// Records by id that nothing is taken from.
    others: BTreeMap<&'t str, u64>,
    ordinals: Ordinals,
    sink: &'r mut Sink,
}

impl<'t> File<'_, 't> {
    fn row(&mut self, row: Row<'t>) {
        match row.id() {
            "IR" => {
                // Of a file behind another one; a receipt that no GO ends may have lost its end.
                self.receipt(self.head.volume);
                self.head = Head::read(&row);
                self.ended = false;
            }
            "RE" => {
                self.receipt(true);
                self.begun.re = Some(row);
                self.receipts += 1;
            }
            "HO" | "KO" | "SN" | "SY" | "SI" | "IY" | "TO" | "CO" => self.begun.rows.push(row),
            "GO" => {
                self.receipt(true);
                let stated: u64 = row.code(1).parse().unwrap_or(0);
                self.stated = Some(self.stated.unwrap_or(0) + stated);
                self.ended = true;
            }
            other => *self.others.entry(other).or_default() += 1,
        }
    }

    fn writer(&mut self) -> Writer<'_> {
        Writer::new(self.input, self.context, self.decoded, &self.head, self.sink, &mut self.ordinals)
    }

    /// The rows of one receipt are gathered: what they say goes to the sink. `whole`: nothing of it is missing at its end.
    fn receipt(&mut self, whole: bool) {
        let Rows { re, rows } = std::mem::take(&mut self.begun);
        if re.is_none() && rows.is_empty() {
            return;
        }
        if self.head.billed.is_none() && self.receipts <= 1 {
            self.sink.issue(Issue::new(&issues::HEAD_MISSING).at(self.input.whole()));
        }
        let receipt = re.as_ref().map(|re| Receipt::read(re, &rows, self.missing_id));
        let mut writer = self.writer();
        match (re, receipt) {
            (Some(re), Some(receipt)) => writer.receipt(&re, &receipt, &rows, whole),
            _ => writer.stray(&rows),
        }
        self.records += writer.records();
    }

    /// `open`: where the last row ends, if no line end stands behind it.
    fn finish(mut self, open: Option<usize>) {
        // A volume of several ends without a GO, and a part of a large file before a receipt.
        let whole = self.ended || self.head.volume || self.input.goes_on();
        if !whole && self.receipts > 0 {
            self.sink.issue(Issue::new(&issues::NOT_ENDED).at(self.input.whole()));
        }
        let is_cut = |row: &Row<'_>| open == Some(row.end());
        // A number that was cut may be another patient's.
        self.begun.re.take_if(|re| is_cut(re));
        let cut = self.begun.rows.pop_if(|row| is_cut(row));
        let patient = cut.and(self.begun.re).map(|re| re.code(13).into_owned()).unwrap_or_default();
        self.receipt(whole && cut.is_none());
        if let Some(cut) = cut {
            let mut writer = self.writer();
            writer.cut(&cut, &patient);
            self.records += writer.records();
        }
        self.tell_others();
        if self.receipts == 0 && self.records == 0 && self.input.head().is_empty() {
            return self.sink.unreadable(Issue::new(&issues::NO_RECEIPT).at(self.input.whole()));
        }
        let is_part = self.input.goes_on() || !self.input.head().is_empty();
        if let Some(stated) = self.stated.filter(|stated| !is_part && *stated != self.receipts) {
            let counts = Issue::new(&issues::COUNT_DIFFERS).with("stated", stated.to_string());
            self.sink.issue(counts.with("found", self.receipts.to_string()).at(self.input.whole()));
        }
        if self.records == 0 {
            self.sink.context_only();
        }
    }

    /// Kinds of records with how many there are of each.
    fn tell_others(&mut self) {
        for (definition, known) in [(&issues::RECORDS_UNKNOWN, false), (&issues::RECORDS_UNUSED, true)] {
            let of_kind = self.others.iter().filter(|(id, _)| is_known(id) == known);
            let listed: Vec<String> = of_kind.take(20).map(|(id, count)| format!("{} ×{count}", shown(id))).collect();
            if !listed.is_empty() {
                let told = Issue::new(definition).with("records", listed.join(", ")).at(self.input.whole());
                self.sink.issue(told);
            }
        }
    }
}

/// Records that hold nothing which is reported: reception, remarks, days of care, DPC's flat rates.
fn is_known(id: &str) -> bool {
    const KNOWN: [&str; 17] =
        ["UK", "SJ", "JD", "MF", "BU", "SB", "KK", "SK", "GA", "HH", "GT", "CD", "ON", "TI", "TR", "TS", "MT"];
    KNOWN.contains(&id)
}

/// An id as it may be shown: what a damaged line begins with may be anything.
fn shown(id: &str) -> &str {
    let plain = id.len() == 2 && id.bytes().all(|byte| byte.is_ascii_uppercase());
    if plain { id } else { "?" }
}
