//! Where the journal lives, and the writing of files for their owner alone: folders 0700,
//! files 0600 from the first moment on, and never half a file under its own name.

use std::{
    fmt,
    fs::{DirBuilder, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use etcetera::{BaseStrategy, base_strategy::Xdg};
use rustix::fs::{Access, access};

/// What becomes of a file that already has the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and the writing is refused.
    Keep,
    /// The new file takes its place, in one step.
    Replace,
}

/// Why a file or folder cannot be used. Each says what happened and what to do.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Neither `--journal` nor a home folder says where the journal is.
    #[error("Your home folder is not known. Set HOME, or name the journal with --journal.")]
    NoHome,
    /// The folder for the journal cannot be made or used.
    #[error("The folder {} cannot be written: {}. Choose another with --journal.", .path.display(), Cause(.cause))]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A file cannot be made or written; nothing of it was left behind.
    #[error("The file {} cannot be written: {}. Choose another place for it.", .path.display(), Cause(.cause))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// There is a file of that name, which nobody asked to replace.
    #[error("The file {} is already there. Choose another name, or move it away.", .0.display())]
    Exists(PathBuf),
}

/// The path that somebody typed where no shell reads it: `~` at its beginning is the home folder.
pub fn typed(path: &str) -> PathBuf {
    let below = match path.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => rest.trim_start_matches('/'),
        _ => return PathBuf::from(path),
    };
    match Xdg::new() {
        Ok(xdg) if xdg.home_dir().is_absolute() => xdg.home_dir().join(below),
        _ => PathBuf::from(path),
    }
}

/// The journal's path: the one that was asked for, else `confidant/journal.db` in the XDG data
/// folder, on macOS too. Always absolute, so that it stays the same file whatever the working
/// folder becomes. Nothing is made and nothing is looked at.
pub fn journal_path(explicit: Option<PathBuf>) -> Result<PathBuf, FolderError> {
    match explicit.filter(|path| !path.as_os_str().is_empty()) {
        Some(path) => {
            std::path::absolute(&path).map_err(|cause| FolderError::Folder { path, cause })
        }
        None => match Xdg::new() {
            Ok(xdg) if xdg.home_dir().is_absolute() => {
                Ok(xdg.data_dir().join("confidant").join("journal.db"))
            }
            _ => Err(FolderError::NoHome),
        },
    }
}

/// Makes a folder, and those above it, for the owner alone, and sees that files can be made in it.
/// A folder that is already there keeps its permissions: it may be shared on purpose.
pub fn prepare_folder(folder: &Path) -> Result<(), FolderError> {
    let wanted = Access::WRITE_OK | Access::EXEC_OK;
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .and_then(|()| access(folder, wanted).map_err(io::Error::from))
        .map_err(|cause| FolderError::Folder { path: folder.to_owned(), cause })
}

/// Makes a new file that only its owner can read and opens it for reading and writing. A file or
/// link of that name, even a dangling one, is an [`FolderError::Exists`].
pub fn create_private(path: &Path) -> Result<File, FolderError> {
    OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path).map_err(
        |cause| match cause.kind() {
            io::ErrorKind::AlreadyExists => FolderError::Exists(path.to_owned()),
            _ => FolderError::File { path: path.to_owned(), cause },
        },
    )
}

/// Writes a whole file that only its owner can read. It is on the disk when this returns. A crash
/// leaves the old file or the new one, or, where there was none, an empty one; never a part.
pub fn write_private(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), FolderError> {
    // Taking the name first refuses an existing file without a gap, also where links are unknown,
    // as on most memory sticks.
    let name = match existing {
        Existing::Keep => {
            create_private(path)?;
            Some(Unfinished(path))
        }
        Existing::Replace => None,
    };
    replace(path, bytes).map_err(|cause| FolderError::File { path: path.to_owned(), cause })?;
    if let Some(name) = name {
        name.keep();
    }
    Ok(())
}

/// A file that is removed again unless it is kept.
struct Unfinished<'a>(&'a Path);

impl Unfinished<'_> {
    fn keep(self) {
        std::mem::forget(self);
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        // Already on the way out with the error that matters more.
        let _ = std::fs::remove_file(self.0);
    }
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{:016x}", getrandom::u64().map_err(io::Error::other)?));
    let beside = folder.join(beside);

    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    let unfinished = Unfinished(&beside);
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    unfinished.keep();
    sync_folder(folder)
}

/// Brings all that was written in a folder to the disk, at once instead of file by file.
pub fn sync_below(folder: &Path) -> Result<(), FolderError> {
    #[cfg(target_os = "linux")]
    let synced = File::open(folder).and_then(|folder| Ok(rustix::fs::syncfs(folder)?));
    #[cfg(not(target_os = "linux"))]
    let synced = Ok(rustix::fs::sync());
    synced.map_err(|cause| FolderError::Folder { path: folder.to_owned(), cause })
}

