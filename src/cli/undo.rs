//! `confidant undo`: takes back the newest change, whoever made it.

use anyhow::Result;
use clap::Args;

use super::out::{self, Part};
use super::shell::Shell;
use super::words;
use crate::host::processes;
use crate::store::Tidying;

/// How many changes the list shows.
const LISTED: u16 = 20;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant undo
  confidant undo --list")]
pub struct Undo {
    /// Only list the newest changes.
    #[arg(long)]
    list: bool,
}

impl Undo {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = shell.open()?;
        if !self.list {
            let done = store.undo(shell.stamp)?;
            shell.out.line(&format!("Undone: {}", words::done(&done)))?;
            // A large import is hidden by now; here is the time to take its text away for good.
            store.tidy_arrivals(processes::is_running, Tidying::Whole)?;
            return Ok(());
        }
        let mut changes = store.recent_changes(LISTED + 1)?;
        let more = changes.len() > usize::from(LISTED);
        changes.truncate(usize::from(LISTED));
        if changes.is_empty() {
            out::tell("Nothing was done yet.");
        }
        for done in &changes {
            shell.out.row(&[
                Part::Strong(&words::moment(done.at, shell.stamp.now)),
                Part::Plain(&format!("  {}", words::done(done))),
            ])?;
        }
        if more {
            out::tell(&format!("Those before the newest {LISTED} are not listed."));
        }
        Ok(())
    }
}
