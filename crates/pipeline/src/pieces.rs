//! Mixed inputs as pieces of work: small ones whole, large ones in parts, so that no input stands in memory as a whole.

use crate::{Settings, issues, read::Entry};
use std::{
    collections::HashSet,
    io::{self, Read},
    sync::Arc,
};
use tsugite_issue::{Digest, InputName, Issue, Origin};
use tsugite_source::{Input, Part, Source, digest_of, line_ends};

/// What one thread reads at a time.
pub(crate) enum Piece<E> {
    Whole(E),
    Part(PartOf),
    /// A large input that is not read, with why: it was read before, or its source finds no place to cut it.
    Refused(Refused),
}

impl<E> Piece<E> {
    /// Bytes of a part; nothing where an input is read whole.
    pub fn part_bytes(&self) -> u64 {
        match self {
            Self::Part(part) => part.bytes.len() as u64,
            Self::Whole(_) | Self::Refused(_) => 0,
        }
    }
}

/// A part of a large input.
pub(crate) struct PartOf {
    pub source: Arc<dyn Source>,
    pub name: Arc<InputName>,
    pub bytes: Vec<u8>,
    pub place: Part,
}

impl PartOf {
    /// The input is counted with its first part.
    pub const fn is_first(&self) -> bool {
        self.place.start == 0
    }
}

pub(crate) struct Refused {
    pub issue: Issue,
    /// It should have been read.
    pub unreadable: bool,
}

/// Inputs below this size are read whole.
const LARGE: u64 = 4 << 20;
/// Bytes that are looked at for the format of a large input.
const SHOWN: usize = 1 << 16;
/// Bytes of a part, and how many there may be where nothing can be cut off fewer. What a part says takes some thirty times its size
/// while it is under way.
const PART: usize = 1 << 18;
const LARGEST_PART: usize = 16 << 20;

/// A large input with its source.
type Named = (Arc<InputName>, Arc<dyn Source>);

/// The pieces of all entries, in order, each with the number of its entry (the first is 1): the order of receipt.
pub(crate) struct Pieces<'s, I> {
    settings: &'s Settings<'s>,
    entries: I,
    received: u64,
    open: Option<Cutting>,
    /// Large inputs that were begun, to pass over repeats.
    seen: HashSet<(Digest, String)>,
}

impl<'s, I> Pieces<'s, I> {
    pub fn new(settings: &'s Settings<'s>, entries: I) -> Self {
        Self { settings, entries, received: 0, open: None, seen: HashSet::new() }
    }

    fn of_entry<E: Entry>(&mut self, entry: E) -> io::Result<Option<Piece<E>>> {
        // What cannot be opened is told by whoever loads it.
        let Ok(Some((name, source))) = self.large(&entry) else { return Ok(Some(Piece::Whole(entry))) };
        let file = name.path.rsplit('/').next().unwrap_or_default().to_owned();
        if !self.seen.insert((name.digest, file)) {
            let issue = Issue::new(&issues::REPEATED_INPUT).at(Origin::whole(name));
            return Ok(Some(Piece::Refused(Refused { issue, unreadable: false })));
        }
        let Some((reader, _)) = entry.open()? else { return Ok(Some(Piece::Whole(entry))) };
        self.open = Some(Cutting::new(reader, name, source));
        Ok(None)
    }

    /// The name and source of an input that is large and that its source can cut. It is read once for its digest.
    fn large<E: Entry>(&self, entry: &E) -> io::Result<Option<Named>> {
        let Some((reader, _)) = entry.open()?.filter(|(_, size)| *size > LARGE) else { return Ok(None) };
        let mut head = Vec::with_capacity(PART);
        let mut reader = reader.take(u64::try_from(PART).unwrap_or(LARGE));
        reader.read_to_end(&mut head)?;
        let shown = Input::new(entry.path(), head.get(..SHOWN).unwrap_or(&head));
        let source = match &self.settings.source {
            Some(source) => source.recognise(&shown).map(|_| source),
            None => self.settings.registry.recognise(&shown).map(|(source, _)| source),
        };
        let Some(source) = source.filter(|source| source.cut(&mut Vec::new(), &head).is_some()) else {
            return Ok(None);
        };
        let digest = digest_of(&mut head.as_slice().chain(reader.into_inner()))?;
        Ok(Some((Arc::new(InputName { path: entry.path().to_owned(), digest }), Arc::clone(source))))
    }

