//! The clinic's system: patients, problem lists and laboratory reports, and the SS-MIX2 storage that it writes of them.

use super::{Chance, DOWN, START, Said};
use jiff::{ToSpan as _, civil::Date};
use std::{collections::BTreeMap, fs, path::PathBuf};

/// A Unit, as a person would name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    Problems(String),
    Report(String, u32),
}

struct Patient {
    insured: u32,
    master: PathBuf,
    /// The list in force; none after it was deleted as a whole.
    list: Option<PathBuf>,
    problems: BTreeMap<u32, Problem>,
}

#[derive(Clone)]
struct Problem {
    onset: Date,
    end: Option<Date>,
    /// The end is known by its month only.
    month: bool,
}

struct Report {
    patient: String,
    /// Under the site's own code, which a map makes standard.
    local: bool,
    value: u32,
    file: PathBuf,
    deleted: bool,
}

pub struct Sources {
    storage: PathBuf,
    patients: BTreeMap<String, Patient>,
    reports: BTreeMap<u32, Report>,
    /// What the site's map makes of the local code.
    pub map: &'static str,
    /// No two files, values or onsets are equal.
    count: u32,
}

impl Sources {
    pub fn new(storage: PathBuf) -> Self {
        let (patients, reports) = (BTreeMap::new(), BTreeMap::new());
        Self { storage, patients, reports, map: "3H010000002327201", count: 0 }
    }

    /// What each Unit consists of, whatever the day is.
    pub fn statements(&self) -> BTreeMap<Name, Vec<String>> {
        let mut all = BTreeMap::new();
        for (id, patient) in self.patients.iter().filter(|(_, patient)| patient.list.is_some()) {
            all.insert(Name::Problems(id.clone()), patient.problems.values().map(Problem::row).collect());
        }
        for (order, report) in self.reports.iter().filter(|(_, report)| !report.deleted) {
            all.insert(Name::Report(report.patient.clone(), *order), vec![report.value.to_string()]);
        }
        all
    }

    /// What a Unit says when it is made on this day.
    pub fn said(&self, name: &Name, today: Date) -> Said {
        let (id, mut rows): (&String, Vec<String>) = match name {
            Name::Problems(id) => {
                let problems = self.patients[id].problems.values().filter(|problem| problem.is_shown(today));
                (id, problems.map(Problem::row).collect())
            }
            Name::Report(id, order) => {
                let report = &self.reports[order];
                let code = if report.local { self.map } else { "3H015000002327201" };
                (id, vec![format!("{code} {}", report.value)])
            }
        };
        rows.sort();
        Said { patient: id.clone(), insured: self.patients[id].insured, rows }
    }

    /// One event of a clinic's day. `calm`: insurance stays, so that it does not matter when a queued Unit is made.
    pub fn something_happens(&mut self, today: Date, calm: bool, chance: &mut Chance) {
        let ids: Vec<String> = self.patients.keys().cloned().collect();
        let id = ids[chance.below(u32::try_from(ids.len()).unwrap()) as usize].clone();
        let live: Vec<u32> = self.reports.keys().copied().collect();
        let order = live.get(chance.below(u32::try_from(live.len().max(1)).unwrap()) as usize).copied();
        match (chance.below(16), order) {
            (0, _) if ids.len() < 16 => self.new_patient(today, chance),
            (1, _) if !calm => self.new_insurance(&id, today),
            // The list is written again as it was.
            (2, _) => self.write_list(&id, today),
            (3, _) => self.delete_list(&id),
            (4..=6, _) => self.new_problem(&id, today, chance),
            (7 | 8, _) => self.end_problem(&id, today, chance),
            (9, Some(order)) => self.delete_report(order),
            // A correction, or a deleted report that comes again.
            (10 | 11, Some(order)) => self.correct_report(order, today),
            _ => self.new_report(&id, today, chance),
        }
    }

    pub fn new_patient(&mut self, today: Date, chance: &mut Chance) {
        let id = format!("{:010}", 101 + self.patients.len());
        let insured = 5000 + self.next();
        let patient = Patient { insured, master: PathBuf::new(), list: None, problems: BTreeMap::new() };
        self.patients.insert(id.clone(), patient);
        self.write_master(&id, today);
        let (day, time) = (compact(today), self.time(today));
        let visit = self.message(&id, &["PV1|0001|O|01^^^^^C".to_owned()], &time, "ADT^A04^ADT_A01");
        self.write(&id, &day, &format!("ADT-12_{day}{:07}_{time}_01", self.count), &visit);
        // One that stays, and one that leaves the window of five years in the course of the year.
        self.add_problem(&id, None, false);
        let mut end = (START + i64::from(20 + chance.below(330)).days()) - 5.years();
        let down = |day: i32| START + i64::from(day).days() - 5.years();
        if end >= down(DOWN.start - 31) && end <= down(DOWN.end + 31) {
            end -= 3.months();
        }
        self.add_problem(&id, Some(end), chance.below(2) == 0);
        self.write_list(&id, today);
        self.new_report(&id, today, chance);
    }

