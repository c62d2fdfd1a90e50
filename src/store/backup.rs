//! Backups: a copy of the whole file that counts only once it has been read back.
//!
//! A copy is made by SQLite's online backup into a file that is keyed as the journal is, so the
//! same passphrase opens it by the salt it begins with.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::backups::{self, BackupFile, BackupKind, free_name};
use super::file::{self, Beginning};
use super::key::{Key, Secret};
use super::{Error, Result, Store, connect, schema};
use crate::domain::Stamp;

/// How long one look waits for the writer of another process.
const PAUSE: Duration = Duration::from_millis(20);

/// How long all of them wait.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many backups are tried where a passphrase does not open the journal.
const TRIED: usize = 3;

/// Steps of SQLite's machine between two looks whether a key waits.
pub(super) const LOOK: i32 = 1000;

/// Pages copied between two looks at the progress: about a megabyte.
const PAGES: i32 = 256;

impl Store {
    /// Copies the journal to `to`, or beside it under `backups`, and reads the copy back. Says
    /// where it lies. `progress` hears how many pages are done, of how many.
    pub fn backup(
        &self,
        stamp: Stamp,
        to: Option<&Path>,
        progress: impl FnMut(i32, i32),
    ) -> Result<PathBuf> {
        let to = match to {
            Some(to) => to.to_owned(),
            None => free_name(&self.path, BackupKind::ByHand, stamp)?,
        };
        self.copy(&to, progress)?;
        Ok(to)
    }

    /// The same beside the journal, for a screen: a waiting key breaks it off.
    pub fn back_up_now(&self, stamp: Stamp) -> Result<PathBuf> {
        self.back_up(stamp, BackupKind::ByHand)
    }

    /// A copy in a folder elsewhere, under a name that is free there. A waiting key breaks it off.
    pub fn back_up_into(&self, stamp: Stamp, folder: &Path) -> Result<PathBuf> {
        let name = backups::name_of(&self.path, BackupKind::ByHand, stamp);
        let to = folder.join(name);
        copy(&self.db, self.key.as_ref(), &to, self.key_waits, |_, _| {})?;
        Ok(to)
    }

    /// A backup beside the journal, for one of these reasons. A waiting key breaks it off.
    pub(super) fn back_up(&self, stamp: Stamp, kind: BackupKind) -> Result<PathBuf> {
        let to = free_name(&self.path, kind, stamp)?;
        copy(&self.db, self.key.as_ref(), &to, self.key_waits, |_, _| {})?;
        Ok(to)
    }

    /// Copies the journal to where there is none yet, and reads the copy back.
    pub fn copy_to_new_place(&self, path: &Path) -> Result<()> {
        let folder = file::folder_of(path);
        if !folder.exists() {
            file::create_private_folder(&folder)?;
        }
        self.copy(path, |_, _| {})
    }

    fn copy(&self, to: &Path, progress: impl FnMut(i32, i32)) -> Result<()> {
        copy(&self.db, self.key.as_ref(), to, None, progress)
    }
}

/// The backup that goes before every migration.
pub(super) fn before_migration(
    db: &Connection,
    path: &Path,
    key: Option<&Key>,
    form: i64,
    stamp: Stamp,
) -> Result<PathBuf> {
    let to = free_name(path, BackupKind::BeforeUpgrade(form), stamp)?;
    copy(db, key, &to, None, |_, _| {})?;
    Ok(to)
}

/// The backup that goes before every other passphrase.
pub(super) fn before_passphrase(
    db: &Connection,
    path: &Path,
    key: Option<&Key>,
    stamp: Stamp,
) -> Result<PathBuf> {
    let to = free_name(path, BackupKind::BeforePassphrase, stamp)?;
    copy(db, key, &to, None, |_, _| {})?;
    Ok(to)
}

