//! `confidant bin`: what was deleted in the last thirty days, and how it comes back.

use anyhow::Result;
use clap::{Args, Subcommand};

use super::failure::Failure;
use super::out::{self, Part};
use super::shell::Shell;
use super::words;
use crate::domain::text;

/// More than anybody deletes in thirty days by hand.
const LISTED: u16 = 1000;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant bin
  confidant bin restore a1b2c3d4")]
pub struct Bin {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take something out of the bin.
    #[command(after_help = "Example:\n  confidant bin restore a1b2c3d4")]
    Restore {
        /// The id that the list of the bin printed.
        id: String,
    },
}

impl Bin {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = shell.open()?;
        let binned = store.bin(LISTED)?;
        let Some(Command::Restore { id }) = self.command else {
            if binned.is_empty() {
                out::tell("The bin is empty.");
            }
            for one in &binned {
                shell.out.row(&[
                    Part::Strong(&words::moment(one.at, shell.stamp.now)),
                    Part::Plain(&format!("  {}  ", words::thing(&one.subject))),
                    Part::Faint(&words::tag(&one.subject.id.short())),
                ])?;
            }
            return Ok(());
        };
        let wanted = id.trim_start_matches('[').trim_end_matches(']').to_lowercase();
        let is_wanted = |short: &str| short == wanted;
        let mut found = binned.iter().filter(|one| is_wanted(&one.subject.id.short()));
        let (Some(one), None) = (found.next(), found.next()) else {
            let typed: String = text::line(&id).chars().take(40).collect();
            return Err(Failure::nothing(format!(
                "There is nothing with the id \"{typed}\" in the bin. `confidant bin` lists what is."
            )));
        };
        store.restore(shell.stamp, one.subject.kind, one.subject.id)?;
        shell.out.line(&format!("Taken out of the bin: {}", words::thing(&one.subject)))?;
        Ok(())
    }
}
