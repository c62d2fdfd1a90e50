//! Bringing in what was written before, at the first start: a journal file or a backup of one, also
//! encrypted, or an export.
//!
//! A copy is opened, gone through from its first page to its last, brought forward where it is of an
//! older form, and read back. The file itself is only read, and nothing stands in the journal's
//! place before all of that went well.

use std::path::Path;

use super::arriving::SAID_EVERY;
use super::desk::Desk;
use super::outside::Outside;
use super::secret::Given;
use super::theme::Look;
use crate::domain::{Origin, Owner, Stamp};
use crate::host::incoming::Reader;
use crate::store::{Error, Store};
use crate::transfer::bringing::{Bringing, Went};
use crate::transfer::json;

/// What is to be brought in.
pub struct From {
    /// Where it lies.
    pub path: String,
    /// The writer's name, for an export that becomes a new journal.
    pub owner: String,
    /// What opens it, once that was asked for.
    pub given: Option<Given>,
}

/// Why it was not.
pub enum Refused {
    /// It is encrypted, or looks so, and nothing was given that could open it.
    Locked,
    /// Something else, in a sentence.
    Why(String),
}

impl<T: Into<String>> std::convert::From<T> for Refused {
    fn from(why: T) -> Self {
        Self::Why(why.into())
    }
}

/// What became of it.
pub enum Brought {
    /// The journal that it became is open.
    Open(Box<Desk>),
    /// An export, which is read a bit at a time.
    Reading(Box<Export>),
}

/// Brings it in, and opens the journal that it became at `path`.
pub fn bring(
    path: &Path,
    from: From,
    look: &Look,
    outside: &mut dyn Outside,
) -> Result<Brought, Refused> {
    let now = outside.now();
    let stamp = Stamp { now, origin: Origin::new(now) };
    let secret = from.given.as_ref().map(Given::secret);
    let copy = outside.copy_file(&from.path)?;
    let other = match Store::open_by(&copy, secret, stamp) {
        Ok(other) => other,
        // What does not begin as a plain journal is an export, or looks as if it were encrypted.
        Err(error @ (Error::PassphraseNeeded | Error::NotAJournal(_))) => {
            let mut reader = outside.read_copy(&copy)?;
            let beginning = reader.fill_buf().map_err(|error| error.to_string())?;
            let is_export = beginning.trim_ascii_start().starts_with(b"{");
            match error {
                _ if is_export && from.owner.is_empty() => {
                    let why = "Write your name too: the export becomes a new journal of yours.";
                    return Err(why.into());
                }
                _ if is_export => {
                    let export = Export::begin(reader, from, stamp, outside)?;
                    return Ok(Brought::Reading(Box::new(export)));
                }
                Error::PassphraseNeeded => return Err(Refused::Locked),
                _ => return Err(no_journal(&from.path).into()),
            }
        }
        Err(error) => return Err(said(&error, &from.path).into()),
    };
    let desk = open(&other, path, &from, stamp, look, outside)?;
    Ok(Brought::Open(Box::new(desk)))
}

/// Goes through what was brought in, puts a copy of it in the journal's place and opens that.
fn open(
    other: &Store,
    path: &Path,
    from: &From,
    stamp: Stamp,
    look: &Look,
    outside: &dyn Outside,
) -> Result<Desk, Refused> {
    let secret = from.given.as_ref().map(Given::secret);
    let whole = other.verify(|_| {}).map_err(|error| said(&error, &from.path))?;
    if !whole.problems.is_empty() {
        return Err(damaged(&from.path).into());
    }
    let copied = other.copy_to_new_place(path).and_then(|()| Store::open_by(path, secret, stamp));
    let store = copied.map_err(|error| error.to_string())?;
    let mut desk = Desk::open(store, look, outside).map_err(|error| error.to_string())?;
    // Who has only the words wants another passphrase next.
    if from.given.as_ref().is_some_and(Given::is_words) {
        desk.ask_new_passphrase();
    }
    Ok(desk)
}

/// What went wrong, of the file that was named and not of the copy that was looked at.
fn said(error: &Error, from: &str) -> String {
    match error {
        Error::PassphraseWrong | Error::WordsWrong => {
            "That does not open it. Try again; there is no limit. If it is no journal, nothing does: Esc goes back."
                .to_owned()
        }
        Error::Damaged | Error::Moved | Error::HeaderDamaged { .. } => damaged(from),
        Error::NotAJournal(_) => no_journal(from),
        Error::TooNew { .. } => format!(
            "{from} was written by a newer Confidant. It was not changed; update Confidant to bring it in."
        ),
        other => other.to_string(),
    }
}

fn damaged(from: &str) -> String {
    format!("{from} is damaged, so it was not brought in. It was not changed; try another backup.")
}

fn no_journal(from: &str) -> String {
    format!("{from} is no Confidant journal and no export of one.")
}

/// An export on its way into a journal that goes away with the program: only a whole one is copied.
pub struct Export {
    store: Store,
    bringing: Bringing<json::Reading>,
    from: From,
    stamp: Stamp,
}

impl Export {
    fn begin(
        export: Reader,
        from: From,
        stamp: Stamp,
        outside: &mut dyn Outside,
    ) -> Result<Self, String> {
        let path = outside.temporary_folder()?.join("journal.db");
        let owner = Owner { name: from.owner.clone() };
        let said = |error: Error| error.to_string();
        let store = Store::create(&path, None, &owner, stamp).map_err(said)?;
        let arrival = store.begin_arrival(stamp, outside.process()).map_err(said)?;
        let bringing = json::begin(arrival, export).map_err(|error| error.to_string())?;
        Ok(Self { store, bringing, from, stamp })
    }

    /// Goes on for as long as one short write takes. Says whether all of it is read.
    pub fn go_on(&mut self) -> Result<bool, String> {
        let went = self.bringing.go_on(&mut self.store).map_err(|error| error.to_string())?;
        Ok(went == Went::Done)
    }

    /// How far it is.
    pub fn says(&self) -> String {
        let read = self.bringing.read() / SAID_EVERY * SAID_EVERY;
        format!("Reading the export: {read} records so far. Esc breaks it off.")
    }

    /// Opens the journal that it became at `path`.
    pub fn open(
        self,
        path: &Path,
        look: &Look,
        outside: &dyn Outside,
    ) -> Result<Box<Desk>, Refused> {
        open(&self.store, path, &self.from, self.stamp, look, outside).map(Box::new)
    }
}
