use sha2::{Digest as _, Sha256};
use std::{
    borrow::Cow,
    io::{self, Read},
    sync::Arc,
};
use tsugite_issue::{Address, Digest, InputName, Issue, Origin, Span};

/// The bytes of one input with its logical path (folders separated by `/`). Size limits are kept by whoever reads it in.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    pub name: Arc<InputName>,
    pub bytes: Cow<'a, [u8]>,
    part: Part,
}

/// Where a part of a large input stands in it, for sources that can be read in parts ([`crate::Source::cut`]).
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Bytes before it.
    pub start: u64,
    /// Line ends before it.
    pub lines: u32,
    /// What its source put aside of the parts before.
    pub head: Arc<[u8]>,
    /// It is not the last part.
    pub more: bool,
}

impl<'a> Input<'a> {
    pub fn new(path: impl Into<String>, bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        let bytes = bytes.into();
        let name = Arc::new(InputName { path: path.into(), digest: digest(&bytes) });
        Self { name, bytes, part: Part::default() }
    }

    /// A part of a large input; `name` is that of the whole.
    pub fn part(name: Arc<InputName>, bytes: impl Into<Cow<'a, [u8]>>, part: Part) -> Self {
        Self { name, bytes: bytes.into(), part }
    }

    /// What the source put aside of the parts before this one; empty for a whole input and for the first part.
    pub fn head(&self) -> &[u8] {
        &self.part.head
    }

    /// Whether the input goes on behind these bytes.
    pub const fn goes_on(&self) -> bool {
        self.part.more
    }

    pub fn path(&self) -> &str {
        &self.name.path
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &str {
        self.path().rsplit('/').next().unwrap_or_default()
    }

    /// A place of these bytes as one of the whole input: spans and lines are counted from the beginning of `bytes`.
    pub fn origin(&self, span: Span, address: Address) -> Origin {
        let Part { start, lines, .. } = self.part;
        let span = Span::new(span.start.saturating_add(start), span.end.saturating_add(start));
        let address = match address {
            Address::Position { line, column } => Address::Position { line: line.saturating_add(lines), column },
            other => other,
        };
        Origin { input: Arc::clone(&self.name), span, address }
    }

    /// An issue that was made about these bytes by themselves (their decoding), with its place in the whole input.
    #[must_use]
    pub fn told(&self, mut issue: Issue) -> Issue {
        issue.origin = issue.origin.map(|at| match at.address {
            Address::Whole => at,
            _ => self.origin(at.span, at.address),
        });
        issue
    }

    pub fn whole(&self) -> Origin {
        Origin::whole(Arc::clone(&self.name))
    }
}

/// The digest that names an input's content in origins.
pub fn digest(bytes: &[u8]) -> Digest {
    short(&Sha256::digest(bytes))
}

/// The same of an input that does not stand in memory.
///
/// # Errors
/// It cannot be read.
pub fn digest_of(reader: &mut dyn Read) -> io::Result<Digest> {
    let mut hash = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        match reader.read(&mut block)? {
            0 => return Ok(short(&hash.finalize())),
            read => hash.update(block.get(..read).unwrap_or_default()),
        }
    }
}

/// Line ends of any kind; CRLF is one.
pub fn line_ends(bytes: &[u8]) -> u32 {
    let (mut count, mut before) = (0_u32, 0);
    for &byte in bytes {
        let ends = byte == b'\r' || (byte == b'\n' && before != b'\r');
        count = count.saturating_add(u32::from(ends));
        before = byte;
    }
    count
}

fn short(hash: &[u8]) -> Digest {
    let mut short = [0; 16];
    short.iter_mut().zip(hash).for_each(|(to, from)| *to = *from);
    Digest(short)
}