/// Makes a rename last through a power cut.
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some network and memory-stick file systems know no such thing for folders.
        Err(error)
            if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
        {
            Ok(())
        }
        result => result,
    }
}

/// An error of the system in plain words, without its number.
struct Cause<'a>(&'a io::Error);

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.kind() {
            io::ErrorKind::PermissionDenied => "permission denied",
            io::ErrorKind::NotFound => "a folder on the way to it does not exist",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full",
            io::ErrorKind::FileTooLarge => "it would be larger than files may be here",
            io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
            io::ErrorKind::IsADirectory => "it is a folder",
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                "a file stands where a folder should"
            }
            io::ErrorKind::InvalidFilename => "the name is too long or not allowed here",
            _ => return write!(f, "{}", self.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_wave_is_the_home_folder_and_only_at_the_beginning() {
        let home = Xdg::new().expect("a home").home_dir().to_owned();
        assert_eq!(typed("~"), home);
        assert_eq!(typed("~/a b.md"), home.join("a b.md"));
        assert_eq!(typed("~//etc"), home.join("etc"));
        for path in ["~other/a", "a/~", "/a/~/b", "", "./~"] {
            assert_eq!(typed(path), PathBuf::from(path));
        }
    }

    #[test]
    fn the_journal_is_where_it_is_asked_to_be() {
        let path = journal_path(Some("/notes/j.db".into())).expect("a path");
        assert_eq!(path, Path::new("/notes/j.db"));
        let here = std::env::current_dir().expect("a working folder");
        assert_eq!(journal_path(Some("j.db".into())).expect("a path"), here.join("j.db"));
        let unasked = journal_path(None).expect("a home folder");
        assert!(unasked.is_absolute() && unasked.ends_with("confidant/journal.db"));
        assert_eq!(journal_path(Some(PathBuf::new())).expect("as if unasked"), unasked);
    }

    #[test]
    fn new_folders_are_private_and_old_ones_stay() {
        let root = tempfile::tempdir().expect("a folder");
        fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).expect("ours");
        let folder = root.path().join("a/b");
        prepare_folder(&folder).expect("made");
        prepare_folder(&folder).expect("already there");
        assert_eq!(
            (mode(root.path()), mode(&root.path().join("a")), mode(&folder)),
            (0o755, 0o700, 0o700)
        );
    }

    #[test]
    fn a_file_in_the_way_is_named() {
        let root = tempfile::tempdir().expect("a folder");
        let file = root.path().join("file");
        fs::write(&file, "").expect("a file");
        for folder in [file.clone(), file.join("below")] {
            let error = prepare_folder(&folder).expect_err("a file").to_string();
            assert_eq!(
                error,
                format!(
                    "The folder {} cannot be written: a file stands where a folder should. Choose another with --journal.",
                    folder.display()
                )
            );
        }
    }

    #[test]
    fn a_private_file_is_made_once() {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join("journal.db");
        create_private(&path).expect("made").write_all(b"words").expect("written");
        assert_eq!(mode(&path), 0o600);
        assert!(matches!(create_private(&path), Err(FolderError::Exists(_))));
        let dangling = root.path().join("link");
        std::os::unix::fs::symlink(root.path().join("elsewhere"), &dangling).expect("a link");
        assert!(matches!(create_private(&dangling), Err(FolderError::Exists(_))));
    }

    #[test]
    fn a_written_file_is_whole_private_and_alone() {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join("export.md");
        write_private(&path, b"first", Existing::Keep).expect("written");
        assert_eq!((fs::read(&path).expect("readable"), mode(&path)), (b"first".to_vec(), 0o600));

        let error = write_private(&path, b"second", Existing::Keep).expect_err("there already");
        assert!(
            error.to_string().ends_with("is already there. Choose another name, or move it away.")
        );
        assert_eq!(fs::read(&path).expect("readable"), b"first");

        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("ours");
        write_private(&path, b"second", Existing::Replace).expect("replaced");
        assert_eq!((fs::read(&path).expect("readable"), mode(&path)), (b"second".to_vec(), 0o600));
        assert_eq!(names(root.path()), ["export.md"]);
    }

    #[test]
    fn nothing_is_left_of_a_write_that_fails() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("folder");
        fs::create_dir(&folder).expect("a folder");
        for existing in [Existing::Keep, Existing::Replace] {
            write_private(&folder, b"words", existing).expect_err("a folder has the name");
            write_private(&root.path().join("missing/file"), b"words", existing)
                .expect_err("no such folder");
            write_private(Path::new("/"), b"words", existing).expect_err("no name");
        }
        assert_eq!(names(root.path()), ["folder"]);
        let error = write_private(&folder, b"words", Existing::Replace).expect_err("a folder");
        assert_eq!(
            error.to_string(),
            format!(
                "The file {} cannot be written: it is a folder. Choose another place for it.",
                folder.display()
            )
        );
    }
}
