//! What `run` needs: folders to read, the terminal's folders, the centre's interface.

use super::{Finding, State};
use crate::{send, session::Session, settings::Settings};
use std::{fs, path::Path};
use tsugite_clinical::policy::AttachmentWay;

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
    findings.extend(attachments(session, settings));
    findings.extend(signature(session, settings));
}

/// Files that travel apart from their document.
fn attachments(session: &Session, settings: &Settings) -> Option<Finding> {
    let document = &settings.document;
    (document.attachments == AttachmentWay::Apart).then(|| Finding {
        state: State::Remark,
        what: session.text("添付情報", "attachments"),
        found: format!("{} ({})", session.text("文書とは別に、先に送る", "apart, before their document"), document.attachment_url),
        todo: Some(session.text(
            "文書と添付の結び付け方は公開されていません。仕様書を入手したら、接続仕様の [attachment] と設定 attachment_url を確かめてください。",
            "How an attachment is tied to its document is not public: check [attachment] of the interface file and attachment_url against your documents.",
        )),
    })
}

/// The program that signs documents.
fn signature(session: &Session, settings: &Settings) -> Option<Finding> {
    let named = settings.signature.command.first()?;
    let program = send::signing_program(settings);
    let is_there = program.components().count() == 1 || program.is_file();
    Some(Finding {
        state: if is_there { State::Good } else { State::Bad },
        what: session.text("電子署名のプログラム", "signature program"),
        found: named.clone(),
        todo: (!is_there).then(|| {
            session.text(
                "プログラムがありません。[signature] command を確かめてください。文書は保留になります。",
                "It is not there. Check [signature] command; documents are held meanwhile.",
            )
        }),
    })
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
