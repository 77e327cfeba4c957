//! The folders of the 資格確認端末: requests are dropped into one, results are found in another.

use crate::{Collected, Disposal, Interface, Operation, Request, Size, Transport, TransportError, xml::Unreadable};
use std::{
    fs::{self, File},
    io::{self, Read, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

/// Result files above this are not read.
const MAX_RESULT: u64 = 4 << 20;

/// Terminal-folder transport. Works from another host over a share: nothing is expected of the terminal but its two folders.
#[derive(Clone, Debug)]
pub struct TerminalFolder {
    pub interface: Interface,
    /// 要求データファイル格納ディレクトリ.
    pub requests: PathBuf,
    pub results: PathBuf,
    /// Where results that cannot be used are kept for a person; on any volume.
    pub quarantine: PathBuf,
    /// Ids of this gateway begin with it: other systems use the same folders, and their files are left alone.
    pub id_prefix: String,
    /// A result that cannot be read is given this long to be finished by its writer.
    pub grace: Duration,
}

impl TerminalFolder {
    fn error(path: &Path) -> impl FnOnce(io::Error) -> TransportError {
        let path = path.to_owned();
        move |source| TransportError::Io { path, source }
    }

    fn is_ours(&self, name: &str) -> bool {
        self.interface.parse_result_name(name).is_some_and(|(_, id)| id.starts_with(&self.id_prefix))
    }

    /// `None`: gone meanwhile, or still being written.
    fn read(&self, path: &Path, handle: String) -> Result<Option<Collected>, TransportError> {
        let file = match File::open(path) {
            Ok(file) => file,
            // Files vanish between listing and reading; a locked one is for the next time.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied) => {
                return Ok(None);
            }
            Err(error) => return Err(Self::error(path)(error)),
        };
        let metadata = file.metadata().map_err(Self::error(path))?;
        let mut raw = Vec::new();
        let result = if metadata.len() > MAX_RESULT {
            Err(Unreadable::Limit)
        } else {
            Read::take(&file, MAX_RESULT).read_to_end(&mut raw).map_err(Self::error(path))?;
            self.interface.read_result(&raw)
        };
        let age = metadata.modified().ok().and_then(|at| at.elapsed().ok());
        if result.is_err() && age.is_some_and(|age| age < self.grace) {
            return Ok(None);
        }
        Ok(Some(Collected { handle, result, raw }))
    }
}

impl Transport for TerminalFolder {
    fn submit(&mut self, request: &Request) -> Result<(), TransportError> {
        let bytes = self.interface.write_request(request);
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if self.interface.judge_size(size) == Size::TooLarge {
            return Err(TransportError::TooLarge { size, limit: self.interface.size.limit_bytes });
        }
        let name = self.interface.request_name(request.operation, &request.file_id);
        let path = self.requests.join(&name);
        let temporary = self.requests.join(format!("{name}{}", self.interface.files.temporary_suffix));
        let written = File::create(&temporary)
            .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&temporary, &path));
        if let Err(error) = written {
            let _ = fs::remove_file(&temporary);
            return Err(Self::error(&path)(error));
        }
        // Not every system can sync a folder; the request is resent if its name is lost.
        let _ = File::open(&self.requests).and_then(|folder| folder.sync_all());
        Ok(())
    }

    fn collect(&mut self) -> Result<Vec<Collected>, TransportError> {
        let entries = fs::read_dir(&self.results).map_err(Self::error(&self.results))?;
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| self.is_ours(name))
            .collect();
        names.sort();
        let mut collected = Vec::new();
        for name in names {
            collected.extend(self.read(&self.results.join(&name), name)?);
        }
        Ok(collected)
    }

    fn dispose(&mut self, handle: &str, disposal: Disposal) -> Result<(), TransportError> {
        let path = self.results.join(handle);
        if disposal == Disposal::Quarantine {
            fs::create_dir_all(&self.quarantine).map_err(Self::error(&self.quarantine))?;
            let kept = self.quarantine.join(handle);
            // The quarantine may lie on another volume, so it is a copy and not a rename.
            fs::copy(&path, &kept).map_err(Self::error(&kept))?;
        }
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Self::error(&path)(error)),
            _ => Ok(()),
        }
    }

    fn take_back(&mut self, operation: Operation, file_id: &str) -> Result<bool, TransportError> {
        let path = self.requests.join(self.interface.request_name(operation, file_id));
        let aside = path.with_extension("back");
        // Only a rename tells for sure who had the file first.
        match fs::rename(&path, &aside) {
            Ok(()) => fs::remove_file(&aside).map(|()| true).map_err(Self::error(&aside)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(Self::error(&path)(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Class, ResultMessage, interface::tests::default_interface};

    fn transport() -> (tempfile::TempDir, TerminalFolder) {
        let home = tempfile::tempdir().unwrap();
        let folder = |name: &str| {
            let path = home.path().join(name);
            fs::create_dir(&path).unwrap();
            path
        };
        let transport = TerminalFolder {
            interface: default_interface(),
            requests: folder("req"),
            results: folder("res"),
            quarantine: home.path().join("quarantine"),
            id_prefix: "TG".into(),
            grace: Duration::ZERO,
        };
        (home, transport)
    }

    fn request(payload: Vec<u8>) -> Request {
        Request {
            operation: Operation::Register,
            institution: "1319999999".into(),
            file_id: "TG1".into(),
            insured_id: "01234567:1:2:".into(),
            bundle_id: "1319999999^2026^a".into(),
            payload: Some(payload),
        }
    }

    fn listing(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_request_appears_whole_and_can_be_taken_back_until_it_is_fetched() {
        let (_home, mut transport) = transport();
        transport.submit(&request(b"{}".to_vec())).unwrap();
        assert_eq!(listing(&transport.requests), ["CIS-IF-201req_TG1.xml"]);
        assert!(transport.take_back(Operation::Register, "TG1").unwrap());
        assert!(!transport.take_back(Operation::Register, "TG1").unwrap());
        assert!(listing(&transport.requests).is_empty());
    }

    #[test]
    fn what_is_too_large_or_cannot_be_written_never_leaves() {
        let (_home, mut transport) = transport();
        let error = transport.submit(&request(vec![b'x'; 8_000_000])).unwrap_err();
        assert!(matches!(error, TransportError::TooLarge { limit: 10_000_000, .. }), "{error}");
        assert!(listing(&transport.requests).is_empty());
        transport.requests = transport.requests.join("missing");
        assert!(matches!(transport.submit(&request(vec![])), Err(TransportError::Io { .. })));
    }

    #[test]
    fn results_of_others_stay_and_strange_ones_are_told_apart() {
        let (_home, mut transport) = transport();
        let ours = transport.interface.write_result(&ResultMessage {
            file_id: "TG1".into(),
            status: "1".into(),
            code: "SBX0000I".into(),
            ..ResultMessage::default()
        });
        let drop_in = |name: &str, bytes: &[u8]| fs::write(transport.results.join(name), bytes).unwrap();
        drop_in("CIS-IF-202res_TG1.xml", &ours);
        drop_in("CIS-IF-202res_TG2.xml", &ours[..ours.len() / 2]);
        drop_in("CIS-IF-202res_EHR7.xml", &ours);
        drop_in("EPSsiPIR01res_1.xml", b"");
        let collected = transport.collect().unwrap();
        let handles: Vec<_> = collected.iter().map(|c| c.handle.as_str()).collect();
        assert_eq!(handles, ["CIS-IF-202res_TG1.xml", "CIS-IF-202res_TG2.xml"]);
        assert_eq!(transport.interface.classify(collected[0].result.as_ref().unwrap()), Class::Accepted);
        assert_eq!(collected[1].result, Err(Unreadable::Truncated));
        transport.dispose(handles[0], Disposal::Done).unwrap();
        transport.dispose(handles[1], Disposal::Quarantine).unwrap();
        assert_eq!(listing(&transport.quarantine), ["CIS-IF-202res_TG2.xml"]);
        assert_eq!(listing(&transport.results), ["CIS-IF-202res_EHR7.xml", "EPSsiPIR01res_1.xml"]);

        transport.grace = Duration::from_secs(600);
        fs::write(transport.results.join("CIS-IF-202res_TG3.xml"), b"<Xml").unwrap();
        assert!(transport.collect().unwrap().is_empty(), "it may still be written");
    }
}
