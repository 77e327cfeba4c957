//! The whole way for many inputs, in bounded memory: folders of a patient as they come, mixed inputs parted by patient on disk.

use crate::{
    Settings,
    disk::Partitions,
    issues,
    ordered::ordered,
    patient::{Known, report_patient},
    pieces::{Piece, Pieces},
    read::{Entry, ReadOutput},
    report::{Batch, Report},
    spilled::{Codes, Spilled, patient_of, under},
    who::{People, Who},
};
use std::{
    collections::{BTreeMap, HashSet},
    io,
};
use tsugite_clinical::{PatientId, Statement, who::Acquaintance};
use tsugite_clins::{BuiltUnit, Site};
use tsugite_issue::{Digest, Issue, Lang};

/// All inputs of one patient, from one or several storage roots.
#[derive(Debug)]
pub struct Group<E> {
    pub entries: Vec<E>,
    /// Every folder of the group could be listed.
    pub whole: bool,
}

/// Takes each Unit as soon as it is built.
pub trait Deliver: Sync {
    /// # Errors
    /// What ends the run: the Unit cannot be written.
    fn deliver(&self, unit: &BuiltUnit) -> io::Result<()>;
}

/// Where a run puts what comes of it.
pub struct Destination<'a> {
    pub units: &'a dyn Deliver,
    pub report: &'a mut Report,
    /// Language of the report's texts.
    pub lang: Lang,
    /// Told what was done since it was told last.
    pub progress: &'a mut dyn FnMut(Step),
}

/// A step of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Inputs read.
    Inputs(u64),
    /// Bytes of a large input read.
    Bytes(u64),
    /// A patient of mixed inputs reported.
    Patient,
}

/// Mixed inputs first, since they decide the way: where there are none, each group is reported as it is read; else all statements
/// are parted by patient, so that those of a folder and those of a mixed input meet.
///
/// # Errors
/// Listing, scratch folder or destination failed. An input that cannot be read is an issue, no error.
pub fn run<E: Entry>(
    settings: &Settings,
    mixed: impl Iterator<Item = io::Result<E>>,
    groups: impl Iterator<Item = io::Result<Group<E>>>,
    to: &mut Destination,
) -> io::Result<()> {
    let mut partitions = Partitions::new(settings.scratch, PARTITION);
    let mut people = People::new(settings.scratch);
    if read_mixed(settings, mixed, &mut partitions, &mut people, to)? || settings.may_join() {
        let part = |group: io::Result<Group<E>>| part_group(&group?, settings, to.lang);
        ordered(settings.jobs, groups, part, |parted: io::Result<_>| {
            let Parted { batch, spilled, people: met } = parted?;
            (to.progress)(Step::Inputs(batch.inputs()));
            people.meet(met)?;
            spilled.iter().try_for_each(|(patient, record)| partitions.push(patient, record))?;
            to.report.add(batch)
        })?;
        let who = people.who(settings)?;
        report_partitions(settings, partitions, &who, to)?;
        return to.report.tell_doubles(&who.overlay, to.lang);
    }
    let (units, lang) = (to.units, to.lang);
    let report = |group: io::Result<Group<E>>| report_group(&group?, settings, units, lang);
    ordered(settings.jobs, groups, report, |batch: io::Result<Batch>| {
        let batch = batch?;
        (to.progress)(Step::Inputs(batch.inputs()));
        to.report.add(batch)
    })?;
    to.report.tell_doubles(settings.site.overlay, lang)
}

/// Bytes of spilled statements that are folded at once.
const PARTITION: u64 = 4 << 20;

