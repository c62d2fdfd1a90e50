//! A journal in a temporary folder, with the moments and people the tests share.

use std::path::{Path, PathBuf};

use confidant::domain::{Id, Moment, Origin, Owner, Person, Relationship, Role, Stamp, Writing};
use confidant::store::{
    Archive, Arrival, Entity, Error, Imported, Passphrase, Protection, RecoveryWords, Secret,
    Store, Tidying,
};
use confidant::transfer::json::{self, Incoming};
use confidant::transfer::{self, How};
use tempfile::TempDir;

/// A journal that goes away with its folder.
pub struct Journal {
    pub folder: TempDir,
    pub store: Store,
    pub stamp: Stamp,
    pub keys: Keys,
}

/// What opens a journal: nothing for a plain one, else its passphrase and its recovery words.
#[derive(Default)]
pub struct Keys {
    passphrase: Option<Passphrase>,
    words: Option<RecoveryWords>,
}

impl Keys {
    /// What opens a journal that was protected with this passphrase, or has none.
    pub fn new(passphrase: Option<Passphrase>, words: Option<RecoveryWords>) -> Self {
        Self { passphrase, words }
    }

    /// Opens a file, which they are for, with each of them.
    #[track_caller]
    pub fn open(&self, path: &Path, stamp: Stamp) -> Store {
        let failed = |error| panic!("{}: {error}", path.display());
        if let Some(words) = &self.words {
            Store::open_by(path, Some(Secret::Words(words)), stamp).unwrap_or_else(failed);
        }
        let store = Store::open(path, self.passphrase.as_ref(), stamp).unwrap_or_else(failed);
        assert_eq!(store.is_encrypted(), self.words.is_some(), "{}", path.display());
        store
    }
}

impl Journal {
    /// A plain journal of Asha's.
    pub fn new() -> Self {
        Self::begin(None)
    }

    /// A plain journal of Asha's where syncing costs nothing, for tests that write very often.
    pub fn in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        let folder =
            if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        Self::begin_in(folder.expect("a folder"), None)
    }

    /// A journal of Asha's, encrypted if there is a passphrase.
    pub fn begin(passphrase: Option<&Passphrase>) -> Self {
        Self::begin_in(tempfile::tempdir().expect("a folder"), passphrase)
    }

    /// The same in this folder.
    pub fn begin_in(folder: TempDir, passphrase: Option<&Passphrase>) -> Self {
        let stamp = stamp("2026-11-22T12:00:00+00:00");
        let owner = Owner { name: "Asha".into() };
        let path = folder.path().join("journal.db");
        let protection = passphrase.map(|words| Protection::new(words).expect("a key"));
        let store = Store::create(&path, protection.as_ref(), &owner, stamp).expect("a journal");
        let words = protection.map(|protection| protection.words());
        Self { folder, store, stamp, keys: Keys::new(passphrase.cloned(), words) }
    }

    /// A journal out of the bytes of another; it opens as if that one had been copied.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let stamp = stamp("2026-11-22T12:00:00+00:00");
        let path = folder.path().join("journal.db");
        std::fs::write(&path, bytes).expect("written");
        let store = Store::open(&path, None, stamp).expect("opens");
        Self { folder, store, stamp, keys: Keys::default() }
    }

    /// The whole file, once nothing holds it any more.
    pub fn into_bytes(self) -> Vec<u8> {
        let Self { folder, store, .. } = self;
        let path = store.path().to_owned();
        drop(store);
        let bytes = std::fs::read(&path).expect("bytes");
        drop(folder);
        bytes
    }

    pub fn path(&self) -> PathBuf {
        self.store.path().to_owned()
    }

    /// A second process on the same journal.
    pub fn another(&self) -> (Store, Stamp) {
        let stamp = Stamp { now: self.stamp.now, origin: Origin::new(self.stamp.now) };
        (Store::open(&self.path(), None, stamp).expect("opens"), stamp)
    }

    /// Brings in an export.
    pub fn bring(&mut self, export: &[u8]) -> Result<Incoming, transfer::Error> {
        let how = How { stamp: self.stamp, process: "", progress: &mut |_| {} };
        json::import(&mut self.store, how, std::io::Cursor::new(export.to_vec()))
    }

    /// Adds somebody whom Asha mentors.
    pub fn mentee(&mut self, name: &str) -> Id<Relationship> {
        let person = Person { name: name.into(), ..Person::default() };
        self.store
            .add_person(self.stamp, &person, |person| Relationship::new(person, Role::Mentor))
            .expect("added")
    }
}

/// A new writer at a moment given in RFC 3339.
pub fn stamp(moment: &str) -> Stamp {
    let now: Moment = moment.parse().expect("a moment");
    Stamp { now, origin: Origin::new(now) }
}

/// Bringing in what a closure hands over, a short write after the other.
pub trait BringIn {
    fn bring_in<R, E: From<Error>>(
        &mut self,
        stamp: Stamp,
        process: &str,
        work: impl FnOnce(&mut Coming<'_>) -> Result<R, E>,
    ) -> Result<R, E>;
}

/// What comes in; it is written as soon as a short write is full.
pub struct Coming<'a> {
    store: &'a mut Store,
    arrival: Arrival,
}

impl Coming<'_> {
    pub fn take<T: Entity>(&mut self, archive: &Archive<T>) -> Result<Imported, Error> {
        let taken = self.store.hand_over(&mut self.arrival, |arriving| arriving.take(archive))?;
        self.write_where_full()?;
        Ok(taken)
    }

    pub fn take_version(
        &mut self,
        writing: &Archive<Writing>,
        number: i64,
        written: i64,
        body: &str,
    ) -> Result<(), Error> {
        self.store.hand_over(&mut self.arrival, |arriving| {
            arriving.take_version(writing, number, written, body);
            Ok::<_, Error>(())
        })?;
        self.write_where_full()
    }

    fn write_where_full(&mut self) -> Result<(), Error> {
        if self.arrival.is_full() { self.store.write_arrival(&mut self.arrival) } else { Ok(()) }
    }

    fn end(&mut self) -> Result<(), Error> {
        self.store.write_arrival(&mut self.arrival)?;
        while !self.store.end_arrival(&mut self.arrival)? {}
        Ok(())
    }
}

impl BringIn for Store {
    fn bring_in<R, E: From<Error>>(
        &mut self,
        stamp: Stamp,
        process: &str,
        work: impl FnOnce(&mut Coming<'_>) -> Result<R, E>,
    ) -> Result<R, E> {
        let arrival = self.begin_arrival(stamp, process)?;
        let mut coming = Coming { store: self, arrival };
        let done = work(&mut coming).and_then(|done| {
            coming.end()?;
            Ok(done)
        });
        if done.is_err() {
            let Coming { store, arrival } = coming;
            store.break_off(&arrival)?;
            store.tidy_arrivals(|_| true, Tidying::Whole)?;
        }
        done
    }
}
