//! `confidant man`: the manual, from the one definition of the commands.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use clap_mangen::Man as Page;

use super::out;
use super::shell::Shell;
use crate::host::folders::{self, Existing};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant man | man -l -
  confidant man --out ~/.local/share/man/man1     a page for each command, too")]
pub struct Manual {
    /// A folder that gets a page for each command; without it, one page on standard output.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Manual {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let mut program = super::program();
        program.build();
        let Some(folder) = self.out else {
            let mut page = Vec::new();
            Page::new(program).render(&mut page)?;
            shell.out.writer().write_all(&page)?;
            return Ok(());
        };
        folders::prepare_folder(&folder)?;
        let mut written = 0;
        let mut waiting = vec![program];
        while let Some(command) = waiting.pop() {
            waiting.extend(command.get_subcommands().cloned());
            let name = command.get_bin_name().unwrap_or("confidant").replace(' ', "-");
            let mut page = Vec::new();
            Page::new(command.clone().display_name(name.clone())).render(&mut page)?;
            folders::write_private(&folder.join(format!("{name}.1")), &page, Existing::Replace)?;
            written += 1;
        }
        out::tell(&format!("Written: {written} pages in {}", folder.display()));
        Ok(())
    }
}
