//! What is being brought in while the screen goes on: a short write at a time, between two keys.

use crate::domain::{Id, Relationship, Stamp};
use crate::host::incoming::Incoming;
use crate::store::{Arrival, Result as Stored, Store};
use crate::transfer::bringing::{Bringing, Went};
use crate::transfer::entries::{self, Dating, Entering, Program, Wanted};
use crate::transfer::{Error, json};
use crate::wording::brought::Brought;

/// After how many pieces it says anew how far it is.
pub const SAID_EVERY: usize = 100;

/// What is to be brought in, as it was asked for.
#[derive(Clone, Debug, Default)]
pub struct Bring {
    /// Where it lies, as it was typed.
    pub path: String,
    /// What it is.
    pub what: What,
    /// Whether it is only to be said what would come in.
    pub is_try: bool,
}

/// What is to be brought in.
#[derive(Clone, Debug, Default)]
pub enum What {
    /// What Confidant exported.
    #[default]
    Export,
    /// The entries of another program.
    Entries {
        /// Which one.
        program: Program,
        /// With whom the sessions were.
        with: Id<Relationship>,
        /// Only the entries with this tag; empty for all.
        tag: String,
        /// How their days are found.
        dating: Dating,
    },
}

/// An import under way.
pub struct Arriving {
    /// What was asked for.
    pub bring: Bring,
    stage: Stage,
}

enum Stage {
    /// What an earlier one left is still going.
    Waiting(Incoming),
    Export(Bringing<json::Reading>),
    Entries(Bringing<Entering>),
}

impl Arriving {
    /// What is to begin as soon as nothing else is on its way.
    pub const fn new(bring: Bring, from: Incoming) -> Self {
        Self { bring, stage: Stage::Waiting(from) }
    }

    /// Whether it still waits for what an earlier one left.
    pub const fn is_waiting(&self) -> bool {
        matches!(self.stage, Stage::Waiting(_))
    }

    /// Begins to read.
    pub fn begin(self, store: &Store, stamp: Stamp, process: &str) -> Result<Self, Error> {
        let Self { bring, stage: Stage::Waiting(from) } = self else { return Ok(self) };
        let arrival = if bring.is_try {
            Arrival::tried(stamp)
        } else {
            store.begin_arrival(stamp, process)?
        };
        let stage = match (&bring.what, from) {
            (What::Export, Incoming::File(_, reader) | Incoming::Stdin(reader)) => {
                Stage::Export(json::begin(arrival, reader)?)
            }
            (What::Export, Incoming::Folder(_)) => return Err(Error::NotAnExport),
            (What::Entries { program, with, tag, dating }, from) => {
                let (program, dating) = (*program, dating.clone());
                let tagged = Some(tag.clone()).filter(|tag| !tag.is_empty());
                let wanted = Wanted { with: *with, tagged, program };
                let read =
                    move |each: entries::Each<'_>| entries::read(from, program, &dating, each);
                Stage::Entries(Bringing::begin(arrival, Entering::new(stamp, wanted), read)?)
            }
        };
        Ok(Self { bring, stage })
    }

    /// Goes on for as long as one short write takes, and a shorter one while somebody types.
    pub fn go_on(&mut self, store: &mut Store, types: bool) -> Result<Went, Error> {
        match &mut self.stage {
            Stage::Waiting(_) => Ok(Went::Wrote),
            Stage::Export(bringing) => {
                bringing.write_little(types);
                bringing.go_on(store)
            }
            Stage::Entries(bringing) => {
                bringing.write_little(types);
                bringing.go_on(store)
            }
        }
    }

    /// Breaks it off: nothing of it will be seen. One of which all is there stays.
    pub fn break_off(&self, store: &mut Store) -> Stored<()> {
        match &self.stage {
            Stage::Waiting(_) => Ok(()),
            Stage::Export(bringing) => bringing.break_off(store),
            Stage::Entries(bringing) => bringing.break_off(store),
        }
    }

    /// Whether it can still be broken off.
    pub fn can_be_broken_off(&self) -> bool {
        match &self.stage {
            Stage::Waiting(_) => true,
            Stage::Export(bringing) => bringing.can_be_broken_off(),
            Stage::Entries(bringing) => bringing.can_be_broken_off(),
        }
    }

    /// What came in, or would; for when all of it is there.
    pub fn told(self, store: &Store) -> Stored<Brought> {
        let is_try = self.bring.is_try;
        match (self.stage, self.bring.what) {
            (Stage::Export(bringing), _) => Brought::document(&bringing.told(), store, is_try),
            (Stage::Entries(bringing), What::Entries { with, tag, .. }) => {
                let name = store.named(with)?.name;
                Ok(Brought::entries(&bringing.told(), &name, Some(&tag), is_try))
            }
            _ => Ok(Brought { is_try, ..Brought::default() }),
        }
    }

    /// What the file or folder is called.
    pub fn name(&self) -> &str {
        let path = self.bring.path.trim_end_matches('/');
        path.rsplit('/').next().unwrap_or(path)
    }

    /// How much of it was read, in words: "1200 entries".
    pub fn so_far(&self) -> String {
        let (read, what) = match &self.stage {
            Stage::Waiting(_) => (0, "entries"),
            Stage::Export(bringing) => (bringing.read(), "records"),
            Stage::Entries(bringing) => (bringing.read(), "entries"),
        };
        format!("{} {what}", read / SAID_EVERY * SAID_EVERY)
    }

    /// How far it is, for the status line.
    pub fn says(&self) -> String {
        let verb = if self.bring.is_try { "Looking through" } else { "Bringing in" };
        let name = self.name();
        if self.is_waiting() {
            return format!("{verb} begins when what an earlier one left is cleared: {name}");
        }
        if !self.can_be_broken_off() {
            return format!("{verb}: all of it is read, and becomes visible: {name}");
        }
        format!("{verb}: {} so far, m breaks it off: {name}", self.so_far())
    }
}
