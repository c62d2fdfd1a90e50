//! `confidant recover`: the journal opened by its recovery words, and a new passphrase for it.

use std::io::{self, IsTerminal, Read};

use anyhow::Result;
use clap::Args;
use zeroize::Zeroizing;

use super::failure::Failure;
use super::protecting::New;
use super::shell::Shell;
use super::{out, passphrase};
use crate::host::secret;
use crate::store::{RecoveryWords, Secret, Store};

/// How often mistyped words may be typed again.
const TRIES: usize = 3;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant recover
  confidant recover --new-passphrase-command \"pass show journal\" < words.txt

It asks for the 24 recovery words that were shown when the passphrase was set, or reads them from
standard input, and then for a new passphrase. Numbers and capitals do not matter, and four letters
of each word are enough. A backup opens with the words of the time when it was made: name it with
--journal. Without the passphrase and without the words nothing opens a journal.")]
pub struct Recover {
    #[command(flatten)]
    new: New,
}

impl Recover {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let path = &shell.opening.path;
        if !Store::asks_for_passphrase(path)? {
            // Says so where it is no journal at all.
            Store::open(path, None, shell.stamp)?;
            return Err(Failure::failed(
                "This journal has no passphrase, so there is nothing to recover. `confidant` opens it.",
            ));
        }
        let words = words()?;
        let mut store = Store::open_by(path, Some(Secret::Words(&words)), shell.stamp)?;
        out::tell("The words open the journal. Give it a new passphrase.");
        let given = self.new.give()?;
        passphrase::replace(&mut store, &self.new, &given, shell)
    }
}

/// The words: what standard input holds, else typed, also more than once.
pub(super) fn words() -> Result<RecoveryWords> {
    if !io::stdin().is_terminal() {
        let mut typed = Zeroizing::new(String::with_capacity(4096));
        io::stdin().lock().take(4096).read_to_string(&mut typed).map_err(|error| {
            Failure::failed(format!("Standard input could not be read ({error}). Try again."))
        })?;
        return Ok(RecoveryWords::read(&typed).map_err(crate::store::Error::from)?);
    }
    let mut tries = 1;
    loop {
        let typed = secret::ask_shown("The 24 recovery words, in their order: ")?;
        match RecoveryWords::read(&typed) {
            Err(why) if tries < TRIES => {
                out::tell(&why.to_string());
                tries += 1;
            }
            read => return Ok(read.map_err(crate::store::Error::from)?),
        }
    }
}
