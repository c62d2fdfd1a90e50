//! Setting, changing and removing the passphrase: a whole new file, verified, in the place of the
//! old one in one step.
//!
//! From before the copy until after the rename a second connection holds the lock for writing, so
//! that nothing another process writes is lost between the two. Killed at any moment, the journal
//! opens as it did before or as it is to from now on; what a broken-off copy left is removed at the
//! next open, under the same lock.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use zeroize::Zeroizing;

use super::file::{self, Beginning};
use super::key::{Key, Passphrase};
use super::words::RecoveryWords;
use super::{
    BackupFile, Error, Result, Store, Writing, backup, connect, data_version, schema, verify,
};
use crate::domain::Stamp;

/// The setting that says that backups from before the passphrase are still to be encrypted.
const PLAIN_BACKUPS: &str = "passphrase.backups";

/// A passphrase that is to protect a journal, with the key that it makes. Nothing is written yet,
/// so that its words can be shown and asked for first.
pub struct Protection {
    passphrase: Passphrase,
    pub(super) key: Key,
}

impl Protection {
    /// Makes a key of the passphrase, for a file of its own.
    pub fn new(passphrase: &Passphrase) -> Result<Self> {
        if passphrase.is_empty() {
            return Err(Error::PassphraseEmpty);
        }
        let key = Key::for_new_file(passphrase)?;
        Ok(Self { passphrase: passphrase.clone(), key })
    }

    /// The words that open the journal without the passphrase.
    pub fn words(&self) -> RecoveryWords {
        RecoveryWords::of(&self.key)
    }
}

/// What becomes of backups from before the passphrase, which anybody can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OlderBackups {
    /// They are encrypted too.
    Encrypt,
    /// They stay as they are.
    Leave,
}

/// What became of the backups that anybody could read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Encrypted {
    /// How many are encrypted now.
    pub done: usize,
    /// Those that could not be read or written: they are as they were.
    pub left: Vec<PathBuf>,
}

impl Store {
    /// Protects the journal with this passphrase from now on, in the place of the one it has, if it
    /// has one. Then a backup is made first; backups keep the passphrase they were made with.
    /// Without one the plain file stays until the encrypted one has been read back, and is gone
    /// then; backups from before are encrypted by [`Store::encrypt_backups`], now or later.
    pub fn set_passphrase(
        &mut self,
        stamp: Stamp,
        protection: &Protection,
        older: OlderBackups,
    ) -> Result<()> {
        let mark = !self.is_encrypted() && older == OlderBackups::Encrypt;
        self.replace(stamp, Some(protection), mark)
    }

    /// Makes the journal a plain file. A backup is made first; it and all others keep their
    /// passphrase.
    pub fn remove_passphrase(&mut self, stamp: Stamp) -> Result<()> {
        self.replace(stamp, None, false)
    }

    /// Whether this passphrase opens the journal that is open now.
    pub fn is_passphrase(&self, passphrase: &Passphrase) -> Result<bool> {
        match &self.key {
            None => Ok(false),
            Some(key) => Ok(Key::derive(passphrase, key.salt())?.is(key)),
        }
    }

    fn replace(&mut self, stamp: Stamp, to: Option<&Protection>, mark: bool) -> Result<()> {
        if self.is_moved() {
            return Err(Error::Moved);
        }
        let _writing = Writing::begin(&self.writing);
        let real = file::real(&self.path)?;
        let lock = connect(&self.path, self.key.as_ref())?;
        lock.execute_batch("BEGIN IMMEDIATE")?;
        if self.is_moved() || schema::form(&lock)? != self.form {
            return Err(Error::Moved);
        }
        if self.key.is_some() {
            backup::before_passphrase(&self.db, &self.path, self.key.as_ref(), stamp)?;
        }
        let fresh = file::replacement(&real);
        forget(&fresh);
        let made = copy(&self.db, to.map(|to| &to.key), &fresh, mark)
            .and_then(|()| read_back(&self.db, to, &fresh, mark))
            .and_then(|()| {
                // One that was to be taken back would have been, when the lock was taken; what is
                // left of one could hold pages in clear, and is no business of the new file.
                file::discard(&file::beside(&real));
                file::replace(&fresh, &real)
            });
        if let Err(error) = made {
            forget(&fresh);
            return Err(error);
        }
        let key = to.map(|to| to.key.clone());
        let db = connect(&self.path, key.as_ref())?;
        let identity = file::identity(&self.path)?;
        (self.db, self.key, self.identity) = (db, key, identity);
        // The old file is nobody's any more: who waited for the lock sees that it was moved.
        drop(lock);
        self.seen = data_version(&self.db)?;
        self.stop_reading_when(self.key_waits)
    }

