//! What can go wrong with a journal, said to a person: what happened, then what to do.
//!
//! No message quotes anything that was written.

use std::path::PathBuf;

use rusqlite::ErrorCode;
use rusqlite::ffi;

use super::{NoWords, Refused};
use crate::domain::Invalid;

/// Why a store call failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no file at the path.
    #[error("There is no journal at {}. Start one with `confidant init --name \"Your name\"`, or name another with --journal.", .0.display())]
    NoJournal(PathBuf),
    /// A new journal would overwrite a file.
    #[error("There is a file at {} already. Nothing was changed; name another place with --journal.", .0.display())]
    Exists(PathBuf),
    /// The file is something else.
    #[error("{} is not a Confidant journal. It was not changed; name the right file with --journal.", .0.display())]
    NotAJournal(PathBuf),
    /// A later Confidant wrote the file.
    #[error(
        "This journal was written by a newer Confidant (its form is {found}, this one knows {known}). It was not changed; update Confidant to open it."
    )]
    TooNew {
        /// The form of the file.
        found: i64,
        /// The newest form this program knows.
        known: i64,
    },
    /// The file is encrypted and no passphrase was given.
    #[error(
        "This journal is locked with a passphrase. Give it at the prompt, or by --passphrase-command."
    )]
    PassphraseNeeded,
    /// The passphrase does not open the file.
    #[error("That passphrase does not open this journal. Nothing was changed; try again.")]
    PassphraseWrong,
    /// There was no letter in it.
    #[error("An empty passphrase protects nothing. Give one with at least one letter.")]
    PassphraseEmpty,
    /// The recovery words do not open the file.
    #[error(
        "Those recovery words do not open this journal: they are of another passphrase than the one that is set now. Nothing was changed."
    )]
    WordsWrong,
    /// The recovery words open a backup and not the journal.
    #[error(
        "Those recovery words do not open this journal, but they open the backup {}: they are of the passphrase that was set when it was made. Nothing was changed.", .backup.display()
    )]
    WordsOpenBackup {
        /// The newest backup that opens.
        backup: PathBuf,
    },
    /// What was typed are no recovery words.
    #[error(transparent)]
    NoWords(NoWords),
    /// The passphrase is right, but the first bytes of the file are not what they were.
    #[error(
        "The passphrase is right, but the beginning of the journal file is damaged. It was not changed. `confidant restore --newest` puts the newest good backup in its place and keeps the damaged file."
    )]
    HeaderDamaged {
        /// The newest backup that opens.
        backup: PathBuf,
    },
    /// The passphrase opens a backup and not the journal.
    #[error(
        "That passphrase does not open this journal, but it opens the backup {}. If you have changed the passphrase since, give the new one; if not, the journal is damaged and the backup can be restored. Nothing was changed.", .backup.display()
    )]
    OpensBackup {
        /// The newest backup that opens.
        backup: PathBuf,
    },
    /// Bringing the file to the form of this program failed.
    #[error(
        "This journal is of an older form and could not be brought up to date. It was not changed, and a copy lies at {}. Open it with the Confidant you had, and report this.", .backup.display()
    )]
    NotUpgraded {
        /// The copy that was made before.
        backup: PathBuf,
    },
    /// The program was built without encryption.
    #[error(
        "This build of Confidant cannot encrypt, so it will not open any journal. Build it again with its default features."
    )]
    NoCodec,
    /// The file does not read as it should.
    #[error(
        "The journal is damaged and was not changed. `confidant restore --newest` puts the newest good backup in its place and keeps the damaged file."
    )]
    Damaged,
    /// A backup that was to take the journal's place does not read as it should.
    #[error("The backup {} is damaged, so the journal was left as it is. `confidant backup --list` shows the others.", .0.display())]
    BadBackup(PathBuf),
    /// What was given does not open the backup.
    #[error("That does not open the backup {}: a backup opens with the passphrase that was set when it was made, or with its recovery words. Nothing was changed; try again.", .0.display())]
    NotOfBackup(PathBuf),
    /// There is no such backup.
    #[error("There is no backup at {}. `confidant backup --list` shows those beside the journal.", .0.display())]
    NoBackup(PathBuf),
    /// The journal was named as the backup to restore.
    #[error("{} is the journal itself. Name a backup of it; `confidant backup --list` shows them.", .0.display())]
    IsTheJournal(PathBuf),
    /// A copy did not open as it should, so it does not count.
    #[error("The backup at {} could not be read back, so it was not kept. Check the disk and try again.", .0.display())]
    BadCopy(PathBuf),
    /// Another process is writing.
    #[error("The journal is in use by another Confidant just now. Try again in a moment.")]
    Busy,
    /// Another import is at work.
    #[error("Another import is under way in this journal. Wait until it has ended, and try again.")]
    Arriving,
    /// The file under the open journal was moved, replaced or removed.
    #[error(
        "The journal file was moved or replaced while it was open. What you wrote is kept; open the journal again."
    )]
    Moved,
    /// Somebody else wrote the record since it was read.
    #[error("This was changed elsewhere since you opened it. Nothing was overwritten.")]
    Stale,
    /// The record is not there, or in the bin.
    #[error("That is no longer in the journal. It may be in the bin: `confidant bin`.")]
    Gone,
    /// A short id names more than one record.
    #[error("Several things have that short id. Open the one you mean from a list.")]
    Several,
    /// There is nothing to take back, or it cannot be.
    #[error("{0}")]
    Refused(Refused),
    /// A value breaks a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// No room on the disk, or a limit on the size of files.
    #[error("The disk is full: make some room, then save again. Nothing is lost until you leave.")]
    Full,
    /// No room on the disk to write the whole journal anew beside itself, which has so many bytes.
    #[error(
        "No room to write the journal anew: free about {} MB, then try again. Nothing was changed.", megabytes(*.0)
    )]
    NoRoom(u64),
    /// No room on the disk, but there was a reserve, and now there is as much room again.
    #[error(
        "The disk is full: do it once more, then make some room. The last reserve was given free for that."
    )]
    AlmostFull,
    /// The file or its folder cannot be written.
    #[error(
        "The journal cannot be written: the file or its folder is read-only. Make it writable, or name another with --journal."
    )]
    ReadOnly,
    /// The call was stopped because a key waits.
    #[error("Stopped, because something else was asked for.")]
    Stopped,
    /// The system refused to read or write a file.
    #[error("{}: {}. Check that it can be read and written.", path.display(), source)]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Anything else SQLite reports.
    #[error("The journal could not be read or written ({}). Nothing was changed; `confidant verify` checks the file.", code(.0))]
    Sqlite(rusqlite::Error),
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}