/// Why `key` does not open the journal: the newest backups tell a wrong passphrase from a damaged
/// beginning of the file, which SQLite cannot.
pub(super) fn why_not(journal: &Path, key: &Key, secret: Secret<'_>) -> Error {
    let mut derived = vec![key.clone()];
    for BackupFile { path: backup, .. } in backups::all(journal, None).into_iter().take(TRIED) {
        let Ok(Beginning::Salt(salt)) = file::beginning(&backup) else { continue };
        let key = match derived.iter().find(|key| key.salt() == salt) {
            Some(key) => key.clone(),
            None => match secret.key(salt) {
                Ok(key) => key,
                Err(_) => continue,
            },
        };
        if connect(&backup, Some(&key)).is_ok() {
            // A new passphrase comes with a new salt: a backup that begins as the journal does had
            // the same one. And the cipher takes the salt it is told, not the one in the file, so
            // where the backup's opens the journal, only the journal's own beginning is wrong.
            let same = derived.first().is_some_and(|of_journal| of_journal.salt() == salt);
            return if same || connect(journal, Some(&key)).is_ok() {
                Error::HeaderDamaged { backup }
            } else if let Secret::Words(_) = secret {
                Error::WordsOpenBackup { backup }
            } else {
                Error::OpensBackup { backup }
            };
        }
        derived.push(key);
    }
    secret.wrong()
}

fn copy(
    db: &Connection,
    key: Option<&Key>,
    to: &Path,
    key_waits: Option<fn() -> bool>,
    progress: impl FnMut(i32, i32),
) -> Result<()> {
    if to.exists() {
        return Err(Error::Exists(to.to_owned()));
    }
    let unfinished = file::unfinished(to)?;
    let made = copy_pages(db, key, &unfinished, key_waits, progress)
        .and_then(|()| read_back(db, key, &unfinished, key_waits))
        .and_then(|()| file::put_in_place(&unfinished, to));
    if made.is_err() {
        file::discard(&unfinished);
    }
    made.map_err(|error| match error {
        Error::PassphraseWrong | Error::NotAJournal(_) | Error::Damaged | Error::Moved => {
            Error::BadCopy(to.to_owned())
        }
        // The name it has until it is finished says nothing to anybody.
        Error::File { source, .. } => Error::File { path: to.to_owned(), source },
        other => other,
    })
}

fn copy_pages(
    db: &Connection,
    key: Option<&Key>,
    to: &Path,
    key_waits: Option<fn() -> bool>,
    mut progress: impl FnMut(i32, i32),
) -> Result<()> {
    file::create_private(to)?;
    let mut copy = Connection::open(to)?;
    if let Some(key) = key {
        copy.execute_batch(&key.pragma())?;
    }
    copy.execute_batch("PRAGMA cipher_log_level = NONE")?;
    let backup = Backup::new(db, &mut copy)?;
    let mut waited = Duration::ZERO;
    loop {
        if key_waits.is_some_and(|key_waits| key_waits()) {
            return Err(Error::Stopped);
        }
        let step = backup.step(PAGES)?;
        let at = backup.progress();
        progress(at.pagecount - at.remaining, at.pagecount);
        match step {
            StepResult::Done => return Ok(()),
            StepResult::More => waited = Duration::ZERO,
            _ if waited >= PATIENCE => return Err(Error::Busy),
            // A writer is at work: it takes milliseconds.
            _ => {
                std::thread::sleep(PAUSE);
                waited += PAUSE;
            }
        }
    }
}

/// Opens the copy as its owner would: by the bytes it begins with, then the key, then everything.
fn read_back(
    db: &Connection,
    key: Option<&Key>,
    copy: &Path,
    key_waits: Option<fn() -> bool>,
) -> Result<()> {
    let expected = key.map_or(Beginning::Plain, |key| Beginning::Salt(key.salt()));
    if file::beginning(copy)? != expected {
        return Err(Error::Damaged);
    }
    let mut read = connect(copy, key)?;
    read.progress_handler(LOOK, key_waits)?;
    let good = schema::application(&read)? == schema::APPLICATION
        && schema::form(&read)? == schema::form(db)?
        && super::verify::pages_are_good(&read, key.is_some())?;
    if good { Ok(()) } else { Err(Error::Damaged) }
}