    /// How many backups beside the journal anybody can read.
    pub fn plain_backups(&self) -> usize {
        self.backups().iter().filter(|one| !one.is_encrypted()).count()
    }

    /// Encrypts the backups from before the passphrase, so that it and the recovery words open them
    /// too. Does nothing where that was not asked for when it was set, or is done.
    pub fn encrypt_backups(&mut self, mut progress: impl FnMut(usize, usize)) -> Result<Encrypted> {
        let mut found = Encrypted::default();
        if self.key.is_none() || self.setting(PLAIN_BACKUPS)?.is_none() {
            return Ok(found);
        }
        let mut plain = self.backups();
        plain.retain(|one| !one.is_encrypted());
        for (done, BackupFile { path, .. }) in plain.iter().enumerate() {
            progress(done, plain.len());
            match self.encrypt_backup(path) {
                Ok(()) => found.done += 1,
                Err(error @ (Error::Full | Error::ReadOnly)) => return Err(error),
                Err(_) => found.left.push(path.clone()),
            }
        }
        self.change(|tx| {
            tx.execute("DELETE FROM setting WHERE name = ?1", [PLAIN_BACKUPS])?;
            Ok(tx.commit()?)
        })?;
        Ok(found)
    }

    fn encrypt_backup(&self, path: &Path) -> Result<()> {
        let Some(key) = &self.key else { return Ok(()) };
        let at = |source| Error::File { path: path.to_owned(), source };
        let made = fs::metadata(path).and_then(|data| data.modified()).map_err(at)?;
        let db = connect(path, None)?;
        let fresh = file::replacement(path);
        forget(&fresh);
        let copied = copy(&db, Some(key), &fresh, false)
            .and_then(|()| same(&db, Some(key), &fresh, 0))
            // The newest backups are the ones that are looked at first.
            .and_then(|()| File::open(&fresh).and_then(|file| file.set_modified(made)).map_err(at));
        drop(db);
        let copied = copied.and_then(|()| file::replace(&fresh, path));
        if copied.is_err() {
            forget(&fresh);
        }
        copied
    }
}

/// Removes what a broken-off copy left beside the journal, which may be all of it in clear. Not
/// while somebody is at it: then they hold the lock.
pub(super) fn tidy(db: &Connection, path: &Path) {
    let Ok(real) = file::real(path) else { return };
    let fresh = file::replacement(&real);
    if !fresh.exists() || db.busy_timeout(Duration::ZERO).is_err() {
        return;
    }
    if db.execute_batch("BEGIN IMMEDIATE").is_ok() {
        forget(&fresh);
        // Nothing was written, so nothing is lost should this fail.
        let _ = db.execute_batch("ROLLBACK");
    }
    let _ = db.busy_timeout(super::BUSY);
}

fn forget(fresh: &Path) {
    file::discard(fresh);
    file::discard(&file::beside(fresh));
}

