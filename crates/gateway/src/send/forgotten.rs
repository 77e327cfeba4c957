//! Files that were put away and of which the ledger knows nothing: it lost its end, or an older copy was restored. They are read where
//! they lie, so that nobody has to remember which they were.

use super::{
    drops::watch_instance,
    groups::ledger_name,
    held::Desk,
    received::{self, Received},
    scan::Scan,
};
use crate::{
    failure::Failure,
    intake::{
        Limits, issues,
        watched::{Dropped, Watched},
    },
};
use std::collections::HashSet;
use tsugite_issue::Issue;
use tsugite_pipeline::Settings;
use tsugite_store::Store;

/// Files of one durable transaction.
const BATCH: usize = 200;

/// Reads what the ledger has forgotten. What cannot be used there is left to whoever laid it there.
///
/// # Errors
/// When the ledger cannot be used.
pub fn read_again(
    folders: &[Watched],
    store: &mut Store,
    desk: &Desk,
    settings: &Settings,
    scan: &mut Scan,
) -> Result<(), Failure> {
    let kept: Vec<(&Watched, String, Dropped)> = folders
        .iter()
        .filter(|folder| !folder.leaves())
        .flat_map(|folder| folder.kept().into_iter().map(move |(path, file)| (folder, path, file)))
        .collect();
    if kept.is_empty() {
        return Ok(());
    }
    let instance = watch_instance(&settings.context.instance);
    let known = known(store, &instance)?;
    let is_known = |folder: &Watched, path: &str, file: &Dropped| {
        let stamp = (file.stamp.size, file.stamp.mtime());
        let names = [Some(path), path.rsplit_once('.').map(|(name, _)| name)];
        names.into_iter().flatten().any(|name| known.contains(&(format!("{}/{name}", folder.name), stamp.clone())))
    };
    let forgotten: Vec<_> = kept.into_iter().filter(|(folder, path, file)| !is_known(folder, path, file)).collect();
    let mut found = 0;
    for batch in forgotten.chunks(BATCH) {
        let received: Vec<Received> =
            batch.iter().filter_map(|(folder, path, file)| read(folder, path, file, settings)).collect();
        if received.is_empty() {
            continue;
        }
        let run = store.begin_run(&desk.now, &desk.now)?;
        received::record(store, run, &instance, desk, &received)?;
        store.finish_run(run, "read again", &desk.now)?;
        found += received.len();
        let statements = received.iter().flat_map(Received::readings).flat_map(|reading| &reading.statements);
        scan.affected.extend(statements.map(|statement| ledger_name(statement.patient())));
    }
    if found > 0 {
        scan.read += u64::try_from(found).unwrap_or(u64::MAX);
        scan.issues.push(Issue::new(&issues::FORGOTTEN).with("count", found.to_string()));
    }
    Ok(())
}

/// Path, and size with time.
type Names = HashSet<(String, (u64, String))>;

/// Every file that was read and put away.
fn known(store: &Store, instance: &str) -> Result<Names, Failure> {
    let remembered = store.remembered(instance)?.into_iter();
    let stamp = |(key, known): (String, tsugite_store::Remembered)| {
        let (path, _) = key.rsplit_once('@')?;
        Some((path.to_owned(), (known.size, known.mtime)))
    };
    Ok(remembered.filter_map(stamp).collect())
}

fn read(folder: &Watched, path: &str, file: &Dropped, settings: &Settings) -> Option<Received> {
    let bytes = folder.read(file, &Limits::default()).ok()??;
    // Where its name was taken, the digest was added to it.
    let digest = tsugite_source::digest(&bytes);
    let path = path.strip_suffix(&format!(".{digest}")).unwrap_or(path);
    let logical = format!("{}/{path}", folder.name);
    received::take(&logical, Ok(bytes), &file.stamp.mtime(), settings).received
}
