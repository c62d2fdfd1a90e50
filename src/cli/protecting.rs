//! A new passphrase: where it comes from, and how its recovery words are shown and asked back.

use std::fmt::Write as _;
use std::mem;

use anyhow::Result;
use clap::Args;
use zeroize::Zeroizing;

use super::failure::Failure;
use super::out;
use super::shell::Shell;
use crate::host::secret::{self, SecretError};
use crate::store::{Passphrase, Protection, RECOVERY_WORDS, RecoveryWords};

/// What is said of the words wherever they are shown.
pub const ABOUT_WORDS: &str = "\
Write these 24 words down, on paper, and keep them apart from this machine. Without the passphrase
and without these words nothing opens the journal, and nobody can help. A new passphrase makes new
words; backups that are made until then still need these.";

/// How a new passphrase is given.
#[derive(Debug, Args)]
pub struct New {
    /// A command that prints the new passphrase, instead of a prompt.
    #[arg(
        long,
        value_name = "CMD",
        env = "CONFIDANT_NEW_PASSPHRASE_COMMAND",
        hide_env_values = true
    )]
    new_passphrase_command: Option<String>,
    #[command(flatten)]
    words: Words,
}

/// What becomes of the recovery words where nobody is asked.
#[derive(Clone, Copy, Debug, Args)]
pub struct Words {
    /// Print the recovery words too, where a command gives the passphrase.
    #[arg(long)]
    print_words: bool,
}

/// A new passphrase, and whether its words were seen.
pub struct Given {
    pub protection: Protection,
    seen: bool,
}

impl New {
    /// The new passphrase: from the command that was named, else typed twice, its words shown and
    /// asked back. Nothing is written yet.
    pub fn give(&self) -> Result<Given> {
        let command = self.new_passphrase_command.as_ref().filter(|command| !command.is_empty());
        match command {
            Some(command) => by_command(secret::from_command(command)),
            None => typed(),
        }
    }

    /// Says of the words what is left to say, once they hold.
    pub fn tell(&self, given: &Given, shell: &mut Shell) -> Result<()> {
        self.words.tell(given, shell)
    }
}

impl Words {
    /// Prints the words where they were asked for; says that they were not shown where nobody saw
    /// them.
    pub fn tell(self, given: &Given, shell: &mut Shell) -> Result<()> {
        if self.print_words {
            let words = line(&given.protection.words());
            shell.out.line(&format!("Recovery words: {}", *words))?;
        } else if !given.seen {
            out::tell(
                "Its recovery words were not shown: --print-words prints them, and a new passphrase makes new ones.",
            );
        }
        Ok(())
    }
}

/// A new passphrase that a command gave.
pub fn by_command(words: Result<Zeroizing<String>, SecretError>) -> Result<Given> {
    let mut words = words.map_err(SecretError::of_new)?;
    let protection = Protection::new(&Passphrase::new(mem::take(&mut *words)))?;
    Ok(Given { protection, seen: false })
}

/// A new passphrase that is typed twice, with its words shown and asked back.
pub fn typed() -> Result<Given> {
    typed_unless_empty()?.ok_or_else(|| crate::store::Error::PassphraseEmpty.into())
}

/// The same; none if nothing is typed.
pub fn typed_unless_empty() -> Result<Option<Given>> {
    let mut first = secret::ask("New passphrase: ").map_err(SecretError::of_new)?;
    if first.is_empty() {
        return Ok(None);
    }
    let again = secret::ask("The same once more: ")?;
    if *first != *again {
        return Err(Failure::failed(
            "The two passphrases differ, so nothing was changed. Try again.",
        ));
    }
    drop(again);
    let protection = Protection::new(&Passphrase::new(mem::take(&mut *first)))?;
    let words = protection.words();
    let numbered = numbered(&words);
    loop {
        secret::show(&numbered, "Press Enter once you have written them down: ")?;
        match asked_back(&words)? {
            None => return Ok(Some(Given { protection, seen: true })),
            Some(place) => out::tell(&format!("Word {place} is another. Here they are again.")),
        }
    }
}

/// Asks for two of the words; the place of the first that is wrong.
fn asked_back(words: &RecoveryWords) -> Result<Option<usize>> {
    for place in words.two_places() {
        let typed = secret::ask(&format!("Word {place}: "))?;
        if !words.is_at(place, &typed) {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

/// The words in one line. Room for all of it at once, so that no copy stays behind.
fn line(words: &RecoveryWords) -> Zeroizing<String> {
    let mut line = Zeroizing::new(String::with_capacity(RECOVERY_WORDS * 9));
    for (at, word) in words.list().iter().enumerate() {
        if at > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The words as they are shown, four in a row.
fn numbered(words: &RecoveryWords) -> Zeroizing<String> {
    let mut shown = Zeroizing::new(String::with_capacity(1024));
    shown.push_str(ABOUT_WORDS);
    shown.push_str("\n\n");
    for (at, word) in (1..).zip(words.list()) {
        let end = if at % 4 == 0 { "\n" } else { "" };
        // Writing into a string cannot fail.
        let _ = write!(shown, "  {at:>2} {word:<9}{end}");
    }
    shown.push('\n');
    shown
}
