//! A clinic with a service and a centre, each a process that can be killed.

pub use super::common::{copy, files};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A process that ends with the test.
pub struct Running(pub Child);

impl Running {
    /// As a power cut ends it.
    pub fn kill(mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }

    /// As a service manager ends it. Gives the exit status.
    #[cfg(unix)]
    pub fn terminate(mut self) -> Option<i32> {
        let sent = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap();
        assert!(sent.success());
        self.0.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub struct House {
    pub dir: tempfile::TempDir,
}

impl House {
    /// `storage`: what the old system has written so far; `further`: lines of the settings.
    pub fn new(storage: Option<&Path>, further: &str) -> Self {
        let house = Self { dir: tempfile::tempdir().unwrap() };
        for folder in ["storage", "drop", "terminal"] {
            fs::create_dir(house.path(folder)).unwrap();
        }
        if let Some(storage) = storage {
            copy(storage, &house.path("storage"));
        }
        // The centre of the sandbox, asked as often as a test needs.
        let paces = [("requests_per_minute", 0), ("retry_first_seconds", 1), ("retry_cap_seconds", 2)];
        let line = |line: &str| match paces.iter().find(|(key, _)| line.starts_with(key)) {
            Some((key, number)) => format!("{key} = {number}\n"),
            None => format!("{line}\n"),
        };
        let interface: String = tsugite_mappings::UPSTREAM_CLINS.text.lines().map(line).collect();
        fs::write(house.path("clins.toml"), interface).unwrap();
        house.settings(further);
        house
    }

    pub fn settings(&self, further: &str) {
        let text = format!(
            "[institution]\nnumber = \"1319999999\"\n[source]\nfolders = [\"storage\"]\n[report]\nstart_date = \"2020-01-01\"\n\
             [upstream]\nrequests = \"terminal/req\"\nresults = \"terminal/res\"\ninterface = \"clins.toml\"\npoll_milliseconds = 5\nwait_seconds = 3\n\
             grace_seconds = 1\n\
             [watch]\nfolders = [\"drop\"]\nready = \"rename\"\n\
             [service]\nwithout_packages = true\nscan_seconds = 1\nwatch_seconds = 1\nstop_seconds = 5\nfree_megabytes = 0\n{further}"
        );
        let new = self.path("tsugite.toml.new");
        fs::write(&new, text).unwrap();
        fs::rename(new, self.path("tsugite.toml")).unwrap();
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tsugite"));
        command.args(["--lang", "en", "--format", "json", "--home"]).arg(self.path("home")).args(arguments);
        command
    }

    /// The service; its words are added to `serve.log`.
    pub fn serve(&self) -> Running {
        let log = fs::File::options().create(true).append(true).open(self.path("serve.log")).unwrap();
        let mut command = self.command(&["serve", "--config"]);
        command.arg(self.path("tsugite.toml")).stdout(Stdio::null()).stderr(log);
        Running(command.spawn().unwrap())
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.path("serve.log")).unwrap_or_default()
    }

    pub fn centre(&self, further: &[&str]) -> Running {
        let mut command = self.command(&["sandbox", "--watch", "--dir"]);
        command.arg(self.path("terminal")).args(further).stdout(Stdio::null());
        command.stderr(fs::File::options().create(true).append(true).open(self.path("centre.err")).unwrap());
        Running(command.spawn().unwrap())
    }

    /// A command beside the service: exit status, output, words.
    pub fn tell(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let output = self.command(arguments).arg("--config").arg(self.path("tsugite.toml")).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        let (_, out, words) = self.tell(arguments);
        serde_json::from_str(&out).unwrap_or_else(|_| panic!("{arguments:?}: {out} {words}"))
    }

    /// What the centre holds, by Bundle-ID.
    pub fn live(&self) -> BTreeMap<String, String> {
        let held = tsugite_sandbox::registrations(&self.path("terminal")).unwrap();
        held.into_iter().map(|held| (held.bundle_id, String::from_utf8(held.payload.into()).unwrap())).collect()
    }

    /// Waits until something is so; long enough for a machine that does much else.
    pub fn until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        const PATIENCE: Duration = Duration::from_secs(180);
        let start = Instant::now();
        while !is_so() {
            assert!(start.elapsed() < PATIENCE, "not within {PATIENCE:?}: {what}\n{}", self.log());
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// A person says yes to the first submission, once it is asked for.
    pub fn approve_the_plan(&self) {
        self.until("a plan waits", || {
            self.json(&["queue", "list"])["waits_for_approval"].as_array().is_some_and(|asks| !asks.is_empty())
        });
        self.tell(&["queue", "approve", "--plan"]);
    }

    /// Nothing is to be sent or under way.
    pub fn is_quiet(&self) -> bool {
        let list = self.json(&["queue", "list"]);
        list["submissions"].as_array().is_some_and(|all| all.iter().all(|s| s["state"] == "draft"))
    }

    /// Appears under its name whole.
    pub fn drop_file(&self, name: &str, bytes: &[u8]) {
        let part = self.path(&format!("drop/{name}.part"));
        fs::write(&part, bytes).unwrap();
        fs::rename(part, self.path(&format!("drop/{name}"))).unwrap();
    }

    /// As a storage is written: beside, then renamed into its place.
    pub fn store_file(&self, path: &str, bytes: &[u8]) {
        let target = self.path("storage").join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        let part = self.path("writing");
        fs::write(&part, bytes).unwrap();
        fs::rename(part, target).unwrap();
    }
}

pub fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/clinic/ssmix2/1319999999").canonicalize().unwrap()
}

/// A laboratory report of a patient of the samples: order number, version and value, as an SS-MIX2 file.
pub struct Lab {
    pub patient: &'static str,
    pub order: u32,
    pub version: u32,
    pub value: u32,
}

/// Patients of the samples with a report that can be copied.
pub const PATIENTS: [&str; 2] = ["0000000003", "0000000008"];

impl Lab {
    /// Folder and name in a storage.
    pub fn path(&self) -> String {
        format!("000/000/{}/20261001/OML-11/{}", self.patient, self.name('1'))
    }

