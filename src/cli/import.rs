//! `confidant import`: what was exported here, or written in another program, comes in, whole or
//! not at all.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::out;
use super::shell::Shell;
use super::{input, whom};
use crate::host::incoming::{self, Incoming};
use crate::host::processes::{self, Process};
use crate::store::{Store, Tidying};
use crate::transfer::How;
use crate::transfer::entries::{self, Dating, Each, Program, Wanted};
use crate::transfer::json;
use crate::wording::brought::Brought;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant import journal.json --from json --dry-run
  confidant import journal.json --from json
  confidant import ~/.local/share/jrnl/journal.txt --from jrnl --person amina --tagged @amina
  jrnl --format json | confidant import - --from jrnl --person amina
  confidant import ~/Documents/tui-journal/entries.db --from tui-journal --person amina
  confidant import ~/.nb/home --from markdown --person amina

What is here already stays as it is, and so does your name; the same file twice changes nothing.
Each entry of another program becomes a session that was held on its day, with its title and its
text as notes. `confidant undo` takes an import back.")]
pub struct Import {
    /// The file, or the folder of Markdown files; - reads standard input.
    file: PathBuf,
    /// What it is.
    #[arg(long, value_name = "FORMAT", value_enum)]
    from: Format,
    /// With whom the sessions were; for all formats but json.
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,
    /// Take only entries with this tag.
    #[arg(long, value_name = "TAG", requires = "person")]
    tagged: Option<String>,
    /// How jrnl writes its dates, where that is not found out: `timeformat` in its settings.
    #[arg(long, value_name = "FORMAT", requires = "person")]
    time_format: Option<String>,
    /// Markdown files that say no day are of the day they were last saved.
    #[arg(long, requires = "person")]
    modified: bool,
    /// Only say what would come in.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// An export of Confidant.
    Json,
    /// The text file of jrnl, or its JSON export.
    Jrnl,
    /// The SQLite or JSON file of tui-journal, or its export.
    TuiJournal,
    /// A folder of Markdown files, such as a notebook of nb.
    Markdown,
}

impl Format {
    const fn program(self) -> Option<Program> {
        match self {
            Self::Json => None,
            Self::Jrnl => Some(Program::Jrnl),
            Self::TuiJournal => Some(Program::TuiJournal),
            Self::Markdown => Some(Program::Markdown),
        }
    }
}

impl Import {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        match (self.from.program(), &self.person) {
            (None, None) => self.export(shell),
            (Some(program), Some(person)) => self.entries(shell, program, person),
            (None, Some(_)) => {
                Err(Failure::usage("An export says itself whom it concerns. Leave --person out."))
            }
            (Some(_), None) => Err(Failure::usage(
                "Say with whom these sessions were: --person NAME. `confidant people` lists everybody; with --tagged TAG only entries with that tag come in.",
            )),
        }
    }

    /// What Confidant exported.
    fn export(&self, shell: &mut Shell) -> Result<()> {
        let from = if self.file.as_os_str() == input::STDIN {
            incoming::stdin()
        } else {
            incoming::file(&self.file).map_err(|error| self.cannot(&error))?
        };
        let (mut store, process) = open(shell)?;
        let progress = &mut progress;
        let how = How { stamp: shell.stamp, process: &process, progress };
        let brought = if self.dry_run {
            json::dry_run(&mut store, how, from)
        } else {
            json::import(&mut store, how, from)
        };
        out::progress_done();
        say(shell, &Brought::document(&brought?, &store, self.dry_run)?)
    }

    /// What another program wrote.
    fn entries(&self, shell: &mut Shell, program: Program, person: &str) -> Result<()> {
        // What cannot be read is said before anybody is asked for a passphrase.
        let from = if self.file.as_os_str() == input::STDIN {
            Incoming::Stdin(incoming::stdin())
        } else {
            Incoming::at(&self.file).map_err(|error| self.cannot(&error))?
        };
        let (mut store, process) = open(shell)?;
        let with = whom::relationship(&store, person)?;
        let wanted = Wanted { with: with.relationship, tagged: self.tagged.clone(), program };
        let dating = Dating {
            time_format: self.time_format.clone(),
            saved: self.modified.then(|| *shell.stamp.now.offset()),
        };
        let read = move |each: Each<'_>| entries::read(from, program, &dating, each);
        let progress = &mut progress;
        let how = How { stamp: shell.stamp, process: &process, progress };
        let entered = if self.dry_run {
            entries::dry_run(&mut store, how, wanted, read)
        } else {
            entries::import(&mut store, how, wanted, read)
        };
        out::progress_done();
        let tag = self.tagged.as_deref();
        say(shell, &Brought::entries(&entered?, &with.name, tag, self.dry_run))
    }

    fn cannot(&self, error: &std::io::Error) -> anyhow::Error {
        let what = match self.from {
            Format::Json => "the file that `confidant export` wrote",
            Format::Jrnl => "the file that jrnl writes",
            Format::TuiJournal => "the file that tui-journal writes",
            Format::Markdown => "the folder that holds the Markdown files",
        };
        let path = self.file.display();
        Failure::failed(format!("{path} cannot be read: {error}. Name {what}."))
    }
}

/// Says what came in, and apart from it what did not.
fn say(shell: &mut Shell, brought: &Brought) -> Result<()> {
    for line in &brought.lines {
        shell.out.line(line)?;
    }
    for note in &brought.notes {
        out::tell(note);
    }
    if brought.is_try {
        shell.out.line(Brought::UNCHANGED)?;
    }
    Ok(())
}

/// Opens the journal, rid of what an earlier import left, and says which process this is.
fn open(shell: &Shell) -> Result<(Store, String)> {
    let mut store = shell.open()?;
    store.tidy_arrivals(processes::is_running, Tidying::Whole)?;
    Ok((store, Process::current().to_string()))
}

fn progress(read: usize) {
    out::progress(&format!("Read {read} records."));
}
