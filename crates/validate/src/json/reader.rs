use super::arena::{ESCAPED, ESCAPED_KEY, MEMBER, Raw, TWINS};
use super::decode::Decoded;
use super::{Fault, FaultKind, Kind};

/// An object or array that is not closed yet.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    node: u32,
    items: u32,
    object: bool,
}

/// Where a value stands in its parent.
#[derive(Clone, Copy, Default)]
struct Slot {
    key: u32,
    key_length: u16,
    flags: u8,
    /// The key begins with `_`, or may do so where it has escapes.
    twin: bool,
}

/// Up to this many members are compared in place; larger objects are sorted.
const SMALL_OBJECT: usize = 32;

/// The faults that leave a tree are collected up to about this number.
const MAX_FAULTS: usize = 10_000;

pub(super) struct Reader<'r> {
    text: &'r str,
    bytes: &'r [u8],
    pos: usize,
    max_depth: usize,
    max_nodes: usize,
    faults: &'r mut Vec<Fault>,
}

type Step<T> = Result<T, Fault>;

impl<'r> Reader<'r> {
    pub fn new(text: &'r str, max_depth: usize, max_nodes: usize, faults: &'r mut Vec<Fault>) -> Self {
        Self { text, bytes: text.as_bytes(), pos: 0, max_depth, max_nodes, faults }
    }

    /// One document. The faults that leave a tree are collected; the one that does not is returned.
    pub fn document(&mut self, nodes: &mut Vec<Raw>, decoded: &mut Decoded, open: &mut Vec<Open>) -> Step<()> {
        if self.bytes.starts_with("\u{feff}".as_bytes()) {
            self.faults.push(Fault::new(FaultKind::ByteOrderMark, 0, 3));
            self.pos = 3;
        }
        self.skip_white();
        if self.peek().is_none() {
            return Err(Fault::whole(FaultKind::Empty));
        }
        nodes.reserve((self.bytes.len() / 32).min(self.max_nodes));
        let mut slot = Slot::default();
        loop {
            if self.value(slot, nodes, decoded, open)? {
                slot = self.first_slot(open, nodes.len(), decoded)?;
                continue;
            }
            match self.after_value(nodes, decoded, open)? {
                Some(next) => slot = next,
                None => break,
            }
        }
        self.skip_white();
        if self.pos < self.bytes.len() {
            self.faults.push(Fault::new(FaultKind::TrailingData, at(self.pos), at(self.bytes.len())));
        }
        Ok(())
    }

