use std::{
    fs::File,
    io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, Write},
    path::{Path, PathBuf},
};
use tsugite_clinical::PatientId;

/// Records spilled by patient: all of a patient's lie in one partition, and a partition fits into memory.
///
/// A partition that grew beyond its limit is parted again. One patient is never parted, however large.
#[derive(Debug)]
pub struct Partitions {
    folder: PathBuf,
    /// Bytes that a partition may have before it is parted again.
    limit: u64,
    depth: u32,
    parts: Vec<Option<Part>>,
}

#[derive(Debug)]
struct Part {
    file: BufWriter<File>,
    bytes: u64,
}

/// One spilled record: the hash of its patient and its bytes.
type Record = (u64, Vec<u8>);

impl Partitions {
    /// Few enough to stay below any limit of open files.
    const WIDTH: u64 = 128;
    /// A partition holds one patient, or patients with equal hashes, when its depth is beyond this.
    const DEEPEST: u32 = 4;
    const BUFFER: usize = 4096;

    pub fn new(folder: &Path, limit: u64) -> Self {
        Self::at_depth(folder.to_owned(), limit, 0)
    }

    fn at_depth(folder: PathBuf, limit: u64, depth: u32) -> Self {
        Self { folder, limit, depth, parts: (0..Self::WIDTH).map(|_| None).collect() }
    }

    /// # Errors
    /// A partition that cannot be written.
    pub fn push(&mut self, patient: &PatientId, record: &[u8]) -> io::Result<()> {
        self.write(hash(patient), record)
    }

    fn write(&mut self, hash: u64, record: &[u8]) -> io::Result<()> {
        let place = (hash / Self::WIDTH.pow(self.depth)) % Self::WIDTH;
        let slot = usize::try_from(place).ok().and_then(|place| self.parts.get_mut(place));
        let slot = slot.ok_or(ErrorKind::InvalidInput)?;
        let part = match slot {
            Some(part) => part,
            None => {
                let file = tempfile::tempfile_in(&self.folder)?;
                slot.insert(Part { file: BufWriter::with_capacity(Self::BUFFER, file), bytes: 0 })
            }
        };
        let length = u32::try_from(record.len()).map_err(|_| ErrorKind::FileTooLarge)?;
        part.file.write_all(&hash.to_le_bytes())?;
        part.file.write_all(&length.to_le_bytes())?;
        part.file.write_all(record)?;
        part.bytes += u64::from(length) + 12;
        Ok(())
    }

    /// Hands over the records of each partition, in a fixed order of partitions.
    ///
    /// # Errors
    /// A partition that cannot be read, or what `take` answers.
    pub fn drain<E: From<io::Error>>(self, take: &mut impl FnMut(Vec<Vec<u8>>) -> Result<(), E>) -> Result<(), E> {
        for part in self.parts.into_iter().flatten() {
            let bytes = part.bytes;
            let mut file = part.file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.rewind()?;
            let mut file = BufReader::new(file);
            if bytes > self.limit && self.depth < Self::DEEPEST {
                let mut finer = Self::at_depth(self.folder.clone(), self.limit, self.depth + 1);
                while let Some((hash, record)) = read(&mut file)? {
                    finer.write(hash, &record)?;
                }
                drop(file);
                finer.drain(take)?;
            } else {
                let mut records = Vec::new();
                while let Some((_, record)) = read(&mut file)? {
                    records.push(record);
                }
                take(records)?;
            }
        }
        Ok(())
    }
}

fn read(file: &mut impl Read) -> io::Result<Option<Record>> {
    let mut hash = [0; 8];
    match file.read_exact(&mut hash) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let mut length = [0; 4];
    file.read_exact(&mut length)?;
    let length = usize::try_from(u32::from_le_bytes(length)).map_err(|_| ErrorKind::FileTooLarge)?;
    let mut record = vec![0; length];
    file.read_exact(&mut record)?;
    Ok(Some((u64::from_le_bytes(hash), record)))
}

/// FNV-1a: the same on every machine, so that partitions come in the same order everywhere.
fn hash(patient: &PatientId) -> u64 {
    let bytes = patient.space.bytes().chain([0]).chain(patient.id.bytes());
    let mixed =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_patient_stays_whole_and_partitions_stay_small() {
        let folder = tempfile::tempdir().unwrap();
        let mut partitions = Partitions::new(folder.path(), 600);
        let mut written = BTreeMap::<String, Vec<u32>>::new();
        for n in 0_u32..20_000 {
            let id = format!("{:05}", n * 7919 % 4001);
            let patient = PatientId { space: "s".into(), id: id.as_str().into() };
            partitions.push(&patient, format!("{id} {n}").as_bytes()).unwrap();
            written.entry(id).or_default().push(n);
        }
        let mut seen = BTreeMap::<String, Vec<u32>>::new();
        let mut largest = 0;
        let mut take = |records: Vec<Vec<u8>>| {
            let mut part = BTreeMap::<String, Vec<u32>>::new();
            for record in &records {
                let text = std::str::from_utf8(record).unwrap();
                let (id, n) = text.split_once(' ').unwrap();
                part.entry(id.to_owned()).or_default().push(n.parse().unwrap());
            }
            largest = largest.max(part.len());
            for (id, numbers) in part {
                assert_eq!(seen.insert(id, numbers), None, "a patient was parted");
            }
            Ok::<_, io::Error>(())
        };
        partitions.drain(&mut take).unwrap();
        assert_eq!(seen, written);
        assert!(largest <= 8, "{largest}");
    }
}
