//! The centre as the settings have it: its interface, and what of the settings that interface cannot do.

use crate::{
    failure::Failure,
    session::Session,
    settings::{Settings, SignatureForm},
};
use std::{
    fs,
    path::{Path, PathBuf},
};
use tsugite_clinical::policy::AttachmentWay;
use tsugite_issue::Text;
use tsugite_upstream::{Action, Interface, Service};

/// The interface of a file, else the embedded defaults.
///
/// # Errors
/// A file that cannot be read, or that has a mistake.
pub fn interface(file: Option<&Path>, session: &Session) -> Result<Interface, Failure> {
    let embedded = tsugite_mappings::UPSTREAM_CLINS;
    let (name, text) = match file {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
            (path.display().to_string(), text)
        }
        None => (embedded.path.to_owned(), embedded.text.to_owned()),
    };
    Interface::from_toml(&text).map_err(|error| {
        let wrong = Text::new("センターの接続仕様のファイルに誤りがあります: ", "the interface file has a mistake: ");
        Failure::usage(wrong, session.lang, format!("{name}: {error}"))
    })
}

/// Settings that ask for more than the interface has.
///
/// # Errors
/// The first of them.
pub fn refuse_impossible(interface: &Interface, settings: &Settings, session: &Session) -> Result<(), Failure> {
    let wrong = |ja, en| Err(Failure::usage(Text::new(ja, en), session.lang, ""));
    let document = &settings.document;
    let apart = document.attachments == AttachmentWay::Apart;
    if apart && !interface.has(interface.at(Service::Document, Action::Attach)) {
        return wrong(
            "[document] attachments = \"apart\" には、接続仕様のファイルに [document.attachment] が必要です",
            "[document] attachments = \"apart\" needs [document.attachment] in the interface file",
        );
    }
    let names = |part| document.attachment_url.contains(part);
    let is_one = names("{uuid}") || names("{sha256}") && names("{bundle}");
    if apart && (!is_one || document.attachment_url.contains(char::is_whitespace)) {
        return wrong(
            "[document] attachment_url は {uuid}、または {bundle} と {sha256} を含む、空白のないURIにしてください",
            "[document] attachment_url must be a URI without blanks that holds {uuid}, or {bundle} and {sha256}",
        );
    }
    let signature = &settings.signature;
    let beside = !signature.command.is_empty() && signature.form == SignatureForm::Detached;
    if beside && !interface.carries_signatures() {
        return wrong(
            "[signature] form = \"detached\" には、接続仕様のファイルの [request] に signature が必要です",
            "[signature] form = \"detached\" needs `signature` under [request] in the interface file",
        );
    }
    Ok(())
}

/// The signature plug-in: a bare name is looked for as a shell would, a path is seen from the settings file.
pub fn signing_program(settings: &Settings) -> PathBuf {
    let program = Path::new(settings.signature.command.first().map_or("", String::as_str));
    if program.components().count() > 1 { settings.path(program) } else { program.to_owned() }
}
