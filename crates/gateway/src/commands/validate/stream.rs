//! NDJSON that may be larger than memory: read line by line, handed on in pieces.

use super::recognise::{MARK, contains};
use crate::intake::Limits;
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// Whole lines of one stream.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Piece {
    pub bytes: Vec<u8>,
    /// Where the piece begins in the stream.
    pub offset: u64,
    pub lines_before: u32,
    /// Behind the lines of the piece stands one that is longer than the limit; it was passed over.
    pub too_long: bool,
    /// The stream ends here.
    pub last: bool,
}

/// Lines are put together up to this size, so that handing them on costs little.
const PIECE: usize = 256 << 10;

/// The pieces of a stream.
pub struct Pieces<R> {
    reader: R,
    longest: u64,
    offset: u64,
    lines: u32,
    done: bool,
}

impl<R: BufRead> Pieces<R> {
    pub fn new(reader: R, limits: &Limits) -> Self {
        Self { reader, longest: limits.input, offset: 0, lines: 0, done: false }
    }

    fn piece(&mut self) -> io::Result<Piece> {
        let mut piece = Piece { offset: self.offset, lines_before: self.lines, ..Piece::default() };
        while piece.bytes.len() < PIECE && !piece.too_long && self.line(&mut piece)? {}
        piece.last = self.reader.fill_buf()?.is_empty();
        self.done = piece.last;
        Ok(piece)
    }

    /// Reads a line behind the piece; whether there was one.
    fn line(&mut self, piece: &mut Piece) -> io::Result<bool> {
        let before = piece.bytes.len();
        let read = (&mut self.reader).take(self.longest + 1).read_until(b'\n', &mut piece.bytes)?;
        let mut read = read as u64;
        if read > self.longest && !piece.bytes.ends_with(b"\n") {
            piece.bytes.truncate(before);
            piece.too_long = true;
            read += self.reader.skip_until(b'\n')? as u64;
        }
        self.offset += read;
        self.lines += u32::from(read > 0);
        Ok(read > 0)
    }
}

impl<R: BufRead> Iterator for Pieces<R> {
    type Item = io::Result<Piece>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let piece = self.piece();
        self.done |= piece.is_err();
        Some(piece)
    }
}

/// What the name of a stream says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// Nothing.
    Any,
    /// That it is NDJSON; it lies in a folder, where other things may have such a name.
    Ndjson,
    /// That it is NDJSON; the user named this very file.
    NdjsonAsked,
}

/// A stream of unknown content.
pub enum Opened {
    /// NDJSON: more than one line that is a document.
    Lines(Box<dyn BufRead + Send>),
    /// One document, or none; at most one byte more than the limit.
    Whole(Vec<u8>),
}

/// Looks at the first two lines. Of a name the first line decides, unless the user asked.
pub fn open(reader: Box<dyn Read + Send>, name: Name, limits: &Limits) -> io::Result<Opened> {
    let mut reader = BufReader::new(reader);
    let mut head = Vec::new();
    let most = limits.input + 1;
    let mut first = 0..0;
    while first.is_empty() && (head.len() as u64) < most {
        let begin = head.len();
        let rest = most - head.len() as u64;
        if (&mut reader).take(rest).read_until(b'\n', &mut head)? == 0 {
            break;
        }
        if !head.get(begin..).unwrap_or_default().trim_ascii().is_empty() {
            first = begin..head.len();
        }
    }
    let line = head.get(first).unwrap_or_default().trim_ascii();
    let document = line.starts_with(b"{") && line.ends_with(b"}") && head.ends_with(b"\n");
    let lines = match name {
        Name::NdjsonAsked => true,
        Name::Ndjson => contains(line, MARK),
        Name::Any => document && reader.fill_buf()?.trim_ascii_start().starts_with(b"{"),
    };
    if lines {
        return Ok(Opened::Lines(Box::new(Cursor::new(head).chain(reader))));
    }
    let rest = most.saturating_sub(head.len() as u64);
    reader.take(rest).read_to_end(&mut head)?;
    Ok(Opened::Whole(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(input: u64) -> Limits {
        Limits { input, ..Limits::default() }
    }

    #[test]
    fn lines_come_whole_and_know_their_place() {
        let line = [&b"{"[..], &vec![b' '; PIECE / 3], b"}\n"].concat();
        let text = line.repeat(8);
        let pieces: Vec<Piece> = Pieces::new(&text[..], &limits(1 << 20)).map(Result::unwrap).collect();
        let places: Vec<_> = pieces.iter().map(|p| (p.offset, p.lines_before, p.last)).collect();
        let at = |lines: usize| (lines * line.len()) as u64;
        assert_eq!(places, [(0, 0, false), (at(3), 3, false), (at(6), 6, true)]);
        assert_eq!(pieces.into_iter().flat_map(|piece| piece.bytes).collect::<Vec<u8>>(), text);
    }

    #[test]
    fn a_line_beyond_the_limit_is_told_and_the_next_is_read() {
        let text = b"{}\n{ }\n{                    }\n{  }";
        let pieces: Vec<Piece> = Pieces::new(&text[..], &limits(8)).map(Result::unwrap).collect();
        assert_eq!(pieces.len(), 2);
        assert_eq!((&pieces[0].bytes[..], pieces[0].too_long), (&b"{}\n{ }\n"[..], true));
        assert_eq!((&pieces[1].bytes[..], pieces[1].lines_before, pieces[1].last), (&b"{  }"[..], 3, true));
        assert_eq!(pieces[1].offset, 30);
    }

    #[test]
    fn a_stream_is_lines_or_one_document() {
        use Name::{Any, Ndjson, NdjsonAsked};
        for (name, text, lines) in [
            (Any, "{\"a\":1}\n{\"a\":2}\n", true),
            (Any, "\n\n{\"a\":1}\r\n{\"a\":2}", true),
            (Any, "{\"a\":1}\n", false),
            (Any, "{\n\"a\":1}\n", false),
            (Any, "{\"a\":{\"b\":1}\n,\"c\":{}}\n", false),
            (Any, "", false),
            (Any, "\n\n", false),
            (Any, "MSH|", false),
            (Ndjson, "{\"resourceType\":\n{}", true),
            (Ndjson, "{\"a\":1\n{}", false),
            (NdjsonAsked, "{\"a\":1\n{}", true),
        ] {
            let opened = open(Box::new(Cursor::new(text)), name, &limits(100)).unwrap();
            let (found, bytes) = match opened {
                Opened::Lines(mut reader) => {
                    let mut all = Vec::new();
                    reader.read_to_end(&mut all).unwrap();
                    (true, all)
                }
                Opened::Whole(bytes) => (false, bytes),
            };
            assert_eq!((found, &bytes[..]), (lines, text.as_bytes()), "{text:?}");
        }
        let endless = open(Box::new(io::repeat(b'{')), Any, &limits(100)).unwrap();
        assert!(matches!(endless, Opened::Whole(bytes) if bytes.len() == 101));
    }
}
