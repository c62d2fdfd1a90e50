//! `confidant import`: what was exported here, or written in another program, comes in, whole or
//! not at all.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::out;
use super::shell::Shell;
use super::{input, whom, words};
use crate::host::incoming::{self, Incoming};
use crate::host::processes::{self, Process};
use crate::store::{Named, Store, Tidying};
use crate::transfer::How;
use crate::transfer::entries::{self, Dating, Each, Entered, Program, Wanted};
use crate::transfer::json;

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
        self.say_incoming(shell, &store, &brought?)
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
        self.say_entered(shell, &with, &entered?)
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

    fn say_incoming(
        &self,
        shell: &mut Shell,
        store: &Store,
        incoming: &json::Incoming,
    ) -> Result<()> {
        shell.out.line(&format!("{}: {}.", self.verb(), incoming.added))?;
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
        self.say_tried(shell)
    }

    fn say_entered(&self, shell: &mut Shell, with: &Named, entered: &Entered) -> Result<()> {
        let what = match entered.days {
            None => "nothing".to_owned(),
            Some((first, last)) => {
                let days = if first.date == last.date {
                    words::day(first.date)
                } else {
                    format!("{} to {}", words::day(first.date), words::day(last.date))
                };
                format!("{} with {}, {days}", sessions(entered.added), with.name)
            }
        };
        shell.out.line(&format!("{}: {what}.", self.verb()))?;
        if entered.known > 0 {
            let binned = match entered.binned {
                0 => String::new(),
                binned => format!(", {binned} of them in the bin"),
            };
            let known = sessions(entered.known);
            shell.out.line(&format!("Here already, which stays as it is: {known}{binned}."))?;
        }
        if entered.untagged > 0 {
            let tag = self.tagged.as_deref().unwrap_or_default();
            let (count, verb) = match entered.untagged {
                1 => ("1 entry".to_owned(), "is"),
                count => (format!("{count} entries"), "are"),
            };
            shell.out.line(&format!("Left out: {count} that {verb} not tagged {tag}."))?;
        }
        for when in &entered.changed_on {
            out::tell(&format!(
                "Changed in the file since it was brought in: {}; the text here stays.",
                words::day(when.date)
            ));
        }
        say_rest(entered.changed, entered.changed_on.len());
        for (place, why) in &entered.reasons {
            out::tell(&format!("Not understood: {place} {why}."));
        }
        say_rest(entered.not_understood, entered.reasons.len());
        self.say_tried(shell)
    }

    const fn verb(&self) -> &'static str {
        if self.dry_run { "Would bring in" } else { "Brought in" }
    }

    fn say_tried(&self, shell: &mut Shell) -> Result<()> {
        if self.dry_run {
            shell.out.line("Nothing was changed.")?;
        }
        Ok(())
    }
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

fn sessions(count: usize) -> String {
    if count == 1 { "1 session".to_owned() } else { format!("{count} sessions") }
}

fn say_rest(all: usize, named: usize) {
    if all > named {
        out::tell(&format!("And {} more.", all - named));
    }
}
