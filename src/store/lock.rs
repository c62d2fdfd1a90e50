//! Closing the journal while its screen stays, and opening it again.

use std::path::Path;

use rusqlite::Connection;

use super::file::{self, Beginning};
use super::key::Secret;
use super::{Result, Store};
use crate::domain::Stamp;

impl Store {
    /// Closes the file and wipes its key. Until [`Store::unlock`] nothing of the journal is to be
    /// asked for, and nothing would come.
    pub fn lock(&mut self) -> Result<()> {
        // The connection that takes its place leads nowhere and knows no key.
        self.db = Connection::open_in_memory()?;
        self.key = None;
        Ok(())
    }

    /// Opens the file again, for the same writer; also where it was replaced meanwhile. Where it
    /// does not open, it stays locked.
    pub fn unlock(&mut self, secret: Option<Secret<'_>>, stamp: Stamp) -> Result<()> {
        let stamp = Stamp { origin: self.origin, ..stamp };
        let mut opened = Self::open_by(&self.path, secret, stamp)?;
        opened.stop_reading_when(self.key_waits)?;
        *self = opened;
        Ok(())
    }

    /// Whether the file at `path` asks for a passphrase. Not while it is open in this process.
    pub fn asks_for_passphrase(path: &Path) -> Result<bool> {
        Ok(matches!(file::beginning(path)?, Beginning::Salt(_)))
    }
}
