//! Putting a backup in the journal's place. What was there stays beside it, whatever state it is in.
//!
//! The backup is only read: a copy of it is made, brought to rest and looked through first. Only
//! then is the journal held, so that nobody writes into it while it is put aside, and the copy
//! takes its place in one step. It is another file than before, so whoever has the old one open
//! notices, writes no more, and keeps their text.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{FlockOperation, fcntl_lock};
use rustix::io::Errno;

use super::backups::{self, BackupFile, BackupKind, Opens, free_name};
use super::file::{self, Beginning, Identity};
use super::key::{Key, Passphrase, Secret};
use super::{Error, Result, Store, backup, connect, reach, schema, verify};
use crate::domain::{Reach, Stamp};

/// How long one look waits for the writer of another process, and how often it is looked.
const PAUSE: Duration = Duration::from_millis(20);
const LOOKS: u32 = 500;

/// A backup that took the journal's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where what was there before lies now.
    pub kept: Option<PathBuf>,
    /// Which journal it is of, if it says so.
    pub id: Option<String>,
    /// How far it goes.
    pub reach: Reach,
    /// What opens it, beside what opened the file that was there before.
    pub opens: Opens,
}

/// A backup that was opened and read from its first page to its last. A copy of it lies beside the
/// journal, ready to take its place; it goes away where it is not put there.
pub struct Readied {
    /// The file whose place it is to take, and the copy.
    real: PathBuf,
    copy: PathBuf,
    key: Option<Key>,
    id: Option<String>,
    reach: Reach,
}

impl Readied {
    /// How far the backup goes.
    pub const fn reach(&self) -> Reach {
        self.reach
    }

    /// Puts the copy in the place of the journal at `path`. What stood there becomes a backup.
    pub fn put_back(self, path: &Path, stamp: Stamp) -> Result<Restored> {
        let name = || free_name(path, BackupKind::Replaced, stamp);
        let kept = take_place(&self.real, &self.copy, name)?;
        let before = kept.as_deref().map(file::beginning);
        let opens = match (&self.key, before) {
            (None, _) => Opens::Plainly,
            (Some(key), Some(Ok(Beginning::Salt(salt)))) if key.salt() == salt => Opens::AsNow,
            (Some(_), _) => Opens::ByAnother,
        };
        Ok(Restored { kept, id: self.id.clone(), reach: self.reach, opens })
    }
}

impl Drop for Readied {
    fn drop(&mut self) {
        // Where it took the journal's place, nothing lies here any more.
        file::discard(&self.copy);
        file::discard(&file::beside(&self.copy));
    }
}

impl Store {
    /// Opens the backup `from` and makes it ready to take the place of the journal at `path`, which
    /// need not be there, nor be sound. It is a journal of this or an older form.
    pub fn ready_backup(path: &Path, from: &Path, secret: Option<Secret<'_>>) -> Result<Readied> {
        make_ready(path, from, key_of(from, secret, None)?, None)
    }

    /// The same for this journal; a backup of the same passphrase needs none. A waiting key breaks
    /// it off.
    pub fn ready_to_restore(&self, from: &Path, secret: Option<Secret<'_>>) -> Result<Readied> {
        let key = key_of(from, secret, self.key.as_ref())?;
        make_ready(&self.path, from, key, self.key_waits)
    }

    /// Opens the backup `from` and puts it in the place of the journal at `path`.
    pub fn restore_backup(
        path: &Path,
        from: &Path,
        secret: Option<Secret<'_>>,
        stamp: Stamp,
    ) -> Result<Restored> {
        Self::ready_backup(path, from, secret)?.put_back(path, stamp)
    }

    /// Opens the backup `from` and puts it in the place of this journal.
    pub fn restore_over(
        &mut self,
        from: &Path,
        secret: Option<Secret<'_>>,
        stamp: Stamp,
    ) -> Result<Restored> {
        let ready = self.ready_to_restore(from, secret)?;
        self.put_over(ready, stamp)
    }

    /// Puts a backup in the place of this journal, which is closed meanwhile. What stands there
    /// afterwards is open again: the backup, or where that could not be, the journal as it was.
    /// [`Error::Moved`] says that nothing is open any more.
    pub fn put_over(&mut self, backup: Readied, stamp: Stamp) -> Result<Restored> {
        let stamp = Stamp { origin: self.origin, ..stamp };
        let (mut key, of_backup) = (self.key.clone(), backup.key.clone());
        self.lock()?;
        let done = backup.put_back(&self.path, stamp);
        if done.is_ok() {
            key = of_backup;
        }
        let path = self.path.clone();
        let mut opened = Self::open_with_key(&path, key, self.origin, schema::MIGRATIONS, stamp)
            .map_err(|_| Error::Moved)?;
        opened.stop_reading_when(self.key_waits)?;
        *self = opened;
        done
    }

