//! `confidant passphrase`: setting it, changing it, removing it.

use std::io::{self, BufRead};

use anyhow::Result;
use clap::{Args, Subcommand};

use super::failure::Failure;
use super::out;
use super::protecting::New;
use super::shell::Shell;
use crate::store::{Encrypted, OlderBackups, Rewrite, Store};
use crate::wording;

/// What is typed before the passphrase goes.
const REMOVE: &str = "remove";

#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  confidant passphrase set
  confidant passphrase change

Forgotten? `confidant recover` opens the journal by its recovery words.")]
pub enum PassphraseOf {
    /// Encrypt the journal with a passphrase.
    Set(Set),
    /// Give the journal another passphrase.
    Change(Change),
    /// Leave the journal open to everybody who can read your files.
    Remove(Remove),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant passphrase set
  confidant passphrase set --new-passphrase-command \"pass show journal\" --print-words

It asks for the passphrase twice, shows 24 recovery words, and asks two of them back; then the
journal is encrypted, and so are the backups beside it unless --keep-backups is given. Without the
passphrase and without the words nothing opens it. What the disk keeps of a removed file is beyond
this program.")]
pub struct Set {
    #[command(flatten)]
    new: New,
    /// Leave earlier backups as they are: everybody who can read your files can read them.
    #[arg(long)]
    keep_backups: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant passphrase change
  confidant passphrase change --new-passphrase-command \"pass show new\"

A backup is made first. It and all earlier ones still open with the passphrase, and the recovery
words, that were set when they were made.")]
pub struct Change {
    #[command(flatten)]
    new: New,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  confidant passphrase remove

It wants the word remove typed. A backup is made first; it and all earlier ones still need the
passphrase they were made with.")]
pub struct Remove {}

impl PassphraseOf {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        match self {
            Self::Set(set) => set.run(shell),
            Self::Change(change) => change.run(shell),
            Self::Remove(remove) => remove.run(shell),
        }
    }
}

impl Set {
    fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = shell.open()?;
        if store.is_encrypted() {
            return Err(Failure::failed(
                "This journal has a passphrase already. `confidant passphrase change` gives it another.",
            ));
        }
        let given = self.new.give()?;
        let older = if self.keep_backups { OlderBackups::Leave } else { OlderBackups::Encrypt };
        let set = store.set_passphrase(shell.stamp, &given.protection, older, progress());
        out::progress_done();
        set?;
        shell.out.line(&format!(
            "Encrypted: {} opens only with the passphrase from now on.",
            store.path().display()
        ))?;
        self.new.tell(&given, shell)?;
        encrypt_backups(&mut store, shell)
    }
}

impl Change {
    fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = locked(shell, "`confidant passphrase set` gives it one.")?;
        let given = self.new.give()?;
        replace(&mut store, &self.new, &given, shell)
    }
}

/// Gives the journal another passphrase and says so.
pub fn replace(
    store: &mut Store,
    new: &New,
    given: &super::protecting::Given,
    shell: &mut Shell,
) -> Result<()> {
    let older = OlderBackups::Leave;
    let changed = store.set_passphrase(shell.stamp, &given.protection, older, progress());
    out::progress_done();
    changed?;
    shell.out.line(&format!(
        "Changed: {} opens only with the new passphrase from now on.",
        store.path().display()
    ))?;
    new.tell(given, shell)?;
    out::tell("Earlier backups, and one that was made just now, open with the passphrase before.");
    Ok(())
}

impl Remove {
    #[expect(clippy::unused_self, reason = "every command is run the same way")]
    fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = locked(shell, "There is nothing to remove.")?;
        out::tell("Everybody who can read your files can read the journal then.");
        out::tell(&format!("Type {REMOVE} to remove the passphrase:"));
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map_err(|error| {
            Failure::failed(format!(
                "Standard input could not be read ({error}), so nothing was changed. Type the word and press Enter."
            ))
        })?;
        if line.trim() != REMOVE {
            return Err(Failure::failed(
                "That is not the word, so the passphrase stays. Run it again and type it as it is shown.",
            ));
        }
        let removed = store.remove_passphrase(shell.stamp, progress());
        out::progress_done();
        removed?;
        shell.out.line(&format!("Removed: {} is not encrypted.", store.path().display()))?;
        out::tell("Earlier backups, and one that was made just now, still need the passphrase.");
        Ok(())
    }
}

/// Opens a journal that has a passphrase.
fn locked(shell: &Shell, otherwise: &str) -> Result<Store> {
    let store = shell.open()?;
    if store.is_encrypted() {
        return Ok(store);
    }
    Err(Failure::failed(format!("This journal has no passphrase. {otherwise}")))
}

fn progress() -> impl FnMut(Rewrite) {
    let mut progress = out::Progress::default();
    move |at| progress.say(wording::rewrite(at))
}

fn encrypt_backups(store: &mut Store, shell: &mut Shell) -> Result<()> {
    let progress = |done, of| out::progress(&format!("Encrypted {done} of {of} backups."));
    let found = store.encrypt_backups(progress);
    out::progress_done();
    let Encrypted { done, left } = found?;
    if done > 0 {
        shell.out.line(&format!("Encrypted {} too.", wording::counted(done, "earlier backup")))?;
    }
    for path in left {
        out::tell(&format!(
            "This backup could not be read, so it stays as it is, not encrypted: {}. Remove it yourself if you do not need it.",
            path.display()
        ));
    }
    let open = store.plain_backups();
    if open > 0 && done == 0 {
        out::tell(&format!(
            "Everybody who can read your files can read {} beside it.",
            wording::counted(open, "backup")
        ));
    }
    Ok(())
}
