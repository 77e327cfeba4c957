use crate::{Context, Input, Output, Part, Sink, Source, line_ends};
use std::sync::Arc;

/// Bytes that are cut at once: far fewer than in earnest, so that small samples have parts.
const WINDOW: usize = 300;

/// Read in parts, as large inputs are, an input says what it says as a whole.
pub(super) fn check(source: &dyn Source, context: &Context, input: &Input, whole: &Output) -> Option<String> {
    if whole.held.is_some() || whole.unreadable {
        return None;
    }
    let parts = parts(source, input)?;
    let mut sum = Output::default();
    for part in &parts {
        let mut sink = Sink::new();
        source.read(part, context, &mut sink);
        let output = sink.finish();
        sum.statements.extend(output.statements);
        sum.ended.extend(output.ended);
    }
    let differs = |what: &str| Some(format!("{what}, read in {} parts, are not those of the whole", parts.len()));
    match () {
        () if sum.statements != whole.statements => differs("statements"),
        () if sum.ended != whole.ended => differs("ended records"),
        () => None,
    }
}

/// `None` where the source cannot cut it.
fn parts<'a>(source: &dyn Source, input: &Input<'a>) -> Option<Vec<Input<'a>>> {
    let mut parts = Vec::new();
    let (mut head, mut start, mut lines) = (Vec::new(), 0, 0);
    while let Some(rest) = input.bytes.get(start..).filter(|rest| !rest.is_empty()) {
        let mut place =
            Part { start: u64::try_from(start).ok()?, lines, head: Arc::from(head.as_slice()), more: false };
        let cut = (1..).map(|times| times * WINDOW).take_while(|size| *size < rest.len());
        let end = cut.filter_map(|size| source.cut(&mut head, rest.get(..size)?)).next().unwrap_or(rest.len());
        let bytes = rest.get(..end).filter(|bytes| !bytes.is_empty())?.to_vec();
        place.more = end < rest.len();
        (start, lines) = (start + end, lines + line_ends(&bytes));
        parts.push(Input::part(Arc::clone(&input.name), bytes, place));
    }
    (parts.len() > 1).then_some(parts)
}
