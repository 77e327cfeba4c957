use crate::{Resource, WriteError, Written, resources::Bundle, write};

/// A bundle of twenty resources is about this large.
const LIKELY_BUNDLE: usize = 64 * 1024;

/// Writes a bundle entry by entry: one resource's tree is in memory at a time, and what many resources contain is written once.
pub struct BundleWriter {
    bytes: Vec<u8>,
    /// The resource that is being written.
    resource: Vec<u8>,
    entries: usize,
}

impl BundleWriter {
    /// `bundle`: everything but its entries.
    ///
    /// # Errors
    /// A decimal that is no JSON number.
    pub fn new(bundle: Bundle) -> Result<Self, WriteError> {
        let mut bytes = Vec::with_capacity(LIKELY_BUNDLE);
        write(&mut bytes, &Resource::Bundle(Box::new(bundle)))?;
        bytes.pop();
        Ok(Self { bytes, resource: Vec::new(), entries: 0 })
    }

    /// Adds an entry. `full_url` has no character that JSON escapes. `contained` stands before all other elements, as near as can be
    /// to the order of the specification.
    ///
    /// # Errors
    /// A decimal that is no JSON number; nothing was added then.
    pub fn entry(&mut self, full_url: &str, resource: &Resource, contained: &[Written]) -> Result<(), WriteError> {
        self.resource.clear();
        write(&mut self.resource, resource)?;
        self.bytes.extend_from_slice(if self.entries == 0 { b",\"entry\":[" } else { b"," });
        self.entries += 1;
        self.bytes.extend_from_slice(b"{\"fullUrl\":\"");
        self.bytes.extend_from_slice(full_url.as_bytes());
        self.bytes.extend_from_slice(b"\",\"resource\":");
        // The type stands first, and holds no comma.
        let comma = self.resource.iter().position(|byte| *byte == b',');
        let type_end = comma.unwrap_or(self.resource.len().saturating_sub(1));
        let (kind, rest) = self.resource.split_at_checked(type_end).unwrap_or_default();
        self.bytes.extend_from_slice(kind);
        for (index, part) in contained.iter().enumerate() {
            self.bytes.extend_from_slice(if index == 0 { b",\"contained\":[" } else { b"," });
            self.bytes.extend_from_slice(part);
        }
        self.bytes.extend_from_slice(if contained.is_empty() { b"" } else { b"]" });
        self.bytes.extend_from_slice(rest);
        self.bytes.push(b'}');
        Ok(())
    }

    /// Compact JSON.
    pub fn finish(mut self) -> Vec<u8> {
        self.bytes.extend_from_slice(if self.entries == 0 { b"}" } else { b"]}" });
        self.bytes
    }
}
