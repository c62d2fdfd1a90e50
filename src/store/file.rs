//! The journal as a file: what it begins with, which file it is, and files nobody else can read.
//!
//! While a connection is open nothing else in the process may open the journal's path: closing
//! that second handle would drop SQLite's locks. So the beginning is read once, before.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::Error;
use super::key::SALT;

/// What a file begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// An ordinary SQLite file.
    Plain,
    /// Sixteen other bytes: the salt, if it is an encrypted journal.
    Salt([u8; SALT]),
    /// Too short to be either.
    Short,
}

/// What of a plain journal stands in its first page, at fixed places: shares of a page that are the
/// same in every SQLite file, and the mark of ours.
const SHARES: (usize, &[u8]) = (21, &[64, 32, 32]);
const MARK: (usize, &[u8]) = (68, b"Conf");

/// Whether a file is a plain journal by these, whatever it begins with. Only before a connection is
/// open.
pub(super) fn is_marked(path: &Path) -> bool {
    let mut page = [0; 100];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut page));
    let has = |(at, bytes): (usize, &[u8])| page[at..].starts_with(bytes);
    read.is_ok() && has(SHARES) && has(MARK)
}

/// Reads the first sixteen bytes. Only before a connection is open.
pub(super) fn beginning(path: &Path) -> Result<Beginning, Error> {
    let mut file = File::open(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => Error::NoJournal(path.to_owned()),
        _ => Error::File { path: path.to_owned(), source },
    })?;
    let mut bytes = [0; SALT];
    match file.read_exact(&mut bytes) {
        Ok(()) if &bytes == b"SQLite format 3\0" => Ok(Beginning::Plain),
        // No salt, but what damage left of the beginning of a plain journal.
        Ok(()) if is_marked(path) => Ok(Beginning::Plain),
        Ok(()) => Ok(Beginning::Salt(bytes)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(Beginning::Short),
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => Ok(Beginning::Short),
        Err(source) => Err(Error::File { path: path.to_owned(), source }),
    }
}

/// Which file a path leads to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    /// Asks for the file's data without opening it.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let data = fs::metadata(path)?;
        Ok(Self { device: data.dev(), inode: data.ino() })
    }
}

/// The same, or why it cannot be told.
pub(super) fn identity(path: &Path) -> Result<Identity, Error> {
    Identity::of(path).map_err(|source| Error::File { path: path.to_owned(), source })
}

/// Makes a new, empty file that only its owner can read; never an existing one.
pub(super) fn create_private(path: &Path) -> Result<(), Error> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Error::Exists(path.to_owned()))
        }
        Err(source) => Err(Error::File { path: path.to_owned(), source }),
    }
}

/// Makes a folder that only its owner can enter, if there is none.
pub(super) fn create_private_folder(path: &Path) -> Result<(), Error> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|source| Error::File { path: path.to_owned(), source })
}

/// Puts the finished file `from` in the place `to`, so that it is there whole or not at all, and
/// never over another that came there meanwhile.
pub(super) fn put_in_place(from: &Path, to: &Path) -> Result<(), Error> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::File { path, source }
    };
    File::open(from).and_then(|file| file.sync_all()).map_err(at(from))?;
    rename_to_nothing(from, to).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists(to.to_owned()),
        _ => at(to)(error),
    })?;
    sync_folder(&folder_of(to))
}

/// Puts the finished file `from` in the place of `to`, in one step.
pub(super) fn replace(from: &Path, to: &Path) -> Result<(), Error> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::File { path, source }
    };
    File::open(from).and_then(|file| file.sync_all()).map_err(at(from))?;
    fs::rename(from, to).map_err(at(to))?;
    sync_folder(&folder_of(to))
}

/// Makes what was renamed in a folder last through a power cut.
pub(super) fn sync_folder(folder: &Path) -> Result<(), Error> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|source| Error::File { path: folder.to_owned(), source })
}

/// The file itself, where the path leads over a link: a rename is not to take the link's place.
pub(super) fn real(path: &Path) -> Result<PathBuf, Error> {
    fs::canonicalize(path).map_err(|source| Error::File { path: path.to_owned(), source })
}

/// Where SQLite keeps what a file was before a write that is under way.
pub(super) fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}

/// Removes a file that did not become what it should; that it cannot be removed changes nothing.
pub(super) fn discard(path: &Path) {
    let _ = fs::remove_file(path);
}

/// The folder a file lies in.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A name beside `path` that nobody else uses, for a file that is to become `path`.
pub(super) fn unfinished(path: &Path) -> Result<PathBuf, Error> {
    let mut random = [0; 4];
    getrandom::fill(&mut random).map_err(|source| Error::File {
        path: path.to_owned(),
        source: io::Error::other(source),
    })?;
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{:08x}.part", u32::from_be_bytes(random)));
    Ok(PathBuf::from(name))
}

/// The name of the file that is to take the place of the one at `path`. There is one such name, so
/// that what a broken-off replacement left is known again; whoever uses it holds a lock on the file
/// at `path`.
pub(super) fn replacement(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new.part");
    PathBuf::from(name)
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn rename_to_nothing(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        // Some file systems of sticks and shares cannot.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {
            fs::rename(from, to)
        }
        done => Ok(done?),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn rename_to_nothing(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}
