//! A zip file in a scanned folder: remembered as a file is, and its members as the files of a folder are.

use super::{
    reading::{READER, Reading},
    scan::Scanner,
};
use crate::{
    failure::Failure,
    intake::{
        Limits,
        archive::{Archive, Member},
    },
};
use std::path::Path;
use tsugite_issue::Digest;
use tsugite_pipeline::unread;

impl Reading {
    /// A zip file says nothing itself.
    pub fn of_archive(path: String, size: u64, mtime: String, digest: Digest) -> Self {
        Self { path, size, mtime, digest, statements: Vec::new(), records: 0, held: Vec::new() }
    }
}

impl Scanner<'_, '_> {
    /// Reads what is new in a zip file. One of which something could not be used is opened again in every round, as such a file is
    /// read again.
    pub(super) fn archive(&mut self, file: &Path, logical: String, size: u64, mtime: String) -> Result<(), Failure> {
        let (archive, members, told) = match Archive::open(file, &logical, &Limits::default()) {
            Ok(opened) => opened,
            Err(issue) => {
                self.result.issues.push(issue.at(unread(&logical)));
                self.members_stay(&logical);
                self.unchanged.push(logical);
                return Ok(());
            }
        };
        let mut whole = told.is_empty();
        self.result.issues.extend(told);
        for member in members {
            whole &= self.member(&archive, &member, format!("{logical}/{}", member.path), &mtime)?;
            self.flush_full()?;
        }
        if whole {
            self.fresh.push(Reading::of_archive(logical, size, mtime, Digest::default()));
        } else {
            self.members_stay(&logical);
            self.unchanged.push(logical);
        }
        Ok(())
    }

    /// Whether it is known now what the member says.
    fn member(&mut self, archive: &Archive, member: &Member, logical: String, mtime: &str) -> Result<bool, Failure> {
        let stamp = format!("{mtime} {} {:08x}", member.size, member.crc);
        self.seen.insert(logical.clone());
        let known = self.remembered.get(&logical);
        if known.is_some_and(|known| known.mtime == stamp && known.reader == READER) {
            self.result.unchanged += 1;
            return Ok(true);
        }
        let bytes = archive.read(member.index, &member.path, &Limits::default());
        self.read(&bytes, logical, mtime.to_owned(), stamp)
    }

    /// The members of a zip file are as they were, as far as anybody can tell.
    pub(super) fn members_stay(&mut self, logical: &str) {
        let below = format!("{logical}/");
        let paths = self.remembered.range(below.clone()..).map(|(path, _)| path);
        self.seen.extend(paths.take_while(|path| path.starts_with(&below)).cloned());
    }
}