    /// Reads the value that begins here, or the opening of it: true when it is an object or array with something in it.
    fn value(&mut self, slot: Slot, nodes: &mut Vec<Raw>, decoded: &mut Decoded, open: &mut Vec<Open>) -> Step<bool> {
        if nodes.len() >= self.max_nodes {
            return Err(self.fault(FaultKind::TooManyValues { limit: self.max_nodes }));
        }
        let id = at(nodes.len());
        let start = self.pos;
        let mut flags = slot.flags;
        let kind = match self.peek() {
            Some(b'"') => {
                if self.string(id, false, decoded)? {
                    flags |= ESCAPED;
                }
                Kind::String
            }
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'-' | b'0'..=b'9') => self.number(id)?,
            _ => self.literal()?,
        };
        let parent = open.last().map_or(0, |o| o.node);
        if slot.twin
            && let Some(object) = nodes.get_mut(parent as usize)
        {
            object.flags |= TWINS;
        }
        let Slot { key, key_length, .. } = slot;
        let inner = matches!(kind, Kind::Object | Kind::Array);
        if inner {
            self.pos += 1;
        }
        nodes.push(Raw { start: at(start), end: at(self.pos), key, parent, next: id + 1, key_length, kind, flags });
        if !inner {
            return Ok(false);
        }
        self.skip_white();
        let object = kind == Kind::Object;
        if self.peek() == Some(if object { b'}' } else { b']' }) {
            self.pos += 1;
            if let Some(raw) = nodes.last_mut() {
                raw.end = at(self.pos);
            }
            return Ok(false);
        }
        if open.len() >= self.max_depth {
            return Err(Fault::new(FaultKind::TooDeep { limit: self.max_depth }, at(start), at(self.pos)));
        }
        open.push(Open { node: id, items: 0, object });
        Ok(true)
    }

    fn first_slot(&mut self, open: &mut [Open], next: usize, decoded: &mut Decoded) -> Step<Slot> {
        match open.last() {
            Some(top) if top.object => self.key(at(next), decoded),
            _ => Ok(Slot::default()),
        }
    }

    /// After a value: the place of the next one, or `None` when the document is complete.
    fn after_value(&mut self, nodes: &mut [Raw], decoded: &mut Decoded, open: &mut Vec<Open>) -> Step<Option<Slot>> {
        loop {
            let Some(top) = open.last_mut() else {
                return Ok(None);
            };
            top.items += 1;
            let Open { node, items, object } = *top;
            self.skip_white();
            match self.peek() {
                Some(b',') => {
                    self.pos += 1;
                    self.skip_white();
                    let slot = if object {
                        self.key(at(nodes.len()), decoded)?
                    } else {
                        Slot { key: items, ..Slot::default() }
                    };
                    return Ok(Some(slot));
                }
                Some(b'}') if object => self.pos += 1,
                Some(b']') if !object => self.pos += 1,
                _ => return Err(self.expected(if object { ", }" } else { ", ]" })),
            }
            let next = at(nodes.len());
            if let Some(raw) = nodes.get_mut(node as usize) {
                raw.end = at(self.pos);
                raw.next = next;
            }
            if object && items > 1 {
                self.duplicates(node, items, nodes, decoded);
            }
            open.pop();
        }
    }

    fn key(&mut self, node: u32, decoded: &mut Decoded) -> Step<Slot> {
        if self.peek() != Some(b'"') {
            return Err(self.expected("\""));
        }
        let start = self.pos + 1;
        let escaped = self.string(node, true, decoded)?;
        let end = self.pos - 1;
        let key_length =
            u16::try_from(end - start).map_err(|_| Fault::new(FaultKind::KeyTooLong, at(start), at(end)))?;
        self.skip_white();
        if self.peek() != Some(b':') {
            return Err(self.expected(":"));
        }
        self.pos += 1;
        self.skip_white();
        let twin = escaped || self.bytes.get(start) == Some(&b'_');
        Ok(Slot { key: at(start), key_length, flags: if escaped { MEMBER | ESCAPED_KEY } else { MEMBER }, twin })
    }

    /// Reads over a string; true when it has escapes, which are then decoded for `node`.
    fn string(&mut self, node: u32, is_key: bool, decoded: &mut Decoded) -> Step<bool> {
        let opening = self.pos;
        self.pos += 1;
        let mut escaped = false;
        loop {
            self.pos = special(self.bytes, self.pos);
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.pos += 2;
                }
                Some(_) => return Err(self.fault(FaultKind::RawControl)),
                None => {
                    self.pos = self.bytes.len();
                    return Err(self.expected("\""));
                }
            }
        }
        let raw = self.text.get(opening + 1..self.pos).unwrap_or_default();
        self.pos += 1;
        if escaped {
            let faults = &mut *self.faults;
            let mut fatal = None;
            decoded.add(node, is_key, raw, &mut |kind, from, to| {
                let fault = Fault::new(kind, at(opening + 1 + from), at(opening + 1 + to)).at_node(node);
                match kind {
                    FaultKind::LoneSurrogate if faults.len() < MAX_FAULTS => faults.push(fault),
                    FaultKind::LoneSurrogate => {}
                    _ => fatal = fatal.or(Some(fault)),
                }
            });
            if let Some(fault) = fatal {
                return Err(fault);
            }
        }
        Ok(escaped)
    }

    fn number(&mut self, node: u32) -> Step<Kind> {
        let start = self.pos;
        if self.peek() == Some(b'-') {
            self.pos += 1;
        }
        let integer = self.digits();
        let leading_zero = integer > 1 && self.bytes.get(self.pos - integer) == Some(&b'0');
        let mut bad = integer == 0 || leading_zero;
        let mut exponent = false;
        if self.peek() == Some(b'.') {
            self.pos += 1;
            bad |= self.digits() == 0;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            exponent = true;
            self.pos += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.pos += 1;
            }
            bad |= self.digits() == 0;
        }
        // `1abc` and `1.2.3` are one bad number, not a number and something after it.
        while matches!(self.peek(), Some(b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'.' | b'_' | b'+' | b'-')) {
            self.pos += 1;
            bad = true;
        }
        if bad {
            return Err(Fault::new(FaultKind::BadNumber, at(start), at(self.pos)));
        }
        let text = self.text.get(start..self.pos).unwrap_or_default();
        if (exponent || text.len() > 300) && !text.parse::<f64>().is_ok_and(f64::is_finite) {
            let fault = Fault::new(FaultKind::NumberOutOfRange, at(start), at(self.pos));
            self.faults.push(fault.at_node(node));
        }
        Ok(Kind::Number)
    }

    fn digits(&mut self) -> usize {
        let start = self.pos;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.pos += 1;
        }
        self.pos - start
    }

    fn literal(&mut self) -> Step<Kind> {
        let rest = self.bytes.get(self.pos..).unwrap_or_default();
        let word = rest.iter().take(16).take_while(|b| b.is_ascii_alphanumeric()).count();
        let kind = match rest.get(..word) {
            Some(b"null") => Kind::Null,
            Some(b"true") => Kind::True,
            Some(b"false") => Kind::False,
            Some([_, ..]) => {
                return Err(Fault::new(FaultKind::NotJsonLiteral, at(self.pos), at(self.pos + word)));
            }
            _ => return Err(self.expected("{ [ \" 0-9 true false null")),
        };
        self.pos += word;
        Ok(kind)
    }

    /// Reports every member whose key occurred before in the object.
    fn duplicates(&mut self, object: u32, items: u32, nodes: &[Raw], decoded: &Decoded) {
        let key = |id: u32, raw: &Raw| -> &[u8] {
            if raw.flags & ESCAPED_KEY != 0 {
                return decoded.key(id).as_bytes();
            }
            let start = raw.key as usize;
            self.bytes.get(start..start + usize::from(raw.key_length)).unwrap_or_default()
        };
        let members = Members { nodes, at: object + 1, left: items };
        let mut found: Vec<(u32, u32)> = Vec::new();
        if items as usize <= SMALL_OBJECT {
            let mut seen = [(0u32, 0u32); SMALL_OBJECT];
            for (count, (id, raw)) in members.enumerate() {
                let this = key(id, raw);
                let print = fingerprint(this);
                let before = seen.get(..count).unwrap_or_default();
                let same = |&(other, print_of): &(u32, u32)| {
                    print_of == print && nodes.get(other as usize).is_some_and(|raw| key(other, raw) == this)
                };
                if before.iter().any(same) {
                    found.push((id, raw.start));
                }
                if let Some(place) = seen.get_mut(count) {
                    *place = (id, print);
                }
            }
        } else {
            // Fingerprints and ids only: a hostile object may be as large as the input.
            let of = |id: u32| nodes.get(id as usize).map(|raw| (key(id, raw), id));
            let mut ids: Vec<(u32, u32)> = members.map(|(id, raw)| (hash(key(id, raw)), id)).collect();
            ids.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| of(a.1).cmp(&of(b.1))));
            found.extend(ids.windows(2).filter_map(|pair| match *pair {
                [a, b] if a.0 == b.0 && of(a.1)?.0 == of(b.1)?.0 => Some((b.1, nodes.get(b.1 as usize)?.start)),
                _ => None,
            }));
            found.sort_unstable();
        }
        for (id, start) in found.into_iter().take(MAX_FAULTS) {
            self.faults.push(Fault::new(FaultKind::DuplicateKey, start, start + 1).at_node(id));
        }
    }

    fn skip_white(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.pos += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.pos).copied()
    }

    fn expected(&self, expected: &'static str) -> Fault {
        self.fault(FaultKind::Syntax { expected })
    }

    fn fault(&self, kind: FaultKind) -> Fault {
        let end = (self.pos + 1).min(self.bytes.len());
        Fault::new(kind, at(self.pos), at(end))
    }
}

