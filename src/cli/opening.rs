//! Opening the journal: as it is, or with a passphrase from a command or the terminal.

use anyhow::Result;

use super::{Color, Opening, out, words};
use crate::domain::Stamp;
use crate::host::secret::{self, SecretError};
use crate::host::{last_use, risks};
use crate::store::{Error, Passphrase, Store};
use crate::wording;

/// How often a mistyped passphrase may be typed again.
const TRIES: usize = 3;

impl Opening {
    /// Opens the journal, asks for its passphrase if it has one, and says what its owner has to
    /// know of this copy.
    pub fn open(&self, stamp: Stamp) -> Result<Store> {
        let store = self.open_asking(stamp)?;
        tell_of_copy(&store, stamp)?;
        Ok(store)
    }

    fn open_asking(&self, stamp: Stamp) -> Result<Store> {
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

/// Says that this is an older copy than the one used last, and that the folder is a bad one; and
/// remembers that this was said.
fn tell_of_copy(store: &Store, stamp: Stamp) -> Result<()> {
    let Some(id) = store.journal_id()? else { return Ok(()) };
    let before = last_use::recall(&id);
    let reach = store.reach()?;
    let same = before.reach.map(|last| store.changed_at(last.change)).transpose()?.flatten();
    let missing = before.missing_in(reach, same);
    if let Some(missing) = missing {
        let when = |at| words::moment(at, stamp.now);
        out::tell(&wording::other_copy(&when(reach.at), &when(missing.at)));
    }
    let mut last = before.after(reach, missing.is_some());
    if let Some(risk) = risks::risk(store.path())
        && last.place.as_deref() != Some(risk.name())
    {
        out::tell(&risk.to_string());
        last.place = Some(risk.name().to_owned());
    }
    if last != before {
        last_use::remember(&id, &last);
    }
    Ok(())
}
