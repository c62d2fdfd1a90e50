//! The only door to SQL: opening the journal, writing through changes, reading what a screen needs.
//!
//! Every write goes through `door`: it becomes one change that can be taken back. Every read
//! asks for no more than is shown.

mod agenda;
mod agreements;
mod arrival;
mod backup;
mod backups;
mod became;
mod bin;
mod brief;
mod commitments;
mod door;
mod drafts;
mod entities;
mod erase;
mod error;
mod exchange;
mod file;
mod foreign;
mod goals;
mod hand_off;
mod history;
mod index;
mod kept;
mod key;
mod kind;
mod lock;
mod logging;
mod mentions;
mod moment;
mod page;
mod passphrase;
mod people;
mod progress;
mod purge;
mod reach;
mod reserve;
mod restore;
mod roll;
mod schema;
mod search;
mod sessions;
mod settings;
mod standings;
mod today;
mod trust;
#[cfg(test)]
mod upgrade_tests;
mod verify;
mod words;
mod writings;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::domain::{Id, Origin, Owner, Record, Settings, Stamp};

pub use agreements::{Version as AgreementVersion, Written};
pub use arrival::{Arrival, Arriving, BREATH, Standing, Tidying};
pub use backups::{BackupFile, BackupKind, Opens};
pub use became::Became;
pub use bin::Binned;
pub use brief::{Aim, Prepared};
pub use commitments::{Group, Near, Promised, Wanted};
pub use door::Action;
pub use drafts::{Draft, LeftBehind, Place};
pub use erase::{Erasure, InBackups, Tally};
pub use error::Error;
pub use exchange::{Archive, Imported, Intake};
pub use foreign::{ForeignEntry, ForeignError, is_sqlite, tui_journal};
pub use goals::{GoalDetails, GoalFilter, GoalsOf, ListedGoal};
pub use hand_off::{HandOff, Of};
pub use history::{Done, Refused, Subject, Version};
pub use key::{Passphrase, Secret};
pub use kind::{Entity, Kind};
pub use logging::{Along, Logged};
pub use mentions::Mentioned;
pub use page::Page;
pub use passphrase::{Encrypted, Encrypting, OlderBackups, Protection, Replacing, Rewrite};
pub use people::{Details, Found as Whom, Named};
pub use progress::{HeldCheck, Said, StoodThen};
pub use restore::{Readied, Restored};
pub use roll::{Acquaintance, Enrolled, HeadCount, Rank, RollNear};
pub use search::{COUNTED, Found, Hit, Hits, Query};
pub use sessions::{Anchor, Filter, InOrder, Listed, Scope};
pub use trust::{Answers, Recent, TrustRecords};
pub use verify::{Part, Verdict, Verifying};
pub use words::{NoWords, RECOVERY_WORDS, RecoveryWords, recovery_words_typed};
pub use writings::{Kept, Texts};

/// What store calls return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// How often a statement that another process stands in the way of is tried again, and after how
/// long: for two seconds in all, and soon enough to meet the short pauses of an import.
const TRIES: i32 = 400;
const AGAIN: Duration = Duration::from_millis(5);

/// Waits a little for the writer of another process, `tries` times before; no longer after a while.
fn wait(tries: i32) -> bool {
    std::thread::sleep(AGAIN);
    tries < TRIES
}

/// An open journal.
pub struct Store {
    db: Connection,
    path: PathBuf,
    key: Option<key::Key>,
    identity: file::Identity,
    form: i64,
    origin: Origin,
    /// The newest change when this store was opened; older ones may be undone by anybody.
    began: i64,
    /// `PRAGMA data_version` when it was last looked at.
    seen: i64,
    /// What the owner set, as last read.
    settings: Settings,
    /// How far what arrived was shown or hidden.
    turning: Option<arrival::Turned>,
    /// Whether something is being written; then no waiting key stops it.
    writing: Arc<AtomicBool>,
    key_waits: Option<fn() -> bool>,
}

/// How far the journal had come when something was read: the same again, and nothing was written
/// since, by this process or by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    changes: i64,
    others: i64,
    own: u64,
}

