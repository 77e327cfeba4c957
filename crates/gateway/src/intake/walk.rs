//! What lies in a folder, without following links.

use super::issues;
use std::{
    fs::{self, DirEntry},
    io,
    path::{Path, PathBuf},
};
use tsugite_issue::{Definition, Issue};
use tsugite_pipeline::unread;

/// What a walk finds. Paths are below the root, folders separated by `/`.
pub trait Found {
    /// # Errors
    /// What ends the walk.
    fn file(&mut self, path: String) -> io::Result<()>;

    /// Whether a folder is looked into.
    fn enters(&self, _path: &str) -> bool {
        true
    }

    /// Something that is not read, with its path below the root. `lost` says that inputs may stand behind it.
    fn passed_over(&mut self, path: &str, issue: Issue, lost: bool);
}

/// Walks a folder in the order of names.
///
/// # Errors
/// What `found` answers; folders that cannot be listed are told to it.
pub fn walk(root: &Path, found: &mut dyn Found) -> io::Result<()> {
    // Deep trees must not overflow the stack, so the folders still to be listed are kept here.
    let mut open: Vec<(PathBuf, String)> = vec![(root.to_owned(), String::new())];
    while let Some((folder, logical)) = open.pop() {
        let entries = match list(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                found.passed_over(&logical, told(&issues::UNLISTABLE, &logical, Some(&error)), true);
                continue;
            }
        };
        let mut folders = Vec::new();
        for entry in entries {
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                let path = join(&logical, &name.to_string_lossy());
                found.passed_over(&path, told(&issues::NAME_NOT_UNICODE, &path, None), true);
                continue;
            };
            let path = join(&logical, name);
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => {
                    if found.enters(&path) {
                        folders.push((entry.path(), path));
                    }
                }
                Ok(kind) if kind.is_file() => found.file(path)?,
                Ok(kind) if kind.is_symlink() => link(root, &entry.path(), &path, found),
                Ok(_) => found.passed_over(&path, told(&issues::NOT_A_FILE, &path, None), false),
                Err(error) => found.passed_over(&path, told(&issues::UNREADABLE, &path, Some(&error)), true),
            }
        }
        open.extend(folders.into_iter().rev());
    }
    Ok(())
}

/// The entries in the order of their names.
fn list(folder: &Path) -> io::Result<Vec<DirEntry>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}

/// A link is never followed: one that stays inside leads to what is read anyway, one that leads outside is not what was named.
fn link(root: &Path, at: &Path, path: &str, found: &mut dyn Found) {
    let target = at.canonicalize();
    let inside = |target: &PathBuf| root.canonicalize().is_ok_and(|root| target.starts_with(root));
    let above =
        |target: &PathBuf| at.parent().and_then(|p| p.canonicalize().ok()).is_some_and(|p| p.starts_with(target));
    let (definition, lost) = match &target {
        Err(_) => (&issues::LINK_LOOP, false),
        Ok(target) if above(target) => (&issues::LINK_LOOP, false),
        Ok(target) => (&issues::LINK, !inside(target)),
    };
    found.passed_over(path, told(definition, path, None), lost);
}

fn told(definition: &'static Definition, path: &str, error: Option<&io::Error>) -> Issue {
    let issue = Issue::new(definition).at(unread(path));
    match error {
        Some(error) => issue.with("reason", reason(error)),
        None => issue,
    }
}

/// The kind of an error in words; its own text may hold a path.
pub fn reason(error: &io::Error) -> String {
    error.kind().to_string()
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
