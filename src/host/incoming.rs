//! What is to be brought in, where its owner says that it lies: a file, a folder of files, or
//! standard input. However many files there are, few are held at a time.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

/// What is to be read.
pub enum Incoming {
    /// The files in a folder, and in those below it.
    Folder(PathBuf),
    /// One file.
    File(PathBuf, Reader),
    /// What comes from standard input.
    Stdin(Reader),
}

/// Hands over bytes, also to another thread.
pub type Reader = Box<dyn BufRead + Send>;

impl Incoming {
    /// What lies there: a file is opened, and found to be readable.
    pub fn at(path: &Path) -> io::Result<Self> {
        let path = path.to_owned();
        if path.is_dir() {
            Ok(Self::Folder(path))
        } else {
            Ok(Self::File(path.clone(), file(&path)?))
        }
    }

    /// Where it lies, if it lies anywhere.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Folder(path) | Self::File(path, _) => Some(path),
            Self::Stdin(_) => None,
        }
    }
}

/// The file that lies there.
pub fn file(path: &Path) -> io::Result<Reader> {
    let mut reader = open(path)?;
    // A folder opens, and only then does not read.
    reader.fill_buf()?;
    Ok(reader)
}

/// Standard input.
pub fn stdin() -> Reader {
    Box::new(BufReader::new(io::stdin()))
}

/// Opens a file to read it.
pub fn open(path: &Path) -> io::Result<Reader> {
    Ok(Box::new(BufReader::new(fs::File::open(path)?)))
}

/// When a file was last saved.
pub fn saved(path: &Path) -> Option<DateTime<Utc>> {
    Some(path.metadata().ok()?.modified().ok()?.into())
}

/// Hands over the path of every file under `folder` whose name ends with one of `endings`, in the
/// order of their names. What is hidden is passed over, and no link is followed.
pub fn each_file<E: From<io::Error>>(
    folder: &Path,
    endings: &[&str],
    each: &mut dyn FnMut(&Path) -> Result<(), E>,
) -> Result<(), E> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = entry.path();
        let ends =
            |ending: &&str| path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
        if kind.is_dir() {
            each_file(&path, endings, each)?;
        } else if kind.is_file() && endings.iter().any(ends) {
            each(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_files_and_links_are_passed_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["b/.git", "b/2", "a"] {
            fs::create_dir_all(at(name)).expect("a folder");
        }
        for name in ["b/2/z.md", "b/2/a.MD", "b/.git/x.md", ".x.md", "a/x.txt", "c.md"] {
            fs::write(at(name), "x").expect("a file");
        }
        std::os::unix::fs::symlink(folder.path(), at("a/loop")).expect("a link");
        std::os::unix::fs::symlink(at("c.md"), at("a/link.md")).expect("a link");
        let mut seen = Vec::new();
        each_file::<io::Error>(folder.path(), &["md"], &mut |path| {
            let path = path.strip_prefix(folder.path()).expect("within");
            seen.push(path.display().to_string());
            Ok(())
        })
        .expect("read");
        assert_eq!(seen, ["b/2/a.MD", "b/2/z.md", "c.md"]);
    }
}
