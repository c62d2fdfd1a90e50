//! `confidant trust`: the ten ways with one person, as text.

use anyhow::Result;
use clap::Args;

use super::shell::Shell;
use super::{out, whom};
use crate::domain::text;
use crate::transfer::markdown;

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  confidant trust amina

All of it is for you alone: what you answered, what is in focus, what you saw or did, repairs.")]
pub struct Trust {
    /// With whom.
    person: String,
}

impl Trust {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let named = whom::relationship(&store, &self.person)?;
        let name = text::line(&named.name);
        let told = markdown::trust(&store, named.relationship, shell.today())?;
        if told.is_empty() {
            out::tell(&format!(
                "Nothing is kept of the ten ways with {name} yet. On the screen, `4` shows them."
            ));
            return Ok(());
        }
        shell.out.line(&format!("# {name}"))?;
        for line in told.lines() {
            shell.out.line(line)?;
        }
        Ok(())
    }
}