/// Reads the inputs in which patients are mixed; answers whether they said anything.
fn read_mixed<E: Entry>(
    settings: &Settings,
    mixed: impl Iterator<Item = io::Result<E>>,
    partitions: &mut Partitions,
    people: &mut People,
    to: &mut Destination,
) -> io::Result<bool> {
    let mut seen: HashSet<(Digest, String)> = HashSet::new();
    let mut anything = false;
    let lang = to.lang;
    let read = |piece: io::Result<(u64, Piece<E>)>| {
        let (received, piece) = piece?;
        let mut read = ReadOutput::default();
        read.received = received;
        let bytes = piece.part_bytes();
        match piece {
            Piece::Whole(entry) => read.read(&entry, settings),
            Piece::Part(part) => read.read_part(part, settings),
            Piece::Refused(refused) => read.refuse(refused),
        }
        // What only its receipt dates is said anew, and counts as newer, whenever it comes.
        let only = read.only().filter(|_| read.statements.iter().all(is_dated));
        Ok((only, bytes, Parted::new(read, None, settings, lang)?))
    };
    ordered(settings.jobs, Pieces::new(settings, mixed), read, |read: io::Result<(_, u64, Parted)>| {
        let (only, bytes, mut parted) = read?;
        // Only here, in the order of the inputs, is it certain which of two is the repeat.
        if let Some((name, origin)) = only
            && !seen.insert(name)
        {
            let repeat = ReadOutput::passed_over(Issue::new(&issues::REPEATED_INPUT).at(origin));
            parted = Parted::new(repeat, None, settings, lang)?;
        }
        anything |= !parted.spilled.is_empty();
        people.meet(parted.people)?;
        (to.progress)(Step::Inputs(parted.batch.inputs()));
        (to.progress)(Step::Bytes(bytes));
        parted.spilled.iter().try_for_each(|(patient, record)| partitions.push(patient, record))?;
        to.report.add(parted.batch)
    })?;
    Ok(anything)
}

const fn is_dated(statement: &Statement) -> bool {
    let version = match statement {
        Statement::Fact(fact) => fact.version,
        Statement::List(list) => list.version,
        Statement::Identity(identity) => identity.version,
    };
    version.time != 0
}

fn read_group<E: Entry>(group: &Group<E>, settings: &Settings) -> ReadOutput {
    let mut read = ReadOutput::default();
    group.entries.iter().for_each(|entry| read.read(entry, settings));
    read
}

fn report_group<E: Entry>(group: &Group<E>, settings: &Settings, units: &dyn Deliver, lang: Lang) -> io::Result<Batch> {
    let read = read_group(group, settings);
    let mut batch = Batch::new(lang);
    batch.add_read(&read)?;
    batch.add_strays(&read)?;
    let scanned = group.whole && read.complete();
    for (patient, mut known) in by_patient(read, settings) {
        known.scanned = scanned;
        report_one(patient, known, settings, units, &mut batch)?;
    }
    Ok(batch)
}

fn report_one(
    patient: PatientId,
    known: Known,
    settings: &Settings,
    units: &dyn Deliver,
    batch: &mut Batch,
) -> io::Result<()> {
    let result = report_patient(patient, known, settings);
    result.built.iter().try_for_each(|unit| units.deliver(unit))?;
    batch.add_patient(&result)
}

fn by_patient(read: ReadOutput, settings: &Settings) -> BTreeMap<PatientId, Known> {
    let mut patients: BTreeMap<PatientId, Known> = BTreeMap::new();
    for statement in read.statements {
        match patients.get_mut(statement.patient()) {
            Some(known) => known.statements.push(statement),
            None => {
                let patient = statement.patient().clone();
                patients.entry(patient).or_default().statements.push(statement);
            }
        }
    }
    for ended in read.ended {
        let Some(id) = &ended.record.patient else { continue };
        let id = settings.context_of(&ended.record.origin.input.path).patient(id);
        patients.entry(id).or_default().ended.push(ended);
    }
    patients
}

/// A part of the run that was read and waits in partitions.
struct Parted {
    batch: Batch,
    spilled: Vec<(PatientId, Vec<u8>)>,
    people: BTreeMap<PatientId, Acquaintance>,
}

