//! Base R4: the table that is built in.

use crate::definitions::{Package, Reader, Stored, Writer};
use crate::package;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use std::io::{Read, Write};

/// The package that the table stands for, and that replaces it where it is installed.
pub(crate) const NAME: &str = "hl7.fhir.r4.core";

static TABLE: &[u8] = include_bytes!("../data/r4.bin");

/// The built-in table. Empty only if the file in the source tree is damaged, which a test would show.
pub(crate) fn package() -> Package {
    let mut bytes = Vec::new();
    if DeflateDecoder::new(TABLE).read_to_end(&mut bytes).is_err() {
        return Package::default();
    }
    Reader::new(&bytes).and_then(|mut reader| Package::read(&mut reader)).unwrap_or_default()
}

/// Writes the table from the definitions of FHIR R4, each a JSON text of one resource. For the generator.
#[doc(hidden)]
pub fn table(definitions: &[(String, Vec<u8>)]) -> std::io::Result<Vec<u8>> {
    let description = format!(r#"{{"name":"{NAME}","version":"4.0.1"}}"#);
    let (package, _) = package::compile(Some(description.as_bytes()), definitions, None);
    let mut writer = Writer::default();
    package.write(&mut writer);
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&writer.finish())?;
    encoder.finish()
}
