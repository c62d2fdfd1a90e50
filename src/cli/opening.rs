//! Opening the journal: as it is, or with a passphrase from a command or the terminal.

use anyhow::Result;

use super::{Color, Opening, out};
use crate::domain::Stamp;
use crate::host::secret::{self, SecretError};
use crate::store::{Error, Passphrase, Store};

/// How often a mistyped passphrase may be typed again.
const TRIES: usize = 3;

impl Opening {
    /// Opens the journal, and asks for its passphrase if it has one.
    pub fn open(&self, stamp: Stamp) -> Result<Store> {
        match self.open_unasked(stamp) {
            Err(error) if matches!(error.downcast_ref(), Some(Error::PassphraseNeeded)) => {}
            other => return other,
        }
        let mut tries = 1;
        loop {
            let passphrase = self.passphrase("Passphrase: ")?;
            match Store::open(&self.path, Some(&passphrase), stamp) {
                Err(Error::PassphraseWrong) if tries < TRIES => {
                    out::tell("That passphrase does not open this journal. Try again.");
                    tries += 1;
                }
                other => return Ok(other?),
            }
        }
    }

    /// Opens the journal without asking anybody: one with a passphrase only by the command that was
    /// named.
    pub fn open_unasked(&self, stamp: Stamp) -> Result<Store> {
        match Store::open(&self.path, None, stamp) {
            Err(Error::PassphraseNeeded) if self.passphrase_command.is_some() => {
                Ok(Store::open(&self.path, Some(&self.passphrase("")?), stamp)?)
            }
            other => Ok(other?),
        }
    }

    /// Whether the screen is to be in colour.
    pub fn wants_color(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }

    /// The passphrase from the command that was named, else from the terminal.
    pub fn passphrase(&self, prompt: &str) -> Result<Passphrase, SecretError> {
        let mut words = match &self.passphrase_command {
            Some(command) => secret::from_command(command)?,
            None => secret::ask(prompt)?,
        };
        Ok(Passphrase::new(std::mem::take(&mut *words)))
    }
}