/// What happened to the file since it was last looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nothing.
    Same,
    /// Another process wrote.
    Written,
    /// It is no longer the file that was opened, or no longer of the form it had.
    Moved,
}

impl Store {
    /// Starts a journal for `owner` at `path`, encrypted if it is to be protected. The file appears
    /// whole or not at all, and never in the place of another.
    pub fn create(
        path: &Path,
        protection: Option<&Protection>,
        owner: &Owner,
        stamp: Stamp,
    ) -> Result<Self> {
        owner.check()?;
        if path.exists() {
            return Err(Error::Exists(path.to_owned()));
        }
        let folder = file::folder_of(path);
        if !folder.exists() {
            file::create_private_folder(&folder)?;
        }
        let key = protection.map(|protection| protection.key.clone());
        // A name of its own: another process may be starting a journal here at the same time.
        let unfinished = file::unfinished(path)?;
        let made = Self::lay_out(&unfinished, key.as_ref(), owner, stamp)
            .and_then(|()| file::put_in_place(&unfinished, path));
        if let Err(error) = made {
            file::discard(&unfinished);
            return Err(error);
        }
        Self::open_with_key(path, key, stamp.origin, schema::MIGRATIONS, stamp)
    }

    /// Opens the journal at `path`. A file of an older form is backed up and brought forward; one
    /// of a newer form, and one that is no journal, is left as it is.
    pub fn open(path: &Path, passphrase: Option<&Passphrase>, stamp: Stamp) -> Result<Self> {
        Self::open_by(path, passphrase.map(Secret::Passphrase), stamp)
    }

    /// The same, also by the recovery words.
    pub fn open_by(path: &Path, secret: Option<Secret<'_>>, stamp: Stamp) -> Result<Self> {
        Self::open_as(path, secret, schema::MIGRATIONS, stamp)
    }

    fn open_as(
        path: &Path,
        secret: Option<Secret<'_>>,
        migrations: &[&str],
        stamp: Stamp,
    ) -> Result<Self> {
        let identity = file::identity(path).ok();
        let key = match (file::beginning(path)?, secret) {
            (file::Beginning::Plain, _) => None,
            (file::Beginning::Salt(_), None) => return Err(Error::PassphraseNeeded),
            (file::Beginning::Salt(salt), Some(secret)) => Some(secret.key(salt)?),
            (file::Beginning::Short, _) => return Err(Error::NotAJournal(path.to_owned())),
        };
        let opened = Self::open_with_key(path, key.clone(), stamp.origin, migrations, stamp);
        match (opened, key, secret) {
            // Meanwhile another process gave it another passphrase, or put a backup in its place.
            (Err(_), ..) if file::identity(path).ok() != identity => {
                Self::open_as(path, secret, migrations, stamp)
            }
            (Err(Error::PassphraseWrong), Some(key), Some(secret)) => {
                Err(backup::why_not(path, &key, secret))
            }
            // SQLite takes it for something else, and yet it is one.
            (Err(Error::NotAJournal(_)), None, _) if file::is_marked(path) => Err(Error::Damaged),
            (opened, ..) => opened,
        }
    }

    fn open_with_key(
        path: &Path,
        key: Option<key::Key>,
        origin: Origin,
        migrations: &[&str],
        stamp: Stamp,
    ) -> Result<Self> {
        // Before it is open, so that a file that takes its place meanwhile is not taken for it.
        let identity = file::identity(path)?;
        let mut db = connect(path, key.as_ref())?;
        if schema::application(&db)? != schema::APPLICATION {
            return Err(Error::NotAJournal(path.to_owned()));
        }
        let known = schema::form_after(migrations);
        let found = schema::form(&db)?;
        if found > known {
            return Err(Error::TooNew { found, known });
        }
        if found < known {
            let backup = backup::before_migration(&db, path, key.as_ref(), found, stamp)?;
            schema::advance(&mut db, migrations).map_err(|error| match error {
                Error::Busy | Error::Full | Error::ReadOnly | Error::TooNew { .. } => error,
                _ => Error::NotUpgraded { backup },
            })?;
            let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            standings::look_ahead(&tx, stamp.now.date_naive())?;
            tx.commit()?;
        }
        passphrase::tidy(&mut db, path);
        let began = db.query_row("SELECT ifnull(max(seq), 0) FROM change", [], |row| row.get(0))?;
        let seen = data_version(&db)?;
        let path = path.to_owned();
        let mut store = Self {
            db,
            path,
            key,
            identity,
            form: known,
            origin,
            began,
            seen,
            settings: Settings::default(),
            turning: None,
            writing: Arc::default(),
            key_waits: None,
        };
        store.read_settings()?;
        Ok(store)
    }

