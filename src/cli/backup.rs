//! `confidant backup`: a copy of the journal that has been read back.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::failure::Failure;
use super::shell::Shell;
use super::{out, words};
use crate::host::sticks::{self, Stick};
use crate::store::{BackupFile, Store};
use crate::wording;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant backup
  confidant backup /media/stick/
  confidant backup \"My Stick\"
  confidant backup --sticks
  confidant backup --list

Without a path the copy lies in the folder \"backups\" beside the journal; a memory stick that is
plugged in can be named, and --sticks lists them. The copy opens with the same passphrase. On days on which you write, one is made by itself; of those, 7 days, 4 weeks and 12
months are kept, within 1 GB. What you asked for yourself stays until you remove it.")]
pub struct Backup {
    /// A new file, a folder for it, or the name of a memory stick.
    path: Option<PathBuf>,
    /// List the backups beside the journal.
    #[arg(long, conflicts_with = "path")]
    list: bool,
    /// List the memory sticks that are plugged in, by their names.
    #[arg(long, conflicts_with_all = ["path", "list"])]
    sticks: bool,
}

impl Backup {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        if self.list {
            return list(shell);
        }
        if self.sticks {
            return list_sticks(shell);
        }
        let to = self.path.map(|path| place(path, &sticks::sticks())).transpose()?;
        let store = shell.open()?;
        let to = to.map(|path| {
            if path.is_dir() {
                let now = shell.stamp.now.format("%Y-%m-%d-%H%M%S");
                path.join(format!("journal-{now}.db"))
            } else {
                path
            }
        });
        let progress = |done, of| {
            if of > 0 {
                out::progress(&format!("Copied {done} of {of} pages."));
            }
        };
        let copy = store.backup(shell.stamp, to.as_deref(), progress);
        out::progress_done();
        let copy = copy?;
        shell.out.line(&format!("Copied and read back: {}", copy.display()))?;
        Ok(())
    }
}

/// Where the copy goes: to the path, or to the stick of that name. What could be either is not
/// guessed at.
fn place(path: PathBuf, sticks: &[Stick]) -> Result<PathBuf> {
    // Whoever writes a slash means a path.
    let Some(name) = path.to_str().filter(|name| !name.contains('/')) else { return Ok(path) };
    let found = sticks::called(name, sticks);
    let paths = || {
        let paths: Vec<_> = found.iter().map(|stick| stick.path.display().to_string()).collect();
        paths.join(", ")
    };
    match (found.as_slice(), path.exists()) {
        ([_, ..], true) => Err(Failure::usage(format!(
            "Something here is called \"{name}\", and so is a memory stick. Write ./{name} for what is here, or {}.",
            paths()
        ))),
        ([_, _, ..], false) => Err(Failure::nothing(format!(
            "Several memory sticks are called \"{name}\". Write the path of the one you mean: {}.",
            paths()
        ))),
        ([stick], false) => Ok(stick.path.clone()),
        // A stick that is not plugged in is not to become a file of its name here.
        ([], false) if path.extension().is_none() => Err(Failure::nothing(format!(
            "No memory stick that is plugged in is called \"{name}\", and there is no such folder. `confidant backup --sticks` lists them; for a new file write {name}.db or ./{name}."
        ))),
        ([], _) => Ok(path),
    }
}

/// What is plugged in.
fn list_sticks(shell: &mut Shell) -> Result<()> {
    let sticks = sticks::sticks();
    if sticks.is_empty() {
        out::tell(
            "No memory stick is plugged in. A folder does as well: confidant backup /path/to/it/",
        );
    }
    for stick in &sticks {
        shell.out.line(&format!("{}  {}", stick.name, stick.path.display()))?;
    }
    Ok(())
}

/// What lies beside the journal. That needs neither the journal to be sound nor its passphrase.
fn list(shell: &mut Shell) -> Result<()> {
    let backups = Store::backups_of(&shell.opening.path);
    if backups.is_empty() {
        out::tell("There is no backup beside the journal yet. Make one: confidant backup");
    }
    for one in &backups {
        shell.out.line(&line(one))?;
    }
    Ok(())
}

fn line(one: &BackupFile) -> String {
    let made = one.made.map_or_else(
        || "at an unknown time".to_owned(),
        |made| format!("{} at {}", words::day(made.date()), made.format("%H:%M")),
    );
    let lock = wording::opens(one.opens);
    let (what, size) = (wording::backup(one.kind), wording::size(one.size));
    format!("{made}  {size}  {what}, {lock}  {}", one.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stick_is_named_and_nothing_is_guessed() {
        let stick = |name: &str, path: &str| Stick { name: name.into(), path: path.into() };
        let sticks = [
            stick("RUTHS STICK", "/media/ruth/RUTHS STICK"),
            stick("twin", "/media/a/twin"),
            stick("twin", "/media/b/twin"),
            // The tests run where the project lies.
            stick("src", "/media/ruth/src"),
        ];
        let said = |name: &str| match place(PathBuf::from(name), &sticks) {
            Ok(path) => path.display().to_string(),
            Err(error) => format!("! {error}"),
        };
        assert_eq!(said("RUTHS STICK"), "/media/ruth/RUTHS STICK");
        assert_eq!(said("ruths stick"), "/media/ruth/RUTHS STICK");
        assert_eq!(said("./RUTHS STICK"), "./RUTHS STICK");
        assert_eq!(said("/media/ruth/RUTHS STICK"), "/media/ruth/RUTHS STICK");
        assert_eq!(said("tests"), "tests", "a folder that is here");
        assert_eq!(said("copy.db"), "copy.db", "a new file");
        assert_eq!(
            said("twin"),
            "! Several memory sticks are called \"twin\". Write the path of the one you mean: /media/a/twin, /media/b/twin."
        );
        assert_eq!(
            said("src"),
            "! Something here is called \"src\", and so is a memory stick. Write ./src for what is here, or /media/ruth/src."
        );
        assert_eq!(
            said("RUTHS OTHER"),
            "! No memory stick that is plugged in is called \"RUTHS OTHER\", and there is no such folder. `confidant backup --sticks` lists them; for a new file write RUTHS OTHER.db or ./RUTHS OTHER."
        );
    }
}