    fn new_insurance(&mut self, id: &str, today: Date) {
        let insured = 5000 + self.next();
        self.patients.get_mut(id).unwrap().insured = insured;
        let old = self.patients[id].master.clone();
        self.write_master(id, today);
        flag(&old, '2');
    }

    fn new_problem(&mut self, id: &str, today: Date, chance: &mut Chance) {
        let old = chance.below(4) == 0;
        // Some ended so long ago that nobody hears of them.
        self.add_problem(id, old.then(|| START - 9.years()), false);
        self.write_list(id, today);
    }

    fn end_problem(&mut self, id: &str, today: Date, chance: &mut Chance) {
        let patient = self.patients.get_mut(id).unwrap();
        let open: Vec<u32> = patient.problems.iter().filter(|(_, p)| p.end.is_none()).map(|(key, _)| *key).collect();
        // The first stays open: a list with nothing in its window is another story.
        let Some(key) = open.get(1 + chance.below(3) as usize) else { return };
        if chance.below(3) == 0 {
            patient.problems.remove(key);
        } else {
            patient.problems.get_mut(key).unwrap().end = Some(today);
        }
        self.write_list(id, today);
    }

    fn add_problem(&mut self, id: &str, end: Option<Date>, month: bool) {
        let key = self.next();
        let onset = end.unwrap_or(START) - i64::from(30 + key).days();
        self.patients.get_mut(id).unwrap().problems.insert(key, Problem { onset, end, month });
    }

    fn delete_list(&mut self, id: &str) {
        if let Some(list) = self.patients.get_mut(id).unwrap().list.take() {
            flag(&list, '0');
        }
    }

    fn new_report(&mut self, id: &str, today: Date, chance: &mut Chance) {
        let order = 1000 + self.next();
        let local = chance.below(3) == 0;
        let new = Report { patient: id.to_owned(), local, value: 0, file: PathBuf::new(), deleted: false };
        self.reports.insert(order, new);
        self.write_report(order, today, today);
    }

    fn correct_report(&mut self, order: u32, today: Date) {
        let old = self.reports[&order].file.clone();
        let collected = old.parent().unwrap().parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let collected = Date::strptime("%Y%m%d", collected).unwrap();
        let deleted = self.reports[&order].deleted;
        self.write_report(order, collected, today);
        if !deleted {
            flag(&old, '2');
        }
    }

    fn delete_report(&mut self, order: u32) {
        let report = self.reports.get_mut(&order).unwrap();
        if !report.deleted {
            report.deleted = true;
            flag(&report.file, '0');
        }
    }

    fn write_report(&mut self, order: u32, collected: Date, today: Date) {
        let (value, time, day) = (100_000 + self.next(), self.time(today), compact(collected));
        let (id, local) = (self.reports[&order].patient.clone(), self.reports[&order].local);
        let code = if local { "ZK^KALIUM^99ZZL" } else { "3H015000002327201^KALIUM^JC10" };
        let segments = [
            "PV1|0001|O|01^^^^^C||||9001^KATA^TAKUMI^^^^^^^L^^^^^I".to_owned(),
            format!("SPM|1|{order:09}||023^SERUM^JC10|||||||||||||{day}0915"),
            format!(
                "OBR|1|{order:015}|{order:08}|3^CHEMISTRY^JC10|||{day}0915|{day}0915||||||||9001^KATA^TAKUMI^^^^^^^L^^^^^I||||||{}",
                &time[..14]
            ),
            format!("ORC|SC|{order:015}|||CM||||{}", &time[..14]),
            format!("OBX|1|NM|{code}||{value}|mEq/L^mEq/L^99UNT|||||F"),
        ];
        let message = self.message(&id, &segments, &time, "OUL^R22^OUL_R22");
        let file = self.write(&id, &day, &format!("OML-11_{order:015}_{time}_01"), &message);
        let report = self.reports.get_mut(&order).unwrap();
        (report.value, report.file, report.deleted) = (value, file, false);
    }