fn part_group<E: Entry>(group: &Group<E>, settings: &Settings, lang: Lang) -> io::Result<Parted> {
    let read = read_group(group, settings);
    let whole = group.whole && read.complete();
    Parted::new(read, Some(whole), settings, lang)
}

impl Parted {
    /// `scanned` says of a folder whether it was read to its end; mixed inputs are no baseline.
    fn new(read: ReadOutput, scanned: Option<bool>, settings: &Settings, lang: Lang) -> io::Result<Self> {
        let mut batch = Batch::new(lang);
        batch.add_read(&read)?;
        batch.add_strays(&read)?;
        let (mut spilled, mut people) = (Vec::new(), BTreeMap::new());
        for (patient, known) in by_patient(read, settings) {
            let charted = !known.statements.is_empty();
            if charted {
                people.insert(patient.clone(), Acquaintance::of(&known.statements));
            }
            let statements = known.statements.into_iter().map(|statement| Spilled::Statement(Box::new(statement)));
            let ended = known.ended.iter().map(Spilled::ended);
            let folder = scanned.filter(|_| charted).map(Spilled::Folder);
            for item in statements.chain(ended).chain(folder) {
                spilled.push((patient.clone(), item.to_record(&patient)?));
            }
        }
        Ok(Self { batch, spilled, people })
    }
}

/// Those who have one id as their partition is read; the others, together, when all of theirs have been read.
fn report_partitions(settings: &Settings, partitions: Partitions, who: &Who, to: &mut Destination) -> io::Result<()> {
    let mut told = Batch::new(to.lang);
    told.add_issues(&who.issues())?;
    to.report.add(told)?;
    let settings = &settings.with_site(Site { overlay: &who.overlay, ..settings.site });
    let mut shared = Partitions::new(settings.scratch, PARTITION);
    partitions.drain(&mut |records: Vec<Vec<u8>>| {
        let mut patients: BTreeMap<PatientId, Vec<Vec<u8>>> = BTreeMap::new();
        for record in records {
            patients.entry(patient_of(&record)?).or_default().push(record);
        }
        let mut alone = BTreeMap::new();
        for (patient, records) in patients {
            match who.shared_head(&patient) {
                Some(head) => records.iter().try_for_each(|record| shared.push(&head, &under(&head, record)?))?,
                None => drop(alone.insert(patient, records)),
            }
        }
        report_parts(settings, alone, to)
    })?;
    shared.drain(&mut |records: Vec<Vec<u8>>| {
        let mut patients: BTreeMap<PatientId, Vec<Vec<u8>>> = BTreeMap::new();
        for record in records {
            patients.entry(patient_of(&record)?).or_default().push(record);
        }
        report_parts(settings, patients, to)
    })
}

fn report_parts(
    settings: &Settings,
    patients: BTreeMap<PatientId, Vec<Vec<u8>>>,
    to: &mut Destination,
) -> io::Result<()> {
    let codes = Codes::of(settings.registry);
    let (units, lang) = (to.units, to.lang);
    let report = |(patient, records): (PatientId, Vec<Vec<u8>>)| {
        let mut batch = Batch::new(lang);
        report_one(patient, known(&records, &codes)?, settings, units, &mut batch)?;
        Ok(batch)
    };
    ordered(settings.jobs, patients.into_iter(), report, |batch: io::Result<Batch>| {
        (to.progress)(Step::Patient);
        to.report.add(batch?)
    })
}

fn known(records: &[Vec<u8>], codes: &Codes) -> io::Result<Known> {
    let mut known = Known::default();
    let mut folders = Vec::new();
    for record in records {
        match Spilled::from_record(record)? {
            Spilled::Statement(statement) => known.statements.push(*statement),
            Spilled::Folder(whole) => folders.push(whole),
            Spilled::Ended(ended) => known.ended.push(ended.into_ended(codes)?),
        }
    }
    known.scanned = !folders.is_empty() && folders.into_iter().all(|whole| whole);
    Ok(known)
}
