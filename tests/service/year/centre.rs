//! The other end: the sandbox centre in this process, by the simulated clock.

use super::{super::house::House, Said};
use jiff::{Timestamp, civil::Date, tz};
use serde_json::Value;
use std::{collections::BTreeSet, fs, process::Stdio, thread, time::Duration};
use tsugite_sandbox::{Centre, Event, Faults, Registration, Setup};
use tsugite_upstream::Interface;

pub struct Upstream<'h> {
    house: &'h House,
    centre: Centre,
}

impl<'h> Upstream<'h> {
    pub fn new(house: &'h House) -> Self {
        let interface = Interface::from_toml(tsugite_mappings::UPSTREAM_CLINS.text).unwrap();
        let centre = Centre::open_with(&house.path("terminal"), interface, Setup::default()).unwrap();
        Self { house, centre }
    }

    /// A day's work. Gives how many requests reached the centre; it refused none.
    pub fn run(&mut self, today: Date) -> usize {
        let sent = self.run_in_doubt(today);
        let refused = sent.iter().filter(|event| event.code.ends_with('E'));
        let refused: Vec<_> = refused.map(|event| self.centre.history(&event.bundle_id)).collect();
        assert!(refused.is_empty(), "{today}: {refused:#?}");
        sent.len()
    }

    /// The same when the gateway does not know what was said before: what it cancels may be gone.
    pub fn run_in_doubt(&mut self, today: Date) -> Vec<Event> {
        let before = self.centre.events().len();
        let now = noon(today);
        let mut command = self.house.command(&["run", "--yes", "--as-of", &today.to_string(), "--config"]);
        command.arg(self.house.path("tsugite.toml"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while child.try_wait().unwrap().is_none() {
            self.centre.process_at(now).unwrap();
            thread::sleep(Duration::from_millis(3));
        }
        let output = child.wait_with_output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code().is_some_and(|code| code <= 1), "{today}: {words}");
        self.centre.events()[before..].to_vec()
    }

    /// The line is cut (the terminal's folder is gone), or nobody works at the other end.
    pub fn unplugged(&mut self, today: Date, cut: bool) {
        let (terminal, away) = (self.house.path("terminal/req"), self.house.path("terminal/away"));
        let settings = self.house.path("tsugite.toml");
        let text = fs::read_to_string(&settings).unwrap();
        if cut {
            fs::rename(&terminal, &away).unwrap();
        } else {
            fs::write(&settings, text.replace("wait_seconds = 3", "wait_seconds = 0")).unwrap();
        }
        let day = today.to_string();
        let (code, _, words) = self.house.tell(&["run", "--as-of", &day]);
        assert!(code.is_some_and(|code| code <= 1), "{code:?} {words}");
        if cut {
            let _ = fs::remove_dir(&terminal);
            fs::rename(away, terminal).unwrap();
        }
        fs::write(settings, text).unwrap();
    }

    /// The centre takes what comes and nobody hears its answer.
    pub fn deaf(&mut self, today: Date) {
        self.centre.set_faults(Faults::from_toml("[[fault]]\nkind = \"lose-answer\"\n").unwrap(), 1);
        let settings = self.house.path("tsugite.toml");
        let text = fs::read_to_string(&settings).unwrap();
        fs::write(&settings, text.replace("wait_seconds = 3", "wait_seconds = 1")).unwrap();
        self.run(today);
        fs::write(settings, text).unwrap();
        self.centre.set_faults(Faults::none(), 1);
    }

    pub fn registrations(&self) -> Vec<Registration> {
        self.centre.registrations().unwrap()
    }

    /// Bundle-ID and content of everything that is registered.
    pub fn live(&self) -> Vec<(String, Said)> {
        let read = |held: Registration| {
            let bundle: Value = serde_json::from_str(&held.payload).unwrap();
            (held.bundle_id.clone(), said(&bundle, &held.insured_id))
        };
        self.registrations().into_iter().map(read).collect()
    }
}

fn noon(day: Date) -> Timestamp {
    day.at(12, 0, 0, 0).to_zoned(tz::TimeZone::fixed(tz::offset(9))).unwrap().timestamp()
}

/// The values that a doctor elsewhere reads.
fn said(bundle: &Value, insured_id: &str) -> Said {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut patient = String::new();
    let mut rows = Vec::new();
    for entry in bundle["entry"].as_array().unwrap() {
        let resource = &entry["resource"];
        match resource["resourceType"].as_str().unwrap() {
            "Patient" => {
                let identifiers = resource["identifier"].as_array().unwrap();
                let local = identifiers.iter().find(|id| text(&id["system"]).starts_with("urn:oid:")).unwrap();
                patient = text(&local["value"]);
                let member = identifiers.iter().find(|id| text(&id["system"]).ends_with("memberID")).unwrap();
                assert_eq!(member["value"], insured_id, "the bundle's own number counts");
            }
            "Condition" => rows.push(format!(
                "{} {} {}",
                text(&resource["onsetDateTime"]),
                text(&resource["clinicalStatus"]["coding"][0]["code"]),
                text(&resource["abatementDateTime"])
            )),
            "Observation" => {
                let codings = resource["code"]["coding"].as_array().unwrap();
                let standard = codings.iter().map(|coding| text(&coding["code"]));
                let standard = standard.filter(|code| code.len() == 17).collect::<BTreeSet<_>>();
                let standard = standard.into_iter().collect::<Vec<_>>().join("+");
                rows.push(format!("{standard} {}", resource["valueQuantity"]["value"]));
            }
            _ => {}
        }
    }
    rows.sort();
    Said { patient, insured: insured_id.split(':').nth(2).unwrap().parse().unwrap(), rows }
}
