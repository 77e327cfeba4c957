//! `backup` and `restore`.

use super::queue::settings;
use crate::{
    failure::{Failure, Status},
    send::{House, files, keys},
    session::{Format, Session},
    settings::Settings,
};
use serde_json::json;
use std::{io::Write, path::PathBuf};
use tsugite_issue::Text;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Settings, where they name another place for the ledger
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the copies are kept, best on another disk [default: setting store.backups, or `backups` in the home folder]
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// How many copies are kept
    #[arg(long, value_name = "N", default_value_t = 3)]
    generations: usize,
}

#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// Settings, where they name another place for the ledger
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The copy: a folder that `backup` made [default: the newest]
    #[arg(value_name = "COPY")]
    copy: Option<PathBuf>,
}

fn folder(settings: &Settings, session: &Session) -> PathBuf {
    let set = settings.store.backups.as_ref();
    set.map_or_else(|| session.home.join("backups"), |folder| settings.path(folder))
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let settings = settings(self.config.as_deref(), session)?;
        let to = self.to.clone().unwrap_or_else(|| folder(&settings, session));
        let mut house = House::beside(session, &settings)?;
        let backup = house.store.backup(&to, self.generations.max(1), &session.now().to_string())?;
        house.store.audit(&session.now().to_string(), &session.user(), "backup", "done")?;
        if session.format == Format::Text {
            let text = session.text("控えを作り、確かめました: ", "copied and verified: ");
            writeln!(out, "{text}{} ({} bytes)", backup.folder.display(), backup.bytes)?;
            let removed = session.text("古い控えを消しました: ", "removed an older copy: ");
            backup.pruned.iter().try_for_each(|old| writeln!(out, "{removed}{}", old.display()))?;
            let apart = session.text(
                "鍵と issued.log は控えに含まれません。それぞれ別の場所にも保管してください。",
                "The key and issued.log are no part of it. Keep a copy of each in another place.",
            );
            writeln!(out, "{apart}")?;
        } else {
            let result = json!({"folder": backup.folder, "bytes": backup.bytes, "audit_rows": backup.audit_rows,
                "removed": backup.pruned});
            writeln!(out, "{result}")?;
        }
        Ok(Status::Done)
    }
}

impl RestoreArgs {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let settings = settings(self.config.as_deref(), session)?;
        let copy = match &self.copy {
            Some(copy) => copy.clone(),
            None => {
                let newest = tsugite_store::backups(&folder(&settings, session))?.into_iter().next();
                newest.ok_or_else(|| {
                    let text = Text::new("控えがありません", "there is no copy");
                    Failure::usage(text, session.lang, "")
                })?
            }
        };
        // Nobody works meanwhile.
        let _lock = House::lock(session, &settings)?;
        let (database, log) = files(session, &settings);
        let (keys, now) = (keys(session, &settings)?, session.now().to_string());
        let restored = tsugite_store::restore(&copy, &database, &log, &keys, &now, &session.user())?;
        if session.format == Format::Text {
            writeln!(out, "{}{}", session.text("復元しました: ", "restored: "), copy.display())?;
            if let Some(aside) = &restored.moved_aside {
                let text = session.text("それまでのデータベース: ", "the database that was there: ");
                writeln!(out, "{text}{}", aside.display())?;
            }
            let text = session.text(
                "控えの後に送られ、同じ番号でもう一度送るもの: ",
                "sent since the copy, and to go again under the same id: ",
            );
            writeln!(out, "{text}{}", restored.doubtful)?;
        } else {
            let result = json!({"copy": copy, "doubtful": restored.doubtful, "moved_aside": restored.moved_aside});
            writeln!(out, "{result}")?;
        }
        Ok(Status::Done)
    }
}
