//! `keys`: a new key for what is sealed.

use super::queue::settings;
use crate::{
    failure::{Failure, Status},
    send::{House, key_file},
    session::{Format, Session},
};
use serde_json::json;
use std::{io::Write, path::PathBuf};
use tsugite_store::{Keys, Store, StoreError};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Settings, where they name another place for the ledger
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, clap::Subcommand)]
enum Command {
    /// Make a new key and seal everything anew under it; may be broken off and called again. Stop the service before
    Rotate,
    /// Take the older keys out of the key file; older backups become unreadable. Stop the service before
    DropOlder,
}

/// Values of one transaction.
const BATCH: u32 = 10_000;

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let settings = settings(self.config.as_deref(), session)?;
        let file = key_file(session, &settings);
        // Nobody works meanwhile, and the key that is there opens the ledger.
        drop(House::open(session, &settings)?);
        let rotates = matches!(self.command, Command::Rotate);
        // With older keys in the file, a rotation was begun and is gone on with.
        if rotates && Keys::from_file(&file)?.older() == 0 {
            Keys::add(&file)?;
        }
        let mut house = House::open(session, &settings)?;
        let resealed = seal_anew(&mut house.store)?;
        if !rotates {
            Keys::drop_older(&file)?;
        }
        let what = if rotates { "keys.rotate" } else { "keys.drop" };
        house.store.audit(&session.now().to_string(), &session.user(), what, "done")?;
        if session.format == Format::Text {
            let done = session.text("新しい鍵で封じ直した値: ", "values sealed under the new key: ");
            writeln!(out, "{done}{resealed}")?;
            let next = if rotates {
                session.text(
                    "鍵のファイルと控え（`tsugite backup`）を取り直してください。古い控えが要らなくなったら `tsugite keys drop-older` を実行します。",
                    "Copy the key file and make a new `tsugite backup`. When no older backup is needed any more, call `tsugite keys drop-older`.",
                )
            } else {
                session.text("古い鍵を消しました。", "The older keys are gone.")
            };
            writeln!(out, "{next}")?;
        } else {
            writeln!(out, "{}", json!({"resealed": resealed, "older_keys": Keys::from_file(&file)?.older()}))?;
        }
        Ok(Status::Done)
    }
}

fn seal_anew(store: &mut Store) -> Result<u64, StoreError> {
    let mut resealed = 0;
    loop {
        let rotation = store.rotate(BATCH)?;
        resealed += rotation.resealed;
        if rotation.complete {
            return Ok(resealed);
        }
    }
}