    fn lay_out(path: &Path, key: Option<&key::Key>, owner: &Owner, stamp: Stamp) -> Result<()> {
        file::create_private(path)?;
        let mut db = connect(path, key)?;
        schema::lay_out(&mut db, schema::MIGRATIONS)?;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        door::write(tx, stamp, Action::Begin, |door| {
            door.insert(Id::new(stamp.now), owner).map(|_| ())
        })?;
        reach::identify(&db)?;
        drop(db);
        if key.is_some() && file::beginning(path)? == file::Beginning::Plain {
            return Err(Error::NoCodec);
        }
        Ok(())
    }

    /// Where the journal lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether that is the file of this journal, whatever it is called there.
    pub fn is_at(&self, path: &Path) -> bool {
        file::Identity::of(path).ok() == Some(self.identity)
    }

    /// Whether a passphrase protects the file.
    pub const fn is_encrypted(&self) -> bool {
        self.key.is_some()
    }

    /// Who writes through this store.
    pub const fn origin(&self) -> Origin {
        self.origin
    }

    /// Whose journal it is.
    pub fn owner(&self) -> Result<Record<Owner>> {
        let mut statement = self.db.prepare_cached("SELECT * FROM owner LIMIT 1")?;
        Ok(statement.query_row([], kind::record)?)
    }

    /// Changes what the owner is called.
    pub fn update_owner(&mut self, stamp: Stamp, owner: &Record<Owner>) -> Result<()> {
        self.write(stamp, Action::Edit, |door| door.update(owner.id, owner.rev, &owner.value))
    }

    /// Looks whether another process wrote, or whether the file is still the one that was opened.
    /// Costs a few system calls; meant for every tick.
    pub fn look(&mut self) -> Result<Seen> {
        if self.is_moved() {
            return Ok(Seen::Moved);
        }
        let version = data_version(&self.db)?;
        if version == self.seen {
            return Ok(Seen::Same);
        }
        self.seen = version;
        if schema::form(&self.db)? != self.form {
            return Ok(Seen::Moved);
        }
        self.read_settings()?;
        Ok(Seen::Written)
    }

    /// How far the journal has come.
    pub fn mark(&self) -> Result<Mark> {
        let mut newest = self.db.prepare_cached("SELECT ifnull(max(seq), 0) FROM change")?;
        Ok(Mark {
            changes: newest.query_row([], |row| row.get(0))?,
            others: data_version(&self.db)?,
            own: self.db.total_changes(),
        })
    }

    /// Calls `key_waits` now and then during long reads; once it says yes, the read ends with
    /// [`Error::Stopped`]. What is being written is never stopped.
    pub fn stop_reading_when(&mut self, key_waits: Option<fn() -> bool>) -> Result<()> {
        self.key_waits = key_waits;
        let writing = Arc::clone(&self.writing);
        let stop =
            key_waits.map(|key_waits| move || !writing.load(Ordering::Relaxed) && key_waits());
        // Every 1,000 steps of SQLite's machine is about every tenth of a millisecond.
        Ok(self.db.progress_handler(1000, stop)?)
    }

