//! `confidant import`: what was exported as JSON comes in, whole or not at all.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::out;
use super::shell::Shell;
use super::{input, words};
use crate::host::processes::{self, Process};
use crate::store::Store;
use crate::transfer::How;
use crate::transfer::json::{self, Incoming};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant import journal.json --from json --dry-run
  confidant import journal.json --from json

What is here already stays as it is, and so does your name. `confidant undo` takes an import back.")]
pub struct Import {
    /// The file; - reads standard input.
    file: PathBuf,
    /// What the file is.
    #[arg(long, value_name = "FORMAT", value_enum)]
    from: Format,
    /// Only say what would come in.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A JSON export of Confidant.
    Json,
}

impl Import {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let Format::Json = self.from;
        let from: Box<dyn Read> = if self.file.as_os_str() == input::STDIN {
            Box::new(std::io::stdin().lock())
        } else {
            Box::new(File::open(&self.file).map_err(|error| {
                Failure::failed(format!(
                    "{} cannot be read: {error}. Name the file that `confidant export` wrote.",
                    self.file.display()
                ))
            })?)
        };
        let mut store = shell.open()?;
        store.tidy_arrivals(processes::is_running, usize::MAX)?;
        let process = Process::current().to_string();
        let progress = &mut |records| out::progress(&format!("Read {records} records."));
        let how = How { stamp: shell.stamp, process: &process, progress };
        let incoming = if self.dry_run {
            json::dry_run(&store, how, from)?
        } else {
            json::import(&mut store, how, from)?
        };
        out::progress_done();
        self.say(shell, &store, &incoming)
    }

    fn say(&self, shell: &mut Shell, store: &Store, incoming: &Incoming) -> Result<()> {
        let verb = if self.dry_run { "Would bring in" } else { "Brought in" };
        shell.out.line(&format!("{verb}: {}.", incoming.added))?;
        if !incoming.known.is_empty() {
            let stays = "which stays as it is";
            shell.out.line(&format!("Here already, {stays}: {}.", incoming.known))?;
        }
        for (session, layer) in &incoming.other_texts {
            let with = match store.session(*session) {
                Ok(session) => {
                    let named = store.named(session.value.relationship)?;
                    format!("{}, {}", named.name, words::day(session.value.when.date))
                }
                Err(_) => "somebody, in the bin".to_owned(),
            };
            out::tell(&format!(
                "Left out: the file has another {} of the session with {with}; the one here stays.",
                layer.words()
            ));
        }
        if self.dry_run {
            shell.out.line("Nothing was changed.")?;
        }
        Ok(())
    }
}
