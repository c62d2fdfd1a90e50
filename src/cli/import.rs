//! `confidant import`: what was exported here, or written in another program, comes in, whole or
//! not at all.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::{DateTime, Timelike, Utc};
use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::out;
use super::shell::Shell;
use super::{input, whom, words};
use crate::domain::{Moment, When};
use crate::host::notes;
use crate::host::processes::{self, Process};
use crate::store::{self, Named, Store};
use crate::transfer::entries::{self, Each, Entered, Found, Program, Wanted};
use crate::transfer::json::{self, Incoming};
use crate::transfer::{Error, How};

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
        let from = self.reader()?;
        let (mut store, process) = open(shell)?;
        let progress = &mut progress;
        let how = How { stamp: shell.stamp, process: &process, progress };
        let incoming = if self.dry_run {
            json::dry_run(&store, how, from)
        } else {
            json::import(&mut store, how, from)
        };
        out::progress_done();
        self.say_incoming(shell, &store, &incoming?)
    }

    /// What another program wrote.
    fn entries(&self, shell: &mut Shell, program: Program, person: &str) -> Result<()> {
        // What cannot be read is said before anybody is asked for a passphrase.
        let reader = if self.file.is_dir() { None } else { Some(self.reader()?) };
        let (mut store, process) = open(shell)?;
        let with = whom::relationship(&store, person)?;
        let wanted = Wanted { with: with.relationship, tagged: self.tagged.as_deref(), program };
        let progress = &mut progress;
        let how = How { stamp: shell.stamp, process: &process, progress };
        let now = shell.stamp.now;
        let read = |each: Each<'_>| match reader {
            None => self.read_folder(program, now, each),
            Some(reader) => self.read_file(program, reader, now, each),
        };
        let entered = if self.dry_run {
            entries::dry_run(&store, how, wanted, read)
        } else {
            entries::import(&mut store, how, wanted, read)
        };
        out::progress_done();
        self.say_entered(shell, &with, &entered?)
    }

    fn reader(&self) -> Result<Box<dyn BufRead>> {
        if self.file.as_os_str() == input::STDIN {
            return Ok(Box::new(BufReader::new(std::io::stdin())));
        }
        let cannot = |error: std::io::Error| {
            let what = match self.from {
                Format::Json => "the file that `confidant export` wrote",
                Format::Jrnl => "the file that jrnl writes",
                Format::TuiJournal => "the file that tui-journal writes",
                Format::Markdown => "the folder that holds the Markdown files",
            };
            let path = self.file.display();
            Failure::failed(format!("{path} cannot be read: {error}. Name {what}."))
        };
        let mut reader = BufReader::new(File::open(&self.file).map_err(cannot)?);
        // A folder opens, and only then does not read.
        reader.fill_buf().map_err(cannot)?;
        Ok(Box::new(reader))
    }

    fn read_file(
        &self,
        program: Program,
        mut reader: Box<dyn BufRead>,
        now: Moment,
        each: Each<'_>,
    ) -> Result<(), Error> {
        match program {
            Program::Jrnl => entries::read_jrnl(reader, self.time_format.as_deref(), each),
            Program::TuiJournal => {
                let is_sqlite = store::is_sqlite(reader.fill_buf().map_err(Error::Read)?);
                if is_sqlite && self.file.as_os_str() != input::STDIN {
                    drop(reader);
                    let mut number = 0;
                    return store::tui_journal(&self.file, |row| {
                        number += 1;
                        each(entries::read_tui_journal_row(row, number))
                    });
                }
                if is_sqlite {
                    return Err(Error::Foreign(
                        "The file of tui-journal is read where it lies: give its path.".to_owned(),
                    ));
                }
                entries::read_tui_journal_json(reader, each)
            }
            Program::Markdown => {
                let name = self.file.file_name().unwrap_or_default().to_string_lossy();
                let mut bytes = Vec::new();
                reader.take(TOO_LONG).read_to_end(&mut bytes).map_err(Error::Read)?;
                entries::read_note(&name, &bytes, self.saved(&self.file, now), each)
            }
        }
    }

    fn read_folder(&self, program: Program, now: Moment, each: Each<'_>) -> Result<(), Error> {
        let endings: &[&str] = match program {
            Program::Jrnl => &["txt"],
            Program::Markdown => &["md", "markdown", "enc"],
            Program::TuiJournal => {
                return Err(Error::Foreign(
                    "tui-journal keeps one file: name that, and not its folder.".to_owned(),
                ));
            }
        };
        notes::each_file(&self.file, endings, &mut |path| {
            let name = path.strip_prefix(&self.file).unwrap_or(path).to_string_lossy().into_owned();
            let Ok(file) = File::open(path) else {
                return each(Found::Not(name, "cannot be read"));
            };
            if program == Program::Markdown {
                let mut bytes = Vec::new();
                return match file.take(TOO_LONG).read_to_end(&mut bytes) {
                    Ok(_) => entries::read_note(&name, &bytes, self.saved(path, now), each),
                    Err(_) => each(Found::Not(name, "cannot be read")),
                };
            }
            let format = self.time_format.as_deref();
            entries::read_jrnl(BufReader::new(file), format, &mut |found| {
                each(match found {
                    Found::Entry(entry, place) => Found::Entry(entry, format!("{name}, {place}")),
                    Found::Not(place, why) => Found::Not(format!("{name}, {place}"), why),
                })
            })
            .map_err(|error| match error {
                Error::Foreign(why) => Error::Foreign(format!("{name}: {why}")),
                other => other,
            })
        })
    }

    /// When a file was last saved, on the clock of the one who reads, where that is to count.
    fn saved(&self, path: &Path, now: Moment) -> Option<When> {
        let modified =
            if self.modified { path.metadata().ok()?.modified().ok()? } else { return None };
        let at = DateTime::<Utc>::from(modified).with_timezone(now.offset());
        Some(When { date: at.date_naive(), time: at.time().with_second(0)?.with_nanosecond(0) })
    }

    fn say_incoming(&self, shell: &mut Shell, store: &Store, incoming: &Incoming) -> Result<()> {
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

/// One byte more than a file may have.
const TOO_LONG: u64 = entries::LONGEST as u64 + 1;

/// Opens the journal, rid of what an earlier import left, and says which process this is.
fn open(shell: &Shell) -> Result<(Store, String)> {
    let mut store = shell.open()?;
    store.tidy_arrivals(processes::is_running, usize::MAX)?;
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