/// The members of an object that is just closing.
struct Members<'n> {
    nodes: &'n [Raw],
    at: u32,
    left: u32,
}

impl<'n> Iterator for Members<'n> {
    type Item = (u32, &'n Raw);

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let id = self.at;
        let raw = self.nodes.get(id as usize)?;
        self.at = raw.next;
        Some((id, raw))
    }
}

/// FNV-1a.
fn hash(key: &[u8]) -> u32 {
    key.iter().fold(0x811C_9DC5, |hash, &b| (hash ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// Tells most keys apart: length, first, middle and last byte.
fn fingerprint(key: &[u8]) -> u32 {
    let byte = |i: usize| key.get(i).copied().unwrap_or(0);
    let length = u8::try_from(key.len()).unwrap_or(u8::MAX);
    u32::from_le_bytes([length, byte(0), byte(key.len() / 2), key.last().copied().unwrap_or(0)])
}

/// Offset of the next quote, backslash or control character, or the end.
fn special(bytes: &[u8], mut pos: usize) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    // Eight bytes at a time: a byte that is zero after the exclusive or, or below 0x20, sets its high bit.
    let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    while let Some(chunk) = bytes.get(pos..pos + 8).and_then(|c| <[u8; 8]>::try_from(c).ok()) {
        let word = u64::from_le_bytes(chunk);
        let control = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
        let hit = zero(word ^ (ONES * 0x22)) | zero(word ^ (ONES * 0x5C)) | control;
        if hit != 0 {
            return pos + (hit.trailing_zeros() / 8) as usize;
        }
        pos += 8;
    }
    let rest = bytes.get(pos..).unwrap_or_default();
    pos + rest.iter().position(|&b| b == b'"' || b == b'\\' || b < 0x20).unwrap_or(rest.len())
}

/// Offsets and ids are 32 bits wide: `Arena::read` refuses what would not fit.
fn at(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
