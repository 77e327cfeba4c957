//! 電子署名: what a program of the site's makes of a document before its first hand-over. Off by default.

use super::issues;
use crate::settings::{SignatureForm, SignatureSettings};
use serde_json::Value;
use std::{
    io::{Read as _, Write as _},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};
use tsugite_issue::Issue;
use tsugite_store::Signature;

/// No signature is larger, nor a bundle with one.
const MOST: u64 = 32 << 20;

/// The plug-in, as the settings have it.
#[derive(Clone, Copy, Debug)]
pub struct Signer<'a> {
    pub settings: &'a SignatureSettings,
    /// The program: its first word, seen from the settings file where it names a place.
    pub program: &'a PathBuf,
}

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Signed {
    Detached(Vec<u8>),
    /// The bundle with `Bundle.signature`.
    Bundle(Vec<u8>),
}

impl Signed {
    /// For the ledger: the signature, and the payload that replaces the unsigned one.
    pub fn parts(self) -> (Signature, Option<Vec<u8>>) {
        match self {
            Self::Detached(bytes) => (Signature::Detached(bytes), None),
            Self::Bundle(bytes) => (Signature::Inside, Some(bytes)),
        }
    }
}

impl Signer<'_> {
    /// Whether Units of this kind are signed.
    pub fn signs(&self, kind: &str) -> bool {
        !self.settings.command.is_empty() && self.settings.documents.iter().any(|signed| signed.kind().name() == kind)
    }

    /// Signs a bundle.
    ///
    /// # Errors
    /// Why a person must look. Holds nothing of the bundle, and nothing that the program said.
    pub fn sign(&self, bundle: &[u8]) -> Result<Signed, Box<Issue>> {
        let failed = |reason: String| Box::new(Issue::new(&issues::NOT_SIGNED).with("reason", reason));
        let output = self.run(bundle).map_err(failed)?;
        match self.settings.form {
            SignatureForm::Detached => Ok(Signed::Detached(output)),
            SignatureForm::Bundle if is_same_but_signed(bundle, &output) => Ok(Signed::Bundle(output)),
            SignatureForm::Bundle => Err(Box::new(Issue::new(&issues::SIGNED_OTHERWISE))),
        }
    }

    /// The bundle goes through pipes only: never into arguments, files or logs. What the program says beside its result is dropped.
    fn run(&self, bundle: &[u8]) -> Result<Vec<u8>, String> {
        let mut command = Command::new(self.program);
        command.args(self.settings.command.iter().skip(1));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| error.kind().to_string())?;
        let until = Instant::now() + Duration::from_secs(self.settings.seconds.max(1));
        let (result, output) = mpsc::channel();
        let (input, bytes) = (child.stdin.take(), bundle.to_vec());
        // A program that does not read ends neither thread; both end with its pipes.
        thread::spawn(move || input.map(|mut input| input.write_all(&bytes)));
        let stdout = child.stdout.take();
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.map_or(Ok(0), |stdout| stdout.take(MOST + 1).read_to_end(&mut bytes));
            result.send(read.map(|_| bytes))
        });
        let bytes = match output.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(error)) => return end(&mut child, error.kind().to_string()),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                return end(&mut child, format!("no answer within {} s", self.settings.seconds));
            }
        };
        match wait(&mut child, until) {
            Some(status) if status.success() && bytes.is_empty() => Err("nothing was written".to_owned()),
            Some(status) if status.success() && u64::try_from(bytes.len()).is_ok_and(|size| size > MOST) => {
                Err(format!("more than {MOST} bytes"))
            }
            Some(status) if status.success() => Ok(bytes),
            Some(status) => Err(status.to_string()),
            None => end(&mut child, format!("no end within {} s", self.settings.seconds)),
        }
    }
}

fn end(child: &mut Child, reason: String) -> Result<Vec<u8>, String> {
    let _ = child.kill().and_then(|()| child.wait());
    Err(reason)
}

fn wait(child: &mut Child, until: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < until => thread::sleep(Duration::from_millis(5)),
            _ => return None,
        }
    }
}

/// Whether only `Bundle.signature` was added.
fn is_same_but_signed(bundle: &[u8], signed: &[u8]) -> bool {
    let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).ok();
    let (Some(bundle), Some(mut signed)) = (read(bundle), read(signed)) else { return false };
    let signature = signed.as_object_mut().and_then(|members| members.remove("signature"));
    signature.is_some() && signed == bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_bundle_is_the_same_bundle_with_a_signature() {
        let bundle = br#"{"resourceType":"Bundle","total":1.0}"#;
        for (signed, same) in [
            (r#"{"resourceType":"Bundle","total":1.0,"signature":{}}"#, true),
            (r#"{"signature":{}, "total":1.0, "resourceType":"Bundle"}"#, true),
            (r#"{"resourceType":"Bundle","total":1.0}"#, false),
            (r#"{"resourceType":"Bundle","total":1.00,"signature":{}}"#, false),
            (r#"{"resourceType":"Bundle","signature":{}}"#, false),
            ("[]", false),
            ("", false),
        ] {
            assert_eq!(is_same_but_signed(bundle, signed.as_bytes()), same, "{signed}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_fails_says_why_and_nothing_of_the_document() {
        let sign = |script: &str| {
            let command = ["/bin/sh", "-c", script].map(str::to_owned).to_vec();
            let settings = SignatureSettings { command, seconds: 1, ..SignatureSettings::default() };
            let program = PathBuf::from("/bin/sh");
            let signer = Signer { settings: &settings, program: &program };
            assert!(signer.signs("referral") && !signer.signs("discharge") && !signer.signs("lab"));
            let signed = signer.sign(&vec![b'x'; 300_000]);
            signed.map_err(|issue| issue.text(tsugite_issue::Lang::En))
        };
        assert_eq!(sign("wc -c | tr -d ' \n'"), Ok(Signed::Detached(b"300000".to_vec())));
        for (script, told) in [
            ("cat >/dev/null; exit 3", "3"),
            ("cat >/dev/null", "nothing was written"),
            ("sleep 9", "within 1 s"),
            ("cat; sleep 9", "within 1 s"),
            ("echo 患者 >&2; exit 1", "1"),
        ] {
            let text = sign(script).unwrap_err();
            assert!(text.contains(told) && !text.contains("患者") && !text.contains("xx"), "{script}: {text}");
        }
        let settings = SignatureSettings { command: vec!["no".into()], ..SignatureSettings::default() };
        let program = PathBuf::from("/no/such/program");
        assert!(Signer { settings: &settings, program: &program }.sign(b"{}").is_err());
        assert!(
            !Signer { settings: &SignatureSettings::default(), program: &program }.signs("referral"),
            "off by default"
        );
    }
}