    /// Whether a backup of this journal's passphrase opens and reads well from its first page to
    /// its last. A waiting key breaks it off.
    pub fn is_good_backup(&self, backup: &BackupFile) -> Result<()> {
        let key = key_of(&backup.path, None, self.key.as_ref())?;
        is_good(&backup.path, key.as_ref(), self.key_waits)
            .map(|_| ())
            .map_err(|error| of_file(error, &backup.path, &backup.path))
    }

    /// The newest backup beside the journal at `path` that opens with the passphrase, or without
    /// one, and reads well from its first page to its last.
    pub fn newest_good_backup(path: &Path, passphrase: Option<&Passphrase>) -> Option<BackupFile> {
        let mut known: Vec<Key> = Vec::new();
        backups::all(path, None).into_iter().find(|one| {
            let key = match file::beginning(&one.path) {
                Ok(Beginning::Salt(salt)) => known.iter().find(|key| key.salt() == salt).cloned(),
                _ => None,
            };
            let secret = passphrase.map(Secret::Passphrase);
            let key = key.map_or_else(|| key_of(&one.path, secret, None), |key| Ok(Some(key)));
            let Ok(key) = key else { return false };
            let good = is_good(&one.path, key.as_ref(), None).is_ok();
            known.extend(key);
            good
        })
    }
}

/// The key of a file: none for one without, `open`'s where it is the same.
fn key_of(path: &Path, secret: Option<Secret<'_>>, open: Option<&Key>) -> Result<Option<Key>> {
    let beginning = file::beginning(path).map_err(|error| match error {
        Error::NoJournal(path) => Error::NoBackup(path),
        other => other,
    })?;
    match (beginning, secret) {
        (Beginning::Plain, _) => Ok(None),
        (Beginning::Short, _) => Err(Error::NotAJournal(path.to_owned())),
        (Beginning::Salt(salt), Some(secret)) => secret.key(salt).map(Some),
        (Beginning::Salt(salt), None) => {
            let same = open.filter(|key| key.salt() == salt);
            same.cloned().map(Some).ok_or(Error::PassphraseNeeded)
        }
    }
}

fn make_ready(
    journal: &Path,
    from: &Path,
    key: Option<Key>,
    key_waits: Option<fn() -> bool>,
) -> Result<Readied> {
    let there = Identity::of(journal).ok();
    let of_backup =
        Identity::of(from).map_err(|source| Error::File { path: from.to_owned(), source })?;
    if there == Some(of_backup) {
        return Err(Error::IsTheJournal(from.to_owned()));
    }
    let folder = file::folder_of(journal);
    if !folder.exists() {
        file::create_private_folder(&folder)?;
    }
    // The file itself: the copy is to take its place, and not that of a link to it.
    let real = file::real(journal).unwrap_or_else(|_| journal.to_owned());
    let copy = file::unfinished(&real)?;
    let reach = Reach { change: 0, at: 0 };
    // From here on nothing is left of the copy where something fails.
    let mut ready = Readied { real, copy, key, id: None, reach };
    (ready.id, ready.reach) = copy_whole(from, &ready.copy)
        .and_then(|()| is_good(&ready.copy, ready.key.as_ref(), key_waits))
        .map_err(|error| of_file(error, &ready.copy, from))?;
    Ok(ready)
}

/// What is said of the copy is said of the file that it is a copy of.
fn of_file(error: Error, copy: &Path, from: &Path) -> Error {
    match error {
        Error::NotAJournal(path) if path == copy => Error::NotAJournal(from.to_owned()),
        Error::File { path, source } if path == copy => Error::File { path, source },
        Error::Damaged | Error::Moved => Error::BadBackup(from.to_owned()),
        Error::PassphraseWrong => Error::NotOfBackup(from.to_owned()),
        other => other,
    }
}

/// Copies a file, and what SQLite left beside it when it was last written to. Byte for byte, so
/// that the file is not even opened for writing: it may lie on a medium that cannot be written.
fn copy_whole(from: &Path, to: &Path) -> Result<()> {
    copy_bytes(from, to)?;
    if file::beside(from).exists() {
        copy_bytes(&file::beside(from), &file::beside(to))?;
    }
    Ok(())
}

