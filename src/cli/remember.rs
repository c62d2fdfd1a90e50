//! `confidant remember`: a line worth remembering about a person. It is for me alone.

use anyhow::Result;
use clap::Args;

use super::input;
use super::shell::Shell;
use super::whom;
use crate::domain::{Remembering, text};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant remember amina \"Her exam is on the 14th\"
  confidant remember amina -          reads the line, so that it is in no shell history")]
pub struct Remember {
    /// About whom.
    person: String,
    /// The line; - or nothing reads it from standard input.
    text: Option<String>,
}

impl Remember {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = shell.open()?;
        let named = whom::person(&store, &self.person)?;
        let text = input::text(self.text, "what is worth remembering")?;
        let line = Remembering::new(named.person, text::prose(&text).into_owned(), None);
        store.remember(shell.stamp, &line)?;
        shell.out.line(&format!("Remembered about {}; it stays private.", named.name))?;
        Ok(())
    }
}
