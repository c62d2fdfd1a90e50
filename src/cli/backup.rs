//! `confidant backup`: a copy of the journal that has been read back.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::shell::Shell;
use super::{out, words};
use crate::store::{BackupFile, Store};
use crate::wording;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant backup
  confidant backup /media/stick/
  confidant backup --list

Without a path the copy lies in the folder \"backups\" beside the journal. It opens with the same
passphrase. On days on which you write, one is made by itself; of those, 7 days, 4 weeks and 12
months are kept, within 1 GB. What you asked for yourself stays until you remove it.")]
pub struct Backup {
    /// A new file, or a folder for it.
    path: Option<PathBuf>,
    /// List the backups beside the journal.
    #[arg(long, conflicts_with = "path")]
    list: bool,
}

impl Backup {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        if self.list {
            return list(shell);
        }
        let store = shell.open()?;
        let to = self.path.map(|path| {
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