    fn write_master(&mut self, id: &str, today: Date) {
        let time = self.time(today);
        let insured = self.patients[id].insured;
        let segments = [
            "PV1|0001|O|01^^^^^C||||9001^KATA^TAKUMI^^^^^^^L^^^^^I".to_owned(),
            format!("IN1|1|C0^KOKUHO^JHSD0001|139999|||||||11~{insured}~01||20250401|20290331||||SEL^SELF^HL70063"),
        ];
        let message = self.message(id, &segments, &time, "ADT^A08^ADT_A01");
        let file = self.write(id, "-", &format!("ADT-00_999999999999999_{time}_-"), &message);
        self.patients.get_mut(id).unwrap().master = file;
    }

    /// The list as it is, in the place of the one before.
    fn write_list(&mut self, id: &str, today: Date) {
        let time = self.time(today);
        let line = |(key, problem): (&u32, &Problem)| {
            let (onset, end) = (compact(problem.onset), problem.end_as_written());
            let outcome = if problem.end.is_some() { "F^RECOVERED^HL70241" } else { "" };
            format!(
                "PRB|AD|{onset}|20054174^GASTRITIS^MDCDX2|{id}-{key}|||{onset}||{end}|K297^^I10^O^^JHSD0004||||{outcome}|{end}|{onset}"
            )
        };
        let segments: Vec<String> = self.patients[id].problems.iter().map(line).collect();
        let message = self.message(id, &segments, &time, "PPR^ZD1^PPR_ZD1");
        let file = self.write(id, "-", &format!("PPR-01_999999999999999_{time}_-"), &message);
        if let Some(old) = self.patients.get_mut(id).unwrap().list.replace(file) {
            flag(&old, '2');
        }
    }

    /// MSH and PID (in which the name stands in ISO-2022-JP), then the segments.
    fn message(&self, id: &str, segments: &[String], time: &str, kind: &str) -> Vec<u8> {
        let birth = format!("19{}0412", 10 + id.parse::<u32>().unwrap() % 80);
        let msh = format!(
            "MSH|^~\\&|TEHAI|KAKUU|GW|RCV|{}||{kind}|{}|P|2.5||||||~ISO IR87||ISO 2022-1994|SS-MIX2_1.20_h^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO",
            &time[..14],
            self.count
        );
        let pid = format!(
            "PID|0001||{id}^^^^PI||\u{1b}$B2M6u\u{1b}(B^\u{1b}$BB@O:\u{1b}(B^^^^^L^I~\u{1b}$B%+%/%&\u{1b}(B^\u{1b}$B%?%m%&\u{1b}(B^^^^^L^P||{birth}|M|||^^^^000-0000^JPN^H^KAKUU 9-99||^PRN^PH^^^^^^^^^000-0000-0001"
        );
        let lines = [msh, pid].into_iter().chain(segments.iter().cloned());
        lines.flat_map(|line| (line + "\r").into_bytes()).collect()
    }

    fn write(&self, id: &str, day: &str, rest: &str, bytes: &[u8]) -> PathBuf {
        let kind = rest.split('_').next().unwrap();
        let folder = self.storage.join(&id[..3]).join(&id[3..6]).join(id).join(day).join(kind);
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{id}_{day}_{rest}_1"));
        fs::write(&path, bytes).unwrap();
        path
    }

    fn next(&mut self) -> u32 {
        self.count += 1;
        self.count
    }

    /// A moment of the day that nothing else has, as file names write it.
    fn time(&mut self, today: Date) -> String {
        let seconds = self.next() % 3600;
        format!("{}10{:02}{:02}000", compact(today), seconds / 60, seconds % 60)
    }
}

impl Problem {
    /// As a Condition says it.
    fn row(&self) -> String {
        let end = self.end.map(|end| if self.month { end.strftime("%Y-%m").to_string() } else { end.to_string() });
        let status = if end.is_some() { "resolved" } else { "active" };
        format!("{} {status} {}", self.onset, end.unwrap_or_default())
    }

    fn end_as_written(&self) -> String {
        let end = self.end.map(compact).unwrap_or_default();
        if self.month && self.end.is_some() { end[..6].to_owned() } else { end }
    }

    /// Current, or ended within five years, the last day included; a month counts as its last day.
    fn is_shown(&self, today: Date) -> bool {
        self.end.is_none_or(|end| {
            let end = if self.month { end.last_of_month() } else { end };
            end >= today - 5.years()
        })
    }
}

fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A storage tells updates (2) and deletions (0) by renaming what was there.
fn flag(path: &std::path::Path, flag: char) {
    let name = path.file_name().unwrap().to_string_lossy();
    fs::rename(path, path.with_file_name(format!("{}{flag}", &name[..name.len() - 1]))).unwrap();
}
