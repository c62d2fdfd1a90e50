//! What every command has at hand: the journal, the moment, and where to write.

use anyhow::Result;
use chrono::NaiveDate;

use super::out::{self, Out};
use super::{Everywhere, Host, Opening};
use crate::domain::{Origin, Stamp};
use crate::host::folders;
use crate::host::secret::{self, SecretError};
use crate::store::{Error, Passphrase, Store};

/// How often a mistyped passphrase may be typed again.
const TRIES: usize = 3;

pub struct Shell {
    /// Which journal.
    pub opening: Opening,
    /// What this command says.
    pub out: Out,
    /// When this command runs, and that it is this one.
    pub stamp: Stamp,
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
        Ok(Self { out: Out::new(opening.color), opening, stamp })
    }

    /// The day it is for the one who types.
    pub fn today(&self) -> NaiveDate {
        self.stamp.now.date_naive()
    }

    /// Opens the journal, and asks for its passphrase if it has one.
    pub fn open(&self) -> Result<Store> {
        let path = &self.opening.path;
        match Store::open(path, None, self.stamp) {
            Err(Error::PassphraseNeeded) => {}
            other => return Ok(other?),
        }
        if self.opening.passphrase_command.is_some() {
            return Ok(Store::open(path, Some(&self.passphrase("")?), self.stamp)?);
        }
        let mut tries = 1;
        loop {
            let passphrase = self.passphrase("Passphrase: ")?;
            match Store::open(path, Some(&passphrase), self.stamp) {
                Err(Error::PassphraseWrong) if tries < TRIES => {
                    out::tell("That passphrase does not open this journal. Try again.");
                    tries += 1;
                }
                other => return Ok(other?),
            }
        }
    }

    /// The passphrase from the command that was named, else from the terminal.
    pub fn passphrase(&self, prompt: &str) -> Result<Passphrase, SecretError> {
        let mut words = match &self.opening.passphrase_command {
            Some(command) => secret::from_command(command)?,
            None => secret::ask(prompt)?,
        };
        Ok(Passphrase::new(std::mem::take(&mut *words)))
    }

    /// A new passphrase: from the command that was named, else typed twice. None if none is wanted.
    pub fn new_passphrase(&self) -> Result<Option<Passphrase>> {
        if self.opening.passphrase_command.is_some() {
            return Ok(Some(self.passphrase("")?));
        }
        let mut first = secret::ask("A passphrase for the new journal: ")?;
        if first.is_empty() {
            return Ok(None);
        }
        let again = secret::ask("The same once more: ")?;
        if *first != *again {
            return Err(super::Failure::failed(
                "The two passphrases differ, so no journal was started. Try again.",
            ));
        }
        Ok(Some(Passphrase::new(std::mem::take(&mut *first))))
    }
}