/// Writes all that is in `db` to a new file with this key. SQLite's own copy of pages knows no way
/// between a plain and an encrypted file, so it goes by SQLCipher's, which carries everything but
/// what marks the file.
fn copy(db: &Connection, key: Option<&Key>, to: &Path, mark: bool) -> Result<()> {
    file::create_private(to)?;
    let name = to.to_str().ok_or_else(|| Error::File {
        path: to.to_owned(),
        source: std::io::Error::other("its name is no UTF-8"),
    })?;
    let key = key.map_or_else(Zeroizing::default, Key::literal);
    db.execute("ATTACH DATABASE ?1 AS fresh KEY ?2", (name, key.as_str()))?;
    let copied = fill(db, mark);
    if copied.is_err() && !db.is_autocommit() {
        let _ = db.execute_batch("ROLLBACK");
    }
    let detached = db.execute_batch("DETACH DATABASE fresh");
    copied?;
    Ok(detached?)
}

fn fill(db: &Connection, mark: bool) -> Result<()> {
    db.execute_batch(
        "PRAGMA fresh.journal_mode = DELETE; PRAGMA fresh.synchronous = EXTRA; BEGIN",
    )?;
    db.query_row("SELECT sqlcipher_export('fresh')", [], |_| Ok(()))?;
    db.pragma_update(Some("fresh"), "user_version", schema::form(db)?)?;
    db.pragma_update(Some("fresh"), "application_id", schema::application(db)?)?;
    if mark {
        db.execute("INSERT OR REPLACE INTO fresh.setting VALUES (?1, '')", [PLAIN_BACKUPS])?;
    }
    Ok(db.execute_batch("COMMIT")?)
}

/// Opens the copy as its owner will, by the passphrase and by the words, and goes through it.
fn read_back(db: &Connection, to: Option<&Protection>, copy: &Path, mark: bool) -> Result<()> {
    let more = i64::from(mark);
    let Some(to) = to else { return same(db, None, copy, more) };
    let Beginning::Salt(salt) = file::beginning(copy)? else { return Err(bad(copy)) };
    let key = Key::derive(&to.passphrase, salt)?;
    same(db, Some(&key), copy, more)?;
    let words = RecoveryWords::read(&Zeroizing::new(to.words().list().join(" ")))?;
    connect(copy, Some(&words.key(salt))).map(drop).map_err(|_| bad(copy))
}

/// Whether the copy has this key and holds what `db` holds, with so many settings more.
fn same(db: &Connection, key: Option<&Key>, copy: &Path, more: i64) -> Result<()> {
    let begins = key.map_or(Beginning::Plain, |key| Beginning::Salt(key.salt()));
    if file::beginning(copy)? != begins {
        return Err(bad(copy));
    }
    let read = connect(copy, key).map_err(|_| bad(copy))?;
    let good = schema::application(&read)? == schema::application(db)?
        && schema::form(&read)? == schema::form(db)?
        && verify::pages_are_good(&read, key.is_some())?
        && statements(&read)? == statements(db)?;
    if !good {
        return Err(bad(copy));
    }
    for table in tables(db)? {
        let count = |db: &Connection| -> Result<i64> {
            let sql = format!("SELECT count(*) FROM \"{table}\"");
            Ok(db.query_row(&sql, [], |row| row.get(0))?)
        };
        let more = if table == "setting" { more } else { 0 };
        let (copied, wanted) = (count(&read)?, count(db)?);
        // What is to be remembered may have been in it already.
        if copied != wanted + more && copied != wanted {
            return Err(bad(copy));
        }
    }
    Ok(())
}

fn bad(copy: &Path) -> Error {
    Error::BadCopy(copy.to_owned())
}

/// Everything the file is made of, as it was declared.
fn statements(db: &Connection) -> Result<Vec<(String, Option<String>)>> {
    let mut all = db.prepare("SELECT name, sql FROM sqlite_schema ORDER BY type, name")?;
    let all = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(all.collect::<rusqlite::Result<_>>()?)
}

fn tables(db: &Connection) -> Result<Vec<String>> {
    let mut all = db.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name",
    )?;
    let all = all.query_map([], |row| row.get(0))?;
    Ok(all.collect::<rusqlite::Result<_>>()?)
}
