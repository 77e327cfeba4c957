//! `centre.log`: one JSON line a request, written before the request has any effect.

use crate::{CentreError, codes, disk};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{File, OpenOptions},
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

/// One request and its answer. Names no patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Counts from 1.
    pub number: u64,
    /// Name of the request file.
    pub file: String,
    /// `register`, `change`, `cancel`, `inquiry` or `attachment`.
    pub operation: String,
    pub correlation: String,
    /// Empty where the request could not be read, like the Bundle-ID.
    pub institution: String,
    pub bundle_id: String,
    /// Result code: [`crate::codes`].
    pub code: String,
    pub checks: Vec<Check>,
    pub bytes: u64,
    /// Of the request's bytes.
    pub digest: String,
    /// When it was judged, by the centre's clock (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// SHA-256 of the bundle or file in hexadecimal, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// How the document names the file, of an attachment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// SHA-256 of a detached signature, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// What an inquiry was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
    /// The faults that befell it: [`crate::FaultKind::name`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<String>,
}

impl Event {
    pub fn is_accepted(&self) -> bool {
        self.code == codes::ACCEPTED.code
    }

    /// Swallowed by a fault: neither judged nor answered.
    pub fn is_lost(&self) -> bool {
        self.code.is_empty()
    }
}

/// What the centre says of a document: the words of the interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    pub status: String,
    pub digest: String,
    pub request: String,
}

/// One thing that the centre's checks found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    pub code: String,
    pub message: String,
}

#[derive(Debug)]
pub struct Log {
    path: PathBuf,
    /// `None`: in memory only.
    file: Option<File>,
    length: u64,
    events: Vec<Event>,
    by_file: BTreeMap<(String, String), usize>,
}

impl Log {
    pub fn in_memory() -> Self {
        Self { path: PathBuf::new(), file: None, length: 0, events: Vec::new(), by_file: BTreeMap::new() }
    }

    /// A last line without its end was never acted on: it is cut off.
    pub fn open(path: &Path) -> Result<Self, CentreError> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(disk::error(path))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(disk::error(path))?;
        let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let length = u64::try_from(whole).unwrap_or(u64::MAX);
        file.set_len(length).and_then(|()| file.seek(SeekFrom::Start(length))).map_err(disk::error(path))?;
        let mut log = Self { path: path.to_owned(), file: Some(file), length, ..Self::in_memory() };
        parse(path, bytes.get(..whole).unwrap_or_default(), |event| log.remember(event))?;
        Ok(log)
    }

    /// What a fault swallowed was never seen: the same file again is a new request.
    fn remember(&mut self, event: Event) {
        if event.is_lost() {
            self.events.push(event);
            return;
        }
        self.by_file.insert((event.file.clone(), event.digest.clone()), self.events.len());
        self.events.push(event);
    }

    pub fn events(&self) -> &[Event] {
        &self.events
    }

    pub fn next_number(&self) -> u64 {
        self.events.last().map_or(1, |event| event.number + 1)
    }

    /// What these bytes under this name were answered, and whether it is the last of all. What was lost was answered nothing, and
    /// counts only for a centre that was killed while it lost it (`recovered`).
    pub fn find(&self, file: &str, digest: &str, recovered: bool) -> Option<(&Event, bool)> {
        let last = self.events.last().filter(|event| event.file == file && event.digest == digest);
        if let Some(last) = last.filter(|event| !event.is_lost() || recovered) {
            return Some((last, true));
        }
        let at = *self.by_file.get(&(file.to_owned(), digest.to_owned()))?;
        Some((self.events.get(at)?, false))
    }

    /// The whole line or nothing of it.
    pub fn append(&mut self, event: Event) -> Result<(), CentreError> {
        if let Some(file) = &mut self.file {
            let mut line = serde_json::to_vec(&event).map_err(|error| disk::error(&self.path)(error.into()))?;
            line.push(b'\n');
            if let Err(failure) = file.write_all(&line) {
                let _ = file.set_len(self.length).and_then(|()| file.seek(SeekFrom::Start(self.length)));
                return Err(disk::error(&self.path)(failure));
            }
            self.length += u64::try_from(line.len()).unwrap_or_default();
        }
        self.remember(event);
        Ok(())
    }
}

fn parse(path: &Path, bytes: &[u8], mut each: impl FnMut(Event)) -> Result<(), CentreError> {
    for (at, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
        let event = serde_json::from_slice(line);
        each(event.map_err(|_| CentreError::Log { path: path.to_owned(), line: at + 1 })?);
    }
    Ok(())
}

/// Everything that the centre of a folder was ever asked; also while another program works as that centre.
///
/// # Errors
/// When the log cannot be read.
pub fn events(dir: &Path) -> Result<Vec<Event>, CentreError> {
    let path = dir.join("centre.log");
    let bytes = disk::read(&path, u64::MAX)?.unwrap_or_default();
    let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let mut events = Vec::new();
    parse(&path, bytes.get(..whole).unwrap_or_default(), |event| events.push(event))?;
    Ok(events)
}

/// In hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// FNV-1a over the bytes: tells repeated files from changed ones, and needs no more strength than that.
pub fn digest(bytes: &[u8]) -> String {
    let step = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(number: u64) -> Event {
        Event {
            number,
            file: format!("f{number}"),
            operation: "cancel".into(),
            correlation: "T1".into(),
            institution: String::new(),
            bundle_id: String::new(),
            code: "SBX0000I".into(),
            checks: vec![Check { code: "STRICT-001".into(), message: "\n".into() }],
            bytes: 3,
            digest: digest(b"abc"),
            at: None,
            content: None,
            reference: None,
            signature: None,
            told: None,
            faults: Vec::new(),
        }
    }

    #[test]
    fn a_torn_last_line_is_cut_and_a_broken_one_is_told() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("centre.log");
        let mut log = Log::open(&path).unwrap();
        for number in [1, 2] {
            assert_eq!(log.next_number(), number);
            log.append(event(number)).unwrap();
        }
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, [&whole[..], b"{\"number\":3,\"fi"].concat()).unwrap();
        let mut log = Log::open(&path).unwrap();
        assert_eq!(log.events(), [event(1), event(2)]);
        assert_eq!(log.find("f1", &digest(b"abc"), false), Some((&event(1), false)));
        assert_eq!(log.find("f2", &digest(b"abc"), false), Some((&event(2), true)));
        assert_eq!(log.find("f2", &digest(b"abd"), false), None);
        log.append(event(3)).unwrap();
        assert_eq!(Log::open(&path).unwrap().events().len(), 3);
        std::fs::write(&path, [&whole[..], b"x\n"].concat()).unwrap();
        assert!(matches!(Log::open(&path), Err(CentreError::Log { line: 3, .. })));
    }

    #[test]
    fn the_digest_is_fnv_1a() {
        assert_eq!(digest(b""), "cbf29ce484222325");
        assert_eq!(digest(b"foobar"), "85944171f73967e8");
    }
}
