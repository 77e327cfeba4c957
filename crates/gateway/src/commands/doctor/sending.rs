//! What `run` needs: folders to read, the terminal's folders, the centre's interface.

use super::{Finding, State};
use crate::{send, session::Session, settings::Settings};
use std::{fs, path::Path};

/// Only what the settings name is looked at: converting needs none of it.
pub fn look(session: &Session, settings: &Settings, findings: &mut Vec<Finding>) {
    for folder in &settings.source.folders {
        let what = session.text("読み取るフォルダ", "folder to read");
        findings.push(folder_finding(what, &settings.path(folder), session));
    }
    for folder in &settings.watch.folders {
        let what = session.text("監視するフォルダ", "folder to watch");
        findings.push(folder_finding(what, &settings.path(folder), session));
    }
    let upstream = &settings.upstream;
    let terminal = [
        (session.text("要求フォルダ", "request folder"), &upstream.requests),
        (session.text("結果フォルダ", "result folder"), &upstream.results),
    ];
    let named = terminal.iter().any(|(_, folder)| folder.is_some());
    for (what, folder) in terminal {
        findings.extend(folder.as_ref().map(|folder| folder_finding(what, &settings.path(folder), session)));
    }
    if named || upstream.interface.is_some() {
        findings.push(interface(session, settings));
    }
}

fn folder_finding(what: &'static str, folder: &Path, session: &Session) -> Finding {
    let listed = fs::read_dir(folder);
    let (state, todo) = match &listed {
        Ok(_) => (State::Good, None),
        Err(_) => (
            State::Bad,
            Some(session.text(
                "フォルダを開けません。共有の接続、フォルダ名、権限を確かめてください。",
                "It cannot be opened. Check the share, its name and its permissions.",
            )),
        ),
    };
    Finding { state, what, found: folder.display().to_string(), todo }
}

fn interface(session: &Session, settings: &Settings) -> Finding {
    let what = session.text("センターの接続仕様", "the centre's interface");
    let file = settings.upstream.interface.as_ref().map(|file| settings.path(file));
    match (send::interface(file.as_deref(), session), &file) {
        (Err(failure), _) => Finding {
            state: State::Bad,
            what,
            found: failure.text(session.lang).unwrap_or_default().into_owned(),
            todo: Some(session.text("このファイルを直してください。", "Correct this file.")),
        },
        (Ok(_), Some(file)) => Finding { state: State::Good, what, found: file.display().to_string(), todo: None },
        (Ok(_), None) => Finding {
            state: State::Remark,
            what,
            found: session
                .text("内蔵の仮の仕様（模擬センター用）", "the embedded one, for the sandbox centre")
                .to_owned(),
            todo: Some(session.text(
                "本物のセンターへ送るには、仕様書に合わせたファイルを [upstream] interface に指定してください。",
                "To send to the real centre, name a file made from your vendor documents under [upstream] interface.",
            )),
        },
    }
}
