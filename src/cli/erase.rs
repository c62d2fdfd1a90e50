//! `confidant erase`: a person and all that belongs to them, for good.
//!
//! What will go is shown first, and the name is typed; nothing else is a yes.

use std::io::{self, BufRead};

use anyhow::Result;
use clap::Args;

use super::failure::Failure;
use super::shell::Shell;
use super::{out, whom, words};
use crate::domain::text;
use crate::store::{InBackups, Opens, Tally};
use crate::wording;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant erase \"Amina K.\"
  confidant erase --list

It shows what will go, and asks you to type the name. Then everything about this person is gone:
sessions with all versions, commitments, goals that are theirs and shared with nobody else, the
bin, the search index, and the backups in the folder \"backups\" unless --keep-backups is given.
Nothing brings it back. What you wrote about them under somebody else's name stays, as do copies
you made elsewhere. A line stays that something was erased, when, and how much; --list shows it.")]
pub struct Erase {
    /// Whom to erase.
    #[arg(required_unless_present = "list")]
    person: Option<String>,
    /// Leave the backups as they are.
    #[arg(long)]
    keep_backups: bool,
    /// List when something was erased, and how much.
    #[arg(long, conflicts_with_all = ["person", "keep_backups"])]
    list: bool,
}

impl Erase {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let Some(person) = self.person else { return list(shell) };
        let mut store = shell.open()?;
        let named = whom::person(&store, &person)?;
        let name = text::line(&named.name);
        let tally = store.belongings(named.person)?;
        out::tell(&format!("This will go for good: {}.", comprised(&name, &tally)));
        let backups = if self.keep_backups { Vec::new() } else { store.backups() };
        let closed = backups.iter().filter(|one| one.opens == Opens::ByAnother).count();
        match backups.len() - closed {
            0 => {}
            1 => out::tell("The same goes from the backup beside the journal."),
            n => out::tell(&format!("The same goes from the {n} backups beside the journal.")),
        }
        match closed {
            0 => {}
            1 => out::tell("1 backup of another passphrase cannot be opened and stays as it is."),
            n => out::tell(&format!(
                "{n} backups of another passphrase cannot be opened and stay as they are."
            )),
        }
        out::tell(&format!("Type {name} to erase:"));
        if text::line(&typed()?) != name {
            return Err(Failure::failed(
                "That is not the name, so nothing was erased. Run it again and type the name as it is shown.",
            ));
        }
        let gone = store.erase(shell.stamp, named.person)?;
        shell.out.line(&format!("Erased: {}.", comprised(&name, &gone)))?;
        if !backups.is_empty() {
            let progress = |done, of| out::progress(&format!("Looked at {done} of {of} backups."));
            let found = store.erase_in_backups(shell.stamp, named.person, progress);
            out::progress_done();
            tell_of_backups(shell, &found?)?;
        }
        Ok(())
    }
}

fn typed() -> Result<String> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| {
        Failure::failed(format!(
            "Standard input could not be read ({error}), so nothing was erased. Type the name and press Enter."
        ))
    })?;
    Ok(line)
}

fn tell_of_backups(shell: &mut Shell, found: &InBackups) -> Result<()> {
    shell.out.line(&format!("Erased from {} too.", wording::counted(found.erased, "backup")))?;
    for path in &found.left {
        out::tell(&format!(
            "This backup has another passphrase or is of an older Confidant, and was not changed: {}. Remove it yourself if the person stands in it.",
            path.display()
        ));
    }
    Ok(())
}

fn comprised(name: &str, tally: &Tally) -> String {
    let parts = wording::tally(tally);
    if parts.is_empty() { name.to_owned() } else { format!("{name}, {}", parts.join(", ")) }
}

fn list(shell: &mut Shell) -> Result<()> {
    let store = shell.open()?;
    let erasures = store.erasures()?;
    if erasures.is_empty() {
        out::tell("Nothing was ever erased here.");
    }
    for one in &erasures {
        let when = words::moment(one.at, shell.stamp.now);
        shell.out.line(&format!("{when}  {}", comprised("a person", &one.tally)))?;
    }
    Ok(())
}