    fn of_open<E>(&mut self) -> Option<io::Result<Piece<E>>> {
        let next = self.open.as_mut()?.next();
        match next {
            Ok(Cut::Part(part)) => Some(Ok(Piece::Part(part))),
            Ok(Cut::End) => {
                self.open = None;
                None
            }
            Ok(Cut::Nowhere(name)) => {
                self.open = None;
                let issue = Issue::new(&issues::NO_PLACE_TO_CUT).at(Origin::whole(name));
                Some(Ok(Piece::Refused(Refused { issue, unreadable: true })))
            }
            Err(error) => {
                self.open = None;
                Some(Err(error))
            }
        }
    }
}

impl<E: Entry, I: Iterator<Item = io::Result<E>>> Iterator for Pieces<'_, I> {
    type Item = io::Result<(u64, Piece<E>)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(piece) = self.of_open() {
                return Some(piece.map(|piece| (self.received, piece)));
            }
            let entry = self.entries.next()?;
            self.received += 1;
            match entry.and_then(|entry| self.of_entry(entry)) {
                Ok(Some(piece)) => return Some(Ok((self.received, piece))),
                Ok(None) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// A large input being cut.
struct Cutting {
    reader: Box<dyn Read + Send>,
    name: Arc<InputName>,
    source: Arc<dyn Source>,
    window: Vec<u8>,
    head: Vec<u8>,
    start: u64,
    lines: u32,
}

enum Cut {
    Part(PartOf),
    End,
    /// Nothing can be cut off, and what there is will not be held.
    Nowhere(Arc<InputName>),
}

impl Cutting {
    fn new(reader: Box<dyn Read + Send>, name: Arc<InputName>, source: Arc<dyn Source>) -> Self {
        Self { reader, name, source, window: Vec::new(), head: Vec::new(), start: 0, lines: 0 }
    }

    fn next(&mut self) -> io::Result<Cut> {
        let mut size = PART;
        loop {
            let ended = self.fill(size)?;
            if self.window.is_empty() {
                return Ok(Cut::End);
            }
            let head: Arc<[u8]> = Arc::from(self.head.as_slice());
            let end = match ended {
                true => Some(self.window.len()),
                false => self.source.cut(&mut self.head, &self.window),
            };
            match end.filter(|end| (1..=self.window.len()).contains(end)) {
                Some(end) => return Ok(Cut::Part(self.part(end, head, !ended))),
                None if size >= LARGEST_PART => return Ok(Cut::Nowhere(Arc::clone(&self.name))),
                None => size *= 4,
            }
        }
    }

    /// Fills the window up to a size; answers whether the input ends in it.
    fn fill(&mut self, size: usize) -> io::Result<bool> {
        let missing = u64::try_from(size.saturating_sub(self.window.len())).unwrap_or(u64::MAX);
        self.reader.by_ref().take(missing).read_to_end(&mut self.window)?;
        Ok(self.window.len() < size)
    }

    fn part(&mut self, end: usize, head: Arc<[u8]>, more: bool) -> PartOf {
        let rest = self.window.split_off(end);
        let bytes = std::mem::replace(&mut self.window, rest);
        let place = Part { start: self.start, lines: self.lines, head, more };
        self.start = self.start.saturating_add(u64::try_from(end).unwrap_or(u64::MAX));
        self.lines = self.lines.saturating_add(line_ends(&bytes));
        PartOf { source: Arc::clone(&self.source), name: Arc::clone(&self.name), bytes, place }
    }
}
