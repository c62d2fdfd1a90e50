//! Setting, changing and removing the passphrase: a whole new file, verified, in the place of the
//! old one in one step.
//!
//! From before the copy until after the rename a second connection holds the lock for writing, so
//! that nothing another process writes is lost between the two. Killed at any moment, the journal
//! opens as it did before or as it is to from now on; what a broken-off copy left is removed at the
//! next open, under the same lock.
//!
//! The file is written by a thread of its own, because SQLCipher does it in one piece: meanwhile a
//! screen can show how far it has come, and hear a key that breaks it off.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;
use zeroize::Zeroizing;

use super::file::{self, Beginning};
use super::key::{Key, Passphrase};
use super::words::RecoveryWords;
use super::{Error, Result, Store, backup, connect, data_version, schema, verify};
use crate::domain::Stamp;

/// The setting that says that backups from before the passphrase are still to be encrypted.
const PLAIN_BACKUPS: &str = "passphrase.backups";

/// Between two looks how far it has come, where it is waited for.
const LOOK: Duration = Duration::from_millis(50);

/// A passphrase that is to protect a journal, with the key that it makes. Nothing is written yet,
/// so that its words can be shown and asked for first.
#[derive(Clone)]
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

/// What is being done while the journal is written anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rewrite {
    /// A backup is made first.
    BackingUp,
    /// It is written: so many bytes, of about so many.
    Writing(u64, u64),
    /// What was written is read back.
    ReadingBack,
}

/// The journal being written anew, with another passphrase or without one. Nothing of it holds
/// before [`Store::take_over`]; dropped before, it is broken off and leaves everything as it was.
pub struct Replacing {
    /// The lock for writing, for as long as this lives.
    _lock: Connection,
    real: PathBuf,
    fresh: PathBuf,
    key: Option<Key>,
    size: u64,
    at: Arc<AtomicU8>,
    stop: Arc<AtomicBool>,
    work: Option<JoinHandle<Result<()>>>,
}

impl Replacing {
    /// What is being done now.
    pub fn at(&self) -> Rewrite {
        match self.at.load(Ordering::Relaxed) {
            BACKING_UP => Rewrite::BackingUp,
            WRITING => {
                // The new file is none that SQLite's locks are on: only its length is asked for.
                let done = fs::metadata(&self.fresh).map_or(0, |data| data.len());
                Rewrite::Writing(done.min(self.size), self.size)
            }
            _ => Rewrite::ReadingBack,
        }
    }

    /// Whether it is all written and read back, or has failed.
    pub fn is_done(&self) -> bool {
        self.work.as_ref().is_none_or(JoinHandle::is_finished)
    }

    fn wait(&mut self) -> Result<()> {
        let done = self.work.take().map(JoinHandle::join);
        done.transpose().map_err(|_| bad(&self.fresh))?.unwrap_or_else(|| Err(bad(&self.fresh)))
    }
}

impl Drop for Replacing {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Whatever became of it is not wanted any more.
        drop(self.work.take().map(JoinHandle::join));
        // Under the lock, which goes after this. Where it was taken over there is nothing any more.
        forget(&self.fresh);
    }
}

/// What [`Rewrite`] is, for two threads.
const BACKING_UP: u8 = 0;
const WRITING: u8 = 1;
const READING_BACK: u8 = 2;

/// The part of it that takes long.
struct Work {
    db: Connection,
    path: PathBuf,
    key: Option<Key>,
    to: Option<Protection>,
    mark: bool,
    fresh: PathBuf,
    at: Arc<AtomicU8>,
    stop: Arc<AtomicBool>,
}

impl Work {
    fn run(mut self, stamp: Stamp) -> Result<()> {
        stops_when(&mut self.db, &self.stop)?;
        if self.key.is_some() {
            backup::before_passphrase(&self.db, &self.path, self.key.as_ref(), stamp)?;
        }
        self.at.store(WRITING, Ordering::Relaxed);
        copy(&self.db, self.to.as_ref().map(|to| &to.key), &self.fresh, self.mark)?;
        self.at.store(READING_BACK, Ordering::Relaxed);
        read_back(&self.db, self.to.as_ref(), &self.fresh, self.mark, &self.stop)
    }
}

/// Breaks off what a connection does once this is true.
fn stops_when(db: &mut Connection, stop: &Arc<AtomicBool>) -> Result<()> {
    let stop = Arc::clone(stop);
    Ok(db.progress_handler(backup::LOOK, Some(move || stop.load(Ordering::Relaxed)))?)
}

/// Backups from before the passphrase on their way to be encrypted, one after the other.
#[derive(Clone, Debug, Default)]
pub struct Encrypting {
    plain: Vec<PathBuf>,
    next: usize,
    found: Encrypted,
}

impl Encrypting {
    /// How many are done, of how many.
    pub const fn done(&self) -> (usize, usize) {
        (self.next, self.plain.len())
    }

    /// What became of them.
    pub fn found(self) -> Encrypted {
        self.found
    }
}