    /// Calls `hook` with the text of every statement that begins; for tests that ask how the
    /// statements of a screen are carried out.
    pub fn on_statement(&mut self, hook: Option<fn(&str)>) -> Result<()> {
        use rusqlite::trace::{TraceEvent, TraceEventCodes};
        let hook = hook.map(|hook| {
            move |event: TraceEvent<'_>| {
                if let TraceEvent::Stmt(_, sql) = event {
                    hook(sql);
                }
            }
        });
        Ok(self.db.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, hook)?)
    }

    /// How SQLite would carry out `statement`, a line a step; for the same tests.
    pub fn plan(&self, statement: &str) -> Result<Vec<String>> {
        let mut plan = self.db.prepare(&format!("EXPLAIN QUERY PLAN {statement}"))?;
        let empty = vec![rusqlite::types::Null; plan.parameter_count()];
        let steps = plan
            .query_map(rusqlite::params_from_iter(empty), |row| row.get("detail"))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(steps)
    }

    /// One user action: all that `work` writes becomes one change, or nothing does.
    fn write<R>(
        &mut self,
        stamp: Stamp,
        action: Action,
        work: impl FnOnce(&mut door::Door<'_>) -> Result<R>,
    ) -> Result<R> {
        self.change(|tx| door::write(tx, stamp, action, work))
    }

    /// Runs `work` in a transaction of its own. Where the disk has no room for it, the reserve is
    /// given free, and who asked is told to ask again.
    fn change<R>(&mut self, work: impl FnOnce(Transaction<'_>) -> Result<R>) -> Result<R> {
        match self.attempt(work) {
            Err(Error::Full) if reserve::give_free(&self.path) => Err(Error::AlmostFull),
            // SQLite looks for a broken-off write beside the file by its name, and there finds one
            // of the file that took its place: it may be gone when it is opened, or not fit.
            Err(Error::ReadOnly | Error::Damaged | Error::Sqlite(_)) if self.is_moved() => {
                Err(Error::Moved)
            }
            done => done,
        }
    }

    /// Runs `work` in a transaction, after asking whether the file is still the one that was
    /// opened and of the form it had.
    fn attempt<R>(&mut self, work: impl FnOnce(Transaction<'_>) -> Result<R>) -> Result<R> {
        // What is moved is not to be waited for.
        if self.is_moved() {
            return Err(Error::Moved);
        }
        let _writing = Writing::begin(&self.writing);
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Who held the lock before may have put another file in its place.
        if is_moved(&self.path, self.identity) || schema::form(&tx)? != self.form {
            return Err(Error::Moved);
        }
        work(tx)
    }

    fn is_moved(&self) -> bool {
        is_moved(&self.path, self.identity)
    }
}

fn is_moved(path: &Path, identity: file::Identity) -> bool {
    file::Identity::of(path).ok() != Some(identity)
}

/// Says for as long as it lives that something is being written.
struct Writing(Arc<AtomicBool>);

impl Writing {
    fn begin(flag: &Arc<AtomicBool>) -> Self {
        flag.store(true, Ordering::Relaxed);
        Self(Arc::clone(flag))
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// A connection on which every safeguard is on. The first statement gives the key.
fn connect(path: &Path, key: Option<&key::Key>) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(path, flags)?;
    if let Some(key) = key {
        db.execute_batch(&key.pragma())?;
    }
    // The cipher would print its complaints over the screen.
    db.execute_batch("PRAGMA cipher_log_level = NONE")?;
    let codec: Option<String> = db.query_row("PRAGMA cipher_version", [], |row| row.get(0)).ok();
    if codec.is_none() {
        return Err(Error::NoCodec);
    }
    db.busy_handler(Some(wait))?;
    match db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)) {
        Ok(_) => {}
        // Locked by a writer: the key is tried again by the first statement that gets through.
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            return Err(match key {
                Some(_) => Error::PassphraseWrong,
                None => Error::NotAJournal(path.to_owned()),
            });
        }
        Err(error) => return Err(error.into()),
    }
    // The cache, in kilobytes: the next key of a search reads much of what the last one read, and
    // each page that is read again is deciphered again.
    db.execute_batch(
        "PRAGMA journal_mode = DELETE;
         PRAGMA synchronous = EXTRA;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA mmap_size = 0;
         PRAGMA cache_size = -12000;
         PRAGMA trusted_schema = OFF;",
    )?;
    // A statement keeps its plan whatever it is asked with; else SQLite would read its text anew
    // for many a value, in case another plan suited that one better.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.set_prepared_statement_cache_capacity(128);
    Ok(db)
}

fn data_version(db: &Connection) -> Result<i64> {
    Ok(db.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
}
