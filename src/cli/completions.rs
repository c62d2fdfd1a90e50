//! `confidant completions`: what a shell needs to complete the commands, from their one definition.

use std::io::Write as _;

use anyhow::Result;
use clap::{Args, ValueEnum};
use clap_complete::{Generator, Shell as For};

use super::shell::Shell;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant completions bash > ~/.local/share/bash-completion/completions/confidant
  confidant completions zsh > ~/.zfunc/_confidant          with fpath+=~/.zfunc in .zshrc
  confidant completions fish > ~/.config/fish/completions/confidant.fish")]
pub struct Completions {
    /// bash, zsh or fish.
    #[arg(value_enum, hide_possible_values = true)]
    shell: Completed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Completed {
    /// GNU Bash.
    Bash,
    /// Z shell.
    Zsh,
    /// Fish.
    Fish,
}

impl Completions {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let completed = match self.shell {
            Completed::Bash => For::Bash,
            Completed::Zsh => For::Zsh,
            Completed::Fish => For::Fish,
        };
        // Written first and handed over then: the generator panics where nobody reads.
        let mut script = Vec::new();
        let mut program = super::program();
        program.set_bin_name("confidant");
        program.build();
        completed.try_generate(&program, &mut script)?;
        shell.out.writer().write_all(&script)?;
        Ok(())
    }
}