impl Store {
    /// Protects the journal with this passphrase from now on, in the place of the one it has, if it
    /// has one. Then a backup is made first; backups keep the passphrase they were made with.
    /// Without one the plain file stays until the encrypted one has been read back, and is gone
    /// then; backups from before are encrypted by [`Store::encrypt_backups`], now or later.
    /// `progress` hears now and then how far it has come.
    pub fn set_passphrase(
        &mut self,
        stamp: Stamp,
        protection: &Protection,
        older: OlderBackups,
        progress: impl FnMut(Rewrite),
    ) -> Result<()> {
        let replacing = self.begin_to_protect(stamp, protection, older)?;
        self.wait_for(replacing, progress)
    }

    /// Makes the journal a plain file. A backup is made first; it and all others keep their
    /// passphrase.
    pub fn remove_passphrase(&mut self, stamp: Stamp, progress: impl FnMut(Rewrite)) -> Result<()> {
        let replacing = self.begin_to_open_up(stamp)?;
        self.wait_for(replacing, progress)
    }

    /// Begins [`Store::set_passphrase`], for a screen that goes on meanwhile.
    pub fn begin_to_protect(
        &self,
        stamp: Stamp,
        protection: &Protection,
        older: OlderBackups,
    ) -> Result<Replacing> {
        let mark = !self.is_encrypted() && older == OlderBackups::Encrypt;
        self.begin_to_replace(stamp, Some(protection), mark)
    }

    /// Begins [`Store::remove_passphrase`], for a screen that goes on meanwhile.
    pub fn begin_to_open_up(&self, stamp: Stamp) -> Result<Replacing> {
        self.begin_to_replace(stamp, None, false)
    }

    /// Whether this passphrase opens the journal that is open now.
    pub fn is_passphrase(&self, passphrase: &Passphrase) -> Result<bool> {
        match &self.key {
            None => Ok(false),
            Some(key) => Ok(Key::derive(passphrase, key.salt())?.is(key)),
        }
    }

    fn begin_to_replace(
        &self,
        stamp: Stamp,
        to: Option<&Protection>,
        mark: bool,
    ) -> Result<Replacing> {
        if self.is_moved() {
            return Err(Error::Moved);
        }
        let real = file::real(&self.path)?;
        let lock = connect(&self.path, self.key.as_ref())?;
        lock.execute_batch("BEGIN IMMEDIATE")?;
        if self.is_moved() || schema::form(&lock)? != self.form {
            return Err(Error::Moved);
        }
        let fresh = file::replacement(&real);
        forget(&fresh);
        let first = if self.key.is_some() { BACKING_UP } else { WRITING };
        let (at, stop) = (Arc::new(AtomicU8::new(first)), Arc::new(AtomicBool::new(false)));
        let mut replacing = Replacing {
            _lock: lock,
            size: fs::metadata(&real).map_or(0, |data| data.len()),
            real,
            fresh: fresh.clone(),
            key: to.map(|to| to.key.clone()),
            at: Arc::clone(&at),
            stop: Arc::clone(&stop),
            work: None,
        };
        let work = Work {
            db: connect(&self.path, self.key.as_ref())?,
            path: self.path.clone(),
            key: self.key.clone(),
            to: to.cloned(),
            mark,
            fresh,
            at,
            stop,
        };
        let thread = std::thread::Builder::new().spawn(move || work.run(stamp));
        let failed = |source| Error::File { path: self.path.clone(), source };
        replacing.work = Some(thread.map_err(failed)?);
        Ok(replacing)
    }

    fn wait_for(&mut self, replacing: Replacing, mut progress: impl FnMut(Rewrite)) -> Result<()> {
        while !replacing.is_done() {
            progress(replacing.at());
            std::thread::sleep(LOOK);
        }
        self.take_over(replacing)
    }

    /// Puts what was written in the journal's place. Waits for it where it is not all there yet.
    pub fn take_over(&mut self, mut replacing: Replacing) -> Result<()> {
        let size = replacing.size;
        let no_room = |error| if is_no_room(&error) { Error::NoRoom(size) } else { error };
        replacing.wait().map_err(no_room)?;
        // One that was to be taken back would have been, when the lock was taken; what is left of
        // one could hold pages in clear, and is no business of the new file.
        file::discard(&file::beside(&replacing.real));
        file::replace(&replacing.fresh, &replacing.real).map_err(no_room)?;
        let db = connect(&self.path, replacing.key.as_ref())?;
        let identity = file::identity(&self.path)?;
        (self.db, self.key, self.identity) = (db, replacing.key.take(), identity);
        // The old file is nobody's any more: who waited for the lock sees that it was moved.
        drop(replacing);
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
        let mut encrypting = self.begin_to_encrypt_backups()?;
        loop {
            let (done, of) = encrypting.done();
            if done < of {
                progress(done, of);
            }
            if !self.encrypt_next_backup(&mut encrypting)? {
                return Ok(encrypting.found());
            }
        }
    }

