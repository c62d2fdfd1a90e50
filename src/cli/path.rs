//! `confidant path`: where the journal lies, or would lie.

use anyhow::Result;
use clap::Args;

use super::out;
use super::shell::Shell;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  confidant path")]
pub struct Where {}

impl Where {
    #[expect(clippy::unused_self, reason = "every command is run the same way")]
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let path = shell.opening.path.clone();
        shell.out.line(&path.display().to_string())?;
        if !path.exists() {
            out::tell(
                "There is no journal there yet. Start one: confidant init --name \"Your name\"",
            );
        }
        Ok(())
    }
}