    pub fn name(&self, flag: char) -> String {
        let Self { patient, order, version, .. } = self;
        format!(
            "{patient}_20261001_OML-11_{order:015}_{:014}000_01_{flag}",
            20_261_002_090_000_u64 + u64::from(*version)
        )
    }

    /// The report of the samples under another number, with another value of potassium.
    pub fn bytes(&self) -> Vec<u8> {
        let sample = samples().join(
            "000/000/0000000003/20261001/OML-11/0000000003_20261001_OML-11_000000000000302_20261002090000000_01_1",
        );
        let bytes = fs::read(sample).unwrap();
        let mut bytes = replace(&bytes, b"000000000000302", format!("{:015}", self.order).as_bytes());
        if self.patient != "0000000003" {
            bytes = self.of_other_patient(&bytes);
        }
        replace(&bytes, b"||4.1|", format!("||{}|", self.value).as_bytes())
    }

    /// PID and its neighbours come from a report of that patient.
    fn of_other_patient(&self, bytes: &[u8]) -> Vec<u8> {
        let folder = samples().join(format!("000/000/{}", self.patient));
        let mut found = Vec::new();
        files(&folder, &mut found);
        let other = found.into_iter().find(|path| path.to_string_lossy().contains("_OML-11_")).unwrap();
        let other = fs::read(other).unwrap();
        let pid = other.split(|byte| *byte == b'\r').find(|line| line.starts_with(b"PID|")).unwrap();
        let lines = bytes.split(|byte| *byte == b'\r').map(|line| if line.starts_with(b"PID|") { pid } else { line });
        lines.collect::<Vec<_>>().join(&b'\r')
    }
}

pub fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    out.extend_from_slice(rest);
    out
}

/// A letter about one of three patients of the samples, with two files: one that stays, and one of this version.
pub struct Letter {
    pub number: u32,
    pub version: u32,
}

impl Letter {
    pub fn name(&self) -> String {
        format!("letter-{}-{}.toml", self.number, self.version)
    }

    pub fn toml(&self) -> String {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        let Self { number, version } = self;
        let patient = ["0000000001", "0000000003", "0000000008"][usize::try_from(number % 3).unwrap()];
        let file = |text: String| {
            let base64 = STANDARD.encode(format!("%PDF-1.4\n{text}"));
            format!("[[attachment]]\ntitle = \"{text}\"\nbase64 = \"{base64}\"\n")
        };
        let files = file(format!("letter {number}")) + &file(format!("version {version} of {number}"));
        format!(
            "[letter]\nformat = 1\nkind = \"referral\"\npatient = \"{patient}\"\nid = \"R-{number}\"\nversion = {version}\n\
             date = 2026-11-20T15:30:00\nconsent = \"given\"\ninclude = []\n\
             [author]\nnumber = \"1319999999\"\nname = \"継手医院\"\naddress = \"架空県架空市一丁目1番\"\n\
             telephone = \"000-0000-0000\"\ndepartment = \"内科\"\ndoctor = {{ name = \"継手 匠\" }}\n\
             [to]\nnumber = \"1319999998\"\nname = \"架空総合病院\"\ndepartment = \"循環器内科\"\ndoctor = {{ name = \"山田 花子\" }}\n\
             [[section]]\nkind = \"referral-purpose\"\ntext = \"letter {number} version {version} end\"\n\
             [[section]]\nkind = \"problems\"\ntext = \"高血圧症\"\n\
             [[section]]\nkind = \"present-illness\"\ntext = \"10月初めから。\"\n{files}"
        )
    }

    /// Which letter a bundle holds.
    pub fn read(bundle: &str) -> Option<Self> {
        bundle.match_indices("letter ").find_map(|(at, _)| {
            let mut words = bundle[at..].split_whitespace();
            let (_, number, version_is, version) = (words.next()?, words.next()?, words.next()?, words.next()?);
            Some(Self {
                number: number.parse().ok()?,
                version: version.parse().ok().filter(|_| version_is == "version")?,
            })
        })
    }
}
