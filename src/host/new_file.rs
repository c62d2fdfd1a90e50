//! A new file that is written piece by piece: for its owner alone, and under its name only once it
//! is whole.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::folders::{self, FolderError};

/// A file being written. Dropped before it is finished, it leaves nothing behind.
pub struct NewFile {
    path: PathBuf,
    beside: PathBuf,
    out: BufWriter<File>,
    /// Whether an empty file holds the name meanwhile.
    holds_name: bool,
    whole: bool,
}

impl NewFile {
    /// Takes the name `path`, which nothing else may have, and begins to write beside it.
    pub fn create(path: &Path) -> Result<Self, FolderError> {
        folders::create_private(path)?;
        Self::beside(path, true).inspect_err(|_| {
            // The empty file was only there to hold the name.
            let _ = std::fs::remove_file(path);
        })
    }

    /// Begins to write what is to take the place of `path`.
    pub fn instead_of(path: &Path) -> Result<Self, FolderError> {
        Self::beside(path, false)
    }

    fn beside(path: &Path, holds_name: bool) -> Result<Self, FolderError> {
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(".part");
        let beside = path.with_file_name(name);
        // One that a crash left is of no use to anybody.
        let _ = std::fs::remove_file(&beside);
        let out = BufWriter::new(folders::create_private(&beside)?);
        Ok(Self { path: path.to_owned(), beside, out, holds_name, whole: false })
    }

    /// Puts the whole file under its name. It is on the disk when this returns.
    pub fn finish(mut self) -> Result<(), FolderError> {
        let done = self
            .out
            .flush()
            .and_then(|()| self.out.get_ref().sync_all())
            .and_then(|()| std::fs::rename(&self.beside, &self.path));
        self.whole = done.is_ok();
        done.map_err(|cause| FolderError::File { path: self.path.clone(), cause })
    }

    /// Puts the whole file under its name, unless the same stands there: then that keeps its time,
    /// too. It is on the disk only once [`folders::sync_below`] was called.
    pub fn finish_if_other(mut self) -> Result<(), FolderError> {
        let mut put = || {
            self.out.flush()?;
            if is_same(&self.beside, &self.path) {
                return Ok(());
            }
            std::fs::rename(&self.beside, &self.path)?;
            self.whole = true;
            Ok(())
        };
        put().map_err(|cause| FolderError::File { path: self.path.clone(), cause })
    }

    /// What a failed write to this file means.
    pub fn error(&self, cause: io::Error) -> FolderError {
        FolderError::File { path: self.path.clone(), cause }
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.whole {
            // Already on the way out with the error that matters more.
            let _ = std::fs::remove_file(&self.beside);
            if self.holds_name {
                let _ = std::fs::remove_file(&self.path);
            }
        }
    }
}

/// Whether two files hold the same bytes; not where one of them cannot be read.
fn is_same(one: &Path, other: &Path) -> bool {
    let same = || -> io::Result<bool> {
        let (one, other) = (File::open(one)?, File::open(other)?);
        if one.metadata()?.len() != other.metadata()?.len() {
            return Ok(false);
        }
        let (mut one, mut other) = (BufReader::new(one), BufReader::new(other));
        loop {
            let (here, there) = (one.fill_buf()?, other.fill_buf()?);
            let common = here.len().min(there.len());
            if common == 0 {
                return Ok(here.len() == there.len());
            }
            if here[..common] != there[..common] {
                return Ok(false);
            }
            one.consume(common);
            other.consume(common);
        }
    };
    same().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn it_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("export.json");
        let mut given_up = NewFile::create(&path).expect("begun");
        given_up.write_all(b"half").expect("written");
        drop(given_up);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);

        let mut file = NewFile::create(&path).expect("begun");
        file.write_all(b"whole").expect("written");
        file.finish().expect("finished");
        assert_eq!(fs::read(&path).expect("readable"), b"whole");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
        assert!(matches!(NewFile::create(&path), Err(FolderError::Exists(_))));
        assert_eq!(fs::read(&path).expect("still readable"), b"whole");
    }
    #[test]
    fn the_same_keeps_its_time_and_what_a_crash_left_goes() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("about.md");
        fs::write(folder.path().join(".about.md.part"), "half").expect("written");
        let put = |text: &str| {
            let mut file = NewFile::instead_of(&path).expect("begun");
            file.write_all(text.as_bytes()).expect("written");
            file.finish_if_other().expect("finished");
            assert_eq!(fs::read_to_string(&path).expect("readable"), text);
            assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
            path.metadata().and_then(|about| about.modified()).expect("a time")
        };
        let long_ago = put("one") - std::time::Duration::from_secs(1_000_000);
        File::open(&path).and_then(|file| file.set_modified(long_ago)).expect("set");
        assert_eq!(put("one"), long_ago);
        assert_ne!(put("two"), long_ago);
        let mut given_up = NewFile::instead_of(&path).expect("begun");
        given_up.write_all(b"half").expect("written");
        drop(given_up);
        assert_eq!(fs::read_to_string(&path).expect("readable"), "two");
    }
}
