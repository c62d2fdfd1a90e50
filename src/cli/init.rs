//! `confidant init`: a new journal without the screen.

use anyhow::Result;
use clap::Args;

use super::failure::Failure;
use super::protecting::{self, Given, Words};
use super::shell::Shell;
use crate::domain::{Owner, text};
use crate::host::{folders, secret};
use crate::store::{Error, Store};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant init --name \"Asha Rao\" --passphrase
  confidant init --name \"Ruth\" --no-passphrase --journal ~/mentoring.db

With --passphrase the file is encrypted. It asks for the passphrase twice, shows 24 recovery words
and asks two of them back; with --passphrase-command nobody is asked. Without the passphrase and
without the words nothing opens the journal.")]
pub struct Init {
    /// Your name as you sign it.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Encrypt the journal with a passphrase.
    #[arg(long, conflicts_with = "no_passphrase")]
    passphrase: bool,
    /// Leave the journal open to everybody who can read your files.
    #[arg(long)]
    no_passphrase: bool,
    #[command(flatten)]
    words: Words,
}

impl Init {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let path = shell.opening.path.clone();
        if path.exists() {
            return Err(Error::Exists(path).into());
        }
        let owner = Owner { name: text::line(&self.name) };
        owner.check().map_err(|invalid| Failure::usage(invalid.message))?;
        let given = self.passphrase(shell)?;
        if let Some(folder) = path.parent() {
            folders::prepare_folder(folder)?;
        }
        let protection = given.as_ref().map(|given| &given.protection);
        let store = Store::create(&path, protection, &owner, shell.stamp)?;
        let lock =
            if store.is_encrypted() { "encrypted with your passphrase" } else { "not encrypted" };
        shell.out.line(&format!(
            "Started: the journal of {} at {}, {lock}.",
            owner.name,
            path.display()
        ))?;
        match &given {
            Some(given) => self.words.tell(given, shell),
            None => Ok(()),
        }
    }

    fn passphrase(&self, shell: &Shell) -> Result<Option<Given>> {
        if self.no_passphrase {
            return Ok(None);
        }
        let named = shell.opening.passphrase_command.is_some();
        if !self.passphrase && !named && !secret::can_ask() {
            return Err(Failure::usage(
                "Say --passphrase to encrypt the journal, or --no-passphrase to leave it open. There is no terminal to ask on.",
            ));
        }
        if let Some(command) = &shell.opening.passphrase_command {
            return protecting::by_command(secret::from_command(command)).map(Some);
        }
        let given = protecting::typed_unless_empty()?;
        if given.is_none() && self.passphrase {
            return Err(Failure::failed(
                "The passphrase was empty, so no journal was started. Try again, or say --no-passphrase.",
            ));
        }
        Ok(given)
    }
}
