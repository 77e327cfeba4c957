/// How much an input may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one input.
    pub input: u64,
    /// Members of an archive.
    pub members: usize,
    /// Bytes of an archive's directory, which is read into memory.
    pub directory: u64,
    /// Bytes of an archive when unpacked.
    pub unpacked: u64,
    /// How many times its packed size a member may have; small members may have more.
    pub ratio: u64,
}

impl Limits {
    /// Below this a ratio says nothing: blanks pack well.
    pub const SMALL: u64 = 1 << 20;

    /// Bytes that a member of this packed size may unpack to.
    pub fn member(&self, packed: u64) -> u64 {
        packed.saturating_mul(self.ratio).max(Self::SMALL)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { input: 64 << 20, members: 500_000, directory: 64 << 20, unpacked: 16 << 30, ratio: 200 }
    }
}

/// `64 MiB`, for texts.
pub fn size_text(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..0x10_0000 => format!("{} KiB", bytes >> 10),
        0x10_0000..0x4000_0000 => format!("{} MiB", bytes >> 20),
        _ => format!("{} GiB", bytes >> 30),
    }
}

/// Reads `64M`, `500K`, `2G` or a number of bytes.
pub fn parse_size(text: &str) -> Option<u64> {
    let text = text.trim().trim_end_matches(['B', 'b']).trim_end_matches('i');
    let (number, shift) = match text.char_indices().next_back()? {
        (at, 'K' | 'k') => (text.get(..at)?, 10),
        (at, 'M' | 'm') => (text.get(..at)?, 20),
        (at, 'G' | 'g') => (text.get(..at)?, 30),
        _ => (text, 0),
    };
    number.trim().parse::<u64>().ok()?.checked_mul(1 << shift).filter(|size| *size > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (text, size) in [
            ("64M", Some(64 << 20)),
            ("64 MiB", Some(64 << 20)),
            ("500k", Some(500 << 10)),
            ("2GB", Some(2 << 30)),
            ("1000", Some(1000)),
            ("0", None),
            ("", None),
            ("many", None),
            ("99999999999G", None),
        ] {
            assert_eq!(parse_size(text), size, "{text}");
        }
        assert_eq!(size_text(64 << 20), "64 MiB");
    }
}
