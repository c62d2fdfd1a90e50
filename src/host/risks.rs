//! Folders in which a journal comes to harm: those that a program keeps in step with other machines,
//! and those that lie on another machine.

use std::fmt;
use std::path::Path;

use super::sticks::file_system_of;

/// Why a journal should not lie where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Risk {
    /// This program carries the files of the folder to other machines.
    Synced(&'static str),
    /// The folder lies on another machine, by this kind of file system.
    Network(String),
}

impl Risk {
    /// What it is, in a word.
    pub fn name(&self) -> &str {
        match self {
            Self::Synced(program) => program,
            Self::Network(kind) => kind,
        }
    }
}

impl fmt::Display for Risk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Synced(program) => write!(
                f,
                "The journal lies in a folder that {program} keeps in step with other machines. It may carry the file away in the middle of a write, or bring an older one back, and both damage a journal. Keep the journal elsewhere, and put backups into that folder."
            ),
            Self::Network(kind) => write!(
                f,
                "The journal lies on another machine ({kind}). Such folders do not keep two programs from writing at once, and a connection that breaks can damage the file. Keep the journal on this machine, and put backups into that folder."
            ),
        }
    }
}

/// Files and folders by which such a program is known, in the folder it looks after.
const MARKS: &[(&str, &str)] = &[
    (".stfolder", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".owncloudsync.log", "Nextcloud"),
    (".nextcloudsync.log", "Nextcloud"),
];

/// How such folders are called, or begin to be.
const NAMES: &[(&str, &str)] = &[
    ("Dropbox", "Dropbox"),
    ("OneDrive", "OneDrive"),
    ("com~apple~CloudDocs", "iCloud"),
    ("Mobile Documents", "iCloud"),
    ("iCloudDrive", "iCloud"),
    ("Google Drive", "Google Drive"),
    ("GoogleDrive", "Google Drive"),
];

/// File systems of other machines.
const NETWORK: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "ceph",
    "glusterfs",
    "davfs",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.davfs2",
    "fuse.glusterfs",
    "fuse.s3fs",
];

/// Why the journal at `path` should not lie there, if it should not.
pub fn risk(path: &Path) -> Option<Risk> {
    let folder = path.parent()?;
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let synced = real.ancestors().find_map(syncing).map(Risk::Synced);
    synced.or_else(|| {
        let kind = file_system_of(&real).filter(|kind| NETWORK.contains(&kind.as_str()));
        kind.map(Risk::Network)
    })
}

/// Which program looks after this folder.
fn syncing(folder: &Path) -> Option<&'static str> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let by_name = NAMES.iter().find(|(known, _)| {
        name.strip_prefix(known).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    let by_mark = || MARKS.iter().find(|(mark, _)| folder.join(mark).exists());
    by_name.or_else(by_mark).map(|(_, program)| *program)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn folders_that_are_kept_in_step_are_known_by_name_or_mark() {
        let root = tempfile::tempdir().expect("a folder");
        for (folder, program) in [
            ("Dropbox/notes", Some("Dropbox")),
            ("Dropbox (Work)/notes", Some("Dropbox")),
            ("OneDrive - Clinic/a/b", Some("OneDrive")),
            ("Library/Mobile Documents/com~apple~CloudDocs", Some("iCloud")),
            ("Dropboxes/notes", None),
            ("notes", None),
        ] {
            let folder = root.path().join(folder);
            fs::create_dir_all(&folder).expect("a folder");
            let found = risk(&folder.join("journal.db"));
            assert_eq!(found, program.map(Risk::Synced), "{}", folder.display());
        }
        fs::create_dir(root.path().join("notes/.stfolder")).expect("a mark");
        let deep = root.path().join("notes/a/b");
        fs::create_dir_all(&deep).expect("a folder");
        assert_eq!(risk(&deep.join("journal.db")), Some(Risk::Synced("Syncthing")));
    }

    #[test]
    fn each_says_what_it_is_and_what_to_do() {
        for risk in [Risk::Synced("Syncthing"), Risk::Network("nfs4".to_owned())] {
            let says = risk.to_string();
            assert!(says.contains(risk.name()) && says.contains("Keep the journal"), "{says}");
        }
    }
}
