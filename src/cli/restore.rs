//! `confidant restore`: a backup in the place of the journal; what was there is kept.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::failure::Failure;
use super::shell::Shell;
use super::{out, recover, words};
use crate::host::last_use;
use crate::store::{BackupFile, Error, Opens, Passphrase, Secret, Store};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant restore --newest
  confidant restore journal-2026-11-22-180000-daily.db
  confidant restore /media/stick/journal.db
  confidant restore journal-2026-06-01-180000-passphrase.db --words

A name alone is looked for in the folder \"backups\" beside the journal; `confidant backup --list`
shows what is there, and what opens it: a backup made under another passphrase asks for that one, or
with --words for the recovery words of that time. It is read from its first page to its last before
it counts, and is not changed. What stood in its place, sound or damaged, becomes a backup itself. Who was erased after the backup
was made is in it again: erase them anew.")]
pub struct Restore {
    /// The backup: a file, or the name of one beside the journal.
    #[arg(required_unless_present = "newest")]
    file: Option<PathBuf>,
    /// The newest backup beside the journal that is sound.
    #[arg(long, conflicts_with = "file")]
    newest: bool,
    /// Open the backup by the recovery words of the time when it was made.
    #[arg(long, conflicts_with = "newest")]
    words: bool,
}

impl Restore {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let journal = shell.opening.path.clone();
        let mut passphrase = None;
        let from = match self.file {
            Some(file) => match BackupFile::named(&journal, &file) {
                // What lies here comes first.
                Some(kept) if !file.exists() => kept,
                _ => file,
            },
            None => newest(shell, &mut passphrase)?,
        };
        let secret = passphrase.as_ref().map(Secret::Passphrase);
        let ready = match Store::ready_backup(&journal, &from, secret) {
            Err(Error::PassphraseNeeded) if self.words => {
                let words = recover::words()?;
                Store::ready_backup(&journal, &from, Some(Secret::Words(&words)))?
            }
            Err(Error::PassphraseNeeded) => {
                let passphrase = shell.opening.passphrase("Passphrase of the backup: ")?;
                Store::ready_backup(&journal, &from, Some(Secret::Passphrase(&passphrase)))?
            }
            done => done?,
        };
        let restored = ready.put_back(&journal, shell.stamp)?;
        if let Some(id) = &restored.id {
            // That is the one to go on with, and no older copy that came here by mistake.
            last_use::remember(id, &last_use::recall(id).after(restored.reach, false));
        }
        let written = words::moment(restored.reach.at, shell.stamp.now);
        shell.out.line(&format!("Restored: {}, as you left it on {written}.", from.display()))?;
        if let Some(kept) = restored.kept {
            shell.out.line(&format!("What was there before is kept: {}", kept.display()))?;
        }
        match restored.opens {
            Opens::Plainly => {
                out::tell("This backup is not encrypted, so the journal is not either.");
            }
            Opens::ByAnother if self.words => out::tell(
                "The journal opens with the passphrase and the words of this backup now. Give it a new passphrase: confidant recover",
            ),
            Opens::ByAnother => out::tell(
                "The journal opens with the passphrase of this backup now; what was there before still opens with its own.",
            ),
            Opens::AsNow => {}
        }
        Ok(())
    }
}

/// The newest sound backup. The passphrase is asked for only where one of them needs it.
fn newest(shell: &Shell, passphrase: &mut Option<Passphrase>) -> Result<PathBuf> {
    let journal = &shell.opening.path;
    let backups = Store::backups_of(journal);
    if backups.iter().any(BackupFile::is_encrypted) {
        *passphrase = Some(shell.opening.passphrase("Passphrase of the backups: ")?);
    }
    let Some(newest) = Store::newest_good_backup(journal, passphrase.as_ref()) else {
        return Err(Failure::failed(if backups.is_empty() {
            "There is no backup beside the journal. Name one from elsewhere: confidant restore FILE"
        } else {
            "No backup beside the journal opens with this passphrase and is sound. Try an older passphrase, or name one from elsewhere: confidant restore FILE"
        }));
    };
    Ok(newest.path)
}
