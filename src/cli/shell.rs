//! What every command has at hand: the journal, the moment, and where to write.

use anyhow::Result;
use chrono::NaiveDate;

use super::out::Out;
use super::{Everywhere, Host, Opening};
use crate::domain::{Clocks, Id, Origin, Relationship, Stamp, Zone};
use crate::host::{folders, own_editor, processes};
use crate::store::{Error, Store, Tidying};

pub struct Shell {
    /// Which journal.
    pub opening: Opening,
    /// What this command says.
    pub out: Out,
    /// When this command runs, and that it is this one.
    pub stamp: Stamp,
    /// Where the clock of the one who types stands.
    pub zone: Zone,
}

impl Shell {
    pub fn new(everywhere: Everywhere, host: &Host<'_>) -> Result<Self> {
        let now = host.clock.now();
        let opening = Opening {
            path: folders::journal_path(everywhere.journal)?,
            passphrase_command: everywhere.passphrase_command.filter(|command| !command.is_empty()),
            color: everywhere.color,
            ascii: everywhere.ascii,
        };
        let stamp = Stamp { now, origin: Origin::new(now) };
        Ok(Self { out: Out::new(opening.color), opening, stamp, zone: host.clock.zone() })
    }

    /// The day it is for the one who types.
    pub fn today(&self) -> NaiveDate {
        self.stamp.now.date_naive()
    }

    /// The clocks of the one who types and of the other.
    pub fn clocks(&self, store: &Store, with: Id<Relationship>) -> Result<Clocks> {
        Ok(Clocks { mine: self.zone, theirs: store.zone_of(with)? })
    }

    /// Opens the journal, and asks for its passphrase if it has one. What lies with an editor of a
    /// screen that ended comes in, what lies in the bin for long goes, and what an import left that was broken off goes on being taken away.
    pub fn open(&self) -> Result<Store> {
        let mut store = self.opening.open(self.stamp)?;
        // What an editor still has of a screen that ended is in clear: it comes in, and goes with
        // what goes.
        let taken = own_editor::left_behind().into_iter().try_for_each(|left| {
            if store.take_in(self.stamp.now, &left.name, &left.text)?.is_some() {
                own_editor::remove(&left.file);
            }
            Ok(())
        });
        // Who never uses the screen has a bin and arrivals too.
        let tidied = taken.and_then(|()| store.tidy_bin(self.stamp.now));
        match tidied.and_then(|()| store.tidy_arrivals(processes::is_running, Tidying::Seen)) {
            // Somebody else writes just now; there will be other starts.
            Ok(_) | Err(Error::Busy | Error::ReadOnly | Error::Full) => Ok(store),
            Err(error) => Err(error.into()),
        }
    }
}