    /// The same, one after the other, for a screen that goes on in between.
    pub fn begin_to_encrypt_backups(&self) -> Result<Encrypting> {
        let mut encrypting = Encrypting::default();
        if self.key.is_some() && self.setting(PLAIN_BACKUPS)?.is_some() {
            let plain = self.backups().into_iter().filter(|one| !one.is_encrypted());
            encrypting.plain = plain.map(|one| one.path).collect();
        }
        Ok(encrypting)
    }

    /// Encrypts the next of them. Says whether there may be more.
    pub fn encrypt_next_backup(&mut self, encrypting: &mut Encrypting) -> Result<bool> {
        let Some(path) = encrypting.plain.get(encrypting.next) else {
            if self.setting(PLAIN_BACKUPS)?.is_some() {
                self.change(|tx| {
                    tx.execute("DELETE FROM setting WHERE name = ?1", [PLAIN_BACKUPS])?;
                    Ok(tx.commit()?)
                })?;
            }
            return Ok(false);
        };
        match self.encrypt_backup(path) {
            Ok(()) => encrypting.found.done += 1,
            Err(error @ (Error::Full | Error::ReadOnly)) => return Err(error),
            Err(_) => encrypting.found.left.push(path.clone()),
        }
        encrypting.next += 1;
        Ok(true)
    }

    fn encrypt_backup(&self, path: &Path) -> Result<()> {
        let Some(key) = &self.key else { return Ok(()) };
        let at = |source| Error::File { path: path.to_owned(), source };
        let made = fs::metadata(path).and_then(|data| data.modified()).map_err(at)?;
        let db = connect(path, None)?;
        let fresh = file::replacement(path);
        forget(&fresh);
        let copied = copy(&db, Some(key), &fresh, false)
            .and_then(|()| same(&db, Some(key), &fresh, 0, &Arc::default()))
            // The newest backups are the ones that are looked at first.
            .and_then(|()| File::open(&fresh).and_then(|file| file.set_modified(made)).map_err(at));
        drop(db);
        let copied = copied.and_then(|()| file::replace(&fresh, path));
        if copied.is_err() {
            forget(&fresh);
        }
        copied.map_err(|error| if is_no_room(&error) { Error::Full } else { error })
    }
}

/// Whether something failed because nothing more can be written: the disk is full, or a limit is
/// reached.
fn is_no_room(error: &Error) -> bool {
    match error {
        Error::Full => true,
        Error::File { source, .. } => matches!(
            source.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
        ),
        _ => false,
    }
}

/// Removes what a broken-off copy left beside the journal, which may be all of it in clear. Not
/// while somebody is at it: then they hold the lock.
pub(super) fn tidy(db: &mut Connection, path: &Path) {
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
    let _ = db.busy_handler(Some(super::wait));
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
    db.query_row("SELECT sqlcipher_export('fresh')", [], |_| Ok(())).map_err(why)?;
    db.pragma_update(Some("fresh"), "user_version", schema::form(db)?)?;
    db.pragma_update(Some("fresh"), "application_id", schema::application(db)?)?;
    if mark {
        db.execute("INSERT OR REPLACE INTO fresh.setting VALUES (?1, '')", [PLAIN_BACKUPS])?;
    }
    Ok(db.execute_batch("COMMIT")?)
}

/// Why the export failed: of what happens within, only the words come out.
fn why(error: rusqlite::Error) -> Error {
    let says = match &error {
        rusqlite::Error::SqliteFailure(_, Some(says)) => says.as_str(),
        _ => "",
    };
    match says {
        // A limit on the size of files is told as a failed write and not as a full disk.
        "database or disk is full" | "disk I/O error" => Error::Full,
        "interrupted" => Error::Stopped,
        _ => error.into(),
    }
}

/// Opens the copy as its owner will, by the passphrase and by the words, and goes through it.
fn read_back(
    db: &Connection,
    to: Option<&Protection>,
    copy: &Path,
    mark: bool,
    stop: &Arc<AtomicBool>,
) -> Result<()> {
    let more = i64::from(mark);
    let Some(to) = to else { return same(db, None, copy, more, stop) };
    let Beginning::Salt(salt) = file::beginning(copy)? else { return Err(bad(copy)) };
    let key = Key::derive(&to.passphrase, salt)?;
    same(db, Some(&key), copy, more, stop)?;
    let words = RecoveryWords::read(&Zeroizing::new(to.words().list().join(" ")))?;
    connect(copy, Some(&words.key(salt))).map(drop).map_err(|_| bad(copy))
}

/// Whether the copy has this key and holds what `db` holds, with so many settings more.
fn same(
    db: &Connection,
    key: Option<&Key>,
    copy: &Path,
    more: i64,
    stop: &Arc<AtomicBool>,
) -> Result<()> {
    let begins = key.map_or(Beginning::Plain, |key| Beginning::Salt(key.salt()));
    if file::beginning(copy)? != begins {
        return Err(bad(copy));
    }
    let mut read = connect(copy, key).map_err(|_| bad(copy))?;
    stops_when(&mut read, stop)?;
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
