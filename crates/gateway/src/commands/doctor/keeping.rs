//! What a service keeps: database, keys, copies, room on the disk, certificates.

use super::{Finding, State};
use crate::{
    send::{files, key_file},
    session::Session,
    settings::Settings,
};
use std::{fs, path::Path};
use tsugite_upstream::Certificate;

pub fn look(session: &Session, settings: &Settings, findings: &mut Vec<Finding>) {
    findings.push(disk(session, settings));
    let (database, log) = files(session, settings);
    if database.exists() {
        findings.push(modes(session, settings));
        findings.push(keys(session, settings));
        findings.push(copies(session, settings));
    }
    // A log on the disk of the database is lost with it.
    if settings.store.issued_log.is_none() && settings.upstream.requests.is_some() {
        findings.push(Finding {
            state: State::Remark,
            what: session.text("発行済み番号の記録", "log of issued ids"),
            found: log.display().to_string(),
            todo: Some(session.text(
                "別のディスクに置くと（[store] issued_log）、ディスクが壊れても番号が二重になりません。",
                "On another disk ([store] issued_log) it outlives this one, and no id is issued twice.",
            )),
        });
    }
    for file in &settings.upstream.certificates {
        findings.push(certificate(session, &settings.path(file)));
    }
}

/// The time of the last entry of the ledger; `None` where there is none, or it cannot be read.
pub fn last_written(session: &Session, settings: &Settings) -> Option<String> {
    let (database, _) = files(session, settings);
    let keys =
        database.exists().then(|| tsugite_store::Keys::from_file(&key_file(session, settings)).ok()).flatten()?;
    let reader = tsugite_store::Reader::open(&database, &keys).ok()?;
    reader.audit_last().ok()?
}

fn disk(session: &Session, settings: &Settings) -> Finding {
    let existing = session.home.ancestors().find(|folder| folder.is_dir()).unwrap_or_else(|| Path::new("."));
    let free = fs4::available_space(existing).unwrap_or(u64::MAX) / 1_000_000;
    let good = free >= settings.service.free_megabytes;
    Finding {
        state: if good { State::Good } else { State::Bad },
        what: session.text("ディスクの空き", "room on the disk"),
        found: if good { session.text("足りる", "enough").to_owned() } else { format!("{free} MB") },
        todo: (!good).then(|| {
            session.text(
                "空きを増やしてください。足りない間、`tsugite serve` は新しいファイルを取り込みません。",
                "Make room. Until then `tsugite serve` takes nothing in.",
            )
        }),
    }
}

/// Others must not read what is kept.
fn modes(session: &Session, settings: &Settings) -> Finding {
    let (database, log) = files(session, settings);
    let mut paths = tsugite_store::store_files(&database, &log);
    paths.push(key_file(session, settings));
    let paths: Vec<&Path> = paths.iter().map(|path| path.as_path()).filter(|path| path.exists()).collect();
    let exposed = tsugite_store::exposed(&paths);
    let found = exposed.first().map(|file| format!("{} ({:o})", file.path.display(), file.mode));
    Finding {
        state: if exposed.is_empty() { State::Good } else { State::Bad },
        what: session.text("ファイルの権限", "permissions of files"),
        found: found.unwrap_or_else(|| session.text("本人だけが読める", "for their owner only").to_owned()),
        todo: (!exposed.is_empty()).then(|| {
            session.text(
                "他の利用者から読めます。権限を本人だけにしてください（chmod 600）。",
                "Others can read it. Leave it to its owner only (chmod 600).",
            )
        }),
    }
}

fn keys(session: &Session, settings: &Settings) -> Finding {
    let what = session.text("暗号の鍵", "encryption keys");
    let file = key_file(session, settings);
    let (database, _) = files(session, settings);
    let beside = file.parent() == database.parent();
    match tsugite_store::Keys::from_file(&file) {
        Err(error) => Finding {
            state: State::Bad,
            what,
            found: error.to_string(),
            todo: Some(session.text(
                "鍵のファイルを控えから戻してください。鍵がないとデータベースは開けません。",
                "Put the key file back from your copy of it. Without it the database cannot be opened.",
            )),
        },
        Ok(_) => Finding {
            state: if beside { State::Remark } else { State::Good },
            what,
            found: file.display().to_string(),
            todo: beside.then(|| {
                session.text(
                    "データベースと同じフォルダにあります。[store] keys で別の場所に移し、控えを保管してください。",
                    "It lies beside the database. Move it with [store] keys, and keep a copy elsewhere.",
                )
            }),
        },
    }
}

fn copies(session: &Session, settings: &Settings) -> Finding {
    let folder = settings.store.backups.as_ref();
    let folder = folder.map_or_else(|| session.home.join("backups"), |folder| settings.path(folder));
    let newest = tsugite_store::backups(&folder).ok().and_then(|copies| copies.into_iter().next());
    Finding {
        state: if newest.is_some() { State::Good } else { State::Remark },
        what: session.text("台帳の控え", "copies of the ledger"),
        found: newest.as_ref().map_or_else(
            || session.text("なし", "none").to_owned(),
            |copy| copy.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        ),
        todo: newest
            .is_none()
            .then(|| session.text("`tsugite backup` を毎日実行してください。", "Have `tsugite backup` run every day.")),
    }
}

fn certificate(session: &Session, file: &Path) -> Finding {
    let what = session.text("証明書", "certificate");
    let bad = |found: String| Finding {
        state: State::Bad,
        what,
        found,
        todo: Some(session.text("証明書のファイルを確かめてください。", "Check the file of the certificate.")),
    };
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => return bad(format!("{}: {error}", file.display())),
    };
    let now = session.clock.now();
    let label = file.display().to_string();
    match Certificate::read(&bytes) {
        Err(error) => bad(error.issue(&label).text(session.lang)),
        Ok(certificate) => match certificate.issue(now, &label) {
            None => Finding { state: State::Good, what, found: label, todo: None },
            Some(issue) => Finding {
                state: if certificate.days_left(now) < 0 { State::Bad } else { State::Remark },
                what,
                found: issue.text(session.lang),
                todo: Some(session.text("更新の手続きをしてください。", "Have it renewed.")),
            },
        },
    }
}
