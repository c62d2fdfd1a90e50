//! A new file that is written piece by piece: for its owner alone, and under its name only once it
//! is whole.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::folders::{self, FolderError};

/// A file being written. Dropped before [`NewFile::finish`], it leaves nothing behind.
pub struct NewFile {
    path: PathBuf,
    beside: PathBuf,
    out: BufWriter<File>,
    whole: bool,
}

impl NewFile {
    /// Takes the name `path`, which nothing else may have, and begins to write beside it.
    pub fn create(path: &Path) -> Result<Self, FolderError> {
        folders::create_private(path)?;
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(".part");
        let beside = path.with_file_name(name);
        match folders::create_private(&beside) {
            Ok(file) => {
                let out = BufWriter::new(file);
                Ok(Self { path: path.to_owned(), beside, out, whole: false })
            }
            Err(error) => {
                // The empty file was only there to hold the name.
                let _ = std::fs::remove_file(path);
                Err(error)
            }
        }
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
            let _ = std::fs::remove_file(&self.path);
        }
    }
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
}
