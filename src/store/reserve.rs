//! A little room that is kept back on the disk, for the moment when there is no other left.
//!
//! On a full disk even deleting fails, because SQLite first sets down what was there before. So a
//! file of noise lies beside the journal: where a write finds no room, it goes, and what is on the
//! screen can still be saved. It is made again once there is room.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::statvfs;

use super::{Error, Result, Store, file};

/// How much is kept back: enough for the longest text there can be, with what it was before and
/// its entry in the search index.
const RESERVE: u64 = 4 << 20;

/// How much has to stay free besides, for the reserve to be made.
const BESIDES: u64 = 1 << 20;

impl Store {
    /// Sees to it that the reserve is there, if there is room for it.
    pub fn keep_reserve(&self) -> Result<()> {
        let path = path_of(&self.path);
        if path.metadata().is_ok_and(|data| data.len() >= RESERVE) {
            return Ok(());
        }
        let Ok(disk) = statvfs(file::folder_of(&self.path)) else { return Ok(()) };
        if disk.f_bavail.saturating_mul(disk.f_frsize) < RESERVE + BESIDES {
            return Ok(());
        }
        file::discard(&path);
        fill(&path).map_err(|source| {
            file::discard(&path);
            match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::Full,
                _ => Error::File { path, source },
            }
        })
    }
}

/// Gives the room free. Says whether there was any.
pub(super) fn give_free(journal: &Path) -> bool {
    fs::remove_file(path_of(journal)).is_ok()
}

fn path_of(journal: &Path) -> PathBuf {
    let mut name = journal.as_os_str().to_owned();
    name.push(".reserve");
    PathBuf::from(name)
}

/// Noise, since a file system that packs what it stores would make nothing of zeros.
fn fill(path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let mut noise = vec![0; 1 << 20];
    let mut left = RESERVE;
    while left > 0 {
        getrandom::fill(&mut noise).map_err(io::Error::other)?;
        file.write_all(&noise)?;
        left = left.saturating_sub(1 << 20);
    }
    file.sync_all()
}