/// What SQLite says of `error` without the text of any statement or value.
fn code(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(failure, _) => failure.to_string(),
        rusqlite::Error::InvalidColumnType(_, column, _) => {
            format!("the column {column} holds something unexpected")
        }
        _ => "an unexpected answer of the database".to_owned(),
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let Some(failure) = error.sqlite_error() else {
            return match error {
                rusqlite::Error::QueryReturnedNoRows => Self::Gone,
                other => Self::Sqlite(other),
            };
        };
        match (failure.code, failure.extended_code) {
            (_, ffi::SQLITE_READONLY_DBMOVED) => Self::Moved,
            // A file-size limit is told as a failed write and not as a full disk.
            (_, ffi::SQLITE_IOERR_WRITE) | (ErrorCode::DiskFull, _) => Self::Full,
            // Another process, which still had the file open that was replaced, took this write for
            // one that had broken off.
            (_, ffi::SQLITE_IOERR_DELETE_NOENT)
            | (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Self::Busy,
            (ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied, _) => {
                Self::ReadOnly
            }
            // It was one when it was opened: something else was written into it.
            (ErrorCode::NotADatabase, _) => Self::Moved,
            (ErrorCode::DatabaseCorrupt, _) => Self::Damaged,
            (ErrorCode::OperationInterrupted, _) => Self::Stopped,
            // What it was to belong to was taken away meanwhile.
            (_, ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Self::Gone,
            _ => Self::Sqlite(error),
        }
    }
}