fn copy_bytes(from: &Path, to: &Path) -> Result<()> {
    let of = |path: &Path| {
        let path = path.to_owned();
        move |source: io::Error| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::Full,
            _ => Error::File { path, source },
        }
    };
    let mut source = File::open(from).map_err(of(from))?;
    let mut copy =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(of(to))?;
    io::copy(&mut source, &mut copy).and_then(|_| copy.sync_all()).map_err(of(to))
}

/// Opens a file as its owner would and reads it from the first page to the last. Says which
/// journal it is and how far it goes.
fn is_good(
    path: &Path,
    key: Option<&Key>,
    key_waits: Option<fn() -> bool>,
) -> Result<(Option<String>, Reach)> {
    let mut db = connect(path, key)?;
    db.progress_handler(backup::LOOK, key_waits)?;
    if schema::application(&db)? != schema::APPLICATION {
        return Err(Error::NotAJournal(path.to_owned()));
    }
    let (found, known) = (schema::form(&db)?, schema::form_after(schema::MIGRATIONS));
    if found > known {
        return Err(Error::TooNew { found, known });
    }
    if !verify::pages_are_good(&db, key.is_some())? {
        return Err(Error::Damaged);
    }
    Ok((reach::id(&db)?, reach::reach(&db)?))
}

/// Puts the copy in the journal's place, and what was there beside it. Says where that lies.
fn take_place(
    journal: &Path,
    copy: &Path,
    name: impl FnOnce() -> Result<PathBuf>,
) -> Result<Option<PathBuf>> {
    let Some(held) = Held::take(journal)? else {
        return file::put_in_place(copy, journal).map(|()| None);
    };
    let kept = name()?;
    let failed = |source| Error::File { path: journal.to_owned(), source };
    // What a crash left of a half-done write belongs to the old file. Beside the new one SQLite
    // would undo that write in the wrong file.
    let unfinished = file::beside(journal);
    if unfinished.exists() {
        link(&unfinished, &file::beside(&kept)).map_err(failed)?;
    }
    if held.copy(&kept).is_err() {
        // Where there is no room for a copy, the file itself is kept.
        link(journal, &kept).map_err(failed)?;
    }
    if unfinished.exists() {
        fs::remove_file(&unfinished).map_err(failed)?;
    }
    fs::rename(copy, journal).map_err(failed)?;
    file::sync_folder(&file::folder_of(journal))?;
    file::sync_folder(&file::folder_of(&kept))?;
    drop(held);
    Ok(Some(kept))
}

/// Gives a file a second name; where the file system knows no such thing, the second name only.
fn link(path: &Path, name: &Path) -> io::Result<()> {
    match fs::hard_link(path, name) {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied
            ) =>
        {
            fs::rename(path, name)
        }
        done => done,
    }
}

/// The journal, held so that no process reads or writes it. SQLite's own locks are parts of the
/// one that is taken here, and it needs no key: a file that nothing opens can be held as well.
struct Held(File);

impl Held {
    /// Waits until nobody is at work on the file. None if there is no such file.
    fn take(path: &Path) -> Result<Option<Self>> {
        let file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                return Err(Error::ReadOnly);
            }
            Err(source) => return Err(Error::File { path: path.to_owned(), source }),
        };
        for _ in 0..LOOKS {
            match fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return Ok(Some(Self(file))),
                Err(Errno::AGAIN | Errno::ACCESS) => std::thread::sleep(PAUSE),
                // Some network file systems know no locks: then nobody can hold it.
                Err(Errno::NOLCK | Errno::NOTSUP | Errno::INVAL | Errno::NOSYS) => {
                    return Ok(Some(Self(file)));
                }
                Err(source) => {
                    return Err(Error::File { path: path.to_owned(), source: source.into() });
                }
            }
        }
        Err(Error::Busy)
    }

    /// Copies it to `to`, whole or not at all. What is kept is to be a file of its own: whoever has
    /// the old one open reads it until they look whether it was moved, and if meanwhile somebody
    /// writes to the new one, SQLite takes their write for one that broke off in the old file, and
    /// takes it back there.
    fn copy(&self, to: &Path) -> Result<()> {
        let unfinished = file::unfinished(to)?;
        let done = self
            .copy_bytes(&unfinished)
            .map_err(|source| Error::File { path: to.to_owned(), source })
            .and_then(|()| file::put_in_place(&unfinished, to));
        if done.is_err() {
            file::discard(&unfinished);
        }
        done
    }

    /// By the handle that holds it: closing another would let it go.
    fn copy_bytes(&self, to: &Path) -> io::Result<()> {
        let mut source = &self.0;
        source.rewind()?;
        let mut copy = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
        io::copy(&mut source, &mut copy)?;
        // The newest backups are the ones that are looked at first.
        copy.set_modified(source.metadata()?.modified()?)
    }
}
