//! `confidant init`: a new journal without the screen.

use anyhow::Result;
use clap::Args;

use super::failure::Failure;
use super::shell::Shell;
use crate::domain::{Owner, text};
use crate::host::{folders, secret};
use crate::store::{Error, Passphrase, Protection, Store};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant init --name \"Asha Rao\" --passphrase
  confidant init --name \"Ruth\" --no-passphrase --journal ~/mentoring.db

With --passphrase the file is encrypted. Nobody can open it without the passphrase, you neither.")]
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
}

impl Init {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let path = shell.opening.path.clone();
        if path.exists() {
            return Err(Error::Exists(path).into());
        }
        let owner = Owner { name: text::line(&self.name) };
        owner.check().map_err(|invalid| Failure::usage(invalid.message))?;
        let passphrase = self.passphrase(shell)?;
        if let Some(folder) = path.parent() {
            folders::prepare_folder(folder)?;
        }
        let protection = passphrase.as_ref().map(Protection::new).transpose()?;
        let store = Store::create(&path, protection.as_ref(), &owner, shell.stamp)?;
        let lock =
            if store.is_encrypted() { "encrypted with your passphrase" } else { "not encrypted" };
        shell.out.line(&format!(
            "Started: the journal of {} at {}, {lock}.",
            owner.name,
            path.display()
        ))?;
        Ok(())
    }

    fn passphrase(&self, shell: &Shell) -> Result<Option<Passphrase>> {
        if self.no_passphrase {
            return Ok(None);
        }
        let named = shell.opening.passphrase_command.is_some();
        if !self.passphrase && !named && !secret::can_ask() {
            return Err(Failure::usage(
                "Say --passphrase to encrypt the journal, or --no-passphrase to leave it open. There is no terminal to ask on.",
            ));
        }
        let passphrase = shell.opening.new_passphrase()?;
        if passphrase.is_none() && self.passphrase {
            return Err(Failure::failed(
                "The passphrase was empty, so no journal was started. Try again, or say --no-passphrase.",
            ));
        }
        Ok(passphrase)
    }
}
