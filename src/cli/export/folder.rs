//! The folder that an export writes: files that an earlier export made there are replaced, all
//! others are left alone, and nothing is written where that cannot be.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::meter::{Meter, Metered};
use super::told_of_file;
use crate::cli::failure::Failure;
use crate::host::folders;
use crate::host::new_file::NewFile;
use crate::transfer::Piecemeal;

/// How far into a file the mark of an export stands at most.
const HEAD: u64 = 4096;

/// A folder that is being written.
pub struct Folder<'a> {
    path: &'a Path,
    /// The words by which a file of an earlier export is known.
    mark: &'static str,
    meter: Meter,
    /// How many files there will be.
    files: Cell<usize>,
    /// What an earlier export made and this one does not.
    stale: RefCell<Vec<PathBuf>>,
}

impl<'a> Folder<'a> {
    /// Makes the folder, if it is not there.
    pub fn new(path: &'a Path, mark: &'static str) -> Result<Self> {
        folders::prepare_folder(path)?;
        Ok(Self {
            path,
            mark,
            meter: Meter::default(),
            files: Cell::default(),
            stale: RefCell::default(),
        })
    }

    /// Looks at a folder inside of it, and at the names of all that is to be written there. Refuses
    /// the whole export where it would replace what somebody else wrote.
    pub fn look(&self, inside: &str, names: &[String]) -> Result<()> {
        let folder = self.path.join(inside);
        for name in names {
            let path = folder.join(name);
            if path.symlink_metadata().is_ok() && !self.is_ours(&path) {
                return Err(Failure::failed(format!(
                    "The file {} is already there and no export made it. Nothing was written. Choose another folder, or move it away.",
                    path.display()
                )));
            }
        }
        let names: HashSet<&OsStr> = names.iter().map(OsStr::new).collect();
        let there = fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok);
        let others = there.filter(|entry| !names.contains(entry.file_name().as_os_str()));
        let stale = others.map(|entry| entry.path()).filter(|path| self.is_ours(path));
        self.stale.borrow_mut().extend(stale);
        self.files.set(self.files.get() + names.len());
        Ok(())
    }

    /// Puts a file under its name that `work` writes piece by piece. Where nothing changed, it keeps
    /// its time.
    pub fn write(&self, name: &str, work: Piecemeal<'_>) -> Result<()> {
        let path = self.path.join(name);
        if let Some(folder) = path.parent() {
            folders::prepare_folder(folder)?;
        }
        let mut file = Metered::new(NewFile::instead_of(&path)?, &self.meter);
        let written = work(&mut file);
        let file = file.into_inner();
        written.map_err(|error| told_of_file(error, &file))?;
        Ok(file.finish_if_other()?)
    }

    /// Brings it all to the disk: how many files, and what an earlier export left in the folders of
    /// this one that is no part of it any more.
    pub fn finish(self) -> Result<(usize, Vec<PathBuf>)> {
        self.meter.done();
        folders::sync_below(self.path)?;
        let mut stale = self.stale.into_inner();
        stale.sort();
        Ok((self.files.get(), stale))
    }

    fn is_ours(&self, path: &Path) -> bool {
        let beginning = || -> io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            File::open(path)?.take(HEAD).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let is_file = path.symlink_metadata().is_ok_and(|about| about.is_file());
        is_file
            && beginning().is_ok_and(|bytes| {
                String::from_utf8_lossy(&bytes).lines().any(|line| line == self.mark)
            })
    }
}
